//! Bits turned one at a time, on all cores.
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

use std::sync::atomic::{AtomicUsize, Ordering};

/// So many bits are turned of what is in one format.
pub const FLIPS: usize = 50_000;

/// Turns bits of these files, evenly spread over all of them, and every bit where `HOSO_ALL_BITS` is set. `look` is given which file it is, the
/// file with that bit turned, and the bit's number; it panics where the law is broken, and else says whether the file passed.
/// Gives how many bits were turned, and with how many of them the file passed.
pub fn turn(files: &[&[u8]], look: impl Fn(usize, &[u8], usize) -> bool + Sync) -> (usize, usize) {
    let bits = files.iter().map(|file| file.len() * 8).sum::<usize>();
    assert!(bits >= FLIPS, "{bits} bits are too few");
    let flips = if std::env::var_os("HOSO_ALL_BITS").is_some() { bits } else { FLIPS };
    let (next, passed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    // Pieces small enough that no core waits long for another.
    let piece = 500;
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let start = next.fetch_add(piece, Ordering::Relaxed);
                    if start >= flips {
                        break;
                    }
                    for flip in start..flips.min(start + piece) {
                        let (file, bit) = place(files, flip * bits / flips);
                        let mut changed = files[file].to_vec();
                        changed[bit / 8] ^= 1 << (bit % 8);
                        passed.fetch_add(usize::from(look(file, &changed, bit)), Ordering::Relaxed);
                    }
                }
            });
        }
    });
    (flips, passed.into_inner())
}

/// In which file a bit of all of them is, and which it is there.
fn place(files: &[&[u8]], mut bit: usize) -> (usize, usize) {
    let mut at = 0;
    while bit >= files[at].len() * 8 {
        bit -= files[at].len() * 8;
        at += 1;
    }
    (at, bit)
}

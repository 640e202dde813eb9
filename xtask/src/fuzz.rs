//! `cargo xtask fuzz`: libFuzzer looks for inputs that break a law of `fuzz/laws/`. What took different ways is kept in `fuzz/corpus/`,
//! one file a target, and `tests/fuzz_corpus.rs` tries it again.
//!
//! Stable Rust has what libFuzzer needs, as flags of the compiler. Its sanitizers are left out: hoso has no unsafe code.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Outcome, Run};
use crate::setup;

/// What `cargo fuzz` asks of the compiler, without the sanitizers.
const WATCHED: &str = "-Cdebug-assertions -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";
/// Flags for the compiler do not reach programs of the build itself when a target is named.
const TARGET: &str = "x86_64-unknown-linux-gnu";
/// Each with the longest input that is of use.
const TARGETS: [(&str, usize); 19] = [
    ("json", 1_000),
    ("pattern", 200),
    ("schema", 2_000),
    ("validate", 300),
    ("format", 200),
    ("expression", 300),
    ("evaluate", 200),
    ("edits", 400),
    ("draft", 400),
    ("p12", 2_000),
    ("der", 200),
    ("certificate", 4_000),
    ("crl", 4_000),
    ("ocsp", 4_000),
    ("zip", 1_000),
    ("tsp", 3_000),
    ("cades", 4_000),
    ("jades", 4_000),
    ("verify", 4_000),
];
/// Bytes of one file of the corpus: the shortest inputs stand first, and what is beyond is left out.
const CORPUS_BYTES: usize = 60_000;

/// Runs a target for a minute, or as the further arguments for libFuzzer say, and keeps what it found.
///
/// # Errors
/// When it does not build, or a law is broken.
pub fn run(target: &str, arguments: &[&str]) -> Outcome {
    let names = TARGETS.map(|(name, _)| name).join(", ");
    let (_, longest) =
        TARGETS.iter().find(|(name, _)| *name == target).ok_or_else(|| format!("There is no target `{target}`. There are: {names}."))?;
    let folder = setup::root().join("target/fuzz");
    let found = folder.join("found").join(target);
    fs::create_dir_all(&found).map_err(|error| error.to_string())?;
    unpack(target, &found)?;
    let build = Run::cargo().args(["build", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", TARGET, "--bin", target]);
    build.env("RUSTFLAGS", WATCHED).env("CARGO_TARGET_DIR", &folder).show()?;
    let program = folder.join(TARGET).join("release").join(target);
    let fuzzer = || Run::new(&program).arg(format!("-max_len={longest}")).args(["-timeout=20", "-verbosity=1"]);
    // What broke a law is tried first in the next run.
    let broken = format!("-artifact_prefix={}/", found.display());
    fuzzer().args(["-max_total_time=60", &broken]).args(arguments).arg(&found).show()?;
    let least = folder.join("least").join(target);
    drop(fs::remove_dir_all(&least));
    fs::create_dir_all(&least).map_err(|error| error.to_string())?;
    fuzzer().arg("-merge=1").arg(&least).arg(&found).show()?;
    pack(target, &least)
}

fn corpus(target: &str) -> PathBuf {
    setup::root().join("fuzz/corpus").join(format!("{target}.bin"))
}

/// Puts each input into a file, as libFuzzer wants them. In the corpus its length stands before it, in two bytes, the lower first.
fn unpack(target: &str, folder: &Path) -> Outcome {
    let packed = fs::read(corpus(target)).unwrap_or_default();
    let mut rest = packed.as_slice();
    for at in 0_usize.. {
        let Some((length, inputs)) = rest.split_first_chunk::<2>() else { break };
        let (input, next) = inputs.split_at_checked(u16::from_le_bytes(*length).into()).ok_or("The corpus is cut short.")?;
        fs::write(folder.join(format!("corpus-{at}")), input).map_err(|error| error.to_string())?;
        rest = next;
    }
    Ok(())
}

fn pack(target: &str, folder: &Path) -> Outcome {
    let failed = |error: std::io::Error| format!("The corpus cannot be written: {error}.");
    let mut inputs = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        inputs.push(fs::read(entry.map_err(failed)?.path()).map_err(failed)?);
    }
    inputs.sort_by(|left, right| left.len().cmp(&right.len()).then_with(|| left.cmp(right)));
    let mut packed = Vec::new();
    for input in inputs {
        let Ok(length) = u16::try_from(input.len()) else { continue };
        if packed.len() + input.len() + 2 <= CORPUS_BYTES {
            packed.extend(length.to_le_bytes());
            packed.extend(input);
        }
    }
    fs::write(corpus(target), packed).map_err(failed)
}

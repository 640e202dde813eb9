//! CRC-32 as zip has it: PKWARE's APPNOTE 6.3.10, 4.4.7, whose polynomial is that of ISO 3309, lowest bit first.
//!
//! A crate's tables for eight bytes at a time are 16 kB that do not compress. This table has 1 kB and is computed, not shipped.
//! Over `123456789` the checksum is `cbf43926`.

use std::sync::OnceLock;

static TABLE: OnceLock<[u32; 256]> = OnceLock::new();

/// A CRC-32 taken piece by piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crc32 {
    /// What is left of the division, inverted as the checksum is at its end.
    rest: u32,
    table: &'static [u32; 256],
}

impl Crc32 {
    /// The checksum of some bytes.
    pub(super) fn of(bytes: &[u8]) -> u32 {
        let mut checksum = Self::default();
        checksum.update(bytes);
        checksum.finish()
    }

    /// Takes the next piece.
    pub(super) fn update(&mut self, piece: &[u8]) {
        let mut rest = self.rest;
        for byte in piece {
            let [low, ..] = rest.to_le_bytes();
            // A byte is an index below 256, so there always is an entry.
            rest = rest >> 8 ^ self.table.get(usize::from(low ^ byte)).copied().unwrap_or_default();
        }
        self.rest = rest;
    }

    /// The checksum of all pieces.
    pub(super) const fn finish(self) -> u32 {
        !self.rest
    }
}

impl Default for Crc32 {
    fn default() -> Self {
        Self { rest: u32::MAX, table: TABLE.get_or_init(table) }
    }
}

/// What each byte adds to what is left.
fn table() -> [u32; 256] {
    let mut table = [0; 256];
    for (entry, byte) in table.iter_mut().zip(0..) {
        *entry = (0..8).fold(byte, |rest: u32, _| rest >> 1 ^ if rest & 1 == 1 { 0xedb8_8320 } else { 0 });
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_zip() {
        for (bytes, expected) in [
            (&b""[..], 0),
            (b"a", 0xe8b7_be43),
            (b"123456789", 0xcbf4_3926),
            (b"\0\0\0\0", 0x2144_df1c),
            (b"\xff\xff\xff\xff", 0xffff_ffff),
            (b"hello", 0x3610_a686),
        ] {
            assert_eq!(Crc32::of(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn pieces_do_not_matter_and_every_bit_does() {
        let bytes: Vec<u8> = (0..=255).collect();
        let whole = Crc32::of(&bytes);
        assert_eq!(whole, crc32fast::hash(&bytes));
        for cut in 0..bytes.len() {
            let (left, right) = bytes.split_at(cut);
            let mut checksum = Crc32::default();
            checksum.update(left);
            checksum.update(right);
            assert_eq!(checksum.finish(), whole, "{cut}");
        }
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(Crc32::of(&changed), whole, "{bit}");
        }
    }
}

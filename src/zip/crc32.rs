//! CRC-32 as zip has it: PKWARE's APPNOTE 6.3.10, 4.4.7, whose polynomial is that of ISO 3309, lowest bit first.
//!
//! A crate's tables are 16 kB that do not compress. These have 8 kB and are computed, not shipped.
//! Over `123456789` the checksum is `cbf43926`.

use std::sync::OnceLock;

/// What a byte adds to what is left, when 0 to 7 others follow it.
type Tables = [[u32; 256]; 8];

static TABLES: OnceLock<Tables> = OnceLock::new();

/// A CRC-32 taken piece by piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crc32 {
    /// What is left of the division, inverted as the checksum is at its end.
    rest: u32,
    tables: &'static Tables,
}

impl Crc32 {
    /// The checksum of some bytes.
    pub(crate) fn of(bytes: &[u8]) -> u32 {
        let mut checksum = Self::default();
        checksum.update(bytes);
        checksum.finish()
    }

    /// Takes the next piece: eight bytes at a time, each by the table for as many as follow it.
    pub(crate) fn update(&mut self, piece: &[u8]) {
        let [t0, t1, t2, t3, t4, t5, t6, t7] = self.tables;
        let mut rest = self.rest;
        let (eights, last) = piece.as_chunks::<8>();
        for [a, b, c, d, e, f, g, h] in eights {
            let [r, s, t, u] = rest.to_le_bytes();
            rest = entry(t7, a ^ r) ^ entry(t6, b ^ s) ^ entry(t5, c ^ t) ^ entry(t4, d ^ u);
            rest ^= entry(t3, *e) ^ entry(t2, *f) ^ entry(t1, *g) ^ entry(t0, *h);
        }
        for byte in last {
            let [low, ..] = rest.to_le_bytes();
            rest = rest >> 8 ^ entry(t0, low ^ byte);
        }
        self.rest = rest;
    }

    /// The checksum of all pieces.
    pub(crate) const fn finish(self) -> u32 {
        !self.rest
    }
}

impl Default for Crc32 {
    fn default() -> Self {
        Self { rest: u32::MAX, tables: TABLES.get_or_init(tables) }
    }
}

#[inline(always)]
fn entry(table: &[u32; 256], byte: u8) -> u32 {
    // A byte is an index below 256, so there always is an entry.
    table.get(usize::from(byte)).copied().unwrap_or_default()
}

fn tables() -> Tables {
    let mut first = [0; 256];
    for (entry, byte) in first.iter_mut().zip(0..) {
        *entry = (0..8).fold(byte, |rest: u32, _| rest >> 1 ^ if rest & 1 == 1 { 0xedb8_8320 } else { 0 });
    }
    let mut tables = [first; 8];
    let mut before = first;
    for table in tables.iter_mut().skip(1) {
        for (next, rest) in table.iter_mut().zip(before) {
            let [low, ..] = rest.to_le_bytes();
            *next = rest >> 8 ^ entry(&first, low);
        }
        before = *table;
    }
    tables
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

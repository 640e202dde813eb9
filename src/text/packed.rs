//! Tables of numbers in few bytes, unpacked when first used.

use std::sync::OnceLock;

/// A sorted table, once it is unpacked.
pub struct Table {
    entries: OnceLock<Vec<u64>>,
    unpack: fn() -> Vec<u64>,
}

impl Table {
    pub const fn new(unpack: fn() -> Vec<u64>) -> Self {
        Self { entries: OnceLock::new(), unpack }
    }

    /// The first entry that is not below a number.
    pub fn first_from(&self, least: u64) -> Option<u64> {
        let entries = self.entries.get_or_init(self.unpack);
        let at = entries.partition_point(|entry| *entry < least);
        entries.get(at).copied()
    }
}

/// The numbers of a table: seven bits a byte, the highest first; all bytes of a number but the last have the upper bit.
pub fn numbers(packed: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    let mut number = 0_u64;
    for byte in packed {
        number = number << 7 | u64::from(byte & 0x7f);
        if *byte < 0x80 {
            numbers.push(number);
            number = 0;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_ends_where_the_upper_bit_does() {
        assert_eq!(numbers(&[0, 0x7f, 0x81, 0, 0xff, 0xff, 0x7f]), [0, 127, 128, 0x1f_ffff]);
        assert!(numbers(&[]).is_empty());
    }

    #[test]
    fn entries_are_found_from_below() {
        static TABLE: Table = Table::new(|| vec![2, 3, 7]);
        assert_eq!([0, 2, 3, 4, 7, 8].map(|least| TABLE.first_from(least)), [Some(2), Some(2), Some(3), Some(7), Some(7), None]);
    }
}

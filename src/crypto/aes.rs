//! AES (FIPS 197, 2001-11-26, updated 2023-05-09) as far as opening a key file needs it: decrypting.
//!
//! Our own, since a page must load it: a crate's is laid out for speed and weighs ten times as much. It has neither tables nor branches that
//! depend on key or text, so it takes the same time and touches the same memory for every one of them. S-boxes are computed, four bytes at a
//! time, as the standard defines them.

use zeroize::Zeroizing;

/// A bit in each of four bytes.
const ONES: u32 = 0x0101_0101;

/// The round keys of a key.
pub(super) struct Aes(Zeroizing<Vec<u32>>);

impl Aes {
    /// A key of 16, 24 or 32 bytes.
    pub(super) fn new(key: &[u8]) -> Self {
        Self(round_keys(key))
    }

    /// Decrypts a block.
    pub(super) fn decrypt(&self, block: [u8; 16]) -> [u8; 16] {
        decrypt(self.0.as_chunks().0, block)
    }
}

/// FIPS 197 5.2, KeyExpansion, with words whose first byte is the lowest.
fn round_keys(key: &[u8]) -> Zeroizing<Vec<u32>> {
    let words = key.len() / 4;
    let most = 4 * (words + 7);
    let mut keys = Zeroizing::new(Vec::with_capacity(most));
    keys.extend(key.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)));
    let mut constant = 1;
    for at in words..most {
        let mut word = keys.last().copied().unwrap_or_default();
        if at % words == 0 {
            word = substituted(word.rotate_right(8)) ^ constant;
            constant = doubled(constant);
        } else if words == 8 && at % words == 4 {
            word = substituted(word);
        }
        let earlier = keys.get(at - words).copied().unwrap_or_default();
        keys.push(earlier ^ word);
    }
    keys
}

/// FIPS 197 5.3, InvCipher.
fn decrypt(keys: &[[u32; 4]], block: [u8; 16]) -> [u8; 16] {
    let mut state = block;
    for (round, key) in keys.iter().enumerate().rev() {
        let is_first = round + 1 == keys.len();
        // InvShiftRows: with the columns one after the other, each byte comes from the thirteenth place after it.
        let shifted: [u8; 16] =
            if is_first { state } else { std::array::from_fn(|at| state.get(at * 13 % 16).copied().unwrap_or_default()) };
        for ((to, from), key) in state.as_chunks_mut().0.iter_mut().zip(shifted.as_chunks().0).zip(key) {
            let column = u32::from_le_bytes(*from);
            let keyed = key ^ if is_first { column } else { unsubstituted(column) };
            *to = if is_first || round == 0 { keyed } else { unmixed(keyed) }.to_le_bytes();
        }
    }
    state
}

/// FIPS 197 5.3.3, InvMixColumns: times {0b}x³ + {0d}x² + {09}x + {0e}.
fn unmixed(column: u32) -> u32 {
    let twice = doubled(column);
    let four = doubled(twice);
    let eight = doubled(four);
    let nine = eight ^ column;
    (eight ^ four ^ twice) ^ (nine ^ twice).rotate_right(8) ^ (nine ^ four).rotate_right(16) ^ nine.rotate_right(24)
}

/// FIPS 197 5.1.1, SubBytes.
fn substituted(bytes: u32) -> u32 {
    let inverse = inverted(bytes);
    (1..5).fold(inverse ^ 0x6363_6363, |sum, bits| sum ^ rotated(inverse, bits))
}

/// FIPS 197 5.3.2, InvSubBytes.
fn unsubstituted(bytes: u32) -> u32 {
    inverted(rotated(bytes, 1) ^ rotated(bytes, 3) ^ rotated(bytes, 6) ^ 0x0505_0505)
}

/// Each byte's inverse in the field, 0 for 0: its power of 254 = 2 + 4 + … + 128.
fn inverted(bytes: u32) -> u32 {
    let (mut power, mut product) = (bytes, ONES);
    for _ in 1..8 {
        power = multiplied(power, power);
        product = multiplied(product, power);
    }
    product
}

/// FIPS 197 4.2: products in the field, byte by byte.
fn multiplied(bytes: u32, others: u32) -> u32 {
    let (mut multiple, mut sum) = (bytes, 0);
    for bit in 0..8 {
        sum ^= multiple & ((others >> bit) & ONES).wrapping_mul(0xff);
        multiple = doubled(multiple);
    }
    sum
}

/// FIPS 197 4.2.1, xtime.
const fn doubled(bytes: u32) -> u32 {
    let high = (bytes >> 7) & ONES;
    ((bytes ^ (high << 7)) << 1) ^ (high * 0x1b)
}

/// Each byte rotated to the left.
const fn rotated(bytes: u32, bits: u32) -> u32 {
    let low = ONES * (0xff >> bits);
    ((bytes & low) << bits) | ((bytes & !low) >> (8 - bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 197 appendix C: 00 11 22 … ff under the keys 00 01 02 ….
    #[test]
    fn the_examples_of_the_standard_are_decrypted() {
        let key: [u8; 32] = std::array::from_fn(|at| at as u8);
        let plain: [u8; 16] = std::array::from_fn(|at| at as u8 * 0x11);
        for (length, cipher_text) in [
            (16, 0x69c4_e0d8_6a7b_0430_d8cd_b780_70b4_c55a),
            (24, 0xdda9_7ca4_864c_dfe0_6eaf_70a0_ec0d_7191),
            (32, 0x8ea2_b7ca_5167_45bf_eafc_4990_4b49_6089_u128),
        ] {
            assert_eq!(Aes::new(&key[..length]).decrypt(cipher_text.to_be_bytes()), plain, "{length} bytes");
        }
    }

    #[test]
    fn the_s_boxes_undo_each_other_and_hold_the_values_of_the_standard() {
        // FIPS 197 figure 7, row 5, column 3: {53} becomes {ed}.
        assert_eq!((substituted(0x5300_0153), unsubstituted(0xed63_7ced)), (0xed63_7ced, 0x5300_0153));
        for byte in 0..=255 {
            assert_eq!(unsubstituted(substituted(byte)), byte);
        }
    }
}

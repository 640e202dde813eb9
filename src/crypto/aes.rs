//! AES (FIPS 197, 2001-11-26, updated 2023-05-09) as far as opening a key file needs it: CBC, decrypting.
//!
//! Our own, since a page must load it: a crate's is laid out for speed and weighs ten times as much. It has neither tables nor branches that
//! depend on key or text, so it takes the same time and touches the same memory for every one of them. S-boxes are computed, four bytes at a
//! time, as the standard defines them.

use zeroize::Zeroizing;

/// A bit in each of four bytes.
const ONES: u32 = 0x0101_0101;

/// The plain text of CBC (NIST SP 800-38A 6.2) without its padding (RFC 5652 6.3), when lengths and padding are right. The key has 16, 24 or
/// 32 bytes.
pub(super) fn decrypt_cbc(key: &[u8], iv: [u8; 16], cipher_text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (blocks, []) = cipher_text.as_chunks::<16>() else { return None };
    let keys = round_keys(key);
    let mut plain = Zeroizing::new(Vec::with_capacity(cipher_text.len()));
    let mut before = &iv;
    for block in blocks {
        let mixed = decrypt(keys.as_chunks().0, *block);
        plain.extend(mixed.iter().zip(before).map(|(one, other)| one ^ other));
        before = block;
    }
    let padding = *plain.last()?;
    let length = plain.len().checked_sub(usize::from(padding))?;
    let right = (1..=16).contains(&padding) && plain.iter().skip(length).all(|byte| *byte == padding);
    plain.truncate(length);
    right.then_some(plain)
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
            assert_eq!(decrypt(round_keys(&key[..length]).as_chunks().0, cipher_text.to_be_bytes()), plain, "{length} bytes");
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

    #[cfg(not(target_arch = "wasm32"))]
    mod beside_the_crate {
        use super::super::*;
        use aes::{Aes128, Aes192, Aes256};
        use cbc::Decryptor;
        use cbc::cipher::block_padding::{NoPadding, Pkcs7};
        use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
        use proptest::prelude::*;

        fn by_the_crate(key: &[u8], iv: [u8; 16], cipher_text: &[u8]) -> Option<Vec<u8>> {
            let mut buffer = cipher_text.to_vec();
            let plain = match key.len() {
                16 => Decryptor::<Aes128>::new_from_slices(key, &iv).ok()?.decrypt_padded::<Pkcs7>(&mut buffer).ok()?,
                24 => Decryptor::<Aes192>::new_from_slices(key, &iv).ok()?.decrypt_padded::<Pkcs7>(&mut buffer).ok()?,
                _ => Decryptor::<Aes256>::new_from_slices(key, &iv).ok()?.decrypt_padded::<Pkcs7>(&mut buffer).ok()?,
            };
            Some(plain.to_vec())
        }

        proptest! {
            #[test]
            fn what_was_encrypted_is_decrypted(key: [u8; 32], size in 2_usize..5, iv: [u8; 16], plain: Vec<u8>) {
                let key = &key[..8 * size];
                let mut buffer = [&plain[..], &[0; 16]].concat();
                let encrypted = match size {
                    2 => cbc::Encryptor::<Aes128>::new_from_slices(key, &iv).unwrap().encrypt_padded::<Pkcs7>(&mut buffer, plain.len()),
                    3 => cbc::Encryptor::<Aes192>::new_from_slices(key, &iv).unwrap().encrypt_padded::<Pkcs7>(&mut buffer, plain.len()),
                    _ => cbc::Encryptor::<Aes256>::new_from_slices(key, &iv).unwrap().encrypt_padded::<Pkcs7>(&mut buffer, plain.len()),
                };
                let encrypted = encrypted.unwrap().to_vec();
                prop_assert_eq!(decrypt_cbc(key, iv, &encrypted).map(|plain| plain.to_vec()), Some(plain));
                prop_assert_eq!(decrypt_cbc(key, iv, &encrypted[1..]), None);
            }

            /// Whatever the last block decrypts to, its padding is judged alike.
            #[test]
            fn paddings_are_judged_as_the_crate_judges_them(key: [u8; 32], iv: [u8; 16], last in 0_u8..20, wrong in prop::option::of(0_usize..16)) {
                let mut block = [last; 16];
                if let Some(place) = wrong {
                    block[place] ^= 1;
                }
                let encrypted = cbc::Encryptor::<Aes256>::new_from_slices(&key, &iv).unwrap().encrypt_padded::<NoPadding>(&mut block, 16).unwrap().to_vec();
                prop_assert_eq!(decrypt_cbc(&key, iv, &encrypted).map(|plain| plain.to_vec()), by_the_crate(&key, iv, &encrypted));
                prop_assert_eq!(decrypt_cbc(&key, iv, &[]), None);
            }
        }
    }
}

//! Triple DES (FIPS 46-3, 1999-10-25; NIST SP 800-67) as far as opening an old key file needs it: decrypting.
//!
//! It has no branch and no place in memory that depends on key or text: a row of an S-box is one number, and its columns are shifted out.

use zeroize::Zeroizing;

/// FIPS 46-3 appendix 1: each S-box has four rows of sixteen digits.
const S: [[u64; 4]; 8] = [
    [0xe4d1_2fb8_3a6c_5907, 0x0f74_e2d1_a6cb_9538, 0x41e8_d62b_fc97_3a50, 0xfc82_4917_5b3e_a06d],
    [0xf18e_6b34_972d_c05a, 0x3d47_f28e_c01a_69b5, 0x0e7b_a4d1_58c6_932f, 0xd8a1_3f42_b67c_05e9],
    [0xa09e_63f5_1dc7_b428, 0xd709_346a_285e_cbf1, 0xd649_8f30_b12c_5ae7, 0x1ad0_6987_4fe3_b52c],
    [0x7de3_069a_1285_bc4f, 0xd8b5_6f03_472c_1ae9, 0xa690_cb7d_f13e_5284, 0x3f06_a1d8_945b_c72e],
    [0x2c41_7ab6_853f_d0e9, 0xeb2c_47d1_50fa_3986, 0x421b_ad78_f9c5_630e, 0xb8c7_1e2d_6f09_a453],
    [0xc1af_9268_0d34_e75b, 0xaf42_7c95_61de_0b38, 0x9ef5_28c3_704a_1db6, 0x432c_95fa_be17_608d],
    [0x4b2e_f08d_3c97_5a61, 0xd0b7_491a_e35c_2f86, 0x14bd_c37e_af68_0592, 0x6bd8_14a7_950f_e23c],
    [0xd284_6fb1_a93e_50c7, 0x1fd8_a374_c56b_0e92, 0x7b41_9ce2_06ad_f358, 0x21e7_4a8d_fc90_356b],
];

/// P: which bit comes next, the first being the highest.
const P: [u8; 32] = [16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25];

/// IP; bit 1 is the highest of 64.
const IP: [u8; 64] = [
    58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4, 62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8, 57, 49, 41,
    33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3, 61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
];

/// Permuted choice 1: C and D, 28 bits each.
const PC1: [u8; 56] = [
    57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55, 47, 39, 31, 23, 15,
    7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
];

/// Permuted choice 2: 48 bits of C and D.
const PC2: [u8; 48] = [
    14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48,
    44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];

/// Iterations at which the halves of a key move one place, not two.
const ONE_PLACE: [usize; 4] = [0, 1, 8, 15];

/// The three keys, each as sixteen of 48 bits.
pub(super) struct TripleDes(Zeroizing<Vec<[u64; 16]>>);

impl TripleDes {
    /// Keys of 24 bytes, or of 16 when the first is the third as well.
    pub(super) fn new(key: &[u8]) -> Self {
        let keys = key.as_chunks::<8>().0;
        let three = keys.iter().chain(keys.iter().take(1)).take(3);
        Self(Zeroizing::new(three.map(|key| schedule(u64::from_be_bytes(*key))).collect()))
    }

    /// Decrypts a block: with the third key, encrypting with the second, with the first.
    pub(super) fn decrypt(&self, block: [u8; 8]) -> [u8; 8] {
        let mut mixed = permuted(u64::from_be_bytes(block), 64, &IP);
        for (place, keys) in self.0.iter().enumerate().rev() {
            mixed = rounds(mixed, keys, place == 1);
        }
        unpermuted(mixed).to_be_bytes()
    }
}

/// KS.
fn schedule(key: u64) -> [u64; 16] {
    const HALF: u64 = 0xfff_ffff;
    let chosen = permuted(key, 64, &PC1);
    let (mut c, mut d) = (chosen >> 28, chosen & HALF);
    std::array::from_fn(|at| {
        let places = if ONE_PLACE.contains(&at) { 1 } else { 2 };
        let moved = |half: u64| (half << places | half >> (28 - places)) & HALF;
        (c, d) = (moved(c), moved(d));
        permuted(c << 28 | d, 56, &PC2)
    })
}

/// The sixteen iterations and the exchange of the halves after them. IP and its inverse between two keys undo each other and are left out.
fn rounds(halves: u64, keys: &[u64; 16], encrypting: bool) -> u64 {
    let (mut left, mut right) = ((halves >> 32) as u32, halves as u32);
    for at in 0..16 {
        let key = keys.get(if encrypting { at } else { 15 - at }).copied().unwrap_or_default();
        (left, right) = (right, left ^ cipher_function(right, key));
    }
    u64::from(right) << 32 | u64::from(left)
}

/// f(R, K).
fn cipher_function(right: u32, key: u64) -> u32 {
    let mut out = 0;
    for (at, rows) in (0_u32..).zip(&S) {
        // E: each box takes its four bits and one more on either side.
        let six = right.rotate_left(4 * at + 5) as u64 & 0x3f ^ key >> (42 - 6 * at) & 0x3f;
        let column = 60 - 4 * (six >> 1 & 0xf);
        let row = six >> 4 & 2 | six & 1;
        let mut digit = 0;
        for (number, digits) in (0_u64..).zip(rows) {
            // All ones for the row that is meant, else nothing.
            let is_meant = ((number ^ row).wrapping_sub(1) >> 63).wrapping_neg();
            digit |= digits >> column & is_meant;
        }
        out = out << 4 | digit & 0xf;
    }
    permuted(out, 32, &P) as u32
}

/// The bits of a value of that many bits in the order of a table.
fn permuted(value: u64, bits: u8, table: &[u8]) -> u64 {
    let mut out = 0;
    for place in table {
        out = out << 1 | value >> (bits - place) & 1;
    }
    out
}

/// The inverse of IP.
fn unpermuted(value: u64) -> u64 {
    let mut out = 0;
    for (at, place) in (1_u8..).zip(&IP) {
        out |= (value >> (64 - at) & 1) << (64 - place);
    }
    out
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use cbc::cipher::{BlockCipherDecrypt as _, KeyInit as _};
    use des::{TdesEde2, TdesEde3};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_are_decrypted_as_the_crate_does(key: [u8; 24], block: [u8; 8]) {
            let (mut three, mut two) = (block.into(), block.into());
            TdesEde3::new_from_slice(&key).unwrap().decrypt_block(&mut three);
            TdesEde2::new_from_slice(&key[..16]).unwrap().decrypt_block(&mut two);
            prop_assert_eq!(TripleDes::new(&key).decrypt(block), <[u8; 8]>::from(three));
            prop_assert_eq!(TripleDes::new(&key[..16]).decrypt(block), <[u8; 8]>::from(two));
        }
    }
}

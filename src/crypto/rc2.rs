//! RC2 (RFC 2268) as far as opening an old key file needs it: decrypting, with as many effective bits as the key has.
//!
//! Its places in memory depend on the key, as the cipher is made. What it protected is open to anyone who tries its 40 bits.

use zeroize::Zeroizing;

/// RFC 2268 2: digits of π.
const PI: [u8; 256] = [
    0xd9, 0x78, 0xf9, 0xc4, 0x19, 0xdd, 0xb5, 0xed, 0x28, 0xe9, 0xfd, 0x79, 0x4a, 0xa0, 0xd8, 0x9d, 0xc6, 0x7e, 0x37, 0x83, 0x2b, 0x76,
    0x53, 0x8e, 0x62, 0x4c, 0x64, 0x88, 0x44, 0x8b, 0xfb, 0xa2, 0x17, 0x9a, 0x59, 0xf5, 0x87, 0xb3, 0x4f, 0x13, 0x61, 0x45, 0x6d, 0x8d,
    0x09, 0x81, 0x7d, 0x32, 0xbd, 0x8f, 0x40, 0xeb, 0x86, 0xb7, 0x7b, 0x0b, 0xf0, 0x95, 0x21, 0x22, 0x5c, 0x6b, 0x4e, 0x82, 0x54, 0xd6,
    0x65, 0x93, 0xce, 0x60, 0xb2, 0x1c, 0x73, 0x56, 0xc0, 0x14, 0xa7, 0x8c, 0xf1, 0xdc, 0x12, 0x75, 0xca, 0x1f, 0x3b, 0xbe, 0xe4, 0xd1,
    0x42, 0x3d, 0xd4, 0x30, 0xa3, 0x3c, 0xb6, 0x26, 0x6f, 0xbf, 0x0e, 0xda, 0x46, 0x69, 0x07, 0x57, 0x27, 0xf2, 0x1d, 0x9b, 0xbc, 0x94,
    0x43, 0x03, 0xf8, 0x11, 0xc7, 0xf6, 0x90, 0xef, 0x3e, 0xe7, 0x06, 0xc3, 0xd5, 0x2f, 0xc8, 0x66, 0x1e, 0xd7, 0x08, 0xe8, 0xea, 0xde,
    0x80, 0x52, 0xee, 0xf7, 0x84, 0xaa, 0x72, 0xac, 0x35, 0x4d, 0x6a, 0x2a, 0x96, 0x1a, 0xd2, 0x71, 0x5a, 0x15, 0x49, 0x74, 0x4b, 0x9f,
    0xd0, 0x5e, 0x04, 0x18, 0xa4, 0xec, 0xc2, 0xe0, 0x41, 0x6e, 0x0f, 0x51, 0xcb, 0xcc, 0x24, 0x91, 0xaf, 0x50, 0xa1, 0xf4, 0x70, 0x39,
    0x99, 0x7c, 0x3a, 0x85, 0x23, 0xb8, 0xb4, 0x7a, 0xfc, 0x02, 0x36, 0x5b, 0x25, 0x55, 0x97, 0x31, 0x2d, 0x5d, 0xfa, 0x98, 0xe3, 0x8a,
    0x92, 0xae, 0x05, 0xdf, 0x29, 0x10, 0x67, 0x6c, 0xba, 0xc9, 0xd3, 0x00, 0xe6, 0xcf, 0xe1, 0x9e, 0xa8, 0x2c, 0x63, 0x16, 0x01, 0x3f,
    0x58, 0xe2, 0x89, 0xa9, 0x0d, 0x38, 0x34, 0x1b, 0xab, 0x33, 0xff, 0xb0, 0xbb, 0x48, 0x0c, 0x5f, 0xb9, 0xb1, 0xcd, 0x2e, 0xc5, 0xf3,
    0xdb, 0x47, 0xe5, 0xa5, 0x9c, 0x77, 0x0a, 0xa6, 0x20, 0x68, 0xfe, 0x7f, 0xc1, 0xad,
];

/// How far a mixing step rotates each of the four words.
const ROTATIONS: [u32; 4] = [1, 2, 3, 5];

/// The expanded key.
pub(super) struct Rc2(Zeroizing<Vec<u16>>);

impl Rc2 {
    /// RFC 2268 2, for a key of at most 128 bytes, all of whose bits count (T1 = 8T, so TM = 255).
    pub(super) fn new(key: &[u8]) -> Self {
        let length = key.len();
        let mut bytes = Zeroizing::new(Vec::with_capacity(128));
        bytes.extend_from_slice(key);
        for at in length..128 {
            let sum = byte(&bytes, at - 1).wrapping_add(byte(&bytes, at - length));
            bytes.push(pi(sum));
        }
        let mut later = 0;
        for at in (0..=128 - length).rev() {
            // The first of them has no later ones to be mixed with, and its own value in their place.
            let other = if at + length == 128 { byte(&bytes, at) } else { byte(&bytes, at + length) };
            later = pi(later ^ other);
            if let Some(place) = bytes.get_mut(at) {
                *place = later;
            }
        }
        Self(Zeroizing::new(bytes.as_chunks().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect()))
    }

    /// RFC 2268 4.
    pub(super) fn decrypt(&self, block: [u8; 8]) -> [u8; 8] {
        let mut words: [u16; 4] = std::array::from_fn(|at| block.as_chunks().0.get(at).map_or(0, |pair| u16::from_le_bytes(*pair)));
        for round in (0..16).rev() {
            self.unmix(&mut words, round);
            if round == 11 || round == 5 {
                self.unmash(&mut words);
            }
        }
        let mut out = [0; 8];
        for (to, word) in out.as_chunks_mut().0.iter_mut().zip(words) {
            *to = word.to_le_bytes();
        }
        out
    }

    /// An r-mixing round.
    fn unmix(&self, words: &mut [u16; 4], round: usize) {
        for (at, rotation) in ROTATIONS.iter().enumerate().rev() {
            let [before, two_before, three_before] = [1, 2, 3].map(|back| word(words, at + 4 - back));
            let subtracted = self.key(4 * round + at).wrapping_add(before & two_before).wrapping_add(!before & three_before);
            if let Some(word) = words.get_mut(at) {
                *word = word.rotate_right(*rotation).wrapping_sub(subtracted);
            }
        }
    }

    /// An r-mashing round.
    fn unmash(&self, words: &mut [u16; 4]) {
        for at in (0..4).rev() {
            let subtracted = self.key(usize::from(word(words, at + 3) & 63));
            if let Some(word) = words.get_mut(at) {
                *word = word.wrapping_sub(subtracted);
            }
        }
    }

    fn key(&self, at: usize) -> u16 {
        self.0.get(at).copied().unwrap_or_default()
    }
}

fn pi(byte: u8) -> u8 {
    PI.get(usize::from(byte)).copied().unwrap_or_default()
}

fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or_default()
}

/// A word of a block; they follow each other in a circle.
fn word(words: &[u16; 4], at: usize) -> u16 {
    words.get(at % 4).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 2268 5, those whose effective bits are all that the key has.
    #[test]
    fn the_examples_of_the_standard_are_decrypted() {
        for (key, plain, cipher_text) in [
            (&0xffff_ffff_ffff_ffff_u64.to_be_bytes()[..], u64::MAX, 0x278b_27e4_2e2f_0d49_u64),
            (&0x3000_0000_0000_0000_u64.to_be_bytes(), 0x1000_0000_0000_0001, 0x3064_9edf_9be7_d2c2),
            (&0x88bc_a90e_9087_5a7f_0f79_c384_627b_afb2_u128.to_be_bytes(), 0, 0x2269_552a_b0f8_5ca6),
        ] {
            assert_eq!(u64::from_be_bytes(Rc2::new(key).decrypt(cipher_text.to_be_bytes())), plain, "{cipher_text:x}");
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod beside_the_crate {
        use super::super::*;
        use cbc::cipher::{BlockCipherDecrypt as _, KeyInit as _};
        use proptest::prelude::*;

        proptest! {
            #[test]
            fn blocks_are_decrypted_as_the_crate_does(key: [u8; 16], length in 5_usize..17, block: [u8; 8]) {
                let mut theirs = block.into();
                rc2::Rc2::new_from_slice(&key[..length]).unwrap().decrypt_block(&mut theirs);
                prop_assert_eq!(Rc2::new(&key[..length]).decrypt(block), <[u8; 8]>::from(theirs));
            }
        }
    }
}

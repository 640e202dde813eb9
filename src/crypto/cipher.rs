//! What keys are encrypted with: block ciphers in CBC mode (NIST SP 800-38A 6.2) with the padding of RFC 5652 6.3.

use super::aes::Aes;
use super::des::TripleDes;
use super::rc2::Rc2;
use crate::asn1::{AlgorithmIdentifier, Known, Oid};
use zeroize::Zeroizing;

/// A block cipher and the bytes of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cipher {
    Aes {
        key_bytes: usize,
    },
    /// Triple DES with two keys (16 bytes) or three (24).
    TripleDes {
        key_bytes: usize,
    },
    /// RC2, all bits of whose key count.
    Rc2 {
        key_bytes: usize,
    },
}

impl Cipher {
    /// The cipher of an encryption scheme of PBES2 (RFC 8018 B.2) with its initialisation vector.
    ///
    /// # Errors
    /// The algorithm's name, when it is none of those read here or its vector is not as long as a block.
    pub(super) fn of_scheme<'a>(scheme: &AlgorithmIdentifier<'a>) -> Result<(Self, &'a [u8]), Oid> {
        let cipher = match scheme.known() {
            Known::Aes128Cbc => Self::Aes { key_bytes: 16 },
            Known::Aes192Cbc => Self::Aes { key_bytes: 24 },
            Known::Aes256Cbc => Self::Aes { key_bytes: 32 },
            Known::TripleDesCbc => Self::TripleDes { key_bytes: 24 },
            _ => return Err(scheme.oid.into()),
        };
        // Parameters that are no OCTET STRING give an empty one.
        let iv = scheme.parameters().octets();
        if iv.len() == cipher.block_bytes() { Ok((cipher, iv)) } else { Err(scheme.oid.into()) }
    }

    pub(super) const fn key_bytes(self) -> usize {
        match self {
            Self::Aes { key_bytes } | Self::TripleDes { key_bytes } | Self::Rc2 { key_bytes } => key_bytes,
        }
    }

    pub(super) const fn block_bytes(self) -> usize {
        match self {
            Self::Aes { .. } => 16,
            Self::TripleDes { .. } | Self::Rc2 { .. } => 8,
        }
    }

    /// The plain text, or nothing when the cipher text is not of whole blocks or its padding is wrong. Key and vector are as long as the cipher
    /// asks.
    pub(super) fn decrypt(self, key: &[u8], iv: &[u8], cipher_text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Aes { .. } => {
                let aes = Aes::new(key);
                cbc(iv, cipher_text, &|block| aes.decrypt(block))
            }
            Self::TripleDes { .. } => {
                let des = TripleDes::new(key);
                cbc(iv, cipher_text, &|block| des.decrypt(block))
            }
            Self::Rc2 { .. } => {
                let rc2 = Rc2::new(key);
                cbc(iv, cipher_text, &|block| rc2.decrypt(block))
            }
        }
    }
}

/// Each block is decrypted and added to the one before it; the last byte says how many bytes of padding there are.
fn cbc<const BYTES: usize>(iv: &[u8], cipher_text: &[u8], decrypt: &dyn Fn([u8; BYTES]) -> [u8; BYTES]) -> Option<Zeroizing<Vec<u8>>> {
    let (blocks, []) = cipher_text.as_chunks::<BYTES>() else { return None };
    let mut plain = Zeroizing::new(Vec::with_capacity(cipher_text.len()));
    let mut before: &[u8; BYTES] = iv.try_into().ok()?;
    for block in blocks {
        plain.extend(decrypt(*block).iter().zip(before).map(|(one, other)| one ^ other));
        before = block;
    }
    let padding = *plain.last()?;
    let length = plain.len().checked_sub(usize::from(padding))?;
    let right = (1..=BYTES).contains(&padding.into()) && plain.iter().skip(length).all(|byte| *byte == padding);
    plain.truncate(length);
    right.then_some(plain)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use ::aes::{Aes128, Aes192, Aes256};
    use ::cbc::cipher::block_padding::{NoPadding, Pkcs7};
    use ::cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
    use ::cbc::{Decryptor, Encryptor};
    use ::des::{TdesEde2, TdesEde3};
    use proptest::prelude::*;

    const CIPHERS: [Cipher; 7] = [
        Cipher::Aes { key_bytes: 16 },
        Cipher::Aes { key_bytes: 24 },
        Cipher::Aes { key_bytes: 32 },
        Cipher::TripleDes { key_bytes: 16 },
        Cipher::TripleDes { key_bytes: 24 },
        Cipher::Rc2 { key_bytes: 5 },
        Cipher::Rc2 { key_bytes: 16 },
    ];

    macro_rules! by_the_crates {
        ($cipher:expr, $mode:ident, $key:expr, $iv:expr, |$it:ident| $done:expr) => {
            match $cipher {
                Cipher::Aes { key_bytes: 16 } => {
                    let $it = $mode::<Aes128>::new_from_slices($key, $iv).unwrap();
                    $done
                }
                Cipher::Aes { key_bytes: 24 } => {
                    let $it = $mode::<Aes192>::new_from_slices($key, $iv).unwrap();
                    $done
                }
                Cipher::Aes { .. } => {
                    let $it = $mode::<Aes256>::new_from_slices($key, $iv).unwrap();
                    $done
                }
                Cipher::TripleDes { key_bytes: 16 } => {
                    let $it = $mode::<TdesEde2>::new_from_slices($key, $iv).unwrap();
                    $done
                }
                Cipher::TripleDes { .. } => {
                    let $it = $mode::<TdesEde3>::new_from_slices($key, $iv).unwrap();
                    $done
                }
                Cipher::Rc2 { .. } => {
                    let $it = $mode::<::rc2::Rc2>::new_from_slices($key, $iv).unwrap();
                    $done
                }
            }
        };
    }

    proptest! {
        #[test]
        fn what_was_encrypted_is_decrypted(cipher in prop::sample::select(&CIPHERS[..]), key: [u8; 32], iv: [u8; 16], plain: Vec<u8>) {
            let (key, iv) = (&key[..cipher.key_bytes()], &iv[..cipher.block_bytes()]);
            let mut buffer = [&plain[..], &[0; 16]].concat();
            let encrypted = by_the_crates!(cipher, Encryptor, key, iv, |mode| mode.encrypt_padded::<Pkcs7>(&mut buffer, plain.len()).unwrap().to_vec());
            prop_assert_eq!(cipher.decrypt(key, iv, &encrypted).map(|plain| plain.to_vec()), Some(plain));
            prop_assert_eq!(cipher.decrypt(key, iv, &encrypted[1..]), None);
        }

        /// Whatever the last block decrypts to, its padding is judged alike.
        #[test]
        fn paddings_are_judged_as_the_crates_judge_them(
            cipher in prop::sample::select(&CIPHERS[..]), key: [u8; 32], iv: [u8; 16], last in 0_u8..20, wrong in prop::option::of(0_usize..16),
        ) {
            let (key, iv, size) = (&key[..cipher.key_bytes()], &iv[..cipher.block_bytes()], cipher.block_bytes());
            let mut block = vec![last; size];
            if let Some(place) = wrong {
                block[place % size] ^= 1;
            }
            let encrypted = by_the_crates!(cipher, Encryptor, key, iv, |mode| mode.encrypt_padded::<NoPadding>(&mut block, size).unwrap().to_vec());
            let mut buffer = encrypted.clone();
            let theirs = by_the_crates!(cipher, Decryptor, key, iv, |mode| mode.decrypt_padded::<Pkcs7>(&mut buffer).ok().map(<[u8]>::to_vec));
            prop_assert_eq!(cipher.decrypt(key, iv, &encrypted).map(|plain| plain.to_vec()), theirs);
            prop_assert_eq!(cipher.decrypt(key, iv, &[]), None);
        }
    }
}

//! Keys from passwords: PBKDF2 (RFC 8018 5.2) and the older derivation of PKCS#12 (RFC 7292 B).

use super::ring::{digest_into, pbkdf2_into};
use super::{HashAlgorithm, KeyError};
use crate::asn1::{AlgorithmIdentifier, Known, Tag};
use crate::limits;
use std::num::NonZeroU32;
use zeroize::Zeroizing;

/// The iterations one file may still cost. A file's author chooses them, and they are the work the reader does.
#[derive(Debug)]
pub struct Iterations(u64);

impl Iterations {
    /// All that one file may ask for.
    #[must_use]
    pub const fn for_one_file() -> Self {
        Self(limits::PKCS12_ITERATIONS)
    }

    /// Takes iterations before they are run.
    ///
    /// # Errors
    /// [`KeyError::TooManyIterations`] when fewer are left; [`KeyError::NotPkcs12`] for none at all.
    pub fn take(&mut self, count: u64) -> Result<NonZeroU32, KeyError> {
        self.0 = self.0.checked_sub(count).ok_or(KeyError::TooManyIterations { count })?;
        u32::try_from(count).ok().and_then(NonZeroU32::new).ok_or(KeyError::NotPkcs12)
    }
}

/// A password in the two forms that key files hash.
pub struct Password<'a> {
    text: &'a str,
    /// A BMPString with its terminator (RFC 7292 B.1). Letters outside the BMP are pairs of surrogates, as everyone writes them.
    wide: Zeroizing<Vec<u8>>,
}

impl<'a> Password<'a> {
    /// The forms in which writers take a password, the usual one first.
    ///
    /// They disagree about the empty one: two zero bytes, or none at all. And OpenSSL before 1.1.0 took the bytes of UTF-8 for letters.
    #[must_use]
    pub fn forms(text: &'a str) -> Vec<Self> {
        let mut forms = vec![Self { text, wide: wide(text.encode_utf16(), 2 * text.len()) }];
        if text.is_empty() {
            forms.push(Self { text, wide: Zeroizing::default() });
        } else if !text.is_ascii() {
            forms.push(Self { text, wide: wide(text.bytes().map(u16::from), 2 * text.len()) });
        }
        forms
    }

    /// UTF-8, which is what PBKDF2 takes everywhere (RFC 8018 3).
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// A key, a vector or a MAC key in the older way (RFC 7292 B.2).
    #[must_use]
    pub fn derive(&self, purpose: Purpose, hash: HashAlgorithm, salt: &[u8], iterations: NonZeroU32, bytes: usize) -> Zeroizing<Vec<u8>> {
        pkcs12_derive(purpose, hash, &self.wide, salt, iterations, bytes)
    }
}

fn wide(units: impl Iterator<Item = u16>, bytes: usize) -> Zeroizing<Vec<u8>> {
    let mut wide = Zeroizing::new(Vec::with_capacity(bytes + 2));
    units.chain([0]).for_each(|unit| wide.extend_from_slice(&unit.to_be_bytes()));
    wide
}

/// PBKDF2 with the salt, iterations and hash a file names.
#[derive(Clone, Debug)]
pub struct Pbkdf2<'a> {
    salt: &'a [u8],
    iterations: u64,
    key_bytes: Option<u64>,
    hash: HashAlgorithm,
}

impl<'a> Pbkdf2<'a> {
    /// Reads PBKDF2-params (RFC 8018 A.2); the pseudo-random function is HMAC with SHA-1 when none is named.
    ///
    /// # Errors
    /// [`KeyError::EncryptionUnsupported`] for another derivation or pseudo-random function;
    /// [`KeyError::NotPkcs12`] when malformed.
    pub fn from_identifier(identifier: &AlgorithmIdentifier<'a>) -> Result<Self, KeyError> {
        if identifier.known() != Known::Pbkdf2 {
            return Err(KeyError::EncryptionUnsupported { oid: identifier.oid.into() });
        }
        let mut parameters = identifier.parameters();
        let (salt, iterations, key_bytes, function) = parameters.within(Tag::SEQUENCE, |fields| {
            let (salt, iterations) = (fields.octets(), fields.number());
            let key_bytes = fields.next_is(Tag::INTEGER).then(|| fields.number());
            (salt, iterations, key_bytes, fields.next_is(Tag::SEQUENCE).then(|| AlgorithmIdentifier::read(fields)))
        });
        parameters.check_as(KeyError::NotPkcs12)?;
        let hash = match function {
            None => HashAlgorithm::Sha1,
            Some(named) => HashAlgorithm::from_hmac_identifier(&named).ok_or(KeyError::EncryptionUnsupported { oid: named.oid.into() })?,
        };
        Ok(Self { salt, iterations, key_bytes, hash })
    }

    /// The bytes of the key, when the file names them.
    #[must_use]
    pub const fn key_bytes(&self) -> Option<u64> {
        self.key_bytes
    }

    /// The key of that many bytes.
    ///
    /// # Errors
    /// The file names another length, or asks for more iterations than are left.
    pub fn derive(&self, password: &[u8], key_bytes: usize, iterations: &mut Iterations) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        if self.key_bytes.is_some_and(|named| named != key_bytes as u64) {
            return Err(KeyError::NotPkcs12);
        }
        let count = iterations.take(self.iterations)?;
        let mut key = Zeroizing::new(vec![0; key_bytes]);
        pbkdf2_into(self.hash, count, self.salt, password, &mut key);
        Ok(key)
    }
}

/// What is derived from a password (RFC 7292 B.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A key to encrypt with.
    Key = 1,
    /// An initialisation vector.
    Vector = 2,
    /// A key for a MAC.
    Mac = 3,
}

/// RFC 7292 B.2. `password` is UTF-16 big-endian with two zero bytes at the end (B.1).
#[must_use]
pub fn pkcs12_derive(
    purpose: Purpose,
    hash: HashAlgorithm,
    password: &[u8],
    salt: &[u8],
    iterations: NonZeroU32,
    bytes: usize,
) -> Zeroizing<Vec<u8>> {
    let block = hash.block_bytes();
    let diversifier = [purpose as u8; 128];
    let diversifier = diversifier.get(..block).unwrap_or(&diversifier);
    let mut input = Zeroizing::new(Vec::with_capacity(salt.len() + password.len() + 2 * block));
    for text in [salt, password] {
        let end = input.len() + text.len().div_ceil(block) * block;
        while input.len() < end {
            let missing = end - input.len();
            input.extend(text.iter().take(missing));
        }
    }
    let mut out = Zeroizing::new(Vec::with_capacity(bytes + hash.digest_bytes()));
    while out.len() < bytes {
        if !out.is_empty() {
            // 6B and 6C: the digest before, repeated, is added to every block of the input, and one.
            let digest = out.get(out.len() - hash.digest_bytes()..).unwrap_or_default();
            input.chunks_mut(block).for_each(|block| add_with_one(block, digest));
        }
        let mut key = Zeroizing::new([0; 64]);
        let mut next = key.clone();
        digest_into(hash, &[diversifier, &input], key.as_mut());
        for _ in 1..iterations.get() {
            digest_into(hash, &[key.get(..hash.digest_bytes()).unwrap_or_default()], next.as_mut());
            std::mem::swap(&mut key, &mut next);
        }
        out.extend_from_slice(key.get(..hash.digest_bytes()).unwrap_or_default());
    }
    out.truncate(bytes);
    out
}

/// The sum of two numbers and one, the second repeated until it is as long as the first; what is carried out of it is dropped.
fn add_with_one(number: &mut [u8], repeated: &[u8]) {
    let mut carry = 1_u16;
    for (at, byte) in number.iter_mut().enumerate().rev() {
        carry += u16::from(*byte) + repeated.get(at % repeated.len().max(1)).map_or(0, |byte| u16::from(*byte));
        *byte = carry as u8;
        carry >>= 8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cannot_ask_for_more_iterations_than_the_limit_in_sum() {
        let mut left = Iterations::for_one_file();
        assert!(left.take(limits::PKCS12_ITERATIONS - 1).is_ok());
        assert_eq!(left.take(2), Err(KeyError::TooManyIterations { count: 2 }));
        assert!(left.take(1).is_ok());
        assert_eq!(left.take(1), Err(KeyError::TooManyIterations { count: 1 }));
        assert_eq!(Iterations::for_one_file().take(0), Err(KeyError::NotPkcs12));
        assert_eq!(Iterations::for_one_file().take(u64::MAX), Err(KeyError::TooManyIterations { count: u64::MAX }));
    }

    #[test]
    fn a_sum_with_one_carries_and_drops_what_is_over() {
        for (number, repeated, sum) in [
            ([0, 0, 0, 0], &[0, 0][..], [0, 0, 0, 1]),
            ([0, 0, 0, 0xff], &[0, 1], [0, 1, 1, 1]),
            ([0xff; 4], &[0], [0; 4]),
            ([0xff; 4], &[0xff, 0xff, 0xff], [0xff; 4]),
        ] {
            let mut out = number;
            add_with_one(&mut out, repeated);
            assert_eq!(out, sum, "{number:?} {repeated:?}");
        }
    }

    #[test]
    fn a_password_is_hashed_in_the_forms_that_writers_use() {
        let wide = |text: &str| Password::forms(text).iter().map(|form| form.wide.to_vec()).collect::<Vec<_>>();
        assert_eq!(wide("ab"), [[0, b'a', 0, b'b', 0, 0]]);
        assert_eq!(wide(""), [&[0, 0][..], &[]]);
        assert_eq!(wide("ê"), [&[0, 0xea, 0, 0][..], &[0, 0xc3, 0, 0xaa, 0, 0]]);
        // U+1F511 as a pair of surrogates.
        assert_eq!(wide("🔑")[0], [0xd8, 0x3d, 0xdd, 0x11, 0, 0]);
    }
}

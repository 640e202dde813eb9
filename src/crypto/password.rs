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

/// The MAC key of a PKCS#12 file (RFC 7292 B.2 with ID 3), as long as a digest.
///
/// `password` is UTF-16 big-endian with two zero bytes at the end (B.1). One round of the derivation gives a
/// whole digest, so the step that prepares further rounds (B.2, 6C) is never reached.
#[must_use]
pub fn pkcs12_mac_key(hash: HashAlgorithm, password: &[u8], salt: &[u8], iterations: NonZeroU32) -> Zeroizing<Vec<u8>> {
    const MAC_KEY: u8 = 3;
    let block = hash.block_bytes();
    let filled = |text: &[u8]| {
        let length = text.len().div_ceil(block) * block;
        let mut out = Vec::with_capacity(length);
        while out.len() < length {
            out.extend(text.iter().take(length - out.len()));
        }
        out
    };
    let diversifier = [MAC_KEY; 128];
    let password = Zeroizing::new(filled(password));
    let mut key = Zeroizing::new(vec![0; hash.digest_bytes()]);
    let parts = [diversifier.get(..block).unwrap_or(&diversifier), &filled(salt), &password];
    digest_into(hash, &parts, &mut key);
    let mut next = key.clone();
    for _ in 1..iterations.get() {
        digest_into(hash, &[&key], &mut next);
        std::mem::swap(&mut key, &mut next);
    }
    key
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
}

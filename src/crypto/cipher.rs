//! AES in CBC mode with PKCS#7 padding: what PBES2 encrypts keys with (RFC 8018 B.2.5).

use super::aes;
use crate::asn1::{AlgorithmIdentifier, Known, Oid};
use zeroize::Zeroizing;

/// AES-CBC with its initialisation vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AesCbc {
    key_bytes: usize,
    iv: [u8; 16],
}

impl AesCbc {
    /// The cipher of an AlgorithmIdentifier.
    ///
    /// # Errors
    /// The algorithm's name, when it is not AES-CBC with an initialisation vector of 16 bytes.
    pub fn from_identifier(identifier: &AlgorithmIdentifier<'_>) -> Result<Self, Oid> {
        let key_bytes = match identifier.known() {
            Known::Aes128Cbc => 16,
            Known::Aes192Cbc => 24,
            Known::Aes256Cbc => 32,
            _ => return Err(identifier.oid.into()),
        };
        // Parameters that are no OCTET STRING give an empty one.
        match identifier.parameters().octets().try_into() {
            Ok(iv) => Ok(Self { key_bytes, iv }),
            Err(_) => Err(identifier.oid.into()),
        }
    }

    /// Bytes of the key.
    #[must_use]
    pub const fn key_bytes(&self) -> usize {
        self.key_bytes
    }

    /// The plain text, or nothing when key or cipher text are not of the right length or the padding is wrong.
    #[must_use]
    pub fn decrypt(&self, key: &[u8], cipher_text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        if key.len() == self.key_bytes { aes::decrypt_cbc(key, self.iv, cipher_text) } else { None }
    }
}

//! Encryption with a password: PBES2 (RFC 8018 6.2) and the older ways of PKCS#12 (RFC 7292 C).

use super::cipher::Cipher;
use super::password::{Iterations, Password, Pbkdf2, Purpose};
use super::{HashAlgorithm, KeyError};
use crate::asn1::{AlgorithmIdentifier, Known, Tag};
use zeroize::Zeroizing;

/// How something is encrypted.
#[derive(Debug)]
pub struct Encryption<'a> {
    cipher: Cipher,
    derivation: Derivation<'a>,
}

/// Where key and vector come from.
#[derive(Debug)]
enum Derivation<'a> {
    Pbes2 { key: Pbkdf2<'a>, iv: &'a [u8] },
    Pkcs12 { salt: &'a [u8], iterations: u64 },
}

impl<'a> Encryption<'a> {
    /// The encryption that an AlgorithmIdentifier names.
    ///
    /// # Errors
    /// [`KeyError::EncryptionUnsupported`] with the name of what is not read here, RC4 among it; [`KeyError::NotPkcs12`] when malformed.
    pub fn from_identifier(identifier: &AlgorithmIdentifier<'a>) -> Result<Self, KeyError> {
        let cipher = match identifier.known() {
            Known::Pbes2 => return Self::pbes2(identifier),
            Known::PbeTripleDes => Cipher::TripleDes { key_bytes: 24 },
            Known::PbeTripleDes2 => Cipher::TripleDes { key_bytes: 16 },
            Known::PbeRc2 => Cipher::Rc2 { key_bytes: 16 },
            Known::PbeRc2Weak => Cipher::Rc2 { key_bytes: 5 },
            _ => return Err(KeyError::EncryptionUnsupported { oid: identifier.oid.into() }),
        };
        // pkcs-12PbeParams (RFC 7292 C).
        let mut parameters = identifier.parameters();
        let (salt, iterations) = parameters.within(Tag::SEQUENCE, |fields| (fields.octets(), fields.number()));
        parameters.check_as(KeyError::NotPkcs12)?;
        Ok(Self { cipher, derivation: Derivation::Pkcs12 { salt, iterations } })
    }

    /// PBES2-params (RFC 8018 A.4).
    fn pbes2(identifier: &AlgorithmIdentifier<'a>) -> Result<Self, KeyError> {
        let mut parameters = identifier.parameters();
        let (derivation, scheme) =
            parameters.within(Tag::SEQUENCE, |fields| (AlgorithmIdentifier::read(fields), AlgorithmIdentifier::read(fields)));
        parameters.check_as(KeyError::NotPkcs12)?;
        let key = Pbkdf2::from_identifier(&derivation)?;
        let (cipher, iv) = Cipher::of_scheme(&scheme).map_err(|oid| KeyError::EncryptionUnsupported { oid })?;
        Ok(Self { cipher, derivation: Derivation::Pbes2 { key, iv } })
    }

    /// The plain text.
    ///
    /// # Errors
    /// [`KeyError::Damaged`] when lengths or padding are wrong, as another password makes them nearly always; more iterations than are left.
    pub fn decrypt(
        &self,
        password: &Password<'_>,
        iterations: &mut Iterations,
        cipher_text: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let cipher = self.cipher;
        let plain = match &self.derivation {
            Derivation::Pbes2 { key, iv } => {
                let key = key.derive(password.bytes(), cipher.key_bytes(), iterations)?;
                cipher.decrypt(&key, iv, cipher_text)
            }
            Derivation::Pkcs12 { salt, iterations: count } => {
                let mut derive = |purpose, bytes| {
                    let count = iterations.take(*count)?;
                    Ok::<_, KeyError>(password.derive(purpose, HashAlgorithm::Sha1, salt, count, bytes))
                };
                let (key, iv) = (derive(Purpose::Key, cipher.key_bytes())?, derive(Purpose::Vector, cipher.block_bytes())?);
                cipher.decrypt(&key, &iv, cipher_text)
            }
        };
        plain.ok_or(KeyError::Damaged)
    }
}

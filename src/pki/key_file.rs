//! Private keys in files of their own: PKCS#8, plain or encrypted (RFC 5958), PKCS#1 (RFC 8017 A.1.2) and SEC 1 (RFC 5915), in PEM (RFC 7468) or DER.
//! Their certificates come from elsewhere.

use super::pkcs12::chain;
use super::{Certificate, KeyStore, pem};
use crate::asn1::{AlgorithmIdentifier, Reader, Tag};
use crate::crypto::{Encryption, Iterations, KeyError, Password, PrivateKey};
use crate::limits;
use zeroize::Zeroizing;

/// The labels of PEM that name a private key (RFC 7468 10 and 11; RFC 5915 4). The form is told from the bytes.
const LABELS: [&str; 4] = ["PRIVATE KEY", ENCRYPTED, "EC PRIVATE KEY", "RSA PRIVATE KEY"];
const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY";

/// Opens a key file with the certificates that belong to it, in any order. Of several that match the key the one that is valid longest is taken; the
/// others may be its chain.
///
/// # Errors
/// As [`PrivateKey::from_file`]; [`KeyError::NoCertificate`] when there is none.
pub fn open(file: &[u8], password: &str, certificates: &[Certificate]) -> Result<KeyStore, KeyError> {
    let keys = keys(file, password)?;
    if keys.len().saturating_mul(certificates.len()) > limits::PKCS12_PAIRS {
        return Err(KeyError::TooManyEntries);
    }
    let mut found: Option<(PrivateKey, &Certificate)> = None;
    let mut reason = if certificates.is_empty() { KeyError::NoCertificate } else { KeyError::DoesNotMatchCertificate };
    for certificate in certificates {
        if found.as_ref().is_some_and(|(_, found)| found.not_after() >= certificate.not_after()) {
            continue;
        }
        match matching(&keys, certificate.spki()) {
            Ok(key) => found = Some((key, certificate)),
            Err(KeyError::DoesNotMatchCertificate | KeyError::CertificateMalformed) => {}
            Err(error) => reason = error,
        }
    }
    let (key, certificate) = found.ok_or(reason)?;
    Ok(KeyStore { name: None, key, certificate: certificate.clone(), chain: chain(certificate, certificates.iter().collect()) })
}

/// Whether opening a key file takes a password.
#[must_use]
pub fn is_encrypted(file: &[u8]) -> bool {
    match pem::looks_like(file) {
        true => file.windows(ENCRYPTED.len()).any(|window| window == ENCRYPTED.as_bytes()),
        false => Reader::new(file).enter(Tag::SEQUENCE).next_is(Tag::SEQUENCE),
    }
}

impl PrivateKey {
    /// Reads a key file, PEM or DER, for the certificate whose SubjectPublicKeyInfo is given. The password counts where the file is encrypted.
    ///
    /// # Errors
    /// The file is too large or no key, another password opens it, or it is encrypted in a way hoso does not read; as [`PrivateKey::from_der`].
    pub fn from_file(file: &[u8], password: &str, spki: &[u8]) -> Result<Self, KeyError> {
        matching(&keys(file, password)?, spki)
    }
}

/// The first key that matches.
fn matching(keys: &[Zeroizing<Vec<u8>>], spki: &[u8]) -> Result<PrivateKey, KeyError> {
    let mut reason = KeyError::NoKey;
    for key in keys {
        match PrivateKey::from_der(key, spki) {
            Ok(key) => return Ok(key),
            Err(error) => reason = error,
        }
    }
    Err(reason)
}

/// Every key of a file, in DER and not encrypted.
fn keys(file: &[u8], password: &str) -> Result<Vec<Zeroizing<Vec<u8>>>, KeyError> {
    if file.len() > limits::PKCS12_BYTES {
        return Err(KeyError::TooLarge { bytes: file.len() });
    }
    let mut iterations = Iterations::for_one_file();
    if !pem::looks_like(file) {
        return plain(file, password, &mut iterations).map(|key| vec![key]);
    }
    let mut keys = Vec::new();
    for block in pem::blocks(file).ok_or(KeyError::NotPkcs8)? {
        if !LABELS.contains(&block.label) {
            continue;
        }
        if block.has_headers {
            return Err(KeyError::OldPem);
        }
        keys.push(plain(&block.contents, password, &mut iterations)?);
    }
    match keys.len() {
        0 => Err(KeyError::NoKey),
        1..=limits::PKCS12_BAGS => Ok(keys),
        _ => Err(KeyError::TooManyEntries),
    }
}

/// EncryptedPrivateKeyInfo (RFC 5958 3) decrypted; anything else as it is.
fn plain(der: &[u8], password: &str, iterations: &mut Iterations) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut fields = Reader::document(der).enter(Tag::SEQUENCE);
    if !fields.next_is(Tag::SEQUENCE) {
        return Ok(Zeroizing::new(der.to_vec()));
    }
    let (algorithm, cipher_text) = (AlgorithmIdentifier::read(&mut fields), fields.octets());
    fields.check_as(KeyError::NotPkcs8)?;
    let encryption = Encryption::from_identifier(&algorithm).map_err(no_container)?;
    for form in Password::forms(password) {
        match encryption.decrypt(&form, iterations, cipher_text) {
            // Another password gives a right padding once in 256 times, and then no key.
            Ok(key) if Reader::document(&key).enter(Tag::SEQUENCE).next_is(Tag::INTEGER) => return Ok(key),
            Ok(_) | Err(KeyError::Damaged) => {}
            Err(error) => return Err(no_container(error)),
        }
    }
    Err(KeyError::WrongPassword)
}

/// What is wrong with the encryption is not wrong with a PKCS#12 here.
fn no_container(error: KeyError) -> KeyError {
    if error == KeyError::NotPkcs12 { KeyError::NotPkcs8 } else { error }
}

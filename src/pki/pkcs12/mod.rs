//! Key files: PKCS#12 (RFC 7292) with PBES2 and AES, one private key and its certificate.
//!
//! The MAC is required and checked first, so a wrong password is told from a damaged file and nothing that was not
//! protected is read. RC2 and 3DES, the encryption of older files, are refused by name.

mod bags;
mod pfx;

use crate::crypto::{Iterations, KeyError, PrivateKey};
use crate::limits;
use crate::order;
use crate::pki::Certificate;
use bags::Bags;

/// What a key file holds.
#[derive(Debug)]
pub struct KeyStore {
    /// The private key.
    pub key: PrivateKey,
    /// The certificate that matches it.
    pub certificate: Certificate,
    /// The certificates above it that the file holds, from its issuer upwards. Hints, not to be trusted.
    pub chain: Vec<Certificate>,
}

/// Opens a key file.
///
/// # Errors
/// No PKCS#12, another password, encryption that hoso does not read, or not one key with its certificate.
pub fn open(bytes: &[u8], password: &str) -> Result<KeyStore, KeyError> {
    if bytes.len() > limits::PKCS12_BYTES {
        return Err(KeyError::TooLarge { bytes: bytes.len() });
    }
    // X.690 8.1.3.6: 0x80 starts an indefinite length, which BER allows and DER does not.
    if bytes.starts_with(&[0x30, 0x80]) {
        return Err(KeyError::NotDer);
    }
    let mut iterations = Iterations::for_one_file();
    let content = pfx::authenticated_content(bytes, password, &mut iterations)?;
    let bags = Bags::read(content, password, &mut iterations)?;
    key_store(&bags)
}

fn key_store(bags: &Bags) -> Result<KeyStore, KeyError> {
    let key = match bags.keys.as_slice() {
        [] => return Err(KeyError::NoKey),
        [key] => key,
        several => return Err(KeyError::SeveralKeys { count: several.len() }),
    };
    if bags.certificates.is_empty() {
        return Err(KeyError::NoCertificate);
    }
    // The certificate that names the key comes first; what counts is that it matches.
    let is_named = |certificate: &bags::Held<Certificate>| key.id.is_some() && certificate.id == key.id;
    let mut certificates: Vec<_> = bags.certificates.iter().collect();
    order::sort_by(&mut certificates, |one, other| is_named(other).cmp(&is_named(one)));
    let mut reason = KeyError::DoesNotMatchCertificate;
    for certificate in certificates {
        match PrivateKey::from_pkcs8(&key.held, certificate.held.spki()) {
            Ok(key) => {
                let chain = chain(&certificate.held, &bags.certificates);
                return Ok(KeyStore { key, certificate: certificate.held.clone(), chain });
            }
            Err(KeyError::DoesNotMatchCertificate | KeyError::CertificateMalformed) => {}
            Err(error) => reason = error,
        }
    }
    Err(reason)
}

/// From the issuer upwards by name, as far as the file goes. Each certificate is taken once, so this ends.
fn chain(leaf: &Certificate, certificates: &[bags::Held<Certificate>]) -> Vec<Certificate> {
    let mut left: Vec<_> = certificates.iter().map(|bag| &bag.held).filter(|certificate| *certificate != leaf).collect();
    let mut chain: Vec<Certificate> = Vec::new();
    while let Some(place) = {
        let last = chain.last().unwrap_or(leaf);
        left.iter().position(|candidate| !last.is_self_issued() && candidate.subject().raw() == last.issuer().raw())
    } {
        chain.push(left.swap_remove(place).clone());
    }
    chain
}

//! PEM texts (RFC 7468): certificates and revocation lists, several in one file, with text around them.

use super::crl::Crl;
use super::{Certificate, CertificateError, CrlError};
use crate::limits;

const BEGIN: &[u8] = b"-----BEGIN ";

pub(super) fn looks_like(file: &[u8]) -> bool {
    // DER starts with the SEQUENCE tag, and no text starts with 0x30 0x82 or the like.
    file.first() != Some(&0x30) && file.windows(BEGIN.len()).any(|window| window == BEGIN)
}

/// Every block of a text. The parser passes over a block without its end, and a list lost that way would be a
/// revocation nobody hears of; so as many blocks must be found as begin.
fn blocks(file: &[u8]) -> Option<Vec<::pem::Pem>> {
    let begun = file.windows(BEGIN.len()).filter(|window| *window == BEGIN).count();
    ::pem::parse_many(file).ok().filter(|blocks| blocks.len() == begun)
}

pub(super) fn certificates(file: &[u8]) -> Result<Vec<Certificate>, CertificateError> {
    // A certificate in Base64 is a third longer.
    let most = limits::CERTIFICATES.saturating_mul(limits::CERTIFICATE_BYTES) / 3 * 4;
    if file.len() > most {
        return Err(CertificateError::TooLarge { bytes: file.len() });
    }
    let blocks = blocks(file).ok_or(CertificateError::NotPem)?;
    let certificates: Vec<_> = blocks.into_iter().filter(|block| block.tag() == "CERTIFICATE").collect();
    match certificates.len() {
        0 => Err(CertificateError::NotPem),
        count if count > limits::CERTIFICATES => Err(CertificateError::TooMany { count }),
        _ => certificates.into_iter().map(|block| Certificate::parse(block.into_contents())).collect(),
    }
}

pub(super) fn lists(file: &[u8]) -> Result<Vec<Crl>, CrlError> {
    if file.len() > limits::CRL_BYTES / 3 * 4 {
        return Err(CrlError::TooLarge { bytes: file.len() });
    }
    let blocks = blocks(file).ok_or(CrlError::NotPem)?;
    let lists: Vec<_> = blocks.into_iter().filter(|block| block.tag() == "X509 CRL").collect();
    match lists.len() {
        0 => Err(CrlError::NotPem),
        count if count > limits::CRLS => Err(CrlError::TooMany { count }),
        _ => lists.into_iter().map(|block| Crl::parse(block.into_contents())).collect(),
    }
}

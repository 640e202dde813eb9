//! Whether a person may sign with a certificate: asked before the signature is made, so that nobody files a dossier
//! whose signature will be refused.

use super::path::Purpose;
use super::{Certificate, CertificateError};
use crate::asn1::Known;
use crate::text::Instant;

/// Checks that a certificate may sign a document at an instant, before any path is looked for.
///
/// # Errors
/// It is not valid at that instant, is an authority's, is not meant for signatures or documents, has a critical
/// extension hoso does not know, or a key hoso does not verify with.
pub fn check_for_signing(certificate: &Certificate, at: Instant) -> Result<(), CertificateError> {
    check_validity(certificate, at)?;
    Purpose::Signing.check(certificate)?;
    check_extensions(certificate)?;
    certificate.public_key().map(|_| ()).map_err(CertificateError::Key)
}

/// RFC 5280 6.1.3 (a)(2): both ends belong to the period.
pub(super) fn check_validity(certificate: &Certificate, at: Instant) -> Result<(), CertificateError> {
    if at < certificate.not_before() {
        return Err(CertificateError::NotYetValid { not_before: certificate.not_before() });
    }
    if at > certificate.not_after() {
        return Err(CertificateError::Expired { not_after: certificate.not_after() });
    }
    Ok(())
}

/// RFC 5280 4.2: a critical extension that is not understood refuses the certificate. Name constraints have no
/// meaning in a certificate that is no authority's (4.2.1.10).
pub(super) fn check_extensions(certificate: &Certificate) -> Result<(), CertificateError> {
    let limits_names = certificate.has_name_constraints() && !certificate.is_authority();
    match certificate.unknown_critical_extension().or(limits_names.then(|| Known::NameConstraints.into())) {
        Some(oid) => Err(CertificateError::UnknownCriticalExtension { oid }),
        None => Ok(()),
    }
}

//! What a certificate is to be used for, and what an authority may certify for it.

use super::super::{Certificate, CertificateError};

/// The use that a path must allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// Any: neither key usage nor extended key usage is asked about.
    #[default]
    Any,
    /// A person's or an organisation's signature on a document, as [`super::super::check_for_signing`] has it.
    Signing,
    /// Timestamps (RFC 3161 2.3).
    TimeStamping,
    /// Revocation lists (RFC 5280 6.3.3 (f)).
    Lists,
}

impl Purpose {
    /// Whether the certificate itself may be used so.
    ///
    /// # Errors
    /// It may not.
    pub fn check(self, certificate: &Certificate) -> Result<(), CertificateError> {
        let usage = certificate.key_usage();
        match self {
            Self::Any => Ok(()),
            Self::Signing if certificate.is_authority() => Err(CertificateError::IsAuthority),
            // RFC 5280 4.2.1.3; ETSI EN 319 412-2 4.3.2 asks for the extension in certificates of natural persons.
            Self::Signing if !usage.is_some_and(|usage| usage.non_repudiation() || usage.digital_signature()) => {
                Err(CertificateError::NotForSignatures)
            }
            // RFC 5280 4.2.1.12: a certificate that names purposes is for these only.
            Self::Signing if certificate.is_for_other_purposes() => Err(CertificateError::NotForDocuments),
            Self::Signing => Ok(()),
            Self::TimeStamping => {
                let may_sign = usage.is_none_or(|usage| usage.non_repudiation() || usage.digital_signature());
                // RFC 3161 2.3: one purpose, and critical.
                let is_only = certificate.purposes().is_some_and(|named| named.time_stamping && named.count == 1 && named.critical);
                if may_sign && is_only { Ok(()) } else { Err(CertificateError::NotForTimestamps) }
            }
            Self::Lists if usage.is_some_and(|usage| !usage.crl_signing()) => Err(CertificateError::NotForLists),
            Self::Lists => Ok(()),
        }
    }

    /// Whether an authority may certify for that use. RFC 5280 4.2.1.12 speaks of the certificate's own key alone; that an authority which names
    /// purposes is limited to them in what it certifies is what Windows, NSS, OpenSSL and Go make of it, and what authorities mean by it
    /// (CA/Browser Forum, Baseline Requirements 7.1.2.4).
    pub(super) fn allows(self, authority: &Certificate) -> bool {
        let Some(named) = authority.purposes() else { return true };
        match self {
            Self::Any | Self::Lists => true,
            Self::Signing => named.documents,
            Self::TimeStamping => named.any || named.time_stamping,
        }
    }
}

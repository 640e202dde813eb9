//! Errors of one certificate.

use super::day;
use crate::asn1::{Asn1Error, Oid};
use crate::crypto::CryptoError;
use crate::limits;
use crate::pki::crl::Reason;
use crate::pki::extensions::ExtensionsError;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use crate::text::Instant;
use std::fmt;

/// Why a certificate cannot be read, or a document not be signed with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CertificateError {
    /// The bytes are no certificate.
    Malformed(Asn1Error),
    /// The file holds no well-formed PEM block of a certificate.
    NotPem,
    /// The certificate is larger than [`limits::CERTIFICATE_BYTES`].
    TooLarge {
        /// Its bytes.
        bytes: usize,
    },
    /// The file holds more than [`limits::CERTIFICATES`].
    TooMany {
        /// How many.
        count: usize,
    },
    /// The certificate is of a version after v3.
    VersionUnsupported {
        /// The number as written: 2 is v3.
        version: u64,
    },
    /// The signature algorithm inside the signed part is not the one outside (RFC 5280 4.1.1.2).
    AlgorithmsDiffer,
    /// A name has more than [`limits::NAME_ATTRIBUTES`].
    NameTooLong,
    /// The certificate has more than [`limits::EXTENSIONS`].
    TooManyExtensions,
    /// An extension stands twice (RFC 5280 4.2).
    DuplicateExtension {
        /// Which.
        oid: Oid,
    },
    /// A critical extension is not understood (RFC 5280 4.2).
    UnknownCriticalExtension {
        /// Which.
        oid: Oid,
    },
    /// The certificate becomes valid later.
    NotYetValid {
        /// When.
        not_before: Instant,
    },
    /// The certificate was valid until earlier.
    Expired {
        /// Until when.
        not_after: Instant,
    },
    /// The certificate is an authority's, for signing certificates.
    IsAuthority,
    /// The key usage names neither nonRepudiation nor digitalSignature, or is missing.
    NotForSignatures,
    /// The certificate is only for servers, programs, time stamps or status answers.
    NotForDocuments,
    /// The extended key usage is not timestamping alone and critical (RFC 3161 2.3), or the key usage does not allow signatures.
    NotForTimestamps,
    /// The key usage lacks cRLSign.
    NotForLists,
    /// The certificate was revoked.
    Revoked {
        /// When.
        at: Instant,
        /// Why.
        reason: Reason,
    },
    /// The certificate is suspended: revoked with certificateHold (RFC 5280 5.3.1).
    Suspended {
        /// Since when.
        at: Instant,
    },
    /// The key is one hoso does not verify with.
    Key(CryptoError),
}

impl Coded for CertificateError {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "certificate.malformed",
            Self::NotPem => "certificate.not-pem",
            Self::TooLarge { .. } => "certificate.too-large",
            Self::TooMany { .. } => "certificate.too-many",
            Self::VersionUnsupported { .. } => "certificate.version-unsupported",
            Self::AlgorithmsDiffer => "certificate.algorithms-differ",
            Self::NameTooLong => "certificate.name-too-long",
            Self::TooManyExtensions => "certificate.too-many-extensions",
            Self::DuplicateExtension { .. } => "certificate.duplicate-extension",
            Self::UnknownCriticalExtension { .. } => "certificate.unknown-critical-extension",
            Self::NotYetValid { .. } => "certificate.not-yet-valid",
            Self::Expired { .. } => "certificate.expired",
            Self::IsAuthority => "certificate.is-authority",
            Self::NotForSignatures => "certificate.not-for-signatures",
            Self::NotForDocuments => "certificate.not-for-documents",
            Self::NotForTimestamps => "certificate.not-for-timestamps",
            Self::NotForLists => "certificate.not-for-lists",
            Self::Revoked { .. } => "certificate.revoked",
            Self::Suspended { .. } => "certificate.suspended",
            Self::Key(error) => error.code(),
        }
    }

    fn sentences(&self) -> Area {
        match self {
            Self::Key(error) => error.sentences(),
            _ => catalogue::PKI,
        }
    }

    fn facts(&self) -> Facts {
        let none = Facts::none();
        match self {
            Self::Malformed(error) => none.with("reason", error.code()),
            Self::TooLarge { bytes } => none.with("bytes", *bytes).with("most", limits::CERTIFICATE_BYTES),
            Self::TooMany { count } => none.with("count", *count).with("most", limits::CERTIFICATES),
            Self::VersionUnsupported { version } => none.with("version", version.saturating_add(1)),
            Self::NameTooLong => none.with("most", limits::NAME_ATTRIBUTES),
            Self::TooManyExtensions => none.with("most", limits::EXTENSIONS),
            Self::DuplicateExtension { oid } | Self::UnknownCriticalExtension { oid } => none.with("oid", oid.text()),
            Self::NotYetValid { not_before } => none.with("from", day(*not_before)),
            Self::Expired { not_after } => none.with("until", day(*not_after)),
            Self::Revoked { at, reason } => none.with("at", day(*at)).with("reason", reason.name()),
            Self::Suspended { at } => none.with("at", day(*at)),
            Self::Key(error) => error.facts(),
            _ => none,
        }
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => write!(out, "malformed certificate: {error}"),
            Self::NotPem => out.write_str("no well-formed PEM block of a certificate"),
            Self::TooLarge { bytes } => write!(out, "{bytes} bytes are too many for certificates"),
            Self::TooMany { count } => write!(out, "{count} certificates are too many"),
            Self::VersionUnsupported { version } => write!(out, "certificate version `{version}` is not supported"),
            Self::AlgorithmsDiffer => out.write_str("the signature algorithms inside and outside differ"),
            Self::NameTooLong => out.write_str("a name has too many attributes"),
            Self::TooManyExtensions => out.write_str("the certificate has too many extensions"),
            Self::DuplicateExtension { oid } => write!(out, "extension `{oid}` stands twice"),
            Self::UnknownCriticalExtension { oid } => write!(out, "critical extension `{oid}` is not understood"),
            Self::NotYetValid { not_before } => write!(out, "not valid before {}", day(*not_before)),
            Self::Expired { not_after } => write!(out, "expired on {}", day(*not_after)),
            Self::IsAuthority => out.write_str("the certificate is an authority's"),
            Self::NotForSignatures => out.write_str("the key usage has neither nonRepudiation nor digitalSignature"),
            Self::NotForDocuments => out.write_str("the extended key usage does not allow signing documents"),
            Self::NotForTimestamps => out.write_str("the certificate is not for timestamps alone"),
            Self::NotForLists => out.write_str("the key usage has no cRLSign"),
            Self::Revoked { at, reason } => write!(out, "revoked on {}: {}", day(*at), reason.name()),
            Self::Suspended { at } => write!(out, "suspended since {}", day(*at)),
            Self::Key(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for CertificateError {}

impl From<Asn1Error> for CertificateError {
    fn from(error: Asn1Error) -> Self {
        Self::Malformed(error)
    }
}

impl From<ExtensionsError> for CertificateError {
    fn from(error: ExtensionsError) -> Self {
        match error {
            ExtensionsError::Malformed(error) => Self::Malformed(error),
            ExtensionsError::Duplicate(oid) => Self::DuplicateExtension { oid },
            ExtensionsError::TooMany => Self::TooManyExtensions,
        }
    }
}

//! Errors of status answers.

use super::day;
use crate::asn1::{Asn1Error, Oid};
use crate::crypto::CryptoError;
use crate::limits;
use crate::pki::extensions::ExtensionsError;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use crate::text::Instant;
use std::fmt;

/// Why a status answer cannot be read, or says nothing about a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OcspError {
    /// The bytes are no status answer.
    Malformed(Asn1Error),
    /// The file holds no well-formed PEM block of an answer.
    NotPem,
    /// The answer is larger than [`limits::OCSP_BYTES`].
    TooLarge {
        /// Its bytes.
        bytes: usize,
    },
    /// More than [`limits::OCSPS`] were given.
    TooMany {
        /// How many.
        count: usize,
    },
    /// The responder did not answer (RFC 6960 4.2.1, OCSPResponseStatus).
    Unsuccessful {
        /// What it gave as the reason, in the standard's words.
        status: &'static str,
    },
    /// The answer is of another type than `id-pkix-ocsp-basic`.
    TypeUnsupported {
        /// Which.
        oid: Oid,
    },
    /// The answer is of a version after v1.
    VersionUnsupported {
        /// The number as written: 0 is v1.
        version: u64,
    },
    /// A name, the extensions, or the certificates of the answer are more than hoso reads, or stand twice.
    Oversized,
    /// A critical extension is not understood (RFC 6960 4.4).
    UnknownCriticalExtension {
        /// Which.
        oid: Oid,
    },
    /// No answer was given about the certificate.
    Missing,
    /// The responder does not know the certificate (RFC 6960 2.2).
    Unknown,
    /// The answer has not the nonce of the request (RFC 6960 4.4.1).
    Nonce,
    /// The answer is of a time after the instant asked about.
    NotYetValid {
        /// When.
        this_update: Instant,
    },
    /// The answer should have been replaced before the instant asked about.
    Stale {
        /// When.
        next_update: Instant,
    },
    /// The answer names a responder that is neither the issuer nor one of the certificates at hand.
    Responder,
    /// The responder's certificate was not issued by the same authority for answers, or not for that time (RFC 6960 4.2.2.2).
    NotAuthorised {
        /// The responder.
        responder: String,
    },
    /// The responder's own certificate was revoked, or nobody knows (RFC 6960 4.2.2.2.1).
    ResponderStatus {
        /// The responder.
        responder: String,
        /// The code of what is not known, or `revoked`.
        reason: &'static str,
    },
    /// The answer was not signed by the responder's key, or with an algorithm hoso does not accept.
    Signature {
        /// The responder.
        responder: String,
        /// Why.
        error: CryptoError,
    },
    /// Checking the answers took more than [`limits::SIGNATURE_CHECKS`].
    TooCostly,
}

impl Coded for OcspError {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "ocsp.malformed",
            Self::NotPem => "ocsp.not-pem",
            Self::TooLarge { .. } => "ocsp.too-large",
            Self::TooMany { .. } => "ocsp.too-many",
            Self::Unsuccessful { .. } => "ocsp.unsuccessful",
            Self::TypeUnsupported { .. } => "ocsp.type-unsupported",
            Self::VersionUnsupported { .. } => "ocsp.version-unsupported",
            Self::Oversized => "ocsp.oversized",
            Self::UnknownCriticalExtension { .. } => "ocsp.unknown-critical-extension",
            Self::Missing => "ocsp.missing",
            Self::Unknown => "ocsp.unknown",
            Self::Nonce => "ocsp.nonce",
            Self::NotYetValid { .. } => "ocsp.not-yet-valid",
            Self::Stale { .. } => "ocsp.stale",
            Self::Responder => "ocsp.responder",
            Self::NotAuthorised { .. } => "ocsp.not-authorised",
            Self::ResponderStatus { .. } => "ocsp.responder-status",
            Self::Signature { .. } => "ocsp.signature",
            Self::TooCostly => "ocsp.too-costly",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::PKI
    }

    fn facts(&self) -> Facts {
        let none = Facts::none();
        match self {
            Self::Malformed(error) => none.with("reason", error.code()),
            Self::TooLarge { bytes } => none.with("bytes", *bytes).with("most", limits::OCSP_BYTES),
            Self::TooMany { count } => none.with("count", *count).with("most", limits::OCSPS),
            Self::Unsuccessful { status } => none.with("status", *status),
            Self::TypeUnsupported { oid } | Self::UnknownCriticalExtension { oid } => none.with("oid", oid.text()),
            Self::VersionUnsupported { version } => none.with("version", version.saturating_add(1)),
            Self::NotYetValid { this_update } => none.with("from", day(*this_update)),
            Self::Stale { next_update } => none.with("until", day(*next_update)),
            Self::NotAuthorised { responder } => none.with("authority", responder),
            Self::ResponderStatus { responder, reason } => none.with("authority", responder).with("reason", *reason),
            Self::Signature { responder, error } => none.with("authority", responder).with("reason", error.code()),
            Self::TooCostly => none.with("most", u64::from(limits::SIGNATURE_CHECKS)),
            Self::NotPem | Self::Oversized | Self::Missing | Self::Unknown | Self::Nonce | Self::Responder => none,
        }
    }
}

impl fmt::Display for OcspError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => write!(out, "malformed status answer: {error}"),
            Self::NotPem => out.write_str("no well-formed PEM block of a status answer"),
            Self::TooLarge { bytes } => write!(out, "{bytes} bytes are too many for a status answer"),
            Self::TooMany { count } => write!(out, "{count} status answers are too many"),
            Self::Unsuccessful { status } => write!(out, "the responder answered `{status}`"),
            Self::TypeUnsupported { oid } => write!(out, "status answers of type `{oid}` are not supported"),
            Self::VersionUnsupported { version } => write!(out, "status answer version `{version}` is not supported"),
            Self::Oversized => out.write_str("a name, a set of extensions or of certificates is too large or repeats itself"),
            Self::UnknownCriticalExtension { oid } => write!(out, "critical extension `{oid}` is not understood"),
            Self::Missing => out.write_str("no answer about the certificate was given"),
            Self::Unknown => out.write_str("the responder does not know the certificate"),
            Self::Nonce => out.write_str("the answer has not the nonce of the request"),
            Self::NotYetValid { this_update } => write!(out, "the answer is of {}", day(*this_update)),
            Self::Stale { next_update } => write!(out, "the answer was to be replaced by {}", day(*next_update)),
            Self::Responder => out.write_str("the answer's signer was not found"),
            Self::NotAuthorised { responder } => write!(out, "`{responder}` may not answer for the issuer"),
            Self::ResponderStatus { responder, reason } => write!(out, "the state of `{responder}` itself: {reason}"),
            Self::Signature { responder, error } => write!(out, "signature of the answer of `{responder}`: {error}"),
            Self::TooCostly => out.write_str("too many signatures would have to be checked"),
        }
    }
}

impl std::error::Error for OcspError {}

impl From<Asn1Error> for OcspError {
    fn from(error: Asn1Error) -> Self {
        Self::Malformed(error)
    }
}

impl From<ExtensionsError> for OcspError {
    fn from(error: ExtensionsError) -> Self {
        match error {
            ExtensionsError::Malformed(error) => Self::Malformed(error),
            ExtensionsError::Duplicate(_) | ExtensionsError::TooMany => Self::Oversized,
        }
    }
}

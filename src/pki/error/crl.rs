//! Errors of revocation lists.

use super::day;
use crate::asn1::{Asn1Error, Oid};
use crate::crypto::CryptoError;
use crate::limits;
use crate::pki::extensions::ExtensionsError;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use crate::text::Instant;
use std::fmt;

/// Why a revocation list cannot be read, or says nothing about a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CrlError {
    /// The bytes are no revocation list.
    Malformed(Asn1Error),
    /// The file holds no well-formed PEM block of a list.
    NotPem,
    /// The list is larger than [`limits::CRL_BYTES`].
    TooLarge {
        /// Its bytes.
        bytes: usize,
    },
    /// More than [`limits::CRLS`] were given.
    TooMany {
        /// How many.
        count: usize,
    },
    /// The list is of a version after v2.
    VersionUnsupported {
        /// The number as written: 1 is v2.
        version: u64,
    },
    /// The signature algorithm inside the signed part is not the one outside (RFC 5280 5.1.1.2).
    AlgorithmsDiffer,
    /// The issuer's name, or the extensions of the list or of an entry, are more than hoso reads, or stand twice.
    Oversized,
    /// A critical extension of the list or an entry is not understood (RFC 5280 5.2, 5.3).
    UnknownCriticalExtension {
        /// Which.
        oid: Oid,
    },
    /// The list only says what changed since another one (RFC 5280 5.2.4).
    Delta,
    /// The list covers only some certificates or reasons of its issuer (RFC 5280 5.2.5).
    Partial,
    /// No list was given whose issuer issued the certificate.
    Missing,
    /// The list was issued later than the instant asked about.
    NotYetValid {
        /// When.
        this_update: Instant,
    },
    /// The list should have been replaced before the instant asked about.
    Stale {
        /// When.
        next_update: Instant,
    },
    /// The list does not say when the next one comes (RFC 5280 5.1.2.5), so nobody can tell whether it is current.
    NoNextUpdate,
    /// The issuer's key usage lacks cRLSign (RFC 5280 6.3.3 (f)).
    NotForLists {
        /// The issuer.
        authority: String,
    },
    /// The certificate's distribution points cannot be read, so nobody can tell which lists are about it (RFC 5280 4.2.1.13).
    DistributionPoints,
    /// The list was signed by another certificate of its issuer, which leads to no trusted root, or whose own state is not known
    /// (RFC 5280 6.3.3 (f)).
    Signer {
        /// Who signed it.
        authority: String,
        /// The code of what is wrong, or `revoked`.
        reason: &'static str,
    },
    /// The list was not signed by the issuer's key, or with an algorithm hoso does not accept.
    Signature {
        /// The issuer.
        authority: String,
        /// Why.
        error: CryptoError,
    },
    /// Checking the lists took more than [`limits::SIGNATURE_CHECKS`].
    TooCostly,
    /// The caller asked for no check.
    NotChecked,
}

impl Coded for CrlError {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "crl.malformed",
            Self::NotPem => "crl.not-pem",
            Self::TooLarge { .. } => "crl.too-large",
            Self::TooMany { .. } => "crl.too-many",
            Self::VersionUnsupported { .. } => "crl.version-unsupported",
            Self::AlgorithmsDiffer => "crl.algorithms-differ",
            Self::Oversized => "crl.oversized",
            Self::UnknownCriticalExtension { .. } => "crl.unknown-critical-extension",
            Self::Delta => "crl.delta",
            Self::Partial => "crl.partial",
            Self::Missing => "crl.missing",
            Self::NotYetValid { .. } => "crl.not-yet-valid",
            Self::Stale { .. } => "crl.stale",
            Self::NoNextUpdate => "crl.no-next-update",
            Self::NotForLists { .. } => "crl.not-for-lists",
            Self::DistributionPoints => "crl.distribution-points",
            Self::Signer { .. } => "crl.signer",
            Self::Signature { .. } => "crl.signature",
            Self::TooCostly => "crl.too-costly",
            Self::NotChecked => "crl.not-checked",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::PKI
    }

    fn facts(&self) -> Facts {
        let none = Facts::none();
        match self {
            Self::Malformed(error) => none.with("reason", error.code()),
            Self::TooLarge { bytes } => none.with("bytes", *bytes).with("most", limits::CRL_BYTES),
            Self::TooMany { count } => none.with("count", *count).with("most", limits::CRLS),
            Self::VersionUnsupported { version } => none.with("version", version.saturating_add(1)),
            Self::UnknownCriticalExtension { oid } => none.with("oid", oid.text()),
            Self::NotYetValid { this_update } => none.with("from", day(*this_update)),
            Self::Stale { next_update } => none.with("until", day(*next_update)),
            Self::NotForLists { authority } => none.with("authority", authority),
            Self::Signer { authority, reason } => none.with("authority", authority).with("reason", *reason),
            Self::Signature { authority, error } => none.with("authority", authority).with("reason", error.code()),
            Self::TooCostly => none.with("most", u64::from(limits::SIGNATURE_CHECKS)),
            _ => none,
        }
    }
}

impl fmt::Display for CrlError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => write!(out, "malformed revocation list: {error}"),
            Self::NotPem => out.write_str("no well-formed PEM block of a revocation list"),
            Self::TooLarge { bytes } => write!(out, "{bytes} bytes are too many for a revocation list"),
            Self::TooMany { count } => write!(out, "{count} revocation lists are too many"),
            Self::VersionUnsupported { version } => write!(out, "revocation list version `{version}` is not supported"),
            Self::AlgorithmsDiffer => out.write_str("the signature algorithms inside and outside differ"),
            Self::Oversized => out.write_str("a name or a set of extensions is too large or repeats itself"),
            Self::UnknownCriticalExtension { oid } => write!(out, "critical extension `{oid}` is not understood"),
            Self::Delta => out.write_str("the list is a delta"),
            Self::Partial => out.write_str("the list covers a part only"),
            Self::Missing => out.write_str("no list of the issuer was given"),
            Self::NotYetValid { this_update } => write!(out, "the list was issued on {}", day(*this_update)),
            Self::Stale { next_update } => write!(out, "the list was to be replaced by {}", day(*next_update)),
            Self::NoNextUpdate => out.write_str("the list does not say when the next one comes"),
            Self::NotForLists { authority } => write!(out, "`{authority}` may not sign revocation lists"),
            Self::DistributionPoints => out.write_str("the certificate's distribution points cannot be read"),
            Self::Signer { authority, reason } => write!(out, "`{authority}`, who signed the list: {reason}"),
            Self::Signature { authority, error } => write!(out, "signature of the list of `{authority}`: {error}"),
            Self::TooCostly => out.write_str("too many signatures would have to be checked"),
            Self::NotChecked => out.write_str("revocation was not checked"),
        }
    }
}

impl std::error::Error for CrlError {}

impl From<Asn1Error> for CrlError {
    fn from(error: Asn1Error) -> Self {
        Self::Malformed(error)
    }
}

impl From<ExtensionsError> for CrlError {
    fn from(error: ExtensionsError) -> Self {
        match error {
            ExtensionsError::Malformed(error) => Self::Malformed(error),
            ExtensionsError::Duplicate(_) | ExtensionsError::TooMany => Self::Oversized,
        }
    }
}

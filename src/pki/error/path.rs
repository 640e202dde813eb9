//! Errors of the way to a trust anchor.

use super::{CertificateError, day};
use crate::asn1::Oid;
use crate::crypto::CryptoError;
use crate::limits;
use crate::pki::crl::Reason;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use crate::text::Instant;
use std::fmt;

/// Why no path leads from a certificate to a trust anchor. Of several ways tried, the one that came furthest speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathError {
    /// No trust anchor was given.
    NoAnchors,
    /// More than [`limits::CERTIFICATES`] intermediates or anchors were given.
    TooManyCertificates {
        /// How many.
        count: usize,
    },
    /// The signer's certificate is itself among the trust anchors: an authority does not sign dossiers, and
    /// trusting a person's certificate directly would leave nobody to revoke it.
    SignerIsAnchor,
    /// The signer's own certificate is the reason.
    Signer(CertificateError),
    /// Neither an anchor nor an intermediate is the issuer.
    IssuerNotFound {
        /// The issuer's name.
        issuer: String,
    },
    /// An authority's certificate becomes valid later.
    AuthorityNotYetValid {
        /// The authority.
        authority: String,
        /// When.
        not_before: Instant,
    },
    /// An authority's certificate was valid until earlier.
    AuthorityExpired {
        /// The authority.
        authority: String,
        /// Until when.
        not_after: Instant,
    },
    /// An authority's certificate was revoked.
    AuthorityRevoked {
        /// The authority.
        authority: String,
        /// When.
        at: Instant,
        /// Why.
        reason: Reason,
    },
    /// The issuer's certificate is not an authority's (RFC 5280 6.1.4 (k)).
    NotAnAuthority {
        /// The issuer.
        authority: String,
    },
    /// The issuer's key usage lacks keyCertSign (RFC 5280 6.1.4 (n)).
    NotForCertificates {
        /// The issuer.
        authority: String,
    },
    /// More authorities follow an authority than it may have below it (RFC 5280 6.1.4 (m)).
    TooManyAuthorities {
        /// The authority that sets the limit.
        authority: String,
        /// Its pathLenConstraint.
        most: u64,
    },
    /// An authority's certificate has a critical extension that is not understood.
    AuthorityExtension {
        /// The authority.
        authority: String,
        /// Which extension.
        oid: Oid,
    },
    /// An authority is limited to certain names, and a certificate below it has another (RFC 5280 6.1.3 (b) and (c)).
    NameConstraints {
        /// The authority.
        authority: String,
    },
    /// An authority's extended key usage does not allow what the certificate is used for.
    NotForPurpose {
        /// The authority.
        authority: String,
    },
    /// No policy that must be valid is valid along the path (RFC 5280 6.1.3 (f), 6.1.5 (g)).
    Policies,
    /// An authority maps anyPolicy to a policy or a policy to anyPolicy (RFC 5280 6.1.4 (a)).
    PolicyMapping {
        /// The authority.
        authority: String,
    },
    /// An authority's key is one hoso does not verify with.
    AuthorityKey {
        /// The authority.
        authority: String,
        /// Why.
        error: CryptoError,
    },
    /// A certificate is signed with an algorithm that is unknown or too weak.
    SignatureAlgorithm {
        /// Who signed it.
        authority: String,
        /// Why.
        error: CryptoError,
    },
    /// A certificate names an issuer whose key did not sign it.
    SignatureMismatch {
        /// The issuer.
        authority: String,
    },
    /// The path is longer than [`limits::PATH_CERTIFICATES`].
    TooLong,
    /// Finding a path took more than [`limits::SIGNATURE_CHECKS`] or [`limits::NAME_COMPARISONS`].
    TooCostly,
}

impl PathError {
    /// Whether nothing was found against the certificate: an issuer is missing, or something is beyond what hoso knows or spends. Another
    /// validator, or the same one with more certificates, may still find a path.
    #[must_use]
    pub const fn is_undetermined(&self) -> bool {
        const fn is_beyond(error: &CryptoError) -> bool {
            matches!(error, CryptoError::AlgorithmUnsupported { .. } | CryptoError::KeyUnsupported { .. } | CryptoError::KeyTooLong { .. })
        }
        match self {
            Self::NoAnchors | Self::TooManyCertificates { .. } | Self::IssuerNotFound { .. } | Self::TooLong | Self::TooCostly => true,
            Self::Signer(CertificateError::Key(error)) | Self::AuthorityKey { error, .. } | Self::SignatureAlgorithm { error, .. } => {
                is_beyond(error)
            }
            _ => false,
        }
    }
}

impl Coded for PathError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoAnchors => "path.no-anchors",
            Self::TooManyCertificates { .. } => "path.too-many-certificates",
            Self::SignerIsAnchor => "path.signer-is-anchor",
            Self::Signer(error) => error.code(),
            Self::IssuerNotFound { .. } => "path.issuer-not-found",
            Self::AuthorityNotYetValid { .. } => "path.authority-not-yet-valid",
            Self::AuthorityExpired { .. } => "path.authority-expired",
            Self::AuthorityRevoked { .. } => "path.authority-revoked",
            Self::NotAnAuthority { .. } => "path.not-an-authority",
            Self::NotForCertificates { .. } => "path.not-for-certificates",
            Self::TooManyAuthorities { .. } => "path.too-many-authorities",
            Self::AuthorityExtension { .. } => "path.authority-extension",
            Self::NameConstraints { .. } => "path.name-constraints",
            Self::NotForPurpose { .. } => "path.not-for-purpose",
            Self::Policies => "path.policies",
            Self::PolicyMapping { .. } => "path.policy-mapping",
            Self::AuthorityKey { .. } => "path.authority-key",
            Self::SignatureAlgorithm { .. } => "path.signature-algorithm",
            Self::SignatureMismatch { .. } => "path.signature-mismatch",
            Self::TooLong => "path.too-long",
            Self::TooCostly => "path.too-costly",
        }
    }

    fn sentences(&self) -> Area {
        match self {
            Self::Signer(error) => error.sentences(),
            _ => catalogue::PKI,
        }
    }

    fn facts(&self) -> Facts {
        let none = Facts::none();
        match self {
            Self::TooManyCertificates { count } => none.with("count", *count).with("most", limits::CERTIFICATES),
            Self::Signer(error) => error.facts(),
            Self::IssuerNotFound { issuer } => none.with("authority", issuer),
            Self::AuthorityNotYetValid { authority, not_before } => none.with("authority", authority).with("from", day(*not_before)),
            Self::AuthorityExpired { authority, not_after } => none.with("authority", authority).with("until", day(*not_after)),
            Self::AuthorityRevoked { authority, at, reason } => {
                none.with("authority", authority).with("at", day(*at)).with("reason", reason.name())
            }
            Self::NotAnAuthority { authority }
            | Self::NotForCertificates { authority }
            | Self::NameConstraints { authority }
            | Self::NotForPurpose { authority }
            | Self::PolicyMapping { authority }
            | Self::SignatureMismatch { authority } => none.with("authority", authority),
            Self::TooManyAuthorities { authority, most } => none.with("authority", authority).with("most", *most),
            Self::AuthorityExtension { authority, oid } => none.with("authority", authority).with("oid", oid.text()),
            Self::AuthorityKey { authority, error } | Self::SignatureAlgorithm { authority, error } => {
                none.with("authority", authority).with("reason", error.code())
            }
            Self::TooLong => none.with("most", limits::PATH_CERTIFICATES),
            Self::TooCostly => none.with("most", u64::from(limits::SIGNATURE_CHECKS)),
            Self::NoAnchors | Self::SignerIsAnchor | Self::Policies => none,
        }
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAnchors => out.write_str("no trust anchor was given"),
            Self::TooManyCertificates { count } => write!(out, "{count} certificates are too many for one path"),
            Self::SignerIsAnchor => out.write_str("the signer's certificate is a trust anchor"),
            Self::Signer(error) => error.fmt(out),
            Self::IssuerNotFound { issuer } => write!(out, "no certificate of the issuer `{issuer}`"),
            Self::AuthorityNotYetValid { authority, not_before } => write!(out, "`{authority}` is not valid before {}", day(*not_before)),
            Self::AuthorityExpired { authority, not_after } => write!(out, "`{authority}` expired on {}", day(*not_after)),
            Self::AuthorityRevoked { authority, at, reason } => write!(out, "`{authority}` was revoked on {}: {}", day(*at), reason.name()),
            Self::NotAnAuthority { authority } => write!(out, "`{authority}` is no authority"),
            Self::NotForCertificates { authority } => write!(out, "`{authority}` may not sign certificates"),
            Self::TooManyAuthorities { authority, most } => write!(out, "`{authority}` allows {most} authorities below it"),
            Self::AuthorityExtension { authority, oid } => write!(out, "critical extension `{oid}` of `{authority}` is not understood"),
            Self::NameConstraints { authority } => write!(out, "`{authority}` is limited to certain names"),
            Self::NotForPurpose { authority } => write!(out, "`{authority}` may not certify for this purpose"),
            Self::Policies => out.write_str("no policy is valid along the path"),
            Self::PolicyMapping { authority } => write!(out, "`{authority}` maps anyPolicy"),
            Self::AuthorityKey { authority, error } => write!(out, "key of `{authority}`: {error}"),
            Self::SignatureAlgorithm { authority, error } => write!(out, "signature of `{authority}`: {error}"),
            Self::SignatureMismatch { authority } => write!(out, "the signature is not of `{authority}`"),
            Self::TooLong => out.write_str("the path is too long"),
            Self::TooCostly => out.write_str("too many signatures would have to be checked"),
        }
    }
}

impl std::error::Error for PathError {}

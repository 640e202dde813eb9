//! Why a signed message, or a timestamp, was refused.

use crate::asn1::{Asn1Error, Oid};
use crate::crypto::CryptoError;
use crate::limits;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use std::fmt;

/// What a signed message did that RFC 5652, or the use of it here, does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum CmsError {
    /// The algorithms inside the signed attributes are not those outside (RFC 6211).
    AlgorithmsDiffer,
    /// The text around the message is damaged, or more stands in it than one message.
    Armour,
    /// The text is of something else than a signed message, such as a certificate.
    ArmourLabel { label: String },
    /// A signed attribute has not the shape of its kind.
    AttributeMalformed { oid: Oid },
    /// A signed attribute is missing.
    AttributeMissing { oid: Oid },
    /// A signed attribute stands twice.
    AttributeRepeated { oid: Oid },
    /// The signed attributes do not stand in the order of DER, or one stands twice (RFC 5652 5.3).
    AttributesNotDer,
    /// The kind of content that was signed is another than the message's.
    ContentTypeDiffers,
    /// A key, an algorithm or its parameters are refused.
    Crypto(CryptoError),
    /// The content and the signed attributes are hashed differently.
    HashesDiffer,
    /// The bytes are not DER.
    Malformed(Asn1Error),
    /// The message has no signed attributes.
    NoSignedAttributes,
    /// Nobody signed.
    NoSigner,
    /// The bytes are no SignedData.
    NotSignedData,
    /// The message is larger than [`limits::SIGNATURE_BYTES`].
    TooLarge { bytes: usize },
    /// The message holds more certificates, lists, signers or attributes than hoso reads.
    TooMany,
    /// A field holds what RFC 5652 does not have there.
    Unexpected,
}

impl From<Asn1Error> for CmsError {
    fn from(error: Asn1Error) -> Self {
        Self::Malformed(error)
    }
}

impl From<CryptoError> for CmsError {
    fn from(error: CryptoError) -> Self {
        Self::Crypto(error)
    }
}

impl Coded for CmsError {
    fn code(&self) -> &'static str {
        match self {
            Self::AlgorithmsDiffer => "cms.algorithms-differ",
            Self::Armour => "cms.armour",
            Self::ArmourLabel { .. } => "cms.armour-label",
            Self::AttributeMalformed { .. } => "cms.attribute-malformed",
            Self::AttributeMissing { .. } => "cms.attribute-missing",
            Self::AttributeRepeated { .. } => "cms.attribute-repeated",
            Self::AttributesNotDer => "cms.attributes-not-der",
            Self::ContentTypeDiffers => "cms.content-type-differs",
            Self::Crypto(error) => error.code(),
            Self::HashesDiffer => "cms.hashes-differ",
            Self::Malformed(_) => "cms.malformed",
            Self::NoSignedAttributes => "cms.no-signed-attributes",
            Self::NoSigner => "cms.no-signer",
            Self::NotSignedData => "cms.not-signed-data",
            Self::TooLarge { .. } => "cms.too-large",
            Self::TooMany => "cms.too-many",
            Self::Unexpected => "cms.unexpected",
        }
    }

    fn sentences(&self) -> Area {
        match self {
            Self::Crypto(error) => error.sentences(),
            _ => catalogue::CMS,
        }
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::AttributeMalformed { oid } | Self::AttributeMissing { oid } | Self::AttributeRepeated { oid } => {
                facts.with("oid", oid.text())
            }
            Self::ArmourLabel { label } => facts.with("label", label),
            Self::Crypto(error) => error.facts(),
            Self::Malformed(error) => facts.with("reason", error.code()),
            Self::TooLarge { bytes } => facts.with("bytes", *bytes).with("most", limits::SIGNATURE_BYTES),
            _ => facts,
        }
    }
}

impl fmt::Display for CmsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlgorithmsDiffer => out.write_str("the algorithms that were signed are not those that are named"),
            Self::Armour => out.write_str("the text around the message is damaged"),
            Self::ArmourLabel { label } => write!(out, "the file is a `{label}`, no signed message"),
            Self::AttributeMalformed { oid } => write!(out, "attribute `{oid}` is malformed"),
            Self::AttributeMissing { oid } => write!(out, "attribute `{oid}` is missing"),
            Self::AttributeRepeated { oid } => write!(out, "attribute `{oid}` stands twice"),
            Self::AttributesNotDer => out.write_str("the signed attributes are not in the order of DER"),
            Self::ContentTypeDiffers => out.write_str("another kind of content was signed"),
            Self::Crypto(error) => fmt::Display::fmt(error, out),
            Self::HashesDiffer => out.write_str("content and signed attributes are hashed differently"),
            Self::Malformed(error) => write!(out, "malformed signed message: {error}"),
            Self::NoSignedAttributes => out.write_str("the message has no signed attributes"),
            Self::NoSigner => out.write_str("nobody signed the message"),
            Self::NotSignedData => out.write_str("the file is no signed message"),
            Self::TooLarge { bytes } => write!(out, "the message of {bytes} bytes is too large"),
            Self::TooMany => out.write_str("the message holds too many entries"),
            Self::Unexpected => out.write_str("the message holds something unexpected"),
        }
    }
}

impl std::error::Error for CmsError {}

/// Why a timestamp, or the answer of a timestamp authority, was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum TimestampError {
    /// The timestamp says a time after the receipt.
    Ahead,
    /// The token is not bound to the certificate it was signed with.
    CertificateNotBound,
    /// The certificate of the authority is not there.
    CertificateMissing,
    /// The timestamp is of something else.
    ImprintDiffers,
    /// The answer is none of RFC 3161, or not in DER.
    Malformed(Asn1Error),
    /// The token is no signed message as RFC 3161 has it.
    Message(CmsError),
    /// The answer is to another question.
    NonceDiffers,
    /// The signed content is no TSTInfo.
    NotTimestamp,
    /// The timestamp says a time at which its certificate was not valid.
    OutsideCertificate,
    /// The authority refused.
    Rejected { status: u64, reason: String },
    /// The token is not of the key of its certificate.
    Wrong,
}

impl From<Asn1Error> for TimestampError {
    fn from(error: Asn1Error) -> Self {
        Self::Malformed(error)
    }
}

impl From<CmsError> for TimestampError {
    fn from(error: CmsError) -> Self {
        Self::Message(error)
    }
}

impl Coded for TimestampError {
    fn code(&self) -> &'static str {
        match self {
            Self::Ahead => "timestamp.ahead",
            Self::CertificateNotBound => "timestamp.certificate-not-bound",
            Self::CertificateMissing => "timestamp.certificate-missing",
            Self::ImprintDiffers => "timestamp.imprint-differs",
            Self::Malformed(_) => "timestamp.malformed",
            Self::Message(error) => error.code(),
            Self::NonceDiffers => "timestamp.nonce-differs",
            Self::NotTimestamp => "timestamp.not-timestamp",
            Self::OutsideCertificate => "timestamp.outside-certificate",
            Self::Rejected { .. } => "timestamp.rejected",
            Self::Wrong => "timestamp.wrong",
        }
    }

    fn sentences(&self) -> Area {
        match self {
            Self::Message(error) => error.sentences(),
            _ => catalogue::CMS,
        }
    }

    fn facts(&self) -> Facts {
        match self {
            Self::Malformed(error) => Facts::none().with("reason", error.code()),
            Self::Message(error) => error.facts(),
            Self::Rejected { status, reason } => Facts::none().with("status", *status).with("reason", reason),
            _ => Facts::none(),
        }
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ahead => out.write_str("the timestamp lies after the receipt"),
            Self::CertificateNotBound => out.write_str("the timestamp is not bound to its certificate"),
            Self::CertificateMissing => out.write_str("the certificate of the timestamp authority is missing"),
            Self::ImprintDiffers => out.write_str("the timestamp is of something else"),
            Self::Malformed(error) => write!(out, "malformed timestamp: {error}"),
            Self::Message(error) => fmt::Display::fmt(error, out),
            Self::NonceDiffers => out.write_str("the answer of the timestamp authority is to another question"),
            Self::NotTimestamp => out.write_str("the signed content is no timestamp"),
            Self::OutsideCertificate => out.write_str("the timestamp lies outside the period of its certificate"),
            Self::Rejected { status, reason } => write!(out, "the timestamp authority refused: status {status}, {reason}"),
            Self::Wrong => out.write_str("the timestamp is not of the key of its certificate"),
        }
    }
}

impl std::error::Error for TimestampError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::Known;
    use crate::report::catalogue::check::speaks_both_languages;

    #[test]
    fn every_error_speaks_both_languages() {
        let oid = || Known::MessageDigest.into();
        let messages = [
            CmsError::AlgorithmsDiffer,
            CmsError::AttributeMalformed { oid: oid() },
            CmsError::AttributeMissing { oid: oid() },
            CmsError::AttributeRepeated { oid: oid() },
            CmsError::AttributesNotDer,
            CmsError::ContentTypeDiffers,
            CmsError::HashesDiffer,
            CmsError::Malformed(Asn1Error::NotDer),
            CmsError::NoSignedAttributes,
            CmsError::NoSigner,
            CmsError::NotSignedData,
            CmsError::Armour,
            CmsError::ArmourLabel { label: "CERTIFICATE".to_owned() },
            CmsError::TooLarge { bytes: 9_000_000 },
            CmsError::TooMany,
            CmsError::Unexpected,
        ];
        let timestamps = [
            TimestampError::Ahead,
            TimestampError::CertificateNotBound,
            TimestampError::CertificateMissing,
            TimestampError::ImprintDiffers,
            TimestampError::Malformed(Asn1Error::NotDer),
            TimestampError::NonceDiffers,
            TimestampError::NotTimestamp,
            TimestampError::OutsideCertificate,
            TimestampError::Rejected { status: 2, reason: "bad request".to_owned() },
            TimestampError::Wrong,
        ];
        let all: Vec<&dyn Coded> = messages.iter().map(|error| error as _).collect();
        speaks_both_languages("cms.", &all);
        let all: Vec<&dyn Coded> = timestamps.iter().map(|error| error as _).collect();
        speaks_both_languages("timestamp.", &all);
        for text in messages.iter().map(ToString::to_string).chain(timestamps.iter().map(ToString::to_string)) {
            assert!(!text.contains('\n') && text.starts_with(char::is_lowercase), "{text}");
        }
    }
}

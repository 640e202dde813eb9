//! Why a file is not a JAdES signature as hoso's packages hold one.

use crate::json::{ReadError, ShapeError};
use crate::limits;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use std::fmt;

/// What a signature file did that the frozen format does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum JadesError {
    /// Named an algorithm that is none of the five, `none` and MACs included (RFC 8725 3.1).
    Algorithm { name: String },
    /// Encoded a member otherwise than its base64 has it: padding, white space or trailing bits (RFC 7515 2).
    Base64 { member: &'static str },
    /// Carried no certificate or too many (RFC 7515 4.1.6).
    Certificates,
    /// Carried a root, or certificates of which one did not issue the one before it (RFC 7515 4.1.6).
    Chain,
    /// Is compact, where more is to be added (RFC 7515 7.1).
    Compact,
    /// Carries a signature over a signature over a signature.
    CounterSigned,
    /// Declared a header member critical that is not understood or not there (RFC 7515 4.1.11).
    Critical { name: String },
    /// Did not declare critical what must be (RFC 7797 6; TS 119 182-1 5.2.8).
    CriticalMissing { name: &'static str },
    /// Has a protected header of another shape.
    HeaderMember(ShapeError),
    /// Has a header member in both headers, or unprotected where it must be protected (RFC 7515 7.2.1).
    HeaderTwice { name: String },
    /// Has a protected header that is not JSON.
    HeaderUnreadable(ReadError),
    /// Names its content in a way that hoso does not follow (TS 119 182-1 5.2.8.3).
    Mechanism { name: String },
    /// Has another shape than a flattened JWS with protected header and signature only.
    Member(ShapeError),
    /// Has no signature at that place.
    NoSuchSignature,
    /// Is not in canonical form (RFC 8785).
    NotCanonical,
    /// Named a part twice.
    PartRepeated { part: String },
    /// Is no JWS.
    NotJws,
    /// Is over other parts than those that are to be signed once more.
    PartsDiffer,
    /// Has not one digest for each part, or no part at all (TS 119 182-1 5.2.8.1).
    PartsUneven,
    /// Holds a payload and names parts besides.
    PayloadTwice,
    /// Named another certificate by its digest than the first one it carries (RFC 7515 4.1.8).
    Thumbprint,
    /// Holds more signatures than [`limits::SIGNERS`].
    TooManySignatures,
    /// Is not JSON.
    Unreadable(ReadError),
    /// Has a member of `etsiU` of another shape (TS 119 182-1 5.3).
    UnsignedMember(ShapeError),
    /// Has a member of `etsiU` that is not JSON.
    UnsignedUnreadable(ReadError),
}

impl From<ShapeError> for JadesError {
    /// Shapes are read almost only in the header.
    fn from(error: ShapeError) -> Self {
        Self::HeaderMember(error)
    }
}

impl Coded for JadesError {
    fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "jades.algorithm",
            Self::Base64 { .. } => "jades.base64",
            Self::Certificates => "jades.certificates",
            Self::Chain => "jades.chain",
            Self::Compact => "jades.compact",
            Self::CounterSigned => "jades.counter-signed",
            Self::Critical { .. } => "jades.critical",
            Self::CriticalMissing { .. } => "jades.critical-missing",
            Self::HeaderMember(_) => "jades.header-member",
            Self::HeaderTwice { .. } => "jades.header-twice",
            Self::HeaderUnreadable(_) => "jades.header-unreadable",
            Self::Mechanism { .. } => "jades.mechanism",
            Self::Member(_) => "jades.member",
            Self::NoSuchSignature => "jades.no-such-signature",
            Self::NotCanonical => "jades.not-canonical",
            Self::NotJws => "jades.not-jws",
            Self::PartRepeated { .. } => "jades.part-repeated",
            Self::PartsDiffer => "jades.parts-differ",
            Self::PartsUneven => "jades.parts-uneven",
            Self::PayloadTwice => "jades.payload-twice",
            Self::Thumbprint => "jades.thumbprint",
            Self::TooManySignatures => "jades.too-many-signatures",
            Self::Unreadable(_) => "jades.unreadable",
            Self::UnsignedMember(_) => "jades.unsigned-member",
            Self::UnsignedUnreadable(_) => "jades.unsigned-unreadable",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::SIGN
    }

    fn variant(&self) -> Option<&'static str> {
        match self {
            Self::HeaderMember(error) | Self::Member(error) | Self::UnsignedMember(error) => Some(error.problem.word()),
            _ => None,
        }
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::Algorithm { name } | Self::Critical { name } | Self::HeaderTwice { name } | Self::Mechanism { name } => {
                facts.with("name", name)
            }
            Self::Base64 { member } => facts.with("member", *member),
            Self::Certificates => facts.with("most", limits::PATH_CERTIFICATES),
            Self::CriticalMissing { name } => facts.with("name", *name),
            Self::HeaderMember(error) | Self::Member(error) | Self::UnsignedMember(error) => {
                facts.with("path", error.path.as_str().to_owned()).with("problem", error.problem.word())
            }
            Self::HeaderUnreadable(error) | Self::Unreadable(error) | Self::UnsignedUnreadable(error) => {
                facts.with("line", error.position.line).with("column", error.position.column).with("problem", error.code())
            }
            Self::PartRepeated { part } => facts.with("part", part),
            Self::TooManySignatures => facts.with("most", limits::SIGNERS),
            Self::Chain
            | Self::Compact
            | Self::CounterSigned
            | Self::NoSuchSignature
            | Self::NotCanonical
            | Self::PartsDiffer
            | Self::PartsUneven
            | Self::NotJws
            | Self::PayloadTwice
            | Self::Thumbprint => facts,
        }
    }
}

impl fmt::Display for JadesError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Algorithm { name } => write!(out, "algorithm `{name}` is not allowed"),
            Self::Base64 { member } => write!(out, "`{member}` is not strict base64"),
            Self::Certificates => write!(out, "x5c holds no certificate, or more than {}", limits::PATH_CERTIFICATES),
            Self::Chain => out.write_str("x5c holds a root, or is no chain"),
            Self::Compact => out.write_str("a compact JWS has no room for more"),
            Self::CounterSigned => out.write_str("a signature stands over a counter-signature"),
            Self::Critical { name } => write!(out, "critical header member `{name}` is not understood"),
            Self::CriticalMissing { name } => write!(out, "header member `{name}` is not declared critical"),
            Self::HeaderMember(error) => write!(out, "protected header: {error}"),
            Self::HeaderTwice { name } => write!(out, "header member `{name}` stands twice, or is not protected"),
            Self::HeaderUnreadable(error) => write!(out, "protected header: {error}"),
            Self::Mechanism { name } => write!(out, "content is named by `{name}`"),
            Self::Member(error) => write!(out, "signature file: {error}"),
            Self::NoSuchSignature => out.write_str("signature file has no such signature"),
            Self::NotCanonical => out.write_str("signature file is not in canonical form"),
            Self::NotJws => out.write_str("file is no JWS"),
            Self::PartRepeated { part } => write!(out, "part `{part}` is named twice"),
            Self::PartsDiffer => out.write_str("signatures of the file are over other parts"),
            Self::PartsUneven => out.write_str("sigD has not one digest for each part"),
            Self::PayloadTwice => out.write_str("signature holds a payload and names parts besides"),
            Self::Thumbprint => out.write_str("x5t#S256 is not the digest of the first certificate"),
            Self::TooManySignatures => write!(out, "signature file holds more than {} signatures", limits::SIGNERS),
            Self::Unreadable(error) => write!(out, "signature file: {error}"),
            Self::UnsignedMember(error) => write!(out, "etsiU: {error}"),
            Self::UnsignedUnreadable(error) => write!(out, "etsiU: {error}"),
        }
    }
}

impl std::error::Error for JadesError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{CanonicalError, Pointer, Position, ReadProblem, ShapeProblem, WriteError};
    use crate::report::catalogue::check::speaks_both_languages;
    use crate::sign::{SignError, SignatureError};
    use crate::text::Instant;

    #[test]
    fn every_format_error_speaks_both_languages() {
        let unreadable = ReadError { problem: ReadProblem::EndsEarly, position: Position { line: 3, column: 14 } };
        let shape = |problem| ShapeError { path: Pointer::root().child("alg"), problem };
        let name = || "exp".to_owned();
        let errors = [
            JadesError::Algorithm { name: name() },
            JadesError::Base64 { member: "x5c" },
            JadesError::Certificates,
            JadesError::Chain,
            JadesError::Compact,
            JadesError::CounterSigned,
            JadesError::Critical { name: name() },
            JadesError::CriticalMissing { name: "b64" },
            JadesError::HeaderMember(shape(ShapeProblem::Missing)),
            JadesError::HeaderMember(shape(ShapeProblem::Mistyped)),
            JadesError::HeaderMember(shape(ShapeProblem::Unknown)),
            JadesError::HeaderTwice { name: name() },
            JadesError::HeaderUnreadable(unreadable),
            JadesError::Mechanism { name: name() },
            JadesError::Member(shape(ShapeProblem::Missing)),
            JadesError::Member(shape(ShapeProblem::Mistyped)),
            JadesError::Member(shape(ShapeProblem::Unknown)),
            JadesError::NoSuchSignature,
            JadesError::NotCanonical,
            JadesError::NotJws,
            JadesError::PartRepeated { part: name() },
            JadesError::PartsDiffer,
            JadesError::PartsUneven,
            JadesError::PayloadTwice,
            JadesError::Thumbprint,
            JadesError::TooManySignatures,
            JadesError::Unreadable(unreadable),
            JadesError::UnsignedMember(shape(ShapeProblem::Missing)),
            JadesError::UnsignedMember(shape(ShapeProblem::Mistyped)),
            JadesError::UnsignedMember(shape(ShapeProblem::Unknown)),
            JadesError::UnsignedUnreadable(unreadable),
        ];
        speaks_both_languages("jades.", &errors);
    }

    #[test]
    fn every_signing_and_verifying_error_speaks_both_languages() {
        let part = || "form.json".to_owned();
        let signing = [
            SignError::AlgorithmDoesNotFit { algorithm: "ES256" },
            SignError::NoCertificate,
            SignError::NoContent,
            SignError::Rejected,
            SignError::Unwritable(WriteError::NotExact(CanonicalError { path: Pointer::root() })),
        ];
        let verifying = [
            SignatureError::CertificateDiffers,
            SignatureError::CertificateMissing,
            SignatureError::CertificateNotBound,
            SignatureError::CertificateUnreadable,
            SignatureError::ContentChanged,
            SignatureError::ContentMissing,
            SignatureError::PartChanged { part: part() },
            SignatureError::PartMissing { part: part() },
            SignatureError::Revoked { subject: "CN=a".to_owned(), at: Instant::from_unix(0) },
            SignatureError::Wrong,
        ];
        let all: Vec<&dyn Coded> = signing.iter().map(|error| error as _).chain(verifying.iter().map(|error| error as _)).collect();
        speaks_both_languages("signature.", &all);
        for text in signing.iter().map(ToString::to_string).chain(verifying.iter().map(ToString::to_string)) {
            assert!(!text.contains('\n') && text.starts_with(char::is_lowercase), "{text}");
        }
    }
}

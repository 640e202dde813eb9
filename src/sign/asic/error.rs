//! Why a container was refused, or none was made.

use crate::limits;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use crate::sign::SignError;
use crate::zip::ZipError;
use std::fmt;

/// What a container did that EN 319 162-1, or the use of it here, does not allow; or why none was made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum AsicError {
    /// A simple container holds no file that is signed, or several (EN 319 162-1 4.3.3.2).
    DataObjects,
    /// A file is missing or another than the manifest, which is to be signed once more, says.
    Differs { name: String },
    /// A file's name or media type cannot stand in a container.
    File { name: String },
    /// A manifest has another shape than annex A.4 gives it.
    Manifest { name: String },
    /// A manifest names a digest algorithm other than SHA-256, SHA-384 and SHA-512.
    ManifestAlgorithm { name: String },
    /// A manifest has an extension that must be understood and is not (A.4).
    ManifestCritical { name: String },
    /// The manifest of a package is not in the one form that it has.
    ManifestForm,
    /// A manifest names a file of `META-INF`: what is there is not what is signed.
    ManifestNested { name: String },
    /// A manifest names a file twice.
    ManifestRepeated { name: String },
    /// A manifest is larger than [`limits::MANIFEST_BYTES`].
    ManifestTooLarge,
    /// A manifest is no XML of the plain kind that annex A.4 needs.
    ManifestXml,
    /// `META-INF` is written otherwise, or has a folder in it.
    MetaInf { name: String },
    /// The first entry is not a `mimetype`, stored and without an extra field, that names an ASiC container (A.1).
    MimeType,
    /// Nobody signed.
    NoSignature,
    /// More can be added only where there is one signature file, in CAdES, and nothing is built upon it.
    OneMessage,
    /// There is nothing to sign.
    NothingToSign,
    /// A manifest names a signature file that is not there.
    SignatureMissing { name: String },
    /// Two manifests name one signature file.
    SignatureShared { name: String },
    /// No manifest names a signature file.
    SignatureUnreferenced { name: String },
    /// More persons signed than hoso reads.
    TooManySignatures,
    /// A signature of a kind that hoso does not verify: XAdES.
    Unsupported { name: String },
    /// No signature covers a file.
    Uncovered { name: String },
    /// The container could not be signed.
    Sign(SignError),
    /// The zip file is refused, or a container that no zip file holds.
    Zip(ZipError),
}

impl From<SignError> for AsicError {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

impl From<ZipError> for AsicError {
    fn from(error: ZipError) -> Self {
        Self::Zip(error)
    }
}

impl AsicError {
    /// The file it is about.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Differs { name }
            | Self::File { name }
            | Self::Manifest { name }
            | Self::ManifestAlgorithm { name }
            | Self::ManifestCritical { name }
            | Self::ManifestNested { name }
            | Self::ManifestRepeated { name }
            | Self::MetaInf { name }
            | Self::SignatureMissing { name }
            | Self::SignatureShared { name }
            | Self::SignatureUnreferenced { name }
            | Self::Unsupported { name }
            | Self::Uncovered { name } => Some(name),
            _ => None,
        }
    }
}

impl Coded for AsicError {
    fn code(&self) -> &'static str {
        match self {
            Self::DataObjects => "asic.data-objects",
            Self::Differs { .. } => "asic.differs",
            Self::File { .. } => "asic.file",
            Self::Manifest { .. } => "asic.manifest",
            Self::ManifestAlgorithm { .. } => "asic.manifest-algorithm",
            Self::ManifestCritical { .. } => "asic.manifest-critical",
            Self::ManifestForm => "asic.manifest-form",
            Self::ManifestNested { .. } => "asic.manifest-nested",
            Self::ManifestRepeated { .. } => "asic.manifest-repeated",
            Self::ManifestTooLarge => "asic.manifest-too-large",
            Self::ManifestXml => "asic.manifest-xml",
            Self::MetaInf { .. } => "asic.meta-inf",
            Self::MimeType => "asic.mimetype",
            Self::NoSignature => "asic.no-signature",
            Self::NothingToSign => "asic.nothing-to-sign",
            Self::OneMessage => "asic.one-message",
            Self::SignatureMissing { .. } => "asic.signature-missing",
            Self::SignatureShared { .. } => "asic.signature-shared",
            Self::SignatureUnreferenced { .. } => "asic.signature-unreferenced",
            Self::TooManySignatures => "asic.too-many-signatures",
            Self::Unsupported { .. } => "asic.unsupported",
            Self::Uncovered { .. } => "asic.uncovered",
            Self::Sign(error) => error.code(),
            Self::Zip(error) => error.code(),
        }
    }

    fn sentences(&self) -> Area {
        match self {
            Self::Sign(error) => error.sentences(),
            Self::Zip(error) => error.sentences(),
            _ => catalogue::ASIC,
        }
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::ManifestTooLarge => facts.with("most", limits::MANIFEST_BYTES),
            Self::TooManySignatures => facts.with("most", limits::SIGNERS),
            Self::Sign(error) => error.facts(),
            Self::Zip(error) => error.facts(),
            _ => match self.name() {
                Some(name) => facts.with("name", name.to_owned()),
                None => facts,
            },
        }
    }
}

impl fmt::Display for AsicError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DataObjects => out.write_str("simple container does not hold one file"),
            Self::Differs { name } => write!(out, "`{name}` is not what the manifest says"),
            Self::File { name } => write!(out, "name or media type of `{name}` cannot stand in a container"),
            Self::Manifest { name } => write!(out, "manifest `{name}` has another shape"),
            Self::ManifestAlgorithm { name } => write!(out, "manifest `{name}` names a digest algorithm that is not taken"),
            Self::ManifestCritical { name } => write!(out, "manifest `{name}` has a critical extension"),
            Self::ManifestForm => out.write_str("manifest is not in the frozen form"),
            Self::ManifestNested { name } => write!(out, "manifest names `{name}` below META-INF"),
            Self::ManifestRepeated { name } => write!(out, "manifest names `{name}` twice"),
            Self::ManifestTooLarge => write!(out, "manifest is larger than {} bytes", limits::MANIFEST_BYTES),
            Self::ManifestXml => out.write_str("manifest is no plain XML"),
            Self::MetaInf { name } => write!(out, "`{name}` does not belong into META-INF"),
            Self::MimeType => out.write_str("container does not begin with its mimetype"),
            Self::NoSignature => out.write_str("container has no signature"),
            Self::OneMessage => out.write_str("container has not one signature file in CAdES that nothing is built upon"),
            Self::NothingToSign => out.write_str("no file was given"),
            Self::SignatureMissing { name } => write!(out, "signature `{name}` is missing"),
            Self::SignatureShared { name } => write!(out, "two manifests name the signature `{name}`"),
            Self::SignatureUnreferenced { name } => write!(out, "no manifest names the signature `{name}`"),
            Self::TooManySignatures => write!(out, "more than {} signatures", limits::SIGNERS),
            Self::Unsupported { name } => write!(out, "signature `{name}` is of a kind that is not verified"),
            Self::Uncovered { name } => write!(out, "no signature covers `{name}`"),
            Self::Sign(error) => fmt::Display::fmt(error, out),
            Self::Zip(error) => fmt::Display::fmt(error, out),
        }
    }
}

impl std::error::Error for AsicError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::catalogue::check::speaks_both_languages;

    #[test]
    fn every_error_speaks_both_languages() {
        let name = || "META-INF/ASiCManifest001.xml".to_owned();
        let errors = [
            AsicError::DataObjects,
            AsicError::Differs { name: name() },
            AsicError::File { name: name() },
            AsicError::Manifest { name: name() },
            AsicError::ManifestAlgorithm { name: name() },
            AsicError::ManifestCritical { name: name() },
            AsicError::ManifestForm,
            AsicError::ManifestNested { name: name() },
            AsicError::ManifestRepeated { name: name() },
            AsicError::ManifestTooLarge,
            AsicError::ManifestXml,
            AsicError::MetaInf { name: name() },
            AsicError::MimeType,
            AsicError::NoSignature,
            AsicError::OneMessage,
            AsicError::NothingToSign,
            AsicError::SignatureMissing { name: name() },
            AsicError::SignatureShared { name: name() },
            AsicError::SignatureUnreferenced { name: name() },
            AsicError::TooManySignatures,
            AsicError::Unsupported { name: name() },
            AsicError::Uncovered { name: name() },
            AsicError::Sign(SignError::NoCertificate),
            AsicError::Zip(ZipError::End),
        ];
        speaks_both_languages("asic.", &errors);
    }
}

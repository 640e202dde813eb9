//! Why no signature was made.

use super::jades::JadesError;
use crate::cms::CmsError;
use crate::json::WriteError;
use crate::pki::CertificateError;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use std::fmt;

/// Why no signature was made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The algorithm needs another kind of key than the certificate's.
    AlgorithmDoesNotFit {
        /// Its JOSE name.
        algorithm: &'static str,
    },
    /// The signer's certificate may not sign.
    Certificate(CertificateError),
    /// The file that is to be signed again cannot be read.
    File(JadesError),
    /// The message that is to be signed again cannot be read.
    Message(CmsError),
    /// No certificate was given.
    NoCertificate,
    /// What is to be signed, or its digest, was not given.
    NoContent,
    /// What came back is no signature over the message by the certificate's key.
    Rejected,
    /// The certificates are too large for a signature file, or the time beyond what it can say.
    Unwritable(WriteError),
}

impl From<JadesError> for SignError {
    fn from(error: JadesError) -> Self {
        Self::File(error)
    }
}

impl From<CmsError> for SignError {
    fn from(error: CmsError) -> Self {
        Self::Message(error)
    }
}

impl From<CertificateError> for SignError {
    fn from(error: CertificateError) -> Self {
        Self::Certificate(error)
    }
}

impl Coded for SignError {
    fn code(&self) -> &'static str {
        match self {
            Self::AlgorithmDoesNotFit { .. } => "signature.algorithm-does-not-fit",
            Self::Certificate(error) => error.code(),
            Self::File(error) => error.code(),
            Self::Message(error) => error.code(),
            Self::NoCertificate => "signature.no-certificate",
            Self::NoContent => "signature.no-content",
            Self::Rejected => "signature.rejected",
            Self::Unwritable(_) => "signature.unwritable",
        }
    }

    fn sentences(&self) -> Area {
        match self {
            Self::Certificate(error) => error.sentences(),
            Self::File(error) => error.sentences(),
            Self::Message(error) => error.sentences(),
            _ => catalogue::SIGN,
        }
    }

    fn variant(&self) -> Option<&'static str> {
        match self {
            Self::File(error) => error.variant(),
            _ => None,
        }
    }

    fn facts(&self) -> Facts {
        match self {
            Self::AlgorithmDoesNotFit { algorithm } => Facts::none().with("algorithm", *algorithm),
            Self::Certificate(error) => error.facts(),
            Self::File(error) => error.facts(),
            Self::Message(error) => error.facts(),
            Self::NoCertificate | Self::NoContent | Self::Rejected | Self::Unwritable(_) => Facts::none(),
        }
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlgorithmDoesNotFit { algorithm } => write!(out, "algorithm `{algorithm}` does not fit the certificate's key"),
            Self::Certificate(error) => fmt::Display::fmt(error, out),
            Self::File(error) => fmt::Display::fmt(error, out),
            Self::Message(error) => fmt::Display::fmt(error, out),
            Self::NoCertificate => out.write_str("no certificate was given"),
            Self::NoContent => out.write_str("what is to be signed was not given"),
            Self::Rejected => out.write_str("the signature is not of the certificate's key"),
            Self::Unwritable(error) => write!(out, "signature cannot be written: {error}"),
        }
    }
}

impl std::error::Error for SignError {}

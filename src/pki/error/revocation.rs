//! Why nothing is known about a certificate's revocation: from lists or from answers.

use super::{CrlError, OcspError};
use crate::report::catalogue::Area;
use crate::report::{Coded, Facts};
use std::fmt;

/// Why the state of a certificate is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RevocationError {
    /// What is wrong with the best revocation list, or that there is none.
    Crl(CrlError),
    /// What is wrong with the best status answer.
    Ocsp(OcspError),
}

impl RevocationError {
    fn inner(&self) -> &dyn Coded {
        match self {
            Self::Crl(error) => error,
            Self::Ocsp(error) => error,
        }
    }
}

impl Coded for RevocationError {
    fn code(&self) -> &'static str {
        self.inner().code()
    }

    fn sentences(&self) -> Area {
        self.inner().sentences()
    }

    fn facts(&self) -> Facts {
        self.inner().facts()
    }
}

impl fmt::Display for RevocationError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crl(error) => error.fmt(out),
            Self::Ocsp(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for RevocationError {}

impl From<CrlError> for RevocationError {
    fn from(error: CrlError) -> Self {
        Self::Crl(error)
    }
}

impl From<OcspError> for RevocationError {
    fn from(error: OcspError) -> Self {
        Self::Ocsp(error)
    }
}

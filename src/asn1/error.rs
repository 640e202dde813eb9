//! Why bytes are not the DER that was expected.

use crate::report::Coded;
use crate::report::catalogue::{self, Area};
use std::fmt;

/// What bytes did that strict DER, or the structure expected at this place, does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Asn1Error {
    /// Ended before the element did.
    EndsEarly,
    /// Went on after the element.
    TrailingData,
    /// Held another type than the structure has at this place.
    UnexpectedType,
    /// Encoded a value or a length in a way DER does not (X.690 10.1, 11).
    NotDer,
}

impl Asn1Error {
    /// Every error, for tests and documentation.
    pub const ALL: [Self; 4] = [Self::EndsEarly, Self::TrailingData, Self::UnexpectedType, Self::NotDer];
}

impl Coded for Asn1Error {
    fn code(&self) -> &'static str {
        match self {
            Self::EndsEarly => "asn1.ends-early",
            Self::TrailingData => "asn1.trailing-data",
            Self::UnexpectedType => "asn1.unexpected-type",
            Self::NotDer => "asn1.not-der",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::KEY
    }
}

impl fmt::Display for Asn1Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::EndsEarly => "the data ends inside an element",
            Self::TrailingData => "data follows the last element",
            Self::UnexpectedType => "an element is of another type than its place demands",
            Self::NotDer => "an element is not encoded as DER demands",
        })
    }
}

impl std::error::Error for Asn1Error {}

//! Requests and answers as JSON, the same from the command line and from the bindings.

mod error;
#[cfg(feature = "sign")]
mod inspection;
#[cfg(feature = "sign")]
mod request;

pub use error::RequestError;
#[cfg(feature = "sign")]
pub use inspection::Inspection;
#[cfg(feature = "sign")]
pub use request::{KnownFile, Request, Revocation, SealRequest, VerifyRequest, algorithm, digest, pointer};

use crate::report::{Coded, Facts, Language, sentence};
use crate::text::Moment;
use serde::Serialize;

/// Why there is no answer: a code, its facts and a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failure {
    /// The stable code.
    pub code: &'static str,
    /// The facts of the sentence.
    pub params: Facts,
    /// The sentence, in the language asked for.
    pub message: String,
}

impl Failure {
    /// The failure that an error is.
    #[must_use]
    pub fn of(error: &(impl Coded + ?Sized), language: Language) -> Self {
        Self { code: error.code(), params: error.facts(), message: sentence(error, language) }
    }
}

/// The moment of an argument.
///
/// # Errors
/// It is not RFC 3339.
pub fn moment(text: &str) -> Result<Moment, RequestError> {
    Moment::parse(text).ok_or_else(|| RequestError::Moment { argument: text.to_owned() })
}

/// `{"errors": [{code, params, message}]}`: the answer where there is no other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failures {
    /// In the order in which they were found.
    pub errors: Vec<Failure>,
}

/// An answer as JSON text on one line.
#[must_use]
pub fn line(answer: &impl Serialize) -> String {
    // Our own structures always serialize: their keys are strings and they hold no maps of other keys.
    serde_json::to_string(answer).unwrap_or_default()
}

/// An answer as JSON text for people to read.
#[must_use]
pub fn pretty(answer: &impl Serialize) -> String {
    serde_json::to_string_pretty(answer).unwrap_or_default()
}

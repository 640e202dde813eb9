//! What a request to the bindings did.

use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};

/// Why a request has no answer: it was made by a program, so a programmer mends it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// The key cannot sign with that algorithm, or hoso does not know it.
    Algorithm {
        /// What was asked for.
        argument: String,
        /// What would do.
        usable: String,
    },
    /// A digest is not 64 hexadecimal digits, with `sha-256:` before them or not.
    Digest {
        /// What was given.
        argument: String,
    },
    /// No format of signatures has that name.
    Format {
        /// What was asked for.
        argument: String,
    },
    /// Something was used after it was disposed of, or twice where once is all there is.
    Gone,
    /// A moment is not RFC 3339.
    Moment {
        /// What was given.
        argument: String,
    },
    /// A field is not an RFC 6901 pointer.
    Pointer {
        /// What was given.
        argument: String,
    },
    /// No policy has that name.
    Policy {
        /// What was asked for.
        argument: String,
    },
    /// The request has another shape than its type says.
    Shape {
        /// What the reader says.
        reason: String,
    },
}

impl Coded for RequestError {
    fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "request.algorithm",
            Self::Digest { .. } => "request.digest",
            Self::Format { .. } => "request.format",
            Self::Gone => "request.gone",
            Self::Moment { .. } => "request.moment",
            Self::Pointer { .. } => "request.pointer",
            Self::Policy { .. } => "request.policy",
            Self::Shape { .. } => "request.shape",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::REQUEST
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::Algorithm { argument, usable } => facts.with("argument", argument).with("usable", usable),
            Self::Digest { argument }
            | Self::Format { argument }
            | Self::Moment { argument }
            | Self::Pointer { argument }
            | Self::Policy { argument } => facts.with("argument", argument),
            Self::Gone => facts,
            Self::Shape { reason } => facts.with("reason", reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Language, sentence};

    #[test]
    fn every_request_error_has_a_sentence_that_shows_what_was_given() {
        let argument = || "x1".to_owned();
        for error in [
            RequestError::Algorithm { argument: argument(), usable: "ES256".to_owned() },
            RequestError::Digest { argument: argument() },
            RequestError::Format { argument: argument() },
            RequestError::Gone,
            RequestError::Moment { argument: argument() },
            RequestError::Pointer { argument: argument() },
            RequestError::Policy { argument: argument() },
            RequestError::Shape { reason: argument() },
        ] {
            for language in Language::ALL {
                let text = sentence(&error, language);
                assert_ne!(text, error.code());
                assert!(error == RequestError::Gone || text.contains("x1"), "{text}");
            }
        }
    }
}

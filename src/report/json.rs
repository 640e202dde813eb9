//! The facts of reading errors, so that they have sentences like everything else.

use super::catalogue::{self, Area};
use super::{Coded, Facts};
use crate::json::{CanonicalError, ReadError, ReadProblem};
use crate::limits;

impl Coded for ReadError {
    fn code(&self) -> &'static str {
        self.problem.code()
    }

    fn sentences(&self) -> Area {
        catalogue::JSON
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none().with("line", self.position.line).with("column", self.position.column);
        match self.problem {
            ReadProblem::NumberTooLong => facts.with("most", limits::NUMBER_DIGITS),
            ReadProblem::TooDeep => facts.with("most", limits::JSON_DEPTH),
            ReadProblem::TooLarge => facts.with("most", limits::JSON_BYTES),
            _ => facts,
        }
    }
}

impl Coded for CanonicalError {
    fn code(&self) -> &'static str {
        "json.not-exact"
    }

    fn sentences(&self) -> Area {
        catalogue::JSON
    }

    fn facts(&self) -> Facts {
        Facts::none().with("path", self.path.as_str().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Pointer, Position};
    use crate::report::{Language, sentence};

    #[test]
    fn every_reading_error_has_a_sentence_in_both_languages() {
        let position = Position { line: 3, column: 14 };
        let read = ReadProblem::ALL.map(|problem| ReadError { problem, position });
        let canonical = CanonicalError { path: Pointer::root().child("capital") };
        for language in Language::ALL {
            for error in &read {
                let text = sentence(error, language);
                assert!(text != error.code() && !text.contains(['{', '}']), "{text}");
            }
            assert!(sentence(&canonical, language).contains("/capital"));
        }
    }
}

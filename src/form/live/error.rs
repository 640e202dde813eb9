//! Why a form was not edited. It is as it was when one of these comes back.

use crate::limits;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use crate::schema::LimitError;
use std::fmt;

/// Why an edit did nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EditError {
    /// Named a place that the form does not have.
    NoPlace {
        /// The pointer.
        pointer: String,
    },
    /// Named a field or row that is gone.
    Gone,
    /// Named a row behind the end of its list.
    NoRow {
        /// The index.
        index: usize,
        /// How many rows there are.
        rows: usize,
    },
    /// Wanted to insert into, remove from or move in what is no list.
    NotAList,
    /// Wanted to empty a row, or the whole form: a row is removed.
    NotAField,
    /// Wrote a field whose value is computed.
    Computed,
    /// Wrote what a database answered, by another way than [`super::LiveForm::lookup_result`].
    Lookup,
    /// Gave what a database answered to a place that holds no such thing.
    NotALookup,
    /// Wrote a field that must not be edited now.
    ReadOnly,
    /// Nested deeper than [`limits::JSON_DEPTH`].
    TooDeep,
    /// Would make the data larger than [`limits::JSON_BYTES`].
    TooLarge,
    /// The schema and the data together would exceed a limit.
    Limit(LimitError),
}

impl From<LimitError> for EditError {
    fn from(limit: LimitError) -> Self {
        Self::Limit(limit)
    }
}

impl Coded for EditError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoPlace { .. } => "edit.no-place",
            Self::Gone => "edit.gone",
            Self::NoRow { .. } => "edit.no-row",
            Self::NotAList => "edit.not-a-list",
            Self::NotAField => "edit.not-a-field",
            Self::Computed => "edit.computed",
            Self::Lookup => "edit.lookup",
            Self::NotALookup => "edit.not-a-lookup",
            Self::ReadOnly => "edit.read-only",
            Self::TooDeep => "edit.too-deep",
            Self::TooLarge => "edit.too-large",
            Self::Limit(limit) => limit.code(),
        }
    }

    fn sentences(&self) -> Area {
        if let Self::Limit(limit) = self { limit.sentences() } else { catalogue::EDIT }
    }

    fn facts(&self) -> Facts {
        let none = Facts::none();
        match self {
            Self::NoPlace { pointer } => none.with("pointer", pointer),
            Self::NoRow { index, rows } => none.with("index", *index).with("rows", *rows),
            Self::TooDeep => none.with("most", limits::JSON_DEPTH),
            Self::TooLarge => none.with("most", limits::JSON_BYTES),
            Self::Limit(limit) => limit.facts(),
            Self::Gone | Self::NotAList | Self::NotAField | Self::Computed | Self::Lookup | Self::NotALookup | Self::ReadOnly => none,
        }
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPlace { pointer } => write!(out, "no place `{pointer}` in the form"),
            Self::Gone => out.write_str("the field or row is gone"),
            Self::NoRow { index, rows } => write!(out, "no row {index} in a list of {rows}"),
            Self::NotAList => out.write_str("not a list"),
            Self::NotAField => out.write_str("not a field"),
            Self::Computed => out.write_str("the value is computed"),
            Self::Lookup => out.write_str("the value is what a database answered"),
            Self::NotALookup => out.write_str("not a place for what a database answers"),
            Self::ReadOnly => out.write_str("the field must not be edited now"),
            Self::TooDeep => out.write_str("nested too deeply"),
            Self::TooLarge => out.write_str("the data would be too large"),
            Self::Limit(limit) => limit.fmt(out),
        }
    }
}

impl std::error::Error for EditError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::live::DraftError;
    use crate::report::{Language, sentence};

    #[test]
    fn every_error_has_its_sentences() {
        let pointer = || "/a".to_owned();
        let errors = [
            EditError::NoPlace { pointer: pointer() },
            EditError::Gone,
            EditError::NoRow { index: 3, rows: 2 },
            EditError::NotAList,
            EditError::NotAField,
            EditError::Computed,
            EditError::Lookup,
            EditError::NotALookup,
            EditError::ReadOnly,
            EditError::TooDeep,
            EditError::TooLarge,
            EditError::Limit(LimitError::Steps),
        ];
        let drafts = [DraftError::Damaged, DraftError::TooNew, DraftError::Limit(LimitError::Depth)];
        let all = errors.iter().map(|error| error as &dyn Coded).chain(drafts.iter().map(|error| error as &dyn Coded));
        for error in all {
            for language in Language::ALL {
                let text = sentence(error, language);
                assert!(text != error.code() && !text.contains(['{', '}']), "{text}");
            }
        }
        assert_eq!(EditError::NoRow { index: 3, rows: 2 }.to_string(), "no row 3 in a list of 2");
    }
}

//! Why bytes are not the JSON that hoso reads.

use crate::text::decimal;
use std::fmt;

/// A place in a text: both count from 1, the column in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The code point within the line.
    pub column: usize,
}

/// Why a document could not be read, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// What the text did.
    pub problem: ReadProblem,
    /// Where it did it.
    pub position: Position,
}

/// What a text did that RFC 8259, or hoso's limits, do not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadProblem {
    /// Started with a byte order mark (RFC 8259 8.1).
    ByteOrderMark,
    /// Held a control character inside a string (RFC 8259 7).
    ControlCharacter,
    /// Used a name twice in one object (RFC 8259 4; RFC 7493 2.3).
    DuplicateName,
    /// Held only white space.
    Empty,
    /// Ended before the value did.
    EndsEarly,
    /// Used an escape that JSON does not have (RFC 8259 7).
    Escape,
    /// Escaped half of a surrogate pair (RFC 7493 2.1).
    LoneSurrogate,
    /// Held bytes that are no UTF-8 (RFC 8259 8.1).
    NotUtf8,
    /// Wrote a number in a way JSON does not (RFC 8259 6).
    Number,
    /// Wrote a number with more digits than [`crate::limits::NUMBER_DIGITS`].
    NumberTooLong,
    /// Nested deeper than [`crate::limits::JSON_DEPTH`].
    TooDeep,
    /// Was longer than [`crate::limits::JSON_BYTES`].
    TooLarge,
    /// Went on after the value.
    TrailingData,
    /// Held a character where another kind of thing must stand.
    Unexpected,
}

impl ReadProblem {
    /// Every problem, for tests and documentation.
    pub const ALL: [Self; 14] = [
        Self::ByteOrderMark,
        Self::ControlCharacter,
        Self::DuplicateName,
        Self::Empty,
        Self::EndsEarly,
        Self::Escape,
        Self::LoneSurrogate,
        Self::NotUtf8,
        Self::Number,
        Self::NumberTooLong,
        Self::TooDeep,
        Self::TooLarge,
        Self::TrailingData,
        Self::Unexpected,
    ];

    /// The stable code, public API: `docs/issues.md` lists them all.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "json.byte-order-mark",
            Self::ControlCharacter => "json.control-character",
            Self::DuplicateName => "json.duplicate-name",
            Self::Empty => "json.empty",
            Self::EndsEarly => "json.ends-early",
            Self::Escape => "json.escape",
            Self::LoneSurrogate => "json.lone-surrogate",
            Self::NotUtf8 => "json.not-utf8",
            Self::Number => "json.number",
            Self::NumberTooLong => "json.number-too-long",
            Self::TooDeep => "json.too-deep",
            Self::TooLarge => "json.too-large",
            Self::TrailingData => "json.trailing-data",
            Self::Unexpected => "json.unexpected",
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text())
    }
}

impl ReadError {
    /// The error for a programmer, on one line.
    #[must_use]
    pub fn text(&self) -> String {
        let Position { line, column } = self.position;
        let what = match self.problem {
            ReadProblem::ByteOrderMark => "byte order mark",
            ReadProblem::ControlCharacter => "control character in a string",
            ReadProblem::DuplicateName => "duplicate name",
            ReadProblem::Empty => "no value",
            ReadProblem::EndsEarly => "text ends inside a value",
            ReadProblem::Escape => "unknown escape",
            ReadProblem::LoneSurrogate => "lone surrogate",
            ReadProblem::NotUtf8 => "bytes are not utf-8",
            ReadProblem::Number => "malformed number",
            ReadProblem::NumberTooLong => "number has too many digits",
            ReadProblem::TooDeep => "nested too deeply",
            ReadProblem::TooLarge => "document too large",
            ReadProblem::TrailingData => "text after the value",
            ReadProblem::Unexpected => "unexpected character",
        };
        [what, " at line ", &decimal(line as u64), ", column ", &decimal(column as u64)].concat()
    }
}

impl std::error::Error for ReadError {}

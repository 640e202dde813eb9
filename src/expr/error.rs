//! What can be wrong with an expression before it runs, and why one that runs fails.

use crate::limits;
use crate::regex::PatternError;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use crate::text::decimal;
use std::fmt;

/// One mistake of an expression, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpressionError {
    /// What is wrong.
    pub problem: Problem,
    /// The character that it is about, counted from 1.
    pub character: usize,
}

/// What an expression did.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// Was longer than [`limits::EXPRESSION_BYTES`].
    TooLong,
    /// Nested deeper than [`limits::EXPRESSION_DEPTH`].
    TooDeep,
    /// Held a character that CEL has no use for.
    Character(Option<char>),
    /// Opened a quote that nothing closes.
    Unclosed,
    /// Wrote a number that there is not, or too large a one.
    Number,
    /// Wrote an escape that there is not.
    Escape,
    /// Lacked a sign.
    Expected(&'static str),
    /// Ended too early.
    Ends,
    /// Had something else where a value must stand.
    Value,
    /// Used a word that CEL keeps for itself as a name.
    Reserved,
    /// Gave a macro something else than a new name for its variable.
    Variable,
    /// Asked `has` for something else than a field.
    Has,
    /// Made a message of Protocol Buffers.
    Message,
    /// Used a name that means nothing.
    UnknownName {
        /// The name.
        name: String,
        /// A known name that it resembles.
        suggestion: Option<String>,
    },
    /// Read a field that the schema does not declare.
    UnknownField {
        /// The field.
        field: String,
        /// A declared field that it resembles.
        suggestion: Option<String>,
    },
    /// Called a function that there is not.
    UnknownFunction {
        /// The function.
        name: String,
        /// A known function that it resembles.
        suggestion: Option<String>,
    },
    /// Gave an operator or a function values of types that it does not take.
    NoOverload {
        /// The operator or function.
        name: String,
        /// The types that were given.
        types: String,
        /// How to write what may have been meant.
        remedy: Remedy,
    },
    /// Read a field of a value that has none.
    NoFields {
        /// The type of the value.
        found: String,
        /// Where there is a field of that name.
        suggestion: Option<String>,
    },
    /// Gave a value of another type than the place takes.
    Result {
        /// The type that is needed.
        expected: String,
        /// The type that is there.
        found: String,
    },
    /// Compared a field with a value that it can never have.
    NeverEqual {
        /// The value.
        value: String,
        /// A value of the field that it resembles.
        suggestion: Option<String>,
    },
    /// Was false, whatever the data.
    NeverTrue,
    /// Failed, whatever the data.
    AlwaysFails(Reason),
    /// Called a function or macro in another way than it is called in.
    Form {
        /// The function.
        name: String,
        /// How it is called.
        form: String,
    },
    /// Gave `matches` a pattern that is none.
    Pattern(PatternError),
    /// Named a code list that did not come along.
    NoCodeList {
        /// The name.
        list: String,
        /// The list that it resembles.
        suggestion: Option<String>,
    },
    /// Named the code list of `lookup` by something else than a literal.
    ListNotLiteral,
}

/// How to write what may have been meant by a call that takes other types.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// The types must be converted.
    Convert,
    /// A day is compared with a text.
    Date,
    /// Days are counted with numbers.
    Days,
    /// Whole numbers and others are mixed.
    Numbers,
    /// A function takes other types, or another number of them.
    Takes(String),
}

impl Coded for ExpressionError {
    fn code(&self) -> &'static str {
        match &self.problem {
            Problem::TooLong => "expression.too-long",
            Problem::TooDeep => "expression.too-deep",
            Problem::Character(_) => "expression.character",
            Problem::Unclosed => "expression.quote-unclosed",
            Problem::Number => "expression.number",
            Problem::Escape => "expression.escape",
            Problem::Expected(_) => "expression.expected",
            Problem::Ends => "expression.ends-early",
            Problem::Value => "expression.value-expected",
            Problem::Reserved => "expression.reserved-word",
            Problem::Variable => "expression.macro-variable",
            Problem::Has => "expression.has-argument",
            Problem::Message => "expression.message-unsupported",
            Problem::UnknownName { .. } => "expression.name-unknown",
            Problem::UnknownField { .. } => "expression.field-unknown",
            Problem::UnknownFunction { .. } => "expression.function-unknown",
            Problem::NoOverload { .. } => "expression.no-overload",
            Problem::NoFields { .. } => "expression.no-fields",
            Problem::Result { .. } => "expression.result-type",
            Problem::NeverEqual { .. } => "expression.never-equal",
            Problem::NeverTrue => "expression.never-true",
            Problem::AlwaysFails(_) => "expression.always-fails",
            Problem::Form { .. } => "expression.call-form",
            Problem::Pattern(_) => "expression.pattern",
            Problem::NoCodeList { .. } => "expression.no-code-list",
            Problem::ListNotLiteral => "expression.list-not-literal",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::EXPRESSION
    }

    fn facts(&self) -> Facts {
        self.facts_at(place(self.character))
    }

    fn variant(&self) -> Option<&'static str> {
        match &self.problem {
            Problem::UnknownName { suggestion, .. }
            | Problem::UnknownField { suggestion, .. }
            | Problem::UnknownFunction { suggestion, .. }
            | Problem::NeverEqual { suggestion, .. }
            | Problem::NoFields { suggestion, .. }
            | Problem::NoCodeList { suggestion, .. } => suggestion.as_ref().map(|_| "suggestion"),
            Problem::AlwaysFails(Reason::BadValue) => Some("value"),
            Problem::AlwaysFails(Reason::DivisionByZero) => Some("zero"),
            Problem::Expected(expected) if expected.contains(' ') => Some("operator"),
            Problem::Character(Some('&')) => Some("and"),
            Problem::Character(Some('|')) => Some("or"),
            Problem::Character(Some('‘' | '’' | '“' | '”')) => Some("quote"),
            Problem::NoOverload { remedy, .. } => match remedy {
                Remedy::Convert => None,
                Remedy::Date => Some("date"),
                Remedy::Days => Some("days"),
                Remedy::Numbers => Some("numbers"),
                Remedy::Takes(_) => Some("takes"),
            },
            _ => None,
        }
    }
}

impl ExpressionError {
    /// The facts, with the place in the words of whoever holds the expression.
    pub(crate) fn facts_at(&self, place: String) -> Facts {
        let facts = Facts::none().with("place", place);
        let suggested = |facts: Facts, suggestion: &Option<String>| match suggestion {
            Some(suggestion) => facts.with("suggestion", suggestion),
            None => facts,
        };
        match &self.problem {
            Problem::TooLong => facts.with("most", limits::EXPRESSION_BYTES),
            Problem::TooDeep => facts.with("most", limits::EXPRESSION_DEPTH),
            Problem::Expected(sign) => facts.with("expected", *sign),
            Problem::UnknownName { name, suggestion } => suggested(facts.with("name", name), suggestion),
            Problem::UnknownField { field, suggestion } => suggested(facts.with("field", field), suggestion),
            Problem::UnknownFunction { name, suggestion } => suggested(facts.with("name", name), suggestion),
            Problem::NoOverload { name, types, remedy } => {
                let facts = facts.with("name", name).with("types", types);
                if let Remedy::Takes(takes) = remedy { facts.with("takes", takes) } else { facts }
            }
            Problem::NoFields { found, suggestion } => suggested(facts.with("found", found), suggestion),
            Problem::Form { name, form } => facts.with("name", name).with("form", form),
            Problem::Result { expected, found } => facts.with("expected", expected).with("found", found),
            Problem::NeverEqual { value, suggestion } => suggested(facts.with("value", value), suggestion),
            Problem::NoCodeList { list, suggestion } => suggested(facts.with("list", list), suggestion),
            Problem::Pattern(error) => facts.with("reason", error.problem.code()).with("written", &error.written),
            _ => facts,
        }
    }
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at character {}", self.code(), self.character)
    }
}

impl std::error::Error for ExpressionError {}

/// Where an expression that stands alone is meant.
fn place(character: usize) -> String {
    ["expression:", &decimal(character as u64)].concat()
}

/// Why an expression that ran has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It read a field of the data that is not there, or has not its type.
    Absent,
    /// It read a member that a map does not have.
    NoKey,
    /// An index lies outside its list.
    Index,
    /// A number became too large, or a time left the calendar.
    Overflow,
    /// It divided by zero.
    DivisionByZero,
    /// An operator or function met values that it does not take.
    NoOverload,
    /// A value could not be read as the other type, or was outside what a function takes.
    BadValue,
    /// A map would have a key twice.
    DuplicateKey,
    /// An optional value holds nothing.
    NoValue,
    /// A pattern is none.
    Pattern,
    /// A name or function means nothing: only where types are not checked.
    Unknown,
    /// It made more, or larger, values than [`limits::EXPRESSION_MEMORY`].
    TooLarge,
    /// It took more steps than [`limits::STEPS`].
    Steps,
}

/// Why an expression that ran has no value, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Why.
    pub reason: Reason,
    /// The character that it is about, counted from 1; 0 where it is not known.
    pub character: u32,
}

impl Coded for Failure {
    fn code(&self) -> &'static str {
        match self.reason {
            Reason::Absent => "evaluation.absent",
            Reason::NoKey => "evaluation.no-such-key",
            Reason::Index => "evaluation.index",
            Reason::Overflow => "evaluation.overflow",
            Reason::DivisionByZero => "evaluation.division-by-zero",
            Reason::NoOverload => "evaluation.no-overload",
            Reason::BadValue => "evaluation.bad-value",
            Reason::DuplicateKey => "evaluation.duplicate-key",
            Reason::NoValue => "evaluation.no-value",
            Reason::Pattern => "evaluation.pattern",
            Reason::Unknown => "evaluation.unknown",
            Reason::TooLarge => "evaluation.too-large",
            Reason::Steps => "evaluation.steps",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::EXPRESSION
    }

    fn facts(&self) -> Facts {
        Facts::none().with("place", place(self.character as usize))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at character {}", self.code(), self.character)
    }
}

impl std::error::Error for Failure {}

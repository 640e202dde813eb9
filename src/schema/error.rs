//! Why a schema does not compile.

use super::dialect::Draft;
use crate::expr::ExpressionError;
use crate::json::{Pointer, ReadError};
use crate::limits;
use crate::regex::{PatternError, PatternProblem};
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts, Language};
use crate::text::decimal;
use std::fmt;

/// One mistake of a schema, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaError {
    /// The keyword or subschema.
    pub path: Pointer,
    /// The address of the document that this is in; empty for the schema itself.
    pub document: String,
    /// What is wrong there.
    pub problem: SchemaProblem,
}

/// What a schema did.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SchemaProblem {
    /// Was not JSON.
    Unreadable(ReadError),
    /// Was neither an object nor a boolean, where a schema must stand.
    NotASchema,
    /// Named a dialect, by `$schema`, that hoso does not read.
    Dialect {
        /// The value of `$schema`.
        dialect: String,
    },
    /// Used a keyword that hoso does not know, in a rule schema.
    UnknownKeyword {
        /// The keyword.
        keyword: String,
        /// The known keyword it resembles.
        suggestion: Option<&'static str>,
    },
    /// Used a keyword where it has no meaning: one of the root elsewhere.
    UnsupportedKeyword {
        /// The keyword.
        keyword: String,
    },
    /// Gave a keyword a value of a kind it does not take.
    KeywordValue {
        /// What the keyword takes, in the standard's words.
        expected: &'static str,
        /// The same in Vietnamese.
        expected_vi: &'static str,
    },
    /// Pointed, by `$ref`, to a place that does not exist.
    ReferenceMissing {
        /// The reference.
        reference: String,
        /// The reference to an existing place that it resembles.
        suggestion: Option<String>,
    },
    /// Pointed, by `$ref`, to another document, which did not come along.
    ReferenceUnsupported {
        /// The reference.
        reference: String,
    },
    /// Had more patterns, or larger ones, than [`limits::PATTERNS_COST`].
    TooManyPatterns,
    /// Made a dynamic reference mean so many things that the schema cannot be compiled.
    TooManyScopes,
    /// Gave itself an address that, resolved, is longer than [`crate::limits::URI_BYTES`].
    UriTooLong,
    /// Asked, by its meta-schema, for a vocabulary that hoso does not know.
    Vocabulary {
        /// The vocabulary.
        uri: String,
    },
    /// Came back by references to the same subschema without going down into the data.
    ReferenceLoop,
    /// Asked for a format that hoso does not know.
    UnknownFormat {
        /// The format.
        format: String,
        /// The known format it resembles.
        suggestion: Option<&'static str>,
    },
    /// Named a field that the schema does not declare.
    UnknownField {
        /// The field's name or pointer.
        field: String,
        /// The declared field it resembles.
        suggestion: Option<String>,
    },
    /// Gave a pattern that hoso does not read, or does not run.
    Pattern(PatternError),
    /// Held a number that RFC 8785 would change, in a rule schema.
    NumberNotExact,
    /// Named a code list that did not come along.
    NoCodeList {
        /// The name.
        list: String,
        /// The list that it resembles.
        suggestion: Option<String>,
    },
    /// Gave an expression that CEL does not read, or that does not fit the fields.
    Expression(ExpressionError),
    /// Put an expression where the data does not always have it: in a branch, or in a definition that nothing uses.
    NeverApplies,
    /// Put `x-relevant`, `x-required` or `x-calculate` on something else than a field of an object.
    OnlyOnProperty,
    /// Put expressions inside something that holds itself.
    RecursiveRules,
    /// Made presence or value of a field depend on itself.
    RuleCycle {
        /// The fields, each reading the next.
        path: String,
    },
    /// Lacked a part that the `x-` keyword must have.
    PartMissing {
        /// The part.
        part: &'static str,
    },
}

impl SchemaError {
    pub(super) const fn new(path: Pointer, problem: SchemaProblem) -> Self {
        Self { path, document: String::new(), problem }
    }

    /// What a `$schema`, or a caller, named is no dialect that hoso reads.
    #[must_use]
    pub fn dialect(name: &str) -> Self {
        Self::new(Pointer::root(), SchemaProblem::Dialect { dialect: name.to_owned() })
    }

    fn placed(&self) -> Facts {
        let mut place = self.document.clone();
        if self.path.as_str().is_empty() || !place.is_empty() {
            place.push('#');
        }
        place.push_str(self.path.as_str());
        Facts::none().with("place", place)
    }
}

impl SchemaProblem {
    /// A keyword of a value it does not take, with what it takes.
    pub(super) const fn takes(vi: &'static str, en: &'static str) -> Self {
        Self::KeywordValue { expected: en, expected_vi: vi }
    }
}

impl Coded for SchemaError {
    fn code(&self) -> &'static str {
        match &self.problem {
            SchemaProblem::Unreadable(error) => error.code(),
            SchemaProblem::NotASchema => "schema.not-a-schema",
            SchemaProblem::Dialect { .. } => "schema.dialect-unsupported",
            SchemaProblem::UnknownKeyword { .. } => "schema.keyword-unknown",
            SchemaProblem::UnsupportedKeyword { .. } => "schema.keyword-unsupported",
            SchemaProblem::KeywordValue { .. } => "schema.keyword-value",
            SchemaProblem::ReferenceMissing { .. } => "schema.reference-missing",
            SchemaProblem::ReferenceUnsupported { .. } => "schema.reference-unsupported",
            SchemaProblem::TooManyPatterns => "schema.too-many-patterns",
            SchemaProblem::TooManyScopes => "schema.too-many-scopes",
            SchemaProblem::UriTooLong => "schema.address-too-long",
            SchemaProblem::Vocabulary { .. } => "schema.vocabulary-unknown",
            SchemaProblem::ReferenceLoop => "schema.reference-loop",
            SchemaProblem::UnknownFormat { .. } => "schema.format-unknown",
            SchemaProblem::UnknownField { .. } => "schema.field-unknown",
            SchemaProblem::Pattern(error) => error.problem.code(),
            SchemaProblem::NumberNotExact => "schema.number-not-exact",
            SchemaProblem::NoCodeList { .. } => "schema.no-code-list",
            SchemaProblem::PartMissing { .. } => "schema.part-missing",
            SchemaProblem::Expression(error) => error.code(),
            SchemaProblem::NeverApplies => "schema.expression-never-applies",
            SchemaProblem::OnlyOnProperty => "schema.expression-only-on-property",
            SchemaProblem::RecursiveRules => "schema.expression-recursive",
            SchemaProblem::RuleCycle { .. } => "schema.rule-cycle",
        }
    }

    fn sentences(&self) -> Area {
        match &self.problem {
            SchemaProblem::Unreadable(error) => error.sentences(),
            SchemaProblem::Expression(error) => error.sentences(),
            _ => catalogue::SCHEMA,
        }
    }

    fn facts(&self) -> Facts {
        let facts = self.placed();
        match &self.problem {
            SchemaProblem::Unreadable(error) => error.facts(),
            SchemaProblem::Dialect { dialect } => facts.with("dialect", dialect),
            SchemaProblem::UnknownKeyword { keyword, suggestion } => suggested(facts.with("keyword", keyword), *suggestion),
            SchemaProblem::UnsupportedKeyword { keyword } => facts.with("keyword", keyword),
            SchemaProblem::KeywordValue { expected, .. } => facts.with("expected", *expected),
            SchemaProblem::ReferenceMissing { reference, suggestion } => {
                suggested(facts.with("reference", reference), suggestion.as_deref())
            }
            SchemaProblem::ReferenceUnsupported { reference } => facts.with("reference", reference),
            SchemaProblem::UriTooLong => facts.with("most", crate::limits::URI_BYTES),
            SchemaProblem::Vocabulary { uri } => facts.with("vocabulary", uri),
            SchemaProblem::UnknownFormat { format, suggestion } => suggested(facts.with("format", format), *suggestion),
            SchemaProblem::UnknownField { field, suggestion } => suggested(facts.with("field", field), suggestion.as_deref()),
            SchemaProblem::NoCodeList { list, suggestion } => suggested(facts.with("list", list), suggestion.as_deref()),
            SchemaProblem::PartMissing { part } => facts.with("part", *part),
            SchemaProblem::Pattern(error) => of_pattern(error, facts),
            SchemaProblem::Expression(error) => {
                let place = [self.path.as_str(), ":", &decimal(error.character as u64)].concat();
                error.facts_at(place)
            }
            SchemaProblem::RuleCycle { path } => facts.with("path", path),
            SchemaProblem::NotASchema
            | SchemaProblem::NeverApplies
            | SchemaProblem::OnlyOnProperty
            | SchemaProblem::RecursiveRules
            | SchemaProblem::ReferenceLoop
            | SchemaProblem::TooManyPatterns
            | SchemaProblem::TooManyScopes
            | SchemaProblem::NumberNotExact => facts,
        }
    }

    fn worded(&self, language: Language) -> Facts {
        match (&self.problem, language) {
            (SchemaProblem::KeywordValue { expected_vi, .. }, Language::Vi) => self.placed().with("expected", *expected_vi),
            _ => self.facts(),
        }
    }

    fn variant(&self) -> Option<&'static str> {
        match &self.problem {
            SchemaProblem::UnknownKeyword { suggestion: Some(_), .. }
            | SchemaProblem::UnknownFormat { suggestion: Some(_), .. }
            | SchemaProblem::UnknownField { suggestion: Some(_), .. }
            | SchemaProblem::NoCodeList { suggestion: Some(_), .. }
            | SchemaProblem::ReferenceMissing { suggestion: Some(_), .. } => Some("suggestion"),
            SchemaProblem::Expression(error) => error.variant(),
            SchemaProblem::UnsupportedKeyword { keyword } if matches!(&**keyword, "x-procedure" | "x-pages") => Some("root"),
            SchemaProblem::Dialect { dialect } if Draft::of_schema(dialect).is_some() => Some("rules"),
            SchemaProblem::Dialect { dialect } if Draft::is_too_old(dialect) => Some("old"),
            _ => None,
        }
    }
}

fn suggested(facts: Facts, suggestion: Option<&str>) -> Facts {
    match suggestion {
        Some(suggestion) => facts.with("suggestion", suggestion.to_owned()),
        None => facts,
    }
}

fn of_pattern(error: &PatternError, facts: Facts) -> Facts {
    let facts = facts.with("character", error.character).with("written", &error.written);
    match error.problem {
        PatternProblem::TooDeep => facts.with("most", limits::PATTERN_DEPTH),
        PatternProblem::TooLong => facts.with("most", limits::PATTERN_CHARACTERS),
        PatternProblem::TooManyStates => facts.with("most", limits::PATTERN_STATES),
        _ => facts,
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at `{}`", self.code(), self.path)
    }
}

impl std::error::Error for SchemaError {}

/// A validation that would have taken more than hoso allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitError {
    /// The schema and the data together ask for more than [`crate::limits::STEPS`].
    Steps,
    /// Subschemas stand inside one another deeper than [`crate::limits::SCHEMA_DEPTH`].
    Depth,
    /// With what is computed, the data would be larger or deeper than a document may be.
    Completed,
    /// The reading copy would be longer than [`crate::limits::VIEW_BYTES`].
    View,
}

impl Coded for LimitError {
    fn code(&self) -> &'static str {
        match self {
            Self::Steps => "limits.steps",
            Self::Depth => "limits.schema-depth",
            Self::Completed => "limits.completed",
            Self::View => "limits.view",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::SCHEMA
    }

    fn facts(&self) -> Facts {
        match self {
            Self::Steps => Facts::none().with("most", limits::STEPS),
            Self::Depth => Facts::none().with("most", limits::SCHEMA_DEPTH),
            Self::Completed => Facts::none().with("most", limits::JSON_BYTES),
            Self::View => Facts::none().with("most", limits::VIEW_BYTES),
        }
    }
}

impl fmt::Display for LimitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Steps => "validation takes too many steps",
            Self::Depth => "subschemas nested too deeply",
            Self::Completed => "the data with what is computed is too large",
            Self::View => "the reading copy is too long",
        })
    }
}

impl std::error::Error for LimitError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Position, ReadProblem};
    use crate::report::sentence;

    fn every_problem() -> Vec<SchemaProblem> {
        let text = || "x".to_owned();
        let pattern = |problem| SchemaProblem::Pattern(PatternError { problem, character: 3, written: text() });
        let mut problems = PatternProblem::ALL.map(pattern).to_vec();
        problems.extend([
            SchemaProblem::Unreadable(ReadError { problem: ReadProblem::Empty, position: Position { line: 1, column: 1 } }),
            SchemaProblem::NotASchema,
            SchemaProblem::Dialect { dialect: text() },
            SchemaProblem::UnknownKeyword { keyword: text(), suggestion: None },
            SchemaProblem::UnknownKeyword { keyword: text(), suggestion: Some("type") },
            SchemaProblem::UnsupportedKeyword { keyword: text() },
            SchemaProblem::takes("một số", "a number"),
            SchemaProblem::UnsupportedKeyword { keyword: "x-pages".to_owned() },
            SchemaProblem::ReferenceMissing { reference: text(), suggestion: None },
            SchemaProblem::ReferenceMissing { reference: text(), suggestion: Some(text()) },
            SchemaProblem::ReferenceUnsupported { reference: text() },
            SchemaProblem::TooManyPatterns,
            SchemaProblem::TooManyScopes,
            SchemaProblem::UriTooLong,
            SchemaProblem::Vocabulary { uri: text() },
            SchemaProblem::ReferenceLoop,
            SchemaProblem::UnknownFormat { format: text(), suggestion: None },
            SchemaProblem::UnknownFormat { format: text(), suggestion: Some("date") },
            SchemaProblem::UnknownField { field: text(), suggestion: None },
            SchemaProblem::UnknownField { field: text(), suggestion: Some(text()) },
            SchemaProblem::NumberNotExact,
            SchemaProblem::NoCodeList { list: text(), suggestion: None },
            SchemaProblem::NoCodeList { list: text(), suggestion: Some(text()) },
            SchemaProblem::PartMissing { part: "vi" },
        ]);
        problems
    }

    #[test]
    fn what_a_keyword_takes_is_said_in_the_language_of_the_sentence() {
        let error = SchemaError::new(Pointer::root().child("type"), SchemaProblem::takes("một số", "a number"));
        assert_eq!(sentence(&error, Language::Vi), "/type: ở đây cần một số");
        assert_eq!(sentence(&error, Language::En), "/type: needs a number");
        assert_eq!(error.facts().find("expected"), Some(&"a number".into()));
    }

    #[test]
    fn every_problem_has_a_sentence_with_its_place() {
        for problem in every_problem() {
            let error = SchemaError::new(Pointer::root().child("properties").child("a"), problem);
            for language in Language::ALL {
                let text = sentence(&error, language);
                let placed = matches!(error.problem, SchemaProblem::Unreadable(_)) || text.contains("/properties/a");
                assert!(placed && !text.contains(['{', '}']), "{text}");
                assert!(error.variant() != Some("suggestion") || text.ends_with("”?"), "{text}");
            }
        }
        for limit in [LimitError::Steps, LimitError::Depth, LimitError::Completed, LimitError::View] {
            assert!(Language::ALL.into_iter().all(|language| sentence(&limit, language) != limit.code()));
        }
    }
}

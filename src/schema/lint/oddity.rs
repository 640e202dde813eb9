//! The findings: what is odd, where, and the sentence that says why and how to mend it.

use crate::json::Pointer;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Fact, Facts};

/// Something that a schema probably does not mean, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// RFC 6901 pointer into the schema: the keyword, the value or the subschema.
    pub path: Pointer,
    /// What is odd there.
    pub oddity: Oddity,
}

/// What a schema does that it probably does not mean.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Oddity {
    /// Sets a lower bound above the upper one, so that nothing is between them.
    BoundsCrossed {
        /// The keyword of the lower bound.
        lower: &'static str,
        /// The keyword of the upper bound.
        upper: &'static str,
        /// The lower bound as written.
        least: Box<str>,
        /// The upper bound as written.
        most: Box<str>,
    },
    /// Has, in a branch of `anyOf` or `oneOf`, what every value passes.
    BranchAlways {
        /// `anyOf` or `oneOf`.
        keyword: &'static str,
    },
    /// Has the same branch twice in `oneOf`.
    BranchRepeated {
        /// The first of the two, counted from 1.
        first: usize,
        /// The second.
        second: usize,
    },
    /// Lists a value that passes two branches of `oneOf`, and so is refused.
    BranchesOverlap {
        /// The first of the two, counted from 1.
        first: usize,
        /// The second.
        second: usize,
    },
    /// Offers choices, in a rule schema, that people see as they stand in the JSON.
    ChoiceLabel {
        /// By `enum`, which has no place for labels.
        listed: bool,
    },
    /// Asks, by `if`, what is always or never so.
    ConditionConstant {
        /// Always.
        holds: bool,
    },
    /// Describes, in a rule schema, an encoded content that nobody looks at.
    ContentIgnored {
        /// The keyword.
        keyword: &'static str,
    },
    /// Has a definition that nothing in use refers to.
    DefinitionUnused,
    /// Names formats that are not checked.
    FormatIgnored {
        /// How many.
        count: usize,
    },
    /// Names a format of texts where no text is let in.
    FormatType,
    /// Names a format that is not known, and so not checked.
    FormatUnknown {
        /// The known format it resembles.
        suggestion: Option<&'static str>,
    },
    /// Compares with a fraction that only decimals hold exactly.
    FractionCompared,
    /// Has a keyword that says nothing of the types that are let in.
    KeywordPointless {
        /// The keyword.
        keyword: &'static str,
        /// The type that it speaks of.
        kind: &'static str,
    },
    /// Has a label in Vietnamese alone, where others have English too.
    LabelLanguage,
    /// Has a field, in a rule schema, that people see under its name in the JSON.
    LabelMissing {
        /// The name.
        name: String,
    },
    /// Asks of whole numbers to be multiples of a fraction.
    MultipleFraction,
    /// Leaves, between its bounds, no whole number or no multiple.
    NoNumber {
        /// No multiple.
        multiple: bool,
    },
    /// Reads what a database answered, and nowhere what it was asked.
    LookupStale,
    /// Has a keyword that says nothing without another.
    PartnerMissing {
        /// The keyword.
        keyword: &'static str,
        /// The one that is missing.
        partner: &'static str,
    },
    /// Has a pattern that takes the empty text, which `minLength` refuses.
    PatternEmpty,
    /// Has a pattern, in a rule schema, without a sentence that says what to write.
    PatternMessage,
    /// Has a pattern, in a rule schema, that a part of the text may match.
    PatternUnanchored {
        /// Anything may stand before the match.
        start: bool,
        /// Anything may stand behind it.
        end: bool,
    },
    /// Has a keyword beside `$ref` where nothing counts beside it (draft 7, 8.3).
    ReferenceSibling {
        /// The keyword.
        keyword: String,
    },
    /// Plainly requires a member that may not be relevant.
    RelevantRequired {
        /// The name.
        name: String,
    },
    /// Requires a member that it forbids.
    RequiredForbidden {
        /// The name.
        name: String,
        /// By `additionalProperties`, not by the member's own subschema.
        closed: bool,
    },
    /// Requires a member that is declared nowhere, beside others that are.
    RequiredUndeclared {
        /// The name.
        name: String,
        /// The declared name it resembles.
        suggestion: Option<String>,
    },
    /// Has an expression that is true whatever the data.
    RuleAlways,
    /// Has an expression that goes over a list for every row of another.
    RuleMultiplies,
    /// Whole numbers divided, and the rest dropped before it is of use.
    RuleDivision,
    /// Has an expression that reads nothing of the data.
    RuleReadsNothing,
    /// Asks, by `$ref` or `allOf`, for a type that what stands before does not let in.
    TypesApart,
    /// Lists a value that its own subschema refuses.
    ValueRefused {
        /// The keyword that refuses it, where it stands in the same subschema.
        keyword: Option<&'static str>,
    },
}

impl Finding {
    /// The stable code, public API: `docs/issues.md` lists them all.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match &self.oddity {
            Oddity::BoundsCrossed { .. } => "lint.bounds-crossed",
            Oddity::BranchAlways { .. } => "lint.branch-always",
            Oddity::BranchRepeated { .. } => "lint.branch-repeated",
            Oddity::BranchesOverlap { .. } => "lint.branches-overlap",
            Oddity::ChoiceLabel { .. } => "lint.choice-label",
            Oddity::ConditionConstant { .. } => "lint.condition-constant",
            Oddity::ContentIgnored { .. } => "lint.content-ignored",
            Oddity::DefinitionUnused => "lint.definition-unused",
            Oddity::FormatIgnored { .. } => "lint.format-ignored",
            Oddity::FormatType => "lint.format-type",
            Oddity::FormatUnknown { .. } => "lint.format-unknown",
            Oddity::FractionCompared => "lint.fraction-compared",
            Oddity::KeywordPointless { .. } => "lint.keyword-pointless",
            Oddity::LabelLanguage => "lint.label-language",
            Oddity::LabelMissing { .. } => "lint.label-missing",
            Oddity::LookupStale => "lint.lookup-stale",
            Oddity::MultipleFraction => "lint.multiple-fraction",
            Oddity::NoNumber { .. } => "lint.no-number",
            Oddity::PartnerMissing { .. } => "lint.partner-missing",
            Oddity::PatternEmpty => "lint.pattern-empty",
            Oddity::PatternMessage => "lint.pattern-message",
            Oddity::PatternUnanchored { .. } => "lint.pattern-unanchored",
            Oddity::ReferenceSibling { .. } => "lint.reference-sibling",
            Oddity::RelevantRequired { .. } => "lint.relevant-required",
            Oddity::RequiredForbidden { .. } => "lint.required-forbidden",
            Oddity::RequiredUndeclared { .. } => "lint.required-undeclared",
            Oddity::RuleAlways => "lint.rule-always",
            Oddity::RuleDivision => "lint.rule-division",
            Oddity::RuleMultiplies => "lint.rule-multiplies",
            Oddity::RuleReadsNothing => "lint.rule-reads-nothing",
            Oddity::TypesApart => "lint.types-apart",
            Oddity::ValueRefused { .. } => "lint.value-refused",
        }
    }
}

impl Coded for Finding {
    fn code(&self) -> &'static str {
        self.code()
    }

    fn sentences(&self) -> Area {
        catalogue::LINT
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match &self.oddity {
            Oddity::BoundsCrossed { lower, upper, least, most } => {
                let decimal = |text: &str| Fact::Decimal(text.to_owned());
                facts.with("lower", *lower).with("upper", *upper).with("least", decimal(least)).with("most", decimal(most))
            }
            Oddity::BranchAlways { keyword } | Oddity::ContentIgnored { keyword } => facts.with("keyword", *keyword),
            Oddity::BranchRepeated { first, second } | Oddity::BranchesOverlap { first, second } => {
                facts.with("first", *first).with("second", *second)
            }
            Oddity::FormatIgnored { count } => facts.with("count", *count),
            Oddity::FormatUnknown { suggestion: Some(suggestion) } => facts.with("suggestion", *suggestion),
            Oddity::KeywordPointless { keyword, kind } => facts.with("keyword", *keyword).with("type", *kind),
            Oddity::PartnerMissing { keyword, partner } => facts.with("keyword", *keyword).with("partner", *partner),
            Oddity::ReferenceSibling { keyword } => facts.with("keyword", keyword),
            Oddity::LabelMissing { name } | Oddity::RelevantRequired { name } | Oddity::RequiredForbidden { name, .. } => {
                facts.with("name", name)
            }
            Oddity::RequiredUndeclared { name, suggestion } => {
                let facts = facts.with("name", name);
                if let Some(suggestion) = suggestion { facts.with("suggestion", suggestion) } else { facts }
            }
            Oddity::ValueRefused { keyword: Some(keyword) } => facts.with("keyword", *keyword),
            _ => facts,
        }
    }

    fn variant(&self) -> Option<&'static str> {
        match &self.oddity {
            Oddity::BranchAlways { keyword: "oneOf" } => Some("one"),
            Oddity::ChoiceLabel { listed: true } => Some("enum"),
            Oddity::ConditionConstant { holds: false } => Some("never"),
            Oddity::FormatUnknown { suggestion: Some(_) } | Oddity::RequiredUndeclared { suggestion: Some(_), .. } => Some("suggestion"),
            Oddity::NoNumber { multiple: true } => Some("multiple"),
            Oddity::PatternUnanchored { start: false, .. } => Some("end"),
            Oddity::PatternUnanchored { end: false, .. } => Some("start"),
            Oddity::RequiredForbidden { closed: true, .. } => Some("closed"),
            Oddity::ValueRefused { keyword: Some(_) } => Some("keyword"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Language, sentence};

    fn every_oddity() -> Vec<Oddity> {
        let name = || "x1".to_owned();
        vec![
            Oddity::BoundsCrossed { lower: "minLength", upper: "maxLength", least: "5".into(), most: "3".into() },
            Oddity::BranchAlways { keyword: "anyOf" },
            Oddity::BranchAlways { keyword: "oneOf" },
            Oddity::BranchRepeated { first: 1, second: 2 },
            Oddity::BranchesOverlap { first: 1, second: 2 },
            Oddity::ChoiceLabel { listed: true },
            Oddity::ChoiceLabel { listed: false },
            Oddity::ConditionConstant { holds: true },
            Oddity::ConditionConstant { holds: false },
            Oddity::ContentIgnored { keyword: "contentEncoding" },
            Oddity::DefinitionUnused,
            Oddity::FormatIgnored { count: 3 },
            Oddity::FormatType,
            Oddity::FormatUnknown { suggestion: None },
            Oddity::FormatUnknown { suggestion: Some("date") },
            Oddity::FractionCompared,
            Oddity::KeywordPointless { keyword: "minLength", kind: "string" },
            Oddity::LabelLanguage,
            Oddity::LabelMissing { name: name() },
            Oddity::MultipleFraction,
            Oddity::NoNumber { multiple: false },
            Oddity::NoNumber { multiple: true },
            Oddity::PartnerMissing { keyword: "then", partner: "if" },
            Oddity::LookupStale,
            Oddity::PatternEmpty,
            Oddity::PatternMessage,
            Oddity::PatternUnanchored { start: true, end: true },
            Oddity::PatternUnanchored { start: true, end: false },
            Oddity::PatternUnanchored { start: false, end: true },
            Oddity::ReferenceSibling { keyword: name() },
            Oddity::RelevantRequired { name: name() },
            Oddity::RequiredForbidden { name: name(), closed: false },
            Oddity::RequiredForbidden { name: name(), closed: true },
            Oddity::RequiredUndeclared { name: name(), suggestion: None },
            Oddity::RequiredUndeclared { name: name(), suggestion: Some(name()) },
            Oddity::RuleAlways,
            Oddity::RuleDivision,
            Oddity::RuleMultiplies,
            Oddity::RuleReadsNothing,
            Oddity::TypesApart,
            Oddity::ValueRefused { keyword: None },
            Oddity::ValueRefused { keyword: Some("pattern") },
        ]
    }

    #[test]
    fn every_finding_says_why_and_how_to_mend_it() {
        for oddity in every_oddity() {
            let finding = Finding { path: Pointer::root(), oddity };
            for language in Language::ALL {
                let text = sentence(&finding, language);
                // Two sentences: why, then what to do.
                assert!(text != finding.code() && text.contains(". ") && !text.ends_with('.') && !text.contains(['{', '}']), "{text}");
                assert!(
                    finding.facts().iter().all(|(_, fact)| !matches!(fact, Fact::Text(name) if name == "x1") || text.contains("x1")),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn every_sentence_is_said_of_something() {
        let said = |code: &str| {
            every_oddity().into_iter().map(|oddity| Finding { path: Pointer::root(), oddity }).any(|finding| {
                finding.variant().map_or_else(|| finding.code().to_owned(), |variant| finding.code().to_owned() + "#" + variant) == code
            })
        };
        for entry in catalogue::LINT.entries() {
            assert!(said(entry.code), "{}", entry.code);
        }
    }
}

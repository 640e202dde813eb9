//! Dialects: which keywords a schema means by its `$schema` (JSON Schema Core 2020-12, 8.1).
//!
//! 2020-12, 2019-09 and draft 7 are read, each whole, and meta-schemas that choose among their vocabularies with `$vocabulary`.

use super::error::SchemaProblem;
use crate::json::Value;

/// A draft of JSON Schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Draft {
    /// Draft 7, of 2018.
    Draft7,
    /// 2019-09.
    Draft201909,
    /// 2020-12.
    #[default]
    Draft202012,
}

/// The drafts that a keyword belongs to, and the vocabulary.
#[derive(Clone, Copy)]
pub(super) struct Belongs(pub(super) u8, pub(super) u8);

pub(super) const ALL: u8 = 7;
pub(super) const FROM_2019: u8 = 6;
pub(super) const FROM_2020: u8 = 4;
pub(super) const UNTIL_2019: u8 = 3;
pub(super) const ONLY_2019: u8 = 2;

/// Vocabularies. What has none is understood by every meta-schema.
pub(super) const NONE: u8 = 0;
pub(super) const APPLICATOR: u8 = 1;
pub(super) const UNEVALUATED: u8 = 2;
pub(super) const VALIDATION: u8 = 4;
const FORMAT_ASSERTION: u8 = 8;

/// What a schema resource is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) draft: Draft,
    vocabularies: u8,
}

impl From<Draft> for Dialect {
    fn from(draft: Draft) -> Self {
        Self { draft, vocabularies: APPLICATOR | UNEVALUATED | VALIDATION }
    }
}

impl Dialect {
    /// Whether a keyword means something in the dialect.
    pub(super) fn has(self, keyword: Belongs) -> bool {
        let Belongs(drafts, vocabulary) = keyword;
        drafts & self.draft.bit() != 0 && (vocabulary == NONE || vocabulary & self.vocabularies != 0)
    }

    /// Whether its meta-schema asks for `format` to be checked.
    pub(super) const fn asserts_formats(self) -> bool {
        self.vocabularies & FORMAT_ASSERTION != 0
    }

    /// The dialect that a meta-schema makes out of the one it is written in.
    pub(super) fn chosen(self, meta: Value<'_>) -> Result<Self, SchemaProblem> {
        let Some(vocabulary) = meta.member("$vocabulary").filter(|_| self.draft != Draft::Draft7) else { return Ok(self) };
        let mut vocabularies = 0;
        for (uri, required) in vocabulary.members() {
            let required = required.as_bool() == Some(true);
            let known = uri.strip_prefix("https://json-schema.org/draft/20").and_then(|rest| rest.get("yy-mm/vocab/".len()..));
            vocabularies |= match known.unwrap_or_default() {
                "applicator" if self.draft == Draft::Draft201909 => APPLICATOR | UNEVALUATED,
                "applicator" => APPLICATOR,
                "unevaluated" => UNEVALUATED,
                "validation" => VALIDATION,
                "format-assertion" => FORMAT_ASSERTION,
                "format" if required => FORMAT_ASSERTION,
                "core" | "meta-data" | "format" | "format-annotation" | "content" => NONE,
                _ if required => return Err(SchemaProblem::Vocabulary { uri: uri.to_owned() }),
                _ => NONE,
            };
        }
        Ok(Self { vocabularies, ..self })
    }
}

/// The address of the meta-schema of rule schemas, `forms/meta/rules.schema.json`: 2020-12 with hoso's vocabulary.
const RULES: &str = "urn:hoso:meta:rules:1";

impl Draft {
    const fn bit(self) -> u8 {
        match self {
            Self::Draft7 => 1,
            Self::Draft201909 => 2,
            Self::Draft202012 => 4,
        }
    }

    /// The draft whose meta-schema has this address, as `$schema` gives it. That of rule schemas is of 2020-12.
    #[must_use]
    pub fn of_schema(uri: &str) -> Option<Self> {
        if uri == RULES {
            return Some(Self::Draft202012);
        }
        let rest = behind_site(uri)?;
        let rest = rest.strip_suffix('#').unwrap_or(rest);
        let is_root = matches!(rest, "-07/schema" | "/2019-09/schema" | "/2020-12/schema");
        Self::holding(uri).filter(|_| is_root)
    }

    /// Whether an address is that of a draft before 7.
    pub(super) fn is_too_old(uri: &str) -> bool {
        behind_site(uri).is_some_and(|rest| rest.starts_with("-0"))
    }

    /// The draft of a name as people give it: `2020-12`, `2019-09`, `7`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "2020-12" => Some(Self::Draft202012),
            "2019-09" => Some(Self::Draft201909),
            "7" => Some(Self::Draft7),
            _ => None,
        }
    }

    /// The draft's own documents: a list of its meta-schema and the vocabularies' (json-schema.org, without their annotations).
    pub(super) const fn documents(self) -> &'static str {
        match self {
            Self::Draft7 => include_str!("meta/draft-07.json"),
            Self::Draft201909 => include_str!("meta/2019-09.json"),
            Self::Draft202012 => include_str!("meta/2020-12.json"),
        }
    }

    /// The draft whose documents an address is one of.
    pub(super) fn holding(uri: &str) -> Option<Self> {
        let rest = behind_site(uri)?;
        let drafts = [("-07/", Self::Draft7), ("/2019-09/", Self::Draft201909), ("/2020-12/", Self::Draft202012)];
        drafts.into_iter().find(|(start, _)| rest.starts_with(start)).map(|(_, draft)| draft)
    }
}

/// What follows the part that the addresses of all drafts have.
fn behind_site(uri: &str) -> Option<&str> {
    let address = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
    address.strip_prefix("json-schema.org/draft")
}

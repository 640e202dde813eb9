//! Issues and reports: the answer of a validation.

use super::Facts;
use crate::json::{Pointer, ToJson, Writer};

/// How much an issue weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The form is not valid while it stands.
    Error,
    /// A person should look at it; it does not block.
    Warning,
    /// An official will look at it; it does not block.
    Review,
}

impl Level {
    /// As reports write it: `error`, `warning` or `review`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Review => "review",
        }
    }
}

/// One mistake, at the place where a person can mend it.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// RFC 6901 pointer into the data.
    pub path: Pointer,
    /// The stable code, public API: `docs/issues.md` lists them all.
    pub code: &'static str,
    /// The keyword that found it.
    pub keyword: &'static str,
    /// RFC 6901 pointer to the keyword in the schema.
    pub schema_path: Pointer,
    /// The id of the rule, when a rule found it.
    pub rule: Option<String>,
    /// How much it weighs.
    pub level: Level,
    /// The facts of the sentence.
    pub params: Facts,
    /// The sentence, in the language of the report.
    pub message: String,
    /// The legal text the rule rests on.
    pub legal_basis: Option<String>,
}

/// The answer of a validation.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// No issue of level `error`.
    pub valid: bool,
    /// The moment the validation was made for, RFC 3339.
    pub now: String,
    /// The schema's identity, `sha-256:…`.
    pub schema: String,
    /// In the order of the form, [`crate::limits::ISSUES`] at most.
    pub issues: Vec<Issue>,
    /// There were more issues than are written.
    pub truncated: bool,
}

impl ToJson for Issue {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("path", &self.path)
                .member("code", &self.code)
                .member("keyword", &self.keyword)
                .member("schemaPath", &self.schema_path)
                .member("rule", &self.rule)
                .member("level", &self.level.name())
                .member("params", &self.params)
                .member("message", &self.message)
                .member("legalBasis", &self.legal_basis)
        });
    }
}

impl ToJson for Report {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("valid", &self.valid).member("now", &self.now).member("schema", &self.schema).member("issues", &self.issues);
            if self.truncated { out.member("truncated", &true) } else { out }
        });
    }
}

//! Issues and reports: the answer of a validation.

use super::Facts;
use crate::json::Pointer;
use serde::{Serialize, Serializer};

/// How much an issue weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The form is not valid while it stands.
    Error,
    /// A person should look at it; it does not block.
    Warning,
    /// An official will look at it; it does not block.
    Review,
}

/// One mistake, at the place where a person can mend it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    /// RFC 6901 pointer into the data.
    #[serde(serialize_with = "as_text")]
    pub path: Pointer,
    /// The stable code, public API: `docs/issues.md` lists them all.
    pub code: &'static str,
    /// The keyword that found it.
    pub keyword: &'static str,
    /// RFC 6901 pointer to the keyword in the schema.
    #[serde(serialize_with = "as_text")]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    #[serde(skip_serializing_if = "is_false")]
    pub truncated: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

fn as_text<S: Serializer>(pointer: &Pointer, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(pointer.as_str())
}

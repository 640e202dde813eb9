//! The inputs of a check: what it used beside schema and data, each named by its digest; and what databases are said to have answered, which stands in
//! the data and is listed for whoever asks them again.

use super::manifest::{one_of, read_digest, text};
use crate::digest::Sha256;
use crate::json::{Document, Pointer, Reading, ToJson, Value, Writer, canonical};
use crate::schema::{LimitError, Schema};

/// Something that the form rests on beside its rules and what a person filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// `reference`, `code-list`, `calendar` or `lookup`.
    pub kind: String,
    /// The name under which the schema asks for it; of what a database answered, its place in the form.
    pub name: String,
    /// The digest of its canonical form.
    pub sha256: Sha256,
}

/// The kind of an input that is a code list.
const CODE_LIST: &str = "code-list";

/// The kind of an input that is what a database answered.
const LOOKUP: &str = "lookup";

impl Input {
    /// What a schema uses beside the data, by name; then what databases answered, in the order of the data.
    ///
    /// # Errors
    /// The schema and the data together exceed a limit.
    pub fn of(schema: &Schema, data: &Document) -> Result<Vec<Self>, LimitError> {
        let mut inputs = Vec::new();
        for (name, sha256) in schema.codes().digests() {
            inputs.push(Self::code_list(name, sha256));
        }
        for lookup in schema.lookups(data)? {
            let text = canonical(lookup).unwrap_or_default();
            inputs.push(Self { kind: LOOKUP.to_owned(), name: lookup.pointer().to_string(), sha256: Sha256::of(text.as_bytes()) });
        }
        Ok(inputs)
    }

    /// Whether the data holds it, so that a verifier need not.
    #[must_use]
    pub fn is_lookup(&self) -> bool {
        self.kind == LOOKUP
    }

    pub(crate) fn code_list(name: &str, sha256: Sha256) -> Self {
        Self { kind: CODE_LIST.to_owned(), name: name.to_owned(), sha256 }
    }
}

impl ToJson for Input {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("kind", &self.kind).member("name", &self.name).member("sha256", &self.sha256));
    }
}

/// What the data says that a database answered. It is the claim of whoever filled the form in: ask again before anything rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Where in the form.
    pub path: Pointer,
    /// `match`, `mismatch` or `unavailable`.
    pub status: String,
    /// Who was asked, where the form says it.
    pub source: Option<String>,
}

impl Claim {
    /// The claims of a form, in the order of the data.
    pub(super) fn of(schema: &Schema, data: &Document) -> Vec<Self> {
        let text = |lookup: Value<'_>, name| lookup.part(name).as_str().map(str::to_owned);
        let lookups = schema.lookups(data).unwrap_or_default();
        let claim = |lookup: Value<'_>| Self {
            path: lookup.pointer(),
            status: text(lookup, "status").unwrap_or_default(),
            source: text(lookup, "source"),
        };
        lookups.into_iter().map(claim).collect()
    }
}

impl ToJson for Claim {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("path", &self.path).member("status", &self.status).member("source", &self.source));
    }
}

pub(super) fn read_input(reading: Reading<'_, '_>) -> Input {
    let members = reading.object(&["kind", "name", "sha256"], &[]);
    Input {
        kind: one_of(members.member("kind"), &["calendar", CODE_LIST, LOOKUP, "reference"]),
        name: text(members.member("name"), 1, 1_000),
        sha256: read_digest(members.member("sha256"), Sha256::from_hex),
    }
}

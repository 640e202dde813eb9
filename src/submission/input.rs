//! The inputs of a check: what it used beside schema and data, each named by its digest.

use super::manifest::{one_of, read_digest, text};
use crate::digest::Sha256;
use crate::json::{Reading, ToJson, Writer};
use crate::schema::Schema;

/// Something outside schema and data that the check used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// `reference`, `code-list` or `calendar`.
    pub kind: String,
    /// The name under which the schema asks for it.
    pub name: String,
    /// The digest of its canonical form.
    pub sha256: Sha256,
}

/// The kind of an input that is a code list.
const CODE_LIST: &str = "code-list";

impl Input {
    /// What a schema uses beside the data, by name.
    #[must_use]
    pub fn of(schema: &Schema) -> Vec<Self> {
        let mut inputs = Vec::new();
        for (name, sha256) in schema.codes().digests() {
            inputs.push(Self::code_list(name, sha256));
        }
        inputs
    }

    pub(super) fn code_list(name: &str, sha256: Sha256) -> Self {
        Self { kind: CODE_LIST.to_owned(), name: name.to_owned(), sha256 }
    }
}

impl ToJson for Input {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("kind", &self.kind).member("name", &self.name).member("sha256", &self.sha256));
    }
}

pub(super) fn read_input(reading: Reading<'_, '_>) -> Input {
    let members = reading.object(&["kind", "name", "sha256"], &[]);
    Input {
        kind: one_of(members.member("kind"), &["calendar", CODE_LIST, "reference"]),
        name: text(members.member("name"), 1, 1_000),
        sha256: read_digest(members.member("sha256"), Sha256::from_hex),
    }
}

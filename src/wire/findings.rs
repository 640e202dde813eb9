//! What `hoso lint` finds, as JSON.

use super::Failure;
use crate::json::{Pointer, ToJson, Writer};
use crate::report::Language;
use crate::schema::Schema;

/// `{"schema", "findings": [{path, code, params, message}]}`: what a schema that compiles probably does not mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// The schema's identity, `sha-256:…`.
    pub schema: String,
    /// In the order of the schema's text, each with its place there.
    pub findings: Vec<(Pointer, Failure)>,
}

impl Findings {
    /// What is found in a schema, in a language.
    #[must_use]
    pub fn of(schema: &Schema, language: Language) -> Self {
        let mut findings = Vec::new();
        for finding in schema.lint() {
            let told = Failure::of(&finding, language);
            findings.push((finding.path, told));
        }
        Self { schema: schema.id().id(), findings }
    }
}

impl ToJson for Findings {
    fn write(&self, out: &mut Writer) {
        let mut findings = Vec::with_capacity(self.findings.len());
        for (path, told) in &self.findings {
            findings.push(Found { path, told });
        }
        out.object(|out| out.member("schema", &self.schema).member("findings", &findings));
    }
}

struct Found<'f> {
    path: &'f Pointer,
    told: &'f Failure,
}

impl ToJson for Found<'_> {
    fn write(&self, out: &mut Writer) {
        let Failure { code, params, message } = self.told;
        out.object(|out| out.member("path", self.path).member("code", code).member("params", params).member("message", message));
    }
}

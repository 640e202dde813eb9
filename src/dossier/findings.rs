//! What form and rules give when they are judged again, for whoever holds a package against it.

use super::attachment::listed;
use super::manifest::{Claim, Input, Noted, Procedure};
use super::view::view;
use crate::digest::Sha256;
use crate::form::{Form, NotChecked};
use crate::json::{Document, Reading, ToJson, Writer, to_json};
use crate::order;
use crate::report::{Coded, Language, Report};
use crate::schema::{Options, Schema};
use crate::text::Moment;
use std::sync::Arc;

/// What a form and its rules give when they are judged again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Findings {
    /// The schema does not compile: the code of its first mistake, and where that is.
    Unusable {
        /// Where in the schema.
        path: String,
        /// The code.
        problem: String,
    },
    /// The schema is not in canonical form.
    NotCanonical,
    /// The form was judged.
    Found(Box<Found>),
}

/// What a form and its rules give. What is only ever compared stands as JSON text, which is equal where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The procedure that the schema names.
    pub procedure: String,
    /// What the form rests on beside schema and data. Nothing when a limit is exceeded.
    pub inputs: Option<String>,
    /// Whether the data holds all that is computed and nothing that is not relevant.
    pub complete: bool,
    /// The files that the form lists; nothing when it lists them otherwise than a package does.
    pub attachments: Option<String>,
    /// The digest of the reading copy; nothing when that is too long to be made.
    pub view: Option<Sha256>,
    /// Whether the data is valid. Nothing when a limit is exceeded.
    pub valid: Option<bool>,
    /// The issues of valid data; see [`noted`].
    pub issues: String,
}

/// What was found, with what a verdict tells of it.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// What is held against the package.
    pub findings: Findings,
    /// What the form says that databases answered.
    pub claims: Vec<Claim>,
    /// The report on the data; nothing when it could not be judged.
    pub report: Option<Report>,
}

impl Judgement {
    const fn only(findings: Findings) -> Self {
        Self { findings, claims: Vec::new(), report: None }
    }
}

/// Judges the data of a package again, by a schema in canonical form, for the moment and in the language it was sealed for; the report is in another
/// language, the reader's.
///
/// Schemas are compiled strictly: a package holds a rule schema, so nothing in it is left without meaning.
#[must_use]
pub fn judge(schema: &[u8], data: Document, code_lists: Option<&Document>, now: Moment, sealed: Language, reader: Language) -> Judgement {
    let compiled = match Schema::compile(schema, &Options { strict: true, code_lists, ..Options::default() }) {
        Ok(compiled) => compiled,
        Err(errors) => {
            let first = errors.first();
            let path = first.map(|error| error.path.as_str().to_owned()).unwrap_or_default();
            let problem = first.map_or("schema.unusable", Coded::code).to_owned();
            return Judgement::only(Findings::Unusable { path, problem });
        }
    };
    if compiled.canonical().as_bytes() != schema {
        return Judgement::only(Findings::NotCanonical);
    }
    let procedure = compiled.procedure().map(|of| Procedure { code: of.code().to_owned(), version: of.version().to_owned() });
    // A copy that is too long to be made is not the one in a package, which was short enough to be read.
    let view = view(compiled.document().root(), compiled.codes(), data.root(), sealed);
    let claims = Claim::of(&compiled, &data);
    let mut found = Box::new(Found {
        procedure: to_json(&procedure),
        inputs: Input::of(&compiled, &data).ok().map(|inputs| to_json(&inputs)),
        complete: matches!(compiled.completed(&data, now), Ok(None)),
        attachments: listed(&compiled, &data).ok().map(|files| to_json(&files)),
        view: view.ok().map(|view| Sha256::of(view.as_bytes())),
        valid: None,
        issues: String::new(),
    });
    let report = match Form::open(Arc::new(compiled), data).check(now, reader) {
        Ok(checked) => {
            let issues: Vec<_> = checked.report().issues.iter().map(Noted::from).collect();
            found.issues = noted(&issues);
            Some(checked.into_report())
        }
        Err(NotChecked::Invalid(_, report)) => Some(report),
        Err(NotChecked::Limit(..)) => None,
    };
    found.valid = report.as_ref().map(|report| report.valid);
    Judgement { findings: Findings::Found(found), claims, report }
}

/// Issues as JSON text, sorted: their order may follow the data as it was typed, which its canonical form does not keep.
#[must_use]
pub fn noted(issues: &[Noted]) -> String {
    let mut sorted: Vec<_> = issues.iter().collect();
    order::sort_by(&mut sorted, |one, other| (&one.path, &one.code, &one.level).cmp(&(&other.path, &other.code, &other.level)));
    to_json(&sorted)
}

impl ToJson for Findings {
    fn write(&self, out: &mut Writer) {
        out.object(|out| match self {
            Self::Unusable { path, problem } => out.member("path", path).member("problem", problem),
            Self::NotCanonical => out,
            Self::Found(found) => {
                for (name, text) in [("inputs", &found.inputs), ("attachments", &found.attachments)] {
                    if let Some(text) = text {
                        out.member(name, text);
                    }
                }
                if let Some(view) = &found.view {
                    out.member("view", view);
                }
                if let Some(valid) = &found.valid {
                    out.member("valid", valid);
                }
                out.member("procedure", &found.procedure).member("complete", &found.complete).member("issues", &found.issues)
            }
        });
    }
}

impl Findings {
    /// Whether the data is valid; nothing when it could not be judged.
    #[must_use]
    pub fn valid(&self) -> Option<bool> {
        match self {
            Self::Found(found) => found.valid,
            _ => None,
        }
    }

    /// Reads what [`ToJson`] wrote.
    #[must_use]
    pub fn read(reading: Reading<'_, '_>) -> Self {
        let text = |name| reading.optional(name).map(|member| member.text().to_owned());
        if let Some(problem) = text("problem") {
            return Self::Unusable { path: text("path").unwrap_or_default(), problem };
        }
        let Some(procedure) = text("procedure") else { return Self::NotCanonical };
        Self::Found(Box::new(Found {
            procedure,
            inputs: text("inputs"),
            complete: reading.member("complete").truth(),
            attachments: text("attachments"),
            view: reading.optional("view").and_then(|view| view.read(Sha256::from_hex)),
            valid: reading.optional("valid").map(Reading::truth),
            issues: text("issues").unwrap_or_default(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Shape;

    #[test]
    fn findings_are_read_as_they_were_written() {
        let found = Found {
            procedure: r#"{"code":"1.001612"}"#.to_owned(),
            inputs: Some("[]".to_owned()),
            complete: true,
            attachments: Some("[\"\\u0000\"]".to_owned()),
            view: Some(Sha256::of(b"a")),
            valid: Some(false),
            issues: "[]".to_owned(),
        };
        let limited = Found { inputs: None, attachments: None, view: None, valid: None, complete: false, ..found.clone() };
        let unusable = Findings::Unusable { path: "/a".to_owned(), problem: "schema.keyword-unknown".to_owned() };
        for findings in [Findings::Found(Box::new(found)), Findings::Found(Box::new(limited)), unusable, Findings::NotCanonical] {
            let document = Document::read(to_json(&findings)).unwrap();
            assert_eq!(Shape::of(&document).reading(Findings::read), Ok(findings));
        }
    }
}

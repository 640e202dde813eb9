//! JSON Schema 2020-12 and hoso's `x-` vocabulary: compiled once to a flat program, run on the tape of a document.
//!
//! ```
//! use hoso::{json::Document, report::Language, schema::{Options, Schema}, text::Moment};
//!
//! let schema = Schema::compile(r#"{"required": ["name"], "properties": {"name": {"title": "Tên", "minLength": 2}}}"#, &Options::default())
//!     .map_err(|errors| format!("{errors:?}"))?;
//! let data = Document::read(r#"{"name": "L"}"#).map_err(|error| error.to_string())?;
//! let now = Moment::parse("2026-11-24T09:00:00+07:00").ok_or("no moment")?;
//! let report = schema.validate(&data, now, Language::Vi).map_err(|error| error.to_string())?;
//! assert_eq!(report.issues[0].code, "text.too-short");
//! # Ok::<(), String>(())
//! ```

mod attachments;
mod codes;
mod compile;
mod dialect;
mod error;
mod explain;
mod fault;
mod findings;
mod formats;
mod hygiene;
mod keywords;
mod labels;
mod lint;
mod live;
mod output;
mod procedure;
mod program;
mod resource;
mod rules;
mod run;
mod scope;
mod tally;
mod told;
mod uri;
mod vn;
mod vocabulary;
mod write;

pub use codes::{Codes, digest as code_list_digest};
pub use dialect::Draft;
pub use error::{LimitError, SchemaError, SchemaProblem};
pub use lint::{Finding, Oddity};
pub(crate) use live::{Act, Change, Live};
pub use output::{List, Unit};
pub use procedure::{Procedure, in_force};
pub use vn::personal_id;

use crate::digest::Sha256;
use crate::expr::Stopped;
use crate::json::{Document, Pointer, ReadError, Value, canonical};
use crate::report::{Language, Level, Report};
use crate::text::Moment;
use formats::Format;
use program::Program;
use run::{Budget, Run};

/// How a schema is compiled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'r> {
    /// Treat the schema as a rule schema even without `x-procedure`: nothing unknown compiles.
    pub strict: bool,
    /// Check `format` in a plain schema too. In a rule schema it is always checked.
    pub assert_formats: bool,
    /// What the schema is written in where its `$schema` does not say so.
    pub dialect: Draft,
    /// Other documents that references of a plain schema may lead to: an object of them by their addresses. Nothing is ever fetched.
    pub refs: Option<&'r Document>,
    /// The code lists that `x-options` of a rule schema may name: an object of them by their names.
    pub code_lists: Option<&'r Document>,
    /// Know the types of all places, for [`Schema::evaluate`], also where no rule needs them.
    pub keep_types: bool,
}

/// A compiled schema.
pub struct Schema {
    program: Program,
    canonical: String,
    id: Sha256,
    /// The same in the form of reports.
    id_text: String,
    rule_schema: bool,
    assert_formats: bool,
    dialect: Draft,
}

impl std::fmt::Debug for Schema {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Schema").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Schema {
    /// Compiles a schema.
    ///
    /// # Errors
    /// Every mistake of the schema, in the order of its text.
    pub fn compile(text: impl Into<Vec<u8>>, options: &Options<'_>) -> Result<Self, Vec<SchemaError>> {
        let bytes = text.into();
        let source = Document::read(bytes.clone()).map_err(unreadable)?;
        let rule_schema = compile::is_rule_schema(&source, options);
        let canonical = canonical(source.root()).ok();
        // A plain schema may hold numbers that have no canonical form; its own bytes then name it.
        let id = Sha256::of(canonical.as_ref().map_or(&bytes, |text| text.as_bytes()));
        let program = match canonical.as_ref().filter(|_| rule_schema) {
            Some(text) => compile::canonical(text, source, options)?,
            None => compile::compile(source, options)?,
        };
        let (assert_formats, dialect) = (options.assert_formats, options.dialect);
        Ok(Self { program, canonical: canonical.unwrap_or_default(), id, id_text: id.id(), rule_schema, assert_formats, dialect })
    }

    /// The identity: SHA-256 of the canonical form.
    #[must_use]
    pub const fn id(&self) -> Sha256 {
        self.id
    }

    /// The canonical form, RFC 8785. Empty for a plain schema that has none, because a number of it is not exact.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// The schema as it was read.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.program.source
    }

    /// The procedure of a rule schema.
    #[must_use]
    pub fn procedure(&self) -> Option<Procedure<'_>> {
        Procedure::of(self.program.source.root())
    }

    /// The code lists that the schema uses.
    #[must_use]
    pub fn codes(&self) -> Codes<'_> {
        Codes::new(&self.program.source, &self.program.lists)
    }

    /// The fields that hold attachments: every value of the data that an `x-attachment` speaks of, in document order.
    ///
    /// # Errors
    /// The schema and the document together exceed a limit.
    pub fn attachment_fields<'d>(&self, data: &'d Document) -> Result<Vec<Value<'d>>, LimitError> {
        attachments::fields(&self.program, data, |op| matches!(op, program::Op::Attachment(_)))
    }

    /// What databases answered: every value of the data that an `x-lookup` speaks of, in document order.
    ///
    /// # Errors
    /// The schema and the document together exceed a limit.
    pub fn lookups<'d>(&self, data: &'d Document) -> Result<Vec<Value<'d>>, LimitError> {
        attachments::fields(&self.program, data, |op| matches!(op, program::Op::Lookup))
    }

    /// Whether a document is valid at a moment.
    ///
    /// # Errors
    /// The schema and the document together exceed a limit.
    pub fn is_valid(&self, data: &Document, now: Moment) -> Result<bool, LimitError> {
        let completed = self.completed(data, now)?;
        let data = completed.as_ref().unwrap_or(data);
        let is_error = |draft: &findings::Draft<'_>| draft.fault.level() == Level::Error;
        Ok(self.decide(data, None)?.valid && !rules::judge(&self.program, &self.program.rules, data, now).iter().any(is_error))
    }

    /// The document as it counts at a moment: without what is not relevant, with what is computed. `None` where that is the document itself.
    ///
    /// # Errors
    /// It would be larger than a document may be.
    pub fn completed(&self, data: &Document, now: Moment) -> Result<Option<Document>, LimitError> {
        self.program.rules.completed(&self.program, data, now)
    }

    /// The value of an expression over a document, as JSON: `self` and `root` are the document with the types that the schema gives it, as in a rule at its root.
    /// The code lists are those that the schema uses. Needs [`Options::keep_types`].
    ///
    /// # Errors
    /// Every mistake of the expression, or why it has no value.
    pub fn evaluate(&self, source: &str, data: &Document, now: Moment) -> Result<String, Stopped> {
        self.program.rules.evaluate(&self.program, source, data, now)
    }

    /// Validates a document: the report lists every mistake, in the order of the form. It is judged as [`Schema::completed`] gives it.
    ///
    /// # Errors
    /// The schema and the document together exceed a limit.
    pub fn validate(&self, data: &Document, now: Moment, language: Language) -> Result<Report, LimitError> {
        let completed = self.completed(data, now)?;
        let data = completed.as_ref().unwrap_or(data);
        let day = now.instant().days_in_vietnam();
        let today = Some(day);
        let decision = self.decide(data, today)?;
        let mut broken = rules::judge(&self.program, &self.program.rules, data, now);
        let valid = decision.valid && broken.iter().all(|draft| draft.fault.level() != Level::Error);
        if let Some(fault) = self.procedure().and_then(|procedure| procedure.lapsed(day)) {
            broken.push(findings::Draft { path: Vec::new(), by: 0, block: 0, keyword: "x-procedure", fault });
        }
        let (now, schema) = (now.text(), self.id_text.clone());
        let mut report = Report { valid, now, schema, issues: Vec::new(), truncated: false };
        if !valid || decision.warned || !broken.is_empty() {
            let mut findings = explain::explain(&self.program, data, today, self.rule_schema)?;
            findings.drafts.extend(broken);
            write::write(&self.program, findings, language, &mut report);
        }
        Ok(report)
    }

    fn decide(&self, data: &Document, today: Option<i64>) -> Result<Decision, LimitError> {
        let clean = !self.rule_schema || hygiene::is_clean(data);
        let mut run = Run::new(&self.program, data, Budget::on(today));
        let valid = clean && run.holds(0, data.root())?;
        Ok(Decision { valid, warned: run.warned })
    }
}

/// The canonical form of a text of a format; `None` when it is written so already or cannot be read. `docs/formats.md` lists them.
///
/// ```
/// use hoso::schema::normalized;
///
/// assert_eq!(normalized("vn-phone", "+84 912 345 678").as_deref(), Some("0912345678"));
/// assert_eq!(normalized("vn-phone", "0912345678"), None);
/// assert_eq!(normalized("vn-phone", "0912"), None);
/// ```
#[must_use]
pub fn normalized(format: &str, text: &str) -> Option<String> {
    Format::named(format)?.canonical(text)
}

fn unreadable(error: ReadError) -> Vec<SchemaError> {
    vec![SchemaError::new(Pointer::root(), SchemaProblem::Unreadable(error))]
}

/// What the fast pass says.
struct Decision {
    valid: bool,
    /// Something valid should be looked at.
    warned: bool,
}

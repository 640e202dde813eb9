//! The live form: values while a person types, each edit answered with only what changed.
//!
//! ```
//! use hoso::{form::live::LiveForm, json::{Document, Pointer}, report::Language, schema::{Options, Schema}, text::Moment};
//! use std::sync::Arc;
//!
//! let schema = r#"{"properties": {"name": {"title": "Tên", "minLength": 2}}}"#;
//! let schema = Schema::compile(schema, &Options::default()).map_err(|errors| format!("{errors:?}"))?;
//! let data = Document::read("{}").map_err(|error| error.to_string())?;
//! let now = Moment::parse("2026-11-24T09:00:00+07:00").ok_or("no moment")?;
//! let mut form = LiveForm::open(Arc::new(schema), data, now).map_err(|error| error.to_string())?;
//! let name = form.field(&Pointer::parse("/name").ok_or("no pointer")?).map_err(|error| error.to_string())?;
//! form.set(name, &Document::read(r#""L""#).map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
//! let [changed] = form.changes()[..] else { return Err("one change".to_owned()) };
//! assert!(changed.field == name && changed.issues());
//! assert_eq!(form.issues(name, Language::En).map_err(|error| error.to_string())?[0].code, "text.too-short");
//! # Ok::<(), String>(())
//! ```

mod draft;
mod edit;
mod error;
mod input;

pub use draft::{DraftError, Dropped};
pub use error::EditError;

use crate::json::{Document, Kind, NodeId, Pointer, index, to_json};
use crate::report::{Issue, Language, Report};
use crate::schema::{Act, Change, LimitError, Live, Schema};
use crate::text::Moment;
use std::sync::Arc;

/// A form that is being filled in.
pub struct LiveForm {
    live: Live,
    past: Vec<Step>,
    future: Vec<Step>,
    /// The field that was written last, as long as writing it again is the same step.
    writing: Option<NodeId>,
    /// The acts that take back what was done since a batch began, the last first.
    batch: Option<Vec<Act>>,
}

/// What one step of [`LiveForm::undo`] takes back, as acts.
struct Step {
    acts: Vec<Act>,
}

/// A place of a form: a field, there or not, a list, a row. It stays what it is when rows come, go or move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    node: NodeId,
    life: u16,
}

impl Field {
    /// It as one number below 2^48.
    #[must_use]
    pub const fn number(self) -> u64 {
        (self.life as u64) << 32 | self.node as u64
    }

    /// The place of such a number.
    #[must_use]
    pub const fn from_number(number: u64) -> Self {
        Self { node: number as u32, life: (number >> 32) as u16 }
    }
}

/// What changed at a place besides what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The place.
    pub field: Field,
    how: u8,
}

impl Changed {
    /// All of this as bits: issues 1, relevant 2, value 4, required 8, readonly 16, options 32, inside 64.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.how
    }

    /// Whether other issues stand at it.
    #[must_use]
    pub const fn issues(self) -> bool {
        self.how & Change::ISSUES != 0
    }

    /// Whether it counts now, or counts no more.
    #[must_use]
    pub const fn relevant(self) -> bool {
        self.how & Change::RELEVANT != 0
    }

    /// Whether another value was computed.
    #[must_use]
    pub const fn value(self) -> bool {
        self.how & Change::VALUE != 0
    }

    /// Whether it must be filled in now, or need not be.
    #[must_use]
    pub const fn required(self) -> bool {
        self.how & Change::REQUIRED != 0
    }

    /// Whether it may not be edited now, or may be.
    #[must_use]
    pub const fn readonly(self) -> bool {
        self.how & Change::READONLY != 0
    }

    /// Whether a list or group was replaced as a whole: then nothing is said of what is inside or was.
    #[must_use]
    pub const fn inside(self) -> bool {
        self.how & Change::INSIDE != 0
    }

    /// Whether other codes are offered.
    #[must_use]
    pub const fn options(self) -> bool {
        self.how & Change::OPTIONS != 0
    }
}

/// How a place is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Where it is.
    pub path: Pointer,
    /// Its value as JSON; of a place that does not count what stood there last.
    pub value: Option<String>,
    /// Whether it counts, it and all that it stands in.
    pub relevant: bool,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether a person must not edit it: because of an expression, because its value is computed, or because it is what a database answered.
    pub readonly: bool,
    /// Whether its value is computed.
    pub computed: bool,
    /// Whether a person has been there.
    pub touched: bool,
}

impl LiveForm {
    /// Opens a form with data, for a moment. What is computed is computed again, and groups of fields that must be there are there from the start,
    /// so that each of their fields says for itself that it is missing.
    ///
    /// # Errors
    /// The schema and the data together exceed a limit.
    pub fn open(schema: Arc<Schema>, data: Document, now: Moment) -> Result<Self, LimitError> {
        Self::opened(schema, data, now, true)
    }

    fn opened(schema: Arc<Schema>, data: Document, now: Moment, furnished: bool) -> Result<Self, LimitError> {
        let mut live = Live::open(schema, data, now)?;
        if furnished {
            live.furnish(0)?;
            live.finish(&[])?;
        }
        live.take_changes();
        Ok(Self { live, past: Vec::new(), future: Vec::new(), writing: None, batch: None })
    }

    /// The schema.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        self.live.schema()
    }

    /// The place that a pointer names. Fields need not be there.
    ///
    /// # Errors
    /// There is no such place.
    pub fn field(&mut self, pointer: &Pointer) -> Result<Field, EditError> {
        let none = || EditError::NoPlace { pointer: pointer.to_string() };
        let mut at = 0;
        for token in pointer.tokens() {
            let value = self.live.tree().value(at);
            at = match value.kind() {
                Kind::Array => {
                    let rows = value.len();
                    let number = index(&token).ok_or_else(none)?;
                    self.live.tree_mut().item(at, number).ok_or(EditError::NoRow { index: number, rows })?
                }
                Kind::Object => self.live.spot(at, &token),
                Kind::Null if self.live.tree().is_void(at) => {
                    // A list that is not there has no rows.
                    if let Some(number) = index(&token)
                        && self.live.kinds(at)?.takes_only_lists()
                    {
                        return Err(EditError::NoRow { index: number, rows: 0 });
                    }
                    self.live.spot(at, &token)
                }
                _ => return Err(none()),
            };
        }
        Ok(self.named(at))
    }

    fn named(&self, node: NodeId) -> Field {
        Field { node, life: self.live.tree().life(node).unwrap_or_default() }
    }

    fn node(&self, field: Field) -> Result<NodeId, EditError> {
        let tree = self.live.tree();
        let is_known = tree.life(field.node) == Some(field.life);
        if is_known && tree.is_of_root(field.node) { Ok(field.node) } else { Err(EditError::Gone) }
    }

    /// Where a place is.
    ///
    /// # Errors
    /// It is gone.
    pub fn path(&mut self, field: Field) -> Result<Pointer, EditError> {
        let node = self.node(field)?;
        Ok(self.live.pointer(node))
    }

    /// How a place is.
    ///
    /// # Errors
    /// It is gone, or the schema and the data together exceed a limit.
    pub fn state(&mut self, field: Field) -> Result<State, EditError> {
        let node = self.node(field)?;
        let tree = self.live.tree();
        let (relevant, value) = (!self.live.is_hidden(node), (!tree.is_void(node)).then(|| to_json(&tree.value(node))));
        let computed = self.live.is_computed(node);
        Ok(State {
            path: self.live.pointer(node),
            value,
            relevant,
            required: self.live.is_required(node)?,
            readonly: computed || self.live.is_readonly(node) || self.live.lookup_over(node).is_some(),
            computed,
            touched: self.live.is_touched(node),
        })
    }

    /// Notes that a person has been at a place: from now on its mistakes may be shown.
    ///
    /// # Errors
    /// It is gone.
    pub fn touch(&mut self, field: Field) -> Result<(), EditError> {
        let node = self.node(field)?;
        self.live.touch(node);
        Ok(())
    }

    /// Goes on at another moment.
    ///
    /// # Errors
    /// It would exceed a limit, and nothing was done.
    pub fn set_now(&mut self, now: Moment) -> Result<(), LimitError> {
        self.live.set_now(now)
    }

    /// The report as a validation of [`LiveForm::data`] gives it.
    ///
    /// # Errors
    /// The schema and the data together exceed a limit.
    pub fn report(&mut self, language: Language) -> Result<Report, LimitError> {
        self.live.report(language)
    }

    /// Whether no issue blocks.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        self.live.is_valid()
    }

    /// The issues that stand at a place.
    ///
    /// # Errors
    /// The place is gone, or the schema and the data together exceed a limit.
    pub fn issues(&mut self, field: Field, language: Language) -> Result<Vec<Issue>, EditError> {
        let node = self.node(field)?;
        Ok(self.live.issues_at(node, language)?)
    }

    /// The codes that a field offers now, each with what it is called; nothing where it takes none of a list.
    ///
    /// # Errors
    /// The place is gone, or the schema and the data together exceed a limit.
    pub fn options(&mut self, field: Field, language: Language) -> Result<Vec<(&str, &str)>, EditError> {
        let node = self.node(field)?;
        Ok(self.live.options(node, language)?)
    }

    /// Whether anything changed since [`LiveForm::changes`] was asked last.
    #[must_use]
    pub const fn has_changes(&self) -> bool {
        self.live.has_changes()
    }

    /// What changed since this was asked last. What is gone is not among it.
    pub fn changes(&mut self) -> Vec<Changed> {
        let mut changes = self.live.take_changes();
        changes.retain(|(node, _)| self.live.tree().is_of_root(*node));
        changes.into_iter().map(|(node, how)| Changed { field: self.named(node), how }).collect()
    }

    /// The data as it counts, as JSON: without what is not relevant, with what is computed.
    #[must_use]
    pub fn data(&self) -> String {
        to_json(&self.live.tree().root())
    }
}

//! Drafts: a form that is put aside and taken up again.
//!
//! A draft is one JSON object: `formatVersion`, the `schema` it was made under, the `data` as it was typed, also what is not relevant now, the places that
//! were `touched`, and the `digest` of all this: a draft that was damaged is refused as a whole.

use super::LiveForm;
use crate::digest::Sha256;
use crate::json::{Document, Kind, NodeId, Pointer, ToJson, Value, Writer, canonical, to_json};
use crate::order;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use crate::schema::{LimitError, Schema};
use crate::text::Moment;
use std::fmt;
use std::sync::Arc;

/// Why a draft was not taken up. Nothing of it was used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DraftError {
    /// Is no draft, or not what was written.
    Damaged,
    /// Was written by a later version of hoso.
    TooNew,
    /// The schema and the data together exceed a limit.
    Limit(LimitError),
}

impl From<LimitError> for DraftError {
    fn from(limit: LimitError) -> Self {
        Self::Limit(limit)
    }
}

impl Coded for DraftError {
    fn code(&self) -> &'static str {
        match self {
            Self::Damaged => "draft.damaged",
            Self::TooNew => "draft.too-new",
            Self::Limit(limit) => limit.code(),
        }
    }

    fn sentences(&self) -> Area {
        if let Self::Limit(limit) = self { limit.sentences() } else { catalogue::EDIT }
    }

    fn facts(&self) -> Facts {
        if let Self::Limit(limit) = self { limit.facts() } else { Facts::none() }
    }
}

impl fmt::Display for DraftError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => out.write_str("the draft is damaged"),
            Self::TooNew => out.write_str("the draft was written by a later version"),
            Self::Limit(limit) => limit.fmt(out),
        }
    }
}

impl std::error::Error for DraftError {}

/// What a draft of another schema held that this one has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Where it stood.
    pub path: Pointer,
    /// What it was, as JSON.
    pub value: String,
}

/// What stands before the digest, at the end of a draft.
const DIGEST: &str = ",\"digest\":\"";

/// The version that is written.
const VERSION: &str = "1";

impl LiveForm {
    /// The data as it was typed, as JSON: also what is not relevant now, and without what is computed.
    #[must_use]
    pub fn typed(&self) -> String {
        let mut out = Writer::default();
        self.write_typed(0, &mut out);
        out.finish()
    }

    fn write_typed(&self, node: NodeId, out: &mut Writer) {
        let tree = self.live.tree();
        let value = tree.value(node);
        match value.kind() {
            Kind::Object => {
                out.word("{");
                let apart = tree.apart(node).filter(|at| !tree.is_void(*at));
                for member in value.children().map(Value::id).chain(apart).filter(|at| !self.live.is_computed(*at)) {
                    out.name(tree.value(member).name());
                    self.write_typed(member, out);
                }
                out.close('}');
            }
            Kind::Array => {
                out.word("[");
                value.items().for_each(|item| self.write_typed(item.id(), out));
                out.close(']');
            }
            _ => value.write(out),
        }
    }

    /// The form as it is, to be taken up again by [`LiveForm::restore`].
    pub fn draft(&mut self) -> String {
        let mut touched: Vec<String> = self.live.touched().into_iter().map(|node| self.live.pointer(node).to_string()).collect();
        order::sort_by(&mut touched, Ord::cmp);
        let mut out = Writer::default();
        out.word("{");
        out.name("formatVersion");
        out.word(VERSION);
        out.member("schema", &self.schema().id().id());
        out.name("data");
        self.write_typed(0, &mut out);
        out.member("touched", &touched);
        let begun = out.finish();
        let digest = digest(&(begun.clone() + "}")).unwrap_or_default();
        begun + DIGEST + &digest + "\"}"
    }

    /// Takes up a draft. One of another schema keeps what still fits; what does not is listed.
    ///
    /// # Errors
    /// Why it is not taken up.
    pub fn restore(schema: Arc<Schema>, draft: &str, now: Moment) -> Result<(Self, Vec<Dropped>), DraftError> {
        let document = Document::read(draft).map_err(|_| DraftError::Damaged)?;
        let root = document.root();
        if root.part("formatVersion").as_number().is_some_and(|version| version.text() != VERSION) {
            return Err(DraftError::TooNew);
        }
        let (Some(of), Some(data), Some(told)) = (root.part("schema").as_str(), root.member("data"), root.part("digest").as_str()) else {
            return Err(DraftError::Damaged);
        };
        let end = draft.len().checked_sub(told.len() + DIGEST.len() + "\"}".len()).ok_or(DraftError::Damaged)?;
        if draft.get(end..).is_none_or(|rest| !rest.starts_with(DIGEST)) {
            return Err(DraftError::Damaged);
        }
        let body = draft.get(..end).unwrap_or_default().to_owned() + "}";
        if digest(&body).as_deref() != Some(told) || root.len() != 5 {
            return Err(DraftError::Damaged);
        }
        let is_other = of != schema.id().id();
        let data = Document::read(to_json(&data)).map_err(|_| DraftError::Damaged)?;
        let mut form = Self::opened(schema, data, now, is_other)?;
        let dropped = if is_other { form.drop_what_does_not_fit() } else { Vec::new() };
        for place in root.part("touched").items() {
            let field = place.as_str().and_then(Pointer::parse).and_then(|pointer| form.field(&pointer).ok());
            field.into_iter().for_each(|field| drop(form.touch(field)));
        }
        form.changes();
        Ok((form, dropped))
    }

    /// Takes out what the schema has no place for, or another kind of value.
    fn drop_what_does_not_fit(&mut self) -> Vec<Dropped> {
        let mut dropped = Vec::new();
        // What was inside something that went, or stood behind something that was told first, is seen the next time.
        loop {
            let strange = self.live.strange();
            let before = dropped.len();
            for node in strange {
                // Of what a database answered nothing is kept without the rest.
                let lookup = self.live.lookup_over(node);
                let node = lookup.unwrap_or(node);
                if !self.live.tree().stands(node) {
                    continue;
                }
                let (path, value) = (self.live.pointer(node), to_json(&self.live.tree().value(node)));
                let field = self.named(node);
                let cleared = if lookup.is_some() { self.empty(node) } else { self.clear(field) };
                if cleared.or_else(|_| self.remove(field)).is_ok() {
                    dropped.push(Dropped { path, value });
                }
            }
            if dropped.len() == before {
                break;
            }
        }
        self.past.clear();
        dropped
    }
}

fn digest(text: &str) -> Option<String> {
    let document = Document::read(text).ok()?;
    // Numbers that have no canonical form are typed as they are, and then the text itself is named.
    let text = canonical(document.root()).unwrap_or_else(|_| text.to_owned());
    Some(Sha256::of(text.as_bytes()).id())
}

//! Code lists: what `x-options` names. `forms/meta/code-list.schema.json` publishes their shape.
//!
//! Those that a schema is compiled with stand on its tape, behind it, in one object by their names. Nothing follows a `parent`, nor asks for
//! the `kind` of a day in a calendar: they are data for expressions.

use super::error::{SchemaError, SchemaProblem};
use super::procedure::{Errors, Takes, check_parts};
use crate::digest::Sha256;
use crate::json::{Document, NodeId, Pointer, Value, canonical};
use crate::limits;
use crate::order;
use crate::report::Language;
use crate::text::decimal;

const LIST_PARTS: [(&str, Takes); 6] = [
    ("$schema", Takes::TextIfAny),
    ("title", Takes::Languages),
    ("source", Takes::Text),
    ("date", Takes::Date),
    ("parents", Takes::TextIfAny),
    ("codes", Takes::List),
];

const ENTRY_PARTS: [(&str, Takes); 6] = [
    ("code", Takes::Text),
    ("label", Takes::Languages),
    ("parent", Takes::TextIfAny),
    ("kind", Takes::DayIfAny),
    ("from", Takes::DateIfAny),
    ("to", Takes::DateIfAny),
];

/// A list that a schema uses.
#[derive(Debug)]
pub(super) struct CodeList {
    /// The whole list. Its name is the list's.
    at: NodeId,
    /// The codes in their order, each with its entry.
    entries: Vec<(NodeId, NodeId)>,
}

impl CodeList {
    /// Makes a list findable, and notes what is wrong with it.
    pub(super) fn read<'s>(source: &'s Document, list: Value<'s>, errors: &mut Errors<'s>) -> Self {
        let before = errors.len();
        check_parts(list, &Pointer::root(), &LIST_PARTS, errors);
        let place = Pointer::root().child("codes");
        let mut codes = Vec::new();
        for (at, entry) in list.part("codes").items().enumerate() {
            check_parts(entry, &place.child(&decimal(at as u64)), &ENTRY_PARTS, errors);
            codes.push((entry.part("code").id(), entry.id()));
            if errors.len() >= limits::ISSUES {
                break;
            }
        }
        let code = |at: u32| codes.get(at as usize).map_or("", |(code, _)| text(source, *code));
        let mut entries: Vec<(NodeId, NodeId)> = Vec::with_capacity(codes.len());
        for at in order::sorted(codes.len(), &|left, right| code(left).cmp(code(right))) {
            let Some(next) = codes.get(at as usize) else { continue };
            if errors.len() == before
                && let Some((last, _)) = entries.last()
                && text(source, *last) == text(source, next.0)
            {
                const EXPECTED: SchemaProblem =
                    SchemaProblem::takes("một mã chưa có trong danh sách", "a code that the list does not have yet");
                let repeated = source.value(next.0);
                errors.push((repeated, SchemaError::new(repeated.pointer_within(list), EXPECTED)));
            }
            entries.push(*next);
        }
        Self { at: list.id(), entries }
    }

    /// The entry of a code.
    pub(super) fn find<'s>(&self, source: &'s Document, code: &str) -> Option<Value<'s>> {
        let at = self.entries.partition_point(|(known, _)| text(source, *known) < code);
        let (known, entry) = self.entries.get(at)?;
        (text(source, *known) == code).then(|| source.value(*entry))
    }

    /// The entries, in the order of the list.
    pub(super) fn all<'s>(&self, source: &'s Document) -> impl Iterator<Item = Value<'s>> {
        source.value(self.at).part("codes").items()
    }

    pub(super) fn name<'s>(&self, source: &'s Document) -> &'s str {
        source.value(self.at).name()
    }
}

fn text(source: &Document, code: NodeId) -> &str {
    source.value(code).as_str().unwrap_or_default()
}

/// The code lists that a schema uses.
#[derive(Clone, Copy, Debug, Default)]
pub struct Codes<'s> {
    source: Option<&'s Document>,
    lists: &'s [CodeList],
}

impl<'s> Codes<'s> {
    pub(super) const fn new(source: &'s Document, lists: &'s [CodeList]) -> Self {
        Self { source: Some(source), lists }
    }

    /// Their names in order, each with the SHA-256 of the list's RFC 8785 form.
    #[must_use]
    pub fn digests(self) -> Vec<(&'s str, Sha256)> {
        let mut digests = Vec::new();
        for (source, list) in self.source.into_iter().flat_map(|source| self.lists.iter().map(move |list| (source, list))) {
            digests.push((list.name(source), digest(source.value(list.at))));
        }
        order::sort_by(&mut digests, |(left, _), (right, _)| left.cmp(right));
        digests
    }

    /// What a list calls a code, in a language; in Vietnamese where it has no other.
    #[must_use]
    pub fn label(self, list: &str, code: &str, language: Language) -> Option<&'s str> {
        let source = self.source?;
        let list = self.lists.iter().find(|known| known.name(source) == list)?;
        let label = list.find(source, code)?.part("label");
        label.part(language.tag()).as_str().or_else(|| label.part("vi").as_str())
    }
}

/// What names a code list: SHA-256 of its RFC 8785 form.
#[must_use]
pub fn digest(list: Value<'_>) -> Sha256 {
    // A list holds no numbers, so it always has that form.
    Sha256::of(canonical(list).unwrap_or_default().as_bytes())
}

//! Code lists: what `x-options` names. `forms/meta/code-list.schema.json` publishes their shape.
//!
//! Those that a schema is compiled with stand on its tape, behind it, in one object by their names.

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

const ENTRY_PARTS: [(&str, Takes); 5] = [
    ("code", Takes::Text),
    ("label", Takes::Languages),
    ("parent", Takes::TextIfAny),
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
        let codes = list.part("codes");
        let mut entries = Vec::with_capacity(codes.len());
        for (at, entry) in codes.items().enumerate() {
            check_entry(entry, at, errors);
            entries.push((entry.part("code").id(), entry.id()));
            if errors.len() >= limits::ISSUES {
                break;
            }
        }
        let mut found = Self { at: list.id(), entries };
        if errors.len() == before {
            found.sort(source);
            found.check_codes(source, list, errors);
        }
        for (_, error) in errors.iter_mut().skip(before) {
            list.name().clone_into(&mut error.document);
        }
        found
    }

    fn sort(&mut self, source: &Document) {
        order::sort_by(&mut self.entries, |(left, _), (right, _)| text(source, *left).cmp(text(source, *right)));
    }

    /// No code stands twice, and the codes above one end.
    fn check_codes<'s>(&self, source: &'s Document, list: Value<'s>, errors: &mut Errors<'s>) {
        let mut wrong = |at: NodeId, problem| {
            let at = source.value(at);
            errors.push((at, SchemaError::new(at.pointer_within(list), problem)));
        };
        let repeated = self.entries.windows(2).find_map(|pair| match pair {
            [(first, _), (second, _)] if text(source, *first) == text(source, *second) => Some(*second),
            _ => None,
        });
        if let Some(second) = repeated {
            wrong(second, SchemaProblem::takes("một mã chưa có trong danh sách", "a code that the list does not have yet"));
        }
        if list.member("parents").is_some() {
            return;
        }
        for (_, entry) in &self.entries {
            if let Some(parent) = self.above(source, source.value(*entry)) {
                const EXPECTED: SchemaProblem = SchemaProblem::takes(
                    "mã của một mục khác trong danh sách, không vòng trở lại",
                    "the code of another entry of the list, without coming back",
                );
                return wrong(parent.id(), EXPECTED);
            }
        }
    }

    /// The first parent above an entry that is none; `None` when all are.
    fn above<'s>(&self, source: &'s Document, entry: Value<'s>) -> Option<Value<'s>> {
        let mut parent = entry.member("parent")?;
        for _ in 0..limits::CODE_LEVELS {
            let Some(above) = self.find(source, parent.as_str().unwrap_or_default()) else { return Some(parent) };
            parent = above.member("parent")?;
        }
        Some(parent)
    }

    /// The entry of a code.
    pub(super) fn find<'s>(&self, source: &'s Document, code: &str) -> Option<Value<'s>> {
        let at = self.entries.partition_point(|(known, _)| text(source, *known) < code);
        let (known, entry) = self.entries.get(at)?;
        (text(source, *known) == code).then(|| source.value(*entry))
    }

    pub(super) fn name<'s>(&self, source: &'s Document) -> &'s str {
        source.value(self.at).name()
    }
}

/// An entry's parts, and that its days are in order.
fn check_entry<'s>(entry: Value<'s>, at: usize, errors: &mut Errors<'s>) {
    let before = errors.len();
    check_parts(entry, &Pointer::root(), &ENTRY_PARTS, errors);
    if let (Some(from), Some(to)) = (entry.part("from").as_str(), entry.member("to"))
        && to.as_str().is_some_and(|to| to < from)
    {
        let expected = SchemaProblem::takes("ngày không sớm hơn from", "a day that is not before from");
        errors.push((to, SchemaError::new(Pointer::root().child("to"), expected)));
    }
    for (_, error) in errors.iter_mut().skip(before) {
        let entry = Pointer::root().child("codes").child(&decimal(at as u64));
        error.path = error.path.tokens().fold(entry, |path, token| path.child(&token));
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

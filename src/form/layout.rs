//! How an outline is made: pages claim what they name, the rest follows, and every value is laid out by its kind.

use super::outline::{Entry, File, Heading, Label, Note, Outline, Section, Shown, Table, Title};
use super::place::{Atlas, Place};
use super::shown::scalar;
use crate::digest::Sha256;
use crate::json::{Kind, NodeId, Number, Pointer, Value};
use crate::limits;
use crate::order;
use crate::report::{Language, number};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub(super) fn lay_out<'d>(schema: Value<'d>, data: Value<'d>, language: Language) -> Outline<'d> {
    let mut builder = Builder { schema, data, language, atlas: Atlas::new(schema, language), claimed: BTreeSet::new() };
    let procedure = builder.heading();
    let pages = builder.claim_pages();
    let mut sections: Vec<_> = pages.into_iter().filter_map(|page| builder.page(page)).collect();
    builder.after_pages(&mut sections);
    Outline { language, procedure, sections }
}

struct Builder<'d> {
    schema: Value<'d>,
    data: Value<'d>,
    language: Language,
    atlas: Atlas<'d>,
    /// The values that pages name. They stand there and nowhere else.
    claimed: BTreeSet<NodeId>,
}

/// A page with the values it names.
struct Page<'d> {
    title: &'d str,
    fields: Vec<(Pointer, Value<'d>)>,
}

/// What a value stands in.
struct Owner<'d> {
    object: NodeId,
    place: Rc<Place<'d>>,
}

impl<'d> Builder<'d> {
    fn heading(&self) -> Heading<'d> {
        let procedure = self.schema.member("x-procedure");
        let part = |name| procedure.and_then(|procedure| procedure.member(name));
        let plain = |name| part(name).and_then(Value::as_str).unwrap_or_default();
        let text = |name| part(name).and_then(|texts| self.atlas.text(texts));
        let own_title = || self.schema.member("title").and_then(Value::as_str);
        Heading {
            title: text("title").or_else(own_title).unwrap_or_default(),
            code: plain("code"),
            version: plain("version"),
            authority: text("authority").unwrap_or_default(),
            legal_basis: part("legalBasis").into_iter().flat_map(Value::items).filter_map(|basis| self.legal_basis(basis)).collect(),
        }
    }

    /// A legal document: a text, texts per language, or `{title, reference}`.
    fn legal_basis(&self, basis: Value<'d>) -> Option<Cow<'d, str>> {
        let either = |value: Value<'d>| value.as_str().or_else(|| self.atlas.text(value));
        let title = either(basis).or_else(|| basis.member("title").and_then(either));
        let reference = basis.member("reference").and_then(Value::as_str);
        match (title, reference) {
            (Some(title), Some(reference)) if !title.contains(reference) => Some(Cow::Owned(format!("{title} ({reference})"))),
            (Some(text), _) | (None, Some(text)) => Some(Cow::Borrowed(text)),
            (None, None) => None,
        }
    }

    /// Reads `x-pages` and keeps each value for the first page that names it.
    fn claim_pages(&mut self) -> Vec<Page<'d>> {
        let mut pages = Vec::new();
        for page in self.schema.member("x-pages").into_iter().flat_map(Value::items) {
            let id = page.member("id").and_then(Value::as_str).unwrap_or_default();
            let title = page.member("title").and_then(|texts| self.atlas.text(texts)).unwrap_or(id);
            let pointers = page.member("fields").into_iter().flat_map(Value::items).filter_map(Value::as_str).filter_map(Pointer::parse);
            let mut fields = Vec::new();
            for pointer in pointers {
                if let Some(value) = self.atlas.find(self.data, &pointer).filter(|value| self.claimed.insert(value.id())) {
                    fields.push((pointer, value));
                }
            }
            pages.push(Page { title, fields });
        }
        pages
    }

    /// Fields of one object that follow one another stand under its label, unless the whole page is about that object.
    fn page(&mut self, page: Page<'d>) -> Option<Section<'d>> {
        let mut groups: Vec<(Owner<'d>, Vec<Entry<'d>>)> = Vec::new();
        for (pointer, value) in page.fields {
            let (owner, place) = self.trace(&pointer);
            let Some(entry) = self.entry(own_label(&place, value.name()), value, &place) else { continue };
            match groups.last_mut() {
                Some((last, entries)) if last.object == owner.object => entries.push(entry),
                _ => groups.push((owner, vec![entry])),
            }
        }
        let one = groups.len() == 1;
        let mut entries = Vec::new();
        for (owner, fields) in groups {
            match owner.place.label {
                Some(label) if !one && owner.object != self.data.id() => {
                    entries.push(Entry { label: Label::Text(label), place: owner.object, shown: Shown::Group(fields) });
                }
                _ => entries.extend(fields),
            }
        }
        (!entries.is_empty()).then_some(Section { title: Title::Page(page.title), entries })
    }

    /// What a pointer's value stands in, and the place of the value itself.
    fn trace(&mut self, pointer: &Pointer) -> (Owner<'d>, Rc<Place<'d>>) {
        let mut place = self.atlas.top();
        let mut value = self.data;
        let mut owner = Owner { object: value.id(), place: Rc::clone(&place) };
        for token in pointer.tokens() {
            owner = Owner { object: value.id(), place: Rc::clone(&place) };
            let at = if value.kind() == Kind::Array { token.parse().ok() } else { None };
            (place, value) = match at {
                Some(at) => (self.atlas.item(&place, at), value.item(at).unwrap_or(value)),
                None => (self.atlas.member(&place, &token), value.member(&token).unwrap_or(value)),
            };
        }
        (owner, place)
    }

    /// What no page named: fields of the schema first, then what it does not name.
    fn after_pages(&mut self, sections: &mut Vec<Section<'d>>) {
        if self.claimed.contains(&self.data.id()) {
            return;
        }
        let top = self.atlas.top();
        let title = if self.schema.member("x-pages").is_some() { Title::OnNoPage } else { Title::Form };
        if self.data.kind() == Kind::Object {
            let (named, unnamed) = self.members(self.data, &top);
            let mut push = |title, entries: Vec<_>| {
                if !entries.is_empty() {
                    sections.push(Section { title, entries });
                }
            };
            push(title, named);
            push(Title::Unnamed, unnamed);
        } else if let Some(entry) = self.entry(own_label(&top, ""), self.data, &top) {
            sections.push(Section { title, entries: vec![entry] });
        }
    }

    /// The members of an object that no page claimed: those the schema names, by rank, and the others, by name.
    fn members(&mut self, object: Value<'d>, place: &Place<'d>) -> (Vec<Entry<'d>>, Vec<Entry<'d>>) {
        let mut ranked: BTreeMap<usize, (&'d str, Value<'d>)> = BTreeMap::new();
        let mut others = Vec::new();
        for (name, value) in object.members().filter(|(_, value)| !self.claimed.contains(&value.id())) {
            match place.rank(name) {
                Some(rank) => drop(ranked.insert(rank, (name, value))),
                None => others.push((name, value)),
            }
        }
        // The canonical form sorts members, so the order they were typed in must not show.
        order::sort_by_key(&mut others, |(name, _)| *name);
        let mut entries = (Vec::new(), Vec::new());
        for (name, value) in ranked.into_values() {
            let inner = self.atlas.member(place, name);
            entries.0.extend(self.entry(own_label(&inner, name), value, &inner));
        }
        for (name, value) in others {
            let inner = self.atlas.member(place, name);
            entries.1.extend(self.entry(Label::Text(name), value, &inner));
        }
        entries
    }

    fn entry(&mut self, label: Label<'d>, value: Value<'d>, place: &Place<'d>) -> Option<Entry<'d>> {
        Some(Entry { label, place: value.id(), shown: self.shown(value, place)? })
    }

    /// `None` when pages claimed everything inside.
    fn shown(&mut self, value: Value<'d>, place: &Place<'d>) -> Option<Shown<'d>> {
        match value.kind() {
            Kind::Object | Kind::Array if value.is_empty() => Some(Shown::Note(Note::Empty)),
            Kind::Object => {
                let (mut entries, unnamed) = self.members(value, place);
                if place.names_fields() && !unnamed.is_empty() {
                    entries.push(Entry { label: Label::Unnamed, place: value.id(), shown: Shown::Group(unnamed) });
                } else {
                    entries.extend(unnamed);
                }
                (!entries.is_empty()).then_some(Shown::Group(entries))
            }
            Kind::Array => self.array(value, place),
            _ => Some(scalar(value, place, self.language)),
        }
    }

    fn array(&mut self, array: Value<'d>, place: &Place<'d>) -> Option<Shown<'d>> {
        let files = place.attachment.then(|| array.items().map(|item| file(item, self.language)).collect::<Option<Vec<_>>>());
        if let Some(files) = files.flatten() {
            return Some(Shown::Files(files));
        }
        let is_scalar = |item: Value<'_>| !matches!(item.kind(), Kind::Object | Kind::Array);
        if array.items().all(is_scalar) {
            let item = |(at, item)| scalar(item, &self.atlas.item(place, at), self.language);
            return Some(Shown::List(array.items().enumerate().map(item).collect()));
        }
        let row_place = self.atlas.item(place, 0);
        if let Some(columns) = self.columns(array, place, &row_place) {
            return Some(Shown::Table(self.table(array, &row_place, columns)));
        }
        let mut rows = Vec::new();
        for (at, item) in array.items().enumerate() {
            let inner = self.atlas.item(place, at);
            if let Some(shown) = self.shown(item, &inner) {
                rows.push(Entry { label: Label::Row(inner.label, at + 1), place: item.id(), shown });
            }
        }
        (!rows.is_empty()).then_some(Shown::Rows(rows))
    }

    /// The columns, by rank, of rows that fit a table: objects whose few fields the schema names, each with one value.
    fn columns(&self, array: Value<'d>, place: &Place<'d>, row: &Place<'d>) -> Option<BTreeMap<usize, &'d str>> {
        let mut columns = BTreeMap::new();
        for item in array.items() {
            if item.kind() != Kind::Object || item.is_empty() || !place.items_are_alike() {
                return None;
            }
            for (name, value) in item.members() {
                columns.insert(row.rank(name)?, name);
                let simple = !matches!(value.kind(), Kind::Object | Kind::Array) && !self.claimed.contains(&value.id());
                if !simple || columns.len() > limits::TABLE_COLUMNS {
                    return None;
                }
            }
        }
        Some(columns)
    }

    fn table(&mut self, array: Value<'d>, row: &Place<'d>, columns: BTreeMap<usize, &'d str>) -> Table<'d> {
        let columns: Vec<_> = columns.into_values().map(|name| (name, self.atlas.member(row, name))).collect();
        let cell =
            |item: Value<'d>, (name, place): &(&str, Rc<Place<'d>>)| item.member(name).map(|value| scalar(value, place, self.language));
        let rows = array.items().map(|item| columns.iter().map(|column| cell(item, column)).collect()).collect();
        let label = |(name, place): &(&'d str, Rc<Place<'d>>)| Label::Text(place.label.unwrap_or(name));
        Table { columns: columns.iter().map(label).collect(), rows }
    }
}

fn own_label<'d>(place: &Place<'d>, name: &'d str) -> Label<'d> {
    Label::Text(place.label.unwrap_or(name))
}

/// An attachment as the form describes it; `None` when the description is not complete or holds more than it should.
fn file(item: Value<'_>, language: Language) -> Option<File<'_>> {
    let text = |name| item.member(name).and_then(Value::as_str);
    let size = item.member("size").and_then(Value::as_number);
    let file = File {
        name: text("name")?,
        media_type: text("mediaType")?,
        size: size.and_then(Number::to_i64).and_then(|size| u64::try_from(size).ok())?,
        bytes: number(size?.text(), language),
        sha256: Sha256::from_hex(text("sha256")?)?,
        part: text("part")?,
    };
    (item.len() == 5).then_some(file)
}

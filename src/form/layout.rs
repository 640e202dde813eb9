//! How an outline is made: pages claim what they name, the rest follows, and every value is laid out by its kind.

use super::outline::{Entry, File, Heading, Label, Note, Outline, Section, Shown, Table, Title};
use super::place::{Atlas, Place};
use super::shown::{answer, scalar};
use crate::digest::Sha256;
use crate::json::{Kind, NodeId, Pointer, Value, index};
use crate::limits;
use crate::order;
use crate::pairs::Pairs;
use crate::report::{Language, number};
use crate::schema::Codes;
use std::borrow::Cow;
use std::rc::Rc;

pub(super) fn lay_out<'d>(schema: Value<'d>, codes: Codes<'d>, data: Value<'d>, language: Language) -> Outline<'d> {
    let mut builder = Builder { schema, data, language, atlas: Atlas::new(schema, codes, language), claimed: Pairs::default() };
    let procedure = builder.heading();
    let pages = builder.claim_pages();
    let mut sections = Vec::new();
    for page in pages {
        sections.extend(builder.page(page));
    }
    builder.after_pages(&mut sections);
    Outline { language, procedure, sections }
}

struct Builder<'d> {
    schema: Value<'d>,
    data: Value<'d>,
    language: Language,
    atlas: Atlas<'d>,
    /// The values that pages name, each with 0 before it. They stand there and nowhere else.
    claimed: Pairs,
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
        let procedure = self.schema.part("x-procedure");
        let plain = |name| procedure.part(name).as_str().unwrap_or_default();
        let text = |name| self.atlas.text(procedure.part(name));
        let mut legal_basis = Vec::new();
        for basis in procedure.part("legalBasis").items() {
            legal_basis.extend(self.legal_basis(basis));
        }
        Heading {
            title: text("title").or(self.schema.part("title").as_str()).unwrap_or_default(),
            code: plain("code"),
            version: plain("version"),
            authority: text("authority").unwrap_or_default(),
            legal_basis,
        }
    }

    /// A legal document: a text, texts per language, or `{title, reference}`.
    fn legal_basis(&self, basis: Value<'d>) -> Option<Cow<'d, str>> {
        let either = |value: Value<'d>| value.as_str().or_else(|| self.atlas.text(value));
        let title = either(basis).or_else(|| either(basis.part("title")));
        match (title, basis.part("reference").as_str()) {
            (Some(title), Some(reference)) if !holds(title, reference) => Some(Cow::Owned([title, " (", reference, ")"].concat())),
            (Some(text), _) | (None, Some(text)) => Some(Cow::Borrowed(text)),
            (None, None) => None,
        }
    }

    /// Reads `x-pages` and keeps each value for the first page that names it.
    fn claim_pages(&mut self) -> Vec<Page<'d>> {
        let mut pages = Vec::new();
        for page in self.schema.part("x-pages").items() {
            let id = page.part("id").as_str().unwrap_or_default();
            let title = self.atlas.text(page.part("title")).unwrap_or(id);
            let mut fields = Vec::new();
            for field in page.part("fields").items() {
                let Some(pointer) = field.as_str().and_then(Pointer::parse) else { continue };
                let found = self.atlas.find(self.data, &pointer);
                fields.extend(found.filter(|value| self.claimed.insert((0, value.id()), 0)).map(|value| (pointer, value)));
            }
            pages.push(Page { title, fields });
        }
        pages
    }

    fn is_claimed(&self, value: Value<'d>) -> bool {
        self.claimed.get((0, value.id())).is_some()
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
            let at = if value.kind() == Kind::Array { index(&token) } else { None };
            (place, value) = match at {
                Some(at) => (self.atlas.item(&place, at), value.item(at).unwrap_or(value)),
                None => (self.atlas.member(&place, &token), value.member(&token).unwrap_or(value)),
            };
        }
        (owner, place)
    }

    /// What no page named: fields of the schema first, then what it does not name.
    fn after_pages(&mut self, sections: &mut Vec<Section<'d>>) {
        if self.is_claimed(self.data) {
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
        let (mut ranked, mut others) = (Vec::new(), Vec::new());
        for (name, value) in object.members() {
            match place.rank(name) {
                _ if self.is_claimed(value) => {}
                Some(rank) => ranked.push((rank, name, value)),
                None => others.push((0, name, value)),
            }
        }
        // The canonical form sorts members, so the order they were typed in must not show.
        order::sort_by_key(&mut ranked, |(rank, ..)| *rank);
        order::sort_by_key(&mut others, |(_, name, _)| *name);
        let mut entries = (Vec::new(), Vec::new());
        for (_, name, value) in ranked {
            let inner = self.atlas.member(place, name);
            entries.0.extend(self.entry(own_label(&inner, name), value, &inner));
        }
        for (_, name, value) in others {
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
            Kind::Object
                if place.lookup
                    && let Some(sentence) = answer(value, self.language) =>
            {
                Some(self.lookup(value, place, sentence))
            }
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

    /// What a database answered: a sentence, and under it what it was asked and what it said besides.
    fn lookup(&mut self, value: Value<'d>, place: &Place<'d>, sentence: String) -> Shown<'d> {
        let [result, asked, facts] = match self.language {
            Language::Vi => ["Kết quả", "Đã hỏi", "Trả lời"],
            Language::En => ["Result", "Asked", "Answered"],
        };
        let told = ["status", "source", "at"].map(|name| value.part(name).id());
        let mut entries = vec![Entry { label: Label::Text(result), place: value.id(), shown: Shown::Text(Cow::Owned(sentence)) }];
        let (named, unnamed) = self.members(value, place);
        for mut entry in named.into_iter().chain(unnamed) {
            if told.contains(&entry.place) {
                continue;
            }
            match entry.label {
                Label::Text("asked") => entry.label = Label::Text(asked),
                Label::Text("facts") => entry.label = Label::Text(facts),
                _ => {}
            }
            entries.push(entry);
        }
        match entries.pop() {
            Some(Entry { shown, .. }) if entries.is_empty() => shown,
            last => {
                entries.extend(last);
                Shown::Group(entries)
            }
        }
    }

    fn array(&mut self, array: Value<'d>, place: &Place<'d>) -> Option<Shown<'d>> {
        if place.attachment
            && let Some(files) = files(array, self.language)
        {
            return Some(Shown::Files(files));
        }
        if array.items().all(is_single) {
            let mut items = Vec::new();
            for (at, item) in array.items().enumerate() {
                items.push(scalar(item, &self.atlas.item(place, at), self.language));
            }
            return Some(Shown::List(items));
        }
        let row_place = self.atlas.item(place, 0);
        if let Some(columns) = self.columns(array, place, &row_place) {
            return Some(Shown::Table(self.table(array, &row_place, &columns)));
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
    fn columns(&self, array: Value<'d>, place: &Place<'d>, row: &Place<'d>) -> Option<Vec<(usize, &'d str)>> {
        let mut columns = Vec::new();
        for item in array.items() {
            if item.kind() != Kind::Object || item.is_empty() || !place.items_are_alike() {
                return None;
            }
            for (name, value) in item.members() {
                let column = (row.rank(name)?, name);
                if !columns.contains(&column) {
                    columns.push(column);
                }
                if !is_single(value) || self.is_claimed(value) || columns.len() > limits::TABLE_COLUMNS {
                    return None;
                }
            }
        }
        order::sort_by_key(&mut columns, |(rank, _)| *rank);
        Some(columns)
    }

    fn table(&mut self, array: Value<'d>, row: &Place<'d>, columns: &[(usize, &'d str)]) -> Table<'d> {
        let (mut labels, mut places) = (Vec::new(), Vec::new());
        for (_, name) in columns {
            let place = self.atlas.member(row, name);
            labels.push(own_label(&place, name));
            places.push((name, place));
        }
        let mut rows = Vec::new();
        for item in array.items() {
            let mut cells = Vec::new();
            for (name, place) in &places {
                cells.push(item.member(name).map(|value| scalar(value, place, self.language)));
            }
            rows.push(cells);
        }
        Table { columns: labels, rows }
    }
}

fn is_single(value: Value<'_>) -> bool {
    !matches!(value.kind(), Kind::Object | Kind::Array)
}

fn own_label<'d>(place: &Place<'d>, name: &'d str) -> Label<'d> {
    Label::Text(place.label.unwrap_or(name))
}

/// Attachments as the form describes them; `None` when one is not that.
fn files(items: Value<'_>, language: Language) -> Option<Vec<File<'_>>> {
    let mut files = Vec::new();
    for item in items.items() {
        files.push(file(item, language)?);
    }
    Some(files)
}

/// An attachment as the form describes it; `None` when the description is not complete or holds more than it should.
fn file(item: Value<'_>, language: Language) -> Option<File<'_>> {
    let text = |name| item.part(name).as_str();
    let size = item.part("size").as_number()?;
    let file = File {
        name: text("name")?,
        media_type: text("mediaType")?,
        size: size.to_i64().and_then(|size| u64::try_from(size).ok())?,
        bytes: number(size.text(), language),
        sha256: Sha256::from_hex(text("sha256")?)?,
        part: text("part"),
    };
    (item.len() == 4 + usize::from(file.part.is_some())).then_some(file)
}

/// Whether a text holds another. Both are short; the standard library's search, made for long ones, weighs two kilobytes.
fn holds(text: &str, part: &str) -> bool {
    (0..text.len()).any(|at| text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(part.as_bytes())))
}

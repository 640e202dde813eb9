//! The outline of a form: its pages, groups and fields with their labels and their values as people read them.
//!
//! Nothing of the data is left out and nothing stands twice: a value that a page names stands on that page, any other
//! after the pages, and what the schema does not name at all stands last, under the names it has in the JSON.

use super::place::{Atlas, Place};
use super::shown::{number, scalar};
use crate::digest::Sha256;
use crate::json::{Kind, NodeId, Number, Pointer, Value};
use crate::limits;
use crate::report::Language;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A form with its data, laid out for people.
#[derive(Debug)]
pub struct Outline<'d> {
    /// The language of labels and forms of writing.
    pub language: Language,
    /// What the schema says of the procedure, where it says it.
    pub procedure: Heading<'d>,
    /// The pages that hold something, then the data that stands on no page.
    pub sections: Vec<Section<'d>>,
}

/// The procedure: `x-procedure`, and the schema's `title` where that has none. Empty where the schema is silent.
#[derive(Debug, Default)]
pub struct Heading<'d> {
    /// The name of the procedure.
    pub title: &'d str,
    /// Its code.
    pub code: &'d str,
    /// The version of the rule schema.
    pub version: &'d str,
    /// Who decides.
    pub authority: &'d str,
    /// The documents it rests on, each as one line.
    pub legal_basis: Vec<Cow<'d, str>>,
}

/// A page of the form, or the data outside the pages.
#[derive(Debug)]
pub struct Section<'d> {
    /// Which of the two.
    pub title: Title<'d>,
    /// What stands on it.
    pub entries: Vec<Entry<'d>>,
}

/// What a section is.
#[derive(Debug, PartialEq, Eq)]
pub enum Title<'d> {
    /// A page, by its title.
    Page(&'d str),
    /// The whole of a form without pages.
    Form,
    /// Fields the schema names, on no page.
    OnNoPage,
    /// Data the schema does not name.
    Unnamed,
}

/// A label and what stands under it.
#[derive(Debug)]
pub struct Entry<'d> {
    /// What people call it.
    pub label: Label<'d>,
    /// The place of the value in the data.
    pub place: NodeId,
    /// The value as people read it.
    pub shown: Shown<'d>,
}

/// What people call a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label<'d> {
    /// A label of the schema, or the name in the JSON where it has none; empty where there is no name either.
    Text(&'d str),
    /// A row by its number, counted from 1, and the label of its kind.
    Row(Option<&'d str>, usize),
    /// Members the schema does not name.
    Unnamed,
}

/// A value as people read it.
#[derive(Debug)]
pub enum Shown<'d> {
    /// Text.
    Text(Cow<'d, str>),
    /// A value for which every language has a word.
    Note(Note),
    /// Several values of a kind.
    List(Vec<Shown<'d>>),
    /// The fields of an object.
    Group(Vec<Entry<'d>>),
    /// The items of a list, one by one.
    Rows(Vec<Entry<'d>>),
    /// The items of a list as a table.
    Table(Table<'d>),
    /// The files a citizen attached.
    Files(Vec<File<'d>>),
}

/// A value for which every language has a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// `true`
    Yes,
    /// `false`
    No,
    /// `null`
    Null,
    /// A text, list or object without content.
    Empty,
}

/// Rows with the same few fields.
#[derive(Debug)]
pub struct Table<'d> {
    /// The labels of the columns.
    pub columns: Vec<Label<'d>>,
    /// As many cells a row as there are columns; `None` where the row has no such field.
    pub rows: Vec<Vec<Option<Shown<'d>>>>,
}

/// One attached file, as the form describes it.
#[derive(Debug)]
pub struct File<'d> {
    /// The original name.
    pub name: &'d str,
    /// The media type.
    pub media_type: &'d str,
    /// Bytes.
    pub size: u64,
    /// Bytes, in digits grouped for people.
    pub bytes: Cow<'d, str>,
    /// The digest of the content.
    pub sha256: Sha256,
    /// The name in the package.
    pub part: &'d str,
}

/// Lays out data by its rule schema. The two may come from different documents; neither has to be valid.
#[must_use]
pub fn outline<'d>(schema: Value<'d>, data: Value<'d>, language: Language) -> Outline<'d> {
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

    /// The members of an object that no page claimed: those the schema names, in its order, and the others.
    fn members(&mut self, object: Value<'d>, place: &Place<'d>) -> (Vec<Entry<'d>>, Vec<Entry<'d>>) {
        let mut ranked: BTreeMap<usize, (&'d str, Value<'d>)> = BTreeMap::new();
        let mut others = Vec::new();
        for (name, value) in object.members().filter(|(_, value)| !self.claimed.contains(&value.id())) {
            match place.rank(name) {
                Some(rank) => drop(ranked.insert(rank, (name, value))),
                None => others.push((name, value)),
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;
    use proptest::prelude::*;

    const SCHEMA: &str = r##"{
        "title": "Đơn",
        "x-pages": [
            {"id": "p1", "title": {"vi": "Chủ hộ", "en": "Owner"}, "fields": ["/owner", "/nowhere", "/owner/phone", "bad"]},
            {"id": "p2", "title": {"vi": "Liên hệ"}, "fields": ["/owner/phone", "/rows", "/owner/birth", "/files"]}
        ],
        "properties": {
            "owner": {"x-label": {"vi": "Chủ hộ", "en": "Owner"}, "properties": {
                "name": {"title": "Họ và tên"}, "phone": {"title": "Điện thoại"}, "birth": {"format": "date"}, "more": {}}},
            "rows": {"title": "Ngành", "items": {"properties": {"code": {"title": "Mã"}, "main": {"type": "boolean"}, "kind": {"oneOf": [
                {"const": "a", "title": "Loại A"}, {"const": 2, "x-label": {"vi": "Loại hai", "en": "Kind two"}}]}}}},
            "files": {"title": "Giấy tờ", "x-attachment": {}},
            "amount": {"title": "Số vốn"}
        }
    }"##;

    /// The outline as indented text, one line a label or value.
    fn drawn(data: &str, language: Language) -> Vec<String> {
        let (schema, data) = (Document::read(SCHEMA).unwrap(), Document::read(data).unwrap());
        let outline = outline(schema.root(), data.root(), language);
        let mut lines = Vec::new();
        for section in &outline.sections {
            lines.push(format!("# {:?}", section.title));
            section.entries.iter().for_each(|entry| draw_entry(entry, 1, &mut lines));
        }
        lines
    }

    fn draw_entry(entry: &Entry<'_>, depth: usize, lines: &mut Vec<String>) {
        let label = match &entry.label {
            Label::Text(text) => (*text).to_owned(),
            other => format!("{other:?}"),
        };
        lines.push(format!("{}{label}: {}", " ".repeat(depth), one_line(&entry.shown)));
        if let Shown::Group(entries) | Shown::Rows(entries) = &entry.shown {
            entries.iter().for_each(|entry| draw_entry(entry, depth + 1, lines));
        }
    }

    fn one_line(shown: &Shown<'_>) -> String {
        match shown {
            Shown::Text(text) => text.clone().into_owned(),
            Shown::Note(note) => format!("{note:?}"),
            Shown::List(items) => items.iter().map(one_line).collect::<Vec<_>>().join(" | "),
            Shown::Group(_) => "group".to_owned(),
            Shown::Rows(_) => "rows".to_owned(),
            Shown::Table(table) => {
                let row =
                    |row: &Vec<Option<Shown<'_>>>| row.iter().map(|cell| cell.as_ref().map_or(String::new(), one_line)).collect::<Vec<_>>();
                format!("{:?} {:?}", table.columns, table.rows.iter().map(row).collect::<Vec<_>>())
            }
            Shown::Files(files) => files.iter().map(|file| file.name).collect::<Vec<_>>().join(" | "),
        }
    }

    #[test]
    fn a_value_stands_on_the_first_page_that_names_it() {
        let lines = drawn(r#"{"owner": {"phone": "09", "name": "Lan", "birth": "2000-01-02"}}"#, Language::Vi);
        assert_eq!(
            lines,
            [
                "# Page(\"Chủ hộ\")",
                " Chủ hộ: group",
                "  Họ và tên: Lan",
                " Chủ hộ: group",
                "  Điện thoại: 09",
                "# Page(\"Liên hệ\")",
                " birth: 2/1/2000"
            ]
        );
    }

    #[test]
    fn rows_of_a_few_single_values_are_a_table_in_the_order_of_the_schema() {
        let lines = drawn(r#"{"rows": [{"kind": "a", "code": "1"}, {"kind": 2, "main": true, "code": ""}]}"#, Language::En);
        assert_eq!(
            lines.last().unwrap(),
            " Ngành: [Text(\"Mã\"), Text(\"main\"), Text(\"kind\")] [[\"1\", \"\", \"Loại A\"], [\"Empty\", \"Yes\", \"Kind two\"]]"
        );
    }

    #[test]
    fn rows_that_do_not_fit_a_table_are_listed() {
        for data in [
            r#"{"rows": [{"code": "1"}, {"code": {"x": 1}}]}"#,
            r#"{"rows": [{"code": "1"}, {"unknown": 2}]}"#,
            r#"{"rows": [{"code": "1"}, {}]}"#,
            r#"{"rows": [{"code": "1"}, 2]}"#,
            r#"{"rows": [[1], {"code": 1}]}"#,
            r#"{"amount": [{"any": 1}]}"#,
        ] {
            let lines = drawn(data, Language::Vi);
            assert!(lines.iter().any(|line| line.ends_with(": rows")), "{data}: {lines:?}");
            assert!(lines.iter().any(|line| line.contains("Row(None, 1)")), "{data}: {lines:?}");
        }
    }

    #[test]
    fn what_the_schema_does_not_name_stands_last_under_its_own_name() {
        let lines = drawn(r#"{"zeta": 1, "amount": 5, "owner": {"x": {"y": null}, "name": "Lan"}}"#, Language::Vi);
        let owner = ["# Page(\"Chủ hộ\")", " Chủ hộ: group", "  Họ và tên: Lan", "  Unnamed: group", "   x: group", "    y: Null"];
        assert_eq!(lines, [owner.as_slice(), &["# OnNoPage", " Số vốn: 5", "# Unnamed", " zeta: 1"]].concat());
    }

    #[test]
    fn only_a_complete_description_is_a_file() {
        let digest = "0".repeat(64);
        let whole =
            format!(r#"{{"name": "a.pdf", "mediaType": "application/pdf", "size": 5, "sha256": "{digest}", "part": "att/01-a.pdf"}}"#);
        assert_eq!(drawn(&format!(r#"{{"files": [{whole}]}}"#), Language::Vi).last().unwrap(), " Giấy tờ: a.pdf");
        for (from, to) in [("\"part\"", "\"Part\""), ("5", "-5"), ("5", "\"5\""), ("00", "0"), ("{", "{\"more\": 1, ")] {
            let data = format!(r#"{{"files": [{}]}}"#, whole.replacen(from, to, 1));
            assert!(drawn(&data, Language::Vi).contains(&" Giấy tờ: rows".to_owned()), "{data}");
        }
    }

    #[test]
    fn data_that_is_no_object_and_data_without_content_are_laid_out() {
        for (data, line) in [("5", " Đơn: 5"), ("[]", " Đơn: Empty"), ("[1, \"\"]", " Đơn: 1 | Empty"), ("null", " Đơn: Null")] {
            assert_eq!(drawn(data, Language::Vi), ["# OnNoPage", line]);
        }
        assert!(drawn("{}", Language::Vi).is_empty());
        assert_eq!(drawn(r#"{"owner": {}, "files": []}"#, Language::Vi).len(), 4);
    }

    #[test]
    fn the_heading_holds_what_the_procedure_says() {
        let schema = Document::read(
            r#"{"title": "T", "x-procedure": {"code": "1.001612", "title": {"vi": "Đăng ký"}, "authority": {"vi": "Xã", "en": "Commune"},
                "legalBasis": ["Luật A", {"title": "Nghị định 1/2025", "reference": "1/2025"}, {"title": {"vi": "Luật B"}, "reference": "2/2025"}, 7]}}"#,
        )
        .unwrap();
        let heading = outline(schema.root(), schema.root(), Language::En).procedure;
        assert_eq!((heading.title, heading.code, heading.version, heading.authority), ("Đăng ký", "1.001612", "", "Commune"));
        assert_eq!(heading.legal_basis, ["Luật A", "Nghị định 1/2025", "Luật B (2/2025)"]);
    }

    fn count(entries: &[Entry<'_>]) -> usize {
        entries.iter().map(|entry| count_shown(&entry.shown)).sum()
    }

    fn count_shown(shown: &Shown<'_>) -> usize {
        match shown {
            Shown::Text(_) | Shown::Note(_) => 1,
            Shown::List(items) => items.len(),
            Shown::Group(entries) | Shown::Rows(entries) => count(entries),
            Shown::Table(table) => table.rows.iter().flatten().flatten().count(),
            Shown::Files(files) => files.len() * 5,
        }
    }

    /// Data that meets the schema's names often, in places where they are and are not expected.
    fn any_data() -> impl Strategy<Value = serde_json::Value> {
        let name =
            prop::sample::select(vec!["owner", "name", "phone", "birth", "rows", "code", "main", "kind", "files", "amount", "x", ""]);
        let leaf = prop_oneof![
            any::<bool>().prop_map(serde_json::Value::from),
            any::<i64>().prop_map(serde_json::Value::from),
            Just(serde_json::Value::Null),
            "[a ]{0,2}".prop_map(serde_json::Value::from),
        ];
        leaf.prop_recursive(5, 60, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
                prop::collection::btree_map(name.clone().prop_map(str::to_owned), inner, 0..6)
                    .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_stands_exactly_once(data in any_data()) {
            let (schema, data) = (Document::read(SCHEMA).unwrap(), Document::read(data.to_string()).unwrap());
            let outline = outline(schema.root(), data.root(), Language::Vi);
            let shown: usize = outline.sections.iter().map(|section| count(&section.entries)).sum();
            let whole_is_empty_object = data.root().kind() == Kind::Object && data.root().is_empty();
            let values = data.values().filter(|value| value.is_empty()).count() - usize::from(whole_is_empty_object);
            prop_assert_eq!(shown, values);
        }
    }
}

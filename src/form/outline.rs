//! The outline of a form: its pages, groups and fields with their labels and their values as people read them.
//!
//! Nothing of the data is left out and nothing stands twice: a value that a page names stands on that page, any other
//! after the pages, and what the schema does not name at all stands last, under the names it has in the JSON.

use crate::digest::Sha256;
use crate::json::{NodeId, Value};
use crate::report::Language;
use crate::schema::Codes;
use std::borrow::Cow;

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
    /// The name in the package, once it is sealed.
    pub part: Option<&'d str>,
}

/// Lays out data by its rule schema and the code lists that it uses. They may come from different documents; none has to be valid.
#[must_use]
pub fn outline<'d>(schema: Value<'d>, codes: Codes<'d>, data: Value<'d>, language: Language) -> Outline<'d> {
    super::layout::lay_out(schema, codes, data, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Document, Kind, canonical};
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
            "rows": {"title": "Ngành", "items": {"required": ["kind", "code", "x"], "properties": {"code": {"title": "Mã"}, "main": {"type": "boolean"}, "kind": {"oneOf": [
                {"const": "a", "title": "Loại A"}, {"const": 2, "x-label": {"vi": "Loại hai", "en": "Kind two"}}]}}}},
            "files": {"title": "Giấy tờ", "x-attachment": {}},
            "amount": {"title": "Số vốn"}
        }
    }"##;

    /// The outline as indented text, one line a label or value.
    fn drawn(data: &str, language: Language) -> Vec<String> {
        drawn_by(SCHEMA, data, language)
    }

    fn drawn_by(schema: &str, data: &str, language: Language) -> Vec<String> {
        let (schema, data) = (Document::read(schema).unwrap(), Document::read(data).unwrap());
        let outline = outline(schema.root(), Codes::default(), data.root(), language);
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
    fn rows_of_a_few_single_values_are_a_table_required_columns_first() {
        let lines = drawn(r#"{"rows": [{"kind": "a", "code": "1"}, {"kind": 2, "main": true, "code": ""}]}"#, Language::En);
        assert_eq!(
            lines.last().unwrap(),
            " Ngành: [Text(\"kind\"), Text(\"Mã\"), Text(\"main\")] [[\"Loại A\", \"1\", \"\"], [\"Kind two\", \"Empty\", \"Yes\"]]"
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
    fn what_a_database_answered_is_a_sentence() {
        let schema = r#"{"properties": {"check": {"title": "Danh tính", "x-lookup": true, "properties": {"asked": {"properties": {"id": {"title": "Số"}}}}}}}"#;
        let at = "2026-11-23T10:24:07+07:00";
        for (answer, vi, en) in [
            (r#"{"status": "unavailable"}"#.to_owned(), "Chưa tra cứu được", "No answer"),
            (r#"{"status": "mismatch", "source": "CSDL"}"#.to_owned(), "Không khớp với CSDL", "No match with CSDL"),
            (
                format!(r#"{{"status": "match", "source": "CSDL", "at": "{at}"}}"#),
                "Khớp với CSDL, lúc 10:24:07 ngày 23/11/2026",
                "A match with CSDL on 23 November 2026, 10:24:07",
            ),
        ] {
            let drawn = |language| drawn_by(schema, &format!(r#"{{"check": {answer}}}"#), language).pop().unwrap();
            assert_eq!(drawn(Language::Vi), format!(" Danh tính: {vi}"));
            assert_eq!(drawn(Language::En), format!(" Danh tính: {en}"));
        }
        // Nothing of it is left out.
        let whole = r#"{"check": {"status": "match", "asked": {"id": "1"}, "facts": {"n": 2}, "more": 3}}"#;
        assert_eq!(
            drawn_by(schema, whole, Language::Vi).split_off(1),
            [" Danh tính: group", "  Kết quả: Khớp", "  Đã hỏi: group", "   Số: 1", "  Trả lời: group", "   n: 2", "  more: 3"]
        );
        // What is no answer stands as it is.
        assert_eq!(drawn_by(schema, r#"{"check": {"status": "yes"}}"#, Language::Vi).split_off(1)[0], " Danh tính: group");
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
        let heading = outline(schema.root(), Codes::default(), schema.root(), Language::En).procedure;
        assert_eq!((heading.title, heading.code, heading.version, heading.authority), ("Đăng ký", "1.001612", "", "Commune"));
        assert_eq!(heading.legal_basis, ["Luật A", "Nghị định 1/2025", "Luật B (2/2025)"]);
    }

    #[test]
    fn canonical_schema_and_data_give_the_same_outline() {
        let canonical = |text: &str| canonical(Document::read(text).unwrap().root()).unwrap();
        for data in [
            r#"{"z": 1, "b": {"y": 1, "x": 2}, "amount": 5, "owner": {"u": 1, "name": "Lan", "c": 2, "more": {"b": 1, "a": 2}, "birth": "2000-01-02"}}"#,
            r#"{"rows": [{"main": true, "kind": 2, "code": "1"}, {"code": "2"}], "files": [{"size": 1, "name": "a"}]}"#,
            r#"[{"b": 1, "a": 2}]"#,
        ] {
            for language in Language::ALL {
                assert_eq!(drawn(data, language), drawn_by(&canonical(SCHEMA), &canonical(data), language), "{data}");
            }
        }
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
            let outline = outline(schema.root(), Codes::default(), data.root(), Language::Vi);
            let shown: usize = outline.sections.iter().map(|section| count(&section.entries)).sum();
            let whole_is_empty_object = data.root().kind() == Kind::Object && data.root().is_empty();
            let values = data.values().filter(|value| value.is_empty()).count() - usize::from(whole_is_empty_object);
            prop_assert_eq!(shown, values);
        }
    }
}

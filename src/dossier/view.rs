//! `view.html`, the reading copy: what `form.json` says, for a person to read and print.
//!
//! Made from the data, the rule schema and its code lists alone, so that anyone can make it again and compare the bytes. It needs nothing
//! from elsewhere and runs nothing: its content policy allows one style sheet, by its digest. Whatever a person typed is
//! escaped, isolated from the direction of the text around it, and shown even where it has no shape of its own.

mod words;

use crate::digest::Sha256;
use crate::form::outline::{Entry, File, Heading, Label, Note, Outline, Section, Shown, Table, Title, outline};
use crate::json::Value;
use crate::limits;
use crate::report::{Facts, Language, fill};
use crate::schema::{Codes, LimitError};
use crate::text::{Base64, Unsafe, code_point, decimal, hexadecimal, unsafe_text};
use words::{
    ABOUT, AUTHORITY, CODE, COPY, DIGEST, EMPTY, FORM, IN_PACKAGE, ITEM, LANGUAGE, LANGUAGE_NAME, LEGAL_BASIS, NO, NO_NAME, NOT_FORM_01,
    NOTHING, NULL, ON_NO_PAGE, UNNAMED, UNNAMED_NOTE, VERSION, Word, YES,
};

/// The version of the renderer. Any change of the bytes it makes is a new version.
pub const RENDERER: &str = "1";

const STYLE: &str = include_str!("view.css");

/// The reading copy of data by its rule schema and the code lists that it uses. The same input gives the same bytes.
///
/// # Errors
/// It is longer than [`limits::VIEW_BYTES`]: a label may stand again in every row.
pub fn view(schema: Value<'_>, codes: Codes<'_>, data: Value<'_>, language: Language) -> Result<String, LimitError> {
    render(&outline(schema, codes, data, language))
}

/// The reading copy of an outline.
///
/// # Errors
/// It is longer than [`limits::VIEW_BYTES`].
pub fn render(outline: &Outline<'_>) -> Result<String, LimitError> {
    let mut page = Html { out: String::new(), full: false, language: outline.language };
    page.head(&outline.procedure);
    page.procedure(&outline.procedure);
    for section in &outline.sections {
        page.section(section);
    }
    if outline.sections.is_empty() {
        page.raw("<section class=\"page\"><p class=\"note\">");
        page.word(&NOTHING);
        page.raw("</p></section>\n");
    }
    page.raw("</article>\n</body>\n</html>\n");
    if page.full { Err(LimitError::View) } else { Ok(page.out) }
}

struct Html {
    out: String,
    /// Something did not fit any more, and from then on nothing does.
    full: bool,
    language: Language,
}

impl Html {
    fn head(&mut self, procedure: &Heading<'_>) {
        let digest = Base64::Standard.encode(Sha256::of(STYLE.as_bytes()).bytes());
        self.raw("<!DOCTYPE html>\n<html lang=\"");
        self.raw(self.language.tag());
        self.raw("\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
        self.raw(&digest);
        self.raw("'; base-uri 'none'; form-action 'none'\">\n");
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        // A phone must not turn numbers into links: the copy shows what was signed and no more.
        self.raw("<meta name=\"format-detection\" content=\"telephone=no, date=no, address=no, email=no\">\n<title>");
        self.word(&COPY);
        if !procedure.title.is_empty() {
            self.raw(": ");
            self.attribute(procedure.title);
        }
        self.raw("</title>\n<style>");
        self.raw(STYLE);
        self.raw("</style>\n</head>\n<body>\n");
    }

    fn procedure(&mut self, procedure: &Heading<'_>) {
        self.raw("<header><h1>");
        self.word(&COPY);
        self.raw("</h1>\n<div class=\"about\"><p>");
        self.word(&ABOUT);
        self.raw("</p><p>");
        self.word(&NOT_FORM_01);
        self.raw("</p></div></header>\n<article class=\"sheet\">\n");
        if !procedure.title.is_empty() {
            self.raw("<h2>");
            self.text(procedure.title);
            self.raw("</h2>\n");
        }
        self.raw("<dl class=\"facts\">");
        for (name, text) in [(CODE, procedure.code), (VERSION, procedure.version), (AUTHORITY, procedure.authority)] {
            if !text.is_empty() {
                self.fact(&name, |page| page.text(text));
            }
        }
        if !procedure.legal_basis.is_empty() {
            self.fact(&LEGAL_BASIS, |page| page.list(&procedure.legal_basis, |page, basis| page.text(basis)));
        }
        self.fact(&LANGUAGE, |page| page.word(&LANGUAGE_NAME));
        self.raw("</dl>\n");
    }

    fn fact(&mut self, name: &Word, value: impl FnOnce(&mut Self)) {
        self.raw("<div class=\"field\"><dt>");
        self.word(name);
        self.raw("</dt><dd>");
        value(self);
        self.raw("</dd></div>");
    }

    fn section(&mut self, section: &Section<'_>) {
        self.raw("<section class=\"page\"><h3>");
        match section.title {
            Title::Page(title) => self.text(title),
            Title::Form => self.word(&FORM),
            Title::OnNoPage => self.word(&ON_NO_PAGE),
            Title::Unnamed => self.word(&UNNAMED),
        }
        self.raw("</h3>\n");
        if section.title == Title::Unnamed {
            self.raw("<p class=\"note\">");
            self.word(&UNNAMED_NOTE);
            self.raw("</p>\n");
        }
        match section.entries.as_slice() {
            // A page about one thing, whose title names it already.
            [Entry { label: Label::Text(label), shown, .. }] if section.title == Title::Page(label) && is_large(shown) => {
                self.value(shown, 3)
            }
            entries => self.entries(entries, 4),
        }
        self.raw("</section>\n");
    }

    /// Entries of one value beside their labels; larger ones under a heading.
    fn entries(&mut self, entries: &[Entry<'_>], level: usize) {
        let large = |entry: &Entry<'_>| is_large(&entry.shown);
        for run in entries.chunk_by(|left, right| large(left) == large(right)) {
            if run.first().is_some_and(large) {
                run.iter().for_each(|entry| self.group(entry, level));
                continue;
            }
            self.raw("<dl>");
            for entry in run {
                self.raw("<div class=\"field\"><dt>");
                self.label(&entry.label);
                self.raw("</dt><dd>");
                self.value(&entry.shown, level);
                self.raw("</dd></div>\n");
            }
            self.raw("</dl>\n");
        }
    }

    fn group(&mut self, entry: &Entry<'_>, level: usize) {
        // HTML has six levels of headings.
        let heading = "h".to_owned() + &decimal(level.min(6) as u64);
        self.raw("<section class=\"group\"><");
        self.raw(&heading);
        self.raw(">");
        self.label(&entry.label);
        self.raw("</");
        self.raw(&heading);
        self.raw(">\n");
        self.value(&entry.shown, level);
        self.raw("</section>\n");
    }

    fn value(&mut self, shown: &Shown<'_>, level: usize) {
        match shown {
            Shown::Text(text) => self.text(text),
            Shown::Note(note) => self.note(*note),
            Shown::List(items) => self.list(items, |page, item| page.value(item, level)),
            Shown::Group(entries) => self.entries(entries, level + 1),
            Shown::Rows(entries) => {
                self.raw("<div class=\"rows\">");
                self.entries(entries, level + 1);
                self.raw("</div>\n");
            }
            Shown::Table(table) => self.table(table, level),
            Shown::Files(files) => files.iter().for_each(|file| self.file(file)),
        }
    }

    fn list<T>(&mut self, items: &[T], mut item: impl FnMut(&mut Self, &T)) {
        self.raw("<ul>");
        for each in items {
            self.raw("<li>");
            item(self, each);
            self.raw("</li>");
        }
        self.raw("</ul>");
    }

    /// The roles are written out: a table laid out as cards loses its own in some browsers.
    fn table(&mut self, table: &Table<'_>, level: usize) {
        self.raw("<table role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">");
        for column in &table.columns {
            self.raw("<th role=\"columnheader\" scope=\"col\">");
            self.label(column);
            self.raw("</th>");
        }
        self.raw("</tr></thead>\n<tbody role=\"rowgroup\">");
        for row in &table.rows {
            self.raw("<tr role=\"row\">");
            for (column, cell) in table.columns.iter().zip(row) {
                self.raw("<td role=\"cell\" data-label=\"");
                self.label_attribute(column);
                self.raw("\">");
                if let Some(shown) = cell {
                    self.value(shown, level);
                }
                self.raw("</td>");
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody></table>\n");
    }

    fn file(&mut self, file: &File<'_>) {
        self.raw("<div class=\"file\">");
        self.text(file.name);
        self.raw("<p>");
        self.text(match file.media_type {
            "application/pdf" => "PDF",
            "image/jpeg" => "JPG",
            "image/png" => "PNG",
            other => other,
        });
        let size = Facts::none().with("size", file.size);
        self.raw(&fill(", {size|bytes}", &size, "", self.language));
        if file.size >= 1_000 {
            self.raw(" (");
            self.raw(&file.bytes);
            self.raw(" byte)");
        }
        self.raw("</p><p>");
        if let Some(part) = file.part {
            self.word(&IN_PACKAGE);
            self.raw(" ");
            self.text(part);
            self.raw("</p><p>");
        }
        self.word(&DIGEST);
        self.raw("</p>");
        self.digest(&file.sha256);
        self.raw("</div>");
    }

    /// Sixteen groups of four digits; the first two and the last two, which people compare, are bold.
    fn digest(&mut self, digest: &Sha256) {
        self.raw("<div class=\"digest\">");
        for (at, pair) in digest.bytes().chunks(2).enumerate() {
            let (start, end) = if (2..14).contains(&at) { ("<span>", "</span> ") } else { ("<b>", "</b> ") };
            self.raw(start);
            self.raw(&hexadecimal(pair));
            self.raw(end);
        }
        self.raw("</div>");
    }

    fn label(&mut self, label: &Label<'_>) {
        match label {
            Label::Text("") => self.plain(&NO_NAME),
            Label::Text(text) => self.text(text),
            Label::Row(None, at) => {
                self.word(&ITEM);
                self.number(*at);
            }
            Label::Row(Some(kind), at) => {
                self.text(kind);
                self.number(*at);
            }
            Label::Unnamed => self.word(&UNNAMED),
        }
    }

    fn number(&mut self, number: usize) {
        self.raw(" ");
        self.raw(&decimal(number as u64));
    }

    fn label_attribute(&mut self, label: &Label<'_>) {
        if let Label::Text(text) = label {
            self.attribute(text);
        }
    }

    fn note(&mut self, note: Note) {
        match note {
            Note::Yes => self.word(&YES),
            Note::No => self.word(&NO),
            Note::Null => self.plain(&NULL),
            Note::Empty => self.plain(&EMPTY),
        }
    }

    fn plain(&mut self, word: &Word) {
        self.raw("<span class=\"plain\">");
        self.word(word);
        self.raw("</span>");
    }

    fn word(&mut self, word: &Word) {
        self.raw(if self.language == Language::Vi { word.0 } else { word.1 });
    }

    /// Text from the data or the schema, isolated (UAX #9) so that its direction ends with it.
    fn text(&mut self, text: &str) {
        self.raw("<bdi>");
        self.visible(text, "<span class=\"mark\">", "</span>");
        self.raw("</bdi>");
    }

    /// The same where no element may stand.
    fn attribute(&mut self, text: &str) {
        self.visible(text, "[", "]");
    }

    /// Escapes, and writes what has no shape of its own as its code point.
    fn visible(&mut self, text: &str, before: &str, after: &str) {
        let blank = text.chars().all(char::is_whitespace);
        let clean = !blank && unsafe_text(text).is_none_or(|reason| reason == Unsafe::NotNfc);
        for letter in text.chars() {
            match letter {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\'' => self.raw("&#39;"),
                _ if !clean && (blank || has_no_shape(letter)) => {
                    self.raw(before);
                    self.raw(&code_point(letter));
                    self.raw(after);
                }
                _ => self.raw(letter.encode_utf8(&mut [0; 4])),
            }
        }
    }

    fn raw(&mut self, html: &str) {
        self.full |= self.out.len() + html.len() > limits::VIEW_BYTES;
        if !self.full {
            self.out.push_str(html);
        }
    }
}

/// Whether a value stands under a heading rather than beside its label.
const fn is_large(shown: &Shown<'_>) -> bool {
    matches!(shown, Shown::Group(_) | Shown::Rows(_) | Shown::Table(_))
}

fn has_no_shape(letter: char) -> bool {
    unsafe_text(letter.encode_utf8(&mut [0; 4])).is_some_and(|reason| reason != Unsafe::NotNfc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;
    use proptest::prelude::*;

    const SCHEMA: &str = r#"{
        "x-procedure": {"code": "1.000001", "version": "2.0", "title": {"vi": "Đăng ký", "en": "Registration"},
            "authority": {"vi": "Xã", "en": "Commune"}, "legalBasis": ["Act 1"]},
        "x-pages": [{"id": "p", "title": {"vi": "Trang", "en": "Page"}, "fields": ["/rows", "/name", "/person", "/list"]}],
        "properties": {
            "name": {"x-label": {"vi": "Tên", "en": "Name"}}, "person": {"properties": {"born": {"format": "date"}}},
            "rows": {"items": {"properties": {"a": {"title": "A\u202e\"<b>"}, "b": {"type": "boolean"}}}},
            "list": {}, "files": {"x-attachment": {}}, "rest": {}
        }
    }"#;

    fn copy(data: &str, language: Language) -> String {
        let (schema, data) = (Document::read(SCHEMA).unwrap(), Document::read(data).unwrap());
        view(schema.root(), Codes::default(), data.root(), language).unwrap()
    }

    /// What a person reads below the heading of the sheet.
    fn read(html: &str) -> String {
        let content = html.split_once("</style>").unwrap().1;
        let text: String =
            content.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text)).collect::<Vec<_>>().join("\u{1}");
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
    }

    /// Every tag closes in its turn, and every attribute is quoted.
    fn well_formed(html: &str) -> Result<(), String> {
        let mut open = Vec::new();
        let body = html.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?.replace(STYLE, "");
        for piece in body.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').ok_or(format!("open tag: {piece}"))?;
            if text.contains('>') || tag.matches('"').count() % 2 != 0 {
                return Err(format!("stray mark: {piece}"));
            }
            let name = tag.split(' ').next().unwrap_or_default();
            match name.strip_prefix('/') {
                Some(closed) if open.pop() != Some(closed.to_owned()) => return Err(format!("{closed} closes another tag")),
                None if name != "meta" => open.push(name.to_owned()),
                _ => {}
            }
        }
        if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
    }

    #[test]
    fn markup_that_a_person_typed_is_only_text() {
        let typed = r#"</bdi><script>alert('1')</script><img src=x onerror="x">&lt;"#;
        let quoted = serde_json::to_string(typed).unwrap();
        let html = copy(
            &format!("{{\"name\": {quoted}, {quoted}: {{{quoted}: [{quoted}]}}, \"rows\": [{{\"a\": {quoted}}}], \"list\": [{quoted}]}}"),
            Language::Vi,
        );
        well_formed(&html).unwrap();
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("onerror=\""));
        assert_eq!(read(&html).matches(typed).count(), 6);
    }

    #[test]
    fn what_hides_or_reorders_text_is_seen() {
        for (letter, shown) in
            [("\\u202e", "U+202E"), ("\\u2066", "U+2066"), ("\\u200b", "U+200B"), ("\\u0000", "U+0000"), ("\\r", "U+000D")]
        {
            let html = copy(&format!(r#"{{"name": "a{letter}b", "x{letter}": "y"}}"#), Language::Vi);
            assert_eq!(html.matches(&format!("<span class=\"mark\">{shown}</span>")).count(), 2, "{shown}");
            assert!(html.chars().all(|letter| letter == '\n' || !has_no_shape(letter)), "{shown}");
        }
        // In the label of a column, which stands in an attribute too.
        assert!(copy(r#"{"rows": [{"a": 1}]}"#, Language::Vi).contains("data-label=\"A[U+202E]&quot;&lt;b&gt;\""));
        assert!(copy(r#"{"name": "  "}"#, Language::Vi).contains("U+0020</span><span class=\"mark\">U+0020"));
    }

    #[test]
    fn letters_and_line_feeds_stand_as_they_are() {
        let html = copy(r#"{"name": "Nguyễn Thị Hường\nsố 12"}"#, Language::Vi);
        assert!(html.contains("<bdi>Nguyễn Thị Hường\nsố 12</bdi>") && !html.contains("class=\"mark\""));
    }

    #[test]
    fn the_content_policy_allows_this_style_sheet_and_nothing_else() {
        let html = copy("{}", Language::Vi);
        let style = html.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).unwrap().0;
        let digest = Base64::Standard.encode(Sha256::of(style.as_bytes()).bytes());
        assert!(
            html.contains(&format!("content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\""))
        );
        for outside in ["url(", "@import", "src=", "href=", "style=\"", "<script"] {
            assert!(!html.contains(outside), "{outside}");
        }
        assert!(!STYLE.contains(['\r', '<']), "a browser would read other bytes than were digested");
    }

    #[test]
    fn attachments_are_shown_with_name_size_and_digest() {
        let digest = Sha256::of(b"abc").to_string();
        let data = format!(
            r#"{{"files": [{{"name": "Giấy tờ.pdf", "mediaType": "application/pdf", "size": 1102345, "sha256": "{digest}", "part": "att/01-giay-to.pdf"}}]}}"#
        );
        let html = copy(&data, Language::Vi);
        let text = read(&html);
        for shown in ["Giấy tờ.pdf", "PDF", "1,1 MB (1.102.345 byte)", "att/01-giay-to.pdf"] {
            assert!(text.contains(shown), "{shown}");
        }
        let groups: String =
            text.split_once("Mã đối chiếu").unwrap().1.chars().filter(|letter| !matches!(letter, ' ' | '\u{1}' | '\n')).collect();
        assert!(groups.starts_with(&format!("(SHA-256){digest}")), "{groups}");
        assert_eq!(html.matches("<b>").count(), 4);
        assert!(read(&copy(&data, Language::En)).contains("1.1 MB (1,102,345 byte)"));
    }

    #[test]
    fn both_languages_are_complete() {
        let digest = "0".repeat(64);
        let data = format!(
            r#"{{"name": null, "person": {{"born": "2000-01-02", "": ""}}, "rows": [{{"b": true}}, {{"b": false}}], "list": [[1], [2]], "rest": [],
                "other": 1, "files": [{{"name": "a", "mediaType": "image/png", "size": 10, "sha256": "{digest}", "part": "att/01"}}]}}"#
        );
        let (vi, en) = (read(&copy(&data, Language::Vi)), read(&copy(&data, Language::En)));
        for word in [
            COPY,
            ABOUT,
            NOT_FORM_01,
            CODE,
            VERSION,
            AUTHORITY,
            LEGAL_BASIS,
            LANGUAGE,
            LANGUAGE_NAME,
            ON_NO_PAGE,
            UNNAMED,
            UNNAMED_NOTE,
            NO_NAME,
            ITEM,
            YES,
            NO,
            EMPTY,
            NULL,
            IN_PACKAGE,
            DIGEST,
        ] {
            assert!(vi.contains(word.0), "{}", word.0);
            assert!(en.contains(word.1), "{}", word.1);
        }
        assert!(en.is_ascii(), "the schema speaks English, so nothing in another language is left");
        assert!(vi.contains("2/1/2000") && en.contains("2 January 2000"));
    }

    #[test]
    fn a_form_that_holds_nothing_says_so() {
        for schema in [SCHEMA, "{}", "true", "[]", "null"] {
            let (schema, data) = (Document::read(schema).unwrap(), Document::read("{}").unwrap());
            let html = view(schema.root(), Codes::default(), data.root(), Language::Vi).unwrap();
            well_formed(&html).unwrap();
            assert!(html.contains(NOTHING.0));
        }
    }

    #[test]
    fn the_deepest_data_and_a_schema_without_end_make_a_copy() {
        let schema = Document::read(
            r##"{"$ref": "#/$defs/x", "$defs": {"x": {"title": "Tầng", "properties": {"a": {"$ref": "#"}}, "items": {"$ref": "#/$defs/x"}, "allOf": [{"$ref": "#"}]}}}"##,
        )
        .unwrap();
        for (open, close) in [(r#"{"a": "#, "}"), ("[", "]"), (r#"[{"a": 1}, "#, "]"), (r#"{"z": "#, "}")] {
            let data = Document::read(format!("{}5{}", open.repeat(60), close.repeat(60))).unwrap();
            let html = view(schema.root(), Codes::default(), data.root(), Language::Vi).unwrap();
            well_formed(&html).unwrap();
            assert!(html.contains("<bdi>5</bdi>"), "{open}");
        }
    }

    #[test]
    fn a_copy_that_labels_would_make_too_long_is_refused() {
        let label = "a".repeat(limits::LABEL_BYTES);
        let schema = format!(
            r#"{{"properties": {{"rows": {{"items": {{"properties": {{"a": {{"properties": {{"b": {{"title": "{label}"}}}}}}}}}}}}}}}}"#
        );
        let rows = |count| format!(r#"{{"rows": [{}]}}"#, vec![r#"{"a": {"b": 1}}"#; count].join(","));
        let schema = Document::read(schema).unwrap();
        let length =
            |count| view(schema.root(), Codes::default(), Document::read(rows(count)).unwrap().root(), Language::Vi).map(|html| html.len());
        let few = length(100).unwrap();
        assert!(few > 100 * limits::LABEL_BYTES && few < limits::VIEW_BYTES, "{few}");
        assert_eq!(length(limits::VIEW_BYTES / limits::LABEL_BYTES), Err(LimitError::View));
    }

    #[test]
    fn a_schema_of_many_branches_ends_soon() {
        let branches = r##"{"$ref": "#/$defs/all"}"##;
        let all =
            format!("[{}]", vec![r##"{"properties": {"a": {"$ref": "#/$defs/all"}}, "items": {"$ref": "#/$defs/all"}}"##; 2_000].join(","));
        let schema = Document::read(format!(r#"{{"allOf": [{branches}, {branches}], "$defs": {{"all": {{"anyOf": {all}}}}}}}"#)).unwrap();
        let data = Document::read(format!("[{}]", vec![r#"{"a": {"a": [{"a": {"a": 7}}]}}"#; 2_000].join(","))).unwrap();
        assert_eq!(view(schema.root(), Codes::default(), data.root(), Language::Vi).unwrap().matches("<bdi>7</bdi>").count(), 2_000);
    }

    proptest! {
        #[test]
        fn any_text_makes_a_well_formed_copy_twice_the_same(name in any::<String>(), text in any::<String>()) {
            let (name, text) = (name.as_str(), text.as_str());
            let data = serde_json::json!({"name": text, "rows": [{"a": text}, {"a": name}], "list": [text], name: {text: [[text], name]}}).to_string();
            let html = copy(&data, Language::En);
            prop_assert_eq!(well_formed(&html), Ok(()));
            prop_assert_eq!(html, copy(&data, Language::En));
        }
    }
}

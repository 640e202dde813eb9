//! Formats: a text has one or not, whichever pass is asked; what is offered as its canonical form is one.

use hoso::json::Document;
use hoso::report::{Issue, Language, Level};
use hoso::schema::{Options, Schema, normalized};
use hoso::text::Moment;
use std::sync::OnceLock;

/// Any text, judged by every format.
pub fn holds(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    for (format, schema) in schemas() {
        let issues = issues(schema, &text);
        let Some(canonical) = normalized(format, &text) else { continue };
        assert_ne!(canonical, text, "{format}: written so already");
        assert_eq!(normalized(format, &canonical), None, "{format}: {canonical:?} has another canonical form");
        // A doubt about what is meant stays; one about how it is written does not. Of a name's doubts only the first is told.
        for issue in self::issues(schema, &canonical) {
            let told = *format == "vn-name" || issues.iter().any(|before| before.code == issue.code);
            assert!(
                told && issue.level != Level::Error && issue.code != "format.spelling",
                "{format}: {canonical:?} is offered and then judged {}",
                issue.code
            );
        }
    }
}

fn issues(schema: &Schema, text: &str) -> Vec<Issue> {
    let document = Document::read(serde_json::to_string(text).unwrap()).expect("a string is read");
    let valid = schema.is_valid(&document, hoso::text::Moment::EPOCH).expect("a format is cheap");
    let report = schema.validate(&document, Moment::parse("2026-11-24T09:00:00+07:00").unwrap(), Language::Vi).unwrap();
    let errors = report.issues.iter().filter(|issue| issue.level == Level::Error).count();
    assert_eq!((report.valid, errors == 0), (valid, valid), "{text:?}: {report:?}");
    assert!(report.issues.iter().all(|issue| !issue.message.is_empty()));
    report.issues
}

/// Each format with a schema that asks for it.
fn schemas() -> &'static [(&'static str, Schema)] {
    static SCHEMAS: OnceLock<Vec<(&str, Schema)>> = OnceLock::new();
    SCHEMAS.get_or_init(|| {
        let listed = include_str!("../../src/schema/formats/mod.rs").split("Format { name: \"").skip(1);
        let names: Vec<_> = listed.filter_map(|rest| rest.split_once('"')).map(|(name, _)| name).collect();
        assert!(names.len() > 30, "{names:?}");
        let options = Options { assert_formats: true, ..Options::default() };
        let schema = |name| Schema::compile(format!("{{\"format\": \"{name}\"}}"), &options).expect("a known format");
        names.into_iter().map(|name| (name, schema(name))).collect()
    })
}

//! The real procedures of `forms/`: what is valid passes, each invalid example gives exactly the expected issues.

#![allow(clippy::unwrap_used, reason = "an example that cannot be read has failed")]

use hoso::json::{Document, Value};
use hoso::report::{Language, Report};
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use std::fs;
use std::path::{Path, PathBuf};

fn root(place: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("forms").join(place)
}

fn compile(place: &str) -> Schema {
    Schema::compile(fs::read(root(place)).unwrap(), &Options::default()).unwrap()
}

fn household() -> Schema {
    compile("1.001612-ho-kinh-doanh/schema.json")
}

fn read(path: &Path) -> Document {
    Document::read(fs::read(path).unwrap()).unwrap()
}

fn judge(schema: &Schema, data: &Document, language: Language) -> Report {
    schema.validate(data, Moment::parse("2026-11-24T09:00:00+07:00").unwrap(), language).unwrap()
}

/// The documents of a folder, without what is expected of them.
fn examples(place: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(root(place)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|kind| kind == "json") && !path.to_string_lossy().ends_with(".expected.json"));
    files.sort();
    files
}

#[test]
fn valid_examples_are_valid() {
    let schema = household();
    let files = examples("1.001612-ho-kinh-doanh/examples/valid");
    assert!(files.len() >= 3);
    for file in files {
        let report = judge(&schema, &read(&file), Language::Vi);
        assert!(report.valid && report.issues.is_empty(), "{}: {report:#?}", file.display());
    }
}

#[test]
fn invalid_examples_give_exactly_the_expected_issues() {
    let schema = household();
    let files = examples("1.001612-ho-kinh-doanh/examples/invalid");
    assert!(files.len() >= 12);
    for file in files {
        let expected = read(&file.with_extension("expected.json"));
        let text = |issue: Value<'_>, name| issue.member(name).and_then(Value::as_str).unwrap().to_owned();
        let expected: Vec<_> = expected.root().items().map(|issue| (text(issue, "path"), text(issue, "code"))).collect();
        for language in Language::ALL {
            let report = judge(&schema, &read(&file), language);
            let found: Vec<_> = report.issues.iter().map(|issue| (issue.path.to_string(), issue.code.to_owned())).collect();
            assert_eq!(found, expected, "{}", file.display());
            assert!(!report.valid);
            for issue in &report.issues {
                println!("{:<45} {}", issue.path.as_str(), issue.message);
                assert!(!issue.message.contains(['{', '}']) && issue.message != issue.code, "{issue:?}");
            }
        }
    }
}

/// facts on wording: nobody who fills in a form should read these (users checklist, E12).
#[test]
fn sentences_have_no_jargon() {
    const BANNED: [&str; 14] = [
        "vui lòng",
        "xin lỗi",
        "bắt buộc",
        "không hợp lệ",
        "please",
        "sorry",
        "invalid",
        "required",
        "schema",
        "json",
        "null",
        "string",
        "regex",
        "array",
    ];
    let schema = household();
    for file in examples("1.001612-ho-kinh-doanh/examples/invalid") {
        for language in Language::ALL {
            for issue in judge(&schema, &read(&file), language).issues {
                let sentence = issue.message.to_lowercase();
                assert!(!BANNED.iter().any(|word| sentence.contains(word)), "{sentence}");
                assert!(!sentence.ends_with('.') && sentence.len() < 240, "{sentence}");
            }
        }
    }
}

#[test]
fn reports_hold_against_the_published_schema() {
    let published = compile("meta/report.schema.json");
    let schema = household();
    let all = ["1.001612-ho-kinh-doanh/examples/valid", "1.001612-ho-kinh-doanh/examples/invalid"].into_iter().flat_map(examples);
    for file in all {
        let report = serde_json::to_string(&judge(&schema, &read(&file), Language::En)).unwrap();
        let verdict = judge(&published, &Document::read(report).unwrap(), Language::En);
        assert!(verdict.valid, "{}: {verdict:#?}", file.display());
    }
}

#[test]
fn the_canonical_schema_gives_the_same_reports() {
    let schema = household();
    let again = Schema::compile(schema.canonical(), &Options::default()).unwrap();
    assert_eq!(again.id(), schema.id());
    for file in examples("1.001612-ho-kinh-doanh/examples/invalid") {
        let data = read(&file);
        assert_eq!(judge(&again, &data, Language::Vi), judge(&schema, &data, Language::Vi), "{}", file.display());
    }
}

//! The real procedures of `forms/`: what is valid passes, each invalid example gives exactly the expected issues.

#![allow(clippy::unwrap_used, reason = "an example that cannot be read has failed")]

#[path = "support/household.rs"]
mod household;

use hoso::json::{Document, Value};
use hoso::report::{Language, Report};
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use hoso::wire;
use household::{Example, INVALID, VALID};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn household() -> Schema {
    Schema::compile(household::SCHEMA, &Options::default()).unwrap()
}

fn judge(schema: &Schema, data: &str, language: Language) -> Report {
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    schema.validate(&Document::read(data).unwrap(), now, language).unwrap()
}

#[test]
fn valid_examples_are_valid() {
    let schema = household();
    for Example { name, data, .. } in VALID {
        let report = judge(&schema, data, Language::Vi);
        assert!(report.valid && report.issues.is_empty(), "{name}: {report:#?}");
    }
}

#[test]
fn invalid_examples_give_exactly_the_expected_issues() {
    let schema = household();
    for Example { name, data, expected } in INVALID {
        let expected = Document::read(*expected).unwrap();
        let text = |issue: Value<'_>, name| issue.member(name).and_then(Value::as_str).unwrap().to_owned();
        let expected: Vec<_> = expected.root().items().map(|issue| (text(issue, "path"), text(issue, "code"))).collect();
        for language in Language::ALL {
            let report = judge(&schema, data, language);
            let found: Vec<_> = report.issues.iter().map(|issue| (issue.path.to_string(), issue.code.to_owned())).collect();
            assert_eq!(found, expected, "{name}");
            assert!(!report.valid);
            for issue in &report.issues {
                println!("{:<45} {}", issue.path.as_str(), issue.message);
                assert!(!issue.message.contains(['{', '}']) && issue.message != issue.code, "{issue:?}");
            }
        }
    }
}

/// A file that stands in the folder only would be judged by nobody.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_example_is_judged() {
    for (kind, examples) in [("valid", VALID), ("invalid", INVALID)] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/forms/1.001612-ho-kinh-doanh/examples");
        let files = std::fs::read_dir(format!("{folder}/{kind}")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = files.filter(|file| !file.ends_with(".expected.json")).collect();
        names.sort();
        let judged: Vec<_> = examples.iter().map(|example| format!("{}.json", example.name)).collect();
        assert_eq!(names, judged, "tests/support/household.rs lists the examples");
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
    for example in INVALID {
        for language in Language::ALL {
            for issue in judge(&schema, example.data, language).issues {
                let sentence = issue.message.to_lowercase();
                assert!(!BANNED.iter().any(|word| sentence.contains(word)), "{sentence}");
                assert!(!sentence.ends_with('.') && sentence.len() < 240, "{sentence}");
            }
        }
    }
}

#[test]
fn reports_hold_against_the_published_schema() {
    let published = Schema::compile(include_str!("../forms/meta/report.schema.json"), &Options::default()).unwrap();
    let schema = household();
    for Example { name, data, .. } in VALID.iter().chain(INVALID) {
        let report = wire::line(&judge(&schema, data, Language::En));
        let verdict = judge(&published, &report, Language::En);
        assert!(verdict.valid, "{name}: {verdict:#?}");
    }
}

#[test]
fn the_canonical_schema_gives_the_same_reports() {
    let schema = household();
    let again = Schema::compile(schema.canonical(), &Options::default()).unwrap();
    assert_eq!(again.id(), schema.id());
    for Example { name, data, .. } in INVALID {
        assert_eq!(judge(&again, data, Language::Vi), judge(&schema, data, Language::Vi), "{name}");
    }
}

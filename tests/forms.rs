//! The real procedures of `forms/`: what is valid passes, each invalid example gives exactly the expected issues.

#![allow(clippy::unwrap_used, reason = "an example that cannot be read has failed")]

#[path = "support/real_forms.rs"]
mod real_forms;

#[cfg(not(target_arch = "wasm32"))]
use hoso::digest::Sha256;
use hoso::json::{Document, Pointer, Value, canonical};
use hoso::report::{Language, Level, Report};
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use hoso::wire;
use real_forms::{Example, REAL_FORMS, RealForm};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn compiled(form: &RealForm) -> Schema {
    Schema::compile(form.schema, &Options { strict: true, ..Options::default() }).unwrap()
}

fn judge(schema: &Schema, data: &str, language: Language) -> Report {
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    schema.validate(&Document::read(data).unwrap(), now, language).unwrap()
}

#[test]
fn nothing_in_the_rules_is_odd() {
    for form in &REAL_FORMS {
        let found = compiled(form).lint();
        assert!(found.is_empty(), "{}: {found:#?}", form.folder);
    }
}

#[test]
fn valid_examples_are_valid() {
    for form in &REAL_FORMS {
        let schema = compiled(form);
        for Example { name, data, .. } in form.valid {
            let report = judge(&schema, data, Language::Vi);
            assert!(report.valid && report.issues.is_empty(), "{} {name}: {report:#?}", form.folder);
        }
    }
}

#[test]
fn a_list_for_tools_says_all_that_the_report_says() {
    for form in &REAL_FORMS {
        let schema = compiled(form);
        for Example { name, data, .. } in form.valid.iter().chain(form.invalid) {
            let report = judge(&schema, data, Language::En);
            let list = schema.list(&Document::read(*data).unwrap(), Moment::EPOCH, Language::En).unwrap();
            assert_eq!((list.valid, list.details.is_empty()), (report.valid, report.valid), "{} {name}", form.folder);
            let said = |keyword: &str, message: &str| {
                list.details.iter().flat_map(|unit| &unit.errors).any(|(known, told)| *known == keyword && told.contains(message))
            };
            for issue in report.issues.iter().filter(|issue| issue.level == Level::Error) {
                assert!(said(issue.keyword, &issue.message), "{} {name}: {} {}", form.folder, issue.path, issue.message);
            }
        }
    }
}

#[test]
fn invalid_examples_give_exactly_the_expected_issues() {
    let text = |issue: Value<'_>, name| issue.member(name).and_then(Value::as_str).unwrap().to_owned();
    for form in &REAL_FORMS {
        let schema = compiled(form);
        for Example { name, data, expected } in form.invalid {
            let expected = Document::read(*expected).unwrap();
            let expected: Vec<_> = expected.root().items().map(|issue| (text(issue, "path"), text(issue, "code"))).collect();
            for language in Language::ALL {
                let report = judge(&schema, data, language);
                let found: Vec<_> = report.issues.iter().map(|issue| (issue.path.to_string(), issue.code.to_owned())).collect();
                assert_eq!(found, expected, "{} {name}", form.folder);
                assert!(!report.valid);
                for issue in &report.issues {
                    println!("{:<45} {}", issue.path.as_str(), issue.message);
                    assert!(!issue.message.contains(['{', '}']) && issue.message != issue.code, "{issue:?}");
                }
            }
        }
    }
}

/// A file that stands in the folder only would be judged by nobody.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_example_is_judged() {
    for form in &REAL_FORMS {
        for (kind, examples) in [("valid", form.valid), ("invalid", form.invalid)] {
            let folder = format!("{}/forms/{}/examples/{kind}", env!("CARGO_MANIFEST_DIR"), form.folder);
            let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let mut names: Vec<_> = files.filter(|file| !file.ends_with(".expected.json")).collect();
            names.sort();
            let judged: Vec<_> = examples.iter().map(|example| format!("{}.json", example.name)).collect();
            assert_eq!(names, judged, "tests/support/real_forms.rs lists the examples of {}", form.folder);
        }
    }
}

/// What is attached in a valid example is the file in the folder, to the byte.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn attachments_of_valid_examples_are_the_files_of_the_folder() {
    for form in &REAL_FORMS {
        let folder = format!("{}/forms/{}/examples/files", env!("CARGO_MANIFEST_DIR"), form.folder);
        let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        let mut kept: Vec<_> = files.map(|bytes| (Sha256::of(&bytes).hex(), bytes.len().to_string())).collect();
        let mut attached = Vec::new();
        for example in form.valid {
            let data = Document::read(example.data).unwrap();
            for (_, files) in data.root().member("attachments").unwrap().members() {
                attached.extend(files.items().map(|file| {
                    let digest = file.member("sha256").and_then(Value::as_str).unwrap();
                    let size = file.member("size").and_then(Value::as_number).unwrap();
                    (digest.to_owned(), size.text().to_owned())
                }));
            }
        }
        kept.sort();
        attached.sort();
        assert_eq!(attached, kept, "{}", form.folder);
    }
}

/// The provinces, and the communes of Hải Phòng, are the same in every form.
#[test]
fn forms_agree_on_administrative_units() {
    for place in ["/$defs/address/properties/province/oneOf", "/$defs/haiPhongCommune/oneOf"] {
        let place = Pointer::parse(place).unwrap();
        let lists = REAL_FORMS.each_ref().map(|form| {
            let schema = Document::read(form.schema).unwrap();
            canonical(place.find(schema.root()).unwrap()).unwrap()
        });
        assert!(lists.windows(2).all(|pair| pair[0] == pair[1]), "{place}");
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
    for form in &REAL_FORMS {
        let schema = compiled(form);
        for (example, language) in form.invalid.iter().flat_map(|example| Language::ALL.map(|language| (example, language))) {
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
    for form in &REAL_FORMS {
        let schema = compiled(form);
        for Example { name, data, .. } in form.valid.iter().chain(form.invalid) {
            let report = wire::line(&judge(&schema, data, Language::En));
            let verdict = judge(&published, &report, Language::En);
            assert!(verdict.valid, "{} {name}: {verdict:#?}", form.folder);
        }
    }
}

#[test]
fn the_canonical_schema_gives_the_same_reports() {
    for form in &REAL_FORMS {
        let schema = compiled(form);
        let again = Schema::compile(schema.canonical(), &Options::default()).unwrap();
        assert_eq!(again.id(), schema.id());
        for Example { name, data, .. } in form.invalid {
            assert_eq!(judge(&again, data, Language::Vi), judge(&schema, data, Language::Vi), "{} {name}", form.folder);
        }
    }
}

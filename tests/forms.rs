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
    compiled_from(form.schema, form)
}

fn compiled_from(schema: &str, form: &RealForm) -> Schema {
    let lists = Document::read(form.lists).unwrap();
    Schema::compile(schema, &Options { strict: true, code_lists: Some(&lists), ..Options::default() }).unwrap()
}

/// Every example of a form.
fn examples(form: &RealForm) -> impl Iterator<Item = &'static Example> {
    form.valid.iter().chain(form.doubtful).chain(form.invalid)
}

fn judge(schema: &Schema, data: &str, language: Language) -> Report {
    schema.validate(&Document::read(data).unwrap(), now(), language).unwrap()
}

fn now() -> Moment {
    Moment::parse("2026-11-24T09:00:00+07:00").unwrap()
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
        for Example { name, data, .. } in examples(form) {
            let report = judge(&schema, data, Language::En);
            let list = schema.list(&Document::read(*data).unwrap(), now(), Language::En).unwrap();
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
    for form in &REAL_FORMS {
        println!("{}", as_expected(form, form.invalid, false));
    }
}

#[test]
fn doubtful_examples_are_valid_and_give_exactly_the_expected_issues() {
    for form in &REAL_FORMS {
        println!("{}", as_expected(form, form.doubtful, true));
    }
}

/// What is said of examples, each line a place and a sentence.
fn as_expected(form: &RealForm, examples: &[Example], valid: bool) -> String {
    let mut said = String::new();
    let text = |issue: Value<'_>, name| issue.member(name).and_then(Value::as_str).map(str::to_owned);
    let schema = compiled(form);
    for Example { name, data, expected } in examples {
        let expected = Document::read(*expected).unwrap();
        let expected =
            expected.root().items().map(|issue| (text(issue, "path").unwrap(), text(issue, "code").unwrap(), text(issue, "rule")));
        let expected: Vec<_> = expected.collect();
        for language in Language::ALL {
            let report = judge(&schema, data, language);
            let found = report.issues.iter().map(|issue| (issue.path.to_string(), issue.code.to_owned(), issue.rule.clone()));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{} {name}", form.folder);
            assert_eq!(report.valid, valid, "{} {name}", form.folder);
            for issue in &report.issues {
                said.push_str(&format!("{:<45} {}\n", issue.path.as_str(), issue.message));
                assert!(!issue.message.contains(['{', '}']) && issue.message != issue.code, "{issue:?}");
            }
        }
    }
    said
}

/// Every rule is broken by an example, and says why it stands there where it blocks.
#[test]
fn every_rule_is_broken_by_an_example() {
    for form in &REAL_FORMS {
        let schema = Document::read(form.schema).unwrap();
        let rules: Vec<_> = schema.values().filter(|value| value.name() == "x-rules").flat_map(Value::items).collect();
        assert!(!rules.is_empty());
        for rule in rules {
            let id = rule.member("id").and_then(Value::as_str).unwrap();
            let broken = format!("\"rule\": \"{id}\"");
            assert!(examples(form).any(|example| example.expected.contains(&broken)), "{} {id}", form.folder);
            let level = rule.member("level").and_then(Value::as_str).unwrap_or("error");
            assert!(level != "error" || rule.member("legalBasis").is_some(), "{} {id}: a rule that blocks names its source", form.folder);
        }
    }
}

/// A file that stands in the folder only would be judged by nobody.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_example_is_judged() {
    for form in &REAL_FORMS {
        for (kind, examples) in [("valid", form.valid), ("doubtful", form.doubtful), ("invalid", form.invalid)] {
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

/// The provinces, and the communes of Hải Phòng, are the same in every form that has its own.
#[test]
fn forms_agree_on_administrative_units() {
    for place in ["/$defs/address/properties/province/oneOf", "/$defs/haiPhongCommune/oneOf"] {
        let place = Pointer::parse(place).unwrap();
        let lists = REAL_FORMS.iter().filter(|form| form.lists == "{}").map(|form| {
            let schema = Document::read(form.schema).unwrap();
            canonical(place.find(schema.root()).unwrap()).unwrap()
        });
        let lists: Vec<_> = lists.collect();
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
        for (example, language) in examples(form).flat_map(|example| Language::ALL.map(|language| (example, language))) {
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
        for Example { name, data, .. } in examples(form) {
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
        let again = compiled_from(schema.canonical(), form);
        assert_eq!(again.id(), schema.id());
        for Example { name, data, .. } in form.doubtful.iter().chain(form.invalid) {
            assert_eq!(judge(&again, data, Language::Vi), judge(&schema, data, Language::Vi), "{} {name}", form.folder);
        }
    }
}

//! `x-options`: a value is a code of a list that came along. A list that is none is told with its place.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use hoso::digest::Sha256;
use hoso::form::outline::{Shown, outline};
use hoso::json::{Document, canonical};
use hoso::limits;
use hoso::report::{Coded, Language, Report, sentence};
use hoso::schema::{Options, Schema, SchemaError};
use hoso::text::Moment;
use std::time::{Duration, Instant};

/// Two lists, the second with days and parents in the first.
const LISTS: &str = r#"{
    "provinces": {"title": {"vi": "Tỉnh"}, "source": "Nghị quyết", "date": "2025-07-01", "codes": [
        {"code": "31", "label": {"vi": "Hải Phòng", "en": "Hai Phong"}}, {"code": "01", "label": {"vi": "Hà Nội"}}]},
    "communes": {"title": {"vi": "Xã"}, "source": "Nghị quyết", "date": "2025-07-01", "parents": "provinces", "codes": [
        {"code": "11329", "label": {"vi": "Phường Thủy Nguyên"}, "parent": "31", "from": "2025-07-01"},
        {"code": "00004", "label": {"vi": "Phường Ba Đình"}, "parent": "01", "from": "2025-07-01"},
        {"code": "00001", "label": {"vi": "Phường Phúc Xá"}, "to": "2025-06-30"}]}
}"#;

const SCHEMA: &str = r#"{"properties": {
    "province": {"x-label": {"vi": "Tỉnh", "en": "Province"}, "x-options": "provinces"},
    "commune": {"x-label": {"vi": "Xã", "en": "Commune"}, "x-options": {"list": "communes"}}}}"#;

fn compile(schema: &str, lists: &str) -> Result<Schema, Vec<SchemaError>> {
    let lists = Document::read(lists).unwrap();
    Schema::compile(schema, &Options { strict: true, code_lists: Some(&lists), ..Options::default() })
}

fn report(schema: &Schema, data: &str, now: &str) -> Report {
    schema.validate(&Document::read(data).unwrap(), Moment::parse(now).unwrap(), Language::Vi).unwrap()
}

/// `place code level` of each issue.
fn told(report: &Report) -> Vec<String> {
    report.issues.iter().map(|issue| format!("{} {} {}", issue.path, issue.code, issue.level.name())).collect()
}

#[test]
fn a_value_is_a_code_of_the_list() {
    let schema = compile(SCHEMA, LISTS).unwrap();
    for (data, expected) in [
        (r#"{"province": "31", "commune": "11329"}"#, None),
        (r#"{"province": "01"}"#, None),
        ("{}", None),
        (r#"{"province": "3"}"#, Some("/province")),
        (r#"{"province": "311"}"#, Some("/province")),
        (r#"{"province": ""}"#, Some("/province")),
        (r#"{"province": "Hải Phòng"}"#, Some("/province")),
        (r#"{"province": 31}"#, Some("/province")),
        (r#"{"province": null}"#, Some("/province")),
        (r#"{"province": ["31"]}"#, Some("/province")),
        (r#"{"commune": "31"}"#, Some("/commune")),
        (r#"{"commune": "99999"}"#, Some("/commune")),
    ] {
        let report = report(&schema, data, "2026-11-24T09:00:00+07:00");
        let expected: Vec<_> = expected.into_iter().map(|path| format!("{path} options.unknown-code error")).collect();
        assert_eq!((told(&report), report.valid), (expected.clone(), expected.is_empty()), "{data}");
        assert_eq!(schema.is_valid(&Document::read(data).unwrap(), hoso::text::Moment::EPOCH), Ok(report.valid), "{data}");
    }
    let wrong = report(&schema, r#"{"province": "3"}"#, "2026-11-24T09:00:00+07:00");
    assert_eq!((wrong.issues[0].message.as_str(), wrong.issues[0].keyword), ("Chọn tỉnh trong danh sách", "x-options"));
}

#[test]
fn the_days_of_a_code_are_those_of_vietnam() {
    let schema = compile(SCHEMA, LISTS).unwrap();
    let ahead = ["/commune options.not-in-force warning"];
    for (commune, now, expected) in [
        ("11329", "2025-07-01T00:00:00+07:00", &[][..]),
        ("11329", "2025-06-30T17:00:00Z", &[]),
        ("11329", "2025-06-30T16:59:59Z", &ahead),
        ("11329", "2025-06-30T23:59:59+07:00", &ahead),
        ("00001", "2025-06-30T23:59:59+07:00", &[]),
        ("00001", "2025-07-01T00:00:00+07:00", &ahead),
        ("00001", "1990-01-01T00:00:00Z", &[]),
    ] {
        let report = report(&schema, &format!(r#"{{"commune": "{commune}"}}"#), now);
        assert_eq!(
            (told(&report).as_slice(), report.valid),
            (&expected.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()[..], true),
            "{commune} {now}"
        );
    }
    let ended = report(&schema, r#"{"commune": "00001"}"#, "2026-11-24T09:00:00+07:00");
    assert!(ended.issues[0].message.contains("đến hết ngày 30/06/2025"), "{}", ended.issues[0].message);
    let ahead = report(&schema, r#"{"commune": "11329"}"#, "2020-11-24T09:00:00+07:00");
    assert!(ahead.issues[0].message.contains("từ ngày 01/07/2025"), "{}", ahead.issues[0].message);
}

#[test]
fn a_plain_schema_only_carries_the_name() {
    let schema = Schema::compile(r#"{"x-options": "nowhere"}"#, &Options::default()).unwrap();
    assert_eq!(schema.is_valid(&Document::read("1").unwrap(), hoso::text::Moment::EPOCH), Ok(true));
    assert!(schema.codes().digests().is_empty());
}

#[test]
fn a_missing_field_is_chosen_not_entered() {
    let schema = compile(&SCHEMA.replacen('{', r#"{"required": ["province"], "#, 1), LISTS).unwrap();
    assert_eq!(report(&schema, "{}", "2026-11-24T09:00:00+07:00").issues[0].message, "Chọn tỉnh");
}

#[test]
fn a_schema_names_the_lists_it_uses_by_their_canonical_form() {
    let lists = Document::read(LISTS).unwrap();
    let digest = |name| Sha256::of(canonical(lists.root().member(name).unwrap()).unwrap().as_bytes());
    let digests = |schema: &str| {
        compile(schema, LISTS).unwrap().codes().digests().into_iter().map(|(name, id)| (name.to_owned(), id)).collect::<Vec<_>>()
    };
    assert_eq!(digests(SCHEMA), [("communes".to_owned(), digest("communes")), ("provinces".to_owned(), digest("provinces"))]);
    assert_eq!(
        digests(r#"{"properties": {"a": {"x-options": "provinces"}, "b": {"x-options": "provinces"}}}"#),
        [("provinces".to_owned(), digest("provinces"))]
    );
    assert_eq!(digests("{}"), []);
}

#[test]
fn a_label_follows_the_language() {
    let schema = compile(SCHEMA, LISTS).unwrap();
    let label = |list, code, language| schema.codes().label(list, code, language);
    assert_eq!(label("provinces", "31", Language::En), Some("Hai Phong"));
    assert_eq!(label("provinces", "01", Language::En), Some("Hà Nội"));
    assert_eq!(label("provinces", "31", Language::Vi), Some("Hải Phòng"));
    assert_eq!((label("provinces", "3", Language::Vi), label("streets", "31", Language::Vi)), (None, None));
}

#[test]
fn the_outline_shows_labels_whichever_branch_they_are_of() {
    let schema = compile(
        r#"{"properties": {"p": {"anyOf": [{"x-options": "provinces"}, {"x-options": "communes"}, {"oneOf": [{"const": "x", "x-label": {"vi": "Nơi khác"}}]}]}}}"#,
        LISTS,
    )
    .unwrap();
    for (value, vi, en) in [
        (r#""31""#, "Hải Phòng", "Hai Phong"),
        (r#""00004""#, "Phường Ba Đình", "Phường Ba Đình"),
        (r#""x""#, "Nơi khác", "Nơi khác"),
        (r#""32""#, "32", "32"),
        ("31", "31", "31"),
    ] {
        let data = Document::read(format!(r#"{{"p": {value}}}"#)).unwrap();
        for (language, expected) in [(Language::Vi, vi), (Language::En, en)] {
            let outline = outline(schema.document().root(), schema.codes(), data.root(), language);
            let shown = outline.sections.first().and_then(|section| section.entries.first()).map(|entry| &entry.shown);
            assert!(matches!(shown, Some(Shown::Text(text)) if text == expected), "{value}: {shown:?}");
        }
    }
}

#[test]
fn a_filter_chooses_among_the_codes() {
    let schema = SCHEMA.replace(r#"{"list": "communes"}"#, r#"{"list": "communes", "filter": "option.parent == parent.province"}"#);
    let schema = compile(&schema, LISTS).unwrap();
    for (data, expected) in [
        (r#"{"province": "31", "commune": "11329"}"#, None),
        (r#"{"province": "01", "commune": "11329"}"#, Some("/commune options.not-offered error")),
        (r#"{"province": "31", "commune": "99999"}"#, Some("/commune options.unknown-code error")),
        // What it depends on is not there yet.
        (r#"{"commune": "11329"}"#, None),
    ] {
        let expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(told(&report(&schema, data, "2026-11-24T09:00:00+07:00")), expected, "{data}");
    }
}

#[test]
fn a_list_that_did_not_come_along_is_asked_for() {
    let missing = |name: &str, lists: &str| {
        let errors = compile(&format!(r#"{{"properties": {{"a": {{"x-options": {name}}}}}}}"#), lists).unwrap_err();
        sentence(&errors[0], Language::En)
    };
    assert_eq!(
        missing(r#""countries""#, LISTS),
        "/properties/a/x-options: there is no code list “countries”. Add it (codeLists, --codes), or correct the name"
    );
    assert_eq!(missing(r#""comunes""#, LISTS), "/properties/a/x-options: there is no code list “comunes”. Did you mean “communes”?");
    for name in ["1", "null", "[]", r#"["provinces"]"#, "{}", r#"{"list": 1}"#, r#"{"filter": "true"}"#, r#"{"name": "provinces"}"#] {
        assert_eq!(missing(name, LISTS), "/properties/a/x-options: needs the name of a code list, for example \"provinces\"", "{name}");
    }
    let none = Schema::compile(SCHEMA, &Options { strict: true, ..Options::default() }).unwrap_err();
    assert_eq!(none.iter().map(Coded::code).collect::<Vec<_>>(), ["schema.no-code-list"; 2]);
}

#[test]
fn what_is_wrong_with_a_list_is_said_at_its_place() {
    let list = |codes: &str| format!(r#"{{"title": {{"vi": "T"}}, "source": "S", "date": "2025-07-01", "codes": {codes}}}"#);
    let entry = r#""label": {"vi": "A"}"#;
    for (list, expected) in [
        ("1".to_owned(), "a#/title schema.part-missing"),
        ("[]".to_owned(), "a#/title schema.part-missing"),
        (list("{}"), "a#/codes schema.keyword-value"),
        (list("[]").replace("2025-07-01", "1/7/2025"), "a#/date schema.keyword-value"),
        (list("[]").replace("\"S\"", "\"\""), "a#/source schema.keyword-value"),
        (list("[]").replace("source", "sorce"), "a#/source schema.part-missing"),
        (list("[1]"), "a#/codes/0/code schema.part-missing"),
        (list(&format!(r#"[{{{entry}}}]"#)), "a#/codes/0/code schema.part-missing"),
        (list(&format!(r#"[{{"code": 1, {entry}}}]"#)), "a#/codes/0/code schema.keyword-value"),
        (list(&format!(r#"[{{"code": "", {entry}}}]"#)), "a#/codes/0/code schema.keyword-value"),
        (list(r#"[{"code": "1", "label": "A"}]"#), "a#/codes/0/label schema.keyword-value"),
        (list(r#"[{"code": "1", "label": {"en": "A"}}]"#), "a#/codes/0/label schema.part-missing"),
        (list(&format!(r#"[{{"code": "1", "form": "2025-07-01", {entry}}}]"#)), "a#/codes/0/form schema.keyword-unknown"),
        (list(&format!(r#"[{{"code": "1", "from": "2025-02-30", {entry}}}]"#)), "a#/codes/0/from schema.keyword-value"),
        (list(&format!(r#"[{{"code": "1", "kind": "workdays", {entry}}}]"#)), "a#/codes/0/kind schema.keyword-value"),
        (
            list(&format!(r#"[{{"code": "1", {entry}}}, {{"code": "2", {entry}}}, {{"code": "1", {entry}}}]"#)),
            "a#/codes/2/code schema.keyword-value",
        ),
    ] {
        let errors = compile(r#"{"x-options": "a"}"#, &format!(r#"{{"a": {list}}}"#)).unwrap_err();
        let place = |error: &SchemaError| format!("{}#{} {}", error.document, error.path, error.code());
        assert!(errors.iter().map(place).any(|place| place.starts_with(expected)), "{list}: {errors:?}");
        assert!(Language::ALL.into_iter().all(|language| sentence(&errors[0], language).starts_with("a#")), "{list}");
    }
}

#[test]
fn a_list_used_twice_is_told_once_and_one_not_used_not_at_all() {
    let bad = r#"{"a": 1, "b": 1}"#;
    let errors = compile(r#"{"properties": {"x": {"x-options": "a"}, "y": {"x-options": "a"}}}"#, bad).unwrap_err();
    assert!(errors.iter().all(|error| error.document == "a") && errors.len() == 4, "{errors:?}");
    assert!(compile("{}", bad).is_ok());
}

/// A list of codes `0`, `1`, …, backwards, each below the next.
fn long(count: usize, parents: bool) -> String {
    let entry = |at: usize| {
        let parent = if parents && at + 1 < count { format!(r#", "parent": "{}""#, at + 1) } else { String::new() };
        format!(r#"{{"code": "{at}", "label": {{"vi": "A"}}{parent}}}"#)
    };
    let entries: Vec<_> = (0..count).rev().map(entry).collect();
    format!(r#"{{"a": {{"title": {{"vi": "T"}}, "source": "S", "date": "2025-07-01", "codes": [{}]}}}}"#, entries.join(","))
}

#[test]
fn the_largest_list_compiles_and_answers_soon() {
    let started = Instant::now();
    let lists = long(240_000, false);
    assert!(lists.len() > limits::JSON_BYTES * 9 / 10 && lists.len() <= limits::JSON_BYTES, "{}", lists.len());
    let schema = compile(r#"{"items": {"x-options": "a"}}"#, &lists).unwrap();
    let codes = |first: usize| format!("[{}]", (first..first + 100_000).map(|at| format!("\"{at}\"")).collect::<Vec<_>>().join(","));
    assert!(report(&schema, &codes(0), "2026-11-24T09:00:00+07:00").valid);
    let wrong = report(&schema, &codes(240_000), "2026-11-24T09:00:00+07:00");
    assert_eq!((wrong.valid, wrong.truncated, wrong.issues.len()), (false, true, limits::ISSUES));
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn parents_are_not_followed_however_they_run() {
    let circle = long(100_000, true).replacen(
        r#""code": "99999", "label": {"vi": "A"}"#,
        r#""code": "99999", "label": {"vi": "A"}, "parent": "0""#,
        1,
    );
    let schema = compile(r#"{"x-options": "a"}"#, &circle).unwrap();
    assert_eq!(schema.is_valid(&Document::read("\"5\"").unwrap(), hoso::text::Moment::EPOCH), Ok(true));
}

#[test]
fn a_list_that_is_all_mistakes_is_told_in_a_report() {
    let wrong = long(100_000, false).replace("label", "lable");
    let errors = compile(r#"{"x-options": "a"}"#, &wrong).unwrap_err();
    assert!(errors.len() <= limits::ISSUES, "{}", errors.len());
}

#[test]
fn more_lists_than_any_form_uses_are_refused() {
    let lists: Vec<_> = (0..=limits::CODE_LISTS).map(|at| format!("\"a{at}\": 1")).collect();
    let errors = compile(r#"{"x-options": "a0"}"#, &format!("{{{}}}", lists.join(","))).unwrap_err();
    assert_eq!((errors.len(), errors[0].path.as_str()), (1, "/x-options"));
}

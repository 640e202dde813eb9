//! The code lists of `data/` are what their sources give, in the published shape.

#![allow(clippy::unwrap_used, reason = "a list that cannot be read has failed")]

#[path = "support/judges.rs"]
mod judges;

use hoso::json::{Document, Value, canonical};
use hoso::report::Language;
use hoso::schema::{Options, Schema};
use hoso::text::{Date, Day, Moment, add_working_days, working_days_between};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use unicode_normalization::is_nfc;

/// How many codes each list has, and how long they are.
const LISTS: [(&str, usize, usize); 5] =
    [("communes", 3_321, 5), ("countries", 249, 2), ("ethnic-groups", 54, 2), ("holidays-vn", 30, 10), ("provinces", 34, 2)];

fn read(name: &str) -> Document {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    Document::read(fs::read(file).unwrap()).unwrap()
}

fn codes(list: &Document) -> Vec<Value<'_>> {
    list.root().member("codes").unwrap().items().collect()
}

fn text<'d>(entry: Value<'d>, name: &str) -> &'d str {
    entry.member(name).and_then(Value::as_str).unwrap()
}

#[test]
fn every_list_has_the_published_shape_and_compiles() {
    let shape =
        Schema::compile(include_str!("../forms/meta/code-list.schema.json"), &Options { assert_formats: true, ..Options::default() });
    let (shape, now) = (shape.unwrap(), Moment::parse("2026-11-24T09:00:00+07:00").unwrap());
    for (name, ..) in LISTS {
        let list = read(&format!("{name}.json"));
        let report = shape.validate(&list, now, Language::En).unwrap();
        assert!(report.valid, "{name}: {:?}", report.issues);
        let given = Document::read(format!("{{\"{name}\": {}}}", canonical(list.root()).unwrap())).unwrap();
        let options = Options { strict: true, code_lists: Some(&given), ..Options::default() };
        Schema::compile(format!(r#"{{"x-options": "{name}"}}"#), &options).unwrap();
    }
    let named = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap();
    let named = named.map(|file| file.unwrap().path()).filter(|file| file.extension().is_some_and(|ending| ending == "json"));
    assert_eq!(named.count(), LISTS.len(), "a list is not tested");
}

#[test]
fn codes_and_names_are_whole() {
    for (name, count, length) in LISTS {
        let list = read(&format!("{name}.json"));
        let codes = codes(&list);
        assert_eq!(codes.len(), count, "{name}");
        assert!(codes.is_sorted_by(|left, right| text(*left, "code") < text(*right, "code")), "{name}");
        for entry in &codes {
            let code = text(*entry, "code");
            assert!(
                code.len() == length && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-'),
                "{name}: {code}"
            );
            for (_, label) in entry.member("label").unwrap().members() {
                let label = label.as_str().unwrap();
                assert!(is_nfc(label) && label == label.split_whitespace().collect::<Vec<_>>().join(" "), "{name}: {label:?}");
                assert!(!label.is_empty() && label.chars().all(|letter| !letter.is_control()), "{name}: {label:?}");
            }
        }
    }
}

#[test]
fn every_commune_is_of_a_province_and_named_by_its_kind() {
    let (provinces, communes) = (read("provinces.json"), read("communes.json"));
    let known: BTreeSet<&str> = codes(&provinces).into_iter().map(|entry| text(entry, "code")).collect();
    let used: BTreeSet<&str> = codes(&communes).into_iter().map(|entry| text(entry, "parent")).collect();
    assert_eq!(used, known);
    let kind =
        |kind: &str| codes(&communes).into_iter().filter(|entry| text(entry.member("label").unwrap(), "vi").starts_with(kind)).count();
    assert_eq!((kind("Xã "), kind("Phường "), kind("Đặc khu ")), (2_621, 687, 13));
}

#[test]
fn the_communes_of_hai_phong_are_those_of_the_forms() {
    let communes = read("communes.json");
    let ours: BTreeSet<_> = codes(&communes)
        .into_iter()
        .filter(|entry| text(*entry, "parent") == "31")
        .map(|entry| (text(entry, "code"), text(entry.member("label").unwrap(), "vi")))
        .collect();
    for form in ["1.001612-ho-kinh-doanh", "1.004194-tam-tru"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms").join(form).join("schema.json");
        let schema = Document::read(fs::read(file).unwrap()).unwrap();
        let is_code = |code: &str| code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit());
        let code = |value: Value<'_>| value.member("const").and_then(Value::as_str).is_some_and(is_code);
        let theirs: BTreeSet<_> =
            schema.values().filter(|value| code(*value)).map(|value| (text(value, "const"), text(value, "title"))).collect();
        assert_eq!(theirs, ours, "{form}");
    }
}

#[test]
fn the_calendar_names_days_off_and_saturdays_worked() {
    let list = read("holidays-vn.json");
    let named = codes(&list);
    let day = |entry: Value<'_>| Date::parse(text(entry, "code")).unwrap();
    let kind = |entry: Value<'_>| entry.member("kind").and_then(Value::as_str).unwrap_or("holiday").to_owned();
    assert!(named.iter().all(|entry| (kind(*entry) == "workday") <= (day(*entry).day_of_week() == 6)));
    let calendar = |on: Date| match named.iter().find(|entry| day(**entry) == on).map(|entry| kind(*entry)).as_deref() {
        None => Day::Unnamed,
        Some("workday") => Day::Worked,
        Some(_) => Day::Off,
    };
    // Both years have 261 days that are no weekend. Two of the twelve days of 2027 are not decided yet.
    for (year, off) in [(2026, 12), (2027, 12 - 2)] {
        let (first, last) = (Date::new(year - 1, 12, 31).unwrap(), Date::new(year, 12, 31).unwrap());
        assert_eq!(working_days_between(first, last, &|_| Day::Unnamed), Some(261));
        assert_eq!(working_days_between(first, last, &calendar), Some(261 - off), "{year}");
    }
    for (from, count, to) in [
        ("2026-02-13", 1, "2026-02-23"),
        ("2026-04-24", 1, "2026-04-28"),
        ("2026-08-21", 1, "2026-08-22"),
        ("2026-08-28", 1, "2026-09-03"),
        ("2026-11-23", 1, "2026-11-25"),
        ("2027-04-29", 1, "2027-05-04"),
    ] {
        assert_eq!(add_working_days(Date::parse(from).unwrap(), count, &calendar), Date::parse(to), "{from}");
    }
}

#[test]
fn the_lists_are_what_their_sources_give() {
    let answer = judges::ask(judges::python("../../data/make.py").arg("--check"));
    assert!(answer.accepted, "{}: run data/make.py", answer.words);
}

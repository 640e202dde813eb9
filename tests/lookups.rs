//! What a database answers: written by the page, readable by rules, never by hand, and a claim to whoever receives it.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use hoso::form::live::{EditError, LiveForm};
use hoso::json::{Document, Pointer};
use hoso::report::{Coded, Language};
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use std::sync::Arc;

/// A person whom the residents' database knows needs no copy of the card.
const RESIDENT: &str = r##"{
    "type": "object",
    "properties": {
        "id": {"type": "string", "x-label": {"vi": "Số định danh", "en": "Identity number"}},
        "check": {"type": "object", "x-lookup": true, "x-label": {"vi": "Người này trong cơ sở dữ liệu", "en": "Person in the database"},
            "properties": {"asked": {"type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": false}},
            "additionalProperties": false},
        "known": {"type": "boolean", "x-calculate": "has(parent.check) && parent.check.status == 'match' && parent.check.asked.id == parent.id"},
        "card": {"x-label": {"vi": "Bản chụp căn cước", "en": "Copy of the card"}, "x-relevant": "!(has(parent.known) && parent.known)",
            "x-required": true, "x-attachment": {"mediaTypes": ["application/pdf"], "maxBytes": 9}}
    },
    "required": ["check"],
    "additionalProperties": false
}"##;

fn now() -> Moment {
    Moment::parse("2026-11-24T09:00:00+07:00").unwrap()
}

fn compiled(schema: &str) -> Arc<Schema> {
    Arc::new(Schema::compile(schema, &Options { strict: true, ..Options::default() }).unwrap())
}

fn read(text: &str) -> Document {
    Document::read(text).unwrap()
}

fn place(pointer: &str) -> Pointer {
    Pointer::parse(pointer).unwrap()
}

/// `place code` of each issue.
fn told(schema: &Schema, data: &str) -> Vec<String> {
    let report = schema.validate(&read(data), now(), Language::En).unwrap();
    report.issues.iter().map(|issue| format!("{} {}", issue.path, issue.code)).collect()
}

#[test]
fn an_answer_says_how_it_came_out() {
    let schema = compiled(RESIDENT);
    for (answer, code) in [
        (r#"{"status": "match", "asked": {"id": "1"}}"#, None),
        (r#"{"status": "unavailable"}"#, None),
        (r#"{"status": "mismatch", "source": "A", "at": "2026-11-24T09:00:00+07:00", "asked": {}, "facts": {"any": [1]}}"#, None),
        (r#"{"status": "yes"}"#, Some("/check lookup.status")),
        ("{}", Some("/check lookup.malformed")),
        (r#"{"status": 1}"#, Some("/check lookup.malformed")),
        (r#"{"status": "match", "at": "24/11/2026"}"#, Some("/check lookup.malformed")),
        (r#"{"status": "match", "asked": ["1"]}"#, Some("/check lookup.malformed")),
        (r#"{"status": "match", "source": null}"#, Some("/check lookup.malformed")),
        (r#"{"status": "match", "sources": "A"}"#, Some("/check/sources property.unknown")),
        (r#"{"status": "match", "asked": {"name": "A"}}"#, Some("/check/asked/name property.unknown")),
        ("7", Some("/check type.wrong")),
    ] {
        let found = told(&schema, &format!(r#"{{"id": "2", "check": {answer}}}"#));
        let expected: Vec<_> = code.into_iter().chain(["/card required.missing"]).map(str::to_owned).collect();
        let wrong_kind = answer.contains("[\"1\"]");
        assert!(expected.iter().all(|one| found.contains(one)) && (wrong_kind || found.len() == expected.len()), "{answer}: {found:?}");
    }
    assert_eq!(told(&schema, r#"{"id": "1"}"#), ["/check required.missing", "/card required.missing"]);
    let report = schema.validate(&read(r#"{"id": "1"}"#), now(), Language::Vi).unwrap();
    assert_eq!(report.issues.first().map(|issue| &*issue.message), Some("Tra cứu người này trong cơ sở dữ liệu"));
}

#[test]
fn a_match_about_what_stands_there_now_takes_the_place_of_a_paper() {
    let schema = compiled(RESIDENT);
    let answered = |status: &str, id: &str| format!(r#"{{"id": "1", "check": {{"status": "{status}", "asked": {{"id": "{id}"}}}}}}"#);
    assert_eq!(told(&schema, &answered("match", "1")), [""; 0]);
    for data in [answered("match", "2"), answered("mismatch", "1"), answered("unavailable", "1")] {
        assert_eq!(told(&schema, &data), ["/card required.missing"], "{data}");
    }
}

#[test]
fn a_lookup_where_it_cannot_be_is_a_mistake_of_the_schema() {
    let lookup = r#"{"type": "object", "x-lookup": true}"#;
    for (field, expected) in [
        (r#"{"type": "object", "x-lookup": "yes"}"#.to_owned(), "/properties/a/x-lookup schema.keyword-value"),
        (r#"{"type": "string", "x-lookup": true}"#.to_owned(), "/properties/a/x-lookup schema.keyword-value"),
        (r#"{"type": ["object", "null"], "x-lookup": true}"#.to_owned(), "/properties/a/x-lookup schema.keyword-value"),
        (r#"{"type": "object", "x-lookup": true, "x-calculate": "root.b"}"#.to_owned(), "/properties/a/x-lookup schema.keyword-value"),
        (
            format!(r#"{{"type": "object", "x-calculate": "root.b", "properties": {{"c": {lookup}}}}}"#),
            "/properties/a/properties/c/x-lookup schema.keyword-value",
        ),
        (
            format!(r#"{{"type": "object", "x-lookup": true, "properties": {{"facts": {{"type": "object", "properties": {{"c": {lookup}}}}}}}}}"#),
            "/properties/a/properties/facts/properties/c/x-lookup schema.keyword-value",
        ),
        (
            r#"{"type": "object", "x-lookup": true, "properties": {"source": {"type": "string", "x-calculate": "'A'"}}}"#.to_owned(),
            "/properties/a/properties/source/x-calculate schema.keyword-value",
        ),
        (
            r#"{"type": "object", "x-lookup": true, "properties": {"facts": {"type": "object", "properties": {"c": {"x-attachment": {"mediaTypes": ["image/png"], "maxBytes": 9}}}}}}"#
                .to_owned(),
            "/properties/a/properties/facts/properties/c/x-attachment schema.keyword-value",
        ),
        (format!(r#"{{"type": "array", "items": {lookup}}}"#), "/properties/a/items/x-lookup schema.expression-only-on-property"),
        (format!(r#"{{"anyOf": [{lookup}]}}"#), "/properties/a/anyOf/0/x-lookup schema.expression-never-applies"),
        (
            format!(
                r#"{{"type": "array", "x-attachment": {{"mediaTypes": ["image/png"], "maxBytes": 9}}, "items": {{"type": "object", "properties": {{"c": {lookup}}}}}}}"#
            ),
            "/properties/a/items/properties/c/x-lookup schema.expression-never-applies",
        ),
    ] {
        let schema = format!(r#"{{"type": "object", "properties": {{"a": {field}, "b": {{"type": "object"}}}}}}"#);
        let errors = Schema::compile(schema, &Options { strict: true, ..Options::default() }).unwrap_err();
        let found: Vec<_> = errors.iter().map(|error| format!("{} {}", error.path, error.code())).collect();
        assert_eq!(found, [expected], "{field}");
    }
    // In a plain schema the word is somebody else's.
    assert!(Schema::compile(r#"{"properties": {"a": {"x-lookup": "table"}}}"#, &Options::default()).is_ok());
}

#[test]
fn rules_know_what_an_answer_holds() {
    let schema = |rule: &str| {
        let look = r#"{"x-lookup": true, "type": "object"}"#;
        let rule = format!(r#"{{"id": "r", "rule": "{rule}", "message": {{"vi": "A"}}}}"#);
        let schema = format!(r#"{{"type": "object", "properties": {{"a": {look}}}, "x-rules": [{rule}]}}"#);
        Schema::compile(schema, &Options { strict: true, ..Options::default() })
    };
    for rule in ["self.a.at < now && self.a.source != ''", "self.a.status in ['match', 'mismatch']", "self.a.asked.id == self.a.facts.id"] {
        assert!(schema(rule).is_ok(), "{rule}");
    }
    for rule in ["self.a.staus == 'match'", "self.a.status == 'matched'", "self.a.at == 'today'", "self.a.source > 3"] {
        assert!(schema(rule).is_err(), "{rule}");
    }
    let late = schema("self.a.at >= now - duration('24h')").unwrap();
    assert_eq!(told(&late, r#"{"a": {"status": "match", "at": "2026-11-23T09:00:00+07:00"}}"#), [""; 0]);
    assert_eq!(told(&late, r#"{"a": {"status": "match", "at": "2026-11-23T08:59:59+07:00"}}"#), [" rule.broken"]);
}

#[test]
fn only_the_page_writes_what_a_database_answered() {
    let mut form = LiveForm::open(compiled(RESIDENT), read(r#"{"id": "1"}"#), now()).unwrap();
    let [check, asked, id, card] = ["/check", "/check/asked/id", "/id", "/card"].map(|pointer| form.field(&place(pointer)).unwrap());
    // A group that must be there is opened with the form; this is none that a person fills in.
    assert_eq!((form.data(), form.state(check).unwrap().value), (r#"{"id":"1","known":false}"#.to_owned(), None));
    let answer = read(r#"{"status": "match", "asked": {"id": "1"}}"#);
    for refused in [
        form.set(check, &answer),
        form.set(asked, &read("\"1\"")),
        form.input(check, "x", Language::Vi),
        form.clear(check),
        form.insert(asked, 0, &answer).map(drop),
    ] {
        assert_eq!(refused, Err(EditError::Lookup));
    }
    assert_eq!(form.lookup_result(id, Some(&answer)), Err(EditError::NotALookup));
    assert_eq!(form.lookup_result(asked, None), Err(EditError::NotALookup));
    assert!(!form.has_changes() && !form.undo().unwrap());
    assert!([check, asked].iter().all(|field| form.state(*field).unwrap().readonly) && !form.state(id).unwrap().readonly);

    form.lookup_result(check, Some(&answer)).unwrap();
    assert!(form.is_valid() && !form.state(card).unwrap().relevant);
    let changes = form.changes();
    assert!(changes.iter().any(|changed| changed.field == card && changed.relevant()));
    assert!(changes.iter().any(|changed| changed.field == check && changed.issues()));
    let draft = form.draft();
    let (again, dropped) = LiveForm::restore(compiled(RESIDENT), &draft, now()).unwrap();
    assert_eq!(
        (again.is_valid(), dropped.len(), &*again.data()),
        (true, 0, r#"{"id":"1","check":{"status":"match","asked":{"id":"1"}},"known":true}"#)
    );

    // What was asked about changes: the answer stands, and no longer counts.
    form.set_text(id, "2").unwrap();
    assert!(form.state(card).unwrap().required && form.data().contains("match"));
    form.lookup_result(check, None).unwrap();
    assert_eq!(form.data(), r#"{"id":"2","known":false}"#);
    for _ in 0..3 {
        assert!(form.undo().unwrap());
    }
    assert_eq!((form.data(), form.undo()), (r#"{"id":"1","known":false}"#.to_owned(), Ok(false)));
}

#[test]
fn a_draft_of_another_schema_keeps_no_half_of_an_answer() {
    let answer = read(r#"{"status": "match", "asked": {"id": "1"}}"#);
    let mut form = LiveForm::open(compiled(RESIDENT), read(r#"{"id": "1"}"#), now()).unwrap();
    let check = form.field(&place("/check")).unwrap();
    form.lookup_result(check, Some(&answer)).unwrap();
    let other =
        compiled(&RESIDENT.replace(r#""id": {"type": "string"}"#, r#""name": {"type": "string"}"#).replace("asked.id", "asked.name"));
    let (again, dropped) = LiveForm::restore(other, &form.draft(), now()).unwrap();
    assert_eq!(again.data(), r#"{"id":"1","known":false}"#);
    let dropped: Vec<_> = dropped.iter().map(|one| (one.path.as_str(), one.value.as_str())).collect();
    assert_eq!(dropped, [("/check", r#"{"status":"match","asked":{"id":"1"}}"#)]);
}

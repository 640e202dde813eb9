//! One mistake gives one issue, at the place where a person can mend it.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use hoso::json::Document;
use hoso::report::Language;
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// `place code` of each issue, by a rule schema.
fn issues(schema: &str, data: &str) -> Vec<String> {
    let schema = Schema::compile(schema, &Options { strict: true, ..Options::default() }).unwrap();
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    let report = schema.validate(&Document::read(data).unwrap(), now, Language::Vi).unwrap();
    assert_eq!(report.valid, report.issues.is_empty());
    report.issues.iter().map(|issue| format!("{} {}", issue.path, issue.code)).collect()
}

#[test]
fn text_that_hides_something_is_the_only_mistake_of_its_value() {
    for schema in [
        r#"{"properties": {"a": {"minLength": 20, "format": "vn-name"}}}"#,
        r#"{"properties": {"a": {"oneOf": [{"maxLength": 9}, {"minLength": 9}]}}}"#,
        r#"{"properties": {"a": {"oneOf": [{"minLength": 9}, {"minLength": 8}]}}}"#,
        r#"{"properties": {"a": {"not": {"type": "string"}}}}"#,
        r#"{"properties": {"a": {"enum": ["x"]}}}"#,
        r#"{"properties": {"a": {"allOf": [{"minLength": 9}, {"type": "integer"}]}}}"#,
        r##"{"additionalProperties": {"$ref": "#/$defs/short"}, "$defs": {"short": {"minLength": 9}}}"##,
    ] {
        assert_eq!(issues(schema, r#"{"a": "L\u00ea\u200b"}"#), ["/a text.invisible-character"], "{schema}");
    }
    assert_eq!(issues(r#"{"additionalProperties": false}"#, r#"{"Le\u0302": 1}"#), ["/Le\u{302} text.not-nfc"]);
}

#[test]
fn a_value_of_the_wrong_kind_is_told_once() {
    for schema in [
        r#"{"properties": {"a": {"type": "string", "enum": ["x"]}}}"#,
        r#"{"properties": {"a": {"allOf": [{"type": "string"}, {"enum": ["x"]}]}}}"#,
        r#"{"properties": {"a": {"allOf": [{"enum": ["x"]}, {"type": "string"}]}}}"#,
        r##"{"properties": {"a": {"allOf": [{"$ref": "#/$defs/text"}, {"$ref": "#/$defs/text"}]}}, "$defs": {"text": {"type": "string"}}}"##,
        r#"{"properties": {"a": {"type": ["string", "array"]}}, "allOf": [{"properties": {"a": {"type": "string"}}}]}"#,
    ] {
        assert_eq!(issues(schema, r#"{"a": 5}"#), ["/a type.wrong"], "{schema}");
    }
}

#[test]
fn what_no_rule_evaluates_is_told_once_beside_other_mistakes() {
    let properties = r#"{"properties": {"a": {"type": "integer"}}, "unevaluatedProperties": false}"#;
    assert_eq!(issues(properties, r#"{"a": "x", "b": 1}"#), ["/a type.wrong", "/b property.unknown"]);
    let nested = r#"{"allOf": [{"properties": {"a": true}, "additionalProperties": false}], "unevaluatedProperties": false}"#;
    assert_eq!(issues(nested, r#"{"b": 1}"#), ["/b property.unknown"]);
    let branches = r#"{"oneOf": [{"properties": {"kind": {"const": "x"}, "a": {"minLength": 3}}, "required": ["kind"]},
        {"properties": {"kind": {"const": "y"}, "b": true}, "required": ["kind", "b"]}], "unevaluatedProperties": false}"#;
    assert_eq!(issues(branches, r#"{"kind": "x", "a": "12"}"#), ["/a text.too-short"]);
    assert_eq!(issues(branches, r#"{"kind": "y", "b": 1, "c": 1}"#), ["/c property.unknown"]);
    assert_eq!(issues(r#"{"prefixItems": [true], "unevaluatedItems": false}"#, "[1, 2, 3]").len(), 2);
    let schema = Schema::compile(r#"{"properties": {"phone": true}, "unevaluatedProperties": false}"#, &Options::default()).unwrap();
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    let report = schema.validate(&Document::read(r#"{"phnoe": 1}"#).unwrap(), now, Language::Vi).unwrap();
    assert!(report.issues[0].message.contains("“phone”"), "{report:?}");
}

#[test]
fn a_name_missing_by_two_rules_is_missing_once() {
    let schema = r#"{"required": ["a"], "dependentRequired": {"b": ["a"]}, "if": {"required": ["b"]}, "then": {"required": ["a"]}}"#;
    assert_eq!(issues(schema, r#"{"b": 1}"#), ["/a required.missing"]);
}

#[test]
fn an_issue_of_another_document_has_its_place_there() {
    let refs = Document::read(r#"{"https://example.org/text": {"$defs": {"short": {"maxLength": 1}}}}"#).unwrap();
    let options = Options { refs: Some(&refs), ..Options::default() };
    let schema = Schema::compile(r#"{"properties": {"a": {"$ref": "https://example.org/text#/$defs/short"}}}"#, &options).unwrap();
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    let report = schema.validate(&Document::read(r#"{"a": "xy"}"#).unwrap(), now, Language::Vi).unwrap();
    let places: Vec<_> = report.issues.iter().map(|issue| (issue.path.as_str(), issue.schema_path.as_str())).collect();
    assert_eq!(places, [("/a", "/$defs/short/maxLength")]);
}

#[test]
fn the_branch_that_a_discriminator_names_speaks_from_behind_a_reference_too() {
    let person = r#"{"properties": {"kind": {"const": "person"}, "id": {"minLength": 3}}, "required": ["kind", "id"], "additionalProperties": false}"#;
    let company =
        r#"{"properties": {"kind": {"const": "company"}, "code": true}, "required": ["kind", "code"], "additionalProperties": false}"#;
    let referred = format!(
        r##"{{"oneOf": [{{"$ref": "#/$defs/person"}}, {{"$ref": "#/$defs/firm"}}],
            "$defs": {{"person": {person}, "firm": {{"$ref": "#/$defs/company"}}, "company": {company}}}}}"##
    );
    for schema in [format!(r#"{{"oneOf": [{person}, {company}]}}"#), referred] {
        assert_eq!(issues(&schema, r#"{"kind": "company", "id": "123"}"#), ["/code required.missing", "/id property.unknown"]);
        assert_eq!(issues(&schema, r#"{"kind": "person", "id": "1"}"#), ["/id text.too-short"]);
        assert_eq!(issues(&schema, r#"{"kind": "shop", "id": "123"}"#), [" branch.none"]);
    }
}

#[test]
fn every_issue_names_a_place_of_the_schema() {
    for (text, data, path) in [
        ("false", "1", ""),
        (r#"{"properties": {"a": false}}"#, r#"{"a": 1}"#, "/properties/a"),
        (r#"{"properties": {"a": {"not": true}}}"#, r#"{"a": 1}"#, "/properties/a/not"),
        (r#"{"additionalProperties": false}"#, r#"{"a": 1}"#, "/additionalProperties"),
    ] {
        let schema = Schema::compile(text, &Options::default()).unwrap();
        let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
        let report = schema.validate(&Document::read(data).unwrap(), now, Language::Vi).unwrap();
        assert_eq!(report.issues.iter().map(|issue| issue.schema_path.as_str()).collect::<Vec<_>>(), [path], "{text}");
        assert!(report.issues.iter().all(|issue| issue.schema_path.find(schema.document().root()).is_some()));
    }
}

//! The meta-schemas that hoso holds are those of json-schema.org, without their annotations. Its own, of `forms/meta/`, holds for every rule schema.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a meta-schema that cannot be read has failed")]

#[path = "support/judges.rs"]
mod judges;
#[allow(dead_code, reason = "other tests use the examples")]
#[path = "support/real_forms.rs"]
mod real_forms;

use hoso::json::Document;
use hoso::report::Language;
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use real_forms::REAL_FORMS;
use serde_json::Value;

const RULES: &str = include_str!("../forms/meta/rules.schema.json");
const FORM: &str = include_str!("../forms/meta/vocabulary.schema.json");

const OURS: [&str; 3] = [
    include_str!("../src/schema/meta/draft-07.json"),
    include_str!("../src/schema/meta/2019-09.json"),
    include_str!("../src/schema/meta/2020-12.json"),
];

#[test]
fn meta_schemas_are_the_published_ones() {
    let output = judges::python("meta-schemas.py").output().unwrap();
    assert!(output.status.success());
    let theirs: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| checks(serde_json::from_str(line).unwrap(), false)).collect();
    let ours: Vec<Value> = OURS.iter().flat_map(|text| serde_json::from_str::<Vec<Value>>(text).unwrap()).collect();
    for document in &theirs {
        assert!(ours.contains(document), "{}", document.get("$id").unwrap());
    }
    assert_eq!(ours.len(), theirs.len());
}

/// A schema without what checks nothing. What stands in `properties` and its like is named by people.
fn checks(schema: Value, named: bool) -> Value {
    const ANNOTATIONS: [&str; 4] = ["title", "description", "$comment", "default"];
    const NAMED: [&str; 3] = ["properties", "$defs", "definitions"];
    match schema {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(name, _)| named || !ANNOTATIONS.contains(&name.as_str()));
            kept.map(|(name, value)| {
                let value = checks(value, !named && NAMED.contains(&name.as_str()));
                (name, value)
            })
            .collect()
        }
        Value::Array(items) => items.into_iter().map(|item| checks(item, false)).collect(),
        other => other,
    }
}

/// The rule schemas of the page that explains how to write them.
fn documented() -> impl Iterator<Item = String> {
    let page = include_str!("../docs/rule-schemas.md").replace("\r\n", "\n");
    let blocks: Vec<String> = page.split("\n```json schema").skip(1).map(|block| block.split("\n```").next().unwrap().to_owned()).collect();
    blocks.into_iter().map(|block| block.split_once('\n').unwrap().1.to_owned())
}

#[test]
fn rule_schemas_hold_against_their_meta_schema() {
    let meta = Schema::compile(RULES, &Options { assert_formats: true, ..Options::default() }).unwrap();
    let mut schemas: Vec<String> = REAL_FORMS.iter().map(|form| form.schema.to_owned()).collect();
    schemas.extend(documented());
    assert!(schemas.len() > 20, "only {} schemas", schemas.len());
    for schema in &schemas {
        let report = meta.validate(&Document::read(schema.as_str()).unwrap(), Moment::EPOCH, Language::En).unwrap();
        assert!(report.valid, "{:?}\n{schema}", report.issues);
    }
    let documents: Vec<Value> = schemas.iter().map(|schema| serde_json::from_str(schema).unwrap()).collect();
    let question = serde_json::json!({"schema": serde_json::from_str::<Value>(RULES).unwrap(), "documents": documents});
    for judge in [judges::node("schema-ajv.mjs"), judges::python("schema-differential.py")] {
        let answers = judges::answers(judge, format!("{question}\n"));
        let verdicts: Vec<Option<bool>> = serde_json::from_str(&answers[0]).unwrap();
        assert_eq!(verdicts, vec![Some(true); schemas.len()]);
    }
}

#[test]
fn a_mistyped_part_of_a_rule_schema_does_not_hold() {
    let meta = Schema::compile(RULES, &Options::default()).unwrap();
    for (wrong, place) in [
        (r#"{"x-lable": {"vi": "Tên"}}"#, "/x-lable"),
        (r#"{"properties": {"a": {"x-lable": {"vi": "Tên"}}}}"#, "/properties/a/x-lable"),
        (r#"{"properties": {"a": {"x-pages": []}}}"#, "/properties/a/x-pages"),
        (r#"{"x-label": {"en": "Name"}}"#, "/x-label/vi"),
        (r#"{"x-rules": [{"id": "a", "rule": "true", "message": {"vi": "A"}, "level": "warnin"}]}"#, "/x-rules/0/level"),
        (r#"{"x-message": {"requird": {"vi": "A"}}}"#, "/x-message/requird"),
        (r#"{"items": {"x-attachment": {"mediaTypes": ["image/png"]}}}"#, "/items/x-attachment/maxBytes"),
    ] {
        let report = meta.validate(&Document::read(wrong).unwrap(), Moment::EPOCH, Language::En).unwrap();
        assert!(report.issues.iter().any(|issue| issue.path.as_str() == place), "{wrong}: {:?}", report.issues);
    }
}

#[test]
fn the_meta_schema_speaks_of_every_keyword_of_hoso() {
    let vocabulary = include_str!("../src/schema/vocabulary.rs");
    let rows = vocabulary.split("row(\n").flat_map(|text| text.split("row(\"")).skip(1);
    let ours: Vec<&str> = rows.filter_map(|row| row.split('"').next()).filter(|name| name.starts_with("x-")).collect();
    let (rules, form): (Value, Value) = (serde_json::from_str(RULES).unwrap(), serde_json::from_str(FORM).unwrap());
    let (subschema, root) = (&rules["$defs"]["schema"]["properties"], &rules["properties"]);
    for name in &ours {
        let described = subschema.get(name).or(root.get(name)).unwrap_or(&Value::Null);
        let text = described["description"].as_str().unwrap_or_default();
        assert!(text.contains("\n\n"), "{name} is not described in both languages");
        assert_eq!(&form["properties"][name], described, "{name} differs between the two files");
    }
    let named = form["properties"].as_object().unwrap().len();
    assert_eq!((ours.len(), named), (named, ours.len()), "{ours:?}");
}

#[test]
fn a_rule_schema_may_name_its_meta_schema() {
    let compiled = |schema: &str| Schema::compile(schema, &Options { strict: true, ..Options::default() });
    assert!(compiled(r#"{"$schema": "urn:hoso:meta:rules:1", "prefixItems": [{}]}"#).is_ok());
    assert!(compiled(r#"{"$schema": "urn:hoso:meta:rules:2"}"#).is_err());
}

//! A hundred thousand pairs of a schema and a document, made by chance: three outside validators give the same verdict, but where the
//! text of JSON Schema says that one is wrong, and the fast pass, the report and its issues agree with one another.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a pair that cannot be judged has failed")]

#[path = "support/judges.rs"]
mod judges;
#[path = "support/schema_maker.rs"]
mod schema_maker;

use hoso::json::Document;
use hoso::report::{Language, Level};
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use schema_maker::Chance;
use serde_json::{Value, json};

const SCHEMAS: usize = 17_000;
const DOCUMENTS: usize = 6;
/// Of so many schemas Python's validator, which is slower, is asked too.
const SCHEMAS_PYTHON: usize = 4_000;

/// A schema with its documents.
type Case = (Value, Vec<Value>);

/// What an outside validator gets wrong.
struct Mistake {
    judge: &'static str,
    /// The text by which it is one.
    clause: &'static str,
    /// The smallest that shows it: a schema, a document, and the right verdict.
    shown: (&'static str, &'static str, bool),
    /// It gives no verdict at all.
    breaks_down: bool,
    /// What stands in a schema that meets it.
    marks: &'static [&'static str],
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        judge: "ajv",
        clause: "Core 8.2.3.2: `$dynamicRef` leads to the `$dynamicAnchor` of the resource, wherever in it that stands",
        shown: (r##"{"$dynamicRef": "#meant", "$defs": {"c": {"$dynamicAnchor": "meant", "type": "array"}}}"##, "[]", true),
        breaks_down: true,
        marks: &["\"$dynamicRef\""],
    },
    Mistake {
        judge: "ajv",
        clause: "Core 8.2.3.2, as above",
        shown: (
            r##"{"properties": {"x": {"$dynamicRef": "#meant"}}, "$defs": {"c": {"$dynamicAnchor": "meant", "type": "array"}}}"##,
            r#"{"x": 1}"#,
            false,
        ),
        breaks_down: false,
        marks: &["\"$dynamicRef\""],
    },
    Mistake {
        judge: "ajv",
        clause: "Core 8.2.3.2: the outermost resource of the dynamic scope that has the anchor says what it means",
        shown: (
            r##"{"$id": "https://portal.example/outer", "$ref": "inner", "$defs": {"c": {"$dynamicAnchor": "meant", "type": "integer"},
                "e": {"$id": "inner", "properties": {"b": {"$dynamicRef": "#meant"}}, "$defs": {"c": {"$dynamicAnchor": "meant"}}}}}"##,
            r#"{"b": []}"#,
            false,
        ),
        breaks_down: false,
        marks: &["\"#named\""],
    },
    Mistake {
        judge: "ajv",
        clause: "Validation 6.2.1, Core 4.2.1: a number is what its digits say, not the nearest double",
        shown: (r#"{"multipleOf": 2}"#, "9007199254740993", false),
        breaks_down: false,
        marks: &["\"multipleOf\""],
    },
    Mistake {
        judge: "ajv",
        clause: "Core 10.3.1.3: an array without items has none that `contains` asks for, whatever `prefixItems` says",
        shown: (r#"{"contains": {"type": "null"}, "prefixItems": [{"type": "string"}]}"#, "[]", false),
        breaks_down: false,
        marks: &["\"contains\"", "\"prefixItems\""],
    },
    Mistake {
        judge: "ajv",
        clause: "Core 10.3.1.3, 11.2: of `contains` only the items that fit are evaluated",
        shown: (r#"{"contains": {"type": "null"}, "unevaluatedItems": false}"#, "[null, 1]", false),
        breaks_down: false,
        marks: &["\"contains\"", "\"unevaluatedItems\""],
    },
    Mistake {
        judge: "ajv",
        clause: "Core 7.7.1.2, 11.2: a branch of `oneOf` that fails has evaluated nothing",
        shown: (r#"{"oneOf": [true, {"type": "boolean", "unevaluatedItems": true}], "unevaluatedItems": false}"#, "[1]", false),
        breaks_down: false,
        marks: &["\"oneOf\"", "\"unevaluatedItems\""],
    },
    Mistake {
        judge: "ajv",
        clause: "Core 10.2.2.1, 11.3: `if` evaluates too, without `then` and `else`",
        shown: (r#"{"if": {"additionalProperties": {"maximum": 3}}, "unevaluatedProperties": false}"#, r#"{"b": 1}"#, true),
        breaks_down: false,
        marks: &["\"if\"", "\"unevaluatedProperties\""],
    },
    Mistake {
        judge: "ajv",
        clause: "Core 10.3.2.2: `patternProperties` may stand beside anything",
        shown: (
            r#"{"oneOf": [{"enum": [1], "unevaluatedProperties": {"maximum": 1}}, {"maxContains": 2}], "patternProperties": {"^a": true, "[ab]": {"minItems": 2}}}"#,
            r#"{"a": 1, "b": 1}"#,
            true,
        ),
        breaks_down: true,
        marks: &["\"patternProperties\""],
    },
];

#[test]
fn verdicts_agree_with_outside_validators_and_reports_with_verdicts() {
    let mut chance = Chance::Seed(0x9e37_79b9_7f4a_7c15);
    let cases: Vec<Case> = (0..SCHEMAS)
        .map(|_| {
            let schema = chance.whole_schema();
            let documents = (0..DOCUMENTS).map(|_| chance.document(3)).collect();
            (schema, documents)
        })
        .collect();
    let (mut valid, mut invalid, mut wrong) = (0, 0, Vec::new());
    let mut ours = Vec::new();
    for (schema, documents) in &cases {
        let compiled = Schema::compile(schema.to_string(), &Options::default()).unwrap_or_else(|errors| panic!("{schema}: {errors:?}"));
        let verdicts: Vec<bool> = documents.iter().map(|document| verdict(&compiled, document)).collect();
        verdicts.iter().for_each(|verdict| *(if *verdict { &mut valid } else { &mut invalid }) += 1);
        ours.push(verdicts);
    }
    for (judge, cases) in [("jsonschema, Python", &cases[..SCHEMAS_PYTHON]), ("jsonschema, Rust", &cases), ("ajv", &cases)] {
        for ((schema, documents), (theirs, ours)) in cases.iter().zip(outside(judge, cases).iter().zip(&ours)) {
            for (document, (theirs, ours)) in documents.iter().zip(theirs.iter().zip(ours)) {
                if *theirs != Some(*ours) && !MISTAKES.iter().any(|mistake| mistake.explains(judge, schema, *theirs)) {
                    wrong.push(format!("{judge} says {theirs:?}, hoso {ours}: {schema} {document}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), valid + invalid, wrong[..wrong.len().min(40)].join("\n"));
    assert!(valid > 20_000 && invalid > 20_000, "{valid} valid, {invalid} invalid");
}

#[test]
fn what_an_outside_validator_gets_wrong_it_still_gets_wrong() {
    for Mistake { judge, clause, shown: (schema, document, right), .. } in MISTAKES {
        let (schema, document): (Value, Value) = (serde_json::from_str(schema).unwrap(), serde_json::from_str(document).unwrap());
        let compiled = Schema::compile(schema.to_string(), &Options::default()).unwrap();
        assert_eq!(verdict(&compiled, &document), *right, "{clause}: {schema} {document}");
        let theirs = outside(judge, &[(schema.clone(), vec![document.clone()])]);
        assert_ne!(theirs, [[Some(*right)]], "{judge} no longer gets this wrong, so take it off the list: {schema} {document}");
    }
}

impl Mistake {
    fn explains(&self, judge: &str, schema: &Value, theirs: Option<bool>) -> bool {
        let mut schema = schema.clone();
        // What the maker puts into every schema.
        if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
            definitions.retain(|name, _| name == "b");
        }
        let text = schema.to_string();
        self.judge == judge && self.breaks_down == theirs.is_none() && self.marks.iter().all(|mark| text.contains(mark))
    }
}

/// Our verdict; both passes, and the issues, say the same.
fn verdict(schema: &Schema, document: &Value) -> bool {
    let data = Document::read(document.to_string()).unwrap();
    let valid = schema.is_valid(&data, hoso::text::Moment::EPOCH).unwrap();
    let report = schema.validate(&data, Moment::parse("2026-11-24T09:00:00+07:00").unwrap(), Language::Vi).unwrap();
    let errors = report.issues.iter().filter(|issue| issue.level == Level::Error).count();
    assert_eq!((report.valid, errors == 0), (valid, valid), "{}: {document}: {report:?}", schema.canonical());
    valid
}

/// The verdicts of an outside validator, asked once for all; none where it breaks down.
fn outside(judge: &str, cases: &[Case]) -> Vec<Vec<Option<bool>>> {
    let judge = match judge {
        "ajv" => judges::node("schema-ajv.mjs"),
        "jsonschema, Rust" => judges::native(),
        _ => judges::python("schema-differential.py"),
    };
    let lines = cases.iter().map(|(schema, documents)| format!("{}\n", json!({"schema": schema, "documents": documents}))).collect();
    let verdicts: Vec<Vec<Option<bool>>> = judges::answers(judge, lines).iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(verdicts.len(), cases.len());
    verdicts
}

//! Validating: the fast pass and the report say the same, of every spelling of schema and document, and what is logically the same is judged alike.

use super::schema_maker::Chance;
use hoso::json::{Document, canonical};
use hoso::report::{Language, Level, Report};
use hoso::schema::{LimitError, Options, Schema};
use hoso::text::Moment;
use serde_json::{Map, Value, json};

/// Choices that make a schema and documents.
pub fn holds(input: &[u8]) {
    let mut chance = Chance::Bytes(input);
    let options = Options { strict: chance.below(3) == 2, ..Options::default() };
    let schema = chance.whole_schema();
    let compiled = match Schema::compile(schema.to_string(), &options) {
        Ok(compiled) => compiled,
        Err(errors) => {
            assert!(options.strict && !errors.is_empty(), "{errors:?}: {schema}");
            return;
        }
    };
    let again = again(&compiled, &options);
    let logical = if options.strict { Vec::new() } else { logical(&schema) };
    for _ in 0..3 {
        let document = chance.document(3);
        let valid = judged(&compiled, &document);
        let data = Document::read(document.to_string()).unwrap();
        assert_eq!(again.is_valid(&data, hoso::text::Moment::EPOCH), Ok(valid), "by the canonical form of {schema}: {document}");
        for (outer, asked) in &logical {
            let expected = match asked {
                Asked::Same => valid,
                Asked::Not => !valid,
                Asked::Never => false,
            };
            assert_eq!(outer.is_valid(&data, hoso::text::Moment::EPOCH), Ok(expected), "{}: {document}", outer.canonical());
        }
    }
}

/// The verdict, when everything that says it agrees.
fn judged(schema: &Schema, document: &Value) -> bool {
    let data = Document::read(document.to_string()).expect("what serde_json writes is read");
    let valid = decided(schema.is_valid(&data, hoso::text::Moment::EPOCH), document);
    let report = reported(schema, &data, Language::Vi);
    let errors = report.issues.iter().filter(|issue| issue.level == Level::Error).count();
    assert_eq!((report.valid, errors == 0), (valid, valid), "{document}: {report:?} by {}", schema.canonical());
    for issue in &report.issues {
        assert!(!issue.message.is_empty() && !issue.schema_path.as_str().contains('#'), "{issue:?}");
        // That a rule schema asks for clean texts and exact numbers, no keyword says.
        let rule = issue.keyword == "x-procedure" || issue.schema_path.find(schema.document().root()).is_some();
        assert!(rule, "{issue:?} has no rule");
    }
    let codes = |report: &Report| report.issues.iter().map(|issue| (issue.path.clone(), issue.code, issue.level)).collect::<Vec<_>>();
    assert_eq!(codes(&reported(schema, &data, Language::En)), codes(&report), "in another language");
    if let Ok(text) = canonical(data.root()) {
        let other = reported(schema, &Document::read(text).unwrap(), Language::Vi);
        assert_eq!(codes(&other), codes(&report), "of the canonical form of {document} by {}", schema.canonical());
    }
    let line = hoso::wire::line(&report);
    Document::read(line.trim_end()).expect("a report is JSON");
    valid
}

/// Schemas and documents of this size are within every limit.
fn decided<T>(answer: Result<T, LimitError>, document: &Value) -> T {
    answer.unwrap_or_else(|limit| panic!("{limit:?} for {document}"))
}

fn reported(schema: &Schema, data: &Document, language: Language) -> Report {
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    schema.validate(data, now, language).unwrap_or_else(|limit| panic!("{limit:?}"))
}

fn again(schema: &Schema, options: &Options<'_>) -> Schema {
    let text = if schema.canonical().is_empty() { canonical_or_not(schema) } else { schema.canonical().to_owned() };
    Schema::compile(text, options).expect("the same schema compiles again")
}

/// A schema with a number that has no canonical form, as it is.
fn canonical_or_not(schema: &Schema) -> String {
    let root = schema.document().root();
    fn write(value: hoso::json::Value<'_>) -> Value {
        use hoso::json::Kind;
        match value.kind() {
            Kind::Null => Value::Null,
            Kind::False | Kind::True => json!(value.kind() == Kind::True),
            Kind::Number => serde_json::from_str(value.as_number().unwrap().text()).unwrap(),
            Kind::String => json!(value.as_str()),
            Kind::Array => value.items().map(write).collect(),
            Kind::Object => value.members().map(|(name, member)| (name.to_owned(), write(member))).collect::<Map<_, _>>().into(),
        }
    }
    write(root).to_string()
}

/// What a schema around another asks.
enum Asked {
    Same,
    Not,
    Never,
}

/// JSON Schema Core 2020-12, 10.2.1: schemas that say what another says through a keyword that combines subschemas.
fn logical(schema: &Value) -> Vec<(Schema, Asked)> {
    let Value::Object(members) = schema else { return Vec::new() };
    let mut inner = members.clone();
    let (id, definitions) = (inner.remove("$id"), inner.remove("$defs"));
    let inner = Value::Object(inner);
    let around = |(keyword, value, asked): (&str, Value, Asked)| {
        let mut outer = Map::new();
        outer.extend(id.clone().map(|id| ("$id".to_owned(), id)));
        outer.extend(definitions.clone().map(|definitions| ("$defs".to_owned(), definitions)));
        outer.insert(keyword.to_owned(), value);
        let outer = Value::Object(outer).to_string();
        (Schema::compile(outer.as_str(), &Options::default()).unwrap_or_else(|errors| panic!("{errors:?}: {outer}")), asked)
    };
    let all = [
        ("allOf", json!([inner, inner]), Asked::Same),
        ("anyOf", json!([inner, false, inner]), Asked::Same),
        ("oneOf", json!([false, inner]), Asked::Same),
        ("oneOf", json!([inner, inner]), Asked::Never),
        ("not", inner.clone(), Asked::Not),
        ("not", json!({"not": inner}), Asked::Same),
    ];
    all.into_iter().map(around).collect()
}

//! Schemas: each compiles or has mistakes with places in it; its canonical form is the same schema; looking it over ends.

use super::schema_maker::Chance;
use hoso::form::outline::outline;
use hoso::json::{Document, Value, canonical};
use hoso::report::{Coded, Language, sentence};
use hoso::schema::{Draft, Options, Schema, SchemaProblem};
use serde_json::json;

/// A text; or choices that make a schema with mistakes.
pub fn holds(input: &[u8]) {
    match super::is_made(input) {
        Ok(choices) => {
            let mut chance = Chance::Bytes(choices);
            let options = chance.below(8);
            let schema = loose(&mut chance, 4);
            compiles_or_not(&schema.to_string(), options);
        }
        Err(text) => (0..8).for_each(|options| compiles_or_not(&text, options)),
    }
}

fn compiles_or_not(text: &str, options: usize) {
    let dialect = [Draft::Draft202012, Draft::Draft201909, Draft::Draft7, Draft::Draft202012][options % 4];
    let options = Options { strict: options.is_multiple_of(4), assert_formats: options >= 4, dialect, ..Options::default() };
    let document = Document::read(text).ok();
    match Schema::compile(text, &options) {
        Ok(schema) => compiled(&schema, document.expect("a schema that compiles is read").root(), &options),
        Err(errors) => {
            assert!(!errors.is_empty(), "no mistake and no schema");
            for error in errors {
                assert!(!sentence(&error, Language::Vi).is_empty() && !sentence(&error, Language::En).is_empty(), "{}", error.code());
                if let Some(document) = &document {
                    let missing = matches!(error.problem, SchemaProblem::PartMissing { .. });
                    let stands = missing || !error.document.is_empty() || error.path.find(document.root()).is_some();
                    assert!(stands, "{error:?} stands nowhere");
                }
            }
        }
    }
}

fn compiled(schema: &Schema, root: Value<'_>, options: &Options<'_>) {
    assert_eq!(canonical(root).unwrap_or_default(), schema.canonical());
    if !schema.canonical().is_empty() {
        let again = Schema::compile(schema.canonical(), options).expect("the canonical form compiles too");
        assert_eq!((again.id(), again.canonical()), (schema.id(), schema.canonical()));
    }
    for finding in schema.lint() {
        assert!(finding.path.find(schema.document().root()).is_some(), "{finding:?} stands nowhere");
        assert!(!sentence(&finding, Language::Vi).is_empty() && !sentence(&finding, Language::En).is_empty(), "{}", finding.code());
    }
    let _ = outline(schema.document().root(), schema.codes(), root, Language::Vi);
}

const NAMES: [&str; 4] = ["a", "b", "họ", "a/b~"];
const ADDRESSES: [&str; 16] = [
    "#",
    "#a",
    "#/$defs/a",
    "#/$defs/a%2Fb~0",
    "#/properties/a",
    "#/$defs/b/items",
    "inner",
    "inner#a",
    "https://portal.example/outer#/$defs/b",
    "https://json-schema.org/draft/2020-12/schema",
    "http://json-schema.org/draft-07/schema#",
    "../inner",
    "urn:x:y",
    "a",
    "",
    "%",
];
/// Keywords and what kind of value each takes: a schema, a list of them, an object of them, an address, names, a number, anything.
const KEYWORDS: [(&str, u8); 70] = [
    ("$ref", b'r'),
    ("$id", b'r'),
    ("$schema", b'r'),
    ("$anchor", b'r'),
    ("$dynamicRef", b'r'),
    ("$dynamicAnchor", b'r'),
    ("$recursiveRef", b'r'),
    ("$recursiveAnchor", b'b'),
    ("$defs", b'o'),
    ("$defs", b'o'),
    ("definitions", b'o'),
    ("$vocabulary", b'o'),
    ("allOf", b'l'),
    ("anyOf", b'l'),
    ("oneOf", b'l'),
    ("not", b's'),
    ("if", b's'),
    ("then", b's'),
    ("else", b's'),
    ("dependentSchemas", b'o'),
    ("dependentRequired", b'n'),
    ("dependencies", b'o'),
    ("prefixItems", b'l'),
    ("items", b's'),
    ("items", b'l'),
    ("additionalItems", b's'),
    ("contains", b's'),
    ("minContains", b'i'),
    ("maxContains", b'i'),
    ("properties", b'o'),
    ("properties", b'o'),
    ("patternProperties", b'o'),
    ("additionalProperties", b's'),
    ("propertyNames", b's'),
    ("unevaluatedItems", b's'),
    ("unevaluatedProperties", b's'),
    ("type", b't'),
    ("enum", b'e'),
    ("const", b'v'),
    ("multipleOf", b'i'),
    ("maximum", b'i'),
    ("exclusiveMaximum", b'i'),
    ("minimum", b'i'),
    ("exclusiveMinimum", b'i'),
    ("maxLength", b'i'),
    ("minLength", b'i'),
    ("pattern", b'p'),
    ("maxItems", b'i'),
    ("minItems", b'i'),
    ("uniqueItems", b'b'),
    ("maxProperties", b'i'),
    ("minProperties", b'i'),
    ("required", b'n'),
    ("format", b'p'),
    ("contentSchema", b's'),
    ("contentEncoding", b'p'),
    ("title", b'p'),
    ("default", b'v'),
    ("examples", b'e'),
    ("readOnly", b'b'),
    ("x-label", b'x'),
    ("x-hint", b'x'),
    ("x-message", b'm'),
    ("x-order", b'n'),
    ("x-pages", b'g'),
    ("x-attachment", b'a'),
    ("x-procedure", b'q'),
    ("label", b'v'),
    ("propertes", b'o'),
    ("x-rules", b'v'),
];

/// A schema that may be wrong in every way.
fn loose(chance: &mut Chance<'_>, depth: usize) -> serde_json::Value {
    if chance.below(10) == 9 {
        return chance.document(1);
    }
    let mut members = serde_json::Map::new();
    for _ in 0..chance.below(4) + usize::from(depth > 2) {
        let (keyword, kind) = KEYWORDS[chance.below(KEYWORDS.len())];
        members.insert(keyword.to_owned(), value(chance, kind, depth));
    }
    serde_json::Value::Object(members)
}

fn value(chance: &mut Chance<'_>, kind: u8, depth: usize) -> serde_json::Value {
    let mistaken = chance.below(24) == 23;
    if mistaken || (depth == 0 && matches!(kind, b's' | b'l' | b'o')) {
        return if mistaken { chance.document(2) } else { json!({}) };
    }
    let name = |chance: &mut Chance<'_>| NAMES[chance.below(NAMES.len())];
    match kind {
        b's' => loose(chance, depth - 1),
        b'l' => (0..=chance.below(3)).map(|_| loose(chance, depth - 1)).collect(),
        b'o' => (0..chance.below(4)).map(|_| (name(chance).to_owned(), loose(chance, depth - 1))).collect(),
        b'r' => json!(ADDRESSES[chance.below(ADDRESSES.len())]),
        b'n' => (0..chance.below(4)).map(|_| json!(name(chance))).collect(),
        b'i' => [json!(0), json!(1), json!(2), json!(-1), json!(0.5), json!(1e300)][chance.below(6)].clone(),
        b'b' => json!(chance.below(2) == 1),
        b't' => json!(["null", "boolean", "object", "array", "number", "integer", "string", "text"][chance.below(8)]),
        b'e' => (0..chance.below(4)).map(|_| chance.document(1)).collect(),
        b'p' => json!(["^a", "a{2,1}", "(", "vn-phone", "email", "dat", "", r"\p{L}"][chance.below(8)]),
        b'x' => [json!({"vi": "Tên", "en": "Name"}), json!({"vi": "Tên {label}"}), json!({"en": "Name"})][chance.below(3)].clone(),
        b'm' => json!({KEYWORDS[chance.below(KEYWORDS.len())].0: value(chance, b'x', depth)}),
        b'g' => json!([{"id": "p", "title": {"vi": "Trang"}, "fields": ["/a", "/b", name(chance), "/a/b"]}]),
        b'a' => json!({"mediaTypes": ["application/pdf"], "maxBytes": 1000, "maxFiles": chance.below(3)}),
        b'q' => {
            json!({"code": "1.001612", "version": "2026-11", "title": {"vi": "Đăng ký"}, "authority": {"vi": "Ủy ban"}, "legalBasis": [], "effectiveFrom": "2025-07-01"})
        }
        _ => chance.document(2),
    }
}

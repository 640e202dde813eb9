//! Types that make other keywords pointless, or that have nothing in common: JSON Schema Validation 2020-12, 6.1.1.
//!
//! In `{"type": "number", "minLength": 3}` the length checks nothing; in `{"type": ["number", "string"], "minLength": 3}` it does.

use super::{Linter, Oddity, Subschema};
use crate::json::{Kind, Value};
use crate::schema::program::KindSet;

/// What each keyword speaks of. Of values of other types it says nothing.
const SPEAKS_OF: [(&str, &[&str]); 4] = [
    ("number", &["multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"]),
    ("string", &["maxLength", "minLength", "pattern"]),
    (
        "array",
        &[
            "prefixItems",
            "items",
            "additionalItems",
            "contains",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxContains",
            "minContains",
            "unevaluatedItems",
            "x-attachment",
        ],
    ),
    (
        "object",
        &[
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
            "unevaluatedProperties",
            "dependencies",
            "dependentSchemas",
            "dependentRequired",
            "maxProperties",
            "minProperties",
            "required",
            "x-order",
        ],
    ),
];

pub(super) fn look<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    let own = own(schema);
    if own != KindSet::ALL {
        for (kind, keywords) in SPEAKS_OF.iter().filter(|(kind, _)| !holds(own, kind)) {
            for keyword in *keywords {
                if let Some(value) = schema.part(keyword) {
                    linter.note(value, Oddity::KeywordPointless { keyword, kind });
                }
            }
        }
    }
    note_apart(linter, schema, own);
}

/// Whether only whole numbers are left among the numbers.
pub(super) fn is_integer(schema: Subschema<'_>) -> bool {
    let only = KindSet::default().with("integer");
    KindSet::default().with("number").map(|number| own(schema).common(number)) == only
}

/// Whether texts are among what `type` lets pass.
pub(super) fn takes_text(schema: Subschema<'_>) -> bool {
    holds(own(schema), "string")
}

fn holds(kinds: KindSet, name: &str) -> bool {
    KindSet::default().with(name).is_none_or(|kind| kinds.common(kind) != KindSet::default())
}

/// What the subschema's own `type` lets pass.
fn own(schema: Subschema<'_>) -> KindSet {
    let Some(kinds) = schema.part("type") else { return KindSet::ALL };
    let mut set = KindSet::default();
    for name in kinds.as_str().into_iter().chain(kinds.items().filter_map(Value::as_str)) {
        set = set.with(name).unwrap_or(KindSet::ALL);
    }
    set
}

/// The first of `$ref` and the parts of `allOf` whose types have nothing in common with what stands before it.
fn note_apart<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>, own: KindSet) {
    let mut left = own;
    if let Some((at, target)) = schema.part("$ref").zip(linter.referred(schema)) {
        let kinds = taken(linter, target, 0);
        if !narrow(linter, at, &mut left, kinds) {
            return;
        }
    }
    for part in schema.part("allOf").into_iter().flat_map(Value::items) {
        let kinds = taken(linter, part, 0);
        if !narrow(linter, part, &mut left, kinds) {
            return;
        }
    }
}

/// Takes a part's types into account; whether anything is left.
fn narrow(linter: &mut Linter<'_>, at: Value<'_>, left: &mut KindSet, kinds: KindSet) -> bool {
    // A part that is impossible in itself is told there.
    let common = if kinds == KindSet::default() { *left } else { left.common(kinds) };
    if common == KindSet::default() {
        linter.note(at, Oddity::TypesApart);
        return false;
    }
    *left = common;
    true
}

/// What a subschema lets pass by its `type`, and those it refers to or lists in `allOf`.
fn taken<'s>(linter: &mut Linter<'s>, value: Value<'s>, depth: usize) -> KindSet {
    const HOPS: usize = 16;
    if value.kind() != Kind::Object || depth == HOPS || !linter.spend(1) {
        return KindSet::ALL;
    }
    let schema = linter.subschema(value, false);
    let mut kinds = own(schema);
    if let Some(target) = linter.referred(schema) {
        kinds = kinds.common(taken(linter, target, depth + 1));
    }
    for part in schema.part("allOf").into_iter().flat_map(Value::items) {
        kinds = kinds.common(taken(linter, part, depth + 1));
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::super::tests::{each, found, found_with};
    use crate::schema::{Draft, Options};

    #[test]
    fn keywords_that_the_type_makes_pointless_are_found() {
        each(
            found,
            "lint.keyword-pointless",
            &[
                (r#"{"type": "number", "minLength": 3}"#, Some("/minLength")),
                (r#"{"type": ["number", "string"], "minLength": 3}"#, None),
                (r#"{"minLength": 3, "minimum": 1}"#, None),
                (r#"{"type": "string", "minimum": 3}"#, Some("/minimum")),
                (r#"{"type": "integer", "minimum": 3, "multipleOf": 2}"#, None),
                (r#"{"type": "array", "properties": {}}"#, Some("/properties")),
                (r#"{"type": "object", "properties": {"a": {"minLength": 1}}}"#, None),
                (r#"{"type": "object", "items": {}}"#, Some("/items")),
                (r#"{"type": "string", "required": ["a"]}"#, Some("/required")),
                (r#"{"type": ["object", "null"], "required": ["a"]}"#, None),
                (r#"{"type": "object", "prefixItems": [{}]}"#, Some("/prefixItems")),
                // Not a keyword of this dialect, so it is nobody's.
                (r#"{"type": "object", "additionalItems": {}}"#, None),
                (r#"{"type": "object", "allOf": [{"minLength": 1}]}"#, None),
                (r#"{"type": "string", "title": "a", "default": "b", "contentEncoding": "base64"}"#, None),
            ],
        );
    }

    #[test]
    fn types_with_nothing_in_common_are_found() {
        each(
            found,
            "lint.types-apart",
            &[
                (r##"{"$defs": {"a": {"type": "string"}}, "type": "object", "$ref": "#/$defs/a"}"##, Some("/$ref")),
                (r##"{"$defs": {"a": {"type": "string"}}, "type": ["object", "string"], "$ref": "#/$defs/a"}"##, None),
                (r#"{"allOf": [{"type": "string"}, {"type": "number"}]}"#, Some("/allOf/1")),
                (r#"{"allOf": [{"type": "integer"}, {"type": "number"}]}"#, None),
                (r#"{"anyOf": [{"type": "string"}, {"type": "number"}]}"#, None),
                (r#"{"type": "string", "allOf": [{"minLength": 1}, {"allOf": [{"type": "array"}]}]}"#, Some("/allOf/1")),
                (
                    r##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"type": "null"}}, "properties": {"p": {"type": "string", "$ref": "#/$defs/a"}}}"##,
                    Some("/properties/p/$ref"),
                ),
                (
                    r##"{"$defs": {"a": {"type": "string"}}, "properties": {"p": {"type": "object", "properties": {"q": {"$ref": "#/$defs/a"}}}}}"##,
                    None,
                ),
            ],
        );
        // Draft 7, 8.3: the type beside the reference does not count, which is told as such.
        let options = Options { dialect: Draft::Draft7, assert_formats: true, ..Options::default() };
        let schema = r##"{"definitions": {"a": {"type": "string"}}, "properties": {"p": {"type": "object", "$ref": "#/definitions/a"}}}"##;
        assert_eq!(found_with(schema, &options), [("/properties/p/type".to_owned(), "lint.reference-sibling")]);
    }
}

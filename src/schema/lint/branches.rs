//! Conditions that are none, branches that overlap or always pass, keywords whose partner is missing: JSON Schema Core 2020-12, 10.2 and 10.3.
//!
//! In `{"oneOf": [{"type": "integer"}, {"const": 0}]}` 0 passes both branches, so it is refused.

use super::values::listed;
use super::{Linter, Oddity, Subschema, is_always, is_never};
use crate::json::{Kind, Value, first_repeat};
use crate::schema::dialect::Draft;

pub(super) fn look<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    condition(linter, schema);
    partners(linter, schema);
    siblings(linter, schema);
    for keyword in ["anyOf", "oneOf"] {
        let branches = schema.part(keyword).into_iter().flat_map(Value::items);
        if let Some(branch) = branches.clone().find(|branch| is_always(*branch)) {
            linter.note(branch, Oddity::BranchAlways { keyword });
        } else if let Some(list) = schema.part(keyword).filter(|_| keyword == "oneOf") {
            overlap(linter, list);
        }
    }
}

fn condition<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    match schema.part("if") {
        Some(test) if is_always(test) => linter.note(test, Oddity::ConditionConstant { holds: true }),
        Some(test) if is_never(test) => linter.note(test, Oddity::ConditionConstant { holds: false }),
        Some(_) => {}
        None => {
            for keyword in ["then", "else"] {
                if let Some(branch) = schema.part(keyword) {
                    linter.note(branch, Oddity::PartnerMissing { keyword, partner: "if" });
                }
            }
        }
    }
}

/// Keywords that say nothing without another (Core 2019-09, 9.3.1.2; Validation 2020-12, 6.4.4 and 6.4.5).
fn partners<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    for keyword in ["minContains", "maxContains"] {
        if let Some(value) = schema.part(keyword).filter(|_| !schema.has("contains")) {
            linter.note(value, Oddity::PartnerMissing { keyword, partner: "contains" });
        }
    }
    let has_prefix = schema.part("items").is_some_and(|items| items.kind() == Kind::Array);
    if let Some(value) = schema.part("additionalItems").filter(|_| !has_prefix) {
        linter.note(value, Oddity::PartnerMissing { keyword: "additionalItems", partner: "items: […]" });
    }
}

/// Draft 7, 8.3: beside `$ref` nothing counts. What names or describes does no harm there.
fn siblings<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    if schema.dialect.draft != Draft::Draft7 || schema.value.member("$ref").is_none() {
        return;
    }
    for (name, value) in schema.value.members() {
        let known = crate::schema::vocabulary::keyword(name, schema.dialect).is_some();
        if known && name != "$ref" && !super::SAYS_NOTHING.contains(&name) {
            linter.note(value, Oddity::ReferenceSibling { keyword: name.to_owned() });
        }
    }
}

/// Two branches of `oneOf` that are the same, or that a value which one of them lists passes both.
fn overlap<'s>(linter: &mut Linter<'s>, list: Value<'s>) {
    if !linter.spend(list.size().saturating_mul(8)) {
        return;
    }
    if let Some((second, first)) = first_repeat(list) {
        if let Some(branch) = list.item(second) {
            linter.note(branch, Oddity::BranchRepeated { first: first + 1, second: second + 1 });
        }
        return;
    }
    let branches: Vec<_> = list.items().map(|branch| (branch, listed(linter.subschema(branch, false)))).collect();
    let values = branches.iter().map(|(_, values)| values.len()).sum::<usize>();
    if !linter.spend(values.saturating_mul(branches.len())) {
        return;
    }
    for (at, (branch, values)) in branches.iter().enumerate() {
        // Of two branches that list values the later one is told.
        let others = branches.iter().enumerate().filter(|(other_at, (_, values))| *other_at < at || (*other_at > at && values.is_empty()));
        for (other_at, (other, _)) in others {
            let both = values.iter().find(|value| passes_both(linter, *branch, *other, **value));
            if let Some(value) = both {
                let (first, second) = (at.min(other_at) + 1, at.max(other_at) + 1);
                return linter.note(*value, Oddity::BranchesOverlap { first, second });
            }
        }
    }
}

fn passes_both(linter: &mut Linter<'_>, branch: Value<'_>, other: Value<'_>, value: Value<'_>) -> bool {
    linter.passes(other, value) == Some(true) && linter.passes(branch, value) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{each, found, found_in_rules, found_with};
    use crate::schema::{Draft, Options};

    #[test]
    fn conditions_that_never_change_are_found() {
        each(
            found,
            "lint.condition-constant",
            &[
                (r#"{"if": true, "then": {"minLength": 1}}"#, Some("/if")),
                (r#"{"if": {}, "then": {"minLength": 1}}"#, Some("/if")),
                (r#"{"if": {"title": "a"}, "then": {"minLength": 1}}"#, Some("/if")),
                (r#"{"if": false, "else": {"minLength": 1}}"#, Some("/if")),
                (r#"{"if": {"not": {}}, "else": {"minLength": 1}}"#, Some("/if")),
                (r#"{"if": {"type": "string"}, "then": {"minLength": 1}}"#, None),
                (r#"{"if": {"not": {"type": "string"}}, "then": {"minimum": 1}}"#, None),
                (r#"{"if": {"properties": {"a": true}, "required": ["a"]}, "then": {"minProperties": 1}}"#, None),
            ],
        );
    }

    #[test]
    fn keywords_without_their_partner_are_found() {
        each(
            found,
            "lint.partner-missing",
            &[
                (r#"{"then": {"minLength": 1}}"#, Some("/then")),
                (r#"{"else": {"minLength": 1}}"#, Some("/else")),
                (r#"{"if": {"type": "string"}, "else": {"minimum": 1}}"#, None),
                (r#"{"properties": {"then": {"minLength": 1}}}"#, None),
                (r#"{"minContains": 1}"#, Some("/minContains")),
                (r#"{"maxContains": 1}"#, Some("/maxContains")),
                (r#"{"minContains": 1, "contains": {"const": 1}}"#, None),
            ],
        );
        let old = |schema: &str| found_with(schema, &Options { dialect: Draft::Draft7, ..Options::default() });
        let missing = |place: &str| vec![(place.to_owned(), "lint.partner-missing")];
        assert_eq!(old(r#"{"additionalItems": {"minimum": 1}}"#), missing("/additionalItems"));
        assert_eq!(old(r#"{"items": {"minimum": 1}, "additionalItems": false}"#), missing("/additionalItems"));
        assert_eq!(old(r#"{"items": [{"minimum": 1}], "additionalItems": false}"#), []);
        // Not keywords of draft 7.
        assert_eq!(old(r#"{"minContains": 1}"#), []);
    }

    #[test]
    fn what_stands_beside_a_reference_in_draft_7_is_found() {
        let old = |schema: &str| found_with(schema, &Options { dialect: Draft::Draft7, ..Options::default() });
        let schema =
            |more: &str| format!(r##"{{"definitions": {{"a": {{}}}}, "properties": {{"p": {{"$ref": "#/definitions/a"{more}}}}}}}"##);
        assert_eq!(old(&schema(r#", "minLength": 1"#)), [("/properties/p/minLength".to_owned(), "lint.reference-sibling")]);
        assert_eq!(old(&schema(r#", "title": "A", "description": "b", "unknown": 1"#)), []);
        assert_eq!(found(r##"{"$defs": {"a": {}}, "$ref": "#/$defs/a", "minLength": 1}"##), []);
    }

    #[test]
    fn branches_that_always_pass_are_found() {
        each(
            found,
            "lint.branch-always",
            &[
                (r#"{"anyOf": [{"type": "string"}, true]}"#, Some("/anyOf/1")),
                (r#"{"anyOf": [{"title": "any"}, {"type": "string"}]}"#, Some("/anyOf/0")),
                (r#"{"oneOf": [{"type": "string"}, {}]}"#, Some("/oneOf/1")),
                (r#"{"anyOf": [{"type": "string"}, false]}"#, None),
                (r#"{"anyOf": [{"type": "string"}, {"unknown": 1}]}"#, None),
                (r#"{"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}"#, None),
                (r#"{"allOf": [true, {}]}"#, None),
            ],
        );
    }

    #[test]
    fn branches_that_overlap_for_certain_are_found() {
        each(
            found,
            "lint.branches-overlap",
            &[
                (r#"{"oneOf": [{"const": "a", "title": "A"}, {"const": "a", "title": "B"}]}"#, Some("/oneOf/1/const")),
                (r#"{"oneOf": [{"const": "a"}, {"enum": ["b", "a"]}]}"#, Some("/oneOf/1/enum/1")),
                (r#"{"oneOf": [{"const": "a"}, {"enum": ["b", "A"]}]}"#, None),
                (r#"{"oneOf": [{"type": "integer"}, {"const": 0}]}"#, Some("/oneOf/1/const")),
                (r#"{"oneOf": [{"const": 0}, {"type": "integer"}]}"#, Some("/oneOf/0/const")),
                (r#"{"oneOf": [{"const": 0}, {"type": "integer", "minimum": 1}]}"#, None),
                (r#"{"oneOf": [{"const": 1}, {"const": "1"}, {"const": [1]}]}"#, None),
                (r#"{"anyOf": [{"const": 0}, {"type": "integer"}]}"#, None),
                // They may overlap, but no value at hand shows it.
                (r#"{"oneOf": [{"type": "integer"}, {"minimum": 5}]}"#, None),
                (
                    r#"{"oneOf": [{"properties": {"k": {"const": 1}}, "required": ["k"]}, {"properties": {"k": {"const": 2}}, "required": ["k"]}]}"#,
                    None,
                ),
            ],
        );
        each(
            found,
            "lint.branch-repeated",
            &[
                (r#"{"oneOf": [{"minimum": 1}, {"type": "string"}, {"minimum": 1.0}]}"#, Some("/oneOf/2")),
                (r#"{"oneOf": [{"minimum": 1}, {"minimum": 2}]}"#, None),
            ],
        );
        // A choice of constants with labels, each once.
        let choice = r#"{"title": "a", "oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]}"#;
        assert_eq!(found_in_rules(choice), []);
    }
}

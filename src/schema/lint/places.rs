//! What all subschemas of one place of the data say together: names that are required and declared nowhere, fields and choices without a
//! label, patterns without a sentence.
//!
//! Subschemas meet at a place by `$ref`, `allOf` and the like, so no finding is made of one of them alone: in
//! `{"properties": {"a": {}}, "allOf": [{"required": ["a"]}]}` the name is declared.

use super::{Linter, Oddity, Subschema, is_never};
use crate::json::{Kind, NodeId, Value};
use crate::order;
use crate::pairs::Pairs;
use crate::report::Language;
use crate::schema::labels;

/// Subschemas that speak of one place, each with whether it only asks.
type Parts<'s> = Vec<(Value<'s>, bool)>;

/// A member that a subschema of the place declares.
struct Field<'s> {
    name: &'s str,
    schema: Value<'s>,
    asks: bool,
}

/// What the subschemas of a place say together.
#[derive(Default)]
struct Place<'s> {
    parts: Vec<Subschema<'s>>,
    /// Sorted by name.
    fields: Vec<Field<'s>>,
    /// Members may be declared by something other than their names.
    open: bool,
}

/// What looks odd at one place may be right at another where the same subschema speaks: then nothing is said.
#[derive(Default)]
struct Suspects {
    list: Vec<(NodeId, Oddity)>,
    /// By the kind of finding and the node.
    cleared: Pairs,
    listed: Pairs,
}

const LABEL: u32 = 0;
const REQUIRED: u32 = 1;
const CHOICE: u32 = 2;
const SENTENCE: u32 = 3;

impl Suspects {
    fn judge(&mut self, what: u32, at: NodeId, odd: bool, oddity: impl FnOnce() -> Oddity) {
        if !odd {
            self.cleared.insert((what, at), 0);
        } else if self.listed.insert((what, at), u32::try_from(self.list.len()).unwrap_or(u32::MAX)) {
            self.list.push((at, oddity()));
        }
    }
}

pub(super) fn look(linter: &mut Linter<'_>) {
    let mut suspects = Suspects::default();
    if all_places(linter, &mut suspects).is_none() {
        return;
    }
    let Suspects { list, cleared, .. } = suspects;
    for (at, oddity) in list {
        if cleared.get((oddity_kind(&oddity), at)).is_none() {
            linter.note_at(at, oddity);
        }
    }
}

const fn oddity_kind(oddity: &Oddity) -> u32 {
    match oddity {
        Oddity::LabelMissing { .. } => LABEL,
        Oddity::RequiredUndeclared { .. } => REQUIRED,
        Oddity::ChoiceLabel { .. } => CHOICE,
        _ => SENTENCE,
    }
}

/// Looks at each place once, whichever way leads there; `None` when that takes too many steps.
fn all_places<'s>(linter: &mut Linter<'s>, suspects: &mut Suspects) -> Option<()> {
    let mut seen = Pairs::default();
    let mut waiting: Vec<Parts<'s>> = vec![vec![(linter.program.source.root(), false)]];
    while let Some(parts) = waiting.pop() {
        if !seen.insert(mark(&parts), 0) {
            continue;
        }
        let place = gather(linter, parts)?;
        judge_required(linter, &place, suspects)?;
        if linter.rule_schema {
            judge_labels(linter, &place, suspects)?;
            judge_choices(linter, &place, suspects)?;
            judge_sentences(&place, suspects);
        }
        inside(linter, &place, &mut waiting)?;
    }
    Some(())
}

/// Two hashes of the parts, in their order.
fn mark(parts: &Parts<'_>) -> (u32, u32) {
    let mut mark = (0x811c_9dc5_u32, 0x9e37_79b9_u32);
    for (part, asks) in parts {
        let number = part.id() << 1 | u32::from(*asks);
        mark.0 = (mark.0 ^ number).wrapping_mul(0x0100_0193);
        mark.1 = (mark.1.rotate_left(13) ^ number).wrapping_mul(0x85eb_ca6b);
    }
    mark
}

/// The subschemas that speak of a place, and what applies to the same value with them.
fn gather<'s>(linter: &mut Linter<'s>, parts: Parts<'s>) -> Option<Place<'s>> {
    let mut place = Place::default();
    let mut seen = Pairs::default();
    let mut waiting = parts;
    waiting.reverse();
    while let Some((value, asks)) = waiting.pop() {
        if value.kind() != Kind::Object || !seen.insert((u32::from(asks), value.id()), 0) {
            continue;
        }
        step(linter, 1 + value.len())?;
        let schema = linter.subschema(value, asks);
        in_place(linter, schema, &mut place.open, &mut waiting);
        for property in schema.part("properties").into_iter().flat_map(Value::fields) {
            step(linter, 1)?;
            place.fields.push(Field { name: property.name(), schema: property, asks });
        }
        let takes_others = |keyword| schema.part(keyword).is_some_and(|others| others.kind() == Kind::Object && !is_never(others));
        place.open |= schema.has("patternProperties") || takes_others("additionalProperties") || takes_others("unevaluatedProperties");
        place.parts.push(schema);
    }
    order::sort_by(&mut place.fields, |left, right| left.name.cmp(right.name));
    Some(place)
}

fn step(linter: &mut Linter<'_>, steps: usize) -> Option<()> {
    linter.spend(steps).then_some(())
}

/// Adds the subschemas of a subschema that see the same value.
fn in_place<'s>(linter: &Linter<'s>, schema: Subschema<'s>, open: &mut bool, waiting: &mut Parts<'s>) {
    let asks = schema.asks;
    if schema.has("$ref") {
        match linter.referred(schema) {
            Some(target) => waiting.push((target, asks)),
            None => *open = true,
        }
    }
    *open |= schema.has("$dynamicRef") || schema.has("$recursiveRef");
    for keyword in ["allOf", "anyOf", "oneOf"] {
        waiting.extend(schema.part(keyword).into_iter().flat_map(Value::items).map(|part| (part, asks)));
    }
    for keyword in ["dependentSchemas", "dependencies"] {
        waiting.extend(schema.part(keyword).into_iter().flat_map(Value::fields).map(|part| (part, asks)));
    }
    for (keyword, asks) in [("then", asks), ("else", asks), ("if", true), ("not", true)] {
        waiting.extend(schema.part(keyword).map(|part| (part, asks)));
    }
}

/// Adds the places inside a place: of each member, of the items.
fn inside<'s>(linter: &mut Linter<'s>, place: &Place<'s>, waiting: &mut Vec<Parts<'s>>) -> Option<()> {
    // Another document, or a name that is looked up while the schema runs, may say more of them.
    let unknown = |schema: &Subschema<'_>| schema.has("$dynamicRef") || schema.has("$recursiveRef");
    let unsure = place.parts.iter().any(unknown);
    for fields in place.fields.chunk_by(|left, right| left.name == right.name) {
        step(linter, fields.len())?;
        waiting.push(fields.iter().map(|field| (field.schema, field.asks || unsure)).collect());
    }
    let mut items = Parts::new();
    for schema in &place.parts {
        let asks = schema.asks || unsure;
        for keyword in ["prefixItems", "items"] {
            waiting.extend(schema.part(keyword).into_iter().flat_map(Value::items).map(|item| vec![(item, asks)]));
        }
        for keyword in ["items", "additionalItems", "unevaluatedItems"] {
            items.extend(schema.part(keyword).filter(|item| item.kind() == Kind::Object).map(|item| (item, asks)));
        }
        items.extend(schema.part("contains").map(|item| (item, true)));
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            waiting.extend(schema.part(keyword).map(|member| vec![(member, asks)]));
        }
        waiting.extend(schema.part("patternProperties").into_iter().flat_map(Value::fields).map(|member| vec![(member, asks)]));
    }
    waiting.push(items);
    Some(())
}

/// Names that are required where others are declared and these are not.
fn judge_required<'s>(linter: &mut Linter<'s>, place: &Place<'s>, suspects: &mut Suspects) -> Option<()> {
    for schema in &place.parts {
        for item in schema.part("required").into_iter().flat_map(Value::items) {
            let Some(name) = item.as_str() else { continue };
            step(linter, 1)?;
            let declared = place.fields.binary_search_by(|field| field.name.cmp(name)).is_ok();
            let odd = !declared && !place.open && !schema.asks && !place.fields.is_empty();
            if odd && closed_without(*schema, name) {
                continue;
            }
            let mut suggestion = None;
            if odd {
                step(linter, place.fields.len())?;
                suggestion = crate::text::nearest(name, &mut place.fields.iter().map(|field| field.name));
            }
            // In a plain schema a part may well require what the others leave open.
            let odd = odd && (linter.rule_schema || suggestion.is_some() || schema.has("properties"));
            suspects.judge(REQUIRED, item.id(), odd, || Oddity::RequiredUndeclared {
                name: name.to_owned(),
                suggestion: suggestion.map(str::to_owned),
            });
        }
    }
    Some(())
}

/// Whether a subschema lets in no member of a name but by naming it, and does not.
fn closed_without(schema: Subschema<'_>, name: &str) -> bool {
    schema.part("additionalProperties").is_some_and(is_never)
        && !schema.has("patternProperties")
        && schema.part("properties").and_then(|properties| properties.member(name)).is_none()
}

/// Names that a subschema requires and cannot have.
pub(super) fn look_at<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    for item in schema.part("required").into_iter().flat_map(Value::items) {
        let Some(name) = item.as_str() else { continue };
        let property = schema.part("properties").and_then(|properties| properties.member(name));
        let closed = closed_without(schema, name);
        if closed || property.is_some_and(is_never) {
            linter.note(item, Oddity::RequiredForbidden { name: name.to_owned(), closed });
        }
        if !linter.spend(1 + schema.part("properties").map_or(0, Value::len) / 8) {
            return;
        }
    }
}

/// Fields that people would see under the name they have in the JSON.
fn judge_labels<'s>(linter: &mut Linter<'s>, place: &Place<'s>, suspects: &mut Suspects) -> Option<()> {
    for fields in place.fields.chunk_by(|left, right| left.name == right.name) {
        step(linter, fields.len())?;
        let declares = |field: &&Field<'_>| !field.asks && !is_never(field.schema);
        let Some(first) = fields.iter().find(declares) else { continue };
        let is_labelled = |field: &Field<'_>| {
            let label = |block| labels::of_block(linter.program, block, Language::Vi);
            linter.blocks_of(field.schema).into_iter().any(|block| label(block).is_some())
        };
        let odd = !fields.iter().any(is_labelled);
        for field in fields {
            if !odd || field.schema.id() == first.schema.id() {
                suspects.judge(LABEL, field.schema.id(), odd, || Oddity::LabelMissing { name: first.name.to_owned() });
            }
        }
    }
    Some(())
}

/// Choices that people would see as they stand in the JSON.
fn judge_choices<'s>(linter: &mut Linter<'s>, place: &Place<'s>, suspects: &mut Suspects) -> Option<()> {
    let mut labelled = false;
    let mut odd: Vec<(NodeId, Oddity)> = Vec::new();
    for schema in place.parts.iter().filter(|schema| !schema.asks) {
        if let Some(list) = schema.part("enum").filter(|list| list.items().any(|value| value.as_str().is_some())) {
            odd.push((list.id(), Oddity::ChoiceLabel { listed: true }));
        }
        for keyword in ["oneOf", "anyOf"] {
            let branches = schema.part(keyword).into_iter().flat_map(Value::items);
            step(linter, schema.part(keyword).map_or(0, Value::len))?;
            let is_constant = |branch: Value<'_>| branch.member("const").and_then(Value::as_str).is_some();
            let is_labelled = |branch: &Value<'_>| branch.member("x-label").is_some() || branch.member("title").is_some();
            if branches.clone().next().is_none() || !branches.clone().all(is_constant) {
                continue;
            }
            match branches.clone().find(|branch| !is_labelled(branch)) {
                Some(branch) => odd.push((branch.id(), Oddity::ChoiceLabel { listed: false })),
                None => labelled = true,
            }
        }
    }
    for (at, oddity) in odd {
        suspects.judge(CHOICE, at, !labelled, || oddity);
    }
    Some(())
}

/// Patterns whose fault only the general sentence tells, which cannot say what to write.
fn judge_sentences(place: &Place<'_>, suspects: &mut Suspects) {
    let sentence = |schema: &Subschema<'_>| schema.value.member("x-message").and_then(|sentences| sentences.member("pattern")).is_some();
    let told = place.parts.iter().any(sentence);
    for schema in place.parts.iter().filter(|schema| !schema.asks) {
        if let Some(pattern) = schema.part("pattern") {
            suspects.judge(SENTENCE, pattern.id(), !told, || Oddity::PatternMessage);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{each, found, found_in_rules};

    #[test]
    fn names_that_are_required_and_declared_nowhere_are_found() {
        each(
            found,
            "lint.required-undeclared",
            &[
                (r#"{"properties": {"name": {}}, "required": ["nmae"]}"#, Some("/required/0")),
                (r#"{"properties": {"name": {}}, "required": ["name"]}"#, None),
                (r#"{"required": ["name"]}"#, None),
                (r#"{"properties": {"name": {}}, "allOf": [{"required": ["nmae"]}]}"#, Some("/allOf/0/required/0")),
                (r#"{"properties": {"name": {}}, "allOf": [{"required": ["phone"]}]}"#, None),
                (r#"{"properties": {"a": {}}, "allOf": [{"required": ["a"]}]}"#, None),
                (r#"{"allOf": [{"properties": {"a": {}}}, {"required": ["a"]}]}"#, None),
                (r##"{"$defs": {"d": {"properties": {"a": {}}}}, "$ref": "#/$defs/d", "required": ["a"]}"##, None),
                // Where the definition is used, the other part declares the name.
                (r##"{"$defs": {"d": {"properties": {"a": {}}, "required": ["b"]}}, "$ref": "#/$defs/d", "properties": {"b": {}}}"##, None),
                // It declares it in one of two places.
                (
                    r##"{"$defs": {"d": {"properties": {"a": {}}, "required": ["b"]}}, "properties": {"x": {"$ref": "#/$defs/d"}, "y": {"$ref": "#/$defs/d", "properties": {"b": {}}}}}"##,
                    None,
                ),
                (r#"{"properties": {"a": {}}, "patternProperties": {"^b": {}}, "required": ["b"]}"#, None),
                (r#"{"properties": {"a": {}}, "additionalProperties": {"type": "string"}, "required": ["b"]}"#, None),
                (r#"{"properties": {"a": {}}, "not": {"required": ["b"]}}"#, None),
                (r#"{"properties": {"a": {}}, "if": {"required": ["b"]}, "then": {"required": ["a"]}}"#, None),
                (r#"{"properties": {"a": {}}, "if": {"required": ["a"]}, "then": {"required": ["phone"]}}"#, None),
                (
                    r#"{"properties": {"a": {"properties": {"b": {}}}}, "then": {"properties": {"a": {"required": ["b"]}}}, "if": {"minProperties": 1}}"#,
                    None,
                ),
                (r#"{"properties": {"a": {}}, "anyOf": [{"required": ["a"]}, {"properties": {"b": {}}, "required": ["b"]}]}"#, None),
                (r##"{"properties": {"a": {}, "next": {"$ref": "#"}}, "required": ["a"]}"##, None),
                (
                    r##"{"$defs": {"d": {"$dynamicAnchor": "x"}}, "properties": {"a": {}}, "allOf": [{"$dynamicRef": "#x"}], "required": ["b"]}"##,
                    None,
                ),
                (r#"{"properties": {"required": {"enum": [["b"]]}}}"#, None),
            ],
        );
        // The parts of a rule schema are all there, and a misspelt name is one that nobody can fill in.
        each(
            found_in_rules,
            "lint.required-undeclared",
            &[
                (r##"{"$defs": {"d": {"properties": {"a": {}}}}, "$ref": "#/$defs/d", "required": ["b"]}"##, Some("/required/0")),
                (r#"{"properties": {"a": {}}, "allOf": [{"required": ["phone"]}]}"#, Some("/allOf/0/required/0")),
                (r#"{"properties": {"a": {}}, "if": {"required": ["a"]}, "then": {"required": ["c"]}}"#, Some("/then/required/0")),
                (r#"{"properties": {"a": {"title": "A"}}, "if": {"minProperties": 1}, "then": {"required": ["a"]}}"#, None),
            ],
        );
    }

    #[test]
    fn names_that_are_required_and_cannot_be_there_are_found() {
        each(
            found,
            "lint.required-forbidden",
            &[
                (r#"{"properties": {"a": false}, "required": ["a"]}"#, Some("/required/0")),
                (r#"{"properties": {"a": {"not": {}}}, "required": ["a"]}"#, Some("/required/0")),
                (r#"{"properties": {"a": {"not": {"const": 1}}}, "required": ["a"]}"#, None),
                (r#"{"properties": {"a": false, "b": {}}, "required": ["b"]}"#, None),
                (r#"{"properties": {"a": {}}, "additionalProperties": false, "required": ["b"]}"#, Some("/required/0")),
                // `additionalProperties` does not see what stands beside it in `allOf`.
                (
                    r#"{"properties": {"b": {}}, "allOf": [{"properties": {"a": {}}, "additionalProperties": false, "required": ["b"]}]}"#,
                    Some("/allOf/0/required/0"),
                ),
                (r#"{"patternProperties": {"^b$": {}}, "additionalProperties": false, "required": ["b"]}"#, None),
                (r#"{"properties": {"a": {}}, "if": {"minProperties": 1}, "then": {"properties": {"a": false}}, "required": ["a"]}"#, None),
            ],
        );
    }

    #[test]
    fn fields_without_a_label_are_found_in_rules() {
        each(
            found_in_rules,
            "lint.label-missing",
            &[
                (r#"{"properties": {"a": {"type": "string"}}}"#, Some("/properties/a")),
                (r#"{"properties": {"a": true}}"#, Some("/properties/a")),
                (r#"{"properties": {"a": {"title": "A"}}}"#, None),
                (r#"{"properties": {"a": {"x-label": {"vi": "A"}}}}"#, None),
                (r##"{"$defs": {"d": {"title": "D"}}, "properties": {"a": {"$ref": "#/$defs/d"}}}"##, None),
                (r##"{"$defs": {"d": {"minLength": 1}}, "properties": {"a": {"$ref": "#/$defs/d"}}}"##, Some("/properties/a")),
                (r#"{"properties": {"a": {"title": "A", "properties": {"b": {}}}}}"#, Some("/properties/a/properties/b")),
                (r#"{"properties": {"a": {"title": "A", "items": {"properties": {"b": {}}}}}}"#, Some("/properties/a/items/properties/b")),
                // Said where it is declared.
                (
                    r#"{"properties": {"a": {"title": "A"}}, "if": {"properties": {"a": {"const": 1}}}, "then": {"properties": {"a": {"minimum": 1}}}}"#,
                    None,
                ),
                (
                    r#"{"properties": {"a": {"title": "A", "properties": {"b": {"title": "B"}}}}, "allOf": [{"properties": {"a": {"properties": {"b": {"minLength": 1}}}}}]}"#,
                    None,
                ),
                (r#"{"title": "a", "contains": {"properties": {"b": {"const": 1}}}}"#, None),
                (r#"{"properties": {"a": {"title": "A"}, "b": false}}"#, None),
                (r##"{"properties": {"next": {"title": "A", "$ref": "#"}}}"##, None),
            ],
        );
        each(found, "", &[(r#"{"properties": {"a": {"type": "string"}}}"#, None)]);
    }

    #[test]
    fn choices_without_labels_are_found_in_rules() {
        each(
            found_in_rules,
            "lint.choice-label",
            &[
                (r#"{"title": "a", "enum": ["x", "y"]}"#, Some("/enum")),
                (r#"{"title": "a", "enum": [1, 2]}"#, None),
                (r#"{"title": "a", "enum": [true]}"#, None),
                (r#"{"oneOf": [{"const": "x", "title": "X"}, {"const": "y"}]}"#, Some("/oneOf/1")),
                (r#"{"oneOf": [{"const": "x", "title": "X"}, {"const": "y", "x-label": {"vi": "Y"}}]}"#, None),
                (r#"{"oneOf": [{"const": "x"}, {"type": "number"}]}"#, None),
                (r#"{"if": {"enum": ["x", "y"]}, "then": {"minLength": 1}}"#, None),
                (r#"{"not": {"enum": ["x", "y"]}}"#, None),
                // The labels stand where the field is declared.
                (r#"{"oneOf": [{"const": "x", "title": "X"}, {"const": "y", "title": "Y"}], "allOf": [{"enum": ["x"]}]}"#, None),
            ],
        );
    }

    #[test]
    fn patterns_without_a_sentence_are_found_in_rules() {
        let message = r#""x-message": {"pattern": {"vi": "Ghi 3 chữ số"}}"#;
        let field = |body: &str, more: &str| {
            format!(
                r##"{{"$defs": {{"d": {{{more} "pattern": "^\\d{{3}}$"}}}}, "properties": {{"a": {{"title": "A", {body} "$ref": "#/$defs/d"}}}}}}"##
            )
        };
        let comma = format!("{message},");
        each(
            found_in_rules,
            "lint.pattern-message",
            &[
                (r#"{"title": "a", "pattern": "^a$"}"#, Some("/pattern")),
                (&format!(r#"{{"title": "a", "pattern": "^a$", {message}}}"#), None),
                (r#"{"title": "a", "pattern": "^a$", "x-message": {"type": {"vi": "a"}}}"#, Some("/pattern")),
                (&field("", ""), Some("/$defs/d/pattern")),
                (&field(&comma, ""), None),
                (&field("", &comma), None),
                (r#"{"title": "a", "if": {"pattern": "^a$"}, "then": {"minLength": 1}}"#, None),
                (r#"{"title": "a", "propertyNames": {"pattern": "^a$"}}"#, None),
            ],
        );
    }
}

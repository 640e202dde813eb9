//! What a rule schema tells people about a place in the data: its label, its choices, the order of its fields.
//!
//! Subschemas that apply in place are read together (`$ref`, `allOf`, `anyOf`, `oneOf`, `then`, `else`), whether or not
//! their condition holds: a reading copy may name more than the data needs, but must never leave a field without its name.
//!
//! Nothing here may depend on the order of members in the schema's text. A package holds the schema in RFC 8785 form, whose
//! members are sorted, and from it the same copy has to come out. Only lists keep an order.

use crate::json::{Kind, NodeId, Pointer, Value, canonical};
use crate::limits;
use crate::report::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What the schema says of one place.
#[derive(Default)]
pub(super) struct Place<'s> {
    pub(super) label: Option<&'s str>,
    pub(super) format: Option<&'s str>,
    pub(super) attachment: bool,
    /// The names of `const` choices, by the canonical form of the value.
    choices: BTreeMap<String, &'s str>,
    names: BTreeMap<&'s str, Named<'s>>,
    /// The names of fields that stand in a list, which keeps an order.
    listed: Vec<&'s str>,
    rest: Vec<Value<'s>>,
    first_items: Vec<Value<'s>>,
    items: Vec<Value<'s>>,
}

/// A field the schema names.
struct Named<'s> {
    rank: usize,
    schemas: Vec<Value<'s>>,
}

const UNRANKED: usize = usize::MAX;

impl<'s> Place<'s> {
    /// Listed fields in the order of the list, then the others by name.
    fn rank_names(&mut self) {
        let mut ranks = 0..;
        for name in &self.listed {
            if let Some(named) = self.names.get_mut(name).filter(|named| named.rank == UNRANKED) {
                named.rank = ranks.next().unwrap_or(UNRANKED);
            }
        }
        for named in self.names.values_mut().filter(|named| named.rank == UNRANKED) {
            named.rank = ranks.next().unwrap_or(UNRANKED);
        }
    }

    /// Where a member stands among the fields the schema names; `None` when it names no such field.
    pub(super) fn rank(&self, name: &str) -> Option<usize> {
        self.names.get(name).map(|named| named.rank)
    }

    /// Whether the schema names fields here at all.
    pub(super) fn names_fields(&self) -> bool {
        !self.names.is_empty()
    }

    /// Whether one subschema speaks of every item.
    pub(super) fn items_are_alike(&self) -> bool {
        self.first_items.is_empty()
    }

    /// The name of a value that is one of the choices.
    pub(super) fn choice(&self, value: Value<'_>) -> Option<&'s str> {
        if self.choices.is_empty() { None } else { self.choices.get(&canonical(value).ok()?).copied() }
    }
}

/// The places of one rule schema, each read once.
pub(super) struct Atlas<'s> {
    root: Value<'s>,
    language: Language,
    known: BTreeMap<Vec<NodeId>, Rc<Place<'s>>>,
    /// Steps left. Without any, the schema stays silent and data stands under its own names.
    steps: usize,
}

impl<'s> Atlas<'s> {
    pub(super) fn new(root: Value<'s>, language: Language) -> Self {
        Self { root, language, known: BTreeMap::new(), steps: limits::OUTLINE_STEPS }
    }

    /// The place of the whole document.
    pub(super) fn top(&mut self) -> Rc<Place<'s>> {
        self.place(&[self.root])
    }

    /// The place of a member.
    pub(super) fn member(&mut self, object: &Place<'s>, name: &str) -> Rc<Place<'s>> {
        self.place(object.names.get(name).map_or(&object.rest, |named| &named.schemas))
    }

    /// The place of an item.
    pub(super) fn item(&mut self, array: &Place<'s>, at: usize) -> Rc<Place<'s>> {
        match array.first_items.get(at) {
            Some(schema) => self.place(&[*schema]),
            None => self.place(&array.items),
        }
    }

    /// The value a pointer names.
    pub(super) fn find<'d>(&mut self, root: Value<'d>, pointer: &Pointer) -> Option<Value<'d>> {
        pointer.tokens().try_fold(root, |value, token| {
            self.spend(1 + value.len())?;
            if value.kind() == Kind::Array { value.item(token.parse().ok()?) } else { value.member(&token) }
        })
    }

    /// A text in the language of the copy, else in Vietnamese.
    pub(super) fn text(&self, texts: Value<'s>) -> Option<&'s str> {
        let in_language = |tag| texts.member(tag).and_then(Value::as_str);
        in_language(self.language.tag()).or_else(|| in_language("vi")).filter(|text| fits(text))
    }

    fn place(&mut self, schemas: &[Value<'s>]) -> Rc<Place<'s>> {
        // One subschema is the rule. Every row pays for more, so that a schema cannot make each row dear.
        if self.spend(schemas.len().saturating_sub(1)).is_none() {
            return Rc::default();
        }
        let key: Vec<NodeId> = schemas.iter().map(|schema| schema.id()).collect();
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        let mut place = Place::default();
        for (schema, own) in self.in_place(schemas) {
            self.read(schema, own, &mut place);
        }
        place.rank_names();
        let place = Rc::new(place);
        self.known.insert(key, Rc::clone(&place));
        place
    }

    /// Every subschema that may apply where these do, and whether it speaks of the field itself, not of one case of it.
    fn in_place(&mut self, schemas: &[Value<'s>]) -> Vec<(Value<'s>, bool)> {
        let mut found = Vec::new();
        // A reference that leads back to itself is read once.
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<_> = schemas.iter().rev().map(|schema| (*schema, true)).collect();
        while let Some((schema, own)) = waiting.pop() {
            if !seen.insert(schema.id()) {
                continue;
            }
            if self.spend(1 + schema.len()).is_none() {
                break;
            }
            found.push((schema, own));
            let mut inner = self.applied_by(schema, own);
            inner.reverse();
            waiting.append(&mut inner);
        }
        found
    }

    fn applied_by(&mut self, schema: Value<'s>, own: bool) -> Vec<(Value<'s>, bool)> {
        let mut inner = Vec::new();
        inner.extend(self.referred(schema).map(|target| (target, own)));
        inner.extend(list(schema, "allOf").map(|part| (part, own)));
        inner.extend(["then", "else"].into_iter().filter_map(|name| schema.member(name)).map(|case| (case, false)));
        let cases = ["anyOf", "oneOf"].into_iter().flat_map(|name| list(schema, name));
        inner.extend(cases.filter(|case| case.member("const").is_none()).map(|case| (case, false)));
        inner
    }

    fn referred(&mut self, schema: Value<'s>) -> Option<Value<'s>> {
        let pointer = Pointer::parse(schema.member("$ref")?.as_str()?.strip_prefix('#')?)?;
        self.find(self.root, &pointer)
    }

    fn read(&mut self, schema: Value<'s>, own: bool, place: &mut Place<'s>) {
        let texts = |name| schema.member(name).and_then(Value::as_str);
        if own {
            place.label = place.label.or_else(|| self.label(schema));
        }
        place.format = place.format.or_else(|| texts("format"));
        place.attachment |= schema.member("x-attachment").is_some();
        for case in ["oneOf", "anyOf"].into_iter().flat_map(|name| list(schema, name)) {
            self.read_choice(case, place);
        }
        for (name, field) in schema.member("properties").into_iter().flat_map(Value::members) {
            if self.spend(1).is_some() {
                place.names.entry(name).or_insert(Named { rank: UNRANKED, schemas: Vec::new() }).schemas.push(field);
            }
        }
        for name in list(schema, "x-order").chain(list(schema, "required")).filter_map(Value::as_str) {
            if self.spend(1).is_some() {
                place.listed.push(name);
            }
        }
        place.rest.extend(schema.member("additionalProperties").filter(|rest| rest.kind() == Kind::Object));
        if place.first_items.is_empty() {
            place.first_items.extend(list(schema, "prefixItems"));
        }
        place.items.extend(schema.member("items").filter(|items| items.kind() == Kind::Object));
    }

    fn read_choice(&mut self, case: Value<'s>, place: &mut Place<'s>) {
        let Some(value) = case.member("const").filter(|value| !matches!(value.kind(), Kind::Object | Kind::Array)) else { return };
        if let (Some(_), Some(label), Ok(key)) = (self.spend(1), self.label(case), canonical(value)) {
            place.choices.entry(key).or_insert(label);
        }
    }

    fn label(&self, schema: Value<'s>) -> Option<&'s str> {
        let title = || schema.member("title").and_then(Value::as_str).filter(|text| fits(text));
        schema.member("x-label").and_then(|texts| self.text(texts)).or_else(title)
    }

    fn spend(&mut self, steps: usize) -> Option<()> {
        self.steps = self.steps.saturating_sub(steps);
        (self.steps > 0).then_some(())
    }
}

/// An empty label names nothing, and a long one, repeated in every row, would make the copy grow without bound.
fn fits(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= limits::LABEL_BYTES
}

fn list<'s>(schema: Value<'s>, name: &str) -> impl Iterator<Item = Value<'s>> {
    schema.member(name).into_iter().flat_map(Value::items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;

    fn label_of(schema: &str, language: Language) -> Option<String> {
        let schema = Document::read(schema).unwrap();
        let mut atlas = Atlas::new(schema.root(), language);
        let top = atlas.top();
        atlas.member(&top, "a").label.map(str::to_owned)
    }

    #[test]
    fn labels_fall_back() {
        for (field, vi, en) in [
            (r#"{"x-label": {"vi": "Tên", "en": "Name"}, "title": "T"}"#, Some("Tên"), Some("Name")),
            (r#"{"x-label": {"vi": "Tên"}, "title": "T"}"#, Some("Tên"), Some("Tên")),
            (r#"{"title": "T"}"#, Some("T"), Some("T")),
            (r##"{"$ref": "#/$defs/d"}"##, Some("D"), Some("D")),
            (r##"{"$ref": "#/$defs/d", "title": "T"}"##, Some("T"), Some("T")),
            (r##"{"allOf": [{"maxLength": 1}, {"$ref": "#/$defs/d"}]}"##, Some("D"), Some("D")),
            // The title of one case is not the name of the field.
            (r#"{"oneOf": [{"const": 1, "title": "One"}, {"title": "Other"}]}"#, None, None),
            (r#"{"then": {"title": "Then"}}"#, None, None),
            (r#"{"title": "  "}"#, None, None),
            (r#"{"title": 1, "x-label": "Tên"}"#, None, None),
            (r##"{"$ref": "#/$defs/missing"}"##, None, None),
            (r##"{"$ref": "https://example.com/other#/$defs/d"}"##, None, None),
            ("true", None, None),
        ] {
            let schema = format!(r#"{{"properties": {{"a": {field}}}, "$defs": {{"d": {{"title": "D"}}}}}}"#);
            assert_eq!(label_of(&schema, Language::Vi).as_deref(), vi, "{field}");
            assert_eq!(label_of(&schema, Language::En).as_deref(), en, "{field}");
        }
    }

    #[test]
    fn a_label_too_long_to_repeat_is_not_used() {
        let long = "a".repeat(limits::LABEL_BYTES + 1);
        assert_eq!(label_of(&format!(r#"{{"properties": {{"a": {{"title": "{long}"}}}}}}"#), Language::Vi), None);
    }

    #[test]
    fn schemas_that_lead_back_to_themselves_end() {
        let mut nested = r#"{"title": "N"}"#.to_owned();
        for _ in 0..30 {
            nested = format!(r#"{{"allOf": [{nested}]}}"#);
        }
        for field in [
            r##"{"$ref": "#/properties/a"}"##,
            r##"{"$ref": "#/$defs/x"}"##,
            r##"{"allOf": [{"$ref": "#/$defs/x"}, {"$ref": "#/$defs/y"}], "title": "N"}"##,
            r##"{"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}"##,
            &nested,
        ] {
            let schema = format!(
                r##"{{"properties": {{"a": {field}}},
                    "$defs": {{"x": {{"$ref": "#/$defs/y"}}, "y": {{"allOf": [{{"$ref": "#/$defs/x"}}, {{"$ref": "#/$defs/x"}}]}}}}}}"##
            );
            assert_eq!(label_of(&schema, Language::Vi).is_some(), field.contains("title"), "{field}");
        }
    }

    #[test]
    fn a_schema_out_of_steps_stays_silent() {
        let schema = Document::read(r#"{"properties": {"a": {"title": "A"}}}"#).unwrap();
        let mut atlas = Atlas::new(schema.root(), Language::Vi);
        atlas.steps = 1;
        let top = atlas.top();
        assert!(!top.names_fields() && atlas.member(&top, "a").label.is_none());
    }
}

//! What a rule schema tells people about a place in the data: its label, its choices, the order of its fields.
//!
//! Subschemas that apply in place are read together (`$ref`, `allOf`, `anyOf`, `oneOf`, `then`, `else`), whether or not
//! their condition holds: a reading copy may name more than the data needs, but must never leave a field without its name.
//!
//! Nothing here may depend on the order of members in the schema's text. A package holds the schema in RFC 8785 form, whose
//! members are sorted, and from it the same copy has to come out. Only lists keep an order.

use crate::json::{Kind, Pointer, Value, canonical, index};
use crate::limits;
use crate::order;
use crate::pairs::Pairs;
use crate::report::Language;
use crate::schema::Codes;
use std::rc::Rc;

/// What the schema says of one place.
#[derive(Default)]
pub(super) struct Place<'s> {
    pub(super) label: Option<&'s str>,
    pub(super) format: Option<&'s str>,
    pub(super) attachment: bool,
    pub(super) lookup: bool,
    /// The names of `const` choices, by the canonical form of the value. The first of equal ones counts.
    choices: Vec<(String, &'s str)>,
    codes: Codes<'s>,
    /// The code lists that the value may be of.
    lists: Vec<&'s str>,
    /// Every schema of every field, as they are read.
    fields: Vec<(&'s str, Value<'s>)>,
    /// The fields by name.
    names: Vec<Named<'s>>,
    /// The names of fields that stand in a list, which keeps an order.
    listed: Vec<&'s str>,
    rest: Vec<Value<'s>>,
    first_items: Vec<Value<'s>>,
    items: Vec<Value<'s>>,
}

/// A field the schema names.
struct Named<'s> {
    name: &'s str,
    rank: usize,
    schemas: Vec<Value<'s>>,
}

const UNRANKED: usize = usize::MAX;

impl<'s> Place<'s> {
    /// Makes everything findable, once all is read.
    fn sort(&mut self) {
        order::sort_by(&mut self.choices, |(left, _), (right, _)| left.cmp(right));
        order::sort_by(&mut self.fields, |(left, _), (right, _)| left.cmp(right));
        for (name, schema) in std::mem::take(&mut self.fields) {
            match self.names.last_mut() {
                Some(last) if last.name == name => last.schemas.push(schema),
                _ => self.names.push(Named { name, rank: UNRANKED, schemas: vec![schema] }),
            }
        }
        self.rank_names();
    }

    /// Listed fields in the order of the list, then the others by name.
    fn rank_names(&mut self) {
        let mut next = 0;
        let mut give = |named: &mut Named<'_>| {
            if named.rank == UNRANKED {
                named.rank = next;
                next += 1;
            }
        };
        for name in std::mem::take(&mut self.listed) {
            if let Some(named) = self.position(name).and_then(|at| self.names.get_mut(at)) {
                give(named);
            }
        }
        self.names.iter_mut().for_each(give);
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.names.binary_search_by(|named| named.name.cmp(name)).ok()
    }

    fn named(&self, name: &str) -> Option<&Named<'s>> {
        self.position(name).and_then(|at| self.names.get(at))
    }

    /// Where a member stands among the fields the schema names; `None` when it names no such field.
    pub(super) fn rank(&self, name: &str) -> Option<usize> {
        self.named(name).map(|named| named.rank)
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
    pub(super) fn choice(&self, value: Value<'_>, language: Language) -> Option<&'s str> {
        for list in &self.lists {
            let label = value.as_str().and_then(|code| self.codes.label(list, code, language));
            if let Some(label) = label.filter(|label| fits(label)) {
                return Some(label);
            }
        }
        if self.choices.is_empty() {
            return None;
        }
        let key = canonical(value).ok()?;
        let first = self.choices.partition_point(|(known, _)| *known < key);
        self.choices.get(first).filter(|(known, _)| *known == key).map(|(_, name)| *name)
    }
}

/// The places of one rule schema, each read once.
pub(super) struct Atlas<'s> {
    root: Value<'s>,
    codes: Codes<'s>,
    language: Language,
    /// By the number of their subschemas; 0 is none at all.
    known: Vec<Option<Rc<Place<'s>>>>,
    /// The number of a list of subschemas, by the number of the list without the last, and the last.
    numbers: Pairs,
    /// Steps left. Without any, the schema stays silent and data stands under its own names.
    steps: usize,
}

impl<'s> Atlas<'s> {
    pub(super) fn new(root: Value<'s>, codes: Codes<'s>, language: Language) -> Self {
        Self { root, codes, language, known: vec![None], numbers: Pairs::default(), steps: limits::OUTLINE_STEPS }
    }

    /// The place of the whole document.
    pub(super) fn top(&mut self) -> Rc<Place<'s>> {
        self.place(&[self.root])
    }

    /// The place of a member.
    pub(super) fn member(&mut self, object: &Place<'s>, name: &str) -> Rc<Place<'s>> {
        self.place(object.named(name).map_or(&object.rest, |named| &named.schemas))
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
        let mut value = root;
        for token in pointer.tokens() {
            self.spend(1 + value.len())?;
            value = if value.kind() == Kind::Array { value.item(index(&token)?)? } else { value.member(&token)? };
        }
        Some(value)
    }

    /// A text in the language of the copy, else in Vietnamese.
    pub(super) fn text(&self, texts: Value<'s>) -> Option<&'s str> {
        let in_language = texts.part(self.language.tag()).as_str();
        in_language.or(texts.part("vi").as_str()).filter(|text| fits(text))
    }

    fn place(&mut self, schemas: &[Value<'s>]) -> Rc<Place<'s>> {
        // One subschema is the rule. Every row pays for more, so that a schema cannot make each row dear.
        if self.spend(schemas.len().saturating_sub(1)).is_none() {
            return Rc::default();
        }
        let number = self.number(schemas);
        if let Some(known) = self.known.get(number).cloned().flatten() {
            return known;
        }
        let mut place = Place { codes: self.codes, ..Place::default() };
        for (schema, own) in self.in_place(schemas) {
            self.read(schema, own, &mut place);
        }
        place.sort();
        let place = Rc::new(place);
        self.known.get_mut(number).into_iter().for_each(|known| *known = Some(Rc::clone(&place)));
        place
    }

    fn number(&mut self, schemas: &[Value<'s>]) -> usize {
        let mut number = 0;
        for schema in schemas {
            let longer = (number, schema.id());
            number = self.numbers.get(longer).unwrap_or_else(|| {
                let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
                self.known.push(None);
                self.numbers.insert(longer, next);
                next
            });
        }
        number as usize
    }

    /// Every subschema that may apply where these do, and whether it speaks of the field itself, not of one case of it.
    fn in_place(&mut self, schemas: &[Value<'s>]) -> Vec<(Value<'s>, bool)> {
        let mut found = Vec::new();
        // A reference that leads back to itself is read once.
        let mut seen = Pairs::default();
        let mut waiting: Vec<_> = schemas.iter().rev().map(|schema| (*schema, true)).collect();
        while let Some((schema, own)) = waiting.pop() {
            if !seen.insert((0, schema.id()), 0) {
                continue;
            }
            if self.spend(1 + schema.len()).is_none() {
                break;
            }
            found.push((schema, own));
            let mut inner = self.applied_by(schema, own);
            while let Some(last) = inner.pop() {
                waiting.push(last);
            }
        }
        found
    }

    fn applied_by(&mut self, schema: Value<'s>, own: bool) -> Vec<(Value<'s>, bool)> {
        let mut inner = Vec::new();
        inner.extend(self.referred(schema).map(|target| (target, own)));
        for part in schema.part("allOf").items() {
            inner.push((part, own));
        }
        for name in ["then", "else"] {
            inner.extend(schema.member(name).map(|case| (case, false)));
        }
        for name in ["anyOf", "oneOf"] {
            for case in schema.part(name).items() {
                if case.member("const").is_none() {
                    inner.push((case, false));
                }
            }
        }
        inner
    }

    fn referred(&mut self, schema: Value<'s>) -> Option<Value<'s>> {
        let pointer = Pointer::parse(schema.part("$ref").as_str()?.strip_prefix('#')?)?;
        self.find(self.root, &pointer)
    }

    fn read(&mut self, schema: Value<'s>, own: bool, place: &mut Place<'s>) {
        if own && place.label.is_none() {
            place.label = self.label(schema);
        }
        place.format = place.format.or(schema.part("format").as_str());
        let options = schema.part("x-options");
        let list = options.as_str().or_else(|| options.part("list").as_str());
        if let Some(list) = list.filter(|list| !place.lists.contains(list) && place.lists.len() < limits::CODE_LISTS) {
            place.lists.push(list);
        }
        place.attachment |= schema.member("x-attachment").is_some();
        place.lookup |= schema.member("x-lookup").is_some();
        for name in ["oneOf", "anyOf"] {
            for case in schema.part(name).items() {
                self.read_choice(case, place);
            }
        }
        for (name, field) in schema.part("properties").members() {
            if self.spend(1).is_some() {
                place.fields.push((name, field));
            }
        }
        for list in ["x-order", "required"] {
            for name in schema.part(list).items() {
                if let Some(name) = name.as_str().filter(|_| self.spend(1).is_some()) {
                    place.listed.push(name);
                }
            }
        }
        let speaks = |name| schema.member(name).filter(|rule| rule.kind() == Kind::Object);
        place.rest.extend(speaks("additionalProperties"));
        place.items.extend(speaks("items"));
        if place.first_items.is_empty() {
            place.first_items.extend(schema.part("prefixItems").items());
        }
    }

    fn read_choice(&mut self, case: Value<'s>, place: &mut Place<'s>) {
        let Some(value) = case.member("const").filter(|value| !matches!(value.kind(), Kind::Object | Kind::Array)) else { return };
        if let (Some(()), Some(label), Ok(key)) = (self.spend(1), self.label(case), canonical(value)) {
            place.choices.push((key, label));
        }
    }

    fn label(&self, schema: Value<'s>) -> Option<&'s str> {
        self.text(schema.part("x-label")).or_else(|| schema.part("title").as_str().filter(|text| fits(text)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;

    fn label_of(schema: &str, language: Language) -> Option<String> {
        let schema = Document::read(schema).unwrap();
        let mut atlas = Atlas::new(schema.root(), Codes::default(), language);
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
        let mut atlas = Atlas::new(schema.root(), Codes::default(), Language::Vi);
        atlas.steps = 1;
        let top = atlas.top();
        assert!(!top.names_fields() && atlas.member(&top, "a").label.is_none());
    }
}

//! The output format "List" of the JSON Schema project (its "machine-readable output"): one flat list of units, each a subschema
//! at a place of the data, with the message of every keyword that failed there.
//!
//! Only what failed is listed. The explaining pass follows references without noting the way, so `evaluationPath` is where the
//! subschema stands, as a pointer into its document, not the way on which the evaluation came to it.

use super::explain;
use super::findings::Draft;
use super::resource::Resources;
use super::{LimitError, Schema, rules, write};
use crate::json::{Document, Pointer, ToJson, Writer};
use crate::limits;
use crate::report::{Language, Level};
use crate::text::Moment;

/// What a document is worth, and every subschema that it fails.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Whether the document is valid.
    pub valid: bool,
    /// In the order of the form, [`limits::ISSUES`] at most.
    pub details: Vec<Unit>,
}

/// A subschema that a value fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The subschema in its document.
    pub evaluation_path: Pointer,
    /// The subschema in its resource: the address of that, and a pointer behind `#`.
    pub schema_location: String,
    /// The value.
    pub instance_location: Pointer,
    /// The keywords that failed, each once, with their sentences.
    pub errors: Vec<(&'static str, String)>,
}

impl Schema {
    /// Validates a document at a moment for a tool: every keyword that failed, subschema by subschema, as far as the report knows it. Of a value
    /// with two faults in one subschema the first counts, and of several branches the one that the value was meant for.
    ///
    /// ```
    /// use hoso::{json::Document, report::Language, schema::{Options, Schema}, text::Moment};
    ///
    /// let schema = Schema::compile(r#"{"properties": {"a": {"minimum": 5}}}"#, &Options::default()).map_err(|errors| format!("{errors:?}"))?;
    /// let data = Document::read(r#"{"a": 4}"#).map_err(|error| error.to_string())?;
    /// let list = schema.list(&data, Moment::EPOCH, Language::En).map_err(|error| error.to_string())?;
    /// assert_eq!((list.details[0].schema_location.as_str(), list.details[0].errors[0].0), ("#/properties/a", "minimum"));
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    /// The schema and the document together exceed a limit.
    pub fn list(&self, data: &Document, now: Moment, language: Language) -> Result<List, LimitError> {
        let valid = self.is_valid(data, now)?;
        let completed = self.completed(data, now)?;
        let details = if valid { Vec::new() } else { self.details(completed.as_ref().unwrap_or(data), now, language)? };
        Ok(List { valid, details })
    }

    fn details(&self, data: &Document, now: Moment, language: Language) -> Result<Vec<Unit>, LimitError> {
        let program = &self.program;
        let resources = Resources::index(&program.source, &program.documents, self.dialect);
        let mut findings = explain::explain(program, data, None, self.rule_schema)?;
        findings.drafts.extend(rules::judge(program, &program.rules, data, now));
        let mut details: Vec<Unit> = Vec::new();
        let mut bytes = 0;
        for write::Placed { draft, .. } in write::ordered(program, &mut findings) {
            if draft.fault.level() != Level::Error {
                continue;
            }
            let unit = self.unit(&draft, &resources);
            let message = write::issue(program, &findings, &draft, language).message;
            let places = unit.evaluation_path.as_str().len() + unit.schema_location.len() + unit.instance_location.as_str().len();
            bytes += places + message.len();
            if details.len() >= limits::ISSUES || bytes > limits::REPORT_BYTES {
                break;
            }
            add(&mut details, unit, draft.keyword, message);
        }
        Ok(details)
    }

    fn unit(&self, draft: &Draft<'_>, resources: &Resources<'_>) -> Unit {
        let (mut evaluation_path, mut schema_location) = (Pointer::root(), String::new());
        if let Some(block) = self.program.block(draft.block) {
            let subschema = self.program.constant(block.at);
            evaluation_path = subschema.pointer_within(self.program.document_of(block.at));
            if let Some(resource) = resources.get(resources.of(block.at)) {
                let within = subschema.pointer_within(self.program.constant(resource.root));
                schema_location = resource.uri.clone() + "#" + &fragment(within.as_str());
            }
        }
        // These look at the whole and blame a part of it; the whole is what the subschema fails at.
        let blames = matches!(
            draft.keyword,
            "required" | "dependentRequired" | "additionalProperties" | "unevaluatedProperties" | "propertyNames" | "uniqueItems"
        );
        let steps = draft.path.len() - usize::from(blames && !draft.path.is_empty());
        let instance_location = write::pointer(draft.path.get(..steps).unwrap_or_default());
        Unit { evaluation_path, schema_location, instance_location, errors: Vec::new() }
    }
}

/// Adds what a keyword says to the unit that is there, or else to a new one. What is said at one place mostly stands together.
fn add(details: &mut Vec<Unit>, unit: Unit, keyword: &'static str, message: String) {
    const NEAR: usize = 32;
    let same = |known: &&mut Unit| {
        known.schema_location == unit.schema_location
            && known.evaluation_path == unit.evaluation_path
            && known.instance_location == unit.instance_location
    };
    let Some(known) = details.iter_mut().rev().take(NEAR).find(same) else {
        return details.push(Unit { errors: vec![(keyword, message)], ..unit });
    };
    match known.errors.iter_mut().find(|(known, _)| *known == keyword) {
        // A keyword has one message: several members that are missing stand in one.
        Some((_, said)) if !said.ends_with(&message) => {
            said.push_str("; ");
            said.push_str(&message);
        }
        Some(_) => {}
        None => known.errors.push((keyword, message)),
    }
}

/// A pointer as the fragment of a URI: RFC 6901, 6.
fn fragment(pointer: &str) -> String {
    let mut out = String::new();
    for byte in pointer.bytes() {
        let letter = char::from(byte);
        if byte.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?".contains(letter) {
            out.push(letter);
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(digit), 16).unwrap_or_default().to_ascii_uppercase());
            }
        }
    }
    out
}

impl ToJson for List {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("valid", &self.valid).member("details", &self.details));
    }
}

impl ToJson for Unit {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("valid", &false)
                .member("evaluationPath", &self.evaluation_path)
                .member("schemaLocation", &self.schema_location)
                .member("instanceLocation", &self.instance_location)
                .member("errors", &Errors(&self.errors))
        });
    }
}

struct Errors<'u>(&'u [(&'static str, String)]);

impl ToJson for Errors<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(|out| self.0.iter().fold(out, |out, (keyword, message)| out.member(keyword, message)));
    }
}

#[cfg(test)]
mod tests {
    use crate::json::{Document, to_json};
    use crate::report::Language;
    use crate::schema::{Options, Schema};
    use serde_json::{Value as Json, json};

    fn details(schema: &Json, data: &Json) -> Vec<(String, String, Json)> {
        let schema = Schema::compile(schema.to_string(), &Options::default()).unwrap();
        let list = schema.list(&Document::read(data.to_string()).unwrap(), crate::text::Moment::EPOCH, Language::En).unwrap();
        let told: Json = serde_json::from_str(&to_json(&list)).unwrap();
        assert_eq!(told["valid"], json!(false));
        let text = |unit: &Json, name: &str| unit[name].as_str().unwrap().to_owned();
        let unit = |unit: &Json| (text(unit, "schemaLocation"), text(unit, "instanceLocation"), unit["errors"].clone());
        told["details"].as_array().unwrap().iter().map(unit).collect()
    }

    #[test]
    fn a_unit_is_a_subschema_at_a_place_with_every_keyword_that_failed() {
        let items = json!({"items": {"$ref": "#/$defs/d"}, "contains": {"const": 7}});
        let schema = json!({"required": ["a", "b"], "properties": {"c": items}, "$defs": {"d": {"minimum": 3}}});
        let found = details(&schema, &json!({"c": [3, 1]}));
        let missing = found.iter().find(|(schema, data, _)| schema == "#" && data.is_empty()).unwrap();
        assert_eq!(missing.2, json!({"required": "Enter the a; Enter the b"}));
        let places: Vec<_> = found.iter().map(|(schema, data, _)| (schema.as_str(), data.as_str())).collect();
        assert!(places.contains(&("#/properties/c", "/c")) && places.contains(&("#/$defs/d", "/c/1")) && places.len() == 3, "{found:?}");
    }

    #[test]
    fn a_subschema_is_named_by_the_resource_it_stands_in() {
        let schema = json!({
            "$id": "https://portal.example/form", "$ref": "lists/%C4%91", "properties": {"tỉnh": {"const": 1}},
            "$defs": {"l": {"$id": "lists/%C4%91", "properties": {"a b": {"type": "string"}}}}
        });
        let found = details(&schema, &json!({"a b": 1, "tỉnh": 2}));
        let places: Vec<_> = found.iter().map(|(schema, data, _)| (schema.as_str(), data.as_str())).collect();
        let expected = [
            ("https://portal.example/form#/properties/t%E1%BB%89nh", "/tỉnh"),
            ("https://portal.example/lists/%C4%91#/properties/a%20b", "/a b"),
        ];
        assert!(expected.iter().all(|place| places.contains(place)) && places.len() == 2, "{places:?}");
    }

    #[test]
    fn what_blames_a_part_stands_at_the_whole() {
        for keywords in [
            json!({"additionalProperties": false}),
            json!({"unevaluatedProperties": false}),
            json!({"propertyNames": {"maxLength": 1}}),
            json!({"dependentRequired": {"aa": ["b"]}}),
        ] {
            let found = details(&json!({"properties": {"x": keywords}}), &json!({"x": {"aa": 1}}));
            assert_eq!((found[0].0.as_str(), found[0].1.as_str(), found.len()), ("#/properties/x", "/x", 1), "{keywords}");
        }
    }

    #[test]
    fn a_valid_document_has_no_details() {
        let schema = Schema::compile("{}", &Options::default()).unwrap();
        let list = schema.list(&Document::read("1").unwrap(), crate::text::Moment::EPOCH, Language::Vi).unwrap();
        assert_eq!(to_json(&list), r#"{"valid":true,"details":[]}"#);
    }
}

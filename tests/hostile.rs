//! Input made to hurt: each ends with a typed error or a right answer, in bounded time and memory.
//!
//! These tests have no clock. What would be exponential or quadratic here does not come back within a lifetime.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use hoso::json::{Document, Pointer, ReadProblem, canonical};
use hoso::limits;
use hoso::report::{Coded, Language, Level};
use hoso::schema::{LimitError, Options, Schema, SchemaError};
use hoso::text::Moment;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn compile(schema: &str) -> Result<Schema, Vec<SchemaError>> {
    Schema::compile(schema, &Options::default())
}

fn now() -> Moment {
    Moment::parse("2026-11-24T09:00:00+07:00").unwrap()
}

/// `{"$defs": {"n0": {KEYWORD: [n1, n1]}, …}}`: 2^64 routes to the last definition.
fn doubling(keyword: &str, last: &str) -> String {
    let definitions: Vec<_> = (0..64)
        .map(|at| format!(r##""n{at}": {{"{keyword}": [{{"$ref": "#/$defs/n{next}"}}, {{"$ref": "#/$defs/n{next}"}}]}}"##, next = at + 1))
        .chain([format!(r#""n64": {last}"#)])
        .collect();
    format!(r##"{{"$ref": "#/$defs/n0", "$defs": {{{}}}}}"##, definitions.join(","))
}

#[test]
fn schemas_with_exponentially_many_routes_are_judged_at_once() {
    for (keyword, last, valid) in [
        ("allOf", r#"{"type": "integer"}"#, true),
        ("allOf", r#"{"type": "string"}"#, false),
        ("anyOf", r#"{"type": "string"}"#, false),
        ("anyOf", r#"{"type": "integer"}"#, true),
        ("oneOf", r#"{"type": "string"}"#, false),
        ("oneOf", r#"{"type": "integer"}"#, false),
    ] {
        let schema = compile(&doubling(keyword, last)).unwrap();
        let data = Document::read("1").unwrap();
        assert_eq!(schema.is_valid(&data, hoso::text::Moment::EPOCH), Ok(valid), "{keyword} {last}");
        let report = schema.validate(&data, now(), Language::En).unwrap();
        assert_eq!((report.valid, report.issues.is_empty()), (valid, valid), "{keyword} {last}");
    }
}

#[test]
fn dynamic_references_of_exponentially_many_meanings_do_not_compile() {
    // On the way to `end` each of forty names comes to mean one of two places.
    let resource = |at: usize, kind: &str| {
        let (left, right) = if at == 39 { ("end".to_owned(), "end".to_owned()) } else { (format!("l{}", at + 1), format!("r{}", at + 1)) };
        format!(
            r##""{kind}{at}": {{"$id": "{kind}{at}", "$dynamicAnchor": "n{at}", "properties": {{"l": {{"$ref": "{left}"}}, "r": {{"$ref": "{right}"}}}}}}"##
        )
    };
    let resources: Vec<_> = (0..40).flat_map(|at| [resource(at, "l"), resource(at, "r")]).collect();
    let end = listed(40, |at| {
        format!(r##""e{at}": {{"$dynamicAnchor": "n{at}", "allOf": [{{"not": {{"items": {{"$dynamicRef": "#n{at}"}}}}}}]}}"##)
    });
    let schema = |own: &str| {
        let resources = resources.join(",");
        format!(
            r##"{{"$ref": "l0", "$defs": {{{own} {resources}, "end": {{"$id": "end", "items": {{"$ref": "#/$defs/e0"}}, "$defs": {{{end}}}}}}}}}"##
        )
    };
    let errors = compile(&schema("")).unwrap_err();
    assert_eq!(errors[0].code(), "schema.too-many-scopes");
    // Where the root says what they mean, it counts.
    let own = listed(40, |at| format!(r#""a{at}": {{"$dynamicAnchor": "n{at}"}}"#));
    assert!(compile(&schema(&format!("{own},"))).is_ok());
    let many: Vec<_> = (0..1_000).map(|at| format!(r##"{{"$dynamicRef": "#n{at}"}}"##)).collect();
    assert_eq!(compile(&format!(r#"{{"anyOf": [{}]}}"#, many.join(","))).unwrap_err()[0].code(), "schema.too-many-scopes");
}

#[test]
fn addresses_anchors_and_definitions_by_the_hundred_thousand_are_found_at_once() {
    let long = "x".repeat(1_900);
    let anchors = listed(100_000, |at| format!(r##""a{at}": {{"$anchor": "a{at}"}}, "r{at}": {{"$ref": "#a{at}"}}"##));
    assert!(compile(&format!(r#"{{"$id": "https://h/{long}", "$defs": {{{anchors}}}}}"#)).is_ok());
    let definitions = listed(100_000, |at| format!(r##""d{at}": {{"items": {{"$ref": "#/$defs/d{}"}}}}"##, at * 7 % 100_000));
    assert!(compile(&format!(r##"{{"$ref": "#/$defs/d1", "$defs": {{{definitions}}}}}"##)).is_ok());
    let branches = listed(100_000, |at| format!(r##"{{"items": {{"$ref": "#/anyOf/{}"}}}}"##, at * 7 % 100_000));
    assert!(compile(&format!(r##"{{"anyOf": [{branches}]}}"##)).is_ok());
    let ids = listed(50_000, |at| format!(r#""i{at}": {{"$id": "i{at}"}}, "r{at}": {{"$ref": "i{at}"}}"#));
    assert!(compile(&format!(r#"{{"$id": "https://h/{long}/", "allOf": [{{"$defs": {{{ids}}}}}]}}"#)).is_ok());
    let errors = compile(&format!(r#"{{"$id": "https://h/{long}{long}"}}"#)).unwrap_err();
    assert_eq!(errors[0].code(), "schema.address-too-long");
}

#[test]
fn nests_of_unevaluated_members_spend_steps() {
    let levels: Vec<_> =
        (0..400).map(|at| format!(r##""n{at}": {{"$ref": "#/$defs/n{}", "unevaluatedProperties": true}}"##, at + 1)).collect();
    let schema = compile(&format!(r##"{{"$ref": "#/$defs/n0", "$defs": {{{}, "n400": {{}}}}}}"##, levels.join(","))).unwrap();
    let few = Document::read(r#"{"a": 1}"#).unwrap();
    assert_eq!(schema.is_valid(&few, hoso::text::Moment::EPOCH), Ok(true));
    let many = Document::read(format!("{{{}}}", listed(100_000, |at| format!(r#""{at}": 1"#)))).unwrap();
    assert_eq!(schema.is_valid(&many, hoso::text::Moment::EPOCH), Err(LimitError::Steps));
}

#[test]
fn nested_alternatives_of_recursive_schemas_stay_linear() {
    let schema = compile(
        r##"{"$ref": "#/$defs/e", "$defs": {"e": {"anyOf": [
            {"type": "object", "properties": {"op": {"const": "and"}, "args": {"type": "array", "items": {"$ref": "#/$defs/e"}}}, "required": ["op", "args"]},
            {"type": "object", "properties": {"op": {"const": "or"}, "args": {"type": "array", "items": {"$ref": "#/$defs/e"}}}, "required": ["op", "args"]},
            {"type": "object", "properties": {"op": {"type": "string"}, "args": {"type": "array", "items": {"$ref": "#/$defs/e"}}}, "required": ["op", "args", "never"]},
            {"type": "boolean"}]}}}"##,
    )
    .unwrap();
    let mut data = "42".to_owned();
    for _ in 0..30 {
        data = format!(r#"{{"op": "and", "args": [{data}]}}"#);
    }
    let document = Document::read(data).unwrap();
    assert_eq!(schema.is_valid(&document, hoso::text::Moment::EPOCH), Ok(false));
    let report = schema.validate(&document, now(), Language::En).unwrap();
    assert_eq!(report.issues.len(), 1);
    assert_eq!(report.issues[0].path.as_str().matches("/args/0").count(), 30);
}

#[test]
fn references_that_go_in_circles_do_not_compile() {
    for schema in [
        r##"{"$ref": "#"}"##,
        r##"{"$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"not": {"$ref": "#/$defs/a"}}}, "$ref": "#/$defs/a"}"##,
        r##"{"if": true, "then": {"$ref": "#"}}"##,
        r##"{"dependentSchemas": {"a": {"$ref": "#"}}}"##,
    ] {
        let errors = compile(schema).unwrap_err();
        assert!(errors.iter().any(|error| error.code() == "schema.reference-loop"), "{schema}: {errors:?}");
    }
    // Going down into the data is progress.
    let tree = compile(r##"{"properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}}, "additionalProperties": false}"##).unwrap();
    let mut data = "{}".to_owned();
    for _ in 0..60 {
        data = format!(r#"{{"left": {data}, "right": {{}}}}"#);
    }
    assert_eq!(tree.is_valid(&Document::read(data).unwrap(), hoso::text::Moment::EPOCH), Ok(true));
}

#[test]
fn a_chain_of_references_longer_than_the_limit_is_an_error() {
    let definitions: Vec<_> = (0..5_000).map(|at| format!(r##""n{at}": {{"$ref": "#/$defs/n{}"}}"##, at + 1)).collect();
    let schema = compile(&format!(r##"{{"$ref": "#/$defs/n0", "$defs": {{{}, "n5000": true}}}}"##, definitions.join(","))).unwrap();
    let data = Document::read("1").unwrap();
    assert_eq!(schema.is_valid(&data, hoso::text::Moment::EPOCH), Err(LimitError::Depth));
    assert_eq!(schema.validate(&data, now(), Language::Vi).unwrap_err(), LimitError::Depth);
}

#[test]
fn work_beyond_the_budget_is_an_error() {
    let branches: Vec<_> = (0..2_000).map(|at| format!(r#"{{"minimum": {at}, "maximum": {at}, "type": "string"}}"#)).collect();
    let schema = compile(&format!(r#"{{"items": {{"anyOf": [{}]}}}}"#, branches.join(","))).unwrap();
    let data = Document::read(format!("[{}]", vec!["1.5"; 200_000].join(","))).unwrap();
    assert_eq!(schema.is_valid(&data, hoso::text::Moment::EPOCH), Ok(false));
    assert_eq!(schema.validate(&data, now(), Language::En).unwrap_err(), LimitError::Steps);
    let schema = compile(&format!(r#"{{"items": {{"not": {{"anyOf": [{}]}}}}}}"#, branches.join(","))).unwrap();
    assert_eq!(schema.is_valid(&data, hoso::text::Moment::EPOCH), Err(LimitError::Steps));
}

#[test]
fn documents_made_to_hurt_are_read_or_refused() {
    for (text, problem) in [
        ("[".repeat(100_000).into_bytes(), ReadProblem::TooDeep),
        (format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes(), ReadProblem::TooDeep),
        (format!("\"{}\"", "a".repeat(10_000_000)).into_bytes(), ReadProblem::TooLarge),
        (b"\"\xc3\x28\"".to_vec(), ReadProblem::NotUtf8),
        (b"\"\xed\xa0\x80\"".to_vec(), ReadProblem::NotUtf8),
        (b"\"\xc0\xaf\"".to_vec(), ReadProblem::NotUtf8),
        (b"\"\0\"".to_vec(), ReadProblem::ControlCharacter),
        (b"\0".to_vec(), ReadProblem::Unexpected),
        (format!("1{}", "0".repeat(100_000)).into_bytes(), ReadProblem::NumberTooLong),
    ] {
        assert_eq!(Document::read(text).unwrap_err().problem, problem);
    }
    let long = Document::read(format!("\"{}\"", "ê".repeat(4_999_990))).unwrap();
    let schema = compile(r#"{"maxLength": 10}"#).unwrap();
    let report = schema.validate(&long, now(), Language::Vi).unwrap();
    assert_eq!(report.issues[0].code, "text.too-long");
    assert!(report.issues[0].message.len() < 200);
}

#[test]
fn names_that_mean_something_elsewhere_are_names() {
    let schema = compile(r#"{"properties": {"__proto__": {"type": "integer"}, "constructor": {}}, "required": ["__proto__"], "additionalProperties": false}"#).unwrap();
    assert_eq!(schema.is_valid(&Document::read(r#"{"__proto__": 1, "constructor": 2}"#).unwrap(), hoso::text::Moment::EPOCH), Ok(true));
    assert_eq!(schema.is_valid(&Document::read(r#"{"__proto__": "x"}"#).unwrap(), hoso::text::Moment::EPOCH), Ok(false));
    assert_eq!(schema.is_valid(&Document::read(r#"{"toString": 1, "__proto__": 1}"#).unwrap(), hoso::text::Moment::EPOCH), Ok(false));
    let nul = Document::read(r#"{"a\u0000b": 1}"#).unwrap();
    assert_eq!(Pointer::root().child("a\0b").find(nul.root()).and_then(|value| value.as_number()).map(|number| number.text()), Some("1"));
    assert_eq!(canonical(nul.root()).as_deref(), Ok(r#"{"a\u0000b":1}"#));
}

#[test]
fn many_equal_hashes_and_many_items_stay_near_linear() {
    let unique = compile(r#"{"uniqueItems": true}"#).unwrap();
    let rows: Vec<_> = (0..100_000).map(|at| format!(r#"{{"a": {at}, "b": "row"}}"#)).collect();
    assert_eq!(unique.is_valid(&Document::read(format!("[{}]", rows.join(","))).unwrap(), hoso::text::Moment::EPOCH), Ok(true));
    assert_eq!(
        unique.is_valid(&Document::read(format!("[{},{}]", rows.join(","), rows[0])).unwrap(), hoso::text::Moment::EPOCH),
        Ok(false)
    );
}

#[test]
fn a_report_writes_a_thousand_issues_at_most() {
    let schema = compile(r#"{"items": {"type": "string"}}"#).unwrap();
    let data = Document::read(format!("[{}]", vec!["1"; 5_000].join(","))).unwrap();
    let report = schema.validate(&data, now(), Language::Vi).unwrap();
    assert_eq!((report.issues.len(), report.truncated, report.valid), (1_000, true, false));
}

#[test]
fn warnings_never_hide_what_blocks() {
    let options = Options { strict: true, ..Options::default() };
    let schema = Schema::compile(r#"{"items": {"type": "string", "format": "vn-name"}}"#, &options).unwrap();
    for warnings in [999, 1_000, 1_001, 30_000] {
        let data = Document::read(format!("[{}5]", "\"Lan 2\",".repeat(warnings))).unwrap();
        let report = schema.validate(&data, now(), Language::Vi).unwrap();
        assert!(!report.valid && report.truncated == (warnings > 999), "{warnings}");
        assert_eq!(report.issues.len(), 1_000);
        assert_eq!(report.issues.last().map(|issue| (issue.code, issue.level)), Some(("type.wrong", Level::Error)), "{warnings}");
    }
}

#[test]
fn long_names_do_not_multiply() {
    // 40,000 places, each of them named by a megabyte.
    let texts = vec![r#""\u0001""#; 40_000].join(",");
    let data = Document::read(format!(r#"{{"{}": [{texts}]}}"#, "n".repeat(1_000_000))).unwrap();
    let options = Options { strict: true, ..Options::default() };
    let report = Schema::compile("{}", &options).unwrap().validate(&data, now(), Language::Vi).unwrap();
    assert!(!report.valid && report.truncated && !report.issues.is_empty());
    assert!(hoso::wire::line(&report).len() < 2 * limits::REPORT_BYTES);
    let fields = |field: &str| {
        let fields = listed(100_000, |at| format!(r#""f{at}": {field}"#));
        format!(r#"{{"properties": {{"{}": {{"properties": {{{fields}}}}}}}}}"#, "n".repeat(1_000_000))
    };
    assert!(compile(&fields("{}")).is_ok());
    let errors = compile(&fields("1")).unwrap_err();
    assert!(errors.iter().map(|error| error.path.as_str().len()).sum::<usize>() < 2 * limits::REPORT_BYTES);
}

fn listed(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

#[test]
fn names_by_the_hundred_thousand_are_explained_without_squaring_the_time() {
    let present = format!("{{{}}}", listed(200_000, |at| format!(r#""d{at}": 0"#)));
    let names = listed(200_000, |at| format!(r#""r{at}""#));
    let declared = listed(200_000, |at| format!(r#""r{at}": true"#));
    for (schema, codes) in [
        (format!(r#"{{"required": [{names}]}}"#), "required.missing"),
        (format!(r#"{{"properties": {{{declared}}}, "additionalProperties": false}}"#), "property.unknown"),
        (format!(r#"{{"properties": {{{declared}}}, "x-order": [{names}], "type": "array"}}"#), "type.wrong"),
    ] {
        let report = compile(&schema).unwrap().validate(&Document::read(present.as_str()).unwrap(), now(), Language::Vi).unwrap();
        assert!(!report.valid && report.issues.iter().all(|issue| issue.code == codes), "{codes}");
    }
    for schema in [format!(r#"{{"dependentRequired": {{"d0": [{names}]}}}}"#), format!(r#"{{"dependentSchemas": {{{declared}}}}}"#)] {
        let schema = compile(&schema).unwrap();
        assert_eq!(schema.is_valid(&Document::read(present.as_str()).unwrap(), hoso::text::Moment::EPOCH), Err(LimitError::Steps));
    }
}

#[test]
fn comparing_what_is_large_spends_steps_or_ends_early() {
    // A constant with ten members, one of them large, against thousands of rows.
    let few = listed(9, |at| format!(r#""k{at}": 0"#));
    let rows = format!("[{}]", vec![format!(r#"{{{few}, "z": 1}}"#); 50_000].join(","));
    let schema = compile(&format!(r#"{{"items": {{"const": {{{few}, "z": [{}]}}}}}}"#, listed(500_000, |_| "0".to_owned()))).unwrap();
    assert_eq!(schema.is_valid(&Document::read(rows.as_str()).unwrap(), hoso::text::Moment::EPOCH), Ok(false));
    assert_eq!(schema.validate(&Document::read(rows).unwrap(), now(), Language::Vi).unwrap().issues.len(), 1_000);
    // A large list inside sixty lists, each of which wants its items to differ.
    let unique = compile(r##"{"uniqueItems": true, "items": {"$ref": "#"}}"##).unwrap();
    let nested = (0..60).fold(format!("[{}]", listed(500_000, |at| at.to_string())), |inner, _| format!("[{inner},1,2,3,4,5,6,7,8]"));
    assert_eq!(unique.is_valid(&Document::read(nested).unwrap(), hoso::text::Moment::EPOCH), Err(LimitError::Steps));
}

#[test]
fn numbers_no_double_can_hold_are_compared_by_their_digits() {
    for (schema, data, valid) in [
        (r#"{"maximum": 1e400}"#, "1e399", true),
        (r#"{"maximum": 1e400}"#, "1.1e400", false),
        (r#"{"minimum": 9007199254740993}"#, "9007199254740992", false),
        (r#"{"multipleOf": 0.01}"#, "19.99", true),
        (r#"{"const": 9007199254740993}"#, "9007199254740992", false),
        (r#"{"type": "integer"}"#, "1e999999", true),
        (r#"{"type": "integer"}"#, "1e-999999", false),
    ] {
        assert_eq!(
            compile(schema).unwrap().is_valid(&Document::read(data).unwrap(), hoso::text::Moment::EPOCH),
            Ok(valid),
            "{schema} {data}"
        );
    }
}

#[test]
fn patterns_by_the_hundred_thousand_end_early() {
    let errors =
        compile(&format!(r#"{{"anyOf": [{}]}}"#, listed(100_000, |at| format!(r#"{{"pattern": "{at}a{{19000}}"}}"#)))).unwrap_err();
    assert_eq!(errors[0].code(), "schema.too-many-patterns");
    let options = Options { assert_formats: true, ..Options::default() };
    let schema = Schema::compile(r#"{"items": {"format": "regex"}}"#, &options).unwrap();
    let data = Document::read(format!("[{}]", listed(400_000, |at| format!(r#""{at}\\p{{L}}a{{1000}}""#)))).unwrap();
    assert_eq!(schema.is_valid(&data, hoso::text::Moment::EPOCH), Err(LimitError::Steps));
}

/// Each of these took minutes for a few steps before all that is looked at was counted.
#[test]
fn nothing_is_looked_at_for_nothing() {
    let branches = |count: usize, branch: &str| format!(r#"{{"allOf": [{}]}}"#, listed(count, |_| branch.to_owned()));
    let object = format!("{{{}}}", listed(200_000, |at| format!(r#""k{at}": 0"#)));
    let list = format!("[{}]", listed(400_000, |_| "0".to_owned()));
    let name = format!(r#"{{"{}": 1}}"#, "a".repeat(2_000_000));
    let numbers = format!("[{}]", listed(500, |_| "7".repeat(4_096)));
    for (schema, data) in [
        (branches(100_000, r#"{"properties": {"q": true}}"#), &object),
        (branches(100_000, r#"{"items": true}"#), &list),
        (branches(100_000, r#"{"contains": true, "minContains": 0, "maxContains": 1000000000}"#), &list),
        (branches(100_000, r#"{"propertyNames": {"minLength": 1}}"#), &name),
        (format!(r#"{{"items": {}}}"#, branches(100_000, r#"{"multipleOf": 7}"#)), &numbers),
    ] {
        let answer = compile(&schema).unwrap().is_valid(&Document::read(data.as_str()).unwrap(), hoso::text::Moment::EPOCH);
        assert_eq!(answer, Err(LimitError::Steps), "{}", schema.chars().take(60).collect::<String>());
    }
    let declared = listed(200_000, |at| format!(r#""a{at}": true"#));
    let schema = compile(&format!(r#"{{"anyOf": [{{"properties": {{{declared}}}, "required": ["zz"]}}]}}"#)).unwrap();
    assert_eq!(schema.validate(&Document::read(object).unwrap(), now(), Language::En).unwrap().issues.len(), 1);
}

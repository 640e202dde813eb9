//! What is nested as deep as the limits allow fits the stack: natively 1 MiB, in WebAssembly whatever the browser gives.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use hoso::json::{Document, ReadProblem};
use hoso::limits;
use hoso::report::Language;
use hoso::schema::{LimitError, Options, Schema};
use hoso::text::Moment;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn documents_nested_to_the_limit_are_read() {
    let nested = |depth| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    on_a_small_stack(move || {
        assert!(Document::read(nested(limits::JSON_DEPTH)).is_ok());
        assert_eq!(Document::read(nested(limits::JSON_DEPTH + 1)).unwrap_err().problem, ReadProblem::TooDeep);
    });
}

#[test]
fn subschemas_nested_to_the_limit_are_judged() {
    for keyword in ["anyOf", "oneOf", "not", "if", "dependentSchemas"] {
        // Each link is two subschemas.
        for (links, answer) in [(limits::SCHEMA_DEPTH / 2 - 2, Ok(false)), (limits::SCHEMA_DEPTH, Err(LimitError::Depth))] {
            on_a_small_stack(move || assert_eq!(judge(keyword, links), answer, "{keyword} {links}"));
        }
    }
}

/// Judges by a chain of definitions, each of which holds the next.
fn judge(keyword: &str, links: usize) -> Result<bool, LimitError> {
    let link = |next: usize| match keyword {
        "if" => format!(r##"{{"if": {{"$ref": "#/$defs/n{next}"}}, "else": false}}"##),
        "dependentSchemas" => format!(r##"{{"dependentSchemas": {{"a": {{"$ref": "#/$defs/n{next}"}}}}}}"##),
        "not" => format!(r##"{{"not": {{"$ref": "#/$defs/n{next}"}}}}"##),
        list => format!(r##"{{"{list}": [{{"$ref": "#/$defs/n{next}"}}, false]}}"##),
    };
    let definitions: String = (0..links).map(|at| format!(r#""n{at}": {},"#, link(at + 1))).collect();
    let schema = format!(r##"{{"$ref": "#/$defs/n0", "$defs": {{{definitions} "n{links}": {{"required": ["b"]}}}}}}"##);
    let schema = Schema::compile(schema, &Options::default()).unwrap();
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    schema.validate(&Document::read(r#"{"a": 1}"#).unwrap(), now, Language::Vi).map(|report| report.valid)
}

/// WebAssembly has no threads, and its stack is the one that counts there.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    const SMALL: usize = 1 << 20;
    if cfg!(target_arch = "wasm32") {
        run();
    } else {
        std::thread::Builder::new().stack_size(SMALL).spawn(run).unwrap().join().unwrap();
    }
}

#[test]
fn expressions_nested_to_the_limit_are_evaluated() {
    let depth = limits::EXPRESSION_DEPTH - 10;
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    for (expression, value) in [
        (nested("(", ")"), Some("1".to_owned())),
        (nested("[", "]"), Some(nested("[", "]"))),
        (nested("(true ? ", " : 0)"), Some("1".to_owned())),
        (nested("[1].map(x, ", ")"), None),
        (nested("{'a': ", "}"), None),
        (vec!["1"; depth].join(" + "), Some(depth.to_string())),
        (format!("{}1{}", "cel.bind(x, ".repeat(depth), ", x)".repeat(depth)), Some("1".to_owned())),
        (nested("dyn(", ")"), Some("1".to_owned())),
    ] {
        on_a_small_stack(move || {
            let found = hoso::expr::evaluate(&expression, &Document::read("{}").unwrap(), Moment::EPOCH);
            assert!(found.is_ok() && value.is_none_or(|value| found.as_ref() == Ok(&value)), "{expression:.40}: {found:?}");
        });
    }
}

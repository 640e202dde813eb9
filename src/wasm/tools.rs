//! What tools ask of a schema besides: all that the module `tools` does more than the core.

use super::core::{moment, with_schema};
use super::{Answer, Refused, answer, language, plain};
use crate::expr::{self, Stopped};
use crate::json::Document;
use crate::wire::{self, Failure, Failures, Findings};
use wasm_bindgen::prelude::wasm_bindgen;

/// What a schema that compiles probably does not mean, as JSON text.
///
/// # Errors
/// There is no such schema.
#[wasm_bindgen]
pub fn lint(schema: u32, lang: &str) -> Answer<String> {
    with_schema(schema, lang, |schema| Ok(wire::line(&Findings::of(schema, language(lang)))))
}

/// Every keyword that a document fails, as JSON text in the format "List" of the JSON Schema project.
///
/// # Errors
/// There is no such schema, the document is no JSON, or both together exceed a limit.
#[wasm_bindgen]
pub fn list(schema: u32, document: Vec<u8>, seconds: f64, lang: &str) -> Answer<String> {
    with_schema(schema, lang, |schema| Ok(wire::line(&schema.list(&Document::read(document)?, moment(seconds), language(lang))?)))
}

/// The value of an expression as JSON text, with the members of an object as its variables, for a moment.
///
/// # Errors
/// Every mistake of the expression, or why it has no value; the variables are no JSON, the moment is none.
#[wasm_bindgen]
pub fn evaluate(expression: &str, variables: Vec<u8>, now: &str, lang: &str) -> Answer<String> {
    answer(lang, |language| {
        let variables = Document::read(variables)?;
        expr::evaluate(expression, &variables, wire::moment(now)?).map_err(|stopped| {
            let errors = match &stopped {
                Stopped::Mistaken(errors) => errors.iter().map(|error| Failure::of(error, language)).collect(),
                Stopped::Failed(failure) => vec![Failure::of(failure, language)],
            };
            Refused::Thrown(plain(&Failures { errors }))
        })
    })
}

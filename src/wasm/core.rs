//! Schemas and reports: all that the module `core` does.

use super::held::Held;
use super::{Answer, language, plain, thrown};
use crate::json::{Document, Object, Writer};
use crate::report::Language;
use crate::schema::{Options, Schema};
use crate::wire::{self, Failure, Failures};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static SCHEMAS: Held<Schema> = const { Held::new() };
}

/// The version of the engine.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Compiles a schema and names it.
///
/// # Errors
/// Every mistake of the schema.
#[wasm_bindgen]
pub fn compile(text: Vec<u8>, strict: bool, assert_formats: bool, lang: &str) -> Answer<u32> {
    compiled(text, &Options { strict, assert_formats }, language(lang)).map(|schema| SCHEMAS.with(|held| held.keep(schema)))
}

pub(super) fn compiled(text: Vec<u8>, options: &Options, language: Language) -> Answer<Schema> {
    Schema::compile(text, options).map_err(|errors| {
        let errors = errors.iter().map(|error| Failure::of(error, language)).collect();
        plain(&Failures { errors })
    })
}

/// What a schema is: `{id, canonical, procedure}`.
///
/// # Errors
/// There is no such schema.
#[wasm_bindgen]
pub fn describe(schema: u32) -> Answer<JsValue> {
    with_schema(schema, Language::Vi, |schema| {
        let procedure = schema.procedure().map(|procedure| {
            Object(move |out: &mut Writer| {
                let title = Object(|out| out.member("vi", &procedure.title(Language::Vi)).member("en", &procedure.title(Language::En)));
                out.member("code", &procedure.code())
                    .member("version", &procedure.version())
                    .member("title", &title)
                    .member("evidence", &procedure.evidence())
            })
        });
        Ok(plain(&Object(|out| {
            out.member("id", &schema.id().id()).member("canonical", &schema.canonical()).member("procedure", &procedure)
        })))
    })
}

/// Whether a document is valid.
///
/// # Errors
/// There is no such schema, the document is no JSON, or both together exceed a limit.
#[wasm_bindgen(js_name = isValid)]
pub fn is_valid(schema: u32, document: Vec<u8>, lang: &str) -> Answer<bool> {
    let language = language(lang);
    with_schema(schema, language, |schema| schema.is_valid(&read(document, language)?).map_err(|error| thrown(&error, language)))
}

/// The report on a document as JSON text; nothing when there is nothing to tell: the document is valid, without warnings,
/// and the moment is written as the report would write it.
///
/// # Errors
/// There is no such schema, the moment is none, the document is no JSON, or schema and document together exceed a limit.
#[wasm_bindgen]
pub fn validate(schema: u32, document: Vec<u8>, now: &str, lang: &str) -> Answer<Option<String>> {
    let language = language(lang);
    let moment = wire::moment(now).map_err(|error| thrown(&error, language))?;
    with_schema(schema, language, |schema| {
        let report = schema.validate(&read(document, language)?, moment, language).map_err(|error| thrown(&error, language))?;
        let silent = report.valid && report.issues.is_empty() && report.now == now;
        Ok((!silent).then(|| wire::line(&report)))
    })
}

/// Forgets a schema.
#[wasm_bindgen]
pub fn release(schema: u32) {
    SCHEMAS.with(|held| held.release(schema));
}

/// A document, or what is thrown.
pub(super) fn read(document: Vec<u8>, language: Language) -> Answer<Document> {
    Document::read(document).map_err(|error| thrown(&error, language))
}

fn with_schema<R>(id: u32, language: Language, using: impl FnOnce(&Schema) -> Answer<R>) -> Answer<R> {
    SCHEMAS.with(|held| held.with(id, language, |schema| using(schema)))
}

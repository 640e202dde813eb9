//! Schemas and reports: all that the module `core` does.

use super::held::Held;
use super::{Answer, Refused, answer, plain};
use crate::json::{Document, Object, Writer};
use crate::report::Language;
use crate::schema::{Draft, Options, Schema, SchemaError};
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
pub fn compile(text: Vec<u8>, strict: bool, assert_formats: bool, dialect: &str, refs: Option<Vec<u8>>, lang: &str) -> Answer<u32> {
    answer(lang, |language| {
        let dialect = Draft::named(dialect).ok_or_else(|| refused(&[SchemaError::dialect(dialect)], language))?;
        let refs = match refs {
            Some(refs) => Some(Document::read(refs)?),
            None => None,
        };
        let schema = compiled(text, &Options { strict, assert_formats, dialect, refs: refs.as_ref() }, language)?;
        Ok(SCHEMAS.with(|held| held.keep(schema)))
    })
}

pub(super) fn compiled(text: Vec<u8>, options: &Options<'_>, language: Language) -> Result<Schema, Refused> {
    Schema::compile(text, options).map_err(|errors| refused(&errors, language))
}

fn refused(errors: &[SchemaError], language: Language) -> Refused {
    let errors = errors.iter().map(|error| Failure::of(error, language)).collect();
    Refused::Thrown(plain(&Failures { errors }))
}

/// What a schema is: `{id, canonical, procedure}`.
///
/// # Errors
/// There is no such schema.
#[wasm_bindgen]
pub fn describe(schema: u32) -> Answer<JsValue> {
    with_schema(schema, "", |schema| {
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
    with_schema(schema, lang, |schema| Ok(schema.is_valid(&Document::read(document)?)?))
}

/// The report on a document as JSON text; nothing when there is nothing to tell: the document is valid, without warnings,
/// and the moment is written as the report would write it.
///
/// # Errors
/// There is no such schema, the moment is none, the document is no JSON, or schema and document together exceed a limit.
#[wasm_bindgen]
pub fn validate(schema: u32, document: Vec<u8>, now: &str, lang: &str) -> Answer<Option<String>> {
    answer(lang, |language| {
        let moment = wire::moment(now)?;
        SCHEMAS.with(|held| {
            held.with(schema, |schema| {
                let report = schema.validate(&Document::read(document)?, moment, language)?;
                let silent = report.valid && report.issues.is_empty() && report.now == now;
                Ok((!silent).then(|| wire::line(&report)))
            })
        })
    })
}

/// Forgets a schema.
#[wasm_bindgen]
pub fn release(schema: u32) {
    SCHEMAS.with(|held| held.release(schema));
}

fn with_schema<R>(id: u32, lang: &str, using: impl FnOnce(&Schema) -> Result<R, Refused>) -> Answer<R> {
    answer(lang, |_| SCHEMAS.with(|held| held.with(id, |schema| using(schema))))
}

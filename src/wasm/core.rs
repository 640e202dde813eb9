//! Schemas and reports: all that the module `core` does.

use super::held::Held;
use super::{Answer, Refused, answer, plain, read_if_any};
use crate::json::{Document, Object, Writer};
use crate::report::Language;
use crate::schema::{Draft, Options, Schema, SchemaError};
use crate::text::{Instant, Moment};
use crate::wire::{self, Failure, Failures};
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    pub(super) static SCHEMAS: Held<Arc<Schema>> = const { Held::new() };
    static ROOM: RefCell<Room> = const { RefCell::new(Room { bytes: Vec::new(), document: None }) };
}

/// Where the caller writes documents of up to this many bytes, in place of handing them over.
const BYTES: usize = 49_152;

/// What one call leaves to the next, so that an ordinary document needs no memory of its own.
struct Room {
    bytes: Vec<u8>,
    document: Option<Document>,
}

/// The place of 49,152 bytes for documents; it stays as long as the instance.
#[wasm_bindgen]
#[must_use]
pub fn room() -> *const u8 {
    ROOM.with(|room| {
        let bytes = &mut room.borrow_mut().bytes;
        bytes.resize(BYTES, 0);
        bytes.as_ptr()
    })
}

/// Uses bytes: those handed over, else the first of the room.
pub(super) fn with_bytes<R>(length: usize, whole: Option<Vec<u8>>, using: impl FnOnce(&[u8]) -> Result<R, Refused>) -> Result<R, Refused> {
    match whole {
        Some(bytes) => using(&bytes),
        None => ROOM.with(|room| using(room.borrow().bytes.get(..length).unwrap_or_default())),
    }
}

/// Reads a document, the first bytes of the room where none is handed over, and uses it.
pub(super) fn with_document<R>(
    length: usize,
    whole: Option<Vec<u8>>,
    using: impl FnOnce(&Document) -> Result<R, Refused>,
) -> Result<R, Refused> {
    let bytes = match whole {
        Some(bytes) => return using(&Document::read(bytes)?),
        None => length,
    };
    ROOM.with(|room| {
        let Room { bytes: room, document } = &mut *room.borrow_mut();
        let bytes = room.get(..bytes).unwrap_or_default();
        let read = match document.take() {
            Some(mut known) => known.reread(bytes).map(|()| known),
            None => Document::read(bytes),
        };
        using(document.insert(read?))
    })
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
pub fn compile(
    text: Vec<u8>,
    strict: bool,
    assert_formats: bool,
    dialect: &str,
    refs: Option<Vec<u8>>,
    code_lists: Option<Vec<u8>>,
    lang: &str,
) -> Answer<u32> {
    answer(lang, |language| {
        let dialect = Draft::named(dialect).ok_or_else(|| refused(&[SchemaError::dialect(dialect)], language))?;
        let (refs, code_lists) = (read_if_any(refs)?, read_if_any(code_lists)?);
        let options = Options { strict, assert_formats, dialect, refs: refs.as_ref(), code_lists: code_lists.as_ref(), keep_types: false };
        let schema = compiled(text, &options, language)?;
        Ok(SCHEMAS.with(|held| held.keep(Arc::new(schema))))
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

/// Whether a document is valid, at a moment in seconds since 1970: the one handed over, else the first bytes of the [`room`].
///
/// # Errors
/// There is no such schema, the document is no JSON, or both together exceed a limit.
#[wasm_bindgen(js_name = isValid)]
pub fn is_valid(schema: u32, length: usize, document: Option<Vec<u8>>, seconds: f64, english: bool) -> Answer<bool> {
    let now = moment(seconds);
    with_schema(schema, tag(english), |schema| with_document(length, document, |document| Ok(schema.is_valid(document, now)?)))
}

/// A moment in seconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "fractions of a second are cut off, and a number that is none is 0")]
pub(super) const fn moment(seconds: f64) -> Moment {
    Moment::new(Instant::from_unix(seconds as i64), Moment::VIETNAM)
}

/// The report on a document, of the [`room`] likewise, as JSON text; nothing when there is nothing to tell: the document is valid, without warnings,
/// and the moment is written as the report would write it.
///
/// # Errors
/// There is no such schema, the moment is none, the document is no JSON, or schema and document together exceed a limit.
#[wasm_bindgen]
pub fn validate(schema: u32, length: usize, document: Option<Vec<u8>>, now: &str, english: bool) -> Answer<Option<String>> {
    answer(tag(english), |language| {
        let moment = wire::moment(now)?;
        SCHEMAS.with(|held| {
            held.with(schema, |schema| {
                with_document(length, document, |document| {
                    let report = schema.validate(document, moment, language)?;
                    let silent = report.valid && report.issues.is_empty() && report.now == now;
                    Ok((!silent).then(|| wire::line(&report)))
                })
            })
        })
    })
}

/// A language without a text to hand over: these calls are made with every key that is pressed.
pub(super) const fn tag(english: bool) -> &'static str {
    if english { "en" } else { "vi" }
}

/// Forgets a schema.
#[wasm_bindgen]
pub fn release(schema: u32) {
    SCHEMAS.with(|held| held.release(schema));
}

pub(super) fn with_schema<R>(id: u32, lang: &str, using: impl FnOnce(&Schema) -> Result<R, Refused>) -> Answer<R> {
    answer(lang, |_| SCHEMAS.with(|held| held.with(id, |schema| using(schema))))
}

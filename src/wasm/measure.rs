//! Files: measured piece by piece, then entered into the data.

use super::core::read;
use super::held::Held;
use super::{Answer, language, request, thrown};
use crate::json::canonical;
use crate::report::Language;
use crate::submission::{Attachment, Measure, MeasureWithoutDigest, attach};
use crate::wire::{self, KnownFile};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static MEASURES: Held<Measuring> = const { Held::new() };
}

enum Measuring {
    Whole(Measure),
    WithoutDigest(MeasureWithoutDigest),
}

/// Begins to measure a file. With `digests` the digest is taken here; otherwise the caller gives it at the end.
#[wasm_bindgen(js_name = measureOpen)]
#[must_use]
pub fn open(digests: bool) -> u32 {
    let measure = if digests { Measuring::Whole(Measure::default()) } else { Measuring::WithoutDigest(MeasureWithoutDigest::default()) };
    MEASURES.with(|held| held.keep(measure))
}

/// Takes the next piece.
///
/// # Errors
/// There is no such measure.
#[wasm_bindgen(js_name = measurePush)]
pub fn push(id: u32, piece: &[u8]) -> Answer<()> {
    let push = |measure: &mut Measuring| {
        match measure {
            Measuring::Whole(measure) => measure.push(piece),
            Measuring::WithoutDigest(measure) => measure.push(piece),
        }
        Ok(())
    };
    MEASURES.with(|held| held.with(id, Language::Vi, push))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Measured<'a> {
    field: &'a str,
    name: &'a str,
    media_type: &'a str,
    size: u32,
    sha256: String,
    crc32: u32,
}

/// The file, whose last piece has come: `{field, name, mediaType, size, sha256, crc32}`.
///
/// # Errors
/// There is no such measure, the field or the digest is none, or the file can be no attachment.
#[wasm_bindgen(js_name = measureFinish)]
pub fn finish(id: u32, field: &str, name: &str, digest: Option<String>, lang: &str) -> Answer<JsValue> {
    let language = language(lang);
    let measure = MEASURES.with(|held| held.take(id, language))?;
    let field = wire::pointer(field).map_err(|error| thrown(&error, language))?;
    let file = match measure {
        Measuring::Whole(measure) => measure.finish(field, name),
        Measuring::WithoutDigest(measure) => {
            let digest = wire::digest(&digest.unwrap_or_default()).map_err(|error| thrown(&error, language))?;
            measure.finish(field, name, digest)
        }
    };
    let file = file.map_err(|error| thrown(&error, language))?;
    let measured = Measured {
        field: file.field.as_str(),
        name: &file.file_name,
        media_type: file.media_type,
        size: file.size,
        sha256: file.sha256.hex(),
        crc32: file.crc32,
    };
    Ok(serde_wasm_bindgen::to_value(&measured)?)
}

/// Forgets a measure.
#[wasm_bindgen(js_name = measureRelease)]
pub fn release(id: u32) {
    MEASURES.with(|held| held.release(id));
}

/// The data, JSON text, with the files entered into the lists of their fields.
///
/// # Errors
/// The data is no JSON, a file's description is none, or a field cannot hold files.
#[wasm_bindgen(js_name = attach)]
pub fn enter(document: Vec<u8>, files: Vec<u8>, lang: &str) -> Answer<String> {
    let language = language(lang);
    let data = read(document, language)?;
    let files = attachments(request(files, language)?, language)?;
    let data = attach(&data, &files).map_err(|error| thrown(&error, language))?;
    canonical(data.root()).map_err(|error| thrown(&error, language))
}

pub(super) fn attachments(files: Vec<KnownFile>, language: Language) -> Answer<Vec<Attachment>> {
    let attachment = |file: KnownFile| {
        let attachment = file.attachment().map_err(|error| thrown(&error, language))?;
        attachment.map_err(|error| thrown(&error, language))
    };
    files.into_iter().map(attachment).collect()
}

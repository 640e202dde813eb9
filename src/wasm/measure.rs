//! Files: measured piece by piece, then entered into the data.

use super::held::Held;
use super::{Answer, Refused, answer};
use crate::json::{Document, canonical};
use crate::submission::{Attachment, Measure, MeasureWithoutDigest, attach};
use crate::wire::{self, KnownFile, Request as _};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
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
    answer("", |_| MEASURES.with(|held| held.with(id, push)))
}

/// What is known of a file.
struct Measured(Attachment);

impl Serialize for Measured {
    /// A map: what serde calls a struct keeps a table of its members' names in JavaScript, which is for answers by the thousand.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Attachment { field, file_name, media_type, size, sha256, crc32 } = &self.0;
        let mut members = serializer.serialize_map(Some(6))?;
        members.serialize_entry("field", field.as_str())?;
        members.serialize_entry("name", file_name)?;
        members.serialize_entry("mediaType", media_type)?;
        members.serialize_entry("size", size)?;
        members.serialize_entry("sha256", &sha256.hex())?;
        members.serialize_entry("crc32", crc32)?;
        members.end()
    }
}

/// The file, whose last piece has come: `{field, name, mediaType, size, sha256, crc32}`.
///
/// # Errors
/// There is no such measure, the field or the digest is none, or the file can be no attachment.
#[wasm_bindgen(js_name = measureFinish)]
pub fn finish(id: u32, field: &str, name: &str, digest: Option<String>, lang: &str) -> Answer<JsValue> {
    let file = answer(lang, |_| {
        let measure = MEASURES.with(|held| held.take(id))?;
        let field = wire::pointer(field)?;
        Ok(match measure {
            Measuring::Whole(measure) => measure.finish(field, name)?,
            Measuring::WithoutDigest(measure) => measure.finish(field, name, wire::digest(&digest.unwrap_or_default())?)?,
        })
    })?;
    Ok(Measured(file).serialize(&serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true))?)
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
    answer(lang, |_| {
        let data = Document::read(document)?;
        let files = attachments(&Vec::from_json(files)?)?;
        Ok(canonical(attach(&data, &files)?.root())?)
    })
}

pub(super) fn attachments(known: &[KnownFile]) -> Result<Vec<Attachment>, Refused> {
    let mut files = Vec::new();
    for file in known {
        files.push(file.attachment()??);
    }
    Ok(files)
}

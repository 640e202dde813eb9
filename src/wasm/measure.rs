//! Files, measured piece by piece.

use super::held::Held;
use super::{Answer, answer};
use crate::dossier::Attachment;
use crate::submission::{Measure, MeasureWithoutDigest};
use crate::wire;
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

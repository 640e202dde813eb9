//! The bindings for JavaScript: they convert and call.
//!
//! Documents and requests cross as bytes of JSON, reports and verdicts as JSON text, small answers as plain objects. What lives longer than
//! a call is named by an id, which is never given twice: an id of an instance that is gone means nothing to the next one.
//! An answer that cannot be given is thrown as `{errors: [{code, params, message}]}`. The npm package in `pkg/` is the
//! one caller; its types are the public face.

#[cfg(feature = "wasm-sign")]
mod adding;
#[cfg(feature = "wasm-core")]
mod core;
#[cfg(feature = "wasm-dossier")]
mod dossier;
#[cfg(feature = "wasm-sign")]
mod file;
mod held;
#[cfg(feature = "wasm-key")]
mod key;
#[cfg(feature = "wasm-core")]
mod live;
#[cfg(feature = "wasm-sign")]
mod measure;
#[cfg(target_arch = "wasm32")]
mod memory;
#[cfg(feature = "wasm-sign")]
mod package;
#[cfg(feature = "wasm-sign")]
mod seal;
#[cfg(feature = "wasm-tools")]
mod tools;

#[cfg(any(feature = "wasm-dossier", feature = "wasm-sign"))]
use crate::dossier::Attachment;
#[cfg(any(feature = "wasm-core", feature = "wasm-sign"))]
use crate::json::Document;
use crate::json::{ToJson, to_json};
use crate::report::{Coded, Language};
#[cfg(any(feature = "wasm-dossier", feature = "wasm-sign"))]
use crate::wire::KnownFile;
use crate::wire::{Failure, Failures};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// A call's answer, or what is thrown.
type Answer<T> = Result<T, JsValue>;

/// The language of a tag, Vietnamese where hoso does not speak it.
fn language(tag: &str) -> Language {
    Language::from_tag(tag).unwrap_or_default()
}

/// Why a call has no answer.
enum Refused {
    /// This is told in the caller's language.
    Error(Box<dyn Coded>),
    /// This is thrown.
    #[cfg(any(feature = "wasm-core", feature = "wasm-sign"))]
    Thrown(JsValue),
}

impl<E: Coded + 'static> From<E> for Refused {
    // Once for each error, not for each `?`.
    #[inline(never)]
    fn from(error: E) -> Self {
        Self::Error(Box::new(error))
    }
}

/// A call's answer in the language of a tag.
fn answer<T>(lang: &str, work: impl FnOnce(Language) -> Result<T, Refused>) -> Answer<T> {
    let language = language(lang);
    work(language).map_err(|refused| refused.thrown(language))
}

impl Refused {
    #[inline(never)]
    fn thrown(self, language: Language) -> JsValue {
        match self {
            Self::Error(error) => plain(&Failures { errors: vec![Failure::of(&*error, language)] }),
            #[cfg(any(feature = "wasm-core", feature = "wasm-sign"))]
            Self::Thrown(value) => value,
        }
    }
}

/// A small answer as a plain object.
fn plain(answer: &dyn ToJson) -> JsValue {
    // Our own answers are JSON and hold no numbers beyond 2^53, so all of them is read.
    parse(&to_json(answer)).unwrap_or(JsValue::UNDEFINED)
}

#[wasm_bindgen]
extern "C" {
    /// JavaScript's own. The crate with all of its objects would bring the module `core` a kilobyte that nothing calls.
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(text: &str) -> Result<JsValue, JsValue>;
}

#[cfg(any(feature = "wasm-key", feature = "wasm-sign"))]
/// A plain object of these members.
fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in members {
        // Setting a member of a new object cannot fail.
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// Files that were measured before.
#[cfg(any(feature = "wasm-dossier", feature = "wasm-sign"))]
fn attachments(known: &[KnownFile]) -> Result<Vec<Attachment>, Refused> {
    let mut files = Vec::new();
    for file in known {
        files.push(file.attachment()??);
    }
    Ok(files)
}

/// A document that may be left out.
#[cfg(any(feature = "wasm-core", feature = "wasm-sign"))]
fn read_if_any(text: Option<Vec<u8>>) -> Result<Option<Document>, Refused> {
    match text {
        Some(text) => Ok(Some(Document::read(text)?)),
        None => Ok(None),
    }
}

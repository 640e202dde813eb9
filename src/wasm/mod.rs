//! The bindings for JavaScript: they convert and call.
//!
//! Documents and requests cross as bytes of JSON, reports and verdicts as JSON text, small answers as plain objects. What lives longer than
//! a call is named by an id, which is never given twice: an id of an instance that is gone means nothing to the next one.
//! An answer that cannot be given is thrown as `{errors: [{code, params, message}]}`. The npm package in `pkg/` is the
//! one caller; its types are the public face.

mod core;
mod held;
#[cfg(feature = "wasm-sign")]
mod key;
#[cfg(feature = "wasm-sign")]
mod measure;
#[cfg(target_arch = "wasm32")]
mod memory;
#[cfg(feature = "wasm-sign")]
mod package;
#[cfg(feature = "wasm-sign")]
mod seal;

use crate::json::{ToJson, to_json};
use crate::report::{Coded, Language};
use crate::wire::{Failure, Failures, RequestError};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// A call's answer, or what is thrown.
type Answer<T> = Result<T, JsValue>;

/// The language of a tag, Vietnamese where hoso does not speak it.
fn language(tag: &str) -> Language {
    Language::from_tag(tag).unwrap_or_default()
}

/// What is thrown for an error.
fn thrown(error: &dyn Coded, language: Language) -> JsValue {
    plain(&Failures { errors: vec![Failure::of(error, language)] })
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

/// A request as its type, or what is thrown.
#[cfg(feature = "wasm-sign")]
fn request<T: crate::wire::Request>(text: Vec<u8>, language: Language) -> Answer<T> {
    T::from_json(text).map_err(|error| thrown(&error, language))
}

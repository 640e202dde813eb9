//! Signed files of any maker, held whole.

use super::package::trusting;
use super::{Answer, answer};
use crate::sign::{Content, file};
use crate::wire;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;

/// Verifies a signed file with the contents beside it, each with its name, which may be empty: the verdict, JSON text.
///
/// # Errors
/// A certificate, a revocation list or an option cannot be read.
#[wasm_bindgen(js_name = fileVerify)]
#[expect(clippy::too_many_arguments, reason = "bytes cross the border one by one")]
pub fn judge(
    signed: &[u8],
    names: Vec<String>,
    contents: Vec<Uint8Array>,
    options: Vec<u8>,
    trust: Vec<Uint8Array>,
    certificates: Vec<Uint8Array>,
    crls: Vec<Uint8Array>,
    ocsps: Vec<Uint8Array>,
    lang: &str,
) -> Answer<String> {
    answer(lang, |language| {
        let (options, policy) = trusting(options, &trust, &certificates, &crls, &ocsps, language)?;
        let mut held = Vec::new();
        for content in &contents {
            held.push(content.to_vec());
        }
        let mut given = Vec::new();
        for (name, bytes) in names.into_iter().zip(&held) {
            given.push((name, Content::of(bytes)));
        }
        let verdict = file::verify(signed, &given, &options.trust(), language);
        Ok(wire::line(&match policy {
            Some(policy) => verdict.held_against(&policy, language),
            None => verdict,
        }))
    })
}

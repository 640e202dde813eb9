//! Sealing and signing a dossier. The key is elsewhere: see `key`.

use super::core::{compiled, read_if_any};
use super::held::Held;
use super::measure::attachments;
use super::{Answer, Refused, answer, object};
use crate::crypto::SignatureAlgorithm;
use crate::form::{Form, NotChecked};
use crate::json::{self, Document, ToJson, Writer};
use crate::pki::Certificate;
use crate::schema::Options;
use crate::sign::Part;
use crate::submission::{Chunk, Format, Prepared, SealError, Sealed, named_by_place, seal};
use crate::text::readable;
use crate::wire::{self, Request as _, SealRequest};
use js_sys::{Array, Object, Uint8Array};
use std::sync::Arc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static SEALED: Held<Sealed> = const { Held::new() };
}

/// Checks a form again and seals it.
///
/// # Errors
/// The schema does not compile, the form is not valid (then `{report}` is thrown, JSON text), or it cannot be sealed.
#[wasm_bindgen(js_name = seal)]
pub fn make(schema: Vec<u8>, document: Vec<u8>, code_lists: Option<Vec<u8>>, options: Vec<u8>, lang: &str) -> Answer<u32> {
    answer(lang, |language| {
        let asked = SealRequest::from_json(options)?;
        let files = attachments(&asked.attachments)?;
        let (options, now) = (asked.options()?, wire::moment(&asked.now)?);
        let code_lists = read_if_any(code_lists)?;
        let schema = compiled(schema, &Options { strict: true, code_lists: code_lists.as_ref(), ..Options::default() }, language)?;
        // Parts are named before the check: what is checked is what is sealed.
        let document = Document::read(document)?;
        let data = match named_by_place(&schema, &document) {
            // What else stands in a field for files is for the check to say.
            Err(SealError::AttachmentField { .. }) => document,
            named => named?,
        };
        let form = Form::open(Arc::new(schema), data).check(now, language).map_err(|error| match error {
            NotChecked::Invalid(_, report) => Refused::Thrown(object(&[("report", wire::line(&report).into())])),
            NotChecked::Limit(_, limit) => limit.into(),
        })?;
        let sealed = seal(&form, &options, &files)?;
        Ok(SEALED.with(|held| held.keep(sealed)))
    })
}

/// A part as an answer names it.
struct PartAnswer<'s>(&'s Part);

impl ToJson for PartAnswer<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("name", &self.0.name).member("size", &self.0.size).member("sha256", &self.0.sha256));
    }
}

/// What was sealed, as JSON text: `{submission, parts: [{name, size, sha256}]}`.
///
/// # Errors
/// There is no such sealed dossier.
#[wasm_bindgen(js_name = sealedDescribe)]
pub fn describe(id: u32) -> Answer<String> {
    with_sealed(id, |sealed| {
        let parts: Vec<_> = sealed.parts().iter().map(PartAnswer).collect();
        wire::line(&json::Object(|out| out.member("submission", sealed.submission()).member("parts", &parts)))
    })
}

/// The text of a document, or nothing where it has no such document.
///
/// # Errors
/// There is no such sealed dossier.
#[wasm_bindgen(js_name = sealedDocument)]
pub fn document(id: u32, name: &str) -> Answer<Option<String>> {
    with_sealed(id, |sealed| sealed.document(name).map(str::to_owned))
}

/// The message that the key of a chain's first certificate must sign.
///
/// # Errors
/// A certificate cannot be read, or may not sign at that moment with that algorithm.
#[wasm_bindgen(js_name = sealedMessage)]
pub fn message(id: u32, chain: Vec<Uint8Array>, algorithm: &str, at: &str, lang: &str) -> Answer<Vec<u8>> {
    answer(lang, |_| Ok(prepared(id, &chain, algorithm, at)?.to_be_signed().message().to_vec()))
}

/// The signed dossier, once what came back for the message of the same arguments is verified: `{signature, chunks}`.
/// A chunk is bytes, or the index of a file among those that were given when the dossier was sealed.
///
/// # Errors
/// As before, or what came back is no signature over the message by the certificate's key.
#[wasm_bindgen(js_name = sealedAttach)]
pub fn attach_signature(id: u32, chain: Vec<Uint8Array>, algorithm: &str, at: &str, signature: &[u8], lang: &str) -> Answer<Object> {
    answer(lang, |_| {
        let signed = prepared(id, &chain, algorithm, at)?.attach(signature)?;
        let chunks = Array::new();
        for chunk in signed.package()? {
            chunks.push(&match chunk {
                Chunk::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
                Chunk::Document(bytes) => Uint8Array::from(bytes).into(),
                Chunk::Attachment(index) => JsValue::from(u32::try_from(index).unwrap_or(u32::MAX)),
            });
        }
        let signature = readable(signed.signature());
        Ok(object(&[("signature", signature.into()), ("chunks", chunks.into())]).into())
    })
}

fn prepared(id: u32, chain: &[Uint8Array], algorithm: &str, at: &str) -> Result<Prepared, Refused> {
    let mut certificates = Vec::new();
    for der in chain {
        certificates.push(Certificate::parse(der.to_vec())?);
    }
    let algorithm = wire::algorithm(algorithm, &SignatureAlgorithm::ALL)?;
    let at = wire::moment(at)?.instant();
    SEALED.with(|held| held.with(id, |sealed| Ok(sealed.prepare(Format::Jades, &certificates, algorithm, at)?)))
}

/// Forgets a sealed dossier.
#[wasm_bindgen(js_name = sealedRelease)]
pub fn release(id: u32) {
    SEALED.with(|held| held.release(id));
}

fn with_sealed<R>(id: u32, using: impl FnOnce(&Sealed) -> R) -> Answer<R> {
    answer("", |_| SEALED.with(|held| held.with(id, |sealed| Ok(using(sealed)))))
}

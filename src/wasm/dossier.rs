//! The form's side of a dossier: its documents composed, the data of a package judged again. Another module seals and signs them, and verifies the rest.

use super::core::compiled;
use super::{Answer, Refused, answer, attachments, language, plain, read_if_any};
use crate::dossier::{SealError, attach, compose, judge, named_by_place};
use crate::form::{Form, NotChecked};
use crate::json::{Document, Object, canonical};
use crate::schema::Options;
use crate::wire::{self, Request as _, SealRequest};
use std::sync::Arc;
use wasm_bindgen::prelude::wasm_bindgen;

/// Checks a form again and composes its documents: `submission.json`, `form.json`, `schema.json` and `view.html`.
///
/// # Errors
/// The schema does not compile, the form is not valid (then `{report}` is thrown, JSON text), or it cannot be sealed.
#[wasm_bindgen(js_name = dossierCompose)]
pub fn make(schema: Vec<u8>, document: Vec<u8>, code_lists: Option<Vec<u8>>, options: Vec<u8>, lang: &str) -> Answer<Vec<String>> {
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
            NotChecked::Invalid(_, report) => Refused::Thrown(plain(&Object(|out| out.member("report", &wire::line(&report))))),
            NotChecked::Limit(_, limit) => limit.into(),
        })?;
        Ok(compose(&form, &options, &files)?.into())
    })
}

/// Judges the data of a package again, at the moment and in the language it was sealed for: the findings, the claims and the report, JSON text each.
/// Without a report `null` stands in its place.
///
/// # Errors
/// The moment is none, or data or code lists are no JSON.
#[wasm_bindgen(js_name = dossierJudge)]
pub fn again(schema: &[u8], form: Vec<u8>, code_lists: Option<Vec<u8>>, now: &str, sealed: &str, lang: &str) -> Answer<Vec<String>> {
    answer(lang, |reader| {
        let code_lists = read_if_any(code_lists)?;
        let judged = judge(schema, Document::read(form)?, code_lists.as_ref(), wire::moment(now)?, language(sealed), reader);
        Ok(vec![wire::line(&judged.findings), wire::line(&judged.claims), wire::line(&judged.report)])
    })
}

/// The data, JSON text, with the files entered into the lists of their fields.
///
/// # Errors
/// The data is no JSON, a file's description is none, or a field cannot hold files.
#[wasm_bindgen(js_name = dossierAttach)]
pub fn enter(document: Vec<u8>, files: Vec<u8>, lang: &str) -> Answer<String> {
    answer(lang, |_| {
        let data = Document::read(document)?;
        let files = attachments(&Vec::from_json(files)?)?;
        Ok(canonical(attach(&data, &files)?.root())?)
    })
}

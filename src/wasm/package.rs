//! Packages: read in pieces, then verified or looked into.

use super::core::read_if_any;
use super::held::Held;
use super::{Answer, Refused, answer, object};
use crate::pki::Certificate;
use crate::pki::crl::Crl;
use crate::pki::ocsp::Response;
use crate::report::Language;
use crate::submission::{Intake, Verdict, VerifyOptions, accept};
use crate::text::readable;
use crate::wire::{self, Inspection, Request as _, VerifyRequest};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static INTAKES: Held<Intake> = const { Held::new() };
}

/// Begins to read a package.
#[wasm_bindgen(js_name = intakeOpen)]
#[must_use]
pub fn open() -> u32 {
    INTAKES.with(|held| held.keep(Intake::default()))
}

/// Takes the next piece; false once something is wrong, after which no further piece is needed.
///
/// # Errors
/// There is no such intake.
#[wasm_bindgen(js_name = intakePush)]
pub fn push(id: u32, piece: &[u8]) -> Answer<bool> {
    answer("", |_| INTAKES.with(|held| held.with(id, |intake| Ok(intake.push(piece).is_ok()))))
}

/// Verifies the package that was read: `{verdict}`, JSON text. With `contents`, an accepted package also gives its `form`,
/// `schema` and `view`.
///
/// # Errors
/// A certificate, a revocation list or an option cannot be read.
#[wasm_bindgen(js_name = intakeVerify)]
#[expect(clippy::too_many_arguments, reason = "bytes cross the border one by one")]
pub fn judge(
    id: u32,
    options: Vec<u8>,
    trust: Vec<Uint8Array>,
    crls: Vec<Uint8Array>,
    ocsps: Vec<Uint8Array>,
    code_lists: Option<Vec<u8>>,
    contents: bool,
    lang: &str,
) -> Answer<Object> {
    let (verdict, verified) = answer(lang, |language| {
        let package = INTAKES.with(|held| held.take(id))?.finish();
        let options = trusting(options, &trust, &[], &crls, &ocsps, language)?;
        let options = VerifyOptions { code_lists: read_if_any(code_lists)?, ..options };
        Ok(match package.map(|package| accept(package, &options)) {
            Err(error) => (wire::line(&Verdict::unreadable(&error, options.received, language)), None),
            Ok(Err(verdict)) => (wire::line(&*verdict), None),
            Ok(Ok(verified)) => (wire::line(verified.verdict()), Some(verified)),
        })
    })?;
    let mut members = vec![("verdict", verdict.into())];
    if let Some(verified) = verified.filter(|_| contents) {
        for (name, bytes) in [("form", verified.form()), ("schema", verified.schema()), ("view", verified.view())] {
            members.push((name, readable(bytes).into()));
        }
    }
    Ok(object(&members).into())
}

/// What a verifier believes and knows.
pub(super) fn trusting(
    options: Vec<u8>,
    trust: &[Uint8Array],
    certificates: &[Uint8Array],
    crls: &[Uint8Array],
    ocsps: &[Uint8Array],
    language: Language,
) -> Result<VerifyOptions, Refused> {
    let asked = VerifyRequest::from_json(options)?;
    let (mut lists, mut answers) = (Vec::new(), Vec::new());
    for file in crls {
        lists.extend(Crl::read_all(&file.to_vec())?);
    }
    for file in ocsps {
        answers.extend(Response::read_all(&file.to_vec())?);
    }
    let options = asked.options(certificates_of(trust)?, lists, answers, language)?;
    Ok(VerifyOptions { certificates: certificates_of(certificates)?, ..options })
}

/// The certificates of files, PEM or DER.
pub(super) fn certificates_of(files: &[Uint8Array]) -> Result<Vec<Certificate>, Refused> {
    let mut certificates = Vec::new();
    for file in files {
        certificates.extend(Certificate::read_all(&file.to_vec())?);
    }
    Ok(certificates)
}

/// What the package that was read holds, as JSON text. Nothing is judged.
///
/// # Errors
/// It is no package, or does not say what it holds.
#[wasm_bindgen(js_name = intakeInspect)]
pub fn inspect(id: u32, lang: &str) -> Answer<String> {
    answer(lang, |_| {
        let package = INTAKES.with(|held| held.take(id))?.finish()?;
        Ok(wire::line(&Inspection::of(&package)?))
    })
}

/// Forgets an intake.
#[wasm_bindgen(js_name = intakeRelease)]
pub fn release(id: u32) {
    INTAKES.with(|held| held.release(id));
}

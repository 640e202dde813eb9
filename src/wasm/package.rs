//! Packages: read in pieces, then verified or looked into.

use super::held::Held;
use super::{Answer, Refused, answer, object, read_if_any};
use crate::dossier::{Findings, Submission};
use crate::json::{Document, Shape, Writer, Written};
use crate::pki::Certificate;
use crate::pki::crl::Crl;
use crate::pki::ocsp::Response;
use crate::report::Language;
use crate::sign::SignaturePolicy;
use crate::submission::{Intake, Package, PackageError, Verdict, VerifyOptions, verify_with};
use crate::text::readable;
use crate::wire::{self, Inspection, Request as _, RequestError, VerifyRequest};
use js_sys::{Function, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
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

/// The package that was read; its intake ends.
pub(super) fn taken(id: u32) -> Result<Result<Package, PackageError>, Refused> {
    Ok(INTAKES.with(|held| held.take(id))?.finish())
}

/// Verifies the package that was read: `{verdict}`, JSON text. With `contents`, an accepted package also gives its `form`,
/// `schema` and `view`.
///
/// The data is judged by `judge(schema, form, now, language)`, which asks the module `core` and gives its answer.
///
/// # Errors
/// A certificate, a revocation list or an option cannot be read; or what `judge` throws.
#[wasm_bindgen(js_name = intakeVerify)]
#[expect(clippy::too_many_arguments, reason = "bytes cross the border one by one")]
pub fn judge(
    id: u32,
    options: Vec<u8>,
    trust: Vec<Uint8Array>,
    crls: Vec<Uint8Array>,
    ocsps: Vec<Uint8Array>,
    code_lists: Option<Vec<u8>>,
    judge: &Function,
    contents: bool,
    lang: &str,
) -> Answer<Object> {
    answer(lang, |language| {
        let package = taken(id)?;
        let (options, policy) = trusting(options, &trust, &[], &crls, &ocsps, language)?;
        let code_lists = read_if_any(code_lists)?;
        let options = VerifyOptions { code_lists, ..options };
        let package = match package {
            Ok(package) => package,
            Err(error) => {
                let verdict = Verdict::unreadable(&error, options.received, language);
                return Ok(object(&[("verdict", wire::line(&verdict).into())]).into());
            }
        };
        // What is not asked has no answer.
        let mut judged = Ok(["[]".to_owned(), "null".to_owned()]);
        let verdict = verify_with(&package, &options, &mut |_, submission| match asked(judge, &package, submission) {
            Ok((told, findings)) => {
                judged = Ok(told);
                Some(findings)
            }
            Err(thrown) => {
                judged = Err(thrown);
                None
            }
        });
        let [claims, report] = judged.map_err(Refused::Thrown)?;
        let verdict = match &policy {
            Some(policy) => verdict.held_against(policy, language),
            None => verdict,
        };
        let mut text = Writer::default();
        verdict.write_with(&Written(&report), &Written(&claims), &mut text);
        let mut members = vec![("verdict", text.finish().into())];
        if verdict.accepted && contents {
            for (name, bytes) in [("form", &package.form), ("schema", &package.schema), ("view", &package.view)] {
                members.push((name, readable(bytes).into()));
            }
        }
        Ok(object(&members).into())
    })
}

/// What the module `core` says of the data: claims and report as JSON text, and the findings.
fn asked(judge: &Function, package: &Package, submission: &Submission) -> Result<([String; 2], Findings), JsValue> {
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    let (now, language) = (submission.verdict.now.text(), submission.language.tag());
    let told = judge.call4(&JsValue::UNDEFINED, &bytes(&package.schema), &bytes(&package.form), &now.into(), &language.into())?;
    let text = |at| Reflect::get_u32(&told, at).ok().and_then(|text| text.as_string()).unwrap_or_default();
    // Only `core` answers, and its answers can be read.
    let findings = Document::read(text(0)).ok().and_then(|told| Shape::of(&told).reading(Findings::read).ok());
    Ok(([text(1), text(2)], findings.ok_or(JsValue::UNDEFINED)?))
}

/// What a verifier believes and knows, and the policy that a verdict is held against.
pub(super) fn trusting(
    options: Vec<u8>,
    trust: &[Uint8Array],
    certificates: &[Uint8Array],
    crls: &[Uint8Array],
    ocsps: &[Uint8Array],
    language: Language,
) -> Result<(VerifyOptions, Option<SignaturePolicy>), Refused> {
    let mut asked = VerifyRequest::from_json(options)?;
    let policy = asked.policy.take().map(policy).transpose()?;
    let (mut lists, mut answers) = (Vec::new(), Vec::new());
    for file in crls {
        lists.extend(Crl::read_all(&file.to_vec())?);
    }
    for file in ocsps {
        answers.extend(Response::read_all(&file.to_vec())?);
    }
    let options = asked.options(certificates_of(trust)?, lists, answers, language)?;
    Ok((VerifyOptions { certificates: certificates_of(certificates)?, ..options }, policy))
}

/// The policy of a name, or one as JSON text, which a name never is.
fn policy(asked: String) -> Result<SignaturePolicy, Refused> {
    match SignaturePolicy::named(&asked) {
        Some(policy) => Ok(policy),
        None if asked.starts_with('{') => Ok(SignaturePolicy::read(asked)?),
        None => Err(RequestError::Policy { argument: asked }.into()),
    }
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
        let package = taken(id)??;
        Ok(wire::line(&Inspection::of(&package)?))
    })
}

/// Forgets an intake.
#[wasm_bindgen(js_name = intakeRelease)]
pub fn release(id: u32) {
    INTAKES.with(|held| held.release(id));
}

//! Packages: read in pieces, then verified or looked into.

use super::held::Held;
use super::seal::object;
use super::{Answer, language, request, thrown};
use crate::pki::Certificate;
use crate::pki::crl::Crl;
use crate::report::Language;
use crate::submission::{Intake, Package, PackageError, Verdict, accept, verify};
use crate::wire::{self, Inspection, VerifyRequest};
use js_sys::{Object, Uint8Array};
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
    INTAKES.with(|held| held.with(id, Language::Vi, |intake| Ok(intake.push(piece).is_ok())))
}

/// Verifies the package that was read: `{verdict}`, JSON text. With `contents`, an accepted package also gives its `form`,
/// `schema` and `view`.
///
/// # Errors
/// A certificate, a revocation list or an option cannot be read.
#[wasm_bindgen(js_name = intakeVerify)]
pub fn judge(id: u32, options: Vec<u8>, trust: Vec<Uint8Array>, crls: Vec<Uint8Array>, contents: bool, lang: &str) -> Answer<Object> {
    let language = language(lang);
    let package = INTAKES.with(|held| held.take(id, language))?.finish();
    let asked: VerifyRequest = request(options, language)?;
    let anchors = all(&trust, |bytes| Certificate::read_all(bytes).map_err(|error| thrown(&error, language)))?;
    let crls = all(&crls, |bytes| Crl::read_all(bytes).map_err(|error| thrown(&error, language)))?;
    let options = asked.options(anchors, crls, language).map_err(|error| thrown(&error, language))?;
    let only = |verdict: &Verdict| Ok(object(&[("verdict", wire::line(verdict).into())]).into());
    let package = match package {
        Ok(package) => package,
        Err(error) => return only(&Verdict::unreadable(&error, options.received, language)),
    };
    if !contents {
        return only(&verify(&package, &options));
    }
    let verified = match accept(package, &options) {
        Ok(verified) => verified,
        Err(verdict) => return only(&verdict),
    };
    let text = |bytes: &[u8]| JsValue::from(String::from_utf8_lossy(bytes).as_ref());
    let (form, schema, view) = (text(verified.form()), text(verified.schema()), text(verified.view()));
    let verdict = wire::line(verified.verdict()).into();
    Ok(object(&[("verdict", verdict), ("form", form), ("schema", schema), ("view", view)]).into())
}

/// What the package that was read holds, as JSON text. Nothing is judged.
///
/// # Errors
/// It is no package, or does not say what it holds.
#[wasm_bindgen(js_name = intakeInspect)]
pub fn inspect(id: u32, lang: &str) -> Answer<String> {
    let language = language(lang);
    let package = INTAKES.with(|held| held.take(id, language))?.finish();
    let inspection = package.and_then(|package: Package| Inspection::of(&package));
    inspection.map(|inspection| wire::line(&inspection)).map_err(|error: PackageError| thrown(&error, language))
}

/// Forgets an intake.
#[wasm_bindgen(js_name = intakeRelease)]
pub fn release(id: u32) {
    INTAKES.with(|held| held.release(id));
}

fn all<T>(files: &[Uint8Array], read: impl Fn(&[u8]) -> Answer<Vec<T>>) -> Answer<Vec<T>> {
    let mut found = Vec::new();
    for file in files {
        found.extend(read(&file.to_vec())?);
    }
    Ok(found)
}

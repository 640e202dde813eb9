//! More beside the signatures of a package, over them or to them.

use super::held::Held;
use super::package::{taken, trusting};
use super::seal::{PartAnswer, asked, chain_of, question, token};
use super::{Answer, Refused, answer, object};
use crate::crypto::SignatureAlgorithm;
use crate::json;
use crate::submission::{Addition, Package, Submission};
use crate::wire;
use js_sys::{Object, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static PACKAGES: Held<Package> = const { Held::new() };
}

/// Takes the package that was read, to add to its signatures.
///
/// # Errors
/// It is no package, or its signatures are over something else.
#[wasm_bindgen(js_name = packageOpen)]
pub fn open(intake: u32, lang: &str) -> Answer<u32> {
    answer(lang, |_| {
        let package = taken(intake)??;
        package.check_content()?;
        // What cannot be read says why.
        package.stamped(0)?;
        Ok(PACKAGES.with(|held| held.keep(package)))
    })
}

/// The package as it is now, JSON text: `{format, signature, signatures, submission, parts}`, `signatures` being their number.
///
/// # Errors
/// There is no such package, or it does not say what it holds.
#[wasm_bindgen(js_name = packageDescribe)]
pub fn describe(id: u32, lang: &str) -> Answer<String> {
    with_package(id, lang, |package| {
        let submission = Submission::read(&package.submission)?;
        let parts: Vec<_> = package.parts.iter().map(PartAnswer).collect();
        Ok(wire::line(&json::Object(|out| {
            out.member("format", &package.format.name())
                .member("signature", &wire::signature_text(package.format, &package.signature))
                .member("signatures", &(package.signatures() as u64))
                .member("submission", &submission)
                .member("parts", &parts)
        })))
    })
}

/// What the key of a chain's first certificate must sign, beside the signatures or over the one at a place: `{message, digest, digestInfo}`.
///
/// # Errors
/// A certificate cannot be read, or may not sign at that moment with that algorithm; there is no such signature.
#[wasm_bindgen(js_name = packageToBeSigned)]
pub fn to_be_signed(id: u32, over: Option<u32>, chain: Vec<Uint8Array>, algorithm: &str, at: &str, lang: &str) -> Answer<Object> {
    with_package(id, lang, |package| Ok(asked(prepared(package, over, &chain, algorithm, at)?.to_be_signed())))
}

/// Adds what came back for the message of the same arguments.
///
/// # Errors
/// As before; what came back is no signature over the message by the certificate's key.
#[wasm_bindgen(js_name = packageAttach)]
pub fn attach_signature(
    id: u32,
    over: Option<u32>,
    chain: Vec<Uint8Array>,
    algorithm: &str,
    at: &str,
    signature: &[u8],
    lang: &str,
) -> Answer<()> {
    with_package(id, lang, |package| {
        package.signature = prepared(package, over, &chain, algorithm, at)?.attach(signature)?;
        Ok(())
    })
}

fn prepared(package: &Package, over: Option<u32>, chain: &[Uint8Array], algorithm: &str, at: &str) -> Result<Addition, Refused> {
    let certificates = chain_of(chain)?;
    let algorithm = wire::algorithm(algorithm, &SignatureAlgorithm::ALL)?;
    let at = wire::moment(at)?.instant();
    Ok(match over {
        None => package.prepare_beside(&certificates, algorithm, at)?,
        Some(place) => package.prepare_over(place as usize, &certificates, algorithm, at)?,
    })
}

/// The question about a signature that a timestamp authority is to answer (RFC 3161).
///
/// # Errors
/// There is no such signature.
#[wasm_bindgen(js_name = packageQuestion)]
pub fn ask(id: u32, place: u32, nonce: &[u8], lang: &str) -> Answer<Vec<u8>> {
    with_package(id, lang, |package| Ok(question(&package.stamped(place as usize)?, nonce)))
}

/// Adds the timestamp of an authority's reply to that question.
///
/// # Errors
/// As before; the reply is a refusal, or to another question.
#[wasm_bindgen(js_name = packageStamp)]
pub fn stamp(id: u32, place: u32, nonce: &[u8], reply: &[u8], lang: &str) -> Answer<()> {
    with_package(id, lang, |package| {
        let token = token(&package.stamped(place as usize)?, nonce, reply)?;
        package.signature = package.with_timestamp(place as usize, token)?;
        Ok(())
    })
}

/// What is to be said of each signature, JSON text: a list of verdicts.
///
/// # Errors
/// A certificate, a revocation list or an option cannot be read.
#[wasm_bindgen(js_name = packageVerdicts)]
pub fn verdicts(
    id: u32,
    options: Vec<u8>,
    trust: Vec<Uint8Array>,
    certificates: Vec<Uint8Array>,
    crls: Vec<Uint8Array>,
    ocsps: Vec<Uint8Array>,
    lang: &str,
) -> Answer<String> {
    answer(lang, |language| {
        let (options, _) = trusting(options, &trust, &certificates, &crls, &ocsps, language)?;
        PACKAGES.with(|held| held.with(id, |package| Ok(wire::line(&package.verdicts(&options.trust(), language)))))
    })
}

/// Adds the evidence that the signature at a place needs to last (B-LT). Nothing where that is done; else its verdict, JSON text.
///
/// # Errors
/// A certificate, a revocation list or an option cannot be read.
#[wasm_bindgen(js_name = packageLast)]
#[expect(clippy::too_many_arguments, reason = "bytes cross the border one by one")]
pub fn last(
    id: u32,
    place: u32,
    options: Vec<u8>,
    trust: Vec<Uint8Array>,
    certificates: Vec<Uint8Array>,
    crls: Vec<Uint8Array>,
    ocsps: Vec<Uint8Array>,
    lang: &str,
) -> Answer<Option<String>> {
    answer(lang, |language| {
        let (options, _) = trusting(options, &trust, &certificates, &crls, &ocsps, language)?;
        let add = |package: &mut Package| match package.lasting(place as usize, &options.trust(), language) {
            Err(verdict) => Ok(Some(wire::line(&*verdict))),
            Ok(used) => {
                package.signature = package.with_evidence(place as usize, &used)?;
                Ok(None)
            }
        };
        PACKAGES.with(|held| held.with(id, add))
    })
}

/// The package as it is now: how many bytes of the one that was read stay, and what follows them: `{kept, tail}`.
///
/// # Errors
/// There is no such package, or its signature file became too large.
#[wasm_bindgen(js_name = packageWrite)]
pub fn write(id: u32, lang: &str) -> Answer<Object> {
    with_package(id, lang, |package| {
        let (kept, tail) = package.with_signature(&package.signature)?;
        // A package has less than 2^32 bytes.
        Ok(object(&[("kept", (kept as f64).into()), ("tail", Uint8Array::from(tail.as_slice()).into())]).into())
    })
}

/// Forgets a package.
#[wasm_bindgen(js_name = packageRelease)]
pub fn release(id: u32) {
    PACKAGES.with(|held| held.release(id));
}

fn with_package<R>(id: u32, lang: &str, using: impl FnOnce(&mut Package) -> Result<R, Refused>) -> Answer<R> {
    answer(lang, |_| PACKAGES.with(|held| held.with(id, using)))
}

//! Sealing and signing a dossier. The key is elsewhere: see `key`.

use super::held::Held;
use super::package::certificates_of;
use super::{Answer, Refused, answer, attachments, object, plain};
use crate::cms::timestamp;
use crate::crypto::{HashAlgorithm, SignatureAlgorithm, digest};
use crate::dossier::Documents;
use crate::json::{self, ToJson, Writer};
use crate::pki::Certificate;
use crate::sign::verdict::Signer;
use crate::sign::{Part, SignError, ToBeSigned};
use crate::submission::{Chunk, Prepared, Sealed};
use crate::wire::{self, Request as _};
use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static SEALED: Held<Sealed> = const { Held::new() };
}

/// Seals the documents that the module `core` composed, in their order, with the files that were given then.
///
/// # Errors
/// The documents are not what a package holds, or the package would be too large.
#[wasm_bindgen(js_name = sealedOpen)]
pub fn open(documents: Vec<String>, files: Vec<u8>, lang: &str) -> Answer<u32> {
    answer(lang, |_| {
        let files = attachments(&Vec::from_json(files)?)?;
        // Fewer or more documents are none that `core` composed.
        let documents = Documents::try_from(documents).unwrap_or_default();
        let sealed = Sealed::of(documents, &files)?;
        Ok(SEALED.with(|held| held.keep(sealed)))
    })
}

/// A part as an answer names it.
pub(super) struct PartAnswer<'s>(pub(super) &'s Part);

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

/// What the key of a chain's first certificate must sign: `{message, digest, digestInfo}`.
///
/// # Errors
/// A certificate cannot be read, or may not sign at that moment with that algorithm.
#[wasm_bindgen(js_name = sealedToBeSigned)]
pub fn to_be_signed(id: u32, chain: Vec<Uint8Array>, algorithm: &str, format: &str, at: &str, lang: &str) -> Answer<Object> {
    answer(lang, |_| {
        let prepared = prepared(id, &chain, algorithm, format, at)?;
        Ok(asked(prepared.to_be_signed()))
    })
}

/// What a key must sign, in each form that a key may want.
pub(super) fn asked(asked: &ToBeSigned) -> Object {
    let bytes = |bytes: &[u8]| Uint8Array::from(bytes).into();
    let (digest, info) = (bytes(&asked.digest()), bytes(&asked.digest_info()));
    object(&[("message", bytes(asked.message())), ("digest", digest), ("digestInfo", info)]).into()
}

/// The signed dossier, once what came back for the message of the same arguments is verified: `{signature, chunks}`.
/// A chunk is bytes, or the index of a file among those that were given when the dossier was sealed.
///
/// With a `nonce` also `question`, which a timestamp authority is to answer (RFC 3161); with its `reply` too the signature carries the timestamp.
///
/// # Errors
/// As before; what came back is no signature over the message by the certificate's key; the reply is a refusal, or to another question.
#[wasm_bindgen(js_name = sealedAttach)]
#[expect(clippy::too_many_arguments, reason = "bytes cross the border one by one")]
pub fn attach_signature(
    id: u32,
    chain: Vec<Uint8Array>,
    algorithm: &str,
    format: &str,
    at: &str,
    signature: &[u8],
    nonce: Option<Vec<u8>>,
    reply: Option<Vec<u8>>,
    lang: &str,
) -> Answer<Object> {
    answer(lang, |_| {
        let mut signed = prepared(id, &chain, algorithm, format, at)?.attach(signature)?;
        let mut asked = JsValue::UNDEFINED;
        if let Some(nonce) = nonce {
            let stamped = signed.stamped()?;
            asked = Uint8Array::from(question(&stamped, &nonce).as_slice()).into();
            if let Some(reply) = reply {
                signed = signed.with_timestamp(token(&stamped, &nonce, &reply)?)?;
            }
        }
        let chunks = Array::new();
        for chunk in signed.package()? {
            chunks.push(&match chunk {
                Chunk::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
                Chunk::Document(bytes) => Uint8Array::from(bytes).into(),
                Chunk::Attachment(index) => JsValue::from(u32::try_from(index).unwrap_or(u32::MAX)),
            });
        }
        let signature = wire::signature_text(signed.format(), signed.signature());
        Ok(object(&[("signature", signature.into()), ("chunks", chunks.into()), ("question", asked)]).into())
    })
}

fn prepared(id: u32, chain: &[Uint8Array], algorithm: &str, format: &str, at: &str) -> Result<Prepared, Refused> {
    let certificates = chain_of(chain)?;
    let format = wire::format(format)?;
    let algorithm = wire::algorithm(algorithm, &SignatureAlgorithm::ALL)?;
    let at = wire::moment(at)?.instant();
    SEALED.with(|held| held.with(id, |sealed| Ok(sealed.prepare(format, &certificates, algorithm, at)?)))
}

/// The question that a timestamp authority is to answer.
pub(super) fn question(stamped: &[u8], nonce: &[u8]) -> Vec<u8> {
    timestamp::request(HashAlgorithm::Sha256, &digest(HashAlgorithm::Sha256, &[stamped]), Some(nonce))
}

/// The timestamp of its reply. Whom to believe is for the verifier to say; but a token that nobody could believe is not worth carrying.
pub(super) fn token<'r>(stamped: &[u8], nonce: &[u8], reply: &'r [u8]) -> Result<&'r [u8], Refused> {
    let imprint = digest(HashAlgorithm::Sha256, &[stamped]);
    let token = timestamp::token_of(reply, HashAlgorithm::Sha256, &imprint, Some(nonce))?;
    timestamp::Token::read(token)?.verified_by(&[])?;
    Ok(token)
}

/// The certificates of a key, DER.
pub(super) fn chain_of(chain: &[Uint8Array]) -> Result<Vec<Certificate>, Refused> {
    let mut certificates = Vec::new();
    for der in chain {
        certificates.push(Certificate::parse(der.to_vec())?);
    }
    Ok(certificates)
}

/// The certificates of files, PEM or DER, the signer's first: `{certificate, chain}`.
///
/// # Errors
/// One cannot be read, or there is none.
#[wasm_bindgen(js_name = chainRead)]
pub fn read_chain(files: Vec<Uint8Array>, lang: &str) -> Answer<Object> {
    answer(lang, |_| {
        let certificates = certificates_of(&files)?;
        let signer = plain(&Signer::of(certificates.first().ok_or(SignError::NoCertificate)?));
        let chain = Array::new();
        for certificate in &certificates {
            chain.push(&Uint8Array::from(certificate.der()));
        }
        Ok(object(&[("certificate", signer), ("chain", chain.into())]).into())
    })
}

/// Forgets a sealed dossier.
#[wasm_bindgen(js_name = sealedRelease)]
pub fn release(id: u32) {
    SEALED.with(|held| held.release(id));
}

fn with_sealed<R>(id: u32, using: impl FnOnce(&Sealed) -> R) -> Answer<R> {
    answer("", |_| SEALED.with(|held| held.with(id, |sealed| Ok(using(sealed)))))
}

//! A key from a file. In a page it is used in a worker that ends after use.

use super::held::Held;
use super::{Answer, Refused, answer, object, plain};
use crate::crypto::{PrivateKey, SignatureAlgorithm};
use crate::pki::pkcs12::{self, Choice};
use crate::pki::{Certificate, KeyStore, key_file};
use crate::sign::verdict::Signer;
use crate::wire;
use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

thread_local! {
    static KEYS: Held<PrivateKey> = const { Held::new() };
}

/// Opens a PKCS#12 file: `{id, certificate, chain, algorithms}`. Of several keys the one of a name, or of a certificate with that SHA-256, is
/// taken. The password and the file are wiped from this memory.
///
/// # Errors
/// No PKCS#12, another password, encryption that hoso does not read, or not one key with its certificate.
#[wasm_bindgen(js_name = keyOpen)]
pub fn open(file: Vec<u8>, password: String, alias: Option<String>, certificate: Option<String>, lang: &str) -> Answer<Object> {
    let (file, password) = (Zeroizing::new(file), Zeroizing::new(password));
    let store = answer(lang, |_| Ok(pkcs12::open_chosen(&file, &password, choice(alias.as_deref(), certificate.as_deref())?)?))?;
    Ok(kept(store))
}

/// Takes the key out of a PKCS#12 file for WebCrypto to keep: `{pkcs8, certificate, chain, algorithms}`. The caller wipes `pkcs8` once it is
/// imported; this memory is wiped by whoever ends the instance.
///
/// # Errors
/// As when it is opened.
#[wasm_bindgen(js_name = keyExport)]
pub fn export(file: Vec<u8>, password: String, alias: Option<String>, certificate: Option<String>, lang: &str) -> Answer<Object> {
    let (file, password) = (Zeroizing::new(file), Zeroizing::new(password));
    let (store, pkcs8) = answer(lang, |_| Ok(pkcs12::export_chosen(&file, &password, choice(alias.as_deref(), certificate.as_deref())?)?))?;
    let pkcs8 = Uint8Array::from(pkcs8.as_slice());
    Ok(described(("pkcs8", pkcs8.into()), &store.certificate, &store.chain, store.key.algorithms()))
}

fn choice<'a>(alias: Option<&'a str>, certificate: Option<&str>) -> Result<Choice<'a>, Refused> {
    Ok(match (certificate, alias) {
        (Some(digest), _) => Choice::Certificate(wire::digest(digest)?),
        (None, Some(name)) => Choice::Name(name),
        (None, None) => Choice::Only,
    })
}

/// Opens a key by itself, PEM or DER, with the certificates of files of their own.
///
/// # Errors
/// No key or no certificate, another password, encryption that hoso does not read, or no certificate belongs to the key.
#[wasm_bindgen(js_name = keyOpenPem)]
pub fn open_pem(key: Vec<u8>, password: String, certificates: &Array, lang: &str) -> Answer<Object> {
    let (key, password) = (Zeroizing::new(key), Zeroizing::new(password));
    let store = answer(lang, |_| {
        let mut read = Vec::new();
        for file in certificates.iter() {
            read.extend(Certificate::read_all(&Uint8Array::new(&file).to_vec())?);
        }
        Ok(key_file::open(&key, &password, &read)?)
    })?;
    Ok(kept(store))
}

fn kept(store: KeyStore) -> Object {
    let KeyStore { key, certificate, chain, .. } = store;
    let algorithms = key.algorithms();
    described(("id", KEYS.with(|held| held.keep(key)).into()), &certificate, &chain, algorithms)
}

/// What is told of a key, behind one member more.
fn described(more: (&str, JsValue), certificate: &Certificate, above: &[Certificate], usable: &[SignatureAlgorithm]) -> Object {
    let chain = Array::of1(&Uint8Array::from(certificate.der()));
    for certificate in above {
        if !certificate.is_self_issued() {
            chain.push(&Uint8Array::from(certificate.der()));
        }
    }
    let mut algorithms = Vec::new();
    for algorithm in usable {
        algorithms.push(algorithm.jose_name());
    }
    object(&[more, ("certificate", plain(&Signer::of(certificate))), ("chain", chain.into()), ("algorithms", plain(&algorithms))]).into()
}

/// Signs a message, in JOSE form.
///
/// # Errors
/// There is no such key, or it cannot sign with that algorithm.
#[wasm_bindgen(js_name = keySign)]
pub fn sign(id: u32, message: &[u8], algorithm: &str, lang: &str) -> Answer<Vec<u8>> {
    let sign = |key: &mut PrivateKey| Ok(key.sign(wire::algorithm(algorithm, key.algorithms())?, message)?);
    answer(lang, |_| KEYS.with(|held| held.with(id, sign)))
}

/// Forgets a key.
#[wasm_bindgen(js_name = keyRelease)]
pub fn release(id: u32) {
    KEYS.with(|held| held.release(id));
}

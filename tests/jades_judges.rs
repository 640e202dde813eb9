//! Outside judges on hoso's signatures: npm `jose` and Python's jwcrypto accept them, and refuse them after a flipped bit.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/judges.rs"]
mod judges;
#[path = "support/person.rs"]
mod person;

use hoso::crypto::SignatureAlgorithm;
use person::{Authorities, SIGNER};
use std::path::{Path, PathBuf};

#[test]
fn two_outside_judges_accept_what_hoso_signs() {
    for (algorithm, file) in signed("accept") {
        for answer in both(&file) {
            assert!(answer.accepted, "{algorithm:?}: {}", answer.words);
        }
    }
}

#[test]
fn two_outside_judges_refuse_it_after_a_flipped_bit() {
    for (algorithm, file) in signed("flip") {
        let text = std::fs::read_to_string(&file).unwrap();
        let value = text.find("\"signature\":\"").unwrap() + "\"signature\":\"".len();
        // In the middle of the value, and in the digest of the last part, where the header stays JSON.
        for at in [value + 20, header_of_a_digest(&text)] {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            std::fs::write(&file, changed).unwrap();
            for answer in both(&file) {
                assert!(!answer.accepted, "{algorithm:?}, byte {at}");
            }
        }
    }
}

/// A place inside the protected header's base64url that encodes part of a digest: `hashV` follows `crit`, `iat` and `hashM`.
fn header_of_a_digest(text: &str) -> usize {
    text.find("\"protected\":\"").unwrap() + "\"protected\":\"".len() + 160
}

fn both(file: &Path) -> [judges::Answer; 2] {
    let jose = judges::ask(judges::node("jose-verify.mjs").arg(file));
    let jwcrypto = judges::ask(judges::python("jwcrypto-verify.py").arg(file));
    [jose, jwcrypto]
}

/// A signature file for each algorithm.
fn signed(test: &str) -> Vec<(SignatureAlgorithm, PathBuf)> {
    let authorities = Authorities::new();
    let keys = [
        ("ec:P-256", SignatureAlgorithm::Es256),
        ("ec:P-384", SignatureAlgorithm::Es384),
        ("rsa:2048", SignatureAlgorithm::Ps256),
        ("rsa:2048", SignatureAlgorithm::Ps384),
    ];
    let sign = |(key, algorithm): (_, SignatureAlgorithm)| {
        let person = authorities.person(algorithm.jose_name(), key, SIGNER);
        let now = dossier::moment(&person);
        let signed = dossier::sign(&dossier::sealed(now), &person, algorithm, now.instant());
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}.jose.json", algorithm.jose_name()));
        std::fs::write(&file, signed.signature()).unwrap();
        (algorithm, file)
    };
    keys.into_iter().map(sign).collect()
}

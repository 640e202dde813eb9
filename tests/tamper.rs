//! No bit of a signed package can be changed unnoticed, and none makes anything panic.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail by a panic")]

#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/person.rs"]
mod person;

use hoso::crypto::SignatureAlgorithm;
use hoso::pki::Policy;
use hoso::report::Language;
use hoso::submission::{VerifyOptions, verify};
use person::{Authorities, SIGNER};

const FLIPS: usize = 10_000;

#[test]
fn ten_thousand_single_bit_flips_are_all_refused() {
    let authorities = Authorities::new();
    let signer = authorities.person("signer", "ec:P-256", SIGNER);
    let now = dossier::moment(&signer);
    let package = dossier::bytes(&dossier::sign(&dossier::sealed(now), &signer, SignatureAlgorithm::Es256, now.instant()));
    let options = VerifyOptions {
        code_lists: None,
        anchors: authorities.roots(),
        crls: authorities.crls(),
        certificates: Vec::new(),
        answers: Vec::new(),
        revocation: Policy::Require,
        schemas: None,
        audience: None,
        received: now,
        language: Language::En,
    };
    assert!(verify(&dossier::read(&package).unwrap(), &options).accepted);

    // Evenly spread, and every bit of a byte in turn.
    let bits = package.len() * 8;
    let mut read = 0;
    for flip in 0..FLIPS {
        let at = flip * bits / FLIPS;
        let mut changed = package.clone();
        changed[at / 8] ^= 1 << (at % 8);
        let Ok(found) = dossier::read(&changed) else { continue };
        read += 1;
        assert!(!verify(&found, &options).accepted, "bit {at}");
    }
    // Whatever the container misses is for the signature to find; CRC-32 finds every single bit.
    assert_eq!(read, 0);

    // The same flips in the contents, by somebody who mends the checksums.
    let parts = dossier::read(&package).unwrap();
    let mut refused = 0;
    for flip in 0..FLIPS {
        let mut changed = parts.clone();
        let contents = [&mut changed.submission, &mut changed.form, &mut changed.schema, &mut changed.view, &mut changed.signature];
        let at = flip % contents.len();
        let content = contents.into_iter().nth(at).unwrap();
        let bit = flip / 5 * content.len() * 8 / (FLIPS / 5);
        content[bit / 8] ^= 1 << (bit % 8);
        if let Some(part) = changed.parts.get_mut(at).filter(|_| at < 4) {
            let content = [&changed.submission, &changed.form, &changed.schema, &changed.view][at];
            part.sha256 = hoso::digest::Sha256::of(content);
        }
        assert!(!verify(&changed, &options).accepted, "bit {bit} of part {at}");
        refused += 1;
    }
    assert_eq!(refused, FLIPS);
}

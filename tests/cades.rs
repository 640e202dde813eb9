//! Signed messages: what is made is verified, here and by OpenSSL, and nothing changed passes.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

#[path = "support/person.rs"]
mod person;

use hoso::crypto::SignatureAlgorithm;
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::sign::Trust;
use hoso::sign::cades::{self, Content, Countersigned};
use hoso::sign::verdict::{Indication, SignatureVerdict, SubIndication};
use hoso::text::Instant;
use person::{Authorities, Person, SIGNER};
use std::path::Path;
use std::process::Command;

const KEYS: [(&str, SignatureAlgorithm); 4] = [
    ("ec:P-256", SignatureAlgorithm::Es256),
    ("ec:P-384", SignatureAlgorithm::Es384),
    ("rsa:2048", SignatureAlgorithm::Ps256),
    ("rsa:2048", SignatureAlgorithm::Ps384),
];

const CONTENT: &[u8] = b"%PDF-1.7 To khai dang ky thuong tru";

struct World {
    authorities: Authorities,
    anchors: Vec<Certificate>,
    crls: Vec<Crl>,
    now: Instant,
}

impl World {
    fn new() -> Self {
        let authorities = Authorities::new();
        let (anchors, crls) = (authorities.roots(), authorities.crls());
        // The root is a year older than the rest.
        let now = anchors[0].not_before().plus(365 * 86_400 + 3_600);
        Self { authorities, anchors, crls, now }
    }

    fn verify(&self, message: &[u8], content: Option<&[u8]>) -> Vec<SignatureVerdict> {
        let trust = Trust {
            anchors: &self.anchors,
            certificates: &[],
            crls: &self.crls,
            answers: &[],
            revocation: Policy::Require,
            received: self.now,
        };
        cades::verify(message, content.map(Content::of).as_ref(), &trust, Language::En)
    }

    /// Whether `openssl cms -verify -cades` takes a message.
    fn openssl(&self, message: &[u8], content: Option<&[u8]>) -> bool {
        use std::sync::atomic::{AtomicU32, Ordering};
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = person::temporary::folder(&format!("cades-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        let write = |name: &str, bytes: &[u8]| {
            let file = folder.join(name);
            std::fs::write(&file, bytes).unwrap();
            file
        };
        let mut command = Command::new("openssl");
        command.args(["cms", "-verify", "-cades", "-purpose", "any", "-binary", "-inform", "DER", "-in"]).arg(write("m.p7s", message));
        command.arg("-CAfile").arg(write("root.pem", self.pem().as_bytes())).arg("-attime").arg(self.now.unix().to_string());
        command.args(["-out"]).arg(Path::new("/dev/null"));
        if let Some(content) = content {
            command.arg("-content").arg(write("content", content));
        }
        let output = command.output().unwrap();
        let _ = std::fs::remove_dir_all(&folder);
        output.status.success()
    }

    fn pem(&self) -> String {
        use base64::prelude::{BASE64_STANDARD, Engine};
        let block = |certificate: &Certificate| {
            format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", BASE64_STANDARD.encode(certificate.der()))
        };
        self.anchors.iter().map(block).collect()
    }
}

fn sign(pending: &cades::Pending, person: &Person) -> Vec<u8> {
    let signed = pending.to_be_signed();
    pending.attach(&person.key.sign(signed.algorithm(), signed.message()).unwrap()).unwrap()
}

fn detached(person: &Person, algorithm: SignatureAlgorithm, now: Instant) -> Vec<u8> {
    sign(&cades::prepare(&Content::of(CONTENT), false, &person.chain, algorithm, now).unwrap(), person)
}

fn passed(verdict: &SignatureVerdict) -> bool {
    verdict.indication == Indication::TotalPassed
}

#[test]
fn what_is_signed_passes_here_and_at_openssl() {
    let world = World::new();
    for (key, algorithm) in KEYS {
        let person = world.authorities.person(algorithm.jose_name(), key, SIGNER);
        let detached = detached(&person, algorithm, world.now);
        let enveloping = sign(&cades::prepare(&Content::of(CONTENT), true, &person.chain, algorithm, world.now).unwrap(), &person);
        for (message, content) in [(&detached, Some(CONTENT)), (&enveloping, None), (&enveloping, Some(CONTENT))] {
            let verdicts = world.verify(message, content);
            assert_eq!(verdicts.len(), 1);
            assert!(passed(&verdicts[0]), "{algorithm:?} {:?}", verdicts[0]);
            assert_eq!((verdicts[0].algorithm, verdicts[0].level), (Some(algorithm.jose_name()), Some("B-B")));
        }
        assert!(world.openssl(&detached, Some(CONTENT)) && world.openssl(&enveloping, None), "{algorithm:?}");
        assert!(!world.openssl(&detached, Some(b"another content")));
    }
}

#[test]
fn two_persons_sign_and_an_office_countersigns() {
    let world = World::new();
    let (wife, husband) = (world.authorities.person("wife", "ec:P-256", SIGNER), world.authorities.person("husband", "rsa:2048", SIGNER));
    let office = world.authorities.person("office", "ec:P-384", SIGNER);
    let first = detached(&wife, SignatureAlgorithm::Es256, world.now);
    let beside = Countersigned::Content(&first);
    let both = cades::countersign(beside, Some(&Content::of(CONTENT)), &husband.chain, SignatureAlgorithm::Ps256, world.now).unwrap();
    let both = sign(&both, &husband);
    let verdicts = world.verify(&both, Some(CONTENT));
    assert!(verdicts.len() == 2 && verdicts.iter().all(passed), "{verdicts:?}");
    assert!(world.openssl(&both, Some(CONTENT)));

    let over = Countersigned::Signature(&both, 1);
    let receipt = sign(&cades::countersign(over, None, &office.chain, SignatureAlgorithm::Es384, world.now).unwrap(), &office);
    let verdicts = world.verify(&receipt, Some(CONTENT));
    assert!(verdicts.len() == 2 && verdicts.iter().all(passed), "{verdicts:?}");
    let counted: Vec<_> = verdicts.iter().map(|verdict| verdict.counter_signatures.len()).collect();
    assert_eq!(counted, [0, 1]);
    assert!(passed(&verdicts[1].counter_signatures[0]), "{:?}", verdicts[1]);
    assert!(world.openssl(&receipt, Some(CONTENT)));
    // What was there is there, byte for byte.
    for kept in [&first, &both] {
        let data = hoso::cms::SignedData::read(kept).unwrap();
        for signer in &data.signers {
            assert!(receipt.windows(signer.signature.len()).any(|window| window == signer.signature));
        }
    }
}

#[test]
fn no_bit_can_change_unnoticed() {
    let world = World::new();
    let person = world.authorities.person("flip", "ec:P-256", SIGNER);
    let message = detached(&person, SignatureAlgorithm::Es256, world.now);
    let mut passing = Vec::new();
    for bit in 0..message.len() * 8 {
        let mut changed = message.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let verdicts = world.verify(&changed, Some(CONTENT));
        if verdicts.iter().all(passed) {
            passing.push((bit, verdicts));
        }
    }
    // Another certificate than the signer's may be changed: then the path is found without it, or not at all. Nothing else may.
    let original = world.verify(&message, Some(CONTENT)).remove(0);
    for (bit, verdicts) in &passing {
        assert_eq!(verdicts.len(), 1);
        assert_eq!((&verdicts[0].signer, &verdicts[0].signing_time), (&original.signer, &original.signing_time), "bit {bit}");
    }
    for at in 0..CONTENT.len() * 8 {
        let mut changed = CONTENT.to_vec();
        changed[at / 8] ^= 1 << (at % 8);
        let verdict = world.verify(&message, Some(&changed)).remove(0);
        assert_eq!(verdict.sub_indication, Some(SubIndication::HashFailure));
    }
}

#[test]
fn what_is_missing_or_differs_is_named() {
    let world = World::new();
    let person = world.authorities.person("named", "ec:P-256", SIGNER);
    let message = detached(&person, SignatureAlgorithm::Es256, world.now);
    let why = |message: &[u8], content: Option<&[u8]>| {
        let verdict = world.verify(message, content).remove(0);
        (verdict.sub_indication, verdict.reasons.last().map(|reason| reason.code))
    };
    assert_eq!(why(&message, None), (Some(SubIndication::SignedDataNotFound), Some("signature.content-missing")));
    assert_eq!(why(&message, Some(b"x")), (Some(SubIndication::HashFailure), Some("signature.content-changed")));
    assert_eq!(why(b"", None), (Some(SubIndication::FormatFailure), Some("cms.malformed")));
    assert_eq!(why(&message[..message.len() - 1], Some(CONTENT)), (Some(SubIndication::FormatFailure), Some("cms.malformed")));
    assert_eq!(why(person.chain[0].der(), None), (Some(SubIndication::FormatFailure), Some("cms.malformed")));
    let enveloping =
        sign(&cades::prepare(&Content::of(CONTENT), true, &person.chain, SignatureAlgorithm::Es256, world.now).unwrap(), &person);
    assert_eq!(why(&enveloping, Some(b"x")), (Some(SubIndication::HashFailure), Some("signature.content-changed")));
}

//! Signatures of others with a bit turned: one that still passes is of the same signer, over the same content, and claims the same.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a test may fail by a panic, and talk")]

#[path = "support/flips.rs"]
mod flips;
#[path = "support/judges.rs"]
mod judges;
#[path = "support/pki.rs"]
mod pki;
#[path = "support/temporary.rs"]
mod temporary;
#[path = "support/their_asic.rs"]
mod their_asic;
#[path = "support/their_jades.rs"]
mod their_jades;
#[path = "support/theirs.rs"]
mod theirs;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hoso::cms::SignedData;
use hoso::digest::Sha256;
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::sign::cades::{self, Content};
use hoso::sign::jades::{self, Given};
use hoso::sign::verdict::SignatureVerdict;
use hoso::sign::{Trust, asic};
use hoso::text::Instant;
use hoso::zip::Archive;
use std::fs;
use theirs::World;

/// What is believed of a file that passed; nothing of one that did not.
type Believed = Option<String>;

/// Who verifies.
struct Verifier {
    anchors: Vec<Certificate>,
    crls: Vec<Crl>,
    received: Instant,
}

impl Verifier {
    fn new(world: &World) -> Self {
        Self {
            anchors: Certificate::read_all(&fs::read(world.root.certificate()).unwrap()).unwrap(),
            crls: world.crls.iter().flat_map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap()).collect(),
            // An hour later: the others sign by the machine's own clock.
            received: Instant::from_unix(world.now + 3_600),
        }
    }

    fn trust(&self) -> Trust<'_> {
        let (anchors, crls) = (&self.anchors, &self.crls);
        Trust { anchors, certificates: &[], crls, answers: &[], revocation: Policy::Require, received: self.received }
    }

    /// The law, for files of one format: what each says is the same with a bit turned, or nothing.
    fn hold(&self, format: &str, files: &[Vec<u8>], believed: impl Fn(&Self, usize, &[u8]) -> Believed + Sync) {
        let original: Vec<_> = files.iter().enumerate().map(|(at, file)| believed(self, at, file)).collect();
        assert!(original.iter().all(Option::is_some), "{original:?}");
        let (flips, passed) = flips::turn(&files.iter().map(Vec::as_slice).collect::<Vec<_>>(), |at, changed, bit| {
            let found = believed(self, at, changed);
            assert!(found.is_none() || found == original[at], "{format} {at}, bit {bit}: {found:?} instead of {:?}", original[at]);
            found.is_some()
        });
        println!("{format}: {flips} flips, {passed} of what no verdict rests on, 0 that change what is believed");
        // Nearly everything counts: certificates, lists and tokens that nobody needs are the rest.
        assert!(passed * 2 < flips, "{format}: {passed} of {flips} passed");
    }
}

/// The content's digest, and of each signer the certificate and the claims.
fn told<'v>(content: &[u8], verdicts: impl IntoIterator<Item = &'v SignatureVerdict>) -> Believed {
    let mut told = Sha256::of(content).hex();
    for verdict in verdicts {
        let signer = verdict.signer.as_ref().filter(|_| verdict.passed())?;
        told += &format!(" {signer:?} {:?} {:?} {:?}", verdict.signing_time, verdict.commitment, verdict.algorithm);
    }
    Some(told)
}

#[test]
fn a_signed_message_of_others_never_says_something_else() {
    let world = World::new("flips-cades");
    let picked = ["openssl-b-b-rsa-enveloping", "pyhanko-b-t-p256-detached", "java-b-lt-p384-detached", "java-b-b-counter-detached"];
    let (mut files, mut contents) = (Vec::new(), Vec::new());
    for theirs in world.cades().into_iter().filter(|theirs| picked.contains(&&*theirs.name)) {
        files.push(fs::read(theirs.file).unwrap());
        contents.push(theirs.content.map(|file| fs::read(file).unwrap()));
    }
    assert_eq!(files.len(), picked.len());
    Verifier::new(&world).hold("CAdES", &files, |verifier, at, file| {
        let content = contents[at].as_deref();
        let verdicts = cades::verify(file, content.map(Content::of).as_ref(), &verifier.trust(), Language::En);
        let passed = !verdicts.is_empty() && verdicts.iter().all(SignatureVerdict::passed);
        let inside = SignedData::read(file).ok().filter(|_| passed)?.content;
        told(content.or(inside).unwrap(), &verdicts)
    });
}

#[test]
fn a_signature_file_of_others_never_says_something_else() {
    let world = World::new("flips-jades");
    let picked = [
        "jose-compact-payload-es256",
        "jose-flattened-sigd-rs256",
        "jose-general-payload-es256-ps256",
        "jose-general-sigd-es384-stamped-clear",
        "jose-flattened-payload-es384-stamped-encoded",
    ];
    let (mut files, mut parts) = (Vec::new(), Vec::new());
    for theirs in their_jades::jades(&world).into_iter().filter(|theirs| picked.contains(&&*theirs.name)) {
        files.push(fs::read(theirs.file).unwrap());
        parts.push(theirs.parts.into_iter().map(|(name, file)| (name, fs::read(file).unwrap())).collect::<Vec<_>>());
    }
    assert_eq!(files.len(), picked.len());
    Verifier::new(&world).hold("JAdES", &files, |verifier, at, file| {
        let beside: Vec<_> = parts[at].iter().map(|(name, bytes)| (name.clone(), Content::of(bytes))).collect();
        let found = jades::verify_any(file, &Given { payload: None, files: &beside }, &verifier.trust(), Language::En);
        let whole = found.uncovered.is_empty() && found.absent.is_empty() && !found.signatures.is_empty();
        let verdicts = found.signatures.iter().map(|judged| &judged.verdict);
        let passed = whole && verdicts.clone().all(SignatureVerdict::passed);
        told(&payload(std::str::from_utf8(file).ok().filter(|_| passed)?), verdicts)
    });
}

/// The payload of a JWS, empty where it is elsewhere, as another reader of JSON finds it.
fn payload(text: &str) -> Vec<u8> {
    let payload = if text.starts_with('{') {
        serde_json::from_str::<serde_json::Value>(text).unwrap()["payload"].as_str().unwrap_or_default().to_owned()
    } else {
        text.split('.').nth(1).unwrap().to_owned()
    };
    URL_SAFE_NO_PAD.decode(payload).unwrap()
}

#[test]
fn a_container_of_others_never_says_something_else() {
    let world = World::new("flips-asic");
    let all = their_asic::asic(&world);
    let files: Vec<_> = all.iter().map(|theirs| fs::read(&theirs.file).unwrap()).collect();
    Verifier::new(&world).hold("ASiC", &files, |verifier, _, file| {
        let verdict = asic::verify(file, &verifier.trust(), Language::En);
        let archive = Archive::read(file).ok().filter(|_| verdict.accepted())?;
        let mut contents = Vec::new();
        for name in verdict.signatures.iter().flat_map(|signature| &signature.covers) {
            contents.extend([name.as_bytes(), &[0], &Sha256::of(archive.content(name).unwrap()).bytes()[..]].concat());
        }
        told(&contents, verdict.signatures.iter().map(|signature| &signature.verdict))
    });
}

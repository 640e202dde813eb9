//! What others sign, judged by hoso: the signature's level, its signers and who countersigned, told as its maker meant them.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is odd")]

#[path = "support/judges.rs"]
mod judges;
#[path = "support/pki.rs"]
mod pki;
#[path = "support/temporary.rs"]
mod temporary;
#[path = "support/theirs.rs"]
mod theirs;

use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::sign::Trust;
use hoso::sign::cades::{self, Content};
use hoso::sign::verdict::{SignatureVerdict, SubIndication};
use hoso::text::Instant;
use std::fs;
use theirs::{Theirs, World};

/// Which of them do not pass, by a part of the name: the sub-indication, the code, and why.
const REFUSED: [(&str, SubIndication, &str); 2] = [
    // EN 319 122-1 6.3: without signing-certificate-v2 the signature is bound to no certificate. pyHanko writes it all the same.
    ("openssl-b-b-plain", SubIndication::SigConstraintsFailure, "signature.certificate-not-bound"),
    ("java-b-b-plain", SubIndication::SigConstraintsFailure, "signature.certificate-not-bound"),
];

#[test]
fn what_others_sign_is_told_as_they_meant_it() {
    let world = World::new("theirs");
    for theirs in &world.cades() {
        let name = &theirs.name;
        let told = told(&world, theirs);
        assert_eq!(told.len(), theirs.signers, "{name}");
        let refused = REFUSED.iter().find(|(part, ..)| name.contains(part));
        for verdict in &told {
            let reason = verdict.reasons.first().map(|reason| reason.code);
            let why = verdict.sub_indication.zip(reason);
            assert_eq!(why, refused.map(|(_, sub, code)| (*sub, *code)), "{name}: {verdict:?}");
            assert_eq!(verdict.passed(), refused.is_none(), "{name}: {verdict:?}");
            if refused.is_none() {
                assert_eq!(verdict.counter_signatures.len(), theirs.counter, "{name}");
                assert!(verdict.counter_signatures.iter().all(SignatureVerdict::passed), "{name}: {verdict:?}");
            }
            if refused.is_none() && theirs.baseline {
                assert_eq!(verdict.level, Some(theirs.level), "{name}");
            }
        }
    }
}

fn told(world: &World, theirs: &Theirs) -> Vec<SignatureVerdict> {
    let content = theirs.content.as_ref().map(|file| fs::read(file).unwrap());
    let anchors = Certificate::read_all(&fs::read(world.root.certificate()).unwrap()).unwrap();
    let lists: Vec<_> = world.crls.iter().flat_map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap()).collect();
    // An hour later: the others sign by the machine's own clock.
    let received = Instant::from_unix(world.now + 3_600);
    let trust = Trust { anchors: &anchors, certificates: &[], crls: &lists, answers: &[], revocation: Policy::Require, received };
    cades::verify(&fs::read(&theirs.file).unwrap(), content.as_deref().map(Content::of).as_ref(), &trust, Language::En)
}

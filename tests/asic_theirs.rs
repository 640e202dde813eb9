//! Containers that others make, judged by hoso: who signed what, and that nothing was left out.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is odd")]

#[path = "support/judges.rs"]
mod judges;
#[path = "support/pki.rs"]
mod pki;
#[path = "support/temporary.rs"]
mod temporary;
#[path = "support/their_asic.rs"]
mod their_asic;
#[path = "support/theirs.rs"]
mod theirs;

use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::sign::Trust;
use hoso::sign::asic::{self, AsicVerdict};
use hoso::text::Instant;
use std::fs;
use theirs::World;

#[test]
fn containers_of_others_are_told_as_they_meant_them() {
    let world = World::new("asic-theirs");
    for theirs in their_asic::asic(&world) {
        let name = &theirs.name;
        let verdict = judged(&world, &fs::read(&theirs.file).unwrap());
        assert!(verdict.accepted() && !verdict.refused(), "{name}: {verdict:?}");
        assert_eq!(verdict.signatures.len(), theirs.signatures, "{name}");
        let parts: Vec<_> = theirs.parts.iter().map(|(name, _)| name.clone()).collect();
        for signature in &verdict.signatures {
            assert_eq!((&signature.covers, signature.verdict.level), (&parts, Some(theirs.level)), "{name}");
            assert_eq!(signature.verdict.format, if theirs.kind == "e" { "asice" } else { "asics" }, "{name}");
        }
    }
}

fn judged(world: &World, container: &[u8]) -> AsicVerdict {
    let anchors = Certificate::read_all(&fs::read(world.root.certificate()).unwrap()).unwrap();
    let lists: Vec<_> = world.crls.iter().flat_map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap()).collect();
    let certificates = Certificate::read_all(&fs::read(world.ca.certificate()).unwrap()).unwrap();
    // An hour later: the others sign by the machine's own clock.
    let received = Instant::from_unix(world.now + 3_600);
    let trust = Trust { anchors: &anchors, certificates: &certificates, crls: &lists, answers: &[], revocation: Policy::Require, received };
    asic::verify(container, &trust, Language::En)
}

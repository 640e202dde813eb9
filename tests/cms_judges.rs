//! The judges of signatures judged: what OpenSSL, pyHanko and Bouncy Castle sign, the others accept, and refuse once it was tampered with.
//! Nothing here is hoso's: the same judges then say whether hoso is right.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is odd")]

#[path = "support/judges.rs"]
mod judges;
#[path = "support/panel.rs"]
mod panel;
#[path = "support/pki.rs"]
mod pki;
#[path = "support/temporary.rs"]
mod temporary;
#[path = "support/theirs.rs"]
mod theirs;

use panel::{Asked, CMS};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use theirs::{Theirs, World};

/// All that others made, once for every test here.
static MADE: LazyLock<(World, Vec<Theirs>)> = LazyLock::new(|| {
    let world = World::new("cms");
    let all = world.cades();
    (world, all)
});

#[test]
fn what_others_sign_each_judge_accepts() {
    let (world, all) = &*MADE;
    let asked: Vec<_> = all.iter().map(Asked::from).collect();
    for (theirs, answers) in all.iter().zip(panel::cms(world, &asked)) {
        for (judge, answer) in CMS.iter().zip(answers) {
            assert_eq!(answer.accepted, accepts(judge, theirs), "{judge} on {}: {}", theirs.name, answer.words);
        }
    }
}

/// Where a judge refuses what others made, and why.
fn accepts(judge: &str, theirs: &Theirs) -> bool {
    match judge {
        // It wants signing-certificate-v2, which pyHanko writes even into what is no CAdES.
        "OpenSSL" => theirs.baseline || theirs.maker == "pyhanko",
        // It takes every RSASSA-PSS for one with SHA-256 and a salt of 32 bytes.
        "GnuTLS" => !theirs.name.contains("pss-long") && !theirs.name.contains("pss384"),
        "Bouncy Castle" => theirs.baseline,
        "asn1crypto" => theirs.baseline && theirs.der,
        _ => true,
    }
}

#[test]
fn a_changed_document_is_refused_by_each_judge() {
    let (world, all) = &*MADE;
    let other = world.folder.join("other.bin");
    let mut bytes = fs::read(&world.content).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&other, bytes).unwrap();
    let detached: Vec<_> = all.iter().filter(|theirs| theirs.content.is_some()).map(Asked::from).collect();
    let changed: Vec<_> = detached.into_iter().map(|asked| Asked { content: Some(other.clone()), ..asked }).collect();
    refused_by(&CMS, world, &changed);
}

#[test]
fn a_flipped_bit_is_refused_by_each_judge() {
    let (world, all) = &*MADE;
    let digest = Sha256::digest(fs::read(&world.content).unwrap());
    let (mut values, mut changed) = (Vec::new(), Vec::new());
    for theirs in all.iter().filter(|theirs| theirs.level == "B-B" && theirs.counter == 0 && theirs.baseline && theirs.der) {
        // The last byte of the signature, which ends the file; where there are two, one of them is left right.
        values.push(flipped(theirs, "value", |bytes| bytes.len() - 1));
        if !theirs.name.contains("384") {
            changed.push(flipped(theirs, "digest", |bytes| find(bytes, &digest)));
        }
        if theirs.content.is_none() {
            changed.push(flipped(theirs, "inside", |bytes| find(bytes, b"%PDF-1.7")));
        }
    }
    assert!(values.len() > 20 && changed.len() > 30, "only {} and {} were tried", values.len(), changed.len());
    // The last judge looks at no signature value.
    refused_by(&CMS[..4], world, &values);
    refused_by(&CMS, world, &changed);
}

#[test]
fn a_signature_that_names_another_certificate_is_refused() {
    let (world, all) = &*MADE;
    let certificate = der(&world.person("p256").certificate());
    let theirs = all.iter().find(|theirs| theirs.name == "openssl-b-b-p256-detached").unwrap();
    let asked = [flipped(theirs, "named", |bytes| find(bytes, &Sha256::digest(&certificate)))];
    refused_by(&CMS, world, &asked);
}

#[test]
fn a_token_or_a_countersignature_of_another_signature_is_refused() {
    let (world, all) = &*MADE;
    let find_theirs = |name: &str| all.iter().find(|theirs| theirs.name == name).unwrap();
    // A bit of the token's imprint, and the last of the file: there the counter-signature ends.
    let stamped = find_theirs("java-b-t-p256-detached");
    let bytes = fs::read(&stamped.file).unwrap();
    let (value, imprint) = signature_and_imprint(&bytes);
    assert_eq!(Sha256::digest(value).as_slice(), &bytes[imprint..imprint + 32]);
    let token = flipped(stamped, "imprint", |_| imprint);
    let counter = flipped(find_theirs("java-b-b-counter-detached"), "counter", |bytes| bytes.len() - 1);
    let answers = panel::cms(world, &[token, counter]);
    // OpenSSL, GnuTLS and pyHanko look at no counter-signature, and the first two at no token.
    let accepted: Vec<[bool; 5]> = answers.into_iter().map(|row| row.map(|answer| answer.accepted)).collect();
    assert_eq!(accepted, [[true, true, false, false, false], [true, true, false, true, true]]);
}

fn refused_by(judges: &[&str], world: &World, asked: &[Asked]) {
    for (asked, answers) in asked.iter().zip(panel::cms(world, asked)) {
        for (judge, answer) in judges.iter().zip(answers) {
            assert!(!answer.accepted, "{judge} accepted {}", asked.name);
        }
    }
}

/// The same signature in another file, with a bit turned.
fn flipped(theirs: &Theirs, what: &str, place: impl Fn(&[u8]) -> usize) -> Asked {
    let mut bytes = fs::read(&theirs.file).unwrap();
    let place = place(&bytes);
    bytes[place] ^= 1;
    let name = format!("{}-{what}", theirs.name);
    let file = theirs.file.with_file_name(format!("{name}.p7s"));
    fs::write(&file, bytes).unwrap();
    Asked { name, file, ..Asked::from(theirs) }
}

fn find(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).position(|window| window == part).unwrap()
}

/// The ECDSA signature of the first signer, and where its SHA-256 stands in the token.
fn signature_and_imprint(bytes: &[u8]) -> (&[u8], usize) {
    let values = (0..bytes.len()).filter(|at| bytes[*at] == 0x30 && bytes.get(at + 2) == Some(&2));
    let candidates = values.filter_map(|at| bytes.get(at..at + 2 + usize::from(bytes[at + 1])));
    let mut found = candidates.filter_map(|value| {
        let digest = Sha256::digest(value);
        bytes.windows(32).position(|window| window == digest.as_slice()).map(|imprint| (value, imprint))
    });
    // The first of them: the token's own digest of what it says comes later.
    found.next().unwrap()
}

fn der(file: &Path) -> Vec<u8> {
    pem::parse(fs::read(file).unwrap()).unwrap().into_contents()
}

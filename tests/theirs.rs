//! What others sign, judged by hoso: the signature's level, its signers and who countersigned, told as its maker meant them; conclusions as pyHanko draws them.
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
use std::path::{Path, PathBuf};
use theirs::{Theirs, World, ask, word};

const DAY: i64 = 86_400;

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

#[test]
fn conclusions_are_those_of_pyhanko() {
    let world = World::new("conclusions");
    let signed = ["B-B", "B-T", "B-LT"].map(|level| (level, world.sign("java", level, "p256", &world.content)));
    let now = world.now;
    let lists = |label: &str, at: i64| [&world.root, &world.ca].map(|authority| authority.list(label, at - 60, at + 10 * DAY).unwrap());
    let (soon, late) = (now + 7_200, now + 400 * DAY);
    let (fresh, expired) = (lists("fresh", now), lists("late", late));
    world.ca.revoke(world.person("p256"), None).unwrap();
    world.ca.date_revocations(now - 7_200).unwrap();
    let before = lists("before", now);
    world.ca.date_revocations(now + 3_600).unwrap();
    let after = lists("after", soon);
    let cases = [
        ("good", &fresh, now + 60, ["OK"; 3]),
        ("revoked before the timestamp", &before, now + 60, ["REVOKED_NO_POE"; 3]),
        ("revoked after it", &after, soon, ["REVOKED_NO_POE", "OK", "OK"]),
        // RFC 5280 3.3: a list made after the certificate expired need not name it any more. pyHanko believes it all the same.
        ("expired after it", &expired, late, ["OUT_OF_BOUNDS_NO_POE", "TRY_LATER", "OK"]),
    ];
    for (name, lists, at, expected) in cases {
        let files: Vec<&Path> = signed.iter().map(|(_, file)| &**file).collect();
        let theirs = conclusions_of_pyhanko(&world, &files, lists, at);
        for (((level, file), expected), theirs) in signed.iter().zip(expected).zip(theirs) {
            let ours = conclusion(&world, file, lists, at);
            assert_eq!(ours, expected, "{level}, {name}");
            let differs = (*level, name) == ("B-T", "expired after it");
            assert_eq!(theirs, if differs { "OK" } else { expected }, "pyHanko on {level}, {name}");
        }
    }
}

/// The sub-indication, or that there is none.
fn conclusion(world: &World, file: &Path, lists: &[PathBuf], at: i64) -> String {
    let content = fs::read(&world.content).unwrap();
    let verdict = verify(world, &fs::read(file).unwrap(), Some(&content), lists, at).remove(0);
    assert_eq!(verdict.passed(), verdict.sub_indication.is_none());
    verdict.sub_indication.map_or("OK", SubIndication::name).to_owned()
}

fn conclusions_of_pyhanko(world: &World, files: &[&Path], lists: &[PathBuf], at: i64) -> Vec<String> {
    let question = |file: &&Path| {
        let mut words = vec!["cms".to_owned(), word("file", file), word("content", &world.content), format!("at={at}")];
        words.extend([word("root", &world.root.certificate()), word("chain", &world.ca.certificate())]);
        words.extend(lists.iter().map(|list| word("crl", list)));
        words.join("\t")
    };
    let answers = ask(judges::python("cms-verify.py"), &files.iter().map(question).collect::<Vec<_>>());
    answers.iter().map(|answer| answer.found["signers"][0]["subIndication"].as_str().unwrap().to_owned()).collect()
}

fn told(world: &World, theirs: &Theirs) -> Vec<SignatureVerdict> {
    let content = theirs.content.as_ref().map(|file| fs::read(file).unwrap());
    // An hour later: the others sign by the machine's own clock.
    verify(world, &fs::read(&theirs.file).unwrap(), content.as_deref(), &world.crls, world.now + 3_600)
}

fn verify(world: &World, message: &[u8], content: Option<&[u8]>, lists: &[PathBuf], at: i64) -> Vec<SignatureVerdict> {
    let anchors = Certificate::read_all(&fs::read(world.root.certificate()).unwrap()).unwrap();
    let crls: Vec<_> = lists.iter().flat_map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap()).collect();
    let received = Instant::from_unix(at);
    let trust = Trust { anchors: &anchors, certificates: &[], crls: &crls, answers: &[], revocation: Policy::Require, received };
    cades::verify(message, content.map(Content::of).as_ref(), &trust, Language::En)
}

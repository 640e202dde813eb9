//! What is added to a JWS that others made: nothing of it is changed, and `jose` and jwcrypto take every signature as before, and the new one.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is odd")]

#[path = "support/judges.rs"]
mod judges;
#[path = "support/pki.rs"]
mod pki;
#[path = "support/temporary.rs"]
mod temporary;
#[path = "support/their_jades.rs"]
mod their_jades;
#[path = "support/theirs.rs"]
mod theirs;

use hoso::crypto::{PrivateKey, SignatureAlgorithm};
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::{Coded, Language};
use hoso::sign::jades::{self, Given, PendingAny};
use hoso::sign::{Content, SignError, Trust, Verification};
use hoso::text::Instant;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use their_jades::TheirJades;
use theirs::World;

/// A JWS of others with what stands beside it.
struct Jws {
    name: String,
    bytes: Vec<u8>,
    level: &'static str,
    files: Vec<(String, Vec<u8>)>,
    payload: Option<Vec<u8>>,
}

impl Jws {
    fn of(theirs: &TheirJades) -> Self {
        let files = theirs.parts.iter().map(|(name, file)| (name.clone(), fs::read(file).unwrap())).collect();
        Self { name: theirs.name.clone(), bytes: fs::read(&theirs.file).unwrap(), level: theirs.level, files, payload: None }
    }

    /// The same with its payload beside it (RFC 7515 F).
    fn detached(&self, content: &[u8]) -> Self {
        let mut jws: Value = serde_json::from_slice(&self.bytes).unwrap();
        jws.as_object_mut().unwrap().remove("payload").unwrap();
        let name = format!("{}-detached", self.name);
        Self { name, bytes: jws.to_string().into_bytes(), level: self.level, files: Vec::new(), payload: Some(content.to_vec()) }
    }

    fn given<T>(&self, ask: impl FnOnce(&Given<'_>) -> T) -> T {
        let files: Vec<_> = self.files.iter().map(|(name, bytes)| (name.clone(), Content::of(bytes))).collect();
        let payload = self.payload.as_deref().map(Content::of);
        ask(&Given { payload: payload.as_ref(), files: &files })
    }
}

fn certificates(file: &Path) -> Vec<Certificate> {
    Certificate::read_all(&fs::read(file).unwrap()).unwrap()
}

fn chain(world: &World, holder: &str) -> Vec<Certificate> {
    [world.person(holder).certificate(), world.ca.certificate()].iter().flat_map(|file| certificates(file)).collect()
}

fn signed(world: &World, pending: Result<PendingAny, SignError>, holder: &str) -> Vec<u8> {
    let pending = pending.unwrap();
    let pem = pem::parse(fs::read(world.person(holder).key()).unwrap()).unwrap();
    let key = PrivateKey::from_pkcs8(pem.contents(), chain(world, holder)[0].spki()).unwrap();
    let signed = pending.to_be_signed();
    pending.attach(&key.sign(signed.algorithm(), signed.message()).unwrap()).unwrap()
}

/// With a verifier's trust.
fn trusting<T>(world: &World, ask: impl FnOnce(&Trust<'_>) -> T) -> T {
    let anchors = certificates(&world.root.certificate());
    let crls: Vec<Crl> = world.crls.iter().flat_map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap()).collect();
    let received = Instant::from_unix(world.now + 3_600);
    ask(&Trust { anchors: &anchors, certificates: &[], crls: &crls, answers: &[], revocation: Policy::Require, received })
}

fn verified(world: &World, jws: &Jws, file: &[u8]) -> Verification {
    jws.given(|given| trusting(world, |trust| jades::verify_any(file, given, trust, Language::En)))
}

/// Levels, and how many signed over each; every signature passes.
fn told(world: &World, jws: &Jws, file: &[u8]) -> Vec<(&'static str, usize)> {
    let found = verified(world, jws, file);
    assert!(found.uncovered.is_empty() && found.absent.is_empty(), "{}", jws.name);
    let of = |judged: &hoso::sign::Judged| {
        let verdict = &judged.verdict;
        assert!(verdict.passed() && verdict.counter_signatures.iter().all(|counter| counter.passed()), "{}: {verdict:?}", jws.name);
        (verdict.level.unwrap(), verdict.counter_signatures.len())
    };
    found.signatures.iter().map(of).collect()
}

/// The signatures of a JWS, each without what was added.
fn signatures(file: &[u8]) -> Vec<(Value, Value, Vec<Value>)> {
    let jws: Value = serde_json::from_slice(file).unwrap();
    let list = jws["signatures"].as_array().cloned().unwrap_or_else(|| vec![jws.clone()]);
    let unsigned = |one: &Value| one["header"]["etsiU"].as_array().cloned().unwrap_or_default();
    list.iter().map(|one| (one["protected"].clone(), one["signature"].clone(), unsigned(one))).collect()
}

#[test]
fn nothing_that_is_there_is_changed_and_each_judge_takes_what_is_added() {
    let world = World::new("jws-added");
    let content = fs::read(&world.content).unwrap();
    let now = Instant::from_unix(world.now);
    let mut all: Vec<Jws> = their_jades::jades(&world).iter().filter(|theirs| !theirs.name.contains("compact")).map(Jws::of).collect();
    let plain = all.iter().find(|jws| jws.name == "jose-flattened-payload-es256").unwrap().detached(&content);
    all.push(plain);
    let mut written: Vec<PathBuf> = Vec::new();
    for jws in &all {
        let before = signatures(&jws.bytes);
        let level = jws.level;
        let over = signed(&world, jades::prepare_over_any(&jws.bytes, 0, &chain(&world, "p384"), SignatureAlgorithm::Es384, now), "p384");
        assert_eq!(told(&world, jws, &over)[0], (level, 1), "{}", jws.name);
        let beside =
            |given: &Given<'_>| jades::prepare_beside_any(&jws.bytes, given, &chain(&world, "rsa"), SignatureAlgorithm::Ps256, now);
        let both = signed(&world, jws.given(beside), "rsa");
        let expected: Vec<_> = before.iter().map(|_| (level, 0)).chain([("B-B", 0)]).collect();
        assert_eq!(told(&world, jws, &both), expected, "{}", jws.name);
        let token = world.stamp(&format!("added-{}", jws.name), &jades::stamped_any(&jws.bytes, 0).unwrap(), "sha256", true);
        let stamped = jades::with_timestamp_any(&jws.bytes, 0, &fs::read(token).unwrap()).unwrap();
        assert_eq!(told(&world, jws, &stamped)[0], ("B-T", 0), "{}", jws.name);
        let used = jws.given(|given| trusting(&world, |trust| jades::lasting_any(&stamped, 0, given, trust, Language::En))).unwrap();
        let lasting = jades::with_evidence_any(&stamped, 0, &used).unwrap();
        assert_eq!(told(&world, jws, &lasting)[0], ("B-LT", 0), "{}", jws.name);
        for (what, file) in [("over", &over), ("both", &both), ("stamped", &stamped), ("lasting", &lasting)] {
            let after = signatures(file);
            for (place, ((protected, value, there), (protected_now, value_now, there_now))) in before.iter().zip(&after).enumerate() {
                assert_eq!((protected, value), (protected_now, value_now), "{}: {what}, {place}", jws.name);
                assert_eq!(there[..], there_now[..there.len()], "{}: {what}, {place}", jws.name);
            }
            // What is added stands in one place; all before and behind it is as it was.
            if what == "over" || what == "stamped" {
                let same = jws.bytes.iter().zip(file.iter()).take_while(|(before, after)| before == after).count();
                assert!(file.ends_with(&jws.bytes[same..]), "{}: {what}", jws.name);
            }
            let path = world.folder.join(format!("{}-{what}.jws", jws.name));
            fs::write(&path, file).unwrap();
            if jws.payload.is_none() {
                written.push(path);
            }
        }
    }
    for mut judge in [judges::node("jose-verify.mjs"), judges::python("jwcrypto-verify.py")] {
        let answer = judges::ask(judge.args(&written));
        assert!(answer.accepted, "{}", answer.words);
    }
}

#[test]
fn who_was_given_something_else_signs_nothing() {
    let world = World::new("jws-refused");
    let all = their_jades::jades(&world);
    let find = |name: &str| Jws::of(all.iter().find(|theirs| theirs.name == name).unwrap());
    let now = Instant::from_unix(world.now);
    let code = |jws: &Jws| {
        let beside =
            |given: &Given<'_>| jades::prepare_beside_any(&jws.bytes, given, &chain(&world, "rsa"), SignatureAlgorithm::Ps256, now);
        jws.given(beside).map_or_else(|error| error.code(), |_| "")
    };
    let mut parts = find("jose-flattened-sigd-es256");
    assert_eq!(code(&parts), "");
    parts.files[1].1.push(b'x');
    assert_eq!(code(&parts), "jades.parts-differ");
    parts.files.pop();
    assert_eq!(code(&parts), "jades.parts-differ");
    let inside = find("jose-flattened-payload-es256");
    assert_eq!(code(&inside), "");
    assert_eq!(code(&Jws { payload: Some(b"other".to_vec()), ..find("jose-flattened-payload-es256") }), "jades.parts-differ");
    assert_eq!(code(&inside.detached(b"other")), "jades.parts-differ");
    assert_eq!(code(&Jws { payload: None, ..inside.detached(b"") }), "jades.parts-differ");
    // A compact JWS has room for one signature and nothing besides.
    let compact = find("jose-compact-payload-es256");
    assert_eq!(code(&compact), "jades.compact");
    assert_eq!(jades::stamped_any(&compact.bytes, 0).unwrap_err().code(), "jades.compact");
    assert_eq!(jades::stamped_any(&inside.bytes, 1).unwrap_err().code(), "jades.no-such-signature");
}

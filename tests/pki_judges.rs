//! The judges of tokens, paths and OCSP responses judged, and the responder on loopback that answers rightly and wrongly.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is odd")]

#[path = "support/judges.rs"]
mod judges;
#[path = "support/pki.rs"]
mod pki;
#[path = "support/responder.rs"]
mod responder;
#[path = "support/temporary.rs"]
mod temporary;
#[path = "support/theirs.rs"]
mod theirs;

use pki::{Leaf, openssl};
use responder::Responder;
use std::fs;
use std::path::{Path, PathBuf};
use theirs::{World, ask, word};

const TSA: &str = "application/timestamp-query";
const OCSP: &str = "application/ocsp-request";

#[test]
fn tokens_are_accepted_with_and_without_the_certificate_and_refused_over_other_bytes() {
    let world = World::new("tokens");
    let other = world.folder.join("other");
    fs::write(&other, b"other").unwrap();
    let mut tokens = Vec::new();
    for digest in ["sha256", "sha384"] {
        for certificate in [true, false] {
            tokens.push(world.stamp(&format!("{digest}-{certificate}"), b"a signature", digest, certificate));
        }
        tokens.push(by_pyhanko(&world, digest));
    }
    for token in &tokens {
        let data = token.with_extension("stamped");
        assert_eq!(both_on_token(&world, token, &data), [true, true], "{}", token.display());
        assert_eq!(both_on_token(&world, token, &other), [false, false], "{}", token.display());
        let mut bytes = fs::read(token).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        let flipped = token.with_extension("flipped");
        fs::write(&flipped, bytes).unwrap();
        assert_eq!(both_on_token(&world, &flipped, &data), [false, false], "{}", token.display());
    }
}

#[test]
fn the_responder_stamps_and_answers_and_its_faults_are_refused() {
    let world = World::new("responder");
    let running = Responder::start(&world);
    let data = world.folder.join("data");
    fs::write(&data, b"a signature").unwrap();
    for (path, good) in [("/tsa", true), ("/tsa-wrong-imprint", false), ("/tsa-flipped", false), ("/tsa-no-purpose", false)] {
        let token = token_of(&world, &running, path, &data);
        assert_eq!(both_on_token(&world, &token, &data), [good, good], "{path}");
    }
    let faults = [("/ocsp", true), ("/ocsp-other", false), ("/ocsp-unsigned", false), ("/ocsp-flipped", false), ("/ocsp-stale", false)];
    for (path, good) in faults.into_iter().chain([("/ocsp-try-later", false), ("/ocsp-garbage", false)]) {
        assert_eq!(both_on_status(&world, &running, path, "p256"), [good, good], "{path}");
    }
    world.ca.revoke(world.person("p256"), Some("keyCompromise")).unwrap();
    assert_eq!(both_on_status(&world, &running, "/ocsp", "p256"), [false, false], "revoked");
}

#[test]
fn the_responder_answers_to_the_nonce_and_fails_as_asked() {
    let world = World::new("faults");
    let running = Responder::start(&world);
    let data = world.folder.join("data");
    fs::write(&data, b"a signature").unwrap();
    let request = request(&world, &data);
    // OpenSSL itself judges the reply against the request.
    for (path, good) in
        [("/tsa", true), ("/tsa-other-nonce", false), ("/tsa-no-nonce", false), ("/tsa-rejection", false), ("/tsa-garbage", false)]
    {
        let reply = world.folder.join("reply.tsr");
        fs::write(&reply, running.post(path, TSA, &fs::read(&request).unwrap()).1).unwrap();
        let (root, chain) = (world.root.certificate(), world.ca.certificate());
        let words = [&request, &reply, &root, &chain].map(|file| file.to_str().unwrap().to_owned());
        let verified =
            openssl(&["ts", "-verify", "-queryfile", &words[0], "-in", &words[1], "-CAfile", &words[2], "-untrusted", &words[3]]);
        assert_eq!(verified.is_ok(), good, "{path}: {verified:?}");
    }
    let whole = running.post("/tsa", TSA, &fs::read(&request).unwrap()).1.len();
    let (code, cut) = running.post("/tsa-cut", TSA, &fs::read(&request).unwrap());
    assert!(code == 200 && cut.len() < whole, "{} of {whole} bytes", cut.len());
    assert_eq!(running.post("/tsa-error", TSA, b"").0, 500);
    assert_eq!(running.post("/tsa-empty", TSA, b""), (200, Vec::new()));
    assert!(running.post("/ocsp-page", OCSP, b"").1.starts_with(b"<html>"));
    assert!(running.post("/tsa-endless", TSA, b"").1.len() > 1_000_000);
    assert_eq!(running.post("/elsewhere", TSA, b"").0, 404);
}

#[test]
fn two_judges_agree_on_paths() {
    let world = World::new("paths");
    let now = world.now;
    let old = Leaf { validity: (now - 8_640_000, now - 864_000), ..Leaf::citizen("old", "ec:P-256", now) };
    world.ca.issue(&old).unwrap();
    let critical = Leaf { extensions: "1.2.3.4.5=critical,ASN1:NULL\n".to_owned(), ..Leaf::citizen("critical", "ec:P-256", now) };
    world.ca.issue(&critical).unwrap();
    let revoked = world.ca.issue(&Leaf::citizen("revoked", "ec:P-256", now)).unwrap();
    world.ca.revoke(&revoked, None).unwrap();
    // The JDK lets pass what was revoked only after the moment it is asked about.
    world.ca.date_revocations(now - 3_600).unwrap();
    let lists = [world.crls[0].clone(), world.ca.list("later", now - 60, now + 86_400).unwrap()];
    let mut cases = vec![("rsa", now, true), ("tsa", now, true), ("rsa", now + 400 * 86_400, false), ("old", now, false)];
    cases.extend([("old", now - 9 * 864_000, true), ("critical", now, false), ("revoked", now, false)]);
    for (leaf, at, good) in cases {
        // The lists tell of now; what was valid long ago is asked without them.
        let lists: &[PathBuf] = if leaf == "old" { &[] } else { &lists };
        assert_eq!(both_on_path(&world, leaf, at, lists), [good, good], "{leaf} at {}", at - now);
    }
    assert_eq!(both_on_path(&world, "rsa", now, &lists[..1]), [false, false], "without the list of its issuer");
}

fn both_on_path(world: &World, leaf: &str, at: i64, lists: &[PathBuf]) -> [bool; 2] {
    let mut words = vec!["path".to_owned(), word("leaf", &world.folder.join(format!("{leaf}.pem")))];
    words.extend([word("root", &world.root.certificate()), word("chain", &world.ca.certificate()), format!("at={at}")]);
    words.extend(lists.iter().map(|list| word("crl", list)));
    let question = words.join("\t");
    let answers = ask(judges::java(), &["BC", "SUN"].map(|by| format!("{question}\tby={by}")));
    [answers[0].accepted, answers[1].accepted]
}

/// Bouncy Castle and OpenSSL.
fn both_on_token(world: &World, token: &Path, data: &Path) -> [bool; 2] {
    let words = [word("file", token), word("content", data), word("root", &world.root.certificate())];
    let chain = [word("chain", &world.ca.certificate()), word("chain", &world.tsa.certificate())];
    let castle = ask(judges::java(), &[["tst".to_owned()].iter().chain(&words).chain(&chain).cloned().collect::<Vec<_>>().join("\t")]);
    let known = world.folder.join("known.pem");
    fs::write(&known, [world.ca.certificate(), world.tsa.certificate()].map(|file| fs::read(file).unwrap()).concat()).unwrap();
    let openssl = judges::openssl_ts(token, data, &world.root.certificate(), &known);
    [castle[0].accepted, openssl.accepted]
}

/// Bouncy Castle and OpenSSL on what the responder says at a path about a person.
fn both_on_status(world: &World, running: &Responder, path: &str, person: &str) -> [bool; 2] {
    let (leaf, issuer) = (world.person(person).certificate(), world.ca.certificate());
    let (request, response) = (world.folder.join("status.request"), world.folder.join("status.response"));
    let words = [&issuer, &leaf, &request].map(|file| file.to_str().unwrap().to_owned());
    openssl(&["ocsp", "-issuer", &words[0], "-cert", &words[1], "-no_nonce", "-reqout", &words[2]]).unwrap();
    fs::write(&response, running.post(path, OCSP, &fs::read(request).unwrap()).1).unwrap();
    let question = ["ocsp".to_owned(), word("file", &response), word("leaf", &leaf), word("issuer", &issuer)].join("\t");
    let castle = ask(judges::java(), &[question]);
    [castle[0].accepted, judges::openssl_ocsp(&response, &leaf, &issuer, &world.root.certificate()).accepted]
}

fn request(world: &World, data: &Path) -> PathBuf {
    let request = world.folder.join("request.tsq");
    let words = [data, &request].map(|file| file.to_str().unwrap().to_owned());
    openssl(&["ts", "-query", "-data", &words[0], "-sha256", "-cert", "-out", &words[1]]).unwrap();
    request
}

/// The token of the reply at a path.
fn token_of(world: &World, running: &Responder, path: &str, data: &Path) -> PathBuf {
    let (reply, token) = (world.folder.join("reply.tsr"), world.folder.join("reply.tst"));
    fs::write(&reply, running.post(path, TSA, &fs::read(request(world, data)).unwrap()).1).unwrap();
    let words = [&reply, &token].map(|file| file.to_str().unwrap().to_owned());
    openssl(&["ts", "-reply", "-in", &words[0], "-token_out", "-out", &words[1]]).unwrap();
    token
}

fn by_pyhanko(world: &World, digest: &str) -> PathBuf {
    let (data, out) = (world.folder.join(format!("hanko-{digest}.stamped")), world.folder.join(format!("hanko-{digest}.tst")));
    fs::write(&data, b"a signature").unwrap();
    let tsa = format!("tsa={},{}", world.tsa.key().display(), world.tsa.certificate().display());
    let question = ["token".to_owned(), word("out", &out), word("content", &data), tsa, format!("digest={digest}")].join("\t");
    assert!(ask(judges::python("make-cades.py"), &[question])[0].accepted);
    out
}

//! Status answers against OpenSSL: it writes every answer, reads every request of ours, and judges the answers as hoso does.

#![cfg(feature = "sign")]
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "support/pki.rs"]
mod support;
#[path = "support/temporary.rs"]
mod temporary;

use hoso::pki::crl::Crl;
use hoso::pki::ocsp::{Request, Response};
use hoso::pki::{Certificate, Evidence, Policy, Proof, Purpose, Rules, Status, validate};
use hoso::report::Coded;
use hoso::text::Instant;
use std::fs;
use std::path::PathBuf;
use support::{CITIZEN, Holder, Leaf, Pki, openssl};

const DAY: i64 = 86_400;

const RESPONDER: &str = "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\n\
                         authorityKeyIdentifier=keyid\nsubjectKeyIdentifier=hash\n";

fn certificate(file: &PathBuf) -> Certificate {
    Certificate::read_all(&fs::read(file).unwrap()).unwrap().remove(0)
}

struct World {
    now: i64,
    dir: PathBuf,
    pki: Pki,
    leaf: Certificate,
    ca: Certificate,
    root: Certificate,
}

impl World {
    fn new(name: &str) -> Self {
        let (now, dir) = (support::now(), temporary::folder(&format!("ocsp-{name}")));
        let pki = Pki::create(&dir, CITIZEN, now).unwrap();
        let [leaf, ca, root] = [pki.citizen_ec.certificate(), pki.ca.certificate(), pki.root_pem()].map(|file| certificate(&file));
        Self { now, dir, pki, leaf, ca, root }
    }

    fn file(&self, name: &str) -> String {
        self.dir.join(name).to_str().unwrap().to_owned()
    }

    /// A certificate of the CA that answers for it.
    fn responder(&self, name: &str, extensions: &str, validity: (i64, i64)) -> Holder {
        let subject = format!("/C=VN/CN={name}");
        self.pki
            .ca
            .issue(&Leaf { subject, validity, extensions: extensions.to_owned(), ..Leaf::citizen(name, "ec:P-256", self.now) })
            .unwrap()
    }

    /// What openssl answers about the citizen, from the CA's database or another, signed by the holder of `signer.pem` and `signer.key`.
    fn answer(&self, out: &str, signer: &str, options: &[&str]) -> Response {
        self.answer_from("ca.db/index", out, signer, options)
    }

    fn answer_from(&self, index: &str, out: &str, signer: &str, options: &[&str]) -> Response {
        let file = |name: String| self.file(&name);
        let [index, ca, leaf] = [index, "ca.pem", "citizen-ec.pem"].map(|name| self.file(name));
        let (certificate, key, out) = (file(format!("{signer}.pem")), file(format!("{signer}.key")), file(format!("{out}.ocsp")));
        let fixed = ["ocsp", "-index", &index, "-CA", &ca, "-rsigner", &certificate, "-rkey", &key, "-respout", &out, "-noverify"];
        let question = ["-issuer", &ca, "-cert", &leaf];
        let asked: &[&str] = if options.contains(&"-reqin") { &[] } else { &question };
        openssl(&[&fixed, options, asked].concat()).unwrap();
        Response::parse(fs::read(out).unwrap()).unwrap()
    }

    /// What hoso says of the citizen's certificate with these answers and a list of the root; `good`, or the code of why not.
    fn hoso(&self, answers: &[Response], at: i64) -> String {
        self.judged(answers, &[], &[], at)
    }

    fn judged(&self, answers: &[Response], lists: &[PathBuf], more: &[Certificate], at: i64) -> String {
        let root_list = self.pki.root.list("current", self.now - 3_600, self.now + 9 * DAY).unwrap();
        let crls: Vec<_> =
            [&[root_list], lists].concat().iter().flat_map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap()).collect();
        let pool = [std::slice::from_ref(&self.ca), more].concat();
        let evidence = Evidence { crls: &crls, answers, certificates: &pool, until: None };
        let rules = Rules::new(Instant::from_unix(at), Purpose::Signing);
        let found = validate(&self.leaf, &pool, std::slice::from_ref(&self.root), &rules, &evidence, Policy::Require);
        found.problem.map_or("good".to_owned(), |problem| problem.code().to_owned())
    }

    /// Whether openssl believes an answer and what it reads in it: `good`, `revoked`, `unknown`, or nothing.
    fn openssl(&self, out: &str, at: i64) -> Option<String> {
        let [answer, root, ca, leaf] = [&format!("{out}.ocsp"), "root.pem", "ca.pem", "citizen-ec.pem"].map(|name| self.file(name));
        let at = at.to_string();
        let chain = ["-CAfile", &root, "-verify_other", &ca, "-issuer", &ca, "-cert", &leaf, "-attime", &at, "-validity_period", "5"];
        let hash = if out == "sha-256" { "-sha256" } else { "-sha1" };
        let mut command = std::process::Command::new("openssl");
        let said = command.args(["ocsp", hash, "-no_nonce", "-respin", &answer]).args(chain).output().unwrap();
        let text = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
        let verified = text.contains("Response verify OK") && !text.contains("Status times invalid") && !text.contains("No Status found");
        let words = ["good", "revoked", "unknown"].into_iter().find(|word| text.contains(&format!(": {word}")));
        words.filter(|_| verified).map(str::to_owned)
    }
}

#[test]
fn openssl_agrees_about_every_answer() {
    let world = World::new("judge");
    let now = world.now;
    world.responder("responder", &format!("{RESPONDER}noCheck=ignored\n"), (now - DAY, now + 9 * DAY));
    world.responder("plain", &RESPONDER.replace("OCSPSigning", "emailProtection"), (now - DAY, now + 9 * DAY));
    world.responder("late", &format!("{RESPONDER}noCheck=ignored\n"), (now - 9 * DAY, now - DAY));
    fs::write(world.dir.join("empty"), "").unwrap();
    let (days, at) = (["-ndays", "3"], now + 60);
    let mut cases = vec![
        ("by-the-ca", world.answer("by-the-ca", "ca", &days), at, "good", Some("good")),
        ("by-key", world.answer("by-key", "ca", &[&days[..], &["-resp_key_id"]].concat()), at, "good", Some("good")),
        (
            "without-certificates",
            world.answer("without-certificates", "ca", &[&days[..], &["-resp_no_certs"]].concat()),
            at,
            "good",
            Some("good"),
        ),
        ("delegated", world.answer("delegated", "responder", &days), at, "good", Some("good")),
        (
            "delegated-by-key",
            world.answer("delegated-by-key", "responder", &[&days[..], &["-resp_key_id"]].concat()),
            at,
            "good",
            Some("good"),
        ),
        ("not-for-answers", world.answer("not-for-answers", "plain", &days), at, "ocsp.not-authorised", None),
        ("expired-responder", world.answer("expired-responder", "late", &days), at, "ocsp.not-authorised", None),
        ("unknown", world.answer_from("empty", "unknown", "ca", &days), at, "ocsp.unknown", Some("unknown")),
        ("stale", world.answer("stale", "ca", &days), now + 4 * DAY, "ocsp.stale", None),
        ("of-the-future", world.answer("of-the-future", "ca", &days), now - DAY, "ocsp.not-yet-valid", None),
    ];
    let sha256 = world.file("sha256.req");
    let [ca, leaf] = ["ca.pem", "citizen-ec.pem"].map(|name| world.file(name));
    openssl(&["ocsp", "-sha256", "-issuer", &ca, "-cert", &leaf, "-no_nonce", "-reqout", &sha256]).unwrap();
    cases.push(("sha-256", world.answer("sha-256", "ca", &[&days[..], &["-reqin", &sha256]].concat()), at, "good", Some("good")));
    world.pki.ca.revoke(&world.pki.citizen_ec, Some("keyCompromise")).unwrap();
    cases.push(("revoked", world.answer("revoked", "responder", &days), at, "certificate.revoked", Some("revoked")));
    let mut mistakes = Vec::new();
    for (name, answer, at, ours, theirs) in &cases {
        let found = world.hoso(std::slice::from_ref(answer), *at);
        // openssl does not hold an answer's times against -attime, only against its own clock.
        let asked = if *at == now + 60 { world.openssl(name, *at) } else { None };
        if found != *ours || asked.as_deref() != *theirs {
            mistakes.push(format!("{name}: hoso {found}, not {ours}; openssl {asked:?}, not {theirs:?}"));
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    println!("hoso and openssl agree on {} answers", cases.len());
}

#[test]
fn a_suspension_is_told_from_a_revocation() {
    let world = World::new("hold");
    world.pki.ca.revoke(&world.pki.citizen_ec, Some("certificateHold")).unwrap();
    let answer = world.answer("held", "ca", &["-ndays", "3"]);
    assert_eq!(world.hoso(&[answer], world.now + 60), "certificate.suspended");
}

/// RFC 6960 4.2.2.2.1: without `nocheck`, the responder's own state is asked like any other.
#[test]
fn a_responder_whose_own_state_is_not_known_is_not_believed() {
    let world = World::new("responder");
    let (now, days) = (world.now, ["-ndays", "3"]);
    let holder = world.responder("responder", RESPONDER, (now - DAY, now + 9 * DAY));
    let answer = world.answer("plain", "responder", &days);
    assert_eq!(world.hoso(std::slice::from_ref(&answer), now + 60), "ocsp.responder-status");
    // A list that is older than the answer says that the responder is good; the answer decides about the citizen.
    let list = world.pki.ca.list("older", now - 3_600, now + DAY).unwrap();
    assert_eq!(world.judged(std::slice::from_ref(&answer), &[list], &[], now + 60), "good");
    world.pki.ca.revoke(&holder, Some("keyCompromise")).unwrap();
    let partial = world.dir.join("responder-only.crl.pem");
    let conf = world.dir.join("ca.db/conf");
    let before = fs::read_to_string(&conf).unwrap();
    fs::write(
        &conf,
        before + "[some]\nissuingDistributionPoint=critical,@reasons\n[reasons]\nonlysomereasons=keyCompromise,CACompromise\n",
    )
    .unwrap();
    let at = |seconds: i64| hoso::text::Moment::new(Instant::from_unix(seconds), 0).to_string().replace(['-', ':', 'T'], "");
    let options = ["-crl_lastupdate", &at(now - 60), "-crl_nextupdate", &at(now + DAY), "-crlexts", "some"];
    world.pki.ca.list_with(&partial, &options).unwrap();
    // The list says nothing final about the citizen, but it names the responder.
    assert_eq!(world.judged(&[answer], &[partial], &[], now + 60), "crl.partial");
}

#[test]
fn an_answer_of_another_authority_of_that_name_says_nothing() {
    let (world, other) = (World::new("one"), World::new("other"));
    let days = ["-ndays", "3"];
    let foreign = other.answer("foreign", "ca", &days);
    assert_eq!(world.hoso(&[foreign], world.now + 60), "crl.missing");
    // The other CA's key signs an answer that names this one's: its name is the same, its key is not.
    fs::copy(other.dir.join("ca.key"), world.dir.join("thief.key")).unwrap();
    fs::copy(other.dir.join("ca.pem"), world.dir.join("thief.pem")).unwrap();
    let stolen = world.answer("stolen", "thief", &days);
    assert_eq!(world.hoso(&[stolen], world.now + 60), "ocsp.signature");
}

#[test]
fn the_newest_of_lists_and_answers_decides() {
    let world = World::new("newest");
    let (now, days) = (world.now, ["-ndays", "3"]);
    let (good, older) = (world.answer("good", "ca", &days), world.pki.ca.list("older", now - 3_600, now + DAY).unwrap());
    let certified = support::now();
    world.pki.ca.revoke(&world.pki.citizen_ec, Some("superseded")).unwrap();
    let revoked = world.answer("revoked", "ca", &days);
    let newer = world.pki.ca.list("newer", certified + 30, now + DAY).unwrap();
    let at = now + 120;
    assert_eq!(world.judged(std::slice::from_ref(&good), std::slice::from_ref(&older), &[], at), "good");
    assert_eq!(world.judged(&[revoked], &[older], &[], at), "certificate.revoked");
    assert_eq!(world.judged(&[good], &[newer], &[], at), "certificate.revoked");
}

#[test]
fn a_status_names_what_it_rests_on() {
    let world = World::new("proof");
    let answer = world.answer("good", "ca", &["-ndays", "3"]);
    let list = world.pki.root.list("current", world.now - 3_600, world.now + DAY).unwrap();
    let crls = Crl::read_all(&fs::read(list).unwrap()).unwrap();
    let pool = [world.ca.clone()];
    let other = World::new("proof-other").answer("other", "ca", &["-ndays", "3"]);
    let evidence = Evidence { crls: &crls, answers: &[other, answer], certificates: &pool, until: None };
    let rules = Rules::new(Instant::from_unix(world.now + 60), Purpose::Signing);
    let found = validate(&world.leaf, &pool, std::slice::from_ref(&world.root), &rules, &evidence, Policy::Require);
    let (_, revocation) = found.path.unwrap();
    let proofs: Vec<_> =
        revocation.statuses().iter().map(|status| if let Status::Good { proofs, .. } = status { proofs.clone() } else { vec![] }).collect();
    assert_eq!(proofs, [vec![Proof::Answer(1)], vec![Proof::Crl(0)]]);
}

#[test]
fn an_answer_counts_for_a_day_when_it_does_not_say_how_long() {
    let world = World::new("no-next");
    let answer = world.answer("open", "ca", &[]);
    assert_eq!(world.hoso(std::slice::from_ref(&answer), world.now + DAY - 60), "good");
    assert_eq!(world.hoso(&[answer], world.now + DAY + 60), "ocsp.stale");
}

#[test]
fn openssl_reads_a_request_and_answers_it() {
    let world = World::new("request");
    let nonce = [7; 32];
    let request = Request::new(&world.leaf, &world.ca, Some(&nonce));
    let file = world.file("request.der");
    fs::write(&file, request.der()).unwrap();
    let said = openssl(&["ocsp", "-reqin", &file, "-req_text"]).unwrap();
    assert!(said.contains("OCSP Nonce") && said.contains("Hash Algorithm: sha1"), "{said}");
    let answer = world.answer("answered", "ca", &["-ndays", "3", "-reqin", &file]);
    assert_eq!(answer.check_request(&request), Ok(()));
    let other = Request::new(&world.leaf, &world.ca, Some(&[8; 32]));
    assert_eq!(answer.check_request(&other).map_err(|error| error.code()), Err("ocsp.nonce"));
    let rsa = Request::new(&certificate(&world.pki.citizen_rsa.certificate()), &world.ca, Some(&nonce));
    assert_eq!(answer.check_request(&rsa).map_err(|error| error.code()), Err("ocsp.missing"));
    let silent = world.answer("silent", "ca", &["-ndays", "3", "-no_nonce"]);
    assert_eq!(silent.check_request(&Request::new(&world.leaf, &world.ca, None)), Ok(()));
    assert_eq!(silent.check_request(&request).map_err(|error| error.code()), Err("ocsp.nonce"));
    assert_eq!(world.hoso(&[answer], world.now + 60), "good");
}

#[test]
fn no_truncation_and_no_flipped_bit_of_an_answer_is_believed() {
    let world = World::new("damage");
    let answer = world.answer("good", "ca", &["-ndays", "3", "-resp_no_certs"]);
    let der = answer.der().to_vec();
    for length in 0..der.len() {
        assert!(Response::parse(&der[..length]).is_err(), "cut to {length}");
    }
    let (mut read, crls) = (0, Vec::new());
    let pool = [world.ca.clone()];
    let rules = Rules::new(Instant::from_unix(world.now + 60), Purpose::Signing);
    let path = hoso::pki::path::build(&world.leaf, &pool, std::slice::from_ref(&world.root), &rules).unwrap();
    for bit in 0..der.len() * 8 {
        let mut damaged = der.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        if let Ok(damaged) = Response::parse(damaged) {
            read += 1;
            let evidence = Evidence { crls: &crls, answers: &[damaged], certificates: &[], until: None };
            let found = hoso::pki::revocation::check(&path, &evidence, rules.at, Policy::Require);
            assert!(matches!(found.statuses()[0], Status::Unknown { .. }), "bit {bit}: {found:?}");
        }
    }
    println!("{} flips of an answer, {read} of them still readable, none believed", der.len() * 8);
}

#[test]
fn what_a_responder_could_not_answer_is_named() {
    for (status, name) in [(1, "malformedRequest"), (2, "internalError"), (3, "tryLater"), (5, "sigRequired"), (6, "unauthorized")] {
        let error = Response::parse([0x30, 3, 0x0a, 1, status]).unwrap_err();
        assert_eq!(error.code(), "ocsp.unsuccessful");
        assert!(error.to_string().contains(name));
    }
    assert_eq!(Response::parse([0x30, 3, 0x0a, 1, 4]).unwrap_err().code(), "ocsp.malformed");
    assert_eq!(Response::read_all(b"-----BEGIN X-----\nAAAA\n-----END X-----\n").unwrap_err().code(), "ocsp.not-pem");
    assert_eq!(Response::parse(vec![0; 200_001]).unwrap_err().code(), "ocsp.too-large");
}

/// A file of several answers in PEM, as openssl and others write them.
#[test]
fn answers_stand_in_pem_too() {
    let world = World::new("pem");
    let answer = world.answer("good", "ca", &["-ndays", "3"]);
    let base64 = openssl(&["base64", "-in", &world.file("good.ocsp")]).unwrap();
    let block = format!("-----BEGIN OCSP RESPONSE-----\n{base64}-----END OCSP RESPONSE-----\n");
    assert_eq!(Response::read_all(block.repeat(2).as_bytes()), Ok(vec![answer.clone(), answer]));
}

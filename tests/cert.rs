//! `hoso cert show` and `hoso cert verify`: exit codes and answers. What is valid is judged in `pki.rs`, `paths.rs`, `ocsp.rs` and `pkits.rs`.

#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "support/pki.rs"]
mod support;
#[path = "support/temporary.rs"]
mod temporary;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use support::{CITIZEN, Leaf, Pki, openssl};

const DAY: i64 = 86_400;

struct World {
    now: i64,
    dir: PathBuf,
    pki: Pki,
}

impl World {
    fn new(name: &str) -> Self {
        let (now, dir) = (support::now(), temporary::folder(&format!("cert-{name}")));
        let pki = Pki::create(&dir, CITIZEN, now).unwrap();
        Self { now, dir, pki }
    }

    fn file(&self, name: &str) -> String {
        self.dir.join(name).display().to_string()
    }

    /// The exit code and the answer of `hoso cert verify` of a file, with the demo's root, CA and lists, and more.
    fn verify(&self, leaf: &str, options: &[&str]) -> (i32, Value) {
        self.verify_alone(leaf, &[&["--chain", &self.file("ca.pem"), "--crl", &self.file("crl.pem")], options].concat())
    }

    fn verify_alone(&self, leaf: &str, options: &[&str]) -> (i32, Value) {
        let fixed = ["cert", "verify", "--output", "json", "--trust", &self.file("root.pem"), &self.file(leaf)];
        let output = hoso(&[&fixed, options].concat());
        (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap_or_default())
    }
}

fn hoso(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hoso")).args(arguments).output().unwrap()
}

fn code(answer: &Value) -> &str {
    answer["reasons"][0]["code"].as_str().unwrap_or_default()
}

fn join(files: &[&Path]) -> String {
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn a_valid_certificate_is_exit_0_with_its_path_and_what_it_rests_on() {
    let world = World::new("valid");
    let (exit, answer) = world.verify("citizen-ec.pem", &["--purpose", "signing"]);
    assert_eq!(
        (exit, &answer["valid"], &answer["indication"], &answer["subIndication"]),
        (0, &true.into(), &"PASSED".into(), &Value::Null)
    );
    let names: Vec<_> = answer["path"].as_array().unwrap().iter().map(|holder| holder["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["TRẦN THỊ MINH ANH", "hoso demo CA", "hoso demo root"]);
    assert_eq!(answer["path"][0]["personalId"], "031185000002");
    let statuses: Vec<_> =
        answer["revocation"].as_array().unwrap().iter().map(|status| (&status["status"], &status["evidence"][0])).collect();
    // The root's list stands first in the file.
    assert_eq!(statuses, [(&"good".into(), &"crl:1".into()), (&"good".into(), &"crl:0".into())]);
    assert_eq!(answer["reasons"], Value::Array(vec![]));
}

#[test]
fn what_speaks_against_a_certificate_is_exit_1_and_what_is_missing_exit_3() {
    let world = World::new("not");
    let now = world.now;
    let holder = |name: &str, validity: (i64, i64)| world.pki.ca.issue(&Leaf { validity, ..Leaf::citizen(name, "ec:P-256", now) }).unwrap();
    holder("old", (now - 9 * DAY, now - DAY));
    let [revoked, held] = ["revoked", "held"].map(|name| holder(name, (now - DAY, now + DAY)));
    world.pki.ca.revoke(&revoked, Some("keyCompromise")).unwrap();
    world.pki.ca.revoke(&held, Some("certificateHold")).unwrap();
    world.pki.ca.date_revocations(now - 60).unwrap();
    world.pki.lists(now).unwrap();
    for (leaf, options, exit, sub, why) in [
        ("old.pem", &[][..], 1, "OUT_OF_BOUNDS_NO_POE", "certificate.expired"),
        ("revoked.pem", &[], 1, "REVOKED_NO_POE", "certificate.revoked"),
        ("held.pem", &[], 1, "TRY_LATER", "certificate.suspended"),
        ("ca.pem", &["--purpose", "signing"], 1, "CHAIN_CONSTRAINTS_FAILURE", "certificate.is-authority"),
        ("citizen-ec.pem", &["--purpose", "tsa"], 1, "CHAIN_CONSTRAINTS_FAILURE", "certificate.not-for-timestamps"),
        ("citizen-ec.pem", &["--explicit-policy"], 1, "CHAIN_CONSTRAINTS_FAILURE", "path.policies"),
        ("citizen-ec.pem", &["--at", "2020-01-01T00:00:00Z"], 1, "OUT_OF_BOUNDS_NO_POE", "certificate.not-yet-valid"),
    ] {
        let (found, answer) = world.verify(leaf, options);
        assert_eq!((found, code(&answer), answer["subIndication"].as_str()), (exit, why, Some(sub)), "{leaf} {options:?}");
        assert_eq!(answer["valid"], false, "{leaf} {options:?}");
    }
    let (chain, lists) = (world.file("ca.pem"), world.file("crl.pem"));
    for (options, sub, why) in [
        (&["--chain", &chain][..], "TRY_LATER", "crl.missing"),
        (&["--crl", &lists], "NO_CERTIFICATE_CHAIN_FOUND", "path.issuer-not-found"),
    ] {
        let (found, answer) = world.verify_alone("citizen-ec.pem", options);
        assert_eq!((found, code(&answer), answer["subIndication"].as_str(), &answer["valid"]), (3, why, Some(sub), &Value::Null));
    }
    assert_eq!(world.verify_alone("citizen-ec.pem", &["--chain", &chain, "--revocation", "none"]).0, 0);
    assert_eq!(world.verify_alone("citizen-ec.pem", &["--chain", &chain, "--revocation", "if-available"]).0, 0);
    assert_eq!(world.verify("revoked.pem", &["--revocation", "if-available"]).0, 1);
}

#[test]
fn a_file_may_hold_the_chain_and_lists_may_be_der() {
    let world = World::new("files");
    let bundle = join(&[&world.pki.citizen_rsa.certificate(), &world.pki.ca.certificate()]);
    fs::write(world.dir.join("bundle.pem"), bundle).unwrap();
    let mut options = Vec::new();
    for name in ["root", "ca"] {
        let der = world.file(&format!("{name}.crl"));
        openssl(&["crl", "-in", &world.file(&format!("{name}-current.crl.pem")), "-outform", "DER", "-out", &der]).unwrap();
        options.extend(["--crl".to_owned(), der]);
    }
    let options: Vec<_> = options.iter().map(String::as_str).collect();
    assert_eq!(world.verify_alone("bundle.pem", &options).0, 0);
}

#[test]
fn a_status_answer_counts_beside_the_lists() {
    let world = World::new("ocsp");
    let [index, ca, key, leaf, out, root_list] =
        ["ca.db/index", "ca.pem", "ca.key", "citizen-ec.pem", "answer.ocsp", "root-current.crl.pem"].map(|name| world.file(name));
    let signer = ["-index", &index, "-CA", &ca, "-rsigner", &ca, "-rkey", &key];
    let asked = ["-issuer", &ca, "-cert", &leaf, "-ndays", "3", "-noverify", "-respout", &out];
    openssl(&[&["ocsp"], &signer[..], &asked].concat()).unwrap();
    let options = ["--chain", &ca, "--crl", &root_list, "--ocsp", &out];
    let (exit, answer) = world.verify_alone("citizen-ec.pem", &options);
    assert_eq!((exit, &answer["revocation"][0]["evidence"][0]), (0, &"ocsp:0".into()));
    fs::write(&out, [0x30, 3, 0x0a, 1, 3]).unwrap();
    let (exit, answer) = world.verify_alone("citizen-ec.pem", &options);
    assert_eq!((exit, code(&answer), answer["reasons"][1]["code"].as_str()), (3, "crl.missing", Some("ocsp.unsuccessful")));
}

#[test]
fn what_cannot_be_read_or_asked_is_exit_2() {
    let world = World::new("usage");
    fs::write(world.dir.join("noise"), "no certificate").unwrap();
    let [root, leaf, noise] = ["root.pem", "citizen-ec.pem", "noise"].map(|name| world.file(name));
    for arguments in [
        &["verify", &leaf][..],
        &["verify", &noise, "--trust", &root],
        &["verify", &leaf, "--trust", &noise],
        &["verify", &leaf, "--trust", &root, "--crl", &leaf],
        &["verify", &leaf, "--trust", &root, "--ocsp", &noise],
        &["verify", &leaf, "--trust", &root, "--at", "yesterday"],
        &["verify", &leaf, "--trust", &root, "--policy", "1.2.x"],
        &["verify", &leaf, "--trust", &root, "--purpose", "other"],
        &["show", &noise],
        &["show"],
    ] {
        let output = hoso(&[&["cert"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_certificate_is_shown_with_all_it_says() {
    let world = World::new("show");
    let extensions = "basicConstraints=critical,CA:false\nkeyUsage=critical,nonRepudiation,digitalSignature\nextendedKeyUsage=emailProtection,1.2.3.4\n\
                      certificatePolicies=1.3.6.1.4.1.32473.1\nsubjectAltName=email:lan@example.vn,IP:10.1.2.3\n\
                      crlDistributionPoints=URI:http://crl.example.vn/ca.crl\nauthorityInfoAccess=OCSP;URI:http://ocsp.example.vn,caIssuers;URI:http://example.vn/ca.cer\n";
    let subject = "/C=VN/UID=MST:0200000001/CN=CÔNG TY MẪU";
    let leaf = Leaf { subject: subject.to_owned(), extensions: extensions.to_owned(), ..Leaf::citizen("firm", "rsa:3072", world.now) };
    let file = world.pki.ca.issue(&leaf).unwrap().certificate().display().to_string();
    let output = hoso(&["cert", "show", "--output", "json", &file, &world.file("root.pem")]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let [firm, root] = [0, 1].map(|place| &answer["certificates"][place]);
    for (member, value) in [
        ("commonName", "CÔNG TY MẪU".into()),
        ("taxCode", "0200000001".into()),
        ("personalId", Value::Null),
        ("key", "RSA 3072".into()),
        ("signatureAlgorithm", "ecdsa-with-SHA256".into()),
        ("authority", false.into()),
        ("keyUsage", ["digitalSignature", "nonRepudiation"].to_vec().into()),
        ("extendedKeyUsage", ["emailProtection", "1.2.3.4"].to_vec().into()),
        ("policies", ["1.3.6.1.4.1.32473.1"].to_vec().into()),
        ("alternativeNames", ["email:lan@example.vn", "IP:10.1.2.3"].to_vec().into()),
        ("ocsp", ["http://ocsp.example.vn"].to_vec().into()),
        ("issuerCertificates", ["http://example.vn/ca.cer"].to_vec().into()),
        ("crls", ["http://crl.example.vn/ca.crl"].to_vec().into()),
    ] {
        assert_eq!(firm[member], value, "{member}");
    }
    assert_eq!((&root["authority"], &root["key"]), (&true.into(), &"EC P-384".into()));
    let text = hoso(&["cert", "show", &file, "--lang", "en"]);
    let text = String::from_utf8(text.stdout).unwrap();
    for part in ["CÔNG TY MẪU", "MST:0200000001", "RSA 3072", "http://crl.example.vn/ca.crl", "email:lan@example.vn"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

//! Packages of every frozen format version: they must verify for ever, whatever changes in the code.

#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, reason = "a frozen package that cannot be read has failed")]

use hoso::json::Document;
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::submission::{Intake, Outcome, Package, VerifyOptions, accept, verify};
use hoso::text::Moment;
use std::fs;
use std::path::{Path, PathBuf};

fn frozen(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/v1").join(name)
}

fn package(name: &str) -> Package {
    let mut intake = Intake::default();
    intake.push(&fs::read(frozen(name)).unwrap()).unwrap();
    intake.finish().unwrap()
}

fn options() -> VerifyOptions {
    VerifyOptions {
        anchors: Certificate::read_all(&fs::read(frozen("root.pem")).unwrap()).unwrap(),
        crls: Crl::read_all(&fs::read(frozen("crl.pem")).unwrap()).unwrap(),
        revocation: Policy::Require,
        schemas: None,
        audience: Some("https://dichvucong.haiphong.gov.vn".to_owned()),
        received: Moment::parse(fs::read_to_string(frozen("received-at")).unwrap().trim()).unwrap(),
        language: Language::Vi,
    }
}

const PACKAGES: [(&str, &str, &str); 2] =
    [("family-es256.hoso.zip", "ES256", "Phạm Thị Thu Hà"), ("owner-ps256.hoso.zip", "PS256", "Trần Thị Minh Anh")];

#[test]
fn packages_of_version_one_are_accepted_for_ever() {
    for (name, algorithm, owner) in PACKAGES {
        let verified = accept(package(name), &options()).unwrap_or_else(|verdict| panic!("{name}: {verdict:#?}"));
        assert_eq!(verified.verdict().signatures[0].algorithm, Some(algorithm));
        // Not even a note: the reading copy is made again and compared.
        assert!(verified.verdict().gate.is_empty(), "{name}: {:?}", verified.verdict().gate);
        let data = Document::read(verified.form()).unwrap();
        let found = data.root().member("owner").and_then(|owner| owner.member("name")).and_then(|name| name.as_str());
        assert_eq!(found, Some(owner));
    }
}

#[test]
fn what_was_signed_then_is_still_told_from_what_was_not() {
    for (name, ..) in PACKAGES {
        let mut changed = package(name);
        changed.form = String::from_utf8(changed.form).unwrap().replace("\"VN\"", "\"vn\"").into_bytes();
        assert_eq!(verify(&changed, &options()).outcome, Outcome::Refused, "{name}");
        let unknown = VerifyOptions { crls: Vec::new(), ..options() };
        assert_eq!(verify(&package(name), &unknown).outcome, Outcome::Undetermined, "{name}");
    }
}

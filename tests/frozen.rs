//! Packages of every frozen format version: they must verify for ever, whatever changes in the code.

#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, reason = "a frozen package that cannot be read has failed")]

use hoso::json::Document;
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::submission::{Intake, Outcome, Package, VerifyOptions, accept, verify};
use hoso::text::Moment;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn package(bytes: &[u8]) -> Package {
    let mut intake = Intake::default();
    intake.push(bytes).unwrap();
    intake.finish().unwrap()
}

fn options() -> VerifyOptions {
    VerifyOptions {
        code_lists: None,
        anchors: Certificate::read_all(include_bytes!("frozen/v1/root.pem")).unwrap(),
        certificates: Vec::new(),
        answers: Vec::new(),
        crls: Crl::read_all(include_bytes!("frozen/v1/crl.pem")).unwrap(),
        revocation: Policy::Require,
        schemas: None,
        audience: Some("https://dichvucong.haiphong.gov.vn".to_owned()),
        received: Moment::parse(include_str!("frozen/v1/received-at").trim()).unwrap(),
        language: Language::Vi,
    }
}

const PACKAGES: [(&[u8], &str, &str); 2] = [
    (include_bytes!("frozen/v1/family-es256.hoso.zip"), "ES256", "Phạm Thị Thu Hà"),
    (include_bytes!("frozen/v1/owner-ps256.hoso.zip"), "PS256", "Trần Thị Minh Anh"),
];

#[test]
fn packages_of_version_one_are_accepted_for_ever() {
    for (bytes, algorithm, owner) in PACKAGES {
        let verified = accept(package(bytes), &options()).unwrap_or_else(|verdict| panic!("{algorithm}: {verdict:#?}"));
        assert_eq!(verified.verdict().signatures[0].algorithm, Some(algorithm));
        // Not even a note: the reading copy is made again and compared.
        assert!(verified.verdict().gate.is_empty(), "{algorithm}: {:?}", verified.verdict().gate);
        let data = Document::read(verified.form()).unwrap();
        let found = data.root().member("owner").and_then(|owner| owner.member("name")).and_then(|name| name.as_str());
        assert_eq!(found, Some(owner));
    }
}

#[test]
fn what_was_signed_then_is_still_told_from_what_was_not() {
    for (bytes, algorithm, _) in PACKAGES {
        let mut changed = package(bytes);
        changed.form = String::from_utf8(changed.form).unwrap().replace("\"VN\"", "\"vn\"").into_bytes();
        assert_eq!(verify(&changed, &options()).outcome, Outcome::Refused, "{algorithm}");
        let unknown = VerifyOptions { crls: Vec::new(), ..options() };
        assert_eq!(verify(&package(bytes), &unknown).outcome, Outcome::Undetermined, "{algorithm}");
    }
}

#[test]
fn no_flipped_bit_is_taken() {
    for (bytes, algorithm, _) in PACKAGES {
        for at in (0..64).map(|step| step * bytes.len() / 64) {
            let mut changed = bytes.to_vec();
            changed[at] ^= 1 << (at % 8);
            let mut intake = Intake::default();
            let read = intake.push(&changed).and_then(|()| intake.finish());
            assert!(!read.is_ok_and(|package| verify(&package, &options()).accepted), "{algorithm}, byte {at}");
        }
    }
}

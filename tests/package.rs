//! From a form to a verdict and back: what is accepted, and everything that is not.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail by a panic")]

#[path = "support/authority.rs"]
mod authority;
#[path = "support/dossier.rs"]
mod dossier;

use authority::{Authority, Person};
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine};
use dossier::FILES;
use hoso::crypto::SignatureAlgorithm;
use hoso::digest::Sha256;
use hoso::json::{Document, canonical};
use hoso::pki::Policy;
use hoso::report::{Coded, Language};
use hoso::schema::{Options, Schema};
use hoso::sign::Part;
use hoso::sign::jades::{self, SignError};
use hoso::sign::verdict::{Indication, Status, SubIndication};
use hoso::submission::container::{Directory, Entry};
use hoso::submission::{Attachment, Outcome, PackageError, SealError, SealOptions, Verdict, VerifyOptions, seal, verify};
use hoso::text::{Instant, Moment};
use serde_json::{Value as Json, json};

struct World {
    authority: Authority,
    signer: Person,
    options: VerifyOptions,
    entries: Entries,
}

/// Ways to change something before it is verified or sealed.
type ValueChange<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;
type HeaderChange<'a> = &'a dyn Fn(&mut Json);
type PackageChange<'a> = &'a dyn Fn(&mut Json, &mut Entries);
type SealChange<'a> = &'a dyn Fn(&mut SealOptions, &mut Vec<Attachment>);

/// The entries of a package, names and contents, the signature last.
type Entries = Vec<(String, Vec<u8>)>;

impl World {
    fn new(kind: &str, algorithm: SignatureAlgorithm) -> Self {
        let authority = Authority::new();
        let signer = authority.person("signer", kind, "signer");
        let now = dossier::moment(&signer);
        let options = VerifyOptions {
            anchors: authority.roots(),
            crls: authority.crls(),
            revocation: Policy::Require,
            schemas: None,
            audience: Some("https://portal.example".to_owned()),
            received: now,
            language: Language::Vi,
        };
        let signed = dossier::sign(&dossier::sealed(now), &signer, algorithm, now.instant());
        let package = dossier::read(&dossier::bytes(&signed)).unwrap();
        let documents = [package.submission, package.form, package.schema, package.view];
        let contents = documents.into_iter().chain(FILES.iter().rev().map(|(_, _, bytes)| bytes.to_vec()));
        let mut entries: Entries = package.parts.into_iter().map(|part| part.name).zip(contents).collect();
        entries.push(("signature.jose.json".to_owned(), package.signature));
        Self { authority, signer, options, entries }
    }

    fn now(&self) -> Moment {
        self.options.received
    }

    fn later(&self, seconds: i64) -> Moment {
        Moment::new(self.now().instant().plus(seconds), Moment::VIETNAM)
    }

    fn verify(&self, entries: &Entries) -> Verdict {
        published(verify(&dossier::read(&zip(entries)).unwrap(), &self.options))
    }

    fn verify_with(&self, change: impl FnOnce(&mut VerifyOptions)) -> Verdict {
        let mut options = self.options.clone();
        change(&mut options);
        published(verify(&dossier::read(&zip(&self.entries)).unwrap(), &options))
    }

    /// The package changed before it was signed by somebody who means harm: all digests are right again.
    fn resigned(&self, change: impl FnOnce(&mut Json, &mut Entries)) -> Verdict {
        let mut entries = self.entries.clone();
        let mut submission: Json = serde_json::from_slice(&entries[0].1).unwrap();
        change(&mut submission, &mut entries);
        for (name, at) in [("form", 1), ("schema", 2), ("view", 3)] {
            let digest = Sha256::of(&entries[at].1);
            submission[name]["sha256"] = json!(digest.to_string());
            submission[name]["size"] = json!(entries[at].1.len());
            if name == "schema" {
                submission[name]["id"] = json!(digest.id());
            }
        }
        entries[0].1 = canonical_bytes(&submission.to_string());
        self.verify(&self.signed_anew(entries, self.now().instant(), |_| {}))
    }

    fn signed_anew(&self, mut entries: Entries, at: Instant, change: impl FnOnce(&mut Vec<Part>)) -> Entries {
        entries.pop();
        let mut parts = parts(&entries);
        change(&mut parts);
        let to_be_signed = jades::prepare(&parts, &self.signer.chain, SignatureAlgorithm::Es256, at).unwrap();
        let signature = self.signer.key.sign(SignatureAlgorithm::Es256, to_be_signed.message()).unwrap();
        entries.push(("signature.jose.json".to_owned(), to_be_signed.attach(&signature).unwrap()));
        entries
    }

    /// The signature made again over a header that hoso would not write.
    fn header(&self, change: impl FnOnce(&mut Json)) -> Verdict {
        let mut entries = self.entries.clone();
        let file: Json = serde_json::from_slice(&entries.last().unwrap().1).unwrap();
        let mut header: Json =
            serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(file["protected"].as_str().unwrap()).unwrap()).unwrap();
        change(&mut header);
        entries.last_mut().unwrap().1 = forged(&self.signer, &header.to_string());
        self.verify(&entries)
    }

    /// The signature file with other members.
    fn file(&self, change: impl FnOnce(&mut Json)) -> Verdict {
        let mut entries = self.entries.clone();
        let mut file: Json = serde_json::from_slice(&entries.last().unwrap().1).unwrap();
        change(&mut file);
        entries.last_mut().unwrap().1 = canonical_bytes(&file.to_string());
        self.verify(&entries)
    }
}

/// Every verdict the tests see has the published shape.
fn published(verdict: Verdict) -> Verdict {
    holds(include_str!("../forms/meta/verdict.schema.json"), &serde_json::to_string(&verdict).unwrap());
    verdict
}

fn holds(schema: &str, text: &str) {
    let schema = Schema::compile(schema, &Options { assert_formats: true, ..Options::default() }).unwrap();
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    let report = schema.validate(&Document::read(text).unwrap(), now, Language::En).unwrap();
    assert!(report.valid, "{text}\n{:?}", report.issues);
}

fn forged(signer: &Person, header: &str) -> Vec<u8> {
    let protected = BASE64_URL_SAFE_NO_PAD.encode(header);
    let signature = signer.key.sign(signer.key.algorithms()[0], format!("{protected}.").as_bytes()).unwrap();
    json!({"protected": protected, "signature": BASE64_URL_SAFE_NO_PAD.encode(signature)}).to_string().into_bytes()
}

fn canonical_bytes(text: &str) -> Vec<u8> {
    canonical(Document::read(text).unwrap().root()).unwrap().into_bytes()
}

fn parts(entries: &[(String, Vec<u8>)]) -> Vec<Part> {
    let part = |(name, bytes): &(String, Vec<u8>)| Part { name: name.clone(), size: bytes.len() as u64, sha256: Sha256::of(bytes) };
    entries.iter().map(part).collect()
}

fn zip(entries: &Entries) -> Vec<u8> {
    let mut directory = Directory::default();
    let mut out = Vec::new();
    for (name, content) in entries {
        let entry = Entry { name: name.clone(), size: content.len() as u32, crc32: crc32fast::hash(content) };
        out.extend(directory.add(&entry).unwrap());
        out.extend(content);
    }
    out.extend(directory.finish());
    out
}

fn codes(verdict: &Verdict) -> Vec<&str> {
    verdict.gate.iter().map(|entry| entry.code).collect()
}

fn conclusion(verdict: &Verdict) -> (Indication, Option<SubIndication>, Vec<&str>) {
    let signature = &verdict.signatures[0];
    (signature.indication, signature.sub_indication, signature.reasons.iter().map(|reason| reason.code).collect())
}

fn refused_by(verdict: &Verdict, why: SubIndication, reason: &str) {
    assert_eq!(conclusion(verdict), (why.indication(), Some(why), vec![reason]));
    assert!(!verdict.accepted);
}

#[test]
fn what_was_sealed_and_signed_is_accepted() {
    for (kind, algorithm) in [
        ("ec", SignatureAlgorithm::Es256),
        ("p384", SignatureAlgorithm::Es384),
        ("rsa", SignatureAlgorithm::Ps256),
        ("rsa", SignatureAlgorithm::Ps384),
    ] {
        let world = World::new(kind, algorithm);
        let verdict = world.verify(&world.entries);
        assert_eq!(codes(&verdict), [""; 0], "{algorithm:?}");
        assert_eq!(conclusion(&verdict), (Indication::TotalPassed, None, vec![]), "{algorithm:?}");
        assert!(verdict.accepted && verdict.outcome() == Outcome::Accepted);
        let signature = &verdict.signatures[0];
        let signer = signature.signer.as_ref().unwrap();
        assert_eq!((signer.name.as_str(), signer.personal_id.as_deref()), ("Nguyễn Văn Mẫu", Some("001099000001")));
        assert_eq!(signature.revocation.iter().map(|status| status.status).collect::<Vec<_>>(), [Status::Good; 2]);
        assert_eq!(signature.algorithm, Some(algorithm.jose_name()));
        assert_eq!(signature.signing_time, Some(world.now().to_string()));
    }
}

#[test]
fn sealing_twice_gives_the_same_bytes() {
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    let (first, second) = (dossier::sealed(now), dossier::sealed(now));
    assert_eq!(first.parts(), second.parts());
    holds(include_str!("../forms/meta/submission.schema.json"), first.document("submission.json").unwrap());
    let names: Vec<_> = first.parts().iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["submission.json", "form.json", "schema.json", "view.html", "att/01-so-do.png", "att/02-can-cuoc.pdf"]);
    assert!(first.document("form.json").unwrap().starts_with(r#"{"capital":150000000,"map":[{"mediaType":"image/png","name":"sơ đồ.PNG""#));
}

#[test]
fn the_header_is_the_frozen_one_and_carries_no_root() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let file: Json = serde_json::from_slice(&world.entries.last().unwrap().1).unwrap();
    assert_eq!(file.as_object().unwrap().keys().collect::<Vec<_>>(), ["protected", "signature"]);
    let header = BASE64_URL_SAFE_NO_PAD.decode(file["protected"].as_str().unwrap()).unwrap();
    let certificate = |at: usize| BASE64_STANDARD.encode(world.signer.chain[at].der());
    let signed = parts(&world.entries[..world.entries.len() - 1]);
    let expected = json!({
        "alg": "ES256", "b64": false, "crit": ["b64", "sigD"], "iat": world.now().instant().unix(),
        "sigD": {
            "mId": "http://uri.etsi.org/19182/ObjectIdByURIHash", "hashM": "S256",
            "pars": signed.iter().map(|part| part.name.clone()).collect::<Vec<_>>(),
            "hashV": signed.iter().map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.sha256.bytes())).collect::<Vec<_>>(),
        },
        "srCms": [{"commId": {"id": "http://uri.etsi.org/01903/v1.2.2#ProofOfApproval"}}],
        "typ": "jose+json", "x5c": [certificate(0), certificate(1)],
        "x5t#S256": BASE64_URL_SAFE_NO_PAD.encode(world.signer.chain[0].sha256().bytes()),
    });
    assert_eq!(header, canonical_bytes(&expected.to_string()));
}

#[test]
fn parts_changed_after_signing_are_refused() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    for at in 0..world.entries.len() - 1 {
        let mut entries = world.entries.clone();
        *entries[at].1.last_mut().unwrap() ^= 1;
        refused_by(&world.verify(&entries), SubIndication::HashFailure, "signature.part-changed");
    }
    let mut swapped = world.entries.clone();
    swapped[4].1 = world.entries[5].1.clone();
    swapped[5].1 = world.entries[4].1.clone();
    let verdict = world.verify(&swapped);
    refused_by(&verdict, SubIndication::HashFailure, "signature.part-changed");
    let wrong = ["gate.part-differs", "gate.part-differs", "gate.attachment-media-type", "gate.attachment-media-type"];
    assert_eq!((codes(&verdict), verdict.outcome()), (wrong.to_vec(), Outcome::Refused));
}

#[test]
fn parts_missing_added_or_renamed_are_refused() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let mut missing = world.entries.clone();
    missing.remove(5);
    let verdict = world.verify(&missing);
    refused_by(&verdict, SubIndication::SignedDataNotFound, "signature.part-missing");
    assert_eq!(codes(&verdict), ["gate.part-missing"]);

    let mut added = world.entries.clone();
    added.insert(6, ("att/03-them.pdf".to_owned(), b"%PDF-1.7".to_vec()));
    let verdict = world.verify(&added);
    assert_eq!(conclusion(&verdict), (Indication::TotalPassed, None, vec![]));
    assert_eq!(codes(&verdict), ["gate.part-not-signed", "gate.part-unlisted"]);
    assert!(!verdict.accepted && verdict.outcome() == Outcome::Refused);

    let mut renamed = world.entries.clone();
    renamed[5].0 = "att/02-khac.pdf".to_owned();
    let verdict = world.verify(&renamed);
    refused_by(&verdict, SubIndication::SignedDataNotFound, "signature.part-missing");
    assert_eq!(codes(&verdict), ["gate.part-not-signed", "gate.part-unlisted", "gate.part-missing"]);
}

#[test]
fn a_signature_value_that_is_not_of_the_key_is_refused() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let value = |file: &Json| BASE64_URL_SAFE_NO_PAD.decode(file["signature"].as_str().unwrap()).unwrap();
    let set = |file: &mut Json, bytes: &[u8]| file["signature"] = json!(BASE64_URL_SAFE_NO_PAD.encode(bytes));
    let changes: [ValueChange<'_>; 7] = [
        &|value| value.iter().enumerate().map(|(at, byte)| if at == 40 { byte ^ 1 } else { *byte }).collect(),
        &|value| value[..63].to_vec(),
        &|value| [value, &[0]].concat(),
        &|_| Vec::new(),
        &|_| vec![0; 64],
        &|value| [&value[32..], &value[..32]].concat(),
        // The same r and s as DER.
        &|value| [&[0x30, 0x46, 2, 0x21, 0][..], &value[..32], &[2, 0x21, 0], &value[32..]].concat(),
    ];
    for change in changes {
        let verdict = world.file(|file| {
            let changed = change(&value(file));
            set(file, &changed);
        });
        refused_by(&verdict, SubIndication::SigCryptoFailure, "signature.wrong");
        assert_eq!(verdict.outcome(), Outcome::Refused);
    }
    let other = world.authority.person("other", "ec", "signer");
    let mut entries = world.entries.clone();
    let file: Json = serde_json::from_slice(&entries[6].1).unwrap();
    let header = BASE64_URL_SAFE_NO_PAD.decode(file["protected"].as_str().unwrap()).unwrap();
    entries[6].1 = forged(&other, std::str::from_utf8(&header).unwrap());
    refused_by(&world.verify(&entries), SubIndication::SigCryptoFailure, "signature.wrong");
}

#[test]
fn a_header_that_is_not_the_frozen_one_is_refused_though_it_is_signed() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let unchanged = world.header(|_| {});
    assert!(unchanged.accepted, "{:?}", unchanged.signatures);
    let changes: [(HeaderChange<'_>, &str); 12] = [
        (&|header| header["alg"] = json!("none"), "jades.algorithm"),
        (&|header| header["alg"] = json!("HS256"), "jades.algorithm"),
        (&|header| header["alg"] = json!("RS256"), "jades.algorithm"),
        (&|header| header["b64"] = json!(true), "jades.header-member"),
        (&|header| header["crit"] = json!(["sigD"]), "jades.critical-missing"),
        (&|header| header["crit"] = json!(["b64", "sigD", "exp"]), "jades.critical"),
        (&|header| header["jwk"] = json!({}), "jades.header-member"),
        (&|header| header["etsiU"] = json!([]), "jades.header-member"),
        (&|header| drop(header.as_object_mut().unwrap().remove("iat")), "jades.header-member"),
        (&|header| header["sigD"]["pars"].as_array_mut().unwrap().truncate(3), "jades.parts-uneven"),
        (&|header| header["x5c"].as_array_mut().unwrap().reverse(), "jades.thumbprint"),
        (&|header| header["x5c"] = json!([]), "jades.certificates"),
    ];
    for (change, code) in changes {
        refused_by(&world.header(change), SubIndication::FormatFailure, code);
    }
    refused_by(&world.file(|file| file["payload"] = json!("")), SubIndication::FormatFailure, "jades.member");
    refused_by(&world.file(|file| file["header"] = json!({"alg": "ES256"})), SubIndication::FormatFailure, "jades.member");
    // A key of another kind than the algorithm's, and hints that are no certificates.
    refused_by(
        &world.header(|header| header["alg"] = json!("ES384")),
        SubIndication::SigCryptoFailure,
        "crypto.algorithm-does-not-fit-key",
    );
    let junk = |header: &mut Json| header["x5c"].as_array_mut().unwrap().push(json!("AAAA"));
    refused_by(&world.header(junk), SubIndication::FormatFailure, "signature.certificate-unreadable");
}

#[test]
fn who_is_not_trusted_is_not_believed() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let none = world.verify_with(|options| options.anchors.clear());
    refused_by(&none, SubIndication::NoCertificateChainFound, "path.no-anchors");
    let other = Authority::new();
    let stranger = world.verify_with(|options| options.anchors = other.roots());
    // Same name, another key.
    assert_eq!(conclusion(&stranger).1, Some(SubIndication::NoCertificateChainFound));
    assert_eq!((stranger.accepted, stranger.outcome()), (false, Outcome::Undetermined));
    let leaf = world.signer.chain[0].clone();
    let direct = world.verify_with(|options| options.anchors = vec![leaf]);
    refused_by(&direct, SubIndication::ChainConstraintsFailure, "path.signer-is-anchor");
    let without_hint = world.header(|header| header["x5c"].as_array_mut().unwrap().truncate(1));
    refused_by(&without_hint, SubIndication::NoCertificateChainFound, "path.issuer-not-found");
}

#[test]
fn certificates_out_of_their_time_or_use_do_not_pass() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let expired = world.verify_with(|options| options.received = world.later(400 * 86_400));
    refused_by(&expired, SubIndication::OutOfBoundsNoPoe, "certificate.expired");
    let early = world.verify_with(|options| options.received = world.later(-2 * 3_600));
    refused_by(&early, SubIndication::NotYetValid, "certificate.not-yet-valid");
    let login = world.authority.person("login", "ec", "login");
    let verdict = world.header(|header| {
        header["x5c"][0] = json!(BASE64_STANDARD.encode(login.chain[0].der()));
        header["x5t#S256"] = json!(BASE64_URL_SAFE_NO_PAD.encode(login.chain[0].sha256().bytes()));
    });
    // Signed by another key: the value is looked at before the certificate's use.
    refused_by(&verdict, SubIndication::SigCryptoFailure, "signature.wrong");
    let mut entries = world.entries.clone();
    let file: Json = serde_json::from_slice(&entries[6].1).unwrap();
    let mut header: Json = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(file["protected"].as_str().unwrap()).unwrap()).unwrap();
    header["x5c"][0] = json!(BASE64_STANDARD.encode(login.chain[0].der()));
    header["x5t#S256"] = json!(BASE64_URL_SAFE_NO_PAD.encode(login.chain[0].sha256().bytes()));
    entries[6].1 = forged(&login, &header.to_string());
    refused_by(&world.verify(&entries), SubIndication::SigConstraintsFailure, "certificate.not-for-signatures");
}

#[test]
fn without_revocation_data_nothing_is_certain() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let issuing: Vec<_> = world.options.crls.iter().skip(1).cloned().collect();
    for (policy, crls, expected) in [
        (Policy::Require, vec![], (Indication::Indeterminate, vec!["crl.missing"])),
        (Policy::Require, issuing.clone(), (Indication::Indeterminate, vec!["crl.missing"])),
        (Policy::IfAvailable, vec![], (Indication::Indeterminate, vec!["crl.missing"])),
        (Policy::IfAvailable, issuing.clone(), (Indication::TotalPassed, vec!["crl.missing"])),
        (Policy::None, vec![], (Indication::TotalPassed, vec!["crl.not-checked", "crl.not-checked"])),
    ] {
        let verdict = world.verify_with(|options| (options.revocation, options.crls) = (policy, crls));
        let (indication, why, reasons) = conclusion(&verdict);
        assert_eq!((indication, reasons), expected, "{policy:?}");
        assert_eq!(why, (indication == Indication::Indeterminate).then_some(SubIndication::TryLater), "{policy:?}");
        assert_eq!(verdict.accepted, indication == Indication::TotalPassed, "{policy:?}");
        assert!(verdict.outcome() != Outcome::Refused, "{policy:?}");
    }
    let stale = world.verify_with(|options| options.received = world.later(40 * 86_400));
    refused_by(&stale, SubIndication::TryLater, "crl.stale");
}

#[test]
fn a_certificate_revoked_by_the_time_of_receipt_does_not_pass() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    world.authority.revoke(&world.signer);
    for policy in [Policy::Require, Policy::IfAvailable] {
        let verdict = world.verify_with(|options| (options.revocation, options.crls) = (policy, world.authority.crls()));
        refused_by(&verdict, SubIndication::RevokedNoPoe, "signature.revoked");
        assert_eq!(verdict.signatures[0].revocation[0].status, Status::Revoked);
    }
    // 2049: after the receipt, however the list was dated.
    world.authority.date_revocations("490101000000Z");
    let verdict = world.verify_with(|options| options.crls = world.authority.crls());
    assert!(verdict.accepted, "{:?}", verdict.signatures);
}

#[test]
fn a_signed_package_that_contradicts_itself_or_the_portal_is_refused() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    assert!(world.resigned(|_, _| {}).accepted);
    let text = |entries: &Entries, at: usize| String::from_utf8(entries[at].1.clone()).unwrap();
    let changes: [(PackageChange<'_>, &[&str]); 17] = [
        (&|submission, _| submission["audience"] = json!("https://other.example"), &["gate.audience"]),
        (&|submission, _| submission["procedure"]["code"] = json!("1.000001"), &["gate.procedure-differs"]),
        (&|submission, _| submission["attachments"][0]["fileName"] = json!("x.png"), &["gate.attachments-differ"]),
        (
            &|submission, _| submission["attachments"].as_array_mut().unwrap().truncate(1),
            &["gate.part-unlisted", "gate.attachments-differ"],
        ),
        (
            &|submission, _| submission["attachments"][0]["sha256"] = json!("0".repeat(64)),
            &["gate.part-differs", "gate.attachments-differ"],
        ),
        (&|submission, _| submission["attachments"][0]["size"] = json!(1), &["gate.part-differs", "gate.attachments-differ"]),
        (
            &|submission, _| submission["attachments"][0]["mediaType"] = json!("image/jpeg"),
            &["gate.attachment-media-type", "gate.attachments-differ"],
        ),
        (
            &|submission, _| submission["inputs"] = json!([{"kind": "code-list", "name": "communes", "sha256": "0".repeat(64)}]),
            &["gate.input-missing"],
        ),
        (
            &|submission, _| submission["verdict"]["issues"] = json!([{"path": "/owner", "code": "a.b", "level": "review"}]),
            &["gate.verdict-differs"],
        ),
        (&|submission, _| submission["verdict"]["valid"] = json!(false), &["package.submission"]),
        (&|submission, _| submission["note"] = json!(""), &["package.submission"]),
        (&|submission, _| submission["formatVersion"] = json!(2), &["package.submission"]),
        (&|_, entries| entries[3].1 = b"<p>".to_vec(), &["gate.view-differs"]),
        (&|_, entries| entries[1].1 = format!(" {}", text(entries, 1)).into_bytes(), &["gate.not-canonical"]),
        (
            &|_, entries| entries[1].1 = text(entries, 1).replace("{\"capital\":", "{\"capital\":1,\"capital\":").into_bytes(),
            &["gate.form-unreadable"],
        ),
        (&|_, entries| entries[2].1 = format!("{} ", text(entries, 2)).into_bytes(), &["gate.not-canonical"]),
        (&|_, entries| entries[2].1 = canonical_bytes(&text(entries, 2).replace("minLength", "minLenght")), &["gate.schema-unusable"]),
    ];
    for (change, expected) in changes {
        let verdict = world.resigned(change);
        assert_eq!(codes(&verdict), expected);
        assert_eq!(conclusion(&verdict).0, Indication::TotalPassed, "{expected:?}");
        let readable = !["package.submission", "gate.not-canonical", "gate.form-unreadable", "gate.schema-unusable"].contains(&expected[0]);
        assert_eq!(verdict.validation.is_some(), readable, "{expected:?}");
        let outcome = if expected == ["gate.input-missing"] { Outcome::Undetermined } else { Outcome::Refused };
        assert_eq!((verdict.accepted, verdict.outcome()), (false, outcome), "{expected:?}");
    }
}

#[test]
fn data_that_is_not_valid_is_refused_though_it_is_signed() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let verdict = world.resigned(|submission, entries| {
        let text = String::from_utf8(entries[1].1.clone()).unwrap();
        entries[1].1 = text.replace("150000000", "0").into_bytes();
        // Of another renderer, so that only the data speaks against it.
        submission["engine"]["renderer"] = json!("0");
    });
    assert_eq!(codes(&verdict), ["gate.view-not-compared"]);
    let report = verdict.validation.as_ref().unwrap();
    assert_eq!((report.valid, report.issues[0].path.as_str()), (false, "/capital"));
    assert!(!verdict.accepted && verdict.outcome() == Outcome::Refused);
}

#[test]
fn a_schema_off_the_portals_list_is_refused() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let own = Sha256::of(&world.entries[2].1);
    assert!(world.verify_with(|options| options.schemas = Some(vec![own])).accepted);
    for schemas in [vec![], vec![Sha256::of(b"")]] {
        let verdict = world.verify_with(|options| options.schemas = Some(schemas));
        assert_eq!((codes(&verdict), verdict.accepted), (vec!["gate.schema-not-allowed"], false));
    }
}

#[test]
fn a_reading_copy_of_another_renderer_is_noted_and_does_not_forbid() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let verdict = world.resigned(|submission, entries| {
        submission["engine"]["renderer"] = json!("0");
        entries[3].1 = b"<p>".to_vec();
    });
    assert_eq!((codes(&verdict), verdict.accepted), (vec!["gate.view-not-compared"], true));
}

#[test]
fn times_that_do_not_fit_are_refused() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let moved = |now: i64, created: i64, signed: i64| {
        let mut entries = world.entries.clone();
        let mut submission: Json = serde_json::from_slice(&entries[0].1).unwrap();
        submission["verdict"]["now"] = json!(world.later(now).to_string());
        submission["createdAt"] = json!(world.later(created).to_string());
        entries[0].1 = canonical_bytes(&submission.to_string());
        let verdict = world.verify(&world.signed_anew(entries, world.later(signed).instant(), |_| {}));
        codes(&verdict).join(" ")
    };
    for (now, created, signed, expected) in [
        (0, 0, 0, ""),
        (-3_000, -2_900, -2_800, ""),
        (300, 300, 300, ""),
        (-86_400, -86_400, 0, ""),
        (-86_401, -86_400, 0, "gate.sealed-long-ago"),
        (301, 301, 300, "gate.sealed-ahead gate.created-at"),
        (0, 0, 301, "gate.signed-ahead"),
        (0, -1, 0, "gate.created-at"),
        (0, 301, 0, "gate.created-at"),
        (-1_000, -100, -500, "gate.created-at"),
    ] {
        assert_eq!(moved(now, created, signed), expected, "now {now}, created {created}, signed {signed}");
    }
}

#[test]
fn a_claimed_time_beyond_every_calendar_is_refused_like_any_that_is_ahead() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    for issued in [i64::MAX, i64::MAX - 25_200, 253_402_300_800] {
        let verdict = world.header(|header| header["iat"] = json!(issued));
        assert_eq!((codes(&verdict), verdict.outcome()), (vec!["gate.signed-ahead"], Outcome::Refused), "{issued}");
    }
}

#[test]
fn a_signed_part_that_no_package_holds_is_refused() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let digest = Sha256::of(b"elsewhere");
    let more = |parts: &mut Vec<Part>| parts.push(Part { name: "att/03-c.pdf".to_owned(), size: 9, sha256: digest });
    let verdict = world.verify(&world.signed_anew(world.entries.clone(), world.now().instant(), more));
    refused_by(&verdict, SubIndication::SignedDataNotFound, "signature.part-missing");
    assert_eq!((codes(&verdict), verdict.outcome()), (vec!["gate.part-missing"], Outcome::Refused));
}

#[test]
fn documents_exchanged_after_the_package_was_read_are_refused() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let mut package = dossier::read(&zip(&world.entries)).unwrap();
    let text = String::from_utf8(package.submission).unwrap();
    assert!(text.contains("H16.01"));
    package.submission = text.replace("H16.01", "H16.02").into_bytes();
    let verdict = published(verify(&package, &world.options));
    assert_eq!((codes(&verdict), verdict.outcome()), (vec!["gate.part-differs"], Outcome::Refused));
}

#[test]
fn a_signature_over_some_of_the_parts_or_in_another_order_is_refused() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let at = world.now().instant();
    let some = world.verify(&world.signed_anew(world.entries.clone(), at, |parts| drop(parts.remove(3))));
    assert_eq!((codes(&some), conclusion(&some).0, some.accepted), (vec!["gate.part-not-signed"], Indication::TotalPassed, false));
    let order = world.verify(&world.signed_anew(world.entries.clone(), at, |parts| parts.swap(1, 2)));
    assert_eq!((codes(&order), conclusion(&order).0, order.accepted), (vec!["gate.part-order"], Indication::TotalPassed, false));
}

#[test]
fn what_does_not_fit_together_is_not_sealed() {
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    let form = dossier::checked(now);
    let later = |seconds| Moment::new(now.instant().plus(seconds), Moment::VIETNAM);
    let sealed = |change: SealChange<'_>| {
        let (mut options, mut files) = (dossier::options(now), dossier::files());
        change(&mut options, &mut files);
        seal(&form, &options, &files).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(sealed(&|_, files| files.reverse()), Ok(()));
    assert_eq!(sealed(&|options, _| options.created_at = later(86_400)), Ok(()));
    let cases: [(SealChange<'_>, &str); 11] = [
        (&|options, _| options.audience.clear(), "seal.option"),
        (&|options, _| options.dossier.id = "a\u{202e}b".to_owned(), "seal.option"),
        (&|options, _| options.dossier.nonce = "guessable".to_owned(), "seal.option"),
        (&|options, _| options.created_at = later(-1), "seal.option"),
        (&|options, _| options.created_at = later(86_401), "seal.option"),
        (&|_, files| drop(files.pop()), "seal.attachment-missing"),
        (&|_, files| files.push(files[0].clone()), "seal.attachment-extra"),
        (&|_, files| files[0].file_name = "khác.pdf".to_owned(), "seal.attachment-missing"),
        (&|_, files| files[0].sha256 = Sha256::of(b""), "seal.attachment-changed"),
        (&|_, files| files[0].size += 1, "seal.attachment-changed"),
        (&|_, files| files[0].media_type = "image/png", "seal.attachment-media-type"),
    ];
    for (change, code) in cases {
        assert_eq!(sealed(change), Err(code));
    }
}

#[test]
fn who_may_not_sign_is_told_before_signing() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let sealed = dossier::sealed(world.now());
    let prepare = |chain: &[hoso::pki::Certificate], algorithm, at: Moment| {
        sealed.prepare(chain, algorithm, at.instant()).map(|_| ()).map_err(|error| error.code())
    };
    let chain = &world.signer.chain;
    assert_eq!(prepare(chain, SignatureAlgorithm::Es256, world.now()), Ok(()));
    assert_eq!(prepare(chain, SignatureAlgorithm::Ps256, world.now()), Err("signature.algorithm-does-not-fit"));
    assert_eq!(prepare(chain, SignatureAlgorithm::Es384, world.now()), Err("signature.algorithm-does-not-fit"));
    assert_eq!(prepare(&[], SignatureAlgorithm::Es256, world.now()), Err("signature.no-certificate"));
    assert_eq!(prepare(&chain[1..], SignatureAlgorithm::Es256, world.now()), Err("certificate.is-authority"));
    assert_eq!(prepare(chain, SignatureAlgorithm::Es256, world.later(400 * 86_400)), Err("certificate.expired"));
    assert_eq!(prepare(chain, SignatureAlgorithm::Es256, world.later(-86_400)), Err("certificate.not-yet-valid"));
    let login = world.authority.person("login", "ec", "login");
    assert_eq!(prepare(&login.chain, SignatureAlgorithm::Es256, world.now()), Err("certificate.not-for-signatures"));
}

#[test]
fn what_comes_back_from_a_device_is_verified() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let sealed = dossier::sealed(world.now());
    let prepared = sealed.prepare(&world.signer.chain, SignatureAlgorithm::Es256, world.now().instant()).unwrap();
    let message = prepared.to_be_signed().message();
    assert_eq!(prepared.to_be_signed().digest(), Sha256::of(message).bytes());
    let good = world.signer.key.sign(SignatureAlgorithm::Es256, message).unwrap();
    let other = world.authority.person("other", "ec", "signer").key.sign(SignatureAlgorithm::Es256, message).unwrap();
    let elsewhere = world.signer.key.sign(SignatureAlgorithm::Es256, b"another message").unwrap();
    for wrong in [&other[..], &elsewhere, &good[1..], &[]] {
        assert_eq!(prepared.attach(wrong).map(|_| ()), Err(SignError::Rejected));
    }
    assert!(prepared.attach(&good).is_ok());
}

#[test]
fn a_chain_in_any_order_is_carried_upwards() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let mut chain = world.signer.chain.clone();
    chain[1..].reverse();
    chain.push(world.authority.person("other", "ec", "signer").chain[0].clone());
    let parts = parts(&world.entries[..6]);
    let message = |chain: &[hoso::pki::Certificate]| {
        jades::prepare(&parts, chain, SignatureAlgorithm::Es256, world.now().instant()).unwrap().message().to_vec()
    };
    assert_eq!(message(&chain), message(&world.signer.chain));
}

#[test]
fn bytes_that_are_no_package_get_a_verdict_too() {
    let received = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    let error = dossier::read(b"%PDF-1.7").unwrap_err();
    assert_eq!(error, PackageError::NotAPackage);
    let verdict = published(Verdict::unreadable(&error, received, Language::En));
    assert_eq!((codes(&verdict), verdict.accepted, verdict.outcome()), (vec!["package.not-a-package"], false, Outcome::Refused));
    assert_eq!(SealError::ProcedureMissing.code(), "seal.procedure-missing");
}

#[test]
fn a_verdict_is_written_in_its_frozen_shape() {
    let world = World::new("ec", SignatureAlgorithm::Es256);
    let verdict = serde_json::to_value(world.verify(&world.entries)).unwrap();
    let keys = |value: &Json| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&verdict), "accepted gate receivedAt signatures submission validation");
    let signature = &verdict["signatures"][0];
    let members = "algorithm commitment format indication level reasons revocation signer signingTime subIndication";
    assert_eq!(keys(signature), members);
    assert_eq!(keys(&signature["signer"]), "issuer name notAfter notBefore personalId serial sha256 subject");
    assert_eq!(keys(&signature["revocation"][0]), "code nextUpdate status subject thisUpdate");
    assert_eq!(signature["indication"], json!("TOTAL-PASSED"));
    let mut changed = world.entries.clone();
    changed[3].1.push(b' ');
    let verdict = serde_json::to_value(world.verify(&changed)).unwrap();
    assert_eq!(verdict["signatures"][0]["subIndication"], json!("HASH_FAILURE"));
    assert_eq!(keys(&verdict["gate"][0]), "code message params part");
    assert_eq!(keys(&verdict["signatures"][0]["reasons"][0]), "code message params");
}

//! From a form to a verdict and back: what is accepted, and which signatures, certificates and parts are not.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail by a panic")]

#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/person.rs"]
mod person;
#[path = "support/world.rs"]
mod world;

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine};
use hoso::crypto::SignatureAlgorithm;
use hoso::digest::Sha256;
use hoso::pki::Policy;
use hoso::report::{Coded, Language};
use hoso::sign::verdict::{Indication, Status, SubIndication};
use hoso::sign::{SignError, jades};
use hoso::submission::{Attachment, Format, Outcome, PackageError, SealError, SealOptions, Verdict, seal};
use hoso::text::Moment;
use hoso::wire;
use person::{Authorities, LOGIN, SIGNER};
use serde_json::{Value as Json, json};
use world::{World, canonical_bytes, codes, conclusion, forged, holds, parts, published, refused_by};

/// A change to the signature's value.
type ValueChange<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;
/// A change to the signed header.
type HeaderChange<'a> = &'a dyn Fn(&mut Json);
/// A change to what is about to be sealed.
type SealChange<'a> = &'a dyn Fn(&mut SealOptions, &mut Vec<Attachment>);

#[test]
fn what_was_sealed_and_signed_is_accepted() {
    for (key, algorithm) in [
        ("ec:P-256", SignatureAlgorithm::Es256),
        ("ec:P-384", SignatureAlgorithm::Es384),
        ("rsa:2048", SignatureAlgorithm::Ps256),
        ("rsa:2048", SignatureAlgorithm::Ps384),
    ] {
        let world = World::signed_with(key, algorithm);
        let verdict = world.verify(&world.entries);
        assert_eq!(codes(&verdict), [""; 0], "{algorithm:?}");
        assert_eq!(conclusion(&verdict), (Indication::TotalPassed, None, vec![]), "{algorithm:?}");
        assert!(verdict.accepted && verdict.outcome == Outcome::Accepted);
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
    let world = World::new();
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
    let world = World::new();
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
    assert_eq!((codes(&verdict), verdict.outcome), (wrong.to_vec(), Outcome::Refused));
}

#[test]
fn parts_missing_added_or_renamed_are_refused() {
    let world = World::new();
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
    assert!(!verdict.accepted && verdict.outcome == Outcome::Refused);

    let mut renamed = world.entries.clone();
    renamed[5].0 = "att/02-khac.pdf".to_owned();
    let verdict = world.verify(&renamed);
    refused_by(&verdict, SubIndication::SignedDataNotFound, "signature.part-missing");
    assert_eq!(codes(&verdict), ["gate.part-not-signed", "gate.part-unlisted", "gate.part-missing"]);
}

#[test]
fn a_signature_value_that_is_not_of_the_key_is_refused() {
    let world = World::new();
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
        assert_eq!(verdict.outcome, Outcome::Refused);
    }
    let other = world.authorities.person("other", "ec:P-256", SIGNER);
    let mut entries = world.entries.clone();
    let file: Json = serde_json::from_slice(&entries[6].1).unwrap();
    let header = BASE64_URL_SAFE_NO_PAD.decode(file["protected"].as_str().unwrap()).unwrap();
    entries[6].1 = forged(&other, std::str::from_utf8(&header).unwrap());
    refused_by(&world.verify(&entries), SubIndication::SigCryptoFailure, "signature.wrong");
}

#[test]
fn a_header_that_is_not_the_frozen_one_is_refused_though_it_is_signed() {
    let world = World::new();
    let unchanged = world.header(|_| {});
    assert!(unchanged.accepted, "{:?}", unchanged.signatures);
    let root = BASE64_STANDARD.encode(world.options.anchors[0].der());
    let changes: [(HeaderChange<'_>, &str); 14] = [
        (&|header| header["alg"] = json!("none"), "jades.algorithm"),
        (&|header| header["alg"] = json!("HS256"), "jades.algorithm"),
        (&|header| header["alg"] = json!("RS384"), "jades.algorithm"),
        (&|header| header["b64"] = json!(true), "jades.header-member"),
        (&|header| header["crit"] = json!(["sigD"]), "jades.critical-missing"),
        (&|header| header["crit"] = json!(["b64", "sigD", "exp"]), "jades.critical"),
        (&|header| header["jwk"] = json!({}), "jades.header-member"),
        (&|header| header["etsiU"] = json!([]), "jades.header-member"),
        (&|header| drop(header.as_object_mut().unwrap().remove("iat")), "jades.header-member"),
        (&|header| header["sigD"]["pars"].as_array_mut().unwrap().truncate(3), "jades.parts-uneven"),
        (&|header| header["x5c"].as_array_mut().unwrap().reverse(), "jades.thumbprint"),
        (&|header| header["x5c"] = json!([]), "jades.certificates"),
        (&|header| header["x5c"].as_array_mut().unwrap().push(json!(root)), "jades.chain"),
        (&|header| header["x5c"] = json!([header["x5c"][0], header["x5c"][0]]), "jades.chain"),
    ];
    for (change, code) in changes {
        refused_by(&world.header(change), SubIndication::FormatFailure, code);
    }
    // An algorithm that exists, with a key of another kind.
    refused_by(
        &world.header(|header| header["alg"] = json!("RS256")),
        SubIndication::SigCryptoFailure,
        "crypto.algorithm-does-not-fit-key",
    );
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
    let world = World::new();
    let none = world.verify_with(|options| options.anchors.clear());
    refused_by(&none, SubIndication::NoCertificateChainFound, "path.no-anchors");
    let other = Authorities::new();
    let stranger = world.verify_with(|options| options.anchors = other.roots());
    // Same name, another key.
    assert_eq!(conclusion(&stranger).1, Some(SubIndication::NoCertificateChainFound));
    assert_eq!((stranger.accepted, stranger.outcome), (false, Outcome::Undetermined));
    let leaf = world.signer.chain[0].clone();
    let direct = world.verify_with(|options| options.anchors = vec![leaf]);
    refused_by(&direct, SubIndication::ChainConstraintsFailure, "path.signer-is-anchor");
    let without_hint = world.header(|header| header["x5c"].as_array_mut().unwrap().truncate(1));
    refused_by(&without_hint, SubIndication::NoCertificateChainFound, "path.issuer-not-found");
}

#[test]
fn certificates_out_of_their_time_or_use_do_not_pass() {
    let world = World::new();
    let expired = world.verify_with(|options| options.received = world.later(400 * 86_400));
    refused_by(&expired, SubIndication::OutOfBoundsNoPoe, "certificate.expired");
    let early = world.verify_with(|options| options.received = world.later(-2 * 3_600));
    refused_by(&early, SubIndication::NotYetValid, "certificate.not-yet-valid");
    let login = world.authorities.person("login", "ec:P-256", LOGIN);
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
    let world = World::new();
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
        assert!(verdict.outcome != Outcome::Refused, "{policy:?}");
    }
    let stale = world.verify_with(|options| options.received = world.later(40 * 86_400));
    refused_by(&stale, SubIndication::TryLater, "crl.stale");
}

#[test]
fn a_certificate_revoked_by_the_time_of_receipt_does_not_pass() {
    let world = World::new();
    world.authorities.revoke(&world.signer);
    for policy in [Policy::Require, Policy::IfAvailable] {
        let verdict = world.verify_with(|options| (options.revocation, options.crls) = (policy, world.authorities.crls()));
        refused_by(&verdict, SubIndication::RevokedNoPoe, "signature.revoked");
        assert_eq!(verdict.signatures[0].revocation[0].status, Status::Revoked);
    }
    // The revocation's date decides, not the list's.
    for (seconds, accepted) in [(-1, false), (0, false), (1, true), (365 * 86_400, true)] {
        world.authorities.date_revocations(world.later(seconds).instant().unix());
        let verdict = world.verify_with(|options| options.crls = world.authorities.crls());
        assert_eq!(verdict.accepted, accepted, "{seconds} s after the receipt: {:?}", verdict.signatures);
    }
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
    let world = World::new();
    let sealed = dossier::sealed(world.now());
    let prepare = |chain: &[hoso::pki::Certificate], algorithm, at: Moment| {
        sealed.prepare(Format::Jades, chain, algorithm, at.instant()).map(|_| ()).map_err(|error| error.code())
    };
    let chain = &world.signer.chain;
    assert_eq!(prepare(chain, SignatureAlgorithm::Es256, world.now()), Ok(()));
    assert_eq!(prepare(chain, SignatureAlgorithm::Ps256, world.now()), Err("signature.algorithm-does-not-fit"));
    assert_eq!(prepare(chain, SignatureAlgorithm::Es384, world.now()), Err("signature.algorithm-does-not-fit"));
    assert_eq!(prepare(&[], SignatureAlgorithm::Es256, world.now()), Err("signature.no-certificate"));
    assert_eq!(prepare(&chain[1..], SignatureAlgorithm::Es256, world.now()), Err("certificate.is-authority"));
    assert_eq!(prepare(chain, SignatureAlgorithm::Es256, world.later(400 * 86_400)), Err("certificate.expired"));
    assert_eq!(prepare(chain, SignatureAlgorithm::Es256, world.later(-86_400)), Err("certificate.not-yet-valid"));
    let login = world.authorities.person("login", "ec:P-256", LOGIN);
    assert_eq!(prepare(&login.chain, SignatureAlgorithm::Es256, world.now()), Err("certificate.not-for-signatures"));
}

#[test]
fn what_comes_back_from_a_device_is_verified() {
    let world = World::new();
    let sealed = dossier::sealed(world.now());
    let prepared = sealed.prepare(Format::Jades, &world.signer.chain, SignatureAlgorithm::Es256, world.now().instant()).unwrap();
    let message = prepared.to_be_signed().message();
    assert_eq!(prepared.to_be_signed().digest(), Sha256::of(message).bytes());
    let good = world.signer.key.sign(SignatureAlgorithm::Es256, message).unwrap();
    let other = world.authorities.person("other", "ec:P-256", SIGNER).key.sign(SignatureAlgorithm::Es256, message).unwrap();
    let elsewhere = world.signer.key.sign(SignatureAlgorithm::Es256, b"another message").unwrap();
    for wrong in [&other[..], &elsewhere, &good[1..], &[]] {
        assert_eq!(prepared.attach(wrong).map(|_| ()), Err(SignError::Rejected));
    }
    assert!(prepared.attach(&good).is_ok());
}

#[test]
fn a_chain_in_any_order_is_carried_upwards() {
    let world = World::new();
    let mut chain = world.signer.chain.clone();
    chain[1..].reverse();
    chain.push(world.authorities.person("other", "ec:P-256", SIGNER).chain[0].clone());
    let parts = parts(&world.entries[..6]);
    let message = |chain: &[hoso::pki::Certificate]| {
        jades::prepare(&parts, chain, SignatureAlgorithm::Es256, world.now().instant()).unwrap().to_be_signed().message().to_vec()
    };
    assert_eq!(message(&chain), message(&world.signer.chain));
}

#[test]
fn bytes_that_are_no_package_get_a_verdict_too() {
    let received = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    let error = dossier::read(b"%PDF-1.7").unwrap_err();
    assert_eq!(error, PackageError::NotAPackage);
    let verdict = published(Verdict::unreadable(&error, received, Language::En));
    assert_eq!((codes(&verdict), verdict.accepted, verdict.outcome), (vec!["package.not-a-package"], false, Outcome::Refused));
    assert_eq!(SealError::ProcedureMissing.code(), "seal.procedure-missing");
}

#[test]
fn a_verdict_is_written_in_its_frozen_shape() {
    let world = World::new();
    let verdict: Json = serde_json::from_str(&wire::line(&world.verify(&world.entries))).unwrap();
    let keys = |value: &Json| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&verdict), "accepted claims gate outcome receivedAt signatures submission validation");
    let signature = &verdict["signatures"][0];
    let members = "algorithm commitment counterSignatures format indication level provenTime reasons revocation signer signingTime subIndication \
                   timestamps";
    assert_eq!(keys(signature), members);
    assert_eq!(keys(&signature["signer"]), "issuer name notAfter notBefore personalId serial sha256 subject taxCode");
    assert_eq!(keys(&signature["revocation"][0]), "code nextUpdate status subject thisUpdate");
    assert_eq!(signature["indication"], json!("TOTAL-PASSED"));
    let mut changed = world.entries.clone();
    changed[3].1.push(b' ');
    let verdict: Json = serde_json::from_str(&wire::line(&world.verify(&changed))).unwrap();
    assert_eq!(verdict["signatures"][0]["subIndication"], json!("HASH_FAILURE"));
    assert_eq!(keys(&verdict["gate"][0]), "code message params part");
    assert_eq!(keys(&verdict["signatures"][0]["reasons"][0]), "code message params");
}

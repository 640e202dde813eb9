//! Attacks on signatures, each by itself and signed as well as the attacker can: tricks with headers and keys, attributes, certificates and times.
//! Those on containers are in `asic_attacks`, those on what is added after signing in `unsigned`; SECURITY.md lists all.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail by a panic")]

#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/person.rs"]
mod person;
#[path = "support/world.rs"]
mod world;

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine};
use hoso::asn1::{Known, Reader, Tag};
use hoso::cms::{self, SignedData};
use hoso::crypto::{HashAlgorithm, SignatureAlgorithm};
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::sign::Trust;
use hoso::sign::cades::{self, Content};
use hoso::sign::jades::{self, Given};
use hoso::sign::verdict::{SignatureVerdict, SubIndication};
use hoso::submission::{Outcome, verify};
use person::{Authorities, Person, SIGNER};
use serde_json::{Value as Json, json};
use world::{World, canonical_bytes, codes, conclusion, refused_by};

const ES256: SignatureAlgorithm = SignatureAlgorithm::Es256;
const CONTENT: &[u8] = b"a declaration";

fn trust(world: &World) -> Trust<'_> {
    let options = &world.options;
    let (anchors, crls, received) = (&options.anchors, &options.crls, options.received.instant());
    Trust { anchors, certificates: &[], crls, answers: &[], revocation: Policy::Require, received }
}

/// A JWS with this header by the signer, and what any reader of hoso's says of it.
fn jws(world: &World, header: &Json, sign: impl Fn(&[u8]) -> Vec<u8>) -> (Option<SubIndication>, Option<&'static str>) {
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let input = format!("{}.{}", encode(header.to_string().as_bytes()), encode(CONTENT));
    let file = format!("{input}.{}", encode(&sign(input.as_bytes())));
    let found = jades::verify_any(file.as_bytes(), &Given::default(), &trust(world), Language::En);
    let verdict = &found.signatures[0].verdict;
    (verdict.sub_indication, verdict.reasons.last().map(|reason| reason.code))
}

/// The header of a JWS that passes.
fn header(world: &World) -> Json {
    let chain = &world.signer.chain[..2];
    json!({
        "alg": "ES256",
        "iat": world.now().instant().unix(),
        "x5c": chain.iter().map(|certificate| BASE64_STANDARD.encode(certificate.der())).collect::<Vec<_>>(),
        "x5t#S256": BASE64_URL_SAFE_NO_PAD.encode(chain[0].sha256().bytes()),
    })
}

fn with(header: &Json, change: impl Fn(&mut Json)) -> Json {
    let mut changed = header.clone();
    change(&mut changed);
    changed
}

#[test]
fn an_algorithm_of_another_kind_of_key_or_none_is_refused() {
    let world = World::new();
    let sign = |message: &[u8]| world.signer.key.sign(ES256, message).unwrap();
    let sound = header(&world);
    assert_eq!(jws(&world, &sound, sign), (None, None));
    let (rsa, key) = (with(&sound, |header| header["alg"] = json!("RS256")), world.signer.chain[0].spki());
    assert_eq!(jws(&world, &rsa, sign).0, Some(SubIndication::SigCryptoFailure));
    // The public key as the secret of HMAC: what verifies by the header's word alone accepts it.
    let hmac = |message: &[u8]| ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key), message).as_ref().to_vec();
    for (name, value) in [("HS256", hmac(b"")), ("none", Vec::new()), ("None", Vec::new()), ("nOnE", Vec::new())] {
        let changed = with(&sound, |header| header["alg"] = json!(name));
        let made = |message: &[u8]| if name == "HS256" { hmac(message) } else { value.clone() };
        let (why, code) = jws(&world, &changed, made);
        assert!(why.is_some(), "{name} {code:?}");
        let own = world.header(|header| header["alg"] = json!(name));
        refused_by(&own, SubIndication::FormatFailure, "jades.algorithm");
    }
}

#[test]
fn a_key_in_the_header_is_not_believed() {
    let world = World::new();
    let attacker = Authorities::new().person("attacker", "ec:P-256", SIGNER);
    let point = &attacker.chain[0].spki()[27..];
    let (x, y) = (BASE64_URL_SAFE_NO_PAD.encode(&point[..32]), BASE64_URL_SAFE_NO_PAD.encode(&point[32..]));
    let jwk = json!({"kty": "EC", "crv": "P-256", "x": x, "y": y});
    let sign = |message: &[u8]| attacker.key.sign(ES256, message).unwrap();
    let sound = header(&world);
    for (name, value) in [("jwk", jwk), ("jku", json!("https://evil.example/keys")), ("x5u", json!("https://evil.example/cert"))] {
        // Beside the victim's certificate, and instead of it.
        let beside = with(&sound, |header| header[name] = value.clone());
        assert!(jws(&world, &beside, sign).0.is_some(), "{name}");
        let alone = json!({"alg": "ES256", "iat": sound["iat"], name: value});
        assert!(jws(&world, &alone, sign).0.is_some(), "{name}");
        refused_by(&world.header(|header| header[name] = value.clone()), SubIndication::FormatFailure, "jades.header-member");
    }
}

#[test]
fn what_is_critical_must_be_understood_there_signed_and_named_once() {
    let world = World::new();
    for (crit, code) in [
        (json!([]), "jades.critical-missing"),
        (json!(["b64", "b64", "sigD"]), "jades.critical"),
        (json!(["sigD", "b64", "alg"]), "jades.critical"),
        (json!(["b64", "sigD", "http://example.com/UNDEFINED"]), "jades.critical"),
        (json!(["sigD"]), "jades.critical-missing"),
    ] {
        let verdict = world.header(|header| header["crit"] = crit.clone());
        let (_, why, reasons) = conclusion(&verdict);
        assert_eq!(why, Some(SubIndication::FormatFailure), "{crit}");
        assert_eq!(reasons, [code], "{crit}");
    }
    // In the header that nobody signed.
    let verdict = world.file(|file| file["header"] = json!({"crit": ["b64", "sigD"]}));
    refused_by(&verdict, SubIndication::FormatFailure, "jades.member");
}

#[test]
fn a_name_that_stands_twice_is_refused_in_header_submission_and_form() {
    let world = World::new();
    let twice = |text: &str, name: &str| {
        let place = text.find(&format!("\"{name}\"")).unwrap();
        format!("{}\"{name}\":\"x\",{}", &text[..place], &text[place..])
    };
    let file: Json = serde_json::from_slice(&world.entries[6].1).unwrap();
    let own = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(file["protected"].as_str().unwrap()).unwrap()).unwrap();
    let mut entries = world.entries.clone();
    entries[6].1 = world::forged(&world.signer, &twice(&own, "alg"));
    let (_, why, _) = conclusion(&world.verify(&entries));
    assert_eq!(why, Some(SubIndication::FormatFailure));
    for (at, name, code) in [(0, "audience", "package.submission-unreadable"), (1, "owner", "gate.form-unreadable")] {
        let mut entries = world.entries.clone();
        let text = twice(&String::from_utf8(entries[at].1.clone()).unwrap(), name);
        let verdict = if at == 0 {
            entries[0].1 = text.into_bytes();
            world.verify(&world.signed_anew(entries, world.now().instant(), |_| {}))
        } else {
            world.resigned(|_, entries| entries[1].1 = text.into_bytes())
        };
        assert!(codes(&verdict).contains(&code) && verdict.outcome == Outcome::Refused, "{name}: {:?}", codes(&verdict));
    }
}

/// A signature taken apart: version, signer, digest, attributes, algorithm, value.
fn pieces(message: &[u8]) -> Vec<Vec<u8>> {
    let data = SignedData::read(message).unwrap();
    let mut reader = Reader::new(data.signers[0].raw);
    let (mut fields, mut found) = (reader.enter(Tag::SEQUENCE), Vec::new());
    while fields.more() {
        found.push(fields.any().raw().to_vec());
    }
    found
}

fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let mut out = vec![tag];
    match length {
        0..128 => out.push(length as u8),
        128..256 => out.extend([0x81, length as u8]),
        _ => out.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    out.extend(contents);
    out
}

/// The message put together again with these certificates.
fn together(pieces: &[Vec<u8>], held: Option<&[u8]>, certificates: &[Certificate]) -> Vec<u8> {
    cms::signed_data(Known::Data, held, certificates, HashAlgorithm::Sha256, &tlv(0x30, &pieces.concat()))
}

fn message(person: &Person, world: &World, content: &[u8]) -> Vec<u8> {
    let pending = cades::prepare(&Content::of(content), false, &person.chain, ES256, world.now().instant()).unwrap();
    pending.attach(&person.key.sign(ES256, pending.to_be_signed().message()).unwrap()).unwrap()
}

fn judged(world: &World, message: &[u8], content: Option<&[u8]>) -> SignatureVerdict {
    cades::verify(message, content.map(Content::of).as_ref(), &trust(world), Language::En).remove(0)
}

fn why(verdict: &SignatureVerdict) -> (Option<SubIndication>, Option<&'static str>) {
    (verdict.sub_indication, verdict.reasons.last().map(|reason| reason.code))
}

/// The attributes one by one.
fn attributes(pieces: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut reader = Reader::new(&pieces[3]);
    let element = reader.any();
    let (mut set, mut found) = (Reader::new(element.contents()), Vec::new());
    while set.more() {
        found.push(set.any().raw().to_vec());
    }
    found
}

#[test]
fn signed_attributes_out_of_order_or_twice_are_refused_though_they_are_signed() {
    let world = World::new();
    let sound = message(&world.signer, &world, CONTENT);
    let with = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut pieces = pieces(&sound);
        let mut attributes = attributes(&pieces);
        change(&mut attributes);
        let contents = attributes.concat();
        pieces[3] = tlv(0xa0, &contents);
        pieces[5] = tlv(0x04, &der(&world.signer.key.sign(ES256, &tlv(0x31, &contents)).unwrap()));
        judged(&world, &together(&pieces, None, &world.signer.chain[..2]), Some(CONTENT))
    };
    assert!(with(&|_| {}).passed());
    let malformed = Some(SubIndication::FormatFailure);
    assert_eq!(with(&|attributes| attributes.swap(0, 1)).sub_indication, malformed);
    assert_eq!(with(&|attributes| attributes.insert(0, attributes[0].clone())).sub_indication, malformed);
    // In order, of the same kind, with other contents: another digest beside the right one.
    let digest = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
    let second = |attributes: &mut Vec<Vec<u8>>| {
        let mut own = attributes.iter().find(|attribute| attribute[2..].starts_with(&digest)).unwrap().clone();
        *own.last_mut().unwrap() ^= 1;
        attributes.push(own);
        attributes.sort();
    };
    assert_eq!(with(&second).sub_indication, malformed);
    for kind in 3..=5 {
        // Without its kind of content (3), its digest (4) or its time (5).
        let verdict =
            with(&|attributes| attributes.retain(|attribute| attribute[12] != kind || !attribute[2..].starts_with(&digest[..10])));
        assert_eq!((verdict.passed(), verdict.level == Some("B-B")), (kind == 5, false), "{kind}");
    }
}

/// r and s as CMS has them.
fn der(fixed: &[u8]) -> Vec<u8> {
    let number = |bytes: &[u8]| {
        let start = bytes.iter().position(|byte| *byte != 0).unwrap();
        let sign: &[u8] = if bytes[start] >= 0x80 { &[0] } else { &[] };
        tlv(2, &[sign, &bytes[start..]].concat())
    };
    tlv(0x30, &[number(&fixed[..32]), number(&fixed[32..])].concat())
}

#[test]
fn signed_attributes_given_out_as_a_content_are_refused() {
    let world = World::new();
    let sound = message(&world.signer, &world, CONTENT);
    let mut pieces = pieces(&sound);
    // The signature is over the SET of attributes. Given out as a content without attributes, the value is right.
    let set = tlv(0x31, &attributes(&pieces).concat());
    pieces.remove(3);
    for held in [Some(set.as_slice()), None] {
        let verdict = judged(&world, &together(&pieces, held, &world.signer.chain[..2]), Some(&set));
        assert_eq!(why(&verdict), (Some(SubIndication::FormatFailure), Some("cms.no-signed-attributes")));
    }
}

#[test]
fn another_content_beside_a_detached_signature_is_refused() {
    let world = World::new();
    let sound = message(&world.signer, &world, CONTENT);
    assert!(judged(&world, &sound, Some(CONTENT)).passed());
    let other = judged(&world, &sound, Some(b"another declaration"));
    assert_eq!(why(&other), (Some(SubIndication::HashFailure), Some("signature.content-changed")));
    // Put inside, where the message is believed to hold it.
    let inside = together(&pieces(&sound), Some(b"another declaration"), &world.signer.chain[..2]);
    for beside in [None, Some(CONTENT)] {
        assert_eq!(why(&judged(&world, &inside, beside)), (Some(SubIndication::HashFailure), Some("signature.content-changed")));
    }
    let mut entries = world.entries.clone();
    entries[4].1 = b"%PDF-1.7 another".to_vec();
    refused_by(&world.verify(&entries), SubIndication::HashFailure, "signature.part-changed");
}

#[test]
fn a_second_certificate_for_the_same_key_does_not_stand_for_the_first() {
    let world = World::new();
    let sound = message(&world.signer, &world, CONTENT);
    let second = world.authorities.same_key(&world.signer);
    assert_eq!(second.spki(), world.signer.chain[0].spki());
    let chain = [&[second][..], &world.signer.chain[1..]].concat();
    // Who signed is named outside of what was signed; the certificate's digest is inside.
    let mut pieces = pieces(&sound);
    pieces[1] = tlv(0x30, &[chain[0].issuer().raw(), &tlv(2, chain[0].serial_bytes())].concat());
    let verdict = judged(&world, &together(&pieces, None, &chain[..2]), Some(CONTENT));
    assert_eq!(why(&verdict), (Some(SubIndication::SigCryptoFailure), Some("signature.certificate-differs")));
    let file: Json = serde_json::from_slice(&world.entries[6].1).unwrap();
    let own = BASE64_URL_SAFE_NO_PAD.decode(file["protected"].as_str().unwrap()).unwrap();
    let mut header: Json = serde_json::from_slice(&own).unwrap();
    header["x5c"][0] = json!(BASE64_STANDARD.encode(chain[0].der()));
    let exchanged = |header: &Json| {
        let protected = BASE64_URL_SAFE_NO_PAD.encode(canonical_bytes(&header.to_string()));
        world.file(|file| file["protected"] = json!(protected))
    };
    refused_by(&exchanged(&header), SubIndication::FormatFailure, "jades.thumbprint");
    header["x5t#S256"] = json!(BASE64_URL_SAFE_NO_PAD.encode(chain[0].sha256().bytes()));
    refused_by(&exchanged(&header), SubIndication::SigCryptoFailure, "signature.wrong");
}

#[test]
fn an_attackers_own_root_in_the_chain_is_not_believed() {
    let world = World::new();
    let theirs = Authorities::new();
    let attacker = theirs.person("attacker", "ec:P-256", SIGNER);
    let signed = message(&attacker, &world, CONTENT);
    for count in [2, 3] {
        let verdict = judged(&world, &together(&pieces(&signed), None, &attacker.chain[..count]), Some(CONTENT));
        assert_eq!(verdict.sub_indication, Some(SubIndication::NoCertificateChainFound));
        let mut header = header(&world);
        let chain: Vec<_> = attacker.chain[..count].iter().map(|certificate| BASE64_STANDARD.encode(certificate.der())).collect();
        header["x5c"] = json!(chain);
        header["x5t#S256"] = json!(BASE64_URL_SAFE_NO_PAD.encode(attacker.chain[0].sha256().bytes()));
        let (why, _) = jws(&world, &header, |message| attacker.key.sign(ES256, message).unwrap());
        assert_eq!(why, Some(SubIndication::NoCertificateChainFound));
    }
}

#[test]
fn a_claimed_time_before_the_revocation_does_not_help() {
    let world = World::new();
    world.authorities.revoke(&world.signer);
    world.authorities.date_revocations(world.later(-60).instant().unix());
    let lists = world.authorities.crls();
    // The key was stolen; the thief says that the signature is an hour older than the revocation.
    let entries = world.signed_anew(world.entries.clone(), world.later(-3_600).instant(), |_| {});
    let mut options = world.options.clone();
    options.crls = lists;
    let verdict = verify(&dossier::read(&world::zip(&entries)).unwrap(), &options);
    assert_eq!((verdict.signatures[0].sub_indication, verdict.accepted), (Some(SubIndication::RevokedNoPoe), false));
}

#[test]
fn a_moment_chosen_to_be_before_a_deadline_is_refused() {
    let world = World::new();
    let day = 86_400;
    let mut entries = world.entries.clone();
    let mut submission: Json = serde_json::from_slice(&entries[0].1).unwrap();
    for name in ["now", "createdAt"] {
        let place = if name == "now" { &mut submission["verdict"]["now"] } else { &mut submission["createdAt"] };
        *place = json!(world.later(-2 * day).to_string());
    }
    entries[0].1 = canonical_bytes(&submission.to_string());
    let verdict = world.verify(&world.signed_anew(entries, world.now().instant(), |_| {}));
    assert_eq!((codes(&verdict), verdict.outcome), (vec!["gate.sealed-long-ago"], Outcome::Refused));
}

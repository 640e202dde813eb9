//! The gate: packages that are signed well and still say what does not fit together, or not to this portal.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/person.rs"]
mod person;
#[path = "support/world.rs"]
mod world;

use hoso::crypto::SignatureAlgorithm;
use hoso::digest::Sha256;
use hoso::form::Form;
use hoso::json::Document;
use hoso::report::Language;
use hoso::schema::{Options, Schema, code_list_digest};
use hoso::sign::Part;
use hoso::sign::verdict::{Indication, SubIndication};
use hoso::submission::{Outcome, Verdict, seal, verify};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use world::{Entries, World, canonical_bytes, codes, conclusion, published, refused_by, zip};

/// A change to the manifest or to another entry, before the package is signed.
type PackageChange<'a> = &'a dyn Fn(&mut Json, &mut Entries);

#[test]
fn a_signed_package_that_contradicts_itself_or_the_portal_is_refused() {
    let world = World::new();
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
        let unread = ["package.submission", "gate.not-canonical", "gate.form-unreadable", "gate.schema-unusable", "gate.input-missing"];
        let readable = !unread.contains(&expected[0]);
        assert_eq!(verdict.validation.is_some(), readable, "{expected:?}");
        let outcome = if expected == ["gate.input-missing"] { Outcome::Undetermined } else { Outcome::Refused };
        assert_eq!((verdict.accepted, verdict.outcome), (false, outcome), "{expected:?}");
    }
}

#[test]
fn data_that_is_not_valid_is_refused_though_it_is_signed() {
    let world = World::new();
    let verdict = world.resigned(|submission, entries| {
        let text = String::from_utf8(entries[1].1.clone()).unwrap();
        entries[1].1 = text.replace("150000000", "0").into_bytes();
        // Of another renderer, so that only the data speaks against it.
        submission["engine"]["renderer"] = json!("0");
    });
    assert_eq!(codes(&verdict), ["gate.view-not-compared"]);
    let report = verdict.validation.as_ref().unwrap();
    assert_eq!((report.valid, report.issues[0].path.as_str()), (false, "/capital"));
    assert!(!verdict.accepted && verdict.outcome == Outcome::Refused);
}

/// The code lists of a portal.
fn lists(label: &str) -> Document {
    let list = r#"{"title": {"vi": "Tỉnh"}, "source": "S", "date": "2025-07-01", "codes": [{"code": "31", "label": {"vi": "LABEL"}}]}"#;
    let list = list.replace("LABEL", label);
    Document::read(format!(r#"{{"provinces": {list}, "unused": {list}}}"#)).unwrap()
}

/// The entries of a dossier whose form chose a code, changed before they were signed.
fn with_code_list(world: &World, change: impl FnOnce(&mut Json)) -> Entries {
    let rules = dossier::SCHEMA.replacen(r#""properties": {"#, r#""properties": {"province": {"x-options": "provinces"}, "#, 1);
    let given = lists("Hải Phòng");
    let schema = Schema::compile(rules, &Options { code_lists: Some(&given), ..Options::default() }).unwrap();
    let data = Document::read(r#"{"owner": "Nguyễn Văn Mẫu", "capital": 1, "province": "31"}"#).unwrap();
    let form = Form::open(Arc::new(schema), data).check(world.now(), Language::Vi).unwrap();
    let sealed = seal(&form, &dossier::options(world.now()), &[]).unwrap();
    assert!(sealed.document("view.html").unwrap().contains("<bdi>Hải Phòng</bdi>"));
    let signed = dossier::sign(&sealed, &world.signer, SignatureAlgorithm::Es256, world.now().instant());
    let package = dossier::read(&dossier::bytes(&signed)).unwrap();
    let mut submission: Json = serde_json::from_slice(&package.submission).unwrap();
    let digest = code_list_digest(given.root().member("provinces").unwrap());
    assert_eq!(submission["inputs"], json!([{"kind": "code-list", "name": "provinces", "sha256": digest.to_string()}]));
    change(&mut submission);
    let documents = [canonical_bytes(&submission.to_string()), package.form, package.schema, package.view, Vec::new()];
    let names = ["submission.json", "form.json", "schema.json", "view.html", ""];
    world.signed_anew(names.map(str::to_owned).into_iter().zip(documents).collect(), world.now().instant(), |_| {})
}

#[test]
fn a_form_of_code_lists_is_verified_with_those_very_lists() {
    let world = World::new();
    let verdict = |entries: &Entries, given: Option<Document>| -> Verdict {
        let mut options = world.options.clone();
        options.code_lists = given;
        published(verify(&dossier::read(&zip(entries)).unwrap(), &options))
    };
    let entries = with_code_list(&world, |_| {});
    assert!(verdict(&entries, Some(lists("Hải Phòng"))).accepted);
    for given in [None, Some(Document::read("{}").unwrap()), Some(lists("Hà Nội")), Some(Document::read(r#"{"provinces": 1}"#).unwrap())]
    {
        let verdict = verdict(&entries, given);
        assert_eq!(
            (codes(&verdict), verdict.outcome, verdict.validation.is_none()),
            (vec!["gate.input-missing"], Outcome::Undetermined, true)
        );
    }
    // Whoever leaves the list out, or names one that the form does not use, is found out.
    let given = || Some(lists("Hải Phòng"));
    let left_out = verdict(&with_code_list(&world, |submission| submission["inputs"] = json!([])), given());
    assert_eq!((codes(&left_out), left_out.outcome), (vec!["gate.inputs-differ"], Outcome::Refused));
    let more = with_code_list(&world, |submission| {
        let mut unused = submission["inputs"][0].clone();
        unused["name"] = json!("unused");
        submission["inputs"].as_array_mut().unwrap().push(unused);
    });
    assert_eq!((codes(&verdict(&more, given())), verdict(&more, given()).outcome), (vec!["gate.inputs-differ"], Outcome::Refused));
    let none = verdict(&with_code_list(&world, |submission| submission["inputs"] = json!([])), None);
    assert_eq!((codes(&none), none.outcome), (vec!["gate.schema-unusable"], Outcome::Refused));
}

/// The entries of a dossier whose form holds answers of databases, changed before they were signed.
fn with_lookups(world: &World, change: impl FnOnce(&mut Json)) -> Entries {
    let check = r#"{"type": "object", "x-lookup": true, "additionalProperties": false}"#;
    let rules =
        format!(r#""properties": {{"check": {check}, "rows": {{"items": {{"type": "object", "properties": {{"found": {check}}}}}}}, "#);
    let schema = Schema::compile(dossier::SCHEMA.replacen(r#""properties": {"#, &rules, 1), &Options::default()).unwrap();
    let data = r#"{"owner": "Nguyễn Văn Mẫu", "capital": 1, "rows": [{}, {"found": {"status": "unavailable"}}],
        "check": {"status": "match", "source": "Cơ sở dữ liệu quốc gia về dân cư", "at": "2026-11-24T09:00:00+07:00", "facts": {"n": 1}}}"#;
    let form = Form::open(Arc::new(schema), Document::read(data).unwrap()).check(world.now(), Language::Vi).unwrap();
    let sealed = seal(&form, &dossier::options(world.now()), &[]).unwrap();
    assert!(sealed.document("view.html").unwrap().contains("Khớp với Cơ sở dữ liệu quốc gia về dân cư, lúc 09:00:00 ngày 24/11/2026"));
    let signed = dossier::sign(&sealed, &world.signer, SignatureAlgorithm::Es256, world.now().instant());
    let package = dossier::read(&dossier::bytes(&signed)).unwrap();
    let mut submission: Json = serde_json::from_slice(&package.submission).unwrap();
    let digest = |text: &str| Sha256::of(&canonical_bytes(text)).to_string();
    let (check, found) = (serde_json::from_slice::<Json>(&package.form).unwrap()["check"].to_string(), r#"{"status":"unavailable"}"#);
    let inputs = json!([{"kind": "lookup", "name": "/check", "sha256": digest(&check)}, {"kind": "lookup", "name": "/rows/1/found", "sha256": digest(found)}]);
    assert_eq!(submission["inputs"], inputs);
    change(&mut submission);
    let documents = [canonical_bytes(&submission.to_string()), package.form, package.schema, package.view, Vec::new()];
    let names = ["submission.json", "form.json", "schema.json", "view.html", ""];
    world.signed_anew(names.map(str::to_owned).into_iter().zip(documents).collect(), world.now().instant(), |_| {})
}

#[test]
fn what_databases_answered_is_listed_for_who_asks_again() {
    let world = World::new();
    let verdict = |change: &dyn Fn(&mut Json)| {
        let entries = with_lookups(&world, change);
        published(verify(&dossier::read(&zip(&entries)).unwrap(), &world.options))
    };
    let accepted = verdict(&|_| {});
    assert!(accepted.accepted, "{:?}", accepted.gate);
    let claims: Vec<_> = accepted.claims.iter().map(|claim| (claim.path.as_str(), &*claim.status, claim.source.as_deref())).collect();
    assert_eq!(claims, [("/check", "match", Some("Cơ sở dữ liệu quốc gia về dân cư")), ("/rows/1/found", "unavailable", None)]);
    // Whoever leaves one out, changes it or adds one is found out.
    for change in [
        (&|submission: &mut Json| submission["inputs"] = json!([])) as &dyn Fn(&mut Json),
        &|submission| submission["inputs"][0]["name"] = json!("/other"),
        &|submission| submission["inputs"][0]["sha256"] = json!(Sha256::of(b"").to_string()),
        &|submission| submission["inputs"].as_array_mut().unwrap().reverse(),
        &|submission| {
            let mut one = submission["inputs"][0].clone();
            one["name"] = json!("/other");
            submission["inputs"].as_array_mut().unwrap().push(one);
        },
    ] {
        let verdict = verdict(change);
        assert_eq!((codes(&verdict), verdict.outcome), (vec!["gate.inputs-differ"], Outcome::Refused));
    }
}

#[test]
fn a_schema_off_the_portals_list_is_refused() {
    let world = World::new();
    let own = Sha256::of(&world.entries[2].1);
    assert!(world.verify_with(|options| options.schemas = Some(vec![own])).accepted);
    for schemas in [vec![], vec![Sha256::of(b"")]] {
        let verdict = world.verify_with(|options| options.schemas = Some(schemas));
        assert_eq!((codes(&verdict), verdict.accepted), (vec!["gate.schema-not-allowed"], false));
    }
}

#[test]
fn a_reading_copy_of_another_renderer_leaves_the_package_undetermined() {
    let world = World::new();
    let verdict = world.resigned(|submission, entries| {
        submission["engine"]["renderer"] = json!("0");
        entries[3].1 = b"<p>".to_vec();
    });
    assert_eq!((codes(&verdict), verdict.outcome), (vec!["gate.view-not-compared"], Outcome::Undetermined));
}

#[test]
fn times_that_do_not_fit_are_refused() {
    let world = World::new();
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
fn a_signature_over_some_of_the_parts_or_in_another_order_is_refused() {
    let world = World::new();
    let at = world.now().instant();
    let some = world.verify(&world.signed_anew(world.entries.clone(), at, |parts| drop(parts.remove(3))));
    assert_eq!((codes(&some), conclusion(&some).0, some.accepted), (vec!["gate.part-not-signed"], Indication::TotalPassed, false));
    let order = world.verify(&world.signed_anew(world.entries.clone(), at, |parts| parts.swap(1, 2)));
    assert_eq!((codes(&order), conclusion(&order).0, order.accepted), (vec!["gate.part-order"], Indication::TotalPassed, false));
}

#[test]
fn a_claimed_time_beyond_every_calendar_is_refused_like_any_that_is_ahead() {
    let world = World::new();
    for issued in [i64::MAX, i64::MAX - 25_200, 253_402_300_800] {
        let verdict = world.header(|header| header["iat"] = json!(issued));
        assert_eq!((codes(&verdict), verdict.outcome), (vec!["gate.signed-ahead"], Outcome::Refused), "{issued}");
    }
}

#[test]
fn a_signed_part_that_no_package_holds_is_refused() {
    let world = World::new();
    let digest = Sha256::of(b"elsewhere");
    let more = |parts: &mut Vec<Part>| parts.push(Part { name: "att/03-c.pdf".to_owned(), size: 9, sha256: digest });
    let verdict = world.verify(&world.signed_anew(world.entries.clone(), world.now().instant(), more));
    refused_by(&verdict, SubIndication::SignedDataNotFound, "signature.part-missing");
    assert_eq!((codes(&verdict), verdict.outcome), (vec!["gate.part-missing"], Outcome::Refused));
}

#[test]
fn documents_exchanged_after_the_package_was_read_are_refused() {
    let world = World::new();
    let mut package = dossier::read(&zip(&world.entries)).unwrap();
    let text = String::from_utf8(package.submission).unwrap();
    assert!(text.contains("H16.01"));
    package.submission = text.replace("H16.01", "H16.02").into_bytes();
    let verdict = published(verify(&package, &world.options));
    assert_eq!((codes(&verdict), verdict.outcome), (vec!["gate.part-differs"], Outcome::Refused));
}

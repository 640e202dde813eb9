//! Containers of signed files: what is made passes, here and at others; what others make passes here.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

#[path = "support/asic_world.rs"]
mod asic_world;
#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/judges.rs"]
mod judges;
#[path = "support/person.rs"]
mod person;
#[path = "support/raw_zip.rs"]
mod raw_zip;

use asic_world::{ASICE, ASICS, FILES, MANIFEST, SIGNATURE, World, manifest, whys};
use hoso::crypto::SignatureAlgorithm;
use hoso::pki::Policy;
use hoso::report::{Coded, Language};
use hoso::sign::asic::{self, AsicError, File};
use hoso::sign::verdict::{Indication, SubIndication};
use hoso::submission::{Format, Outcome, VerifyOptions, verify};
use hoso::text::Moment;
use hoso::zip::Archive;
use person::SIGNER;
use raw_zip::{Raw, zip};
use std::path::PathBuf;
use std::process::Command;

#[test]
fn what_is_signed_passes_and_covers_every_file() {
    let world = World::new();
    let container = world.container();
    assert_eq!(&container[30..38 + ASICE.len()], format!("mimetype{ASICE}").as_bytes());
    let verdict = world.verify(&container);
    assert!(verdict.accepted() && !verdict.refused(), "{verdict:?}");
    assert_eq!((verdict.media_type, verdict.signatures.len()), (Some(ASICE), 1));
    let signature = &verdict.signatures[0];
    assert_eq!((signature.file.as_str(), signature.manifest.as_deref()), (SIGNATURE, Some(MANIFEST)));
    assert_eq!(signature.covers, FILES.map(|file| file.name));
    assert_eq!(signature.verdict.format, "asice");
    let names: Vec<_> = Archive::read(&container).unwrap().into_members().into_iter().map(|member| member.name).collect();
    assert_eq!(names, ["mimetype", FILES[0].name, FILES[1].name, MANIFEST, SIGNATURE]);
}

#[test]
fn the_same_files_and_signature_give_the_same_bytes() {
    let world = World::new();
    let pending = || asic::prepare(&FILES, &world.signer.chain, SignatureAlgorithm::Es256, world.now).unwrap();
    let value = world.signer.key.sign(SignatureAlgorithm::Es256, pending().to_be_signed().message()).unwrap();
    assert_eq!(pending().attach(&value).unwrap(), pending().attach(&value).unwrap());
}

#[test]
fn who_signs_beside_signs_the_same_files() {
    let world = World::new();
    let (first, husband) = (world.container(), world.authorities.person("husband", "rsa:2048", SIGNER));
    let pending = asic::prepare_beside(&first, &husband.chain, SignatureAlgorithm::Ps256, world.now).unwrap();
    let value = husband.key.sign(SignatureAlgorithm::Ps256, pending.to_be_signed().message()).unwrap();
    let both = pending.attach(&value).unwrap();
    let verdict = world.verify(&both);
    assert!(verdict.accepted() && verdict.signatures.len() == 2, "{verdict:?}");
    assert!(verdict.signatures.iter().all(|signature| signature.covers == FILES.map(|file| file.name)));
    let (before, after) = (Archive::read(&first).unwrap(), Archive::read(&both).unwrap());
    for member in before.members().iter().filter(|member| member.name != SIGNATURE) {
        assert_eq!(after.content(&member.name), Some(&*member.content));
    }
}

#[test]
fn what_others_did_not_sign_so_is_not_signed_beside_them() {
    let world = World::new();
    let files: [(&str, &[u8]); 2] = [("a.txt", b"one"), ("b.txt", b"two")];
    let code = |change: &dyn Fn(&mut Vec<Raw>)| {
        let mut entries = world.entries(&files);
        change(&mut entries);
        let found = asic::prepare_beside(&zip(&entries), &world.signer.chain, SignatureAlgorithm::Es256, world.now).map(|_| "");
        found.unwrap_or_else(|error| error.code())
    };
    assert_eq!(code(&|_| {}), "");
    assert_eq!(code(&|entries| entries[1] = Raw::stored("a.txt", b"evil")), "asic.differs");
    assert_eq!(code(&|entries| drop(entries.remove(1))), "asic.differs");
    assert_eq!(code(&|entries| entries.insert(1, Raw::stored("c.txt", b"three"))), "asic.uncovered");
    assert_eq!(code(&|entries| entries[0] = Raw::stored("mimetype", ASICS.as_bytes())), "asic.data-objects");
    assert_eq!(code(&|entries| entries[0] = Raw::stored("mimetype", b"application/zip")), "asic.mimetype");
    assert_eq!(code(&|entries| entries.push(Raw::stored("META-INF/signature002.p7s", b"x"))), "asic.one-message");
    assert_eq!(code(&|entries| entries.push(Raw::stored("META-INF/signatures.xml", b"x"))), "asic.one-message");
    assert_eq!(code(&|entries| entries.push(Raw::stored("META-INF/ASiCArchiveManifest.xml", b"x"))), "asic.one-message");
    assert_eq!(code(&|entries| drop(entries.remove(3))), "asic.signature-unreferenced");
    assert_eq!(code(&|entries| drop(entries.remove(4))), "asic.signature-missing");
}

#[test]
fn files_that_cannot_stand_in_a_container_are_not_signed() {
    let world = World::new();
    let code = |files: &[File<'_>]| {
        let found = asic::prepare(files, &world.signer.chain, SignatureAlgorithm::Es256, world.now);
        found.map_or_else(|error| error.code(), |_| "")
    };
    let file = |name| File { name, media_type: "a/b", bytes: b"x" };
    assert_eq!(code(&[]), "asic.nothing-to-sign");
    for name in ["", "/a", "../a", "a\\b", "a\u{202e}b", "To\u{302}", "a\nb"] {
        assert_eq!(code(&[file(name)]), "asic.file", "{name:?}");
    }
    for name in ["mimetype", "MimeType", "META-INF/a", "meta-inf/a", "META-INF"] {
        assert_eq!(code(&[file(name)]), "zip.collision", "{name:?}");
    }
    assert_eq!(code(&[file("a"), file("A")]), "zip.collision");
    assert_eq!(code(&[File { media_type: "a\u{1}", ..file("a") }]), "asic.file");
    let stranger = asic::prepare_beside(b"", &world.signer.chain, SignatureAlgorithm::Es256, world.now);
    assert!(matches!(stranger, Err(AsicError::Zip(_))));
}

/// A file that judges are to read.
fn kept(name: &str, bytes: &[u8]) -> PathBuf {
    let file = person::temporary::folder(&format!("asic-{name}")).join(name);
    std::fs::write(&file, bytes).unwrap();
    file
}

#[test]
fn others_read_the_container_and_take_the_signature() {
    let world = World::new();
    let container = world.container();
    let file = kept("ours.asice", &container);
    let tested = Command::new("unzip").arg("-t").arg(&file).output().unwrap();
    assert!(tested.status.success() && tested.stderr.is_empty(), "{}", String::from_utf8_lossy(&tested.stdout));
    let script =
        "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print([i.filename for i in z.infolist()])";
    let python = Command::new("python3").args(["-c", script]).arg(&file).output().unwrap();
    let names = format!("['mimetype', '{}', '{}', '{MANIFEST}', '{SIGNATURE}']\n", FILES[0].name, FILES[1].name);
    assert_eq!(String::from_utf8_lossy(&python.stdout), names, "{}", String::from_utf8_lossy(&python.stderr));

    let archive = Archive::read(&container).unwrap();
    let pem = pem::encode(&pem::Pem::new("CERTIFICATE", world.anchors[0].der()));
    let manifest = archive.content(MANIFEST).unwrap();
    let openssl = |content: &[u8]| {
        let mut command = Command::new("openssl");
        command.args(["cms", "-verify", "-cades", "-purpose", "any", "-binary", "-inform", "DER", "-out", "/dev/null", "-in"]);
        command.arg(kept("m.p7s", archive.content(SIGNATURE).unwrap())).arg("-CAfile").arg(kept("root.pem", pem.as_bytes()));
        command.arg("-content").arg(kept("manifest.xml", content)).arg("-attime").arg(world.now.unix().to_string());
        command.output().unwrap().status.success()
    };
    assert!(openssl(manifest));
    assert!(!openssl(&manifest[1..]));
}

#[test]
fn the_judge_of_containers_takes_ours() {
    let world = World::new();
    let file = kept("judged.asice", &world.container());
    let root = kept("judged.pem", pem::encode(&pem::Pem::new("CERTIFICATE", world.anchors[0].der())).as_bytes());
    let chain = kept("chain.pem", pem::encode(&pem::Pem::new("CERTIFICATE", world.signer.chain[1].der())).as_bytes());
    let words = [("file", file), ("root", root), ("chain", chain)].map(|(name, path)| format!("{name}={}", path.display()));
    let question = format!("asic\t{}\tat={}\n", words.join("\t"), world.now.unix());
    let facts = judges::facts(judges::python("asic-shape.py"), question);
    assert!(facts.len() == 1 && facts[0].accepted, "{facts:?}");
}

#[test]
fn containers_of_others_pass_compressed_streamed_and_with_folders() {
    let world = World::new();
    let files: [(&str, &[u8]); 2] = [("a.txt", b"one"), ("Thu muc/b.txt", b"two")];
    let plain = world.entries(&files);
    assert!(world.verify(&zip(&plain)).accepted(), "{:?}", world.verify(&zip(&plain)));
    for signature in [true, false] {
        let mut streamed = plain.clone();
        for raw in streamed.iter_mut().skip(1) {
            *raw = raw.clone().streamed(signature);
        }
        assert!(world.verify(&zip(&streamed)).accepted(), "{:?}", world.verify(&zip(&streamed)));
    }
    let mut folders = plain.clone();
    folders.insert(2, Raw::stored("Thu muc/", b""));
    folders.insert(4, Raw { attributes: 0o40755 << 16 | 0x10, ..Raw::stored("META-INF/", b"") });
    assert!(world.verify(&zip(&folders)).accepted(), "{:?}", world.verify(&zip(&folders)));
    let mut dated = plain;
    for raw in dated.iter_mut().skip(1) {
        raw.local.extra = b"UT\x09\0\x03aaaabbbbux\x0b\0\x01\x04aaaa\x04bbbb".to_vec();
        raw.central.extra = b"UT\x05\0\x03aaaa".to_vec();
        raw.attributes = 0o100_644 << 16;
    }
    assert!(world.verify(&zip(&dated)).accepted(), "{:?}", world.verify(&zip(&dated)));
}

#[test]
fn each_signature_of_a_container_covers_what_its_manifest_names() {
    let world = World::new();
    let files: [(&str, &[u8]); 2] = [("a.txt", b"one"), ("b.txt", b"two")];
    let mut entries = world.entries(&files);
    let second = manifest("META-INF/signature002.p7s", &files[..1]);
    entries.push(Raw::deflated("META-INF/ASiCManifest002.xml", &second));
    entries.push(Raw::deflated("META-INF/signature002.p7s", &world.sign(&second)));
    entries.push(Raw::deflated("META-INF/ASiCArchiveManifest.xml", b"not looked at"));
    entries.push(Raw::deflated("META-INF/timestamp.tst", b"nor this"));
    let verdict = world.verify(&zip(&entries));
    assert!(verdict.accepted(), "{verdict:?}");
    let covers: Vec<_> = verdict.signatures.iter().map(|signature| signature.covers.join(" ")).collect();
    assert_eq!(covers, ["a.txt b.txt", "a.txt"]);
    assert_eq!(verdict.passed_over, ["META-INF/ASiCArchiveManifest.xml", "META-INF/timestamp.tst"]);
}

#[test]
fn a_simple_container_holds_one_file_and_its_signature() {
    let world = World::new();
    let simple = |data: &[(&str, &[u8])], signatures: &[(&str, &[u8])]| {
        let mut entries = vec![Raw::stored("mimetype", ASICS.as_bytes())];
        entries.extend(data.iter().chain(signatures).map(|(name, content)| Raw::deflated(name, content)));
        world.verify(&zip(&entries))
    };
    let signature = world.sign(b"one");
    let verdict = simple(&[("a.txt", b"one")], &[("META-INF/signature.p7s", &signature)]);
    assert!(verdict.accepted(), "{verdict:?}");
    let found = &verdict.signatures[0];
    assert_eq!((found.verdict.format, found.covers.as_slice(), &found.manifest), ("asics", &["a.txt".to_owned()][..], &None));

    let changed = simple(&[("a.txt", b"two")], &[("META-INF/signature.p7s", &signature)]);
    assert_eq!(whys(&changed), [(Some(SubIndication::HashFailure), Some("signature.content-changed"))]);
    let more = simple(&[("a.txt", b"one"), ("b.txt", b"two")], &[("META-INF/signature.p7s", &signature)]);
    assert!(more.refused() && more.issues[0].code == "asic.data-objects" && more.uncovered == ["a.txt", "b.txt"], "{more:?}");
    let unsigned = simple(&[("a.txt", b"one")], &[]);
    assert_eq!(unsigned.issues.iter().map(|issue| issue.code).collect::<Vec<_>>(), ["asic.no-signature", "asic.uncovered"]);
}

#[test]
fn a_signature_in_xades_is_undetermined_not_refuted() {
    let world = World::new();
    let mut entries = vec![Raw::stored("mimetype", ASICE.as_bytes()), Raw::deflated("a.txt", b"one")];
    entries.push(Raw::deflated("META-INF/signatures0.xml", b"<x/>"));
    entries.push(Raw::deflated("META-INF/manifest.xml", b"<x/>"));
    let verdict = world.verify(&zip(&entries));
    assert_eq!(whys(&verdict), [(Some(SubIndication::SigConstraintsFailure), Some("asic.unsupported"))]);
    assert_eq!(verdict.signatures[0].verdict.indication, Indication::Indeterminate);
    assert!(!verdict.accepted() && !verdict.refused());
}

#[test]
fn a_dossier_is_accepted_in_every_format() {
    let world = World::new();
    let now = Moment::new(world.now, Moment::VIETNAM);
    let options = options(&world, now);
    for format in Format::ALL {
        let sealed = dossier::sealed(now);
        let signed = dossier::sign_as(format, &sealed, &world.signer, SignatureAlgorithm::Es256, now.instant());
        assert_eq!(signed.format(), format);
        let bytes = dossier::bytes(&signed);
        let package = dossier::read(&bytes).unwrap();
        assert_eq!((package.format, package.parts.as_slice(), package.signature.as_slice()), (format, sealed.parts(), signed.signature()));
        let verdict = verify(&package, &options);
        assert_eq!(verdict.outcome, Outcome::Accepted, "{verdict:?}");
        assert_eq!(verdict.signatures[0].format, format.name());
        let names: Vec<_> = Archive::read(&bytes).unwrap().into_members().into_iter().map(|member| member.name).collect();
        assert_eq!(names.last().map(String::as_str), Some(format.signature()));
        assert_eq!(names[0] == "mimetype", format == Format::Asice);
        assert_eq!(Format::from_name(format.name()), Some(format));
    }
}

#[test]
fn a_dossier_in_a_container_is_a_container_to_everybody() {
    let world = World::new();
    let now = Moment::new(world.now, Moment::VIETNAM);
    let signed = dossier::sign_as(Format::Asice, &dossier::sealed(now), &world.signer, SignatureAlgorithm::Es256, now.instant());
    let verdict = world.verify(&dossier::bytes(&signed));
    assert!(verdict.accepted(), "{verdict:?}");
    assert_eq!(verdict.signatures[0].covers.len(), 6);
}

fn options(world: &World, now: Moment) -> VerifyOptions {
    VerifyOptions {
        code_lists: None,
        anchors: world.anchors.clone(),
        crls: world.crls.clone(),
        certificates: Vec::new(),
        answers: Vec::new(),
        revocation: Policy::Require,
        schemas: None,
        audience: None,
        received: now,
        language: Language::En,
    }
}

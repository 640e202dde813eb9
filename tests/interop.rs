//! `docs/interop.md`: what every outside judge says of every signature that hoso makes, and hoso of every signature that others make.
//!
//! `cargo xtask interop` asks them all and writes the page; the test itself asks them all and compares.
#![cfg(feature = "sign")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test stops where something is odd"
)]

#[path = "interop/asic.rs"]
mod asic;
#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/judges.rs"]
mod judges;
#[path = "support/panel.rs"]
mod panel;
#[path = "support/pki.rs"]
mod pki;
#[path = "support/temporary.rs"]
mod temporary;
#[path = "support/their_asic.rs"]
mod their_asic;
#[path = "support/their_jades.rs"]
mod their_jades;
#[path = "support/theirs.rs"]
mod theirs;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hoso::asn1::Known;
use hoso::cms::{SignedData, SignerInfo};
use hoso::crypto::{PrivateKey, SignatureAlgorithm};
use hoso::digest::Sha256;
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::sign::cades::{self, Content, Countersigned};
use hoso::sign::jades::Given;
use hoso::sign::{Part, Trust, Verification, jades};
use hoso::text::Instant;
use panel::{Asked, CMS};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use theirs::{Theirs, World, ask, word};

const ABOUT: &str = "\
# Who agrees

Each row is a kind of signature, each column a judge. A judge is asked three times: about the signature, about the same one with a bit of its value
turned, and about the same one when a bit of the document or of the signed header is another.

* **yes**: it accepts the signature and refuses both others.
* **form**: it accepts the signature and refuses the changed document; it looks at the form alone, not at the value.
* **no**: it refuses the signature, for a reason that stands below the table.
* **blind**: it accepts one that was tampered with.
* **·**: it does not read that.

Made by `cargo xtask interop`, which asks every judge anew; `tests/interop.rs` fails when one of them changes its mind. How the judges are started: `tests/judges/README.md`.
";

const ALGORITHMS: [(&str, SignatureAlgorithm); 5] = [
    ("p256", SignatureAlgorithm::Es256),
    ("p384", SignatureAlgorithm::Es384),
    ("rsa", SignatureAlgorithm::Ps256),
    ("rsa", SignatureAlgorithm::Ps384),
    ("rsa", SignatureAlgorithm::Rs256),
];

/// A line of a table.
struct Row {
    what: String,
    cells: Vec<&'static str>,
}

/// Somebody who can sign, as `support/dossier.rs` asks for it; the files of the world are others than those of `support/person.rs`.
mod person {
    pub struct Person {
        pub key: hoso::crypto::PrivateKey,
        pub chain: Vec<hoso::pki::Certificate>,
    }
}

/// Who refuses what, known by a word of its name, and why.
const REASONS: [(&str, &str, &str); 3] = [("GnuTLS", "PS384", GNUTLS), ("GnuTLS", "pss384", GNUTLS), ("GnuTLS", "pss long", GNUTLS)];
const GNUTLS: &str = "GnuTLS takes every RSASSA-PSS for one with SHA-256 and a salt of 32 bytes, OpenSSL's own too.";

#[test]
fn the_page_says_what_the_judges_say() {
    let world = World::new("interop");
    let judges = ["hoso"].iter().chain(&CMS).copied().collect::<Vec<_>>();
    let page = ABOUT.to_owned()
        + &table("CAdES", &judges, &cms_rows(&world))
        + &table("JAdES", &["hoso", "jose", "jwcrypto", "form"], &jws_rows(&world))
        + &table("ASiC", &asic::JUDGES, &asic::rows(&world))
        + asic::ABOUT;
    compare(&page);
}

fn table(title: &str, judges: &[&str], rows: &[Row]) -> String {
    let mut page = format!("\n## {title}\n\n| made by | signature | {} |\n|---|---|{}\n", judges.join(" | "), "---|".repeat(judges.len()));
    let mut reasons = Vec::new();
    for row in rows {
        let (maker, what) = row.what.split_once(": ").unwrap();
        writeln!(page, "| {maker} | {what} | {} |", row.cells.join(" | ")).unwrap();
        for (judge, cell) in judges.iter().zip(&row.cells) {
            assert_ne!(*cell, "blind", "{judge} on {}", row.what);
            if *cell == "no" {
                let known = REASONS.iter().find(|(name, word, _)| name == judge && row.what.contains(word));
                let reason = known.unwrap_or_else(|| panic!("{judge} refuses {} for no reason that is known", row.what)).2;
                reasons.extend((!reasons.contains(&reason)).then_some(reason));
            }
        }
    }
    reasons.iter().for_each(|reason| write!(page, "\n{reason}\n").unwrap());
    page
}

fn compare(page: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/interop.md");
    if std::env::var_os("HOSO_BLESS").is_some_and(|value| value == "1") {
        fs::write(&file, page).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let differs = written.lines().zip(page.lines()).find(|(written, made)| written != made);
    assert!(written == page, "docs/interop.md is not what the judges say: {differs:?}. `cargo xtask interop` writes it");
}

/// A verdict on the right one, on the one with another value, and on the one with another document.
fn cell([right, value, document]: [bool; 3]) -> &'static str {
    match (right, value, document) {
        (true, false, false) => "yes",
        (true, true, false) => "form",
        (true, _, true) => "blind",
        (false, ..) => "no",
    }
}

fn cms_rows(world: &World) -> Vec<Row> {
    let mut samples = our_cms(world);
    for theirs in world.cades().iter().filter(|theirs| theirs.baseline && theirs.der && shown(theirs)) {
        let maker = match theirs.maker {
            "openssl" => "OpenSSL",
            "java" => "Bouncy Castle",
            _ => "pyHanko",
        };
        let rest = theirs.name.splitn(5, '-').skip(3).collect::<Vec<_>>().join(" ").replace('-', " ");
        samples.push((format!("{maker}: {} {rest}", theirs.level), Asked::from(theirs)));
    }
    let asked: Vec<_> = samples.iter().flat_map(|(_, asked)| [asked.clone(), other_value(asked), other_document(world, asked)]).collect();
    let hoso: Vec<_> = asked.iter().map(|asked| hoso_cms(world, asked)).collect();
    let others: Vec<_> = panel::cms(world, &asked).into_iter().map(|row| row.map(|answer| answer.accepted)).collect();
    let row = |(index, (what, _)): (usize, (String, Asked))| {
        let three = |verdict: &dyn Fn(usize) -> bool| cell([0, 1, 2].map(|offset| verdict(3 * index + offset)));
        let mut cells = vec![three(&|at| hoso[at])];
        cells.extend((0..CMS.len()).map(|judge| three(&|at| others[at][judge])));
        Row { what, cells }
    };
    samples.into_iter().enumerate().map(row).collect()
}

/// Of others' signatures those that differ in more than their maker.
fn shown(theirs: &Theirs) -> bool {
    let level = match theirs.maker {
        "openssl" => "B-B",
        "pyhanko" => "B-T",
        _ => "B-LT",
    };
    theirs.level == level || theirs.signers > 1 || theirs.counter > 0
}

/// Every kind of CAdES signature that hoso makes.
fn our_cms(world: &World) -> Vec<(String, Asked)> {
    let content = fs::read(&world.content).unwrap();
    let (document, now) = (Content::of(&content), Instant::from_unix(world.now));
    let mut made = Vec::new();
    for (holder, algorithm) in ALGORITHMS {
        for enveloping in [false, true] {
            let pending = cades::prepare(&document, enveloping, &chain(world, holder), algorithm, now).unwrap();
            let kind = if enveloping { "enveloping" } else { "detached" };
            let plain = signed_cms(world, &pending, holder);
            let (stamped, lasting) = extended_cms(world, &plain, &document);
            for (level, bytes) in [("B-B", plain), ("B-T", stamped), ("B-LT", lasting)] {
                made.push((format!("hoso: {level} {} {kind}", algorithm.jose_name()), bytes, enveloping, level));
            }
        }
    }
    for (kind, enveloping) in [("detached", false), ("enveloping", true)] {
        let first = made.iter().find(|(what, ..)| *what == format!("hoso: B-B ES256 {kind}")).unwrap().1.clone();
        let both = second_signer(world, &first, &document);
        let pending = cades::countersign(Countersigned::Signature(&first, 0), None, &chain(world, "p384"), SignatureAlgorithm::Es384, now);
        let receipt = signed_cms(world, &pending.unwrap(), "p384");
        for (what, plain) in [("and PS256", both), ("countersigned with ES384", receipt)] {
            let (stamped, lasting) = extended_cms(world, &plain, &document);
            for (level, bytes) in [("B-B", plain), ("B-T", stamped), ("B-LT", lasting)] {
                made.push((format!("hoso: {level} ES256 {what} {kind}"), bytes, enveloping, level));
            }
        }
    }
    let asked = |(index, (what, bytes, enveloping, level)): (usize, (String, Vec<u8>, bool, &'static str))| {
        let file = world.folder.join(format!("hoso-{index}.p7s"));
        fs::write(&file, bytes).unwrap();
        let content = (!enveloping).then(|| world.content.clone());
        (what.clone(), Asked { name: what, file, content, level })
    };
    made.into_iter().enumerate().map(asked).collect()
}

/// The message with one more signer, by RSASSA-PSS.
fn second_signer(world: &World, message: &[u8], document: &Content<'_>) -> Vec<u8> {
    let (chain, now) = (chain(world, "rsa"), Instant::from_unix(world.now));
    let pending = cades::countersign(Countersigned::Content(message), Some(document), &chain, SignatureAlgorithm::Ps256, now);
    signed_cms(world, &pending.unwrap(), "rsa")
}

/// The message with a timestamp at each signature, and with what lets all of them last besides.
fn extended_cms(world: &World, message: &[u8], document: &Content<'_>) -> (Vec<u8>, Vec<u8>) {
    let (anchors, crls) = (certificates(&world.root.certificate()), lists(world));
    let (signers, mut stamped) = (SignedData::read(message).unwrap().signers.len(), message.to_vec());
    // A signer stands elsewhere once it has a token.
    while let Some(signer) = SignedData::read(&stamped).unwrap().signers.iter().position(|signer| !is_stamped(signer)) {
        let token = world.stamp("hoso-cms", &cades::stamped(&stamped, signer).unwrap(), "sha256", true);
        stamped = cades::with_timestamp(&stamped, signer, &fs::read(token).unwrap()).unwrap();
    }
    let mut lasting = stamped.clone();
    for signer in 0..signers {
        let used = cades::lasting(&stamped, signer, Some(document), &trust(world, &anchors, &crls), Language::En).unwrap();
        lasting = cades::with_evidence(&lasting, &used).unwrap();
    }
    (stamped, lasting)
}

fn is_stamped(signer: &SignerInfo<'_>) -> bool {
    signer.unsigned.find(Known::SignatureTimeStamp).unwrap().is_some()
}

fn signed_cms(world: &World, pending: &cades::Pending, holder: &str) -> Vec<u8> {
    let signed = pending.to_be_signed();
    pending.attach(&key(world, holder).sign(signed.algorithm(), signed.message()).unwrap()).unwrap()
}

fn hoso_cms(world: &World, asked: &Asked) -> bool {
    let content = asked.content.as_ref().map(|file| fs::read(file).unwrap());
    let message = fs::read(&asked.file).unwrap();
    let (anchors, crls) = (certificates(&world.root.certificate()), lists(world));
    let trust = trust(world, &anchors, &crls);
    let verdicts = cades::verify(&message, content.as_deref().map(Content::of).as_ref(), &trust, Language::En);
    let reaches = |level: Option<&str>| level == Some(asked.level) || !asked.name.starts_with("hoso");
    verdicts
        .iter()
        .all(|verdict| verdict.passed() && reaches(verdict.level) && verdict.counter_signatures.iter().all(|above| above.passed()))
}

/// The last bit of the first signer's value.
fn other_value(asked: &Asked) -> Asked {
    let mut bytes = fs::read(&asked.file).unwrap();
    let value = SignedData::read(&bytes).unwrap().signers[0].signature.to_vec();
    let place = find(&bytes, &value) + value.len() - 1;
    bytes[place] ^= 1;
    changed(asked, "value", &bytes)
}

/// The last bit of the document, wherever it is.
fn other_document(world: &World, asked: &Asked) -> Asked {
    let document = fs::read(&world.content).unwrap();
    let last = document.len() - 1;
    if asked.content.is_some() {
        let file = world.folder.join("other.bin");
        fs::write(&file, [&document[..last], &[document[last] ^ 1]].concat()).unwrap();
        return Asked { content: Some(file), ..asked.clone() };
    }
    let mut bytes = fs::read(&asked.file).unwrap();
    let place = find(&bytes, &document) + last;
    bytes[place] ^= 1;
    changed(asked, "document", &bytes)
}

fn changed(asked: &Asked, what: &str, bytes: &[u8]) -> Asked {
    let file = asked.file.with_extension(format!("{what}.p7s"));
    fs::write(&file, bytes).unwrap();
    Asked { file, ..asked.clone() }
}

fn find(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).position(|window| window == part).unwrap()
}

/// A JWS, its level, and the parts that it names.
struct Jws {
    what: String,
    file: PathBuf,
    level: &'static str,
    parts: Vec<(String, PathBuf)>,
    /// Whether it is a counter-signature taken out of its file, with what it stands over as the payload.
    counter: bool,
}

fn jws_rows(world: &World) -> Vec<Row> {
    let their = their_jades::jades(world);
    let mut all = our_jades(world, &their[0].parts);
    all.extend(their.into_iter().map(|theirs| {
        let name = theirs.name.trim_start_matches("jose-").replace('-', " ");
        Jws { what: format!("jose: {} {name}", theirs.level), file: theirs.file, level: theirs.level, parts: theirs.parts, counter: false }
    }));
    let changed: Vec<_> = all.iter().map(changed_jws).collect();
    let files: Vec<&Path> = all.iter().zip(&changed).flat_map(|(jws, (value, header))| [&*jws.file, value, header]).collect();
    let others = [judges::node("jose-verify.mjs"), judges::python("jwcrypto-verify.py")].map(|judge| judges::accepts_each(judge, &files));
    let exchanged = world.folder.join("exchanged");
    fs::write(&exchanged, b"another part").unwrap();
    let form: Vec<_> = all.iter().flat_map(|jws| [question(jws, None), question(jws, Some(&exchanged))]).collect();
    let form: Vec<_> = ask(judges::python("jades-shape.py"), &form).iter().map(|answer| answer.accepted).collect();
    let row = |(index, jws): (usize, &Jws)| {
        let three = |verdict: &dyn Fn(usize) -> bool| cell([0, 1, 2].map(|offset| verdict(3 * index + offset)));
        let hoso = three(&|at| hoso_jades(world, files[at], jws));
        // A payload is bound by the value alone, at which the judge of the form does not look.
        let document = form[2 * index + 1] && !jws.parts.is_empty();
        let cells = vec![hoso, three(&|at| others[0][at]), three(&|at| others[1][at]), cell([form[2 * index], true, document])];
        Row { what: jws.what.clone(), cells }
    };
    all.iter().enumerate().map(row).collect()
}

fn question(jws: &Jws, exchanged: Option<&Path>) -> String {
    let mut words = vec!["shape".to_owned(), word("file", &jws.file), format!("level={}", jws.level)];
    words.extend(jws.counter.then(|| "counter=yes".to_owned()));
    words.extend(jws.parts.iter().map(|(name, file)| format!("part={name},{}", exchanged.unwrap_or(file).display())));
    words.join("\t")
}

/// Every kind of JAdES signature that hoso makes.
fn our_jades(world: &World, files: &[(String, PathBuf)]) -> Vec<Jws> {
    let (parts, now) = (parts(files), Instant::from_unix(world.now));
    let mut made = Vec::new();
    for (holder, algorithm) in ALGORITHMS {
        let pending = jades::prepare(&parts, &chain(world, holder), algorithm, now).unwrap();
        let plain = signed_jws(world, &pending, holder);
        let (stamped, lasting) = extended_jws(world, &plain, 1, &parts, "sha256");
        for (level, bytes) in [("B-B", plain), ("B-T", stamped), ("B-LT", lasting)] {
            made.push((format!("hoso: {level} {} flattened", algorithm.jose_name()), bytes, level));
        }
    }
    let first = made[0].1.clone();
    let pending = jades::prepare_beside(&first, &parts, &chain(world, "rsa"), SignatureAlgorithm::Ps256, now).unwrap();
    let both = signed_jws(world, &pending, "rsa");
    let pending = jades::prepare_over(&first, 0, &chain(world, "p384"), SignatureAlgorithm::Es384, now).unwrap();
    let receipt = signed_jws(world, &pending, "p384");
    for (what, plain, signers) in [("and PS256 general", both, 2), ("countersigned with ES384 flattened", receipt, 1)] {
        let (stamped, lasting) = extended_jws(world, &plain, signers, &parts, "sha256");
        for (level, bytes) in [("B-B", plain), ("B-T", stamped), ("B-LT", lasting)] {
            made.push((format!("hoso: {level} ES256 {what}"), bytes, level));
        }
    }
    made.push(("hoso: B-T ES256 flattened, stamped over SHA384".to_owned(), extended_jws(world, &first, 1, &parts, "sha384").0, "B-T"));
    let receipt = made.iter().find(|(what, ..)| what.contains("countersigned")).map(|(_, bytes, _)| taken_out(world, bytes));
    let jws = |(index, (what, bytes, level)): (usize, (String, Vec<u8>, &'static str))| {
        let file = world.folder.join(format!("hoso-{index}.jws"));
        fs::write(&file, bytes).unwrap();
        Jws { what, file, level, parts: files.to_vec(), counter: false }
    };
    made.into_iter().enumerate().map(jws).chain(receipt).collect()
}

/// The counter-signature of a file by itself: what it stands over is its payload (TS 119 182-1 5.3.2).
fn taken_out(world: &World, receipt: &[u8]) -> Jws {
    let receipt: serde_json::Value = serde_json::from_slice(receipt).unwrap();
    let member = URL_SAFE_NO_PAD.decode(receipt["header"]["etsiU"][0].as_str().unwrap()).unwrap();
    let mut counter = serde_json::from_slice::<serde_json::Value>(&member).unwrap()["cSig"].clone();
    counter["payload"] = receipt["signature"].clone();
    let file = world.folder.join("hoso-counter.jws");
    fs::write(&file, counter.to_string()).unwrap();
    Jws { what: "hoso: B-B ES384 that counter-signature alone".to_owned(), file, level: "B-B", parts: Vec::new(), counter: true }
}

/// The file with a timestamp at each signature, and with what lets all of them last besides.
fn extended_jws(world: &World, file: &[u8], signers: usize, parts: &[Part], digest: &str) -> (Vec<u8>, Vec<u8>) {
    let (anchors, crls) = (certificates(&world.root.certificate()), lists(world));
    let mut stamped = file.to_vec();
    for signer in 0..signers {
        let token = world.stamp(&format!("hoso-{digest}"), &jades::stamped(&stamped, signer).unwrap(), digest, true);
        stamped = jades::with_timestamp(&stamped, signer, &fs::read(token).unwrap()).unwrap();
    }
    let mut lasting = stamped.clone();
    for signer in 0..signers {
        let used = jades::lasting(&stamped, signer, parts, &trust(world, &anchors, &crls), Language::En).unwrap();
        lasting = jades::with_evidence(&lasting, signer, &used).unwrap();
    }
    (stamped, lasting)
}

fn signed_jws(world: &World, pending: &jades::Pending, holder: &str) -> Vec<u8> {
    let signed = pending.to_be_signed();
    pending.attach(&key(world, holder).sign(signed.algorithm(), signed.message()).unwrap()).unwrap()
}

fn hoso_jades(world: &World, file: &Path, jws: &Jws) -> bool {
    let (anchors, crls) = (certificates(&world.root.certificate()), lists(world));
    let (bytes, trust) = (fs::read(file).unwrap(), trust(world, &anchors, &crls));
    let contents: Vec<_> = jws.parts.iter().map(|(name, file)| (name.clone(), fs::read(file).unwrap())).collect();
    let beside: Vec<_> = contents.iter().map(|(name, bytes)| (name.clone(), Content::of(bytes))).collect();
    let given = Given { payload: None, files: &beside };
    let mut found = vec![jades::verify_any(&bytes, &given, &trust, Language::En)];
    if jws.what.starts_with("hoso") && !jws.parts.is_empty() {
        found.push(jades::verify(&bytes, &parts(&jws.parts), &trust, Language::En));
    }
    let passed = |found: &Verification| {
        let counted = found.signatures.iter().flat_map(|signature| &signature.verdict.counter_signatures);
        let all = found.signatures.iter().map(|signature| &signature.verdict);
        let whole = found.uncovered.is_empty() && found.absent.is_empty() && found.in_order;
        whole && all.clone().all(|verdict| verdict.level == Some(jws.level)) && all.chain(counted).all(|verdict| verdict.passed())
    };
    // Whoever made it, both readers say the same of what hoso writes.
    let answers: Vec<_> = found.iter().map(passed).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{}: {found:?}", jws.what);
    answers[0]
}

/// The first signature's value with a bit turned, and its header with another time.
fn changed_jws(jws: &Jws) -> (PathBuf, PathBuf) {
    let text = fs::read_to_string(&jws.file).unwrap();
    let compact = !text.starts_with('{');
    let (header, value) =
        if compact { (0, text.rfind('.').unwrap() + 1) } else { (after(&text, "\"protected\":\""), after(&text, "\"signature\":\"")) };
    let end = header + text[header..].find(['"', '.']).unwrap();
    let mut bytes = text.clone().into_bytes();
    bytes[value + 20] = if bytes[value + 20] == b'A' { b'B' } else { b'A' };
    let read = String::from_utf8(URL_SAFE_NO_PAD.decode(&text[header..end]).unwrap()).unwrap();
    let earlier = read.replacen("\"iat\":1", "\"iat\":2", 1);
    assert_ne!(read, earlier);
    let other = format!("{}{}{}", &text[..header], URL_SAFE_NO_PAD.encode(earlier), &text[end..]);
    let write = |what: &str, bytes: &[u8]| {
        let file = jws.file.with_extension(format!("{what}.jws"));
        fs::write(&file, bytes).unwrap();
        file
    };
    (write("value", &bytes), write("header", other.as_bytes()))
}

fn after(text: &str, name: &str) -> usize {
    text.find(name).unwrap() + name.len()
}

fn parts(files: &[(String, PathBuf)]) -> Vec<Part> {
    let part = |(name, file): &(String, PathBuf)| {
        let bytes = fs::read(file).unwrap();
        Part { name: name.clone(), size: u64::try_from(bytes.len()).unwrap(), sha256: Sha256::of(&bytes) }
    };
    files.iter().map(part).collect()
}

fn chain(world: &World, holder: &str) -> Vec<Certificate> {
    let files = [world.person(holder).certificate(), world.ca.certificate(), world.root.certificate()];
    files.iter().flat_map(|file| certificates(file)).collect()
}

fn key(world: &World, holder: &str) -> PrivateKey {
    let pem = pem::parse(fs::read(world.person(holder).key()).unwrap()).unwrap();
    PrivateKey::from_pkcs8(pem.contents(), chain(world, holder)[0].spki()).unwrap()
}

fn certificates(file: &Path) -> Vec<Certificate> {
    Certificate::read_all(&fs::read(file).unwrap()).unwrap()
}

fn lists(world: &World) -> Vec<Crl> {
    world.crls.iter().flat_map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap()).collect()
}

fn trust<'t>(world: &World, anchors: &'t [Certificate], crls: &'t [Crl]) -> Trust<'t> {
    // An hour later: the others sign by the machine's own clock.
    Trust { anchors, certificates: &[], crls, answers: &[], revocation: Policy::Require, received: Instant::from_unix(world.now + 3_600) }
}

//! Rows for containers: those that hoso makes around a dossier and around files, and those that zipfile makes around signatures of others.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hoso::cms::SignedData;
use hoso::crypto::SignatureAlgorithm;
use hoso::digest::Sha256;
use hoso::pki::Policy;
use hoso::report::Language;
use hoso::sign::asic::{self, File};
use hoso::sign::cades::Content;
use hoso::submission::{Format, VerifyOptions, verify};
use hoso::text::{Instant, Moment};
use hoso::zip::{Archive, Directory, Entry};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::panel::{self, Asked, CMS};
use super::person::Person;
use super::theirs::{World, ask};
use super::{
    ALGORITHMS, Row, cell, certificates, chain, dossier, extended_cms, find, judges, key, lists, second_signer, their_asic, trust,
};

/// The first three read the container; the others are asked about each signed message in it and the manifest that it is over.
pub const JUDGES: [&str; 8] = ["hoso", "zipfile", "unzip", CMS[0], CMS[1], CMS[2], CMS[3], CMS[4]];

pub const ABOUT: &str = "
Containers of others are made by Python's zipfile around signatures of the makers named. `zipfile` is `asic-shape.py`: zipfile and ElementTree read the container and
its digests, pyHanko judges its signatures. It and hoso refuse a changed document with the manifest as it was, and with one that was made to fit; the judges of messages
see the latter. All these changes come with right checksums; `unzip -t` sees a document that was changed without.
";

/// Names and contents.
type Entries = Vec<(String, Vec<u8>)>;

/// A container and what was done to it.
struct Container {
    what: String,
    level: &'static str,
    /// A package, which hoso reads in two ways.
    dossier: bool,
    whole: PathBuf,
    /// With a bit of the first signer's value turned, with another document, and with a manifest that fits that.
    changed: [PathBuf; 3],
    /// With another document and the checksum of the first.
    torn: PathBuf,
}

impl Container {
    fn new(world: &World, what: String, level: &'static str, bytes: &[u8]) -> Self {
        let stem = world.folder.join(what.replace([':', ' '], "-"));
        let write = |kind: &str, bytes: &[u8]| {
            let file = stem.with_extension(format!("{kind}.asice"));
            fs::write(&file, bytes).unwrap();
            file
        };
        let entries: Entries =
            Archive::read(bytes).unwrap().into_members().into_iter().map(|member| (member.name, member.content.into())).collect();
        let same = zip(&entries);
        assert!(!what.starts_with("hoso") || same == bytes, "{what} is written in two ways");
        assert!(accepted(world, &same), "{what}: what is refused below is refused for the change");
        let changed = [other_value(&entries), other_document(&entries), fitted(&entries)].map(|entries| zip(&entries));
        let mut torn = same.clone();
        torn[find(&same, document(&entries)) + document(&entries).len() - 1] ^= 1;
        let [value, document, fitted] = changed;
        Self {
            dossier: what.contains("dossier"),
            whole: write("whole", bytes),
            changed: [write("value", &value), write("document", &document), write("fitted", &fitted)],
            torn: write("torn", &torn),
            what,
            level,
        }
    }

    fn all(&self) -> [&Path; 4] {
        let [value, document, fitted] = &self.changed;
        [&self.whole, value, document, fitted]
    }
}

/// What each judge says of each container.
pub fn rows(world: &World) -> Vec<Row> {
    let mut containers = ours(world);
    containers.extend(theirs(world));
    let questions: Vec<_> = containers
        .iter()
        .flat_map(|one| one.all().map(|file| format!("{}\tlevel={}", world.question("asic", file, None), one.level)))
        .collect();
    let shapes: Vec<_> = ask(judges::python("asic-shape.py"), &questions).iter().map(|answer| answer.accepted).collect();
    let (mut asked, mut counts) = (Vec::new(), Vec::new());
    for one in &containers {
        // The signed message is over the manifest: to its judges a document is another one where the manifest is.
        for file in [&one.whole, &one.changed[0], &one.changed[2]] {
            let messages = messages(file, one);
            counts.push(messages.len());
            asked.extend(messages);
        }
    }
    let mut answers = panel::cms(world, &asked).into_iter();
    let messages: Vec<_> = counts.iter().map(|count| all_accept(answers.by_ref().take(*count))).collect();
    let row = |(index, one): (usize, &Container)| {
        let four = |[whole, value, document, fitted]: [bool; 4]| cell([whole, value, document || fitted]);
        let unzip = [&one.whole, &one.changed[0], &one.torn].map(|file| unzip(file));
        let mut cells =
            vec![four(one.all().map(|file| hoso(world, one, file))), four([0, 1, 2, 3].map(|at| shapes[4 * index + at])), cell(unzip)];
        cells.extend((0..CMS.len()).map(|judge| cell([0, 1, 2].map(|at| messages[3 * index + at][judge]))));
        Row { what: one.what.clone(), cells }
    };
    containers.iter().enumerate().map(row).collect()
}

fn all_accept(answers: impl Iterator<Item = [judges::Answer; 5]>) -> [bool; 5] {
    answers.fold([true; 5], |all, row| {
        let row = row.map(|answer| answer.accepted);
        [0, 1, 2, 3, 4].map(|judge| all[judge] && row[judge])
    })
}

/// Every kind of container that hoso makes.
fn ours(world: &World) -> Vec<Container> {
    let mut made = Vec::new();
    for (holder, algorithm) in ALGORITHMS {
        let name = algorithm.jose_name();
        for (kind, container) in [("dossier", of_dossier(world, holder, algorithm)), ("files", of_files(world, holder, algorithm))] {
            made.extend(each_level(world, &format!("{name} {kind}"), container));
        }
    }
    for (kind, container) in
        [("dossier", of_dossier(world, "p256", SignatureAlgorithm::Es256)), ("files", of_files(world, "p256", SignatureAlgorithm::Es256))]
    {
        let both = with_message(&container, |message, manifest| second_signer(world, message, &Content::of(manifest)));
        made.extend(each_level(world, &format!("ES256 and PS256 {kind}"), both));
    }
    made
}

fn each_level(world: &World, what: &str, plain: Vec<u8>) -> [Container; 3] {
    let mut lasting = Vec::new();
    let stamped = with_message(&plain, |message, manifest| {
        let (stamped, rest) = extended_cms(world, message, &Content::of(manifest));
        lasting = rest;
        stamped
    });
    let lasting = with_message(&plain, |_, _| lasting);
    [("B-B", plain), ("B-T", stamped), ("B-LT", lasting)]
        .map(|(level, bytes)| Container::new(world, format!("hoso: {level} {what}"), level, &bytes))
}

fn of_dossier(world: &World, holder: &str, algorithm: SignatureAlgorithm) -> Vec<u8> {
    let person = Person { key: key(world, holder), chain: chain(world, holder) };
    let now = Moment::new(Instant::from_unix(world.now), Moment::VIETNAM);
    dossier::bytes(&dossier::sign_as(Format::Asice, &dossier::sealed(now), &person, algorithm, now.instant()))
}

fn of_files(world: &World, holder: &str, algorithm: SignatureAlgorithm) -> Vec<u8> {
    let files = [
        File { name: "Tờ khai.pdf", media_type: "application/pdf", bytes: b"%PDF-1.7 To khai" },
        File { name: "att/so-do.png", media_type: "image/png", bytes: b"\x89PNG\r\n\x1a\n so do" },
    ];
    let pending = asic::prepare(&files, &chain(world, holder), algorithm, Instant::from_unix(world.now)).unwrap();
    pending.attach(&key(world, holder).sign(algorithm, pending.to_be_signed().message()).unwrap()).unwrap()
}

/// The container with another signed message in the place of its own, which is made of that and the manifest.
fn with_message(container: &[u8], change: impl FnOnce(&[u8], &[u8]) -> Vec<u8>) -> Vec<u8> {
    let archive = Archive::read(container).unwrap();
    let changed = change(archive.content(asic::SIGNATURE).unwrap(), archive.content(asic::MANIFEST).unwrap());
    let entries = archive.into_members().into_iter().map(|member| {
        let content = if member.name == asic::SIGNATURE { changed.clone() } else { member.content.into() };
        (member.name, content)
    });
    zip(&entries.collect())
}

fn theirs(world: &World) -> Vec<Container> {
    let container = |theirs: their_asic::TheirAsic| {
        let mut makers = Vec::new();
        for (name, shown) in [("openssl", "OpenSSL"), ("pyhanko", "pyHanko"), ("java", "Bouncy Castle")] {
            makers.extend(theirs.name.contains(name).then_some(shown));
        }
        let kinds: Vec<_> = theirs.name.split('-').filter(|word| ["p256", "p384", "rsa", "pss", "pss384"].contains(word)).collect();
        let kind = if theirs.kind == "e" { "extended" } else { "simple" };
        let what = format!("{}: {} {} {kind}", makers.join(" and "), theirs.level, kinds.join(" and "));
        Container::new(world, what, theirs.level, &fs::read(&theirs.file).unwrap())
    };
    their_asic::asic(world).into_iter().map(container).collect()
}

fn zip(entries: &Entries) -> Vec<u8> {
    let (mut directory, mut out) = (Directory::default(), Vec::new());
    for (name, content) in entries {
        let entry = Entry { name: name.clone(), size: u32::try_from(content.len()).unwrap(), crc32: crc32fast::hash(content) };
        out.extend(directory.add(&entry).unwrap());
        out.extend(content);
    }
    out.extend(directory.finish());
    out
}

fn is_document(name: &str) -> bool {
    name != "mimetype" && !name.starts_with("META-INF/")
}

/// The document that is changed: the last, which of a dossier is an attachment.
fn document(entries: &Entries) -> &[u8] {
    &entries.iter().rfind(|(name, _)| is_document(name)).unwrap().1
}

/// The last bit of the first signer's value.
fn other_value(entries: &Entries) -> Entries {
    let mut changed = entries.clone();
    let (_, message) = changed.iter_mut().find(|(name, _)| name.ends_with(".p7s")).unwrap();
    let value = SignedData::read(message).unwrap().signers[0].signature.to_vec();
    let place = find(message, &value) + value.len() - 1;
    message[place] ^= 1;
    changed
}

fn other_document(entries: &Entries) -> Entries {
    let mut changed = entries.clone();
    let (_, content) = changed.iter_mut().rfind(|(name, _)| is_document(name)).unwrap();
    *content.last_mut().unwrap() ^= 1;
    changed
}

/// Another document, whose digest stands in every manifest.
fn fitted(entries: &Entries) -> Entries {
    let mut changed = other_document(entries);
    let [from, to] = [entries, &changed].map(|entries| STANDARD.encode(Sha256::of(document(entries)).bytes()));
    for (_, manifest) in changed.iter_mut().filter(|(name, _)| name.ends_with(".xml")) {
        let place = find(manifest, from.as_bytes());
        manifest[place..place + to.len()].copy_from_slice(to.as_bytes());
    }
    changed
}

/// What the judges of messages are asked: each message of a container with what it is over, taken out by `unzip`.
fn messages(file: &Path, container: &Container) -> Vec<Asked> {
    // It writes names of other letters in its own way; none of them is asked for.
    let names = String::from_utf8_lossy(&taken(&["-Z1"], file, None)).into_owned();
    let signatures = names.lines().filter(|name| name.ends_with(".p7s"));
    let mut manifests = names.lines().filter(|name| name.ends_with(".xml"));
    let asked = signatures.enumerate().map(|(index, signature)| {
        let over = manifests.next().or_else(|| names.lines().find(|name| is_document(name))).unwrap();
        let part = |name: &str, kind: &str| {
            let out = file.with_extension(format!("{index}.{kind}"));
            fs::write(&out, taken(&["-p"], file, Some(name))).unwrap();
            out
        };
        let (message, content) = (part(signature, "p7s"), part(over, "data"));
        Asked { name: container.what.clone(), file: message, content: Some(content), level: container.level }
    });
    asked.collect()
}

fn taken(options: &[&str], file: &Path, name: Option<&str>) -> Vec<u8> {
    let output = Command::new("unzip").args(options).arg(file).args(name).output().unwrap();
    assert!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn unzip(file: &Path) -> bool {
    judges::exit_code(Command::new("unzip").arg("-tqq").arg(file)).accepted
}

fn accepted(world: &World, container: &[u8]) -> bool {
    let (anchors, crls) = (certificates(&world.root.certificate()), lists(world));
    asic::verify(container, &trust(world, &anchors, &crls), Language::En).accepted()
}

fn hoso(world: &World, container: &Container, file: &Path) -> bool {
    let bytes = fs::read(file).unwrap();
    let (anchors, crls) = (certificates(&world.root.certificate()), lists(world));
    let verdict = asic::verify(&bytes, &trust(world, &anchors, &crls), Language::En);
    let all_reach = verdict.signatures.iter().all(|signature| signature.verdict.level == Some(container.level));
    let accepted = verdict.accepted() && all_reach;
    if container.dossier {
        assert_eq!(dossier_accepted(world, container, &bytes), accepted, "{}", file.display());
    }
    accepted
}

fn dossier_accepted(world: &World, container: &Container, bytes: &[u8]) -> bool {
    let options = VerifyOptions {
        code_lists: None,
        anchors: certificates(&world.root.certificate()),
        crls: lists(world),
        certificates: Vec::new(),
        answers: Vec::new(),
        revocation: Policy::Require,
        schemas: None,
        audience: None,
        received: Moment::new(Instant::from_unix(world.now + 3_600), Moment::VIETNAM),
        language: Language::En,
    };
    let package = dossier::read(bytes).unwrap();
    let verdict = verify(&package, &options);
    verdict.accepted && verdict.signatures.iter().all(|signature| signature.level == Some(container.level))
}

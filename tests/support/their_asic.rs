//! Containers by Python's zipfile around signatures by OpenSSL, pyHanko and Bouncy Castle.
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot make its samples has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use super::judges;
use super::theirs::{World, ask, word};

/// A container that somebody else made.
#[derive(Clone, Debug)]
pub struct TheirAsic {
    pub name: String,
    pub file: PathBuf,
    /// `e` for ASiC-E, `s` for ASiC-S.
    pub kind: &'static str,
    /// `B-B`, `B-T` or `B-LT`.
    pub level: &'static str,
    /// What it holds.
    pub parts: Vec<(String, PathBuf)>,
    pub signatures: usize,
}

/// ASiC-E of one and of two signatures, ASiC-S; at every level.
pub fn asic(world: &World) -> Vec<TheirAsic> {
    let mut made = Vec::new();
    for (maker, level, kind) in [
        ("openssl", "B-B", "p256"),
        ("openssl", "B-B", "pss384"),
        ("pyhanko", "B-T", "p384"),
        ("pyhanko", "B-LT", "rsa"),
        ("java", "B-LT", "pss"),
        ("java", "B-B", "rsa"),
    ] {
        made.push(extended(world, &[(maker, level, kind)]));
        made.push(simple(world, maker, level, kind));
    }
    made.push(extended(world, &[("openssl", "B-B", "p256"), ("java", "B-B", "rsa")]));
    made
}

/// One of each kind with a signature by OpenSSL.
pub fn plain(world: &World) -> (TheirAsic, TheirAsic) {
    (extended(world, &[("openssl", "B-B", "p256")]), simple(world, "openssl", "B-B", "p256"))
}

/// A manifest for each signature, and each covers every part (EN 319 162-1 4.4.3.2).
fn extended(world: &World, signers: &[(&'static str, &'static str, &str)]) -> TheirAsic {
    let name = signers.iter().map(|(maker, level, kind)| format!("{maker}-{}-{kind}", level.to_lowercase())).collect::<Vec<_>>().join("-");
    let name = format!("asice-{name}");
    let parts = parts(world);
    let mut entries: Vec<_> = parts.clone();
    for (index, (maker, level, kind)) in signers.iter().enumerate() {
        let manifest = world.folder.join(format!("{name}-{index}.xml"));
        let path = format!("META-INF/signature{index:03}.p7s");
        let mut words = vec!["manifest".to_owned(), word("out", &manifest), format!("signature={path}")];
        words.extend(parts.iter().map(|(name, file)| format!("file={name},{}", file.display())));
        make(&words);
        let signature = world.sign(maker, level, kind, &manifest);
        entries.extend([(path, signature), (format!("META-INF/ASiCManifest{index:03}.xml"), manifest)]);
    }
    let level = signers.first().map_or("B-B", |signer| signer.1);
    TheirAsic { file: zip(world, &name, "e", &entries), name, kind: "e", level, parts, signatures: signers.len() }
}

fn simple(world: &World, maker: &'static str, level: &'static str, kind: &str) -> TheirAsic {
    let name = format!("asics-{maker}-{}-{kind}", level.to_lowercase());
    let parts = vec![("content.bin".to_owned(), world.content.clone())];
    let signature = world.sign(maker, level, kind, &world.content);
    let entries = [parts.clone(), vec![("META-INF/signature.p7s".to_owned(), signature)]].concat();
    TheirAsic { file: zip(world, &name, "s", &entries), name, kind: "s", level, parts, signatures: 1 }
}

fn parts(world: &World) -> Vec<(String, PathBuf)> {
    let second = world.folder.join("second.txt");
    fs::write(&second, "phần hai").unwrap();
    vec![("content.bin".to_owned(), world.content.clone()), ("Căn cước.txt".to_owned(), second)]
}

/// A container of these entries, after its mimetype.
pub fn zip(world: &World, name: &str, kind: &str, entries: &[(String, PathBuf)]) -> PathBuf {
    let out = world.folder.join(format!("{name}.asic{kind}"));
    let mut words = vec!["zip".to_owned(), word("out", &out), format!("kind={kind}")];
    words.extend(entries.iter().map(|(name, file): &(String, PathBuf)| format!("entry={name},{}", Path::display(file))));
    make(&words);
    out
}

fn make(words: &[String]) {
    let answers = ask(judges::python("make-asic.py"), &[words.join("\t")]);
    assert!(answers.iter().all(|answer| answer.accepted), "{answers:?}");
}

//! The judges of containers and of JAdES judged: what zipfile, OpenSSL and `jose` make they accept, and refuse once it was tampered with.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is odd")]

#[path = "support/judges.rs"]
mod judges;
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

use std::fs;
use std::path::{Path, PathBuf};
use their_asic::TheirAsic;
use their_jades::TheirJades;
use theirs::{World, ask, word};

/// Names and the files that hold what lies there.
type Entries = Vec<(String, PathBuf)>;

#[test]
fn containers_of_others_are_accepted_also_by_judges_of_what_they_hold() {
    let world = World::new("asic");
    let all = their_asic::asic(&world);
    let folders: Vec<_> = all.iter().map(|theirs| temporary::folder(&format!("asic-{}", theirs.name))).collect();
    let question = |(theirs, folder): (&TheirAsic, &PathBuf)| {
        format!("{}\t{}\tlevel={}", world.question("asic", &theirs.file, None), word("extract", folder), theirs.level)
    };
    let questions: Vec<_> = all.iter().zip(&folders).map(question).collect();
    let mut inside = Vec::new();
    for ((theirs, folder), answer) in all.iter().zip(&folders).zip(ask(judges::python("asic-shape.py"), &questions)) {
        assert!(answer.accepted, "{}: {}", theirs.name, answer.words);
        assert_eq!(answer.found["signatures"].as_array().unwrap().len(), theirs.signatures);
        inside.extend((0..theirs.signatures).map(|index| (folder.join(format!("{index}.p7s")), folder.join(format!("{index}.data")))));
    }
    let questions: Vec<_> = inside.iter().map(|(signature, data)| world.question("cms", signature, Some(data))).collect();
    for ((signature, data), castle) in inside.iter().zip(ask(judges::java(), &questions)) {
        let openssl = judges::openssl_cms(signature, Some(data), &world.root.certificate(), None);
        assert!(openssl.accepted && castle.accepted, "{}: {} {}", signature.display(), openssl.words, castle.words);
    }
}

#[test]
fn containers_that_were_tampered_with_are_refused() {
    let world = World::new("asic-tampered");
    let (extended, simple) = their_asic::plain(&world);
    let other = world.folder.join("other");
    fs::write(&other, b"other").unwrap();
    let mut questions = Vec::new();
    for (theirs, meta) in [(&extended, &["signature000.p7s", "ASiCManifest000.xml"][..]), (&simple, &["signature.p7s"])] {
        let mut whole: Entries = theirs.parts.clone();
        for name in meta {
            let path = format!("META-INF/{name}");
            let file = world.folder.join(name);
            fs::write(&file, entry(theirs, &path)).unwrap();
            whole.push((path, file));
        }
        let changed = |name: &str, change: &dyn Fn(&mut Entries)| {
            let mut entries = whole.clone();
            change(&mut entries);
            world.question("asic", &their_asic::zip(&world, &format!("{}-{name}", theirs.name), theirs.kind, &entries), None)
        };
        // As it was: what is refused below is refused for the change.
        assert!(ask(judges::python("asic-shape.py"), &[changed("same", &|_| {})])[0].accepted, "{}", theirs.name);
        questions.push(changed("exchanged", &|entries| entries[0].1.clone_from(&other)));
        questions.push(changed("extra", &|entries| entries.push(("extra.txt".to_owned(), other.clone()))));
        questions.push(changed("missing", &|entries| drop(entries.remove(0))));
        questions.push(changed("renamed", &|entries| entries[0].0 = "renamed.bin".to_owned()));
        questions.push(changed("doubled", &|entries| entries.push(entries[0].clone())));
        questions.push(changed("unsigned", &|entries| entries.retain(|(name, _)| !name.ends_with(".p7s"))));
    }
    // ASiC-S has no record of its file's name.
    let named: Vec<_> = questions.iter().filter(|question| !question.contains("asics-openssl-b-b-p256-renamed")).cloned().collect();
    for (question, answer) in named.iter().zip(ask(judges::python("asic-shape.py"), &named)) {
        assert!(!answer.accepted, "{question} was accepted");
    }
}

fn entry(theirs: &TheirAsic, name: &str) -> Vec<u8> {
    let unzip = std::process::Command::new("unzip").arg("-p").arg(&theirs.file).arg(name).output().unwrap();
    assert!(unzip.status.success(), "{name} in {}", theirs.name);
    unzip.stdout
}

#[test]
fn signatures_by_jose_are_accepted_by_each_judge() {
    let world = World::new("jades");
    let all = their_jades::jades(&world);
    let questions: Vec<_> = all.iter().map(|theirs| shape(theirs, &theirs.file)).collect();
    for (theirs, answer) in all.iter().zip(ask(judges::python("jades-shape.py"), &questions)) {
        assert!(answer.accepted, "{}: {}", theirs.name, answer.words);
        assert_eq!(answer.found["signatures"], theirs.signers, "{}", theirs.name);
    }
    for judge in [judges::node("jose-verify.mjs"), judges::python("jwcrypto-verify.py")] {
        let mut judge = judge;
        let answer = judges::ask(judge.args(all.iter().map(|theirs| &theirs.file)));
        assert!(answer.accepted, "{}", answer.words);
    }
}

#[test]
fn signatures_by_jose_that_were_tampered_with_are_refused() {
    let world = World::new("jades-tampered");
    let second = world.folder.join("exchanged");
    fs::write(&second, b"another part").unwrap();
    let all = their_jades::jades(&world);
    let (mut files, mut questions) = (Vec::new(), Vec::new());
    for theirs in &all {
        let text = fs::read_to_string(&theirs.file).unwrap();
        // The last signature's value: a character well inside, so that its bits all count.
        let place = text.rfind("\"signature\":\"").map_or_else(|| text.rfind('.').unwrap() + 1, |at| at + 13) + 20;
        let mut bytes = text.into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        let flipped = theirs.file.with_extension("flipped.jws");
        fs::write(&flipped, bytes).unwrap();
        // The judge of the form sees a token that is about another value, and parts that were exchanged or left out.
        if theirs.level == "B-T" {
            questions.push(shape(theirs, &flipped));
        }
        if !theirs.parts.is_empty() {
            let mut changed = theirs.clone();
            changed.parts[1].1.clone_from(&second);
            questions.push(shape(&changed, &theirs.file));
            changed.parts.pop();
            questions.push(shape(&changed, &theirs.file));
        }
        files.push(flipped);
    }
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    for judge in [judges::node("jose-verify.mjs"), judges::python("jwcrypto-verify.py")] {
        for (file, accepted) in files.iter().zip(judges::accepts_each(judge, &files)) {
            assert!(!accepted, "{}", file.display());
        }
    }
    for (question, answer) in questions.iter().zip(ask(judges::python("jades-shape.py"), &questions)) {
        assert!(!answer.accepted, "{question} was accepted");
    }
}

#[test]
fn headers_that_break_the_rules_are_refused_by_the_judge_of_the_form() {
    let world = World::new("jades-form");
    let all = their_jades::jades(&world);
    let theirs = all.iter().find(|theirs| theirs.name == "jose-flattened-sigd-es256").unwrap();
    let jws: serde_json::Value = serde_json::from_slice(&fs::read(&theirs.file).unwrap()).unwrap();
    let header = decoded(jws["protected"].as_str().unwrap());
    let changes = [
        ("\"iat\":", "\"nbf\":"),
        ("\"crit\":[\"sigD\",\"b64\"]", "\"crit\":[\"sigD\"]"),
        ("\"crit\":[\"sigD\",\"b64\"]", "\"crit\":[\"sigD\",\"b64\",\"alg\"]"),
        ("\"crit\":[\"sigD\",\"b64\"]", "\"crit\":[]"),
        ("\"alg\":\"ES256\"", "\"alg\":\"HS256\""),
        ("\"alg\":\"ES256\"", "\"alg\":\"ES256\",\"alg\":\"ES256\""),
        ("\"hashM\":\"S256\"", "\"hashM\":\"S1\""),
        ("\"sigD\":{", "\"cty\":\"text/plain\",\"sigD\":{"),
    ];
    let changed = changes.map(|(from, to)| {
        assert!(header.contains(from), "{header}");
        let mut jws = jws.clone();
        jws["protected"] = encoded(&header.replacen(from, to, 1)).into();
        jws.to_string()
    });
    let mut questions = vec![shape(theirs, &theirs.file)];
    for (index, text) in changed.iter().enumerate() {
        let file = world.folder.join(format!("changed-{index}.jws"));
        fs::write(&file, text).unwrap();
        questions.push(shape(theirs, &file));
    }
    let accepted: Vec<_> = ask(judges::python("jades-shape.py"), &questions).iter().map(|answer| answer.accepted).collect();
    assert_eq!(accepted, [&[true][..], &[false; 8]].concat());
}

fn shape(theirs: &TheirJades, file: &Path) -> String {
    let parts = theirs.parts.iter().map(|(name, file)| format!("part={name},{}", file.display()));
    [vec!["shape".to_owned(), word("file", file), format!("level={}", theirs.level)], parts.collect()].concat().join("\t")
}

fn decoded(text: &str) -> String {
    use base64::Engine;
    String::from_utf8(base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

fn encoded(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

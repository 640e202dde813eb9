//! What `hoso` signs beside dossiers, adds to signatures and says of them: other programs judge it, and bad input leaves nothing half done.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot be set up has failed")]

#[path = "support/judges.rs"]
mod judges;
#[path = "support/pki.rs"]
mod pki;
#[path = "support/responder.rs"]
mod responder;
#[path = "support/temporary.rs"]
mod temporary;
#[path = "support/theirs.rs"]
mod theirs;

use pki::Holder;
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use theirs::World;

const FORM: &str = "forms/1.001612-ho-kinh-doanh";
/// Longer than the pieces in which files are read.
const LONG: usize = 200_000;

static WORLD: LazyLock<World> = LazyLock::new(|| World::new("cli-sign"));

struct Answer {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|_| Value::String(format!("{}{}", self.stdout, self.stderr)))
    }

    /// The code of the only error.
    fn error(&self) -> String {
        self.json()["errors"][0]["code"].as_str().unwrap_or(&self.stderr).to_owned()
    }

    fn indications(&self) -> Vec<String> {
        let signatures = self.json()["signatures"].as_array().cloned().unwrap_or_default();
        signatures.iter().map(|signature| signature["indication"].as_str().unwrap().to_owned()).collect()
    }
}

type Words<'w> = Vec<&'w dyn AsRef<OsStr>>;

fn hoso(words: &[&dyn AsRef<OsStr>]) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hoso"));
    command.args(["--output", "json", "--lang", "en"]);
    for word in words {
        command.arg(word.as_ref());
    }
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Answer { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// An empty folder.
fn folder(test: &str) -> PathBuf {
    let folder = WORLD.folder.join(format!("test-{test}"));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

/// A command by a person, with more words.
fn by(holder: &Holder, words: &[&dyn AsRef<OsStr>]) -> Answer {
    let (key, certificate, ca) = (holder.key(), holder.certificate(), WORLD.ca.certificate());
    let mut line: Words<'_> = words.to_vec();
    line.extend::<[&dyn AsRef<OsStr>; 6]>([&"--key", &key, &"--cert", &certificate, &"--chain", &ca]);
    hoso(&line)
}

/// A command with everything that a verifier believes and knows.
fn knowing(words: &[&dyn AsRef<OsStr>]) -> Answer {
    let root = WORLD.root.certificate();
    let mut line: Words<'_> = words.to_vec();
    line.extend::<[&dyn AsRef<OsStr>; 2]>([&"--trust", &root]);
    for list in &WORLD.crls {
        line.extend::<[&dyn AsRef<OsStr>; 2]>([&"--crl", list]);
    }
    hoso(&line)
}

fn dossier(format: &str, out: &Path) -> Answer {
    let form = |place: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(FORM).join(place);
    let (schema, data) = (form("schema.json"), form("examples/valid/sole-owner.json"));
    let fixed: Words<'_> = vec![&"sign", &"--schema", &schema, &"--data", &data, &"--audience", &"https://a.vn", &"--dossier", &"D-1"];
    by(WORLD.person("p256"), &[&fixed[..], &[&"--format", &format, &"-o", &out]].concat())
}

/// Whether OpenSSL takes a signed message.
fn openssl_takes(message: &Path, content: Option<&Path>) -> bool {
    let mut command = Command::new("openssl");
    command.args(["cms", "-verify", "-cades", "-purpose", "any", "-binary", "-inform", "DER", "-out", "/dev/null", "-in"]).arg(message);
    command.arg("-CAfile").arg(&WORLD.trusted);
    if let Some(content) = content {
        command.arg("-content").arg(content);
    }
    command.output().unwrap().status.success()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_dossier_is_signed_in_every_format_and_verified() {
    let folder = folder("dossier");
    for format in ["jades", "cades", "asice"] {
        let out = folder.join(format!("{format}.hoso.zip"));
        assert_eq!(dossier(format, &out).code, 0);
        let answer = knowing(&[&"verify", &out]);
        assert_eq!((answer.code, answer.indications()), (0, vec!["TOTAL-PASSED".to_owned()]), "{format}: {}", answer.stdout);
    }
}

#[test]
fn a_file_is_signed_by_everybody_and_openssl_takes_it() {
    let folder = folder("p7s");
    let long = file(&folder, "long.bin", vec![7; LONG]);
    let changed = file(&folder, "changed.bin", vec![8; LONG]);
    for name in ["p256", "p384", "rsa"] {
        let (beside, around) = (folder.join(format!("{name}.p7s")), folder.join(format!("{name}.p7m")));
        let words: Words<'_> = vec![&"sign", &"--file", &long, &"--format", &"cades"];
        assert_eq!(by(WORLD.person(name), &[&words[..], &[&"-o", &beside]].concat()).code, 0, "{name}");
        assert_eq!(by(WORLD.person(name), &[&words[..], &[&"--enveloping", &"-o", &around]].concat()).code, 0, "{name}");
        assert!(openssl_takes(&beside, Some(&long)) && openssl_takes(&around, None), "{name}");
        assert!(!openssl_takes(&beside, Some(&changed)), "{name}");
    }
}

#[test]
fn arguments_that_do_not_go_together_are_refused() {
    let folder = folder("arguments");
    let (one, two) = (file(&folder, "one.txt", "1"), file(&folder, "two.txt", "2"));
    let out = folder.join("out");
    let cases: [(Words<'_>, &str); 8] = [
        (vec![&"--file", &one, &"--file", &two, &"--format", &"cades"], "cli.one-file"),
        (vec![&"--file", &one, &"--file", &one, &"--format", &"asice"], "cli.file-name-twice"),
        (vec![&"--file", &one, &"--enveloping"], "cli.arguments-conflict"),
        (vec![&"--file", &one, &"--schema", &one], "cli.arguments-conflict"),
        (vec![&"--file", &one, &"--dossier", &"D"], "cli.arguments-conflict"),
        (vec![], "cli.argument-missing"),
        (vec![&"--schema", &one], "cli.argument-missing"),
        (vec![&"--schema", &one, &"--data", &one], "cli.argument-missing"),
    ];
    for (words, code) in cases {
        let answer = by(WORLD.person("p256"), &[&[&"sign" as &dyn AsRef<OsStr>][..], &words, &[&"-o", &out]].concat());
        assert_eq!((answer.code, answer.error()), (2, code.to_owned()));
    }
    let onto = by(WORLD.person("p256"), &[&"sign", &"--file", &one, &"--format", &"cades", &"-o", &one]);
    assert_eq!((onto.code, onto.error()), (2, "cli.out-is-input".to_owned()));
    let absent = by(WORLD.person("p256"), &[&"sign", &"--file", &folder.join("absent"), &"--format", &"cades", &"-o", &out]);
    assert_eq!((absent.code, absent.error()), (2, "cli.file-unreadable".to_owned()));
    assert_eq!(names(&folder), ["one.txt", "two.txt"], "nothing was written");
}

/// A file signed in a format; the signature's place.
fn signed(folder: &Path, format: &str, content: &Path, more: &[&dyn AsRef<OsStr>]) -> PathBuf {
    let out = folder.join(format!("{}.{format}", content.file_name().unwrap().to_str().unwrap()));
    let words: Words<'_> = vec![&"sign", &"--file", &content, &"--format", &format, &"-o", &out];
    assert_eq!(by(WORLD.person("p256"), &[&words[..], more].concat()).code, 0, "{format}");
    out
}

#[test]
fn files_of_every_format_are_verified_by_what_they_are_and_not_by_their_names() {
    let folder = folder("verify");
    let content = file(&folder, "to khai.txt", vec![b'7'; LONG]);
    let other = file(&folder, "other.txt", "other");
    let elsewhere = folder.join("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    let changed = file(&elsewhere, "to khai.txt", "changed");
    let passed = |words: &[&dyn AsRef<OsStr>]| {
        let answer = knowing(words);
        (answer.code, answer.json()["accepted"].as_bool().unwrap(), answer.indications())
    };
    let total = |code, word: &str| (code, code == 0, vec![word.to_owned()]);
    for format in ["cades", "jades"] {
        let signature = signed(&folder, format, &content, &[]);
        assert_eq!(passed(&[&"verify", &signature, &"--content", &content]), total(0, "TOTAL-PASSED"), "{format}");
        assert_eq!(passed(&[&"verify", &signature, &"--content", &changed]), total(1, "TOTAL-FAILED"), "{format}");
        assert_eq!(passed(&[&"verify", &signature]), total(3, "INDETERMINATE"), "{format}");
    }
    let around = signed(&elsewhere, "cades", &other, &[&"--enveloping"]);
    assert_eq!(passed(&[&"verify", &around]), total(0, "TOTAL-PASSED"));
    let container = signed(&folder, "asice", &content, &[]);
    assert_eq!(passed(&[&"verify", &container]), total(0, "TOTAL-PASSED"));
    // What holds its files takes none beside; what is over one file takes no second.
    assert_eq!(knowing(&[&"verify", &container, &"--content", &content]).error(), "cli.content-inside");
    assert_eq!(knowing(&[&"verify", &around, &"--content", &content, &"--content", &other]).error(), "cli.one-file");
    // Two files under one signature, and a third that it does not cover.
    let both = folder.join("both");
    let words: Words<'_> = vec![&"sign", &"--file", &content, &"--file", &other, &"-o", &both];
    assert_eq!(by(WORLD.person("rsa"), &words).code, 0);
    let answer = knowing(&[&"verify", &both, &"--content", &other, &"--content", &content]);
    assert_eq!((answer.code, answer.indications()), (0, vec!["TOTAL-PASSED".to_owned()]), "{}", answer.stdout);
    let third = file(&folder, "third.txt", "3");
    let answer = knowing(&[&"verify", &both, &"--content", &other, &"--content", &content, &"--content", &third]);
    assert_eq!((answer.code, &answer.json()["uncovered"][0]), (3, &Value::from("third.txt")));
    // No anchor: nothing is proven, and nothing refuted.
    assert_eq!(hoso(&[&"verify", &container]).code, 3);
    // Whoever asks for a dossier takes nothing else.
    assert_eq!(knowing(&[&"verify", &container, &"--audience", &"https://a.vn"]).error(), "package.not-a-package");
    // An attached payload, by somebody who knows nothing of `sigD`.
    let plain = file(&folder, "plain.json", r#"{"a": 1}"#);
    assert_eq!(knowing(&[&"verify", &plain]).error(), "package.not-a-package");
}

#[test]
fn signatures_by_others_are_verified() {
    for theirs in WORLD.cades().iter().filter(|theirs| theirs.baseline) {
        let mut words: Words<'_> = vec![&"verify", &theirs.file];
        if let Some(content) = &theirs.content {
            words.extend::<[&dyn AsRef<OsStr>; 2]>([&"--content", content]);
        }
        let answer = knowing(&words);
        assert_eq!((answer.code, answer.indications().len()), (0, theirs.signers), "{}: {}", theirs.name, answer.stdout);
    }
}

#[test]
fn a_list_gives_a_line_for_each_file_and_the_worst_exit() {
    let folder = folder("list");
    let content = file(&folder, "a.txt", "a");
    let good = signed(&folder, "asice", &content, &[]);
    let beside = signed(&folder, "cades", &content, &[]);
    let bytes = fs::read(&good).unwrap();
    let cut = file(&folder, "cut.asice", &bytes[..bytes.len() - 9]);
    let mut paths = vec![good.clone(), beside.clone(), cut.clone(), folder.join("absent"), content];
    // More than one batch of few cores.
    paths.extend(std::iter::repeat_n(good.clone(), 60));
    let text = |paths: &[PathBuf]| paths.iter().map(|path| format!("{}\n", path.display())).collect::<String>();
    let answer = knowing(&[&"verify", &"--ndjson", &file(&folder, "list", text(&paths))]);
    let lines: Vec<Value> = answer.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<_> = lines.iter().map(|line| PathBuf::from(line["file"].as_str().unwrap())).collect();
    assert_eq!((answer.code, &files), (2, &paths), "the order is kept");
    let outcomes: Vec<_> = lines[..3].iter().map(|line| line["verdict"]["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["accepted", "undetermined", "refused"]);
    let codes: Vec<_> = lines[3..5].iter().map(|line| line["error"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["cli.file-unreadable", "package.not-a-package"]);
    assert!(lines[5..].iter().all(|line| line["verdict"]["accepted"] == true));
    for (paths, code) in [(vec![good.clone()], 0), (vec![good.clone(), beside.clone()], 3), (vec![good, beside, cut], 1), (vec![], 0)] {
        assert_eq!(knowing(&[&"verify", &"--ndjson", &file(&folder, "list", text(&paths))]).code, code);
    }
}

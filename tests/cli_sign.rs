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
#[path = "support/their_asic.rs"]
mod their_asic;
#[path = "support/their_jades.rs"]
mod their_jades;
#[path = "support/theirs.rs"]
mod theirs;

use hoso::json::Document;
use hoso::report::Language;
use hoso::schema::{Options, Schema};
use hoso::text::{Instant, Moment};
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
    let answer = Answer { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) };
    if words.first().is_some_and(|word| word.as_ref() == "verify") {
        published(&answer.stdout);
    }
    answer
}

/// A verdict has the shape that is published; errors, and lines of many verdicts, are no verdict.
fn published(text: &str) {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
        let schema = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/meta/verdict.schema.json")).unwrap();
        Schema::compile(schema, &Options { assert_formats: true, ..Options::default() }).unwrap()
    });
    let Ok(document) = Document::read(text) else { return };
    let not = ["errors", "file"].iter().any(|name| document.root().member(name).is_some());
    let report = SCHEMA.validate(&document, Moment::EPOCH, Language::En).unwrap();
    assert!(not || report.valid, "{text}\n{:?}", report.issues);
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
    let form = if fs::read(message).unwrap().starts_with(b"-----BEGIN") { "PEM" } else { "DER" };
    let mut command = Command::new("openssl");
    command.args(["cms", "-verify", "-cades", "-purpose", "any", "-binary", "-inform", form, "-out", "/dev/null", "-in"]).arg(message);
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
    assert_eq!((answer.code, &answer.json()["uncovered"][0]), (1, &Value::from("third.txt")), "nobody signed it");
    // A policy only takes away.
    let office = file(&folder, "policy.json", r#"{"name":"office","level":"B-T"}"#);
    let reasons = |words: &[&dyn AsRef<OsStr>]| {
        let answer = knowing(words);
        let json = answer.json();
        let codes = json["signatures"][0]["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].clone()).collect::<Vec<_>>();
        (answer.code, codes)
    };
    assert_eq!(reasons(&[&"verify", &container, &"--policy", &"vn-tt15"]), (0, vec![]));
    assert_eq!(reasons(&[&"verify", &container, &"--policy", &office]), (3, vec![Value::from("policy.level")]));
    let wrong = file(&folder, "wrong.json", "{}");
    assert_eq!(knowing(&[&"verify", &container, &"--policy", &wrong]).error(), "policy.member");
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

/// The values of the signatures in a signed message, found by OpenSSL.
fn values(message: &Path) -> Vec<String> {
    let output = Command::new("openssl").args(["cms", "-cmsout", "-print", "-inform", "DER", "-in"]).arg(message).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let signers = text.split("signerInfos:").nth(1).unwrap().to_owned();
    let after = signers.split("signature: \n").skip(1);
    after.map(|rest| rest.split("unsignedAttrs").next().unwrap().to_owned()).collect()
}

/// The file with more at the end of its name.
fn beside(path: &Path, more: &str) -> PathBuf {
    path.with_file_name(format!("{}.{more}", path.file_name().unwrap().to_str().unwrap()))
}

/// What `verify` says of each signature: conclusion, level, how many signed over it.
fn told(words: &[&dyn AsRef<OsStr>]) -> (i32, Vec<(String, String, usize)>) {
    let answer = knowing(words);
    let of = |signature: &Value| {
        let text = |name: &str| signature[name].as_str().unwrap_or_default().to_owned();
        (text("indication"), text("level"), signature["counterSignatures"].as_array().unwrap().len())
    };
    (answer.code, answer.json()["signatures"].as_array().unwrap().iter().map(of).collect())
}

fn passed(level: &str, over: usize) -> (String, String, usize) {
    ("TOTAL-PASSED".to_owned(), level.to_owned(), over)
}

/// Every kind of signed file to which more can be added, with the words that name what it is over.
fn targets(folder: &Path) -> Vec<(PathBuf, Vec<PathBuf>)> {
    let content = file(folder, "content.txt", vec![b'c'; LONG]);
    let mut targets = vec![
        (signed(folder, "cades", &content, &[]), vec![content.clone()]),
        (signed(folder, "jades", &content, &[]), vec![content.clone()]),
        (signed(folder, "asice", &content, &[]), Vec::new()),
    ];
    for format in ["jades", "cades", "asice"] {
        let out = folder.join(format!("{format}.hoso.zip"));
        assert_eq!(dossier(format, &out).code, 0);
        targets.push((out, Vec::new()));
    }
    targets
}

fn with<'w>(words: &[&'w dyn AsRef<OsStr>], contents: &'w [PathBuf]) -> Words<'w> {
    let mut line = words.to_vec();
    for content in contents {
        line.extend::<[&dyn AsRef<OsStr>; 2]>([&"--content", content]);
    }
    line
}

#[test]
fn a_second_person_signs_beside_the_first_and_an_office_over_them() {
    let folder = folder("cosign");
    let targets = targets(&folder);
    for (first, contents) in &targets {
        let name = first.file_name().unwrap().to_str().unwrap();
        let (both, over) = (beside(first, "two"), beside(first, "over"));
        let answer = by(WORLD.person("rsa"), &with(&[&"cosign", first, &"-o", &both], contents));
        assert_eq!(answer.code, 0, "{name}: {}", answer.stdout);
        let (code, mut signatures) = told(&with(&[&"verify", &both], contents));
        signatures.sort();
        assert_eq!((code, signatures), (0, vec![passed("B-B", 0), passed("B-B", 0)]), "{name}");
        let answer = by(WORLD.person("p384"), &with(&[&"countersign", &both, &"--signature", &"2", &"-o", &over], contents));
        assert_eq!(answer.code, 0, "{name}: {}", answer.stdout);
        assert_eq!(told(&with(&[&"verify", &over], contents)), (0, vec![passed("B-B", 0), passed("B-B", 1)]), "{name}");
        let third = by(WORLD.person("p384"), &with(&[&"countersign", &both, &"--signature", &"3", &"-o", &folder.join("none")], contents));
        assert_eq!((third.code, third.error(), folder.join("none").exists()), (2, "cli.no-signature".to_owned(), false), "{name}");
    }
    let (p7s, contents) = &targets[0];
    assert!(openssl_takes(&beside(p7s, "two"), Some(&contents[0])));
    // Whoever was given something else signs nothing.
    let other = file(&folder, "other.txt", "other");
    let out = folder.join("wrong");
    for (first, code) in [(&targets[0].0, "signature.content-changed"), (&targets[1].0, "jades.parts-differ")] {
        let answer = by(WORLD.person("rsa"), &[&"cosign", first, &"--content", &other, &"-o", &out]);
        assert_eq!((answer.code, out.exists()), (1, false), "{code}: {}", answer.error());
    }
}

#[test]
fn what_is_added_changes_nothing_and_the_verdict_is_never_worse() {
    let folder = folder("extend");
    let responder = responder::Responder::start(&WORLD);
    let tsa = responder.url("/tsa");
    for (first, contents) in &targets(&folder) {
        let name = first.file_name().unwrap().to_str().unwrap();
        let (stamped, lasting) = (beside(first, "t"), beside(first, "lt"));
        let answer = hoso(&with(&[&"timestamp", first, &"--tsa", &tsa, &"-o", &stamped], contents));
        assert_eq!(answer.code, 0, "{name}: {}", answer.stdout);
        assert_eq!(
            told(&with(&[&"verify", &stamped, &"--chain", &WORLD.ca.certificate()], contents)),
            (0, vec![passed("B-T", 0)]),
            "{name}"
        );
        for from in [first, &stamped] {
            let ca = WORLD.ca.certificate();
            let words = with(&[&"extend", from, &"--level", &"lt", &"--tsa", &tsa, &"--chain", &ca, &"-o", &lasting], contents);
            let answer = knowing(&words);
            assert_eq!(answer.code, 0, "{name}: {}", answer.stdout);
            // Nothing but the anchor is needed now.
            let root = WORLD.root.certificate();
            let answer = hoso(&with(&[&"verify", &lasting, &"--trust", &root], contents));
            assert_eq!((answer.code, answer.json()["signatures"][0]["level"].as_str()), (0, Some("B-LT")), "{name}: {}", answer.stdout);
        }
        if name.ends_with(".cades") {
            assert!(openssl_takes(&lasting, Some(&contents[0])));
            let before = values(first);
            assert!(before.len() == 1 && before == values(&stamped) && before == values(&lasting));
        }
    }
}

#[test]
fn a_signed_message_as_text_stays_text() {
    let folder = folder("armour");
    let content = file(&folder, "content.txt", vec![b'c'; LONG]);
    let der = signed(&folder, "cades", &content, &[]);
    let contents = [content.clone()];
    let responder = responder::Responder::start(&WORLD);
    let (tsa, ca, root) = (responder.url("/tsa"), WORLD.ca.certificate(), WORLD.root.certificate());
    for (command, label) in [(&["cms", "-cmsout"][..], "CMS"), (&["pkcs7"], "PKCS7")] {
        let text = folder.join(format!("{label}.pem"));
        let made = Command::new("openssl")
            .args(command)
            .args(["-inform", "DER", "-outform", "PEM", "-in"])
            .arg(&der)
            .arg("-out")
            .arg(&text)
            .status();
        assert!(made.unwrap().success());
        assert_eq!(told(&with(&[&"verify", &text], &contents)), (0, vec![passed("B-B", 0)]), "{label}");
        assert_eq!(hoso(&[&"inspect", &text]).json()["kind"], "cms");
        let [both, over, stamped, lasting] = ["both", "over", "stamped", "lasting"].map(|name| folder.join(format!("{label}-{name}.pem")));
        assert_eq!(by(WORLD.person("rsa"), &with(&[&"cosign", &text, &"-o", &both], &contents)).code, 0);
        assert_eq!(by(WORLD.person("p384"), &with(&[&"countersign", &text, &"-o", &over], &contents)).code, 0);
        assert_eq!(hoso(&with(&[&"timestamp", &text, &"--tsa", &tsa, &"-o", &stamped], &contents)).code, 0);
        let words = with(&[&"extend", &stamped, &"--level", &"lt", &"--tsa", &tsa, &"--chain", &ca, &"-o", &lasting], &contents);
        assert_eq!(knowing(&words).code, 0);
        assert_eq!(told(&with(&[&"verify", &both], &contents)), (0, vec![passed("B-B", 0), passed("B-B", 0)]));
        assert_eq!(told(&with(&[&"verify", &over], &contents)), (0, vec![passed("B-B", 1)]));
        let answer = hoso(&with(&[&"verify", &lasting, &"--trust", &root], &contents));
        assert_eq!((answer.code, answer.json()["signatures"][0]["level"].as_str()), (0, Some("B-LT")), "{}", answer.stdout);
        for out in [&both, &over, &stamped, &lasting] {
            assert!(fs::read_to_string(out).unwrap().starts_with(&format!("-----BEGIN {label}-----\n")));
            assert!(openssl_takes(out, Some(&content)), "{}", out.display());
        }
    }
    let text = fs::read_to_string(folder.join("CMS.pem")).unwrap();
    let other = file(&folder, "other.pem", text.replace("CMS", "CERTIFICATE"));
    let cut = file(&folder, "cut.pem", text.split_at(200).0);
    for command in ["verify", "inspect"] {
        let answer = hoso(&[&command, &other]);
        assert_eq!((answer.code, answer.error()), (2, "cms.armour-label".to_owned()), "{command}");
    }
    let answer = hoso(&[&"verify", &cut]);
    assert_eq!((answer.code, answer.json()["signatures"][0]["reasons"][0]["code"].as_str()), (1, Some("cms.armour")), "{}", answer.stdout);
    let answer = by(WORLD.person("rsa"), &[&"cosign", &cut, &"-o", &folder.join("never")]);
    assert_eq!((answer.code, answer.error()), (1, "cms.armour".to_owned()));
}

#[test]
fn more_is_added_to_a_jws_of_others_but_a_compact_one_has_no_room() {
    let folder = folder("their-jws");
    let responder = responder::Responder::start(&WORLD);
    let (tsa, ca) = (responder.url("/tsa"), WORLD.ca.certificate());
    let all = their_jades::jades(&WORLD);
    let find = |name: &str| &all.iter().find(|theirs| theirs.name == name).unwrap().file;
    let first = find("jose-flattened-payload-es256");
    let [both, over, stamped, lasting] = ["both", "over", "stamped", "lasting"].map(|name| folder.join(format!("{name}.jws")));
    for answer in [
        by(WORLD.person("rsa"), &[&"cosign", first, &"-o", &both]),
        by(WORLD.person("p384"), &[&"countersign", first, &"-o", &over]),
        hoso(&[&"timestamp", first, &"--tsa", &tsa, &"-o", &stamped]),
        knowing(&[&"extend", first, &"--level", &"lt", &"--tsa", &tsa, &"--chain", &ca, &"-o", &lasting]),
    ] {
        assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
    }
    assert_eq!(told(&[&"verify", &both]), (0, vec![passed("B-B", 0), passed("B-B", 0)]));
    assert_eq!(told(&[&"verify", &over]), (0, vec![passed("B-B", 1)]));
    assert_eq!(told(&[&"verify", &stamped, &"--chain", &ca]), (0, vec![passed("B-T", 0)]));
    assert_eq!(told(&[&"verify", &lasting]), (0, vec![passed("B-LT", 0)]));
    let compact = find("jose-compact-payload-es256");
    let never = folder.join("never");
    for answer in [
        by(WORLD.person("rsa"), &[&"cosign", compact, &"-o", &never]),
        by(WORLD.person("rsa"), &[&"countersign", compact, &"-o", &never]),
        hoso(&[&"timestamp", compact, &"--tsa", &tsa, &"-o", &never]),
    ] {
        assert_eq!((answer.code, answer.error(), never.exists()), (1, "jades.compact".to_owned(), false));
    }
}

/// The entries of a container but for the signed message, and that message with what it is over, as files.
fn inside(folder: &Path, container: &Path) -> (Vec<(String, Vec<u8>)>, PathBuf, PathBuf) {
    let bytes = fs::read(container).unwrap();
    let archive = hoso::zip::Archive::read(&bytes).unwrap();
    let (messages, others): (Vec<_>, Vec<_>) =
        archive.members().iter().map(|member| (member.name.clone(), member.content.to_vec())).partition(|(name, _)| name.ends_with(".p7s"));
    let over = others.iter().find(|(name, _)| name.ends_with(".xml")).unwrap_or(&others[1]).1.clone();
    (others, file(folder, "inside.p7s", &messages[0].1), file(folder, "inside.data", over))
}

#[test]
fn of_containers_by_others_the_signed_message_alone_is_changed() {
    let folder = folder("theirs");
    let responder = responder::Responder::start(&WORLD);
    let (tsa, ca, root) = (responder.url("/tsa"), WORLD.ca.certificate(), WORLD.root.certificate());
    let (extended, simple) = their_asic::plain(&WORLD);
    for theirs in [&extended, &simple] {
        let first = &theirs.file;
        let before = inside(&folder, first).0;
        let [both, over, stamped, lasting] =
            ["both", "over", "stamped", "lasting"].map(|name| folder.join(format!("{}-{name}", theirs.name)));
        for answer in [
            by(WORLD.person("rsa"), &[&"cosign", first, &"-o", &both]),
            by(WORLD.person("p384"), &[&"countersign", first, &"-o", &over]),
            hoso(&[&"timestamp", first, &"--tsa", &tsa, &"-o", &stamped]),
            knowing(&[&"extend", first, &"--level", &"lt", &"--tsa", &tsa, &"--chain", &ca, &"-o", &lasting]),
        ] {
            assert_eq!(answer.code, 0, "{}: {}{}", theirs.name, answer.stdout, answer.stderr);
        }
        assert_eq!(told(&[&"verify", &both]), (0, vec![passed("B-B", 0), passed("B-B", 0)]));
        assert_eq!(told(&[&"verify", &over]), (0, vec![passed("B-B", 1)]));
        assert_eq!(told(&[&"verify", &stamped, &"--chain", &ca]), (0, vec![passed("B-T", 0)]));
        let answer = hoso(&[&"verify", &lasting, &"--trust", &root]);
        assert_eq!((answer.code, answer.json()["signatures"][0]["level"].as_str()), (0, Some("B-LT")), "{}", answer.stdout);
        for out in [&both, &over, &stamped, &lasting] {
            let (after, message, content) = inside(&folder, out);
            assert!(after == before && openssl_takes(&message, Some(&content)), "{}", out.display());
            assert!(Command::new("unzip").arg("-tqq").arg(out).status().unwrap().success());
        }
        // pyHanko takes one signer of a message.
        for (out, level) in [(&stamped, "B-T"), (&lasting, "B-LT")] {
            let answer = theirs::ask(judges::python("asic-shape.py"), &[format!("{}\tlevel={level}", WORLD.question("asic", out, None))]);
            assert!(answer[0].accepted, "{}: {}", out.display(), answer[0].words);
        }
    }
    // A kind that is not looked at is told by its name.
    let unknown = file(&folder, "signatures.xml", "<x/>");
    let xades = their_asic::zip(
        &WORLD,
        "xades",
        "e",
        &[("content.bin".to_owned(), WORLD.content.clone()), ("META-INF/signatures.xml".to_owned(), unknown)],
    );
    let answer = knowing(&[&"verify", &xades]);
    assert_eq!((answer.code, answer.json()["signatures"][0]["format"].as_str()), (3, Some("xades")), "{}", answer.stdout);
    // Who would sign something else than was signed, or break what is built upon a signature, signs nothing.
    let never = folder.join("never");
    let several = their_asic::asic(&WORLD).pop().unwrap();
    let answer = by(WORLD.person("rsa"), &[&"cosign", &several.file, &"-o", &never]);
    assert_eq!((answer.code, answer.error(), never.exists()), (1, "asic.one-message".to_owned(), false));
}

#[test]
fn each_of_two_signers_gets_a_timestamp_and_lasts() {
    let folder = folder("two");
    let responder = responder::Responder::start(&WORLD);
    let (tsa, ca, root) = (responder.url("/tsa"), WORLD.ca.certificate(), WORLD.root.certificate());
    for (first, contents) in &targets(&folder) {
        let name = first.file_name().unwrap().to_str().unwrap();
        let (both, stamped, lasting) = (beside(first, "two"), beside(first, "t"), beside(first, "lt"));
        assert_eq!(by(WORLD.person("rsa"), &with(&[&"cosign", first, &"-o", &both], contents)).code, 0, "{name}");
        // In a signed message the signer with a timestamp is the longer one and stands last.
        let answer = hoso(&with(&[&"timestamp", &both, &"--tsa", &tsa, &"-o", &stamped], contents));
        assert_eq!(answer.code, 0, "{name}: {}", answer.stdout);
        let told = told(&with(&[&"verify", &stamped, &"--chain", &ca], contents));
        assert_eq!(told, (0, vec![passed("B-T", 0), passed("B-T", 0)]), "{name}");
        let answer = knowing(&with(&[&"extend", &both, &"--level", &"lt", &"--tsa", &tsa, &"--chain", &ca, &"-o", &lasting], contents));
        assert_eq!(answer.code, 0, "{name}: {}", answer.stdout);
        let answer = hoso(&with(&[&"verify", &lasting, &"--trust", &root], contents));
        let levels = answer.json()["signatures"].as_array().unwrap().iter().map(|one| one["level"].clone()).collect::<Vec<_>>();
        assert_eq!((answer.code, levels), (0, vec!["B-LT".into(), "B-LT".into()]), "{name}: {}", answer.stdout);
    }
}

#[test]
fn a_timestamp_authority_that_is_down_or_answers_something_else_leaves_nothing() {
    let folder = folder("tsa");
    let content = file(&folder, "content.txt", "content");
    let first = signed(&folder, "cades", &content, &[]);
    let there = names(&folder);
    let responder = responder::Responder::start(&WORLD);
    let out = folder.join("out");
    let cases = [
        (responder.url("/tsa-wrong-imprint"), 1, "timestamp.imprint-differs"),
        (responder.url("/tsa-other-nonce"), 1, "timestamp.nonce-differs"),
        (responder.url("/tsa-no-nonce"), 1, "timestamp.nonce-differs"),
        (responder.url("/tsa-rejection"), 1, "timestamp.rejected"),
        (responder.url("/tsa-flipped"), 1, "timestamp.wrong"),
        (responder.url("/tsa-no-purpose"), 1, "certificate.not-for-timestamps"),
        (responder.url("/tsa-garbage"), 1, "timestamp.malformed"),
        (responder.url("/tsa-empty"), 1, "timestamp.malformed"),
        (responder.url("/tsa-page"), 1, "timestamp.malformed"),
        (responder.url("/tsa-error"), 2, "tsa.http-status"),
        (responder.url("/tsa-cut"), 2, "tsa.unreachable"),
        (responder.url("/tsa-endless"), 2, "tsa.too-large"),
        ("http://127.0.0.1:1/".to_owned(), 2, "tsa.unreachable"),
        ("no address".to_owned(), 2, "tsa.address"),
    ];
    for (url, code, named) in cases {
        let answer = hoso(&[&"timestamp", &first, &"--content", &content, &"--tsa", &url, &"-o", &out]);
        assert_eq!((answer.code, answer.error()), (code, named.to_owned()), "{url}: {}", answer.stdout);
        assert_eq!(names(&folder), there, "{url}");
    }
}

#[test]
fn a_machine_without_a_network_writes_the_question_and_takes_the_answer() {
    let folder = folder("offline");
    let content = file(&folder, "content.txt", "content");
    let first = signed(&folder, "cades", &content, &[]);
    let (question, out) = (folder.join("question.tsq"), folder.join("out.p7s"));
    let fixed: Words<'_> = vec![&"timestamp", &first, &"--content", &content, &"-o", &out, &"--tsa-request", &question];
    assert_eq!((hoso(&fixed).code, out.exists()), (0, false));
    let responder = responder::Responder::start(&WORLD);
    let (status, body) = responder.post("/tsa", "application/timestamp-query", &fs::read(&question).unwrap());
    assert_eq!(status, 200);
    let answer = file(&folder, "answer.tsr", body);
    let answered = hoso(&[&fixed[..], &[&"--tsa-response", &answer]].concat());
    assert_eq!(answered.code, 0, "{}", answered.stdout);
    assert_eq!(told(&[&"verify", &out, &"--content", &content, &"--chain", &WORLD.ca.certificate()]), (0, vec![passed("B-T", 0)]));
    // The answer is to that question alone.
    assert_eq!(hoso(&fixed).code, 0);
    let again = hoso(&[&fixed[..], &[&"--tsa-response", &answer]].concat());
    assert_eq!((again.code, again.error()), (1, "timestamp.nonce-differs".to_owned()));
    fs::write(&question, "no question").unwrap();
    let other = hoso(&[&fixed[..], &[&"--tsa-response", &answer]].concat());
    assert_eq!((other.code, other.error()), (2, "tsa.request-differs".to_owned()));
}

#[test]
fn a_report_is_a_page_without_markup_of_strangers_or_json() {
    let folder = folder("report");
    let content = file(&folder, "a<b>&.txt", "content");
    let third = file(&folder, "<script>.txt", "3");
    let signature = signed(&folder, "jades", &content, &[]);
    let (page, json) = (folder.join("verdict.html"), folder.join("verdict.json"));
    for (place, code) in [(&page, 1), (&json, 1)] {
        let words: Words<'_> = vec![&"verify", &signature, &"--content", &content, &"--content", &third, &"--report", place];
        assert_eq!(knowing(&words).code, code);
    }
    let text = fs::read_to_string(&page).unwrap();
    assert!(text.contains("&lt;script&gt;.txt") && !text.contains("<script") && text.contains("TOTAL-PASSED"), "{text}");
    let read: Value = serde_json::from_slice(&fs::read(&json).unwrap()).unwrap();
    assert_eq!(read["uncovered"][0], "<script>.txt");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/meta/verdict.schema.json");
    let theirs = judges::ask(judges::python("schema-check.py").arg(&schema).arg(&json));
    assert!(theirs.accepted, "{}", theirs.words);
    let package = folder.join("cades.hoso.zip");
    assert_eq!(dossier("cades", &package).code, 0);
    assert_eq!(knowing(&[&"verify", &package, &"--report", &page]).code, 0);
    assert!(fs::read_to_string(&page).unwrap().contains("class=\"accepted\""));
    // Another ending, or what is read, is refused.
    let other = knowing(&[&"verify", &signature, &"--content", &content, &"--report", &folder.join("verdict.txt")]);
    assert_eq!((other.code, other.error()), (2, "cli.report".to_owned()));
    let as_json = file(&folder, "signature.json", fs::read(&signature).unwrap());
    let onto = knowing(&[&"verify", &as_json, &"--content", &content, &"--report", &as_json]);
    assert_eq!((onto.code, onto.error()), (2, "cli.out-is-input".to_owned()));
}

#[test]
fn what_is_signed_is_shown_and_not_judged() {
    let folder = folder("inspect");
    let content = file(&folder, "content.txt", "content");
    for (format, kind, list) in [("cades", "cms", None), ("jades", "jws", Some("absent")), ("asice", "asic", Some("covers"))] {
        let signature = signed(&folder, format, &content, &[]);
        let answer = hoso(&[&"inspect", &signature]);
        let shown = answer.json();
        assert_eq!((answer.code, shown["kind"].as_str()), (0, Some(kind)), "{}", answer.stdout);
        assert!(shown["signatures"][0]["signer"]["name"].is_string() && shown["signatures"][0]["signingTime"].is_string(), "{shown}");
        assert!(shown["signatures"][0].get("indication").is_none() && shown.get("accepted").is_none());
        if let Some(list) = list {
            assert_eq!(shown[list][0], "content.txt", "{format}");
        }
    }
}

/// A supplement of an earlier package, with more words.
fn supplement(of: &dyn AsRef<OsStr>, out: &Path, more: &[&dyn AsRef<OsStr>]) -> Answer {
    let form = |place: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(FORM).join(place);
    let (schema, data) = (form("schema.json"), form("examples/valid/sole-owner.json"));
    let fixed: Words<'_> = vec![&"sign", &"--schema", &schema, &"--data", &data, &"--supersedes", of, &"-o", &out];
    by(WORLD.person("p256"), &[&fixed[..], more].concat())
}

/// What `verify` says of several packages: its exit code, and each issue with the place of its package.
fn chained(packages: &[&PathBuf], more: &[&dyn AsRef<OsStr>]) -> (i32, Vec<(u64, String)>) {
    let mut words: Words<'_> = vec![&"verify"];
    words.extend(packages.iter().map(|package| package as &dyn AsRef<OsStr>));
    let answer = knowing(&[&words[..], more].concat());
    let json = answer.json();
    assert!(json["chain"]["issues"].is_array(), "{json}");
    let issues = json["chain"]["issues"].as_array().unwrap();
    let told = issues.iter().map(|issue| (issue["package"].as_u64().unwrap(), issue["code"].as_str().unwrap().to_owned()));
    (answer.code, told.collect())
}

#[test]
fn supplements_are_held_against_the_packages_that_they_supplement() {
    let folder = folder("chain");
    let [first, second, third, rival, changed] =
        ["first", "second", "third", "rival", "changed"].map(|name| folder.join(format!("{name}.hoso.zip")));
    assert_eq!(dossier("jades", &first).code, 0);
    // Each keeps id and portal of the earlier one.
    for (of, out, format) in [(&first, &second, "cades"), (&second, &third, "asice"), (&first, &rival, "jades")] {
        let answer = supplement(of, out, &[&"--format", &format]);
        assert_eq!(answer.code, 0, "{}", answer.stdout);
        assert_eq!((answer.json()["dossier"]["id"].as_str(), answer.json()["audience"].as_str()), (Some("D-1"), Some("https://a.vn")));
    }
    let none = Vec::new();
    for order in [[&first, &second, &third], [&third, &first, &second]] {
        assert_eq!(chained(&order, &[]), (0, none.clone()));
    }
    let issue = |place, code: &str| (place, code.to_owned());
    assert_eq!(chained(&[&second, &rival, &first], &[]), (1, vec![issue(0, "chain.fork"), issue(1, "chain.fork")]));
    assert_eq!(chained(&[&first, &third], &[]), (3, vec![issue(1, "chain.predecessor-missing")]));
    assert_eq!(chained(&[&first, &first], &[]), (1, vec![issue(1, "chain.doubled")]));
    // One alone is as it was.
    let alone = knowing(&[&"verify", &second]);
    let json = alone.json();
    assert_eq!((alone.code, json["accepted"].as_bool(), json.get("chain")), (0, Some(true), None));
    assert_eq!(json["submission"]["supersedes"].as_str().unwrap().len(), "sha-256:".len() + 64);
    // A letter of the signature: the package is refused, and so is what rests on it.
    let mut bytes = fs::read(&first).unwrap();
    let at = bytes.windows(9).rposition(|window| window == b"protected").unwrap() + 40;
    bytes[at] ^= 1;
    fs::write(&changed, &bytes).unwrap();
    let (code, issues) = chained(&[&changed, &second], &[]);
    assert!(code == 1 && issues.len() == 1, "{issues:?}");
    // Days lie between them: each was received when it was.
    let at = |days: i64| Moment::new(Instant::from_unix(WORLD.now + days * 86_400 + 3_600), Moment::VIETNAM).to_string();
    let (now, late, days_later) = (at(0), at(2), folder.join("late.hoso.zip"));
    assert_eq!(supplement(&first, &days_later, &[&"--now", &late]).code, 0);
    let refused = vec![issue(1, "chain.predecessor-refused")];
    assert_eq!(chained(&[&first, &days_later], &[&"--received-at", &late]), (1, refused));
    assert_eq!(chained(&[&first, &days_later], &[&"--received-at", &now, &"--received-at", &late]).1, none);
    let three = knowing(&[&"verify", &first, &second, &third, &"--received-at", &now, &"--received-at", &late]);
    assert_eq!((three.code, three.error()), (2, "cli.moments".to_owned()));
    let content = knowing(&[&"verify", &first, &second, &"--content", &first]);
    assert_eq!((content.code, content.error()), (2, "cli.arguments-conflict".to_owned()));
}

#[test]
fn a_chain_is_told_in_every_way_that_verdicts_are() {
    let folder = folder("chain-told");
    let [first, second] = ["first", "second"].map(|name| folder.join(format!("{name}.hoso.zip")));
    assert_eq!((dossier("jades", &first).code, supplement(&first, &second, &[]).code), (0, 0));
    let page = folder.join("verdict.html");
    let answer = knowing(&[&"verify", &second, &first, &folder.join("absent"), &"--report", &page]);
    let json = answer.json();
    assert_eq!((answer.code, json["chain"]["outcome"].as_str()), (2, Some("accepted")));
    assert_eq!(json["chain"]["supplements"], serde_json::json!([{"package": 0, "of": 1}]));
    assert_eq!(json["files"][2]["error"]["code"], "cli.file-unreadable");
    let text = fs::read_to_string(&page).unwrap();
    assert!(text.contains("second.hoso.zip supplements ") && text.contains("cli.file-unreadable"), "{text}");
    let said = knowing(&[&"verify", &second, &first, &first, &"--output", &"text"]);
    assert!(
        said.code == 1 && said.stdout.contains("second.hoso.zip supplements ") && said.stdout.contains("chain.doubled"),
        "{}",
        said.stdout
    );
    let list = file(&folder, "list", format!("{}\n{}\n", second.display(), first.display()));
    let answer = knowing(&[&"verify", &"--ndjson", &list]);
    let lines: Vec<Value> = answer.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((answer.code, lines.len(), &lines[2]["chain"]["supplements"][0]["of"]), (0, 3, &Value::from(1)));
    let alone = file(&folder, "alone", format!("{}\n", second.display()));
    assert_eq!(knowing(&[&"verify", &"--ndjson", &alone]).stdout.lines().count(), 1);
}

#[test]
fn a_supplement_that_no_portal_would_take_is_not_signed() {
    let folder = folder("supplement");
    let (first, out) = (folder.join("first.hoso.zip"), folder.join("second.hoso.zip"));
    assert_eq!(dossier("cades", &first).code, 0);
    let words: [(&[&dyn AsRef<OsStr>], &str); 3] = [
        (&[&"--dossier", &"D-2"], "chain.dossier"),
        (&[&"--audience", &"https://b.vn"], "chain.audience"),
        (&[&"--now", &"2020-01-01T00:00:00Z"], "chain.created-before"),
    ];
    for (more, code) in words {
        let answer = supplement(&first, &out, more);
        assert_eq!((answer.code, answer.error(), out.exists()), (1, code.to_owned(), false), "{}", answer.stdout);
    }
    let over = supplement(&first, &first, &[]);
    assert_eq!((over.code, over.error()), (2, "cli.out-is-input".to_owned()));
    let content = file(&folder, "content.txt", "content");
    let none = supplement(&content, &out, &[]);
    assert_eq!((none.code, none.error()), (2, "package.not-a-package".to_owned()));
    // Without the package the digest is enough, and says nothing of its dossier.
    let digest = "a".repeat(64);
    let missing = supplement(&digest, &out, &[]);
    assert_eq!((missing.code, missing.error()), (2, "cli.argument-missing".to_owned()));
    assert_eq!(supplement(&digest, &out, &[&"--dossier", &"D-1", &"--audience", &"https://a.vn"]).code, 0);
}

#[test]
fn a_wrong_password_signs_nothing() {
    let folder = folder("password");
    let content = file(&folder, "content.txt", "content");
    let options = ["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC", "-macalg", "sha256"];
    let p12 = WORLD.person("p256").pkcs12(&[&WORLD.ca], &options, "cli").unwrap();
    let (right, wrong) = (file(&folder, "right", pki::PASSWORD), file(&folder, "wrong", "wrong"));
    let out = folder.join("out.p7s");
    let fixed: Words<'_> = vec![&"sign", &"--file", &content, &"--format", &"cades", &"--p12", &p12, &"-o", &out, &"--password-file"];
    let refused = hoso(&[&fixed[..], &[&wrong]].concat());
    assert_eq!((refused.code, refused.error(), out.exists()), (2, "key.wrong-password".to_owned(), false));
    assert_eq!((hoso(&[&fixed[..], &[&right]].concat()).code, openssl_takes(&out, Some(&content))), (0, true));
}

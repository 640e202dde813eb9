//! Starts the outside judges of `tests/judges/`. A judge that is not there fails the test: none is ever skipped.
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot ask its judge has failed")]

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A judge of `tests/judges/` that runs on Python.
pub fn python(script: &str) -> Command {
    let name = if cfg!(windows) { "python/Scripts/python.exe" } else { "python/bin/python" };
    start(&installed(name), script)
}

/// A judge of `tests/judges/` that runs on Node.
pub fn node(script: &str) -> Command {
    installed("node/node_modules");
    start(Path::new("node"), script)
}

/// The judge of `tests/judges/native/`, a program of its own.
pub fn native() -> Command {
    Command::new(installed(if cfg!(windows) { "native/debug/native-judge.exe" } else { "native/debug/native-judge" }))
}

/// Bouncy Castle and the JDK, by the programs of `tests/judges/java/`.
pub fn java() -> Command {
    let jars = ["bcpkix", "bcprov", "bcutil"].map(|name| format!("/usr/share/java/{name}.jar"));
    let path = format!("{}:{}", installed("java").display(), jars.join(":"));
    let mut command = Command::new("java");
    // The compiler that makes the fastest code costs more than it saves in a second of work.
    command.args(["-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", &path, "Judge"]);
    command
}

/// The JSON-Schema-Test-Suite: a folder with `tests/` and `remotes/`.
pub fn suite_dir() -> PathBuf {
    installed("jsonschema-suite")
}

/// The JSONTestSuite: a folder of files whose names start with `y_`, `n_` or `i_`.
pub fn json_suite_dir() -> PathBuf {
    installed("json-suite")
}

/// NIST's PKITS: a folder with `certs/` and `crls/`.
pub fn pkits_dir() -> PathBuf {
    installed("pkits")
}

/// What a judge of canonical form (`jcs-node.mjs`, `jcs.py`) makes of each text; nothing for one it refuses.
pub fn canonical_forms(judge: Command, texts: &[&str]) -> Vec<Option<String>> {
    let answers = answers(judge, texts.iter().map(|text| line(text)).collect());
    assert_eq!(answers.len(), texts.len(), "a judge of canonical form answered another number of questions");
    answers.iter().map(|answer| form(answer)).collect()
}

/// A text as a JSON string in ASCII, for a line: some readers of lines also end one at U+2028.
fn line(text: &str) -> String {
    let units = text.encode_utf16().map(|unit| match u8::try_from(unit) {
        Ok(byte @ (b' '..=b'~')) if !matches!(byte, b'"' | b'\\') => char::from(byte).to_string(),
        _ => format!("\\u{unit:04x}"),
    });
    format!("\"{}\"\n", units.collect::<String>())
}

fn form(answer: &str) -> Option<String> {
    match answer.trim_end_matches('\r') {
        "ERROR" => None,
        form => Some(serde_json::from_str(form).unwrap_or_else(|error| panic!("no answer of a judge: {answer}: {error}"))),
    }
}

/// The lines with which a judge answers some lines.
pub fn answers(mut judge: Command, lines: String) -> Vec<String> {
    let mut running =
        judge.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap_or_else(|error| panic!("{judge:?}: {error}. {MEND}"));
    let mut input = running.stdin.take().expect("the judge's input is piped");
    // A judge answers while it is asked: written and read at once, neither waits for the other.
    let asking = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = running.wait_with_output().expect("the judge's output can be read");
    asking.join().expect("asking does not panic").expect("the judge reads all it is asked");
    assert!(output.status.success(), "{judge:?} broke down");
    let answers = String::from_utf8(output.stdout).expect("the judge answers in UTF-8");
    answers.split_terminator('\n').map(str::to_owned).collect()
}

/// What a judge that verifies said.
#[derive(Debug)]
pub struct Answer {
    /// Whether the judge accepts.
    pub accepted: bool,
    /// Its words.
    pub words: String,
}

/// What a judge that is asked by the line said (`tests/judges/lines.py`, `tests/judges/java/Judge.java`).
#[derive(Debug)]
pub struct Facts {
    /// Whether the judge accepts.
    pub accepted: bool,
    /// Its line.
    pub words: String,
    /// What it found.
    pub found: serde_json::Value,
}

impl From<Facts> for Answer {
    fn from(facts: Facts) -> Self {
        Self { accepted: facts.accepted, words: facts.words }
    }
}

/// The answers of a judge that is asked by the line, one for each.
pub fn facts(judge: Command, lines: String) -> Vec<Facts> {
    let asked = lines.lines().count();
    let answers: Vec<_> = answers(judge, lines).into_iter().map(fact).collect();
    assert_eq!(answers.len(), asked, "a judge answered another number of questions");
    answers
}

fn fact(words: String) -> Facts {
    let found: serde_json::Value = serde_json::from_str(&words).unwrap_or_else(|error| panic!("no answer of a judge: {words}: {error}"));
    let accepted = found.get("accepted").and_then(serde_json::Value::as_bool);
    Facts { accepted: accepted.unwrap_or_else(|| panic!("a judge did not decide: {words}")), words, found }
}

/// Runs a program whose exit code is its verdict. One that does not start fails the test.
pub fn exit_code(program: &mut Command) -> Answer {
    let output = program.output().unwrap_or_else(|error| panic!("{program:?} does not start: {error}. {MEND}"));
    let said = [output.stderr, output.stdout].concat();
    Answer { accepted: output.status.success(), words: String::from_utf8_lossy(&said).trim().to_owned() }
}

/// `openssl cms -verify -cades`, which wants signing-certificate-v2.
pub fn openssl_cms(file: &Path, content: Option<&Path>, root: &Path, at: Option<i64>) -> Answer {
    let mut line = Command::new("openssl");
    line.args(["cms", "-verify", "-cades", "-binary", "-purpose", "any", "-inform", "DER", "-out", "/dev/null", "-in"]);
    line.arg(file).arg("-CAfile").arg(root);
    let at = at.map(|at| at.to_string());
    exit_code(line.args(option("-content", content)).args(option("-attime", at.as_deref())))
}

/// `openssl ts -verify` of a token over a file.
pub fn openssl_ts(token: &Path, data: &Path, root: &Path, chain: &Path) -> Answer {
    let mut line = Command::new("openssl");
    line.args(["ts", "-verify", "-token_in", "-in"]).arg(token).arg("-data").arg(data);
    exit_code(line.arg("-CAfile").arg(root).arg("-untrusted").arg(chain))
}

/// `openssl ocsp` of a response about a certificate: rightly signed, and `good`.
pub fn openssl_ocsp(response: &Path, leaf: &Path, issuer: &Path, root: &Path) -> Answer {
    let mut line = Command::new("openssl");
    line.args(["ocsp", "-no_nonce", "-respin"]).arg(response).arg("-issuer").arg(issuer).arg("-cert").arg(leaf);
    let answer = exit_code(line.arg("-CAfile").arg(root).arg("-verify_other").arg(issuer));
    // It ends well with `revoked`, and with a signature that it could not verify.
    Answer { accepted: answer.accepted && answer.words.contains("Response verify OK") && answer.words.contains(": good"), ..answer }
}

/// GnuTLS `certtool --p7-verify`.
///
/// It looks for the signer's certificate by serial number alone, so it has to know the authorities by the file of those trusted.
pub fn certtool(file: &Path, content: Option<&Path>, trusted: &Path) -> Answer {
    let mut line = Command::new("certtool");
    line.args(["--p7-verify", "--inder", "--infile"]).arg(file).arg("--load-ca-certificate").arg(trusted);
    let answer = exit_code(line.args(option("--load-data", content)));
    // It is content with one right signature among several.
    Answer { accepted: answer.accepted && !answer.words.contains("verification failed"), ..answer }
}

/// An option and its value, or nothing.
fn option<'a, T: AsRef<OsStr> + ?Sized>(name: &'a str, value: Option<&'a T>) -> impl Iterator<Item = &'a OsStr> {
    value.into_iter().flat_map(move |value| [name.as_ref(), value.as_ref()])
}

/// Runs a judge that verifies. A judge that broke down gave no answer, and the test fails.
pub fn ask(judge: &mut Command) -> Answer {
    let output = judge.output().unwrap_or_else(|error| panic!("{judge:?} does not start: {error}. {MEND}"));
    let words = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match output.status.code() {
        Some(0) if words == "accepted" => Answer { accepted: true, words },
        Some(1) if words.starts_with("refused: ") => Answer { accepted: false, words },
        _ => panic!("{judge:?} broke down: {words}\n{}", String::from_utf8_lossy(&output.stderr)),
    }
}

/// Whether a judge that is asked about files by the line accepts each of them.
pub fn accepts_each(judge: Command, files: &[&Path]) -> Vec<bool> {
    let lines = files.iter().map(|file| format!("{}\n", file.display()));
    let answers = answers(judge, lines.collect());
    assert_eq!(answers.len(), files.len(), "a judge answered another number of questions");
    let accepted = |answer: &String| {
        assert!(answer == "accepted" || answer.starts_with("refused: "), "no answer of a judge: {answer}");
        answer == "accepted"
    };
    answers.iter().map(accepted).collect()
}

const MEND: &str = "Run `cargo xtask test` (or `cargo xtask doctor --install`)";

fn start(program: &Path, script: &str) -> Command {
    let mut command = Command::new(program);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges").join(script)).env("HOSO_JUDGES", home());
    command
}

/// A file or folder of `target/judges`, which must be there.
fn installed(name: &str) -> PathBuf {
    let path = home().join(name);
    assert!(path.exists(), "the outside judges are not installed: `{}` is missing. {MEND}", path.display());
    path
}

fn home() -> PathBuf {
    std::env::var_os("HOSO_JUDGES").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/judges"), PathBuf::from)
}

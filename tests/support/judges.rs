//! Starts the outside judges of `tests/judges/`. A judge that is not there fails the test: none is ever skipped.
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot ask its judge has failed")]

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

/// The JSON-Schema-Test-Suite: a folder with `tests/` and `remotes/`.
pub fn suite_dir() -> PathBuf {
    installed("jsonschema-suite")
}

/// The JSONTestSuite: a folder of files whose names start with `y_`, `n_` or `i_`.
pub fn json_suite_dir() -> PathBuf {
    installed("json-suite")
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

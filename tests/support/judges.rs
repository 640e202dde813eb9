//! Starts the outside judges of `tests/judges/`. A judge that is not there fails the test: none is ever skipped.
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot ask its judge has failed")]

use std::path::{Path, PathBuf};
use std::process::Command;

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

/// The JSON-Schema-Test-Suite: a folder with `tests/` and `remotes/`.
pub fn suite_dir() -> PathBuf {
    installed("jsonschema-suite")
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

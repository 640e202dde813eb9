//! `cargo xtask test`: the whole check, one stage after the other; a failed stage does not hide the next.

use std::time::{Duration, Instant};

use crate::demo;
use crate::keys;
use crate::npm;
use crate::run::{Outcome, Run, works};
use crate::setup::{self, For};

/// Runs every stage, or with arguments only the tests they name, and ends with a line for each and the sum.
/// Gives whether all went well.
///
/// # Errors
/// When the arguments name no test.
pub fn run(filters: &[&str]) -> Outcome<bool> {
    let mut stages = vec![stage("setup", || {
        let problems = setup::set_up(For::Extra);
        problems.iter().for_each(|problem| eprintln!("{problem}"));
        Ok(setup::NEEDS.iter().filter(|need| For::Test.wants(need.chore)).all(|need| (need.there)()).into())
    })];
    if filters.is_empty() {
        stages.extend(every_stage());
    } else {
        stages.push(stage("tests", || tests(every_feature().args(filters))));
    }
    let well = summary(&stages);
    if well && stages.iter().all(|stage| stage.ending.passed == 0) {
        return Err("No test has such a name.".to_owned());
    }
    Ok(well)
}

fn every_stage() -> Vec<Stage> {
    let bindings = denied(cargo(&["clippy", "--target", WASM, "--features", "wasm-sign,wasm-key,wasm-tools", "--lib", "--test", "wasm"]));
    // What is large with 64 bits may not be with 32.
    let bindings = bindings.args(["-A", "unfulfilled-lint-expectations"]);
    vec![
        stage("format", || tool("fmt", cargo(&["fmt", "--all", "--check"]))),
        stage("lints", || tool("clippy", denied(workspace("clippy").arg("--all-targets")))),
        stage("lints, WebAssembly", || tool("clippy", bindings)),
        stage("tests, every feature", || tests(every_feature())),
        stage("tests, no feature", || tests(cargo(&["test", "--lib", "--no-fail-fast"]))),
        stage("tests, tools", || tests(cargo(&["test", "--package", "wasm-tools", "--profile", "wasm-tools"]))),
        stage("tests in Node", || tests(wasm(&["wasm", "hostile", "wycheproof", "live"]))),
        stage("tests in a page", || tests(wasm(&["wasm"]).env("WASM_BINDGEN_USE_BROWSER", "1"))),
        stage("tests in a worker", || tests(wasm(&["wasm"]).env("WASM_BINDGEN_USE_DEDICATED_WORKER", "1"))),
        stage("modules, package", || npm::build().map(|()| true.into())),
        stage("the npm package", || tests(Run::new("node").arg("tests/package/run.mjs").env("HOSO_JUDGES", setup::judges()))),
        stage("the page", page),
        stage("documentation", || command(cargo(&["doc", "--no-deps", "--all-features", "--lib"]).env("RUSTDOCFLAGS", "-D warnings"))),
    ]
}

const WASM: &str = "wasm32-unknown-unknown";

/// Tests of the library as WebAssembly, run by the runner of `.cargo/config.toml`.
fn wasm(files: &[&str]) -> Run {
    let line = cargo(&["test", "--target", WASM, "--features", "sign", "--no-fail-fast"]);
    let line = files.iter().fold(line, |line, file| line.args(["--test", file]));
    // The runner reads the whole file first, and with what a debugger wants there is much more of it.
    line.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CHROMEDRIVER", "chromedriver").env("WASM_BINDGEN_TEST_TIMEOUT", "600")
}

/// The page in Chromium, from the first question to a dossier that the command accepts.
fn page() -> Outcome<Ending> {
    npm::script("www")?;
    let keys = setup::root().join("target/keys");
    // The page lets only the owner of its sample sign that.
    keys::make_for(&keys.to_string_lossy(), demo::OWNER)?;
    let here = std::env::current_exe().map_err(|error| format!("The folder of xtask is unknown: {error}."))?;
    let line = Run::new("node").args(["--test", "--test-concurrency=2", "--test-reporter=tap", "tests/browser/"]);
    let line = line.env("HOSO_KEYS", keys).env("HOSO_BIN", here.with_file_name("hoso"));
    tests(line.env("HOSO_JUDGES", setup::judges()))
}

/// How a stage went.
struct Ending {
    well: bool,
    /// Why it did not run, where it did not.
    skipped: Option<&'static str>,
    passed: u64,
    failed: u64,
}

impl From<bool> for Ending {
    fn from(well: bool) -> Self {
        Self { well, skipped: None, passed: 0, failed: 0 }
    }
}

struct Stage {
    name: &'static str,
    took: Duration,
    ending: Ending,
}

fn stage(name: &'static str, work: impl FnOnce() -> Outcome<Ending>) -> Stage {
    println!("\n== {name}");
    let start = Instant::now();
    let ending = work().unwrap_or_else(|why| {
        eprintln!("{why}");
        false.into()
    });
    Stage { name, took: start.elapsed(), ending }
}

fn cargo(arguments: &[&str]) -> Run {
    Run::cargo().args(arguments).env("HOSO_JUDGES", setup::judges())
}

/// A cargo command on the workspace with every feature. The tools for WebAssembly stay out: they are built when first needed.
fn workspace(verb: &str) -> Run {
    cargo(&[verb, "--workspace", "--exclude", "wasm-tools", "--all-features"])
}

/// A warning is as bad as an error.
fn denied(clippy: Run) -> Run {
    clippy.args(["--", "-D", "warnings"])
}

fn every_feature() -> Run {
    workspace("test").arg("--no-fail-fast")
}

fn command(run: Run) -> Outcome<Ending> {
    run.code().map(|code| (code == 0).into())
}

/// A part of the toolchain that a minimal installation lacks.
fn tool(name: &'static str, run: Run) -> Outcome<Ending> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    if works(&cargo, &[name, "--version"]) {
        return command(run);
    }
    Ok(Ending { skipped: Some("not installed here: rustup component add rustfmt clippy"), ..true.into() })
}

fn tests(run: Run) -> Outcome<Ending> {
    let mut ending = Ending::from(true);
    ending.well = run.stream(|line| {
        println!("{line}");
        if let Some((passed, failed)) = totals(line) {
            ending.passed += passed;
            ending.failed += failed;
        }
    })?;
    Ok(ending)
}

/// The numbers of `test result: ok. 12 passed; 0 failed; 1 ignored; …`, and of Node's `# pass 12` and `# fail 0`.
fn totals(line: &str) -> Option<(u64, u64)> {
    let count = |word| line.strip_prefix(word)?.parse().ok();
    if let Some(passed) = count("# pass ") {
        return Some((passed, 0));
    }
    if let Some(failed) = count("# fail ") {
        return Some((0, failed));
    }
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut counts = counts.split("; ");
    let passed = counts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = counts.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some((passed, failed))
}

/// A line for each stage, then the sum. A stage that failed without a failing test counts as one failure,
/// so that the last line never looks better than the run was.
fn summary(stages: &[Stage]) -> bool {
    println!();
    for Stage { name, took, ending } in stages {
        let word = match ending {
            Ending { skipped: Some(_), .. } => "skipped",
            Ending { well: true, .. } => "passed",
            Ending { well: false, .. } => "FAILED",
        };
        let tests =
            if ending.passed + ending.failed > 0 { format!("{} passed, {} failed", ending.passed, ending.failed) } else { String::new() };
        let line = format!("{word:<8} {name:<21} {:>5} s   {tests}{}", took.as_secs(), ending.skipped.unwrap_or_default());
        println!("{}", line.trim_end());
    }
    let passed: u64 = stages.iter().map(|stage| stage.ending.passed).sum();
    let failed = failures(stages);
    println!("{passed} passed, {failed} failed");
    failed == 0
}

fn failures(stages: &[Stage]) -> u64 {
    stages.iter().map(|Stage { ending, .. }| ending.failed.max(u64::from(!ending.well))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_read_from_the_result_line_alone() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.00s";
        assert_eq!(totals(line), Some((12, 3)));
        assert_eq!((totals("# pass 7"), totals("# fail 2")), (Some((7, 0)), Some((0, 2))));
        for other in [
            "",
            "test result: ok",
            "test result: ok. many passed; 0 failed; ",
            "test totals ... ok",
            "  test result: ok. 1 passed; 0 failed;",
        ] {
            assert_eq!(totals(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_stage_that_failed_without_a_test_counts_once() {
        let stage = |well, failed| Stage { name: "", took: Duration::ZERO, ending: Ending { well, skipped: None, passed: 5, failed } };
        assert_eq!(failures(&[stage(true, 0), stage(false, 0), stage(false, 4)]), 5);
        assert_eq!(failures(&[stage(true, 0)]), 0);
    }
}

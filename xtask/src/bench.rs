//! `cargo xtask bench`: hoso beside its peers, and the page on a slow phone. Figures, not tests: nothing fails for being slow.

use std::path::{Path, PathBuf};

use crate::demo;
use crate::keys;
use crate::npm;
use crate::run::{Outcome, Run};
use crate::setup::{self, For};

/// From a document to a verdict, in Node and in Chromium; an edit of a live form; the same form as a page; a dossier signed and verified.
const PEERS: [&str; 5] = ["benches/node.mjs", "benches/chromium.mjs", "benches/edits.mjs", "benches/peers.mjs", "benches/signing.mjs"];
/// The page.
const PAGE: [&str; 2] = ["benches/load.mjs", "benches/tasks.mjs"];

/// Builds the package and the page and measures both. `folder` holds further data sets; `benches/sets.mjs` says of what shape.
///
/// # Errors
/// When something needed is missing or a step fails.
pub fn run(folder: Option<&str>) -> Outcome {
    setup::set_up(For::Bench).into_iter().next().map_or(Ok(()), Err)?;
    npm::build()?;
    npm::script("www")?;
    let keys = setup::root().join("target/keys");
    keys::make_for(&keys.to_string_lossy(), demo::OWNER)?;
    let node = |script| Run::new("node").env("HOSO_KEYS", &keys).arg(script);
    PEERS.iter().try_for_each(|script| node(script).args(folder).show())?;
    PAGE.iter().try_for_each(|script| node(script).show())
}

/// Builds hoso and its peers without a browser and measures them over the data sets of a folder, then how hoso's time grows with size, then
/// signatures beside OpenSSL and, where the judges are set up, pyHanko.
///
/// # Errors
/// When something does not build, or hoso and a peer disagree.
pub fn run_native(folder: &str) -> Outcome {
    let built = setup::root().join("target/bench");
    let cargo = || Run::cargo().env("CARGO_TARGET_DIR", &built);
    cargo().args(["build", "--release", "--locked", "--manifest-path", "benches/native/Cargo.toml"]).show()?;
    let blaze = blaze(&built.join("blaze"))?;
    Run::new(built.join("release/peers")).arg(folder).arg(blaze).show()?;
    Run::new(built.join("release/complexity")).show()?;
    cargo().args(["build", "--release", "--locked", "--features", "cli", "--bin", "hoso"]).show()?;
    let python = setup::judges().join("python/bin/python");
    Run::new(built.join("release/signatures")).arg(built.join("release/hoso")).args(python.exists().then_some(python)).show()
}

/// Blaze, as PyPI has it.
fn blaze(folder: &Path) -> Outcome<PathBuf> {
    let command = folder.join("bin/jsonschema");
    if !command.exists() {
        Run::new("python3").args(["-m", "venv", "--clear"]).arg(folder).show()?;
        let pip = Run::new(folder.join("bin/python")).args(["-m", "pip", "--disable-pip-version-check", "install", "--quiet"]);
        pip.arg("sourcemeta-jsonschema==17.3.0").show()?;
    }
    Ok(command)
}

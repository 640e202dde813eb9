//! `cargo xtask bench`: hoso beside its peers, and the page on a slow phone. Figures, not tests: nothing fails for being slow.

use crate::demo;
use crate::keys;
use crate::npm;
use crate::run::{Outcome, Run};
use crate::setup::{self, For};

/// From a document to a verdict, in Node and in Chromium.
const PEERS: [&str; 2] = ["benches/node.mjs", "benches/chromium.mjs"];
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

//! `cargo xtask bench`: hoso beside its peers, in one run. Figures, not tests: nothing fails for being slow.

use crate::npm;
use crate::run::{Outcome, Run};
use crate::setup;

/// Builds the package and runs the benchmarks in Node. `folder` holds further data sets; `benches/verdict.mjs` says of what shape.
///
/// # Errors
/// When something needed is missing or a step fails.
pub fn run(folder: Option<&str>) -> Outcome {
    npm::build()?;
    let benches = setup::root().join("benches");
    if !benches.join("node_modules").is_dir() {
        Run::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]).arg(&benches).show()?;
    }
    Run::new("node").arg("benches/verdict.mjs").args(folder).show()
}

//! `cargo xtask pkg`: the npm package, in `pkg/dist`.

use crate::run::{Outcome, Run};
use crate::wasm;

/// Builds the modules where they have changed, and the package around them.
///
/// # Errors
/// When something needed is missing or a step fails.
pub fn build() -> Outcome {
    wasm::build()?;
    script("pkg")
}

/// Runs the script `build` of a member of the npm workspace, where it has one.
pub fn script(member: &str) -> Outcome {
    Run::new("npm").args(["run", "build", "--silent", "--if-present", "--workspace", member]).show()
}

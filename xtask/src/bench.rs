//! `cargo xtask bench`.

use crate::run::{Outcome, Run};
use crate::setup;

/// Runs the benchmarks.
pub fn run() -> Outcome {
    if !setup::root().join("benches").is_dir() {
        println!("There are no benchmarks yet.");
        return Ok(());
    }
    Run::cargo().args(["bench", "--all-features"]).show()
}

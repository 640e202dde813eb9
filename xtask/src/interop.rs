//! `cargo xtask interop`: `docs/interop.md`, what every outside judge says of every signature.

use crate::run::{Outcome, Run};
use crate::setup::{self, For};

/// Sets up the judges, asks them all and writes the page.
///
/// # Errors
/// When a judge is missing, is blind to a change, or refuses something for no reason that is known.
pub fn run() -> Outcome {
    setup::set_up(For::Test).into_iter().next().map_or(Ok(()), Err)?;
    let line = Run::cargo().args(["test", "--all-features", "--test", "interop"]).env("HOSO_JUDGES", setup::judges());
    line.env("HOSO_BLESS", "1").show()
}

//! `cargo xtask doctor`: what is there and what is missing.

use crate::run::Outcome;
use crate::setup::{self, For, NEEDS};

/// What the doctor does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Looks.
    Look,
    /// Gets what is missing, then looks.
    Install,
}

/// Shows a line for each thing the chores need.
///
/// # Errors
/// When something needed is missing.
pub fn run(mode: Mode) -> Outcome {
    if mode == Mode::Install {
        for problem in setup::set_up(For::Extra) {
            eprintln!("{problem}");
        }
    }
    let mut missing = 0;
    for need in NEEDS {
        let there = (need.there)();
        println!("{:<9} {:<15} {}", if there { "there" } else { "missing" }, need.name, need.purpose);
        if !there {
            println!("{:<9} {:<15} to mend it: {}", "", "", need.advice());
            missing += usize::from(For::Test.wants(need.chore));
        }
    }
    if missing == 0 { Ok(()) } else { Err(format!("Needed and missing: {missing}. `cargo xtask doctor --install` gets what it can.")) }
}

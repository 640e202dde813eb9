//! The project's chores: `cargo xtask demo | test | wasm | pkg | size | keys | doctor | bench | fuzz | interop`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it talks to a person at a terminal")]

mod bench;
mod demo;
mod doctor;
mod fuzz;
mod interop;
mod keys;
mod npm;
mod package;
mod page;
#[path = "../../tests/support/pki.rs"]
mod pki;
mod run;
mod setup;
mod size;
mod test;
mod wasm;

use std::process::ExitCode;

const USAGE: &str = "\
The project's chores.

  cargo xtask demo [--once]       sets up what is missing, runs the main job on a real form in the terminal, and serves the page
                                  that does the same in a browser; --once ends after the terminal part
  cargo xtask test [FILTER…]      the whole check; with arguments for `cargo test`, only the tests they name
  cargo xtask wasm                the WebAssembly modules `core` and `sign` with their glue, into target/wasm
  cargo xtask pkg                 the npm package around them, into pkg/dist
  cargo xtask size                what the modules and the package weigh, and whether that is within their budgets
  cargo xtask keys FOLDER         a throw-away certification authority and a citizen's keys, to try things out with
  cargo xtask doctor [--install]  what is there and what is missing; --install gets it
  cargo xtask bench [FOLDER]      hoso beside its peers, and the page on a slow phone; FOLDER holds further data sets
  cargo xtask bench --native FOLDER
                                  hoso beside its peers without a browser, and how its time grows with size
  cargo xtask fuzz TARGET [ARG…]  looks for inputs that break a law of `fuzz/laws/`, for a minute; ARG is for libFuzzer
  cargo xtask interop             asks every outside judge about every signature, and writes docs/interop.md
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["demo"] => demo::run(demo::Length::Whole).map(|()| true),
        ["demo", "--once"] => demo::run(demo::Length::Once).map(|()| true),
        ["test", filters @ ..] => test::run(filters),
        ["keys", folder] => keys::make(folder).map(|()| true),
        ["wasm"] => wasm::build().map(|()| true),
        ["pkg"] => npm::build().map(|()| true),
        ["size"] => size::run().map(|()| true),
        ["doctor"] => doctor::run(doctor::Mode::Look).map(|()| true),
        ["doctor", "--install"] => doctor::run(doctor::Mode::Install).map(|()| true),
        ["bench"] => bench::run(None).map(|()| true),
        ["bench", "--native", folder] => bench::run_native(folder).map(|()| true),
        ["bench", folder] => bench::run(Some(folder)).map(|()| true),
        ["fuzz", target, arguments @ ..] => fuzz::run(target, arguments).map(|()| true),
        ["interop"] => interop::run().map(|()| true),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("\n{why}");
            ExitCode::FAILURE
        }
    }
}

//! The tools for WebAssembly. They stand apart from `xtask`, which starts at once: these take a minute to build.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it talks to xtask and to a person at a terminal")]

mod link;
mod module;
mod order;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
bindgen …         wasm-bindgen, with its own arguments
test-runner …     wasm-bindgen-test-runner, with its own arguments
imports FILE      what a module takes from outside: the module and the name, a line each
functions FILE    a module's functions, the largest first: bytes and name, a line each
number FILE       gives the functions of a module numbers for names: sorted by them, like stands by like
-flavor wasm …    links as LLVM's linker does, without the messages of panics
";

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let verb = arguments.first().and_then(|verb| verb.to_str());
    // wasm-bindgen's tools take the place of the verb for the name of the program.
    let done = match (verb, arguments.get(1).map(Path::new)) {
        (Some("bindgen"), _) => wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments).map_err(|error| format!("{error:?}")),
        (Some("test-runner"), _) => {
            wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(arguments).map_err(|error| format!("{error:?}"))
        }
        (Some("imports"), Some(file)) => show(file, module::imports),
        (Some("functions"), Some(file)) => show(file, module::functions),
        (Some("number"), Some(file)) => number(file),
        (Some("-flavor"), _) => link::run(arguments),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn number(file: &Path) -> Result<(), String> {
    let unusable = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let wasm = std::fs::read(file).map_err(|error| unusable(&error))?;
    let numbered = order::numbered(&wasm).map_err(|error| unusable(&error))?;
    std::fs::write(file, numbered).map_err(|error| unusable(&error))
}

fn show(file: &Path, lines: fn(&[u8]) -> wasmparser::Result<Vec<String>>) -> Result<(), String> {
    let wasm = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    for line in lines(&wasm).map_err(|error| format!("{}: {error}", file.display()))? {
        println!("{line}");
    }
    Ok(())
}

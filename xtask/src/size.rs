//! `cargo xtask size`: what the modules and the package weigh, and whether that is within the budgets.

use std::path::{Path, PathBuf};

use crate::npm;
use crate::run::{Outcome, Run};
use crate::setup;
use crate::wasm::{self, MODULES, Module};

/// How many functions are shown.
const FUNCTIONS: usize = 20;

/// Bytes of a file as it lies there and as it travels.
struct Weight {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Shows the weights.
///
/// # Errors
/// When the modules or the package cannot be built, or one is heavier than its budget.
pub fn run() -> Outcome {
    npm::build()?;
    let mut over = Vec::new();
    for module in &MODULES {
        let weight = weigh(&module.wasm())?;
        println!("\n{}: {}", module.name, shown(&weight));
        let budget = module.budget;
        println!("  brotli {}, the budget now {}, in the end {}", weight.brotli, budget.now, budget.end);
        if weight.brotli > budget.now {
            over.push(format!(
                "`{}` weighs {} bytes with brotli, {} more than its budget",
                module.name,
                weight.brotli,
                weight.brotli - budget.now
            ));
        }
        imports(module)?;
        functions(module)?;
    }
    package()?;
    if over.is_empty() { Ok(()) } else { Err(format!("{}.", over.join("; "))) }
}

fn imports(module: &Module) -> Outcome {
    let imports = module.imports()?;
    println!("  {} imports, all from its glue:", imports.len());
    imports.iter().for_each(|import| println!("    {}", import.split(' ').nth(1).unwrap_or(import)));
    Ok(())
}

fn functions(module: &Module) -> Outcome {
    let written = wasm::tool("functions").arg(module.named()).read()?;
    let written = String::from_utf8_lossy(&written);
    let functions: Vec<_> = written.lines().filter_map(|line| line.split_once(' ')).collect();
    println!("  {} functions, the largest:", functions.len());
    functions.iter().take(FUNCTIONS).for_each(|(bytes, name)| println!("    {bytes:>7} {name}"));
    Ok(())
}

/// The scripts and modules of the package.
fn package() -> Outcome {
    for folder in ["pkg/dist", "pkg/dist/node"] {
        println!("\n{folder}:");
        let path = setup::root().join(folder);
        let entries = path.read_dir().map_err(|error| format!("{folder}: {error}."))?;
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|kind| ["js", "cjs", "wasm"].iter().any(|wanted| kind == *wanted)));
        files.sort();
        for file in files {
            println!("  {:<28} {}", file.file_name().unwrap_or_default().to_string_lossy(), shown(&weigh(&file)?));
        }
    }
    Ok(())
}

fn shown(Weight { raw, gzip, brotli }: &Weight) -> String {
    format!("{raw:>8} bytes, gzip {gzip:>7}, brotli {brotli:>7}")
}

/// Brotli at its default, which is its strongest, as files are compressed ahead of time.
const WEIGH: &str = "const { readFileSync } = require('node:fs'), { gzipSync, brotliCompressSync } = require('node:zlib');
const file = readFileSync(process.argv[1]);
console.log(file.length, gzipSync(file, { level: 9 }).length, brotliCompressSync(file).length);";

fn weigh(file: &Path) -> Outcome<Weight> {
    let written = Run::new("node").args(["-e", WEIGH]).arg(file).read()?;
    let written = String::from_utf8_lossy(&written);
    weight(&written).ok_or_else(|| format!("{}: node answers with no weights: {}", file.display(), written.trim()))
}

fn weight(written: &str) -> Option<Weight> {
    let mut numbers = written.split_whitespace().map(str::parse);
    let mut next = || numbers.next()?.ok();
    Some(Weight { raw: next()?, gzip: next()?, brotli: next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_numbers_are_a_weight() {
        assert!(weight("12 8 7\n").is_some_and(|weight| (weight.raw, weight.gzip, weight.brotli) == (12, 8, 7)));
        assert!(["", "12 8", "12 x 7"].iter().all(|written| weight(written).is_none()));
    }
}

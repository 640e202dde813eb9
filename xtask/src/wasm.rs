//! `cargo xtask wasm`: the WebAssembly modules with their glue, in `target/wasm/`.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::run::{Outcome, Run};
use crate::setup::{self, For};

/// A module, made from the one crate.
pub struct Module {
    pub name: &'static str,
    features: &'static str,
    /// How strongly LLVM is kept from joining functions: what made the module smallest with brotli.
    whole: u32,
    pub budget: Budget,
}

/// How many bytes a module may weigh with brotli.
#[derive(Clone, Copy)]
pub struct Budget {
    /// With what it does today.
    pub now: u64,
    /// With all that it is meant to do.
    pub end: u64,
}

/// The page loads `core`; `sign` joins when a file is attached or a dossier is sealed or verified; `key`, when a key is opened.
/// `tools`, which holds the core as well, is for those who write schemas: no page of a portal loads it.
pub const MODULES: [Module; 4] = [
    Module { name: "core", features: "wasm-dossier", whole: 22, budget: Budget { now: 229_500, end: 100_000 } },
    Module { name: "sign", features: "wasm-sign", whole: 22, budget: Budget { now: 193_000, end: 200_000 } },
    Module { name: "key", features: "wasm-key", whole: 5, budget: Budget { now: 71_400, end: 60_000 } },
    Module { name: "tools", features: "wasm-tools", whole: 22, budget: Budget { now: 219_500, end: 130_000 } },
];

/// The one place from which a module may take anything: its glue.
const GLUE: &str = "./hoso_bg.js";

impl Module {
    /// The folder of what is delivered: `hoso.js`, `hoso_bg.wasm`.
    pub fn folder(&self) -> PathBuf {
        setup::root().join("target/wasm").join(self.name)
    }

    /// What is delivered.
    pub fn wasm(&self) -> PathBuf {
        self.folder().join("hoso_bg.wasm")
    }

    /// The same module with the names of its functions.
    pub fn named(&self) -> PathBuf {
        setup::root().join("target/wasm/named").join(self.name).join("hoso_bg.wasm")
    }

    /// What the module takes from outside: the module and the name.
    pub fn imports(&self) -> Outcome<Vec<String>> {
        let written = tool("imports").arg(self.wasm()).read()?;
        Ok(String::from_utf8_lossy(&written).lines().map(str::to_owned).collect())
    }

    fn build(&self) -> Outcome {
        let line = Run::cargo().args(["rustc", "--quiet", "--package", "hoso", "--lib", "--crate-type", "cdylib"]);
        let line = line.args(["--target", "wasm32-unknown-unknown", "--profile", "wasm", "--no-default-features"]);
        line.args(["--features", self.features]).env("CARGO_ENCODED_RUSTFLAGS", flags(self.whole)?).show()?;
        let named = self.named().parent().map(Path::to_owned).unwrap_or_default();
        // The tool reads the linked module at once: the other one will have the same name.
        let line = tool("bindgen").arg(linked()?).args(["--target", "web", "--no-typescript", "--remove-producers-section"]);
        // The package knows where it keeps the modules; an address in the glue would only mislead bundlers.
        let line = line.args(["--omit-default-module-path", "--experimental-reset-state-function"]);
        line.arg("--out-dir").arg(&named).show()?;
        fs::create_dir_all(self.folder()).map_err(|error| format!("{}: {error}.", self.folder().display()))?;
        // The lowest kilobyte is the far end of the stack: no address points there, so an offset cannot pass the end of memory.
        // A function that is called once and is large stays one: joined with its caller it compresses worse.
        let joins = ["--one-caller-inline-max-function-size", "150"];
        let line = wasm_opt(&self.named()).args(["-O3", "--converge", "--low-memory-unused"]).args(joins).args(["--debuginfo", "--output"]);
        line.arg(self.named()).show()?;
        // Like beside like compresses better. Names are written only with `--debuginfo`. No browser reads `target_features`.
        let numbered = named.join("numbered.wasm");
        fs::copy(self.named(), &numbered).map_err(|error| format!("{}: {error}.", numbered.display()))?;
        tool("number").arg(&numbered).show()?;
        let line = wasm_opt(&numbered).args(["--reorder-functions-by-name", "--strip-target-features", "--output"]);
        line.arg(self.wasm()).show()?;
        let glue = named.join("hoso.js");
        fs::copy(&glue, self.folder().join("hoso.js")).map_err(|error| format!("{}: {error}.", glue.display()))?;
        only_glue(self.name, &self.imports()?)
    }
}

/// Builds the modules, unless nothing has changed since they were built.
///
/// # Errors
/// When something needed is missing, a step fails, or a module wants more than its glue gives.
pub fn build() -> Outcome {
    setup::set_up(For::Modules).into_iter().next().map_or(Ok(()), Err)?;
    let note = setup::root().join("target/wasm/made-from");
    let inputs = inputs()?;
    let there = MODULES.iter().all(|module| module.wasm().exists() && module.named().exists() && module.folder().join("hoso.js").exists());
    if there && fs::read_to_string(&note).is_ok_and(|made| made == inputs) {
        println!("The modules in target/wasm are as the sources are.");
        return Ok(());
    }
    println!(
        "Building the modules `core`, `sign`, `key` and `tools` into target/wasm. The first time, their tools are built too: a minute or two."
    );
    // A build that breaks off leaves no note.
    _ = fs::remove_file(&note);
    MODULES.iter().try_for_each(Module::build)?;
    fs::write(&note, inputs).map_err(|error| format!("{}: {error}.", note.display()))
}

/// A tool for WebAssembly.
pub fn tool(verb: &str) -> Run {
    Run::cargo().args(["run", "--quiet", "--package", "wasm-tools", "--profile", "wasm-tools", "--", verb])
}

/// `sha2` as a loop: unrolled, its rounds are seven kilobytes more. Files of ordinary size are digested by the browser.
const COMPACT_SHA2: [&str; 4] = ["--cfg", "sha2_backend=\"soft\"", "--cfg", "sha2_backend_soft=\"compact\""];

/// What LLVM does for speed although it was asked for size: loads and sums made before they are known to be needed, pointers that
/// run through a loop in place of an index, members kept in a register throughout a loop.
const FOR_SPEED: [&str; 4] = [
    "-Cllvm-args=-disable-lsr",
    "-Cllvm-args=-enable-pre=false",
    "-Cllvm-args=-enable-load-pre=false",
    "-Cllvm-args=-disable-licm-promotion",
];

/// A function with one caller stays whole unless it is small: in one that has swallowed many others every local has another number, which compresses
/// badly. LLVM takes such a call for a bonus that cannot be set, so all that it is weighed against is made so many times as heavy.
fn for_whole_functions(times: u32) -> [String; 3] {
    let option = |name: &str, default: u32| format!("-Cllvm-args=-inline-{name}={}", default * times);
    [option("threshold", 5), option("instr-cost", 5), option("call-penalty", 25)]
}

/// Flags for rustc, as cargo takes them: a module holds the places in the sources where it could panic, and names of this
/// machine's folders would make it another module on the next machine.
fn flags(whole: u32) -> Outcome<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let sources = home.ok_or("The folder of cargo is unknown: set CARGO_HOME.")?.join("registry/src");
    let registries = fs::read_dir(sources).into_iter().flatten().flatten();
    let paths = registries.map(|registry| format!("--remap-path-prefix={}=", registry.path().display()));
    let others = COMPACT_SHA2
        .into_iter()
        .chain(FOR_SPEED)
        .map(str::to_owned)
        .chain(for_whole_functions(whole))
        .chain([format!("-Clinker={}", linker()?.display())]);
    Ok(paths.chain(others).collect::<Vec<_>>().join("\x1f"))
}

fn wasm_opt(wasm: &Path) -> Run {
    Run::new("node").args(["node_modules/binaryen/bin/wasm-opt"]).arg(wasm)
}

/// The tools, built: they link as well.
fn linker() -> Outcome<PathBuf> {
    Run::cargo().args(["build", "--quiet", "--package", "wasm-tools", "--profile", "wasm-tools"]).show()?;
    Ok(target()?.join("wasm-tools").join(format!("wasm-tools{}", std::env::consts::EXE_SUFFIX)))
}

/// The module that cargo has just linked.
fn linked() -> Outcome<PathBuf> {
    Ok(target()?.join("wasm32-unknown-unknown/wasm/hoso.wasm"))
}

fn target() -> Outcome<PathBuf> {
    // xtask lies in the folder of its profile, in the same target folder.
    let xtask = std::env::current_exe().map_err(|error| format!("The folder of xtask is unknown: {error}."))?;
    Ok(xtask.parent().and_then(Path::parent).ok_or("xtask lies in no target folder.")?.to_owned())
}

fn only_glue(module: &str, imports: &[String]) -> Outcome {
    let strangers: Vec<_> = imports.iter().filter(|import| import.split(' ').next() != Some(GLUE)).map(String::as_str).collect();
    if strangers.is_empty() {
        return Ok(());
    }
    Err(format!(
        "The module `{module}` takes from elsewhere than its glue, so no page could load it: {}.\n  \
         Names after `env` are C that was not compiled for WebAssembly; `cargo xtask doctor` says whether clang is there.",
        strangers.join(", ")
    ))
}

/// A digest of all that the modules are made from, and of how they are made.
fn inputs() -> Outcome<String> {
    let root = setup::root();
    let mut files = ["Cargo.toml", "Cargo.lock", "node_modules/binaryen/package.json"].map(|file| root.join(file)).to_vec();
    collect(&root.join("src"), &mut files)?;
    collect(&root.join("xtask/wasm-tools/src"), &mut files)?;
    files.sort();
    let mut digest = DefaultHasher::new();
    include_str!("wasm.rs").hash(&mut digest);
    Run::new("rustc").arg("-vV").read()?.hash(&mut digest);
    for file in files {
        file.hash(&mut digest);
        fs::read(&file).map_err(|error| format!("{}: {error}.", file.display()))?.hash(&mut digest);
    }
    Ok(format!("{:016x}\n", digest.finish()))
}

/// The library's files: all but `bin/`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome {
    let unreadable = |error| format!("{}: {error}.", folder.display());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        match path.is_dir() {
            true if path.ends_with("src/bin") => {}
            true => collect(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_may_take_from_its_glue_alone() {
        assert_eq!(only_glue("core", &["./hoso_bg.js __wbindgen_throw".to_owned()]), Ok(()));
        assert_eq!(only_glue("core", &[]), Ok(()));
        for stranger in ["env ring_core_0_17_14_bn_mul_mont", "wasi_snapshot_preview1 fd_write", "./hoso_bg.jsx f", " f"] {
            let why = only_glue("sign", &["./hoso_bg.js f".to_owned(), stranger.to_owned()]).unwrap_err();
            assert!(why.contains(stranger) && why.contains("`sign`") && !why.contains("./hoso_bg.js f"), "{why}");
        }
    }

    #[test]
    fn the_command_is_no_input_of_the_modules() {
        let mut files = Vec::new();
        collect(&setup::root().join("src"), &mut files).unwrap();
        assert!(files.iter().any(|file| file.ends_with("src/lib.rs")) && files.iter().any(|file| file.ends_with("src/dossier/view.css")));
        assert!(!files.iter().any(|file| file.ends_with("main.rs")));
    }
}

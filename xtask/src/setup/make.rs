//! Makes what lies in `target/judges/`, and the `node_modules` of a folder with a lock file.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{judges, root};
use crate::run::{Outcome, Run};

pub fn make_python(judges: &Path) -> Outcome {
    let folder = judges.join("python");
    Run::new("python3").args(["-m", "venv", "--clear"]).arg(&folder).show()?;
    pip(judges).args(["install", "--quiet", "--requirement"]).arg(pins("requirements.txt")).show()?;
    made(&folder, "requirements.txt")
}

pub fn make_node(judges: &Path) -> Outcome {
    let folder = fresh(&judges.join("node"))?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(pins(file), folder.join(file)).map_err(|error| format!("{file}: {error}"))?;
    }
    // No package may run anything of its own at installation.
    Run::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).show()?;
    made(&folder, "package-lock.json")
}

/// The judge that is a Rust crate: a program of its own, built once.
pub fn make_native(judges: &Path) -> Outcome {
    let folder = judges.join("native");
    let line = Run::cargo().args(["build", "--quiet", "--locked", "--manifest-path"]).arg(pins("native/Cargo.toml"));
    line.arg("--target-dir").arg(&folder).show()?;
    made(&folder, "native/Cargo.lock")
}

/// The judges that run on Java, compiled over Debian's jars.
pub fn make_java(judges: &Path) -> Outcome {
    let folder = fresh(&judges.join("java"))?;
    let jars = JARS.join(":");
    let line = Run::new("javac").args(["-nowarn", "-Xlint:-options", "-cp", &jars, "-d"]).arg(&folder);
    java_sources().iter().fold(line, Run::arg).show()?;
    fs::write(folder.join("made-from"), java_text()).map_err(|error| format!("{}: {error}.", folder.display()))
}

/// Whether the judges that run on Java are those of the sources.
pub fn has_java() -> bool {
    fs::read(judges().join("java/made-from")).is_ok_and(|note| note == java_text())
}

/// Bouncy Castle, as Debian's libbcpkix-java installs it.
pub const JARS: [&str; 3] = ["/usr/share/java/bcpkix.jar", "/usr/share/java/bcprov.jar", "/usr/share/java/bcutil.jar"];

fn java_text() -> Vec<u8> {
    java_sources().iter().flat_map(|file| fs::read(file).unwrap_or_default()).collect()
}

fn java_sources() -> Vec<PathBuf> {
    let files = fs::read_dir(pins("java")).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut sources: Vec<_> = files.filter(|file| file.extension().is_some_and(|end| end == "java")).collect();
    sources.sort();
    sources
}

/// Installs the packages of a folder that has its own lock file.
pub fn make_packages(folder: &str) -> Outcome {
    let folder = root().join(folder);
    // No package may run anything of its own at installation.
    Run::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).show()?;
    let note = folder.join(PACKAGES_NOTE);
    fs::copy(folder.join("package-lock.json"), &note).map(drop).map_err(|error| format!("{}: {error}.", note.display()))
}

/// Whether the packages of a folder are those of its lock file.
pub fn has_packages(folder: &str) -> bool {
    let folder = root().join(folder);
    let note = fs::read(folder.join(PACKAGES_NOTE));
    note.is_ok_and(|note| fs::read(folder.join("package-lock.json")).is_ok_and(|lock| lock == note))
}

const PACKAGES_NOTE: &str = "node_modules/made-from";

/// A test suite that travels in the source archive of a Python package.
pub struct Suite {
    package: &'static str,
    pins: &'static str,
    /// Where it lies in the archive.
    inside: &'static str,
    part: &'static str,
}

pub const SCHEMA_SUITE: Suite = Suite { package: "jsonschema", pins: "suite.txt", inside: "json", part: "jsonschema-suite" };
pub const JSON_SUITE: Suite =
    Suite { package: "pyjson5", pins: "json-suite.txt", inside: "third-party/JSONTestSuite/test_parsing", part: "json-suite" };

pub const PKITS: Suite = Suite { package: "pyhanko-certvalidator", pins: "pkits.txt", inside: "tests/fixtures/nist_pkits", part: "pkits" };

pub fn make_suite(judges: &Path, suite: &Suite) -> Outcome {
    let archives = fresh(&judges.join("download"))?;
    let line = pip(judges).args(["download", "--quiet", "--no-deps", "--no-binary", suite.package, "--require-hashes", "--requirement"]);
    line.arg(pins(suite.pins)).arg("--dest").arg(&archives).show()?;
    let archive = fs::read_dir(&archives).ok().and_then(|mut files| files.next()?.ok()).ok_or("pip downloaded nothing.")?.path();
    let name = archive.file_name().unwrap_or_default().to_string_lossy().replace(".tar.gz", &format!("/{}", suite.inside));
    let folder = fresh(&judges.join(suite.part))?;
    let strip = format!("--strip-components={}", name.split('/').count());
    Run::new("tar").arg("-xzf").arg(archive).arg("-C").arg(&folder).args([&strip, &name]).show()?;
    made(&folder, suite.pins)
}

fn pip(judges: &Path) -> Run {
    Run::new(python_of(judges)).args(["-m", "pip", "--disable-pip-version-check"])
}

pub fn python_of(judges: &Path) -> PathBuf {
    judges.join(if cfg!(windows) { "python/Scripts/python.exe" } else { "python/bin/python" })
}

/// A file of `tests/judges/`.
fn pins(name: &str) -> PathBuf {
    root().join("tests/judges").join(name)
}

/// An empty folder.
fn fresh(folder: &Path) -> Outcome<PathBuf> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(format!("{}: {error}.", folder.display())),
        _ => fs::create_dir_all(folder).map_err(|error| format!("{}: {error}.", folder.display()))?,
    }
    Ok(folder.to_owned())
}

/// Notes the pins a part was made from, as the last thing: a part without the note is not whole.
fn made(folder: &Path, from: &str) -> Outcome {
    fs::copy(pins(from), folder.join("made-from")).map(drop).map_err(|error| format!("{}: {error}.", folder.display()))
}

pub fn is_made(part: &str, from: &str) -> bool {
    let note = fs::read(judges().join(part).join("made-from"));
    note.is_ok_and(|note| fs::read(pins(from)).is_ok_and(|pins| pins == note))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_without_its_note_is_not_made() {
        assert!(!is_made("no-such-part", "requirements.txt"));
    }
}

//! What the chores need beside Rust, whether it is there, and how to get it.
//!
//! Everything we make ourselves lies in `target/judges/`; each part carries the pins it was made from,
//! and is made again when they change.

mod make;

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Outcome, Run, says, works};
use make::{
    JARS, JSON_SUITE, PKITS, SCHEMA_SUITE, has_java, has_packages, is_made, make_java, make_native, make_node, make_packages, make_python,
    make_suite, python_of,
};

/// Which chore cannot do without.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// The demo in the terminal.
    Terminal,
    /// The modules of WebAssembly and the npm package.
    Modules,
    /// Whatever opens the page in a browser.
    Browser,
    /// The benchmarks.
    Bench,
    /// The tests.
    Test,
    /// Nothing: more is tested when it is there.
    Extra,
}

impl For {
    /// Whether this chore wants what that one cannot do without.
    pub fn wants(self, other: Self) -> bool {
        match self {
            Self::Terminal | Self::Modules | Self::Browser => self == other,
            Self::Bench => other == Self::Bench || other == Self::Browser,
            Self::Test => other != Self::Bench && other != Self::Extra,
            Self::Extra => true,
        }
    }
}

/// How to get what is missing.
pub enum Mend {
    /// Debian packages.
    Packages(&'static [&'static str]),
    /// A command that anyone may run.
    Command(&'static [&'static str]),
    /// A part of `target/judges/` that we make.
    Make(fn(&Path) -> Outcome),
    /// The packages that the lock file of this folder names, for Node.
    NodePackages(&'static str),
    /// A person has to.
    Person(&'static str),
}

/// Something the chores need.
pub struct Need {
    pub name: &'static str,
    pub purpose: &'static str,
    pub chore: For,
    pub there: fn() -> bool,
    pub mend: Mend,
}

/// Everything, in the order in which it can be set up.
pub const NEEDS: &[Need] = &[
    Need {
        name: "openssl",
        purpose: "OpenSSL 3 or newer makes certificates and judges chains and revocation lists",
        chore: For::Terminal,
        there: || major("openssl", "version", "OpenSSL ") >= 3,
        mend: Mend::Packages(&["openssl"]),
    },
    Need {
        name: "clang",
        purpose: "compiles the C in ring for WebAssembly; gcc cannot",
        chore: For::Modules,
        there: || says("clang", &["--print-targets"]).is_some_and(|targets| targets.contains("wasm32")),
        mend: Mend::Packages(&["clang"]),
    },
    Need {
        name: "wasm target",
        purpose: "Rust's standard library for WebAssembly",
        chore: For::Modules,
        there: wasm_target,
        mend: Mend::Command(&["rustup", "target", "add", "wasm32-unknown-unknown"]),
    },
    Need {
        name: "node",
        purpose: "Node 20 or newer, with npm, runs wasm-opt, the page and some of the judges",
        chore: For::Modules,
        there: || major("node", "--version", "v") >= 20 && works("npm", &["--version"]),
        mend: Mend::Person(
            "install Node 20 or newer with npm: https://nodejs.org/en/download, or your system's packages where they are new enough",
        ),
    },
    Need {
        name: "node packages",
        purpose: "the packages of package-lock.json build the npm package and the page",
        chore: For::Modules,
        there: || has_packages("."),
        mend: Mend::NodePackages("."),
    },
    Need {
        name: "python",
        purpose: "Python 3 with venv runs some of the judges",
        chore: For::Test,
        there: || works("python3", &["-c", "import ensurepip, venv"]),
        mend: Mend::Packages(&["python3", "python3-venv"]),
    },
    Need {
        name: "judges, Python",
        purpose: "the packages of tests/judges/requirements.txt",
        chore: For::Test,
        there: || is_made("python", "requirements.txt") && python_of(&judges()).exists(),
        mend: Mend::Make(make_python),
    },
    Need {
        name: "judges, Node",
        purpose: "the packages of tests/judges/package-lock.json",
        chore: For::Test,
        there: || is_made("node", "package-lock.json"),
        mend: Mend::Make(make_node),
    },
    Need {
        name: "judges, Rust",
        purpose: "the crate of tests/judges/native/Cargo.lock, whose program takes a minute to build",
        chore: For::Test,
        there: || is_made("native", "native/Cargo.lock"),
        mend: Mend::Make(make_native),
    },
    Need {
        name: "bouncy castle",
        purpose: "judges signatures, tokens and paths and makes some, with the JDK that compiles its judge",
        chore: For::Test,
        there: || works("javac", &["-version"]) && JARS.iter().all(|jar| Path::new(jar).exists()),
        mend: Mend::Packages(&["default-jdk-headless", "libbcpkix-java"]),
    },
    Need {
        name: "judges, Java",
        purpose: "the programs of tests/judges/java over Bouncy Castle and the JDK",
        chore: For::Test,
        there: has_java,
        mend: Mend::Make(make_java),
    },
    Need {
        name: "certtool",
        purpose: "GnuTLS judges signatures",
        chore: For::Test,
        there: || works("certtool", &["--version"]),
        mend: Mend::Packages(&["gnutls-bin"]),
    },
    Need {
        name: "unzip",
        purpose: "judges containers",
        chore: For::Test,
        there: || works("unzip", &["-v"]),
        mend: Mend::Packages(&["unzip"]),
    },
    Need {
        name: "schema suite",
        purpose: "the JSON-Schema-Test-Suite",
        chore: For::Test,
        there: || is_made("jsonschema-suite", "suite.txt"),
        mend: Mend::Make(|judges| make_suite(judges, &SCHEMA_SUITE)),
    },
    Need {
        name: "JSON suite",
        purpose: "the JSONTestSuite",
        chore: For::Test,
        there: || is_made("json-suite", "json-suite.txt"),
        mend: Mend::Make(|judges| make_suite(judges, &JSON_SUITE)),
    },
    Need {
        name: "NIST's PKITS",
        purpose: "judges paths of certificates, their policies and revocation lists",
        chore: For::Test,
        there: || is_made("pkits", "pkits.txt"),
        mend: Mend::Make(|judges| make_suite(judges, &PKITS)),
    },
    Need {
        name: "chromium",
        purpose: "the browser that tests and benchmarks use",
        chore: For::Browser,
        there: || works("chromium", &["--version"]),
        mend: Mend::Packages(&["chromium"]),
    },
    Need {
        name: "chromedriver",
        purpose: "runs the library's own tests in Chromium",
        chore: For::Test,
        there: || works("chromedriver", &["--version"]),
        mend: Mend::Packages(&["chromium-driver"]),
    },
    Need {
        name: "browser tests",
        purpose: "the packages of tests/browser/package-lock.json drive Chromium",
        chore: For::Browser,
        there: || has_packages("tests/browser"),
        mend: Mend::NodePackages("tests/browser"),
    },
    Need {
        name: "package tests",
        purpose: "the packages of tests/package/package-lock.json bundle and judge the npm package",
        chore: For::Test,
        there: || has_packages("tests/package"),
        mend: Mend::NodePackages("tests/package"),
    },
    Need {
        name: "bench packages",
        purpose: "the packages of benches/package-lock.json are hoso's peers",
        chore: For::Bench,
        there: || has_packages("benches"),
        mend: Mend::NodePackages("benches"),
    },
    Need {
        name: "keytool",
        purpose: "Java's key stores, whose EC keys lack the public point",
        chore: For::Extra,
        there: || works("keytool", &["-help"]),
        mend: Mend::Packages(&["default-jre-headless"]),
    },
];

impl Need {
    /// What a person would do to get it.
    pub fn advice(&self) -> String {
        match self.mend {
            Mend::Packages(names) => format!("apt-get install {}", names.join(" ")),
            Mend::Command(words) => words.join(" "),
            Mend::Make(_) | Mend::NodePackages(_) => "cargo xtask doctor --install".to_owned(),
            Mend::Person(advice) => advice.to_owned(),
        }
    }
}

/// The project's root.
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Where the judges are.
pub fn judges() -> PathBuf {
    root().join("target/judges")
}

/// Sets up what this chore lacks and gives a sentence on each thing that could not be had.
pub fn set_up(chore: For) -> Vec<String> {
    NEEDS.iter().filter(|need| chore.wants(need.chore) && !(need.there)()).filter_map(|need| mend(need).err()).collect()
}

fn mend(need: &Need) -> Outcome {
    println!("Setting up {} ({})", need.name, need.purpose);
    let done = match need.mend {
        Mend::Packages(names) => install(names),
        Mend::Command(words) => words.split_first().map_or(Ok(()), |(program, arguments)| Run::new(program).args(arguments).show()),
        Mend::Make(make) => fs::create_dir_all(judges()).map_err(|error| error.to_string()).and_then(|()| make(&judges())),
        Mend::NodePackages(folder) => make_packages(folder),
        Mend::Person(_) => Ok(()),
    };
    match done {
        Ok(()) if (need.there)() => Ok(()),
        Ok(()) => Err(format!("{} is still missing. To mend it: {}.", need.name, need.advice())),
        Err(why) => Err(format!("{} is missing. {why}\n  To mend it: {}.", need.name, need.advice())),
    }
}

/// Debian's packages. The lists on a new machine may be absent or old, so they are fetched when an install fails.
fn install(names: &[&str]) -> Outcome {
    if !works("apt-get", &["--version"]) {
        return Err(format!("This system has no apt-get: install what Debian calls {}.", names.join(", ")));
    }
    if says("id", &["-u"]).is_none_or(|user| user.trim() != "0") {
        return Err(format!("Run `sudo apt-get install {}`.", names.join(" ")));
    }
    let attempt = || {
        let line = Run::new("apt-get").args(["install", "--yes", "--quiet", "--no-install-recommends"]);
        line.args(names).env("DEBIAN_FRONTEND", "noninteractive").show()
    };
    attempt().or_else(|_| {
        Run::new("apt-get").args(["update", "--quiet"]).show()?;
        attempt()
    })
}

fn wasm_target() -> bool {
    let sysroot = says("rustc", &["--print", "sysroot"]).unwrap_or_default();
    Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir()
}

/// The major version a program tells, 0 when there is none.
fn major(program: &str, argument: &str, prefix: &str) -> u32 {
    says(program, &[argument]).and_then(|version| leading_number(version.strip_prefix(prefix)?)).unwrap_or(0)
}

fn leading_number(text: &str) -> Option<u32> {
    text.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        for (version, major) in [("20.0.0\n", Some(20)), ("3.0.19 27 Jan 2026", Some(3)), ("9.9", Some(9)), ("", None), ("x20", None)] {
            assert_eq!(leading_number(version), major, "{version:?}");
        }
        assert_eq!(major("no-such-program", "--version", "v"), 0);
    }

    #[test]
    fn each_chore_asks_for_no_more_than_it_needs() {
        let names = |chore: For| NEEDS.iter().filter(|need| chore.wants(need.chore)).map(|need| need.name).collect::<Vec<_>>();
        assert_eq!(names(For::Terminal), ["openssl"]);
        assert_eq!(names(For::Modules), ["clang", "wasm target", "node", "node packages"]);
        assert_eq!(names(For::Bench), ["chromium", "browser tests", "bench packages"]);
        let tests = names(For::Test);
        assert!(
            ["openssl", "clang", "judges, Java", "certtool", "schema suite", "chromium", "browser tests"]
                .iter()
                .all(|name| tests.contains(name))
        );
        assert!(["keytool", "bench packages"].iter().all(|name| !tests.contains(name)));
        assert_eq!(names(For::Extra).len(), NEEDS.len());
    }
}

//! The layers of `ARCHITECTURE.md`, kept: what a module may name, what stays out of the library, how long a file may be.
#![allow(clippy::unwrap_used, reason = "a file that cannot be read is a failed test")]

#[path = "support/scan.rs"]
mod scan;

use std::path::{Path, PathBuf};

use scan::{blank, paths};

/// The two sides that meet only in `submission`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Shared,
    Form,
    Signature,
}

/// Every module at the crate's root with its rank: it names its own rank and lower ones.
const MODULES: &[(&str, u8, Side)] = &[
    ("limits", 0, Side::Shared),
    ("digest", 0, Side::Shared),
    ("order", 0, Side::Shared),
    ("text", 0, Side::Shared),
    ("json", 1, Side::Shared),
    ("pairs", 2, Side::Shared),
    ("regex", 2, Side::Shared),
    ("rows", 2, Side::Shared),
    ("report", 3, Side::Shared),
    ("expr", 4, Side::Form),
    ("schema", 5, Side::Form),
    ("form", 6, Side::Form),
    ("dossier", 7, Side::Form),
    ("zip", 4, Side::Signature),
    ("asn1", 4, Side::Signature),
    ("crypto", 5, Side::Signature),
    ("pki", 6, Side::Signature),
    ("cms", 7, Side::Signature),
    ("sign", 8, Side::Signature),
    ("submission", 9, Side::Shared),
    ("wire", 10, Side::Shared),
    ("wasm", 11, Side::Shared),
];

/// Lines of a file before its tests, at most.
const LINES: usize = 600;

#[test]
fn modules_name_only_what_lies_below_them() {
    hold(upward_uses);
}

#[test]
fn only_crypto_ring_names_ring() {
    hold(
        |file, source| {
            if file == "crypto/ring.rs" { vec![] } else { naming(file, source, |path| path.first().is_some_and(|name| name == "ring")) }
        },
    );
}

#[test]
fn the_library_reads_no_clock_no_file_no_network_and_no_environment() {
    hold(|file, source| naming(file, code(source), impure));
}

#[test]
fn files_stay_readable() {
    hold(too_long);
}

/// What a rule finds in each file of the library.
fn hold(rule: impl Fn(&str, &str) -> Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 10, "only {} files found below src", files.len());
    let mut broken = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        broken.extend(rule(&name, &std::fs::read_to_string(&file).unwrap()));
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// The library's files: all but `bin/`, which is a program on top of it.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("src/bin") {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn upward_uses(file: &str, source: &str) -> Vec<String> {
    let module = module_of(file);
    // lib.rs names every module: that is what it is for.
    let Some(own) = module.first() else { return vec![] };
    let Some((_, rank, side)) = find(own) else { return vec![format!("{file}: `{own}` has no rank in tests/architecture.rs")] };
    let mut broken = Vec::new();
    for path in paths(source, &module) {
        let [root, name, ..] = path.segments.as_slice() else { continue };
        if root != "crate" {
            continue;
        }
        let why = match find(name) {
            _ if name == own => continue,
            None => format!("`crate::{name}` is no module with a rank"),
            Some((_, above, _)) if above > rank => format!("`{own}` (rank {rank}) names `{name}` (rank {above})"),
            Some((_, _, other)) if apart(side, other) => format!("`{own}` and `{name}` lie on two sides that meet only in `submission`"),
            Some(_) => continue,
        };
        broken.push(format!("{file}:{}: {why}", path.line));
    }
    broken
}

fn apart(one: Side, other: Side) -> bool {
    one != Side::Shared && other != Side::Shared && one != other
}

fn find(name: &str) -> Option<(&'static str, u8, Side)> {
    MODULES.iter().copied().find(|(module, ..)| *module == name)
}

/// `json/read.rs` is `json::read`, `json/mod.rs` is `json`, `lib.rs` the root.
fn module_of(file: &str) -> Vec<&str> {
    let parts: Vec<&str> = file.strip_suffix(".rs").unwrap_or(file).split('/').collect();
    match parts.as_slice() {
        ["lib"] => vec![],
        [above @ .., "mod"] => above.to_vec(),
        _ => parts,
    }
}

fn naming(file: &str, source: &str, forbidden: impl Fn(&[String]) -> bool) -> Vec<String> {
    let named = paths(source, &module_of(file)).into_iter().filter(|path| forbidden(&path.segments));
    named.map(|path| format!("{file}:{}: `{}` does not belong here", path.line, path.segments.join("::"))).collect()
}

fn impure(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    // Reading an address touches no network.
    if matches!(path.as_slice(), ["std", "net", "IpAddr" | "Ipv4Addr" | "Ipv6Addr", ..]) {
        return false;
    }
    matches!(path.as_slice(), ["std", "fs" | "net" | "env" | "process" | "thread", ..])
        || path.contains(&"SystemTime")
        || path.windows(2).any(|pair| pair == ["Instant", "now"])
        || path.starts_with(&["std", "time", "Instant"])
        || matches!(path.as_slice(), ["std", "io", "stdin" | "stdout" | "stderr", ..])
}

/// The source without its tests, which stand last.
fn code(source: &str) -> &str {
    source.split("\n#[cfg(test)]\nmod ").next().unwrap_or(source)
}

fn too_long(file: &str, source: &str) -> Vec<String> {
    let lines = code(source).lines().count();
    if lines > LINES { vec![format!("{file}: {lines} lines before its tests, {LINES} are the most")] } else { vec![] }
}

mod the_rules_themselves {
    use super::*;

    #[test]
    fn an_upward_use_is_found_however_it_is_written() {
        for source in [
            "use crate::schema::Program;",
            "use crate::{limits, schema::{self, Program}};",
            "fn f() { let x = crate::schema::load(); }",
            "fn f(x: Vec<crate::schema::Program>) {}",
            "pub use super::super::schema;",
            "use super::super::{limits, schema as s};",
            "mod inner { use super::super::super::schema::Program; }",
            "mod inner { mod deeper {} } use super::super::schema::Program;",
            "#[cfg(test)]\nmod tests { use crate::schema::Program; }",
            "impl From<crate::schema::Error> for E {}",
            "macro_rules! m { () => { $crate::schema::load() } }",
            "use crate::schema;",
        ] {
            let broken = upward_uses("json/read.rs", source);
            let wanted = |line: &String| line.ends_with(": `json` (rank 1) names `schema` (rank 5)");
            assert!(!broken.is_empty() && broken.iter().all(wanted), "{source}: {broken:?}");
        }
    }

    #[test]
    fn downward_and_inward_uses_pass() {
        for source in [
            "use crate::{limits, text::{Instant as I, Moment}, json::Value};",
            "use super::{Kind, schema::X}; use self::schema::Y;",
            "mod inner { use super::super::schema::Program; }",
            "// use crate::schema::Program;\n/* crate::schema /* nested */ crate::form::x */",
            r##"const A: &str = "crate::schema::x \" crate::form::x"; const B: &str = r#"" crate::form::x"#;"##,
            r####"const A: &[u8] = br##"crate::form::x "# crate::form::x"##; let r#type = 1; let r = "crate::form::x";"####,
            "fn f<'a>(c: char) -> &'a str { if c == '\"' || c == '\\'' { \"crate::form::x\" } else { \"\" } }",
            "use other::schema::X; use std::collections::BTreeMap;",
        ] {
            assert_eq!(upward_uses("json/read.rs", source), [""; 0], "{source}");
        }
        assert_eq!(upward_uses("lib.rs", "pub use crate::form::Form;"), [""; 0]);
    }

    #[test]
    fn the_two_sides_do_not_meet_below_submission() {
        for (file, source) in [
            ("form/mod.rs", "use crate::crypto::Key;"),
            ("expr/parse.rs", "use crate::asn1::Der;"),
            ("sign/jades/sign.rs", "use crate::schema::Program;"),
            ("pki/path.rs", "use super::super::expr;"),
        ] {
            let broken = upward_uses(file, source);
            assert!(broken.len() == 1 && broken[0].contains("two sides"), "{file}: {broken:?}");
        }
        assert_eq!(upward_uses("submission/seal.rs", "use crate::{form::Form, sign::jades};"), [""; 0]);
    }

    #[test]
    fn a_module_without_a_rank_is_found() {
        assert_eq!(upward_uses("helpers/mod.rs", "").len(), 1);
        assert_eq!(upward_uses("json/mod.rs", "use crate::helpers::x;").len(), 1);
        assert_eq!(upward_uses("json/mod.rs", "use crate::Form;").len(), 1);
    }

    #[test]
    fn lines_are_those_of_the_source() {
        let source = "/* one\ntwo */\nconst A: &str = \"\n\";\nuse crate::schema::X;\n";
        assert!(upward_uses("json/read.rs", source)[0].starts_with("json/read.rs:5: "));
        assert_eq!(blank(source).lines().count(), source.lines().count());
    }

    #[test]
    fn what_is_impure_is_found() {
        for source in [
            "use std::fs;",
            "use std::{fmt, env};",
            "use ::std::net::TcpStream;",
            "use std::net;",
            "fn f() { std::fs::read(p); }",
            "use std::time::{Duration, SystemTime};",
            "fn f() { let start = Instant::now(); }",
            "use std::time::Instant;",
            "use std::io::{Read, stdin};",
        ] {
            assert_eq!(naming("json/read.rs", source, impure).len(), 1, "{source}");
        }
        for source in [
            "use std::{fmt, io::Read, net::Ipv4Addr};",
            "use crate::text::Instant; fn f() { Instant::from_unix(0); }",
            "use crate::json::fs;",
        ] {
            assert_eq!(naming("json/read.rs", source, impure), [""; 0], "{source}");
        }
    }

    #[test]
    fn ring_is_found() {
        let ring = |path: &[String]| path.first().is_some_and(|name| name == "ring");
        for source in ["use ring;", "use ring::digest;", "use ::ring::rand;", "fn f() -> ring::error::Unspecified {}", "pub use ring as r;"]
        {
            assert_eq!(naming("crypto/mod.rs", source, ring).len(), 1, "{source}");
        }
        for source in ["use crate::crypto::ring::sign;", "use self::ring::sign;", "mod ring;", "let ring = 1;"] {
            assert_eq!(naming("crypto/mod.rs", source, ring), [""; 0], "{source}");
        }
    }

    #[test]
    fn a_file_of_more_lines_is_found_and_tests_do_not_count() {
        let long = "// line\n".repeat(LINES + 1);
        let tested = format!("{}\n#[cfg(test)]\nmod tests {{\n{long}}}\n", "// line\n".repeat(LINES - 1));
        assert_eq!(too_long("json/read.rs", &long).len(), 1);
        assert_eq!(too_long("json/read.rs", &tested), [""; 0]);
    }
}

//! A look into a module.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use wasmparser::{KnownCustom, Name, NameSectionReader, Parser, Payload, Result, TypeRef};

/// Where the standard library ends a program that cannot go on: panics, failed allocations.
const ENDS: [&str; 16] = [
    "__rustc::__rust_abort",
    "__rustc::rust_begin_unwind",
    "__rustc::rust_panic",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "core::cell::panic_",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::panicking::",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_",
    "core::str::slice_error_fail",
    "std::panicking::",
    "std::process::abort",
];

/// The body of a function that ends at once: no locals, `unreachable`, `end`.
const UNREACHABLE: [u8; 3] = [0, 0, 0x0b];

const CODE_SECTION: u8 = 10;

/// The module in which a panic ends at once, in place of writing a message that no page could show. What wrote it is left for
/// wasm-opt to remove.
pub fn without_messages(wasm: &[u8]) -> Result<Vec<u8>> {
    let Module { imported, bodies, names } = read(wasm)?;
    let mut code = Vec::new();
    push_number(bodies.len(), &mut code);
    for (body, index) in bodies.into_iter().zip(imported..) {
        let ends = names.get(&index).is_some_and(|name| ends(name));
        let body = if ends { &UNREACHABLE[..] } else { wasm.get(body).unwrap_or_default() };
        push_number(body.len(), &mut code);
        code.extend_from_slice(body);
    }
    let mut out = wasm.get(..8).unwrap_or_default().to_vec();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Some((id, range)) = payload?.as_section() {
            let section = if id == CODE_SECTION { &code } else { wasm.get(range).unwrap_or_default() };
            out.push(id);
            push_number(section.len(), &mut out);
            out.extend_from_slice(section);
        }
    }
    Ok(out)
}

fn ends(name: &str) -> bool {
    // `core[c5930c85a12de822]::panicking::panic_fmt` and `<std[a543996e6e7dbf1e]::panicking::…`: what tells crates apart is left out.
    let plain: String = name.split('[').map(|piece| piece.split_once(']').map_or(piece, |(_, rest)| rest)).collect();
    let plain = plain.trim_start_matches('<');
    // Nothing in a module describes itself to a programmer but for a panic's message, though tables of methods hold the means.
    plain.contains(" as core::fmt::Debug>::fmt") || ENDS.iter().any(|end| plain.starts_with(end))
}

/// LEB128, as WebAssembly writes sizes.
fn push_number(number: usize, out: &mut Vec<u8>) {
    let mut rest = number;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// The module and the name of each import.
pub fn imports(wasm: &[u8]) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                lines.push(format!("{} {}", import.module, import.name));
            }
        }
    }
    Ok(lines)
}

/// The bytes and the name of each function, the largest first. A function without a name has its number.
pub fn functions(wasm: &[u8]) -> Result<Vec<String>> {
    let Module { imported, bodies, names } = read(wasm)?;
    let mut functions: Vec<_> = bodies.into_iter().map(|body| body.len()).zip(imported..).collect();
    functions.sort_by_key(|&(size, index)| (Reverse(size), index));
    let name = |index| names.get(&index).cloned().unwrap_or_else(|| format!("function {index}"));
    Ok(functions.into_iter().map(|(size, index)| format!("{size} {}", name(index))).collect())
}

struct Module {
    /// How many functions come from outside: they have the first numbers.
    imported: u32,
    bodies: Vec<Range<usize>>,
    names: BTreeMap<u32, String>,
}

fn read(wasm: &[u8]) -> Result<Module> {
    let mut module = Module { imported: 0, bodies: Vec::new(), names: BTreeMap::new() };
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => module.imported = imported_functions(section)?,
            Payload::CodeSectionEntry(body) => module.bodies.push(body.range()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    module.names = function_names(section)?;
                }
            }
            _ => {}
        }
    }
    Ok(module)
}

fn imported_functions(section: wasmparser::ImportSectionReader<'_>) -> Result<u32> {
    section
        .into_imports()
        .try_fold(0, |count, import| Ok(count + u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)))))
}

fn function_names(section: NameSectionReader<'_>) -> Result<BTreeMap<u32, String>> {
    let mut names = BTreeMap::new();
    for part in section {
        if let Name::Function(functions) = part? {
            for naming in functions {
                let naming = naming?;
                names.insert(naming.index, naming.name.to_owned());
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_are_told_from_what_has_their_name_inside() {
        for name in [
            "core[c5930c85a12de822]::panicking::panic_fmt",
            "<std[a543996e6e7dbf1e]::panicking::panic_handler::StaticStrPayload as core[c5930c85a12de822]::panic::PanicPayload>::as_str",
            "__rustc[b7974e8690430dd9]::rust_panic",
            "core::panicking::assert_failed::hd0e405836e3d4c97",
            "<ring::rsa::padding::pss::PSS as core::fmt::Debug>::fmt",
        ] {
            assert!(ends(name), "{name}");
        }
        for name in ["hoso::schema::compile::compile::h1", "core::str::slice_errors", "<hoso::x as core::panicking::Y>::z", "memcpy", ""] {
            assert!(!ends(name), "{name}");
        }
    }

    #[test]
    fn a_module_keeps_all_but_the_bodies_of_its_panics() {
        // (module (func) (func (result i32) i32.const 7)) with the names `core::panicking::panic` and `seven`.
        let names = b"\x04name\x01\x20\x02\x00\x16core::panicking::panic\x01\x05seven";
        let mut wasm = b"\0asm\x01\0\0\0\x01\x08\x02\x60\0\0\x60\0\x01\x7f\x03\x03\x02\0\x01".to_vec();
        let code = |first: &[u8]| [&[10, first.len() as u8 + 7, 2, first.len() as u8], first, &[4, 0, 0x41, 7, 0x0b]].concat();
        let named = [&[0, names.len() as u8], &names[..]].concat();
        let quiet = [wasm.clone(), code(&UNREACHABLE), named.clone()].concat();
        wasm.extend(code(&[0, 1, 1, 1, 0x0b]));
        wasm.extend(named);
        assert_eq!(without_messages(&wasm).unwrap(), quiet);
        assert_eq!(functions(&quiet).unwrap(), ["4 seven", "3 core::panicking::panic"]);
    }
}

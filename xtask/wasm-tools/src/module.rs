//! A look into a module.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use wasmparser::{KnownCustom, Name, NameSectionReader, Parser, Payload, Result, TypeRef};

/// LEB128, as WebAssembly writes sizes.
pub fn push_number(number: usize, out: &mut Vec<u8>) {
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

/// What is known of a module.
pub struct Module {
    /// How many functions come from outside: they have the first numbers.
    pub imported: u32,
    pub bodies: Vec<Range<usize>>,
    names: BTreeMap<u32, String>,
}

pub fn read(wasm: &[u8]) -> Result<Module> {
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

/// How many functions a module takes from elsewhere.
pub fn imported_functions(section: wasmparser::ImportSectionReader<'_>) -> Result<u32> {
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

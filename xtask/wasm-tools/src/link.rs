//! The linker that stands before LLVM's: it takes the messages of panics out of the objects, so that the linker leaves out
//! whatever only they would have reached, tables and all. Later nothing could tell those from what is used.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

use wasmparser::{
    DefinedDataSymbol, KnownCustom, Linking, Parser, Payload, RelocSectionReader, RelocationEntry, RelocationType, Result, SymbolInfo,
    SymbolInfoMap,
};

use crate::module::push_number;

/// Where the standard library ends a program that cannot go on: panics, failed allocations. And what calls a closure for
/// JavaScript: the modules give it none, but tables of functions hold the means.
const ENDS: [&str; 17] = [
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
    "js_sys::futures::",
    "wasm_bindgen::convert::closures::",
];

/// Links as LLVM's linker does, whose arguments these are.
pub fn run(arguments: Vec<OsString>) -> std::result::Result<(), String> {
    for object in arguments.iter().map(Path::new).filter(|path| path.extension().is_some_and(|kind| kind == "o")) {
        let unreadable = |error: &dyn std::fmt::Display| format!("{}: {error}", object.display());
        let bytes = std::fs::read(object).map_err(|error| unreadable(&error))?;
        let quiet = without_messages(&bytes).map_err(|error| unreadable(&error))?;
        std::fs::write(object, quiet).map_err(|error| unreadable(&error))?;
    }
    let status = Command::new("rust-lld").args(arguments).status().map_err(|error| format!("rust-lld: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("rust-lld: {status}")) }
}

/// What is known of an object.
#[derive(Default)]
struct Object {
    /// Functions that come from elsewhere: they have the first numbers.
    imported: u32,
    /// The section of code: its place among the sections, and in the bytes.
    code: (u32, Range<usize>),
    bodies: Vec<Range<usize>>,
    /// Numbers and names of the functions defined here.
    named: Vec<(u32, String)>,
    /// The section of data: its place among the sections, and in the bytes.
    data: (u32, Range<usize>),
    segments: Vec<Range<usize>>,
    /// Symbols of data that begin a segment, and the segment.
    constants: BTreeMap<u32, u32>,
    /// Places in the data that hold an address, and the symbol it is of.
    addresses: BTreeMap<usize, u32>,
}

impl Object {
    fn contents(&self, symbol: u32) -> Option<Range<usize>> {
        self.segments.get(*self.constants.get(&symbol)? as usize).cloned()
    }

    fn take_symbols(&mut self, symbols: SymbolInfoMap<'_>) -> Result<()> {
        for (symbol, info) in (0..).zip(symbols) {
            match info? {
                SymbolInfo::Func { index, name: Some(name), .. } => {
                    self.named.push((index, format!("{:#}", rustc_demangle::demangle(name))));
                }
                SymbolInfo::Data { symbol: Some(DefinedDataSymbol { index, offset: 0, .. }), .. } => {
                    self.constants.insert(symbol, index);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether nothing but a panic's message shows this: what was asserted, or where in which source file.
    fn is_of_panics(&self, bytes: &[u8], symbol: u32) -> bool {
        let Some(range) = self.contents(symbol) else { return false };
        let text = |range: Range<usize>| bytes.get(range).unwrap_or_default();
        let file = || self.contents(*self.addresses.get(&range.start)?);
        let is_place = || file().is_some_and(|file| text(file).ends_with(b".rs\0"));
        text(range.clone()).starts_with(b"assertion failed: ") || (range.len() == PLACE && is_place())
    }
}

/// A place in the source: the address and the length of the file's name, line, column.
const PLACE: usize = 16;

/// The object in which a panic ends at once, in place of writing a message that no page could show.
fn without_messages(bytes: &[u8]) -> Result<Vec<u8>> {
    let object = read(bytes)?;
    let ends = object.named.iter().filter(|(_, name)| ends(name));
    let bodies: Vec<_> = ends.filter_map(|(index, _)| object.bodies.get(index.checked_sub(object.imported)? as usize)).collect();
    let mut quiet = bytes.to_vec();
    for body in &bodies {
        // No locals, `unreachable`, as many `nop`s as keep the size, `end`.
        if let Some([locals, first, rest @ .., last]) = quiet.get_mut((*body).clone()) {
            (*locals, *first, *last) = (0, 0x00, 0x0b);
            rest.fill(0x01);
        }
    }
    let ended = |offset: u32| {
        let at = object.code.1.start + offset as usize;
        bodies.iter().any(|body| body.contains(&at))
    };
    // One of them stands for all: the linker leaves out the rest.
    let of_panics: BTreeSet<_> = object.constants.keys().copied().filter(|&symbol| object.is_of_panics(bytes, symbol)).collect();
    let shared = |symbol: u32| of_panics.first().copied().filter(|_| of_panics.contains(&symbol)).unwrap_or(symbol);
    let mut out = quiet.get(..8).unwrap_or_default().to_vec();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        let section = match &payload {
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Reloc(relocations) if relocations.section_index() == object.code.0 => {
                    Some(relocated(bytes, section.name(), &relocations, &ended, &shared)?)
                }
                _ => None,
            },
            _ => None,
        };
        let section = section.as_deref().unwrap_or_else(|| quiet.get(range).unwrap_or_default());
        out.push(id);
        push_number(section.len(), &mut out);
        out.extend_from_slice(section);
    }
    Ok(out)
}

/// The relocations of code, without those that would write into a body that has none any more, and with the symbols that `shared` gives.
fn relocated(
    bytes: &[u8],
    name: &str,
    relocations: &RelocSectionReader<'_>,
    ended: &dyn Fn(u32) -> bool,
    shared: &dyn Fn(u32) -> u32,
) -> Result<Vec<u8>> {
    let end = relocations.range().end;
    let entries: Vec<_> = relocations.entries().into_iter_with_offsets().collect::<Result<_>>()?;
    let starts = entries.iter().map(|(start, _)| *start).skip(1).chain([end]);
    let kept: Vec<_> = entries.iter().zip(starts).filter(|((_, entry), _)| !ended(entry.offset)).collect();
    let mut out = Vec::new();
    push_number(name.len(), &mut out);
    out.extend_from_slice(name.as_bytes());
    push_number(relocations.section_index() as usize, &mut out);
    push_number(kept.len(), &mut out);
    for ((start, entry), next) in kept {
        let raw = bytes.get(*start..next).unwrap_or_default();
        let index = if is_address(entry) { shared(entry.index) } else { entry.index };
        // The kind, the offset, the symbol; some kinds have an addend behind.
        let mut head = Vec::from_iter(raw.first().copied());
        push_number(entry.offset as usize, &mut head);
        let place = head.len();
        push_number(entry.index as usize, &mut head);
        out.extend_from_slice(head.get(..place).unwrap_or_default());
        push_number(index as usize, &mut out);
        out.extend_from_slice(raw.get(head.len()..).unwrap_or_default());
    }
    Ok(out)
}

/// Whether the symbol is one of data: numbers of types are no symbols.
fn is_address(entry: &RelocationEntry) -> bool {
    use RelocationType::{MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb};
    matches!(entry.ty, MemoryAddrLeb | MemoryAddrSleb | MemoryAddrI32)
}

fn read(bytes: &[u8]) -> Result<Object> {
    let mut object = Object::default();
    let mut sections = 0;
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        match &payload {
            Payload::ImportSection(section) => object.imported = crate::module::imported_functions(section.clone())?,
            Payload::CodeSectionStart { range, .. } => object.code = (sections, range.clone()),
            Payload::CodeSectionEntry(body) => object.bodies.push(body.range()),
            Payload::DataSection(section) => {
                object.data = (sections, section.range());
                for segment in section.clone() {
                    let segment = segment?;
                    object.segments.push(segment.range.end - segment.data.len()..segment.range.end);
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        if let Linking::SymbolTable(symbols) = part? {
                            object.take_symbols(symbols)?;
                        }
                    }
                }
                KnownCustom::Reloc(relocations) if relocations.section_index() == object.data.0 => {
                    for entry in relocations.entries() {
                        let entry = entry?;
                        object.addresses.insert(object.data.1.start + entry.offset as usize, entry.index);
                    }
                }
                _ => {}
            },
            _ => {}
        }
        sections += u32::from(payload.as_section().is_some());
    }
    Ok(object)
}

fn ends(name: &str) -> bool {
    let plain = name.trim_start_matches('<');
    // Nothing in a module describes itself to a programmer but for a panic's message, though tables of methods hold the means.
    plain.contains(" as core::fmt::Debug>::fmt") || plain.ends_with("::assert_failed") || ENDS.iter().any(|end| plain.starts_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_are_told_from_what_has_their_name_inside() {
        for name in [
            "core::panicking::panic_fmt",
            "<std::panicking::panic_handler::StaticStrPayload as core::panic::PanicPayload>::as_str",
            "__rustc::rust_panic",
            "<alloc::vec::Vec<_, _>>::swap_remove::assert_failed",
            "<ring::rsa::padding::pss::PSS as core::fmt::Debug>::fmt",
        ] {
            assert!(ends(name), "{name}");
        }
        for name in ["hoso::schema::compile::compile", "core::str::slice_errors", "<hoso::x as core::panicking::Y>::z", "memcpy", ""] {
            assert!(!ends(name), "{name}");
        }
    }

    fn section(id: u8, contents: &[u8]) -> Vec<u8> {
        [&[id, contents.len() as u8], contents].concat()
    }

    fn custom(name: &str, contents: &[u8]) -> Vec<u8> {
        section(0, &[&[name.len() as u8], name.as_bytes(), contents].concat())
    }

    /// Two functions that call function 1: `core::panicking::panic`, and one that is called `seven`.
    fn object(first: &[u8], relocations: &[u8]) -> Vec<u8> {
        const PANIC: &[u8] = b"_ZN4core9panicking5panic17h0123456789abcdefE";
        let call = [0, 0x10, 0x81, 0x80, 0x80, 0x80, 0, 0x0b];
        let code = [&[2, first.len() as u8], first, &[call.len() as u8], &call].concat();
        let symbols = [&[2, 0, 0, 0, PANIC.len() as u8], PANIC, &[0, 0, 1, 5], b"seven"].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, &[1, 0x60, 0, 0]),
            section(3, &[2, 0, 0]),
            section(10, &code),
            custom("linking", &[&[2, 8, symbols.len() as u8], &symbols[..]].concat()),
            custom("reloc.CODE", relocations),
        ]
        .concat()
    }

    #[test]
    fn an_object_keeps_all_but_the_bodies_of_its_panics_and_what_is_written_into_them() {
        let calling = [0, 0x10, 0x81, 0x80, 0x80, 0x80, 0, 0x0b];
        let ended = [0, 0, 1, 1, 1, 1, 1, 0x0b];
        // In section 2: type 0 at an offset, symbol 1. The offsets count from the section's contents.
        let before = object(&calling, &[2, 2, 0, 4, 1, 0, 13, 1]);
        assert_eq!(without_messages(&before).unwrap(), object(&ended, &[2, 1, 0, 13, 1]));
    }

    /// A function that takes an address, and as data the name of a file, two places in it, a like pair of numbers without an
    /// address, what was asserted, and a text.
    fn constants(shown: [u8; 5]) -> Vec<u8> {
        let segments: [&[u8]; 6] = [b"a.rs\0", &[9; PLACE], &[8; PLACE], &[7; PLACE], b"assertion failed: x", b"seven"];
        let mut data = vec![segments.len() as u8];
        let mut places = Vec::new();
        let mut symbols = vec![segments.len() as u8];
        for (index, segment) in segments.iter().enumerate() {
            data.extend([0, 0x41, 0, 0x0b, segment.len() as u8]);
            places.push(data.len() as u8);
            data.extend(*segment);
            symbols.extend([1, 0, 1, b'a' + index as u8, index as u8, 0, segment.len() as u8]);
        }
        let addresses: Vec<_> = shown.iter().zip(0..).flat_map(|(symbol, at)| [4, at, *symbol, 0]).collect();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, &[1, 0x60, 0, 0]),
            section(3, &[1, 0]),
            section(10, &[1, 2, 0, 0x0b]),
            section(11, &data),
            custom("linking", &[&[2, 8, symbols.len() as u8], &symbols[..]].concat()),
            custom("reloc.CODE", &[&[2, 5], &addresses[..]].concat()),
            custom("reloc.DATA", &[3, 2, 5, places[1], 0, 0, 5, places[2], 0, 0]),
        ]
        .concat()
    }

    #[test]
    fn what_only_a_panic_would_have_shown_is_one_constant() {
        let before = constants([1, 2, 3, 4, 5]);
        assert_eq!(without_messages(&before).unwrap(), constants([1, 1, 3, 1, 5]));
    }
}

//! An order of functions in which like stands by like, for the sake of compression.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wasmparser::{BinaryReader, FunctionBody, Operator, Parser, Payload, Result};

use crate::module::{self, Module, push_number};

/// How many bytes two functions must have in common to count as alike there. Four and eight gave larger modules.
const PIECE: usize = 6;

/// Pieces that more functions have say nothing of likeness.
const COMMON: usize = 64;

/// So many functions are called by a number of one byte.
const SHORT: usize = 128;

/// The module with functions named by numbers, so that sorting by name puts like by like. Nothing else of it is changed.
///
/// # Errors
/// The bytes are no module.
pub fn numbered(wasm: &[u8]) -> Result<Vec<u8>> {
    let Module { imported, bodies, .. } = module::read(wasm)?;
    let mut calls = vec![0; bodies.len()];
    for body in &bodies {
        count_calls(wasm, body.clone(), imported, &mut calls)?;
    }
    let mut places: Vec<_> = (0..bodies.len()).collect();
    places.sort_by_key(|place| Reverse(calls.get(*place).copied()));
    let rare = places.split_off(places.len().min(SHORT.saturating_sub(imported as usize)));
    let order = [places, rare].map(|places| {
        let texts: Vec<_> = places.iter().filter_map(|place| wasm.get(bodies.get(*place)?.clone())).collect();
        let order = alike(&texts).into_iter();
        order.filter_map(|at| places.get(at).copied()).collect::<Vec<_>>()
    });
    let mut names: Vec<_> = order.concat().into_iter().zip(1_usize..).collect();
    names.sort_unstable();
    let mut functions = Vec::new();
    push_number(names.len(), &mut functions);
    for (index, place) in names {
        let name = format!("{place:08}");
        push_number(imported as usize + index, &mut functions);
        push_number(name.len(), &mut functions);
        functions.extend_from_slice(name.as_bytes());
    }
    let mut section = b"\x04name\x01".to_vec();
    push_number(functions.len(), &mut section);
    section.append(&mut functions);
    let mut out = without_names(wasm)?;
    out.push(0);
    push_number(section.len(), &mut out);
    out.append(&mut section);
    Ok(out)
}

/// Counts the calls in a function, by the function that is called.
fn count_calls(wasm: &[u8], body: Range<usize>, imported: u32, calls: &mut [usize]) -> Result<()> {
    let bytes = wasm.get(body.clone()).unwrap_or_default();
    for operator in FunctionBody::new(BinaryReader::new(bytes, body.start)).get_operators_reader()? {
        if let Operator::Call { function_index } = operator?
            && let Some(called) = function_index.checked_sub(imported).and_then(|place| calls.get_mut(place as usize))
        {
            *called += 1;
        }
    }
    Ok(())
}

fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut out = wasm.get(..8).unwrap_or_default().to_vec();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        if !matches!(&payload, Payload::CustomSection(section) if section.name() == "name") {
            out.push(id);
            push_number(range.len(), &mut out);
            out.extend_from_slice(wasm.get(range).unwrap_or_default());
        }
    }
    Ok(out)
}

/// All places, from the longest text on: after each one the text most like it, of those that are left.
fn alike(texts: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<BTreeSet<_>> = texts.iter().map(|text| text.windows(PIECE).collect()).collect();
    let mut holders: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (place, pieces) in pieces.iter().enumerate() {
        for piece in pieces {
            holders.entry(*piece).or_default().push(place);
        }
    }
    let mut left: BTreeSet<_> = (0..texts.len()).collect();
    let mut order = Vec::new();
    let mut next = (0..texts.len()).max_by_key(|place| pieces.get(*place).map(BTreeSet::len));
    while let Some(place) = next {
        left.remove(&place);
        order.push(place);
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for holders in pieces.get(place).into_iter().flatten().filter_map(|piece| holders.get(piece)) {
            for other in holders.iter().filter(|other| holders.len() <= COMMON && left.contains(other)) {
                // What few have says more.
                *shared.entry(*other).or_default() += 1.0 / holders.len() as f64;
            }
        }
        // A long text has something of everything.
        let likeness = |(place, shared): (&usize, &f64)| shared / (pieces.get(*place).map_or(0, BTreeSet::len) as f64 + 50.0).powf(0.7);
        let likest = shared.iter().max_by(|one, other| likeness(*one).total_cmp(&likeness(*other)));
        next = likest.map(|(place, _)| *place).or_else(|| left.first().copied());
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_stands_by_like_and_nothing_is_lost() {
        let texts: [&[u8]; 5] = [b"the first of all", b"something else, and the longest", b"", b"the first of none", b"something else"];
        assert_eq!(alike(&texts), [1, 4, 0, 3, 2]);
        assert_eq!(alike(&[]), [0; 0]);
    }
}

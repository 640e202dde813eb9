//! Texts: the standard's functions, and cel-go's extensions for strings and for Base64. Indices count code points.

use super::call::Given;
use super::eval::Machine;
use super::functions::Fun;
use super::lists::list_of;
use super::value::VALUE_BYTES;
use super::{Reason, Val, format};
use crate::text::Base64;
use std::sync::Arc;

pub(super) fn apply<'a>(machine: &mut Machine<'a, '_>, fun: Fun, args: &[Val<'a>]) -> Given<'a> {
    match (fun, args) {
        (Fun::Join, [list]) => return join(machine, list, ""),
        (Fun::Join, [list, between]) => return join(machine, list, between.as_text().ok_or(Reason::NoOverload)?),
        (Fun::Encode, [Val::Bytes(bytes)]) => {
            machine.session.make(bytes.len() * 2)?;
            return Ok(Val::from(Base64::Standard.encode(bytes)));
        }
        (Fun::ReverseText, [list]) if list.is_list() => {
            let mut items = machine.items(list)?;
            items.reverse();
            return Ok(list_of(items));
        }
        _ => {}
    }
    let (first, rest) = args.split_first().ok_or(Reason::NoOverload)?;
    let text = first.as_text().ok_or(Reason::NoOverload)?;
    machine.session.spend(text.len() as u64 / 16)?;
    let other = |at: usize| rest.get(at).and_then(Val::as_text).ok_or(Reason::NoOverload);
    match (fun, rest) {
        (Fun::StartsWith, [_]) => Ok(Val::Bool(text.starts_with(other(0)?))),
        (Fun::EndsWith, [_]) => Ok(Val::Bool(text.ends_with(other(0)?))),
        (Fun::Contains, [_]) => {
            let wanted = other(0)?;
            pay_for_search(machine, text, wanted)?;
            Ok(Val::Bool(find(text, wanted, 0).is_some()))
        }
        (Fun::Format, [list]) => format::format(machine, text, list),
        (Fun::IndexOf | Fun::LastIndexOf, [_] | [_, _]) => index_of(machine, fun, text, other(0)?, rest.get(1)),
        (Fun::Replace, [_, _] | [_, _, _]) => {
            let most = count(rest.get(2))?;
            let made = replaced(machine, text, other(0)?, other(1)?, most)?;
            Ok(Val::from(made))
        }
        (Fun::Split, [_] | [_, _]) => split(machine, text, other(0)?, count(rest.get(1))?),
        (Fun::Decode, []) => {
            let missing = text.len().next_multiple_of(4) - text.len();
            let padded = [text, "===".get(..missing).unwrap_or_default()].concat();
            Base64::Standard.decode(&padded).map(|bytes| Val::Bytes(Arc::new(bytes))).ok_or(Reason::BadValue)
        }
        (Fun::Trim, []) => made(machine, text.trim()),
        (Fun::CharAt, [Val::Int(at)]) => {
            let from = byte_of(text, *at)?;
            let to = byte_of(text, at.saturating_add(1)).unwrap_or(from);
            made(machine, text.get(from..to).unwrap_or_default())
        }
        (Fun::Substring, [Val::Int(from)]) => made(machine, text.get(byte_of(text, *from)?..).unwrap_or_default()),
        (Fun::Substring, [Val::Int(from), Val::Int(to)]) => {
            let part = text.get(byte_of(text, *from)?..byte_of(text, *to)?).ok_or(Reason::Index)?;
            made(machine, part)
        }
        (_, []) => {
            machine.session.make(text.len())?;
            Ok(Val::from(match fun {
                Fun::LowerAscii => text.to_ascii_lowercase(),
                Fun::UpperAscii => text.to_ascii_uppercase(),
                Fun::ReverseText => text.chars().rev().collect(),
                Fun::Quote => quoted(text),
                _ => return Err(Reason::NoOverload),
            }))
        }
        _ => Err(Reason::NoOverload),
    }
}

fn made<'a>(machine: &mut Machine<'a, '_>, text: &str) -> Given<'a> {
    machine.session.make(text.len())?;
    Ok(Val::from(text.to_owned()))
}

/// Where a letter begins, in bytes; of the place behind the last one the end.
fn byte_of(text: &str, letter: i64) -> Result<usize, Reason> {
    let mut letters = 0;
    for (at, byte) in text.bytes().enumerate() {
        // All bytes of a letter but the first are of the form 10xxxxxx.
        if byte & 0xc0 != 0x80 {
            if letters == letter {
                return Ok(at);
            }
            letters += 1;
        }
    }
    if letters == letter { Ok(text.len()) } else { Err(Reason::Index) }
}

/// At the worst each place is compared as far as the last letter.
fn pay_for_search(machine: &mut Machine<'_, '_>, text: &str, wanted: &str) -> Result<(), Reason> {
    machine.session.spend((text.len() as u64).saturating_mul(1 + wanted.len() as u64 / 64) / 16)
}

/// Where a text stands in another, from a byte on. Only where a letter begins can another letter begin.
fn find(text: &str, wanted: &str, from: usize) -> Option<usize> {
    (from..=text.len().checked_sub(wanted.len())?).find(|at| stands(text, wanted, *at))
}

fn stands(text: &str, wanted: &str, at: usize) -> bool {
    text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(wanted.as_bytes()))
}

fn index_of<'a>(machine: &mut Machine<'a, '_>, fun: Fun, text: &str, wanted: &str, from: Option<&Val<'a>>) -> Given<'a> {
    pay_for_search(machine, text, wanted)?;
    let from = match from {
        None => None,
        Some(Val::Int(from)) => Some(byte_of(text, *from)?),
        _ => return Err(Reason::NoOverload),
    };
    let place = if fun == Fun::IndexOf {
        find(text, wanted, from.unwrap_or(0))
    } else {
        let last = text.len().checked_sub(wanted.len()).map(|last| from.map_or(last, |from| from.min(last)));
        last.and_then(|last| (0..=last).rev().find(|at| stands(text, wanted, *at)))
    };
    let before = place.and_then(|at| text.get(..at));
    Ok(Val::Int(before.map_or(-1, |before| crate::text::length(before) as i64)))
}

/// How often at most, where a negative number stands for always.
fn count(limit: Option<&Val<'_>>) -> Result<usize, Reason> {
    match limit {
        None => Ok(usize::MAX),
        Some(Val::Int(count)) => Ok(usize::try_from(*count).unwrap_or(usize::MAX)),
        _ => Err(Reason::NoOverload),
    }
}

/// The places where a separator stands, each with its end; an empty one stands between all letters.
fn places(machine: &mut Machine<'_, '_>, text: &str, separator: &str, most: usize) -> Result<Vec<(usize, usize)>, Reason> {
    pay_for_search(machine, text, separator)?;
    let mut places = Vec::new();
    let mut at = 0;
    while places.len() < most {
        let found = if separator.is_empty() {
            text.get(at..).and_then(|rest| rest.chars().next()).map(|letter| at + letter.len_utf8())
        } else {
            find(text, separator, at)
        };
        let Some(found) = found else { break };
        machine.session.make(16)?;
        places.push((found, found + separator.len()));
        at = found + separator.len();
    }
    Ok(places)
}

fn split<'a>(machine: &mut Machine<'a, '_>, text: &str, separator: &str, most: usize) -> Given<'a> {
    let Some(cuts) = most.checked_sub(1) else { return Ok(list_of(Vec::new())) };
    let mut places = places(machine, text, separator, cuts)?;
    if separator.is_empty() && places.last().is_some_and(|(end, _)| *end == text.len()) {
        places.pop();
    }
    let (mut parts, mut from) = (Vec::new(), 0);
    machine.session.make(text.len() + (places.len() + 1) * VALUE_BYTES)?;
    if !text.is_empty() || !separator.is_empty() {
        for (start, end) in places {
            parts.push(Val::from(text.get(from..start).unwrap_or_default().to_owned()));
            from = end;
        }
        parts.push(Val::from(text.get(from..).unwrap_or_default().to_owned()));
    }
    Ok(list_of(parts))
}

fn replaced(machine: &mut Machine<'_, '_>, text: &str, old: &str, new: &str, most: usize) -> Result<String, Reason> {
    let mut places = places(machine, text, old, most)?;
    if old.is_empty() && most > 0 {
        // An empty text also stands at the beginning.
        places.insert(0, (0, 0));
        places.truncate(most);
    }
    machine.session.make(text.len() + places.len().saturating_mul(new.len()))?;
    let (mut out, mut from) = (String::new(), 0);
    for (start, end) in places {
        out.push_str(text.get(from..start).unwrap_or_default());
        out.push_str(new);
        from = end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Ok(out)
}

fn join<'a>(machine: &mut Machine<'a, '_>, list: &Val<'a>, between: &str) -> Given<'a> {
    let mut out = String::new();
    for (item, at) in machine.items(list)?.iter().zip(0..) {
        let text = item.as_text().ok_or(Reason::NoOverload)?;
        machine.session.make(text.len() + between.len())?;
        if at > 0 {
            out.push_str(between);
        }
        out.push_str(text);
    }
    Ok(Val::from(out))
}

/// A text as a literal that CEL reads.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        let escape = match letter {
            '\u{7}' => 'a',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\u{b}' => 'v',
            '\\' | '"' => letter,
            _ => {
                out.push(letter);
                continue;
            }
        };
        out.push('\\');
        out.push(escape);
    }
    out.push('"');
    out
}

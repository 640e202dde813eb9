//! `"…".format([…])`: cel-go's extension for strings. A double is rounded from its exact decimal value, halves to the even digit.

use super::call::{Given, plain_text};
use super::eval::Machine;
use super::value::Cursor;
use super::{Reason, Val};
use crate::text::hexadecimal;

/// Digits behind the point at most: no double has more.
const MOST_PLACES: usize = 1_074;

pub(super) fn format<'a>(machine: &mut Machine<'a, '_>, pattern: &str, list: &Val<'a>) -> Given<'a> {
    let mut items = machine.items(list)?.into_iter();
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, clause)) = crate::text::cut(rest, b'%') {
        out.push_str(before);
        if let Some(after) = clause.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let (places, clause) = precision(clause)?;
        let kind = clause.bytes().next().ok_or(Reason::BadValue)?;
        rest = clause.get(1..).ok_or(Reason::BadValue)?;
        let item = items.next().ok_or(Reason::Index)?;
        let start = out.len();
        write(machine, kind, places, &item, &mut out)?;
        machine.session.make(out.len() - start)?;
    }
    out.push_str(rest);
    machine.session.make(out.len())?;
    Ok(Val::from(out))
}

/// `.3` before the letter of a clause.
fn precision(clause: &str) -> Result<(usize, &str), Reason> {
    let Some(after) = clause.strip_prefix('.') else { return Ok((6, clause)) };
    let len = after.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = after.split_at_checked(len).ok_or(Reason::BadValue)?;
    let places = crate::text::read_number(digits).and_then(|places| usize::try_from(places).ok());
    Ok((places.filter(|places| *places <= MOST_PLACES).ok_or(Reason::BadValue)?, rest))
}

fn write<'a>(machine: &mut Machine<'a, '_>, kind: u8, places: usize, item: &Val<'a>, out: &mut String) -> Result<(), Reason> {
    match (kind, item) {
        (b's', _) => plainly(machine, item, out)?,
        (b'd' | b'f' | b'e', Val::Double(number)) if !number.is_finite() => out.push_str(&plain_text(item).ok_or(Reason::BadValue)?),
        (b'd', Val::Int(_) | Val::Uint(_) | Val::Double(_)) => out.push_str(&plain_text(item).ok_or(Reason::BadValue)?),
        (b'f', _) => fixed(double(item)?, places, out),
        (b'e', _) => scientific(double(item)?, places, out),
        (b'b', Val::Bool(value)) => out.push(if *value { '1' } else { '0' }),
        (b'b' | b'o' | b'x' | b'X', Val::Int(_) | Val::Uint(_)) => {
            let (negative, number) = match item {
                Val::Int(number) => (*number < 0, number.unsigned_abs()),
                Val::Uint(number) => (false, *number),
                _ => return Err(Reason::BadValue),
            };
            if negative {
                out.push('-');
            }
            in_base(
                number,
                if kind == b'b' {
                    1
                } else if kind == b'o' {
                    3
                } else {
                    4
                },
                kind == b'X',
                out,
            );
        }
        (b'x' | b'X', _) => {
            let digits = match (item.as_text(), item) {
                (Some(text), _) => hexadecimal(text.as_bytes()),
                (_, Val::Bytes(bytes)) => hexadecimal(bytes),
                _ => return Err(Reason::BadValue),
            };
            out.push_str(&if kind == b'X' { digits.to_ascii_uppercase() } else { digits });
        }
        _ => return Err(Reason::BadValue),
    }
    Ok(())
}

fn double(item: &Val<'_>) -> Result<f64, Reason> {
    match item {
        Val::Double(number) => Ok(*number),
        Val::Int(number) => Ok(*number as f64),
        Val::Uint(number) => Ok(*number as f64),
        _ => Err(Reason::BadValue),
    }
}

/// Digits of so many bits each.
fn in_base(number: u64, bits: u32, large: bool, out: &mut String) {
    let digits = (u64::BITS - number.leading_zeros()).div_ceil(bits).max(1);
    for at in (0..digits).rev() {
        let digit = (number >> (at * bits)) as u32 & ((1 << bits) - 1);
        let letter = char::from_digit(digit, 16).unwrap_or('0');
        out.push(if large { letter.to_ascii_uppercase() } else { letter });
    }
}

/// Any value as people read it. Maps are in the order of the texts of their keys.
fn plainly<'a>(machine: &mut Machine<'a, '_>, item: &Val<'a>, out: &mut String) -> Result<(), Reason> {
    machine.session.make(32 + item.as_text().map_or(0, str::len))?;
    match item {
        Val::Null => out.push_str("null"),
        Val::Type(name) => out.push_str(name),
        Val::Bytes(bytes) => push_bytes(bytes, out),
        _ if item.is_list() => {
            out.push('[');
            for (part, at) in machine.items(item)?.iter().zip(0..) {
                if at > 0 {
                    out.push_str(", ");
                }
                plainly(machine, part, out)?;
            }
            out.push(']');
        }
        _ if item.is_map() => {
            let mut entries = Vec::new();
            let mut cursor = Cursor::new(item.clone(), machine.types);
            while let Some((key, value)) = cursor.next(machine.types) {
                let mut text = String::new();
                plainly(machine, &key, &mut text)?;
                let end = text.len();
                text.push_str(": ");
                plainly(machine, &value.ok_or(Reason::Absent)?, &mut text)?;
                entries.push((end, text));
            }
            crate::order::sort_by(&mut entries, |(end, left), (other, right)| left.get(..*end).cmp(&right.get(..*other)));
            out.push('{');
            out.push_str(&crate::text::joined(&mut entries.iter().map(|(_, text)| text.as_str()), ", "));
            out.push('}');
        }
        _ => match item.as_text() {
            Some(text) => out.push_str(text),
            None => out.push_str(&plain_text(item).ok_or(Reason::BadValue)?),
        },
    }
    Ok(())
}

/// Bytes as the text that they are, with U+FFFD for each part that is none.
fn push_bytes(mut bytes: &[u8], out: &mut String) {
    while let Err(error) = std::str::from_utf8(bytes) {
        let (valid, rest) = bytes.split_at_checked(error.valid_up_to()).unwrap_or_default();
        out.push_str(std::str::from_utf8(valid).unwrap_or_default());
        out.push(char::REPLACEMENT_CHARACTER);
        bytes = error.error_len().and_then(|len| rest.get(len..)).unwrap_or_default();
    }
    out.push_str(std::str::from_utf8(bytes).unwrap_or_default());
}

/// The exact digits of a finite double without its sign, and how many of them are behind the point.
fn exact(number: f64) -> (Vec<u8>, usize) {
    /// What one limb counts to.
    const LIMB: u64 = 1_000_000_000;
    let bits = number.to_bits() & !(1 << 63);
    let power = (bits >> 52).max(1) as i32 - 1_075;
    let mantissa = (bits & ((1 << 52) - 1)) | if bits >> 52 > 0 { 1 << 52 } else { 0 };
    // m × 2^-k = m × 5^k ÷ 10^k
    let (factor, times) = if power < 0 { (5, power.unsigned_abs()) } else { (2, power.unsigned_abs()) };
    let mut limbs = vec![mantissa % LIMB, mantissa / LIMB];
    for _ in 0..times {
        let mut carry = 0;
        for limb in &mut limbs {
            let product = *limb * factor + carry;
            (*limb, carry) = (product % LIMB, product / LIMB);
        }
        if carry > 0 {
            limbs.push(carry);
        }
    }
    let mut text = String::new();
    for limb in limbs.iter().rev() {
        crate::text::push_number(*limb, 9, &mut text);
    }
    (text.into_bytes(), if power < 0 { times as usize } else { 0 })
}

/// Keeps so many of the digits, rounded; one more comes in front where it overflows.
fn rounded(digits: &mut Vec<u8>, keep: usize) {
    let cut = digits.split_off(keep.min(digits.len()));
    let half = match cut.split_first() {
        None => return,
        Some((first, rest)) => first.cmp(&b'5').then(if rest.iter().any(|digit| *digit != b'0') {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }),
    };
    let is_odd = digits.last().is_some_and(|digit| digit % 2 == 1);
    if half.is_lt() || (half.is_eq() && !is_odd) {
        return;
    }
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

fn push(digits: &[u8], out: &mut String) {
    digits.iter().for_each(|digit| out.push(char::from(*digit)));
}

fn fixed(number: f64, places: usize, out: &mut String) {
    if number.is_sign_negative() {
        out.push('-');
    }
    let (known, behind) = exact(number);
    // In front goes what rounding may carry over.
    let mut digits = vec![b'0'; 1 + behind.saturating_sub(known.len())];
    digits.extend_from_slice(&known);
    let point = digits.len() - behind;
    digits.resize(digits.len().max(point + places), b'0');
    rounded(&mut digits, point + places);
    let (whole, fraction) = digits.split_at_checked(point).unwrap_or_default();
    let zeros = whole.iter().take_while(|digit| **digit == b'0').count().min(whole.len().saturating_sub(1));
    push(whole.get(zeros..).unwrap_or_default(), out);
    if places > 0 {
        out.push('.');
        push(fraction, out);
    }
}

fn scientific(number: f64, places: usize, out: &mut String) {
    if number.is_sign_negative() {
        out.push('-');
    }
    let (mut known, behind) = exact(number);
    let zeros = known.iter().take_while(|digit| **digit == b'0').count();
    let mut exponent = known.len() as i64 - zeros as i64 - 1 - behind as i64;
    let mut digits = known.split_off(zeros);
    if digits.is_empty() {
        exponent = 0;
    }
    digits.resize(digits.len().max(places + 1), b'0');
    rounded(&mut digits, places + 1);
    if digits.len() > places + 1 {
        exponent += 1;
        digits.truncate(places + 1);
    }
    let (first, rest) = digits.split_at_checked(1).unwrap_or_default();
    push(first, out);
    if places > 0 {
        out.push('.');
        push(rest, out);
    }
    out.push_str(if exponent < 0 { "e-" } else { "e+" });
    crate::text::push_number(exponent.unsigned_abs(), 2, out);
}

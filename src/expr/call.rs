//! Operators and functions at run time: each by the values that it meets.

use super::eval::Machine;
use super::functions::Fun;
use super::tree::NodeId;
use super::{Reason, Val, forms, lists, numbers, strings, times};
use crate::json::read_double;
use crate::regex::Regex;
use std::sync::Arc;

pub(super) type Given<'a> = Result<Val<'a>, Reason>;

/// Calls a function. `node` is the call.
#[inline(never)]
pub(super) fn apply<'a>(machine: &mut Machine<'a, '_>, node: NodeId, fun: Fun, args: &[Val<'a>]) -> Given<'a> {
    match (fun, args) {
        (Fun::Not, [Val::Bool(value)]) => Ok(Val::Bool(!value)),
        (Fun::In, [item, range]) => contains(machine, item, range).map(Val::Bool),
        // What is done to an optional value's inside gives an optional value again.
        (Fun::Index, [Val::Optional(inside), key]) => {
            let item = inside.as_deref().and_then(|of| machine.index(of, key).ok());
            Ok(Val::Optional(item.map(Arc::new)))
        }
        (Fun::Index, [of, key]) => machine.index(of, key),
        (Fun::OptionalIndex, [Val::Optional(None), _]) => Ok(Val::Optional(None)),
        (Fun::OptionalIndex, [Val::Optional(Some(inside)), key]) => optional(machine.index(inside, key)),
        (Fun::OptionalIndex, [of, key]) => optional(machine.index(of, key)),
        (Fun::Add, [left, right]) if is_sequence(left) && is_sequence(right) => joined(machine, left, right),
        (Fun::Matches, [text, pattern]) => matches(machine, node, text, pattern),
        (Fun::ToDyn, [value]) => Ok(value.clone()),
        (Fun::TypeOf, [value]) => Ok(Val::Type(value.type_name())),
        (Fun::ToBool, [value]) => to_bool(value),
        (Fun::ToBytes, [Val::Bytes(bytes)]) => Ok(Val::Bytes(Arc::clone(bytes))),
        (Fun::ToBytes, [value]) => {
            let text = value.as_text().ok_or(Reason::NoOverload)?;
            machine.session.make(text.len())?;
            Ok(Val::Bytes(Arc::new(text.as_bytes().to_vec())))
        }
        (Fun::ToDouble, [value]) => to_double(value),
        (Fun::ToInt, [value]) => to_int(value),
        (Fun::ToUint, [value]) => to_uint(value),
        (Fun::ToString, [value]) => to_string(machine, value),
        _ if fun.is_in(Fun::ToDate, Fun::ToTimestamp) || fun.is_in(Fun::Year, Fun::Milliseconds) => times::apply(fun, args),
        _ if fun.is_in(Fun::Add, Fun::Negate) => numbers::arithmetic(fun, args).unwrap_or_else(|| times::apply(fun, args)),
        _ if fun.is_in(Fun::Contains, Fun::EndsWith) || fun.is_in(Fun::CharAt, Fun::UpperAscii) || fun.is_in(Fun::Decode, Fun::Encode) => {
            strings::apply(machine, fun, args)
        }
        _ if fun.is_in(Fun::Abs, Fun::Trunc) => numbers::apply(machine, fun, args),
        _ if fun.is_in(Fun::Distinct, Fun::Value) => lists::apply(machine, fun, args),
        _ => forms::apply(machine, fun, args),
    }
}

impl Fun {
    /// Whether it is `==` or one of its like.
    pub(super) const fn compares(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual | Self::Less | Self::LessEqual | Self::Greater | Self::GreaterEqual)
    }

    /// Whether it stands between two others in their list, both included.
    const fn is_in(self, first: Self, last: Self) -> bool {
        first as u8 <= self as u8 && self as u8 <= last as u8
    }
}

/// A member or item that may be missing.
pub(super) fn found<'a>(given: Given<'a>) -> Result<Option<Val<'a>>, Reason> {
    match given {
        Ok(value) => Ok(Some(value)),
        Err(Reason::NoKey | Reason::Absent | Reason::Index) => Ok(None),
        Err(reason) => Err(reason),
    }
}

/// An optional value of a member or item.
pub(super) fn optional<'a>(given: Given<'a>) -> Given<'a> {
    Ok(Val::Optional(found(given)?.map(Arc::new)))
}

fn contains<'a>(machine: &mut Machine<'a, '_>, item: &Val<'a>, range: &Val<'a>) -> Result<bool, Reason> {
    if range.is_map() {
        return found(machine.index(range, item)).map(|item| item.is_some());
    }
    if !range.is_list() {
        return Err(Reason::NoOverload);
    }
    let mut cursor = super::value::Cursor::new(range.clone(), machine.types);
    while let Some((_, other)) = cursor.next(machine.types) {
        machine.session.spend(1)?;
        if let Some(other) = other
            && machine.equals(item, &other)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn size<'a>(machine: &mut Machine<'a, '_>, of: &Val<'a>) -> Given<'a> {
    let size = match (of.as_text(), of) {
        (Some(text), _) => {
            machine.session.spend(text.len() as u64 / 16)?;
            crate::text::length(text)
        }
        (_, Val::Bytes(bytes)) => bytes.len(),
        _ => of.len().ok_or(Reason::NoOverload)?,
    };
    Ok(Val::Int(size as i64))
}

/// Texts, bytes and lists are put together by `+`.
fn is_sequence(value: &Val<'_>) -> bool {
    value.as_text().is_some() || matches!(value, Val::Bytes(_)) || value.is_list()
}

fn joined<'a>(machine: &mut Machine<'a, '_>, left: &Val<'a>, right: &Val<'a>) -> Given<'a> {
    if let Some((left, right)) = left.as_text().zip(right.as_text()) {
        machine.session.make(left.len() + right.len())?;
        return Ok(Val::from([left, right].concat()));
    }
    match (left, right) {
        (Val::Bytes(left), Val::Bytes(right)) => {
            machine.session.make(left.len() + right.len())?;
            let mut bytes = left.to_vec();
            bytes.extend_from_slice(right);
            Ok(Val::Bytes(Arc::new(bytes)))
        }
        _ => {
            let mut items = machine.items(left)?;
            items.extend(machine.items(right)?);
            Ok(Val::List(Arc::new(items)))
        }
    }
}

/// A pattern that is a literal was prepared; another is read each time, and pays for it.
fn matches<'a>(machine: &mut Machine<'a, '_>, node: NodeId, text: &Val<'a>, pattern: &Val<'a>) -> Given<'a> {
    let (text, written) = text.as_text().zip(pattern.as_text()).ok_or(Reason::NoOverload)?;
    let prepared = machine.expression.patterns.iter().find(|(at, _)| *at == node);
    let made;
    let regex = match prepared {
        Some((_, regex)) => regex,
        None => {
            made = Regex::re2(written).map_err(|_| Reason::Pattern)?;
            machine.session.spend(made.cost())?;
            &made
        }
    };
    regex.is_match(text, &mut machine.session.steps).map(Val::Bool).map_err(|_| Reason::Steps)
}

fn to_bool<'a>(value: &Val<'a>) -> Given<'a> {
    match (value, value.as_text()) {
        (Val::Bool(_), _) => Ok(value.clone()),
        (_, Some("1" | "t" | "T" | "true" | "TRUE" | "True")) => Ok(Val::Bool(true)),
        (_, Some("0" | "f" | "F" | "false" | "FALSE" | "False")) => Ok(Val::Bool(false)),
        (_, Some(_)) => Err(Reason::BadValue),
        _ => Err(Reason::NoOverload),
    }
}

fn to_double<'a>(value: &Val<'a>) -> Given<'a> {
    Ok(Val::Double(match value {
        Val::Double(number) => *number,
        Val::Int(number) => *number as f64,
        Val::Uint(number) => *number as f64,
        _ => value.as_text().map(read_double).ok_or(Reason::NoOverload)?.ok_or(Reason::BadValue)?,
    }))
}

/// The ends of the integers as doubles, which a double must lie between.
const INT_END: f64 = 9_223_372_036_854_775_808.0;
const UINT_END: f64 = 18_446_744_073_709_551_616.0;

#[expect(clippy::cast_possible_truncation, reason = "the fraction is cut off, and the range was looked at")]
fn to_int<'a>(value: &Val<'a>) -> Given<'a> {
    Ok(Val::Int(match value {
        Val::Int(number) => *number,
        Val::Uint(number) => i64::try_from(*number).map_err(|_| Reason::Overflow)?,
        Val::Double(number) if -INT_END < *number && *number < INT_END => *number as i64,
        Val::Double(_) => return Err(Reason::Overflow),
        Val::Timestamp(time) => time.seconds(),
        _ => {
            let text = value.as_text().ok_or(Reason::NoOverload)?;
            let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
            let number = crate::text::read_number(digits).ok_or(Reason::BadValue)?;
            let signed = if negative { 0_i64.checked_sub_unsigned(number) } else { i64::try_from(number).ok() };
            signed.ok_or(Reason::Overflow)?
        }
    }))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the fraction is cut off, and the range was looked at")]
fn to_uint<'a>(value: &Val<'a>) -> Given<'a> {
    Ok(Val::Uint(match value {
        Val::Uint(number) => *number,
        Val::Int(number) => u64::try_from(*number).map_err(|_| Reason::Overflow)?,
        Val::Double(number) if *number > -1.0 && *number < UINT_END => *number as u64,
        Val::Double(_) => return Err(Reason::Overflow),
        _ => crate::text::read_number(value.as_text().ok_or(Reason::NoOverload)?).ok_or(Reason::BadValue)?,
    }))
}

fn to_string<'a>(machine: &mut Machine<'a, '_>, value: &Val<'a>) -> Given<'a> {
    let text = match value {
        Val::Text(_) | Val::Made(_) => return Ok(value.clone()),
        Val::Bytes(bytes) => {
            machine.session.make(bytes.len())?;
            String::from_utf8(bytes.to_vec()).map_err(|_| Reason::BadValue)?
        }
        _ => plain_text(value).ok_or(Reason::NoOverload)?,
    };
    Ok(Val::from(text))
}

/// How a simple value is written.
pub(super) fn plain_text(value: &Val<'_>) -> Option<String> {
    Some(match value {
        Val::Bool(value) => if *value { "true" } else { "false" }.to_owned(),
        Val::Int(number) => {
            let digits = crate::text::decimal(number.unsigned_abs());
            if *number < 0 { ["-", &digits].concat() } else { digits }
        }
        Val::Uint(number) => crate::text::decimal(*number),
        Val::Double(number) => crate::json::double_text(*number),
        Val::Timestamp(time) => time.text(),
        Val::Duration(span) => span.text(),
        Val::Date(day) => day.text(),
        _ => return None,
    })
}

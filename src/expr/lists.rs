//! cel-go's extensions for lists and for optional values.

use super::call::{Given, optional};
use super::eval::{Machine, sorted};
use super::functions::Fun;
use super::value::{VALUE_BYTES, is_key, key_order};
use super::{Reason, Val};
use crate::order;
use std::cmp::Ordering;
use std::sync::Arc;

pub(super) fn apply<'a>(machine: &mut Machine<'a, '_>, fun: Fun, args: &[Val<'a>]) -> Given<'a> {
    match (fun, args) {
        (Fun::None, []) => Ok(Val::Optional(None)),
        (Fun::Of, [value]) => some(value.clone()),
        (Fun::OfNonZero, [value]) => {
            if is_zero(value) {
                Ok(Val::Optional(None))
            } else {
                some(value.clone())
            }
        }
        (Fun::HasValue, [Val::Optional(value)]) => Ok(Val::Bool(value.is_some())),
        (Fun::Value, [Val::Optional(value)]) => value.as_deref().cloned().ok_or(Reason::NoValue),
        (Fun::Or, [Val::Optional(Some(_)), Val::Optional(_)]) => args.first().cloned().ok_or(Reason::NoOverload),
        (Fun::Or, [Val::Optional(None), other @ Val::Optional(_)]) => Ok(other.clone()),
        (Fun::OrValue, [Val::Optional(value), other]) => Ok(value.as_deref().unwrap_or(other).clone()),
        (Fun::UnwrapOpt, [list]) => {
            let mut values = Vec::new();
            for item in machine.items(list)? {
                let Val::Optional(value) = item else { return Err(Reason::NoOverload) };
                values.extend(value.as_deref().cloned());
            }
            Ok(list_of(values))
        }
        (Fun::Range, [Val::Int(count)]) => {
            let count = usize::try_from(*count).unwrap_or(0);
            machine.session.make(count.saturating_mul(VALUE_BYTES))?;
            Ok(list_of((0..count).map(|at| Val::Int(at as i64)).collect()))
        }
        (Fun::First | Fun::Last, [list]) if list.is_list() => {
            let last = list.len().unwrap_or(0).saturating_sub(1);
            let at = if fun == Fun::First { 0 } else { last };
            optional(machine.index(list, &Val::Int(at as i64)))
        }
        (Fun::Slice, [list, Val::Int(from), Val::Int(to)]) => {
            let items = machine.items(list)?;
            let bounds = usize::try_from(*from).ok().zip(usize::try_from(*to).ok());
            let part = bounds.and_then(|(from, to)| items.get(from..to)).ok_or(Reason::Index)?;
            Ok(list_of(part.to_vec()))
        }
        (Fun::Sort, [list]) => {
            let items = machine.items(list)?;
            machine.session.spend(16 * items.len() as u64)?;
            sorted(&items, &items).map(list_of)
        }
        (Fun::Distinct, [list]) => distinct(machine, list),
        (Fun::Flatten, [list]) => flattened(machine, list, 1),
        (Fun::Flatten, [list, Val::Int(depth)]) if *depth >= 0 => flattened(machine, list, *depth),
        (Fun::Flatten, [_, Val::Int(_)]) => Err(Reason::BadValue),
        _ => Err(Reason::NoOverload),
    }
}

fn some<'a>(value: Val<'a>) -> Given<'a> {
    Ok(Val::Optional(Some(Arc::new(value))))
}

pub(super) fn list_of<'a>(values: Vec<Val<'a>>) -> Val<'a> {
    Val::List(Arc::new(values))
}

/// Whether a value is its type's empty one.
fn is_zero(value: &Val<'_>) -> bool {
    match value {
        Val::Null | Val::Optional(None) => true,
        Val::Bool(value) => !value,
        Val::Int(number) => *number == 0,
        Val::Uint(number) => *number == 0,
        Val::Double(number) => *number == 0.0,
        Val::Bytes(bytes) => bytes.is_empty(),
        Val::Duration(span) => span.nanos() == 0,
        Val::Timestamp(time) => time.seconds() == 0 && time.nanos() == 0,
        _ => value.as_text().is_some_and(str::is_empty) || value.len() == Some(0),
    }
}

/// Each value once, where it stands first. Values that may be keys are sorted to find what is repeated; others are compared with all before them.
fn distinct<'a>(machine: &mut Machine<'a, '_>, list: &Val<'a>) -> Given<'a> {
    let items = machine.items(list)?;
    let mut repeats = vec![false; items.len()];
    if items.iter().all(is_key) {
        let key = |at: u32| items.get(at as usize);
        let compare = |left: u32, right: u32| key(left).zip(key(right)).map_or(Ordering::Equal, |(left, right)| key_order(left, right));
        machine.session.spend(16 * items.len() as u64)?;
        // Equal ones stay in their order.
        for pair in order::sorted(items.len(), &compare).windows(2) {
            if let [left, right] = pair
                && compare(*left, *right).is_eq()
            {
                repeats.get_mut(*right as usize).into_iter().for_each(|slot| *slot = true);
            }
        }
    } else {
        for (at, item) in items.iter().enumerate() {
            for other in items.iter().take(at) {
                machine.session.spend(1)?;
                if machine.equals(other, item)? {
                    repeats.get_mut(at).into_iter().for_each(|slot| *slot = true);
                    break;
                }
            }
        }
    }
    Ok(list_of(items.into_iter().zip(repeats).filter(|(_, repeats)| !repeats).map(|(item, _)| item).collect()))
}

fn flattened<'a>(machine: &mut Machine<'a, '_>, list: &Val<'a>, depth: i64) -> Given<'a> {
    let mut items = machine.items(list)?;
    for _ in 0..depth {
        let mut next = Vec::with_capacity(items.len());
        let mut any = false;
        for item in items {
            if item.is_list() {
                any = true;
                next.extend(machine.items(&item)?);
            } else {
                machine.session.make(VALUE_BYTES)?;
                next.push(item);
            }
        }
        items = next;
        if !any {
            break;
        }
    }
    Ok(list_of(items))
}

//! What rules of forms need besides CEL's own: ages, days, names, numbers of persons, sums, code lists. `docs/expressions.md` shows each.

use super::call::Given;
use super::eval::Machine;
use super::functions::Fun;
use super::{Reason, Val};
use crate::json::DecimalSum;

pub(super) fn apply<'a>(machine: &mut Machine<'a, '_>, fun: Fun, args: &[Val<'a>]) -> Given<'a> {
    match (fun, args) {
        (Fun::DaysBetween, [Val::Date(from), Val::Date(to)]) => Ok(Val::Int(to.days() - from.days())),
        (Fun::Lookup, [list, code]) => {
            let (list, code) = list.as_text().zip(code.as_text()).ok_or(Reason::NoOverload)?;
            machine.allowance.spend(16)?;
            let entry = machine.outside.code(list, code).ok_or(Reason::Absent)?;
            Val::of(entry, super::types::DYN, machine.types).ok_or(Reason::Absent)
        }
        (Fun::Sum, [list]) => sum(machine, list),
        _ => Err(Reason::NoOverload),
    }
}

/// Whole numbers are added as such; doubles by the decimals that are written for them, rounded once.
fn sum<'a>(machine: &mut Machine<'a, '_>, list: &Val<'a>) -> Given<'a> {
    let items = machine.items(list)?;
    match items.first() {
        Some(Val::Double(_)) => {
            let mut sum = DecimalSum::default();
            for item in &items {
                let Val::Double(number) = item else { return Err(Reason::NoOverload) };
                machine.allowance.spend(8)?;
                sum.add(*number);
            }
            Ok(Val::Double(sum.finish()))
        }
        _ => {
            let (mut sum, mut is_uint) = (0_i128, false);
            for item in &items {
                sum += match item {
                    Val::Int(number) => i128::from(*number),
                    Val::Uint(number) => {
                        is_uint = true;
                        i128::from(*number)
                    }
                    _ => return Err(Reason::NoOverload),
                };
            }
            Ok(if is_uint {
                Val::Uint(u64::try_from(sum).map_err(|_| Reason::Overflow)?)
            } else {
                Val::Int(i64::try_from(sum).map_err(|_| Reason::Overflow)?)
            })
        }
    }
}

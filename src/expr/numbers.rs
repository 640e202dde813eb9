//! Arithmetic (language definition, "Numeric Values": integers overflow with an error, doubles as IEEE 754 has it), and cel-go's extension for numbers.

use super::call::Given;
use super::eval::Machine;
use super::functions::Fun;
use super::{Reason, Val};
use std::cmp::Ordering;

/// `+ - * / %` and the sign of numbers; `None` where the values are no two numbers of one type.
pub(super) fn arithmetic<'a>(fun: Fun, args: &[Val<'a>]) -> Option<Given<'a>> {
    let whole = |number: Option<i64>| number.map(Val::Int).ok_or(Reason::Overflow);
    let natural = |number: Option<u64>| number.map(Val::Uint).ok_or(Reason::Overflow);
    Some(match (fun, args) {
        (Fun::Negate, [Val::Int(number)]) => whole(number.checked_neg()),
        (Fun::Negate, [Val::Double(number)]) => Ok(Val::Double(-number)),
        (Fun::Divide | Fun::Modulo, [Val::Int(_), Val::Int(0)] | [Val::Uint(_), Val::Uint(0)]) => Err(Reason::DivisionByZero),
        (_, [Val::Int(left), Val::Int(right)]) => whole(match fun {
            Fun::Add => left.checked_add(*right),
            Fun::Subtract => left.checked_sub(*right),
            Fun::Multiply => left.checked_mul(*right),
            Fun::Divide => left.checked_div(*right),
            _ => left.checked_rem(*right),
        }),
        (_, [Val::Uint(left), Val::Uint(right)]) => natural(match fun {
            Fun::Add => left.checked_add(*right),
            Fun::Subtract => left.checked_sub(*right),
            Fun::Multiply => left.checked_mul(*right),
            Fun::Divide => left.checked_div(*right),
            _ => left.checked_rem(*right),
        }),
        (_, [Val::Double(left), Val::Double(right)]) => Ok(Val::Double(match fun {
            Fun::Add => left + right,
            Fun::Subtract => left - right,
            Fun::Multiply => left * right,
            Fun::Divide => left / right,
            _ => return Some(Err(Reason::NoOverload)),
        })),
        _ => return None,
    })
}

/// The functions of `math`.
pub(super) fn apply<'a>(machine: &mut Machine<'a, '_>, fun: Fun, args: &[Val<'a>]) -> Given<'a> {
    if matches!(fun, Fun::Greatest | Fun::Least) {
        return extreme(machine, fun, args);
    }
    let shifted = |number: u64, by: i64, left: bool| {
        let by = u64::try_from(by).map_err(|_| Reason::BadValue)?;
        let by = u32::try_from(by).unwrap_or(u32::MAX);
        Ok(if left { number.checked_shl(by) } else { number.checked_shr(by) }.unwrap_or(0))
    };
    match args {
        [Val::Double(number)] => double(fun, *number),
        [Val::Int(number)] => Ok(match fun {
            Fun::Abs => Val::Int(number.checked_abs().ok_or(Reason::Overflow)?),
            Fun::Sign => Val::Int(number.signum()),
            Fun::BitNot => Val::Int(!number),
            Fun::Sqrt => Val::Double((*number as f64).sqrt()),
            _ => return Err(Reason::NoOverload),
        }),
        [Val::Uint(number)] => Ok(match fun {
            Fun::Abs => Val::Uint(*number),
            Fun::Sign => Val::Uint(u64::from(*number > 0)),
            Fun::BitNot => Val::Uint(!number),
            Fun::Sqrt => Val::Double((*number as f64).sqrt()),
            _ => return Err(Reason::NoOverload),
        }),
        [Val::Int(left), Val::Int(right)] => Ok(Val::Int(match fun {
            Fun::BitAnd => left & right,
            Fun::BitOr => left | right,
            Fun::BitXor => left ^ right,
            _ => shifted(left.cast_unsigned(), *right, fun == Fun::BitShiftLeft)?.cast_signed(),
        })),
        [Val::Uint(left), Val::Uint(right)] => Ok(Val::Uint(match fun {
            Fun::BitAnd => left & right,
            Fun::BitOr => left | right,
            Fun::BitXor => left ^ right,
            _ => return Err(Reason::NoOverload),
        })),
        [Val::Uint(left), Val::Int(right)] if matches!(fun, Fun::BitShiftLeft | Fun::BitShiftRight) => {
            Ok(Val::Uint(shifted(*left, *right, fun == Fun::BitShiftLeft)?))
        }
        _ => Err(Reason::NoOverload),
    }
}

fn double<'a>(fun: Fun, number: f64) -> Given<'a> {
    Ok(match fun {
        Fun::IsNan => Val::Bool(number.is_nan()),
        Fun::IsInf => Val::Bool(number.is_infinite()),
        Fun::IsFinite => Val::Bool(number.is_finite()),
        _ => Val::Double(match fun {
            Fun::Abs => number.abs(),
            Fun::Ceil => number.ceil(),
            Fun::Floor => number.floor(),
            Fun::Round => number.round(),
            Fun::Trunc => number.trunc(),
            Fun::Sqrt => number.sqrt(),
            Fun::Sign if number == 0.0 || number.is_nan() => number,
            Fun::Sign => number.signum(),
            _ => return Err(Reason::NoOverload),
        }),
    })
}

/// The greatest or least of some numbers, or of a list of them.
fn extreme<'a>(machine: &mut Machine<'a, '_>, fun: Fun, args: &[Val<'a>]) -> Given<'a> {
    let list;
    let numbers = match args {
        [one] if one.is_list() => {
            list = machine.items(one)?;
            list.as_slice()
        }
        _ => args,
    };
    let wanted = if fun == Fun::Greatest { Ordering::Greater } else { Ordering::Less };
    let mut best: Option<&Val<'a>> = None;
    for number in numbers {
        if !matches!(number, Val::Int(_) | Val::Uint(_) | Val::Double(_)) {
            return Err(Reason::NoOverload);
        }
        if best.is_none_or(|best| number.compare(best) == Some(wanted)) {
            best = Some(number);
        }
    }
    best.cloned().ok_or(Reason::NoOverload)
}

//! `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`: JSON Schema Validation 2020-12, 6.2.
//!
//! Numbers are compared as decimals: with `{"multipleOf": 0.01}`, `19.99` passes and `19.995` does not.

use crate::json::{Kind, NodeId, Number, Value};
use crate::schema::compile::{BlockBuilder, Compiled, Compiler};
use crate::schema::error::SchemaProblem;
use crate::schema::fault::Fault;
use crate::schema::program::{Bound, Op, Program};
use std::cmp::Ordering;

pub(in crate::schema) fn compile_bound(bound: Bound, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    if value.kind() != Kind::Number {
        return Err(SchemaProblem::takes("một số", "a number"));
    }
    block.push(Op::Bound(bound, value.id()));
    Ok(())
}

pub(in crate::schema) fn compile_multiple(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    let usable = value.as_number().is_some_and(|divisor| divisor.is_multiple_of(divisor).is_some());
    if !usable {
        return Err(SchemaProblem::takes("một số lớn hơn 0, nhiều nhất 18 chữ số", "a number greater than 0, of at most 18 digits"));
    }
    block.push(Op::MultipleOf(value.id()));
    Ok(())
}

/// The count that `minLength`, `maxItems` and their like take: a whole number from 0, `2.0` included.
pub(super) fn count(value: Value<'_>) -> Result<u64, SchemaProblem> {
    let count = value.as_number().filter(|number| number.is_whole()).and_then(Number::to_i64).and_then(|count| u64::try_from(count).ok());
    count.ok_or(SchemaProblem::takes("một số nguyên từ 0 trở lên", "a whole number, 0 or more"))
}

pub(super) fn check_bound(program: &Program, bound: Bound, limit: NodeId, value: Value<'_>) -> Result<(), Fault> {
    let Some((given, most)) = value.as_number().zip(program.constant(limit).as_number()) else { return Ok(()) };
    match (bound, given.compare(most)) {
        (Bound::Minimum, Ordering::Less) => Err(Fault::TooSmall { limit, exclusive: false }),
        (Bound::ExclusiveMinimum, Ordering::Less | Ordering::Equal) => Err(Fault::TooSmall { limit, exclusive: true }),
        (Bound::Maximum, Ordering::Greater) => Err(Fault::TooLarge { limit, exclusive: false }),
        (Bound::ExclusiveMaximum, Ordering::Greater | Ordering::Equal) => Err(Fault::TooLarge { limit, exclusive: true }),
        _ => Ok(()),
    }
}

pub(super) fn check_multiple(program: &Program, divisor: NodeId, value: Value<'_>) -> Result<(), Fault> {
    let Some((given, by)) = value.as_number().zip(program.constant(divisor).as_number()) else { return Ok(()) };
    if given.is_multiple_of(by) == Some(false) { Err(Fault::NotMultiple { divisor }) } else { Ok(()) }
}

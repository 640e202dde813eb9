//! The keywords, one file per family: how each is compiled and what it checks.

pub(super) mod array;
pub(super) mod attachment;
pub(super) mod kind;
pub(super) mod logic;
pub(super) mod lookup;
pub(super) mod member;
pub(super) mod number;
pub(super) mod options;
pub(super) mod text;
pub(super) mod unevaluated;

use super::fault::Fault;
use super::program::{Op, Program};
use crate::json::{Kind, Value};

/// Runs an instruction that needs nothing but the value. The others are run by the passes and let it through here.
pub(super) fn check(program: &Program, op: &Op, value: Value<'_>, today: Option<i64>) -> Result<(), Fault> {
    match op {
        Op::Never => Err(Fault::Never),
        Op::Kinds(kinds) => kind::check_kinds(*kinds, value),
        Op::Const(constant) => kind::check_const(program.constant(*constant), value),
        Op::Choice(choice) => kind::check_choice(program, choice, value),
        Op::Bound(bound, limit) => number::check_bound(program, *bound, *limit, value),
        Op::MultipleOf(divisor) => number::check_multiple(program, *divisor, value),
        Op::MinLength(least) => text::check_min(*least, value),
        Op::MaxLength(most) => text::check_max(*most, value),
        Op::Format(format) => text::check_format(*format, value),
        Op::MinItems(least) => array::check_min(*least, value),
        Op::MaxItems(most) => array::check_max(*most, value),
        Op::UniqueItems => array::check_unique(value),
        Op::MinProperties(least) => member::check_min(*least, value),
        Op::MaxProperties(most) => member::check_max(*most, value),
        Op::DependentRequired(dependents) => member::check_dependent(dependents, value),
        Op::Attachment(rule) => rule.check(value),
        Op::Lookup => lookup::check(value),
        Op::Options(list) => options::check(program, *list, value, today),
        _ => Ok(()),
    }
}

/// So many bytes are compared or counted in a step.
const BYTES_A_STEP: u64 = 64;

/// Steps beyond one that an instruction takes on a value: comparisons of many or long things.
pub(super) fn extra_cost(program: &Program, op: &Op, value: Value<'_>) -> u64 {
    let length = value.text_len();
    let bytes = length / BYTES_A_STEP;
    // A member is found by walking over the others.
    let lookup = 1 + value.len() as u64 / 8;
    match op {
        Op::Const(constant) => comparison(program.constant(*constant), value),
        Op::Choice(_) if value.kind() == Kind::String => bytes,
        Op::Choice(choice) if value.is_empty() => choice.values.len() as u64,
        Op::Choice(choice) => choice.values.iter().map(|constant| comparison(program.constant(*constant), value)).sum(),
        Op::MinLength(_) | Op::MaxLength(_) | Op::Kinds(_) | Op::Bound(..) => bytes,
        // The rest of a long number is worked out digit by digit.
        Op::MultipleOf(_) => length,
        // Of a list of a million codes twenty are compared.
        Op::Options(_) => bytes.saturating_mul(20),
        Op::Format(format) => length * format.weight() / BYTES_A_STEP,
        Op::UniqueItems if value.kind() == Kind::Array => value.size() as u64 * 8,
        Op::Lookup => value.len() as u64,
        Op::DependentRequired(dependents) => {
            let names = dependents.iter().map(|(_, names)| 1 + names.len() as u64).sum::<u64>();
            names.saturating_mul(lookup)
        }
        Op::DependentSchemas(dependents) => (dependents.len() as u64).saturating_mul(lookup),
        _ => 0,
    }
}

/// Values of the same length are compared until they differ.
fn comparison(constant: Value<'_>, value: Value<'_>) -> u64 {
    if constant.kind() != value.kind() || constant.len() != value.len() {
        return 1;
    }
    let of = |value: Value<'_>| value.size() as u64 + value.text_size() / BYTES_A_STEP;
    if constant.size() < value.size() { of(constant) } else { of(value) }
}

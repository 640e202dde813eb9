//! `unevaluatedItems`, `unevaluatedProperties`: JSON Schema Core 2020-12, 11.
//!
//! With `{"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}`, `{"a": 1}` passes and `{"b": 1}` does not.
//! They run last: then everything beside them has passed, and what has passed says what it has evaluated.

use super::member;
use crate::json::{Kind, Value};
use crate::schema::compile::{BlockBuilder, Compiled, Compiler};
use crate::schema::program::{BlockId, Op};
use crate::schema::run::{Held, Run};

pub(in crate::schema) fn compile_items<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    let inner = compiler.block_of(value);
    block.push(Op::Unevaluated(Kind::Array, inner));
    Ok(())
}

pub(in crate::schema) fn compile_members<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    let inner = compiler.block_of(value);
    block.push(Op::Unevaluated(Kind::Object, inner));
    Ok(())
}

pub(in crate::schema) fn hold(run: &mut Run<'_>, block: BlockId, kind: Kind, inner: BlockId, value: Value<'_>) -> Held {
    if value.kind() != kind || value.is_empty() {
        return Ok(true);
    }
    for op in run.program.ops(block) {
        if let Op::Members(members) = op
            && kind == Kind::Object
        {
            run.budget.spend(value.len() as u64)?;
            if member::declares_all(members, value) {
                return Ok(true);
            }
        }
    }
    let seen = seen(run, block, value)?;
    for (child, seen) in value.children().zip(seen) {
        if !seen && !run.holds(inner, child)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Which items or members the instructions of a block, but for these two, evaluate.
pub(in crate::schema) fn seen(run: &mut Run<'_>, block: BlockId, value: Value<'_>) -> Held<Vec<bool>> {
    let mut seen = vec![false; value.len()];
    for op in run.program.ops(block) {
        if !matches!(op, Op::Unevaluated(..)) {
            see(run, op, value, &mut seen)?;
        }
    }
    Ok(seen)
}

fn see_block(run: &mut Run<'_>, block: BlockId, value: Value<'_>, seen: &mut [bool]) -> Held<()> {
    run.budget.enter()?;
    for op in run.program.ops(block) {
        see(run, op, value, seen)?;
    }
    run.budget.leave();
    Ok(())
}

/// What a branch has seen counts only where it holds.
fn see_branch(run: &mut Run<'_>, block: BlockId, value: Value<'_>, seen: &mut [bool]) -> Held {
    let held = run.holds(block, value)?;
    if held {
        see_block(run, block, value, seen)?;
    }
    Ok(held)
}

fn see(run: &mut Run<'_>, op: &Op, value: Value<'_>, seen: &mut [bool]) -> Held<()> {
    run.budget.spend(1 + seen.len() as u64 / 8)?;
    match op {
        Op::Members(members) => {
            for (child, seen) in value.children().zip(seen).filter(|_| value.kind() == Kind::Object) {
                run.budget.spend(1)?;
                *seen |= member::declares(run, members, child)?;
            }
        }
        Op::Items(items) if value.kind() == Kind::Array => {
            let count = if items.rest.is_some() { seen.len() } else { items.prefix.len() };
            seen.iter_mut().take(count).for_each(|seen| *seen = true);
        }
        Op::Contains(contains) if contains.evaluates => {
            for (item, seen) in value.items().zip(seen) {
                *seen |= run.holds(contains.block, item)?;
            }
        }
        Op::Unevaluated(kind, _) if value.kind() == *kind => seen.fill(true),
        Op::Ref(block) => see_block(run, *block, value, seen)?,
        Op::AllOf(blocks) => {
            for block in blocks {
                see_block(run, *block, value, seen)?;
            }
        }
        Op::AnyOf(blocks) | Op::OneOf(blocks) => {
            let mut any = false;
            for block in blocks {
                any |= see_branch(run, *block, value, seen)?;
            }
            // Then that is the mistake. What any branch would have evaluated is not another one.
            for block in blocks.iter().filter(|_| !any) {
                see_block(run, *block, value, seen)?;
            }
        }
        Op::DependentSchemas(dependents) => {
            for (trigger, block) in dependents {
                if trigger.of(value).is_some() {
                    see_block(run, *block, value, seen)?;
                }
            }
        }
        Op::If(condition) => {
            let branch = if see_branch(run, condition.test, value, seen)? { condition.then } else { condition.otherwise };
            if let Some(branch) = branch {
                see_block(run, branch, value, seen)?;
            }
        }
        _ => {}
    }
    Ok(())
}

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
    let seen = seen(run, block, value, Inside::all(value))?;
    for (child, seen) in value.children().zip(seen) {
        if !seen && !run.holds(inner, child)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Items or members with their indices: all of a value, or one of them.
#[derive(Clone, Copy)]
pub(in crate::schema) struct Inside<'d> {
    at: usize,
    next: Option<Value<'d>>,
    one: bool,
}

impl<'d> Inside<'d> {
    pub(in crate::schema) fn all(value: Value<'d>) -> Self {
        Self { at: 0, next: value.first(), one: false }
    }

    pub(in crate::schema) const fn one(at: usize, child: Option<Value<'d>>) -> Self {
        Self { at, next: child, one: true }
    }
}

impl<'d> Iterator for Inside<'d> {
    type Item = (usize, Value<'d>);

    fn next(&mut self) -> Option<Self::Item> {
        let child = self.next?;
        let found = (self.at, child);
        self.next = if self.one { None } else { child.sibling() };
        self.at += 1;
        Some(found)
    }
}

/// Which of some items or members the instructions of a block, but for these two, evaluate.
pub(in crate::schema) fn seen(run: &mut Run<'_>, block: BlockId, value: Value<'_>, inside: Inside<'_>) -> Held<Vec<bool>> {
    let mut seen = vec![false; if inside.one { 1 } else { value.len() }];
    for op in run.program.ops(block) {
        if !matches!(op, Op::Unevaluated(..)) {
            see(run, op, value, inside, &mut seen)?;
        }
    }
    Ok(seen)
}

fn see_block(run: &mut Run<'_>, block: BlockId, value: Value<'_>, inside: Inside<'_>, seen: &mut [bool]) -> Held<()> {
    run.budget.enter()?;
    for op in run.program.ops(block) {
        see(run, op, value, inside, seen)?;
    }
    run.budget.leave();
    Ok(())
}

/// What a branch has seen counts only where it holds.
fn see_branch(run: &mut Run<'_>, block: BlockId, value: Value<'_>, inside: Inside<'_>, seen: &mut [bool]) -> Held {
    let held = run.holds(block, value)?;
    run.decide(held);
    if held {
        see_block(run, block, value, inside, seen)?;
    }
    Ok(held)
}

fn see(run: &mut Run<'_>, op: &Op, value: Value<'_>, inside: Inside<'_>, seen: &mut [bool]) -> Held<()> {
    run.budget.spend(1 + seen.len() as u64 / 8)?;
    match op {
        Op::Members(members) => {
            for ((_, child), seen) in inside.zip(seen).filter(|_| value.kind() == Kind::Object) {
                run.budget.spend(1)?;
                *seen |= member::declares(run, members, child)?;
            }
        }
        Op::Items(items) if value.kind() == Kind::Array => {
            for ((at, _), seen) in inside.zip(seen) {
                *seen |= items.block_of(at).is_some();
            }
        }
        Op::Contains(contains) if contains.evaluates && value.kind() == Kind::Array => {
            for ((_, item), seen) in inside.zip(seen) {
                *seen |= run.holds(contains.block, item)?;
            }
        }
        Op::Unevaluated(kind, _) if value.kind() == *kind => seen.fill(true),
        Op::Ref(block) => see_block(run, *block, value, inside, seen)?,
        Op::AllOf(blocks) => {
            for block in blocks {
                see_block(run, *block, value, inside, seen)?;
            }
        }
        Op::AnyOf(blocks) | Op::OneOf(blocks) => {
            let mut any = false;
            for block in blocks {
                any |= see_branch(run, *block, value, inside, seen)?;
            }
            // Then that is the mistake. What any branch would have evaluated is not another one.
            for block in blocks.iter().filter(|_| !any) {
                see_block(run, *block, value, inside, seen)?;
            }
        }
        Op::DependentSchemas(dependents) => {
            for (trigger, block) in dependents {
                let asked = trigger.of(value).is_some();
                run.decide(asked);
                if asked {
                    see_block(run, *block, value, inside, seen)?;
                }
            }
        }
        Op::If(condition) => {
            let branch = if see_branch(run, condition.test, value, inside, seen)? { condition.then } else { condition.otherwise };
            if let Some(branch) = branch {
                see_block(run, branch, value, inside, seen)?;
            }
        }
        _ => {}
    }
    Ok(())
}

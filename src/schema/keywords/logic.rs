//! `allOf`, `anyOf`, `oneOf`, `not`, `if`, `then`, `else`: JSON Schema Core 2020-12, 10.2.1 and 10.2.2.
//!
//! With `{"oneOf": [{"type": "integer"}, {"minimum": 2}]}`, `1` and `2.5` pass; `1.5` and `3` do not.

use super::kind::choice_of;
use crate::json::Value;
use crate::schema::compile::{BlockBuilder, Compiled, Compiler};
use crate::schema::error::SchemaProblem;
use crate::schema::program::{BlockId, Condition, Op};
use crate::schema::run::{Held, Run};

pub(in crate::schema) fn compile_all<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    let blocks = branches(compiler, value)?;
    block.push(Op::AllOf(blocks));
    Ok(())
}

pub(in crate::schema) fn compile_any<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    let blocks = branches(compiler, value)?;
    block.push(choice_of("anyOf", compiler.source, value).unwrap_or(Op::AnyOf(blocks)));
    Ok(())
}

pub(in crate::schema) fn compile_one<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    let blocks = branches(compiler, value)?;
    block.push(choice_of("oneOf", compiler.source, value).unwrap_or(Op::OneOf(blocks)));
    Ok(())
}

pub(in crate::schema) fn compile_not<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    let inner = compiler.block_of(value);
    block.push(Op::Not(inner));
    Ok(())
}

/// `then` and `else` mean nothing without `if`.
pub(in crate::schema) fn compile_condition<'s>(compiler: &mut Compiler<'s>, schema: Value<'s>, block: &mut BlockBuilder) {
    let test = compiler.part(schema, "if").map(|value| compiler.block_of(value));
    let then = compiler.part(schema, "then").map(|value| compiler.block_of(value));
    let otherwise = compiler.part(schema, "else").map(|value| compiler.block_of(value));
    if let Some(test) = test {
        block.push(Op::If(Box::new(Condition { test, then, otherwise })));
    }
}

fn branches<'s>(compiler: &mut Compiler<'s>, value: Value<'s>) -> Result<Vec<BlockId>, SchemaProblem> {
    let blocks = compiler.list(value);
    if blocks.is_empty() {
        Err(SchemaProblem::takes("một danh sách bộ quy tắc không rỗng", "a list of schemas that is not empty"))
    } else {
        Ok(blocks)
    }
}

pub(in crate::schema) fn all_hold(run: &mut Run<'_>, blocks: &[BlockId], value: Value<'_>) -> Held {
    for block in blocks {
        if !run.holds(*block, value)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(in crate::schema) fn any_holds(run: &mut Run<'_>, blocks: &[BlockId], value: Value<'_>) -> Held {
    for block in blocks {
        if run.holds(*block, value)? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(in crate::schema) fn one_holds(run: &mut Run<'_>, blocks: &[BlockId], value: Value<'_>) -> Held {
    let mut found = false;
    for block in blocks {
        if run.holds(*block, value)? {
            if found {
                return Ok(false);
            }
            found = true;
        }
    }
    Ok(found)
}

pub(in crate::schema) fn condition_holds(run: &mut Run<'_>, condition: &Condition, value: Value<'_>) -> Held {
    let branch = if run.holds(condition.test, value)? { condition.then } else { condition.otherwise };
    branch.map_or(Ok(true), |block| run.holds(block, value))
}

//! `prefixItems`, `items`, `contains` (JSON Schema Core 2020-12, 10.3.1) and `minItems`, `maxItems`, `uniqueItems`,
//! `minContains`, `maxContains` (Validation 2020-12, 6.4).
//!
//! With `{"contains": {"const": 1}, "maxContains": 1}`, `[1, 2]` passes; `[]` and `[1, 1.0]` do not.

use super::number::count;
use crate::json::{Kind, Value, first_repeat};
use crate::schema::compile::{BlockBuilder, Compiled, Compiler};
use crate::schema::dialect::Draft;
use crate::schema::error::SchemaProblem;
use crate::schema::fault::Fault;
use crate::schema::program::{Contains, Items, Op};
use crate::schema::run::{Held, Run};

pub(in crate::schema) fn compile_min(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    block.push(Op::MinItems(count(value)?));
    Ok(())
}

pub(in crate::schema) fn compile_max(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    block.push(Op::MaxItems(count(value)?));
    Ok(())
}

pub(in crate::schema) fn compile_unique(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    if value.as_bool().ok_or(SchemaProblem::takes("true hoặc false", "true or false"))? {
        block.push(Op::UniqueItems);
    }
    Ok(())
}

/// `prefixItems` and `items` of one subschema, compiled together: `items` begins where the prefix ends.
pub(in crate::schema) fn compile_items<'s>(compiler: &mut Compiler<'s>, schema: Value<'s>, block: &mut BlockBuilder) {
    // Until 2019-09 a list under `items` was the prefix, and `additionalItems` the rest.
    let items = compiler.part(schema, "items");
    let old = items.filter(|items| compiler.draft() < Draft::Draft202012 && items.kind() == Kind::Array);
    let (prefix, rest) = match old {
        Some(list) => (Some(list), compiler.part(schema, "additionalItems")),
        None => (compiler.part(schema, "prefixItems"), items),
    };
    let prefix = prefix.map(|list| compiler.list(list)).unwrap_or_default();
    let rest = rest.map(|items| compiler.block_of(items));
    if rest.is_some() || !prefix.is_empty() {
        block.push(Op::Items(Box::new(Items { prefix, rest })));
    }
}

/// `contains` with `minContains` (1 when absent) and `maxContains`, which mean nothing without it.
pub(in crate::schema) fn compile_contains<'s>(compiler: &mut Compiler<'s>, schema: Value<'s>, block: &mut BlockBuilder) {
    let least = compiler.optional(schema, "minContains", count);
    let most = compiler.optional(schema, "maxContains", count);
    if let Some(contains) = compiler.part(schema, "contains") {
        let inner = compiler.block_of(contains);
        block.push(Op::Contains(Box::new(Contains {
            block: inner,
            least: least.unwrap_or(1),
            most,
            evaluates: compiler.draft() >= Draft::Draft202012,
        })));
    }
}

pub(super) fn check_min(least: u64, value: Value<'_>) -> Result<(), Fault> {
    if value.kind() == Kind::Array && (value.len() as u64) < least { Err(Fault::TooFewItems { least }) } else { Ok(()) }
}

pub(super) fn check_max(most: u64, value: Value<'_>) -> Result<(), Fault> {
    if value.kind() == Kind::Array && value.len() as u64 > most { Err(Fault::TooManyItems { most }) } else { Ok(()) }
}

pub(super) fn check_unique(value: Value<'_>) -> Result<(), Fault> {
    const FEW: usize = 8;
    let few = value.len() <= FEW;
    if few && !value.items().enumerate().any(|(at, item)| value.items().take(at).any(|earlier| earlier.equals(item))) {
        return Ok(());
    }
    first_repeat(value).map_or(Ok(()), |(_, first)| Err(Fault::Repeated { first }))
}

pub(in crate::schema) fn items_hold(run: &mut Run<'_>, items: &Items, value: Value<'_>) -> Held {
    run.budget.spend(value.len() as u64 / 4)?;
    let (mut at, mut next) = (0, if value.kind() == Kind::Array { value.first() } else { None });
    while let Some(item) = next {
        let Some(block) = items.block_of(at) else { break };
        if !run.holds(block, item)? {
            return Ok(false);
        }
        (at, next) = (at + 1, item.sibling());
    }
    Ok(true)
}

pub(in crate::schema) fn contains_holds(run: &mut Run<'_>, contains: &Contains, value: Value<'_>) -> Held {
    if value.kind() != Kind::Array {
        return Ok(true);
    }
    run.budget.spend(value.len() as u64 / 4)?;
    let mut found = 0;
    for item in value.items() {
        found += u64::from(run.holds(contains.block, item)?);
        if contains.most.is_none() && found >= contains.least {
            return Ok(true);
        }
    }
    Ok(contains.judge(found).is_ok())
}

impl Items {
    pub(in crate::schema) fn block_of(&self, at: usize) -> Option<u32> {
        self.prefix.get(at).copied().or(self.rest)
    }
}

impl Contains {
    /// What a number of matching items means, with the keyword that says so.
    pub(in crate::schema) fn judge(&self, found: u64) -> Result<(), (&'static str, Fault)> {
        match self.most {
            _ if found < self.least => {
                let keyword = if self.least == 1 { "contains" } else { "minContains" };
                Err((keyword, Fault::ContainsTooFew { least: self.least, found }))
            }
            Some(most) if found > most => Err(("maxContains", Fault::ContainsTooMany { most, found })),
            _ => Ok(()),
        }
    }
}

//! `properties`, `patternProperties`, `additionalProperties`, `propertyNames`, `dependentSchemas` (JSON Schema Core 2020-12, 10.2.2 and 10.3.2)
//! and `required`, `minProperties`, `maxProperties`, `dependentRequired` (Validation 2020-12, 6.5).
//!
//! With `{"properties": {"a": {}}, "required": ["a"], "additionalProperties": false}`, `{"a": 1}` passes; `{}` and
//! `{"a": 1, "b": 2}` do not.

use super::lookup;
use super::number::count;
use crate::json::{Document, Kind, Value, to_json};
use crate::order;
use crate::schema::compile::{BlockBuilder, Compiled, Compiler};
use crate::schema::error::SchemaProblem;
use crate::schema::fault::Fault;
use crate::schema::procedure;
use crate::schema::program::{BlockId, Entry, LAST, Members, Name, Op};
use crate::schema::run::{Budget, Held, Run};

pub(in crate::schema) fn compile_min(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    block.push(Op::MinProperties(count(value)?));
    Ok(())
}

pub(in crate::schema) fn compile_max(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    block.push(Op::MaxProperties(count(value)?));
    Ok(())
}

/// `properties`, `patternProperties`, `required` and `additionalProperties` of one subschema become one instruction.
pub(in crate::schema) fn compile_members<'s>(compiler: &mut Compiler<'s>, schema: Value<'s>, block: &mut BlockBuilder) {
    let mut members = Members::default();
    if let Some(properties) = compiler.object(schema, "properties") {
        for (name, property) in properties.members() {
            let inner = compiler.block_of(property);
            members.entries.push(Entry::new(name, Some(inner), false));
        }
    }
    implied(compiler, schema, &mut members);
    members.index();
    for name in compiler.optional(schema, "required", names).unwrap_or_default() {
        match members.position(name).and_then(|at| members.entries.get_mut(at)) {
            Some(entry) => entry.required = true,
            None => members.entries.push(Entry::new(name, None, true)),
        }
    }
    members.index();
    in_form_order(compiler, schema, &mut members);
    for (pattern, value) in compiler.object(schema, "patternProperties").into_iter().flat_map(Value::members) {
        match compiler.pattern(pattern) {
            Ok(pattern) => members.patterns.push((pattern, compiler.block_of(value))),
            Err(problem) => compiler.mistake(value, problem),
        }
    }
    members.additional = compiler.part(schema, "additionalProperties").map(|value| compiler.block_of(value));
    if members.entries.is_empty() && members.patterns.is_empty() && members.additional.is_none() {
        return;
    }
    members.required = members.entries.iter().filter(|entry| entry.required).count();
    block.push(Op::Members(Box::new(members)));
}

/// What `x-lookup` may hold besides what is declared. Its own instruction judges it, so nothing more is said of it here.
fn implied<'s>(compiler: &mut Compiler<'s>, schema: Value<'s>, members: &mut Members) {
    let Some(lookup) = compiler.part(schema, "x-lookup").filter(|lookup| compiler.is_rule_schema() && lookup.kind() == Kind::True) else {
        return;
    };
    for name in lookup::MEMBERS {
        if !members.entries.iter().any(|entry| *entry.name.text == *name) {
            // `true` is a schema too, and lets everything pass.
            members.entries.push(Entry::new(name, Some(compiler.block_of(lookup)), false));
        }
    }
}

/// Puts the members into the order of the form. The canonical schema sorts its own members, so only lists can say it:
/// `x-order`, then `required`; what neither names follows as the schema has it.
fn in_form_order<'s>(compiler: &mut Compiler<'s>, schema: Value<'s>, members: &mut Members) {
    let first = compiler.optional(schema, "x-order", names).unwrap_or_default();
    for stranger in schema.member("x-order").into_iter().flat_map(Value::items) {
        let Some(name) = stranger.as_str().filter(|name| members.position(name).is_none()) else { continue };
        let properties = schema.member("properties");
        let suggestion = properties.and_then(|properties| procedure::member_like(properties, name, &mut compiler.suggestions));
        let suggestion = suggestion.map(str::to_owned);
        compiler.mistake(stranger, SchemaProblem::UnknownField { field: name.to_owned(), suggestion });
    }
    let then = schema.member("required").into_iter().flat_map(Value::items).filter_map(Value::as_str);
    let mut next = 0;
    for name in first.into_iter().chain(then) {
        if let Some(entry) = members.position(name).and_then(|at| members.entries.get_mut(at)).filter(|entry| entry.rank == LAST) {
            entry.rank = next;
            next += 1;
        }
    }
    order::sort_by_key(&mut members.entries, |entry| entry.rank);
    members.index();
}

pub(in crate::schema) fn compile_names<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    let inner = compiler.block_of(value);
    block.push(Op::PropertyNames(inner));
    Ok(())
}

pub(in crate::schema) fn compile_dependent_required(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    const EXPECTED: SchemaProblem = SchemaProblem::takes("một đối tượng chứa các danh sách tên", "an object of lists of names");
    if value.kind() != Kind::Object {
        return Err(EXPECTED);
    }
    let mut dependents = Vec::with_capacity(value.len());
    for (trigger, list) in value.members() {
        dependents.push((Name::new(trigger), names_of(list).map_err(|_| EXPECTED)?));
    }
    block.push(Op::DependentRequired(dependents));
    Ok(())
}

pub(in crate::schema) fn compile_dependent_schemas<'s>(
    compiler: &mut Compiler<'s>,
    value: Value<'s>,
    block: &mut BlockBuilder,
) -> Compiled {
    if value.kind() != Kind::Object {
        return Err(SchemaProblem::takes("một đối tượng chứa các bộ quy tắc", "an object of schemas"));
    }
    let mut dependents = Vec::with_capacity(value.len());
    for (trigger, schema) in value.members() {
        dependents.push((Name::new(trigger), compiler.block_of(schema)));
    }
    block.push(Op::DependentSchemas(dependents));
    Ok(())
}

/// `dependencies`, which until draft 7 was both of the others (draft 7, 6.5.7).
pub(in crate::schema) fn compile_dependencies<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    if value.kind() != Kind::Object {
        return Err(SchemaProblem::takes("một đối tượng chứa các bộ quy tắc", "an object of schemas"));
    }
    let (mut required, mut schemas) = (Vec::new(), Vec::new());
    for (trigger, dependent) in value.members() {
        if dependent.kind() == Kind::Array {
            required.push((Name::new(trigger), names_of(dependent)?));
        } else {
            schemas.push((Name::new(trigger), compiler.block_of(dependent)));
        }
    }
    block.push(Op::DependentRequired(required));
    block.push(Op::DependentSchemas(schemas));
    Ok(())
}

fn names_of(list: Value<'_>) -> Result<Vec<Name>, SchemaProblem> {
    let mut all = Vec::new();
    for name in names(list)? {
        all.push(Name::new(name));
    }
    Ok(all)
}

/// A list of different names.
fn names(list: Value<'_>) -> Result<Vec<&str>, SchemaProblem> {
    const EXPECTED: SchemaProblem = SchemaProblem::takes("một danh sách tên không trùng nhau", "a list of different names");
    let mut names = Vec::with_capacity(list.len());
    for item in list.items() {
        names.push(item.as_str().ok_or(EXPECTED)?);
    }
    if list.kind() == Kind::Array && crate::json::first_repeat(list).is_none() { Ok(names) } else { Err(EXPECTED) }
}

pub(super) fn check_min(least: u64, value: Value<'_>) -> Result<(), Fault> {
    if value.kind() == Kind::Object && (value.len() as u64) < least { Err(Fault::TooFewMembers { least }) } else { Ok(()) }
}

pub(super) fn check_max(most: u64, value: Value<'_>) -> Result<(), Fault> {
    if value.kind() == Kind::Object && value.len() as u64 > most { Err(Fault::TooManyMembers { most }) } else { Ok(()) }
}

pub(super) fn check_dependent(dependents: &[(Name, Vec<Name>)], value: Value<'_>) -> Result<(), Fault> {
    for (trigger, names) in dependents {
        if trigger.of(value).is_some() && names.iter().any(|name| name.of(value).is_none()) {
            return Err(Fault::Missing);
        }
    }
    Ok(())
}

/// The names that members of an object ask for and that are absent.
pub(in crate::schema) fn missing_dependents<'o>(dependents: &'o [(Name, Vec<Name>)], value: Value<'_>) -> Vec<&'o Name> {
    let mut missing = Vec::new();
    for (_, names) in dependents.iter().filter(|(trigger, _)| trigger.of(value).is_some()) {
        for name in names.iter().filter(|name| name.of(value).is_none()) {
            missing.push(name);
        }
    }
    missing
}

pub(in crate::schema) fn hold(run: &mut Run<'_>, members: &Members, value: Value<'_>) -> Held {
    if value.kind() != Kind::Object {
        return Ok(true);
    }
    run.budget.spend(value.len() as u64)?;
    if members.are_few() {
        for entry in &members.entries {
            match entry.name.of(value) {
                None if entry.required => return Ok(false),
                Some(member) => {
                    if let Some(block) = entry.block
                        && !run.holds(block, member)?
                    {
                        return Ok(false);
                    }
                }
                None => {}
            }
        }
        return Ok(true);
    }
    let (mut required, mut next) = (0, value.first());
    while let Some(member) = next {
        next = member.sibling();
        let entry = members.find(member).map(|(_, entry)| entry);
        required += usize::from(entry.is_some_and(|entry| entry.required));
        // `required` alone does not declare: such a member is still additional.
        let declared = match entry {
            Some(entry) => entry.block,
            None => None,
        };
        if !members.patterns.is_empty() && !patterns_hold(run, members, declared, member)? {
            return Ok(false);
        }
        let additional = if members.patterns.is_empty() { members.additional } else { None };
        if let Some(block) = declared.or(additional)
            && !run.holds(block, member)?
        {
            return Ok(false);
        }
    }
    Ok(required == members.required)
}

/// Whether the names alone show that each member is one of `properties`.
pub(in crate::schema) fn declares_all(members: &Members, value: Value<'_>) -> bool {
    let mut next = value.first();
    while let Some(member) = next {
        if members.find(member).is_none_or(|(_, entry)| entry.block.is_none()) {
            return false;
        }
        next = member.sibling();
    }
    true
}

/// Whether a member is one that `properties`, `patternProperties` or `additionalProperties` judges.
pub(in crate::schema) fn declares(run: &mut Run<'_>, members: &Members, member: Value<'_>) -> Held {
    if members.additional.is_some() || members.find(member).is_some_and(|(_, entry)| entry.block.is_some()) {
        return Ok(true);
    }
    for (pattern, _) in &members.patterns {
        if run.budget.matches(run.program, *pattern, member.name())? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a member passes each pattern that its name matches; and what is additional, where no name and no pattern declares it.
fn patterns_hold(run: &mut Run<'_>, members: &Members, declared: Option<BlockId>, member: Value<'_>) -> Held {
    let mut any = declared.is_some();
    for (pattern, block) in &members.patterns {
        if run.budget.matches(run.program, *pattern, member.name())? {
            any = true;
            if !run.holds(*block, member)? {
                return Ok(false);
            }
        }
    }
    match members.additional.filter(|_| !any) {
        Some(block) => run.holds(block, member),
        None => Ok(true),
    }
}

pub(in crate::schema) fn names_hold(run: &mut Run<'_>, block: BlockId, value: Value<'_>) -> Held {
    for (name, _) in value.members() {
        if !name_holds(run, block, name)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Judges a name as a document of its own. Names are few and short wherever `propertyNames` is used.
pub(in crate::schema) fn name_holds(run: &mut Run<'_>, block: BlockId, name: &str) -> Held {
    run.budget.spend(name.len() as u64 / 16)?;
    let Ok(document) = Document::read(to_json(&name)) else { return Ok(false) };
    let budget = std::mem::replace(&mut run.budget, Budget::full());
    let mut inner = Run::new(run.program, &document, budget);
    let held = inner.budget.spend(1).and_then(|()| inner.holds(block, document.root()));
    run.budget = inner.budget;
    held
}

pub(in crate::schema) fn dependents_hold(run: &mut Run<'_>, dependents: &[(Name, BlockId)], value: Value<'_>) -> Held {
    for (trigger, block) in dependents {
        if trigger.of(value).is_some() && !run.holds(*block, value)? {
            return Ok(false);
        }
    }
    Ok(true)
}

//! `type`, `enum`, `const`: JSON Schema Validation 2020-12, 6.1.1 to 6.1.3.
//!
//! Numbers are equal by value: with `{"const": 1}`, `1.0` passes and `"1"` does not. A `oneOf` or `anyOf` whose
//! branches are nothing but different `const`s, the way to give choices their labels, is one choice.

use crate::json::{Document, Kind, Value, hash};
use crate::order;
use crate::schema::compile::{BlockBuilder, Compiled, Compiler};
use crate::schema::error::SchemaProblem;
use crate::schema::fault::Fault;
use crate::schema::program::{Choice, KindSet, Op, Program};

/// `type`: a name, or a list of different names.
pub(in crate::schema) fn compile_type(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    const EXPECTED: SchemaProblem = SchemaProblem::takes(
        "null, boolean, object, array, number, integer hoặc string, hoặc một danh sách các tên này",
        "null, boolean, object, array, number, integer or string, or a list of them",
    );
    let one = value.as_str().map(|name| KindSet::default().with(name));
    let many = || value.items().try_fold(KindSet::default(), |kinds, item| kinds.with(item.as_str()?));
    let kinds = one.unwrap_or_else(many).filter(|kinds| *kinds != KindSet::default());
    block.push(Op::Kinds(kinds.ok_or(EXPECTED)?));
    Ok(())
}

/// `const`: any value.
pub(in crate::schema) fn compile_const(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    block.push(Op::Const(value.id()));
    Ok(())
}

/// `enum`: a list of values.
pub(in crate::schema) fn compile_enum(compiler: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    if value.kind() != Kind::Array {
        return Err(SchemaProblem::takes("một danh sách giá trị", "a list of values"));
    }
    let mut values = Vec::with_capacity(value.len());
    for item in value.items() {
        values.push(item.id());
    }
    block.push(Op::Choice(Box::new(Choice::new("enum", compiler.source, values))));
    Ok(())
}

/// The choice that a `oneOf` or `anyOf` of nothing but different `const`s is; `None` for any other.
pub(in crate::schema) fn choice_of(keyword: &'static str, source: &Document, branches: Value<'_>) -> Option<Op> {
    const BESIDE: [&str; 6] = ["const", "title", "description", "$comment", "x-label", "x-hint"];
    let (mut values, mut texts) = (Vec::new(), Vec::new());
    for branch in branches.items() {
        if branch.members().any(|(name, _)| !BESIDE.contains(&name)) {
            return None;
        }
        let constant = branch.member("const")?;
        values.push(constant.id());
        texts.push(constant.as_str()?);
    }
    order::sort_by(&mut texts, Ord::cmp);
    let different = texts.windows(2).all(|pair| pair.first() != pair.last());
    (different && !values.is_empty()).then(|| Op::Choice(Box::new(Choice::new(keyword, source, values))))
}

pub(super) fn check_kinds(kinds: KindSet, value: Value<'_>) -> Result<(), Fault> {
    if kinds.has(value) { Ok(()) } else { Err(Fault::WrongKind(kinds)) }
}

pub(super) fn check_const(constant: Value<'_>, value: Value<'_>) -> Result<(), Fault> {
    if value.equals(constant) { Ok(()) } else { Err(Fault::ConstDiffers) }
}

pub(super) fn check_choice(program: &Program, choice: &Choice, value: Value<'_>) -> Result<(), Fault> {
    if is_listed(program, choice, value) { Ok(()) } else { Err(Fault::NotListed) }
}

/// Whether a value is one of a choice's constants. A text is looked up by its hash.
pub(in crate::schema) fn is_listed(program: &Program, choice: &Choice, value: Value<'_>) -> bool {
    if let Some(text) = value.string_bytes() {
        return choice.texts.find(hash(text), text).is_some();
    }
    for constant in &choice.values {
        if value.equals(program.constant(*constant)) {
            return true;
        }
    }
    false
}

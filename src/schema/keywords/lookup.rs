//! `x-lookup`: a field that holds what a database answered, as the page gives it: a claim, for whoever receives it to ask again.
//!
//! With `{"type": "object", "x-lookup": true}`, `{"status": "match", "source": "…", "at": "2026-11-24T09:00:00+07:00", "asked": {"personalId": "…"},
//! "facts": {}}` passes, and so does `{"status": "unavailable"}`; `{"status": "yes"}` and `{}` do not. Its members need not be declared.

use crate::json::{Kind, Value};
use crate::schema::compile::{BlockBuilder, Compiled, Compiler};
use crate::schema::error::SchemaProblem;
use crate::schema::fault::Fault;
use crate::schema::program::Op;
use crate::schema::rules;
use crate::text::Moment;

/// The members that it may have, by name.
pub(in crate::schema) const MEMBERS: [&str; 5] = ["asked", "at", "facts", "source", "status"];

/// What its `status` may be.
pub(in crate::schema) const STATUS: [&str; 3] = ["match", "mismatch", "unavailable"];

/// In a plain schema it is an annotation.
pub(in crate::schema) fn compile(compiler: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    if !compiler.is_rule_schema() {
        return Ok(());
    }
    if value.kind() != Kind::True {
        return Err(SchemaProblem::takes("true", "true"));
    }
    block.push(Op::Lookup);
    rules::note(compiler, value)
}

pub(super) fn check(value: Value<'_>) -> Result<(), Fault> {
    let fits = |(name, part): (&str, Value<'_>)| match name {
        "status" | "source" => part.kind() == Kind::String,
        "at" => part.as_str().is_some_and(|text| Moment::parse(text).is_some()),
        "asked" | "facts" => part.kind() == Kind::Object,
        _ => true,
    };
    let status = value.member("status").and_then(Value::as_str).filter(|_| value.members().all(fits));
    let status = status.ok_or(Fault::Lookup { code: "lookup.malformed" })?;
    if STATUS.contains(&status) { Ok(()) } else { Err(Fault::Lookup { code: "lookup.status" }) }
}

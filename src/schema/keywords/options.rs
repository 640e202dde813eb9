//! `x-options`: a field whose value is a code of a list that came along, by its name.
//!
//! With `{"x-options": "provinces"}`, or `{"x-options": {"list": "provinces"}}`, `"31"` passes where the list has that code, and `31` does not.
//! With `"filter": "option.parent == parent.province"` besides, the code must be one for which that expression holds.
//! A code whose days do not hold the moment of the validation is worth a look: an older paper may name it.

use crate::json::{Kind, Value};
use crate::schema::compile::{BlockBuilder, Compiled, Compiler};
use crate::schema::error::SchemaProblem;
use crate::schema::fault::Fault;
use crate::schema::procedure::out_of_force;
use crate::schema::program::{Op, Program};
use crate::schema::rules;

/// In a plain schema it is an annotation.
pub(in crate::schema) fn compile<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    const EXPECTED: SchemaProblem =
        SchemaProblem::takes("tên của một danh sách mã, ví dụ \"provinces\"", "the name of a code list, for example \"provinces\"");
    if compiler.is_rule_schema() {
        const PARTS: [&str; 2] = ["list", "filter"];
        for (name, part) in value.members() {
            if !PARTS.contains(&name) {
                let suggestion = crate::text::nearest(name, &mut PARTS.into_iter());
                compiler.mistake(part, SchemaProblem::UnknownKeyword { keyword: name.to_owned(), suggestion });
            }
        }
        let name = if value.kind() == Kind::Object { value.part("list") } else { value };
        if let Some(filter) = value.member("filter") {
            rules::note(compiler, filter)?;
        }
        block.push(Op::Options(compiler.code_list(name.as_str().ok_or(EXPECTED)?)?));
    }
    Ok(())
}

/// `today` is the day in Vietnam, counted from 1970-01-01; without one, days do not count.
pub(super) fn check(program: &Program, list: u32, value: Value<'_>, today: Option<i64>) -> Result<(), Fault> {
    let entry = program.lists.get(list as usize).zip(value.as_str()).and_then(|(list, code)| list.find(&program.source, code));
    let entry = entry.ok_or(Fault::UnknownCode)?;
    let lapsed = today.and_then(|today| out_of_force(entry, "from", "to", today));
    lapsed.map_or(Ok(()), |(day, ended)| Err(Fault::NotInForce { code: "options.not-in-force", day, ended }))
}

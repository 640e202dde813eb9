//! `minLength`, `maxLength`, `pattern`, `format`: JSON Schema Validation 2020-12, 6.3 and 7.
//!
//! A length is a count of Unicode code points, not of bytes or UTF-16 units.
//! With `{"minLength": 2}`, `"Lê"` passes and `"L"` does not.

use super::number::count;
use crate::json::Value;
use crate::schema::compile::{BlockBuilder, Compiled, Compiler};
use crate::schema::error::SchemaProblem;
use crate::schema::fault::Fault;
use crate::schema::formats::Format;
use crate::schema::program::Op;

pub(in crate::schema) fn compile_min(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    block.push(Op::MinLength(count(value)?));
    Ok(())
}

pub(in crate::schema) fn compile_max(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    block.push(Op::MaxLength(count(value)?));
    Ok(())
}

/// `format` is an annotation, unless the schema is a rule schema or the caller asks for assertion.
pub(in crate::schema) fn compile_format<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    let name = value.as_str().ok_or(SchemaProblem::takes("tên một định dạng", "the name of a format"))?;
    if !compiler.asserts_formats() {
        return Ok(());
    }
    match Format::named(name) {
        Some(format) => block.push(Op::Format(format)),
        // Validation 2020-12, 7.2.3: a format that is not known checks nothing.
        None if !compiler.is_rule_schema() => {}
        None => {
            let suggestion = crate::text::nearest(name, &mut Format::names());
            return Err(SchemaProblem::UnknownFormat { format: name.to_owned(), suggestion });
        }
    }
    Ok(())
}

/// `pattern`: ECMA-262 with the flag `u`, somewhere in the text unless `^` and `$` say otherwise (6.3.3).
pub(in crate::schema) fn compile_pattern<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    let pattern = value.as_str().ok_or(SchemaProblem::takes("một mẫu", "a pattern"))?;
    block.push(Op::Pattern(compiler.pattern(pattern)?));
    Ok(())
}

pub(super) fn check_min(least: u64, value: Value<'_>) -> Result<(), Fault> {
    if is_long_enough(least, value) { Ok(()) } else { Err(Fault::TooShort { least }) }
}

/// Whether a text is. A code point takes one to four bytes, so most texts are decided without counting.
#[inline(always)]
pub(in crate::schema) fn is_long_enough(least: u64, value: Value<'_>) -> bool {
    let Some(bytes) = value.string_bytes().map(|bytes| bytes.len() as u64) else { return true };
    bytes >= least.saturating_mul(4) || (bytes >= least && value.as_str().map_or(0, code_points) >= least)
}

/// Whether a text is, seen by its bytes alone.
#[inline(always)]
pub(in crate::schema) fn is_surely_short_enough(most: u64, value: Value<'_>) -> bool {
    value.string_bytes().is_none_or(|bytes| bytes.len() as u64 <= most)
}

pub(super) fn check_max(most: u64, value: Value<'_>) -> Result<(), Fault> {
    let Some(text) = value.as_str().filter(|_| !is_surely_short_enough(most, value)) else { return Ok(()) };
    let given = code_points(text);
    if given <= most { Ok(()) } else { Err(Fault::TooLong { most, given }) }
}

pub(super) fn check_format(format: Format, value: Value<'_>) -> Result<(), Fault> {
    value.as_str().map_or(Ok(()), |text| format.check(text)).map_err(|fault| Fault::Format {
        code: fault.code,
        facts: fault.facts,
        level: fault.level,
    })
}

fn code_points(text: &str) -> u64 {
    crate::text::length(text) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;

    #[test]
    fn length_counts_code_points() {
        // "Lê" with ê as one code point, and decomposed as e + U+0302.
        for (text, least, passes) in
            [("Lê", 2, true), ("Lê", 3, false), ("Le\u{302}", 3, true), ("😀", 2, false), ("😀", 1, true), ("", 0, true)]
        {
            let document = Document::read(format!("\"{text}\"")).unwrap();
            assert_eq!(check_min(least, document.root()).is_ok(), passes, "{text:?} with minLength {least}");
            let longest_refused = least.wrapping_sub(1);
            let short_enough = check_max(longest_refused, document.root()).is_ok();
            assert_eq!(
                short_enough,
                longest_refused == u64::MAX || code_points(text) <= longest_refused,
                "{text:?} with maxLength {longest_refused}"
            );
        }
    }
}

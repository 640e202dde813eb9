//! Values that `enum` and `const` list: those that the rest of their subschema refuses, and fractions, which programs compare in
//! different ways.
//!
//! In `{"type": "string", "enum": ["a", 1]}` nobody can choose 1.

use super::{Linter, Oddity, Subschema};
use crate::json::{Number, Value};
use crate::schema::keywords;
use crate::schema::program::{BlockId, Op};

pub(super) fn look<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    for value in listed(schema) {
        if linter.passes(schema.value, value) == Some(false) {
            let keyword = linter.blocks_of(schema.value).first().and_then(|block| refusing(linter, *block, value));
            linter.note(value, Oddity::ValueRefused { keyword });
        }
    }
    fractions(linter, schema);
    if let Some(divisor) = schema.part("multipleOf")
        && super::kinds::is_integer(schema)
        && divisor.as_number().is_some_and(|divisor| !divisor.is_whole())
    {
        linter.note(divisor, Oddity::MultipleFraction);
    }
}

/// The values of `const` and `enum`.
pub(super) fn listed(schema: Subschema<'_>) -> Vec<Value<'_>> {
    let mut values: Vec<_> = schema.part("const").into_iter().collect();
    values.extend(schema.part("enum").into_iter().flat_map(Value::items));
    values
}

/// The keyword of a block that refuses a value, where one of the block itself does.
fn refusing(linter: &mut Linter<'_>, block: BlockId, value: Value<'_>) -> Option<&'static str> {
    let program = linter.program;
    for op in program.ops(block) {
        let passes = match op {
            Op::Pattern(pattern) => value.as_str().is_none_or(|text| linter.run.budget.matches(program, *pattern, text) != Ok(false)),
            op => keywords::check(program, op, value, None).is_ok(),
        };
        if !passes {
            return Some(op.keyword());
        }
    }
    None
}

/// The first fraction that no double holds exactly. 0.5 is none, 0.1 is one.
fn fractions<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    let is_rounded = |value: &Value<'s>| value.as_number().is_some_and(is_rounded);
    if let Some(value) = listed(schema).into_iter().find(is_rounded) {
        linter.note(value, Oddity::FractionCompared);
    }
}

/// Whether a double only comes near: in lowest terms the denominator holds a five.
fn is_rounded(number: Number<'_>) -> bool {
    const PLACES: u32 = 17;
    if number.is_whole() {
        return false;
    }
    let places = (1..=PLACES).find_map(|places| Some((number.scaled(places)?, 5_i128.pow(places))));
    places.is_none_or(|(digits, fives)| digits % fives != 0)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{each, found, found_in_rules};

    #[test]
    fn listed_values_that_nothing_lets_pass_are_found() {
        each(
            found,
            "lint.value-refused",
            &[
                (r#"{"type": "string", "enum": ["a", 1]}"#, Some("/enum/1")),
                (r#"{"type": ["string", "integer"], "enum": ["a", 1]}"#, None),
                (r#"{"type": "number", "enum": [1, 2.5]}"#, None),
                (r#"{"type": "integer", "const": 2.5}"#, Some("/const")),
                (r#"{"type": "integer", "const": 2.0}"#, None),
                (r#"{"enum": ["a", "bcd"], "maxLength": 2}"#, Some("/enum/1")),
                (r#"{"enum": [1, "bc"], "maxLength": 2, "maximum": 1}"#, None),
                (r#"{"enum": ["12", "a"], "pattern": "^\\d+$"}"#, Some("/enum/1")),
                (r#"{"const": "2026-02-30", "format": "date"}"#, Some("/const")),
                (r#"{"const": "2026-02-28", "format": "date"}"#, None),
                (r#"{"const": 1, "enum": [1, 2]}"#, Some("/enum/1")),
                (r##"{"$defs": {"a": {"minimum": 5}}, "const": 1, "$ref": "#/$defs/a"}"##, Some("/const")),
                (r#"{"const": {"a": 1}, "properties": {"a": {"type": "integer"}}}"#, None),
                (r#"{"const": {"a": 1}, "required": ["b"]}"#, Some("/const")),
                (r#"{"not": {"const": 1}}"#, None),
                (r#"{"properties": {"a": {"enum": [1]}}, "maximum": 0}"#, None),
            ],
        );
        // A format that warns refuses nothing.
        each(found_in_rules, "", &[(r#"{"const": "Lê 2", "format": "vn-name", "title": "a"}"#, None)]);
    }

    #[test]
    fn fractions_that_programs_compare_in_different_ways_are_found() {
        each(
            found,
            "lint.fraction-compared",
            &[
                (r#"{"enum": [0.5, 0.1, 0.2]}"#, Some("/enum/1")),
                (r#"{"enum": [0.5, 0.25, 1.0, 3e2]}"#, None),
                (r#"{"const": 1e-1}"#, Some("/const")),
                (r#"{"const": "0.1"}"#, None),
                (r#"{"const": [0.1]}"#, None),
                (r#"{"minimum": 0.1, "multipleOf": 0.01}"#, None),
            ],
        );
        each(
            found,
            "lint.multiple-fraction",
            &[
                (r#"{"type": "integer", "multipleOf": 0.5}"#, Some("/multipleOf")),
                (r#"{"type": ["integer", "string"], "multipleOf": 2.5}"#, Some("/multipleOf")),
                (r#"{"type": "integer", "multipleOf": 5}"#, None),
                (r#"{"type": "number", "multipleOf": 0.5}"#, None),
                (r#"{"multipleOf": 0.5}"#, None),
            ],
        );
    }
}

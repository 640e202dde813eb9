//! Patterns, formats and content: what their author takes for checked and is not (JSON Schema Validation 2020-12, 6.3.3, 7 and 8).
//!
//! In a rule schema `{"pattern": "\\d{3}"}` lets `abc1234` pass; `{"pattern": "^\\d{3}$"}` does not.

use super::{Linter, Oddity, Subschema};
use crate::json::{Number, Value};
use crate::regex;
use crate::schema::formats::Format;
use crate::schema::program::Op;

pub(super) fn look<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    if let Some(pattern) = schema.part("pattern") {
        look_at_pattern(linter, schema, pattern);
    }
    if let Some(format) = schema.part("format") {
        look_at_format(linter, schema, format);
    }
    if !linter.rule_schema {
        return;
    }
    for keyword in ["contentEncoding", "contentMediaType", "contentSchema"] {
        if let Some(value) = schema.part(keyword) {
            linter.note(value, Oddity::ContentIgnored { keyword });
        }
    }
    if let Some(label) = schema.part("x-label") {
        linter.labels.push((label.id(), label.member("en").is_some()));
    }
}

/// What is said once of the whole schema: formats that nobody checks, labels in one language among others in both.
pub(super) fn whole(linter: &mut Linter<'_>) {
    if let Some((first, count)) = linter.formats {
        linter.note_at(first, Oddity::FormatIgnored { count });
    }
    let labels = std::mem::take(&mut linter.labels);
    if labels.iter().any(|(_, english)| *english) {
        labels.iter().filter(|(_, english)| !english).for_each(|(label, _)| linter.note_at(*label, Oddity::LabelLanguage));
    }
}

fn look_at_pattern<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>, pattern: Value<'s>) {
    /// Reading a pattern takes about as long as so many comparisons.
    const READING: usize = 500;
    if !linter.spend(READING) {
        return;
    }
    let Some(shape) = pattern.as_str().and_then(regex::shape) else { return };
    // Under `if` and `not` a pattern may ask for a part of the text.
    if linter.rule_schema && !schema.asks && (shape.open_start || shape.open_end) {
        return linter.note(pattern, Oddity::PatternUnanchored { start: shape.open_start, end: shape.open_end });
    }
    // `^[a-z]*$` says which characters, and `minLength` how many.
    let least = schema.part("minLength").and_then(Value::as_number).and_then(Number::to_i64);
    if least.is_some_and(|least| least > 0) && !shape.is_alphabet && !shape.looks && matches_nothing(linter, schema) {
        linter.note(pattern, Oddity::PatternEmpty);
    }
}

/// Whether the subschema's own pattern matches the empty text.
fn matches_nothing(linter: &mut Linter<'_>, schema: Subschema<'_>) -> bool {
    let program = linter.program;
    let ops = linter.blocks_of(schema.value).first().map(|block| program.ops(*block)).unwrap_or_default();
    let pattern = ops.iter().find_map(|op| if let Op::Pattern(pattern) = op { Some(*pattern) } else { None });
    pattern.is_some_and(|pattern| linter.run.budget.matches(program, pattern, "") == Ok(true))
}

fn look_at_format<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>, format: Value<'s>) {
    let Some(name) = format.as_str() else { return };
    let checked = Format::named(name).is_some();
    if !super::kinds::takes_text(schema) {
        // Others give numbers formats of their own, such as `int32`.
        if checked {
            linter.note(format, Oddity::FormatType);
        }
    } else if !linter.assert_formats && !schema.dialect.asserts_formats() {
        if checked {
            let (first, count) = linter.formats.unwrap_or((format.id(), 0));
            linter.formats = Some((first.min(format.id()), count + 1));
        }
    } else if !checked {
        let suggestion = crate::text::nearest(name, &mut Format::names());
        linter.note(format, Oddity::FormatUnknown { suggestion });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{each, found, found_in_rules, found_with};
    use crate::schema::Options;

    fn field(keywords: &str) -> String {
        format!(r#"{{"title": "a", "type": "string", "x-message": {{"pattern": {{"vi": "a"}}}}, {keywords}}}"#)
    }

    #[test]
    fn patterns_that_take_a_part_of_the_text_are_found_in_rules() {
        for (keywords, place) in [
            (r#""pattern": "\\d{3}""#, Some("/pattern")),
            (r#""pattern": "^\\d{3}""#, Some("/pattern")),
            (r#""pattern": "^a|b$""#, Some("/pattern")),
            (r#""allOf": [{"pattern": "\\d"}]"#, Some("/allOf/0/pattern")),
            (r#""pattern": "^\\d{3}$""#, None),
            (r#""pattern": "^(?:a|b)$""#, None),
            (r#""pattern": ".*\\d.*""#, None),
            (r#""pattern": "^(?=.*\\d)(?=.*[a-z])""#, None),
            (r#""if": {"pattern": "^0"}, "then": {"minLength": 3}"#, None),
            (r#""not": {"pattern": "\\s"}"#, None),
        ] {
            each(found_in_rules, "lint.pattern-unanchored", &[(&field(keywords), place)]);
        }
        each(found, "", &[(r#"{"pattern": "\\d{3}"}"#, None)]);
    }

    #[test]
    fn patterns_that_take_the_empty_text_beside_a_least_length_are_found() {
        each(
            found,
            "lint.pattern-empty",
            &[
                (r#"{"pattern": "^(\\d{10})?$", "minLength": 10}"#, Some("/pattern")),
                (r#"{"pattern": "^$|^\\d{3}$", "minLength": 1}"#, Some("/pattern")),
                (r#"{"pattern": "^\\d{10}$", "minLength": 10}"#, None),
                (r#"{"pattern": "^(\\d{10})?$", "minLength": 0}"#, None),
                (r#"{"pattern": "^(\\d{10})?$"}"#, None),
                (r#"{"pattern": "^[a-z ]*$", "minLength": 3}"#, None),
                (r#"{"pattern": "^(?!.*--)[a-z-]*$", "minLength": 3}"#, None),
            ],
        );
    }

    #[test]
    fn formats_that_nobody_checks_are_told_once() {
        let plain = |schema: &str| found_with(schema, &Options::default());
        each(
            plain,
            "lint.format-ignored",
            &[
                (r#"{"properties": {"a": {"format": "email"}, "b": {"format": "date"}}}"#, Some("/properties/a/format")),
                (r#"{"properties": {"a": {"format": "our-own"}}}"#, None),
                (r#"{"properties": {"format": {"const": "email"}}}"#, None),
            ],
        );
        each(found, "", &[(r#"{"format": "email"}"#, None)]);
        each(found_in_rules, "", &[(r#"{"title": "a", "format": "email"}"#, None)]);
    }

    #[test]
    fn formats_of_what_is_no_text_and_unknown_ones_are_found() {
        each(
            found,
            "lint.format-type",
            &[
                (r#"{"type": "integer", "format": "date"}"#, Some("/format")),
                (r#"{"type": ["integer", "string"], "format": "date"}"#, None),
                (r#"{"type": "integer", "format": "int32"}"#, None),
            ],
        );
        each(
            found,
            "lint.format-unknown",
            &[(r#"{"type": "string", "format": "emial"}"#, Some("/format")), (r#"{"type": "string", "format": "email"}"#, None)],
        );
    }

    #[test]
    fn content_is_not_checked_in_rules() {
        each(
            found_in_rules,
            "lint.content-ignored",
            &[
                (r#"{"title": "a", "contentEncoding": "base64"}"#, Some("/contentEncoding")),
                (r#"{"title": "a", "contentMediaType": "image/png"}"#, Some("/contentMediaType")),
                (r#"{"title": "contentEncoding"}"#, None),
            ],
        );
        each(found, "", &[(r#"{"contentEncoding": "base64"}"#, None)]);
    }

    #[test]
    fn labels_in_one_language_among_others_in_both_are_found() {
        let fields = |b: &str| format!(r#"{{"properties": {{"a": {{"x-label": {{"vi": "A", "en": "A"}}}}, "b": {{"x-label": {b}}}}}}}"#);
        let one = fields(r#"{"vi": "B"}"#);
        each(found_in_rules, "lint.label-language", &[(&one, Some("/properties/b/x-label")), (&fields(r#"{"vi": "B", "en": "B"}"#), None)]);
        each(found_in_rules, "", &[(r#"{"properties": {"a": {"x-label": {"vi": "A"}}, "b": {"title": "B"}}}"#, None)]);
    }
}

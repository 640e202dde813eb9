//! Bounds that leave nothing between them: JSON Schema Validation 2020-12, 6.2 to 6.5.
//!
//! `{"minLength": 5, "maxLength": 3}` refuses every text; `{"minLength": 3, "maxLength": 3}` does not.

use super::{Linter, Oddity, Subschema};
use crate::json::{Number, Value};
use std::cmp::Ordering;

const PAIRS: [(&str, &str); 4] =
    [("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"), ("minContains", "maxContains")];

/// One side of a range of numbers.
#[derive(Clone, Copy)]
struct Bound<'s> {
    keyword: &'static str,
    at: Value<'s>,
    limit: Number<'s>,
    exclusive: bool,
}

pub(super) fn look<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    for (least, most) in PAIRS {
        if least == "minContains" && !schema.has("contains") {
            continue;
        }
        if let (Some(lower), Some(upper)) = (bound(schema, least, false), bound(schema, most, false)) {
            note_crossed(linter, lower, upper);
        }
    }
    none_to_contain(linter, schema);
    if let (Some(lower), Some(upper)) = (tightest(schema, true), tightest(schema, false))
        && !note_crossed(linter, lower, upper)
        && let Some(is_empty) = holds_no_number(schema, lower, upper)
        && is_empty
    {
        linter.note(lower.at, Oddity::NoNumber { multiple: schema.has("multipleOf") });
    }
}

fn bound<'s>(schema: Subschema<'s>, keyword: &'static str, exclusive: bool) -> Option<Bound<'s>> {
    let at = schema.part(keyword)?;
    Some(Bound { keyword, at, limit: at.as_number()?, exclusive })
}

/// The bound that counts where both stand: the inclusive one and the other.
fn tightest<'s>(schema: Subschema<'s>, lower: bool) -> Option<Bound<'s>> {
    let (inclusive, exclusive) = if lower { ("minimum", "exclusiveMinimum") } else { ("maximum", "exclusiveMaximum") };
    match (bound(schema, inclusive, false), bound(schema, exclusive, true)) {
        (Some(inclusive), Some(exclusive)) => {
            let looser = if lower { Ordering::Greater } else { Ordering::Less };
            Some(if inclusive.limit.compare(exclusive.limit) == looser { inclusive } else { exclusive })
        }
        (one, other) => one.or(other),
    }
}

fn note_crossed(linter: &mut Linter<'_>, lower: Bound<'_>, upper: Bound<'_>) -> bool {
    let crossed = match lower.limit.compare(upper.limit) {
        Ordering::Greater => true,
        Ordering::Equal => lower.exclusive || upper.exclusive,
        Ordering::Less => false,
    };
    if crossed {
        let (least, most) = (lower.limit.text().into(), upper.limit.text().into());
        linter.note(lower.at, Oddity::BoundsCrossed { lower: lower.keyword, upper: upper.keyword, least, most });
    }
    crossed
}

/// `contains` asks for one where `minContains` does not say so (Core 2020-12, 10.3.1.3).
fn none_to_contain(linter: &mut Linter<'_>, schema: Subschema<'_>) {
    let most = schema.part("maxContains").filter(|most| most.as_number().and_then(Number::to_i64) == Some(0));
    if let Some(most) = most.filter(|_| schema.has("contains") && !schema.has("minContains")) {
        linter.note(most, Oddity::BoundsCrossed { lower: "contains", upper: "maxContains", least: "1".into(), most: "0".into() });
    }
}

/// Whether no number between the bounds is of the type and a multiple; `None` where the digits are too many to tell.
fn holds_no_number(schema: Subschema<'_>, lower: Bound<'_>, upper: Bound<'_>) -> Option<bool> {
    const PLACES: u32 = 9;
    let whole = super::kinds::is_integer(schema);
    let divisor = schema.part("multipleOf").and_then(Value::as_number);
    if !whole && divisor.is_none() {
        return None;
    }
    for places in 0..=PLACES {
        let step = match divisor {
            Some(divisor) => divisor.scaled(places),
            None => Some(1),
        };
        if let (Some(step), Some(least), Some(most)) = (step, lower.limit.scaled(places), upper.limit.scaled(places)) {
            let one = 10_i128.pow(places);
            let step = match divisor {
                Some(_) if whole => least_common_multiple(step, one)?,
                Some(_) => step,
                None => one,
            };
            return first_between(least, lower.exclusive, step).map(|first| first > most || (first == most && upper.exclusive));
        }
    }
    None
}

/// The smallest multiple that a lower bound lets pass.
fn first_between(least: i128, exclusive: bool, step: i128) -> Option<i128> {
    let below = least.checked_div_euclid(step)?.checked_mul(step)?;
    if below < least || exclusive { below.checked_add(step) } else { Some(below) }
}

fn least_common_multiple(left: i128, right: i128) -> Option<i128> {
    let (mut divisor, mut rest) = (left, right);
    while rest != 0 {
        (divisor, rest) = (rest, divisor.checked_rem(rest)?);
    }
    left.checked_div(divisor)?.checked_mul(right)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{each, found};
    use crate::json::Document;
    use crate::schema::{Options, Schema};
    use proptest::prelude::*;

    proptest! {
        /// All numbers that may pass are tenths here, so each can be tried.
        #[test]
        fn a_range_is_told_where_no_number_passes(
            (least, most, step) in (-30_i32..30, -30_i32..30, 1_i32..25), (above, below, whole, has_step) in any::<(bool, bool, bool, bool)>()
        ) {
            prop_assume!(whole || has_step);
            let (lower, upper) = (if above { "exclusiveMinimum" } else { "minimum" }, if below { "exclusiveMaximum" } else { "maximum" });
            let kind = if whole { "integer" } else { "number" };
            let multiple = if has_step { format!(", \"multipleOf\": {step}e-1") } else { String::new() };
            let text = format!("{{\"type\": \"{kind}\", \"{lower}\": {least}e-1, \"{upper}\": {most}e-1{multiple}}}");
            let schema = Schema::compile(text.as_str(), &Options::default()).unwrap();
            let passes = |tenths: i32| schema.is_valid(&Document::read(format!("{tenths}e-1")).unwrap(), crate::text::Moment::EPOCH).unwrap();
            let told = found(&text).iter().any(|(_, code)| matches!(*code, "lint.bounds-crossed" | "lint.no-number"));
            prop_assert_eq!(told, !(-31..32).any(passes), "{}", text);
        }
    }

    #[test]
    fn bounds_that_leave_nothing_are_found() {
        each(
            found,
            "lint.bounds-crossed",
            &[
                (r#"{"minLength": 5, "maxLength": 3}"#, Some("/minLength")),
                (r#"{"minLength": 3, "maxLength": 3}"#, None),
                (r#"{"minLength": 3, "maxLength": 3.0}"#, None),
                (r#"{"minItems": 1, "maxItems": 0}"#, Some("/minItems")),
                (r#"{"minItems": 0, "maxItems": 0}"#, None),
                (r#"{"minItems": 3, "maxLength": 1}"#, None),
                (r#"{"minProperties": 2, "maxProperties": 1}"#, Some("/minProperties")),
                (r#"{"contains": {"minimum": 1}, "minContains": 3, "maxContains": 2}"#, Some("/minContains")),
                (r#"{"contains": {"minimum": 1}, "minContains": 0, "maxContains": 0}"#, None),
                (r#"{"contains": {"minimum": 1}, "maxContains": 0}"#, Some("/maxContains")),
                (r#"{"contains": {"minimum": 1}, "maxContains": 1}"#, None),
                (r#"{"minimum": 2, "maximum": 1}"#, Some("/minimum")),
                (r#"{"minimum": 1, "maximum": 1}"#, None),
                (r#"{"minimum": 1, "maximum": 1e0}"#, None),
                (r#"{"minimum": 1, "exclusiveMaximum": 1}"#, Some("/minimum")),
                (r#"{"exclusiveMinimum": 1, "exclusiveMaximum": 1}"#, Some("/exclusiveMinimum")),
                (r#"{"exclusiveMinimum": 0, "exclusiveMaximum": 1}"#, None),
                (r#"{"minimum": 0, "exclusiveMinimum": 5, "maximum": 4}"#, Some("/exclusiveMinimum")),
                (r#"{"minimum": 5, "exclusiveMinimum": 0, "maximum": 5}"#, None),
                (r#"{"minimum": 1, "allOf": [{"maximum": 0}]}"#, None),
                (r#"{"properties": {"minimum": {"const": 2}, "maximum": {"const": 1}}}"#, None),
            ],
        );
    }

    #[test]
    fn ranges_without_a_fitting_number_are_found() {
        each(
            found,
            "lint.no-number",
            &[
                (r#"{"type": "integer", "minimum": 1.2, "maximum": 1.8}"#, Some("/minimum")),
                (r#"{"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2}"#, Some("/exclusiveMinimum")),
                (r#"{"type": "integer", "exclusiveMinimum": 1, "maximum": 2}"#, None),
                (r#"{"type": "integer", "minimum": -1.5, "maximum": -0.5}"#, None),
                (r#"{"type": "number", "minimum": 1.2, "maximum": 1.8}"#, None),
                (r#"{"type": ["integer", "number"], "minimum": 1.2, "maximum": 1.8}"#, None),
                (r#"{"multipleOf": 10, "minimum": 11, "maximum": 19}"#, Some("/minimum")),
                (r#"{"multipleOf": 10, "minimum": 11, "maximum": 20}"#, None),
                (r#"{"multipleOf": 10, "minimum": 11, "exclusiveMaximum": 20}"#, Some("/minimum")),
                (r#"{"multipleOf": 0.01, "minimum": 0.011, "maximum": 0.019}"#, Some("/minimum")),
                (r#"{"multipleOf": 0.01, "minimum": 0.01, "maximum": 0.02}"#, None),
                (r#"{"multipleOf": 7, "minimum": 0, "maximum": 1e40}"#, None),
                (r#"{"multipleOf": 10, "minimum": -5, "maximum": 5}"#, None),
            ],
        );
        // Integers that are multiples of 0.4 are those of 2.
        let found = found(r#"{"type": "integer", "multipleOf": 0.4, "minimum": 3, "maximum": 3.9}"#);
        assert!(found.contains(&("/minimum".to_owned(), "lint.no-number")), "{found:?}");
    }
}

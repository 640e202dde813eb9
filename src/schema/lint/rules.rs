//! Expressions: those that read nothing, that always hold, that go over a list for every row of another, that read an answer and not what was asked;
//! and fields that must be there though they may not be relevant.

use super::{Linter, Oddity, Subschema};
use crate::expr::{Expression, Val};
use crate::json::{Kind, Value};
use crate::pairs::Pairs;

/// The places of `self`, `root` and `parent` among the variables.
const DATA: [usize; 3] = [0, 1, 4];

pub(super) fn look(linter: &mut Linter<'_>) {
    let program = linter.program;
    let mut seen = Pairs::default();
    program.rules.each(program, &mut |at, expression, many| {
        if seen.insert((0, at.id()), 0)
            && let Some(oddity) = oddity(expression, many)
        {
            linter.note(at, oddity);
        }
    });
    look_at_lookups(linter);
}

/// `x-lookup` that an expression reads by name while none that does so names `asked`: an answer counts on when what was asked about is edited.
fn look_at_lookups(linter: &mut Linter<'_>) {
    const READ: u8 = 1;
    const COMPARED: u8 = 2;
    let program = linter.program;
    let places = &program.rules.places;
    let mut known = vec![0_u8; places.len()];
    program.rules.each(program, &mut |at, expression, _| {
        let names_asked = at.as_str().is_some_and(|source| source.contains("asked"));
        for read in expression.reads(&program.rules.types) {
            if let Some(known) = known.get_mut(read.place as usize) {
                *known |= if names_asked { READ | COMPARED } else { READ };
            }
        }
    });
    let mut seen = Pairs::default();
    for (place, known) in places.iter().zip(known) {
        if let Some(lookup) = place.lookup.filter(|lookup| known == READ && seen.insert((0, *lookup), 0)) {
            linter.note(program.constant(lookup), Oddity::LookupStale);
        }
    }
}

fn oddity(expression: &Expression, many: bool) -> Option<Oddity> {
    if matches!(expression.constant(), Some(Val::Bool(true))) {
        return Some(Oddity::RuleAlways);
    }
    if !DATA.into_iter().any(|variable| expression.names(variable)) {
        return Some(Oddity::RuleReadsNothing);
    }
    if expression.drops_rest() {
        return Some(Oddity::RuleDivision);
    }
    expression.multiplies(many).then_some(Oddity::RuleMultiplies)
}

/// `x-relevant` of a field that its object plainly requires: where it is not relevant, it is missing.
pub(super) fn look_at(linter: &mut Linter<'_>, schema: Subschema<'_>) {
    let (Some(required), Some(properties)) = (schema.part("required"), schema.part("properties")) else { return };
    for name in required.items() {
        let Some(field) = name.as_str().and_then(|name| properties.member(name)) else { continue };
        let own = linter.subschema(own(linter, field), false);
        let referred = linter.referred(own);
        if field.kind() == Kind::Object && (own.has("x-relevant") || referred.is_some_and(|target| target.member("x-relevant").is_some())) {
            linter.note(name, Oddity::RelevantRequired { name: name.as_str().unwrap_or_default().to_owned() });
        }
    }
}

/// The same value, of the tape that is looked over.
fn own<'s>(linter: &Linter<'s>, value: Value<'_>) -> Value<'s> {
    linter.program.constant(value.id())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{each, found_in_rules};

    #[test]
    fn an_expression_says_something_about_the_data() {
        let rule = |rule: &str| {
            let rule = format!(r#"{{"id": "r", "rule": "{rule}", "message": {{"vi": "x"}}}}"#);
            format!(
                r#"{{"type": "object", "properties": {{"a": {{"type": "integer", "title": "A"}}, "rows": {{"type": "array", "title": "B", "items": {{"type": "integer"}}}}}}, "x-rules": [{rule}]}}"#
            )
        };
        for (expression, code) in [
            ("self.a > 1", None),
            ("self.rows.all(row, row > self.a)", None),
            ("1 < 2", Some("lint.rule-always")),
            ("double(self.a) * double(10 / 100) > 1.0", Some("lint.rule-division")),
            ("self.a * 10 / 100 > 1", None),
            ("double(self.a / 7) > 1.0", Some("lint.rule-division")),
            ("double(self.a) / 7.0 > 1.0 && 10 / 5 == 2", None),
            ("today > date('2026-01-01')", Some("lint.rule-reads-nothing")),
            ("self.rows.all(one, self.rows.exists(other, other > one))", Some("lint.rule-multiplies")),
        ] {
            each(found_in_rules, code.unwrap_or_default(), &[(&rule(expression), code.map(|_| "/x-rules/0/rule"))]);
        }
    }

    #[test]
    fn an_answer_is_read_with_what_was_asked() {
        let schema = |expression: &str| {
            format!(
                r#"{{"type": "object", "properties": {{"a": {{"type": "string", "title": "A", "x-required": "{expression}"}},
                    "b": {{"type": "object", "title": "B", "x-lookup": true}}}}}}"#
            )
        };
        let at = Some("/properties/b/x-lookup");
        each(
            found_in_rules,
            "lint.lookup-stale",
            &[
                (&schema("parent.b.status == 'match'"), at),
                (&schema("has(root.b) && root.b.facts.c == 'd'"), at),
                (&schema("parent.b.status == 'match' && parent.b.asked.a == parent.a"), None),
                (&schema("parent.a == 'b'"), None),
            ],
        );
    }

    #[test]
    fn a_row_that_looks_at_all_rows_is_told() {
        let schema = |rule: &str| {
            format!(
                r#"{{"type": "object", "properties": {{"rows": {{"type": "array", "title": "B", "items": {{"type": "integer",
                    "x-rules": [{{"id": "r", "rule": "{rule}", "message": {{"vi": "x"}}}}]}}}}}}}}"#
            )
        };
        each(
            found_in_rules,
            "lint.rule-multiplies",
            &[(&schema("root.rows.exists(row, row > self)"), Some("/properties/rows/items/x-rules/0/rule"))],
        );
        each(found_in_rules, "lint.rule-multiplies", &[(&schema("[1, 2].exists(row, row > self)"), None)]);
    }

    #[test]
    fn what_may_not_be_relevant_is_not_required() {
        each(
            found_in_rules,
            "lint.relevant-required",
            &[(
                r#"{"type": "object", "properties": {"a": {"type": "integer", "title": "A"}, "b": {"type": "string", "title": "B", "x-relevant": "parent.a > 1"}}, "required": ["a", "b"]}"#,
                Some("/required/1"),
            )],
        );
    }
}

//! Values of expressions: the same each time and in other words, within steps that are counted.

use super::schema_maker::Chance;
use super::{cel, expression_maker};
use hoso::expr::{Alone, Expression, Names, Reason, Session, TypeId, Types, Val};
use hoso::json::to_json;
use hoso::limits;
use serde_json::{Value, json};

type Variables = Vec<(&'static str, &'static str, Value)>;

/// An expression, or choices that make one with values for its variables.
pub fn holds(input: &[u8]) {
    match super::is_made(input) {
        Ok(choices) => {
            let mut chance = Chance::Bytes(choices);
            let variables = expression_maker::variables(&mut chance);
            let is_well_typed = chance.below(2) == 1;
            let expression =
                if is_well_typed { expression_maker::well_typed(&mut chance) } else { expression_maker::expression(&mut chance) };
            let found = judged(&expression, &variables);
            assert!(!is_well_typed || found.is_some_and(|found| found != Err(Reason::NoOverload)), "{expression} is well typed");
        }
        Err(text) => drop(judged(&text, &expression_maker::variables(&mut Chance::Bytes(&[])))),
    }
}

/// The value of an expression that compiles, tagged.
fn judged(expression: &str, variables: &Variables) -> Option<Result<Value, Reason>> {
    let found = value(expression, variables, false)?;
    assert_eq!(value(expression, variables, true).as_ref(), Some(&found), "{expression} with unchecked types");
    let same = |other: String| {
        // One that is too long or too deep is not compiled.
        if let Some(other_found) = value(&other, variables, false) {
            assert!(other_found == found || has_run_out(&other_found) || has_run_out(&found), "{other} is {other_found:?}, not {found:?}");
        }
    };
    same(format!("dyn({expression}\n)"));
    same(format!("[{expression}\n][0]"));
    same(format!("{{'k': {expression}\n}}.k"));
    same(format!("cel.bind(q_, {expression}\n, q_)"));
    same(format!("[1].map(q_, {expression}\n)[0]"));
    same(format!("optional.of({expression}\n).value()"));
    same(format!("(true ? ({expression}\n) : ({expression}\n))"));
    Some(found)
}

const fn has_run_out(found: &Result<Value, Reason>) -> bool {
    matches!(found, Err(Reason::Steps | Reason::TooLarge))
}

fn value(expression: &str, variables: &Variables, unchecked: bool) -> Option<Result<Value, Reason>> {
    let mut types = Types::new();
    let declared: Vec<(&str, TypeId)> = variables.iter().map(|(name, kind, _)| (*name, cel::type_of(kind, &mut types))).collect();
    let compiled = Expression::compile(expression, &Names { unchecked, ..Names::new(&declared) }, &mut types).ok()?;
    let values: Vec<Option<Val<'_>>> = variables.iter().map(|(_, _, value)| Some(cel::value(value))).collect();
    let evaluated = |steps: u64| {
        let mut session = Session::default();
        session.steps = steps;
        let found = compiled.evaluate(&values, &types, &Alone, &mut session);
        if let Ok(found) = &found {
            let json = to_json(found);
            assert!(serde_json::from_str::<Value>(&json).is_ok(), "{expression}: {json}");
        }
        let characters = expression.chars().count() as u32;
        let found = found.map(|found| cel::tagged(&found)).map_err(|failure| {
            assert!(failure.character <= characters + 1, "{expression}: {failure:?}");
            failure.reason
        });
        (found, steps - session.steps)
    };
    let (found, spent) = evaluated(limits::STEPS);
    assert_eq!(evaluated(limits::STEPS), (found.clone(), spent), "{expression}, once more");
    if found != Err(Reason::Steps) {
        assert_eq!(evaluated(spent), (found.clone(), spent), "{expression} with just enough steps");
        if let Some(less) = spent.checked_sub(1) {
            assert_eq!(evaluated(less).0, Err(Reason::Steps), "{expression} with one step too few");
        }
    }
    if let Some(constant) = compiled.constant() {
        assert_eq!(found, Ok(cel::tagged(constant)), "{expression} is constant");
    }
    Some(found.map(|found| if found == json!({"double": "NaN"}) { json!(null) } else { found }))
}

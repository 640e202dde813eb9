//! Expressions: what compiles, and where mistakes are.

use super::cel;
use super::expression_maker;
use super::schema_maker::Chance;
use hoso::expr::{Expression, ExpressionError, Names, Problem, TypeId, Types};
use hoso::report::Coded;

/// Any text.
pub fn holds(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let checked = compiled(&text, false);
    let unchecked = compiled(&text, true);
    if let Err(errors) = &checked {
        assert!(!errors.is_empty(), "{text:?} is refused without a mistake");
        errors.iter().for_each(|error| placed(error, &text));
    }
    let Ok(kind) = checked else { return };
    assert!(unchecked.is_ok(), "{text:?} compiles with its types checked alone");
    // A comment ends with its line.
    same(&format!("({text}\n)"), &kind);
    same(&format!("// {}\n {text}", text.replace(['\n', '\r'], " ")), &kind);
    same(&format!("[{text}\n][0]"), &kind);
    same(&format!("cel.bind(q_, {text}\n, q_)"), &kind);
}

/// The type of an expression.
fn compiled(text: &str, unchecked: bool) -> Result<String, Vec<ExpressionError>> {
    let mut types = Types::new();
    let variables = expression_maker::variables(&mut Chance::Bytes(&[]));
    let declared: Vec<(&str, TypeId)> = variables.iter().map(|(name, kind, _)| (*name, cel::type_of(kind, &mut types))).collect();
    let expression = Expression::compile(text, &Names { unchecked, ..Names::new(&declared) }, &mut types)?;
    assert_eq!(expression.source(), text);
    Ok(types.text(expression.result()))
}

fn placed(error: &ExpressionError, text: &str) {
    let is_there = (1..=text.chars().count() + 1).contains(&error.character);
    assert!(is_there && error.code().starts_with("expression."), "{text:?}: {error:?}");
}

/// The same written in another way is of the same type, unless it is too large.
fn same(text: &str, kind: &str) {
    match compiled(text, false) {
        Ok(found) => assert_eq!(found, kind, "{text:?}"),
        Err(errors) => assert!(
            matches!(errors.as_slice(), [ExpressionError { problem: Problem::TooDeep | Problem::TooLong, .. }]),
            "{text:?}: {errors:?}"
        ),
    }
}

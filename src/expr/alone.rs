//! An expression evaluated once, over variables that come as JSON.

use super::types::{self, TypeId, Types};
use super::{Alone, Expression, ExpressionError, Failure, Names, Session, Val};
use crate::json::{Document, to_json};
use crate::text::{Moment, Timestamp};

/// Why an expression gave no value.
#[derive(Clone, Debug, PartialEq)]
pub enum Stopped {
    /// It cannot be evaluated at all.
    Mistaken(Vec<ExpressionError>),
    /// Evaluating it failed.
    Failed(Failure),
}

/// The value of an expression as JSON. Its variables are the members of an object, of types that are known when it runs, and `now` and `today`.
///
/// ```
/// use hoso::{expr::evaluate, json::Document, text::Moment};
///
/// let now = Moment::parse("2026-11-24T09:00:00+07:00").ok_or("no moment")?;
/// let variables = Document::read(r#"{"birth": "2008-11-25"}"#).map_err(|error| error.to_string())?;
/// assert_eq!(evaluate("age(date(birth)) >= 18", &variables, now).as_deref(), Ok("false"));
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
/// Every mistake of the expression, or why it has no value.
pub fn evaluate(source: &str, variables: &Document, now: Moment) -> Result<String, Stopped> {
    let mut types = Types::new();
    let (mut names, mut values): (Vec<(&str, TypeId)>, Vec<_>) = (Vec::new(), Vec::new());
    for (name, value) in variables.root().members() {
        names.push((name, types::DYN));
        values.push(Val::of(value, types::DYN, &types));
    }
    let time = Timestamp::new(now.instant().unix(), 0);
    names.extend([("now", types::TIMESTAMP), ("today", types::DATE)]);
    values.extend([time.map(Val::Timestamp), time.map(|time| Val::Date(time.date_in_vietnam()))]);
    let expression = Expression::compile(source, &Names::new(&names), &mut types).map_err(Stopped::Mistaken)?;
    let value = expression.evaluate(&values, &types, &Alone, &mut Session::default()).map_err(Stopped::Failed)?;
    Ok(to_json(&value))
}

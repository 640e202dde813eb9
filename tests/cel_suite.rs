//! The public suites of CEL: cel-spec's conformance tests, and cel-go's of its parser, its checker and its comprehensions. Every test that
//! can be run, but those listed, each with its reason.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a suite that cannot be read has failed")]

#[path = "support/cel.rs"]
mod cel;
#[path = "support/judges.rs"]
mod judges;

use hoso::expr::{Alone, Expression, Names, Session, TypeId, Types, Val};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What does not pass, a line each: `suite/section: name`. A line that begins with `#` is a reason.
const EXPECTED_FAILURES: &str = include_str!("cel_suite.expected-failures.txt");

/// How many tests ask for what JSON has not.
const LEFT_OUT: [(&str, usize); 6] = [
    ("cel.block, which compilers write and people do not", 36),
    ("functions that the test declares", 12),
    ("macros that the test declares", 1),
    ("messages", 745),
    ("names that the test does not declare", 27),
    ("types with parameters", 1),
];

#[test]
fn every_test_passes_but_those_that_are_listed() {
    let lines = judges::answers(judges::node("cel-suite.mjs"), String::new());
    let (mut passed, mut failed, mut left_out) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for line in &lines {
        let test: Value = serde_json::from_str(line).unwrap();
        if let Some(reason) = test.get("leftOut") {
            *left_out.entry(reason.as_str().unwrap().to_owned()).or_insert(0) += 1;
            continue;
        }
        match judged(&test) {
            Ok(()) => *passed.entry(text(&test, "suite").to_owned()).or_insert(0) += 1,
            Err(why) => drop(failed.insert(name(&test), why)),
        }
    }
    let listed: BTreeSet<&str> = EXPECTED_FAILURES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    println!("CEL: {passed:?} pass, {} are listed, {left_out:?} are left out", listed.len());
    let unlisted: Vec<_> =
        failed.iter().filter(|(name, _)| !listed.contains(name.as_str())).map(|(name, why)| format!("{name}\n    {why}")).collect();
    assert!(unlisted.is_empty(), "{} fail and are not listed:\n{}", unlisted.len(), unlisted.join("\n"));
    let passing: Vec<_> = listed.iter().filter(|name| !failed.contains_key(**name)).collect();
    assert!(passing.is_empty(), "these pass now, or are no longer there; take them off the list:\n{passing:?}");
    assert_eq!(left_out.iter().map(|(reason, count)| (reason.as_str(), *count)).collect::<Vec<_>>(), LEFT_OUT);
    assert!(passed.values().sum::<usize>() > 1_850, "{passed:?}");
}

fn text<'t>(test: &'t Value, member: &str) -> &'t str {
    test.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn is(test: &Value, member: &str) -> bool {
    test.get(member).and_then(Value::as_bool).unwrap_or_default()
}

fn name(test: &Value) -> String {
    format!("{}/{}: {}", text(test, "suite"), text(test, "section"), text(test, "name"))
}

fn judged(test: &Value) -> Result<(), String> {
    let expression = text(test, "expression");
    let is_evaluated = matches!(text(test, "suite"), "conformance" | "comprehension");
    if !is_evaluated {
        parses(expression, is(test, "parses"))?;
        if !is(test, "parses") {
            return Ok(());
        }
    }
    let mut all = Types::new();
    let variables = test.get("variables").and_then(Value::as_array).unwrap();
    let declared: Vec<(&str, TypeId)> = variables
        .iter()
        .map(|one| (one.get(0).unwrap().as_str().unwrap(), cel::type_of(one.get(1).unwrap().as_str().unwrap(), &mut all)))
        .collect();
    let names = Names { container: text(test, "container"), unchecked: !is(test, "check"), ..Names::new(&declared) };
    let must_fail = test.get("error").is_some() || (!is_evaluated && !is(test, "checks"));
    let compiled = match Expression::compile(expression, &names, &mut all) {
        Ok(compiled) => compiled,
        Err(_) if must_fail => return Ok(()),
        Err(errors) => return Err(format!("{expression}: {errors:?}")),
    };
    let deduced = all.text(compiled.result());
    if let Some(expected) = test.get("type").and_then(Value::as_str).filter(|expected| is(test, "check") && *expected != deduced) {
        return Err(format!("{expression}: its type is {deduced}, not {expected}"));
    }
    let Some(expected) = test.get("value").or(test.get("error")) else {
        return if must_fail { Err(format!("{expression} is of type {deduced}; it should not compile")) } else { Ok(()) };
    };
    let values: Vec<Option<Val<'_>>> = variables.iter().map(|one| one.get(2).map(cel::value)).collect();
    match (compiled.evaluate(&values, &all, &Alone, &mut Session::default()), must_fail) {
        (Err(_), true) => Ok(()),
        (Ok(found), false) if cel::tagged(&found) == cel::normal(expected) => Ok(()),
        (Ok(found), _) => Err(format!("{expression} is {}, not {expected}", cel::tagged(&found))),
        (Err(failure), false) => Err(format!("{expression} fails with {failure}; it is {expected}")),
    }
}

/// Whether an expression can be read, whatever its names mean.
fn parses(expression: &str, expected: bool) -> Result<(), String> {
    let names = Names { unchecked: true, ..Names::new(&[]) };
    match Expression::compile(expression, &names, &mut Types::new()) {
        Err(errors) if expected => Err(format!("{expression} cannot be read: {errors:?}")),
        Ok(_) if !expected => Err(format!("{expression} can be read")),
        _ => Ok(()),
    }
}

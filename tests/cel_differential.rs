//! Expressions made by chance: two other implementations of CEL give the same values, but where the language definition says that one is wrong.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "an expression that cannot be judged has failed")]

#[path = "support/cel.rs"]
mod cel;
#[path = "support/expression_maker.rs"]
mod expression_maker;
#[path = "support/judges.rs"]
mod judges;
#[path = "support/schema_maker.rs"]
mod schema_maker;

use hoso::expr::{Alone, Expression, Names, Session, TypeId, Types, Val};
use schema_maker::Chance;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const EXPRESSIONS: usize = 20_000;

struct Case {
    expression: String,
    variables: Vec<(&'static str, &'static str, Value)>,
}

/// What the two say of a case.
struct Said<'a> {
    expression: &'a str,
    ours: &'a str,
    theirs: &'a str,
}

impl Said<'_> {
    fn holds(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.expression.contains(text))
    }

    /// They have a value, where there is none.
    fn has_none(&self, why: &[&str]) -> bool {
        !self.theirs.starts_with("{\"error\"") && why.iter().any(|why| self.ours.starts_with(&format!("{{\"error\":\"evaluation.{why}")))
    }
}

/// Where another implementation differs.
struct Difference {
    judge: &'static str,
    /// The text that says who is right: of the language definition of cel-spec, where no other is named.
    clause: &'static str,
    /// The smallest that shows it, and the right value; an error without a reason.
    shown: (&'static str, &'static str),
    is_such: fn(&Said<'_>) -> bool,
}

const DIFFERENCES: &[Difference] = &[
    Difference {
        judge: "cel",
        clause: "\"List of Standard Definitions\", uint(double): rounds towards zero, then fails if that is out of range",
        shown: ("uint(-0.5)", r#"{"uint":"0"}"#),
        is_such: |said| said.theirs.contains("unsigned integer overflow"),
    },
    Difference {
        judge: "cel",
        clause: "string(double) is not laid down to the letter; hoso writes doubles as cel-go does, `%g` with the fewest digits, and zero without a sign",
        shown: ("string(1e300)", r#"{"string":"1e+300"}"#),
        is_such: |said| said.holds(&["string("]) && said.holds(&["1e300", "d", "-0.0", "-1.0", "-2.0", "0.0"]),
    },
    Difference {
        judge: "cel",
        clause: "\"Syntax\", INT_LIT: the sign of the smallest number belongs to it, so two signs may stand before that",
        shown: ("---9223372036854775808", r#"{"int":"-9223372036854775808"}"#),
        is_such: |said| said.theirs.contains("invalid int literal") && said.holds(&["--9223372036854775808"]),
    },
    Difference {
        judge: "cel",
        clause: "\"List of Standard Definitions\", `+`: of a list and a map there is no sum",
        shown: ("[1] + {'a': 1}", r#"{"error":""}"#),
        is_such: |said| said.has_none(&["no-overload"]) && said.holds(&["+"]) && said.holds(&["{", " m", "m "]),
    },
    Difference {
        judge: "cel",
        clause: "\"Equality\": values of types that are never equal are not equal, so a map is no key of another",
        shown: ("dyn({}) in {'a': 1}", r#"{"bool":false}"#),
        is_such: |said| said.theirs.contains("'@in' applied to '(map, map)'"),
    },
    Difference {
        judge: "cel",
        clause: "\"Values\", maps: the order of entries is not laid down; hoso sorts them by key",
        shown: (
            "{'c': 1, 'a': 2, 'b': 3, 'e': 4, 'd': 5, 'f': 6, 'h': 7, 'g': 8}.map(k, k) == ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']",
            r#"{"bool":true}"#,
        ),
        is_such: |said| said.holds(&[".map(", ".filter("]) && said.holds(&["{", "m.", "m)"]) && !said.ours.contains("error"),
    },
    Difference {
        judge: "cel-js",
        clause: "\"Syntax\", FLOAT_LIT: digits before the point may be left out",
        shown: (".25", r#"{"double":"0.25"}"#),
        is_such: |said| said.theirs.contains("Unexpected token: DOT"),
    },
    Difference {
        judge: "cel-js",
        clause: "\"Macros\", has(e.f): e is any expression",
        shown: ("has({'a': 1}.a)", r#"{"bool":true}"#),
        is_such: |said| said.theirs.contains("has() invalid argument"),
    },
    Difference {
        judge: "cel-js",
        clause: "\"List of Standard Definitions\", matches: patterns are RE2's",
        shown: (r"'a'.matches('(?i)A') && 'a'.matches(r'\pL')", r#"{"bool":true}"#),
        is_such: |said| said.theirs.contains("Invalid regular expression") || said.holds(&[r"\pL"]),
    },
    Difference {
        judge: "cel-js",
        clause: "\"List of Standard Definitions\": int(uint) is there",
        shown: ("int(1u)", r#"{"int":"1"}"#),
        is_such: |said| said.theirs.contains("'int(uint)'"),
    },
    Difference {
        judge: "cel-js",
        clause: "\"Values\", maps: keys are int, uint, bool or string, and stay what they are; nothing else is a key",
        shown: ("{1: 'a', true: 2} == {'1': 'a', 'true': 2}", r#"{"bool":false}"#),
        is_such: |said| said.holds(&["{"]) && said.holds(&[":"]),
    },
    Difference {
        judge: "cel-js",
        clause: "\"Overflow\": an int has 64 bits, and what leaves them is an error",
        shown: ("--9223372036854775808", r#"{"error":""}"#),
        is_such: |said| said.has_none(&["overflow"]),
    },
    Difference {
        judge: "cel-js",
        clause: "\"Field Selection\": a value that has no fields is an error, in has() too",
        shown: ("has(x.a)", r#"{"error":""}"#),
        is_such: |said| said.has_none(&["no-overload"]) && said.holds(&["has(x.a)"]),
    },
    Difference {
        judge: "cel-js",
        clause: "\"List of Standard Definitions\": the empty text is no number",
        shown: ("uint('')", r#"{"error":""}"#),
        is_such: |said| said.has_none(&["bad-value"]),
    },
    Difference {
        judge: "cel-js",
        clause: "\"Macros\": what is no list and no map is no range",
        shown: ("dyn(0u).map(v, v)", r#"{"error":""}"#),
        is_such: |said| said.has_none(&["no-overload"]) && said.holds(&[".map(", ".filter(", ".all(", ".exists"]),
    },
    Difference {
        judge: "cel-js",
        clause: "\"Syntax\", Unary: cel-go takes signs away in pairs before it looks at types; the text allows both",
        shown: ("--'a'", r#"{"string":"a"}"#),
        is_such: |said| said.theirs.contains("no such overload: -") && said.holds(&["--"]),
    },
    Difference {
        judge: "cel-js",
        clause: "\"Gradual Type Checking\": an item of an empty list is of any type",
        shown: ("[].map(v, v + v)", r#"{"list":[]}"#),
        is_such: |said| said.theirs.contains("overlaps with"),
    },
    Difference {
        judge: "cel-js",
        clause: "\"List of Standard Definitions\", indexing: a number of any type whose value is whole is an index",
        shown: ("dyn([1])[dyn(0u)]", r#"{"int":"1"}"#),
        is_such: |said| said.theirs.contains("No such key") && said.holds(&["["]),
    },
    Difference {
        judge: "cel-js",
        clause: "string(double) is not laid down to the letter",
        shown: ("string(1.0 / 0.0)", r#"{"string":"Infinity"}"#),
        is_such: |said| said.holds(&["string("]),
    },
];

#[test]
fn others_give_the_same_values_but_where_they_are_wrong() {
    let mut chance = Chance::Seed(0x5eed_0ce1);
    let made = (0..EXPRESSIONS)
        .map(|_| Case { expression: expression_maker::expression(&mut chance), variables: expression_maker::variables(&mut chance) });
    let shown = DIFFERENCES
        .iter()
        .map(|difference| Case { expression: difference.shown.0.to_owned(), variables: vec![("x", "dyn", json!({"int": "1"}))] });
    let cases: Vec<Case> = shown.chain(made).collect();
    let ours: Vec<Value> = cases.iter().map(|case| value(case, true)).collect();
    for (difference, ours) in DIFFERENCES.iter().zip(&ours) {
        let right: Value = serde_json::from_str(difference.shown.1).unwrap();
        assert!(is_same(ours, &right), "{}: {ours}", difference.shown.0);
    }
    let checked: Vec<Value> = cases.iter().map(|case| value(case, false)).collect();
    let mut native = judges::native();
    native.arg("cel");
    for (judge, command) in [("cel", native), ("cel-js", judges::node("cel-js.mjs"))] {
        let theirs = asked(command, &cases);
        for (difference, (ours, theirs)) in
            DIFFERENCES.iter().zip(ours.iter().zip(&theirs)).filter(|(difference, _)| difference.judge == judge)
        {
            assert!(!is_same(ours, theirs), "{judge} is right now, {}: {theirs}", difference.shown.0);
        }
        println!("{judge}: {}", compare(judge, &cases, &ours, &checked, &theirs));
    }
}

fn compare(judge: &str, cases: &[Case], ours: &[Value], checked: &[Value], theirs: &[Value]) -> String {
    let (mut values, mut errors, mut wrong, mut met) = (0, 0, Vec::new(), BTreeMap::new());
    for (at, case) in cases.iter().enumerate() {
        let (ours, theirs) = (&ours[at], &theirs[at]);
        // cel-js always checks types.
        let is_refused = judge == "cel-js" && theirs.get("error").is_some() && checked[at].get("error").is_some();
        if is_same(ours, theirs) || is_refused {
            *(if is_refused || ours.get("error").is_some() { &mut errors } else { &mut values }) += 1;
            continue;
        }
        let said = Said { expression: &case.expression, ours: &ours.to_string(), theirs: &theirs.to_string() };
        match DIFFERENCES.iter().find(|difference| difference.judge == judge && (difference.is_such)(&said)) {
            Some(difference) => *met.entry(difference.clause).or_insert(0) += 1,
            None => wrong.push(format!("{}\n    ours {ours}, theirs {theirs}", case.expression)),
        }
    }
    assert!(wrong.is_empty(), "{judge} gives another value {} times:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(values > 10_000 && errors > 4_000, "{judge}: {values} values, {errors} errors");
    let all: Vec<&str> = DIFFERENCES.iter().filter(|difference| difference.judge == judge).map(|difference| difference.clause).collect();
    let gone: Vec<_> = all.iter().filter(|clause| !met.contains_key(**clause)).collect();
    assert!(gone.is_empty(), "{judge} no longer differs here: {gone:?}");
    format!("{values} values and {errors} errors alike, differences {met:?}")
}

/// Types that are checked make no difference to a value, and what fits has no type that does not.
#[test]
fn checked_expressions_have_the_value_of_unchecked_ones() {
    let mut chance = Chance::Seed(0xc4ec_ced0);
    let (mut fits, mut not) = (0, 0);
    for _ in 0..EXPRESSIONS {
        let case = Case { expression: expression_maker::expression(&mut chance), variables: expression_maker::variables(&mut chance) };
        let (checked, unchecked) = (value(&case, false), value(&case, true));
        if checked.get("error").and_then(Value::as_str).is_some_and(|error| error.starts_with("expression.")) {
            not += 1;
            continue;
        }
        fits += 1;
        assert_eq!(checked, unchecked, "{} {:?}", case.expression, case.variables);
    }
    assert!(fits > 10_000 && not > 1_000, "{fits} fit, {not} do not");
}

/// What fits by its making fits, and never meets values that it does not take.
#[test]
fn well_typed_expressions_compile_and_meet_no_other_types() {
    let mut chance = Chance::Seed(0x7e11_7eed);
    let (mut values, mut errors) = (0, 0);
    for _ in 0..EXPRESSIONS {
        let case = Case { expression: expression_maker::well_typed(&mut chance), variables: expression_maker::variables(&mut chance) };
        let value = value(&case, false);
        match value.get("error").and_then(Value::as_str) {
            None => values += 1,
            Some(error) => {
                let wrong = error.starts_with("expression.")
                    || error.starts_with("evaluation.no-overload")
                    || error.starts_with("evaluation.unknown");
                assert!(!wrong, "{}: {error}", case.expression);
                errors += 1;
            }
        }
    }
    assert!(values > 10_000 && errors > 1_000, "{values} values, {errors} errors");
}

/// The value of an expression as hoso has it, tagged; an error by its code.
fn value(case: &Case, unchecked: bool) -> Value {
    let mut types = Types::new();
    let declared: Vec<(&str, TypeId)> = case.variables.iter().map(|(name, kind, _)| (*name, cel::type_of(kind, &mut types))).collect();
    let names = Names { unchecked, ..Names::new(&declared) };
    let compiled = match Expression::compile(&case.expression, &names, &mut types) {
        Ok(compiled) => compiled,
        Err(errors) => return json!({"error": errors[0].to_string()}),
    };
    let values: Vec<Option<Val<'_>>> = case.variables.iter().map(|(_, _, value)| Some(cel::value(value))).collect();
    match compiled.evaluate(&values, &types, &Alone, &mut Session::default()) {
        Ok(found) => cel::tagged(&found),
        Err(failure) => json!({"error": failure.to_string()}),
    }
}

fn is_same(ours: &Value, theirs: &Value) -> bool {
    match (ours.get("error"), theirs.get("error")) {
        (None, None) => theirs.get("other").is_none() && *ours == cel::normal(theirs),
        (ours, theirs) => ours.is_some() && theirs.is_some(),
    }
}

fn asked(judge: std::process::Command, cases: &[Case]) -> Vec<Value> {
    let line = |case: &Case| {
        let variables: Vec<Value> = case.variables.iter().map(|(name, _, value)| json!([name, value])).collect();
        format!("{}\n", json!({"expression": case.expression, "variables": variables}))
    };
    let answers = judges::answers(judge, cases.iter().map(line).collect());
    assert_eq!(answers.len(), cases.len());
    answers.iter().map(|answer| serde_json::from_str(answer).unwrap()).collect()
}

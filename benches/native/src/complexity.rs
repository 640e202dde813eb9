//! How time grows with size: for each kind of input the exponent that fits the times best. 1 is linear; what exceeds 1.2 is marked.

#[allow(dead_code, reason = "there are no peers here")]
mod compared;
#[path = "../../../tests/support/colliding.rs"]
mod names;

use compared::median;
use hoso::json::{Document, canonical};
use hoso::regex::Regex;
use hoso::report::Language;
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use std::hint::black_box;
use std::time::{Duration, Instant};

const SIZES: [usize; 7] = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000];
/// An exponent above is worth a look.
const MOST: f64 = 1.2;

/// A piece of work on an input of a size.
type Work = Box<dyn Fn()>;
type Make = fn(usize) -> Work;

const KINDS: &[(&str, Make)] = &[
    ("read a wide object", |size| reading(wide(size))),
    ("read an array of arrays", |size| reading(deep(size))),
    ("read a table of rows", |size| reading(table(size / 8))),
    ("read names of colliding hashes", |size| reading(colliding(size))),
    ("canonical form of a wide object", |size| {
        let document = read(&wide(size));
        Box::new(move || drop(black_box(canonical(document.root()))))
    }),
    ("a wide object, by name", |size| {
        validating(&format!("{{\"properties\": {{{}}}, \"additionalProperties\": false}}", members(size, "true")), &wide(size))
    }),
    ("a wide object, every name unknown", |size| validating(r#"{"additionalProperties": false, "properties": {"a": true}}"#, &wide(size))),
    ("names of colliding hashes, by name", |size| {
        validating(
            &format!("{{\"properties\": {}, \"additionalProperties\": false}}", colliding(size).replace(":0", ":true")),
            &colliding(size),
        )
    }),
    ("an array of arrays, recursive", |size| validating(r##"{"items": {"$ref": "#"}}"##, &deep(size))),
    ("a table of rows", |size| validating(ROWS, &table(size / 8))),
    ("a table of rows, each wrong", |size| validating(ROWS, &table(size / 8).replace("true", "5"))),
    ("many required names", |size| validating(&format!("{{\"required\": [{}]}}", list(size, |at| format!("\"a{at}\""))), &wide(size))),
    ("`enum` of many", |size| validating(&format!("{{\"items\": {{\"enum\": [{}]}}}}", list(size, |at| at.to_string())), "[1, 500]")),
    ("`anyOf` of many", |size| validating(&format!("{{\"anyOf\": [{}]}}", list(size, |at| format!("{{\"const\": {at}}}"))), "-1")),
    ("`uniqueItems`, numbers", |size| validating(UNIQUE, &format!("[{}]", list(size, |at| at.to_string())))),
    ("`uniqueItems`, texts of equal beginnings", |size| {
        validating(UNIQUE, &format!("[{}]", list(size, |at| format!("\"{}{at:06}\"", "a".repeat(100)))))
    }),
    ("`uniqueItems`, numbers that nearly agree", |size| {
        validating(UNIQUE, &format!("[{}]", list(size, |at| format!("0.{}{at:06}", "1".repeat(100)))))
    }),
    ("`uniqueItems`, numbers of equal doubles", |size| validating(UNIQUE, &format!("[{}]", list(size, |at| format!("1e400000{at}"))))),
    ("`uniqueItems`, rows", |size| validating(UNIQUE, &table(size / 8))),
    ("`oneOf` in `oneOf`", |size| validating(&nest("oneOf", size / 4), "5")),
    ("`anyOf` of an object in itself", |size| {
        validating(
            r##"{"anyOf": [{"items": {"$ref": "#"}, "type": "array"}, {"type": "array", "contains": {"$ref": "#"}}, {"type": "integer"}]}"##,
            &deep(size),
        )
    }),
    ("`unevaluatedProperties` over a wide object", |size| {
        validating(
            &format!("{{\"allOf\": [{{\"properties\": {{{}}}}}], \"unevaluatedProperties\": false}}", members(size, "true")),
            &wide(size),
        )
    }),
    ("`unevaluatedProperties` beside many branches", |size| validating(&branches(size), &wide(20))),
    ("`unevaluatedProperties` beside 20 branches, a wide object", |size| {
        validating(
            &branches(20).replace("\"unevaluatedProperties\": false", "\"unevaluatedProperties\": {\"type\": \"integer\"}"),
            &wide(size),
        )
    }),
    ("`unevaluatedItems`", |size| {
        validating(
            r#"{"prefixItems": [true], "contains": {"minimum": 5}, "unevaluatedItems": {"maximum": 5}}"#,
            &format!("[{}]", list(size, |at| at.to_string())),
        )
    }),
    ("`dependentRequired` of many", |size| {
        validating(&format!("{{\"dependentRequired\": {{{}}}}}", members(size, "[\"a0\"]")), &wide(size))
    }),
    ("`patternProperties` over a wide object", |size| {
        validating(r#"{"patternProperties": {"^a\\d+$": true, "9$": true}, "additionalProperties": false}"#, &wide(size))
    }),
    ("compile many properties", |size| compiling(format!("{{\"properties\": {{{}}}}}", members(size, "{\"type\": \"string\"}")))),
    ("compile many definitions", |size| {
        let definitions =
            list(size, |at| format!("\"d{at}\": {{\"properties\": {{\"a\": {{\"$ref\": \"#/$defs/d{}\"}}}}}}", (at + 1) % size));
        compiling(format!("{{\"$ref\": \"#/$defs/d0\", \"$defs\": {{{definitions}}}}}"))
    }),
    ("compile a chain of `$ref`", |size| compiling(chain(size))),
    ("compile many anchors", |size| {
        let anchors = list(size, |at| {
            format!("\"d{at}\": {{\"$anchor\": \"a{at}\", \"properties\": {{\"b\": {{\"$ref\": \"#a{}\"}}}}}}", (at + 1) % size)
        });
        compiling(format!("{{\"$ref\": \"#a0\", \"$defs\": {{{anchors}}}}}"))
    }),
    ("compile many patterns", |size| {
        compiling(format!("{{\"properties\": {{{}}}}}", list(size / 8, |at| format!("\"a{at}\": {{\"pattern\": \"^x{at}$\"}}"))))
    }),
    ("compile many mistyped names", |size| {
        compiling(format!(
            "{{\"x-order\": [{}], \"properties\": {{{}}}}}",
            list(size / 8, |at| format!("\"b{at}\"")),
            members(size / 8, "true")
        ))
    }),
    ("compile a pattern", |size| {
        // The longest pattern has 2,000 characters.
        let pattern = "(?:a|bc)?".repeat(size / 320);
        Box::new(move || drop(black_box(Regex::new(&pattern))))
    }),
    ("match a pattern of a table", |size| matching(r"^(?:[a-c]+\s?)*$", &"ab c".repeat(size / 4))),
    ("match a pattern without a table", |size| matching("[ab]*a[ab]{200}c", &"ab".repeat(size / 2))),
    ("match a longer pattern, without a table", |size| {
        let others: String = ('\u{f0000}'..'\u{f0080}').collect();
        matching(&format!("{}b|{others}", "a?".repeat(size / 80)), &"a".repeat(500))
    }),
    ("match look-arounds", |size| matching("(?=(?=.*b).*c)(?<!a.*)x", &"ab".repeat(size / 2))),
    ("lint many properties", |size| {
        linting(format!("{{\"properties\": {{{}}}}}", members(size, "{\"type\": \"string\", \"minLength\": 1}")))
    }),
    ("lint many definitions", |size| {
        linting(
            format!("{{\"$defs\": {{{}}}}}", list(size, |at| format!("\"d{at}\": {{\"$ref\": \"#/$defs/d{}\"}}", at + 1)))
                .replace(&format!("/d{size}"), "/d0")
                .replacen("\"$ref\"", "\"$comment\"", 1),
        )
    }),
    ("lint many branches", |size| linting(format!("{{\"oneOf\": [{}]}}", list(size, |at| format!("{{\"const\": {at}}}"))))),
    ("lint rows of fields required elsewhere", |size| {
        linting(format!(
            "{{\"properties\": {{{}}}, \"allOf\": [{{\"required\": [{}]}}]}}",
            members(size, "true"),
            list(size, |at| format!("\"b{at}\""))
        ))
    }),
];

const UNIQUE: &str = r#"{"uniqueItems": true}"#;
const ROWS: &str = r#"{"type": "array", "items": {"type": "object", "required": ["code", "name"], "additionalProperties": false, "properties": {
    "code": {"type": "string", "pattern": "^\\d{4}$"}, "name": {"type": "string", "minLength": 2, "maxLength": 50}, "main": {"type": "boolean"}, "count": {"type": "integer", "minimum": 0}}}}"#;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    println!("\n| input | exponent | {} | {} |\n|---|---|---|---|", SIZES[0], SIZES[SIZES.len() - 1]);
    let mut steep = Vec::new();
    for (name, make) in KINDS.iter().filter(|(name, _)| wanted.iter().all(|word| name.contains(word.as_str()))) {
        let times: Vec<Duration> = SIZES.iter().map(|size| time(&make(*size))).collect();
        let exponent = fitted(&times);
        println!("| {name} | {exponent:.2} | {:.2?} | {:.2?} |", times[0], times[times.len() - 1]);
        if exponent > MOST {
            steep.push(format!("{name}: {exponent:.2}, {times:.2?}"));
        }
    }
    println!("\n{} of them exceed {MOST}. {}", steep.len(), steep.join("\n"));
}

/// The slope of the line nearest to the logarithms of the times, by least squares.
fn fitted(times: &[Duration]) -> f64 {
    let points: Vec<(f64, f64)> = SIZES.iter().zip(times).map(|(size, time)| ((*size as f64).ln(), time.as_secs_f64().ln())).collect();
    let count = points.len() as f64;
    let (x, y) = (points.iter().map(|(x, _)| x).sum::<f64>() / count, points.iter().map(|(_, y)| y).sum::<f64>() / count);
    points.iter().map(|(at, time)| (at - x) * (time - y)).sum::<f64>() / points.iter().map(|(at, _)| (at - x).powi(2)).sum::<f64>()
}

/// The median of some runs, of which each is so many that the clock does not matter.
fn time(work: &Work) -> Duration {
    let start = Instant::now();
    work();
    let count = (Duration::from_millis(4).as_nanos() / start.elapsed().as_nanos().max(1)).clamp(1, 10_000) as u32;
    let runs = if start.elapsed() > Duration::from_secs(1) { 1 } else { 7 };
    let once = || {
        let start = Instant::now();
        (0..count).for_each(|_| work());
        start.elapsed().as_secs_f64() / f64::from(count)
    };
    Duration::from_secs_f64(median((0..runs).map(|_| once()).collect()))
}

fn read(text: &str) -> Document {
    Document::read(text).unwrap_or_else(|error| panic!("{error}: {}", text.chars().take(200).collect::<String>()))
}

fn compiled(schema: &str) -> Schema {
    Schema::compile(schema, &Options::default()).unwrap_or_else(|errors| panic!("{:?}", errors.first()))
}

fn reading(text: String) -> Work {
    Box::new(move || drop(black_box(Document::read(text.as_str()))))
}

/// Both passes: the verdict, and where it is bad the report.
fn validating(schema: &str, document: &str) -> Work {
    let (schema, document) = (compiled(schema), read(document));
    let Some(now) = Moment::parse("2026-11-24T09:00:00+07:00") else { panic!("no moment") };
    Box::new(move || drop(black_box(schema.validate(&document, now, Language::Vi))))
}

fn compiling(schema: String) -> Work {
    Box::new(move || drop(black_box(Schema::compile(schema.as_str(), &Options::default()))))
}

fn linting(schema: String) -> Work {
    let schema = compiled(&schema);
    Box::new(move || drop(black_box(schema.lint())))
}

fn matching(pattern: &str, text: &str) -> Work {
    let (regex, text) = (Regex::new(pattern).unwrap_or_else(|error| panic!("{error:?}")), text.to_owned());
    Box::new(move || _ = black_box(regex.is_match(&text, &mut u64::MAX.clone())))
}

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

fn members(count: usize, value: &str) -> String {
    list(count, |at| format!("\"a{at}\":{value}"))
}

fn wide(count: usize) -> String {
    format!("{{{}}}", members(count, "0"))
}

/// Arrays in arrays, as deep as a document may be.
fn deep(count: usize) -> String {
    format!("[{}]", list(count / 50, |_| format!("{}1{}", "[".repeat(50), "]".repeat(50))))
}

fn table(rows: usize) -> String {
    format!(
        "[{}]",
        list(rows, |at| format!("{{\"code\": \"{:04}\", \"name\": \"Ngành {at}\", \"main\": true, \"count\": {at}}}", at % 10_000))
    )
}

/// Schemas in branches, as deep as they may be, beside one another.
fn nest(keyword: &str, count: usize) -> String {
    let inner =
        (0..20).fold("{\"type\": \"integer\"}".to_owned(), |inner, _| format!("{{\"{keyword}\": [{inner}, {{\"type\": \"string\"}}]}}"));
    format!("{{\"allOf\": [{}]}}", list(count / 40, |_| inner.clone()))
}

fn branches(count: usize) -> String {
    let branches = list(count, |at| format!("{{\"properties\": {{\"a{at}\": true}}}}"));
    format!("{{\"allOf\": [{branches}], \"unevaluatedProperties\": false}}")
}

fn chain(count: usize) -> String {
    let definitions = list(count, |at| format!("\"d{at}\": {{\"$ref\": \"#/$defs/d{}\"}}", at + 1));
    format!("{{\"$ref\": \"#/$defs/d0\", \"$defs\": {{{definitions}, \"d{count}\": true}}}}")
}

/// An object of names that all have the same hash.
fn colliding(count: usize) -> String {
    let names = names::colliding(count);
    format!("{{{}}}", list(count, |at| format!("\"{}\":0", names[at])))
}

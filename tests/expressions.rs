//! `docs/expressions.md` shows what expressions give: every row of its tables is evaluated, and every function has one.
//!
//! In a table whose last columns are `expression` and `value`, the value is JSON, or the code of what is wrong.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a page that cannot be read has failed")]

#[path = "support/temporary.rs"]
mod temporary;

use hoso::expr::Stopped;
use hoso::json::Document;
use hoso::report::Coded;
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("docs/expressions.md")).unwrap().replace("\r\n", "\n")
}

/// What stands in the first block of this kind.
fn block(page: &str, info: &str) -> String {
    let from = page.split(&format!("```{info}\n")).nth(1).unwrap_or_else(|| panic!("no ```{info}"));
    from.split("```").next().unwrap().to_owned()
}

struct Form {
    schema: Schema,
    data: Document,
}

impl Form {
    fn of(page: &str) -> Self {
        let list = |name: &str| fs::read_to_string(root().join("data").join(name)).unwrap();
        let lists = format!(r#"{{"provinces": {}, "holidays": {}}}"#, list("provinces.json"), list("holidays-vn.json"));
        let lists = Document::read(lists).unwrap();
        let options = Options { strict: true, keep_types: true, code_lists: Some(&lists), ..Options::default() };
        let schema = Schema::compile(block(page, "json schema.json"), &options).unwrap_or_else(|errors| panic!("{errors:#?}"));
        Self { schema, data: Document::read(block(page, "json form.json")).unwrap() }
    }

    fn value(&self, expression: &str) -> String {
        let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
        match self.schema.evaluate(expression, &self.data, now) {
            Ok(value) => value,
            Err(Stopped::Mistaken(errors)) => errors.first().unwrap().code().to_owned(),
            Err(Stopped::Failed(failure)) => failure.code().to_owned(),
        }
    }
}

/// The cells of a table's row; `\|` is a bar inside of one.
fn cells(line: &str) -> Vec<String> {
    let hidden = line.replace("\\|", "\u{1}");
    let cells = hidden.trim().trim_start_matches('|').split('|').map(|cell| cell.trim().replace('\u{1}', "|"));
    cells.collect()
}

/// What stands in backticks, and nothing else.
fn code(cell: &str) -> Option<&str> {
    cell.strip_prefix('`')?.strip_suffix('`').filter(|code| !code.contains('`'))
}

/// The expressions of a page, and the page with the values that they have now.
fn answered(page: &str) -> (Vec<String>, String) {
    let form = Form::of(page);
    let (mut expressions, mut out) = (Vec::new(), String::new());
    let mut shows_values = false;
    for line in page.lines() {
        let is_row = line.starts_with('|');
        shows_values = is_row && (shows_values || line.ends_with("| expression | value |"));
        let cells = cells(line);
        let expression = cells.iter().rev().nth(2).filter(|_| shows_values).and_then(|cell| code(cell));
        let Some(expression) = expression else {
            writeln!(out, "{line}").unwrap();
            continue;
        };
        let value = form.value(expression).replace('|', "\\|");
        // The row without its last cell.
        let kept = line.trim_end().trim_end_matches('|').trim_end();
        let kept = if cells.iter().rev().nth(1).is_some_and(String::is_empty) { kept } else { kept.rsplit_once(" | ").unwrap().0 };
        writeln!(out, "{} | `{value}` |", kept.trim_end().trim_end_matches('|').trim_end()).unwrap();
        expressions.push(expression.to_owned());
    }
    (expressions, out)
}

#[test]
fn every_example_has_the_value_that_the_page_says() {
    let written = page();
    let (expressions, page) = answered(&written);
    assert!(expressions.len() > 130, "only {} examples were found", expressions.len());
    if std::env::var_os("HOSO_BLESS").is_some_and(|value| value == "1") {
        fs::write(root().join("docs/expressions.md"), &page).unwrap();
        return;
    }
    for (number, (written, answered)) in written.lines().zip(page.lines()).enumerate() {
        assert_eq!(
            written,
            answered,
            "docs/expressions.md, line {}: run `HOSO_BLESS=1 cargo test --all-features --test expressions`",
            number + 1
        );
    }
    assert_eq!(written, page);
}

#[test]
fn every_function_has_an_example() {
    let (expressions, _) = answered(&page());
    let source = fs::read_to_string(root().join("src/expr/functions.rs")).unwrap();
    let table = source.split("fn row(").nth(1).unwrap();
    let names = table.split("row(\"").chain(table.split("[(\"").skip(1)).skip(1).filter_map(|rest| rest.split('"').next());
    let mut names: BTreeSet<&str> = names.collect();
    names.extend(["math.greatest", "math.least"]);
    assert!(names.len() > 100, "only {} functions were found", names.len());
    let macros = fs::read_to_string(root().join("src/expr/parse.rs")).unwrap();
    let folds = macros.split("const FOLDS").nth(1).unwrap().split("];").next().unwrap().to_owned();
    let folds: Vec<String> = folds.split("(\"").skip(1).map(|rest| format!(".{}", rest.split('"').next().unwrap())).collect();
    names.extend(folds.iter().map(String::as_str));
    names.extend(["has", ".map", ".optMap", ".optFlatMap", "cel.bind"]);
    let missing: Vec<_> = names.into_iter().filter(|name| !expressions.iter().any(|expression| calls(expression, name))).collect();
    assert!(missing.is_empty(), "no example in docs/expressions.md for {missing:?}");
}

/// Whether an expression uses a function or an operator.
fn calls(expression: &str, name: &str) -> bool {
    let sign = match name {
        "@in" => " in ",
        "_[_]" => "[",
        "_[?_]" => "[?",
        _ => name.trim_matches('_'),
    };
    if sign != name {
        return expression.contains(sign);
    }
    let call = format!("{name}(");
    let apart = |before: char| !(before.is_ascii_alphanumeric() || matches!(before, '.' | '_'));
    expression.match_indices(&call).any(|(at, _)| name.starts_with('.') || expression.get(..at).unwrap().chars().last().is_none_or(apart))
}

#[test]
fn the_command_answers_as_the_page_says() {
    let (page, dir) = (page(), temporary::folder("expressions"));
    for name in ["schema.json", "form.json"] {
        fs::write(dir.join(name), block(&page, &format!("json {name}"))).unwrap();
    }
    let asked = block(&page, "console");
    let mut answers = asked.split("$ hoso ").skip(1);
    let (first, second) = (answers.next().unwrap(), answers.next().unwrap());
    assert_eq!(answers.next(), None);
    assert_eq!(first, format!("eval \"1 + 2 * 3\"\n{}", run(&dir, &["eval", "1 + 2 * 3"])));
    let data = |name: &str, list: &str| format!("{name}={}", root().join("data").join(list).display());
    let (provinces, holidays) = (data("provinces", "provinces.json"), data("holidays", "holidays-vn.json"));
    let arguments =
        ["eval", "--strict", "--schema", "schema.json", "--codes", &provinces, "--codes", &holidays, "--vars", "form.json", "self.name"];
    assert_eq!(second.lines().last().unwrap(), run(&dir, &arguments).trim_end());
}

fn run(dir: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_hoso")).args(arguments).current_dir(dir).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

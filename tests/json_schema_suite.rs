//! The public JSON-Schema-Test-Suite for draft 2020-12: every required test of what is built, and the list of what is not.

#![allow(clippy::unwrap_used, reason = "a suite that cannot be read has failed")]

#[path = "support/judges.rs"]
mod judges;

use hoso::json::{Document, Value};
use hoso::report::{Coded, Language};
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use std::collections::BTreeSet;
use std::fs;

/// Groups that need a keyword or reference not built yet, a line each: `file.json: description`.
const NOT_YET: &str = include_str!("json_schema_suite.not-yet.txt");

#[test]
fn every_required_test_of_what_is_built_passes() {
    let folder = judges::suite_dir().join("tests/draft2020-12");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    let mut outcome = Outcome::default();
    for file in &files {
        let suite = Document::read(fs::read(file).unwrap()).unwrap();
        let name = file.file_name().unwrap().to_string_lossy();
        suite.root().items().for_each(|group| outcome.group(&name, group));
    }
    println!("JSON-Schema-Test-Suite, draft 2020-12: {} tests pass, {} groups not yet", outcome.passed, outcome.not_yet.len());
    assert!(outcome.wrong.is_empty(), "{} wrong:\n{}", outcome.wrong.len(), outcome.wrong.join("\n"));
    let listed: BTreeSet<String> = NOT_YET.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    let unlisted: Vec<_> = outcome.not_yet.difference(&listed).cloned().collect();
    let running: Vec<_> = listed.difference(&outcome.not_yet).cloned().collect();
    assert!(unlisted.is_empty(), "these do not compile and are not listed:\n{}", unlisted.join("\n"));
    assert!(running.is_empty(), "these compile now; take them off the list:\n{}", running.join("\n"));
    assert!(outcome.passed > 500, "only {} tests ran", outcome.passed);
}

#[derive(Default)]
struct Outcome {
    passed: usize,
    wrong: Vec<String>,
    not_yet: BTreeSet<String>,
}

impl Outcome {
    fn group(&mut self, file: &str, group: Value<'_>) {
        let description = group.member("description").and_then(Value::as_str).unwrap();
        let schema = text_of(group.member("schema").unwrap());
        match Schema::compile(schema, &Options::default()) {
            Ok(schema) => group.member("tests").unwrap().items().for_each(|test| self.test(file, description, &schema, test)),
            Err(errors) => {
                // What follows from an unsupported keyword (an `$id` not seen, say) is not a mistake of its own.
                let unsupported = errors.iter().any(|error| error.code().ends_with("-unsupported"));
                if unsupported {
                    self.not_yet.insert(format!("{file}: {description}"));
                } else {
                    self.wrong.push(format!("{file}: {description}: {errors:?}"));
                }
            }
        }
    }

    fn test(&mut self, file: &str, group: &str, schema: &Schema, test: Value<'_>) {
        let data = Document::read(text_of(test.member("data").unwrap())).unwrap();
        let expected = test.member("valid").and_then(Value::as_bool).unwrap();
        let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
        let decided = schema.is_valid(&data).unwrap();
        // The two passes must agree, and an invalid document must have something to say.
        let report = schema.validate(&data, now, Language::Vi).unwrap();
        if decided == expected && report.valid == expected && report.issues.is_empty() == expected {
            self.passed += 1;
        } else {
            let test = test.member("description").and_then(Value::as_str).unwrap();
            self.wrong.push(format!("{file}: {group}: {test}: decided {decided}, reported {report:?}"));
        }
    }
}

/// The JSON text of a value, numbers digit for digit.
fn text_of(value: Value<'_>) -> String {
    use hoso::json::Kind;
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    match value.kind() {
        Kind::Null => "null".to_owned(),
        Kind::False => "false".to_owned(),
        Kind::True => "true".to_owned(),
        Kind::Number => value.as_number().unwrap().text().to_owned(),
        Kind::String => quoted(value.as_str().unwrap()),
        Kind::Array => format!("[{}]", value.items().map(text_of).collect::<Vec<_>>().join(",")),
        Kind::Object => {
            format!(
                "{{{}}}",
                value.members().map(|(name, member)| format!("{}:{}", quoted(name), text_of(member))).collect::<Vec<_>>().join(",")
            )
        }
    }
}

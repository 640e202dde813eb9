//! The public JSON-Schema-Test-Suite for drafts 2020-12, 2019-09 and 7: every required and optional test but those listed, each with its reason.

#![allow(clippy::unwrap_used, reason = "a suite that cannot be read has failed")]

#[path = "support/judges.rs"]
mod judges;

use hoso::json::{Document, Value};
use hoso::report::Language;
use hoso::schema::{Draft, Options, Schema};
use hoso::text::Moment;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What does not pass, a line each: `draft/file.json: group` or `draft/file.json: group: test`. A line that begins with `#` is a reason.
const EXPECTED_FAILURES: &str = include_str!("json_schema_suite.expected-failures.txt");

const DRAFTS: [(&str, Draft); 3] = [("draft2020-12", Draft::Draft202012), ("draft2019-09", Draft::Draft201909), ("draft7", Draft::Draft7)];

#[test]
fn every_test_passes_but_those_that_are_listed() {
    let suite = judges::suite_dir();
    let remotes = remotes(&suite.join("remotes"));
    let mut outcome = Outcome::default();
    for (folder, dialect) in DRAFTS {
        let options = Options { dialect, refs: Some(&remotes), ..Options::default() };
        let tests = suite.join("tests").join(folder);
        for file in [files(&tests), files(&tests.join("optional")), files(&tests.join("optional/format"))].concat() {
            let name = file.strip_prefix(suite.join("tests")).unwrap().to_string_lossy().replace('\\', "/");
            let groups = Document::read(fs::read(&file).unwrap()).unwrap();
            groups.root().items().for_each(|group| outcome.group(&name, group, &options));
        }
    }
    let listed: BTreeSet<String> = EXPECTED_FAILURES.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    println!("JSON-Schema-Test-Suite, drafts 2020-12, 2019-09 and 7: {} tests pass, {} are listed", outcome.passed, listed.len());
    let failing: BTreeSet<_> = outcome.failed.iter().map(|(name, _)| name.clone()).collect();
    let unlisted: Vec<_> =
        outcome.failed.iter().filter(|(name, _)| !listed.contains(name)).map(|(name, why)| format!("{name}: {why}")).collect();
    let passing: Vec<_> = listed.difference(&failing).cloned().collect();
    assert!(unlisted.is_empty(), "{} fail and are not listed:\n{}", unlisted.len(), unlisted.join("\n"));
    assert!(passing.is_empty(), "these pass now; take them off the list:\n{}", passing.join("\n"));
    assert!(outcome.passed > 4_500, "only {} tests ran", outcome.passed);
}

/// The documents that the suite's schemas refer to.
fn remotes(folder: &Path) -> Document {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(at) = waiting.pop() {
        for path in fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                // What other drafts mean is not read.
                let other = ["draft-next", "draft3", "draft4", "draft6"].iter().any(|other| path.ends_with(other));
                waiting.extend((!other).then_some(path));
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            found.push(format!("\"http://localhost:1234/{name}\": {}", fs::read_to_string(&path).unwrap()));
        }
    }
    Document::read(format!("{{{}}}", found.join(","))).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[derive(Default)]
struct Outcome {
    passed: usize,
    failed: Vec<(String, String)>,
}

impl Outcome {
    fn group(&mut self, file: &str, group: Value<'_>, options: &Options<'_>) {
        let description = group.member("description").and_then(Value::as_str).unwrap();
        let name = format!("{file}: {description}");
        let options = Options { assert_formats: file.contains("/format/"), ..*options };
        match Schema::compile(text_of(group.member("schema").unwrap()), &options) {
            Ok(schema) => group.member("tests").unwrap().items().for_each(|test| self.test(&name, &schema, test)),
            Err(errors) => self.failed.push((name, format!("{errors:?}"))),
        }
    }

    fn test(&mut self, group: &str, schema: &Schema, test: Value<'_>) {
        let data = Document::read(text_of(test.member("data").unwrap())).unwrap();
        let expected = test.member("valid").and_then(Value::as_bool).unwrap();
        let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
        let decided = schema.is_valid(&data, hoso::text::Moment::EPOCH).unwrap();
        // The two passes must agree, and an invalid document must have something to say.
        let report = schema.validate(&data, now, Language::Vi).unwrap();
        if decided == expected && report.valid == expected && report.issues.is_empty() == expected {
            self.passed += 1;
        } else {
            let test = test.member("description").and_then(Value::as_str).unwrap();
            self.failed.push((format!("{group}: {test}"), format!("decided {decided}, reported {report:?}")));
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

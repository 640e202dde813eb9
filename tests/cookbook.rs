//! `docs/rule-schemas.md` and `docs/rules.md` show what hoso answers: every schema compiles, every value passes or fails with the sentences below it, and every command prints
//! what stands below it.
//!
//! A block's info string says what it is: `json schema` (compiled as a rule schema), `json refused` (one that does not compile), `json passes` and `json fails`
//! (values for the schema before; `json warns` is one that passes but should be looked at), `json codes NAME` (a code list, which is a file too),
//! `json NAME.json` (a file for the commands), `console`.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a page that cannot be read has failed")]

#[path = "support/temporary.rs"]
mod temporary;

use hoso::json::Document;
use hoso::report::{Coded, Language, sentence};
use hoso::schema::{Options, Schema, SchemaError};
use hoso::text::Moment;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn every_example_of_fields_answers_as_the_page_says() {
    holds("rule-schemas", 90);
}

#[test]
fn every_example_of_rules_answers_as_the_page_says() {
    holds("rules", 20);
}

/// Whether a page of at least so many blocks says what hoso answers now.
fn holds(name: &str, blocks: usize) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name).with_extension("md");
    let written = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    let page = answered(&written, name, blocks);
    if std::env::var_os("HOSO_BLESS").is_some_and(|value| value == "1") {
        fs::write(&file, &page).unwrap();
        return;
    }
    for (number, (written, answered)) in written.lines().zip(page.lines()).enumerate() {
        assert_eq!(written, answered, "docs/{name}.md, line {}: run `HOSO_BLESS=1 cargo test --test cookbook`", number + 1);
    }
    assert_eq!(written, page);
}

/// The page with the answers that hoso gives now.
fn answered(page: &str, name: &str, blocks: usize) -> String {
    let dir = temporary::folder(&format!("cookbook-{name}"));
    let mut runner = Runner { dir, lists: Vec::new(), code_lists: Document::read("{}").unwrap(), schema: None, ran: 0 };
    let mut out = String::with_capacity(page.len());
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut block = String::new();
        for line in lines.by_ref().take_while(|line| *line != "```") {
            writeln!(block, "{line}").unwrap();
        }
        if info == "console" {
            block = runner.console(&block);
        }
        writeln!(out, "{block}```").unwrap();
        let Some(answer) = runner.run(info, &block) else { continue };
        // An answer is the quotation behind the block.
        writeln!(out, "\n{answer}").unwrap();
        assert_eq!(lines.next(), Some(""), "an empty line stands behind a block");
        while lines.next_if(|line| line.starts_with('>')).is_some() {}
    }
    assert!(runner.ran >= blocks, "only {} blocks ran", runner.ran);
    out
}

struct Runner {
    dir: std::path::PathBuf,
    /// The members of `code_lists`, as written.
    lists: Vec<String>,
    code_lists: Document,
    schema: Option<Schema>,
    ran: usize,
}

impl Runner {
    /// Runs a block; the answer is what a quotation behind it must say, if one must stand there.
    fn run(&mut self, info: &str, block: &str) -> Option<String> {
        self.ran += 1;
        match info {
            "console" => None,
            "json schema" => {
                self.schema = Some(self.compile(block).unwrap_or_else(|errors| panic!("{}\n{block}", told(&errors))));
                None
            }
            "json refused" => Some(told(&self.compile(block).err().unwrap_or_else(|| panic!("compiles: {block}")))),
            "json passes" => {
                assert_eq!(self.report(block, true), "", "{block}");
                None
            }
            "json fails" => Some(self.report(block, false)),
            "json warns" => Some(self.report(block, true)).filter(|report| !report.is_empty()),
            _ if info.starts_with("json codes ") => {
                let name = info.trim_start_matches("json codes ");
                self.lists.push(format!("\"{name}\": {block}"));
                self.code_lists = Document::read(format!("{{{}}}", self.lists.join(","))).unwrap();
                fs::write(self.dir.join(name).with_extension("json"), block).unwrap();
                None
            }
            _ => {
                let name = info.strip_prefix("json ").filter(|name| name.ends_with(".json"));
                fs::write(self.dir.join(name.unwrap_or_else(|| panic!("no test runs ```{info}"))), block).unwrap();
                None
            }
        }
    }

    fn compile(&self, schema: &str) -> Result<Schema, Vec<SchemaError>> {
        Schema::compile(schema, &Options { strict: true, code_lists: Some(&self.code_lists), ..Options::default() })
    }

    fn report(&self, data: &str, valid: bool) -> String {
        let schema = self.schema.as_ref().unwrap();
        let (data, now) = (Document::read(data).unwrap(), Moment::parse("2026-11-24T09:00:00+07:00").unwrap());
        let [vi, en] = Language::ALL.map(|language| schema.validate(&data, now, language).unwrap());
        assert_eq!(vi.valid, valid, "{vi:?}");
        let each = vi.issues.iter().zip(&en.issues).map(|(vi, en)| quoted(&vi.message, &en.message, vi.path.as_str(), vi.code));
        each.collect::<Vec<_>>().join("\n>\n")
    }

    /// The commands of a block, each with what it prints.
    fn console(&self, block: &str) -> String {
        let mut out = String::new();
        for line in block.lines().filter(|line| line.starts_with("$ ")) {
            let arguments = line.strip_prefix("$ hoso ").unwrap_or_else(|| panic!("no test runs {line}"));
            let output = Command::new(env!("CARGO_BIN_EXE_hoso")).args(words(arguments)).current_dir(&self.dir).output().unwrap();
            let print = |bytes| String::from_utf8(bytes).unwrap();
            write!(out, "{line}\n{}{}", print(output.stdout), print(output.stderr)).unwrap();
        }
        out
    }
}

/// The words of a command; what stands in double quotes is one.
fn words(arguments: &str) -> Vec<&str> {
    let parts = arguments.split('"').enumerate();
    let words = parts.map(|(at, part)| if at % 2 == 0 { part.split_whitespace().collect() } else { vec![part] });
    words.collect::<Vec<Vec<&str>>>().concat()
}

fn told(errors: &[SchemaError]) -> String {
    let each = errors.iter().map(|error| {
        let [vi, en] = Language::ALL.map(|language| sentence(error, language));
        quoted(&vi, &en, "", error.code())
    });
    each.collect::<Vec<_>>().join("\n>\n")
}

/// A sentence in both languages, its place and its code, a line each. Those of a schema name their place themselves.
fn quoted(vi: &str, en: &str, path: &str, code: &str) -> String {
    let path = if path.is_empty() { String::new() } else { format!("`{path}` ") };
    format!("> {}\\\n> {}\\\n> {path}`{code}`", plain(vi), plain(en))
}

/// What Markdown would read as its own is escaped.
fn plain(sentence: &str) -> String {
    let mut out = String::with_capacity(sentence.len());
    for letter in sentence.chars() {
        if matches!(letter, '\\' | '*' | '_' | '`' | '<' | '[') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

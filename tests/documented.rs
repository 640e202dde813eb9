//! `docs/issues.md` says what the catalogue and the npm package say: every code with its sentence in both languages. `docs/formats.md` says
//! what the formats say.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a page that cannot be read or made has failed")]

use hoso::json::Document;
use hoso::report::catalogue::{AREAS, Area};
use hoso::report::{Fact, Issue, Language};
use hoso::schema::{Options, Schema, normalized};
use hoso::text::Moment;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// The title of the area that holds a code. Codes are never removed, so one of each area names it for good.
const TITLES: [(&str, &str); 17] = [
    ("cli.file-unreadable", "The command"),
    ("required.missing", "Filling in a form"),
    ("edit.gone", "Editing a form"),
    ("expression.ends-early", "Writing an expression"),
    ("json.empty", "Reading JSON"),
    ("request.gone", "Calling the library"),
    ("key.wrong-password", "Keys"),
    ("lint.bounds-crossed", "Looking a schema over"),
    ("certificate.expired", "Certificates and revocation lists"),
    ("schema.keyword-unknown", "Writing a rule schema"),
    ("signature.wrong", "Signatures"),
    ("cms.malformed", "Signed messages and timestamps"),
    ("asic.uncovered", "Containers of signed files"),
    ("zip.end", "Zip files"),
    ("seal.option", "Sealing a dossier"),
    ("gate.part-missing", "Receiving a dossier"),
    ("chain.fork", "Supplements over several packages"),
];

const ABOUT: &str = "\
# Codes and sentences

Every issue and every error has a stable code. Codes are public API: a code keeps its meaning, and none is removed.

* `code#variant` is another sentence of the same code. Programs see the code alone.
* `{label}` is the field's label inside a sentence, `{Label}` the label as written.
* Any other `{name}` is a fact. It stands under that name in `params`.
* `{name|bytes}` is a fact shown as a size, `{name|date}` one shown as a day: 24/11/2026.

This page is made from `src/report/catalogue/` and `pkg/src/sentences.json`. After a change there, run `HOSO_BLESS=1 cargo test --test documented`.
";

#[test]
fn issues_page_is_what_the_catalogue_gives() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/issues.md");
    let page = page();
    if std::env::var_os("HOSO_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&file, &page).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let mut lines = written.lines().zip(page.lines());
    let differs = lines.position(|(written, made)| written != made).unwrap_or_else(|| written.lines().count().min(page.lines().count()));
    assert!(
        written == page,
        "docs/issues.md is not what the catalogue gives, from line {} on. Run `HOSO_BLESS=1 cargo test --test documented`, which \
         writes it, and look at the difference",
        differs + 1
    );
}

fn page() -> String {
    let mut page = ABOUT.to_owned();
    for area in AREAS {
        write!(page, "\n## {}\n\n| code | Vietnamese | English |\n|---|---|---|\n", title(area)).unwrap();
        for entry in area.entries() {
            writeln!(page, "| `{}` | {} | {} |", entry.code, cell(entry.vi), cell(entry.en)).unwrap();
        }
    }
    page.push_str("\n## The npm package\n\n| code | Vietnamese | English |\n|---|---|---|\n");
    for (code, Sentence { vi, en }) in sentences_of_the_package() {
        writeln!(page, "| `{code}` | {} | {} |", cell(&vi), cell(&en)).unwrap();
    }
    page
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    vi: String,
    en: String,
}

fn sentences_of_the_package() -> BTreeMap<String, Sentence> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/src/sentences.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

#[test]
fn a_code_is_explained_once() {
    for (code, _) in sentences_of_the_package() {
        assert!(
            AREAS.iter().flat_map(|area| area.entries()).all(|entry| entry.code != code),
            "{code} stands in the catalogue and in pkg/src/sentences.json"
        );
    }
}

fn title(area: &Area) -> &'static str {
    let named = TITLES.iter().find(|(code, _)| area.entries().any(|entry| entry.code == *code));
    let first = area.entries().next().map_or("", |entry| entry.code);
    named.map(|(_, title)| *title).unwrap_or_else(|| panic!("give the area of `{first}` a title in tests/documented.rs"))
}

/// A sentence as a table's cell: what Markdown would read as its own is escaped.
fn cell(sentence: &str) -> String {
    let mut out = String::with_capacity(sentence.len());
    for letter in sentence.chars() {
        if matches!(letter, '\\' | '|' | '*' | '_' | '`' | '<' | '[') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[test]
fn nothing_in_a_sentence_ends_its_cell() {
    assert_eq!(cell("{most|bytes} after \\ <b> *x* [y] `z` a_b"), "{most\\|bytes} after \\\\ \\<b> \\*x\\* \\[y] \\`z\\` a\\_b");
}

const FORMATS: &str = include_str!("../docs/formats.md");

/// The rows of a table of `docs/formats.md` whose first cell is code, cell by cell.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let section = FORMATS.split(heading).nth(1).unwrap().split("\n#").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cells = |line: &str| line.split('|').skip(1).map(|cell| cell.strip_prefix(' ').unwrap_or(cell).to_owned()).collect();
    rows.map(cells).collect()
}

/// What stands in backticks in a cell.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// A text of the page, its `\u{302}` read.
fn unescaped(text: &str) -> String {
    let mut pieces = text.split("\\u{");
    let mut out = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once('}').unwrap();
        out.push(char::from_u32(u32::from_str_radix(number, 16).unwrap()).unwrap());
        out.push_str(rest);
    }
    out
}

fn issue(format: &str, text: &str) -> Option<Issue> {
    let options = Options { assert_formats: true, ..Options::default() };
    let schema = Schema::compile(format!(r#"{{"format": "{format}"}}"#), &options).unwrap();
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    let data = Document::read(serde_json::to_string(text).unwrap()).unwrap();
    schema.validate(&data, now, Language::Vi).unwrap().issues.pop()
}

#[test]
fn examples_of_formats_are_what_the_formats_say() {
    let examples = rows("### Examples");
    assert!(examples.len() > 80, "only {} examples were found", examples.len());
    for cells in examples {
        let (format, text, canonical) = (quoted(&cells[0])[0], unescaped(quoted(&cells[1])[0]), quoted(&cells[3]));
        let issue = issue(format, &text);
        let said = issue.as_ref().map_or(String::new(), |issue| format!("{} `{}`", issue.level.name(), issue.code));
        assert_eq!(said, cells[2].trim(), "{format} {text}");
        let offered = issue.as_ref().and_then(|issue| issue.params.find("normalized"));
        assert_eq!(offered, canonical.first().map(|text| Fact::from((*text).to_owned())).as_ref(), "{format} {text}");
        assert_eq!(normalized(format, &text).as_deref(), canonical.first().copied(), "{format} {text}");
    }
}

#[test]
fn every_vietnamese_format_is_listed_with_its_codes() {
    let formats = rows("## Vietnamese formats");
    let listed: BTreeSet<_> = formats.iter().map(|cells| quoted(&cells[0])[0].to_owned()).collect();
    let source = include_str!("../src/schema/formats/mod.rs");
    let known: BTreeSet<_> = source.split("name: \"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert_eq!(listed, known.into_iter().filter(|name| name.starts_with("vn-")).collect());
    let examples = rows("### Examples");
    for cells in formats {
        let format = quoted(&cells[0])[0];
        assert_eq!(issue(format, quoted(&cells[2])[0]), None, "{format}");
        for (level, cell) in [("error", &cells[3]), ("warning", &cells[4])] {
            let shown = examples.iter().filter(|example| quoted(&example[0])[0] == format && example[2].starts_with(level));
            let shown: BTreeSet<_> = shown.flat_map(|example| quoted(&example[2])).filter(|code| *code != "format.spelling").collect();
            let is_code = |code: &&str| code.contains('.') && *code != "format.spelling";
            assert_eq!(shown, quoted(cell).into_iter().filter(is_code).collect(), "{format}: every code has an example");
        }
    }
}

#[test]
fn every_format_of_json_schema_is_listed_with_what_passes_and_what_does_not() {
    let formats = rows("## Formats of JSON Schema");
    assert_eq!(formats.len(), 19);
    for cells in formats {
        let [format, passes, fails, code] = [0, 2, 3, 4].map(|at| quoted(&cells[at])[0]);
        assert_eq!(issue(format, passes), None, "{format}");
        assert_eq!(issue(format, fails).map(|issue| issue.code), Some(code), "{format}");
    }
}

#[test]
fn every_attack_names_tests_that_are_there() {
    let page = include_str!("../SECURITY.md").split("## Attacks").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows: Vec<_> = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| attack")).collect();
    assert!(rows.len() > 25, "{} attacks", rows.len());
    let mut sources = String::new();
    for folder in ["tests", "src"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut sources);
    }
    for row in rows {
        let tests = quoted(row.split('|').nth(2).unwrap());
        assert!(!tests.is_empty(), "{row}");
        for test in tests {
            assert!(
                sources.contains(&format!("#[test]\n    fn {test}()")) || sources.contains(&format!("#[test]\nfn {test}()")),
                "no test `{test}`"
            );
        }
    }
}

/// The text of every source below a folder.
fn collect(folder: &Path, sources: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            sources.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

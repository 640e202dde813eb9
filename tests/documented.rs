//! `docs/issues.md` says what the catalogue and the npm package say: every code with its sentence in both languages.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a page that cannot be read or made has failed")]

use hoso::report::catalogue::{AREAS, Area};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The title of the area that holds a code. Codes are never removed, so one of each area names it for good.
const TITLES: [(&str, &str); 9] = [
    ("cli.file-unreadable", "The command"),
    ("required.missing", "Filling in a form"),
    ("json.empty", "Reading JSON"),
    ("request.gone", "Calling the library"),
    ("key.wrong-password", "Keys"),
    ("certificate.expired", "Certificates and revocation lists"),
    ("schema.keyword-unknown", "Writing a rule schema"),
    ("signature.wrong", "Signatures"),
    ("gate.part-missing", "Sealing and receiving a dossier"),
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

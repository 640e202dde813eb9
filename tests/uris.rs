//! Addresses put together by chance: another library finds the same ones right.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a text that cannot be judged has failed")]

#[path = "support/judges.rs"]
mod judges;

use hoso::json::Document;
use hoso::schema::{Options, Schema};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

/// No IPv4 address in brackets has a leading zero, and no future address a capital `V`: the judge takes the one and refuses the other.
const PIECES: [&str; 44] = [
    "http",
    "urn",
    "a",
    "Z",
    "0",
    "9",
    "+",
    "-",
    ".",
    "~",
    "_",
    "!",
    "'",
    "(",
    "*",
    ",",
    ";",
    "=",
    "$",
    "&",
    ":",
    ":",
    "/",
    "/",
    "//",
    "?",
    "#",
    "[",
    "]",
    "@",
    "%41",
    "%c3%Aa",
    "%",
    "%4",
    "%zz",
    "[::1]",
    "[v1.a:b]",
    "[v.a]",
    "[1:2:3:4:5:6:7:8]",
    "[::ffff:192.0.2.1]",
    ":80",
    " ",
    "ê",
    "\\",
];

#[test]
fn addresses_made_by_chance_are_judged_as_the_library_does() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..7).prop_map(|pieces| pieces.concat());
    let starts = prop::sample::select(&["", "", "http:", "http://", "//", "a:", "/", "http://a@", "//[::1]"][..]);
    let texts = (starts, pieces).prop_map(|(start, rest)| format!("{start}{rest}"));
    let texts: Vec<String> = (0..60_000).map(|_| texts.new_tree(&mut runner).unwrap().current()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let kinds = judges::canonical_forms(judges::python("uris.py"), &texts);
    let [uri, reference] = ["uri", "uri-reference"].map(compiled);
    let (mut whole, mut relative) = (0, 0);
    for (text, kind) in texts.iter().zip(&kinds) {
        let is_whole = kind.as_deref() == Some("uri");
        assert_eq!((is_valid(&uri, text), is_valid(&reference, text)), (is_whole, kind.is_some()), "{text}");
        whole += usize::from(is_whole);
        relative += usize::from(kind.is_some() && !is_whole);
    }
    assert!(whole > 5_000 && relative > 5_000 && whole + relative < 40_000, "{whole} and {relative} of {}", texts.len());
}

/// What RFC 3986 allows, RFC 3987 does too; letters are allowed beside it.
#[test]
fn an_iri_without_other_letters_is_a_uri() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let texts = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..7).prop_map(|pieces| pieces.concat());
    let [uri, reference, iri, iri_reference] = ["uri", "uri-reference", "iri", "iri-reference"].map(compiled);
    for _ in 0..20_000 {
        let text = texts.new_tree(&mut runner).unwrap().current();
        let ascii = text.replace('ê', "e");
        assert_eq!(is_valid(&iri, &text), is_valid(&uri, &ascii) && text.split(':').next().unwrap().is_ascii(), "{text}");
        assert_eq!(is_valid(&iri_reference, &ascii), is_valid(&reference, &ascii), "{ascii}");
    }
}

fn compiled(format: &str) -> Schema {
    Schema::compile(format!("{{\"format\":\"{format}\"}}"), &Options { assert_formats: true, ..Options::default() }).unwrap()
}

fn is_valid(schema: &Schema, text: &str) -> bool {
    schema.is_valid(&Document::read(serde_json::to_string(text).unwrap()).unwrap(), hoso::text::Moment::EPOCH).unwrap()
}

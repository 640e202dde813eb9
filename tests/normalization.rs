//! Normalisation form C is what Unicode and another library say, and its table is what that library's tables give.

#![allow(clippy::unwrap_used, reason = "a table that cannot be read or made has failed")]

use hoso::text::{UNICODE_VERSION, is_nfc, nfc};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};

#[test]
fn the_table_is_what_the_library_gives() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/nfc.bin");
    let packed = packed();
    if std::env::var_os("HOSO_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&file, &packed).unwrap();
    }
    assert!(
        std::fs::read(&file).unwrap_or_default() == packed,
        "src/text/nfc.bin is not what the crate unicode-normalization gives. A later version of Unicode may normalise a text in \
         another way only if it holds letters that were not assigned before. Run `HOSO_BLESS=1 cargo test --test normalization`, \
         which writes it, and give `text::UNICODE_VERSION` the version of the crate's tables"
    );
    let (major, minor, patch) = unicode_normalization::UNICODE_VERSION;
    assert_eq!(UNICODE_VERSION, format!("{major}.{minor}.{patch}"));
}

#[test]
fn every_letter_normalises_as_the_library_says() {
    letters().for_each(|letter| agree(&letter.to_string()));
}

#[test]
fn every_letter_takes_marks_as_the_library_says() {
    // U+0301 and U+0323 stand above and below, U+0345 has the highest class, U+0338 the lowest of those that compose.
    for letter in letters() {
        ["\u{301}", "\u{323}", "\u{345}\u{338}"].iter().for_each(|marks| agree(&format!("{letter}{marks}")));
    }
    let marks = marks_of_each_class();
    assert!(marks.len() > 50, "{} classes", marks.len());
    for letter in special_letters() {
        marks.iter().flat_map(|mark| [format!("{letter}{mark}"), format!("a{mark}{letter}")]).for_each(|text| agree(&text));
    }
}

#[test]
fn every_pair_that_may_compose_does_as_the_library_says() {
    let special = special_letters();
    let seconds: BTreeSet<char> = letters().flat_map(|letter| decomposition(letter).into_iter().skip(1)).collect();
    assert!(seconds.len() > 90 && special.len() > 3000, "{} letters, {} that may follow", special.len(), seconds.len());
    for first in &special {
        seconds.iter().for_each(|second| agree(&format!("{first}{second}")));
    }
}

#[test]
fn every_syllable_of_hangul_composes_as_the_library_says() {
    // With the letters on either side of each range, which do not compose.
    for leading in '\u{10ff}'..='\u{1113}' {
        for vowel in '\u{1160}'..='\u{1176}' {
            ('\u{11a6}'..='\u{11c3}').for_each(|trailing| agree(&format!("{leading}{vowel}{trailing}")));
        }
    }
    for syllable in '\u{abff}'..='\u{d7a4}' {
        ["\u{11a7}", "\u{11a8}", "\u{11c2}", "\u{1161}", "\u{301}\u{11a8}"].iter().for_each(|next| agree(&format!("{syllable}{next}")));
    }
}

#[test]
fn a_megabyte_of_marks_takes_no_longer_than_its_length() {
    let classes: Vec<char> = marks_of_each_class().into_iter().rev().collect();
    let worst: String = classes.iter().cycle().take(1 << 19).collect();
    agree(&worst);
    agree(&format!("a{worst}b"));
    agree(&"\u{344}".repeat(1 << 19));
    agree(&"a\u{301}\u{301}".repeat(1 << 18));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120_000))]
    #[test]
    fn any_text_normalises_as_the_library_says(text in prop::collection::vec(any_letter(), 0..10)) {
        agree(&text.into_iter().collect::<String>());
    }
}

/// Unicode's own test. UAX #44 says what its columns are: the source, and its forms C, D, KC and KD.
#[test]
fn every_line_of_the_official_test_holds() {
    let file = official_test();
    let first = file.lines().next().unwrap();
    assert_eq!(first, format!("# NormalizationTest-{UNICODE_VERSION}.txt"));
    let (mut lines, mut listed, mut part) = (0, BTreeSet::new(), "");
    for line in file.lines().map(|line| line.split('#').next().unwrap().trim()).filter(|line| !line.is_empty()) {
        if line.starts_with('@') {
            part = line;
            continue;
        }
        let columns: Vec<String> = line.split_terminator(';').map(text).collect();
        let [source, c, d, kc, kd] = columns.as_slice() else { panic!("five columns: {line}") };
        for (form, of) in [(c, [source, c, d].as_slice()), (kc, &[kc, kd])] {
            of.iter().for_each(|text| assert_eq!(nfc(text), form.as_str(), "{line}"));
            of.iter().for_each(|text| assert_eq!(is_nfc(text), *text == form, "{line}"));
        }
        if part == "@Part1" {
            listed.extend(source.chars());
        }
        lines += 1;
    }
    assert!(lines > 20_000 && listed.len() > 17_000, "only {lines} lines, {} letters", listed.len());
    for letter in letters().filter(|letter| !listed.contains(letter)) {
        assert!(is_nfc(&letter.to_string()), "{letter:?} is not listed, so it stays as it is");
    }
}

#[track_caller]
fn agree(text: &str) {
    let theirs: String = text.nfc().collect();
    assert!(nfc(text) == theirs, "{} becomes {}, not {}", codes(text), codes(&nfc(text)), codes(&theirs));
    assert_eq!(is_nfc(text), text == theirs, "{}", codes(text));
}

fn codes(text: &str) -> String {
    text.chars().take(20).map(|letter| format!("U+{:04X} ", u32::from(letter))).collect()
}

fn letters() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

fn decomposition(letter: char) -> Vec<char> {
    let mut parts = Vec::new();
    decompose_canonical(letter, |part| parts.push(part));
    parts
}

/// The first mark of each class.
fn marks_of_each_class() -> Vec<char> {
    let marks = letters().filter(|letter| canonical_combining_class(*letter) != 0).map(|mark| (canonical_combining_class(mark), mark));
    // Of two marks the later one wins.
    marks.collect::<Vec<_>>().into_iter().rev().collect::<BTreeMap<_, _>>().into_values().collect()
}

/// Every letter with a decomposition or a class, and every part of one, but for the syllables of Hangul, which have their test.
fn special_letters() -> BTreeSet<char> {
    let special = letters().filter(|letter| decomposition(*letter) != [*letter] || canonical_combining_class(*letter) != 0);
    special.filter(|letter| !is_syllable(*letter)).flat_map(|letter| decomposition(letter).into_iter().chain([letter])).collect()
}

fn is_syllable(letter: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&letter)
}

/// Mostly letters that decompose, compose or change places.
fn any_letter() -> impl Strategy<Value = char> {
    let special: Vec<char> = special_letters().into_iter().collect();
    let latin = prop::sample::select("aăâeêioôơuưy AĐ\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31b}\u{323}".chars().collect::<Vec<_>>());
    let hangul = prop_oneof![prop::char::range('\u{1100}', '\u{11ff}'), prop::char::range('\u{ac00}', '\u{d7a3}')];
    prop_oneof![4 => latin, 4 => prop::sample::select(special), 1 => hangul, 1 => any::<char>()]
}

/// The text of code points in hexadecimal.
fn text(codes: &str) -> String {
    codes.split(' ').map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()).collect()
}

/// `NormalizationTest.txt`, from the archive of the crate that carries it.
fn official_test() -> String {
    // One platform is enough to find it; crates of the others need not be fetched.
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", "wasm32-unknown-unknown"];
    let answer = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(answer.status.success(), "cargo does not say where crates are: {}", String::from_utf8_lossy(&answer.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
    let field = |package: &serde_json::Value, name: &str| package.get(name).unwrap().as_str().unwrap().to_owned();
    let packages = answer.get("packages").unwrap().as_array().unwrap();
    let carrier = packages.iter().find(|package| field(package, "name") == "icu_normalizer").unwrap();
    let manifest = PathBuf::from(field(carrier, "manifest_path"));
    std::fs::read_to_string(manifest.with_file_name("tests").join("data/NormalizationTest.txt")).unwrap()
}

/// The table, as `src/text/nfc.rs` reads it.
fn packed() -> Vec<u8> {
    let mut columns = [const { Vec::new() }; 3];
    let (mut before, mut first_before) = (0, 0);
    let mut row = |kind: u64, letter: char, left: u64, right: u64| {
        let distance = i64::from(u32::from(letter)) - std::mem::replace(&mut before, i64::from(u32::from(letter)));
        let values = [unsigned(distance) * 3 + kind, left, right];
        columns.iter_mut().zip(values).for_each(|(column, value)| number(column, value));
    };
    for letter in letters().filter(|letter| canonical_combining_class(*letter) != 0) {
        row(0, letter, canonical_combining_class(letter).into(), 0);
    }
    for (letter, first, second) in steps() {
        let kind = if second.is_some_and(|second| compose(first, second) == Some(letter)) { 1 } else { 2 };
        let first = i64::from(u32::from(first));
        let left = unsigned(first - std::mem::replace(&mut first_before, first));
        row(kind, letter, left, second.map_or(0, |second| u64::from(second).checked_sub(0x2ff).unwrap()));
    }
    columns.concat()
}

/// Every letter but a syllable of Hangul that decomposes, with its parts: of a full decomposition, the last letter and one that
/// stands for those before it, preferably one with which it composes again.
fn steps() -> Vec<(char, char, Option<char>)> {
    let letters: Vec<char> = letters().filter(|letter| !is_syllable(*letter) && decomposition(*letter) != [*letter]).collect();
    let mut by_parts = BTreeMap::<Vec<char>, Vec<char>>::new();
    letters.iter().for_each(|letter| by_parts.entry(decomposition(*letter)).or_default().push(*letter));
    let step = |letter: &char| {
        let parts = decomposition(*letter);
        let (last, before) = parts.split_last().unwrap();
        if before.is_empty() {
            return (*letter, *last, None);
        }
        let firsts = if let [first] = before { std::slice::from_ref(first) } else { by_parts.get(before).unwrap().as_slice() };
        let composing = firsts.iter().find(|first| compose(**first, *last) == Some(*letter));
        (*letter, *composing.or(firsts.first()).unwrap(), Some(*last))
    };
    letters.iter().map(step).collect()
}

/// 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …
fn unsigned(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

/// Seven bits a byte, the highest first; all bytes but the last have the upper bit.
fn number(column: &mut Vec<u8>, value: u64) {
    let bytes = (0..).take_while(|at| *at == 0 || value >> (7 * at) != 0).collect::<Vec<u32>>();
    column.extend(bytes.into_iter().rev().map(|at| (value >> (7 * at) & 0x7f) as u8 | if at == 0 { 0 } else { 0x80 }));
}

//! What hoso knows of each code point in a host name is what RFC 5892 computes from Unicode, and the verdicts are those of another library.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a table that cannot be read or made has failed")]

#[path = "support/judges.rs"]
mod judges;

use hoso::json::Document;
use hoso::schema::{Options, Schema};
use hoso::text::{UNICODE_VERSION, is_nfc};
use icu_properties::props::{
    BidiClass, BinaryProperty, ChangesWhenNfkcCasefolded, DefaultIgnorableCodePoint, GeneralCategory, HangulSyllableType, JoinControl,
    JoiningType, NoncharacterCodePoint, WhiteSpace,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::path::Path;

#[test]
fn the_table_is_what_the_standard_computes() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema/formats/idna.bin");
    let packed = packed();
    if std::env::var_os("HOSO_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&file, &packed).unwrap();
    }
    assert!(
        std::fs::read(&file).unwrap_or_default() == packed,
        "src/schema/formats/idna.bin is not what RFC 5892 makes of the tables of the crate icu_properties. \
         Run `HOSO_BLESS=1 cargo test --test idna`, which writes it"
    );
}

#[test]
fn the_judge_knows_the_same_letters() {
    let answer = judges::python("hosts.py").arg("--unicode").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&answer.stdout).trim(), UNICODE_VERSION);
}

#[test]
fn every_letter_is_judged_as_the_library_does() {
    let letters = || ('\0'..=char::MAX).filter(|letter| !is_dot(*letter) && !letter.is_ascii_uppercase());
    // No label starts with a mark.
    let marks = letters().filter(|letter| is_mark(*letter)).map(|mark| format!("a{mark}"));
    let alone: Vec<String> = letters().map(String::from).chain(marks).collect();
    let accepted = agree(&alone);
    assert!(accepted.len() > 150_000, "only {} are accepted", accepted.len());
}

#[test]
fn every_letter_has_the_neighbours_that_the_library_gives_it() {
    // Of the large blocks, whose letters are all alike, some.
    let is_alike =
        |letter: char| matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{13000}'..='\u{18fff}' | '\u{20000}'..);
    let letters = ('\u{80}'..=char::MAX).filter(|letter| is_allowed(*letter) && (!is_alike(*letter) || u32::from(*letter) % 61 == 0));
    let texts: Vec<String> = letters
        .flat_map(|letter| {
            [
                // Direction: within letters of either, at the end, with numbers.
                format!("\u{5d0}{letter}\u{5d0}"),
                format!("\u{5d0}{letter}"),
                format!("\u{5d0}{letter}\u{661}1"),
                format!("{letter}1"),
                // What joins: before, behind and between.
                format!("{letter}\u{200c}\u{628}"),
                format!("\u{628}\u{200c}{letter}"),
                format!("\u{628}{letter}\u{200c}{letter}\u{628}"),
                // Viramas, scripts.
                format!("a{letter}\u{200d}"),
                format!("\u{3b1}\u{375}{letter}"),
                format!("{letter}\u{5f4}"),
                format!("\u{30fb}{letter}"),
            ]
        })
        .collect();
    let accepted = agree(&texts);
    assert!(texts.len() > 200_000 && accepted.len() > 25_000, "{} of {}", accepted.len(), texts.len());
}

#[test]
fn labels_made_by_chance_are_judged_as_the_library_does() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let labels = (0..60_000).map(|_| any_label().new_tree(&mut runner).unwrap().current());
    let names: Vec<String> = labels.filter(|label| !is_host_alone(label)).collect();
    let accepted = agree(&names);
    assert!(accepted.len() > 5_000 && accepted.len() < 55_000, "{} of {}", accepted.len(), names.len());
    // Punycode, right and with one character changed.
    let hosts = compiled("hostname");
    accepted.iter().for_each(|ascii| assert!(is_valid(&hosts, ascii), "{ascii}"));
    let changed: Vec<String> = accepted
        .iter()
        .filter(|ascii| ascii.starts_with("xn--"))
        .flat_map(|ascii| {
            let at = 4 + ascii.bytes().map(usize::from).sum::<usize>() % (ascii.len() - 4);
            let (before, behind) = (ascii.get(..at).unwrap(), ascii.get(at + 1..).unwrap());
            ["a", "k", "9", "-", ""].map(|other| format!("{before}{other}{behind}"))
        })
        .collect();
    let still = agree(&changed);
    assert!(changed.len() > 10_000 && still.len() > 100, "{} of {}", still.len(), changed.len());
}

/// Asserts that names are valid where the judge says so, and gives the ASCII forms of those.
fn agree(names: &[String]) -> Vec<String> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ascii = judges::canonical_forms(judges::python("hosts.py"), &names);
    let hosts = compiled("idn-hostname");
    let wrong: Vec<_> = names.iter().zip(&ascii).filter(|(name, ascii)| is_valid(&hosts, name) != ascii.is_some()).collect();
    assert!(wrong.is_empty(), "{} of {}, as {:?}", wrong.len(), names.len(), wrong.iter().take(20).collect::<Vec<_>>());
    ascii.into_iter().flatten().collect()
}

fn compiled(format: &str) -> Schema {
    Schema::compile(format!("{{\"format\":\"{format}\"}}"), &Options { assert_formats: true, ..Options::default() }).unwrap()
}

fn is_valid(schema: &Schema, text: &str) -> bool {
    schema.is_valid(&Document::read(serde_json::to_string(text).unwrap()).unwrap(), hoso::text::Moment::EPOCH).unwrap()
}

/// A label that RFC 1123 allows, and RFC 5890 2.3.1 holds back.
fn is_host_alone(label: &str) -> bool {
    label.is_ascii() && label.get(2..4) == Some("--") && !label.starts_with("xn")
}

const fn is_dot(letter: char) -> bool {
    matches!(letter, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}

/// Labels of letters for which there are rules, some as long as labels may be.
fn any_label() -> impl Strategy<Value = String> {
    let rules = "l\u{b7}\u{3b1}\u{375}\u{5d0}\u{5f3}\u{5f4}\u{30fb}\u{3042}\u{4e08}\u{661}\u{6f1}\u{200c}\u{200d}\u{94d}\u{915}\u{628}\u{627}\u{64b}\u{a872}\u{d7b}";
    let latin = "a0-bêđ\u{301}ßσς";
    let of = |letters: &str, most: usize| prop::collection::vec(prop::sample::select(letters.chars().collect::<Vec<_>>()), 1..most);
    let any = prop::collection::vec(
        any::<char>().prop_filter("no dot or capital", |letter| !is_dot(*letter) && !letter.is_ascii_uppercase()),
        1..4,
    );
    let joined = |letters: Vec<char>| letters.into_iter().collect::<String>();
    prop_oneof![
        6 => of(rules, 6).prop_map(joined),
        2 => of(&format!("{rules}{latin}"), 8).prop_map(joined),
        2 => of(latin, 8).prop_map(joined),
        1 => of("abcêđ1", 80).prop_map(joined),
        1 => of("한글가각", 70).prop_map(joined),
        1 => of("\u{10fffd}\u{1f600}\u{2fa1d}a\u{20000}", 5).prop_map(joined),
        1 => any.prop_map(joined),
        1 => of("abk9-", 12).prop_map(move |letters| format!("xn--{}", joined(letters))),
    ]
}

/// The table, as `src/schema/formats/idna.rs` reads it.
fn packed() -> Vec<u8> {
    let mut ranges: Vec<(u64, u8)> = Vec::new();
    for letter in '\0'..=char::MAX {
        // A letter that is not in form C makes every label wrong; as what its neighbour is, it costs no range.
        let class = if is_nfc(&letter.to_string()) { class(letter) } else { ranges.last().map_or(0, |(_, class)| *class) };
        // Surrogates are no letters; the range before them takes them in.
        let count = if letter == '\u{e000}' { 0x801 } else { 1 };
        match ranges.last_mut() {
            Some((before, last)) if *last == class => *before += count,
            _ => ranges.push((count, class)),
        }
    }
    let mut columns: Vec<u8> = ranges.iter().map(|(_, class)| *class).collect();
    ranges.iter().for_each(|(count, _)| number(&mut columns, *count));
    columns
}

/// Seven bits a byte, the highest first; all bytes but the last have the upper bit.
fn number(column: &mut Vec<u8>, value: u64) {
    let bytes = (0..).take_while(|at| *at == 0 || value >> (7 * at) != 0).collect::<Vec<u32>>();
    column.extend(bytes.into_iter().rev().map(|at| (value >> (7 * at) & 0x7f) as u8 | if at == 0 { 0 } else { 0x80 }));
}

/// The class of a code point, its bits as `src/schema/formats/idna.rs` names them.
fn class(letter: char) -> u8 {
    if !is_allowed(letter) {
        return 0;
    }
    let bidi = match CodePointMapData::<BidiClass>::new().get(letter) {
        BidiClass::LeftToRight => 1,
        BidiClass::RightToLeft | BidiClass::ArabicLetter => 2,
        BidiClass::ArabicNumber => 3,
        BidiClass::EuropeanNumber => 4,
        BidiClass::NonspacingMark => 5,
        BidiClass::EuropeanSeparator
        | BidiClass::CommonSeparator
        | BidiClass::EuropeanTerminator
        | BidiClass::OtherNeutral
        | BidiClass::BoundaryNeutral => 6,
        other => panic!("{letter:?} has the class {other:?}, which no label holds"),
    };
    let joining = match CodePointMapData::<JoiningType>::new().get(letter) {
        JoiningType::Transparent => 16,
        JoiningType::LeftJoining => 32,
        JoiningType::RightJoining => 64,
        JoiningType::DualJoining => 96,
        _ => 0,
    };
    bidi | joining | if is_mark(letter) { 8 } else { 0 }
}

fn is_mark(letter: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    matches!(category(letter), NonspacingMark | SpacingMark | EnclosingMark)
}

fn category(letter: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(letter)
}

fn has<P: BinaryProperty>(letter: char) -> bool {
    CodePointSetData::new::<P>().contains(letter)
}

/// RFC 5892 3: PVALID, CONTEXTJ or CONTEXTO. The order of the rules is the RFC's.
fn is_allowed(letter: char) -> bool {
    use GeneralCategory::{
        DecimalNumber, LowercaseLetter, ModifierLetter, NonspacingMark, OtherLetter, SpacingMark, Unassigned, UppercaseLetter,
    };
    if let Some(allowed) = exception(letter) {
        return allowed;
    }
    // 2.10: a noncharacter is DISALLOWED, which is the same to a label.
    if category(letter) == Unassigned || has::<NoncharacterCodePoint>(letter) {
        return false;
    }
    // 2.9 LDH, 2.8 JoinControl.
    if matches!(letter, '-' | '0'..='9' | 'a'..='z') || has::<JoinControl>(letter) {
        return true;
    }
    // 2.2 Unstable: NFKC_Casefold differs from NFKC(casefold(NFKC(…))) for what 2.3 disallows, too.
    if has::<ChangesWhenNfkcCasefolded>(letter) || has::<DefaultIgnorableCodePoint>(letter) || has::<WhiteSpace>(letter) {
        return false;
    }
    // 2.4 IgnorableBlocks.
    if matches!(letter, '\u{20d0}'..='\u{20ff}' | '\u{1d100}'..='\u{1d24f}') {
        return false;
    }
    // 2.9 OldHangulJamo.
    use HangulSyllableType as Hangul;
    let syllable = CodePointMapData::<Hangul>::new().get(letter);
    if matches!(syllable, Hangul::LeadingJamo | Hangul::VowelJamo | Hangul::TrailingJamo) {
        return false;
    }
    // 2.1 LetterDigits.
    matches!(
        category(letter),
        LowercaseLetter | UppercaseLetter | OtherLetter | DecimalNumber | ModifierLetter | NonspacingMark | SpacingMark
    )
}

/// 2.6, Exceptions: those that are PVALID or CONTEXTO, and those that are DISALLOWED.
const fn exception(letter: char) -> Option<bool> {
    match letter {
        '\u{df}' | '\u{3c2}' | '\u{6fd}' | '\u{6fe}' | '\u{f0b}' | '\u{3007}' => Some(true),
        '\u{b7}' | '\u{375}' | '\u{5f3}' | '\u{5f4}' | '\u{30fb}' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Some(true),
        '\u{640}' | '\u{7fa}' | '\u{302e}' | '\u{302f}' | '\u{3031}'..='\u{3035}' | '\u{303b}' => Some(false),
        _ => None,
    }
}

//! The grammar of RFC 8259: the JSONTestSuite, every text of it, and what can be listed whole: bytes, escapes, code points.
//!
//! Where the RFC leaves a choice, hoso takes the strict one of RFC 7493 (I-JSON): what is signed must read alike everywhere.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a suite that cannot be read has failed")]

#[path = "support/colliding.rs"]
mod colliding;
#[path = "support/judges.rs"]
mod judges;
#[path = "support/same_json.rs"]
mod same_json;

use colliding::colliding;
use hoso::json::{Document, ReadProblem, Value};
use hoso::limits;
use same_json::same;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Texts that must be refused: file, problem, line and column.
const REFUSED: &str = include_str!("json_grammar.refused.txt");

/// Texts that a reader may read or refuse, and two that it must read: what hoso does, and why.
const CHOSEN: &str = include_str!("json_grammar.chosen.txt");

fn suite(prefix: &str) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(judges::json_suite_dir()).unwrap().map(|entry| entry.unwrap());
    let named = files.map(|file| (file.file_name().into_string().unwrap(), file.path())).filter(|(name, _)| name.starts_with(prefix));
    named.map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

fn problem(text: impl Into<Vec<u8>>) -> Option<ReadProblem> {
    Document::read(text).err().map(|error| error.problem)
}

/// Files and decisions: `read`, or the code of the problem without its area.
fn chosen() -> BTreeMap<&'static str, &'static str> {
    CHOSEN.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect()
}

fn decided(text: Vec<u8>) -> &'static str {
    problem(text).map_or("read", |problem| problem.code().trim_start_matches("json."))
}

/// The string that a text is.
fn string(text: &str) -> Result<String, ReadProblem> {
    let document = Document::read(text).map_err(|error| error.problem)?;
    Ok(document.root().as_str().unwrap().to_owned())
}

#[test]
fn what_must_be_read_is_read_as_serde_json_reads_it() {
    let texts = suite("y_");
    assert_eq!(texts.len(), 95);
    for (name, text) in texts {
        if let Some(decision) = chosen().get(name.as_str()) {
            assert_eq!(decided(text), *decision, "{name}");
            continue;
        }
        let theirs: serde_json::Value = serde_json::from_slice(&text).unwrap();
        match Document::read(text) {
            Ok(document) => assert!(same(document.root(), &theirs), "{name} reads otherwise: {theirs}"),
            Err(error) => panic!("{name}: {error}"),
        }
    }
}

#[test]
fn what_must_be_refused_is_refused_with_its_reason_and_place() {
    let texts = suite("n_");
    assert_eq!(texts.len(), 188);
    let found = texts.into_iter().map(|(name, text)| match Document::read(text) {
        Ok(_) => format!("{name} is read"),
        Err(error) => {
            let code = error.problem.code().trim_start_matches("json.");
            format!("{name} {code} {}:{}", error.position.line, error.position.column)
        }
    });
    let expected: BTreeSet<_> = REFUSED.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    let found: BTreeSet<_> = found.collect();
    let differing: Vec<_> = found.symmetric_difference(&expected).collect();
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn what_may_be_read_or_refused_is_decided() {
    let mut texts = suite("i_");
    assert_eq!(texts.len(), 35);
    for (name, decision) in chosen().into_iter().filter(|(name, _)| name.starts_with("i_")) {
        let text = texts.remove(name).unwrap_or_else(|| panic!("{name} is not in the suite"));
        assert_eq!(decided(text), decision, "{name}");
    }
    assert!(texts.is_empty(), "not decided: {:?}", texts.keys());
}

/// Each text of the suite with a byte less or a byte more is judged as serde_json judges it, but for the strictness of I-JSON.
#[test]
fn texts_one_byte_away_are_judged_as_serde_json_judges_them() {
    let more = b" \n\x00\x0c,:[]{}\"\\/u0179.eE+-tn\x7f\xc3\xff";
    let (mut read, mut refused) = (0, 0);
    for text in suite("").into_values().filter(|text| text.len() < 60) {
        let shorter = (0..text.len()).map(|at| [&text[..at], &text[at + 1..]].concat());
        let longer = (0..=text.len()).flat_map(|at| more.iter().map(move |byte| (at, *byte)));
        for near in shorter.chain(longer.map(|(at, byte)| [&text[..at], &[byte], &text[at..]].concat())) {
            let theirs = serde_json::from_slice::<serde_json::Value>(&near);
            let shown = String::from_utf8_lossy(&near).into_owned();
            match (Document::read(near), theirs) {
                (Ok(_), Ok(_)) => read += 1,
                (Err(_), Err(_)) => refused += 1,
                (Ok(_), Err(error)) => assert!(error.to_string().starts_with("number out of range"), "{shown} is read; {error}"),
                (Err(error), Ok(_)) => assert_eq!(error.problem, ReadProblem::DuplicateName, "{shown}"),
            }
        }
    }
    assert!(read > 5_000 && refused > 50_000, "{read} read, {refused} refused");
}

#[test]
fn a_text_cut_short_is_refused() {
    let whole = suite("y_").into_values().filter(|text| matches!(text[0], b'[' | b'{' | b'"') && problem(text.clone()).is_none());
    let mut cuts = 0;
    for text in whole {
        let inside = text.trim_ascii_end().len();
        for at in 0..inside {
            assert!(problem(&text[..at]).is_some(), "{}", String::from_utf8_lossy(&text[..at]));
            cuts += 1;
        }
    }
    assert!(cuts > 1_000, "{cuts}");
}

#[test]
fn of_all_single_bytes_only_digits_are_a_text() {
    for byte in 0..=u8::MAX {
        assert_eq!(problem([byte]).is_none(), byte.is_ascii_digit(), "{byte:#x}");
    }
}

#[test]
fn of_all_bytes_four_are_white_space() {
    for byte in 0..=u8::MAX {
        let read = [vec![byte, b'1'], vec![b'[', byte, b']'], [&br#"{""#[..], b"\"", &[byte], b":[]}"].concat(), vec![b'"', b'"', byte]];
        let wanted = matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        for (at, text) in read.into_iter().enumerate() {
            // A sign or digit before `1`, and a digit between brackets, is part of a number.
            let number = at == 0 && matches!(byte, b'-' | b'1'..=b'9') || at == 1 && byte.is_ascii_digit();
            assert_eq!(problem(text).is_none(), wanted || number, "{byte:#x} at place {at}");
        }
    }
}

#[test]
fn of_all_bytes_eight_may_follow_a_backslash() {
    let meant = |byte| match byte {
        b'"' | b'\\' | b'/' => Some(char::from(byte)),
        b'b' => Some('\u{8}'),
        b'f' => Some('\u{c}'),
        b'n' => Some('\n'),
        b'r' => Some('\r'),
        b't' => Some('\t'),
        _ => None,
    };
    for byte in 0..0x80 {
        let text = format!("\"\\{}\"", char::from(byte));
        assert_eq!(string(&text), meant(byte).map(String::from).ok_or(ReadProblem::Escape), "{byte:#x}");
    }
    for byte in 0x80..=u8::MAX {
        assert_eq!(problem([b'"', b'\\', byte, b'"']), Some(ReadProblem::NotUtf8), "{byte:#x}");
    }
}

#[test]
fn every_code_point_stands_for_itself_but_controls() {
    for code in 0..0x20_u8 {
        assert_eq!(string(&format!("\"a{}b\"", char::from(code))), Err(ReadProblem::ControlCharacter), "{code:#x}");
    }
    let rest: Vec<char> = ('\u{20}'..=char::MAX).filter(|letter| !matches!(letter, '"' | '\\')).collect();
    for letters in rest.chunks(4_096) {
        let text: String = letters.iter().collect();
        assert_eq!(string(&format!("\"{text}\"")), Ok(text), "from {:?}", letters[0]);
    }
}

#[test]
fn every_escaped_unit_is_its_character_or_half_a_pair() {
    for unit in 0..=u16::MAX {
        let meant = char::from_u32(unit.into()).map(String::from).ok_or(ReadProblem::LoneSurrogate);
        assert_eq!(string(&format!("\"\\u{unit:04x}\"")), meant);
        assert_eq!(string(&format!("\"\\u{unit:04X}\"")), meant);
    }
}

#[test]
fn every_pair_of_surrogates_is_one_character() {
    for high in 0xD800..=0xDBFF_u16 {
        for low in [0xDC00, 0xDC01, 0xDE00, 0xDFFF_u16] {
            let meant = String::from_utf16(&[high, low]).unwrap();
            assert_eq!(string(&format!("\"\\u{high:04x}\\u{low:04X}\"")), Ok(meant));
        }
        for second in ["\\ud7ff", "\\ud800", "\\ue000", "\\u0041", "\\n", "a", "\u{10000}", "xudc00", "/udc00", ""] {
            assert_eq!(string(&format!("\"\\u{high:04x}{second}\"")), Err(ReadProblem::LoneSurrogate), "{high:x} {second}");
        }
    }
}

/// The Unicode Standard, table 3-7: what no well-formed UTF-8 holds.
#[test]
fn ill_formed_utf_8_is_refused_wherever_it_stands() {
    let mut ill: Vec<Vec<u8>> = (0x80..=0xC1).chain(0xF5..=0xFF).map(|lead| vec![lead, 0x80, 0x80, 0x80]).collect();
    ill.extend((0x80..=0x9F).map(|second| vec![0xE0, second, 0x80]));
    ill.extend((0xA0..=0xBF).map(|second| vec![0xED, second, 0x80]));
    ill.extend((0x80..=0x8F).map(|second| vec![0xF0, second, 0x80, 0x80]));
    ill.extend((0x90..=0xBF).map(|second| vec![0xF4, second, 0x80, 0x80]));
    ill.extend(["ê", "ế", "😀"].iter().flat_map(|letter| (1..letter.len()).map(|length| letter.as_bytes()[..length].to_vec())));
    ill.extend([vec![0xC3, b'"'], vec![0xE1, 0xBA, b'a'], vec![0xF0, 0x9F, 0x98, b'\\']]);
    for bytes in &ill {
        for (before, after) in [("\"", "\""), ("{\"", "\":1}"), ("[", "]"), ("", ""), ("1", ""), ("[1] ", "")] {
            let text = [before.as_bytes(), bytes, after.as_bytes()].concat();
            assert_eq!(problem(text), Some(ReadProblem::NotUtf8), "{bytes:x?} in {before}…{after}");
        }
    }
}

#[test]
fn numbers_are_made_of_sign_whole_fraction_and_exponent() {
    let signs = ["", "-"];
    let wholes = ["0", "7", "10", "123456789012345678901234567890"];
    let fractions = ["", ".0", ".5", ".000", ".0000000000000000000000000001"];
    let exponents = ["", "e0", "E1", "e+07", "E-400", "e00999999999999999999999"];
    let mut read = 0;
    each(&[&signs, &wholes, &fractions, &exponents], |text| {
        let document = Document::read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(document.root().as_number().map(|number| number.text()), Some(text));
        read += 1;
    });
    let (no_signs, no_wholes) =
        (["+", "--", "- ", "−", "+-"], ["00", "01", "-", "0x1", "1_0", "1'0", "١", "１", "1 0", "Infinity", "NaN", "½", "f"]);
    let (no_fractions, no_exponents) = (
        [".", "..5", ".5.", ".-5", ". 5", ".e", ".x", "._5"],
        ["e", "E", "e+", "e-", "e.5", "e1.5", "ee1", "e1e1", "e +1", "e+-1", "f1", "^2", "e1_0"],
    );
    let mut refused = 0;
    for pieces in [
        [&no_signs[..], &wholes, &fractions, &exponents],
        [&signs, &no_wholes, &fractions, &exponents],
        [&signs, &wholes, &no_fractions, &exponents],
        [&signs, &wholes, &fractions, &no_exponents],
    ] {
        each(&pieces, |text| {
            assert!(problem(text).is_some(), "{text}");
            assert!(problem(format!("[{text}]")).is_some_and(|problem| problem != ReadProblem::EndsEarly), "[{text}]");
            refused += 1;
        });
    }
    assert_eq!((read, refused), (240, 600 + 780 + 384 + 520));
}

#[test]
fn limits_hold_to_the_last_one() {
    let nested = |open: &str, close: &str, depth| format!("{}0{}", open.repeat(depth), close.repeat(depth));
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), (" [\n", "\t]")] {
        assert_eq!(problem(nested(open, close, limits::JSON_DEPTH)), None);
        assert_eq!(problem(nested(open, close, limits::JSON_DEPTH + 1)), Some(ReadProblem::TooDeep));
    }
    assert_eq!(problem("1".repeat(limits::NUMBER_DIGITS)), None);
    assert_eq!(problem("1".repeat(limits::NUMBER_DIGITS + 1)), Some(ReadProblem::NumberTooLong));
    let filled = |bytes| format!("\"{}\"", "a".repeat(bytes - 2));
    assert_eq!(problem(filled(limits::JSON_BYTES)), None);
    assert_eq!(problem(filled(limits::JSON_BYTES + 1)), Some(ReadProblem::TooLarge));
}

/// A name is the same name however it is written, and however many stand between.
#[test]
fn a_name_twice_in_one_object_is_refused() {
    for (names, twice) in [
        (&[r#""a""#, r#""\u0061""#][..], true),
        (&[r#""""#, r#""""#], true),
        (&[r#""😀""#, r#""\ud83d\ude00""#], true),
        (&[r#""\n""#, r#""\u000a""#], true),
        (&[r#""a""#, r#""b""#, r#""c""#, r#""b""#], true),
        (&[r#""a""#, r#""A""#], false),
        // ê composed and decomposed: other code points, so another name.
        (&[r#""\u00ea""#, r#""e\u0302""#], false),
        (&[r#""a""#, r#""a\u0000""#, r#""a ""#, r#""""#], false),
    ] {
        for filler in [0, 3, 100] {
            let others = (0..filler).map(|at| format!("\"other {at}\""));
            let members: Vec<_> = names.iter().map(|name| (*name).to_owned()).chain(others).map(|name| format!("{name}:0")).collect();
            let text = format!("{{{}}}", members.join(","));
            for text in [text.clone(), format!("[{text}]"), format!("{{\"in\":{text}}}")] {
                assert_eq!(problem(text.as_str()), twice.then_some(ReadProblem::DuplicateName), "{text}");
            }
        }
    }
    assert_eq!(problem(r#"{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}"#), None);
}

#[test]
fn names_of_equal_hash_are_told_apart() {
    let names = colliding(200);
    for count in [2, 60, 200] {
        let members: Vec<_> = names.iter().take(count).enumerate().map(|(at, name)| format!("\"{name}\":{at}")).collect();
        let all = members.join(",");
        let document = Document::read(format!("{{{all}}}")).unwrap();
        for (at, name) in names.iter().enumerate() {
            let found = document.root().member(name).and_then(Value::as_number).and_then(|number| number.to_i64());
            assert_eq!(found, (at < count).then_some(at as i64), "{name}");
        }
        for again in [0, count - 1] {
            assert_eq!(problem(format!("{{{all},{}}}", members[again])), Some(ReadProblem::DuplicateName));
        }
    }
}

/// Every way to put one of each set after the other.
fn each(sets: &[&[&str]], mut visit: impl FnMut(&str)) {
    let all = sets.iter().fold(vec![String::new()], |texts, set| {
        texts.iter().flat_map(|text| set.iter().map(move |piece| format!("{text}{piece}"))).collect()
    });
    all.iter().for_each(|text| visit(text));
}

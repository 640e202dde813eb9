//! RFC 8785 beside two implementations by others: what hoso writes, they write, byte for byte; what it refuses, they change.
//!
//! hoso differs on purpose in one thing: a number whose decimal value a double would change is refused, not rounded.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test stops where something is odd"
)]

#[path = "support/json_maker.rs"]
mod json_maker;
#[path = "support/judges.rs"]
mod judges;

use hoso::json::{Document, Kind, Value, canonical};
use json_maker::{Maker, Numbers};

/// RFC 8785, appendix B: the bits of a double, and its text.
const APPENDIX_B: &[(u64, &str)] = &[
    (0x0000_0000_0000_0000, "0"),
    (0x8000_0000_0000_0000, "0"),
    (0x0000_0000_0000_0001, "5e-324"),
    (0x8000_0000_0000_0001, "-5e-324"),
    (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
    (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
    (0x4340_0000_0000_0000, "9007199254740992"),
    (0xc340_0000_0000_0000, "-9007199254740992"),
    (0x4430_0000_0000_0000, "295147905179352830000"),
    (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
    (0x44b5_2d02_c7e1_4af6, "1e+23"),
    (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
    (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
    (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
    (0x444b_1ae4_d6e2_ef50, "1e+21"),
    (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
    (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
    (0x41b3_de43_5555_5553, "333333333.3333332"),
    (0x41b3_de43_5555_5554, "333333333.33333325"),
    (0x41b3_de43_5555_5555, "333333333.3333333"),
    (0x41b3_de43_5555_5556, "333333333.3333334"),
    (0x41b3_de43_5555_5557, "333333333.33333343"),
    (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
    (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
];

/// RFC 8785 3.2.2, 3.2.3 and 3.2.4.
const SAMPLE: &str = r#"{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}"#;
const SAMPLE_BYTES: &str = "7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a \
    5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37 5d 2c \
    22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d";
const SORTING: &str = r#"{
  "\u20ac": "Euro Sign",
  "\r": "Carriage Return",
  "\ufb33": "Hebrew Letter Dalet With Dagesh",
  "1": "One",
  "\ud83d\ude00": "Emoji: Grinning Face",
  "\u0080": "Control",
  "\u00f6": "Latin Small Letter O With Diaeresis"
}"#;
const SORTED: &[&str] = &[
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
];

/// The canonical form; where it is refused, the text of the number for which it is.
fn form(text: &str) -> Result<String, String> {
    let document = Document::read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    canonical(document.root()).map_err(|error| {
        let number = error.path.find(document.root()).and_then(Value::as_number);
        number.unwrap_or_else(|| panic!("{error}, and no number is there: {text}")).text().to_owned()
    })
}

/// What both others make of each text. They must agree.
fn others(texts: &[String]) -> Vec<Option<String>> {
    let texts: Vec<_> = texts.iter().map(String::as_str).collect();
    let node = judges::canonical_forms(judges::node("jcs-node.mjs"), &texts);
    let python = judges::canonical_forms(judges::python("jcs.py"), &texts);
    for ((node, python), text) in node.iter().zip(python).zip(texts) {
        assert_eq!(*node, python, "the others disagree on {text}");
    }
    node
}

#[test]
fn the_samples_of_the_rfc_are_reproduced_by_all() {
    let bytes: Vec<u8> = SAMPLE_BYTES.split(' ').map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
    let expected = String::from_utf8(bytes).unwrap();
    let exact = SAMPLE.replace("333333333.33333329", "333333333.3333333");
    assert_eq!(form(SAMPLE), Err("333333333.33333329".to_owned()));
    assert_eq!(form(&exact).as_ref(), Ok(&expected));
    let sorted = form(SORTING).unwrap();
    let values: Vec<_> = sorted.split('"').skip(3).step_by(4).collect();
    assert_eq!(values, SORTED);
    let given = others(&[SAMPLE.to_owned(), exact, SORTING.to_owned()]);
    assert_eq!(given, [Some(expected.clone()), Some(expected), Some(sorted)]);
}

#[test]
fn appendix_b_is_reproduced_by_all() {
    let (mut maker, mut texts) = (Maker::new(0xb, Numbers::Exact), Vec::new());
    for (bits, expected) in APPENDIX_B {
        assert_eq!(expected.parse::<f64>().unwrap(), f64::from_bits(*bits), "{bits:x} is not {expected}");
        assert_eq!(form(&serde_json::to_string(&f64::from_bits(*bits)).unwrap()).as_deref(), Ok(*expected), "{bits:x}");
        let document = Document::read(*expected).unwrap();
        for text in std::iter::once((*expected).to_owned()).chain((0..20).map(|_| maker.respelled(document.root()))) {
            assert_eq!(form(&text).as_deref(), Ok(*expected), "{text}");
            texts.push((text, *expected));
        }
    }
    let given = others(&texts.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>());
    for ((text, expected), given) in texts.iter().zip(given) {
        assert_eq!(given.as_deref(), Some(*expected), "{text}");
    }
    // The appendix's last rows: no text at all stands for them.
    let none = ["NaN", "Infinity", "-Infinity", "[NaN]"];
    assert!(none.iter().all(|text| Document::read(*text).is_err()));
    assert_eq!(others(&none.map(str::to_owned)), [None, None, None, None]);
}

/// Whatever hoso accepts, both accept with the same bytes, in which every number keeps its decimal value.
#[test]
fn two_other_implementations_write_the_same_bytes() {
    let mut maker = Maker::new(8_785, Numbers::Exact);
    let texts: Vec<_> = (0..4_000).map(|_| maker.document()).collect();
    let mut numbers = 0;
    for (text, theirs) in texts.iter().zip(others(&texts)) {
        let ours = form(text).unwrap_or_else(|number| panic!("{number} is refused in {text}"));
        assert_eq!(Some(&ours), theirs.as_ref(), "{text}");
        let (before, after) = (Document::read(text.as_str()).unwrap(), Document::read(ours.as_str()).unwrap());
        numbers += same(before.root(), after.root()).unwrap_or_else(|| panic!("{text} changed to {ours}"));
    }
    println!("RFC 8785: {} documents written alike by three, {numbers} numbers in them", texts.len());
    assert!(numbers > 10_000, "only {numbers} numbers were written");
}

/// Every character of the basic plane, and some of each other plane, in a string and as a name.
#[test]
fn every_character_is_escaped_and_sorted_alike() {
    let rare = ('\u{10000}'..=char::MAX).step_by(4_099).chain([char::MAX]);
    let letters: Vec<char> = ('\0'..='\u{ffff}').chain(rare).collect();
    let mut maker = Maker::new(4, Numbers::Exact);
    let strings: Vec<_> = letters.chunks(500).map(|letters| maker.written(&letters.iter().collect::<String>())).collect();
    let names = letters.iter().rev().map(|letter| format!("{}:0", maker.written(&letter.to_string())));
    let texts = [format!("[{}]", strings.join(",")), format!("{{{}}}", names.collect::<Vec<_>>().join(","))];
    for (text, theirs) in texts.iter().zip(others(&texts)) {
        let ours = form(text).unwrap();
        let differing = ours.chars().zip(theirs.as_deref().unwrap().chars()).position(|(left, right)| left != right);
        assert!(Some(&ours) == theirs.as_ref(), "written otherwise from character {differing:?} on");
    }
}

/// Whatever hoso refuses holds a number that both others write with another decimal value, or cannot write.
#[test]
fn what_is_refused_would_be_changed_by_others() {
    let mut maker = Maker::new(754, Numbers::Any);
    let texts: Vec<_> = (0..4_500).map(|at| if at % 3 == 0 { maker.document() } else { maker.number() }).collect();
    let (mut refused, mut accepted) = (Vec::new(), 0);
    for (text, theirs) in texts.iter().zip(others(&texts)) {
        match form(text) {
            Ok(ours) => {
                assert_eq!(Some(&ours), theirs.as_ref(), "{text}");
                let (before, after) = (Document::read(text.as_str()).unwrap(), Document::read(ours.as_str()).unwrap());
                assert!(same(before.root(), after.root()).is_some(), "{text} changed to {ours}");
                accepted += 1;
            }
            Err(number) => refused.push(number),
        }
    }
    let mut overflowing = 0;
    for (number, written) in refused.iter().zip(others(&refused)) {
        match written {
            Some(written) => assert_ne!(decimal(&written), decimal(number), "{number} is refused, and is written {written} by others"),
            None => overflowing += 1,
        }
    }
    println!("RFC 8785: {accepted} accepted, {} refused, of which {overflowing} overflow a double", refused.len());
    assert!(accepted > 1_500 && refused.len() > 1_500 && overflowing > 50, "{accepted} {} {overflowing}", refused.len());
}

#[test]
fn numbers_next_to_the_edge_of_exactness_are_told_apart() {
    let edges = [
        // The double lies midway between the two shortest texts: the even one is its form (appendix B, last row).
        ("1424953923781206.2", true),
        ("1424953923781206.3", false),
        ("1424953923781206.25", false),
        ("9007199254740991", true),
        ("9007199254740993", false),
        ("9007199254740994", true),
        ("295147905179352830000", true),
        // 2^68 itself: RFC 8785 writes 295147905179352830000, another whole number.
        ("295147905179352825856", false),
        ("0.1", true),
        ("0.1000000000000000055511151231257827021181583404541015625", false),
        ("0.30000000000000004", true),
        ("0.300000000000000044", false),
        ("5e-324", true),
        ("4.9406564584124654e-324", false),
        ("1e-400", false),
        ("-1e-400", false),
        ("1.7976931348623157e308", true),
        ("1.7976931348623158e308", false),
        ("1e309", false),
        ("1e23", true),
        ("100000000000000000000000", true),
        ("99999999999999999999999", false),
        ("0e99999999999999999999", true),
        ("-0.0", true),
        ("18446744073709551615", false),
        ("18446744073709552000", true),
    ];
    for ((text, exact), written) in edges.iter().zip(others(&edges.map(|(text, _)| text.to_owned()))) {
        assert_eq!(form(text).is_ok(), *exact, "{text}");
        let kept = written.as_deref().is_some_and(|written| decimal(written) == decimal(text));
        assert_eq!(kept, *exact, "{text} as others write it");
    }
}

#[test]
fn the_form_of_a_form_is_itself() {
    let mut maker = Maker::new(1, Numbers::Exact);
    for _ in 0..2_000 {
        let once = form(&maker.document()).unwrap();
        assert_eq!(form(&once).as_ref(), Ok(&once));
    }
}

/// Order of members, white space, escapes and the spelling of numbers leave no trace; a value does.
#[test]
fn two_spellings_of_one_document_have_one_form() {
    let mut maker = Maker::new(2, Numbers::Exact);
    let mut respelled = 0;
    for _ in 0..2_000 {
        let text = maker.document();
        let document = Document::read(text.as_str()).unwrap();
        let other = maker.respelled(document.root());
        assert_eq!(form(&text), form(&other), "{text}\n{other}");
        respelled += usize::from(text != other);
        let longer = format!("[{other}, {other}]");
        assert_ne!(form(&text), form(&longer));
    }
    assert!(respelled > 1_500, "only {respelled} texts were spelled otherwise");
}

#[test]
fn the_place_of_a_refused_number_is_found_in_any_depth() {
    let mut maker = Maker::new(3, Numbers::Exact);
    for _ in 0..500 {
        let (before, after, name) = (maker.document(), maker.document(), maker.name());
        let text = format!(r#"[{before}, {{"x": [{after}], {}: [1e400]}}]"#, maker.written(&format!("~/{name}")));
        assert_eq!(form(&text), Err("1e400".to_owned()), "{text}");
    }
}

/// How many numbers two documents hold, when they hold the same: strings by code points, numbers by decimal value.
fn same(left: Value<'_>, right: Value<'_>) -> Option<usize> {
    let alike = left.kind() == right.kind() && left.len() == right.len() && left.as_str() == right.as_str();
    match left.kind() {
        _ if !alike => None,
        Kind::Number => (decimal(left.as_number()?.text()) == decimal(right.as_number()?.text())).then_some(1),
        Kind::Array => left.items().zip(right.items()).map(|(left, right)| same(left, right)).sum(),
        Kind::Object => left.members().map(|(name, member)| same(member, right.member(name)?)).sum(),
        _ => Some(0),
    }
}

/// Sign, digits without outer zeros, and the power of ten of the last of them: equal for equal numbers only.
fn decimal(text: &str) -> (bool, String, i128) {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let ended = digits.trim_end_matches('0');
    let significant = ended.trim_start_matches('0');
    if significant.is_empty() {
        return (false, String::new(), 0);
    }
    let exponent: i128 = exponent.trim_start_matches('+').parse().unwrap();
    let last = exponent - fraction.len() as i128 + (digits.len() - ended.len()) as i128;
    (negative, significant.to_owned(), last)
}

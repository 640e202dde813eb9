//! `hostname` (RFC 1123 2.1) and `idn-hostname` (RFC 5890 to 5893): labels of letters, digits and inner hyphens, and labels that
//! stand for other letters, as Punycode (`xn--…`) or, in the second, as they are.
//!
//! `example.vn` and `xn--bcher-kva.example` pass both, `bücher.example` the second; `-a`, `a_b`, `a..b` and `xn--a` pass none.

use super::idna::{self, class};
use super::punycode::{Letters, decoded, encoded_len};
use super::{Formatted, strange, unless};
use crate::text::{combining_class, is_nfc};

/// RFC 1035 2.3.4: 255 octets, of which one counts each label and one ends the name.
const NAME_BYTES: usize = 253;

/// RFC 5890 2.3.2.1: `xn--`.
const PREFIX_BYTES: usize = 4;

/// What is wrong with a name.
pub(super) enum Wrong {
    Letter(char),
    /// Dots or hyphens where none may be.
    Marks,
    TooLong,
    Form,
}

pub(super) fn hostname(text: &str) -> Formatted {
    formatted(check(text, false, false))
}

/// The dots of RFC 3490 3.1 part labels too: keyboards of East Asia type them.
pub(super) fn idn_hostname(text: &str) -> Formatted {
    formatted(check(text, true, true))
}

fn formatted(checked: Result<(), Wrong>) -> Formatted {
    let Err(wrong) = checked else { return Ok(()) };
    let code = match wrong {
        Wrong::Letter(letter) => return strange("hostname.characters", "hostname.spaces", letter),
        Wrong::Marks => "hostname.marks",
        Wrong::TooLong => "hostname.too-long",
        Wrong::Form => "hostname.form",
    };
    unless(false, code)
}

/// Checks a name, in which letters beside those of ASCII may stand, and dots.
pub(super) fn check(text: &str, is_international: bool, has_wide_dots: bool) -> Result<(), Wrong> {
    let mut name = Name { bytes: 0, is_bidi: false, keeps_rule: true, letters: Letters::new() };
    for letter in text.chars() {
        if letter == '.' || has_wide_dots && matches!(letter, '\u{3002}' | '\u{ff0e}' | '\u{ff61}') {
            name.end_label()?;
        } else if letter.is_ascii_alphanumeric() || letter == '-' || is_international && !letter.is_ascii() {
            name.letters.push(letter).ok_or(Wrong::TooLong)?;
        } else {
            return Err(Wrong::Letter(letter));
        }
    }
    if text.is_empty() {
        return Err(Wrong::Form);
    }
    name.end_label()?;
    // RFC 5893 1.4: one label from right to left puts all labels under the rule. What parts labels composes with nothing.
    if name.is_bidi && !name.keeps_rule || !is_nfc(text) { Err(Wrong::Form) } else { Ok(()) }
}

/// What is known of a name, up to a label.
struct Name {
    bytes: usize,
    is_bidi: bool,
    keeps_rule: bool,
    letters: Letters,
}

impl Name {
    /// Judges the letters of a label, but for their form, and lets go of them.
    fn end_label(&mut self) -> Result<(), Wrong> {
        let letters = self.letters.all();
        if matches!(letters, [] | ['-', ..] | [.., '-']) {
            return Err(Wrong::Marks);
        }
        let mut len = letters.len();
        if !is_ascii(letters) {
            check_letters(letters)?;
            len = PREFIX_BYTES + encoded_len(letters);
        } else if let ['x' | 'X', 'n' | 'N', '-', '-', code @ ..] = letters {
            self.letters = read_punycode(code).ok_or(Wrong::Form)?;
        }
        self.bytes += len + 1;
        if len > Letters::MOST || self.bytes > NAME_BYTES + 1 {
            return Err(Wrong::TooLong);
        }
        let (has_right, keeps_rule) = direction(self.letters.all());
        self.is_bidi |= has_right;
        self.keeps_rule &= keeps_rule;
        self.letters.clear();
        Ok(())
    }
}

fn is_ascii(letters: &[char]) -> bool {
    letters.iter().all(char::is_ascii)
}

/// RFC 5891 5.4: what Punycode stands for must be what could have been written without it.
fn read_punycode(code: &[char]) -> Option<Letters> {
    let letters = decoded(code)?;
    let mut text = String::new();
    for letter in letters.all() {
        text.push(*letter);
    }
    (!is_ascii(letters.all()) && check_letters(letters.all()).is_ok() && is_nfc(&text)).then_some(letters)
}

/// RFC 5891 4.2: which letters, and where.
fn check_letters(letters: &[char]) -> Result<(), Wrong> {
    let mut is_right = !matches!(letters, [_, _, '-', '-', ..] | ['-', ..] | [.., '-']);
    for (at, letter) in letters.iter().enumerate() {
        let class = class(*letter);
        if class == 0 {
            return Err(Wrong::Letter(*letter));
        }
        is_right &= (at > 0 || class & idna::MARK == 0) && is_in_context(letters, at);
    }
    if is_right { Ok(()) } else { Err(Wrong::Form) }
}

/// RFC 5892 appendix A, a rule an arm: A.1 to A.8. A.9 says the same as A.8.
fn is_in_context(letters: &[char], at: usize) -> bool {
    let letter = |at: usize| letters.get(at).copied().unwrap_or_default();
    let (before, after) = (letter(at.wrapping_sub(1)), letter(at + 1));
    let is_virama = || combining_class(before) == 9;
    match letter(at) {
        '\u{200c}' => is_virama() || is_joined(letters, at),
        '\u{200d}' => is_virama(),
        '\u{b7}' => before == 'l' && after == 'l',
        '\u{375}' => idna::is_greek(after),
        '\u{5f3}' | '\u{5f4}' => idna::is_hebrew(before),
        '\u{30fb}' => letters.iter().any(|letter| idna::is_japanese(*letter)),
        '\u{660}'..='\u{669}' => !letters.iter().any(|letter| matches!(letter, '\u{6f0}'..='\u{6f9}')),
        _ => true,
    }
}

/// Whether the letters on both sides join, marks between them not counted.
fn is_joined(letters: &[char], at: usize) -> bool {
    let (mut before, mut after) = (0, 0);
    for (place, letter) in letters.iter().enumerate() {
        let class = class(*letter);
        if class & idna::TRANSPARENT != 0 || place == at {
            continue;
        }
        if place < at {
            before = class;
        } else {
            after = class;
            break;
        }
    }
    before & idna::JOINS_NEXT != 0 && after & idna::JOINS_BEFORE != 0
}

/// RFC 5893 2: whether a label holds letters or numbers that are written from right to left, and whether it keeps the Bidi rule.
fn direction(letters: &[char]) -> (bool, bool) {
    const LEFT: u32 = 1 << idna::LEFT;
    const RIGHT: u32 = 1 << idna::RIGHT;
    const ARABIC: u32 = 1 << idna::ARABIC_NUMBER;
    const EUROPEAN: u32 = 1 << idna::EUROPEAN_NUMBER;
    let (mut first, mut last, mut all) = (0, 0, 0_u32);
    for letter in letters {
        let bidi = 1 << (class(letter.to_ascii_lowercase()) & idna::BIDI);
        first = if all == 0 { bidi } else { first };
        last = if bidi == 1 << idna::NON_SPACING_MARK { last } else { bidi };
        all |= bidi;
    }
    let keeps_rule = match first {
        LEFT => all & (RIGHT | ARABIC) == 0 && last & (LEFT | EUROPEAN) != 0,
        RIGHT => all & LEFT == 0 && last & (RIGHT | ARABIC | EUROPEAN) != 0 && all & (ARABIC | EUROPEAN) != ARABIC | EUROPEAN,
        _ => false,
    };
    (all & (RIGHT | ARABIC) != 0, keeps_rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(checked: Formatted) -> Option<&'static str> {
        checked.err().map(|fault| fault.code)
    }

    #[test]
    fn names_of_ascii_are_the_same_to_both() {
        let label = "a".repeat(63);
        let longest = format!("{label}.{label}.{label}.{}", "a".repeat(61));
        for (text, expected) in [
            ("example.vn", None),
            ("EXAMPLE.VN", None),
            ("localhost", None),
            ("1host", None),
            ("123.456", None),
            ("a--b.com", None),
            ("r3---sn-x.example", None),
            (label.as_str(), None),
            (longest.as_str(), None),
            // RFC 5891 and RFC 3492 give these forms.
            ("xn--bcher-kva.example", None),
            ("XN--BCHER-KVA", None),
            ("xn--4gbwdl.xn--wgbh1c", None),
            ("", Some("hostname.form")),
            (".", Some("hostname.marks")),
            (".a", Some("hostname.marks")),
            ("a.", Some("hostname.marks")),
            ("a..b", Some("hostname.marks")),
            ("-a", Some("hostname.marks")),
            ("a-.b", Some("hostname.marks")),
            ("a.-", Some("hostname.marks")),
            ("a_b", Some("hostname.characters")),
            ("a b", Some("hostname.spaces")),
            ("a.b\n", Some("hostname.characters")),
            ("https://example.vn", Some("hostname.characters")),
            ("a:80", Some("hostname.characters")),
            ("a*", Some("hostname.characters")),
            (&format!("{label}a"), Some("hostname.too-long")),
            (&format!("{longest}a"), Some("hostname.too-long")),
            ("xn--", Some("hostname.marks")),
            ("xn--a", Some("hostname.form")),
            ("xn--example-", Some("hostname.marks")),
            // Capital letters, a symbol, a mark first, no form C, hyphens, only ASCII: nothing that could stand there unencoded.
            ("xn--7a", Some("hostname.form")),
            ("xn--ls8h", Some("hostname.form")),
            ("xn--hello-zed", Some("hostname.form")),
            ("xn--aa---o47jg78q", Some("hostname.form")),
            ("xn---9uc", Some("hostname.form")),
            // U+05D0 behind a letter; a name from right to left beside a label that starts with a digit.
            ("xn--a-zhc", Some("hostname.form")),
            ("xn--4dbc.1a", Some("hostname.form")),
        ] {
            assert_eq!((code(hostname(text)), code(idn_hostname(text))), (expected, expected), "{text}");
        }
    }

    #[test]
    fn other_letters_stand_in_international_names_alone() {
        for text in
            ["ví-dụ.vn", "đăngký.vn", "例え.テスト", "実例。テスト", "실례.테스트", "مثال.إختبار", "faß.de", "σς.gr", "l·l", "ক্‍ষ", "उदाहरण"]
        {
            assert_eq!((code(hostname(text)), code(idn_hostname(text))), (Some("hostname.characters"), None), "{text}");
        }
        let longest = format!("{}.vn", "ü".repeat(57));
        assert_eq!(code(idn_hostname(&longest)), None);
        for (text, expected) in [
            ("VÍ-dụ.vn", Some("hostname.characters")),
            ("Đăngký.vn", Some("hostname.characters")),
            ("ví dụ.vn", Some("hostname.spaces")),
            ("ví_dụ.vn", Some("hostname.characters")),
            ("☃.example", Some("hostname.characters")),
            ("ｅxample.vn", Some("hostname.characters")),
            ("-ví.vn", Some("hostname.marks")),
            ("ví。", Some("hostname.marks")),
            ("ví..vn", Some("hostname.marks")),
            ("ab--ví", Some("hostname.form")),
            ("vi\u{301}.vn", Some("hostname.form")),
            ("\u{301}a.vn", Some("hostname.form")),
            ("a·l", Some("hostname.form")),
            ("·", Some("hostname.form")),
            ("α͵S", Some("hostname.characters")),
            ("α͵", Some("hostname.form")),
            ("a\u{5f3}", Some("hostname.form")),
            ("a\u{30fb}", Some("hostname.form")),
            ("a\u{200c}b", Some("hostname.form")),
            ("\u{200d}", Some("hostname.form")),
            ("\u{628}\u{661}\u{6f1}", Some("hostname.form")),
            ("\u{5d0}a", Some("hostname.form")),
            ("1\u{5d0}", Some("hostname.form")),
            ("1a.\u{5d0}", Some("hostname.form")),
            (&format!("{}.vn", "ü".repeat(58)), Some("hostname.too-long")),
            (&"ü".repeat(64), Some("hostname.too-long")),
            (&"ví.".repeat(60), Some("hostname.too-long")),
        ] {
            assert_eq!(code(idn_hostname(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_megabyte_takes_no_longer_than_its_length() {
        for text in ["ê.".repeat(1 << 19), "a.".repeat(1 << 19), "ê".repeat(1 << 19), "\u{628}\u{200c}".repeat(1 << 18)] {
            assert_eq!(code(idn_hostname(&text)), Some("hostname.too-long"));
        }
    }
}

//! What code points are to internationalised host names: RFC 5892, and the properties that its rules in context (appendix A)
//! and the Bidi rule (RFC 5893) ask for.
//!
//! `ê` is PVALID, `Ê` is not (its small letter is), U+200D is only in context.

use crate::text::{Table, numbers};

/// The lower bits of a class: `Bidi_Class`, as far as RFC 5893 tells them apart.
pub(super) const BIDI: u8 = 7;
pub(super) const LEFT: u8 = 1;
/// R and AL.
pub(super) const RIGHT: u8 = 2;
pub(super) const ARABIC_NUMBER: u8 = 3;
pub(super) const EUROPEAN_NUMBER: u8 = 4;
pub(super) const NON_SPACING_MARK: u8 = 5;
// 6 is ES, CS, ET, ON and BN, which stand in a label of either direction.

/// `General_Category` M.
pub(super) const MARK: u8 = 8;
/// `Joining_Type` T.
pub(super) const TRANSPARENT: u8 = 16;
/// `Joining_Type` L or D.
pub(super) const JOINS_NEXT: u8 = 32;
/// `Joining_Type` R or D.
pub(super) const JOINS_BEFORE: u8 = 64;

/// The class of each code point, as `tests/idna.rs` writes it: two columns of numbers, a class, and how many code
/// points follow one another that have it. A letter that is not in form C, which no label is, counts with the one before it.
const PACKED: &[u8] = include_bytes!("idna.bin");

/// The class of a code point; 0 for one that no label holds. One that is allowed in context only has a class.
pub(super) fn class(letter: char) -> u8 {
    static RANGES: Table = Table::new(unpacked);
    RANGES.first_from((u64::from(letter) + 1) << 8).unwrap_or(0) as u8
}

/// Where each range ends, and its class in the lower eight bits.
fn unpacked() -> Vec<u64> {
    let mut ranges = numbers(PACKED);
    let counts = ranges.split_off(ranges.len() / 2);
    let mut end = 0;
    for (range, count) in ranges.iter_mut().zip(counts) {
        end += count;
        *range |= end << 8;
    }
    ranges
}

/// Script Greek, of code points that have a class.
pub(super) const fn is_greek(letter: char) -> bool {
    matches!(letter, '\u{371}'..='\u{3e1}' | '\u{3f3}'..='\u{3fc}' | '\u{1d26}'..='\u{1d2a}' | '\u{1f00}'..='\u{1ff6}' | '\u{ab65}')
}

/// Script Hebrew, of code points that have a class.
pub(super) const fn is_hebrew(letter: char) -> bool {
    matches!(letter, '\u{591}'..='\u{5f4}' | '\u{fb1e}')
}

/// Script Hiragana, Katakana or Han, of code points that have a class.
pub(super) const fn is_japanese(letter: char) -> bool {
    matches!(letter, '\u{3005}' | '\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{30fa}' | '\u{30fd}' | '\u{30fe}')
        || matches!(letter, '\u{31f0}'..='\u{9fff}' | '\u{fa0e}'..='\u{fa29}' | '\u{16fe3}' | '\u{16ff0}'..='\u{16ff3}')
        || matches!(letter, '\u{1aff0}'..='\u{1b168}' | '\u{20000}'..='\u{33479}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_nfc;
    use icu_properties::CodePointMapData;
    use icu_properties::props::Script;

    #[test]
    fn scripts_are_those_of_unicode() {
        for letter in ('\0'..=char::MAX).filter(|letter| class(*letter) != 0 && is_nfc(&letter.to_string())) {
            let script = CodePointMapData::<Script>::new().get(letter);
            assert_eq!(is_greek(letter), script == Script::Greek, "{letter:?}");
            assert_eq!(is_hebrew(letter), script == Script::Hebrew, "{letter:?}");
            assert_eq!(is_japanese(letter), matches!(script, Script::Hiragana | Script::Katakana | Script::Han), "{letter:?}");
        }
    }

    #[test]
    fn classes_are_told_apart() {
        for (letter, expected) in [
            ('a', LEFT),
            ('ê', LEFT),
            ('1', EUROPEAN_NUMBER),
            ('-', 6),
            ('\u{200d}', 6),
            ('\u{301}', NON_SPACING_MARK | MARK | TRANSPARENT),
            ('\u{628}', RIGHT | JOINS_NEXT | JOINS_BEFORE),
            ('\u{627}', RIGHT | JOINS_BEFORE),
            ('\u{661}', ARABIC_NUMBER),
            ('\u{33479}', LEFT),
            ('A', 0),
            ('Ê', 0),
            ('_', 0),
            ('\0', 0),
            ('\u{d7ff}', 0),
            ('\u{e000}', 0),
            ('😀', 0),
            (char::MAX, 0),
        ] {
            assert_eq!(class(letter), expected, "{letter:?}");
        }
    }
}

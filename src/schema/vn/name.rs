//! `vn-name`: the name of a person.
//!
//! Letters of any script, with single spaces, hyphens, apostrophes and points between them: `Trần Thị Minh Anh`, `H'Mông`,
//! `K'Brối` pass. Spaces collapse, and Ð (eth, which stands in official texts too) and Ɖ become Đ: both are warnings that offer the
//! name so. Where the tone stands (`Hoà`, `Hòa`) and how letters are cased is the person's own and never changed.
//! Digits, signs and marks that join no letter are doubts: the Civil Code of 2015, Article 26, wants letters (from memory; no
//! text was read). The breve over ê, ô, ơ and ư belongs to the letters of Ê Đê, Gia Rai and Ba Na, and Unicode has no single letter for it.

use super::{is_space, judged};
use crate::report::Facts;
use crate::schema::formats::{FormatFault, Formatted};
use crate::text::{is_digit, is_letter, nfc};

pub(in crate::schema) fn check(text: &str) -> Formatted {
    let composed = nfc(text);
    let mut canonical = String::with_capacity(text.len());
    let (mut look_alike, mut strange, mut marks, mut digits, mut letters) = (None, None, None, None, false);
    for letter in composed.chars() {
        let before = canonical.chars().next_back();
        match letter {
            gap if is_space(gap) => {
                if before.is_some_and(|before| before != ' ') {
                    canonical.push(' ');
                }
                continue;
            }
            'Ð' | 'Ɖ' | 'ð' => {
                look_alike = look_alike.or(Some(letter));
                canonical.push(if letter == 'ð' { 'đ' } else { 'Đ' });
                letters = true;
                continue;
            }
            '\u{306}' if before.is_some_and(is_letter) => {}
            '\u{300}'..='\u{36f}' => marks = marks.or(Some(letter)),
            '-' | '\'' | '’' | '.' => {}
            digit if is_digit(digit) => digits = digits.or(Some(letter)),
            other if is_letter(other) => letters = true,
            other => strange = strange.or(Some(other)),
        }
        canonical.push(letter);
    }
    if canonical.ends_with(' ') {
        canonical.pop();
    }
    if !letters && !text.is_empty() {
        return Err(FormatFault::new("name.letters"));
    }
    let with = |code, letter: char| FormatFault::with(code, Facts::none().with("letter", letter.to_string()));
    let fault = match (look_alike, strange, marks) {
        (Some(letter), ..) => with("name.look-alike", letter),
        (_, Some(letter), _) => with("name.characters", letter),
        (_, _, Some(_)) => FormatFault::new("name.marks"),
        _ if digits.is_some() => FormatFault::new("name.digits"),
        _ if *composed != *text => FormatFault::new("text.not-nfc"),
        _ if canonical != text => FormatFault::new("name.spaces"),
        _ => return Ok(()),
    };
    judged(text, &canonical, Some(fault.warning()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Fact, Level};

    #[test]
    fn names_are_accepted_and_slips_are_told_apart() {
        for (text, code) in [
            ("Trần Thị Minh Anh", None),
            ("ĐẶNG VĂN ĐỨC", None),
            ("H'Mông", None),
            ("Y Moan Ênuôl", None),
            ("H’ Ê\u{306}ban", None),
            ("Jean-Pierre", None),
            ("", None),
            ("Ðặng Văn Đức", Some("name.look-alike")),
            ("Ɖặng Văn Đức", Some("name.look-alike")),
            ("Lê Văn ðức", Some("name.look-alike")),
            ("Trần Thị 2", Some("name.digits")),
            ("Trần Thị Hoa②", Some("name.digits")),
            ("Trần_Thị", Some("name.characters")),
            ("Lan (Hoa)", Some("name.characters")),
            ("Trần Thị Hoa, Lan", Some("name.characters")),
            ("Tra\u{302}\u{300}n", Some("text.not-nfc")),
            ("Tra\u{301}\u{302}n", Some("name.marks")),
            ("\u{306}Lan", Some("name.marks")),
            ("Lan 1\u{306}", Some("name.marks")),
            ("Trần  Thị", Some("name.spaces")),
            (" Trần", Some("name.spaces")),
            ("Trần ", Some("name.spaces")),
            ("Trần\u{a0}Thị", Some("name.spaces")),
            ("-", Some("name.letters")),
            (" ", Some("name.letters")),
            ("12", Some("name.letters")),
        ] {
            assert_eq!(check(text).err().map(|fault| fault.code), code, "{text}");
        }
    }

    #[test]
    fn a_name_is_offered_as_it_should_be_written() {
        for (text, canonical) in [
            ("Ðặng  Văn Ðức ", Some("Đặng Văn Đức")),
            ("Tra\u{302}\u{300}n", Some("Trần")),
            ("Nguye\u{302}\u{303}n Thi\u{323} Hu\u{31b}\u{300}o\u{31b}ng", Some("Nguyễn Thị Hừơng")),
            ("\u{a0}Trần\u{a0}\u{a0}Thị 2", Some("Trần Thị 2")),
            ("Trần Thị 2", None),
            ("Hoà", None),
            ("Hòa", None),
            ("trần thị hoa", None),
        ] {
            let fault = check(text).err();
            assert!(fault.as_ref().is_none_or(|fault| fault.level == Level::Warning), "{text}");
            let offered = fault.as_ref().and_then(|fault| fault.facts.find("normalized"));
            assert_eq!(offered, canonical.map(Fact::from).as_ref(), "{text}");
        }
    }
}

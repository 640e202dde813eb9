//! `vn-name`: the name of a person.
//!
//! Letters of any script, with single spaces, hyphens, apostrophes and points between them: `Trần Thị Minh Anh`, `H'Mông`,
//! `K'Brối` pass. Spaces collapse, and Ð (eth, which stands in official texts too) and Ɖ become Đ: both are warnings that offer the
//! name so. Where the tone stands (`Hoà`, `Hòa`) and how letters are cased is the person's own and never changed.
//! Digits, signs and marks that join no letter are doubts: the Civil Code of 2015, Article 26, wants letters (from memory; no
//! text was read). The breve over ê, ô, ơ and ư belongs to the letters of Ê Đê, Gia Rai and Ba Na, and Unicode has no single letter for it.

use super::{judged, plain, stray};
use crate::schema::formats::{FormatFault, Formatted};
use crate::text::{is_digit, is_letter, nfc};

pub(in crate::schema) fn check(text: &str) -> Formatted {
    let composed = nfc(text);
    let mut canonical = String::new();
    let (mut before, mut has_letters, mut doubt) = (' ', false, None);
    for letter in composed.chars() {
        let mut put = letter;
        let strange = match letter {
            space if plain(space) == ' ' => {
                put = ' ';
                ""
            }
            'Ð' | 'Ɖ' | 'ð' => {
                put = if letter == 'ð' { 'đ' } else { 'Đ' };
                "name.look-alike"
            }
            '\u{306}' if is_letter(before) => "",
            '\u{300}'..='\u{36f}' => "name.marks",
            '-' | '\'' | '’' | '.' => "",
            other if is_letter(other) => "",
            other if is_digit(other) => "name.digits",
            _ => "name.characters",
        };
        if doubt.is_none() && !strange.is_empty() {
            doubt = Some((strange, letter));
        }
        has_letters |= is_letter(put);
        if put != ' ' || before != ' ' {
            canonical.push(put);
        }
        before = put;
    }
    if canonical.ends_with(' ') {
        canonical.pop();
    }
    if !has_letters && !text.is_empty() {
        return Err(FormatFault::new("name.letters"));
    }
    let fault = match doubt {
        Some((code, letter)) => stray(code, letter),
        None if *composed != *text => FormatFault::new("text.not-nfc"),
        None if canonical != text => FormatFault::new("name.spaces"),
        None => return Ok(()),
    };
    judged(text, canonical, Some(fault.warning()))
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
            ("Lan -\u{306}", Some("name.marks")),
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

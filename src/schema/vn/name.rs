//! `vn-name`: the name of a person.
//!
//! Letters of any script, with single spaces, hyphens, apostrophes and points between them: `Trần Thị Minh Anh`, `H'Mông`,
//! `K'Brối` pass. The look-alikes Ð (eth) and Ɖ for Đ do not, nor marks that have no letter to join. Digits are a warning:
//! no text that was read forbids them.

use crate::report::Facts;
use crate::schema::formats::{FormatFault, Formatted};
use crate::text::{is_digit, is_letter};

pub(in crate::schema) fn check(text: &str) -> Formatted {
    if let Some(letter) = text.chars().find(|letter| matches!(letter, 'Ð' | 'ð' | 'Ɖ')) {
        return Err(FormatFault::with("name.look-alike", Facts::none().with("letter", letter.to_string())));
    }
    let strange = text.chars().find(|letter| !is_letter(*letter) && !is_digit(*letter) && !matches!(letter, ' ' | '-' | '\'' | '’' | '.'));
    if let Some(letter) = strange {
        return Err(FormatFault::with("name.characters", Facts::none().with("letter", letter.to_string())));
    }
    if text.starts_with(' ') || text.ends_with(' ') || text.as_bytes().windows(2).any(|pair| pair == b"  ") {
        return Err(FormatFault::new("name.spaces"));
    }
    if !text.is_empty() && !text.chars().any(is_letter) {
        return Err(FormatFault::new("name.letters"));
    }
    if text.chars().any(is_digit) { Err(FormatFault::new("name.digits").warning()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_accepted_and_slips_are_told_apart() {
        for (text, code) in [
            ("Trần Thị Minh Anh", None),
            ("ĐẶNG VĂN ĐỨC", None),
            ("H'Mông", None),
            ("Y Moan Ênuôl", None),
            ("Jean-Pierre", None),
            ("Ðặng Văn Đức", Some("name.look-alike")),
            ("Trần Thị 2", Some("name.digits")),
            ("Trần Thị Hoa②", Some("name.digits")),
            ("Trần_Thị", Some("name.characters")),
            ("Tra\u{302}\u{300}n", Some("name.characters")),
            ("Trần  Thị", Some("name.spaces")),
            (" Trần", Some("name.spaces")),
            ("-", Some("name.letters")),
        ] {
            assert_eq!(check(text).err().map(|fault| fault.code), code, "{text}");
        }
    }
}

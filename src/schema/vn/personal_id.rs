//! `vn-personal-id`: the personal identity number (số định danh cá nhân), 12 digits.
//!
//! Province or country of birth registration (3), century and sex (1), year of birth (2), random (6); there is no check
//! digit (annex of Circular 59/2021/TT-BCA). An unknown province prefix is no mistake: codes for births abroad exist.
//! `031185000002` passes; `31185000002`, its leading zero lost, does not.

use super::{digits, wrong_length};
use crate::schema::formats::Formatted;

pub(in crate::schema) fn check(text: &str) -> Formatted {
    const LENGTH: u64 = 12;
    digits(text, "personal-id.characters")?;
    if text.len() as u64 == LENGTH { Ok(()) } else { Err(wrong_length("personal-id.length", LENGTH, text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synthetic_numbers_are_judged() {
        for (text, code) in [
            ("031085000001", None),
            ("031185000002", None),
            ("079204000003", None),
            ("031304000004", None),
            ("999085000005", None),
            ("31085000001", Some("personal-id.length")),
            ("0310850000012", Some("personal-id.length")),
            ("", Some("personal-id.length")),
            ("03108500000l", Some("personal-id.characters")),
            ("031 085000001", Some("personal-id.characters")),
            ("０31085000001", Some("personal-id.characters")),
        ] {
            assert_eq!(check(text).err().map(|fault| fault.code), code, "{text}");
        }
    }
}

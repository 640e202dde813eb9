//! `vn-phone`: a telephone number as dialled inside Vietnam.
//!
//! Ten digits from 03, 05, 07, 08 or 09 for a mobile, eleven from 02 for a fixed line (libphonenumber's metadata). Which
//! prefixes an operator holds changes, so only the first two digits and the length are judged.
//! `0912345678` and `02253842123` pass; `091234567` and `0161234567` do not.

use super::{digits, wrong_length};
use crate::report::Facts;
use crate::schema::formats::{FormatFault, Formatted};

pub(in crate::schema) fn check(text: &str) -> Formatted {
    if text.starts_with("+84") {
        return Err(FormatFault::with("phone.characters", Facts::none().with("letter", "+").with("country", "84")));
    }
    digits(text, "phone.characters")?;
    let expected = match text.as_bytes() {
        [b'0', b'2', ..] => 11,
        [b'0', b'3' | b'5' | b'7' | b'8' | b'9', ..] => 10,
        [] | [b'0'] => return Err(wrong_length("phone.length", 10, text)),
        _ => return Err(FormatFault::new("phone.start")),
    };
    if text.len() as u64 == expected { Ok(()) } else { Err(wrong_length("phone.length", expected, text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_judged_by_start_and_length() {
        for (text, code) in [
            ("0912345678", None),
            ("0321234567", None),
            ("0871234567", None),
            ("02253842123", None),
            ("091234567", Some("phone.length")),
            ("09123456789", Some("phone.length")),
            ("0225384212", Some("phone.length")),
            ("", Some("phone.length")),
            ("0161234567", Some("phone.start")),
            ("912345678", Some("phone.start")),
            ("84912345678", Some("phone.start")),
            ("+84912345678", Some("phone.characters")),
            ("+1 912 345 678", Some("phone.characters")),
            ("0912 345 678", Some("phone.characters")),
            ("09l2345678", Some("phone.characters")),
        ] {
            assert_eq!(check(text).err().map(|fault| fault.code), code, "{text}");
        }
    }
}

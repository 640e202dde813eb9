//! `vn-passport`: the number of a passport.
//!
//! A letter and seven digits in Vietnam; six to nine letters and digits elsewhere. No text was read, so nothing is refused.
//! `B1234567` passes; `B 1234567` is offered without the space; `B123` is a doubt.

use super::shaped;
use crate::schema::formats::Formatted;

pub(in crate::schema) fn check(text: &str) -> Formatted {
    shaped(text, ["N~NNNNNMMM", "", "B1234567", ""])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Level;

    #[test]
    fn nothing_is_refused() {
        for (text, code) in [
            ("B1234567", None),
            ("P01234567", None),
            ("123456789", None),
            ("b1234567", Some("format.spelling")),
            ("B 1234567", Some("format.spelling")),
            ("B-1234567", Some("format.spelling")),
            ("B123", Some("format.unusual")),
            ("B123456789", Some("format.unusual")),
            ("Đ1234567", Some("format.unusual")),
            ("B1234567/8", Some("format.unusual")),
            ("", Some("format.unusual")),
        ] {
            let fault = check(text).err();
            assert!(fault.as_ref().is_none_or(|fault| fault.level == Level::Warning), "{text}");
            assert_eq!(fault.map(|fault| fault.code), code, "{text}");
        }
    }
}

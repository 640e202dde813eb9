//! `vn-land-parcel`, `vn-map-sheet`, `vn-land-certificate`: where a piece of land stands in the cadastral map, and the serial of its
//! certificate.
//!
//! Parcels and sheets are numbered from 1; parts such as `12-1` and `12a` occur (from memory), so they are doubts. A serial has one or two
//! letters, Đ among them, and six to eight digits, printed with a space between (from practice and memory): a soft check alone.
//! `127` and `AA 01234567` pass; parcel `0` does not.

use super::shaped;
use crate::schema::formats::Formatted;

pub(in crate::schema) fn number(text: &str) -> Formatted {
    let names_one = text.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    shaped(text, ["0188888888", "", "127", if names_one { "" } else { "land-number.form" }])
}

pub(in crate::schema) fn certificate(text: &str) -> Formatted {
    shaped(text, ["AA 99999988|A 99999988", "", "AA 01234567", ""])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Level;

    fn code(result: Formatted) -> Option<&'static str> {
        result.err().map(|fault| fault.code)
    }

    #[test]
    fn parcels_are_numbered_from_one() {
        for (text, expected) in [
            ("1", None),
            ("127", None),
            ("007", Some("format.spelling")),
            (" 127", Some("format.spelling")),
            ("12-1", Some("format.unusual")),
            ("12a", Some("format.unusual")),
            ("12 13", Some("format.unusual")),
            ("1.270", Some("format.unusual")),
            ("-5", Some("format.unusual")),
            ("0", Some("land-number.form")),
            ("000", Some("land-number.form")),
            ("", Some("land-number.form")),
            ("mười hai", Some("land-number.form")),
            ("a", Some("land-number.form")),
        ] {
            assert_eq!(code(number(text)), expected, "{text}");
        }
    }

    #[test]
    fn no_certificate_is_refused() {
        for (text, expected) in [
            ("AA 01234567", None),
            ("BĐ 123456", None),
            ("Đ 123456", None),
            ("AA01234567", Some("format.spelling")),
            ("aa 01234567", Some("format.spelling")),
            ("Ð 123456", Some("format.spelling")),
            ("AA-01234567", Some("format.spelling")),
            ("AA 12345", Some("format.unusual")),
            ("AA 012345678", Some("format.unusual")),
            ("AA 0123 4567", Some("format.unusual")),
            ("AAA 123456", Some("format.unusual")),
            ("01234567", Some("format.unusual")),
            ("AA", Some("format.unusual")),
            ("CÂ 123456", Some("format.unusual")),
            ("A1 123456", Some("format.unusual")),
            ("10101234567", Some("format.unusual")),
            ("", Some("format.unusual")),
        ] {
            let result = certificate(text);
            assert!(result.as_ref().err().is_none_or(|fault| fault.level == Level::Warning), "{text}");
            assert_eq!(code(result), expected, "{text}");
        }
    }
}

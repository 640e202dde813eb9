//! `vn-tax-code`: the tax code (mã số thuế).
//!
//! Ten digits, the last a check digit: `10 - (31·N1 + 29·N2 + 23·N3 + 19·N4 + 17·N5 + 13·N6 + 7·N7 + 5·N8 + 3·N9) mod 11`,
//! never 10, and N3 to N9 not all zero (python-stdnum 2.2, `stdnum.vn.mst`); a branch adds `-001` to `-999`. Since 1 July 2025
//! households and individuals use the personal identity number instead (Circular 86/2024/TT-BTC, replaced by 90/2026/TT-BTC from
//! 1 July 2026; read second-hand). Thirteen digits without the hyphen can be read; others' interfaces refuse them, so the hyphen is canonical.
//! `0100233488` and `0314409058-002` pass; `0100233480` does not.

use super::{digits, fill, judged, number, with_zero, wrong_length};
use crate::schema::formats::{FormatFault, Formatted};

const CHARACTERS: &str = "tax-code.characters";
const LENGTH: &str = "tax-code.length";

pub(in crate::schema) fn check(text: &str) -> Formatted {
    let digits = digits(text, CHARACTERS)?;
    // A hyphen behind ten digits begins a branch.
    let branches = text.as_bytes().get(10) == Some(&b'-');
    let fault = match digits.len() {
        10 | 13 if !checks(&digits) => "tax-code.checksum",
        10..=12 | 14 if branches => "tax-code.branch",
        13 if digits.ends_with("000") => "tax-code.branch",
        10 => return judged(text, digits, None),
        13 => return judged(text, fill(&digits, "9999999999-999").unwrap_or_default(), None),
        // Nine digits that do not fit with a zero in front lack another.
        9 => return Err(wrong_length(LENGTH, 10, &digits, checks(&with_zero(&digits)))),
        _ => return number(text, [CHARACTERS, LENGTH], 10, true),
    };
    Err(FormatFault::new(fault))
}

/// Whether the last of the first ten digits is the check digit of the others.
fn checks(code: &str) -> bool {
    let (mut sum, mut serial, mut check) = (0, 0, 0);
    for (digit, weight) in code.bytes().zip([31, 29, 23, 19, 17, 13, 7, 5, 3, 0]) {
        check = u32::from(digit - b'0');
        sum += check * weight;
        // The first two digits are no part of the serial number.
        serial += if matches!(weight, 3..=23) { check } else { 0 };
    }
    10 - sum % 11 == check && serial > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Facts;

    #[test]
    fn numbers_of_public_companies_and_their_mutations() {
        // Numbers that companies print on their pages, and those of stdnum's documentation.
        for text in [
            "0100109106",
            "0100686209",
            "0101243150",
            "0101248141",
            "0100684378",
            "0300588569",
            "0100100079",
            "0100681592",
            "0100150619",
            "0100112437",
            "0100233488",
            "0314409058-002",
            "0312687878-001",
            "031185000002",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for (text, code) in [
            ("0100109107", "tax-code.checksum"),
            ("0100233480", "tax-code.checksum"),
            ("1000233488", "tax-code.checksum"),
            ("0100000000", "tax-code.checksum"),
            ("0312687879-001", "tax-code.checksum"),
            ("0312687879001", "tax-code.checksum"),
            ("0312687878-000", "tax-code.branch"),
            ("0312687878000", "tax-code.branch"),
            ("0312687878-1", "tax-code.branch"),
            ("0312687878-01", "tax-code.branch"),
            ("0312687878-0001", "tax-code.branch"),
            ("0312687878-", "tax-code.branch"),
            ("010023348", "tax-code.length"),
            ("01002334888", "tax-code.length"),
            ("03126878780010", "tax-code.length"),
            ("O100233488", "tax-code.characters"),
            ("0312687878/001", "tax-code.characters"),
            ("0312687878-00l", "tax-code.characters"),
            ("MST 0100233488", "tax-code.characters"),
            ("999085000005", "personal-id.place"),
            ("", "tax-code.length"),
            ("-", "tax-code.length"),
        ] {
            assert_eq!(check(text).err().map(|fault| fault.code), Some(code), "{text}");
        }
    }

    #[test]
    fn what_people_write_is_read() {
        for (text, canonical) in [
            ("0100 233 488", "0100233488"),
            ("0100-233-488", "0100233488"),
            ("0312687878001", "0312687878-001"),
            ("0312687878 - 001", "0312687878-001"),
            ("0312687878–001", "0312687878-001"),
            ("031 185 000 002", "031185000002"),
        ] {
            let facts = Facts::none().with("normalized", canonical);
            assert_eq!(check(text), Err(FormatFault::with("format.spelling", facts).warning()), "{text}");
        }
    }

    #[test]
    fn a_lost_zero_is_suggested() {
        for (text, suggestion) in
            [("100233488", Some("0100233488")), ("31185000002", Some("031185000002")), ("100233489", None), ("10023348", None)]
        {
            assert_eq!(check(text).unwrap_err().facts.find("suggestion"), suggestion.map(Into::into).as_ref(), "{text}");
        }
    }

    #[test]
    fn every_single_wrong_digit_is_detected() {
        let code = "0100233488";
        for at in 0..code.len() {
            for digit in '0'..='9' {
                let mut wrong = code.to_owned();
                wrong.replace_range(at..=at, &digit.to_string());
                assert_eq!(check(&wrong).is_ok(), wrong == code, "{wrong}");
            }
        }
    }
}

//! `vn-tax-code`: the tax code (mã số thuế).
//!
//! Ten digits, the last a check digit: `10 - (31·N1 + 29·N2 + 23·N3 + 19·N4 + 17·N5 + 13·N6 + 7·N7 + 5·N8 + 3·N9) mod 11`,
//! never 10, and N3 to N9 not all zero (python-stdnum, `stdnum.vn.mst`); a branch adds `-001` to `-999`. Since 1 July 2025
//! households and individuals use the personal identity number instead (Circular 86/2024/TT-BTC).
//! `0100233488` and `0314409058-002` pass; `0100233480` does not.

use super::{digits, personal_id, wrong_length};
use crate::schema::formats::{FormatFault, Formatted};

pub(in crate::schema) fn check(text: &str) -> Formatted {
    let (code, branch) = text.split_once('-').map_or((text, None), |(code, branch)| (code, Some(branch)));
    digits(code, "tax-code.characters")?;
    match (code.len(), branch) {
        (10, None) => checksum(code),
        (10, Some(branch)) if branch.len() == 3 && branch.bytes().all(|byte| byte.is_ascii_digit()) && branch != "000" => checksum(code),
        (12, None) => personal_id::check(code),
        (13, None) | (10, Some(_)) => Err(FormatFault::new("tax-code.branch")),
        _ => Err(wrong_length("tax-code.length", 10, code)),
    }
}

fn checksum(code: &str) -> Formatted {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let sum: u32 = code.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = 10 - sum % 11;
    let serial_is_zero = code.bytes().skip(2).take(7).all(|digit| digit == b'0');
    let written = code.bytes().last().map(|digit| u32::from(digit - b'0'));
    if written == Some(check) && !serial_is_zero { Ok(()) } else { Err(FormatFault::new("tax-code.checksum")) }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("0100000000", "tax-code.checksum"),
            ("0312687878-000", "tax-code.branch"),
            ("0312687878001", "tax-code.branch"),
            ("0312687878-1", "tax-code.branch"),
            ("010023348", "tax-code.length"),
            ("01002334888", "tax-code.length"),
            ("O100233488", "tax-code.characters"),
            ("", "tax-code.length"),
        ] {
            assert_eq!(check(text).err().map(|fault| fault.code), Some(code), "{text}");
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

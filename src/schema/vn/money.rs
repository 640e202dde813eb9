//! `vn-money`: an amount of đồng in digits, as text, in groups of three: `1.500.000`.
//!
//! The point parts thousands, the comma decimals, of which the đồng has none. So `1.5` and `1,500` may mean two amounts and are refused;
//! `1500000`, `1,500,000` and `1.500.000 đ` can be read. No text was read that fixes the writing: it is that of the forms.
//! `1.500.000` passes; `1.5`, `-5` and `1,500` do not.

use super::{judged, printed};
use crate::schema::formats::{FormatFault, Formatted};
use crate::text::{grouped, parts, without_leading};

pub(in crate::schema) fn check(text: &str) -> Formatted {
    let code = printed(text);
    let mut amount = code.as_str();
    for unit in parts("Đ|ĐồNG|ĐỒNG|VND|VNĐ|₫", b'|') {
        if let Some(before) = code.strip_suffix(unit) {
            amount = before.strip_suffix(' ').unwrap_or(before);
        }
    }
    let mut digits = String::new();
    for letter in amount.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
        }
    }
    let mut is_known = amount == digits;
    for sign in ['.', ' ', ','] {
        // A single comma may part decimals.
        is_known |= amount == grouped(&digits, sign) && (sign != ',' || digits.len() > 6);
    }
    if digits.is_empty() || !is_known {
        return Err(FormatFault::new("money.form"));
    }
    let significant = without_leading(&digits, b'0');
    judged(text, grouped(if significant.is_empty() { "0" } else { significant }, '.'), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Facts;

    #[test]
    fn amounts_that_may_mean_two_things_are_refused() {
        for text in ["0", "7", "999", "1.500", "1.500.000", "120.000.000.000"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in [
            "",
            " ",
            "đ",
            "1.5",
            "1,5",
            "1,500",
            "1.50",
            "1.5000",
            "15000.000",
            "1.500,000",
            "1.500.000,00",
            "1,500.000",
            "1 500.000",
            "1 5",
            "-5",
            "+5",
            "1e6",
            "1..500",
            ".500",
            "500.",
            "1.500.000 USD",
            "1 triệu",
            "một triệu",
            "1.500.000 đ đ",
            "1.500.OOO",
        ] {
            assert_eq!(check(text), Err(FormatFault::new("money.form")), "{text}");
        }
    }

    #[test]
    fn what_people_write_is_read() {
        for (text, canonical) in [
            ("1500000", "1.500.000"),
            ("1,500,000", "1.500.000"),
            ("1 500 000", "1.500.000"),
            ("1\u{a0}500\u{a0}000", "1.500.000"),
            ("1.500.000đ", "1.500.000"),
            ("1.500.000 đồng", "1.500.000"),
            ("1.500.000 ĐỒNG", "1.500.000"),
            ("1.500.000 VNĐ", "1.500.000"),
            ("1.500.000 vnd", "1.500.000"),
            ("1.500.000 ₫", "1.500.000"),
            ("0500", "500"),
            ("000", "0"),
            ("1500", "1.500"),
        ] {
            let facts = Facts::none().with("normalized", canonical);
            assert_eq!(check(text), Err(FormatFault::with("format.spelling", facts).warning()), "{text}");
        }
    }
}

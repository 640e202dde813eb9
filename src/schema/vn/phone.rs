//! `vn-phone`: a telephone number in Vietnam, dialled from inside: `0912345678`, `02253842123`.
//!
//! Ten digits from 03, 05, 07, 08 or 09 for a mobile, eleven from 02 for a fixed line, eight to ten from 1800 or 1900 for a service
//! (libphonenumber's metadata, PyPI `phonenumbers` 9.0.43). Start and length are judged; prefixes are given to operators
//! anew, so one that the metadata lacks is a warning. `+84`, `0084` and `84` in front stand for the 0.
//! Mobile numbers had eleven digits until 2018: the ministry's plan kept the last seven (announced for 15 September 2018,
//! thaibinh.gov.vn, 6 June 2018).
//! `0912345678` and `02253842123` pass; `091234567` and `0161234567` do not.

use super::{digits, judged, with_zero, wrong_length};
use crate::report::Facts;
use crate::schema::formats::{FormatFault, Formatted};
use crate::text::{cut, parts};

/// What libphonenumber knows to follow the 0: some digits, a space, and the digits of which one comes next. The first that fits decides.
const PREFIXES: &str = "52 238|55 9|5 1689|89 6789|8 12345678|99 013456789|9 012345678|7 06789|3 0123456789|\
    20 3456789|21 012345689|22 01256789|23 23456789|24 2345678|25 12456789|26 01239|27 01234567|28 23456789|29 01234679";

/// What mobile numbers began with before 2018, and what took its place.
const RENUMBERED: &str = "120 70|121 79|122 77|123 83|124 84|125 85|126 76|127 81|128 78|129 82|\
    162 32|163 33|164 34|165 35|166 36|167 37|168 38|169 39|186 56|188 58|199 59";

pub(in crate::schema) fn check(text: &str) -> Formatted {
    let dialled = digits(text, "phone.characters")?;
    if find("1800 |1900 ", &dialled).is_some_and(|(_, _, rest)| matches!(rest.len(), 4..=6)) {
        return judged(text, dialled, None);
    }
    let abroad = dialled.strip_prefix("00").unwrap_or(&dialled).strip_prefix("84").filter(|rest| rest.len() > 8);
    let number = abroad.unwrap_or(&dialled);
    let rest = number.strip_prefix('0').unwrap_or(number);
    let whole = with_zero(rest);
    let expected = match rest.as_bytes().first() {
        Some(b'2') => 11,
        Some(b'3' | b'5' | b'7' | b'8' | b'9') => 10,
        None => return Err(wrong_length("phone.length", 10, number, false)),
        _ => 0,
    };
    let has_zero = abroad.is_some() || number.len() > rest.len();
    let mut facts = Facts::none();
    if whole.len() == expected {
        if has_zero {
            return judged(text, whole, doubt(rest));
        }
        facts = facts.with("suggestion", whole);
    } else if expected > 0 && has_zero {
        return Err(wrong_length("phone.length", expected, &whole, false));
    } else if let Some((old, new, last)) = find(RENUMBERED, rest).filter(|_| rest.len() == 10) {
        facts = facts.with("old", with_zero(old)).with("suggestion", with_zero(new) + last);
    }
    Err(FormatFault::with("phone.start", facts))
}

/// The entry of a table that a number begins with: its head, what it says, and the rest of the number.
fn find<'t>(table: &'t str, number: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
    for entry in parts(table, b'|') {
        let (head, says) = cut(entry, b' ')?;
        if let Some(rest) = number.strip_prefix(head) {
            return Some((head, says, rest));
        }
    }
    None
}

/// A prefix that libphonenumber does not know.
fn doubt(number: &str) -> Option<FormatFault> {
    let known =
        find(PREFIXES, number).is_some_and(|(_, digits, rest)| rest.bytes().next().is_some_and(|next| digits.as_bytes().contains(&next)));
    let prefix = with_zero(number.get(..3)?);
    (!known).then(|| FormatFault::with("phone.prefix", Facts::none().with("prefix", prefix)).warning())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Fact;

    fn text_of(fault: &FormatFault, name: &str) -> Option<String> {
        fault.facts.find(name).map(|fact| if let Fact::Text(text) = fact { text.to_string() } else { String::new() })
    }

    #[test]
    fn numbers_are_judged_by_start_and_length() {
        for (text, code) in [
            ("0912345678", None),
            ("0321234567", None),
            ("0871234567", None),
            ("02253842123", None),
            ("02438252525", None),
            ("18001234", None),
            ("1900123456", None),
            ("0571234567", Some("phone.prefix")),
            ("0521234567", Some("phone.prefix")),
            ("0711234567", Some("phone.prefix")),
            ("02173842123", Some("phone.prefix")),
            ("091234567", Some("phone.length")),
            ("09123456789", Some("phone.length")),
            ("0225384212", Some("phone.length")),
            ("+8491234567", Some("phone.start")),
            ("+849123456789", Some("phone.length")),
            ("", Some("phone.length")),
            ("0", Some("phone.length")),
            ("+84", Some("phone.start")),
            ("0161234567", Some("phone.start")),
            ("912345678", Some("phone.start")),
            ("2253842123", Some("phone.start")),
            ("0412345678", Some("phone.start")),
            ("00912345678", Some("phone.start")),
            ("1800123", Some("phone.start")),
            ("12345678", Some("phone.start")),
            ("+1 912 345 678", Some("phone.start")),
            ("+", Some("phone.length")),
            ("09l2345678", Some("phone.characters")),
            ("0912345678 (Lan)", Some("phone.characters")),
            ("0912345678/0912345679", Some("phone.characters")),
            ("0912345678, 0912345679", Some("phone.characters")),
        ] {
            assert_eq!(check(text).err().map(|fault| fault.code), code, "{text}");
        }
    }

    #[test]
    fn what_people_write_is_read() {
        for (text, canonical) in [
            ("0912 345 678", "0912345678"),
            ("0912.345.678", "0912345678"),
            ("0912-345-678", "0912345678"),
            ("0912\u{a0}345678", "0912345678"),
            ("+84912345678", "0912345678"),
            ("+84 912 345 678", "0912345678"),
            ("(+84) 912 345 678", "0912345678"),
            ("+84 (0)912 345 678", "0912345678"),
            ("84912345678", "0912345678"),
            ("0084912345678", "0912345678"),
            ("０９１２３４５６７８", "0912345678"),
            ("0225 384 2123", "02253842123"),
            ("(0225) 3842123", "02253842123"),
            ("+84 225 384 2123", "02253842123"),
            ("1900 1234", "19001234"),
            ("057 123 4567", "0571234567"),
        ] {
            assert_eq!(text_of(&check(text).unwrap_err(), "normalized").as_deref(), Some(canonical), "{text}");
        }
    }

    #[test]
    fn numbers_of_before_2018_are_told_their_new_prefix() {
        for (text, suggestion) in [
            ("01201234567", Some("0701234567")),
            ("0121 123 4567", Some("0791234567")),
            ("01221234567", Some("0771234567")),
            ("01231234567", Some("0831234567")),
            ("01241234567", Some("0841234567")),
            ("01251234567", Some("0851234567")),
            ("01261234567", Some("0761234567")),
            ("01271234567", Some("0811234567")),
            ("01281234567", Some("0781234567")),
            ("01291234567", Some("0821234567")),
            ("+841695678945", Some("0395678945")),
            ("01621234567", Some("0321234567")),
            ("01861234567", Some("0561234567")),
            ("01881234567", Some("0581234567")),
            ("01991234567", Some("0591234567")),
            ("01601234567", None),
            ("01871234567", None),
            ("01981234567", None),
            ("0120123456", None),
            ("012012345678", None),
        ] {
            let fault = check(text).unwrap_err();
            assert_eq!((fault.code, text_of(&fault, "suggestion").as_deref()), ("phone.start", suggestion), "{text}");
        }
    }

    #[test]
    fn a_lost_zero_is_suggested() {
        for (text, suggestion) in
            [("912345678", Some("0912345678")), ("2253842123", Some("02253842123")), ("91234567", None), ("412345678", None)]
        {
            assert_eq!(text_of(&check(text).unwrap_err(), "suggestion").as_deref(), suggestion, "{text}");
        }
    }
}

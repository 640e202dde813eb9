//! `vn-phone`: a telephone number in Vietnam, dialled from inside: `0912345678`, `02253842123`.
//!
//! Ten digits from 03, 05, 07, 08 or 09 for a mobile, eleven from 02 for a fixed line, eight to ten from 1800 or 1900 for a service
//! (libphonenumber's metadata, PyPI `phonenumbers` 9.0.43). Start and length are judged; prefixes are given to operators
//! anew, so one that the metadata lacks is a warning. `+84`, `0084` and `84` in front stand for the 0.
//! Mobile numbers had eleven digits until 2018: the ministry's plan kept the last seven (announced for 15 September 2018,
//! thaibinh.gov.vn, 6 June 2018).
//! `0912345678` and `02253842123` pass; `091234567` and `0161234567` do not.

use super::{digits, is_space, judged, stray, without_zero, wrong_length};
use crate::report::Facts;
use crate::schema::formats::{FormatFault, Formatted};

pub(in crate::schema) fn check(text: &str) -> Formatted {
    let (plus, rest) = match text.split_once('+') {
        Some((before, rest)) if before.chars().all(|letter| is_space(letter) || letter == '(') => ("+", rest),
        _ => ("", text),
    };
    let dialled = digits(rest, "phone.characters")?;
    let number = match (plus, dialled.as_bytes()) {
        ("+", [b'8', b'4', ..]) => after(&dialled, 2),
        ("+", _) => return Err(stray("phone.characters", '+')),
        (_, [b'0', b'0', b'8', b'4', ..]) => after(&dialled, 4),
        (_, [b'8', b'4', _, _, _, _, _, _, _, _, _, ..]) => after(&dialled, 2),
        (_, [b'0', ..]) => after(&dialled, 1),
        (_, [b'1', b'8' | b'9', b'0', b'0', ..]) if (8..=10).contains(&dialled.len()) => return judged(text, &dialled, None),
        (_, []) => return Err(wrong_length("phone.length", 10, "")),
        _ if expected(&dialled) == Some(dialled.len()) => return Err(without_zero(FormatFault::new("phone.start"), &dialled)),
        _ => return Err(FormatFault::new("phone.start")),
    };
    national(text, number)
}

/// What follows the prefix for the country; `+84 (0)912…` is written too.
fn after(dialled: &str, prefix: usize) -> &str {
    let rest = dialled.get(prefix..).unwrap_or_default();
    if prefix == 1 { rest } else { rest.strip_prefix('0').unwrap_or(rest) }
}

/// Judges a number by its digits after the 0.
fn national(text: &str, number: &str) -> Formatted {
    let whole = "0".to_owned() + number;
    match expected(number) {
        Some(expected) if expected == number.len() => judged(text, &whole, doubt(&whole)),
        Some(expected) => Err(wrong_length("phone.length", expected as u64 + 1, &whole)),
        None if number.is_empty() => Err(wrong_length("phone.length", 10, &whole)),
        None => Err(renumbered(number).unwrap_or(FormatFault::new("phone.start"))),
    }
}

/// How many digits follow the 0.
const fn expected(number: &str) -> Option<usize> {
    match number.as_bytes() {
        [b'2', ..] => Some(10),
        [b'3' | b'5' | b'7' | b'8' | b'9', ..] => Some(9),
        _ => None,
    }
}

/// Says what became of a mobile number of eleven digits.
fn renumbered(number: &str) -> Option<FormatFault> {
    // By the third digit of 012x: MobiFone and VinaPhone shared them.
    const OF_12: &str = "70797783848576817882";
    let &[b'1', second, third, _, _, _, _, _, _, _] = number.as_bytes() else { return None };
    let (old, last) = (number.get(..3)?, number.get(2..3)?);
    let at = usize::from(third.wrapping_sub(b'0')) * 2;
    let (first, last) = match (second, third) {
        (b'2', _) => (OF_12.get(at..at + 2)?, ""),
        (b'6', b'2'..) => ("3", last),
        (b'8', b'6' | b'8') | (b'9', b'9') => ("5", last),
        _ => return None,
    };
    let new = "0".to_owned() + first + last + number.get(3..)?;
    Some(FormatFault::with("phone.start", Facts::none().with("old", "0".to_owned() + old).with("suggestion", new)))
}

/// A prefix that libphonenumber does not know.
fn doubt(whole: &str) -> Option<FormatFault> {
    let known = matches!(
        whole.as_bytes(),
        [_, b'3', ..]
            | [_, b'5', b'1' | b'6' | b'8' | b'9', ..]
            | [_, b'5', b'2', b'2' | b'3' | b'8', ..]
            | [_, b'5', b'5', b'9', ..]
            | [_, b'7', b'0' | b'6'..=b'9', ..]
            | [_, b'8', b'1'..=b'8', ..]
            | [_, b'8', b'9', b'6'..=b'9', ..]
            | [_, b'9', b'0'..=b'8', ..]
            | [_, b'9', b'9', b'0' | b'1' | b'3'..=b'9', ..]
            | [_, b'2', b'0', b'3'..=b'9', ..]
            | [_, b'2', b'1', b'0'..=b'6' | b'8' | b'9', ..]
            | [_, b'2', b'2', b'0'..=b'2' | b'5'..=b'9', ..]
            | [_, b'2', b'3' | b'8', b'2'..=b'9', ..]
            | [_, b'2', b'4', b'2'..=b'8', ..]
            | [_, b'2', b'5', b'1' | b'2' | b'4'..=b'9', ..]
            | [_, b'2', b'6', b'0'..=b'3' | b'9', ..]
            | [_, b'2', b'7', b'0'..=b'7', ..]
            | [_, b'2', b'9', b'0'..=b'4' | b'6' | b'7' | b'9', ..]
    );
    let prefix = whole.get(..4).unwrap_or_default().to_owned();
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
            ("+8491234567", Some("phone.length")),
            ("", Some("phone.length")),
            ("0", Some("phone.length")),
            ("+84", Some("phone.length")),
            ("0161234567", Some("phone.start")),
            ("912345678", Some("phone.start")),
            ("2253842123", Some("phone.start")),
            ("0412345678", Some("phone.start")),
            ("00912345678", Some("phone.start")),
            ("1800123", Some("phone.start")),
            ("12345678", Some("phone.start")),
            ("+1 912 345 678", Some("phone.characters")),
            ("+", Some("phone.characters")),
            ("0912+345678", Some("phone.characters")),
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

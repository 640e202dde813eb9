//! `vn-vsic`, `vn-commune`, `vn-province`, `vn-old-id`: codes of a fixed number of digits.
//!
//! Industries are declared at level four of VSIC, four digits, on the business registration portal; provinces have two
//! digits and communes five in the list in force since 1 July 2025; the old identity card had nine. Which codes exist is for a
//! list handed in. A code of the 63 provinces of before that names none of the 34 of today: a warning, for papers issued
//! earlier keep it.
//! `5610` is a VSIC code; `561` and `56101` are not.

use super::personal_id::PLACES;
use super::{digits, judged, without_zero, wrong_length};
use crate::report::Facts;
use crate::schema::formats::{FormatFault, Formatted};
use crate::text::read_number;

/// The provinces since 1 July 2025 (PyPI `vietnam-provinces` 2025.10.1).
const PROVINCES: [u8; 34] =
    [1, 4, 8, 11, 12, 14, 15, 19, 20, 22, 24, 25, 31, 33, 37, 38, 40, 42, 44, 46, 48, 51, 52, 56, 66, 68, 75, 79, 80, 82, 86, 91, 92, 96];

pub(in crate::schema) fn vsic(text: &str) -> Formatted {
    exactly(4, "vsic.form", text, None)
}

pub(in crate::schema) fn province(text: &str) -> Formatted {
    let is_in = |codes: &[u8]| codes.iter().any(|code| Some(u64::from(*code)) == read_number(text));
    let old = is_in(&PLACES) && !is_in(&PROVINCES);
    let doubt = || FormatFault::with("province.old", Facts::none().with("code", text.to_owned())).warning();
    exactly(2, "province.form", text, old.then(doubt))
}

pub(in crate::schema) fn commune(text: &str) -> Formatted {
    exactly(5, "commune.form", text, None)
}

pub(in crate::schema) fn old_id(text: &str) -> Formatted {
    const LENGTH: u64 = 9;
    let number = digits(text, "old-id.form")?;
    let fault = wrong_length("old-id.form", LENGTH, &number);
    match number.len() as u64 {
        LENGTH => judged(text, &number, None),
        8 => Err(without_zero(fault, &number)),
        _ => Err(fault),
    }
}

fn exactly(length: u64, code: &'static str, text: &str, doubt: Option<FormatFault>) -> Formatted {
    let number = digits(text, code)?;
    // In `56-10` and `56.10` the sign may mean something.
    let has_signs = text.bytes().any(|byte| byte.is_ascii_punctuation());
    if number.len() as u64 == length && !has_signs { judged(text, &number, doubt) } else { Err(wrong_length(code, length, &number)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_number_of_digits() {
        type Check = fn(&str) -> Formatted;
        for (check, good) in [(vsic as Check, "5610"), (province, "31"), (commune, "11914"), (old_id, "031234567")] {
            assert_eq!(check(good), Ok(()));
            for bad in [good.get(1..).unwrap(), &format!("{good}0"), &good.replace('1', "l"), &good.replace('1', "1/"), ""] {
                let fault = check(bad).unwrap_err();
                assert!(fault.code.ends_with(".form") && fault.facts.find("normalized").is_none(), "{bad}");
            }
            let spaced = check(&format!(" {good}")).unwrap_err();
            assert_eq!((spaced.code, spaced.facts), ("format.spelling", Facts::none().with("normalized", good)));
        }
        assert!(["56-10", "56.10", "5610.", "I5610"].iter().all(|text| vsic(text).unwrap_err().code == "vsic.form"));
    }

    #[test]
    fn a_province_that_was_merged_is_a_doubt() {
        for (text, code) in [
            ("01", None),
            ("31", None),
            ("96", None),
            // Of neither list: that is for the list handed in.
            ("99", None),
            ("30", Some("province.old")),
            ("06", Some("province.old")),
            ("95", Some("province.old")),
            ("1", Some("province.form")),
            ("031", Some("province.form")),
        ] {
            assert_eq!(province(text).err().map(|fault| fault.code), code, "{text}");
        }
    }

    #[test]
    fn an_old_number_may_be_written_in_groups() {
        for (text, code, suggestion) in [
            ("031 234 567", "format.spelling", None),
            ("031.234.567", "format.spelling", None),
            ("31234567", "old-id.form", Some("031234567")),
            ("3123456", "old-id.form", None),
            ("031185000002", "old-id.form", None),
            ("03I234567", "old-id.form", None),
        ] {
            let fault = old_id(text).unwrap_err();
            assert_eq!((fault.code, fault.facts.find("suggestion")), (code, suggestion.map(Into::into).as_ref()), "{text}");
        }
    }
}

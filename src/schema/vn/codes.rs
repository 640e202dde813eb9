//! `vn-vsic`, `vn-commune`, `vn-province`, `vn-old-id`: codes of a fixed number of digits.
//!
//! Industries are declared at level four of VSIC, four digits, on the business registration portal; provinces have two
//! digits and communes five in the list in force since 1 July 2025; the old identity card had nine.
//! `5610` is a VSIC code; `561` and `56101` are not.

use super::{digits, wrong_length};
use crate::schema::formats::Formatted;

pub(in crate::schema) fn vsic(text: &str) -> Formatted {
    exactly(4, "vsic.form", text)
}

pub(in crate::schema) fn province(text: &str) -> Formatted {
    exactly(2, "province.form", text)
}

pub(in crate::schema) fn commune(text: &str) -> Formatted {
    exactly(5, "commune.form", text)
}

pub(in crate::schema) fn old_id(text: &str) -> Formatted {
    exactly(9, "old-id.form", text)
}

fn exactly(length: u64, code: &'static str, text: &str) -> Formatted {
    digits(text, code)?;
    if text.len() as u64 == length { Ok(()) } else { Err(wrong_length(code, length, text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_number_of_digits() {
        type Check = fn(&str) -> Formatted;
        for (check, good) in [(vsic as Check, "5610"), (province, "31"), (commune, "11914"), (old_id, "031234567")] {
            assert_eq!(check(good), Ok(()));
            for bad in [good.get(1..).unwrap(), &format!("{good}0"), &good.replace('1', "l"), ""] {
                assert!(check(bad).is_err(), "{bad}");
            }
        }
    }
}

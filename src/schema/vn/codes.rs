//! `vn-vsic`, `vn-commune`, `vn-province`, `vn-old-id`: codes of a fixed number of digits.
//!
//! Industries are declared at level four of VSIC, four digits, on the business registration portal; provinces have two
//! digits and communes five in the list in force since 1 July 2025; the old identity card had nine. Which codes exist is for a
//! list handed in. A code of the 63 provinces of before that names none of the 34 of today: a warning, for papers issued
//! earlier keep it.
//! `5610` is a VSIC code; `561` and `56101` are not.

use super::personal_id::lists;
use super::{judged, number, read, shaped};
use crate::report::Facts;
use crate::schema::formats::{FormatFault, Formatted};

/// The provinces of before 1 July 2025 whose code no province has since (PyPI `vietnam-provinces` 2025.10.1).
const MERGED: [u8; 29] = [2, 6, 10, 17, 26, 27, 30, 34, 35, 36, 45, 49, 54, 58, 60, 62, 64, 67, 70, 72, 74, 77, 83, 84, 87, 89, 93, 94, 95];

pub(in crate::schema) fn vsic(text: &str) -> Formatted {
    shaped(text, ["9999", "", "", "vsic.form"])
}

pub(in crate::schema) fn commune(text: &str) -> Formatted {
    shaped(text, ["99999", "", "", "commune.form"])
}

pub(in crate::schema) fn province(text: &str) -> Formatted {
    let (code, _) = read(text, ["99", "", "", "province.form"])?;
    let old = || FormatFault::with("province.old", Facts::none().with("code", code.clone())).warning();
    let doubt = lists(&MERGED, &code).then(old);
    judged(text, code, doubt)
}

pub(in crate::schema) fn old_id(text: &str) -> Formatted {
    number(text, ["old-id.form"; 2], 9, false)
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
            assert_eq!(check(&format!("{good}\u{a0}")).unwrap_err().code, "format.spelling");
            let spaced = check(&format!(" {good}")).unwrap_err();
            assert_eq!((spaced.code, spaced.facts), ("format.spelling", Facts::none().with("normalized", good)));
        }
        assert!(["56-10", "56.10", "56 10", "5610.", "I5610"].iter().all(|text| vsic(text).unwrap_err().code == "vsic.form"));
    }

    #[test]
    fn of_the_63_provinces_34_codes_are_left() {
        let now = [
            1, 4, 8, 11, 12, 14, 15, 19, 20, 22, 24, 25, 31, 33, 37, 38, 40, 42, 44, 46, 48, 51, 52, 56, 66, 68, 75, 79, 80, 82, 86, 91,
            92, 96,
        ];
        let (kept, merged): (Vec<u8>, Vec<u8>) = super::super::personal_id::PLACES.iter().partition(|code| now.contains(code));
        assert_eq!((kept, merged), (now.to_vec(), MERGED.to_vec()));
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
            // Written otherwise, it is the same doubt.
            (" ３0", Some("province.old")),
            (" 31", Some("format.spelling")),
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
            ("31185000002", "old-id.form", None),
            ("03I234567", "old-id.form", None),
        ] {
            let fault = old_id(text).unwrap_err();
            assert_eq!((fault.code, fault.facts.find("suggestion")), (code, suggestion.map(Into::into).as_ref()), "{text}");
        }
    }
}

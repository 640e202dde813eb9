//! `vn-social-insurance`, `vn-health-insurance`: the number of social insurance (mã số BHXH) and of the health insurance card (mã thẻ BHYT).
//!
//! Ten digits; there is no check digit that is public. The card had fifteen characters: two letters for the group of the insured,
//! whose list changes, a digit from 1 to 5 for the level of benefit, two for the province, and the ten (Decision 1351/QD-BHXH, 2015);
//! since Decision 1666/QD-BHXH of 2020 it bears the ten alone (from memory). Personal identity numbers take their place step by
//! step (from memory), so twelve digits are not refused.
//! `3101234567` and `GD4313101234567` pass; `310123456` does not.

use super::{number, shaped};
use crate::schema::formats::Formatted;

pub(in crate::schema) fn social(text: &str) -> Formatted {
    number(text, ["social-insurance.form"; 2], 10, true)
}

pub(in crate::schema) fn health(text: &str) -> Formatted {
    const FORM: &str = "health-insurance.form";
    if text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return shaped(text, ["AA~5~99~99~9999~9999", "AA~9~99~99~9999~9999", "GD4313101234567", FORM]);
    }
    number(text, [FORM; 2], 10, true)
}

#[cfg(test)]
mod tests {
    use super::super::hold;
    use super::*;

    #[test]
    fn numbers_have_ten_digits_or_are_a_persons() {
        let form = Some("social-insurance.form");
        hold(
            social,
            &[
                ("3101234567", None),
                ("031185000002", None),
                ("31 0123 4567", Some("format.spelling")),
                ("310-123-4567", Some("format.spelling")),
                ("999085000005", Some("personal-id.place")),
                ("310123456", form),
                ("31012345678", form),
                ("3101234567890", form),
                ("310123456O", form),
                ("GD4313101234567", form),
                ("", form),
            ],
        );
        let suggestion = |text| social(text).unwrap_err().facts.find("suggestion").cloned();
        assert_eq!(suggestion("101234567"), Some("0101234567".into()));
        assert_eq!(suggestion("31185000002"), Some("031185000002".into()));
        assert_eq!(suggestion("10123456"), None);
    }

    #[test]
    fn cards_of_both_decisions() {
        let form = Some("health-insurance.form");
        hold(
            health,
            &[
                ("GD4313101234567", None),
                ("ĐK2310123456789", None),
                ("3101234567", None),
                ("031185000002", None),
                ("gd4313101234567", Some("format.spelling")),
                ("GD 4 31 31 0123 4567", Some("format.spelling")),
                ("GD-4-31-3101234567", Some("format.spelling")),
                ("ÐK2310123456789", Some("format.spelling")),
                ("GD6313101234567", Some("format.unusual")),
                ("GD0313101234567", Some("format.unusual")),
                ("GD431310123456", form),
                ("GD43131012345678", form),
                ("G4313101234567", form),
                ("GDX313101234567", form),
                ("GD431310123456O", form),
                ("ẦK2310123456789", form),
                ("31012345678", form),
                ("", form),
            ],
        );
    }
}

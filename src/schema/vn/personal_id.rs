//! `vn-personal-id`: the personal identity number (số định danh cá nhân), 12 digits.
//!
//! Province or country of birth registration (3), century and sex (1), year of birth (2), random (6); there is no check
//! digit (annex of Circular 07/2016/TT-BCA, then of 59/2021/TT-BCA; read second-hand). An unknown place is a doubt, no mistake: there are codes for
//! births abroad, and codes given since 1 July 2025 are not confirmed. So is a century to come: that is our reading.
//! `031185000002` passes; `31185000002`, its leading zero lost, does not.

use super::number;
use crate::report::Facts;
use crate::schema::formats::{FormatFault, Formatted};
pub(super) use crate::text::PERSONAL_ID_LENGTH as LENGTH;
use crate::text::read_number;
pub use crate::text::{Sex, birth_year_of, place_of, sex_of};

/// The 63 provinces in whose registers births were entered until 30 June 2025 (the annex). A new province keeps the numbers of its
/// parts, so this says nothing of where somebody lives.
pub(super) const PLACES: [u8; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52,
    54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

pub(in crate::schema) fn check(text: &str) -> Formatted {
    number(text, ["personal-id.characters", "personal-id.length"], LENGTH, true)
}

/// What is doubtful in 12 digits.
pub(super) fn doubt(number: &str) -> Option<FormatFault> {
    let place = number.get(..3).unwrap_or_default();
    let known = lists(&PLACES, place);
    let fault = if !known {
        FormatFault::with("personal-id.place", Facts::none().with("place", place.to_owned()))
    } else if number.get(3..4) > Some("3") {
        FormatFault::new("personal-id.century")
    } else {
        return None;
    };
    Some(fault.warning())
}

/// Whether a list has a code.
pub(super) fn lists(codes: &[u8], code: &str) -> bool {
    read_number(code).and_then(|code| code.try_into().ok()).is_some_and(|code| codes.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synthetic_numbers_are_judged() {
        for (text, code) in [
            ("031085000001", None),
            ("031185000002", None),
            ("079204000003", None),
            ("031304000004", None),
            ("096299999999", None),
            ("999085000005", Some("personal-id.place")),
            ("003085000005", Some("personal-id.place")),
            ("000085000005", Some("personal-id.place")),
            ("031485000005", Some("personal-id.century")),
            ("031 185 000 002", Some("format.spelling")),
            ("031.185.000.002", Some("format.spelling")),
            ("\u{a0}031185000002", Some("format.spelling")),
            ("０31085000001", Some("format.spelling")),
            ("999 085 000 005", Some("personal-id.place")),
            ("31085000001", Some("personal-id.length")),
            ("0310850000012", Some("personal-id.length")),
            ("031234567", Some("personal-id.length")),
            ("", Some("personal-id.length")),
            (" ", Some("personal-id.length")),
            ("03108500000l", Some("personal-id.characters")),
            ("O31085000001", Some("personal-id.characters")),
            ("031085000001a", Some("personal-id.characters")),
            ("031/085000001", Some("personal-id.characters")),
            ("+31085000001", Some("personal-id.length")),
            ("٠31085000001", Some("personal-id.characters")),
        ] {
            assert_eq!(check(text).err().map(|fault| fault.code), code, "{text}");
        }
    }

    #[test]
    fn a_zero_is_suggested_only_where_it_makes_a_likely_number() {
        for (text, suggested) in [
            ("31085000001", true),
            ("1185000002", false),
            ("01185000002", true),
            ("03185000002", false),
            ("31 085 000 001", true),
            ("31485000001", false),
        ] {
            assert_eq!(check(text).unwrap_err().facts.find("suggestion").is_some(), suggested, "{text}");
        }
    }
}

//! What a personal identity number (số định danh cá nhân) says of its holder.
//!
//! Province or country of birth registration (3 digits), century and sex (1), year of birth (2), random (6): annex of Circular 07/2016/TT-BCA, then of
//! 59/2021/TT-BCA (read second-hand).

use super::digits;
use crate::text::read_number;

/// How many digits it has.
pub(crate) const PERSONAL_ID_LENGTH: usize = 12;

/// A person's sex as the number says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// The sex that a personal identity number says: its fourth digit is even for men. A number is given anew when sex or year
/// change, so one that says otherwise is to be looked at, not wrong.
///
/// ```
/// use hoso::text::{Sex, sex_of};
///
/// assert_eq!(sex_of("031185000002"), Some(Sex::Female));
/// assert_eq!(sex_of("31185000002"), None);
/// ```
#[must_use]
pub fn sex_of(text: &str) -> Option<Sex> {
    Some(if part(text, 3, 4)? % 2 == 0 { Sex::Male } else { Sex::Female })
}

/// The year of birth that a personal identity number says: two digits of the century counted from 1900, the sex taken off, and two of the year.
///
/// ```
/// use hoso::text::birth_year_of;
///
/// assert_eq!(birth_year_of("031185000002"), Some(1985));
/// assert_eq!(birth_year_of("079 204 000 003"), Some(2004));
/// assert_eq!(birth_year_of("0792040000"), None);
/// ```
#[must_use]
pub fn birth_year_of(text: &str) -> Option<u64> {
    Some(1900 + part(text, 3, 4)? / 2 * 100 + part(text, 4, 6)?)
}

/// The place of birth registration that a personal identity number says: a province of before 1 July 2025, up to 96, or a country.
#[must_use]
pub fn place_of(text: &str) -> Option<u64> {
    part(text, 0, 3)
}

fn part(text: &str, start: usize, end: usize) -> Option<u64> {
    let number = digits(text).ok().filter(|number| number.len() == PERSONAL_ID_LENGTH)?;
    read_number(number.get(start..end)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_place_sex_and_year() {
        for (text, place, sex, year) in [
            ("031085000001", 31, Sex::Male, 1985),
            ("031185000002", 31, Sex::Female, 1985),
            ("079204000003", 79, Sex::Male, 2004),
            ("031304000004", 31, Sex::Female, 2004),
            ("001 999 000 001", 1, Sex::Female, 2399),
        ] {
            assert_eq!((place_of(text), sex_of(text), birth_year_of(text)), (Some(place), Some(sex), Some(year)), "{text}");
        }
        for text in ["", "31085000001", "03108500000l", "0310850000012", "Lan"] {
            assert_eq!((place_of(text), sex_of(text), birth_year_of(text)), (None, None, None), "{text}");
        }
    }
}

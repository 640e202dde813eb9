//! `vn-plate`: the number plate of a vehicle.
//!
//! Two digits for the province, one or two letters, for motorcycles a digit besides, and four or five digits: `30A-123.45`, `36B1-123.45`,
//! `68PA-045.45`, `29MĐ1-123.45`; for foreigners `80-441-NG-02` (Circular 79/2024/TT-BCA, amended by 13/2025 and 51/2025/TT-BCA; read
//! second-hand). Plates of merged provinces stay valid. Plates of the army, temporary ones and others have forms of their own, so nothing is refused.
//! `30A12345` may be a car's `30A-123.45` or a motorcycle's `30A1-2345`: only the hyphen tells.

use super::{judged, printed, unusual};
use crate::schema::formats::{FormatFault, Formatted};

pub(in crate::schema) fn check(text: &str) -> Formatted {
    // A space parts like a hyphen.
    let code = printed(text, "-");
    let Some((province, series, digits)) = parts(&code) else { return Err(doubt()) };
    if province.len() == 5 {
        return foreign(text, &province, &series, &digits);
    }
    let behind = code.rsplit_once('-').map_or(0, |(_, tail)| tail.bytes().filter(u8::is_ascii_digit).count());
    let last = match (digits.len(), behind, series.chars().count()) {
        (4, ..) => 4,
        (5, 4, _) => 4,
        (5, 5, _) | (5, _, 2) | (6, ..) => 5,
        (5, ..) => return Err(FormatFault::new("plate.hyphen").warning()),
        _ => return Err(doubt()),
    };
    let Some((more, number)) = digits.split_at_checked(digits.len() - last) else { return Err(doubt()) };
    let mut canonical = province + &series + more + "-" + number;
    if last == 5 {
        canonical.insert(canonical.len() - 2, '.');
    }
    judged(text, &canonical, is_unusual(&canonical).then(doubt))
}

/// Digits, letters and digits, and nothing else but hyphens and points.
fn parts(code: &str) -> Option<(String, String, String)> {
    let (mut province, mut series, mut digits) = (String::new(), String::new(), String::new());
    for letter in code.chars() {
        match letter {
            '-' | '.' => {}
            '0'..='9' if series.is_empty() => province.push(letter),
            '0'..='9' => digits.push(letter),
            'A'..='Z' | 'Đ' if digits.is_empty() => series.push(letter),
            _ => return None,
        }
    }
    let fits = matches!(province.len(), 2 | 5) && matches!(series.chars().count(), 1 | 2);
    fits.then_some((province, series, digits))
}

fn foreign(text: &str, number: &str, series: &str, digits: &str) -> Formatted {
    let (Some((province, country)), "NG" | "QT" | "CV" | "NN", 2) = (number.split_at_checked(2), series, digits.len()) else {
        return Err(doubt());
    };
    judged(text, &(province.to_owned() + "-" + country + "-" + series + "-" + digits), None)
}

/// Provinces and letters that are not issued. The 20 letters are those of the circular; Đ stands in MĐ and TĐ.
fn is_unusual(plate: &str) -> bool {
    let province = plate.get(..2).unwrap_or_default();
    let strange = |letter| matches!(letter, 'I' | 'J' | 'O' | 'Q' | 'R' | 'W');
    province < "11" || matches!(province, "42" | "44" | "45" | "46" | "87" | "91" | "96") || plate.chars().any(strange)
}

fn doubt() -> FormatFault {
    unusual("30A-123.45")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Fact, Level};

    #[test]
    fn plates_of_cars_motorcycles_and_foreigners() {
        for (text, code) in [
            ("30A-123.45", None),
            ("15C-1234", None),
            ("36B1-123.45", None),
            ("30A1-2345", None),
            ("68PA-045.45", None),
            ("29MĐ1-123.45", None),
            ("29LD-1234", None),
            ("80-441-NG-02", None),
            ("30A12345", Some("plate.hyphen")),
            ("30A123.45", Some("plate.hyphen")),
            ("44A-123.45", Some("format.unusual")),
            ("10A-123.45", Some("format.unusual")),
            ("30O-123.45", Some("format.unusual")),
            ("30A-123", Some("format.unusual")),
            ("30A-1234567", Some("format.unusual")),
            ("30ABC-123.45", Some("format.unusual")),
            ("3A-123.45", Some("format.unusual")),
            ("300A-123.45", Some("format.unusual")),
            ("30-123.45", Some("format.unusual")),
            ("80-441-AB-02", Some("format.unusual")),
            ("TM-12-34", Some("format.unusual")),
            ("30A/123.45", Some("format.unusual")),
            ("", Some("format.unusual")),
        ] {
            let fault = check(text).err();
            assert!(fault.as_ref().is_none_or(|fault| fault.level == Level::Warning), "{text}");
            assert_eq!(fault.map(|fault| fault.code), code, "{text}");
        }
    }

    #[test]
    fn what_people_write_is_read() {
        for (text, canonical) in [
            ("30A-12345", "30A-123.45"),
            ("30a-123.45", "30A-123.45"),
            ("30A 123.45", "30A-123.45"),
            ("30A1234", "30A-1234"),
            ("30A-1 2345", "30A1-2345"),
            ("36-B1 123.45", "36B1-123.45"),
            ("36B112345", "36B1-123.45"),
            ("68PA04545", "68PA-045.45"),
            ("29MÐ1-123.45", "29MĐ1-123.45"),
            ("80441NG02", "80-441-NG-02"),
            ("80-441 NG 02", "80-441-NG-02"),
            ("44a 123.45", "44A-123.45"),
        ] {
            assert_eq!(check(text).unwrap_err().facts.find("normalized"), Some(&Fact::from(canonical)), "{text}");
        }
    }
}

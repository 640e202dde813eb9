//! `vn-plate`: the number plate of a vehicle.
//!
//! Two digits for the province, one or two letters, for motorcycles a digit besides, and four or five digits: `30A-123.45`, `36B1-123.45`,
//! `68PA-045.45`, `29MĐ1-123.45`; for foreigners `80-441-NG-02` (Circular 79/2024/TT-BCA, amended by 13/2025 and 51/2025/TT-BCA; read
//! second-hand). Plates of merged provinces stay valid. Plates of the army, temporary ones and others have forms of their own, so nothing is refused.
//! `30A12345` may be a car's `30A-123.45` or a motorcycle's `30A1-2345`: only the hyphen tells.

use super::personal_id::lists;
use super::{fill, printed, shaped};
use crate::schema::formats::{FormatFault, Formatted};

/// Numbers of no province.
const NOT_ISSUED: [u8; 18] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 42, 44, 45, 46, 87, 91, 96];

const CAR: &str = "99~A-999.99";
const MOTORCYCLE: &str = "99~A9-9999";
const ALL: &str = "99~A-999.99|99~A-9999|99~A9-999.99|99~A9-9999|99~AA-999.99|99~AA-9999|99~AA9-999.99|99~AA9-9999|99-999-AA-99";

pub(in crate::schema) fn check(text: &str) -> Formatted {
    let code = printed(text);
    if fill(&code, CAR).is_some() && fill(&code, MOTORCYCLE).is_some() {
        return Err(FormatFault::new("plate.hyphen").warning());
    }
    // The 20 letters are those of the circular; Đ stands in MĐ and TĐ.
    let strange = |letter| matches!(letter, b'I' | b'J' | b'O' | b'Q' | b'R' | b'W');
    let is_strange = lists(&NOT_ISSUED, code.get(..2).unwrap_or_default()) || code.bytes().any(strange);
    shaped(text, [if is_strange { "" } else { ALL }, ALL, "30A-123.45", ""])
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
            ("30A123.45", Some("format.spelling")),
            ("44A-123.45", Some("format.unusual")),
            ("10A-123.45", Some("format.unusual")),
            ("30O-123.45", Some("format.unusual")),
            ("30A-123", Some("format.unusual")),
            ("30A-1234567", Some("format.unusual")),
            ("30ABC-123.45", Some("format.unusual")),
            ("3A-123.45", Some("format.unusual")),
            ("300A-123.45", Some("format.unusual")),
            ("30-123.45", Some("format.unusual")),
            ("80-441-AB-02X", Some("format.unusual")),
            ("TM-12-34", Some("format.unusual")),
            ("30A,123.45", Some("format.unusual")),
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
            ("30A1 2345", "30A1-2345"),
            ("36-B1 123.45", "36B1-123.45"),
            ("36B112345", "36B1-123.45"),
            ("68PA04545", "68PA-045.45"),
            ("29MÐ1-123.45", "29MĐ1-123.45"),
            ("80441NG02", "80-441-NG-02"),
            ("80-441 NG 02", "80-441-NG-02"),
            ("44a 123.45", "44A-123.45"),
            ("30A/123.45", "30A-123.45"),
        ] {
            assert_eq!(check(text).unwrap_err().facts.find("normalized"), Some(&Fact::from(canonical)), "{text}");
        }
    }
}

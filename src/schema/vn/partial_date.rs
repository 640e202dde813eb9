//! `vn-partial-date`: a day, a month or a year, as far as it is known.
//!
//! Civil-status forms take the year alone, or month and year, of a parent's birth (`x-date-text` of the Ministry of Justice's
//! e-forms, captured 26 September 2026). Stored like `date`, cut short: `2024-05-17`, `2024-05`, `2024`. People write
//! `17/05/2024`, day first: it can be read, but rules compare dates as texts, so such a text is an error that offers the other. That
//! is our reading.
//! `2024-05` passes; `05/2024` and `2024-13` do not.

use super::{filled, judged, printed};
use crate::schema::formats::{FormatFault, Formatted, day};
use crate::text;

pub(in crate::schema) fn check(text: &str) -> Formatted {
    let code = filled(&printed(text), "9999|9999=98|9999=98=98|98=9999|98=98=9999").ok_or(FormatFault::new("partial-date.form"))?;
    let mut parts = ["", "", ""];
    for (part, written) in parts.iter_mut().zip(text::parts(&code, b'-')) {
        *part = written;
    }
    let [first, _, third] = parts;
    if first.len() != 4 {
        parts.swap(0, if third.is_empty() { 1 } else { 2 });
    }
    let mut canonical = String::new();
    for part in parts {
        canonical.push_str(match part.len() {
            0 | 4 => "",
            1 => "-0",
            _ => "-",
        });
        canonical.push_str(part);
    }
    // What is not known cannot be wrong.
    let rest = "0000-01-01".get(canonical.len()..).unwrap_or_default();
    day(&(canonical.clone() + rest))?;
    if text == canonical {
        return Ok(());
    }
    judged(text, canonical, Some(FormatFault::new("format.spelling")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Fact, Level};

    #[test]
    fn dates_are_judged_as_far_as_they_are_known() {
        for (text, code) in [
            ("2024", None),
            ("2024-05", None),
            ("2024-05-17", None),
            ("2024-02-29", None),
            ("0999", None),
            ("2023-02-29", Some("date.not-real")),
            ("2024-13", Some("date.not-real")),
            ("2024-00", Some("date.not-real")),
            ("13/2024", Some("date.not-real")),
            ("31/04/2024", Some("date.not-real")),
            ("24", Some("partial-date.form")),
            ("20245", Some("partial-date.form")),
            ("2024-", Some("partial-date.form")),
            ("2024--05", Some("format.spelling")),
            ("2024-005", Some("partial-date.form")),
            ("17-05-24", Some("partial-date.form")),
            ("17052024", Some("partial-date.form")),
            ("2024-05-17-1", Some("partial-date.form")),
            ("/2024", Some("partial-date.form")),
            ("//2024", Some("partial-date.form")),
            ("05202", Some("partial-date.form")),
            ("1960?", Some("partial-date.form")),
            ("5-2024-17", Some("partial-date.form")),
            ("khoảng 1960", Some("partial-date.form")),
            ("năm 1960", Some("partial-date.form")),
            ("196O", Some("partial-date.form")),
            ("", Some("partial-date.form")),
        ] {
            assert_eq!(check(text).err().map(|fault| fault.code), code, "{text}");
        }
    }

    #[test]
    fn a_day_written_as_people_do_is_offered_in_order() {
        for (text, canonical) in [
            ("17/05/2024", "2024-05-17"),
            ("17/5/2024", "2024-05-17"),
            ("7-5-2024", "2024-05-07"),
            ("17.05.2024", "2024-05-17"),
            ("17 / 05 / 2024", "2024-05-17"),
            ("05/2024", "2024-05"),
            ("5.2024", "2024-05"),
            ("2024/5/7", "2024-05-07"),
            ("2024-5", "2024-05"),
            ("２０２４", "2024"),
            (" 2024", "2024"),
        ] {
            let fault = check(text).unwrap_err();
            assert_eq!((fault.code, fault.level), ("format.spelling", Level::Error), "{text}");
            assert_eq!(fault.facts.find("normalized"), Some(&Fact::from(canonical)), "{text}");
        }
    }
}

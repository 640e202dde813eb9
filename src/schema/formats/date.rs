//! `date` and `date-time`: RFC 3339 5.6, with days that exist.
//!
//! `2026-11-24` passes; `2026-02-30` is `date.not-real`, `24/11/2026` is `date.form`.

use super::{FormatFault, Formatted};
use crate::report::Facts;
use crate::text::{Date, Moment, read_number};

pub(super) fn date(text: &str) -> Formatted {
    if Date::parse(text).is_some() {
        return Ok(());
    }
    let written = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if !written {
        return Err(FormatFault::new("date.form"));
    }
    let part = |range| text.get(range).and_then(read_number).unwrap_or_default();
    // A text: numbers are grouped by thousands.
    let year = text.get(..4).unwrap_or_default().to_owned();
    Err(FormatFault::with("date.not-real", Facts::none().with("day", part(8..10)).with("month", part(5..7)).with("year", year)))
}

pub(super) fn date_time(text: &str) -> Formatted {
    if Moment::parse(text).is_some() { Ok(()) } else { Err(FormatFault::new("date-time.form")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_is_not_real_is_told_from_one_written_otherwise() {
        for (text, code) in [
            ("2026-11-24", None),
            ("2024-02-29", None),
            ("2026-02-30", Some("date.not-real")),
            ("2026-13-01", Some("date.not-real")),
            ("24/11/2026", Some("date.form")),
            ("2026-1-1", Some("date.form")),
            ("", Some("date.form")),
            ("2026-11-2４", Some("date.form")),
        ] {
            assert_eq!(date(text).err().map(|fault| fault.code), code, "{text}");
        }
    }
}

//! `date`, `time` and `date-time`: RFC 3339 5.6, with days and leap seconds that exist.
//!
//! `2026-11-24` passes; `2026-02-30` is `date.not-real`, `24/11/2026` is `date.form`. `09:00:00+07:00` passes; `09:00:00` is
//! `time.offset`, `24:00:00Z` is `time.not-real`.

use super::{FormatFault, Formatted, unless};
use crate::report::Facts;
use crate::text::{Date, NotTime, full_time, has_shape, read_number};

pub(super) fn date(text: &str) -> Formatted {
    if Date::parse(text).is_some() {
        return Ok(());
    }
    if !has_shape(text.as_bytes(), b"0000-00-00") {
        return Err(FormatFault::new("date.form"));
    }
    let part = |range| text.get(range).and_then(read_number).unwrap_or_default();
    // A text: numbers are grouped by thousands.
    let year = text.get(..4).unwrap_or_default().to_owned();
    Err(FormatFault::with("date.not-real", Facts::none().with("day", part(8..10)).with("month", part(5..7)).with("year", year)))
}

pub(super) fn time(text: &str) -> Formatted {
    check_time(text.as_bytes(), "time.form")
}

pub(super) fn date_time(text: &str) -> Formatted {
    let (day, rest) = text.split_at_checked(10).unwrap_or_default();
    let [b'T' | b't', clock @ ..] = rest.as_bytes() else { return unless(false, "date-time.form") };
    match date(day) {
        Ok(()) => check_time(clock, "date-time.form"),
        Err(fault) if fault.code == "date.form" => unless(false, "date-time.form"),
        fault => fault,
    }
}

fn check_time(text: &[u8], form: &'static str) -> Formatted {
    let code = match full_time(text) {
        Ok(_) => return Ok(()),
        Err(NotTime::Form) => form,
        Err(NotTime::Offset) => "time.offset",
        Err(NotTime::Real) => "time.not-real",
    };
    unless(false, code)
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

    #[test]
    fn a_time_has_an_offset_and_exists() {
        for (text, code) in [
            ("09:00:00Z", None),
            ("09:00:00z", None),
            ("09:00:00+07:00", None),
            ("09:00:00.123456789012345678901-00:00", None),
            ("00:00:00-23:59", None),
            ("23:59:60Z", None),
            ("06:59:60+07:00", None),
            ("00:29:60-23:30", None),
            ("23:59:60+07:00", Some("time.not-real")),
            ("23:58:60Z", Some("time.not-real")),
            ("22:59:60Z", Some("time.not-real")),
            ("23:59:61Z", Some("time.not-real")),
            ("24:00:00Z", Some("time.not-real")),
            ("09:60:00Z", Some("time.not-real")),
            ("09:00:00+24:00", Some("time.not-real")),
            ("09:00:00-00:60", Some("time.not-real")),
            ("09:00:00", Some("time.offset")),
            ("09:00:00.5", Some("time.offset")),
            ("09:00:00.Z", Some("time.form")),
            ("9:00:00Z", Some("time.form")),
            ("09:00", Some("time.form")),
            ("09h00", Some("time.form")),
            ("09:00:00 ICT", Some("time.form")),
            ("09:00:00+0700", Some("time.form")),
            ("09:00:00Z+07:00", Some("time.form")),
            ("09:00:00,5Z", Some("time.form")),
            ("09:00:00Z\n", Some("time.form")),
            ("1২:00:00Z", Some("time.form")),
            ("", Some("time.form")),
        ] {
            assert_eq!(time(text).err().map(|fault| fault.code), code, "{text}");
        }
    }

    #[test]
    fn a_moment_says_which_half_is_wrong() {
        for (text, code) in [
            ("2026-11-24T09:00:00+07:00", None),
            ("2026-11-24t02:00:00z", None),
            ("2016-12-31T23:59:60Z", None),
            ("2026-02-30T09:00:00+07:00", Some("date.not-real")),
            ("2026-13-30T25:00:00+07:00", Some("date.not-real")),
            ("2026-11-24T24:00:00Z", Some("time.not-real")),
            ("2026-11-24T23:59:60+07:00", Some("time.not-real")),
            ("2026-11-24T09:00:00", Some("time.offset")),
            ("2026-11-24 09:00:00Z", Some("date-time.form")),
            ("2026-11-24T9:00:00Z", Some("date-time.form")),
            ("24/11/2026T09:00:00Z", Some("date-time.form")),
            ("2026-11-24", Some("date-time.form")),
            ("2026-11-2৪T09:00:00Z", Some("date-time.form")),
            ("", Some("date-time.form")),
        ] {
            assert_eq!(date_time(text).err().map(|fault| fault.code), code, "{text}");
        }
    }
}

//! Moments and civil dates of the proleptic Gregorian calendar. No clock is read here.

use super::push_number;
use std::fmt;

const DAY: i64 = 86_400;

/// A point in time: seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(i64);

impl Instant {
    /// The instant so many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The day in Vietnam, counted from 1970-01-01.
    #[must_use]
    pub const fn days_in_vietnam(self) -> i64 {
        self.0.saturating_add(Moment::VIETNAM as i64 * 60).div_euclid(DAY)
    }

    /// The instant that many seconds later (earlier when negative).
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

/// An instant together with the offset it was written with, so that it is shown as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    instant: Instant,
    /// Minutes east of UTC.
    offset: i16,
}

impl Moment {
    /// Minutes east of UTC of Asia/Ho_Chi_Minh, which has had no other offset since 1975.
    pub const VIETNAM: i16 = 420;

    /// 1970-01-01T00:00:00Z: for documents whose rules read neither `now` nor `today`.
    pub const EPOCH: Self = Self { instant: Instant(0), offset: 0 };

    /// An instant seen at an offset of so many minutes east of UTC.
    #[must_use]
    pub const fn new(instant: Instant, offset: i16) -> Self {
        Self { instant, offset }
    }

    /// Reads RFC 3339 `date-time` (5.6), fractions of a second cut off. A leap second counts as the second before it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let date = Date::parse(date)?;
        let (separator, rest) = rest.split_at_checked(1)?;
        let (seconds, offset) = full_time(rest.as_bytes()).ok()?;
        let utc = date.days() * DAY + seconds - i64::from(offset) * 60;
        matches!(separator, "T" | "t").then_some(Self { instant: Instant(utc), offset })
    }

    /// The point in time.
    #[must_use]
    pub const fn instant(self) -> Instant {
        self.instant
    }

    /// The civil date where the moment was written.
    #[must_use]
    pub const fn date(self) -> Date {
        Date::from_days(self.civil_seconds().div_euclid(DAY))
    }

    /// RFC 3339 with whole seconds.
    #[must_use]
    pub fn text(self) -> String {
        let mut out = self.date().text();
        push_clock(self.civil_seconds().rem_euclid(DAY), &mut out);
        if self.offset == 0 {
            out.push('Z');
            return out;
        }
        let offset = u64::from(self.offset.unsigned_abs());
        for (before, number) in [(if self.offset < 0 { '-' } else { '+' }, offset / 60), (':', offset % 60)] {
            out.push(before);
            push_number(number, 2, &mut out);
        }
        out
    }

    /// A signer may claim any number of seconds, the largest one too.
    const fn civil_seconds(self) -> i64 {
        self.instant.0.saturating_add(self.offset as i64 * 60)
    }
}

impl fmt::Display for Moment {
    /// RFC 3339 with whole seconds.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text())
    }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// 0 to 9999.
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if it is a real one of the years 0 to 9999.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        (year <= 9_999 && (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month)).then_some(Self { year, month, day })
    }

    /// Reads RFC 3339 `full-date`: `2026-11-24`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        if !has_shape(text, b"0000-00-00") {
            return None;
        }
        let year = u16::from(two_digits(text, 0)) * 100 + u16::from(two_digits(text, 2));
        Self::new(year, two_digits(text, 5), two_digits(text, 8))
    }

    /// RFC 3339 `full-date`.
    #[must_use]
    pub fn text(self) -> String {
        let mut out = String::with_capacity(10);
        push_number(self.year.into(), 4, &mut out);
        out.push('-');
        push_number(self.month.into(), 2, &mut out);
        out.push('-');
        push_number(self.day.into(), 2, &mut out);
        out
    }

    /// The year, 0 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Days since the first of January.
    #[must_use]
    pub const fn day_of_year(self) -> i64 {
        self.days() - Self { year: self.year, month: 1, day: 1 }.days()
    }

    /// The day of the week, from 0, Sunday, to 6.
    #[must_use]
    pub const fn day_of_week(self) -> i64 {
        // 1970-01-01 was a Thursday.
        (self.days() + 4).rem_euclid(7)
    }

    /// Days since 1970-01-01. (Howard Hinnant, "chrono-compatible low-level date algorithms": years start in March.)
    #[must_use]
    pub const fn days(self) -> i64 {
        let year = self.year as i64 - (self.month <= 2) as i64;
        let month = (self.month as i64 + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + self.day as i64 - 1;
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
    }

    /// The day so many days after 1970-01-01, held within the years 0 to 9999.
    #[must_use]
    pub const fn from_days(days: i64) -> Self {
        let (least, most) = (-719_528, 2_932_896);
        let shifted = if days < least {
            least
        } else if days > most {
            most
        } else {
            days
        } + 719_468;
        let era = shifted.div_euclid(146_097);
        let day = shifted.rem_euclid(146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day_of_year + 2) / 153;
        let civil_month = if month < 10 { month + 3 } else { month - 9 };
        let civil_year = year + era * 400 + (civil_month <= 2) as i64;
        Self { year: civil_year as u16, month: civil_month as u8, day: (day_of_year - (153 * month + 2) / 5 + 1) as u8 }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text())
    }
}

const fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Why a text is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTime {
    /// It is written otherwise.
    Form,
    /// The offset from UTC is missing, nothing else.
    Offset,
    /// No clock shows it.
    Real,
}

/// Reads RFC 3339 `full-time` (5.6): seconds since midnight where it was written, and minutes east of UTC. A leap second counts as
/// the second before it.
pub(crate) fn full_time(text: &[u8]) -> Result<(i64, i16), NotTime> {
    let (clock, rest) = text.split_at_checked(8).unwrap_or_default();
    let offset = without_fraction(rest);
    let is_utc = matches!(offset, [b'Z' | b'z']);
    if !has_shape(clock, b"00:00:00") || !(is_utc || offset.is_empty() || has_shape(offset, b"+00:00")) {
        return Err(NotTime::Form);
    }
    if offset.is_empty() {
        return Err(NotTime::Offset);
    }
    let (hour, minute, second) = (two_digits(clock, 0), two_digits(clock, 3), two_digits(clock, 6));
    let (hours, minutes) = if is_utc { (0, 0) } else { (two_digits(offset, 1), two_digits(offset, 4)) };
    let east = i64::from(hours) * 60 + i64::from(minutes);
    let east = if offset.first() == Some(&b'-') { -east } else { east };
    let seconds = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
    // RFC 3339 5.7: a leap second is the last second of a UTC day.
    let leap = second == 60 && (seconds - east * 60).rem_euclid(DAY) == 0;
    let is_real = hour < 24 && minute < 60 && (second < 60 || leap) && hours < 24 && minutes < 60;
    if is_real { Ok((seconds - i64::from(leap), east as i16)) } else { Err(NotTime::Real) }
}

/// What follows the fraction of a second, if there is one.
fn without_fraction(text: &[u8]) -> &[u8] {
    let [b'.', fraction @ ..] = text else { return text };
    let digits = fraction.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(fraction.len());
    if digits == 0 { text } else { fraction.get(digits..).unwrap_or_default() }
}

/// What a clock shows so many seconds after midnight, behind the date: `T09:00:00`.
pub(super) fn push_clock(seconds: i64, out: &mut String) {
    let second = seconds.unsigned_abs();
    for (before, number) in [('T', second / 3_600), (':', second / 60 % 60), (':', second % 60)] {
        out.push(before);
        push_number(number, 2, out);
    }
}

/// Whether a text is written like another: with digits where that has 0, with either sign where it has a plus, else the same.
pub(crate) fn has_shape(text: &[u8], like: &[u8]) -> bool {
    let fits = |(byte, like): (&u8, &u8)| match like {
        b'0' => byte.is_ascii_digit(),
        b'+' => matches!(byte, b'+' | b'-'),
        _ => byte == like,
    };
    text.len() == like.len() && text.iter().zip(like).all(fits)
}

/// The number that two digits say.
fn two_digits(text: &[u8], at: usize) -> u8 {
    let digit = |at: usize| text.get(at).map_or(0, |byte| byte & 15);
    digit(at) * 10 + digit(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moments_beyond_the_calendar_are_held_at_its_ends() {
        for (seconds, offset, date) in [(i64::MAX, 420, "9999-12-31"), (i64::MIN, -420, "0000-01-01"), (i64::MAX, -420, "9999-12-31")] {
            let moment = Moment::new(Instant::from_unix(seconds), offset);
            assert!(moment.to_string().starts_with(date) && moment.date().to_string() == date, "{moment}");
        }
    }

    #[test]
    fn moments_are_read_and_written_as_rfc_3339() {
        for (text, unix, written) in [
            ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
            ("2026-11-24T09:00:00+07:00", 1_795_485_600, "2026-11-24T09:00:00+07:00"),
            ("2026-11-24t02:00:00.123z", 1_795_485_600, "2026-11-24T02:00:00Z"),
            ("1998-12-31T23:59:60Z", 915_148_799, "1998-12-31T23:59:59Z"),
            ("1998-12-31T15:59:60.5-08:00", 915_148_799, "1998-12-31T15:59:59-08:00"),
        ] {
            let moment = Moment::parse(text).unwrap();
            assert_eq!((moment.instant().unix(), moment.to_string().as_str()), (unix, written), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2026-11-24",
            "2026-11-24 09:00:00Z",
            "2026-11-24T09:00:00",
            "2026-11-24T24:00:00Z",
            "2026-11-24T09:60:00Z",
            "2026-11-24T09:00:61Z",
            "2026-02-29T09:00:00Z",
            "2026-11-24T09:00:00.Z",
            "2026-11-24T09:00:00+24:00",
            "2026-11-24T09:00:00+0700",
            "1998-12-31T23:58:60Z",
            "1998-12-31T23:59:60+07:00",
            "２026-11-24T09:00:00Z",
            "2026-11-24T09:00:00Z ",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_exists_or_not() {
        for (text, real) in [
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("1900-02-29", false),
            ("2000-02-29", true),
            ("2026-04-31", false),
            ("2026-00-10", false),
            ("2026-13-01", false),
            ("2026-1-01", false),
            ("0000-01-01", true),
            ("9999-12-31", true),
            ("24/11/2026", false),
        ] {
            assert_eq!(Date::parse(text).is_some(), real, "{text}");
        }
    }

    proptest! {
        #[test]
        fn days_and_dates_are_one_to_one(days in -719_528_i64..=2_932_896) {
            let date = Date::from_days(days);
            prop_assert_eq!(date.days(), days);
            prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
        }
    }
}

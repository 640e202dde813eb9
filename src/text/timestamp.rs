//! CEL's timestamps and durations: points in time and stretches of it, to the nanosecond.
//!
//! CEL, Language Definition, "Overflow": an operation that leaves the range of its type has no value, `None` here. Timestamps range over the years 1 to
//! 9999, as in protobuf's `timestamp.proto`. Durations are 64 bits of nanoseconds, about 292 years: protobuf's own have more, yet CEL's
//! conformance suite wants the difference between the first and the last timestamp to be out of range.
//! `2009-02-13T23:31:30.5Z` is a timestamp and `1h34m7.3s` a duration; `10000-01-01T00:00:00Z` and `1d` are not.

use super::time::{full_time, push_clock};
use super::{Date, Zone, push_number};

const DAY: i64 = 86_400;
const BILLION: i64 = 1_000_000_000;

/// A point in time.
// Packed, so that in a browser a value of an expression is 16 bytes, not 24: values are moved all the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(Rust, packed(4))]
pub struct Timestamp {
    /// Since 1970-01-01T00:00:00Z, leap seconds not counted.
    seconds: i64,
    /// Below a billion, forward in time.
    nanos: u32,
}

impl Timestamp {
    const LEAST: i64 = -62_135_596_800;
    const MOST: i64 = 253_402_300_799;

    /// So many seconds after 1970-01-01T00:00:00Z, and nanoseconds below a billion after that.
    #[must_use]
    pub const fn new(seconds: i64, nanos: u32) -> Option<Self> {
        let is_one = seconds >= Self::LEAST && seconds <= Self::MOST && (nanos as i64) < BILLION;
        if is_one { Some(Self { seconds, nanos }) } else { None }
    }

    /// The beginning of a day in UTC. The year 0 has no timestamps.
    #[must_use]
    pub const fn from_date(date: Date) -> Option<Self> {
        Self::new(date.days() * DAY, 0)
    }

    /// Reads RFC 3339 `date-time` (5.6), with what follows nine digits of a second cut off. A leap second counts as the second before it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let days = Date::parse(date)?.days();
        let time = rest.strip_prefix('T').or_else(|| rest.strip_prefix('t'))?.as_bytes();
        let (seconds, offset) = full_time(time).ok()?;
        Self::new(days * DAY + seconds - i64::from(offset) * 60, fraction(time.get(8..).unwrap_or_default()))
    }

    /// Seconds since 1970-01-01T00:00:00Z, the fraction cut off backward in time.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds behind the seconds.
    #[must_use]
    pub const fn nanos(self) -> u32 {
        self.nanos
    }

    /// RFC 3339 in UTC, with as many digits of a second as there are.
    #[must_use]
    pub fn text(self) -> String {
        let mut out = Date::from_days(self.seconds.div_euclid(DAY)).text();
        push_clock(self.seconds.rem_euclid(DAY), &mut out);
        push_fraction(self.nanos.into(), &mut out);
        out.push('Z');
        out
    }

    /// The timestamp a duration later.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Option<Self> {
        let nanos = i64::from(self.nanos) + duration.0.rem_euclid(BILLION);
        let seconds = self.seconds + duration.0.div_euclid(BILLION) + nanos / BILLION;
        Self::new(seconds, (nanos % BILLION) as u32)
    }

    /// The timestamp a duration earlier.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Option<Self> {
        self.plus(Duration(duration.0.checked_neg()?))
    }

    /// The duration since another timestamp.
    #[must_use]
    pub fn since(self, other: Self) -> Option<Duration> {
        let whole = (self.seconds - other.seconds).checked_mul(BILLION)?;
        Some(Duration(whole.checked_add(i64::from(self.nanos) - i64::from(other.nanos))?))
    }

    /// What calendar and clock show in a zone.
    #[must_use]
    pub fn civil(self, zone: Zone) -> Civil {
        let seconds = self.seconds + zone.offset(self.seconds);
        let date = Date::from_days(seconds.div_euclid(DAY));
        Civil { date, second: seconds.rem_euclid(DAY), nanos: self.nanos }
    }

    /// The date in Vietnam.
    #[must_use]
    pub fn date_in_vietnam(self) -> Date {
        self.civil(Zone::Vietnam).date
    }
}

/// What a calendar and a clock show. Each field is one of CEL's `get…` functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Held within the years 0 to 9999.
    date: Date,
    /// Since midnight.
    second: i64,
    nanos: u32,
}

/// A field of [`Civil`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CivilField {
    /// `getFullYear`.
    FullYear,
    /// `getMonth`: January is 0.
    Month,
    /// `getDate`: the first is 1.
    Date,
    /// `getDayOfMonth`: the first is 0.
    DayOfMonth,
    /// `getDayOfYear`: the first is 0.
    DayOfYear,
    /// `getDayOfWeek`: Sunday is 0.
    DayOfWeek,
    /// `getHours`.
    Hours,
    /// `getMinutes`.
    Minutes,
    /// `getSeconds`.
    Seconds,
    /// `getMilliseconds`.
    Milliseconds,
}

impl Civil {
    /// The date.
    #[must_use]
    pub const fn date(self) -> Date {
        self.date
    }

    /// A field of date or clock, by CEL's way of counting.
    #[must_use]
    pub fn field(self, field: CivilField) -> i64 {
        let (date, second) = (self.date, self.second);
        match field {
            CivilField::FullYear => date.year().into(),
            CivilField::Month => i64::from(date.month()) - 1,
            CivilField::Date => date.day().into(),
            CivilField::DayOfMonth => i64::from(date.day()) - 1,
            CivilField::DayOfYear => date.day_of_year(),
            CivilField::DayOfWeek => date.day_of_week(),
            CivilField::Hours => second / 3_600,
            CivilField::Minutes => second / 60 % 60,
            CivilField::Seconds => second % 60,
            CivilField::Milliseconds => i64::from(self.nanos) / 1_000_000,
        }
    }
}

/// A stretch of time, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(i64);

impl Duration {
    /// So many nanoseconds.
    #[must_use]
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// The whole of it in nanoseconds.
    #[must_use]
    pub const fn nanos(self) -> i64 {
        self.0
    }

    /// Reads the form of Go's `time.ParseDuration`: a sign, then numbers with a unit each; 0 needs none. What is smaller than a nanosecond is cut off.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, mut rest) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] | rest => (false, rest),
        };
        if rest == b"0" {
            return Some(Self(0));
        }
        let mut sum = 0_i64;
        loop {
            sum = sum.checked_add(part(&mut rest)?)?;
            if rest.is_empty() {
                break;
            }
        }
        Some(Self(if is_negative { -sum } else { sum }))
    }

    /// In seconds, with as many digits behind the point as there are: `1000000s`, `0.5s`.
    #[must_use]
    pub fn text(self) -> String {
        let mut out = String::new();
        if self.0 < 0 {
            out.push('-');
        }
        let nanos = self.0.unsigned_abs();
        push_number(nanos / BILLION as u64, 1, &mut out);
        push_fraction(nanos % BILLION as u64, &mut out);
        out.push('s');
        out
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// What is left without another.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Whole hours.
    #[must_use]
    pub const fn hours(self) -> i64 {
        self.0 / (3_600 * BILLION)
    }

    /// Whole minutes.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        self.0 / (60 * BILLION)
    }

    /// Whole seconds.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0 / BILLION
    }

    /// Whole milliseconds behind the whole seconds.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.0 % BILLION / 1_000_000
    }
}

/// Takes a number with its unit from the beginning of a text: nanoseconds.
fn part(text: &mut &[u8]) -> Option<i64> {
    const MINUTE: i64 = 60 * BILLION;
    let whole = digits(text);
    let mut behind: &[u8] = &[];
    if let [b'.', rest @ ..] = text {
        *text = rest;
        behind = digits(text);
    }
    let (unit, rest) = match text {
        [b'n', b's', rest @ ..] => (1, rest),
        // Also with the sign for micro, and with the letter mu.
        [b'u', b's', rest @ ..] | [0xc2, 0xb5, b's', rest @ ..] | [0xce, 0xbc, b's', rest @ ..] => (1_000, rest),
        [b'm', b's', rest @ ..] => (1_000_000, rest),
        [b's', rest @ ..] => (BILLION, rest),
        [b'm', rest @ ..] => (MINUTE, rest),
        [b'h', rest @ ..] => (60 * MINUTE, rest),
        _ => return None,
    };
    *text = rest;
    if whole.is_empty() && behind.is_empty() {
        return None;
    }
    let mut number = 0_i64;
    for digit in whole {
        number = number.checked_mul(10)?.checked_add(i64::from(digit & 15))?;
    }
    // The last first: what is cut off each time is less than one of the next.
    let mut fraction = 0;
    for digit in behind.iter().rev() {
        fraction = (fraction + i64::from(digit & 15) * unit) / 10;
    }
    number.checked_mul(unit)?.checked_add(fraction)
}

/// Takes the digits from the beginning of a text.
fn digits<'t>(text: &mut &'t [u8]) -> &'t [u8] {
    let mut count = 0;
    while text.get(count).is_some_and(u8::is_ascii_digit) {
        count += 1;
    }
    let (digits, rest) = text.split_at_checked(count).unwrap_or_default();
    *text = rest;
    digits
}

/// A point and the digits of so many nanoseconds, without the zeros at their end; nothing for none.
fn push_fraction(nanos: u64, out: &mut String) {
    if nanos == 0 {
        return;
    }
    out.push('.');
    push_number(nanos, 9, out);
    while out.ends_with('0') {
        out.pop();
    }
}

/// The nanoseconds that a text begins with: a point, and the first nine of the digits behind it.
fn fraction(mut text: &[u8]) -> u32 {
    let [b'.', behind @ ..] = text else { return 0 };
    text = behind;
    let behind = digits(&mut text);
    let mut nanos = 0;
    for at in 0..9 {
        nanos = nanos * 10 + behind.get(at).map_or(0, |digit| u32::from(digit & 15));
    }
    nanos
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn timestamp(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn duration(text: &str) -> Duration {
        Duration::parse(text).unwrap()
    }

    // The cases of CEL's conformance suite (npm @bufbuild/cel-spec 0.6.1), `timestamps` and the like, that these functions cover.

    #[test]
    fn timestamps_are_read_and_written() {
        for (text, seconds, nanos, written) in [
            ("2009-02-13T23:31:30Z", 1_234_567_890, 0, "2009-02-13T23:31:30Z"),
            ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999, "9999-12-31T23:59:59.999999999Z"),
            ("0001-01-01T00:00:00Z", -62_135_596_800, 0, "0001-01-01T00:00:00Z"),
            ("2004-09-16T23:59:59Z", 1_095_379_199, 0, "2004-09-16T23:59:59Z"),
            ("2023-02-03T23:31:20+00:00", 1_675_467_080, 0, "2023-02-03T23:31:20Z"),
            ("2026-11-24t09:00:00.1+07:00", 1_795_485_600, 100_000_000, "2026-11-24T02:00:00.1Z"),
            ("2026-11-24T02:00:00.12345678987654z", 1_795_485_600, 123_456_789, "2026-11-24T02:00:00.123456789Z"),
            ("1969-12-31T23:59:59.000001Z", -1, 1_000, "1969-12-31T23:59:59.000001Z"),
            ("1998-12-31T23:59:60.5Z", 915_148_799, 500_000_000, "1998-12-31T23:59:59.5Z"),
            // Of the year 0 only where it is written.
            ("0000-12-31T23:30:00-01:00", -62_135_595_000, 0, "0001-01-01T00:30:00Z"),
        ] {
            let read = timestamp(text);
            assert_eq!((read.seconds(), read.nanos(), read.text().as_str()), (seconds, nanos, written), "{text}");
        }
        assert_eq!(timestamp("2000-01-02T00:00:00Z"), Timestamp::from_date(Date::new(2000, 1, 2).unwrap()).unwrap());
    }

    #[test]
    fn what_is_no_timestamp_is_refused() {
        for text in [
            "0000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
            "2009-02-13",
            "2009-02-13 23:31:30Z",
            "2009-02-13T23:31:30",
            "2009-02-29T23:31:30Z",
            "2009-02-13T23:31:30.Z",
            "2009-02-13T23:31:30,5Z",
            "",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
        assert_eq!((Timestamp::new(253_402_300_800, 0), Timestamp::new(0, 1_000_000_000)), (None, None));
        assert_eq!(Timestamp::from_date(Date::new(0, 12, 31).unwrap()), None);
    }

    #[test]
    fn calendar_and_clock_are_those_of_the_zone() {
        let (text, early) = ("2009-02-13T23:31:30Z", "2009-02-13T02:00:00Z");
        for (text, zone, field, expected) in [
            (text, "UTC", CivilField::Date, 13),
            (text, "UTC", CivilField::DayOfMonth, 12),
            (text, "UTC", CivilField::DayOfWeek, 5),
            (text, "UTC", CivilField::DayOfYear, 43),
            (text, "UTC", CivilField::FullYear, 2009),
            (text, "UTC", CivilField::Hours, 23),
            ("2009-02-13T23:31:20.123456789Z", "UTC", CivilField::Milliseconds, 123),
            (text, "UTC", CivilField::Minutes, 31),
            (text, "UTC", CivilField::Month, 1),
            (text, "UTC", CivilField::Seconds, 30),
            (text, "+11:00", CivilField::DayOfMonth, 13),
            (early, "-02:30", CivilField::DayOfMonth, 11),
            (text, "-09:30", CivilField::FullYear, 2009),
            (text, "02:00", CivilField::Hours, 1),
            (text, "-00:00", CivilField::Seconds, 30),
            (text, "Asia/Ho_Chi_Minh", CivilField::Hours, 6),
            (text, "Asia/Saigon", CivilField::DayOfWeek, 6),
            ("2024-12-31T00:00:00Z", "UTC", CivilField::DayOfYear, 365),
            ("0001-01-01T00:00:00Z", "-01:00", CivilField::FullYear, 0),
        ] {
            assert_eq!(timestamp(text).civil(Zone::named(zone).unwrap()).field(field), expected, "{text} {zone} {field:?}");
        }
        assert_eq!(timestamp("2026-11-23T17:00:00Z").date_in_vietnam().text(), "2026-11-24");
        assert_eq!(timestamp("2026-11-23T16:59:59.9Z").date_in_vietnam().text(), "2026-11-23");
    }

    #[test]
    fn durations_are_read_and_written() {
        for (text, nanos, written) in [
            ("1000000s", 1_000_000_000_000_000, "1000000s"),
            ("1h45m47s", 6_347_000_000_000, "6347s"),
            ("2h", 7_200_000_000_000, "7200s"),
            ("1h34m7.3s", 5_647_300_000_000, "5647.3s"),
            ("-1.5ms", -1_500_000, "-0.0015s"),
            ("+.5s", 500_000_000, "0.5s"),
            ("1.s", 1_000_000_000, "1s"),
            ("0", 0, "0s"),
            ("-0", 0, "0s"),
            ("-999999999ns", -999_999_999, "-0.999999999s"),
            ("3us4µs5μs", 12_000, "0.000012s"),
            ("123.321456789s", 123_321_456_789, "123.321456789s"),
            ("0.3333333333333333333h", 1_199_999_999_999, "1199.999999999s"),
            ("0.9999999999999ns1ns", 1, "0.000000001s"),
            ("9223372036854775807ns", i64::MAX, "9223372036.854775807s"),
            ("00000000000000000000000001s", 1_000_000_000, "1s"),
        ] {
            assert_eq!((duration(text).nanos(), duration(text).text().as_str()), (nanos, written), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in [
            "",
            "-",
            "s",
            ".s",
            "1",
            "1.5",
            "1d",
            "1S",
            "1 s",
            "--1s",
            "1s-1s",
            "1..5s",
            "00",
            "1s0",
            "320000000000s",
            "-320000000000s",
            "9223372036854775808ns",
            "2562048h",
            "1\u{b5}",
            "99999999999999999999999s",
        ] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn fields_of_a_duration_are_the_whole_of_it() {
        assert_eq!(duration("10000s").hours(), 2);
        assert_eq!(duration("3730s").minutes(), 62);
        assert_eq!(duration("3730s").seconds(), 3730);
        assert_eq!(duration("123.321456789s").milliseconds(), 321);
        let behind = duration("-90.5s");
        assert_eq!((behind.hours(), behind.minutes(), behind.seconds(), behind.milliseconds()), (0, -1, -90, -500));
    }

    #[test]
    fn times_are_added_and_taken_off() {
        for (text, by, expected) in [
            ("2009-02-13T23:00:00Z", "240s", Some("2009-02-13T23:04:00Z")),
            ("2009-02-13T23:10:00Z", "-600s", Some("2009-02-13T23:00:00Z")),
            ("0001-01-01T00:00:01.000000001Z", "-999999999ns", Some("0001-01-01T00:00:00.000000002Z")),
            ("0001-01-01T00:00:01.999999999Z", "999999999ns", Some("0001-01-01T00:00:02.999999998Z")),
            ("0001-01-01T00:00:00Z", "-1s", None),
            ("0001-01-01T00:00:00Z", "-1ns", None),
            ("9999-12-31T23:59:59Z", "1s", None),
            ("9999-12-31T23:59:59.999999999Z", "1ns", None),
        ] {
            assert_eq!(timestamp(text).plus(duration(by)), expected.map(timestamp), "{text} {by}");
            let back = by.strip_prefix('-').map_or_else(|| format!("-{by}"), ToOwned::to_owned);
            assert_eq!(timestamp(text).minus(duration(&back)), expected.map(timestamp), "{text} {back}");
        }
        let (first, last) = (timestamp("0001-01-01T00:00:00Z"), timestamp("9999-12-31T23:59:59Z"));
        assert_eq!((last.since(first), first.since(last)), (None, None));
        let since = timestamp("2009-02-13T23:31:00Z").since(timestamp("2009-02-13T23:29:00.5Z"));
        assert_eq!(since, Some(duration("119.5s")));
        assert_eq!(duration("600s").plus(duration("50s")), Some(duration("650s")));
        assert_eq!(duration("900s").minus(duration("42s")), Some(duration("858s")));
        let long = duration("9000000000s");
        assert_eq!((long.plus(long), Duration::from_nanos(i64::MIN).minus(long)), (None, None));
        assert_eq!(first.minus(Duration::from_nanos(i64::MIN)), None);
    }

    proptest! {
        #[test]
        fn every_time_is_read_back(seconds in Timestamp::LEAST..=Timestamp::MOST, nanos in 0_u32..1_000_000_000, long: i64) {
            let one = Timestamp::new(seconds, nanos).unwrap();
            prop_assert_eq!(Timestamp::parse(&one.text()), Some(one));
            let duration = Duration::from_nanos(long);
            prop_assert_eq!(Duration::parse(&duration.text()), Some(duration));
            if let Some(later) = one.plus(duration) {
                prop_assert_eq!((later.since(one), later.minus(duration)), (Some(duration), Some(one)));
            }
        }
    }
}

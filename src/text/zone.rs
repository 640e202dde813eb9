//! Time zones: UTC, fixed offsets and that of Vietnam.
//!
//! CEL, Language Definition, "Timezones", has every name of the IANA database. Its rules are hundreds of kilobytes, and forms ask for one zone: a
//! name of another is none here. The sign of an offset may be missing, as the conformance suite has it.
//! `+07:00`, `02:00` and `Asia/Ho_Chi_Minh` are zones; `US/Central` and `+7` are not.

use super::read_number;
use super::time::has_shape;

/// Where a clock hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// So many seconds east of UTC at any time.
    Fixed(i32),
    /// `Asia/Ho_Chi_Minh`.
    Vietnam,
}

impl Zone {
    /// UTC itself.
    pub const UTC: Self = Self::Fixed(0);

    /// The zone of a name or an offset.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "UTC" => return Some(Self::UTC),
            "Asia/Ho_Chi_Minh" | "Asia/Saigon" => return Some(Self::Vietnam),
            _ => {}
        }
        let offset = name.strip_prefix('+').or_else(|| name.strip_prefix('-')).unwrap_or(name);
        if !has_shape(offset.as_bytes(), b"00:00") {
            return None;
        }
        let (hours, minutes) = (read_number(offset.get(..2)?)?, read_number(offset.get(3..)?)?);
        let seconds = (hours * 3_600 + minutes * 60) as i32;
        let is_real = hours < 24 && minutes < 60;
        is_real.then_some(Self::Fixed(if name.starts_with('-') { -seconds } else { seconds }))
    }

    /// Seconds east of UTC, so many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn offset(self, at: i64) -> i64 {
        match self {
            Self::Fixed(seconds) => seconds.into(),
            Self::Vietnam => vietnam(at),
        }
    }
}

/// Since when, in seconds after 1970-01-01T00:00:00Z, clocks in Saigon have gone so many hours before UTC (IANA tzdb 2026f, `Asia/Ho_Chi_Minh`).
const CHANGES: [(i32, i32); 8] = [
    (-1_851_577_590, 7),
    (-852_105_600, 8),
    (-782_643_600, 9),
    (-767_869_200, 7),
    (-718_095_600, 8),
    (-457_772_400, 7),
    (-315_648_000, 8),
    (171_820_800, 7),
];

fn vietnam(at: i64) -> i64 {
    // Mean time of Saigon, then of Phù Liễn, 7:06:30.
    let mut offset = 25_590;
    for (from, hours) in CHANGES {
        if at >= from.into() {
            offset = hours * 3_600;
        }
    }
    offset.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The offset before and from each change, as Python has it:
    /// `datetime.fromtimestamp(at, zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")).utcoffset()`, with PyPI `tzdata` 2026.6.
    #[test]
    fn clocks_in_vietnam_went_as_the_database_says() {
        for (at, before, from) in [
            (-1_851_577_590, 25_590, 25_200),
            (-852_105_600, 25_200, 28_800),
            (-782_643_600, 28_800, 32_400),
            (-767_869_200, 32_400, 25_200),
            (-718_095_600, 25_200, 28_800),
            (-457_772_400, 28_800, 25_200),
            (-315_648_000, 25_200, 28_800),
            (171_820_800, 28_800, 25_200),
        ] {
            assert_eq!((Zone::Vietnam.offset(at - 1), Zone::Vietnam.offset(at)), (before, from), "{at}");
        }
        assert_eq!((Zone::Vietnam.offset(-62_135_596_800), Zone::Vietnam.offset(253_402_300_799)), (25_590, 25_200));
    }

    #[test]
    fn a_zone_has_a_name_or_an_offset() {
        for (name, expected) in [
            ("UTC", Some(0)),
            ("+07:00", Some(25_200)),
            ("-02:30", Some(-9_000)),
            ("02:00", Some(7_200)),
            ("-00:00", Some(0)),
            ("+23:59", Some(86_340)),
            ("+24:00", None),
            ("+07:60", None),
            ("+7:00", None),
            ("++7:00", None),
            ("--07:00", None),
            ("+0700", None),
            ("+07", None),
            ("Z", None),
            ("utc", None),
            ("US/Central", None),
            ("Asia/Hanoi", None),
            ("", None),
        ] {
            assert_eq!(Zone::named(name), expected.map(Zone::Fixed), "{name}");
        }
        assert_eq!(["Asia/Ho_Chi_Minh", "Asia/Saigon"].map(Zone::named), [Some(Zone::Vietnam); 2]);
    }
}

//! Ages and working days.
//!
//! The Civil Code of 2015 counts time limits by articles 145 to 148 (from memory; no text was read): the first day does not count (147.2); where the
//! last month has no such day, the limit ends with its last day (148.3). So who is born on 29 February is a year older when 28 February is over.
//! Offices rest on Saturdays and Sundays (Decision 188/1999/QĐ-TTg, from memory), on public holidays (Labour Code of 2019, Article 112), and on days that are
//! swapped with a Saturday worked instead; the last two are for a calendar to say.

use crate::limits;
use crate::text::Date;

/// The full years that somebody born on one day has on another; below 0 before birth.
///
/// ```
/// use hoso::text::{Date, age_on};
///
/// let birth = Date::parse("2008-02-29").unwrap();
/// assert_eq!(["2026-02-28", "2026-03-01"].map(|day| age_on(birth, Date::parse(day).unwrap())), [17, 18]);
/// ```
#[must_use]
pub fn age_on(birth: Date, on: Date) -> i64 {
    let is_before = (on.month(), on.day()) < (birth.month(), birth.day());
    i64::from(on.year()) - i64::from(birth.year()) - i64::from(is_before)
}

/// What a calendar says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Nothing: it goes by the day of the week.
    Unnamed,
    /// It is off.
    Off,
    /// It is worked.
    Worked,
}

/// The working day so many working days after a day, or before it where they are less than 0; that day itself for 0. `None` when it lies further away than
/// [`limits::CALENDAR_DAYS`].
///
/// ```
/// use hoso::text::{Date, Day, add_working_days};
///
/// let friday = Date::parse("2026-11-27").unwrap();
/// assert_eq!(add_working_days(friday, 3, &|_| Day::Unnamed).map(Date::text).as_deref(), Some("2026-12-02"));
/// ```
#[must_use]
pub fn add_working_days(day: Date, count: i64, calendar: &dyn Fn(Date) -> Day) -> Option<Date> {
    let (mut day, mut rest) = (day, count.unsigned_abs());
    for _ in 0..limits::CALENDAR_DAYS {
        if rest == 0 {
            break;
        }
        let next = day.days() + count.signum();
        day = Date::from_days(next);
        // The calendar ends.
        if day.days() != next {
            return None;
        }
        rest -= u64::from(is_worked(day, calendar));
    }
    if rest == 0 { Some(day) } else { None }
}

/// How many working days there are behind a day up to another, that one counted; below 0 for those before it. `None` when the two are further apart than
/// [`limits::CALENDAR_DAYS`].
#[must_use]
pub fn working_days_between(from: Date, to: Date, calendar: &dyn Fn(Date) -> Day) -> Option<i64> {
    let step = (to.days() - from.days()).signum();
    if (to.days() - from.days()).unsigned_abs() > limits::CALENDAR_DAYS {
        return None;
    }
    let (mut day, mut count) = (from, 0);
    while day != to {
        day = Date::from_days(day.days() + step);
        count += if is_worked(day, calendar) { step } else { 0 };
    }
    Some(count)
}

fn is_worked(day: Date, calendar: &dyn Fn(Date) -> Day) -> bool {
    match calendar(day) {
        Day::Unnamed => !matches!(day.day_of_week(), 0 | 6),
        named => named == Day::Worked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    /// National Day of 2026, with the Monday before it off for a Saturday that is worked.
    fn calendar(day: Date) -> Day {
        match day.text().as_str() {
            "2026-08-22" => Day::Worked,
            "2026-08-31" | "2026-09-01" | "2026-09-02" => Day::Off,
            _ => Day::Unnamed,
        }
    }

    #[test]
    fn ages_are_full_years() {
        for (birth, on, age) in [
            ("1985-03-15", "2026-03-14", 40),
            ("1985-03-15", "2026-03-15", 41),
            ("2008-02-29", "2024-02-28", 15),
            ("2008-02-29", "2024-02-29", 16),
            ("2007-03-01", "2008-02-29", 0),
            ("2026-11-24", "2026-11-24", 0),
            ("2026-11-24", "2026-11-23", -1),
            ("2026-11-24", "2025-11-24", -1),
            ("0000-01-01", "9999-12-31", 9999),
        ] {
            assert_eq!(age_on(date(birth), date(on)), age, "{birth} {on}");
        }
    }

    #[test]
    fn working_days_pass_over_days_off() {
        for (from, count, to) in [
            ("2026-11-27", 0, "2026-11-27"),
            ("2026-11-28", 0, "2026-11-28"),
            ("2026-11-27", 1, "2026-11-30"),
            ("2026-11-28", 1, "2026-11-30"),
            ("2026-11-30", -1, "2026-11-27"),
            ("2026-11-29", -1, "2026-11-27"),
            ("2026-08-21", 1, "2026-08-22"),
            ("2026-08-24", -1, "2026-08-22"),
            ("2026-08-28", 1, "2026-09-03"),
            ("2026-09-03", -1, "2026-08-28"),
            ("2026-08-20", 10, "2026-09-07"),
        ] {
            assert_eq!(add_working_days(date(from), count, &calendar), Some(date(to)), "{from} {count}");
        }
    }

    #[test]
    fn working_days_end_with_the_calendar_and_at_the_limit() {
        let first = date("2026-11-27");
        for (count, found) in [(7_000, true), (7_200, false), (i64::MAX, false), (-7_000, true), (i64::MIN, false)] {
            assert_eq!(add_working_days(first, count, &calendar).is_some(), found, "{count}");
        }
        assert_eq!(add_working_days(first, 1, &|_| Day::Off), None);
        assert_eq!(add_working_days(date("9999-12-31"), 1, &calendar), None);
        assert_eq!(add_working_days(date("0000-01-01"), -1, &|_| Day::Worked), None);
        assert_eq!(working_days_between(date("0000-01-01"), first, &calendar), None);
        assert_eq!(working_days_between(first, Date::from_days(first.days() + 10_000), &|_| Day::Worked), Some(10_000));
    }

    proptest! {
        #[test]
        fn days_between_are_those_that_were_added(start in 20_000_i64..21_500, count in -500_i64..500) {
            let start = Date::from_days(start);
            let end = add_working_days(start, count, &calendar).unwrap();
            prop_assert_eq!(working_days_between(start, end, &calendar), Some(count));
        }
    }
}

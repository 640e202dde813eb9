//! Points in time, spans and days (language definition, "Timestamps and durations"). A day has no time zone; a point in time is seen in UTC
//! unless a zone is named.

use super::call::Given;
use super::functions::Fun;
use super::{Reason, Val};
use crate::text::{CivilField, Date, Duration, Timestamp, Zone};

/// Nanoseconds.
const DAY: i64 = 86_400_000_000_000;

pub(super) fn apply<'a>(fun: Fun, args: &[Val<'a>]) -> Given<'a> {
    let time = |time: Option<Timestamp>| time.map(Val::Timestamp).ok_or(Reason::Overflow);
    let span = |span: Option<Duration>| span.map(Val::Duration).ok_or(Reason::Overflow);
    match (fun, args) {
        (Fun::Add, [Val::Timestamp(start), Val::Duration(by)] | [Val::Duration(by), Val::Timestamp(start)]) => time(start.plus(*by)),
        (Fun::Add, [Val::Duration(left), Val::Duration(right)]) => span(left.plus(*right)),
        (Fun::Subtract, [Val::Timestamp(end), Val::Timestamp(start)]) => span(end.since(*start)),
        (Fun::Subtract, [Val::Timestamp(end), Val::Duration(by)]) => time(end.minus(*by)),
        (Fun::Subtract, [Val::Duration(left), Val::Duration(right)]) => span(left.minus(*right)),
        (Fun::Subtract, [Val::Date(end), Val::Date(start)]) => span((end.days() - start.days()).checked_mul(DAY).map(Duration::from_nanos)),
        (Fun::ToTimestamp | Fun::ToDuration | Fun::ToDate, [one]) => converted(fun, one),
        (_, [Val::Duration(span)]) => of_span(fun, *span).map(Val::Int),
        (_, [Val::Timestamp(time)]) => of_time(fun, *time, "UTC").map(Val::Int),
        (_, [Val::Timestamp(time), zone]) => of_time(fun, *time, zone.as_text().ok_or(Reason::NoOverload)?).map(Val::Int),
        (Fun::Year | Fun::Month | Fun::DayOfMonth | Fun::DateOf | Fun::DayOfWeek | Fun::DayOfYear, [Val::Date(day)]) => {
            of_time(fun, Timestamp::from_date(*day).ok_or(Reason::Overflow)?, "UTC").map(Val::Int)
        }
        _ => Err(Reason::NoOverload),
    }
}

fn converted<'a>(fun: Fun, value: &Val<'a>) -> Given<'a> {
    Ok(match (fun, value, value.as_text()) {
        (Fun::ToTimestamp, Val::Timestamp(_), _) | (Fun::ToDuration, Val::Duration(_), _) | (Fun::ToDate, Val::Date(_), _) => value.clone(),
        (Fun::ToTimestamp, _, Some(text)) => Val::Timestamp(Timestamp::parse(text).ok_or(Reason::BadValue)?),
        (Fun::ToTimestamp, Val::Int(seconds), _) => Val::Timestamp(Timestamp::new(*seconds, 0).ok_or(Reason::Overflow)?),
        (Fun::ToTimestamp, Val::Date(day), _) => Val::Timestamp(Timestamp::from_date(*day).ok_or(Reason::Overflow)?),
        (Fun::ToDuration, _, Some(text)) => Val::Duration(Duration::parse(text).ok_or(Reason::BadValue)?),
        (Fun::ToDate, _, Some(text)) => Val::Date(Date::parse(text).ok_or(Reason::BadValue)?),
        (Fun::ToDate, Val::Timestamp(time), _) => Val::Date(time.date_in_vietnam()),
        _ => return Err(Reason::NoOverload),
    })
}

fn of_span(fun: Fun, span: Duration) -> Result<i64, Reason> {
    match fun {
        Fun::Hours => Ok(span.hours()),
        Fun::Minutes => Ok(span.minutes()),
        Fun::Seconds => Ok(span.seconds()),
        Fun::Milliseconds => Ok(span.milliseconds()),
        _ => Err(Reason::NoOverload),
    }
}

fn of_time(fun: Fun, time: Timestamp, zone: &str) -> Result<i64, Reason> {
    let field = match fun {
        Fun::Year => CivilField::FullYear,
        Fun::Month => CivilField::Month,
        Fun::DayOfMonth => CivilField::DayOfMonth,
        Fun::DateOf => CivilField::Date,
        Fun::DayOfWeek => CivilField::DayOfWeek,
        Fun::DayOfYear => CivilField::DayOfYear,
        Fun::Hours => CivilField::Hours,
        Fun::Minutes => CivilField::Minutes,
        Fun::Seconds => CivilField::Seconds,
        Fun::Milliseconds => CivilField::Milliseconds,
        _ => return Err(Reason::NoOverload),
    };
    Ok(time.civil(Zone::named(zone).ok_or(Reason::BadValue)?).field(field))
}

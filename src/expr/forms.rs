//! What rules of forms need besides CEL's own: ages, days, names, numbers of persons, sums, code lists. `docs/expressions.md` shows each.

use super::call::Given;
use super::eval::Machine;
use super::functions::Fun;
use super::{Reason, Val};
use crate::json::DecimalSum;
use crate::text::{self, Date, Day, Sex};

pub(super) fn apply<'a>(machine: &mut Machine<'a, '_>, fun: Fun, args: &[Val<'a>]) -> Given<'a> {
    match (fun, args) {
        (Fun::Age, [Val::Date(birth), Val::Date(on)]) => Ok(Val::Int(text::age_on(*birth, *on))),
        (Fun::DaysBetween, [Val::Date(from), Val::Date(to)]) => Ok(Val::Int(to.days() - from.days())),
        (Fun::AddDays, [Val::Date(day), Val::Int(count)]) => plus_days(*day, *count).map(Val::Date).ok_or(Reason::Overflow),
        (Fun::AddMonths, [Val::Date(day), Val::Int(count)]) => plus_months(*day, *count).map(Val::Date).ok_or(Reason::Overflow),
        (Fun::AddWorkingDays, [Val::Date(day), Val::Int(count), calendar]) => {
            let calendar = calendar.as_text().ok_or(Reason::NoOverload)?;
            machine.session.spend(count.unsigned_abs().saturating_mul(20))?;
            text::add_working_days(*day, *count, &|day| kind_of(machine, calendar, day)).map(Val::Date).ok_or(Reason::Overflow)
        }
        (Fun::WorkingDaysBetween, [Val::Date(from), Val::Date(to), calendar]) => {
            let calendar = calendar.as_text().ok_or(Reason::NoOverload)?;
            machine.session.spend(from.days().abs_diff(to.days()).saturating_mul(20))?;
            text::working_days_between(*from, *to, &|day| kind_of(machine, calendar, day)).map(Val::Int).ok_or(Reason::Overflow)
        }
        (Fun::DateInWords, [Val::Date(day)]) => Ok(Val::from(text::date_in_words(*day))),
        (Fun::NumberInWords, [Val::Int(number)]) => {
            u64::try_from(*number).map(|number| Val::from(text::number_in_words(number))).map_err(|_| Reason::BadValue)
        }
        (Fun::Lookup, [list, code]) => {
            let (list, code) = list.as_text().zip(code.as_text()).ok_or(Reason::NoOverload)?;
            machine.session.spend(16)?;
            let entry = machine.outside.code(list, code).ok_or(Reason::Absent)?;
            Val::of(entry, machine.types.kind_of_entries(), machine.types).ok_or(Reason::Absent)
        }
        (Fun::Sum, [list]) => sum(machine, list),
        (Fun::SameName, [left, right]) => {
            let (left, right) = (text_of(machine, left)?, text_of(machine, right)?);
            Ok(Val::Bool(text::same_name(left, right)))
        }
        (Fun::Normalize, [value]) => Ok(Val::from(text::normalize(text_of(machine, value)?))),
        (Fun::BirthYearOf, [number]) => {
            let year = text::birth_year_of(text_of(machine, number)?).ok_or(Reason::Absent)?;
            i64::try_from(year).map(Val::Int).map_err(|_| Reason::Overflow)
        }
        (Fun::SexOf, [number]) => Ok(Val::Text(match text::sex_of(text_of(machine, number)?).ok_or(Reason::Absent)? {
            Sex::Male => "male",
            Sex::Female => "female",
        })),
        _ => Err(Reason::NoOverload),
    }
}

/// A text, whose work in proportion to its length is paid for.
fn text_of<'v>(machine: &mut Machine<'_, '_>, value: &'v Val<'_>) -> Result<&'v str, Reason> {
    let text = value.as_text().ok_or(Reason::NoOverload)?;
    machine.session.make(text.len() * 4)?;
    Ok(text)
}

/// What a calendar says of a day.
fn kind_of(machine: &Machine<'_, '_>, calendar: &str, day: Date) -> Day {
    match machine.outside.code(calendar, &day.text()) {
        None => Day::Unnamed,
        Some(entry) if entry.part("kind").as_str() == Some("workday") => Day::Worked,
        Some(_) => Day::Off,
    }
}

/// The day so many days later, if the calendar goes so far.
fn plus_days(day: Date, count: i64) -> Option<Date> {
    let wanted = day.days().checked_add(count)?;
    Some(Date::from_days(wanted)).filter(|day| day.days() == wanted)
}

/// The same day of the month so many months later; the last one of a month that is shorter.
fn plus_months(day: Date, count: i64) -> Option<Date> {
    let months = (i64::from(day.year()) * 12 + i64::from(day.month()) - 1).checked_add(count)?;
    let year = u16::try_from(months.div_euclid(12)).ok()?;
    let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
    (0..4).find_map(|fewer| Date::new(year, month, day.day().saturating_sub(fewer)))
}

/// Whole numbers are added as such; doubles by the decimals that are written for them, rounded once.
fn sum<'a>(machine: &mut Machine<'a, '_>, list: &Val<'a>) -> Given<'a> {
    let items = machine.items(list)?;
    match items.first() {
        Some(Val::Double(_)) => {
            let mut sum = DecimalSum::default();
            for item in &items {
                let Val::Double(number) = item else { return Err(Reason::NoOverload) };
                machine.session.spend(8)?;
                sum.add(*number);
            }
            Ok(Val::Double(sum.finish()))
        }
        _ => {
            let (mut sum, mut is_uint) = (0_i128, false);
            for item in &items {
                sum += match item {
                    Val::Int(number) => i128::from(*number),
                    Val::Uint(number) => {
                        is_uint = true;
                        i128::from(*number)
                    }
                    _ => return Err(Reason::NoOverload),
                };
            }
            Ok(if is_uint {
                Val::Uint(u64::try_from(sum).map_err(|_| Reason::Overflow)?)
            } else {
                Val::Int(i64::try_from(sum).map_err(|_| Reason::Overflow)?)
            })
        }
    }
}

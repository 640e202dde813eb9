//! How one value is shown: a date as people write it, money in groups, a choice by its name.
//!
//! A form of writing is used only where nothing of the value is lost by it; otherwise the value stands as it is.

use super::outline::{Note, Shown};
use super::place::Place;
use crate::json::{Kind, Value};
use crate::report::{Language, number};
use crate::text::{Date, Moment, decimal};
use std::borrow::Cow;

/// A value that is neither array nor object.
pub(super) fn scalar<'d>(value: Value<'d>, place: &Place<'d>, language: Language) -> Shown<'d> {
    if let Some(choice) = place.choice(value, language) {
        return Shown::Text(Cow::Borrowed(choice));
    }
    match value.kind() {
        Kind::Null => Shown::Note(Note::Null),
        Kind::True => Shown::Note(Note::Yes),
        Kind::False => Shown::Note(Note::No),
        Kind::Number => Shown::Text(number(value.as_number().map(|number| number.text()).unwrap_or_default(), language)),
        _ => match value.as_str().unwrap_or_default() {
            "" => Shown::Note(Note::Empty),
            text => Shown::Text(formatted(text, place.format, language).map_or(Cow::Borrowed(text), Cow::Owned)),
        },
    }
}

/// What a database answered, in a sentence: `Khớp với Cơ sở dữ liệu quốc gia về dân cư, lúc 10:24:07 ngày 23/11/2026`.
pub(super) fn answer(lookup: Value<'_>, language: Language) -> Option<String> {
    let text = |name| lookup.part(name).as_str().filter(|text| !text.is_empty());
    let (word, of, on) = match (text("status")?, language) {
        ("match", Language::Vi) => ("Khớp", " với ", ", lúc "),
        ("mismatch", Language::Vi) => ("Không khớp", " với ", ", lúc "),
        ("unavailable", Language::Vi) => ("Chưa tra cứu được", " trong ", ", lúc "),
        ("match", Language::En) => ("A match", " with ", " on "),
        ("mismatch", Language::En) => ("No match", " with ", " on "),
        ("unavailable", Language::En) => ("No answer", " from ", " on "),
        _ => return None,
    };
    let mut sentence = word.to_owned();
    if let Some(source) = text("source") {
        sentence = sentence + of + source;
    }
    if let Some(at) = text("at") {
        sentence = sentence + on + date_time(at, language).as_deref().unwrap_or(at);
    }
    Some(sentence)
}

fn formatted(text: &str, format: Option<&str>, language: Language) -> Option<String> {
    match format? {
        "date" => Date::parse(text).map(|day| date(day, language)),
        "date-time" => date_time(text, language),
        "vn-personal-id" => personal_id(text),
        _ => None,
    }
}

/// `5/3/2026` in Vietnamese; `5 March 2026` in English, where the order of day and month differs from country to country.
fn date(date: Date, language: Language) -> String {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let month = || MONTHS.get(usize::from(date.month()).wrapping_sub(1)).copied().unwrap_or_default();
    let (day, year) = (decimal(date.day().into()), decimal(date.year().into()));
    match language {
        Language::Vi => day + "/" + &decimal(date.month().into()) + "/" + &year,
        Language::En => day + " " + month() + " " + &year,
    }
}

/// `10:24:07 ngày 23/11/2026`, with the zone where it is not Vietnam's.
fn date_time(text: &str, language: Language) -> Option<String> {
    let moment = Moment::parse(text)?;
    // Fractions of a second, small letters and leap seconds do not come back: such a text stands as it is.
    if moment.text() != text {
        return None;
    }
    let (clock, zone) = text.split_once('T')?.1.split_at_checked(8)?;
    let day = date(moment.date(), language);
    let zone = match zone {
        "+07:00" => String::new(),
        "Z" => " (UTC)".to_owned(),
        other => " (UTC".to_owned() + other + ")",
    };
    Some(match language {
        Language::Vi => clock.to_owned() + " ngày " + &day + &zone,
        Language::En => day + ", " + clock + &zone,
    })
}

/// 031185000002 as `031 185 000 002`.
fn personal_id(text: &str) -> Option<String> {
    let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| crate::text::grouped(text, ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_people_write_them() {
        for (format, text, vi, en) in [
            ("date", "2026-11-24", "24/11/2026", "24 November 2026"),
            ("date", "1985-03-05", "5/3/1985", "5 March 1985"),
            ("date-time", "2026-11-23T10:24:07+07:00", "10:24:07 ngày 23/11/2026", "23 November 2026, 10:24:07"),
            ("date-time", "2026-11-23T03:24:07Z", "03:24:07 ngày 23/11/2026 (UTC)", "23 November 2026, 03:24:07 (UTC)"),
            ("date-time", "2026-11-23T03:24:07-05:30", "03:24:07 ngày 23/11/2026 (UTC-05:30)", "23 November 2026, 03:24:07 (UTC-05:30)"),
            ("vn-personal-id", "031185000002", "031 185 000 002", "031 185 000 002"),
        ] {
            assert_eq!(formatted(text, Some(format), Language::Vi).as_deref(), Some(vi));
            assert_eq!(formatted(text, Some(format), Language::En).as_deref(), Some(en));
        }
    }

    #[test]
    fn what_would_lose_something_stands_as_it_is() {
        for (format, text) in [
            ("date", "2026-02-30"),
            ("date", "24/11/2026"),
            ("date-time", "2026-11-23T10:24:07.5+07:00"),
            ("date-time", "2026-11-23t10:24:07z"),
            ("date-time", "2026-12-31T23:59:60Z"),
            ("vn-personal-id", "03118500000"),
            ("vn-personal-id", "03118500000l"),
            ("vn-phone", "0912345678"),
            ("email", "lan@example.vn"),
        ] {
            assert_eq!(formatted(text, Some(format), Language::Vi), None, "{format} {text}");
        }
    }

    #[test]
    fn numbers_keep_every_digit() {
        for (text, vi, en) in [
            ("0", "0", "0"),
            ("2026", "2026", "2026"),
            ("12000", "12.000", "12,000"),
            ("120000000", "120.000.000", "120,000,000"),
            ("-1500000.25", "-1.500.000,25", "-1,500,000.25"),
            ("0.10", "0,10", "0.10"),
            ("1e+21", "1e+21", "1e+21"),
            ("1.5E-7", "1.5E-7", "1.5E-7"),
        ] {
            assert_eq!((number(text, Language::Vi), number(text, Language::En)), (vi.into(), en.into()));
        }
    }
}

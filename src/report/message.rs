//! From a code, facts and a language to a sentence.

use super::catalogue::Area;
use super::{Coded, Fact, Facts};
use crate::json::{ToJson, Writer};
use crate::text::{self, Date, decimal, push_number};
use std::borrow::Cow;

/// The languages hoso speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese, the default.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The BCP 47 tag: `vi` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a tag, if hoso speaks it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

impl ToJson for Language {
    fn write(&self, out: &mut Writer) {
        out.string(self.tag());
    }
}

/// The sentence of an error in a language.
#[must_use]
pub fn sentence(error: &dyn Coded, language: Language) -> String {
    render(error.sentences(), error.code(), error.variant(), &error.worded(language), "", language)
}

/// Fills a code's template, the variant's if there is one. A code without an entry (a defect that a test forbids) shows itself.
#[must_use]
pub fn render(area: Area, code: &str, variant: Option<&str>, facts: &Facts, label: &str, language: Language) -> String {
    let special = variant.and_then(|variant| area.find(&(code.to_owned() + "#" + variant)));
    let Some(entry) = special.or_else(|| area.find(code)) else { return code.to_owned() };
    fill(if language == Language::Vi { entry.vi } else { entry.en }, facts, label, language)
}

/// Replaces `{label}`, `{Label}`, `{fact}`, `{fact|bytes}` and `{fact|date}` in a template.
#[must_use]
pub fn fill(template: &str, facts: &Facts, label: &str, language: Language) -> String {
    let mut out = String::with_capacity(template.len() + label.len());
    let mut rest = template;
    while let Some((before, after)) = text::cut(rest, b'{') {
        out.push_str(before);
        let Some((name, tail)) = text::cut(after, b'}') else {
            out.push_str("{");
            rest = after;
            continue;
        };
        slot(name, facts, label, language, &mut out);
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn slot(name: &str, facts: &Facts, label: &str, language: Language, out: &mut String) {
    let (name, unit) = text::cut(name, b'|').unwrap_or((name, ""));
    match (name, facts.find(name)) {
        (_, Some(Fact::Text(text))) if unit == "date" => out.push_str(&day(text)),
        // A fact may be a stranger's text.
        (_, Some(Fact::Text(text))) => out.push_str(&text::visible(text)),
        (_, Some(Fact::Number(count))) if unit == "bytes" => out.push_str(&size(*count, language)),
        (_, Some(Fact::Decimal(digits))) => out.push_str(&number(digits, language)),
        (_, Some(Fact::Number(count))) => out.push_str(&number(&decimal(*count), language)),
        ("label", None) => out.push_str(&inside_sentence(label)),
        ("Label", None) => out.push_str(label),
        (_, None) => {}
    }
}

/// 1500000.25 as `1.500.000,25` in Vietnamese and `1,500,000.25` in English. Numbers with an exponent stand as they are.
#[must_use]
pub fn number(text: &str, language: Language) -> Cow<'_, str> {
    let (group, point) = if language == Language::Vi { ('.', ',') } else { (',', '.') };
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, fraction) = text::cut(digits, b'.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Cow::Borrowed(text);
    }
    // Four digits are left together: they may be a year.
    let whole = if whole.len() > 4 { text::grouped(whole, group) } else { whole.to_owned() };
    let mut out = sign.to_owned() + &whole;
    if let Some(fraction) = fraction {
        out.push(point);
        out.push_str(fraction);
    }
    Cow::Owned(out)
}

/// A size in the largest unit that keeps it at one or more, one decimal at most: `6 MB`, `1,5 kB`.
fn size(bytes: u64, language: Language) -> String {
    let (unit, name) = match bytes {
        0..1_000 => return decimal(bytes) + " byte",
        1_000..1_000_000 => (1_000, "kB"),
        _ => (1_000_000, "MB"),
    };
    let (whole, tenth) = (bytes / unit, bytes % unit * 10 / unit);
    let comma = if language == Language::Vi { ',' } else { '.' };
    let mut out = number(&decimal(whole), language).into_owned();
    if tenth > 0 {
        out.push(comma);
        push_number(tenth, 1, &mut out);
    }
    out + " " + name
}

/// The day of 2026-11-24 or 2026-11-24T09:00:00+07:00 as it is written in Vietnam: 24/11/2026.
fn day(text: &str) -> Cow<'_, str> {
    let Some(date) = text.get(..10).and_then(Date::parse) else { return text::visible(text) };
    let mut out = String::with_capacity(10);
    push_number(date.day().into(), 2, &mut out);
    out.push('/');
    push_number(date.month().into(), 2, &mut out);
    out.push('/');
    push_number(date.year().into(), 4, &mut out);
    Cow::Owned(out)
}

/// A letter that is not a capital, nor a digit or sign.
fn is_small(letter: char) -> bool {
    text::is_letter(letter) && text::small(letter) == letter
}

/// A label inside a sentence: its first letter becomes small, unless the word is an abbreviation
/// (its second letter is a capital or a digit) or the label is one letter.
fn inside_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if is_small(second) || second == ' ' => std::iter::once(text::small(first)).chain(letters).collect(),
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::catalogue;

    #[test]
    fn labels_numbers_and_sizes_read_naturally() {
        let facts = Facts::none().with("most", 6_000_000_u64).with("count", 1_500_000_u64);
        for (template, label, vi, en) in [
            ("{label}", "Họ và tên", "họ và tên", "họ và tên"),
            ("{label}", "CCCD", "CCCD", "CCCD"),
            ("{Label}!", "Đường", "Đường!", "Đường!"),
            ("{most|bytes}", "", "6 MB", "6 MB"),
            ("{count}", "", "1.500.000", "1,500,000"),
            ("a {b", "", "a {b", "a {b"),
            ("{unknown}", "", "", ""),
        ] {
            assert_eq!(fill(template, &facts, label, Language::Vi), vi, "{template}");
            assert_eq!(fill(template, &facts, label, Language::En), en, "{template}");
        }
        assert_eq!(fill("{n|bytes}", &Facts::none().with("n", 1_500_u64), "", Language::Vi), "1,5 kB");
    }

    #[test]
    fn only_a_date_is_shown_as_one() {
        for (fact, shown) in [
            ("2026-11-24", "24/11/2026"),
            ("2026-11-24T09:00:00+07:00", "24/11/2026"),
            ("0999-01-02", "02/01/0999"),
            ("2026-02-30", "2026-02-30"),
            ("24/11/2026", "24/11/2026"),
            ("ngày mai", "ngày mai"),
            ("", ""),
        ] {
            assert_eq!(fill("{at|date}", &Facts::none().with("at", fact), "", Language::Vi), shown, "{fact}");
        }
    }

    #[test]
    fn catalogue_has_each_code_once_sorted_and_in_both_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for area in catalogue::AREAS {
            let codes: Vec<_> = area.entries().map(|entry| entry.code).collect();
            assert!(!codes.is_empty() && codes.is_sorted(), "{codes:?} are not sorted");
            for entry in area.entries() {
                assert_eq!(area.find(entry.code).map(|found| (found.vi, found.en)), Some((entry.vi, entry.en)), "{}", entry.code);
                assert!(seen.insert(entry.code), "{} stands twice", entry.code);
                assert!(!entry.vi.is_empty() && !entry.en.is_empty(), "{} lacks a language", entry.code);
            }
        }
    }
}

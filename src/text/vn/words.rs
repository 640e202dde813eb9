//! Dates and whole numbers in Vietnamese words.
//!
//! Birth and marriage forms want dates in figures and in words, contracts and invoices sums. Readings vary; these are the ones of arithmetic books of primary
//! schools and of the specimens of civil-status papers (from memory): `linh` rather than `lẻ`, `nghìn` rather than `ngàn`, `mốt`, `tư` and `lăm` behind `mươi`, `tháng tư`.
//! The first month is `tháng một`: `tháng giêng`, like `mùng` before a day, is said of the lunar calendar.
//! 15/3/2025 is `ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi lăm`.

use crate::text::Date;

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// A date in words: `ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi lăm`.
#[must_use]
pub fn date_in_words(date: Date) -> String {
    let mut out = String::from("ngày");
    push_number(date.day().into(), false, &mut out);
    out.push_str(" tháng");
    if date.month() == 4 {
        out.push_str(" tư");
    } else {
        push_number(date.month().into(), false, &mut out);
    }
    out.push_str(" năm");
    push_number(date.year().into(), false, &mut out);
    out
}

/// A whole number in words: 1.500.000 is `một triệu năm trăm nghìn`.
#[must_use]
pub fn number_in_words(number: u64) -> String {
    let mut out = String::new();
    push_number(number, false, &mut out);
    if out.starts_with(' ') {
        out.remove(0);
    }
    out
}

/// The words of a number, each with a space before it. Behind others it is said in full: its hundreds too where it has none.
fn push_number(number: u64, in_full: bool, out: &mut String) {
    let mut in_full = in_full;
    let mut rest = number;
    if number == 0 {
        push_digit(0, out);
    }
    // Of the billions a number has up to 18 billion: this goes two levels deep.
    for (unit, name) in [(1_000_000_000, " tỷ"), (1_000_000, " triệu"), (1_000, " nghìn"), (1, "")] {
        let part = rest / unit;
        rest %= unit;
        if part >= 1_000 {
            push_number(part, in_full, out);
        } else if part > 0 {
            push_hundreds(part, in_full, out);
        } else {
            continue;
        }
        out.push_str(name);
        in_full = true;
    }
}

/// A number below a thousand and not 0.
fn push_hundreds(number: u64, in_full: bool, out: &mut String) {
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    if hundreds > 0 || in_full {
        push_digit(hundreds, out);
        out.push_str(" trăm");
    }
    match tens {
        0 if ones > 0 && (hundreds > 0 || in_full) => out.push_str(" linh"),
        0 => {}
        1 => out.push_str(" mười"),
        _ => {
            push_digit(tens, out);
            out.push_str(" mươi");
        }
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => out.push_str(" mốt"),
        (2.., 4) => out.push_str(" tư"),
        (1.., 5) => out.push_str(" lăm"),
        _ => push_digit(ones, out),
    }
}

fn push_digit(digit: u64, out: &mut String) {
    out.push(' ');
    out.push_str(DIGITS.get(digit as usize).copied().unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_in_school() {
        for (number, words) in [
            (0, "không"),
            (4, "bốn"),
            (5, "năm"),
            (10, "mười"),
            (11, "mười một"),
            (14, "mười bốn"),
            (15, "mười lăm"),
            (20, "hai mươi"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (25, "hai mươi lăm"),
            (55, "năm mươi lăm"),
            (100, "một trăm"),
            (101, "một trăm linh một"),
            (105, "một trăm linh năm"),
            (110, "một trăm mười"),
            (115, "một trăm mười lăm"),
            (999, "chín trăm chín mươi chín"),
            (1_000, "một nghìn"),
            (1_005, "một nghìn không trăm linh năm"),
            (2_025, "hai nghìn không trăm hai mươi lăm"),
            (10_000, "mười nghìn"),
            (21_000, "hai mươi mốt nghìn"),
            (1_500_000, "một triệu năm trăm nghìn"),
            (1_000_005, "một triệu không trăm linh năm"),
            (1_050_000, "một triệu không trăm năm mươi nghìn"),
            (150_000_000, "một trăm năm mươi triệu"),
            (1_000_000_000, "một tỷ"),
            (2_030_000_100, "hai tỷ không trăm ba mươi triệu một trăm"),
            (1_200_000_000_000, "một nghìn hai trăm tỷ"),
            (1_000_000_000_000_000, "một triệu tỷ"),
            (1_000_000_000_000_001, "một triệu tỷ không trăm linh một"),
            (1_002_000_000_000, "một nghìn không trăm linh hai tỷ"),
        ] {
            assert_eq!(number_in_words(number), words, "{number}");
        }
        assert!(
            number_in_words(u64::MAX)
                .starts_with("mười tám tỷ bốn trăm bốn mươi sáu triệu bảy trăm bốn mươi tư nghìn không trăm bảy mươi ba tỷ bảy trăm")
        );
    }

    #[test]
    fn dates_are_said_as_on_civil_status_papers() {
        for (date, words) in [
            ("2025-03-15", "ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi lăm"),
            ("1985-04-01", "ngày một tháng tư năm một nghìn chín trăm tám mươi lăm"),
            ("2000-01-31", "ngày ba mươi mốt tháng một năm hai nghìn"),
            ("2004-12-24", "ngày hai mươi tư tháng mười hai năm hai nghìn không trăm linh bốn"),
            ("1905-11-05", "ngày năm tháng mười một năm một nghìn chín trăm linh năm"),
            ("2010-10-10", "ngày mười tháng mười năm hai nghìn không trăm mười"),
        ] {
            assert_eq!(date_in_words(Date::parse(date).unwrap()), words);
        }
    }
}

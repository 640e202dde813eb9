//! `duration`: RFC 3339 appendix A, the durations of ISO 8601 in whole numbers.
//!
//! `P1Y6M`, `PT2H30M` and `P2W` pass; `P1Y1D` does not, for the grammar leaves out no unit between two others, nor do `PT0.5S`,
//! `P` and `1 năm`.

use super::{Formatted, unless};

pub(super) fn check(text: &str) -> Formatted {
    unless(is_duration(text.as_bytes()), "duration.form")
}

/// RFC 5234 2.3: letters of a grammar stand for both cases.
fn is_duration(text: &[u8]) -> bool {
    let [b'P' | b'p', rest @ ..] = text else { return false };
    let end = rest.iter().position(|byte| matches!(byte, b'T' | b't')).unwrap_or(rest.len());
    match rest.split_at_checked(end) {
        Some((date, [_, time @ ..])) => (date.is_empty() || has_units(date, b"YMD")) && has_units(time, b"HMS"),
        _ => has_units(rest, b"YMD") || has_units(rest, b"W"),
    }
}

/// Whether a text is numbers with units that follow one another as these do.
fn has_units(text: &[u8], units: &[u8]) -> bool {
    let (mut rest, mut has_digits, mut has_units) = (units, false, false);
    for byte in text {
        if byte.is_ascii_digit() {
            has_digits = true;
            continue;
        }
        // Before the first unit others may be left out.
        loop {
            let [unit, later @ ..] = rest else { return false };
            rest = later;
            if unit.eq_ignore_ascii_case(byte) {
                break;
            }
            if has_units {
                return false;
            }
        }
        if !has_digits {
            return false;
        }
        (has_digits, has_units) = (false, true);
    }
    has_units && !has_digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_those_of_the_grammar() {
        for (text, passes) in [
            ("P1Y2M3DT4H5M6S", true),
            ("P1Y", true),
            ("P6M", true),
            ("P1M2D", true),
            ("P0D", true),
            ("P01D", true),
            ("PT1H30M", true),
            ("PT1M2S", true),
            ("PT36H", true),
            ("P1DT12H", true),
            ("P2W", true),
            ("p1yt1h", true),
            ("P99999999999999999999999999D", true),
            ("P", false),
            ("PT", false),
            ("P1YT", false),
            ("T1H", false),
            ("P1", false),
            ("PD", false),
            ("P1D2", false),
            ("P1Y1D", false),
            ("PT1H2S", false),
            ("P2D1Y", false),
            ("P1D1D", false),
            ("P1D2H", false),
            ("PT1D", false),
            ("P2S", false),
            ("P1Y2W", false),
            ("P1WT1H", false),
            ("P1W1W", false),
            ("PT1HT1M", false),
            ("PT0.5S", false),
            ("PT0,5S", false),
            ("P-1D", false),
            ("-P1D", false),
            ("+P1D", false),
            (" P1D", false),
            ("P1D\n", false),
            ("P২Y", false),
            ("1 năm", false),
            ("", false),
        ] {
            assert_eq!(is_duration(text.as_bytes()), passes, "{text}");
        }
    }
}

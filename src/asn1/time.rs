//! UTCTime and GeneralizedTime as RFC 5280 4.1.2.5 writes them.

use super::{Asn1Error, Element, Tag};
use crate::text::{Date, Instant};

/// 1950-01-01, in days since 1970.
const FIRST_DAY: i64 = -7_305;

/// Either form for any year: RFC 5280 4.1.2.5 asks for UTCTime until 2049, but both say the same without doubt.
pub(super) fn instant(element: &Element<'_>) -> Result<Instant, Asn1Error> {
    let has_century = match element.tag() {
        Tag::UTC_TIME => false,
        Tag::GENERALIZED_TIME => true,
        _ => return Err(Asn1Error::UnexpectedType),
    };
    seconds(element.contents(), has_century).map(Instant::from_unix).ok_or(Asn1Error::NotDer)
}

/// GeneralizedTime with or without a fraction, which does not end in a zero (RFC 3161 2.4.2).
pub(super) fn precise_instant(element: &Element<'_>) -> Result<Instant, Asn1Error> {
    if element.tag() != Tag::GENERALIZED_TIME {
        return Err(Asn1Error::UnexpectedType);
    }
    let (whole, behind) = element.contents().split_at_checked(14).ok_or(Asn1Error::NotDer)?;
    let fraction_fits = match behind {
        [b'Z'] => true,
        [b'.', digits @ .., b'1'..=b'9', b'Z'] => digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let text = [whole, b"Z"].concat();
    seconds(&text, true).filter(|_| fraction_fits).map(Instant::from_unix).ok_or(Asn1Error::NotDer)
}

/// Seconds since 1970; years before 1950, which UTCTime cannot write, are refused.
fn seconds(text: &[u8], has_century: bool) -> Option<i64> {
    let (pairs, b"Z") = text.as_chunks::<2>() else { return None };
    let mut numbers = [0; 7];
    let without_century = numbers.len().checked_sub(pairs.len()).filter(|left_out| *left_out == usize::from(!has_century))?;
    for (number, pair) in numbers.iter_mut().skip(without_century).zip(pairs) {
        let [high @ b'0'..=b'9', low @ b'0'..=b'9'] = *pair else { return None };
        *number = (high - b'0') * 10 + low - b'0';
    }
    let [century, years, month, day, hour, minute, second] = numbers;
    // RFC 5280 4.1.2.5.1: 50 to 99 are of the twentieth century.
    let century = if has_century { century } else { 19 + u8::from(years < 50) };
    let days = Date::new(u16::from(century) * 100 + u16::from(years), month, day)?.days();
    let is_clock = days >= FIRST_DAY && hour < 24 && minute < 60 && second < 60;
    is_clock.then(|| ((days * 24 + i64::from(hour)) * 60 + i64::from(minute)) * 60 + i64::from(second))
}

#[cfg(test)]
mod tests {
    use super::super::Reader;
    use crate::text::Moment;

    fn written(tag: u8, text: &str) -> Option<String> {
        let bytes = [&[tag, text.len() as u8], text.as_bytes()].concat();
        let mut reader = Reader::document(&bytes);
        let instant = reader.instant();
        reader.check().ok()?;
        Some(Moment::new(instant, 0).to_string())
    }

    #[test]
    fn both_forms_are_read_to_the_second_in_utc() {
        for (tag, text, moment) in [
            (0x17, "261124020000Z", "2026-11-24T02:00:00Z"),
            (0x17, "491231235959Z", "2049-12-31T23:59:59Z"),
            (0x17, "700101000000Z", "1970-01-01T00:00:00Z"),
            (0x17, "500101120100Z", "1950-01-01T12:01:00Z"),
            (0x18, "20500101000000Z", "2050-01-01T00:00:00Z"),
            (0x18, "99991231235959Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(written(tag, text).as_deref(), Some(moment), "{text}");
        }
    }

    #[test]
    fn a_fraction_is_cut_off_where_it_may_stand() {
        let read = |text: &str| {
            let bytes = [&[0x18, text.len() as u8], text.as_bytes()].concat();
            let mut reader = Reader::document(&bytes);
            let instant = reader.precise_instant();
            reader.check().ok().map(|()| Moment::new(instant, 0).to_string())
        };
        for text in ["20261124020000Z", "20261124020000.5Z", "20261124020000.001Z"] {
            assert_eq!(read(text).as_deref(), Some("2026-11-24T02:00:00Z"), "{text}");
        }
        for text in ["20261124020000.Z", "20261124020000.50Z", "20261124020000,5Z", "20261124020000.5", "20261124020060Z", "2026112402Z"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn other_spellings_of_time_are_refused() {
        for (tag, text) in [
            (0x17, "2611240200Z"),
            (0x17, "261124020000+0700"),
            (0x17, "261324020000Z"),
            (0x17, "260229020000Z"),
            (0x17, "261124020060Z"),
            (0x18, "20261124020000"),
            (0x18, "20261124020000.5Z"),
            (0x18, "261124020000Z"),
            (0x18, "19491231235959Z"),
            (0x04, "261124020000Z"),
        ] {
            assert_eq!(written(tag, text), None, "{text}");
        }
    }
}

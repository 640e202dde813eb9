//! UTCTime and GeneralizedTime as RFC 5280 4.1.2.5 writes them.

use super::{Asn1Error, Element, Tag};
use crate::text::Instant;
use der::asn1::{GeneralizedTime, UtcTime};

/// Either form for any year: RFC 5280 4.1.2.5 asks for UTCTime until 2049, but both say the same without doubt.
pub(super) fn instant(element: &Element<'_>) -> Result<Instant, Asn1Error> {
    let since_1970 = match element.tag() {
        Tag::UtcTime => element.decode::<UtcTime>()?.to_unix_duration(),
        Tag::GeneralizedTime => element.decode::<GeneralizedTime>()?.to_unix_duration(),
        _ => return Err(Asn1Error::UnexpectedType),
    };
    i64::try_from(since_1970.as_secs()).map(Instant::from_unix).map_err(|_| Asn1Error::NotDer)
}

#[cfg(test)]
mod tests {
    use super::super::document;
    use crate::text::Moment;

    fn written(tag: u8, text: &str) -> Option<String> {
        let bytes = [&[tag, text.len() as u8], text.as_bytes()].concat();
        let instant = document(&bytes).unwrap().instant().ok()?;
        Some(Moment::new(instant, 0).to_string())
    }

    #[test]
    fn both_forms_are_read_to_the_second_in_utc() {
        for (tag, text, moment) in [
            (0x17, "261124020000Z", "2026-11-24T02:00:00Z"),
            (0x17, "491231235959Z", "2049-12-31T23:59:59Z"),
            (0x17, "700101000000Z", "1970-01-01T00:00:00Z"),
            (0x18, "20500101000000Z", "2050-01-01T00:00:00Z"),
            (0x18, "99991231235959Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(written(tag, text).as_deref(), Some(moment), "{text}");
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
            (0x04, "261124020000Z"),
        ] {
            assert_eq!(written(tag, text), None, "{text}");
        }
    }
}

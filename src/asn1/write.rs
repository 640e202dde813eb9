//! Writing DER (X.690 10 and 11): one encoding for each value.

use super::{OidRef, Tag};
use crate::order;
use crate::text::{Instant, Moment};

/// Writes elements one after the other. Those that hold others are written from the inside: their length is known when they end.
///
/// ```
/// use hoso::asn1::{Tag, Writer};
///
/// let mut out = Writer::default();
/// out.within(Tag::SEQUENCE, |out| {
///     out.number(7).octets(b"hi")
/// });
/// assert_eq!(out.finish(), [0x30, 7, 2, 1, 7, 4, 2, b'h', b'i']);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// What was written.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    /// Bytes that are DER already.
    pub fn raw(&mut self, der: &[u8]) -> &mut Self {
        self.0.extend_from_slice(der);
        self
    }

    /// An element with these contents.
    pub fn element(&mut self, tag: Tag, contents: &[u8]) -> &mut Self {
        self.header(tag, contents.len());
        self.raw(contents)
    }

    /// An element whose contents are written by `write`.
    pub fn within(&mut self, tag: Tag, write: impl FnOnce(&mut Self) -> &mut Self) -> &mut Self {
        let start = self.0.len();
        write(self);
        self.wrap(tag, start)
    }

    /// A SET OF these elements, in the order of their bytes (X.690 11.6).
    pub fn set_of(&mut self, mut elements: Vec<Vec<u8>>) -> &mut Self {
        // 11.6 pads the shorter with zeros; no element is the start of another that goes on with zeros alone, since its length says where it ends.
        order::sort_by(&mut elements, Ord::cmp);
        let start = self.0.len();
        for element in &elements {
            self.raw(element);
        }
        self.wrap(Tag::SET, start)
    }

    /// An OBJECT IDENTIFIER.
    pub fn oid(&mut self, oid: OidRef<'_>) -> &mut Self {
        self.element(Tag::OBJECT_IDENTIFIER, oid.bytes())
    }

    /// A BOOLEAN.
    pub fn boolean(&mut self, value: bool) -> &mut Self {
        self.element(Tag::BOOLEAN, &[if value { 0xff } else { 0 }])
    }

    /// NULL.
    pub fn null(&mut self) -> &mut Self {
        self.raw(&[5, 0])
    }

    /// An INTEGER that is not negative.
    pub fn number(&mut self, value: u64) -> &mut Self {
        self.magnitude(&value.to_be_bytes())
    }

    /// An INTEGER that is not negative, of its big-endian bytes with or without leading zeros.
    pub fn magnitude(&mut self, bytes: &[u8]) -> &mut Self {
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        let digits = bytes.get(zeros..).unwrap_or_default();
        // X.690 8.3.2: the highest bit is the sign.
        let sign = digits.first().is_none_or(|byte| *byte >= 0x80);
        self.header(Tag::INTEGER, digits.len() + usize::from(sign));
        if sign {
            self.0.push(0);
        }
        self.raw(digits)
    }

    /// An OCTET STRING.
    pub fn octets(&mut self, contents: &[u8]) -> &mut Self {
        self.element(Tag::OCTET_STRING, contents)
    }

    /// A BIT STRING of whole bytes.
    pub fn bit_string(&mut self, bytes: &[u8]) -> &mut Self {
        self.header(Tag::BIT_STRING, bytes.len() + 1);
        self.0.push(0);
        self.raw(bytes)
    }

    /// A time as RFC 5280 4.1.2.5 writes it: UTCTime until 2049, then GeneralizedTime.
    pub fn time(&mut self, instant: Instant) -> &mut Self {
        let text = zulu(instant);
        // 1950 to 2049, and no instant here is before 1970.
        match text.get(2..).filter(|_| text.as_str() < "2050") {
            Some(short) => self.element(Tag::UTC_TIME, short.as_bytes()),
            None => self.element(Tag::GENERALIZED_TIME, text.as_bytes()),
        }
    }

    /// A GeneralizedTime, to the second and in UTC.
    pub fn generalized_time(&mut self, instant: Instant) -> &mut Self {
        self.element(Tag::GENERALIZED_TIME, zulu(instant).as_bytes())
    }

    /// Puts a header before what was written since `start`.
    fn wrap(&mut self, tag: Tag, start: usize) -> &mut Self {
        let contents = self.0.split_off(start.min(self.0.len()));
        self.element(tag, &contents)
    }

    fn header(&mut self, tag: Tag, length: usize) {
        self.0.push(tag.byte());
        let bytes = length.to_be_bytes();
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        let digits = bytes.get(zeros..).unwrap_or_default();
        if length >= 0x80 {
            self.0.push(0x80 | digits.len() as u8);
        }
        if digits.is_empty() { self.0.push(0) } else { self.0.extend_from_slice(digits) }
    }
}

/// `YYYYMMDDhhmmssZ`.
fn zulu(instant: Instant) -> String {
    // RFC 3339 without what stands between the numbers.
    let mut text = Moment::new(instant, 0).text();
    text.retain(|letter| letter.is_ascii_digit() || letter == 'Z');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::{Known, Reader, context};
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Writer) -> &mut Writer) -> Vec<u8> {
        let mut out = Writer::default();
        write(&mut out);
        out.finish()
    }

    #[test]
    fn lengths_take_as_few_bytes_as_they_need() {
        for (length, header) in [
            (0_usize, &[4, 0][..]),
            (0x7f, &[4, 0x7f]),
            (0x80, &[4, 0x81, 0x80]),
            (0xff, &[4, 0x81, 0xff]),
            (0x100, &[4, 0x82, 1, 0]),
            (0x1_0000, &[4, 0x83, 1, 0, 0]),
        ] {
            let bytes = written(|out| out.octets(&vec![7; length]));
            assert!(bytes.starts_with(header) && bytes.len() == header.len() + length, "{length}");
        }
    }

    #[test]
    fn a_set_stands_in_the_order_of_its_bytes() {
        let bytes = written(|out| out.set_of(vec![vec![4, 1, 9], vec![2, 1, 7], vec![2, 1, 3], vec![4, 0]]));
        assert_eq!(bytes, [0x31, 11, 2, 1, 3, 2, 1, 7, 4, 0, 4, 1, 9]);
    }

    #[test]
    fn times_are_those_of_rfc_5280() {
        let time = |seconds| written(|out| out.time(Instant::from_unix(seconds)));
        assert_eq!(time(1_795_485_600), *b"\x17\x0d261124020000Z");
        assert_eq!(time(2_524_607_999), *b"\x17\x0d491231235959Z");
        assert_eq!(time(2_524_608_000), *b"\x18\x0f20500101000000Z");
        let general = written(|out| out.generalized_time(Instant::from_unix(1_795_485_600)));
        assert_eq!(general, *b"\x18\x0f20261124020000Z");
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(
            number in any::<u64>(), magnitude in prop::collection::vec(any::<u8>(), 1..40), octets in prop::collection::vec(any::<u8>(), 0..300),
            flag in any::<bool>(), second in 0_i64..253_402_300_799,
        ) {
            let bytes = written(|out| {
                out.within(Tag::SEQUENCE, |out| {
                    out.number(number).magnitude(&magnitude).octets(&octets).boolean(flag).bit_string(&octets);
                    out.oid(Known::Sha256.oid()).null().time(Instant::from_unix(second));
                    out.within(context(0), |out| out.octets(&octets))
                })
            });
            let mut reader = Reader::document(&bytes);
            reader.within(Tag::SEQUENCE, |fields| {
                let zeros = magnitude.iter().take_while(|byte| **byte == 0).count().min(magnitude.len() - 1);
                assert_eq!((fields.number(), fields.magnitude()), (number, &magnitude[zeros..]));
                assert_eq!((fields.octets(), fields.boolean(), fields.bit_string()), (&octets[..], flag, &octets[..]));
                assert_eq!((fields.oid().known(), fields.any().raw(), fields.instant().unix()), (Known::Sha256, &[5, 0][..], second));
                assert_eq!(fields.within(context(0), Reader::octets), octets);
            });
            prop_assert_eq!(reader.check(), Ok(()));
        }
    }
}

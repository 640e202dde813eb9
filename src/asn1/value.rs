//! The values of elements, each in its one encoding.

use super::{Asn1Error, OidRef, Reader, Tag, time};
use crate::text::Instant;

impl<'a> Reader<'a> {
    /// The OBJECT IDENTIFIER that comes next, of at most 39 bytes and with arcs of 32 bits.
    pub fn oid(&mut self) -> OidRef<'a> {
        self.value(Tag::OBJECT_IDENTIFIER, OidRef::read)
    }

    /// The BOOLEAN that comes next, 0x00 or 0xff (X.690 11.1).
    pub fn boolean(&mut self) -> bool {
        self.boolean_as(Tag::BOOLEAN)
    }

    /// The BOOLEAN that comes next under a tag in place of its own (X.680 31.2.7, implicit tagging).
    pub fn boolean_as(&mut self, tag: Tag) -> bool {
        self.value(tag, |contents| match contents {
            [0] => Some(false),
            [0xff] => Some(true),
            _ => None,
        })
    }

    /// The big-endian bytes of the INTEGER of either sign that comes next: two's complement, as few as possible (X.690 8.3.2).
    pub fn integer(&mut self) -> &'a [u8] {
        self.value(Tag::INTEGER, integer)
    }

    /// The big-endian magnitude of the INTEGER that comes next and is not negative, without leading zeros.
    pub fn magnitude(&mut self) -> &'a [u8] {
        self.value(Tag::INTEGER, magnitude)
    }

    /// The INTEGER from 0 to 2^64 - 1 that comes next.
    pub fn number(&mut self) -> u64 {
        self.number_as(Tag::INTEGER)
    }

    /// [`Reader::number`] under a tag in place of its own.
    pub fn number_as(&mut self, tag: Tag) -> u64 {
        self.value(tag, |contents| {
            let bytes = magnitude(contents).filter(|bytes| bytes.len() <= 8)?;
            Some(bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
        })
    }

    /// The contents of the OCTET STRING that comes next.
    pub fn octets(&mut self) -> &'a [u8] {
        self.element(Tag::OCTET_STRING).contents()
    }

    /// The bytes of the BIT STRING that comes next and fills them.
    pub fn bit_string(&mut self) -> &'a [u8] {
        self.value(Tag::BIT_STRING, |contents| bits(contents).filter(|_| contents.first() == Some(&0)))
    }

    /// The first sixteen bits, and there must not be more, of the BIT STRING that comes next and is a list of named bits; bit 0 is the highest.
    pub fn named_bits(&mut self) -> u16 {
        self.named_bits_as(Tag::BIT_STRING)
    }

    /// [`Reader::named_bits`] under a tag in place of its own.
    pub fn named_bits_as(&mut self, tag: Tag) -> u16 {
        self.value(tag, |contents| match *bits(contents)? {
            [] => Some(0),
            [high] => Some(u16::from_be_bytes([high, 0])),
            [high, low] => Some(u16::from_be_bytes([high, low])),
            _ => None,
        })
    }

    /// The instant of the UTCTime or GeneralizedTime that comes next, as RFC 5280 4.1.2.5 writes them: with seconds, in UTC, not before 1950.
    pub fn instant(&mut self) -> Instant {
        let element = self.any();
        time::instant(&element).unwrap_or_else(|error| {
            self.fail(error);
            Instant::from_unix(0)
        })
    }

    /// The instant of the GeneralizedTime that comes next, fractions of a second cut off (RFC 3161 2.4.2).
    pub fn precise_instant(&mut self) -> Instant {
        let element = self.any();
        time::precise_instant(&element).unwrap_or_else(|error| {
            self.fail(error);
            Instant::from_unix(0)
        })
    }

    fn value<T: Default>(&mut self, tag: Tag, read: impl FnOnce(&'a [u8]) -> Option<T>) -> T {
        let value = read(self.element(tag).contents());
        if value.is_none() {
            self.fail(Asn1Error::NotDer);
        }
        value.unwrap_or_default()
    }
}

const fn integer(contents: &[u8]) -> Option<&[u8]> {
    match contents {
        [] | [0, 0..0x80, ..] | [0xff, 0x80..=0xff, ..] => None,
        _ => Some(contents),
    }
}

fn magnitude(contents: &[u8]) -> Option<&[u8]> {
    match integer(contents)? {
        [0x80..=0xff, ..] => None,
        [0, rest @ ..] if !rest.is_empty() => Some(rest),
        all => Some(all),
    }
}

/// X.690 8.6.2: the first byte says how many bits of the last one are unused.
const fn bits(contents: &[u8]) -> Option<&[u8]> {
    match contents {
        [0] => Some(&[]),
        [0..8, rest @ ..] if !rest.is_empty() => Some(rest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'a, T>(bytes: &'a [u8], read: impl FnOnce(&mut Reader<'a>) -> T) -> Result<T, Asn1Error> {
        let mut reader = Reader::document(bytes);
        let value = read(&mut reader);
        reader.check().map(|()| value)
    }

    #[test]
    fn values_have_one_encoding() {
        let boolean = |byte: u8| read(&[1, 1, byte], Reader::boolean);
        assert_eq!((boolean(0), boolean(0xff), boolean(1)), (Ok(false), Ok(true), Err(Asn1Error::NotDer)));
        assert_eq!(read(&[2, 2, 0, 0x80], Reader::number), Ok(0x80));
        for bytes in [&[2, 0][..], &[2, 2, 0, 1], &[2, 1, 0x80], &[2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0], &[4, 1, 1]] {
            assert!(read(bytes, Reader::number).is_err(), "{bytes:02x?}");
        }
        assert_eq!(read(&[2, 9, 0, 0xff, 0, 0, 0, 0, 0, 0, 0], Reader::number), Ok(0xff00_0000_0000_0000));
        assert_eq!(read(&[2, 2, 0, 0xff], Reader::magnitude), Ok(&[0xff][..]));
        assert_eq!(read(&[2, 1, 0], Reader::magnitude), Ok(&[0][..]));
        assert_eq!(read(&[3, 2, 6, 0xc0], Reader::named_bits), Ok(0xc000));
        assert!(read(&[3, 2, 6, 0xc0], Reader::bit_string).is_err());
        assert!(read(&[3, 2, 8, 0xc0], Reader::named_bits).is_err());
    }

    /// The crate `der` judges every value, and why it is none.
    #[cfg(not(target_arch = "wasm32"))]
    mod beside_the_crate {
        use super::*;
        use der::asn1::{AnyRef, BitStringRef, GeneralizedTime, IntRef, ObjectIdentifier, OctetStringRef, UintRef, UtcTime};
        use der::{Decode, ErrorKind, Reader as _, Tagged as _};
        use proptest::prelude::*;

        fn reason(error: der::Error) -> Asn1Error {
            match error.kind() {
                ErrorKind::Incomplete { .. } => Asn1Error::EndsEarly,
                ErrorKind::TrailingData { .. } => Asn1Error::TrailingData,
                ErrorKind::TagUnexpected { .. } => Asn1Error::UnexpectedType,
                _ => Asn1Error::NotDer,
            }
        }

        fn theirs<'a, T: Decode<'a, Error = der::Error>>(bytes: &'a [u8]) -> Result<T, Asn1Error> {
            AnyRef::from_der(bytes).map_err(reason)?;
            T::from_der(bytes).map_err(reason)
        }

        fn their_instant(bytes: &[u8]) -> Result<i64, Asn1Error> {
            let since = match AnyRef::from_der(bytes).map_err(reason)?.tag() {
                der::Tag::UtcTime => theirs::<UtcTime>(bytes)?.to_unix_duration(),
                der::Tag::GeneralizedTime => theirs::<GeneralizedTime>(bytes)?.to_unix_duration(),
                _ => return Err(Asn1Error::UnexpectedType),
            };
            Ok(since.as_secs() as i64)
        }

        fn their_named_bits(bytes: &[u8]) -> Result<u16, Asn1Error> {
            match *theirs::<BitStringRef<'_>>(bytes)?.raw_bytes() {
                [] => Ok(0),
                [high] => Ok(u16::from_be_bytes([high, 0])),
                [high, low] => Ok(u16::from_be_bytes([high, low])),
                _ => Err(Asn1Error::NotDer),
            }
        }

        /// The crate takes arcs with leading zeros, which X.690 8.19.2 forbids.
        fn their_oid(bytes: &[u8]) -> Result<String, Asn1Error> {
            let oid = theirs::<ObjectIdentifier>(bytes)?;
            let mut at_start = true;
            for byte in oid.as_bytes() {
                if at_start && *byte == 0x80 {
                    return Err(Asn1Error::NotDer);
                }
                at_start = byte & 0x80 == 0;
            }
            Ok(oid.to_string())
        }

        fn judge(bytes: &[u8]) {
            let any = AnyRef::from_der(bytes).map(|any| any.value()).map_err(reason);
            assert_eq!(read(bytes, |reader| reader.any().contents()), any);
            assert_eq!(read(bytes, |reader| reader.oid().to_string()), their_oid(bytes));
            assert_eq!(read(bytes, Reader::boolean), theirs(bytes));
            assert_eq!(read(bytes, Reader::integer), theirs::<IntRef<'_>>(bytes).map(|number| number.as_bytes()));
            assert_eq!(read(bytes, Reader::magnitude), theirs::<UintRef<'_>>(bytes).map(|number| number.as_bytes()));
            assert_eq!(read(bytes, Reader::number), theirs(bytes));
            assert_eq!(read(bytes, Reader::octets), theirs::<&OctetStringRef>(bytes).map(OctetStringRef::as_bytes));
            let bits = theirs::<BitStringRef<'_>>(bytes).and_then(|bits| bits.as_bytes().ok_or(Asn1Error::NotDer));
            assert_eq!(read(bytes, Reader::bit_string), bits);
            assert_eq!(read(bytes, Reader::named_bits), their_named_bits(bytes));
            // The crate knows no instant before 1970, and what looks like one is no time to it.
            let instant =
                read(bytes, |reader| reader.instant().unix()).and_then(|unix| if unix < 0 { Err(Asn1Error::NotDer) } else { Ok(unix) });
            assert_eq!(instant, their_instant(bytes));
        }

        /// The elements one after the other, as far as they are DER.
        fn elements(bytes: &[u8]) {
            let (mut ours, mut crates) = (Reader::new(bytes), der::SliceReader::new(bytes).unwrap());
            while ours.more() {
                let theirs = crates.tlv_bytes().map_err(reason);
                let element = ours.any();
                assert_eq!(ours.check().map(|()| element.raw()), theirs);
            }
        }

        #[test]
        fn every_pair_and_every_short_element_is_judged_alike() {
            for first in 0..=255 {
                for second in 0..=255 {
                    judge(&[first, second]);
                    judge(&[first, 1, second]);
                    judge(&[first, 2, second, 0x80]);
                    judge(&[first, 2, 0, second]);
                    judge(&[0xbf, first, second, 1, 7]);
                    judge(&[0x04, 0x82, first, second, 7]);
                }
            }
        }

        #[test]
        fn every_month_and_leap_day_is_judged_alike() {
            for tail in ["0131", "0132", "0228", "0229", "0230", "0430", "0431", "1231", "1301", "0001", "0100"] {
                for year in 1950..2150 {
                    let long = format!("{year:04}{tail}235959Z");
                    judge(&[&[0x18, 15], long.as_bytes()].concat());
                    judge(&[&[0x17, 13], &long.as_bytes()[2..]].concat());
                }
            }
        }

        const TAGS: &[u8] = &[1, 2, 3, 4, 5, 6, 0x0a, 0x17, 0x18, 0x24, 0x30, 0x31, 0x80, 0xa0, 0xbf, 0x9f, 0x7f, 0xdf, 0x1f];

        proptest! {
            #[test]
            fn elements_are_judged_alike(tag in prop::sample::select(TAGS), contents in prop::collection::vec(any::<u8>(), 0..48)) {
                judge(&[&[tag, contents.len() as u8], &contents[..]].concat());
            }

            #[test]
            fn bytes_are_judged_alike(bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(TAGS), 0_u8..4, 0x7e_u8..0x86], 0..40)) {
                judge(&bytes);
                elements(&bytes);
            }

            #[test]
            fn identifiers_are_judged_alike(contents in prop::collection::vec(prop_oneof![any::<u8>(), 0x7f_u8..0x82], 0..44)) {
                judge(&[&[6, contents.len() as u8], &contents[..]].concat());
            }

            #[test]
            fn times_are_judged_alike(text in "[0-9]{0,2}[0-9]{2}[01][0-9][0-3][0-9][0-2][0-9][0-6][0-9][0-6][0-9][Z0:]?", tag in 0x17_u8..0x19) {
                judge(&[&[tag, text.len() as u8], text.as_bytes()].concat());
            }
        }
    }
}

//! Elements in order, each with its raw bytes.

use super::{Asn1Error, Oid, Tag, time};
use crate::text::Instant;
use der::asn1::{AnyRef, BitStringRef, IntRef, OctetStringRef, UintRef};
use der::{Decode, Reader as _, SliceReader, TagNumber, Tagged};

/// The tag `[number]` of a constructed element: explicit tagging, or an implicit SEQUENCE or SET.
#[must_use]
pub const fn context(number: u32) -> Tag {
    Tag::ContextSpecific { constructed: true, number: TagNumber(number) }
}

/// The tag `[number]` of a primitive element: implicit tagging of a string, a number or a truth value.
#[must_use]
pub const fn context_primitive(number: u32) -> Tag {
    Tag::ContextSpecific { constructed: false, number: TagNumber(number) }
}

/// The one element that the bytes are.
///
/// # Errors
/// The bytes are no DER element, or more than one.
pub fn document(bytes: &[u8]) -> Result<Element<'_>, Asn1Error> {
    let mut reader = Reader::new(bytes)?;
    let element = reader.any()?;
    reader.finish()?;
    Ok(element)
}

/// One element: its tag, its contents, and all its bytes as they were received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    tag: Tag,
    contents: &'a [u8],
    raw: &'a [u8],
}

impl<'a> Element<'a> {
    /// The tag.
    #[must_use]
    pub const fn tag(&self) -> Tag {
        self.tag
    }

    /// The contents, without tag and length.
    #[must_use]
    pub const fn contents(&self) -> &'a [u8] {
        self.contents
    }

    /// Tag, length and contents as received.
    #[must_use]
    pub const fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Reads the elements inside, all of them: what `read` leaves over is an error.
    ///
    /// # Errors
    /// Those of `read`; [`Asn1Error::TrailingData`].
    pub fn read<T, E: From<Asn1Error>>(&self, read: impl FnOnce(&mut Reader<'a>) -> Result<T, E>) -> Result<T, E> {
        let mut reader = Reader::new(self.contents)?;
        let value = read(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }

    /// This element, if it has the tag.
    ///
    /// # Errors
    /// [`Asn1Error::UnexpectedType`].
    pub fn tagged(self, tag: Tag) -> Result<Self, Asn1Error> {
        if self.tag == tag { Ok(self) } else { Err(Asn1Error::UnexpectedType) }
    }

    /// The value of an OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// It is none, or one longer than `der` keeps (39 bytes).
    pub fn oid(&self) -> Result<Oid, Asn1Error> {
        self.decode()
    }

    /// The value of a BOOLEAN.
    ///
    /// # Errors
    /// It is none, or one that is neither 0x00 nor 0xff (X.690 11.1).
    pub fn boolean(&self) -> Result<bool, Asn1Error> {
        self.decode()
    }

    /// The big-endian bytes of an INTEGER of either sign, in two's complement, as few as possible.
    ///
    /// # Errors
    /// It is none, or not minimal (X.690 8.3.2).
    pub fn integer(&self) -> Result<&'a [u8], Asn1Error> {
        self.decode::<IntRef<'a>>()?;
        Ok(self.contents)
    }

    /// The big-endian magnitude of an INTEGER that is not negative, without leading zeros.
    ///
    /// # Errors
    /// It is none, negative or not minimal.
    pub fn magnitude(&self) -> Result<&'a [u8], Asn1Error> {
        Ok(self.decode::<UintRef<'a>>()?.as_bytes())
    }

    /// The value of an INTEGER from 0 to 2^64 - 1.
    ///
    /// # Errors
    /// It is none, or out of that range.
    pub fn number(&self) -> Result<u64, Asn1Error> {
        self.decode()
    }

    /// The contents of an OCTET STRING.
    ///
    /// # Errors
    /// It is none.
    pub fn octets(&self) -> Result<&'a [u8], Asn1Error> {
        Ok(self.decode::<&'a OctetStringRef>()?.as_bytes())
    }

    /// The bytes of a BIT STRING that fills them.
    ///
    /// # Errors
    /// It is none, or its last byte has unused bits.
    pub fn bit_string(&self) -> Result<&'a [u8], Asn1Error> {
        self.decode::<BitStringRef<'a>>()?.as_bytes().ok_or(Asn1Error::NotDer)
    }

    /// The first sixteen bits of a BIT STRING that is a list of named bits; bit 0 is the highest.
    ///
    /// # Errors
    /// It is none, or longer than sixteen bits.
    pub fn named_bits(&self) -> Result<u16, Asn1Error> {
        let bits = self.decode::<BitStringRef<'a>>()?;
        match *bits.raw_bytes() {
            [] => Ok(0),
            [high] => Ok(u16::from_be_bytes([high, 0])),
            [high, low] => Ok(u16::from_be_bytes([high, low])),
            _ => Err(Asn1Error::NotDer),
        }
    }

    /// The instant of a UTCTime or GeneralizedTime as RFC 5280 4.1.2.5 writes them: with seconds, in UTC.
    ///
    /// # Errors
    /// It is none, or before 1970.
    pub fn instant(&self) -> Result<Instant, Asn1Error> {
        time::instant(self)
    }

    pub(super) fn decode<T: Decode<'a>>(&self) -> Result<T, Asn1Error>
    where
        Asn1Error: From<T::Error>,
    {
        Ok(T::from_der(self.raw)?)
    }
}

/// Reads elements that stand one after the other.
#[derive(Clone, Debug)]
pub struct Reader<'a>(SliceReader<'a>);

impl<'a> Reader<'a> {
    /// A reader over bytes.
    ///
    /// # Errors
    /// The bytes are longer than DER lengths of four bytes can say.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Asn1Error> {
        Ok(Self(SliceReader::new(bytes)?))
    }

    /// Whether all has been read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_finished()
    }

    /// The next element, whatever it is.
    ///
    /// # Errors
    /// There is none, or its tag or length is not DER.
    pub fn any(&mut self) -> Result<Element<'a>, Asn1Error> {
        let raw = self.0.tlv_bytes()?;
        let any = AnyRef::from_der(raw)?;
        Ok(Element { tag: any.tag(), contents: any.value(), raw })
    }

    /// The next element, which must have that tag.
    ///
    /// # Errors
    /// As [`Reader::any`], and [`Asn1Error::UnexpectedType`].
    pub fn element(&mut self, tag: Tag) -> Result<Element<'a>, Asn1Error> {
        self.any()?.tagged(tag)
    }

    /// The next element if there is one with that tag; else nothing is read.
    ///
    /// # Errors
    /// As [`Reader::any`].
    pub fn optional(&mut self, tag: Tag) -> Result<Option<Element<'a>>, Asn1Error> {
        if self.is_empty() {
            return Ok(None);
        }
        let mut ahead = self.clone();
        let element = ahead.any()?;
        if element.tag != tag {
            return Ok(None);
        }
        *self = ahead;
        Ok(Some(element))
    }

    /// Reads the inside of the SEQUENCE that comes next.
    ///
    /// # Errors
    /// It is none; those of `read`.
    pub fn sequence<T, E: From<Asn1Error>>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        self.element(Tag::Sequence)?.read(read)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`Asn1Error::TrailingData`] when something is left.
    pub fn finish(self) -> Result<(), Asn1Error> {
        Ok(self.0.finish()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_keeps_the_bytes_it_was_read_from() {
        let bytes = [0x30, 5, 0x02, 1, 7, 0x05, 0];
        let element = document(&bytes).unwrap();
        assert_eq!((element.raw(), element.contents()), (&bytes[..], &bytes[2..]));
        let (number, null) = element.read(|inner| Ok::<_, Asn1Error>((inner.any()?, inner.any()?))).unwrap();
        assert_eq!((number.number(), null.raw()), (Ok(7), &bytes[5..]));
    }

    #[test]
    fn what_is_not_der_is_refused() {
        for (bytes, error) in [
            (&[][..], Asn1Error::EndsEarly),
            (&[0x30], Asn1Error::EndsEarly),
            (&[0x30, 2, 0x05], Asn1Error::EndsEarly),
            (&[0x05, 0, 0x05, 0], Asn1Error::TrailingData),
            // Indefinite length (X.690 10.1), a length in more bytes than needed, a universal tag in long form.
            (&[0x30, 0x80, 0, 0], Asn1Error::NotDer),
            (&[0x04, 0x81, 0x01, 0xaa], Asn1Error::NotDer),
            (&[0x1f, 0x04, 0x00], Asn1Error::NotDer),
            // A constructed OCTET STRING (X.690 10.2).
            (&[0x24, 0x03, 0x04, 0x01, 0xaa], Asn1Error::NotDer),
            (&[0x04, 0x84, 0x0f, 0xff, 0xff, 0xff], Asn1Error::EndsEarly),
        ] {
            assert_eq!(document(bytes), Err(error), "{bytes:02x?}");
        }
    }

    #[test]
    fn values_have_one_encoding() {
        let boolean = |byte: u8| document(&[1, 1, byte]).and_then(|element| element.boolean());
        assert_eq!((boolean(0), boolean(0xff), boolean(1)), (Ok(false), Ok(true), Err(Asn1Error::NotDer)));
        let number = |bytes: &[u8]| document(bytes).and_then(|element| element.number());
        assert_eq!(number(&[2, 2, 0, 0x80]), Ok(0x80));
        for bytes in [&[2, 0][..], &[2, 2, 0, 1], &[2, 1, 0x80], &[2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0], &[4, 1, 1]] {
            assert!(number(bytes).is_err(), "{bytes:02x?}");
        }
        assert_eq!(document(&[2, 2, 0, 0xff]).and_then(|element| element.magnitude()), Ok(&[0xff][..]));
        assert_eq!(document(&[3, 2, 6, 0xc0]).and_then(|element| element.named_bits()), Ok(0xc000));
        assert!(document(&[3, 2, 6, 0xc0]).and_then(|element| element.bit_string()).is_err());
        assert!(document(&[3, 2, 8, 0xc0]).and_then(|element| element.named_bits()).is_err());
    }

    #[test]
    fn an_optional_element_of_another_tag_is_left_in_place() {
        let mut reader = Reader::new(&[5, 0]).unwrap();
        assert_eq!(reader.optional(Tag::Integer), Ok(None));
        assert_eq!(reader.element(Tag::Null).map(|element| element.raw()), Ok(&[5, 0][..]));
        assert_eq!(reader.optional(Tag::Null), Ok(None));
        assert!(reader.element(Tag::Null).is_err());
    }
}

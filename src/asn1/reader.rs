//! Elements in order, each with its raw bytes.

use super::Asn1Error;

/// What an element is: the first byte of its tag. No grammar here has tags of more bytes (X.690 8.1.2.4), which all look alike here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tag(u8);

macro_rules! tags {
    ($($name:ident = $byte:literal;)*) => {
        #[expect(missing_docs, reason = "the names of X.680")]
        impl Tag {
            $(pub const $name: Self = Self($byte);)*
        }
    };
}

impl Tag {
    /// Its byte.
    pub(super) const fn byte(self) -> u8 {
        self.0
    }
}

tags! {
    BOOLEAN = 0x01;
    INTEGER = 0x02;
    BIT_STRING = 0x03;
    OCTET_STRING = 0x04;
    OBJECT_IDENTIFIER = 0x06;
    ENUMERATED = 0x0a;
    UTF8_STRING = 0x0c;
    NUMERIC_STRING = 0x12;
    PRINTABLE_STRING = 0x13;
    TELETEX_STRING = 0x14;
    IA5_STRING = 0x16;
    UTC_TIME = 0x17;
    GENERALIZED_TIME = 0x18;
    VISIBLE_STRING = 0x1a;
    BMP_STRING = 0x1e;
    SEQUENCE = 0x30;
    SET = 0x31;
}

/// The numbers of the universal tags (X.680 8.4) of primitive elements: all but the obsolete, and those that only BER constructs.
const PRIMITIVE: u32 = 0b0100_1101_1111_1100_0011_0110_0111_1110;
/// SEQUENCE and SET.
const CONSTRUCTED: u32 = 0b11 << 16;

/// The tag `[number]` of a constructed element: explicit tagging, or an implicit SEQUENCE or SET. The number is below 31.
#[must_use]
pub const fn context(number: u8) -> Tag {
    Tag(0xa0 | number)
}

/// The tag `[number]` of a primitive element: implicit tagging of a string, a number or a truth value. The number is below 31.
#[must_use]
pub const fn context_primitive(number: u8) -> Tag {
    Tag(0x80 | number)
}

/// Reads the one element that the bytes are, all of it.
///
/// # Errors
/// The bytes are no DER element, or more than one; those of `read`; [`Asn1Error::TrailingData`] for what `read` leaves over.
pub fn document<'a, T, E: From<Asn1Error>>(bytes: &'a [u8], tag: Tag, read: impl FnOnce(&mut Reader<'a>) -> Result<T, E>) -> Result<T, E> {
    let mut document = Reader::document(bytes);
    let value = document.within(tag, read)?;
    document.check()?;
    Ok(value)
}

/// One element: its tag, its contents, and all its bytes as they were received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

    /// The first element of bytes, and what comes after it.
    fn first(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), Asn1Error> {
        let mut rest = bytes;
        let tag = tag(&mut rest)?;
        let length = length(&mut rest)?;
        let header = bytes.len() - rest.len();
        let all = u32::try_from(header).ok().and_then(|header| header.checked_add(length)).ok_or(Asn1Error::NotDer)?;
        let (raw, after) = bytes.split_at_checked(all as usize).ok_or(Asn1Error::EndsEarly)?;
        Ok((Self { tag, contents: raw.get(header..).unwrap_or_default(), raw }, after))
    }
}

/// Reads elements that stand one after the other.
///
/// The first error sticks: after it there is nothing left to read and every value is the emptiest of its kind. So what was read is only
/// believed after [`Reader::check`].
#[derive(Clone, Debug, Default)]
pub struct Reader<'a> {
    rest: &'a [u8],
    error: Option<Asn1Error>,
}

impl<'a> Reader<'a> {
    /// A reader over bytes.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, error: None }
    }

    /// A reader over bytes that are one element.
    #[must_use]
    pub fn document(bytes: &'a [u8]) -> Self {
        let mut reader = Self::new(bytes);
        match Element::first(bytes) {
            Ok((_, [])) => {}
            Ok(_) => reader.fail(Asn1Error::TrailingData),
            Err(error) => reader.fail(error),
        }
        reader
    }

    /// What went wrong first.
    ///
    /// # Errors
    /// That.
    pub fn check(&self) -> Result<(), Asn1Error> {
        self.error.map_or(Ok(()), Err)
    }

    /// [`Reader::check`] where only whether something went wrong matters.
    ///
    /// # Errors
    /// The one given.
    pub fn check_as<E>(&self, error: E) -> Result<(), E> {
        if self.error.is_some() { Err(error) } else { Ok(()) }
    }

    /// Notes what is wrong with what was read, unless something was before.
    pub fn fail(&mut self, error: Asn1Error) {
        self.error = self.error.or(Some(error));
        self.rest = &[];
    }

    /// Whether something is left.
    #[must_use]
    pub const fn more(&self) -> bool {
        !self.rest.is_empty()
    }

    /// The next element, whatever it is.
    pub fn any(&mut self) -> Element<'a> {
        if self.error.is_none() {
            match Element::first(self.rest) {
                Ok((element, rest)) => {
                    self.rest = rest;
                    return element;
                }
                Err(error) => self.fail(error),
            }
        }
        Element::default()
    }

    /// The next element, which must have that tag.
    pub fn element(&mut self, tag: Tag) -> Element<'a> {
        let element = self.any();
        if element.tag == tag {
            return element;
        }
        self.fail(Asn1Error::UnexpectedType);
        Element::default()
    }

    /// Whether there is a next element with that tag.
    pub fn next_is(&mut self, tag: Tag) -> bool {
        let rest = self.rest;
        let is_next = self.more() && self.any().tag == tag;
        if self.error.is_none() {
            self.rest = rest;
        }
        is_next
    }

    /// The next element if there is one with that tag; else nothing is read.
    pub fn optional(&mut self, tag: Tag) -> Option<Element<'a>> {
        self.next_is(tag).then(|| self.any())
    }

    /// Reads the inside of the element that comes next and must have that tag: what `read` leaves over is an error.
    #[inline]
    pub fn within<T>(&mut self, tag: Tag, read: impl FnOnce(&mut Self) -> T) -> T {
        let mut inner = self.enter(tag);
        let value = read(&mut inner);
        self.leave(inner);
        value
    }

    /// A reader of the inside of the element that comes next and must have that tag. Its errors and its end are the caller's to mind, who
    /// rather uses [`Reader::within`].
    #[must_use]
    pub fn enter(&mut self, tag: Tag) -> Self {
        let contents = self.element(tag).contents;
        Self { rest: contents, error: self.error }
    }

    fn leave(&mut self, mut inner: Self) {
        if inner.more() {
            inner.fail(Asn1Error::TrailingData);
        }
        if let Some(error) = inner.error {
            self.fail(error);
        }
    }
}

/// A tag, of which only the first byte tells anything here.
fn tag(rest: &mut &[u8]) -> Result<Tag, Asn1Error> {
    let first = byte(rest)?;
    match (first >> 6, first & 0x1f) {
        (0, number) => {
            let known = if first & 0x20 == 0 { PRIMITIVE } else { CONSTRUCTED };
            if known >> number & 1 == 0 {
                return Err(Asn1Error::NotDer);
            }
        }
        (_, 0x1f) => long_tag(rest)?,
        _ => {}
    }
    Ok(Tag(first))
}

/// X.690 8.1.2.4: a number from 31 in as few bytes as it needs, at most 32 bits.
fn long_tag(rest: &mut &[u8]) -> Result<(), Asn1Error> {
    let mut number = 0_u32;
    for at in 0..5 {
        let next = byte(rest)?;
        number |= u32::from(next & 0x7f);
        if next & 0x80 == 0 {
            return if number < 31 { Err(Asn1Error::NotDer) } else { Ok(()) };
        }
        if (at == 0 && number == 0) || number.leading_zeros() < 7 {
            break;
        }
        number <<= 7;
    }
    Err(Asn1Error::NotDer)
}

/// X.690 10.1: a length of at most four bytes, in as few as it needs.
fn length(rest: &mut &[u8]) -> Result<u32, Asn1Error> {
    let first = byte(rest)?;
    let count = match first {
        0..=0x7f => return Ok(first.into()),
        0x81..=0x84 => first & 7,
        _ => return Err(Asn1Error::NotDer),
    };
    let mut length = 0;
    for _ in 0..count {
        length = (length << 8) | u32::from(byte(rest)?);
    }
    let needed = 4 - length.leading_zeros() / 8;
    if length < 0x80 || needed != u32::from(count) { Err(Asn1Error::NotDer) } else { Ok(length) }
}

fn byte(rest: &mut &[u8]) -> Result<u8, Asn1Error> {
    let (first, after) = rest.split_first().ok_or(Asn1Error::EndsEarly)?;
    *rest = after;
    Ok(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_keeps_the_bytes_it_was_read_from() {
        let bytes = [0x30, 5, 0x02, 1, 7, 0x05, 0];
        let element = Reader::document(&bytes).any();
        assert_eq!((element.raw(), element.contents()), (&bytes[..], &bytes[2..]));
        let (number, null) = document(&bytes, Tag::SEQUENCE, |inner| Ok::<_, Asn1Error>((inner.number(), inner.any()))).unwrap();
        assert_eq!((number, null.raw()), (7, &bytes[5..]));
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
            (&[0x04, 0x82, 0x00, 0x80], Asn1Error::NotDer),
            (&[0x04, 0x85, 0, 0, 0, 0, 1], Asn1Error::NotDer),
            (&[0x1f, 0x04, 0x00], Asn1Error::NotDer),
            // A constructed OCTET STRING (X.690 10.2), a primitive SEQUENCE.
            (&[0x24, 0x03, 0x04, 0x01, 0xaa], Asn1Error::NotDer),
            (&[0x10, 0], Asn1Error::NotDer),
            (&[0x04, 0x84, 0x0f, 0xff, 0xff, 0xff], Asn1Error::EndsEarly),
            (&[0x04, 0x84, 0xff, 0xff, 0xff, 0xff], Asn1Error::NotDer),
        ] {
            assert_eq!(Reader::document(bytes).check(), Err(error), "{bytes:02x?}");
        }
    }

    #[test]
    fn the_first_error_sticks_and_leaves_nothing_to_read() {
        let mut reader = Reader::new(&[4, 1, 7, 2, 1, 7]);
        assert_eq!((reader.number(), reader.more()), (0, false));
        assert_eq!((reader.octets(), reader.check()), (&[][..], Err(Asn1Error::UnexpectedType)));
        reader.fail(Asn1Error::NotDer);
        assert_eq!(reader.check_as("another"), Err("another"));
        assert_eq!(reader.check(), Err(Asn1Error::UnexpectedType));
    }

    #[test]
    fn what_is_left_inside_an_element_is_an_error_of_the_whole() {
        let mut reader = Reader::new(&[0x30, 6, 0x30, 4, 2, 1, 7, 9, 5, 0]);
        assert_eq!(reader.within(Tag::SEQUENCE, |outer| outer.within(Tag::SEQUENCE, Reader::number)), 7);
        assert_eq!((reader.check(), reader.more()), (Err(Asn1Error::TrailingData), false));
    }

    #[test]
    fn an_optional_element_of_another_tag_is_left_in_place() {
        let mut reader = Reader::new(&[4, 0]);
        assert_eq!(reader.optional(Tag::INTEGER), None);
        assert_eq!(reader.optional(Tag::OCTET_STRING).map(|element| element.raw()), Some(&[4, 0][..]));
        assert_eq!((reader.optional(Tag::OCTET_STRING), reader.check()), (None, Ok(())));
        reader.element(Tag::OCTET_STRING);
        assert_eq!(reader.check(), Err(Asn1Error::EndsEarly));
        // What comes next must be an element all the same.
        let mut broken = Reader::new(&[4, 0x80]);
        assert_eq!((broken.optional(Tag::INTEGER), broken.check()), (None, Err(Asn1Error::NotDer)));
    }
}

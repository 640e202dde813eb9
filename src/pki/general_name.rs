//! GeneralName (RFC 5280 4.2.1.6): what alternative names, name constraints and distribution points are made of.

use super::Name;
use crate::asn1::{Asn1Error, Element, Reader, Tag, context, context_primitive};
use crate::limits;

/// A name of one of the forms that hoso compares, or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GeneralName<'a> {
    /// rfc822Name: a mailbox.
    Mail(&'a str),
    /// dNSName.
    Dns(&'a str),
    /// directoryName.
    Directory(Name<'a>),
    /// uniformResourceIdentifier.
    Uri(&'a str),
    /// iPAddress: four or sixteen bytes; in a constraint twice as many.
    Address(&'a [u8]),
    /// otherName, x400Address, ediPartyName or registeredID, as received.
    Other(Element<'a>),
}

impl<'a> GeneralName<'a> {
    /// Reads the name that comes next.
    pub(super) fn read(reader: &mut Reader<'a>) -> Self {
        let element = reader.any();
        let named = Self::of(&element);
        named.unwrap_or_else(|error| {
            reader.fail(error);
            Self::Other(element)
        })
    }

    fn of(element: &Element<'a>) -> Result<Self, Asn1Error> {
        let text = || str::from_utf8(element.contents()).ok().filter(|text| text.is_ascii()).ok_or(Asn1Error::NotDer);
        let tag = element.tag();
        if tag == context_primitive(1) {
            return text().map(Self::Mail);
        }
        if tag == context_primitive(2) {
            return text().map(Self::Dns);
        }
        if tag == context_primitive(6) {
            return text().map(Self::Uri);
        }
        if tag == context_primitive(7) {
            return Ok(Self::Address(element.contents()));
        }
        if tag == context(4) {
            // Name is a CHOICE, so its tag is explicit (X.680 31.2.7).
            let inner = Reader::document(element.contents()).element(Tag::SEQUENCE);
            return Name::check(&inner).map(|()| Self::Directory(Name::of(inner.raw()))).map_err(|_| Asn1Error::NotDer);
        }
        let others = [context(0), context(3), context(5), context_primitive(8)];
        if others.contains(&tag) { Ok(Self::Other(*element)) } else { Err(Asn1Error::UnexpectedType) }
    }

    /// Whether both are one name: directory names as RFC 5280 7.1 compares them, others by their bytes.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Directory(one), Self::Directory(other)) => one.same(*other),
            _ => self == other,
        }
    }
}

/// `GeneralNames ::= SEQUENCE OF GeneralName`, its contents; at most [`limits::GENERAL_NAMES`].
pub(super) fn all<'a>(names: &mut Reader<'a>) -> Vec<GeneralName<'a>> {
    let mut found = Vec::new();
    while names.more() {
        if found.len() == limits::GENERAL_NAMES {
            names.fail(Asn1Error::NotDer);
            break;
        }
        found.push(GeneralName::read(names));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<GeneralName<'_>, Asn1Error> {
        let mut reader = Reader::document(bytes);
        let name = GeneralName::read(&mut reader);
        reader.check().map(|()| name)
    }

    #[test]
    fn a_name_is_of_a_form_of_the_list_and_its_text_is_ascii() {
        assert_eq!(read(&[0x81, 1, b'a']), Ok(GeneralName::Mail("a")));
        assert_eq!(read(&[0x82, 1, b'a']), Ok(GeneralName::Dns("a")));
        assert_eq!(read(&[0x86, 1, b'a']), Ok(GeneralName::Uri("a")));
        assert_eq!(read(&[0x87, 4, 1, 2, 3, 4]), Ok(GeneralName::Address(&[1, 2, 3, 4])));
        assert!(matches!(read(&[0xa4, 2, 0x30, 0]), Ok(GeneralName::Directory(name)) if name.is_empty()));
        assert!(matches!(read(&[0x88, 1, 42]), Ok(GeneralName::Other(_))));
        for bytes in [&[0x82, 2, 0xc3, 0xaa][..], &[0x89, 0], &[0x30, 0], &[0xa4, 0], &[0xa4, 2, 0x31, 0], &[0x84, 2, 0x30, 0]] {
            assert!(read(bytes).is_err(), "{bytes:02x?}");
        }
    }
}

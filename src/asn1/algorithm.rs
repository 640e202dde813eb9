//! AlgorithmIdentifier (RFC 5280 4.1.1.2).

use super::{Asn1Error, Element, Known, OidRef, Reader, Tag};

/// An algorithm's name and its parameters, not yet judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlgorithmIdentifier<'a> {
    /// Which algorithm.
    pub oid: OidRef<'a>,
    /// Its parameters, when there are any.
    parameters: Option<Element<'a>>,
}

impl<'a> AlgorithmIdentifier<'a> {
    /// Reads the identifier that comes next.
    pub fn read(reader: &mut Reader<'a>) -> Self {
        reader.within(Tag::SEQUENCE, Self::fields)
    }

    /// Reads the fields of an identifier whose own tag another one replaced.
    pub fn fields(inner: &mut Reader<'a>) -> Self {
        let oid = inner.oid();
        Self { oid, parameters: inner.more().then(|| inner.any()) }
    }

    /// Which algorithm it is, of those that have a name here.
    #[must_use]
    pub fn known(&self) -> Known {
        self.oid.known()
    }

    /// Whether there are no parameters.
    #[must_use]
    pub const fn has_none(&self) -> bool {
        self.parameters.is_none()
    }

    /// Whether the parameters are an explicit NULL.
    #[must_use]
    pub fn has_null(&self) -> bool {
        self.parameters.is_some_and(|element| element.raw() == [5, 0])
    }

    /// A reader of the parameters; of [`Asn1Error::EndsEarly`] when there are none.
    #[must_use]
    pub fn parameters(&self) -> Reader<'a> {
        let mut reader = Reader::new(self.parameters.unwrap_or_default().raw());
        if self.parameters.is_none() {
            reader.fail(Asn1Error::EndsEarly);
        }
        reader
    }
}

//! AlgorithmIdentifier (RFC 5280 4.1.1.2).

use super::{Asn1Error, Element, Oid, Reader, Tag};

/// An algorithm's name and its parameters, not yet judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlgorithmIdentifier<'a> {
    /// Which algorithm.
    pub oid: Oid,
    /// Its parameters, when there are any.
    pub parameters: Option<Element<'a>>,
}

impl<'a> AlgorithmIdentifier<'a> {
    /// Reads the identifier that comes next.
    ///
    /// # Errors
    /// It is none.
    pub fn read(reader: &mut Reader<'a>) -> Result<Self, Asn1Error> {
        Self::from_element(&reader.any()?)
    }

    /// Reads an element that is an identifier.
    ///
    /// # Errors
    /// It is none.
    pub fn from_element(element: &Element<'a>) -> Result<Self, Asn1Error> {
        element.tagged(Tag::Sequence)?.read(|inner| {
            let oid = inner.any()?.oid()?;
            let parameters = if inner.is_empty() { None } else { Some(inner.any()?) };
            Ok(Self { oid, parameters })
        })
    }

    /// Whether the parameters are an explicit NULL.
    #[must_use]
    pub fn has_null(&self) -> bool {
        self.parameters.is_some_and(|element| element.raw() == [5, 0])
    }

    /// The parameters.
    ///
    /// # Errors
    /// [`Asn1Error::EndsEarly`] when there are none.
    pub fn parameters(&self) -> Result<Element<'a>, Asn1Error> {
        self.parameters.ok_or(Asn1Error::EndsEarly)
    }
}

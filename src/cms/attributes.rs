//! Attributes of a signer (RFC 5652 5.3): each kind once, in the order of DER.

use super::CmsError;
use crate::asn1::{Element, Known, OidRef, Reader, Tag};
use crate::limits;

/// An attribute: its kind and its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// Which.
    pub kind: OidRef<'a>,
    /// The SET of values, as received.
    values: Element<'a>,
}

impl<'a> Attribute<'a> {
    /// The values in their order.
    #[must_use]
    pub fn values(&self) -> Vec<Element<'a>> {
        let (mut values, mut set) = (Vec::new(), Reader::new(self.values.contents()));
        while set.more() {
            values.push(set.any());
        }
        values
    }

    /// Reads its only value (RFC 5652 11.1 to 11.3: there must not be zero or several).
    ///
    /// # Errors
    /// There is not one value, or `read` leaves something over or refuses it.
    pub fn single<T>(&self, read: impl FnOnce(&mut Reader<'a>) -> T) -> Result<T, CmsError> {
        let mut set = Reader::new(self.values.contents());
        let value = read(&mut set);
        if set.more() {
            return Err(CmsError::AttributeMalformed { oid: self.kind.into() });
        }
        set.check_as(CmsError::AttributeMalformed { oid: self.kind.into() })?;
        Ok(value)
    }
}

/// The attributes of one signer, signed or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes<'a>(Vec<Attribute<'a>>);

impl<'a> Attributes<'a> {
    /// Reads the contents of a SET OF Attribute.
    pub(super) fn read(contents: &'a [u8]) -> Result<Self, CmsError> {
        let (mut found, mut set) = (Vec::new(), Reader::new(contents));
        while set.more() {
            if found.len() == limits::CMS_ATTRIBUTES {
                return Err(CmsError::TooMany);
            }
            found.push(set.within(Tag::SEQUENCE, |pair| Attribute { kind: pair.oid(), values: pair.element(Tag::SET) }));
        }
        set.check()?;
        Ok(Self(found))
    }

    /// All of them, in their order.
    #[must_use]
    pub fn all(&self) -> &[Attribute<'a>] {
        &self.0
    }

    /// The attribute of a kind, which must not stand twice (EN 319 122-1 4.5, RFC 5652 11).
    ///
    /// # Errors
    /// It stands twice.
    pub fn find(&self, kind: Known) -> Result<Option<Attribute<'a>>, CmsError> {
        let mut of_kind = self.0.iter().filter(|attribute| attribute.kind.known() == kind);
        let first = of_kind.next().copied();
        if of_kind.next().is_some() { Err(CmsError::AttributeRepeated { oid: kind.into() }) } else { Ok(first) }
    }

    /// The attribute of a kind, which must be there.
    ///
    /// # Errors
    /// It is missing or stands twice.
    pub fn need(&self, kind: Known) -> Result<Attribute<'a>, CmsError> {
        self.find(kind)?.ok_or(CmsError::AttributeMissing { oid: kind.into() })
    }
}

/// Whether the elements of a SET OF stand in the order of DER, none of them twice (X.690 11.6).
pub(super) fn is_sorted(contents: &[u8]) -> bool {
    let (mut set, mut last) = (Reader::new(contents), &[][..]);
    while set.more() {
        let next = set.any().raw();
        if next <= last {
            return false;
        }
        last = next;
    }
    set.check().is_ok()
}

//! The entries of a list (RFC 5280 5.1.2.6 and 5.3).

use super::{Body, Entry, Reason, unknown_critical};
use crate::asn1::{Asn1Error, Known, Reader, Tag};
use crate::pki::extensions::List;
use crate::pki::general_name::{self, GeneralName};
use crate::pki::{CrlError, Name};

/// The entries of a list in order.
pub(super) struct Entries<'a> {
    rest: Reader<'a>,
    /// The certificateIssuer that stood last (5.3.3).
    issuer: Option<Name<'a>>,
}

/// A certificate that stands in a list.
pub(super) struct Listed<'a> {
    pub(super) serial: &'a [u8],
    /// Whose certificate it is, when that is not the list's issuer.
    pub(super) issuer: Option<Name<'a>>,
    pub(super) entry: Entry,
    pub(super) flaw: Option<CrlError>,
}

impl<'a> Entries<'a> {
    pub(super) fn of(body: &Body<'a>) -> Self {
        Self { rest: Reader::new(body.entries.unwrap_or_default().contents()), issuer: None }
    }

    pub(super) fn next(&mut self) -> Result<Option<Listed<'a>>, CrlError> {
        if !self.rest.more() {
            return Ok(None);
        }
        let mut entry = self.rest.within(Tag::SEQUENCE, listed)?;
        self.rest.check()?;
        self.issuer = entry.issuer.or(self.issuer);
        entry.issuer = self.issuer;
        Ok(Some(entry))
    }
}

fn listed<'a>(fields: &mut Reader<'a>) -> Result<Listed<'a>, CrlError> {
    let (serial, at) = (fields.integer(), fields.instant());
    let extensions = fields.more().then(|| fields.any());
    fields.check()?;
    let mut listed = Listed { serial, issuer: None, entry: Entry { at, reason: Reason::Unspecified }, flaw: None };
    if let Some(extensions) = extensions {
        let mut list = List::of(&extensions);
        while let Some(extension) = list.next()? {
            match extension.oid.known() {
                Known::CrlReason => listed.entry.reason = read_reason(&mut extension.value())?,
                Known::InvalidityDate => {}
                Known::CertificateIssuer => listed.issuer = Some(read_issuer(&mut extension.value())?),
                _ => listed.flaw = listed.flaw.or_else(|| unknown_critical(&extension)),
            }
        }
    }
    Ok(listed)
}

/// certificateIssuer (5.3.3): the one directory name among its names.
fn read_issuer<'a>(value: &mut Reader<'a>) -> Result<Name<'a>, Asn1Error> {
    let names = value.within(Tag::SEQUENCE, general_name::all);
    value.check()?;
    let mut directory = names.iter().filter_map(|name| if let GeneralName::Directory(name) = name { Some(*name) } else { None });
    directory.next().ok_or(Asn1Error::NotDer)
}

pub(in crate::pki) fn read_reason(value: &mut Reader<'_>) -> Result<Reason, Asn1Error> {
    let reason = value.element(Tag::ENUMERATED).contents();
    value.check()?;
    Ok(match *reason {
        [0] => Reason::Unspecified,
        [1] => Reason::KeyCompromise,
        [2] => Reason::AuthorityCompromise,
        [3] => Reason::AffiliationChanged,
        [4] => Reason::Superseded,
        [5] => Reason::CessationOfOperation,
        [6] => Reason::Hold,
        [8] => Reason::RemoveFromCrl,
        [9] => Reason::PrivilegeWithdrawn,
        [10] => Reason::AttributeAuthorityCompromise,
        _ => return Err(Asn1Error::NotDer),
    })
}

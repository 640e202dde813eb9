//! Certificate extensions (RFC 5280 4.2) that decide something here. The rest is only watched for `critical`.

use super::CertificateError;
use crate::asn1::{Asn1Error, Element, Oid, Reader, Tag, context_primitive, oid};
use crate::limits;

/// What a key may be used for (RFC 5280 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// digitalSignature.
    #[must_use]
    pub const fn digital_signature(self) -> bool {
        self.0 & 0x8000 != 0
    }

    /// nonRepudiation, since X.509 (2000) called contentCommitment.
    #[must_use]
    pub const fn non_repudiation(self) -> bool {
        self.0 & 0x4000 != 0
    }

    /// keyCertSign.
    #[must_use]
    pub const fn certificate_signing(self) -> bool {
        self.0 & 0x0400 != 0
    }

    /// cRLSign.
    #[must_use]
    pub const fn crl_signing(self) -> bool {
        self.0 & 0x0200 != 0
    }
}

/// Whether the subject is an authority (RFC 5280 4.2.1.9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BasicConstraints {
    /// cA.
    pub authority: bool,
    /// pathLenConstraint: how many authorities may stand between this one and the last certificate.
    pub path_length: Option<u64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Extensions {
    pub(super) key_usage: Option<KeyUsage>,
    pub(super) purposes: Option<Vec<Oid>>,
    pub(super) basic_constraints: Option<BasicConstraints>,
    pub(super) authority_key_id: Option<Vec<u8>>,
    pub(super) subject_key_id: Option<Vec<u8>>,
    pub(super) name_constraints: bool,
    pub(super) unknown_critical: Option<Oid>,
}

impl Extensions {
    /// Reads `Extensions ::= SEQUENCE OF Extension`.
    pub(super) fn read(element: &Element<'_>) -> Result<Self, CertificateError> {
        let mut found = Self::default();
        each(element, |extension| found.take(extension))?;
        Ok(found)
    }

    fn take(&mut self, extension: &Extension<'_>) -> Result<(), CertificateError> {
        // Read only where it decides: what is not understood and not critical is ignored (RFC 5280 4.2), DER or not.
        let value = || extension.value();
        let sequence = || value()?.tagged(Tag::Sequence);
        match extension.oid {
            oid::KEY_USAGE => self.key_usage = Some(KeyUsage(value()?.named_bits()?)),
            oid::EXTENDED_KEY_USAGE => self.purposes = Some(sequence()?.read(purposes)?),
            oid::BASIC_CONSTRAINTS => self.basic_constraints = Some(sequence()?.read(basic_constraints)?),
            oid::AUTHORITY_KEY_IDENTIFIER => self.authority_key_id = sequence()?.read(authority_key_id)?,
            oid::SUBJECT_KEY_IDENTIFIER => self.subject_key_id = Some(value()?.octets()?.to_vec()),
            oid::NAME_CONSTRAINTS => self.name_constraints = true,
            // They say nothing that changes a verdict here: no name is looked for, every policy is accepted
            // (RFC 5280 6.1.1 (c), any-policy), and lists are given by the caller.
            oid::SUBJECT_ALT_NAME
            | oid::ISSUER_ALT_NAME
            | oid::CERTIFICATE_POLICIES
            | oid::CRL_DISTRIBUTION_POINTS
            | oid::AUTHORITY_INFO_ACCESS
            | oid::QC_STATEMENTS => {}
            unknown if extension.critical => self.unknown_critical = Some(unknown),
            _ => {}
        }
        Ok(())
    }
}

/// One extension of a certificate, a list or an entry of a list (RFC 5280 4.1, 5.1).
pub(super) struct Extension<'a> {
    pub(super) oid: Oid,
    pub(super) critical: bool,
    octets: &'a [u8],
}

impl<'a> Extension<'a> {
    pub(super) fn value(&self) -> Result<Element<'a>, Asn1Error> {
        crate::asn1::document(self.octets)
    }
}

/// Hands over each extension in order; one that stands twice is refused (RFC 5280 4.2).
pub(super) fn each<'a, E: From<ExtensionsError> + From<Asn1Error>>(
    element: &Element<'a>,
    mut take: impl FnMut(&Extension<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let mut seen = Vec::new();
    element.tagged(Tag::Sequence)?.read(|sequence| {
        while !sequence.is_empty() {
            let extension = sequence.sequence(extension)?;
            if seen.contains(&extension.oid) {
                return Err(ExtensionsError::Duplicate(extension.oid).into());
            }
            if seen.len() == limits::EXTENSIONS {
                return Err(ExtensionsError::TooMany.into());
            }
            seen.push(extension.oid);
            take(&extension)?;
        }
        Ok(())
    })
}

/// What a list of extensions as a whole can do wrong.
pub(super) enum ExtensionsError {
    Duplicate(Oid),
    TooMany,
}

fn extension<'a>(fields: &mut Reader<'a>) -> Result<Extension<'a>, Asn1Error> {
    let oid = fields.any()?.oid()?;
    let critical = fields.optional(Tag::Boolean)?.map(|element| element.boolean()).transpose()?;
    // X.690 11.5: the default, false, is not written. Some authorities write it; it changes nothing.
    Ok(Extension { oid, critical: critical.unwrap_or(false), octets: fields.any()?.octets()? })
}

fn purposes(sequence: &mut Reader<'_>) -> Result<Vec<Oid>, CertificateError> {
    let mut purposes = Vec::new();
    while !sequence.is_empty() {
        purposes.push(sequence.any()?.oid()?);
    }
    Ok(purposes)
}

fn basic_constraints(fields: &mut Reader<'_>) -> Result<BasicConstraints, CertificateError> {
    let authority = fields.optional(Tag::Boolean)?.map(|element| element.boolean()).transpose()?.unwrap_or(false);
    let path_length = fields.optional(Tag::Integer)?.map(|element| element.number()).transpose()?;
    Ok(BasicConstraints { authority, path_length })
}

/// The keyIdentifier; issuer and serial number ([1], [2]) only help to choose and are not needed.
fn authority_key_id(fields: &mut Reader<'_>) -> Result<Option<Vec<u8>>, CertificateError> {
    let id = fields.optional(context_primitive(0))?.map(|element| element.contents().to_vec());
    while !fields.is_empty() {
        fields.any()?;
    }
    Ok(id)
}

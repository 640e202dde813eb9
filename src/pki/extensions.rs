//! Certificate extensions (RFC 5280 4.2) that decide something here. The rest is only watched for `critical`.

use super::CertificateError;
use super::signed::Span;
use crate::asn1::{Asn1Error, Element, Known, Oid, OidRef, Reader, Tag, context_primitive};
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

    /// The names of the uses, in the order of RFC 5280.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        USES.into_iter().zip(0..).filter(move |(_, place)| self.0 & (0x8000 >> *place) != 0).map(|(name, _)| name)
    }
}

const USES: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

/// The purposes of an extended key usage (RFC 5280 4.2.1.12), as far as hoso tells them apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Purposes {
    /// One that may be a person's signature on a document, or anyExtendedKeyUsage: authorities name document signing in many ways.
    pub(super) documents: bool,
    /// id-kp-timeStamping.
    pub(super) time_stamping: bool,
    /// id-kp-OCSPSigning.
    pub(super) status_answers: bool,
    /// anyExtendedKeyUsage.
    pub(super) any: bool,
    /// How many are named.
    pub(super) count: usize,
    pub(super) critical: bool,
}

/// Whether the subject is an authority (RFC 5280 4.2.1.9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BasicConstraints {
    /// cA.
    pub authority: bool,
    /// pathLenConstraint: how many authorities may stand between this one and the last certificate.
    pub path_length: Option<u64>,
}

/// What decides something here, and where the rest lies in the certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extensions {
    pub(super) key_usage: Option<KeyUsage>,
    pub(super) purposes: Option<Purposes>,
    pub(super) basic_constraints: Option<BasicConstraints>,
    pub(super) authority_key_id: Option<Span>,
    pub(super) subject_key_id: Option<Span>,
    pub(super) values: Values,
    /// id-pkix-ocsp-nocheck.
    pub(super) no_check: bool,
    pub(super) unknown_critical: Option<Oid>,
}

/// Where the values of extensions lie that are read when they are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) purposes: Option<Span>,
    pub(super) policies: Option<Span>,
    pub(super) mappings: Option<Span>,
    pub(super) policy_constraints: Option<Span>,
    pub(super) inhibit_any: Option<Span>,
    pub(super) name_constraints: Option<Span>,
    pub(super) alternative_names: Option<Span>,
    pub(super) distribution_points: Option<Span>,
    pub(super) information_access: Option<Span>,
}

impl Extensions {
    /// Reads the extensions of a certificate.
    pub(super) fn read(element: &Element<'_>, der: &[u8]) -> Result<Self, CertificateError> {
        let (mut found, mut list) = (Self::default(), List::of(element));
        while let Some(extension) = list.next()? {
            found.take(&extension, der)?;
        }
        Ok(found)
    }

    fn take(&mut self, extension: &Extension<'_>, der: &[u8]) -> Result<(), Asn1Error> {
        let span = |part| Span::of(part, der);
        let mut value = extension.value();
        match extension.oid.known() {
            Known::KeyUsage => self.key_usage = Some(KeyUsage(value.named_bits())),
            Known::ExtendedKeyUsage => {
                self.values.purposes = Some(span(extension.octets));
                self.purposes = Some(value.within(Tag::SEQUENCE, |list| purposes(list, extension.critical)));
            }
            Known::BasicConstraints => self.basic_constraints = Some(value.within(Tag::SEQUENCE, basic_constraints)),
            Known::AuthorityKeyIdentifier => self.authority_key_id = value.within(Tag::SEQUENCE, authority_key_id).map(span),
            Known::SubjectKeyIdentifier => self.subject_key_id = Some(span(value.octets())),
            other => {
                self.note(other, extension, span(extension.octets));
                // What is not understood and not critical is ignored (RFC 5280 4.2), DER or not.
                return Ok(());
            }
        }
        value.check()
    }

    fn note(&mut self, known: Known, extension: &Extension<'_>, value: Span) {
        let values = &mut self.values;
        let place = match known {
            Known::CertificatePolicies => &mut values.policies,
            Known::PolicyMappings => &mut values.mappings,
            Known::PolicyConstraints => &mut values.policy_constraints,
            Known::InhibitAnyPolicy => &mut values.inhibit_any,
            Known::NameConstraints => &mut values.name_constraints,
            Known::SubjectAltName => &mut values.alternative_names,
            Known::CrlDistributionPoints => &mut values.distribution_points,
            Known::AuthorityInfoAccess => &mut values.information_access,
            Known::OcspNoCheck => return self.no_check = true,
            // They say nothing that changes a verdict here.
            Known::IssuerAltName | Known::QcStatements => return,
            _ => {
                if extension.critical {
                    self.unknown_critical = Some(extension.oid.into());
                }
                return;
            }
        };
        *place = Some(value);
    }
}

/// One extension of a certificate, a list or an entry of a list (RFC 5280 4.1, 5.1).
pub(super) struct Extension<'a> {
    pub(super) oid: OidRef<'a>,
    pub(super) critical: bool,
    octets: &'a [u8],
}

impl<'a> Extension<'a> {
    fn read(fields: &mut Reader<'a>) -> Self {
        let oid = fields.oid();
        // X.690 11.5: the default, false, is not written. Some authorities write it; it changes nothing.
        let critical = fields.next_is(Tag::BOOLEAN) && fields.boolean();
        Self { oid, critical, octets: fields.octets() }
    }

    pub(super) fn value(&self) -> Reader<'a> {
        Reader::document(self.octets)
    }

    /// The value as received.
    pub(super) const fn octets(&self) -> &'a [u8] {
        self.octets
    }
}

/// `Extensions ::= SEQUENCE OF Extension`, in order; one that stands twice is refused (RFC 5280 4.2).
pub(super) struct List<'a> {
    reader: Reader<'a>,
    seen: Vec<OidRef<'a>>,
}

impl<'a> List<'a> {
    pub(super) fn of(element: &Element<'a>) -> Self {
        Self { reader: Reader::new(element.raw()).enter(Tag::SEQUENCE), seen: Vec::new() }
    }

    pub(super) fn next(&mut self) -> Result<Option<Extension<'a>>, ExtensionsError> {
        let extension = self.reader.more().then(|| self.reader.within(Tag::SEQUENCE, Extension::read));
        self.reader.check().map_err(ExtensionsError::Malformed)?;
        if let Some(Extension { oid, .. }) = extension {
            if self.seen.contains(&oid) {
                return Err(ExtensionsError::Duplicate(oid.into()));
            }
            if self.seen.len() == limits::EXTENSIONS {
                return Err(ExtensionsError::TooMany);
            }
            self.seen.push(oid);
        }
        Ok(extension)
    }
}

/// What a list of extensions as a whole can do wrong.
pub(super) enum ExtensionsError {
    Malformed(Asn1Error),
    Duplicate(Oid),
    TooMany,
}

fn purposes(list: &mut Reader<'_>, critical: bool) -> Purposes {
    let mut found = Purposes { critical, ..Purposes::default() };
    while list.more() {
        found.count += 1;
        match list.oid().known() {
            Known::TimeStamping => found.time_stamping = true,
            Known::OcspSigning => found.status_answers = true,
            Known::ServerAuth | Known::CodeSigning => {}
            Known::AnyExtendedKeyUsage => (found.any, found.documents) = (true, true),
            _ => found.documents = true,
        }
    }
    found
}

fn basic_constraints(fields: &mut Reader<'_>) -> BasicConstraints {
    let authority = fields.next_is(Tag::BOOLEAN) && fields.boolean();
    BasicConstraints { authority, path_length: fields.next_is(Tag::INTEGER).then(|| fields.number()) }
}

/// The keyIdentifier; issuer and serial number ([1], [2]) only help to choose and are not needed.
pub(super) fn authority_key_id<'a>(fields: &mut Reader<'a>) -> Option<&'a [u8]> {
    let id = fields.optional(context_primitive(0)).map(|element| element.contents());
    while fields.more() {
        fields.any();
    }
    id
}

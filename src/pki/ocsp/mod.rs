//! Status answers of the Online Certificate Status Protocol (RFC 6960) that someone else fetched.

mod request;
mod single;

pub use request::Request;

pub(super) use single::Standing;

use super::extensions::List;
use super::signed::{Signed, Span};
use super::{Certificate, CertificateError, Name, OcspError, pem};
use crate::asn1::{AlgorithmIdentifier, Asn1Error, Element, Known, Reader, Tag, context, document};
use crate::crypto::{CryptoError, HashAlgorithm, PublicKey, digest};
use crate::limits;
use crate::text::Instant;
use single::{Single, key_bits};
use std::fmt;

/// An answer that could be read. Whether it may be believed is asked for a certificate and an instant.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    der: Vec<u8>,
    signed: Signed,
    /// The contents of the ResponderID's tag.
    responder: Span,
    by_key: bool,
    produced_at: Instant,
    singles: Span,
    nonce: Option<Span>,
    certificates: Vec<Certificate>,
    /// Why the answer decides nothing, whatever the certificate.
    flaw: Option<OcspError>,
}

impl Response {
    /// Reads an OCSPResponse from DER.
    ///
    /// # Errors
    /// The bytes are no such answer, or one that says why there is none.
    pub fn parse(der: impl Into<Vec<u8>>) -> Result<Self, OcspError> {
        Self::read(der.into())
    }

    fn read(der: Vec<u8>) -> Result<Self, OcspError> {
        if der.len() > limits::OCSP_BYTES {
            return Err(OcspError::TooLarge { bytes: der.len() });
        }
        let basic = document(&der, Tag::SEQUENCE, basic)?;
        let mut found = document(basic, Tag::SEQUENCE, |fields| Self::fields(fields, &der))?;
        found.der = der;
        Ok(found)
    }

    /// BasicOCSPResponse (RFC 6960 4.2.1).
    fn fields(fields: &mut Reader<'_>, der: &[u8]) -> Result<Self, OcspError> {
        let signed = Signed::fields(fields, der)?;
        let mut certificates = Vec::new();
        if fields.next_is(context(0)) {
            let list = fields.within(context(0), |explicit| explicit.element(Tag::SEQUENCE));
            fields.check()?;
            certificates = self::certificates(&list)?;
        }
        fields.check()?;
        let data = document(signed.body(der), Tag::SEQUENCE, Data::read)?;
        let mut flaw = data.flaw;
        let mut rest = Reader::new(data.singles.contents());
        let mut count = 0;
        while rest.more() {
            let single = rest.within(Tag::SEQUENCE, Single::read);
            rest.check()?;
            flaw = flaw.or(single?.flaw);
            count += 1;
            if count > limits::OCSP_SINGLES {
                return Err(OcspError::Oversized);
            }
        }
        let span = |part| Span::of(part, der);
        Ok(Self {
            der: Vec::new(),
            signed,
            responder: span(data.responder.contents()),
            by_key: data.responder.tag() == context(2),
            produced_at: data.produced_at,
            singles: span(data.singles.contents()),
            nonce: data.nonce.map(span),
            certificates,
            flaw,
        })
    }

    /// Reads a file of answers: PEM with one or more, or DER with one.
    ///
    /// # Errors
    /// As [`Response::parse`]; a PEM text without an answer, or with a damaged block.
    pub fn read_all(file: &[u8]) -> Result<Vec<Self>, OcspError> {
        if pem::looks_like(file) { pem::answers(file) } else { Ok(vec![Self::parse(file)?]) }
    }

    /// The bytes as received.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// When it was signed.
    #[must_use]
    pub const fn produced_at(&self) -> Instant {
        self.produced_at
    }

    /// Certificates that came along: hints for who signed it.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Checks that it answers a request: with the request's nonce (RFC 6960 4.4.1), and about its certificate.
    ///
    /// # Errors
    /// It does not.
    pub fn check_request(&self, request: &Request) -> Result<(), OcspError> {
        let nonce = self.nonce.map(|nonce| nonce.part(&self.der));
        if request.nonce().is_some_and(|asked| nonce != Some(asked)) {
            return Err(OcspError::Nonce);
        }
        let mut rest = Reader::new(self.singles.part(&self.der));
        while rest.more() {
            if rest.within(Tag::SEQUENCE, Single::read)?.id == request.id() {
                return Ok(());
            }
        }
        Err(OcspError::Missing)
    }

    /// What it says about a certificate of that issuer (RFC 6960 3.2, 1), the newest if it says it twice.
    pub(super) fn find(&self, certificate: &Certificate, issuer: &Certificate) -> Result<Single<'_>, OcspError> {
        let mut found: Option<Single<'_>> = None;
        let mut rest = Reader::new(self.singles.part(&self.der));
        while rest.more() {
            let single = rest.within(Tag::SEQUENCE, Single::read)?;
            let newer = found.as_ref().is_none_or(|found| found.this_update < single.this_update);
            if newer && single.is_about(certificate, issuer) {
                found = Some(single);
            }
        }
        let found = found.ok_or(OcspError::Missing)?;
        self.flaw.clone().map_or(Ok(found), Err)
    }

    /// Whether the ResponderID names the holder of a certificate (RFC 6960 4.2.1): by subject, or by the SHA-1 of the key.
    pub(crate) fn is_of(&self, certificate: &Certificate) -> bool {
        let named = self.responder.part(&self.der);
        if !self.by_key {
            return Name::of(named).same(certificate.subject());
        }
        let mut key = Reader::document(named);
        let hash = key.octets();
        key_bits(certificate).is_some_and(|bits| digest(HashAlgorithm::Sha1, &[bits]) == hash)
    }

    pub(crate) fn verify_signature(&self, key: &PublicKey<'_>) -> Result<(), CryptoError> {
        self.signed.verify(&self.der, key)
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Response(of {} bytes)", self.der.len())
    }
}

/// OCSPResponse (RFC 6960 4.2.1), as far as to the BasicOCSPResponse.
fn basic<'a>(fields: &mut Reader<'a>) -> Result<&'a [u8], OcspError> {
    let status = fields.element(Tag::ENUMERATED).contents();
    fields.check()?;
    let name = match status {
        [0] => return wrapped(fields),
        [1] => "malformedRequest",
        [2] => "internalError",
        [3] => "tryLater",
        [5] => "sigRequired",
        [6] => "unauthorized",
        _ => return Err(Asn1Error::NotDer.into()),
    };
    Err(OcspError::Unsuccessful { status: name })
}

fn wrapped<'a>(fields: &mut Reader<'a>) -> Result<&'a [u8], OcspError> {
    let (kind, octets) = fields.within(context(0), |explicit| explicit.within(Tag::SEQUENCE, |bytes| (bytes.oid(), bytes.octets())));
    fields.check()?;
    if kind.known() == Known::OcspBasic { Ok(octets) } else { Err(OcspError::TypeUnsupported { oid: kind.into() }) }
}

fn certificates(list: &Element<'_>) -> Result<Vec<Certificate>, OcspError> {
    let (mut found, mut rest) = (Vec::new(), Reader::new(list.contents()));
    while rest.more() {
        let der = rest.element(Tag::SEQUENCE).raw();
        rest.check()?;
        if found.len() == limits::OCSP_CERTIFICATES {
            return Err(OcspError::Oversized);
        }
        found.push(Certificate::parse(der).map_err(|error| match error {
            CertificateError::Malformed(error) => OcspError::Malformed(error),
            _ => OcspError::Oversized,
        })?);
    }
    Ok(found)
}

/// ResponseData (RFC 6960 4.2.1).
struct Data<'a> {
    responder: Element<'a>,
    produced_at: Instant,
    singles: Element<'a>,
    nonce: Option<&'a [u8]>,
    flaw: Option<OcspError>,
}

impl<'a> Data<'a> {
    fn read(fields: &mut Reader<'a>) -> Result<Self, OcspError> {
        if fields.next_is(context(0)) {
            let version = fields.within(context(0), Reader::number);
            fields.check()?;
            // v1 is 0 and the default, which DER leaves out.
            return Err(OcspError::VersionUnsupported { version });
        }
        let responder = fields.any();
        let (produced_at, singles) = (fields.instant(), fields.element(Tag::SEQUENCE));
        let mut data = Self { responder, produced_at, singles, nonce: None, flaw: None };
        if fields.next_is(context(1)) {
            let extensions = fields.within(context(1), Reader::any);
            fields.check()?;
            data.extensions(&extensions)?;
        }
        fields.check()?;
        let mut inside = Reader::document(responder.contents());
        match responder.tag() {
            tag if tag == context(1) => Name::check(&inside.any()).map_err(|_| OcspError::Oversized)?,
            tag if tag == context(2) => drop(inside.octets()),
            _ => return Err(Asn1Error::UnexpectedType.into()),
        }
        inside.check()?;
        Ok(data)
    }

    fn extensions(&mut self, extensions: &Element<'a>) -> Result<(), OcspError> {
        let mut list = List::of(extensions);
        while let Some(extension) = list.next()? {
            match extension.oid.known() {
                Known::OcspNonce => self.nonce = Some(extension.octets()),
                _ if extension.critical => {
                    self.flaw = Some(OcspError::UnknownCriticalExtension { oid: extension.oid.into() });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// CertID (RFC 6960 4.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CertificateId<'a> {
    raw: &'a [u8],
    hash: Option<HashAlgorithm>,
    name: &'a [u8],
    key: &'a [u8],
    serial: &'a [u8],
}

impl<'a> CertificateId<'a> {
    fn read(reader: &mut Reader<'a>) -> Self {
        let element = reader.element(Tag::SEQUENCE);
        let mut fields = Reader::new(element.contents());
        let hash = HashAlgorithm::from_identifier(&AlgorithmIdentifier::read(&mut fields));
        let id = Self { raw: element.raw(), hash, name: fields.octets(), key: fields.octets(), serial: fields.integer() };
        if fields.more() {
            fields.fail(Asn1Error::TrailingData);
        }
        if let Err(error) = fields.check() {
            reader.fail(error);
        }
        id
    }
}

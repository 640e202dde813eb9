//! A question to a responder: OCSPRequest (RFC 6960 4.1.1) about one certificate, not signed.

use super::single::key_bits;
use crate::asn1::{Known, Tag, Writer, context};
use crate::crypto::{HashAlgorithm, digest};
use crate::pki::Certificate;

/// A request, ready to be sent as `application/ocsp-request` (RFC 6960 A.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    der: Vec<u8>,
    id: Vec<u8>,
    /// The value of the extension, an OCTET STRING.
    nonce: Option<Vec<u8>>,
}

impl Request {
    /// Asks about a certificate of that issuer. The nonce, if any, is the caller's random bytes, 32 of them (RFC 9654 2.1).
    #[must_use]
    pub fn new(certificate: &Certificate, issuer: &Certificate, nonce: Option<&[u8]>) -> Self {
        let id = certificate_id(certificate, issuer);
        let nonce = nonce.map(|nonce| {
            let mut value = Writer::default();
            value.octets(nonce);
            value.finish()
        });
        let mut out = Writer::default();
        out.within(Tag::SEQUENCE, |out| {
            out.within(Tag::SEQUENCE, |body| {
                body.within(Tag::SEQUENCE, |list| list.within(Tag::SEQUENCE, |request| request.raw(&id)));
                if let Some(nonce) = &nonce {
                    body.within(context(2), |explicit| {
                        explicit.within(Tag::SEQUENCE, |list| {
                            list.within(Tag::SEQUENCE, |extension| extension.oid(Known::OcspNonce.oid()).octets(nonce))
                        })
                    });
                }
                body
            })
        });
        Self { der: out.finish(), id, nonce }
    }

    /// The bytes to send.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub(super) fn id(&self) -> &[u8] {
        &self.id
    }

    pub(super) fn nonce(&self) -> Option<&[u8]> {
        self.nonce.as_deref()
    }
}

/// With SHA-1, which every responder knows (RFC 5019 2.1.1); parameters are NULL (RFC 3279 2.1), as everyone writes them and some compare.
fn certificate_id(certificate: &Certificate, issuer: &Certificate) -> Vec<u8> {
    let hash = |bytes: &[u8]| digest(HashAlgorithm::Sha1, &[bytes]);
    let mut out = Writer::default();
    out.within(Tag::SEQUENCE, |id| {
        id.within(Tag::SEQUENCE, |algorithm| algorithm.oid(Known::Sha1.oid()).null());
        id.octets(&hash(certificate.issuer().raw())).octets(&hash(key_bits(issuer).unwrap_or_default()));
        // The serial number may be negative, so its contents are written as they are.
        id.element(Tag::INTEGER, certificate.serial_bytes())
    });
    out.finish()
}

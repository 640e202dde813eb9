//! PFX, its MAC and its password forms (RFC 7292 4, B; RFC 9579).

use crate::asn1::{AlgorithmIdentifier, Asn1Error, Known, Reader, Tag, context};
use crate::crypto::{HashAlgorithm, Iterations, KeyError, Password, Pbkdf2, Purpose, mac_matches};

/// A file's protected content, and what proves the password.
pub(super) struct Pfx<'a> {
    /// The AuthenticatedSafe's bytes.
    pub(super) content: &'a [u8],
    mac: Mac<'a>,
}

struct Mac<'a> {
    algorithm: AlgorithmIdentifier<'a>,
    digest: &'a [u8],
    salt: &'a [u8],
    iterations: u64,
}

impl<'a> Pfx<'a> {
    /// Reads PFX ::= SEQUENCE { version, authSafe, macData OPTIONAL }.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, KeyError> {
        let mut pfx = Reader::document(bytes);
        let (content, mac) = pfx.within(Tag::SEQUENCE, pfx_fields);
        pfx.check_as(KeyError::NotPkcs12)?;
        Ok(Self { content, mac: mac.ok_or(KeyError::NoMac)? })
    }

    /// The form of the password with which the MAC is right, if there is one.
    pub(super) fn proven<'p>(&self, forms: Vec<Password<'p>>, iterations: &mut Iterations) -> Result<Option<Password<'p>>, KeyError> {
        for form in forms {
            let mac = &self.mac;
            if mac.algorithm.known() == Known::Pbmac1 {
                // All forms are the same one here.
                return Ok(self.pbmac1(&form, iterations)?.then_some(form));
            }
            let hash = HashAlgorithm::from_identifier(&mac.algorithm).ok_or(KeyError::MacUnsupported { oid: mac.algorithm.oid.into() })?;
            let count = iterations.take(mac.iterations)?;
            let key = form.derive(Purpose::Mac, hash, mac.salt, count, hash.digest_bytes());
            if mac_matches(hash, &key, self.content, mac.digest) {
                return Ok(Some(form));
            }
        }
        Ok(None)
    }

    /// PBMAC1 (RFC 8018 7.1), whose salt and iterations stand in its parameters (RFC 9579 4); so must the length of its key.
    fn pbmac1(&self, password: &Password<'_>, iterations: &mut Iterations) -> Result<bool, KeyError> {
        let mut parameters = self.mac.algorithm.parameters();
        let (derivation, scheme) =
            parameters.within(Tag::SEQUENCE, |fields| (AlgorithmIdentifier::read(fields), AlgorithmIdentifier::read(fields)));
        parameters.check_as(KeyError::NotPkcs12)?;
        let hash = HashAlgorithm::from_hmac_identifier(&scheme).ok_or(KeyError::MacUnsupported { oid: scheme.oid.into() })?;
        let derivation = Pbkdf2::from_identifier(&derivation)?;
        // RFC 9579 5: as long as the digest; no one has reason for another length, and a short one would prove little.
        let key = derivation.derive(password.bytes(), hash.digest_bytes(), iterations)?;
        Ok(derivation.key_bytes().is_some() && mac_matches(hash, &key, self.content, self.mac.digest))
    }
}

/// Whether bytes begin as a PFX does, in BER or DER: a SEQUENCE, and its version 3.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let Some((&0x30, [length, rest @ ..])) = bytes.split_first() else { return false };
    let more = if *length > 0x80 { usize::from(length & 0x7f) } else { 0 };
    rest.get(more..).is_some_and(|fields| fields.starts_with(&[2, 1, 3]))
}

/// Version 3, and a content that a password protects (`data`), not a signature (`signedData`).
fn pfx_fields<'a>(fields: &mut Reader<'a>) -> (&'a [u8], Option<Mac<'a>>) {
    if fields.number() != 3 {
        fields.fail(Asn1Error::UnexpectedType);
    }
    let content = fields.within(Tag::SEQUENCE, |info| {
        if info.oid().known() != Known::Data {
            info.fail(Asn1Error::UnexpectedType);
        }
        info.within(context(0), Reader::octets)
    });
    let mac = fields.next_is(Tag::SEQUENCE).then(|| fields.within(Tag::SEQUENCE, mac_data));
    (content, mac)
}

fn mac_data<'a>(fields: &mut Reader<'a>) -> Mac<'a> {
    let (algorithm, digest) = fields.within(Tag::SEQUENCE, |info| (AlgorithmIdentifier::read(info), info.octets()));
    let salt = fields.octets();
    let iterations = if fields.next_is(Tag::INTEGER) { fields.number() } else { 1 };
    Mac { algorithm, digest, salt, iterations }
}

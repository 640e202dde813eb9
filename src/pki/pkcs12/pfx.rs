//! PFX, its MAC and its password forms (RFC 7292 4, B).

use crate::asn1::{AlgorithmIdentifier, Asn1Error, Known, Reader, Tag, context};
use crate::crypto::{HashAlgorithm, Iterations, KeyError, mac_matches, pkcs12_mac_key};
use zeroize::Zeroizing;

/// The AuthenticatedSafe's bytes, after their MAC was found right.
pub(super) fn authenticated_content<'a>(bytes: &'a [u8], password: &str, iterations: &mut Iterations) -> Result<&'a [u8], KeyError> {
    let mut pfx = Reader::document(bytes);
    let (content, mac) = pfx.within(Tag::SEQUENCE, pfx_fields);
    pfx.check_as(KeyError::NotPkcs12)?;
    let mac = mac.ok_or(KeyError::NoMac)?;
    let hash = HashAlgorithm::from_identifier(&mac.algorithm).ok_or(KeyError::MacUnsupported { oid: mac.algorithm.oid.into() })?;
    for form in password_forms(password) {
        let count = iterations.take(mac.iterations)?;
        let key = pkcs12_mac_key(hash, &form, mac.salt, count);
        if mac_matches(hash, &key, content, mac.digest) {
            return Ok(content);
        }
    }
    Err(KeyError::WrongPassword)
}

struct Mac<'a> {
    algorithm: AlgorithmIdentifier<'a>,
    digest: &'a [u8],
    salt: &'a [u8],
    iterations: u64,
}

/// PFX ::= SEQUENCE { version, authSafe, macData OPTIONAL }: version 3, and a content that a password protects
/// (`data`), not a signature (`signedData`).
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

/// The password as a BMPString with its terminator (RFC 7292 B.1). Writers disagree about the empty one: two zero
/// bytes, or none at all.
fn password_forms(password: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * password.len() + 2));
    password.encode_utf16().chain([0]).for_each(|unit| bytes.extend_from_slice(&unit.to_be_bytes()));
    if password.is_empty() { vec![bytes, Zeroizing::default()] } else { vec![bytes] }
}

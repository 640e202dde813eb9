//! PFX, its MAC and its password forms (RFC 7292 4, B).

use crate::asn1::{AlgorithmIdentifier, Asn1Error, Element, Reader, Tag, context, document, oid};
use crate::crypto::{HashAlgorithm, Iterations, KeyError, mac_matches, pkcs12_mac_key};
use zeroize::Zeroizing;

/// The AuthenticatedSafe's bytes, after their MAC was found right.
pub(super) fn authenticated_content<'a>(bytes: &'a [u8], password: &str, iterations: &mut Iterations) -> Result<&'a [u8], KeyError> {
    let (content, mac) = document(bytes).and_then(|pfx| pfx.tagged(Tag::Sequence)?.read(pfx_fields)).map_err(not_pkcs12)?;
    let mac = mac.ok_or(KeyError::NoMac)?;
    let algorithm = mac.algorithm.oid;
    let hash = HashAlgorithm::from_identifier(&mac.algorithm).ok_or(KeyError::MacUnsupported { oid: algorithm })?;
    for form in password_forms(password) {
        let count = iterations.take(mac.iterations)?;
        let key = pkcs12_mac_key(hash, &form, mac.salt, count);
        if mac_matches(hash, &key, content, mac.digest) {
            return Ok(content);
        }
    }
    Err(KeyError::WrongPassword)
}

/// What is not the DER of a PFX is no PKCS#12.
pub(super) fn not_pkcs12(_: Asn1Error) -> KeyError {
    KeyError::NotPkcs12
}

struct Mac<'a> {
    algorithm: AlgorithmIdentifier<'a>,
    digest: &'a [u8],
    salt: &'a [u8],
    iterations: u64,
}

/// PFX ::= SEQUENCE { version, authSafe, macData OPTIONAL }: version 3, and a content that a password protects
/// (`data`), not a signature (`signedData`).
fn pfx_fields<'a>(fields: &mut Reader<'a>) -> Result<(&'a [u8], Option<Mac<'a>>), Asn1Error> {
    if fields.any()?.number()? != 3 {
        return Err(Asn1Error::UnexpectedType);
    }
    let content = fields.sequence(|info| {
        let kind = info.any()?.oid()?;
        let content = info.element(context(0))?.read(|inner| inner.any()?.octets())?;
        if kind == oid::DATA { Ok(content) } else { Err(Asn1Error::UnexpectedType) }
    })?;
    let mac = fields.optional(Tag::Sequence)?.map(|element| mac_data(&element)).transpose()?;
    Ok((content, mac))
}

fn mac_data<'a>(element: &Element<'a>) -> Result<Mac<'a>, Asn1Error> {
    element.read(|fields| {
        let (algorithm, digest) = fields.sequence(|info| Ok::<_, Asn1Error>((AlgorithmIdentifier::read(info)?, info.any()?.octets()?)))?;
        let salt = fields.any()?.octets()?;
        let iterations = fields.optional(Tag::Integer)?.map(|element| element.number()).transpose()?.unwrap_or(1);
        Ok(Mac { algorithm, digest, salt, iterations })
    })
}

/// The password as a BMPString with its terminator (RFC 7292 B.1). Writers disagree about the empty one: two zero
/// bytes, or none at all.
fn password_forms(password: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * password.len() + 2));
    password.encode_utf16().chain([0]).for_each(|unit| bytes.extend_from_slice(&unit.to_be_bytes()));
    if password.is_empty() { vec![bytes, Zeroizing::default()] } else { vec![bytes] }
}

//! RSA signatures that `ring` does not verify (RFC 8017, 2016-11): RSASSA-PSS whose salt is not as long as the digest or whose mask uses another
//! hash, as OpenSSL writes with `rsa_pss_saltlen:max`, and keys with a long exponent.
//!
//! All of it is public, so nothing here takes the same time for every input.

use super::modular::Modulus;
use super::ring::digest_into;
use super::{CryptoError, HashAlgorithm, Pss, VerificationAlgorithm};
use crate::asn1::{Asn1Error, Tag, Writer, document};

/// Bytes of the longest exponent that `ring` takes with ease; it allows one bit more.
const SHORT_EXPONENT: usize = 4;

/// Modulus and exponent of an RSAPublicKey (RFC 8017 A.1.1).
pub(super) fn numbers(key: &[u8]) -> Result<(&[u8], &[u8]), Asn1Error> {
    document(key, Tag::SEQUENCE, |fields| {
        let both = (fields.magnitude(), fields.magnitude());
        fields.check().map(|()| both)
    })
}

/// Whether `ring` does not verify that.
pub(super) fn is_needed(key: &[u8], algorithm: VerificationAlgorithm) -> bool {
    let is_unusual = matches!(algorithm, VerificationAlgorithm::RsaPss(pss) if pss != Pss::of(pss.hash));
    is_unusual || numbers(key).is_ok_and(|(_, exponent)| exponent.len() > SHORT_EXPONENT)
}

/// RSASSA-PSS-VERIFY (8.1.2) or RSASSA-PKCS1-V1_5-VERIFY (8.2.2) with a key that was judged to be fit.
pub(super) fn verify(
    key: &[u8],
    bits: usize,
    algorithm: VerificationAlgorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<(), CryptoError> {
    let (modulus, exponent) = numbers(key)?;
    if signature.len() != modulus.len() {
        return Err(CryptoError::SignatureMismatch);
    }
    let encoded = power(signature, exponent, modulus).ok_or(CryptoError::SignatureMismatch)?;
    let digest = digest(algorithm.hash(), &[message]);
    let is_right = match algorithm {
        VerificationAlgorithm::RsaPss(pss) => pss_fits(pss, &digest, &encoded, bits - 1),
        VerificationAlgorithm::RsaPkcs1(hash) => pkcs1(hash, &digest, encoded.len()).as_ref() == Some(&encoded),
        VerificationAlgorithm::Ecdsa(_) => return Err(CryptoError::AlgorithmDoesNotFitKey),
    };
    if is_right { Ok(()) } else { Err(CryptoError::SignatureMismatch) }
}

fn digest(hash: HashAlgorithm, parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = vec![0; hash.digest_bytes()];
    digest_into(hash, parts, &mut digest);
    digest
}

/// EMSA-PKCS1-v1_5 (9.2).
fn pkcs1(hash: HashAlgorithm, digest: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut info = Writer::default();
    info.within(Tag::SEQUENCE, |out| out.within(Tag::SEQUENCE, |out| out.oid(hash.known().oid()).null()).octets(digest));
    let info = info.finish();
    let padding = length.checked_sub(info.len() + 3).filter(|padding| *padding >= 8)?;
    let mut encoded = vec![0, 1];
    encoded.resize(padding + 2, 0xff);
    encoded.push(0);
    encoded.extend(info);
    Some(encoded)
}

/// EMSA-PSS-VERIFY (9.1.2). The bits that the modulus has more than whole bytes are part of what was raised.
fn pss_fits(pss: Pss, digest: &[u8], raised: &[u8], bits: usize) -> bool {
    let length = bits.div_ceil(8);
    // 8.1.2, 2c: what does not fit in that many bytes is no encoded message.
    let (above, encoded) = raised.split_at_checked(raised.len().saturating_sub(length)).unwrap_or_default();
    let hash_bytes = pss.hash.digest_bytes();
    let Some((masked, tail)) = encoded.len().checked_sub(hash_bytes + 1).and_then(|place| encoded.split_at_checked(place)) else {
        return false;
    };
    let Some((0xbc, hash)) = tail.split_last() else { return false };
    let unused = 0xff00_u16.checked_shr((8 * length - bits) as u32).unwrap_or_default() as u8;
    if above.iter().any(|byte| *byte != 0) || masked.first().is_some_and(|first| first & unused != 0) {
        return false;
    }
    let mut block = mask(pss.mask, hash, masked.len());
    block.iter_mut().zip(masked).for_each(|(byte, other)| *byte ^= other);
    if let Some(first) = block.first_mut() {
        *first &= !unused;
    }
    let Some(zeros) = usize::try_from(pss.salt_bytes).ok().and_then(|salt| block.len().checked_sub(salt)?.checked_sub(1)) else {
        return false;
    };
    let Some((padding, [1, salt @ ..])) = block.split_at_checked(zeros) else { return false };
    padding.iter().all(|byte| *byte == 0) && self::digest(pss.hash, &[&[0; 8], digest, salt]) == hash
}

/// MGF1 (B.2.1).
fn mask(hash: HashAlgorithm, seed: &[u8], length: usize) -> Vec<u8> {
    let mut mask = Vec::with_capacity(length + hash.digest_bytes());
    let mut counter = 0_u32;
    while mask.len() < length {
        mask.extend(digest(hash, &[seed, &counter.to_be_bytes()]));
        counter += 1;
    }
    mask.truncate(length);
    mask
}

/// RSAVP1 (5.2.2): the signature to the power of the exponent, as many bytes as the modulus; nothing when the signature is not below that.
fn power(signature: &[u8], exponent: &[u8], modulus: &[u8]) -> Option<Vec<u8>> {
    let modulus = Modulus::new(modulus);
    let power = modulus.power(&modulus.read(signature)?, exponent);
    Some(modulus.bytes(&power))
}

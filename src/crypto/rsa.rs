//! RSA signatures that `ring` does not verify (RFC 8017, 2016-11): RSASSA-PSS whose salt is not as long as the digest or whose mask uses another
//! hash, as OpenSSL writes with `rsa_pss_saltlen:max`, and keys with a long exponent.
//!
//! All of it is public, so nothing here takes the same time for every input.

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
    let modulus = Modulus::new(limbs(modulus));
    let base = limbs(signature);
    if !is_below(&base, &modulus.limbs) {
        return None;
    }
    let base = modulus.product(&base, &modulus.square);
    let mut result: Option<Vec<u32>> = None;
    for bit in exponent.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)) {
        result = result.map(|result| modulus.product(&result, &result));
        if bit == 1 {
            result = Some(result.map_or_else(|| base.clone(), |result| modulus.product(&result, &base)));
        }
    }
    let mut one = vec![0; base.len()];
    *one.first_mut()? = 1;
    let plain = modulus.product(&result?, &one);
    let bytes: Vec<u8> = plain.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect();
    bytes.get(bytes.len().checked_sub(signature.len())?..).map(<[u8]>::to_vec)
}

/// Big-endian bytes as limbs, the lowest first.
fn limbs(bytes: &[u8]) -> Vec<u32> {
    bytes.rchunks(4).map(|limb| limb.iter().fold(0, |limb, byte| limb << 8 | u32::from(*byte))).collect()
}

/// Whether a number is below another of as many limbs.
fn is_below(number: &[u32], other: &[u32]) -> bool {
    number.iter().rev().lt(other.iter().rev())
}

/// An odd modulus, for products in Montgomery's way (P. L. Montgomery, Modular Multiplication Without Trial Division, 1985): each is divided by R,
/// the power of two that lies just above the limbs.
struct Modulus {
    limbs: Vec<u32>,
    /// What times the lowest limb is -1.
    negative_inverse: u32,
    /// R² in the modulus, with which a number becomes R times itself.
    square: Vec<u32>,
}

impl Modulus {
    fn new(limbs: Vec<u32>) -> Self {
        let lowest = limbs.first().copied().unwrap_or(1);
        // Newton: each step doubles the bits that are right, of which there are three at first.
        let mut inverse = lowest;
        for _ in 0..4 {
            inverse = inverse.wrapping_mul(2_u32.wrapping_sub(lowest.wrapping_mul(inverse)));
        }
        let mut modulus = Self { square: Vec::new(), negative_inverse: inverse.wrapping_neg(), limbs };
        let mut square = vec![0; modulus.limbs.len()];
        if let Some(lowest) = square.first_mut() {
            *lowest = 1;
        }
        for _ in 0..64 * modulus.limbs.len() {
            modulus.double(&mut square);
        }
        modulus.square = square;
        modulus
    }

    fn double(&self, number: &mut [u32]) {
        let mut carry = 0;
        for limb in number.iter_mut() {
            (*limb, carry) = (*limb << 1 | carry, *limb >> 31);
        }
        self.reduce(number, carry);
    }

    /// Takes the modulus off a number once, with what was carried out of it, if that is not below it.
    fn reduce(&self, number: &mut [u32], carry: u32) {
        if carry == 0 && is_below(number, &self.limbs) {
            return;
        }
        let mut borrow = false;
        for (limb, other) in number.iter_mut().zip(&self.limbs) {
            let (once, first) = limb.overflowing_sub(*other);
            let (twice, second) = once.overflowing_sub(borrow.into());
            (*limb, borrow) = (twice, first | second);
        }
    }

    /// The product of two numbers below the modulus, divided by R.
    fn product(&self, left: &[u32], right: &[u32]) -> Vec<u32> {
        let mut sum = vec![0; self.limbs.len()];
        let mut above = 0;
        for digit in left {
            let carried = add_times(&mut sum, right, *digit);
            let lowest = sum.first().copied().unwrap_or_default();
            let reduced = add_times(&mut sum, &self.limbs, lowest.wrapping_mul(self.negative_inverse));
            // The lowest limb is zero now: all move down by one.
            let top = u64::from(above) + u64::from(carried) + u64::from(reduced);
            sum.rotate_left(1);
            if let Some(highest) = sum.last_mut() {
                *highest = top as u32;
            }
            above = (top >> 32) as u32;
        }
        self.reduce(&mut sum, above);
        sum
    }
}

/// Adds a number times a digit, and gives what is carried out.
fn add_times(sum: &mut [u32], number: &[u32], digit: u32) -> u32 {
    let mut carry = 0;
    for (limb, other) in sum.iter_mut().zip(number) {
        let wide = u64::from(*limb) + u64::from(*other) * u64::from(digit) + carry;
        (*limb, carry) = (wide as u32, wide >> 32);
    }
    carry as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_arithmetic() {
        for (base, exponent, modulus) in [
            (2_u64, 10_u8, 1_001_u64),
            (3, 7, 0xffff_ffff_ffff_ffc5),
            (0x1234_5678_9abc_def1, 65, 0xffff_ffff_0000_0001),
            (5, 255, 0x8000_0000_0000_0001),
        ] {
            let base = base % modulus;
            let expected = (0..exponent).fold(1_u128, |product, _| product * u128::from(base) % u128::from(modulus)) as u64;
            let given = |number: u64| number.to_be_bytes().to_vec();
            assert_eq!(power(&given(base), &[exponent], &given(modulus)), Some(given(expected)), "{base} {exponent} {modulus}");
            assert_eq!(power(&given(modulus), &[exponent], &given(modulus)), None);
        }
    }
}

//! The two forms of an ECDSA signature: r and s one after the other (JWS, WebCrypto), and a DER sequence of both (X.509, CMS, most tokens).

use super::SignatureForm;
use crate::asn1::{Asn1Error, Reader, Tag, Writer, document};

/// A signature of fixed length as DER (RFC 3279 2.2.3).
#[must_use]
pub fn ecdsa_to_der(fixed: &[u8]) -> Vec<u8> {
    let (r, s) = fixed.split_at(fixed.len() / 2);
    let mut out = Writer::default();
    out.within(Tag::SEQUENCE, |out| out.magnitude(r).magnitude(s));
    out.finish()
}

/// A DER signature as r and s of so many bytes each (RFC 7518 3.4); nothing when it is not strict DER, or a number is longer.
#[must_use]
pub fn ecdsa_to_fixed(der: &[u8], each: usize) -> Option<Vec<u8>> {
    let both = |fields: &mut Reader<'_>| {
        let numbers = [fields.magnitude().to_vec(), fields.magnitude().to_vec()];
        fields.check().map(|()| numbers)
    };
    let numbers = document::<_, Asn1Error>(der, Tag::SEQUENCE, both).ok()?;
    let mut fixed = Vec::with_capacity(2 * each);
    for number in numbers {
        let zeros = each.checked_sub(number.len())?;
        fixed.resize(fixed.len() + zeros, 0);
        fixed.extend_from_slice(&number);
    }
    Some(fixed)
}

impl SignatureForm {
    /// What a signature is, where it may come in either form: a device's is DER, a browser's fixed.
    #[must_use]
    pub fn of(signature: &[u8], each: usize) -> Self {
        if signature.len() == 2 * each { Self::Fixed } else { Self::Der }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_is_made_of_the_other() {
        for (fixed, der) in [
            (&[0, 1, 0, 0x80][..], &[0x30, 7, 2, 1, 1, 2, 2, 0, 0x80][..]),
            (&[0xff, 0xff, 1, 0], &[0x30, 9, 2, 3, 0, 0xff, 0xff, 2, 2, 1, 0]),
            (&[0, 0, 0, 0], &[0x30, 6, 2, 1, 0, 2, 1, 0]),
        ] {
            assert_eq!(ecdsa_to_der(fixed), der);
            assert_eq!(ecdsa_to_fixed(der, 2).as_deref(), Some(fixed));
        }
        for der in [
            &[0x30, 7, 2, 2, 0, 1, 2, 1, 1][..],
            &[0x30, 8, 2, 3, 1, 0, 0, 2, 1, 1],
            &[0x30, 6, 2, 1, 0x80, 2, 1, 1],
            &[0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1],
            &[0x30, 6, 2, 1, 1, 2, 1, 1, 0],
            &[],
        ] {
            assert_eq!(ecdsa_to_fixed(der, 2), None, "{der:02x?}");
        }
    }
}

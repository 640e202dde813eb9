//! Key files: any bytes are opened or refused, alone or behind a right MAC; what is opened signs; and BER becomes DER once.

use hoso::asn1::{Known, Tag, Writer, ber, context};
use hoso::crypto::{HashAlgorithm, Password, PrivateKey, Purpose, SignatureForm};
use hoso::pki::{Certificate, KeyStore, key_file, pkcs12};
use std::borrow::Cow;
use std::num::NonZeroU32;

/// The password of every file.
const PASSWORD: &str = "a";
/// The public key on P-256 whose private one is 1.
const SPKI: [u8; 91] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01,
    0x07, 0x03, 0x42, 0x00, 0x04, 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2, 0x77,
    0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96, 0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f,
    0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37,
    0xbf, 0x51, 0xf5,
];

/// After a `!` the bytes are the SafeContents of a file with a right MAC, so that all behind it is reached.
pub fn holds(input: &[u8]) {
    becomes_der_once(input);
    match input {
        [b'!', contents @ ..] => opens(&sealed(contents)),
        _ => opens(input),
    }
    drop(PrivateKey::from_file(input, PASSWORD, &SPKI));
    let certificates = Certificate::read_all(input).unwrap_or_default();
    if let Ok(store) = key_file::open(input, PASSWORD, &certificates) {
        signs(&store);
    }
}

fn opens(file: &[u8]) {
    if let Ok(store) = pkcs12::open(file, PASSWORD) {
        signs(&store);
        let named = store.name.as_deref().map(|name| pkcs12::open_chosen(file, PASSWORD, pkcs12::Choice::Name(name)));
        assert!(named.is_none_or(|named| named.is_ok()), "a key is not found by its name");
    }
}

/// The certificate is that of the key.
fn signs(store: &KeyStore) {
    let public = store.certificate.public_key().expect("a key that opened has a public one");
    for &algorithm in store.key.algorithms() {
        let signature = store.key.sign(algorithm, b"message").expect("the key signs");
        assert_eq!(public.verify(algorithm, SignatureForm::Fixed, b"message", &signature), Ok(()));
    }
}

fn becomes_der_once(input: &[u8]) {
    let Ok(der) = ber::to_der(input) else { return };
    assert!(der.len() <= input.len() + input.len() / 1_000 + 8, "{} bytes become {}", input.len(), der.len());
    assert!(matches!(ber::to_der(&der), Ok(Cow::Borrowed(same)) if same == &*der), "what became DER is none");
}

fn sealed(contents: &[u8]) -> Vec<u8> {
    let data = |contents: &[u8]| {
        let mut out = Writer::default();
        out.within(Tag::SEQUENCE, |out| out.oid(Known::Data.oid()).within(context(0), |out| out.octets(contents)));
        out.finish()
    };
    let mut safe = Writer::default();
    safe.within(Tag::SEQUENCE, |out| out.raw(&data(contents)));
    let safe = safe.finish();
    let key = Password::forms(PASSWORD)[0].derive(Purpose::Mac, HashAlgorithm::Sha256, b"salt", NonZeroU32::MIN, 32);
    let mac = ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &key), &safe);
    let mut out = Writer::default();
    out.within(Tag::SEQUENCE, |out| {
        out.number(3).raw(&data(&safe)).within(Tag::SEQUENCE, |out| {
            out.within(Tag::SEQUENCE, |out| out.within(Tag::SEQUENCE, |out| out.oid(Known::Sha256.oid()).null()).octets(mac.as_ref()));
            out.octets(b"salt")
        })
    });
    out.finish()
}

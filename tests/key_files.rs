//! Keys in files of their own, written by `openssl`: PKCS#8, SEC 1 and PKCS#1, in PEM and DER, plain and encrypted.

#![cfg(feature = "sign")]
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

#[path = "support/pki.rs"]
mod support;
#[path = "support/temporary.rs"]
mod temporary;

use hoso::crypto::{KeyError, PrivateKey, SignatureAlgorithm, SignatureForm};
use hoso::pki::{Certificate, key_file};
use std::fs;
use std::path::{Path, PathBuf};
use support::{CITIZEN, Holder, Leaf, PASSWORD, Pki, openssl};

fn pki(name: &str) -> Pki {
    Pki::create(&temporary::folder(&format!("keys-{name}")), CITIZEN, support::now()).unwrap()
}

fn certificate(holder: &Holder) -> Certificate {
    Certificate::read_all(&fs::read(holder.certificate()).unwrap()).unwrap().remove(0)
}

/// What `openssl` makes of a key with those options, beside it.
fn converted(key: &Path, name: &str, options: &str) -> PathBuf {
    let out = key.with_extension(name);
    let options: Vec<_> = options.split(' ').collect();
    openssl(&[&options[..], &["-in", key.to_str().unwrap(), "-out", out.to_str().unwrap()]].concat()).unwrap();
    out
}

fn read(file: &Path, password: &str, certificate: &Certificate) -> Result<PrivateKey, KeyError> {
    PrivateKey::from_file(&fs::read(file).unwrap(), password, certificate.spki())
}

fn signs(key: &PrivateKey, certificate: &Certificate) {
    for &algorithm in key.algorithms() {
        let signature = key.sign(algorithm, b"message").unwrap();
        let public = certificate.public_key().unwrap();
        assert_eq!(public.verify(algorithm, SignatureForm::Fixed, b"message", &signature), Ok(()));
    }
}

#[test]
fn keys_open_in_every_form() {
    let pki = pki("forms");
    let p384 = pki.ca.issue(&Leaf::citizen("p384", "ec:P-384", support::now())).unwrap();
    for (holder, traditional) in [(&pki.citizen_ec, "ec"), (&p384, "ec"), (&pki.citizen_rsa, "rsa -traditional")] {
        let (key, certificate) = (holder.key(), certificate(holder));
        for (number, options) in [
            "pkcs8 -topk8 -nocrypt".to_owned(),
            "pkcs8 -topk8 -nocrypt -outform DER".to_owned(),
            traditional.to_owned(),
            format!("{traditional} -outform DER"),
        ]
        .into_iter()
        .enumerate()
        {
            let file = converted(&key, &format!("form{number}"), &options);
            signs(&read(&file, "", &certificate).unwrap(), &certificate);
            assert!(!key_file::is_encrypted(&fs::read(file).unwrap()), "{options}");
        }
    }
    // Without the public point, and with the parameters of the curve in a block of their own.
    let certificate = certificate(&pki.citizen_ec);
    let short = converted(&pki.citizen_ec.key(), "short", "ec -no_public");
    let text = format!(
        "{}{}",
        fs::read_to_string(&short).unwrap(),
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
    );
    signs(&PrivateKey::from_file(text.as_bytes(), "", certificate.spki()).unwrap(), &certificate);
}

#[test]
fn encrypted_keys_open_with_their_password_alone() {
    let pki = pki("encrypted");
    let (key, certificate) = (pki.citizen_ec.key(), certificate(&pki.citizen_ec));
    let password = format!("-passout pass:{}", PASSWORD.replace(' ', ""));
    let secret = PASSWORD.replace(' ', "");
    for (number, options) in [
        "-v2 aes-256-cbc",
        "-v2 aes-128-cbc -v2prf hmacWithSHA1",
        "-v2 des3 -v2prf hmacWithSHA512",
        "-v1 PBE-SHA1-3DES",
        "-v2 aes-256-cbc -outform DER",
    ]
    .into_iter()
    .enumerate()
    {
        let file = converted(&key, &format!("encrypted{number}"), &format!("pkcs8 -topk8 {options} {password}"));
        assert!(key_file::is_encrypted(&fs::read(&file).unwrap()), "{options}");
        signs(&read(&file, &secret, &certificate).unwrap(), &certificate);
        for wrong in ["", "hồ sơ", "x"] {
            assert_eq!(read(&file, wrong, &certificate).unwrap_err(), KeyError::WrongPassword, "{options}");
        }
    }
    let old = converted(&key, "old", &format!("ec -aes256 {password}"));
    assert_eq!(read(&old, &secret, &certificate).unwrap_err(), KeyError::OldPem);
    assert!(!key_file::is_encrypted(&fs::read(&old).unwrap()), "no password opens it here");
    let weak = converted(&key, "weak", &format!("pkcs8 -topk8 -v1 PBE-MD5-DES -provider legacy -provider default {password}"));
    assert!(matches!(read(&weak, &secret, &certificate), Err(KeyError::EncryptionUnsupported { .. })));
    let scrypt = converted(&key, "scrypt", &format!("pkcs8 -topk8 -scrypt {password}"));
    assert!(matches!(read(&scrypt, &secret, &certificate), Err(KeyError::EncryptionUnsupported { .. })));
}

#[test]
fn a_scalar_may_lack_zeros_or_have_too_many() {
    // The key for P-256 of RFC 6979 A.2.5, and a small one, 1, whose point is the generator.
    let generator =
        "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
    let spki = hex(&format!("3059301306072a8648ce3d020106082a8648ce3d03010703420004{generator}"));
    let key = |scalar: &[u8]| {
        let inner = [&[2, 1, 1, 4, scalar.len() as u8][..], scalar, &hex("a00a06082a8648ce3d030107")].concat();
        [&[0x30, inner.len() as u8][..], &inner].concat()
    };
    let one = |bytes: usize| [vec![0; bytes - 1], vec![1]].concat();
    for bytes in [1, 2, 31, 32, 33, 40] {
        assert!(PrivateKey::from_file(&key(&one(bytes)), "", &spki).is_ok(), "{bytes}");
    }
    for scalar in [vec![], vec![0; 32], vec![2], vec![1; 33], vec![0xff; 32]] {
        assert!(PrivateKey::from_file(&key(&scalar), "", &spki).is_err(), "{scalar:?}");
    }
}

#[test]
fn a_key_goes_with_its_own_certificate_and_takes_the_others_as_chain() {
    let pki = pki("pairs");
    let files = [pki.root_pem(), pki.ca.certificate(), pki.citizen_rsa.certificate(), pki.citizen_ec.certificate()];
    let certificates: Vec<_> = files.iter().flat_map(|file| Certificate::read_all(&fs::read(file).unwrap()).unwrap()).collect();
    let key = fs::read(pki.citizen_ec.key()).unwrap();
    let store = key_file::open(&key, "", &certificates).unwrap();
    assert_eq!((&store.certificate, &store.chain[..]), (&certificates[3], &[certificates[1].clone(), certificates[0].clone()][..]));
    assert_eq!(key_file::open(&key, "", &certificates[..3]).unwrap_err(), KeyError::DoesNotMatchCertificate);
    assert_eq!(key_file::open(&key, "", &[]).unwrap_err(), KeyError::NoCertificate);
    let both = [key.clone(), fs::read(pki.citizen_rsa.key()).unwrap()].concat();
    assert!(key_file::open(&both, "", &certificates[..3]).is_ok());
    for (file, error) in [
        (&b""[..], KeyError::NotPkcs8),
        (b"key", KeyError::NotPkcs8),
        (&fs::read(&files[0]).unwrap(), KeyError::NoKey),
        (b"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----", KeyError::NotPkcs8),
        (b"-----BEGIN PRIVATE KEY-----\nMAA=\n", KeyError::NotPkcs8),
        (&vec![b' '; 1_000_001], KeyError::TooLarge { bytes: 1_000_001 }),
        (&key.repeat(51), KeyError::TooManyEntries),
    ] {
        assert_eq!(key_file::open(file, "", &certificates).unwrap_err(), error, "{}", String::from_utf8_lossy(&file[..file.len().min(60)]));
    }
}

/// RFC 4055 3.3: what the key says of its use binds.
#[test]
fn a_key_for_pss_alone_signs_with_nothing_else() {
    let pki = pki("pss");
    for (name, options, algorithms) in [
        ("any", "", &[SignatureAlgorithm::Ps256, SignatureAlgorithm::Ps384][..]),
        (
            "sha256",
            "-pkeyopt rsa_pss_keygen_md:sha256 -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32",
            &[SignatureAlgorithm::Ps256],
        ),
        ("long-salt", "-pkeyopt rsa_pss_keygen_md:sha384 -pkeyopt rsa_pss_keygen_mgf1_md:sha384 -pkeyopt rsa_pss_keygen_saltlen:50", &[]),
    ] {
        let key = pki.citizen_rsa.key().with_extension(name);
        let options: Vec<_> = options.split(' ').filter(|option| !option.is_empty()).collect();
        let fixed = ["genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key.to_str().unwrap()];
        openssl(&[&fixed[..], &options].concat()).unwrap();
        let spki = fs::read(converted(&key, &format!("{name}.spki"), "pkey -pubout -outform DER")).unwrap();
        match PrivateKey::from_file(&fs::read(&key).unwrap(), "", &spki) {
            Ok(key) => {
                assert_eq!(key.algorithms(), algorithms, "{name}");
                assert!(key.sign(SignatureAlgorithm::Rs256, b"message").is_err());
            }
            Err(error) => {
                assert_eq!((error, algorithms.len()), (KeyError::Unsupported { oid: hoso::asn1::Known::RsaPss.into() }, 0), "{name}")
            }
        }
    }
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

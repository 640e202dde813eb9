//! Key files written by `openssl` and by Java's `keytool`, and what damaged ones do.

#![cfg(feature = "sign")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

#[path = "support/pki.rs"]
mod support;
#[path = "support/temporary.rs"]
mod temporary;

use hoso::crypto::{KeyError, KeyName, PrivateKey, SignatureAlgorithm, SignatureForm};
use hoso::pki::pkcs12::{self, Choice};
use hoso::pki::{Certificate, KeyStore};
use hoso::report::Coded;
use std::fs;
use std::path::Path;
use support::{CITIZEN, Leaf, PASSWORD, Pki, keytool, openssl};

const AES: [&str; 4] = ["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC"];

fn open(file: impl AsRef<Path>, password: &str) -> Result<KeyStore, KeyError> {
    pkcs12::open(&fs::read(file).unwrap(), password)
}

fn pki(name: &str) -> Pki {
    Pki::create(&temporary::folder(&format!("p12-{name}")), CITIZEN, support::now()).unwrap()
}

/// Signs with every algorithm the key has and verifies with the certificate's key.
fn signs(store: &KeyStore) -> Vec<&'static str> {
    let public = store.certificate.public_key().unwrap();
    let message = "hồ sơ".as_bytes();
    for algorithm in SignatureAlgorithm::ALL {
        match store.key.sign(algorithm, message) {
            Ok(signature) => {
                assert_eq!(public.verify(algorithm, SignatureForm::Fixed, message, &signature), Ok(()), "{algorithm:?}");
                assert!(public.verify(algorithm, SignatureForm::Fixed, b"another", &signature).is_err(), "{algorithm:?}");
            }
            Err(error) => assert_eq!(error, KeyError::AlgorithmDoesNotFit { algorithm: algorithm.jose_name() }),
        }
    }
    store.key.algorithms().iter().map(|algorithm| algorithm.jose_name()).collect()
}

#[test]
fn what_openssl_writes_opens_and_signs() {
    let pki = pki("openssl");
    for (key, algorithms) in [
        ("ec:P-256", &["ES256"][..]),
        ("ec:P-384", &["ES384"]),
        ("rsa:2048", &["PS256", "PS384", "RS256"]),
        ("rsa:3072", &["PS256", "PS384", "RS256"]),
    ] {
        let holder = pki.ca.issue(&Leaf::citizen(&key.replace(':', "-"), key, support::now())).unwrap();
        let store = open(holder.pkcs12(&[&pki.ca, &pki.root], &AES, "").unwrap(), PASSWORD).unwrap();
        assert_eq!(signs(&store), algorithms, "{key}");
        let names: Vec<_> = std::iter::once(&store.certificate).chain(&store.chain).filter_map(Certificate::common_name).collect();
        assert_eq!(names, ["TRẦN THỊ MINH ANH", "hoso demo CA", "hoso demo root"]);
        assert!(!format!("{store:?}").contains("MINH ANH"));
    }
}

#[test]
fn what_is_exported_is_the_same_key_with_its_public_point() {
    let pki = pki("exported");
    for key in ["ec:P-256", "ec:P-384", "rsa:2048"] {
        let holder = pki.ca.issue(&Leaf::citizen(&key.replace(':', "-"), key, support::now())).unwrap();
        let file = fs::read(holder.pkcs12(&[], &AES, "").unwrap()).unwrap();
        let (store, pkcs8) = pkcs12::export_chosen(&file, PASSWORD, Choice::Only).unwrap();
        assert_eq!(PrivateKey::from_pkcs8(&pkcs8, store.certificate.spki()).map(|key| key.algorithms()), Ok(store.key.algorithms()));
        // openssl finds the public key inside.
        let (exported, public) = (holder.key().with_extension("pk8"), holder.key().with_extension("spki"));
        fs::write(&exported, &pkcs8).unwrap();
        let from_to = ["-in", exported.to_str().unwrap(), "-out", public.to_str().unwrap()];
        openssl(&[&["pkey", "-inform", "DER", "-pubout", "-outform", "DER"][..], &from_to].concat()).unwrap();
        assert_eq!(fs::read(&public).unwrap(), store.certificate.spki(), "{key}");
    }
    let file = fs::read(pki.citizen_ec.pkcs12(&[], &AES, "").unwrap()).unwrap();
    assert_eq!(pkcs12::export_chosen(&file, "another", Choice::Only).unwrap_err(), KeyError::WrongPassword);
}

#[test]
fn every_encryption_of_pbes2_with_aes_opens() {
    let pki = pki("encryptions");
    let options = |text: &'static str| text.split(' ').collect::<Vec<_>>();
    for (number, text) in [
        "-keypbe AES-128-CBC -certpbe AES-128-CBC -macalg sha1",
        "-keypbe AES-192-CBC -certpbe AES-192-CBC -macalg sha384",
        "-keypbe AES-256-CBC -certpbe AES-256-CBC -macalg sha512",
        "-keypbe AES-256-CBC -certpbe NONE -macalg sha256",
        "-keypbe NONE -certpbe NONE",
        "-keypbe AES-256-CBC -certpbe AES-128-CBC -iter 100000",
        "-keypbe AES-256-CBC -certpbe AES-256-CBC -nomaciter",
        "-keypbe AES-256-CBC -certpbe AES-256-CBC -name Khóa",
    ]
    .into_iter()
    .enumerate()
    {
        let file = pki.citizen_ec.pkcs12(&[&pki.ca], &options(text), &format!("-{number}")).unwrap();
        assert_eq!(signs(&open(&file, PASSWORD).unwrap()), ["ES256"], "{text}");
        assert_eq!(open(&file, "hồ sơ 2027").unwrap_err(), KeyError::WrongPassword, "{text}");
    }
}

/// What Windows XP, Java and OpenSSL before 3 wrote.
#[test]
fn every_encryption_of_old_files_opens() {
    let pki = pki("old");
    for (number, text) in [
        "-legacy",
        "-legacy -descert",
        "-legacy -keypbe PBE-SHA1-RC2-40 -certpbe PBE-SHA1-RC2-40",
        "-legacy -keypbe PBE-SHA1-RC2-128 -certpbe PBE-SHA1-RC2-128 -macalg sha256",
        "-keypbe PBE-SHA1-2DES -certpbe PBE-SHA1-2DES -macalg sha512",
        "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -noiter -nomaciter",
        "-keypbe DES-EDE3-CBC -certpbe AES-128-CBC",
    ]
    .into_iter()
    .enumerate()
    {
        let options: Vec<_> = text.split(' ').collect();
        for (suffix, password) in [("", PASSWORD), ("-empty", ""), ("-emoji", "khóa 🔑"), ("-long", &"ữ".repeat(100))] {
            let suffix = format!("-old-{number}{suffix}");
            let file = pki.citizen_rsa.pkcs12_with_password(&[&pki.ca], &options, &suffix, password).unwrap();
            let store = open(&file, password).unwrap();
            assert_eq!((store.chain.len(), signs(&store)), (1, vec!["PS256", "PS384", "RS256"]), "{text} {password}");
            assert_eq!(open(&file, "hồ sơ 2027").unwrap_err(), KeyError::WrongPassword, "{text} {password}");
        }
    }
}

/// OpenSSL before 1.1.0 took each byte of UTF-8 for a letter; today's does so for a password that is no UTF-8.
#[test]
fn a_password_of_old_openssl_opens() {
    let pki = pki("bytes");
    let plain = fs::read(pki.citizen_ec.pkcs12(&[], &["-keypbe", "NONE", "-certpbe", "NONE"], "-bytes").unwrap()).unwrap();
    let safe = pfx::content(&plain);
    let bytes: Vec<u8> = PASSWORD.bytes().chain([0]).flat_map(|byte| [0, byte]).collect();
    assert!(pkcs12::open(&pfx::sealed_with(&safe, &bytes), PASSWORD).is_ok());
    assert_eq!(pkcs12::open(&pfx::sealed_with(&safe, &bytes), "another").unwrap_err(), KeyError::WrongPassword);
}

/// Both ways of an empty password: two zero bytes, and nothing at all.
#[test]
fn an_empty_password_opens_in_both_ways() {
    let pki = pki("empty");
    let plain = fs::read(pki.citizen_ec.pkcs12(&[], &["-keypbe", "NONE", "-certpbe", "NONE"], "-plain").unwrap()).unwrap();
    let safe = pfx::content(&plain);
    for bytes in [&[0, 0][..], &[]] {
        assert!(pkcs12::open(&pfx::sealed_with(&safe, bytes), "").is_ok());
        assert_eq!(pkcs12::open(&pfx::sealed_with(&safe, bytes), "x").unwrap_err(), KeyError::WrongPassword);
    }
}

/// PBMAC1 (RFC 9579), which OpenSSL writes from 3.4 on.
#[test]
fn a_mac_of_pbkdf2_is_checked() {
    let pki = pki("pbmac1");
    let plain = fs::read(pki.citizen_ec.pkcs12(&[], &["-keypbe", "NONE", "-certpbe", "NONE"], "-plain").unwrap()).unwrap();
    let safe = pfx::content(&plain);
    assert!(pkcs12::open(&pfx::with_pbmac1(&safe, PASSWORD, Some(32)), PASSWORD).is_ok());
    assert_eq!(pkcs12::open(&pfx::with_pbmac1(&safe, PASSWORD, Some(32)), "another").unwrap_err(), KeyError::WrongPassword);
    for length in [None, Some(20)] {
        assert!(pkcs12::open(&pfx::with_pbmac1(&safe, PASSWORD, length), PASSWORD).is_err(), "{length:?}");
    }
}

/// With indefinite lengths and strings in pieces, as NSS, Bouncy Castle and old Windows write.
#[test]
fn a_file_in_ber_opens() {
    let pki = pki("ber");
    let options = ["-legacy"];
    let der = fs::read(pki.citizen_rsa.pkcs12(&[&pki.ca], &options, "-ber").unwrap()).unwrap();
    let ber = pfx::as_ber(&der);
    assert!(ber.starts_with(&[0x30, 0x80, 2, 1, 3, 0x30, 0x80]));
    let written = pki.citizen_rsa.pkcs12_file("-as-ber");
    fs::write(&written, &ber).unwrap();
    // openssl reads what this test put together.
    openssl(&["pkcs12", "-legacy", "-in", written.to_str().unwrap(), "-passin", &format!("pass:{PASSWORD}"), "-noenc"]).unwrap();
    let store = pkcs12::open(&ber, PASSWORD).unwrap();
    assert_eq!((store.certificate, store.chain.len()), (pkcs12::open(&der, PASSWORD).unwrap().certificate, 1));
    assert_eq!(pkcs12::open(&ber, "another").unwrap_err(), KeyError::WrongPassword);
    for length in 0..ber.len() {
        assert!(pkcs12::open(&ber[..length], PASSWORD).is_err(), "cut to {length}");
    }
}

/// What changed is told from a wrong password where the password opens something all the same.
#[test]
fn a_changed_file_is_told_from_a_wrong_password() {
    let pki = pki("changed");
    for (options, suffix) in [(&AES[..], "-aes"), (&["-legacy"], "-legacy")] {
        let mut file = fs::read(pki.citizen_ec.pkcs12(&[], options, suffix).unwrap()).unwrap();
        // The last bytes are the MAC's salt and iterations: 30 .. 04 08 SALT 02 02 08 00.
        let place = file.len() - 6;
        file[place] ^= 1;
        assert_eq!(pkcs12::open(&file, PASSWORD).unwrap_err(), KeyError::Damaged);
        assert_eq!(pkcs12::open(&file, "another").unwrap_err(), KeyError::WrongPassword);
    }
}

/// PBKDF2 with other functions than HMAC-SHA-256: a key file put together from parts, since `openssl pkcs12` cannot choose.
#[test]
fn keys_shrouded_with_other_pseudo_random_functions_open() {
    let pki = pki("functions");
    let (key, plain) = (pki.citizen_ec.key(), pki.citizen_ec.pkcs12(&[], &["-keypbe", "NONE", "-certpbe", "NONE"], "-plain").unwrap());
    let opened = fs::read(&plain).unwrap();
    assert!(pkcs12::open(&opened, PASSWORD).is_ok());
    for function in ["hmacWithSHA1", "hmacWithSHA256", "hmacWithSHA384", "hmacWithSHA512"] {
        let shrouded = key.with_extension(function);
        let password = format!("pass:{PASSWORD}");
        let from_to = ["-in", key.to_str().unwrap(), "-out", shrouded.to_str().unwrap(), "-passout", &password];
        openssl(&[&["pkcs8", "-topk8", "-outform", "DER", "-v2", "aes-256-cbc", "-v2prf", function][..], &from_to].concat()).unwrap();
        let safe = pfx::safe(&fs::read(&shrouded).unwrap(), &fs_der(&pki.citizen_ec.certificate()));
        let file = pfx::sealed(&safe, PASSWORD);
        assert_eq!(signs(&pkcs12::open(&file, PASSWORD).unwrap()), ["ES256"], "{function}");
        // openssl reads what this test put together.
        let written = shrouded.with_extension("p12");
        fs::write(&written, &file).unwrap();
        openssl(&["pkcs12", "-in", written.to_str().unwrap(), "-passin", &password, "-noenc"]).unwrap();
    }
}

#[test]
fn passwords_of_any_letters_open_and_others_do_not() {
    let pki = pki("passwords");
    for (number, password) in ["", "a", "Mật khẩu", "😀", "with space ", &"x".repeat(500)].into_iter().enumerate() {
        let file = pki.citizen_ec.pkcs12_with_password(&[], &AES, &format!("-{number}"), password).unwrap();
        assert!(open(&file, password).is_ok(), "{password}");
        for wrong in ["b", "Mat khau", "😀 ", &"x".repeat(499)] {
            assert_eq!(open(&file, wrong).unwrap_err(), KeyError::WrongPassword, "{password} opened with {wrong}");
        }
        assert_eq!(open(&file, "").is_ok(), password.is_empty());
    }
}

#[test]
fn files_hoso_does_not_read_are_refused_by_name() {
    let pki = pki("refused");
    let code = |file: &Path| open(file, PASSWORD).unwrap_err();
    let named = |error: KeyError| format!("{} {:?}", error.code(), error.facts().find("oid"));
    let file = |options: &[&str], suffix: &str| pki.citizen_rsa.pkcs12(&[], options, suffix).unwrap();
    let rc4 = file(&["-legacy", "-keypbe", "PBE-SHA1-RC4-128", "-certpbe", "NONE"], "-rc4");
    assert!(named(code(&rc4)).contains("key.encryption-unsupported Some(Text(\"1.2.840.113549.1.12.1.1\"))"), "{}", named(code(&rc4)));
    let cipher = file(&["-keypbe", "CAMELLIA-256-CBC", "-certpbe", "AES-256-CBC"], "-camellia");
    assert!(named(code(&cipher)).starts_with("key.encryption-unsupported"), "{}", named(code(&cipher)));
    let md5 = file(&[&AES[..], &["-macalg", "md5"]].concat(), "-md5");
    assert!(named(code(&md5)).starts_with("key.mac-unsupported"), "{}", named(code(&md5)));
    assert_eq!(code(&file(&[&AES[..], &["-nomac"]].concat(), "-nomac")), KeyError::NoMac);
    assert_eq!(code(&file(&[&AES[..], &["-nocerts"]].concat(), "-nocerts")), KeyError::NoCertificate);
    let count = 300_000_000;
    let slow = pki.citizen_ec.pkcs12(&[], &["-keypbe", "NONE", "-certpbe", "NONE"], "-slow").unwrap();
    let slow = pfx::with_iterations(&fs::read(slow).unwrap(), count);
    assert_eq!(pkcs12::open(&slow, PASSWORD).unwrap_err(), KeyError::TooManyIterations { count: u64::from(count) });
    let only_certificates = pki.citizen_ec.pkcs12_file("-certs");
    let (pem, pass) = (pki.ca.certificate(), format!("pass:{PASSWORD}"));
    let from_to = ["-in", pem.to_str().unwrap(), "-out", only_certificates.to_str().unwrap(), "-passout", &pass];
    openssl(&[&["pkcs12", "-export", "-nokeys"][..], &from_to].concat()).unwrap();
    assert_eq!(code(&only_certificates), KeyError::NoKey);
    for bytes in [&b""[..], b"hello", &[0x30, 3, 2, 1, 3], &fs::read(pki.root_pem()).unwrap(), &fs_der(&pki.root_pem())] {
        assert_eq!(pkcs12::open(bytes, PASSWORD).unwrap_err(), KeyError::NotPkcs12);
    }
    assert_eq!(pkcs12::open(&[0x30, 0x80, 2, 1, 3], PASSWORD).unwrap_err(), KeyError::NotDer);
    let cut = fs::read(pki.citizen_ec.pkcs12(&[], &AES, "-cut").unwrap()).unwrap();
    for length in [5, 100, cut.len() - 1] {
        assert_eq!(pkcs12::open(&cut[..length], PASSWORD).unwrap_err(), if length == 5 { KeyError::NotPkcs12 } else { KeyError::NotDer });
    }
    assert_eq!(pkcs12::open(&vec![0x30; 1_000_001], PASSWORD).unwrap_err(), KeyError::TooLarge { bytes: 1_000_001 });
}

#[test]
fn a_key_opens_only_with_its_own_certificate() {
    let pki = pki("pairs");
    let now = support::now();
    let p384 = pki.ca.issue(&Leaf::citizen("p384", "ec:P-384", now)).unwrap();
    let other = pki.ca.issue(&Leaf::citizen("other", "ec:P-256", now)).unwrap();
    let rsa = pki.ca.issue(&Leaf::citizen("other-rsa", "rsa:2048", now)).unwrap();
    let holders = [&pki.citizen_ec, &pki.citizen_rsa, &p384, &other, &rsa];
    for key in holders {
        let pkcs8 = pem_der(&key.key());
        for certificate in holders {
            let spki = Certificate::parse(fs_der(&certificate.certificate())).unwrap().spki().to_vec();
            match PrivateKey::from_pkcs8(&pkcs8, &spki) {
                Ok(_) => assert!(std::ptr::eq(key, certificate)),
                Err(error) => assert_eq!((error, std::ptr::eq(key, certificate)), (KeyError::DoesNotMatchCertificate, false)),
            }
        }
    }
    let spki = Certificate::parse(fs_der(&other.certificate())).unwrap().spki().to_vec();
    // Without the public point, as Java writes it: the certificate's is taken.
    let short = other.key().with_extension("short");
    let (from, to) = (other.key(), short.with_extension("sec1"));
    openssl(&["ec", "-in", from.to_str().unwrap(), "-no_public", "-out", to.to_str().unwrap()]).unwrap();
    let convert = ["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"];
    openssl(&[&convert[..], &["-in", to.to_str().unwrap(), "-out", short.to_str().unwrap()]].concat()).unwrap();
    let without_point = fs::read(&short).unwrap();
    assert!(without_point.len() < 70, "{}", without_point.len());
    assert!(PrivateKey::from_pkcs8(&without_point, &spki).is_ok());
    let ed25519 = pki.citizen_ec.key().with_extension("ed25519");
    openssl(&["genpkey", "-algorithm", "ed25519", "-outform", "DER", "-out", ed25519.to_str().unwrap()]).unwrap();
    assert!(matches!(PrivateKey::from_pkcs8(&fs::read(&ed25519).unwrap(), &spki), Err(KeyError::Unsupported { .. })));
    for bytes in [&b""[..], b"key", &[0x30, 0]] {
        assert_eq!(PrivateKey::from_pkcs8(bytes, &spki).unwrap_err(), KeyError::NotPkcs8);
    }
    assert!(!format!("{:?}", PrivateKey::from_pkcs8(&pem_der(&other.key()), &spki).unwrap()).contains("Elliptic("));
}

/// Java writes EC keys without their public point, and its own order of entries.
#[test]
fn what_keytool_writes_opens_and_signs() {
    if !support::has_keytool() {
        println!("keytool is not installed: Java's key files are not tried");
        return;
    }
    let dir = temporary::folder("p12-keytool");
    let now = support::now();
    let pki = Pki::create(&dir, CITIZEN, now).unwrap();
    for (name, options) in [
        ("java-ec", ["-keyalg", "EC", "-groupname", "secp256r1"]),
        ("java-p384", ["-keyalg", "EC", "-groupname", "secp384r1"]),
        ("java-rsa", ["-keyalg", "RSA", "-keysize", "2048"]),
    ] {
        let [store, csr, pem, chain] = ["p12", "csr", "pem", "chain"].map(|end| dir.join(format!("{name}.{end}")));
        let [store_, csr_, chain_] = [&store, &csr, &chain].map(|path| path.to_str().unwrap());
        let shared = ["-keystore", store_, "-storetype", "PKCS12", "-storepass", "changeit", "-alias", "me"];
        keytool(&[&["-genkeypair", "-dname", "CN=Tran Thi Minh Anh"][..], &shared, &options].concat()).unwrap();
        // Self-signed first: keytool's own certificate matches its key.
        assert_eq!(open(&store, "changeit").unwrap().certificate.common_name().as_deref(), Some("Tran Thi Minh Anh"));
        // Encrypted to 80 bytes, the key of 67 lacks its point; with it, it would have 138.
        assert_eq!(name == "java-ec", pfx::shrouded_key_bytes(&fs::read(&store).unwrap()) == 80, "{name}");
        keytool(&[&["-certreq", "-file", csr_][..], &shared].concat()).unwrap();
        pki.ca.sign_request(&Leaf { subject: CITIZEN.to_owned(), ..Leaf::citizen(name, "", now) }).unwrap();
        let files = [&pem, &pki.ca.certificate(), &pki.root_pem()].map(|file| fs::read_to_string(file).unwrap());
        fs::write(&chain, files.concat()).unwrap();
        keytool(&[&["-importcert", "-noprompt", "-file", chain_][..], &shared].concat()).unwrap();
        let opened = open(&store, "changeit").unwrap();
        assert!(!signs(&opened).is_empty());
        let issuers: Vec<_> = opened.chain.iter().filter_map(Certificate::common_name).collect();
        assert_eq!(issuers, ["hoso demo CA", "hoso demo root"], "{name}");
        assert_eq!(open(&store, "changeme").unwrap_err(), KeyError::WrongPassword);
        // Two keys in one file: hoso does not choose, but says what there is.
        let second = [&shared[..6], &["-alias", "you"]].concat();
        keytool(&[&["-genkeypair", "-dname", "CN=Nguyen Van Binh", "-keyalg", "EC", "-groupname", "secp256r1"][..], &second].concat())
            .unwrap();
        let Err(KeyError::SeveralKeys { keys }) = open(&store, "changeit") else { panic!("two keys") };
        assert_eq!(keys.iter().map(|key| key.name.as_str()).collect::<Vec<_>>(), ["me", "you"]);
        let bytes = fs::read(&store).unwrap();
        for KeyName { name, certificate } in &keys {
            for choice in [Choice::Name(name), Choice::Certificate(*certificate)] {
                let opened = pkcs12::open_chosen(&bytes, "changeit", choice).unwrap();
                assert_eq!((opened.name.as_ref(), opened.certificate.sha256()), (Some(name), *certificate));
                signs(&opened);
            }
        }
        let other = pkcs12::open_chosen(&bytes, "changeit", Choice::Name("he")).unwrap_err();
        assert_eq!(other, KeyError::NotFound { keys });
    }
}

/// Keys and certificates in any number and order, which no tool writes.
#[test]
fn a_key_is_found_among_others() {
    let pki = pki("several");
    let now = support::now();
    let day = 86_400;
    let second = pki.ca.issue(&Leaf::citizen("second", "ec:P-256", now)).unwrap();
    let [first_key, second_key, rsa_key] = [&pki.citizen_ec, &second, &pki.citizen_rsa].map(|holder| pem_der(&holder.key()));
    let [first, other, rsa] = [&pki.citizen_ec, &second, &pki.citizen_rsa].map(|holder| fs_der(&holder.certificate()));
    let (ca, root) = (fs_der(&pki.ca.certificate()), fs_der(&pki.root_pem()));
    // A certificate that ran out, of the first key: its request is signed once more.
    fs::copy(pki.citizen_ec.certificate().with_extension("csr"), pki.citizen_ec.certificate().with_file_name("expired.csr")).unwrap();
    pki.ca.sign_request(&Leaf { validity: (now - 90 * day, now - 30 * day), ..Leaf::citizen("expired", "", now) }).unwrap();
    let expired = fs_der(&pki.citizen_ec.certificate().with_file_name("expired.pem"));
    let open = |bags: &[Vec<u8>], choice: Choice<'_>| pkcs12::open_chosen(&pfx::sealed(&pfx::safe_of(bags), PASSWORD), PASSWORD, choice);
    let key = |key: &[u8], name: &str, id: &[u8]| pfx::key_bag(key, name, id);
    let certificate = |der: &[u8], name: &str, id: &[u8]| pfx::certificate_bag(der, name, id);
    let der = |store: Result<KeyStore, KeyError>| store.map(|store| store.certificate.der().to_vec());

    // The one that is valid longest, whatever stands first and whatever the file pairs.
    for bags in [
        [key(&first_key, "", b"1"), certificate(&expired, "", b"1"), certificate(&first, "", b"")],
        [certificate(&first, "", b""), certificate(&expired, "", b"1"), key(&first_key, "", b"1")],
    ] {
        assert_eq!(der(open(&bags, Choice::Only)).as_ref(), Ok(&first));
        let digest = Certificate::parse(expired.clone()).unwrap().sha256();
        assert_eq!(der(open(&bags, Choice::Certificate(digest))).as_ref(), Ok(&expired));
    }
    // The same key twice, each time with a name: one key.
    let renewed =
        [key(&first_key, "cũ", b"1"), key(&first_key, "mới", b"2"), certificate(&expired, "cũ", b"1"), certificate(&first, "mới", b"2")];
    assert_eq!(der(open(&renewed, Choice::Only)).as_ref(), Ok(&first));
    assert_eq!(der(open(&renewed, Choice::Name("cũ"))).as_ref(), Ok(&expired));
    assert_eq!(der(open(&renewed, Choice::Name("mới"))).as_ref(), Ok(&first));
    // A certificate twice, the chain, and a key whose certificate is not there.
    let bags = [
        key(&rsa_key, "khóa khác", b"9"),
        certificate(&ca, "", b""),
        certificate(&first, "", b"1"),
        certificate(&first, "", b"1"),
        certificate(&root, "", b""),
        key(&first_key, "", b"1"),
    ];
    let store = open(&bags, Choice::Only).unwrap();
    assert_eq!((store.certificate.der(), store.chain.len()), (&first[..], 2));
    assert!(matches!(open(&bags, Choice::Name("khóa khác")), Err(KeyError::NotFound { keys }) if keys.len() == 1));
    // Several keys: those that fit are told by name, else by holder.
    let bags = [
        key(&first_key, "ký", b"1"),
        key(&second_key, "", b"2"),
        key(&rsa_key, "ký", b"3"),
        certificate(&first, "", b"1"),
        certificate(&other, "", b"2"),
        certificate(&rsa, "", b"3"),
    ];
    let names = |error: KeyError| match error {
        KeyError::SeveralKeys { keys } | KeyError::NotFound { keys } => keys.into_iter().map(|key| key.name).collect::<Vec<_>>(),
        error => panic!("{error:?}"),
    };
    assert_eq!(names(open(&bags, Choice::Only).unwrap_err()), ["ký", "TRẦN THỊ MINH ANH", "ký"]);
    assert_eq!(names(open(&bags, Choice::Name("ký")).unwrap_err()), ["ký", "ký"]);
    assert_eq!(names(open(&bags, Choice::Name("Ký")).unwrap_err()), ["ký", "TRẦN THỊ MINH ANH", "ký"]);
    for der in [&first, &other, &rsa] {
        let store = open(&bags, Choice::Certificate(Certificate::parse(der.clone()).unwrap().sha256())).unwrap();
        assert_eq!(store.certificate.der(), der);
        signs(&store);
    }
    // Pairs that are wrong are not believed.
    let crossed =
        [key(&first_key, "một", b"1"), key(&second_key, "hai", b"2"), certificate(&first, "", b"2"), certificate(&other, "", b"1")];
    assert_eq!(der(open(&crossed, Choice::Name("một"))).as_ref(), Ok(&first));
    // Keys and certificates that all are strangers cost no more than so many tries.
    let strangers: Vec<_> = (0..50).flat_map(|_| [key(&first_key, "", b""), certificate(&other, "", b"")]).collect();
    assert_eq!(open(&strangers, Choice::Only).unwrap_err(), KeyError::TooManyEntries);
}

#[test]
fn no_truncation_and_no_flipped_bit_makes_a_key_file_open_otherwise() {
    let pki = pki("damage");
    let file = fs::read(pki.citizen_ec.pkcs12(&[&pki.ca], &[&AES[..], &["-iter", "1"]].concat(), "-fast").unwrap()).unwrap();
    let original = pkcs12::open(&file, PASSWORD).unwrap().certificate;
    for length in 0..file.len() {
        assert!(pkcs12::open(&file[..length], PASSWORD).is_err(), "cut to {length}");
    }
    let started = std::time::Instant::now();
    let mut opened = 0;
    for bit in 0..file.len() * 8 {
        let mut damaged = file.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        // A bit may stand where nothing depends on it (the NULL of the MAC's hash, say), but never in what is signed with.
        if let Ok(store) = pkcs12::open(&damaged, PASSWORD) {
            opened += 1;
            assert_eq!(store.certificate, original, "bit {bit}");
        }
    }
    println!("{} flips, {opened} without effect, {:?}", file.len() * 8, started.elapsed());
    assert!(opened < 16 && started.elapsed().as_secs() < 120);
}

/// Behind a right MAC the bags are read, so they are damaged there too: whoever knows the password may have written anything.
#[test]
fn damaged_bags_behind_a_right_mac_give_typed_errors_in_bounded_time() {
    let pki = pki("bags");
    let (key, shrouded, password) = (pki.citizen_ec.key(), pki.citizen_ec.key().with_extension("enc"), format!("pass:{PASSWORD}"));
    let from_to = ["-in", key.to_str().unwrap(), "-out", shrouded.to_str().unwrap(), "-passout", &password];
    openssl(&[&["pkcs8", "-topk8", "-outform", "DER", "-iter", "1"][..], &from_to].concat()).unwrap();
    let certificate = fs_der(&pki.citizen_ec.certificate());
    let safe = pfx::safe(&fs::read(&shrouded).unwrap(), &certificate);
    assert!(pkcs12::open(&pfx::sealed(&safe, PASSWORD), PASSWORD).is_ok());
    let started = std::time::Instant::now();
    let mut codes = std::collections::BTreeMap::new();
    for bit in 0..safe.len() * 8 {
        let mut damaged = safe.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let opened = pkcs12::open(&pfx::sealed(&damaged, PASSWORD), PASSWORD);
        *codes.entry(opened.as_ref().map_or_else(KeyError::code, |_| "opens")).or_insert(0) += 1;
    }
    for length in 0..safe.len() {
        assert!(pkcs12::open(&pfx::sealed(&safe[..length], PASSWORD), PASSWORD).is_err(), "cut to {length}");
    }
    println!("{codes:?} in {:?}", started.elapsed());
    // The key fits no other key's certificate, and the certificate's other fields are the verifier's business.
    for code in ["key.damaged", "key.does-not-match-certificate", "key.encryption-unsupported", "key.entry-unsupported", "key.not-pkcs12"] {
        assert!(codes.contains_key(code), "{code} never came up: {codes:?}");
    }
    assert!(started.elapsed().as_secs() < 120);
}

fn fs_der(pem: &Path) -> Vec<u8> {
    Certificate::read_all(&fs::read(pem).unwrap()).unwrap()[0].der().to_vec()
}

fn pem_der(pem: &Path) -> Vec<u8> {
    let out = pem.with_extension("key.der");
    openssl(&["pkcs8", "-topk8", "-nocrypt", "-in", pem.to_str().unwrap(), "-outform", "DER", "-out", out.to_str().unwrap()]).unwrap();
    fs::read(out).unwrap()
}

/// Writing of PFX, only for what no tool writes.
mod pfx {
    use hoso::asn1::{Element, Reader, Tag};
    use hoso::crypto::{HashAlgorithm, Purpose, pkcs12_derive};
    use std::num::NonZeroU32;

    fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
        let header = match contents.len() {
            length @ 0..128 => vec![tag, length as u8],
            length @ 128..256 => vec![tag, 0x81, length as u8],
            length => [&[tag, 0x82][..], &(length as u16).to_be_bytes()].concat(),
        };
        [header, contents.to_vec()].concat()
    }

    fn oid(text: &str) -> Vec<u8> {
        tlv(6, der::asn1::ObjectIdentifier::new_unwrap(text).as_bytes())
    }

    fn content_info(content: &[u8]) -> Vec<u8> {
        tlv(0x30, &[oid("1.2.840.113549.1.7.1"), tlv(0xa0, &tlv(4, content))].concat())
    }

    /// An AuthenticatedSafe of an EncryptedPrivateKeyInfo and a plain certificate.
    pub fn safe(key: &[u8], certificate: &[u8]) -> Vec<u8> {
        let bag = |kind: &str, value: &[u8]| tlv(0x30, &[oid(kind), tlv(0xa0, value)].concat());
        let certificate = tlv(0x30, &[oid("1.2.840.113549.1.9.22.1"), tlv(0xa0, &tlv(4, certificate))].concat());
        let contents = [bag("1.2.840.113549.1.12.10.1.2", key), bag("1.2.840.113549.1.12.10.1.3", &certificate)].concat();
        tlv(0x30, &content_info(&tlv(0x30, &contents)))
    }

    /// An AuthenticatedSafe of bags that are not encrypted.
    pub fn safe_of(bags: &[Vec<u8>]) -> Vec<u8> {
        tlv(0x30, &content_info(&tlv(0x30, &bags.concat())))
    }

    pub fn key_bag(key: &[u8], name: &str, id: &[u8]) -> Vec<u8> {
        bag("1.2.840.113549.1.12.10.1.1", key, name, id)
    }

    pub fn certificate_bag(certificate: &[u8], name: &str, id: &[u8]) -> Vec<u8> {
        let value = tlv(0x30, &[oid("1.2.840.113549.1.9.22.1"), tlv(0xa0, &tlv(4, certificate))].concat());
        bag("1.2.840.113549.1.12.10.1.3", &value, name, id)
    }

    /// A bag with the attributes that are not empty.
    fn bag(kind: &str, value: &[u8], name: &str, id: &[u8]) -> Vec<u8> {
        let attribute = |kind: &str, value: &[u8]| tlv(0x30, &[oid(kind), tlv(0x31, value)].concat());
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let name = if name.is_empty() { vec![] } else { attribute("1.2.840.113549.1.9.20", &tlv(0x1e, &wide)) };
        let id = if id.is_empty() { vec![] } else { attribute("1.2.840.113549.1.9.21", &tlv(4, id)) };
        let attributes = if name.is_empty() && id.is_empty() { vec![] } else { tlv(0x31, &[name, id].concat()) };
        tlv(0x30, &[oid(kind), tlv(0xa0, value), attributes].concat())
    }

    /// A PFX of an AuthenticatedSafe, whatever it is, with a right MAC of one iteration.
    pub fn sealed(safe: &[u8], password: &str) -> Vec<u8> {
        sealed_with(safe, &password.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect::<Vec<_>>())
    }

    /// The same with a password as it is hashed.
    pub fn sealed_with(safe: &[u8], password: &[u8]) -> Vec<u8> {
        let salt = [7; 8];
        let mac_key = pkcs12_derive(Purpose::Mac, HashAlgorithm::Sha256, password, &salt, NonZeroU32::MIN, 32);
        let mac = ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &mac_key), safe);
        let digest = [tlv(0x30, &[oid("2.16.840.1.101.3.4.2.1"), vec![5, 0]].concat()), tlv(4, mac.as_ref())].concat();
        let mac_data = [tlv(0x30, &digest), tlv(4, &salt)].concat();
        tlv(0x30, &[vec![2, 1, 3], content_info(safe), tlv(0x30, &mac_data)].concat())
    }

    /// A PFX with PBMAC1 of one iteration, whose key is as long as a digest, whatever length is named.
    pub fn with_pbmac1(safe: &[u8], password: &str, length: Option<u8>) -> Vec<u8> {
        let mut key = [0; 32];
        ring::pbkdf2::derive(ring::pbkdf2::PBKDF2_HMAC_SHA256, NonZeroU32::MIN, b"salt", password.as_bytes(), &mut key);
        let mac = ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &key), safe);
        let function = tlv(0x30, &[oid("1.2.840.113549.2.9"), vec![5, 0]].concat());
        let length = length.map_or_else(Vec::new, |length| vec![2, 1, length]);
        let derivation = tlv(0x30, &[tlv(4, b"salt"), vec![2, 1, 1], length, function.clone()].concat());
        let derivation = tlv(0x30, &[oid("1.2.840.113549.1.5.12"), derivation].concat());
        let algorithm = tlv(0x30, &[oid("1.2.840.113549.1.5.14"), tlv(0x30, &[derivation, function].concat())].concat());
        let mac_data = tlv(0x30, &[tlv(0x30, &[algorithm, tlv(4, mac.as_ref())].concat()), tlv(4, b"unused")].concat());
        tlv(0x30, &[vec![2, 1, 3], content_info(safe), mac_data].concat())
    }

    /// The AuthenticatedSafe of a file.
    pub fn content(file: &[u8]) -> Vec<u8> {
        let mut pfx = inside(file);
        pfx.any();
        Reader::document(second(&pfx.any()).contents()).octets().to_vec()
    }

    /// The same file with indefinite lengths, and its strings in pieces. The MAC covers the contents of the outer string, so what is in there is
    /// left as it is.
    pub fn as_ber(file: &[u8]) -> Vec<u8> {
        let indefinite = |tag: u8, inside: &[u8]| [&[tag, 0x80][..], inside, &[0, 0]].concat();
        let pieces: Vec<u8> = content(file).chunks(100).flat_map(|piece| tlv(4, piece)).collect();
        let content = indefinite(0xa0, &indefinite(0x24, &pieces));
        let mut pfx = inside(file);
        let (version, _, mac) = (pfx.any(), pfx.any(), pfx.any());
        let info = indefinite(0x30, &[oid("1.2.840.113549.1.7.1"), content].concat());
        indefinite(0x30, &[version.raw(), &info, mac.raw()].concat())
    }

    /// How long the cipher text of the first shrouded key outside encrypted contents is.
    pub fn shrouded_key_bytes(file: &[u8]) -> usize {
        let mut pfx = inside(file);
        pfx.any();
        let safe = Reader::document(second(&pfx.any()).contents()).octets();
        let mut infos = inside(safe);
        loop {
            assert!(infos.more(), "a content that is not encrypted");
            let info = infos.any();
            if !info.contents().starts_with(&oid("1.2.840.113549.1.7.1")) {
                continue;
            }
            let bag = inside(Reader::document(second(&info).contents()).octets()).any();
            let shrouded = Reader::document(second(&bag).contents()).any();
            return Reader::new(second(&shrouded).raw()).octets().len();
        }
    }

    fn inside(sequence: &[u8]) -> Reader<'_> {
        Reader::document(sequence).enter(Tag::SEQUENCE)
    }

    /// The second element inside one.
    fn second<'a>(element: &Element<'a>) -> Element<'a> {
        let mut inside = Reader::new(element.contents());
        inside.any();
        inside.any()
    }

    /// The same file with another count of MAC iterations, which openssl wrote as 2,048 at the end.
    pub fn with_iterations(file: &[u8], count: u32) -> Vec<u8> {
        let without = file.strip_suffix(&[2, 2, 8, 0]).expect("2,048 iterations");
        let mut pfx = inside(file);
        let parts = [pfx.any(), pfx.any(), pfx.any()];
        let kept = &parts[2].contents()[..parts[2].contents().len() - (file.len() - without.len())];
        let mac_data = tlv(0x30, &[kept, &tlv(2, &count.to_be_bytes())].concat());
        tlv(0x30, &[parts[0].raw(), parts[1].raw(), &mac_data].concat())
    }
}

//! The examples of RFC 5280, appendix C, read for what the RFC says of them, and refused for what is no longer enough.
//!
//! RFC 3161 has no examples in bytes: its requests, replies and tokens are OpenSSL's and pyHanko's (`pki_judges.rs`, `interop.rs`).
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

use base64::prelude::{BASE64_STANDARD, Engine};
use hoso::crypto::CryptoError;
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Evidence, Policy, Purpose, Rules, validate};
use hoso::report::Coded;
use hoso::text::{Instant, Moment};

/// C.1: RSA with 1,024 bits, signed by itself with SHA-1; 578 bytes.
const AUTHORITY: &str = "MIICPjCCAaegAwIBAgIBETANBgkqhkiG9w0BAQUFADBDMRMwEQYKCZImiZPyLGQBGRYDY29tMRcwFQYKCZImiZPyLGQBGRYHZXhhbXBsZTETMBEGA1UEAxMKRXhhbXBs\
     ZSBDQTAeFw0wNDA0MzAxNDI1MzRaFw0wNTA0MzAxNDI1MzRaMEMxEzARBgoJkiaJk/IsZAEZFgNjb20xFzAVBgoJkiaJk/IsZAEZFgdleGFtcGxlMRMwEQYDVQQDEwpF\
     eGFtcGxlIENBMIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDC15dtKHCqW88jLoBwOe7bb9Ut1WpPejQt+SJyR3Ad74DpyjCMAMSabltFtG6l5myUDfqR6UD8JZ3H\
     t2gZVo8RcGrX8ckRTzp+P5mNbnaldF9epFVT5cdoNlPHHTsSpoX+vW6hyt81UKwI17m0flz+4qMs0SOEqpjAm2YYmmhH6QIDAQABo0IwQDAdBgNVHQ4EFgQUCGivhTPI\
     OUp6+IKTjnBqSiCELDIwDgYDVR0PAQH/BAQDAgEGMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQEFBQADgYEAbPgCdKZh4mQEplQMbHITrTxH+/ZlE6mFkDPqdqMm\
     2fzRDhVfKLfvk7888+I+fLlS/BZuKarh9Hpv1X/vs5XK82aIg06hNUWEy7ybuMitxV5G2QsOjYDhMyvcviuSfkpDqWrvimNhs25HOL7oDaNnXfP6kYE8krvFXyUl63zn\
     2KE=";

/// C.2: RSA with 1,024 bits, issued by C.1; 629 bytes.
const END_ENTITY: &str = "MIICcTCCAdqgAwIBAgIBEjANBgkqhkiG9w0BAQUFADBDMRMwEQYKCZImiZPyLGQBGRYDY29tMRcwFQYKCZImiZPyLGQBGRYHZXhhbXBsZTETMBEGA1UEAxMKRXhhbXBs\
     ZSBDQTAeFw0wNDA5MTUxMTQ4MjFaFw0wNTAzMTUxMTQ4MjFaMEMxEzARBgoJkiaJk/IsZAEZFgNjb20xFzAVBgoJkiaJk/IsZAEZFgdleGFtcGxlMRMwEQYDVQQDEwpF\
     bmQgRW50aXR5MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDhauQDMJcCPPQQ87UeTX8Ue/b10HjppIrwo3Xs7bZWln+ImYWa8j5od4frntGfwLQX3KuJI6QdfhYj\
     TE+oTfUxuHyq4xpJCfRLJtsnZzCCEgFK6Rq2wQxTi2z8L3pD7DM2fjKye9WqzwEUxhLsE/ItFHqLIVgUE0xGo5ryFpX/IwIDAQABo3UwczAhBgNVHREEGjAYgRZlbmQu\
     ZW50aXR5QGV4YW1wbGUuY29tMB0GA1UdDgQWBBQXe5Iw/0TWZuGQECJsFk/AjkHdbTAfBgNVHSMEGDAWgBQIaK+FM8g5Snr4gpOOcGpKIIQsMjAOBgNVHQ8BAf8EBAMC\
     BsAwDQYJKoZIhvcNAQEFBQADgYEAACAoNFtoMgG7CjYOrXHFlRrhBM+urcdiFKQbNjHA4gw92R7AANwQoLqFb0HLYnq3TGOBJl7SgEVeM+dwRTs5OyZKnDvyJjZpCHm7\
     +5ZDd0thi6GrkWTg8zdhPBqjpMmKsr9z1E3kWORi6rwgdJKGDs6EYHbpc7vHhdORRepiXc0=";

/// C.3: DSA with SHA-1, issued by somebody else; 914 bytes.
const DSA: &str = "MIIDjjCCA06gAwIBAgICAQAwCQYHKoZIzjgEAzBHMRMwEQYKCZImiZPyLGQBGRYDY29tMRcwFQYKCZImiZPyLGQBGRYHZXhhbXBsZTEXMBUGA1UEAxMORXhhbXBsZSBE\
     U0EgQ0EwHhcNMDQwNTAyMTY0NzM4WhcNMDUwNTAyMTY0NzM4WjBHMRMwEQYKCZImiZPyLGQBGRYDY29tMRcwFQYKCZImiZPyLGQBGRYHZXhhbXBsZTEXMBUGA1UEAxMO\
     RFNBIEVuZCBFbnRpdHkwggG3MIIBLAYHKoZIzjgEATCCAR8CgYEAtosPlCuazqUlxvLt/PuVMqwBEjO54BytkJu8SFSe85R3PCxxNVXm/k8iy9XYPomTM038vU9BZD6i\
     mHDsMbRQ3uvxmCgKyT5Es/0il5aD0Bij4701W//uoyFyanuW2rk/HlqQryTWIPANIafUArka/Kwh+56UnktCRZ5qskhj/kMCFQCyDbCxAd8MZiT8E5K6Vfd9V3SB5QKB\
     gQCav0ax9T9EPcmlZfuRwI5H8QrDAUfCREI2qZKB3lfF4GiGWAB7H/mbd6HFEKWAkXhRUTz2/PzMRsaBeJKEPfSTPQw4fhpbmU6rFGT2DCEiTigInJK5Zp9A6JX21TEq\
     7zmiYseybZ5YxDqoEYGEba/4tBm0whGu0CI7qiB/7h5XGAOBhAACgYAwtnX3fCAxrji7fg0rq6CcS98g1SQTPM2Y5V9st8G6SrqplYBT8A1y3DM39AEL9QQfnS4fYtiE\
     OpslCVotyEaOK9T1DTvHLcZsuZjBJTpETo7KlWE1fM4VMVwjEx6iBdF6JBzL03IJkP+bnSjAoQrsRp8NuNDc0BimK175j7WVvqOByjCBxzA5BgNVHREEMjAwhi5odHRw\
     Oi8vd3d3LmV4YW1wbGUuY29tL3VzZXJzL0RTQWVuZGVudGl0eS5odG1sMCEGA1UdEgQaMBiGFmh0dHA6Ly93d3cuZXhhbXBsZS5jb20wHQYDVR0OBBYEFN0lZpZDq3gR\
     Q0T+lRb52ba3AmaNMB8GA1UdIwQYMBaAFIbKpSKBYu+tCom8rXJBLClJ9IZWMBcGA1UdIAQQMA4wDAYKYIZIAWUDAgEwCTAOBgNVHQ8BAf8EBAMCB4AwCQYHKoZIzjgE\
     AwMvADAsAhRlVwc03dzKzF70AvRWQixe4bM7gAIUYPQxF8r0z//u9Ain2bJhvrHD2r8=";

/// C.4: the list of C.1, which revokes C.2; 356 bytes.
const LIST: &str = "MIIBYDCBygIBATANBgkqhkiG9w0BAQUFADBDMRMwEQYKCZImiZPyLGQBGRYDY29tMRcwFQYKCZImiZPyLGQBGRYHZXhhbXBsZTETMBEGA1UEAxMKRXhhbXBsZSBDQRcN\
     MDUwMjA1MTIwMDAwWhcNMDUwMjA2MTIwMDAwWjAiMCACARIXDTA0MTExOTE1NTcwM1owDDAKBgNVHRUEAwoBAaAvMC0wHwYDVR0jBBgwFoAUCGivhTPIOUp6+IKTjnBq\
     SiCELDIwCgYDVR0UBAMCAQwwDQYJKoZIhvcNAQEFBQADgYEAItwYffcIzsx10NBqm60Q9HYjtIFutW2+DvsVFGzIF20f7pAXom9g5L2qjFXejoRvkvifEBInr0rUL4Xi\
     NkR9qqNMJTgV/wD9Pn7uPSYS69jnK2LiK8NGgO94gtEVxtCccmrLznrtZ5mLbnCBfUNCdMGmr8FVF6IzTNYGmCuk/C4=";

fn bytes(text: &str) -> Vec<u8> {
    BASE64_STANDARD.decode(text).unwrap()
}

fn certificate(text: &str) -> Certificate {
    Certificate::parse(bytes(text)).unwrap()
}

fn at(text: &str) -> Instant {
    Moment::parse(text).unwrap().instant()
}

#[test]
fn the_certificates_say_what_the_rfc_says_of_them() {
    let [authority, end, dsa] = [AUTHORITY, END_ENTITY, DSA].map(certificate);
    assert_eq!([authority.der().len(), end.der().len(), dsa.der().len()], [578, 629, 914]);
    assert_eq!([authority.serial(), end.serial(), dsa.serial()], ["11", "12", "0100"]);
    let names = |certificate: &Certificate| (certificate.issuer().line(), certificate.subject().line());
    let owned = |issuer: &str, subject: &str| (issuer.to_owned(), subject.to_owned());
    assert_eq!(names(&authority), owned("CN=Example CA,DC=example,DC=com", "CN=Example CA,DC=example,DC=com"));
    assert_eq!(names(&end), owned("CN=Example CA,DC=example,DC=com", "CN=End Entity,DC=example,DC=com"));
    assert_eq!(names(&dsa), owned("CN=Example DSA CA,DC=example,DC=com", "CN=DSA End Entity,DC=example,DC=com"));
    assert_eq!((authority.not_before(), authority.not_after()), (at("2004-04-30T14:25:34Z"), at("2005-04-30T14:25:34Z")));
    assert_eq!((end.not_before(), end.not_after()), (at("2004-09-15T11:48:21Z"), at("2005-03-15T11:48:21Z")));
    assert_eq!((dsa.not_before(), dsa.not_after()), (at("2004-05-02T16:47:38Z"), at("2005-05-02T16:47:38Z")));
    assert!(authority.is_authority() && authority.is_self_issued() && !end.is_authority() && !dsa.is_authority());
    let usage = authority.key_usage().unwrap();
    assert!(usage.certificate_signing() && usage.crl_signing() && !usage.digital_signature());
    let usage = end.key_usage().unwrap();
    assert!(usage.digital_signature() && usage.non_repudiation() && !usage.certificate_signing());
    assert!(dsa.key_usage().unwrap().digital_signature() && !dsa.key_usage().unwrap().non_repudiation());
    // 4.2.1.2 (1): the SHA-1 digest of the key.
    assert_eq!(end.authority_key_id(), authority.subject_key_id());
    assert!(dsa.authority_key_id() != authority.subject_key_id());
}

#[test]
fn the_list_is_of_the_authority_and_for_a_day() {
    let list = Crl::parse(bytes(LIST)).unwrap();
    assert!(list.der().len() == 356 && !list.is_delta() && list.issuer().same(certificate(AUTHORITY).subject()));
    assert_eq!((list.this_update(), list.next_update()), (at("2005-02-05T12:00:00Z"), Some(at("2005-02-06T12:00:00Z"))));
}

#[test]
fn keys_of_a_thousand_bits_and_dsa_are_not_believed_any_more() {
    let [authority, end, dsa] = [AUTHORITY, END_ENTITY, DSA].map(certificate);
    let weak = CryptoError::KeyWeak { bits: 1_024 };
    assert_eq!([&authority, &end].map(|certificate| certificate.public_key().err()), [Some(weak.clone()), Some(weak)]);
    assert!(matches!(dsa.public_key(), Err(CryptoError::KeyUnsupported { oid }) if oid.to_string() == "1.2.840.10040.4.1"));
    let rules = Rules::new(at("2005-02-05T18:00:00Z"), Purpose::Signing);
    let lists = [Crl::parse(bytes(LIST)).unwrap()];
    let found = validate(&end, &[], std::slice::from_ref(&authority), &rules, &Evidence::lists(&lists), Policy::Require);
    assert_eq!(found.problem.map(|problem| problem.code()), Some("crypto.key-weak"));
}

#[test]
fn no_example_is_read_when_a_byte_is_missing_or_one_too_many() {
    for text in [AUTHORITY, END_ENTITY, DSA, LIST] {
        let whole = bytes(text);
        let read = |bytes: &[u8]| Certificate::parse(bytes).is_ok() || Crl::parse(bytes).is_ok();
        assert!(read(&whole) && !read(&[&whole[..], &[0]].concat()));
        assert!((0..whole.len()).all(|length| !read(&whole[..length])));
    }
}

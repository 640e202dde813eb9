//! Why a certificate, a path or a revocation list was refused.

mod certificate;
mod crl;
mod ocsp;
mod path;
mod revocation;

pub use certificate::CertificateError;
pub use crl::CrlError;
pub use ocsp::OcspError;
pub use path::PathError;
pub use revocation::RevocationError;

use crate::text::{Instant, Moment};

/// The date in Vietnam, where the people live who read it.
fn day(instant: Instant) -> String {
    Moment::new(instant, Moment::VIETNAM).date().text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::{Asn1Error, Known};
    use crate::crypto::{CryptoError, KeyError, KeyName};
    use crate::digest::Sha256;
    use crate::pki::crl::Reason;
    use crate::report::{Coded, Language, catalogue, sentence};
    use std::collections::BTreeSet;

    const AREAS: [&str; 7] = ["asn1.", "crypto.", "key.", "certificate.", "path.", "crl.", "ocsp."];

    const AT: Instant = Instant::from_unix(1_795_485_600);

    fn crypto() -> Vec<CryptoError> {
        use CryptoError as E;
        let oid = Known::RsaSha1.into();
        vec![
            E::Malformed(Asn1Error::NotDer),
            E::AlgorithmUnsupported { oid },
            E::AlgorithmWeak { oid },
            E::AlgorithmDoesNotFitKey,
            E::KeyUnsupported { oid },
            E::KeyWeak { bits: 1_024 },
            E::KeyTooLong { bits: 16_384 },
            E::SignatureMismatch,
        ]
    }

    fn key() -> Vec<KeyError> {
        use KeyError as E;
        let oid = Known::Aes128Cbc.into();
        let keys = || vec![KeyName { name: "khóa 1".to_owned(), certificate: Sha256::of(b"1") }];
        vec![
            E::NotPkcs12,
            E::NotDer,
            E::TooLarge { bytes: 2_000_000 },
            E::WrongPassword,
            E::NoMac,
            E::MacUnsupported { oid },
            E::EncryptionUnsupported { oid },
            E::OldPem,
            E::TooManyIterations { count: 9_000_000 },
            E::Damaged,
            E::TooManyEntries,
            E::EntryUnsupported { oid },
            E::NoKey,
            E::SeveralKeys { keys: keys() },
            E::NotFound { keys: keys() },
            E::NoCertificate,
            E::CertificateMalformed,
            E::NotPkcs8,
            E::Unsupported { oid },
            E::DoesNotMatchCertificate,
            E::AlgorithmDoesNotFit { algorithm: "ES256" },
            E::NoRandomness,
        ]
    }

    fn certificate() -> Vec<CertificateError> {
        use CertificateError as E;
        let oid = Known::KeyUsage.into();
        vec![
            E::Malformed(Asn1Error::NotDer),
            E::NotPem,
            E::TooLarge { bytes: 100_000 },
            E::TooMany { count: 2_000 },
            E::VersionUnsupported { version: 3 },
            E::AlgorithmsDiffer,
            E::NameTooLong,
            E::TooManyExtensions,
            E::DuplicateExtension { oid },
            E::UnknownCriticalExtension { oid },
            E::NotYetValid { not_before: AT },
            E::Expired { not_after: AT },
            E::IsAuthority,
            E::NotForSignatures,
            E::NotForDocuments,
            E::NotForTimestamps,
            E::NotForLists,
            E::Revoked { at: AT, reason: Reason::KeyCompromise },
            E::Suspended { at: AT },
            E::Key(CryptoError::KeyWeak { bits: 1_024 }),
        ]
    }

    fn path() -> Vec<PathError> {
        use PathError as E;
        let authority = || "hoso demo CA".to_owned();
        let weak = CryptoError::AlgorithmWeak { oid: Known::RsaSha1.into() };
        vec![
            E::NoAnchors,
            E::TooManyCertificates { count: 2_000 },
            E::SignerIsAnchor,
            E::Signer(CertificateError::NotYetValid { not_before: AT }),
            E::IssuerNotFound { issuer: authority() },
            E::AuthorityNotYetValid { authority: authority(), not_before: AT },
            E::AuthorityExpired { authority: authority(), not_after: AT },
            E::AuthorityRevoked { authority: authority(), at: AT, reason: Reason::AuthorityCompromise },
            E::NotAnAuthority { authority: authority() },
            E::NotForCertificates { authority: authority() },
            E::TooManyAuthorities { authority: authority(), most: 0 },
            E::AuthorityExtension { authority: authority(), oid: Known::KeyUsage.into() },
            E::NameConstraints { authority: authority() },
            E::NotForPurpose { authority: authority() },
            E::Policies,
            E::PolicyMapping { authority: authority() },
            E::AuthorityKey { authority: authority(), error: weak.clone() },
            E::SignatureAlgorithm { authority: authority(), error: weak },
            E::SignatureMismatch { authority: authority() },
            E::TooLong,
            E::TooCostly,
        ]
    }

    fn crl() -> Vec<CrlError> {
        use CrlError as E;
        let authority = || "hoso demo CA".to_owned();
        vec![
            E::Malformed(Asn1Error::NotDer),
            E::NotPem,
            E::TooLarge { bytes: 99_000_000 },
            E::TooMany { count: 1_001 },
            E::VersionUnsupported { version: 2 },
            E::AlgorithmsDiffer,
            E::Oversized,
            E::UnknownCriticalExtension { oid: Known::KeyUsage.into() },
            E::Delta,
            E::Partial,
            E::Missing,
            E::NotYetValid { this_update: AT },
            E::Stale { next_update: AT },
            E::NoNextUpdate,
            E::NotForLists { authority: authority() },
            E::DistributionPoints,
            E::Signer { authority: authority(), reason: "revoked" },
            E::Signature { authority: authority(), error: CryptoError::SignatureMismatch },
            E::TooCostly,
            E::NotChecked,
        ]
    }

    fn ocsp() -> Vec<OcspError> {
        use OcspError as E;
        let (oid, responder) = (Known::Data.into(), || "hoso demo OCSP".to_owned());
        vec![
            E::Malformed(Asn1Error::NotDer),
            E::NotPem,
            E::TooLarge { bytes: 1_000_000 },
            E::TooMany { count: 101 },
            E::Unsuccessful { status: "tryLater" },
            E::TypeUnsupported { oid },
            E::VersionUnsupported { version: 1 },
            E::Oversized,
            E::UnknownCriticalExtension { oid },
            E::Missing,
            E::Unknown,
            E::Nonce,
            E::NotYetValid { this_update: AT },
            E::Stale { next_update: AT },
            E::Responder,
            E::NotAuthorised { responder: responder() },
            E::ResponderStatus { responder: responder(), reason: "crl.missing" },
            E::Signature { responder: responder(), error: CryptoError::SignatureMismatch },
            E::TooCostly,
        ]
    }

    /// The codes written in the sources of the errors, so that a new variant cannot be forgotten above.
    fn written() -> BTreeSet<&'static str> {
        let sources = [
            include_str!("../../asn1/error.rs"),
            include_str!("../../crypto/error.rs"),
            include_str!("certificate.rs"),
            include_str!("path.rs"),
            include_str!("crl.rs"),
            include_str!("ocsp.rs"),
        ];
        let quoted = sources.into_iter().flat_map(|source| source.split('"').skip(1).step_by(2));
        quoted.filter(|text| is_ours(text)).collect()
    }

    fn is_ours(code: &str) -> bool {
        AREAS.iter().any(|area| code.starts_with(area))
    }

    #[test]
    fn every_error_has_a_sentence_in_both_languages_and_one_line_of_display() {
        fn all<E: Coded + std::error::Error + 'static>(errors: Vec<E>) -> Vec<(Box<dyn Coded>, String)> {
            let with_display = |error: E| {
                let display = error.to_string();
                (Box::new(error) as Box<dyn Coded>, display)
            };
            errors.into_iter().map(with_display).collect()
        }
        let areas = [all(Asn1Error::ALL.to_vec()), all(crypto()), all(key()), all(certificate()), all(path()), all(crl()), all(ocsp())];
        let mut seen = BTreeSet::new();
        for (error, display) in areas.iter().flatten() {
            seen.insert(error.code());
            assert!(!display.contains('\n') && !display.ends_with('.') && !display.starts_with(char::is_uppercase), "{display}");
            for language in Language::ALL {
                let text = sentence(error.as_ref(), language);
                assert!(text != error.code() && !text.contains(['{', '}']) && !text.contains("  "), "{text}");
                for (name, _) in error.facts().iter().filter(|(name, _)| *name == "authority" || *name == "oid" || *name == "until") {
                    let entry = error.sentences().find(error.code()).unwrap();
                    let template = if language == Language::Vi { entry.vi } else { entry.en };
                    let named = [format!("{{{name}}}"), format!("{{{name}|date}}")].iter().any(|slot| template.contains(slot));
                    assert!(named, "{} does not name its {name}", error.code());
                }
            }
        }
        assert_eq!(seen, written());
        let catalogued = catalogue::AREAS.iter().flat_map(|area| area.entries()).map(|entry| entry.code);
        assert_eq!(seen, catalogued.filter(|code| is_ours(code)).collect());
    }
}

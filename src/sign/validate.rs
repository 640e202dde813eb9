//! What the validation of a signature is, whatever its format: the certificate, its path and its status at the moment that the signature is
//! proven to have existed (ETSI EN 319 102-1 V1.4.1, 5.2.6, 5.2.8, 5.5).
//!
//! A format has read the signature before, and found its value right. Without a timestamp, what is believed to be the time is the moment of
//! receipt: a certificate that had expired by then, or was revoked by then, leaves the signature undetermined (nothing proves that it is older), and
//! a revocation after it does not matter. A timestamp that holds proves an earlier moment, and that takes the place of the receipt.

use super::verdict::{Reason, RevocationStatus, SignatureVerdict, Status, SubIndication, shown};
use crate::pki::crl::Crl;
use crate::pki::{self, Certificate, CertificateError, Evidence, PathError, Policy, Purpose, Rules, revocation};
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts, Language};
use crate::text::Instant;
use std::fmt;

/// What a verifier believes, and when.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'t> {
    /// The only certificates that are believed of themselves.
    pub anchors: &'t [Certificate],
    /// Revocation lists.
    pub crls: &'t [Crl],
    /// What must be known of revocation.
    ///
    /// [`Policy::Require`]: of every certificate of the path. [`Policy::IfAvailable`]: of the signer's; of an authority
    /// only when a list is there. With either, a signer of unknown status leaves the signature undetermined, as the
    /// standard has it. [`Policy::None`] is the caller's own decision not to ask, and is written as such.
    pub revocation: Policy,
    /// When the signature was received.
    pub received: Instant,
}

/// Why a signature did not pass, where no other area says it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum SignatureError {
    /// The signature is bound to another certificate than the one that it names.
    CertificateDiffers,
    /// The certificate that the signature names is not there.
    CertificateMissing,
    /// The signature is not bound to its certificate.
    CertificateNotBound,
    /// A certificate carried along cannot be read.
    CertificateUnreadable,
    /// The content has another digest than the signature says.
    ContentChanged,
    /// The content is not there.
    ContentMissing,
    /// A signed part has another digest than the signature says.
    PartChanged { part: String },
    /// A signed part is not there.
    PartMissing { part: String },
    /// A certificate of the path was revoked by the time of receipt.
    Revoked { subject: String, at: Instant },
    /// The value was not made over this header by the signer's key.
    Wrong,
}

impl Coded for SignatureError {
    fn code(&self) -> &'static str {
        match self {
            Self::CertificateDiffers => "signature.certificate-differs",
            Self::CertificateMissing => "signature.certificate-missing",
            Self::CertificateNotBound => "signature.certificate-not-bound",
            Self::CertificateUnreadable => "signature.certificate-unreadable",
            Self::ContentChanged => "signature.content-changed",
            Self::ContentMissing => "signature.content-missing",
            Self::PartChanged { .. } => "signature.part-changed",
            Self::PartMissing { .. } => "signature.part-missing",
            Self::Revoked { .. } => "signature.revoked",
            Self::Wrong => "signature.wrong",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::SIGN
    }

    fn facts(&self) -> Facts {
        match self {
            Self::PartChanged { part } | Self::PartMissing { part } => Facts::none().with("part", part),
            Self::Revoked { subject, at } => Facts::none().with("subject", subject).with("at", shown(*at)),
            _ => Facts::none(),
        }
    }
}

impl fmt::Display for SignatureError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CertificateDiffers => out.write_str("signature is bound to another certificate"),
            Self::CertificateMissing => out.write_str("certificate of the signer is missing"),
            Self::CertificateNotBound => out.write_str("signature is not bound to its certificate"),
            Self::CertificateUnreadable => out.write_str("a certificate of the signature cannot be read"),
            Self::ContentChanged => out.write_str("content was changed after signing"),
            Self::ContentMissing => out.write_str("content that was signed is missing"),
            Self::PartChanged { part } => write!(out, "part `{part}` was changed after signing"),
            Self::PartMissing { part } => write!(out, "signed part `{part}` is missing"),
            Self::Revoked { subject, at } => write!(out, "certificate of `{subject}` was revoked at {}", shown(*at)),
            Self::Wrong => out.write_str("signature is not of the signer's key"),
        }
    }
}

impl std::error::Error for SignatureError {}

/// What concludes a validation.
pub(super) struct Failure {
    pub(super) why: SubIndication,
    pub(super) reason: Box<dyn Coded>,
}

pub(super) fn failure(why: SubIndication, reason: impl Coded + 'static) -> Failure {
    Failure { why, reason: Box::new(reason) }
}

/// EN 319 102-1 5.2.6 and 5.2.8: the certificate's period and what it may be used for.
pub(super) fn for_signing(error: CertificateError) -> Failure {
    let why = match error {
        // The time of receipt proves that the signature existed before its certificate was valid.
        CertificateError::NotYetValid { .. } => SubIndication::NotYetValid,
        CertificateError::Expired { .. } => SubIndication::OutOfBoundsNoPoe,
        CertificateError::Key(_) => SubIndication::CryptoConstraintsFailure,
        _ => SubIndication::SigConstraintsFailure,
    };
    failure(why, error)
}

/// EN 319 102-1 5.2.6: the path and what its certificates may be used for.
fn for_path(error: PathError) -> Failure {
    let why = match error {
        PathError::NoAnchors | PathError::IssuerNotFound { .. } | PathError::SignatureMismatch { .. } => {
            SubIndication::NoCertificateChainFound
        }
        PathError::AuthorityExpired { .. } => SubIndication::OutOfBoundsNoPoe,
        PathError::AuthorityKey { .. } | PathError::SignatureAlgorithm { .. } => SubIndication::CryptoConstraintsFailure,
        _ => SubIndication::ChainConstraintsFailure,
    };
    failure(why, error)
}

/// A signature whose value was found right, as its format hands it over.
pub(super) struct Held<'h> {
    pub(super) signer: &'h Certificate,
    /// Certificates that came along: hints.
    pub(super) others: &'h [Certificate],
    pub(super) added: &'h Added,
}

/// What was added to a signature after it was made. Nothing of it is signed, and each piece is believed for its own signature alone.
#[derive(Default)]
pub(super) struct Added {
    /// What a timestamp of the signature is of.
    pub(super) stamped: Vec<u8>,
    /// Timestamp tokens, DER.
    pub(super) tokens: Vec<Vec<u8>>,
    /// Certificates, DER.
    pub(super) certificates: Vec<Vec<u8>>,
    /// Revocation lists, DER.
    pub(super) crls: Vec<Vec<u8>>,
    /// OCSP responses, DER.
    pub(super) ocsps: Vec<Vec<u8>>,
}

impl Added {
    /// Nothing yet, to a signature of which a timestamp would be of these bytes.
    pub(super) fn to(stamped: &[u8]) -> Self {
        Self { stamped: stamped.to_vec(), ..Self::default() }
    }

    /// The certificates that can be read.
    pub(super) fn read_certificates(&self) -> Vec<Certificate> {
        self.certificates.iter().filter_map(|der| Certificate::parse(der.clone()).ok()).collect()
    }
}

/// Validates the certificate at the moment at which the signature is proven to have existed.
pub(super) fn check_held(held: &Held<'_>, trust: &Trust<'_>, language: Language, verdict: &mut SignatureVerdict) -> Result<(), Failure> {
    let at = trust.received;
    pki::check_for_signing(held.signer, at).map_err(for_signing)?;
    let rules = Rules::new(at, Purpose::Signing);
    let path = pki::path::build(held.signer, held.others, trust.anchors, &rules).map_err(for_path)?;
    let revocation = revocation::check(&path, &Evidence::lists(trust.crls), at, trust.revocation);
    let statuses = || path.certificates().iter().zip(revocation.statuses());
    verdict.revocation = statuses().map(|(certificate, status)| listed(certificate, status, at)).collect();
    for (place, (certificate, status)) in statuses().enumerate() {
        check_status(place == 0, certificate, status, at, trust.revocation, language, verdict)?;
    }
    Ok(())
}

fn check_status(
    is_signer: bool,
    certificate: &Certificate,
    status: &revocation::Status,
    moment: Instant,
    policy: Policy,
    language: Language,
    verdict: &mut SignatureVerdict,
) -> Result<(), Failure> {
    match status {
        revocation::Status::Revoked { at, .. } if *at <= moment => {
            let why = if is_signer { SubIndication::RevokedNoPoe } else { SubIndication::RevokedCaNoPoe };
            Err(failure(why, SignatureError::Revoked { subject: certificate.display_name(), at: *at }))
        }
        revocation::Status::Unknown { why } => {
            if policy == Policy::Require || (is_signer && policy == Policy::IfAvailable) {
                return Err(failure(SubIndication::TryLater, why.clone()));
            }
            verdict.reasons.push(Reason::of(why, language));
            Ok(())
        }
        _ => Ok(()),
    }
}

fn listed(certificate: &Certificate, status: &revocation::Status, moment: Instant) -> RevocationStatus {
    let subject = certificate.subject().line();
    let (status, code, this_update, next_update) = match status {
        revocation::Status::Good { this_update, next_update, .. } => (Status::Good, None, Some(*this_update), Some(*next_update)),
        revocation::Status::Revoked { at, .. } if *at > moment => (Status::Good, None, None, None),
        revocation::Status::Revoked { .. } => (Status::Revoked, Some("signature.revoked"), None, None),
        revocation::Status::Unknown { why } => (Status::Unknown, Some(why.code()), None, None),
    };
    RevocationStatus { subject, status, code, this_update: this_update.map(shown), next_update: next_update.map(shown) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::Known;
    use crate::crypto::CryptoError;
    use crate::sign::verdict::Indication;

    #[test]
    fn weak_algorithms_and_keys_are_named_as_such() {
        let (authority, error) = ("CA".to_owned(), CryptoError::AlgorithmWeak { oid: Known::RsaSha1.into() });
        let weak = PathError::SignatureAlgorithm { authority: authority.clone(), error };
        assert_eq!(for_path(weak).why, SubIndication::CryptoConstraintsFailure);
        let short = CryptoError::KeyWeak { bits: 1_024 };
        assert_eq!(for_path(PathError::AuthorityKey { authority, error: short.clone() }).why, SubIndication::CryptoConstraintsFailure);
        assert_eq!(for_signing(CertificateError::Key(short)).why, SubIndication::CryptoConstraintsFailure);
        assert_eq!(SubIndication::CryptoConstraintsFailure.indication(), Indication::Indeterminate);
    }
}

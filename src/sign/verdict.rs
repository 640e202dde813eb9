//! Verdicts on signatures, in the words of ETSI EN 319 102-1 V1.4.1, 5.1.3.

use crate::json::{ToJson, Writer};
use crate::pki::{Certificate, SubjectId};
use crate::report::{Coded, Facts, Language, sentence};
use crate::text::{Instant, Moment};

/// The main indication about one signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indication {
    /// Every check passed.
    TotalPassed,
    /// What is there cannot prove the signature, nor refute it. Never shown as valid.
    Indeterminate,
    /// The signature is refuted.
    TotalFailed,
}

impl Indication {
    /// As the standard writes it: `TOTAL-PASSED` …
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TotalPassed => "TOTAL-PASSED",
            Self::Indeterminate => "INDETERMINATE",
            Self::TotalFailed => "TOTAL-FAILED",
        }
    }
}

/// The verdict on a file in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything passed.
    Accepted,
    /// Something failed.
    Refused,
    /// Nothing failed, but something could not be determined.
    Undetermined,
}

impl Outcome {
    /// As verdicts write it: `accepted`, `refused` or `undetermined`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Undetermined => "undetermined",
        }
    }
}

/// Why a signature did not pass: those of table 6 that hoso concludes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SubIndication {
    /// The signature is not of the format.
    FormatFailure,
    /// A signed part has another digest.
    HashFailure,
    /// The signature value is not of the signer's key.
    SigCryptoFailure,
    /// The certificate had expired before the signature was made.
    Expired,
    /// The signature existed before its certificate was valid.
    NotYetValid,
    /// The signer's certificate may not be used so.
    SigConstraintsFailure,
    /// A certificate of the path may not be used so.
    ChainConstraintsFailure,
    /// An algorithm or a key is too weak, or none that hoso verifies with.
    CryptoConstraintsFailure,
    /// The certificate that must have made the signature is not there.
    NoSigningCertificateFound,
    /// No path leads to a trust anchor.
    NoCertificateChainFound,
    /// The signer's certificate is revoked, and nothing proves that the signature is older.
    RevokedNoPoe,
    /// An authority's certificate is revoked.
    RevokedCaNoPoe,
    /// The certificate has expired, and nothing proves that the signature is older.
    OutOfBoundsNoPoe,
    /// Revocation data is missing or not fresh.
    TryLater,
    /// A signed part is not there.
    SignedDataNotFound,
}

impl SubIndication {
    /// As the standard writes it: `FORMAT_FAILURE` …
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FormatFailure => "FORMAT_FAILURE",
            Self::HashFailure => "HASH_FAILURE",
            Self::SigCryptoFailure => "SIG_CRYPTO_FAILURE",
            Self::Expired => "EXPIRED",
            Self::NotYetValid => "NOT_YET_VALID",
            Self::SigConstraintsFailure => "SIG_CONSTRAINTS_FAILURE",
            Self::ChainConstraintsFailure => "CHAIN_CONSTRAINTS_FAILURE",
            Self::CryptoConstraintsFailure => "CRYPTO_CONSTRAINTS_FAILURE",
            Self::NoSigningCertificateFound => "NO_SIGNING_CERTIFICATE_FOUND",
            Self::NoCertificateChainFound => "NO_CERTIFICATE_CHAIN_FOUND",
            Self::RevokedNoPoe => "REVOKED_NO_POE",
            Self::RevokedCaNoPoe => "REVOKED_CA_NO_POE",
            Self::OutOfBoundsNoPoe => "OUT_OF_BOUNDS_NO_POE",
            Self::TryLater => "TRY_LATER",
            Self::SignedDataNotFound => "SIGNED_DATA_NOT_FOUND",
        }
    }

    /// The main indication it belongs to (table 6).
    #[must_use]
    pub const fn indication(self) -> Indication {
        match self {
            Self::FormatFailure | Self::HashFailure | Self::SigCryptoFailure | Self::Expired | Self::NotYetValid => Indication::TotalFailed,
            _ => Indication::Indeterminate,
        }
    }
}

/// A reason or an issue: a stable code, its facts and its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The stable code.
    pub code: &'static str,
    /// What the sentence says of the input.
    pub params: Facts,
    /// The sentence.
    pub message: String,
}

impl Reason {
    /// The reason that an error gives, in a language.
    #[must_use]
    pub fn of(error: &dyn Coded, language: Language) -> Self {
        Self { code: error.code(), params: error.facts(), message: sentence(error, language) }
    }
}

/// What is known of a signature: conclusion, signer and what was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureVerdict {
    /// The conclusion.
    pub indication: Indication,
    /// Why it is not `TOTAL-PASSED`.
    pub sub_indication: Option<SubIndication>,
    /// The format: `jades`, `cades`.
    pub format: &'static str,
    /// The baseline level: `B-B`, `B-T`, `B-LT`; nothing where something is missing that the baseline asks for, such as the time.
    pub level: Option<&'static str>,
    /// The algorithm's JOSE name, once it was read.
    pub algorithm: Option<&'static str>,
    /// The certificate that the signature names, once it was read. Believe it only with `TOTAL-PASSED`.
    pub signer: Option<Signer>,
    /// The signer's claim of the time, RFC 3339.
    pub signing_time: Option<String>,
    /// The earliest moment at which a timestamp proves that the signature was there, RFC 3339.
    pub proven_time: Option<String>,
    /// What the signer commits to, a URI of ETSI TS 119 172-1: proof of approval.
    pub commitment: Option<&'static str>,
    /// The timestamps of the signature.
    pub timestamps: Vec<TimestampVerdict>,
    /// The status of each certificate of the path but the anchor.
    pub revocation: Vec<RevocationStatus>,
    /// Why, in words; also warnings that did not change the conclusion.
    pub reasons: Vec<Reason>,
    /// The verdicts on signatures over this one, such as the receipt of a portal.
    pub counter_signatures: Vec<SignatureVerdict>,
}

impl ToJson for Reason {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("code", &self.code).member("params", &self.params).member("message", &self.message));
    }
}

impl ToJson for SignatureVerdict {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("indication", &self.indication.name())
                .member("subIndication", &self.sub_indication.map(SubIndication::name))
                .member("format", &self.format)
                .member("level", &self.level)
                .member("algorithm", &self.algorithm)
                .member("signer", &self.signer)
                .member("signingTime", &self.signing_time)
                .member("provenTime", &self.proven_time)
                .member("commitment", &self.commitment)
                .member("timestamps", &self.timestamps)
                .member("revocation", &self.revocation)
                .member("reasons", &self.reasons)
                .member("counterSignatures", &self.counter_signatures)
        });
    }
}

impl SignatureVerdict {
    /// Nothing is known yet, and nothing spoke against the signature.
    pub(super) const fn open(format: &'static str) -> Self {
        Self {
            indication: Indication::TotalPassed,
            sub_indication: None,
            format,
            level: None,
            algorithm: None,
            signer: None,
            signing_time: None,
            proven_time: None,
            commitment: None,
            timestamps: Vec::new(),
            revocation: Vec::new(),
            reasons: Vec::new(),
            counter_signatures: Vec::new(),
        }
    }

    /// The verdict with this conclusion and its reason.
    pub(crate) fn concluded(mut self, why: SubIndication, reason: &dyn Coded, language: Language) -> Self {
        self.indication = why.indication();
        self.sub_indication = Some(why);
        self.reasons.push(Reason::of(reason, language));
        self
    }

    /// Whether the signature passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.indication == Indication::TotalPassed
    }
}

/// What is known of a timestamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampVerdict {
    /// What it says, RFC 3339.
    pub time: Option<String>,
    /// Who made it, once the certificate was read.
    pub authority: Option<Signer>,
    /// Whether it proves its time.
    pub valid: bool,
    /// Why it does not.
    pub reasons: Vec<Reason>,
}

impl ToJson for TimestampVerdict {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("time", &self.time)
                .member("authority", &self.authority)
                .member("valid", &self.valid)
                .member("reasons", &self.reasons)
        });
    }
}

/// Who signed, as the certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The common name.
    pub name: String,
    /// The subject's distinguished name, RFC 4514.
    pub subject: String,
    /// The issuer's distinguished name, RFC 4514.
    pub issuer: String,
    /// The serial number, hexadecimal.
    pub serial: String,
    /// The 12-digit personal id that the certificate carries.
    pub personal_id: Option<String>,
    /// The tax code that the certificate carries.
    pub tax_code: Option<String>,
    /// RFC 3339.
    pub not_before: String,
    /// RFC 3339.
    pub not_after: String,
    /// The digest of the certificate.
    pub sha256: String,
}

impl Signer {
    /// The holder of a certificate.
    #[must_use]
    pub fn of(certificate: &Certificate) -> Self {
        Self {
            name: certificate.display_name(),
            subject: certificate.subject().line(),
            issuer: certificate.issuer().line(),
            serial: certificate.serial(),
            personal_id: certificate.subject_id().filter(is_personal_id).map(|id| id.value),
            tax_code: certificate.subject_id().filter(is_tax_code).map(|id| id.value),
            not_before: shown(certificate.not_before()),
            not_after: shown(certificate.not_after()),
            sha256: certificate.sha256().hex(),
        }
    }
}

impl ToJson for Signer {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("name", &self.name)
                .member("subject", &self.subject)
                .member("issuer", &self.issuer)
                .member("serial", &self.serial)
                .member("personalId", &self.personal_id)
                .member("taxCode", &self.tax_code)
                .member("notBefore", &self.not_before)
                .member("notAfter", &self.not_after)
                .member("sha256", &self.sha256)
        });
    }
}

/// Law on Identification 26/2023/QH15, article 12: 12 digits. Other registers' numbers stand in the subject, also those of
/// as many digits.
fn is_personal_id(id: &SubjectId) -> bool {
    id.scheme == "CCCD" && id.value.len() == 12 && id.value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Circular 86/2024/TT-BTC, article 5: 10 digits, with a hyphen and three more for a branch; 12 where it is a person's number.
fn is_tax_code(id: &SubjectId) -> bool {
    let digits = id.value.bytes().filter(u8::is_ascii_digit).count();
    let hyphens = id.value.bytes().filter(|byte| *byte == b'-').count();
    id.scheme == "MST" && matches!((id.value.len(), digits, hyphens), (10, 10, 0) | (12, 12, 0) | (14, 13, 1))
}

/// An instant as the clocks of Việt Nam show it, RFC 3339.
pub(super) fn shown(instant: Instant) -> String {
    Moment::new(instant, Moment::VIETNAM).text()
}

/// Whether a certificate was revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationStatus {
    /// The subject's distinguished name.
    pub subject: String,
    /// What is known.
    pub status: Status,
    /// Why it is not good.
    pub code: Option<&'static str>,
    /// When the list was made, RFC 3339.
    pub this_update: Option<String>,
    /// When the next list is due, RFC 3339.
    pub next_update: Option<String>,
}

impl ToJson for RevocationStatus {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("subject", &self.subject)
                .member("status", &self.status.name())
                .member("code", &self.code)
                .member("thisUpdate", &self.this_update)
                .member("nextUpdate", &self.next_update)
        });
    }
}

/// What is known of a certificate's revocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not revoked at the time of validation.
    Good,
    /// Revoked.
    Revoked,
    /// Nothing usable says.
    Unknown,
}

impl Status {
    /// As verdicts write it: `good`, `revoked` or `unknown`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Revoked => "revoked",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_register_of_persons_gives_a_personal_id() {
        for (scheme, value, expected) in [
            ("CCCD", "031185000002", true),
            ("CCCD", "03118500000", false),
            ("CCCD", "03118500000x", false),
            ("MST", "031185000002", false),
            ("HC", "031185000002", false),
            ("CMND", "031185000002", false),
        ] {
            assert_eq!(is_personal_id(&SubjectId { scheme: scheme.to_owned(), value: value.to_owned() }), expected, "{scheme} {value}");
        }
    }

    #[test]
    fn a_tax_code_has_ten_digits_or_those_of_a_branch_or_a_person() {
        for (scheme, value, expected) in [
            ("MST", "0200000001", true),
            ("MST", "0200000001-001", true),
            ("MST", "031185000002", true),
            ("MST", "020000000", false),
            ("MST", "0200000001001x", false),
            ("CCCD", "0200000001", false),
        ] {
            assert_eq!(is_tax_code(&SubjectId { scheme: scheme.to_owned(), value: value.to_owned() }), expected, "{scheme} {value}");
        }
    }
}

//! What a signature file carries that its signer did not sign: each piece must hold by itself, or a package could be changed unnoticed.
//!
//! A timestamp holds when it proves its time, a counter-signature when it passes, a certificate, list or answer when the verdict rests on it or
//! it is signed by someone on whom the verdict rests.

use super::to_be_signed::issued;
use super::validate::Used;
use crate::limits;
use crate::pki::Certificate;
use crate::pki::crl::Crl;
use crate::pki::ocsp::Response;

/// A kind of thing that a signature file carries unsigned and that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loose {
    /// A timestamp that proves nothing, or has more around it than its authority signed.
    Timestamp,
    /// A signature over a signature that does not pass.
    CounterSignature,
    /// A certificate, revocation list or status answer.
    Evidence,
    /// Something of a kind that hoso does not know.
    Unknown,
}

/// What was carried, and what the verdicts of a file rest on.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) carried: Used,
    pub(super) rested: Used,
    pub(super) loose: Vec<Loose>,
}

impl Ledger {
    pub(super) fn note(&mut self, loose: Loose) {
        if !self.loose.contains(&loose) {
            self.loose.push(loose);
        }
    }

    /// All that does not hold, each kind once.
    pub(super) fn finish(mut self) -> Vec<Loose> {
        let mut holders = Holders { certificates: Vec::new(), checks: limits::SIGNATURE_CHECKS };
        for der in &self.rested.certificates {
            holders.certificates.extend(Certificate::parse(der.as_slice()));
        }
        let certificates = self.carried.certificates.iter().all(|der| holders.takes(der));
        let lists = self.carried.crls.iter().all(|der| self.rested.crls.contains(der) || holders.list(der));
        let answers = self.carried.ocsps.iter().all(|der| holders.answer(der, self.rested.ocsps.contains(der)));
        if !(certificates && lists && answers) {
            self.note(Loose::Evidence);
        }
        self.loose
    }
}

/// The certificates on which verdicts rest, and how many signatures may still be checked with them.
struct Holders {
    certificates: Vec<Certificate>,
    checks: u32,
}

impl Holders {
    /// Whether a certificate holds. An authority then holds others in turn.
    fn takes(&mut self, der: &[u8]) -> bool {
        if self.certificates.iter().any(|held| held.der() == der) {
            return true;
        }
        let Ok(certificate) = Certificate::parse(der) else { return false };
        let holds = self.has_issued(&certificate);
        if holds && certificate.is_authority() {
            self.certificates.push(certificate);
        }
        holds
    }

    /// Whether one of them issued it, or it is the root above one of them: who trusts an authority in the middle needs no root.
    fn has_issued(&mut self, certificate: &Certificate) -> bool {
        let Self { certificates, checks } = self;
        let is_root = certificate.is_self_issued() && spend(checks) && issued(certificate, certificate);
        certificates.iter().any(|held| {
            held == certificate
                || (held.subject().raw() == certificate.issuer().raw() && spend(checks) && issued(held, certificate))
                || (is_root && held.issuer().raw() == certificate.subject().raw() && spend(checks) && issued(certificate, held))
        })
    }

    fn list(&mut self, der: &[u8]) -> bool {
        let Ok(list) = Crl::parse(der) else { return false };
        let Self { certificates, checks } = self;
        certificates.iter().any(|held| held.subject().raw() == list.issuer().raw() && spend(checks) && list.verify_signature(held).is_ok())
    }

    /// The certificates beside an answer are not signed with it, so they must hold too.
    fn answer(&mut self, der: &[u8], rested: bool) -> bool {
        let Ok(answer) = Response::parse(der) else { return false };
        if !answer.certificates().iter().all(|certificate| self.has_issued(certificate)) {
            return false;
        }
        let Self { certificates, checks } = self;
        rested
            || certificates
                .iter()
                .chain(answer.certificates())
                .any(|held| answer.is_of(held) && spend(checks) && held.public_key().and_then(|key| answer.verify_signature(&key)).is_ok())
    }
}

fn spend(checks: &mut u32) -> bool {
    let left = checks.checked_sub(1);
    *checks = left.unwrap_or_default();
    left.is_some()
}

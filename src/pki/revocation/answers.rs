//! Looking a certificate up in status answers (RFC 6960 3.2 and 4.2.2.2).

use super::{Finding, Inquiry, Proof, Status};
use crate::limits;
use crate::order;
use crate::pki::crl::Reason;
use crate::pki::ocsp::{Response, Standing};
use crate::pki::path::may_be_issuer;
use crate::pki::signing::{check_extensions, check_validity};
use crate::pki::{Certificate, OcspError};
use crate::report::Coded;
use crate::text::Instant;

impl<'a> Inquiry<'a> {
    /// The newest answer that may be believed decides.
    pub(super) fn in_answers(&mut self, certificate: &'a Certificate, issuer: &'a Certificate) -> Result<Finding, OcspError> {
        let mut why = OcspError::Missing;
        let mut about = Vec::new();
        for (place, answer) in self.evidence.answers.iter().enumerate() {
            match answer.find(certificate, issuer) {
                Ok(single) => about.push((place, answer, single)),
                Err(error) if why == OcspError::Missing => why = error,
                Err(_) => {}
            }
        }
        order::sort_by_key(&mut about, |(_, _, single)| std::cmp::Reverse(single.this_update));
        for (place, answer, single) in about {
            let moment = self.moment(single.this_update, certificate);
            let believed = self.check_responder(answer, issuer, moment);
            let current = single.current(moment);
            let proofs = vec![Proof::Answer(place)];
            let status = match (believed, current, single.standing) {
                (Err(error), ..) => Err(error),
                // RFC 6960 2.2: such an answer may take back a suspension, and says nothing else.
                (_, _, Standing::Revoked { reason: Reason::RemoveFromCrl, .. }) => Err(OcspError::Unknown),
                // That an answer is old, or newer than the instant asked about, does not undo what it says of the time before.
                (_, Err(_), Standing::Revoked { at, reason }) if at <= self.at => Ok(Status::Revoked { at, reason, proofs }),
                (_, Err(error), _) => Err(error),
                (_, Ok(_), Standing::Unknown) => Err(OcspError::Unknown),
                (_, Ok(_), Standing::Revoked { at, reason }) => Ok(Status::Revoked { at, reason, proofs }),
                (_, Ok(next_update), Standing::Good) => Ok(Status::Good { this_update: single.this_update, next_update, proofs }),
            };
            match status {
                Ok(status) => return Ok(Finding { since: single.this_update, status }),
                Err(error) if why == OcspError::Missing => why = error,
                Err(_) => {}
            }
        }
        Err(why)
    }

    /// 4.2.2.2: the answer was signed by the authority itself, or by a certificate that it issued for that.
    fn check_responder(&mut self, answer: &'a Response, issuer: &'a Certificate, at: Instant) -> Result<(), OcspError> {
        let mut why = OcspError::Responder;
        if answer.is_of(issuer) {
            match self.check_answer(answer, issuer) {
                Ok(()) => return Ok(()),
                Err(error) => why = error,
            }
        }
        for responder in answer.certificates().iter().chain(self.evidence.certificates) {
            if !answer.is_of(responder) || !may_be_issuer(issuer, responder) || self.signers.contains(&responder) {
                continue;
            }
            match self.check_delegate(responder, issuer, at).and_then(|()| self.check_answer(answer, responder)) {
                Ok(()) => return self.check_delegate_status(responder, issuer),
                Err(error) if why == OcspError::Responder => why = error,
                Err(_) => {}
            }
        }
        Err(why)
    }

    fn check_answer(&mut self, answer: &Response, signer: &Certificate) -> Result<(), OcspError> {
        self.spend().map_err(|_| OcspError::TooCostly)?;
        let verified = signer.public_key().and_then(|key| answer.verify_signature(&key));
        verified.map_err(|error| OcspError::Signature { responder: signer.display_name(), error })
    }

    /// 4.2.2.2, 3: issued directly by the authority, with id-kp-OCSPSigning.
    fn check_delegate(&mut self, responder: &Certificate, issuer: &Certificate, at: Instant) -> Result<(), OcspError> {
        let not_authorised = || OcspError::NotAuthorised { responder: responder.display_name() };
        let may_answer = responder.purposes().is_some_and(|purposes| purposes.status_answers);
        let may_sign = responder.key_usage().is_none_or(|usage| usage.digital_signature() || usage.non_repudiation());
        if !may_answer || !may_sign || check_extensions(responder).is_err() || check_validity(responder, at).is_err() {
            return Err(not_authorised());
        }
        self.spend().map_err(|_| OcspError::TooCostly)?;
        let verified = issuer.public_key().and_then(|key| responder.verify_signature(&key));
        verified.map_err(|_| not_authorised())
    }

    /// 4.2.2.2.1: the responder's own state is not asked with id-pkix-ocsp-nocheck, else it must be known.
    fn check_delegate_status(&mut self, responder: &'a Certificate, issuer: &'a Certificate) -> Result<(), OcspError> {
        if responder.is_exempt_from_revocation() {
            return Ok(());
        }
        let named = |reason| OcspError::ResponderStatus { responder: responder.display_name(), reason };
        if self.signers.len() == limits::LIST_SIGNERS {
            return Err(OcspError::TooCostly);
        }
        self.signers.push(responder);
        let status = self.status(responder, issuer);
        self.signers.pop();
        match status {
            Status::Good { .. } => Ok(()),
            Status::Revoked { .. } => Err(named(super::REVOKED)),
            Status::Unknown { why } => Err(named(why.code())),
        }
    }
}

//! Whether a timestamp proves its time (ETSI EN 319 102-1 V1.4.1, 5.4): it is of the signature, and its authority is believed.

use super::validate::{Asked, Failure, Used, failure};
use super::verdict::{Reason, Signer, SubIndication, TimestampVerdict, shown};
use crate::cms::timestamp::Token;
use crate::cms::{self, TimestampError};
use crate::pki::{CertificateError, Purpose, Rules};
use crate::text::Instant;

/// What is known of a timestamp.
pub(super) struct Stamp {
    /// What it proves; nothing where it does not.
    pub(super) time: Option<Instant>,
    /// Whether what came along proves the status of every certificate above it.
    pub(super) lasting: bool,
    /// What its answer rests on.
    pub(super) used: Used,
    /// What it carries beside what its authority signed; nothing where it proves nothing, or carries what hoso does not know.
    pub(super) carried: Option<Used>,
    pub(super) verdict: TimestampVerdict,
}

/// Checks a token that is to be of these bytes, at the moment of receipt: without a later timestamp over it, nothing proves that it is older than
/// the end of its certificate.
pub(super) fn check(token: &[u8], stamped: &[u8], asked: &Asked<'_>) -> Stamp {
    let mut verdict = TimestampVerdict { time: None, authority: None, valid: false, reasons: Vec::new() };
    match judge(token, stamped, asked, &mut verdict) {
        Ok(Proven { time, lasting, used, carried }) => {
            verdict.valid = true;
            Stamp { time: Some(time), lasting, used, carried, verdict }
        }
        Err(Failure { reason, .. }) => {
            verdict.reasons.push(Reason::of(reason.as_ref(), asked.language));
            Stamp { time: None, lasting: false, used: Used::default(), carried: None, verdict }
        }
    }
}

struct Proven {
    time: Instant,
    lasting: bool,
    used: Used,
    carried: Option<Used>,
}

fn judge(token: &[u8], stamped: &[u8], asked: &Asked<'_>, verdict: &mut TimestampVerdict) -> Result<Proven, Failure> {
    let token = Token::read(token)?;
    verdict.time = Some(shown(token.time));
    token.check_imprint(stamped)?;
    let authority = token.verified_by(asked.pool.certificates())?;
    verdict.authority = Some(Signer::of(&authority));
    if token.time < authority.not_before() || token.time > authority.not_after() {
        return Err(TimestampError::OutsideCertificate.into());
    }
    if token.time > asked.trust.received {
        return Err(TimestampError::Ahead.into());
    }
    let purpose = Purpose::TimeStamping;
    purpose.check(&authority).map_err(|error: CertificateError| failure(SubIndication::SigConstraintsFailure, error))?;
    let pool = asked.pool.and(token.data());
    let followed = Asked { pool: &pool, ..*asked }.follow(&authority, &Rules::new(asked.trust.received, purpose))?;
    verdict.reasons = followed.outcome?;
    let data = token.data();
    let owned = |list: &[&[u8]]| list.iter().map(|der| der.to_vec()).collect();
    let carried = || Used { certificates: owned(&data.certificates), crls: owned(&data.crls), ocsps: owned(&data.ocsps) };
    Ok(Proven { time: token.time, lasting: followed.lasting, used: followed.used, carried: cms::is_known(data).then(carried) })
}

impl From<TimestampError> for Failure {
    fn from(error: TimestampError) -> Self {
        failure(SubIndication::FormatFailure, error)
    }
}

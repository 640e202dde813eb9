//! `hoso cert verify`: whether a certificate is valid, and why not.

use super::shown;
use crate::args::{CertPurpose, CertRevocation, CertVerify};
use crate::exit::{CliError, Done, Exit};
use crate::files;
use crate::output::{Context, Tone, line};
use hoso::asn1::Oid;
use hoso::json::{ToJson, Writer};
use hoso::pki::crl::Crl;
use hoso::pki::ocsp::Response;
use hoso::pki::{
    Certificate, CertificateError, Evidence, OcspError, PathError, Policy, Proof, Purpose, Rules, Status, Validation, ValidationError,
    validate,
};
use hoso::report::Coded;
use hoso::sign::verdict::{Reason, Signer, SubIndication};
use hoso::text::visible;
use hoso::wire;
use std::path::PathBuf;

pub fn run(options: &CertVerify, context: &Context) -> Done {
    let mut chain = Certificate::read_all(&files::read(&options.leaf)?)?;
    let leaf = chain.remove(0);
    chain.extend(certificates(&options.chain)?);
    let anchors = certificates(&options.trust)?;
    let mut crls = Vec::new();
    for path in &options.crl {
        crls.extend(Crl::read_all(&files::read(path)?)?);
    }
    let (mut answers, mut notes) = (Vec::new(), Vec::new());
    for path in &options.ocsp {
        match Response::read_all(&files::read(path)?) {
            Ok(read) => answers.extend(read),
            // An answer that says there is none can be read, and leaves the state unknown.
            Err(error @ OcspError::Unsuccessful { .. }) => notes.push(Reason::of(&error, context.language)),
            Err(error) => return Err(error.into()),
        }
    }
    let evidence = Evidence { crls: &crls, answers: &answers, certificates: &chain, until: None };
    let policy = match options.revocation {
        CertRevocation::Require => Policy::Require,
        CertRevocation::IfAvailable => Policy::IfAvailable,
        CertRevocation::None => Policy::None,
    };
    let rules = rules(options)?;
    let validation = validate(&leaf, &chain, &anchors, &rules, &evidence, policy);
    notes.splice(0..0, validation.problem.iter().map(|problem| Reason::of(problem, context.language)));
    let answer = Answer { leaf: &leaf, validation, at: shown(rules.at), reasons: notes };
    if context.json {
        line(&wire::pretty(&answer));
    } else {
        tell(&answer, context);
    }
    Ok(match answer.validation.is_valid() {
        Some(true) => Exit::Yes,
        Some(false) => Exit::No,
        None => Exit::Undetermined,
    })
}

fn certificates(paths: &[PathBuf]) -> Done<Vec<Certificate>> {
    let mut found = Vec::new();
    for path in paths {
        found.extend(Certificate::read_all(&files::read(path)?)?);
    }
    Ok(found)
}

fn rules(options: &CertVerify) -> Done<Rules> {
    let policy = |text: &String| Oid::parse(text).ok_or_else(|| CliError::Policy { argument: text.clone() });
    Ok(Rules {
        at: files::moment(options.at.as_deref())?.instant(),
        policies: options.policy.iter().map(policy).collect::<Result<_, _>>()?,
        explicit_policy: options.explicit_policy,
        inhibit_policy_mapping: options.inhibit_policy_mapping,
        inhibit_any_policy: options.inhibit_any_policy,
        purpose: match options.purpose {
            CertPurpose::Signing => Purpose::Signing,
            CertPurpose::Tsa => Purpose::TimeStamping,
            CertPurpose::Any => Purpose::Any,
        },
    })
}

struct Answer<'a> {
    leaf: &'a Certificate,
    validation: Validation<'a>,
    at: String,
    reasons: Vec<Reason>,
}

impl Answer<'_> {
    /// The leaf first, the anchor last; of a certificate without a path, itself alone.
    fn path(&self) -> Vec<Signer> {
        match &self.validation.path {
            Some((path, _)) => path.certificates().iter().copied().chain([path.anchor()]).map(Signer::of).collect(),
            None => vec![Signer::of(self.leaf)],
        }
    }

    fn statuses(&self) -> Vec<Looked<'_>> {
        let Some((path, revocation)) = &self.validation.path else { return Vec::new() };
        let looked = |(certificate, status): (&&Certificate, _)| Looked { subject: certificate.subject().line(), status };
        path.certificates().iter().zip(revocation.statuses()).map(looked).collect()
    }
}

impl ToJson for Answer<'_> {
    fn write(&self, out: &mut Writer) {
        let policies = self.validation.path.iter().flat_map(|(path, _)| path.policies()).map(Oid::text).collect::<Vec<_>>();
        let why = self.validation.problem.as_ref().map(|problem| sub_indication(problem).name());
        out.object(|out| {
            out.member("valid", &self.validation.is_valid())
                .member("indication", &if why.is_none() { "PASSED" } else { "INDETERMINATE" })
                .member("subIndication", &why)
                .member("at", &self.at)
                .member("path", &self.path().as_slice())
                .member("policies", &policies.as_slice())
                .member("revocation", &self.statuses().as_slice())
                .member("reasons", &self.reasons.as_slice())
        });
    }
}

/// What is known of one certificate, and from what.
struct Looked<'a> {
    subject: String,
    status: &'a Status,
}

impl ToJson for Looked<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("subject", &self.subject).member("status", &word(self.status));
            match self.status {
                Status::Good { this_update, next_update, proofs } => out
                    .member("thisUpdate", &shown(*this_update))
                    .member("nextUpdate", &shown(*next_update))
                    .member("evidence", &names(proofs).as_slice()),
                Status::Revoked { at, reason, proofs } => {
                    out.member("revokedAt", &shown(*at)).member("reason", &reason.name()).member("evidence", &names(proofs).as_slice())
                }
                Status::Unknown { why } => out.member("code", &why.code()),
                _ => out,
            }
        });
    }
}

const fn word(status: &Status) -> &'static str {
    match status {
        Status::Good { .. } => "good",
        Status::Revoked { .. } => "revoked",
        _ => "unknown",
    }
}

/// `crl:0`, `ocsp:1`: the places of the lists and answers, as they were given.
fn names(proofs: &[Proof]) -> Vec<String> {
    let name = |proof: &Proof| match proof {
        Proof::Crl(place) => format!("crl:{place}"),
        Proof::Answer(place) => format!("ocsp:{place}"),
    };
    proofs.iter().map(name).collect()
}

/// EN 319 102-1 5.2.6.4. It knows no failure of a certificate alone: a signature may be older than what happened to it.
const fn sub_indication(problem: &ValidationError) -> SubIndication {
    let error = match problem {
        ValidationError::Path(error) => error,
        _ => return SubIndication::TryLater,
    };
    match error {
        PathError::Signer(CertificateError::Revoked { .. }) => SubIndication::RevokedNoPoe,
        PathError::Signer(CertificateError::Suspended { .. }) => SubIndication::TryLater,
        PathError::AuthorityRevoked { .. } => SubIndication::RevokedCaNoPoe,
        PathError::Signer(CertificateError::Expired { .. } | CertificateError::NotYetValid { .. })
        | PathError::AuthorityExpired { .. }
        | PathError::AuthorityNotYetValid { .. } => SubIndication::OutOfBoundsNoPoe,
        PathError::Signer(CertificateError::Key(_)) | PathError::AuthorityKey { .. } | PathError::SignatureAlgorithm { .. } => {
            SubIndication::CryptoConstraintsFailure
        }
        PathError::NoAnchors
        | PathError::IssuerNotFound { .. }
        | PathError::SignatureMismatch { .. }
        | PathError::TooLong
        | PathError::TooCostly
        | PathError::TooManyCertificates { .. }
        | PathError::SignerIsAnchor => SubIndication::NoCertificateChainFound,
        _ => SubIndication::ChainConstraintsFailure,
    }
}

fn tell(answer: &Answer<'_>, context: &Context) {
    let (tone, text) = match answer.validation.is_valid() {
        Some(true) => (Tone::Good, context.say("✓ Chứng thư số có giá trị", "✓ The certificate is valid")),
        Some(false) => (Tone::Bad, context.say("✗ Chứng thư số không có giá trị", "✗ The certificate is not valid")),
        None => (Tone::Careful, context.say("? Chưa coi là có giá trị: chưa xác định được", "? Not held valid: undetermined")),
    };
    line(&context.tone(tone, text));
    for (place, holder) in answer.path().iter().enumerate() {
        let until = format!("{} {}", context.say("đến", "until"), holder.not_after);
        line(&format!("  {}{}  {}", "  ".repeat(place), visible(&holder.subject), context.tone(Tone::Quiet, &until)));
    }
    for looked in answer.statuses() {
        let text = match looked.status {
            Status::Good { next_update, .. } => {
                format!("{} {}", context.say("chưa bị thu hồi, biết đến", "not revoked, known until"), shown(*next_update))
            }
            Status::Revoked { at, reason, .. } => format!("{} {} ({})", context.say("bị thu hồi", "revoked"), shown(*at), reason.name()),
            Status::Unknown { why } => {
                format!("{} [{}]", context.say("chưa rõ có bị thu hồi không", "not known whether revoked"), why.code())
            }
            _ => continue,
        };
        line(&format!("  {}: {text}", visible(&looked.subject)));
    }
    for reason in &answer.reasons {
        line(&format!("  {}  {}", visible(&reason.message), context.tone(Tone::Quiet, &format!("[{}]", reason.code))));
    }
}

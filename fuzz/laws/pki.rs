//! Certificates, revocation lists and status answers, several in one input: each after its length in two bytes, the lower first.
//!
//! A path holds by stricter rules only if it holds by looser ones; what was revoked stays revoked when the same is said twice.

use hoso::pki::crl::Crl;
use hoso::pki::ocsp::{Request, Response};
use hoso::pki::{Certificate, Evidence, Policy, Purpose, Revocation, Rules, Status, revocation, validate};
use hoso::text::Instant;

/// When everything is asked about: in the validity of the certificates that the corpus began with, which `tests/support/pki.rs` made.
const AT: Instant = Instant::from_unix(1_795_485_600);

struct Input {
    certificates: Vec<Certificate>,
    crls: Vec<Crl>,
    answers: Vec<Response>,
}

impl Input {
    fn read(mut rest: &[u8]) -> Self {
        let mut input = Self { certificates: Vec::new(), crls: Vec::new(), answers: Vec::new() };
        while let Some((length, after)) = rest.split_first_chunk::<2>() {
            let (part, next) = after.split_at_checked(u16::from_le_bytes(*length).into()).unwrap_or((after, &[]));
            rest = next;
            input.take(part);
        }
        input
    }

    fn take(&mut self, part: &[u8]) {
        let (certificate, crl, answer) = (Certificate::parse(part), Crl::parse(part), Response::parse(part));
        let kinds = usize::from(certificate.is_ok()) + usize::from(crl.is_ok()) + usize::from(answer.is_ok());
        assert!(kinds <= 1, "bytes are of one kind");
        if let Some(cut) = part.len().checked_sub(1).filter(|_| kinds == 1) {
            let cut = part.get(..cut).unwrap_or_default();
            assert!(Certificate::parse(cut).is_err() && Crl::parse(cut).is_err() && Response::parse(cut).is_err(), "cut short");
        }
        self.certificates.extend(certificate);
        self.crls.extend(crl);
        self.answers.extend(answer);
    }
}

/// What a certificate says can be shown, and its paths hold by the laws above.
pub fn certificate(input: &[u8]) {
    let input = Input::read(input);
    for certificate in &input.certificates {
        assert_eq!(Certificate::parse(certificate.der()).as_ref(), Ok(certificate));
        assert!(certificate.subject().same(certificate.subject()) && certificate.subject().is_within(certificate.subject()));
        drop((certificate.details(), certificate.display_name(), certificate.subject_id(), format!("{certificate:?}")));
        drop(hoso::pki::check_for_signing(certificate, AT));
    }
    let Some((leaf, others)) = input.certificates.split_first() else { return };
    let Some((anchor, between)) = others.split_last() else { return };
    let loose = Rules::new(AT, Purpose::Any);
    let strict =
        Rules { explicit_policy: true, inhibit_policy_mapping: true, inhibit_any_policy: true, ..Rules::new(AT, Purpose::Signing) };
    let valid = |rules: &Rules| {
        let found = validate(leaf, between, std::slice::from_ref(anchor), rules, &Evidence::default(), Policy::None);
        if let Some((path, _)) = &found.path {
            for (certificate, issuer) in path.with_issuers() {
                assert!(certificate.not_before() <= AT && AT <= certificate.not_after() && issuer.is_authority());
                assert!(issuer.public_key().is_ok_and(|key| certificate.verify_signature(&key).is_ok()));
            }
        }
        found.is_valid() == Some(true)
    };
    assert!(!valid(&strict) || valid(&loose), "a path holds by strict rules alone");
}

/// Lists say the same when each is given twice, and nothing of a certificate whose issuer did not sign them.
pub fn crl(input: &[u8]) {
    let input = Input::read(input);
    for crl in &input.crls {
        assert_eq!(Crl::parse(crl.der()).as_ref(), Ok(crl));
    }
    let once = Evidence { crls: &input.crls, answers: &[], certificates: &input.certificates, until: None };
    let twice = [&input.crls[..], &input.crls[..]].concat();
    let twice = Evidence { crls: &twice, ..once };
    asked(&input, &once, &twice);
}

/// Answers say the same when each is given twice; a request about a certificate is answered by none that does not name it.
pub fn ocsp(input: &[u8]) {
    let input = Input::read(input);
    for answer in &input.answers {
        assert_eq!(Response::parse(answer.der()).as_ref(), Ok(answer));
        if let [leaf, issuer, ..] = &input.certificates[..] {
            let (asked, with_nonce) = (Request::new(leaf, issuer, None), Request::new(leaf, issuer, Some(&[7; 32])));
            assert!(answer.check_request(&with_nonce).is_err() || answer.check_request(&asked).is_ok());
        }
    }
    let once = Evidence { crls: &input.crls, answers: &input.answers, certificates: &input.certificates, until: None };
    let twice = [&input.answers[..], &input.answers[..]].concat();
    let twice = Evidence { answers: &twice, ..once };
    asked(&input, &once, &twice);
}

fn asked(input: &Input, once: &Evidence<'_>, twice: &Evidence<'_>) {
    let Some((leaf, others)) = input.certificates.split_first() else { return };
    let Some((anchor, between)) = others.split_last() else { return };
    let rules = Rules::new(AT, Purpose::Any);
    let Ok(path) = hoso::pki::path::build(leaf, between, std::slice::from_ref(anchor), &rules) else { return };
    let kinds = |found: &Revocation| found.statuses().iter().map(kind).collect::<Vec<_>>();
    let found = [once, twice].map(|evidence| kinds(&revocation::check(&path, evidence, AT, Policy::Require)));
    assert_eq!(found[0], found[1]);
    assert!(kinds(&revocation::check(&path, &Evidence::default(), AT, Policy::Require)).iter().all(|kind| *kind == 'u'));
}

fn kind(status: &Status) -> char {
    match status {
        Status::Good { .. } => 'g',
        Status::Revoked { .. } => 'r',
        _ => 'u',
    }
}

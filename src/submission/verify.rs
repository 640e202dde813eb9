//! Verifying a package: the signature, the gate, and the form validated again.

use super::gate::{self, GateEntry, GateIssue};
use super::package::Package;
use super::signature;
use crate::digest::Sha256;
use crate::dossier::manifest::{Checked, Input};
use crate::dossier::media::detect;
use crate::dossier::view::RENDERER;
use crate::dossier::{Claim, DOCUMENTS, FORM, Findings, PackageError, SCHEMA, SUBMISSION, Submission, VIEW, judge, noted};
use crate::json::{Document, ToJson, Writer, canonical, to_json};
use crate::limits;
use crate::pki::crl::Crl;
use crate::pki::ocsp::Response;
use crate::pki::{Certificate, Policy};
use crate::report::{Coded, Language, Report};
use crate::schema::code_list_digest;
use crate::sign::verdict::{Indication, Outcome, SignatureVerdict};
use crate::sign::{SignaturePolicy, Trust};
use crate::text::Moment;
use std::sync::Arc;

/// What a verifier believes, expects and knows.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// The only certificates that are believed of themselves.
    pub anchors: Vec<Certificate>,
    /// Certificates that may stand between a signer and these.
    pub certificates: Vec<Certificate>,
    /// Revocation lists.
    pub crls: Vec<Crl>,
    /// Status answers (OCSP).
    pub answers: Vec<Response>,
    /// What must be known of revocation; see [`Trust::revocation`].
    pub revocation: Policy,
    /// The schemas that the portal takes, by identity. Without a list every schema is taken: then the signer chose it.
    pub schemas: Option<Vec<Sha256>>,
    /// The portal's own name, when it asks that the dossier be for it.
    pub audience: Option<String>,
    /// The code lists that schemas may use: an object of them by their names.
    pub code_lists: Option<Document>,
    /// When the package was received.
    pub received: Moment,
    /// The language of the sentences.
    pub language: Language,
}

impl VerifyOptions {
    /// What of them counts for signatures.
    #[must_use]
    pub fn trust(&self) -> Trust<'_> {
        Trust {
            anchors: &self.anchors,
            certificates: &self.certificates,
            crls: &self.crls,
            answers: &self.answers,
            revocation: self.revocation,
            received: self.received.instant(),
        }
    }
}

/// The verdict on a package.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// The gate is clean, the data valid, and every signature `TOTAL-PASSED`.
    pub accepted: bool,
    /// The verdict in one word.
    pub outcome: Outcome,
    /// What keeps the package from being accepted, whatever its signature.
    pub gate: Vec<GateEntry>,
    /// The form validated again, at the moment it was sealed for. Nothing when it could not be.
    pub validation: Option<Report>,
    /// What the form says that databases answered, for whoever asks them again. Nothing when the form could not be read.
    pub claims: Vec<Claim>,
    /// One for each signature.
    pub signatures: Vec<SignatureVerdict>,
    /// What the dossier says of itself. Believe it only when accepted.
    pub submission: Option<Arc<Submission>>,
    /// When the package was received.
    pub received_at: Moment,
}

impl ToJson for Verdict {
    fn write(&self, out: &mut Writer) {
        self.write_with(&self.validation, &self.claims, out);
    }
}

impl Verdict {
    /// Writes the verdict with what whoever judged the data says.
    pub(crate) fn write_with(&self, validation: &dyn ToJson, claims: &dyn ToJson, out: &mut Writer) {
        out.object(|out| {
            out.member("accepted", &self.accepted)
                .member("outcome", &self.outcome.name())
                .member("gate", &self.gate)
                .member("validation", validation)
                .member("claims", claims)
                .member("signatures", &self.signatures)
                .member("submission", &self.submission.as_deref())
                .member("receivedAt", &self.received_at)
        });
    }

    /// The verdict as a policy has it.
    #[must_use]
    pub fn held_against(mut self, policy: &SignaturePolicy, language: Language) -> Self {
        let mut passed = true;
        for signature in std::mem::take(&mut self.signatures) {
            let held = policy.held_against(signature, language);
            passed &= held.passed();
            self.signatures.push(held);
        }
        if self.accepted && !passed {
            (self.accepted, self.outcome) = (false, Outcome::Undetermined);
        }
        self
    }

    /// The verdict on bytes that are no package.
    #[must_use]
    pub fn unreadable(error: &PackageError, received: Moment, language: Language) -> Self {
        Self {
            accepted: false,
            outcome: Outcome::Refused,
            gate: vec![GateEntry::of(error, None, language)],
            validation: None,
            claims: Vec::new(),
            signatures: Vec::new(),
            submission: None,
            received_at: received,
        }
    }
}

/// Verifies a package that was read.
#[must_use]
pub fn verify(package: &Package, options: &VerifyOptions) -> Verdict {
    let (mut claims, mut validation) = (Vec::new(), None);
    let verdict = verify_with(package, options, &mut |data, submission| {
        let Checked { now, .. } = submission.verdict;
        let judged = judge(&package.schema, data, options.code_lists.as_ref(), now, submission.language, options.language);
        (claims, validation) = (judged.claims, judged.report);
        Some(judged.findings)
    });
    Verdict { claims, validation, ..verdict }
}

/// Verifies a package, where somebody else judges the data, or answers nothing. The verdict does not hold what only they know: the report, and the claims.
pub(crate) fn verify_with(
    package: &Package,
    options: &VerifyOptions,
    judge: &mut dyn FnMut(Document, &Submission) -> Option<Findings>,
) -> Verdict {
    let signature = package.format.signature();
    let mut gate = Gate { entries: Vec::new(), blocked: false, language: options.language, signature };
    let trust = options.trust();
    let found = signature::verify(package, &trust, options.language);
    for part in found.uncovered {
        gate.add(GateIssue::PartNotSigned { part });
    }
    check_digests(package, &mut gate);
    gate.add_if(!found.in_order, || GateIssue::PartOrder);
    for loose in found.loose {
        gate.add(GateIssue::Unsigned(loose));
    }
    let mut valid = None;
    let submission = match Submission::read(&package.submission) {
        Ok(submission) => {
            for judged in &found.signatures {
                let issued = judged.issued.map(crate::text::Instant::unix);
                gate::times(&submission, issued, options.received, |issue| gate.add_once(issue));
            }
            let taken = check_expectations(&submission, options, &mut gate);
            check_parts(&submission, package, &mut gate);
            if taken
                && let Some(data) = gate.read_canonical(&package.form)
                && let Some(findings) = judge(data, &submission)
            {
                valid = findings.valid();
                hold_against(findings, &submission, package, &mut gate);
            }
            Some(Arc::new(submission))
        }
        Err(error) => {
            gate.blocked = true;
            gate.write(&error, Some(SUBMISSION));
            None
        }
    };
    // A package is whole or it is none: what is not in it will not turn up.
    for part in found.absent {
        gate.add_once(GateIssue::PartMissing { part });
    }
    let mut signatures = Vec::new();
    let (mut passed, mut failed) = (true, valid == Some(false));
    for judged in found.signatures {
        passed &= judged.verdict.passed();
        failed |= judged.verdict.indication == Indication::TotalFailed;
        signatures.push(judged.verdict);
    }
    let outcome = match (gate.entries.is_empty() && valid == Some(true) && passed, gate.blocked || failed) {
        (true, _) => Outcome::Accepted,
        (false, true) => Outcome::Refused,
        (false, false) => Outcome::Undetermined,
    };
    Verdict {
        accepted: outcome == Outcome::Accepted,
        outcome,
        gate: gate.entries,
        validation: None,
        claims: Vec::new(),
        signatures,
        submission,
        received_at: options.received,
    }
}

/// Collects issues.
struct Gate {
    entries: Vec<GateEntry>,
    blocked: bool,
    language: Language,
    /// The name of the signature file.
    signature: &'static str,
}

impl Gate {
    fn add(&mut self, issue: GateIssue) {
        self.blocked |= issue.refuses();
        self.write(&issue, self.part(&issue));
    }

    /// The part that an issue is about; the signature's name hangs on its format.
    fn part<'i>(&self, issue: &'i GateIssue) -> Option<&'i str> {
        if matches!(issue, GateIssue::PartOrder | GateIssue::SignedAhead | GateIssue::Unsigned(_)) {
            Some(self.signature)
        } else {
            issue.part()
        }
    }

    /// Nobody reads more than so many; the package is refused all the same.
    fn write(&mut self, issue: &dyn Coded, part: Option<&str>) {
        if self.entries.len() < limits::ISSUES {
            self.entries.push(GateEntry::of(issue, part, self.language));
        }
    }

    fn add_once(&mut self, issue: GateIssue) {
        let known = self.entries.iter().any(|entry| entry.code == issue.code() && entry.part.as_deref() == self.part(&issue));
        self.add_if(!known, || issue);
    }

    fn add_if(&mut self, holds: bool, issue: impl FnOnce() -> GateIssue) {
        if holds {
            self.add(issue());
        }
    }

    /// The data, which a package holds in canonical form.
    fn read_canonical(&mut self, bytes: &[u8]) -> Option<Document> {
        match Document::read(bytes) {
            Ok(document) => {
                let same = canonical(document.root()).is_ok_and(|text| text.as_bytes() == bytes);
                self.add_if(!same, || GateIssue::NotCanonical { part: FORM });
                same.then_some(document)
            }
            Err(error) => {
                self.add(GateIssue::FormUnreadable(error));
                None
            }
        }
    }
}

/// The signature is verified over the digests of the parts, all else over the documents' bytes; [`Package`] is open to
/// its holder, so that both are still the same is not taken on trust.
fn check_digests(package: &Package, gate: &mut Gate) {
    let documents = [&package.submission, &package.form, &package.schema, &package.view];
    for (&name, &bytes) in DOCUMENTS.iter().zip(&documents) {
        let same = package.parts.iter().any(|part| part.name == name && part.sha256 == Sha256::of(bytes));
        gate.add_if(!same, || GateIssue::PartDiffers { part: name.to_owned() });
    }
}

/// What the portal expects of the dossier.
///
/// Answers whether the form is to be checked: a stranger's schema is not even run, and without its inputs a validation would say nothing,
/// neither for nor against.
fn check_expectations(submission: &Submission, options: &VerifyOptions, gate: &mut Gate) -> bool {
    if let Some(expected) = options.audience.as_ref().filter(|expected| **expected != submission.audience) {
        gate.add(GateIssue::Audience { expected: expected.clone(), found: submission.audience.clone() });
    }
    let allowed = options.schemas.as_ref().is_none_or(|schemas| schemas.contains(&submission.schema.id));
    gate.add_if(!allowed, || GateIssue::SchemaNotAllowed { schema: submission.schema.id.id() });
    let given = if submission.inputs.is_empty() { Vec::new() } else { given(options) };
    let mut complete = true;
    // What a database answered stands in the form.
    for input in submission.inputs.iter().filter(|input| !input.is_lookup()) {
        if !given.contains(input) {
            gate.add(GateIssue::InputMissing { name: input.name.clone() });
            complete = false;
        }
    }
    allowed && complete
}

/// What the verifier has. A list of the same name with other content is another one.
fn given(options: &VerifyOptions) -> Vec<Input> {
    let lists = options.code_lists.iter().flat_map(|lists| lists.root().members());
    lists.map(|(name, list)| Input::code_list(name, code_list_digest(list))).collect()
}

/// Whether the parts are those that the submission names, by name, place, size and digest, and no others.
fn check_parts(submission: &Submission, package: &Package, gate: &mut Gate) {
    let mut named: Vec<(&str, u64, &Sha256)> = Vec::new();
    for (name, part) in [(SCHEMA, &submission.schema.part), (FORM, &submission.form), (VIEW, &submission.view)] {
        named.push((name, part.size, &part.sha256));
    }
    for part in &submission.attachments {
        named.push((&part.name, part.size, &part.sha256));
    }
    for part in package.parts.iter().filter(|part| part.name != SUBMISSION) {
        match named.iter().find(|(name, ..)| *name == part.name) {
            None => gate.add(GateIssue::PartUnlisted { part: part.name.clone() }),
            Some((_, size, sha256)) => {
                gate.add_if(*size != part.size || **sha256 != part.sha256, || GateIssue::PartDiffers { part: part.name.clone() })
            }
        }
    }
    for (name, ..) in &named {
        let there = package.parts.iter().any(|part| part.name == *name);
        gate.add_if(!there, || GateIssue::PartMissing { part: (*name).to_owned() });
    }
    for attachment in &submission.attachments {
        let head = package.heads.iter().find(|(name, _)| *name == attachment.name).map(|(_, head)| head);
        let differs = head.is_some_and(|head| detect(head, &attachment.file_name) != Some(attachment.media_type.as_str()));
        gate.add_if(differs, || GateIssue::AttachmentMediaType { part: attachment.name.clone(), claimed: attachment.media_type.clone() });
    }
}

/// The rules are in canonical form, the data is, and all that follows from both is what the package says.
fn hold_against(findings: Findings, submission: &Submission, package: &Package, gate: &mut Gate) {
    let found = match findings {
        Findings::Unusable { path, problem } => return gate.add(GateIssue::SchemaUnusable { path, problem }),
        Findings::NotCanonical => return gate.add(GateIssue::NotCanonical { part: SCHEMA }),
        Findings::Found(found) => found,
    };
    gate.add_if(found.procedure != to_json(&submission.procedure), || GateIssue::ProcedureDiffers);
    gate.add_if(found.inputs != Some(to_json(&submission.inputs)), || GateIssue::InputsDiffer);
    gate.add_if(!found.complete, || GateIssue::FormNotComplete);
    gate.add_if(found.attachments != Some(to_json(&submission.attachments)), || GateIssue::AttachmentsDiffer);
    // Only the renderer that made the reading copy can make it again.
    if submission.engine.renderer == RENDERER {
        gate.add_if(found.view != Some(Sha256::of(&package.view)), || GateIssue::ViewDiffers);
    } else {
        gate.add(GateIssue::ViewNotCompared { renderer: submission.engine.renderer.clone() });
    }
    match found.valid {
        Some(true) => gate.add_if(found.issues != noted(&submission.verdict.issues), || GateIssue::VerdictDiffers),
        Some(false) => {}
        None => gate.add(GateIssue::Limit),
    }
}

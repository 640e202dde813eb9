//! The verdict on what is no package: signed messages, JSON Web Signatures and containers, whoever made them.

use super::trust;
use crate::exit::{Done, Exit};
use crate::files;
use crate::output::{Context, Tone, line};
use crate::signed::{Given, Kind, refuse_content};
use hoso::json::{ToJson, Writer};
use hoso::limits;
use hoso::report::Language;
use hoso::sign::verdict::{Indication, Reason, SignatureVerdict};
use hoso::sign::{SignaturePolicy, Verification, asic, cades, jades};
use hoso::submission::{Outcome, VerifyOptions};
use hoso::text::{Moment, visible};
use std::path::{Path, PathBuf};

/// The verdict on a signed file.
pub struct Answer {
    pub outcome: Outcome,
    pub signatures: Vec<SignatureVerdict>,
    /// Files in a container that some signature covers.
    pub covers: Vec<String>,
    /// Files that a signature does not cover.
    pub uncovered: Vec<String>,
    /// Files that a signature names and that are not there.
    pub absent: Vec<String>,
    /// What is wrong with a container, whatever its signatures.
    pub issues: Vec<Reason>,
    pub received: Moment,
}

impl Answer {
    fn new(signatures: Vec<SignatureVerdict>, received: Moment) -> Self {
        let (outcome, issues) = (Outcome::Undetermined, Vec::new());
        Self { outcome, signatures, covers: Vec::new(), uncovered: Vec::new(), absent: Vec::new(), issues, received }.concluded()
    }

    fn concluded(mut self) -> Self {
        let failed = self.signatures.iter().any(|verdict| verdict.indication == Indication::TotalFailed);
        let passed = !self.signatures.is_empty() && self.signatures.iter().all(SignatureVerdict::passed);
        // A file that nobody signed is no part of what was signed, whatever it is given out for.
        let refused = failed || !self.issues.is_empty() || !self.uncovered.is_empty();
        self.outcome = match (refused, passed && self.absent.is_empty()) {
            (true, _) => Outcome::Refused,
            (false, true) => Outcome::Accepted,
            (false, false) => Outcome::Undetermined,
        };
        self
    }
}

impl Answer {
    /// The answer as a policy has it.
    pub fn held_against(mut self, policy: &SignaturePolicy, language: Language) -> Self {
        let signatures = std::mem::take(&mut self.signatures);
        self.signatures = signatures.into_iter().map(|signature| policy.held_against(signature, language)).collect();
        if self.outcome == Outcome::Accepted && !self.signatures.iter().all(SignatureVerdict::passed) {
            self.outcome = Outcome::Undetermined;
        }
        self
    }
}

impl ToJson for Answer {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("accepted", &(self.outcome == Outcome::Accepted))
                .member("outcome", &self.outcome.name())
                .member("signatures", &self.signatures)
                .member("uncovered", &self.uncovered)
                .member("absent", &self.absent)
                .member("issues", &self.issues)
                .member("receivedAt", &self.received)
        });
    }
}

pub fn judge(kind: Kind, path: &Path, contents: &[PathBuf], options: &VerifyOptions) -> Done<Answer> {
    match kind {
        Kind::Message => message(path, contents, options),
        Kind::Jws => jws(path, contents, options),
        Kind::Container | Kind::Package => container(path, contents, options),
    }
}

fn message(path: &Path, contents: &[PathBuf], options: &VerifyOptions) -> Done<Answer> {
    let bytes = files::read_most(path, limits::SIGNATURE_BYTES)?;
    // A message that cannot be read says so in its verdict.
    let hashes = cades::content_hashes(&bytes).unwrap_or_default();
    let given = Given::beside_message(contents, &hashes)?;
    let content = given.as_ref().map(Given::content);
    Ok(Answer::new(cades::verify(&bytes, content.as_ref(), &trust(options), options.language), options.received))
}

fn jws(path: &Path, contents: &[PathBuf], options: &VerifyOptions) -> Done<Answer> {
    let bytes = files::read_most(path, limits::JSON_BYTES)?;
    let given = contents.iter().map(|path| Given::beside_jws(path)).collect::<Done<Vec<_>>>()?;
    let named: Vec<_> = given.iter().map(|given| (given.name.clone(), given.content())).collect();
    let verify = |given: &jades::Given<'_>| jades::verify_any(&bytes, given, &trust(options), options.language);
    let mut found = verify(&jades::Given { payload: None, files: &named });
    // A signature names files or has one payload; one that names none is over the payload.
    if let ([(_, payload)], true, false) = (named.as_slice(), found.absent.is_empty(), found.uncovered.is_empty()) {
        found = verify(&jades::Given { payload: Some(payload), files: &[] });
    }
    let Verification { signatures, uncovered, absent, .. } = found;
    let verdicts = signatures.into_iter().map(|judged| judged.verdict).collect();
    Ok(Answer { uncovered, absent, ..Answer::new(verdicts, options.received) }.concluded())
}

fn container(path: &Path, contents: &[PathBuf], options: &VerifyOptions) -> Done<Answer> {
    refuse_content(contents)?;
    let bytes = files::read_most(path, limits::ZIP_BYTES)?;
    let found = asic::verify(&bytes, &trust(options), options.language);
    let refused = found.refused();
    let mut covers: Vec<String> = Vec::new();
    for name in found.signatures.iter().flat_map(|signature| &signature.covers) {
        if !covers.contains(name) {
            covers.push(name.clone());
        }
    }
    let verdicts = found.signatures.into_iter().map(|signature| signature.verdict).collect();
    let mut answer =
        Answer { covers, uncovered: found.uncovered, issues: found.issues, ..Answer::new(verdicts, options.received) }.concluded();
    if refused {
        answer.outcome = Outcome::Refused;
    }
    Ok(answer)
}

pub const fn exit(outcome: Outcome) -> Exit {
    match outcome {
        Outcome::Accepted => Exit::Yes,
        Outcome::Refused => Exit::No,
        Outcome::Undetermined => Exit::Undetermined,
    }
}

pub fn tell(answer: &Answer, context: &Context) {
    let (tone, word) = match answer.outcome {
        Outcome::Accepted => (Tone::Good, context.say("✓ Mọi chữ ký đều hợp lệ", "✓ Every signature is valid")),
        Outcome::Refused => (Tone::Bad, context.say("✗ Không chấp nhận", "✗ Refused")),
        Outcome::Undetermined => (Tone::Careful, context.say("? Chưa coi là hợp lệ: chưa xác định được", "? Not held valid: undetermined")),
    };
    line(&context.tone(tone, word));
    for signature in &answer.signatures {
        super::tell_signature(signature, "  ", context);
    }
    for issue in &answer.issues {
        line(&format!("  {} {}  {}", context.tone(Tone::Bad, "✗"), visible(&issue.message), context.tone(Tone::Quiet, issue.code)));
    }
    for (names, text) in [
        (&answer.uncovered, context.say("chữ ký không gồm tệp này:", "no signature covers this file:")),
        (&answer.absent, context.say("thiếu tệp đã ký:", "a signed file is missing:")),
    ] {
        for name in names {
            line(&format!("  {} {text} {}", context.tone(Tone::Bad, "✗"), visible(name)));
        }
    }
}

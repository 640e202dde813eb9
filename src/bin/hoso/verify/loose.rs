//! The verdict on what is no package: signed messages, JSON Web Signatures and containers, whoever made them.

use super::trust;
use crate::exit::{Done, Exit};
use crate::files;
use crate::output::{Context, Tone, line};
use crate::signed::{Given, Kind, refuse_content};
use hoso::cms::Armour;
use hoso::json::{ToJson, Writer};
use hoso::limits;
use hoso::report::Language;
use hoso::sign::file::{self, FileVerdict};
use hoso::sign::{SignaturePolicy, cades};
use hoso::submission::{Outcome, VerifyOptions};
use hoso::text::{Moment, visible};
use std::path::{Path, PathBuf};

/// The verdict on a signed file, and the moment it is for.
pub struct Answer {
    pub verdict: FileVerdict,
    pub received: Moment,
}

impl Answer {
    /// The answer as a policy has it.
    pub fn held_against(self, policy: &SignaturePolicy, language: Language) -> Self {
        Self { verdict: self.verdict.held_against(policy, language), ..self }
    }
}

impl ToJson for Answer {
    fn write(&self, out: &mut Writer) {
        let (verdict, outcome) = (&self.verdict, self.verdict.outcome());
        out.object(|out| {
            out.member("accepted", &(outcome == Outcome::Accepted))
                .member("outcome", &outcome.name())
                .member("signatures", &verdict.signatures)
                .member("uncovered", &verdict.uncovered)
                .member("absent", &verdict.absent)
                .member("issues", &verdict.issues)
                .member("receivedAt", &self.received)
        });
    }
}

pub fn judge(kind: Kind, path: &Path, contents: &[PathBuf], options: &VerifyOptions) -> Done<Answer> {
    let (bytes, given) = match kind {
        Kind::Message => {
            let bytes = files::read_most(path, Armour::BYTES)?;
            // A message that cannot be read says so in its verdict.
            let hashes = Armour::open(&bytes).ok().and_then(|(_, message)| cades::content_hashes(&message).ok()).unwrap_or_default();
            let given = Given::beside_message(contents, &hashes)?;
            (bytes, Vec::from_iter(given))
        }
        Kind::Jws => {
            let bytes = files::read_most(path, limits::JSON_BYTES)?;
            (bytes, contents.iter().map(|path| Given::beside_jws(path)).collect::<Done<_>>()?)
        }
        Kind::Container | Kind::Package => {
            refuse_content(contents)?;
            (files::read_most(path, limits::ZIP_BYTES)?, Vec::new())
        }
    };
    let named: Vec<_> = given.iter().map(|given| (given.name.clone(), given.content())).collect();
    Ok(Answer { verdict: file::verify(&bytes, &named, &trust(options), options.language), received: options.received })
}

pub const fn exit(outcome: Outcome) -> Exit {
    match outcome {
        Outcome::Accepted => Exit::Yes,
        Outcome::Refused => Exit::No,
        Outcome::Undetermined => Exit::Undetermined,
    }
}

pub fn tell(answer: &Answer, context: &Context) {
    let verdict = &answer.verdict;
    let (tone, word) = match verdict.outcome() {
        Outcome::Accepted => (Tone::Good, context.say("✓ Mọi chữ ký đều hợp lệ", "✓ Every signature is valid")),
        Outcome::Refused => (Tone::Bad, context.say("✗ Không chấp nhận", "✗ Refused")),
        Outcome::Undetermined => (Tone::Careful, context.say("? Chưa coi là hợp lệ: chưa xác định được", "? Not held valid: undetermined")),
    };
    line(&context.tone(tone, word));
    for signature in &verdict.signatures {
        super::tell_signature(signature, "  ", context);
    }
    for issue in &verdict.issues {
        line(&format!("  {} {}  {}", context.tone(Tone::Bad, "✗"), visible(&issue.message), context.tone(Tone::Quiet, issue.code)));
    }
    for (names, text) in [
        (&verdict.uncovered, context.say("chữ ký không gồm tệp này:", "no signature covers this file:")),
        (&verdict.absent, context.say("thiếu tệp đã ký:", "a signed file is missing:")),
    ] {
        for name in names {
            line(&format!("  {} {text} {}", context.tone(Tone::Bad, "✗"), visible(name)));
        }
    }
}

//! The gate: what a package must be beside validly signed. Existing validators are lax here; hoso is not.

use crate::dossier;
use crate::dossier::Submission;
use crate::json::{ReadError, ToJson, Writer};
use crate::limits;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts, Language, sentence};
use crate::sign::Loose;
use crate::text::Moment;
use std::fmt;

/// What a package did that keeps it from being accepted, whatever its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum GateIssue {
    /// `submission.json` names another portal.
    Audience { expected: String, found: String },
    /// An attachment's content is of another type than the submission says.
    AttachmentMediaType { part: String, claimed: String },
    /// The form's list of attachments is not the submission's.
    AttachmentsDiffer,
    /// The submission was made before its form was checked, or after it was signed or received.
    CreatedAt,
    /// `form.json` or `schema.json` is not in canonical form.
    NotCanonical { part: &'static str },
    /// `form.json` holds something that is not relevant, or lacks something that is computed.
    FormNotComplete,
    /// `form.json` cannot be read.
    FormUnreadable(ReadError),
    /// The check used something that was not given to the verifier.
    InputMissing { name: String },
    /// The submission names other inputs than the check used, or other answers of databases than the form holds.
    InputsDiffer,
    /// `form.json` and `schema.json` together exceed a limit.
    Limit,
    /// A part has another size or digest than the submission says.
    PartDiffers { part: String },
    /// A part that the submission or the signature names is not there.
    PartMissing { part: String },
    /// The signature does not cover a part.
    PartNotSigned { part: String },
    /// The signature has the parts in another order than the package.
    PartOrder,
    /// A part is there that the submission does not name.
    PartUnlisted { part: String },
    /// The submission names another procedure than its schema.
    ProcedureDiffers,
    /// The schema is not on the portal's list.
    SchemaNotAllowed { schema: String },
    /// `schema.json` does not compile.
    SchemaUnusable { path: String, problem: String },
    /// The moment for which the form was checked lies after the receipt.
    SealedAhead,
    /// The moment for which the form was checked lies too long before the receipt.
    SealedLongAgo,
    /// The signer's claim of the time lies after the receipt.
    SignedAhead,
    /// The signature file carries something that its signer did not sign and that does not hold by itself.
    Unsigned(Loose),
    /// The submission notes other issues than the check finds.
    VerdictDiffers,
    /// `view.html` is not what the form and the schema give.
    ViewDiffers,
    /// `view.html` was made by another version of the renderer, so it could not be compared: the signer may have seen something else.
    ViewNotCompared { renderer: String },
}

impl GateIssue {
    /// Whether the package is refused with this issue. With any other it is not accepted, but nothing says that it is wrong.
    #[must_use]
    pub const fn refuses(&self) -> bool {
        !matches!(self, Self::InputMissing { .. } | Self::Unsigned(_) | Self::ViewNotCompared { .. })
    }

    /// The part it is about, when it is about one.
    #[must_use]
    pub fn part(&self) -> Option<&str> {
        match self {
            Self::AttachmentMediaType { part, .. }
            | Self::PartDiffers { part }
            | Self::PartMissing { part }
            | Self::PartNotSigned { part }
            | Self::PartUnlisted { part } => Some(part),
            Self::NotCanonical { part } => Some(part),
            Self::FormNotComplete | Self::FormUnreadable(_) | Self::AttachmentsDiffer => Some(dossier::FORM),
            Self::SchemaNotAllowed { .. } | Self::SchemaUnusable { .. } => Some(dossier::SCHEMA),
            Self::ViewDiffers | Self::ViewNotCompared { .. } => Some(dossier::VIEW),
            Self::Audience { .. }
            | Self::CreatedAt
            | Self::InputMissing { .. }
            | Self::InputsDiffer
            | Self::ProcedureDiffers
            | Self::VerdictDiffers => Some(dossier::SUBMISSION),
            // About the signature file, whose name the format gives.
            Self::PartOrder | Self::SignedAhead | Self::Unsigned(_) | Self::Limit | Self::SealedAhead | Self::SealedLongAgo => None,
        }
    }
}

impl Coded for GateIssue {
    fn code(&self) -> &'static str {
        match self {
            Self::Audience { .. } => "gate.audience",
            Self::AttachmentMediaType { .. } => "gate.attachment-media-type",
            Self::AttachmentsDiffer => "gate.attachments-differ",
            Self::CreatedAt => "gate.created-at",
            Self::NotCanonical { .. } => "gate.not-canonical",
            Self::FormNotComplete => "gate.form-not-complete",
            Self::FormUnreadable(_) => "gate.form-unreadable",
            Self::InputMissing { .. } => "gate.input-missing",
            Self::InputsDiffer => "gate.inputs-differ",
            Self::Limit => "gate.limit",
            Self::PartDiffers { .. } => "gate.part-differs",
            Self::PartMissing { .. } => "gate.part-missing",
            Self::PartNotSigned { .. } => "gate.part-not-signed",
            Self::PartOrder => "gate.part-order",
            Self::PartUnlisted { .. } => "gate.part-unlisted",
            Self::ProcedureDiffers => "gate.procedure-differs",
            Self::SchemaNotAllowed { .. } => "gate.schema-not-allowed",
            Self::SchemaUnusable { .. } => "gate.schema-unusable",
            Self::SealedAhead => "gate.sealed-ahead",
            Self::SealedLongAgo => "gate.sealed-long-ago",
            Self::SignedAhead => "gate.signed-ahead",
            Self::Unsigned(Loose::CounterSignature) => "gate.unsigned-counter-signature",
            Self::Unsigned(Loose::Evidence) => "gate.unsigned-evidence",
            Self::Unsigned(Loose::Timestamp) => "gate.unsigned-timestamp",
            Self::Unsigned(Loose::Unknown) => "gate.unsigned-unknown",
            Self::VerdictDiffers => "gate.verdict-differs",
            Self::ViewDiffers => "gate.view-differs",
            Self::ViewNotCompared { .. } => "gate.view-not-compared",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::SUBMISSION
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::Audience { expected, found } => facts.with("expected", expected).with("found", found),
            Self::AttachmentMediaType { part, claimed } => facts.with("part", part).with("claimed", claimed),
            Self::NotCanonical { part } => facts.with("part", *part),
            Self::FormUnreadable(error) => {
                facts.with("line", error.position.line).with("column", error.position.column).with("problem", error.code())
            }
            Self::InputMissing { name } => facts.with("name", name),
            Self::PartDiffers { part } | Self::PartMissing { part } | Self::PartNotSigned { part } | Self::PartUnlisted { part } => {
                facts.with("part", part)
            }
            Self::SchemaNotAllowed { schema } => facts.with("schema", schema),
            Self::SchemaUnusable { path, problem } => facts.with("path", path).with("problem", problem),
            Self::SealedLongAgo => facts.with("hours", limits::SEALED_AGE_SECONDS.unsigned_abs() / 3_600),
            Self::SealedAhead | Self::SignedAhead => facts.with("minutes", limits::CLOCK_AHEAD_SECONDS.unsigned_abs() / 60),
            Self::ViewNotCompared { renderer } => facts.with("renderer", renderer),
            _ => facts,
        }
    }
}

impl fmt::Display for GateIssue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Audience { expected, found } => write!(out, "submission is for `{found}`, not `{expected}`"),
            Self::AttachmentMediaType { part, claimed } => write!(out, "content of `{part}` is not `{claimed}`"),
            Self::AttachmentsDiffer => out.write_str("attachments of form.json are not those of submission.json"),
            Self::CreatedAt => out.write_str("createdAt does not lie between check and signature"),
            Self::NotCanonical { part } => write!(out, "`{part}` is not in canonical form"),
            Self::FormNotComplete => out.write_str("form.json is not the data as it counts"),
            Self::FormUnreadable(error) => write!(out, "form.json: {error}"),
            Self::InputMissing { name } => write!(out, "input `{name}` was not given"),
            Self::InputsDiffer => out.write_str("submission.json names other inputs than the check used or the form holds"),
            Self::Limit => out.write_str("form.json and schema.json together exceed a limit"),
            Self::PartDiffers { part } => write!(out, "`{part}` is not the part that submission.json names"),
            Self::PartMissing { part } => write!(out, "part `{part}` is missing"),
            Self::PartNotSigned { part } => write!(out, "part `{part}` is not signed"),
            Self::PartOrder => out.write_str("parts are signed in another order"),
            Self::PartUnlisted { part } => write!(out, "part `{part}` is not in submission.json"),
            Self::ProcedureDiffers => out.write_str("submission.json names another procedure than schema.json"),
            Self::SchemaNotAllowed { schema } => write!(out, "schema `{schema}` is not on the list"),
            Self::SchemaUnusable { path, problem } => write!(out, "schema.json does not compile: `{problem}` at `{path}`"),
            Self::SealedAhead => out.write_str("form was checked for a moment after the receipt"),
            Self::SealedLongAgo => out.write_str("form was checked too long before the receipt"),
            Self::SignedAhead => out.write_str("signing time lies after the receipt"),
            Self::Unsigned(Loose::CounterSignature) => out.write_str("a counter-signature does not pass"),
            Self::Unsigned(Loose::Evidence) => out.write_str("a certificate, list or answer beside the signature does not hold"),
            Self::Unsigned(Loose::Timestamp) => out.write_str("a timestamp does not hold"),
            Self::Unsigned(Loose::Unknown) => out.write_str("the signature carries what nobody signed and hoso does not know"),
            Self::VerdictDiffers => out.write_str("submission.json notes other issues than are found"),
            Self::ViewDiffers => out.write_str("view.html is not what form.json gives"),
            Self::ViewNotCompared { renderer } => write!(out, "view.html of renderer `{renderer}` was not compared"),
        }
    }
}

impl std::error::Error for GateIssue {}

/// An issue as a verdict lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateEntry {
    /// The stable code.
    pub code: &'static str,
    /// The part it is about.
    pub part: Option<String>,
    /// What the sentence says of the input.
    pub params: Facts,
    /// The sentence.
    pub message: String,
}

impl ToJson for GateEntry {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("code", &self.code).member("part", &self.part).member("params", &self.params).member("message", &self.message)
        });
    }
}

impl GateEntry {
    /// The entry of an issue, in a language.
    pub(super) fn of(issue: &dyn Coded, part: Option<&str>, language: Language) -> Self {
        Self { code: issue.code(), part: part.map(str::to_owned), params: issue.facts(), message: sentence(issue, language) }
    }
}

/// Gives what speaks against the times of a submission, received at a moment and signed at another, as far as the signer says.
pub(super) fn times(submission: &Submission, issued: Option<i64>, received: Moment, mut give: impl FnMut(GateIssue)) {
    let received = received.instant().unix();
    let (checked, created) = (submission.verdict.now.instant().unix(), submission.created_at.instant().unix());
    let latest = received.saturating_add(limits::CLOCK_AHEAD_SECONDS);
    let signed_latest = issued.map_or(latest, |issued| issued.saturating_add(limits::CLOCK_AHEAD_SECONDS).min(latest));
    for (speaks, issue) in [
        (received.saturating_sub(checked) > limits::SEALED_AGE_SECONDS, GateIssue::SealedLongAgo),
        (checked > latest, GateIssue::SealedAhead),
        (issued.is_some_and(|issued| issued > latest), GateIssue::SignedAhead),
        (created < checked || created > signed_latest, GateIssue::CreatedAt),
    ] {
        if speaks {
            give(issue);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Position, ReadProblem};
    use crate::report::catalogue::check::speaks_both_languages;

    fn name() -> String {
        "att/01-a.pdf".to_owned()
    }

    fn unreadable() -> ReadError {
        ReadError { problem: ReadProblem::EndsEarly, position: Position { line: 3, column: 14 } }
    }

    #[test]
    fn every_issue_of_the_gate_speaks_both_languages() {
        let errors = [
            GateIssue::Audience { expected: name(), found: name() },
            GateIssue::AttachmentMediaType { part: name(), claimed: "a/b".to_owned() },
            GateIssue::AttachmentsDiffer,
            GateIssue::Unsigned(Loose::CounterSignature),
            GateIssue::Unsigned(Loose::Evidence),
            GateIssue::Unsigned(Loose::Timestamp),
            GateIssue::Unsigned(Loose::Unknown),
            GateIssue::FormNotComplete,
            GateIssue::CreatedAt,
            GateIssue::NotCanonical { part: "form.json" },
            GateIssue::FormUnreadable(unreadable()),
            GateIssue::InputMissing { name: name() },
            GateIssue::InputsDiffer,
            GateIssue::Limit,
            GateIssue::PartDiffers { part: name() },
            GateIssue::PartMissing { part: name() },
            GateIssue::PartNotSigned { part: name() },
            GateIssue::PartOrder,
            GateIssue::PartUnlisted { part: name() },
            GateIssue::ProcedureDiffers,
            GateIssue::SchemaNotAllowed { schema: name() },
            GateIssue::SchemaUnusable { path: "/a".to_owned(), problem: "schema.keyword-unknown".to_owned() },
            GateIssue::SealedAhead,
            GateIssue::SealedLongAgo,
            GateIssue::SignedAhead,
            GateIssue::VerdictDiffers,
            GateIssue::ViewDiffers,
            GateIssue::ViewNotCompared { renderer: "0".to_owned() },
        ];
        speaks_both_languages("gate.", &errors);
    }
}

//! `hoso verify`: the verdict on a package.

use crate::args::{Revocation, Verify};
use crate::exit::{Done, Exit, Failed};
use crate::files;
use crate::output::{Context, Tone, line};
use crate::sign::schema_id;
use hoso::pki::crl::Crl;
use hoso::pki::ocsp::Response;
use hoso::pki::{Certificate, Policy};
use hoso::sign::verdict::{Indication, SignatureVerdict};
use hoso::submission::{Intake, Outcome, Package, PackageError, Verdict, VerifyOptions, verify};
use hoso::wire;
use std::path::Path;

pub fn run(options: &Verify, context: &Context) -> Done {
    let options_read = read(options, context)?;
    let verdict = match package(&options.package)? {
        Ok(package) => verify(&package, &options_read),
        Err(PackageError::NotAPackage) => return Err(Failed::unusable(PackageError::NotAPackage)),
        Err(error) => Verdict::unreadable(&error, options_read.received, context.language),
    };
    if context.json {
        line(&wire::pretty(&verdict));
    } else {
        tell(&verdict, options_read.schemas.is_some(), context);
    }
    Ok(match verdict.outcome {
        Outcome::Accepted => Exit::Yes,
        Outcome::Refused => Exit::No,
        Outcome::Undetermined => Exit::Undetermined,
    })
}

fn read(options: &Verify, context: &Context) -> Done<VerifyOptions> {
    let mut anchors = Vec::new();
    for path in &options.trust {
        anchors.extend(Certificate::read_all(&files::read(path)?)?);
    }
    let mut crls = Vec::new();
    for path in &options.crl {
        crls.extend(Crl::read_all(&files::read(path)?)?);
    }
    let mut answers = Vec::new();
    for path in &options.ocsp {
        answers.extend(Response::read_all(&files::read(path)?)?);
    }
    let mut certificates = Vec::new();
    for path in &options.chain {
        certificates.extend(Certificate::read_all(&files::read(path)?)?);
    }
    let schemas = options.schema_allow.iter().map(|text| schema_id(text)).collect::<Done<Vec<_>>>()?;
    Ok(VerifyOptions {
        anchors,
        certificates,
        crls,
        answers,
        revocation: match options.revocation {
            Revocation::Require => Policy::Require,
            Revocation::IfAvailable => Policy::IfAvailable,
            Revocation::None => Policy::None,
        },
        schemas: (!schemas.is_empty()).then_some(schemas),
        audience: options.audience.clone(),
        code_lists: Some(options.codes.read()?),
        received: files::moment(options.received_at.as_deref())?,
        language: context.language,
    })
}

/// Reads a package piece by piece: attachments are hashed, never held.
pub fn package(path: &Path) -> Done<Result<Package, PackageError>> {
    let mut intake = Intake::default();
    Ok(match files::stream(path, |piece| intake.push(piece))? {
        Ok(()) => intake.finish(),
        Err(error) => Err(error),
    })
}

fn tell(verdict: &Verdict, listed: bool, context: &Context) {
    let (tone, word) = match verdict.outcome {
        Outcome::Accepted => (
            Tone::Good,
            context.say("✓ Chấp nhận. Hồ sơ đúng và chữ ký hợp lệ", "✓ Accepted. The dossier is right and its signature valid"),
        ),
        Outcome::Refused => (Tone::Bad, context.say("✗ Không chấp nhận", "✗ Refused")),
        Outcome::Undetermined => (Tone::Careful, context.say("? Chưa coi là hợp lệ: chưa xác định được", "? Not held valid: undetermined")),
    };
    line(&context.tone(tone, word));
    for signature in &verdict.signatures {
        tell_signature(signature, context);
    }
    for entry in &verdict.gate {
        line(&format!("  {} {}", context.tone(Tone::Bad, "✗"), entry.message));
        line(&context.tone(Tone::Quiet, &format!("      {}  [{}]", entry.part.as_deref().unwrap_or("-"), entry.code)));
    }
    if let Some(report) = &verdict.validation {
        context.report(context.say("  Biểu mẫu", "  Form"), report);
    }
    if let Some(submission) = verdict.submission.as_ref().filter(|_| verdict.accepted) {
        line(&format!("  {} {} {}", context.say("Thủ tục:", "Procedure:"), submission.procedure.code, submission.procedure.version));
        line(&format!("  {} {}", context.say("Hồ sơ:", "Dossier:"), submission.dossier.id));
        let schema = submission.schema.id.id();
        line(&format!("  {} {schema}", context.say("Bộ quy tắc:", "Schema:")));
        if !listed {
            line(&format!(
                "    {}",
                context.say(
                    "chưa đối chiếu với danh sách của cổng: thêm --schema-allow",
                    "not held against the portal's list: add --schema-allow"
                )
            ));
        }
        for claim in &verdict.claims {
            let status = match &*claim.status {
                "match" => context.say("khớp", "match"),
                "mismatch" => context.say("không khớp", "mismatch"),
                _ => context.say("chưa tra cứu được", "unavailable"),
            };
            let source = claim.source.as_deref().map(|source| format!(", {source}")).unwrap_or_default();
            let word = context.say("Tra cứu lại:", "Ask again:");
            line(&format!("  {word} {}  {status}{source}", claim.path));
        }
    }
}

fn tell_signature(signature: &SignatureVerdict, context: &Context) {
    let tone = match signature.indication {
        Indication::TotalPassed => Tone::Good,
        Indication::TotalFailed => Tone::Bad,
        Indication::Indeterminate => Tone::Careful,
    };
    let sub = signature.sub_indication.map(|sub| format!("/{}", sub.name())).unwrap_or_default();
    let name = signature.signer.as_ref().map_or("?", |signer| &signer.name);
    line(&format!(
        "  {} {} {name}",
        context.tone(tone, &format!("{}{sub}", signature.indication.name())),
        context.say("chữ ký của", "signature of")
    ));
    if let Some(signer) = signature.signer.as_ref() {
        let until = signer.not_after.get(..10).unwrap_or_default();
        line(&context.tone(
            Tone::Quiet,
            &format!(
                "      {}, {} {until}, {} {}",
                signer.issuer,
                context.say("chứng thư số đến", "certificate until"),
                context.say("số", "serial"),
                signer.serial
            ),
        ));
    }
    for reason in &signature.reasons {
        line(&format!("      {}  {}", reason.message, context.tone(Tone::Quiet, &format!("[{}]", reason.code))));
    }
}

/// The package, where one that cannot be read leaves nothing to do.
pub fn readable(package: Result<Package, PackageError>) -> Done<Package> {
    package.map_err(Failed::unusable)
}

//! `hoso verify`: the verdict on a package, or on anybody's signature.

mod bulk;
pub mod loose;
mod page;
mod several;

use crate::args::{Revocation, TrustArgs, Verify};
use crate::exit::{CliError, Done, Exit, Failed};
use crate::files;
use crate::output::{Context, Tone, line};
use crate::sign::schema_id;
use crate::signed::{Kind, kind, refuse_content};
use hoso::json::{ToJson, Writer};
use hoso::pki::crl::Crl;
use hoso::pki::ocsp::Response;
use hoso::pki::{Certificate, Policy};
use hoso::sign::verdict::{Indication, SignatureVerdict};
use hoso::sign::{SignaturePolicy, Trust};
use hoso::submission::chain::Link;
use hoso::submission::{Intake, Outcome, Package, PackageError, Verdict, VerifyOptions, verify};
use hoso::text::{Moment, visible};
use hoso::wire;
use std::path::{Path, PathBuf};

pub fn run(options: &Verify, context: &Context) -> Done {
    let mut read = read(options, context)?;
    if let Some(list) = &options.ndjson {
        return bulk::run(list, options, &read, context);
    }
    let report = options.report.as_deref().map(report_kind).transpose()?;
    if let Some((place, _)) = report {
        files::spare(place, options.packages.iter().chain(&options.content))?;
    }
    let [path] = options.packages.as_slice() else {
        return several::run(options, &mut read, report, context);
    };
    let judged = judge(path, options, &read)?;
    if let Some((place, as_page)) = report {
        let text = if as_page { page::page(&files::name(path)?, &judged, context) } else { wire::pretty(&judged) };
        files::write_all(place, text.as_bytes())?;
    }
    if context.json {
        line(&wire::pretty(&judged));
    } else {
        judged.tell(options, context);
    }
    Ok(judged.exit())
}

/// Where a report goes, and whether it is a page for people.
fn report_kind(place: &Path) -> Done<(&Path, bool)> {
    match place.extension().and_then(|ending| ending.to_str()) {
        Some("html") => Ok((place, true)),
        Some("json") => Ok((place, false)),
        _ => Err(CliError::Report { file: place.display().to_string() }.into()),
    }
}

/// The verdict on a file.
enum Judged {
    Package(Box<Verdict>),
    Loose(loose::Answer),
}

impl Judged {
    /// The verdict in a word, and the moment it is for.
    fn conclusion(&self) -> (Outcome, Moment) {
        match self {
            Self::Package(verdict) => (verdict.outcome, verdict.received_at),
            Self::Loose(answer) => (answer.verdict.outcome(), answer.received),
        }
    }

    fn exit(&self) -> Exit {
        loose::exit(self.conclusion().0)
    }

    /// What it says of its place among other packages.
    fn link(&self) -> Option<Link> {
        match self {
            Self::Package(verdict) => Link::of(verdict),
            Self::Loose(_) => None,
        }
    }

    fn tell(&self, options: &Verify, context: &Context) {
        match self {
            Self::Package(verdict) => tell(verdict, !options.schema_allow.is_empty(), context),
            Self::Loose(answer) => loose::tell(answer, context),
        }
    }
}

impl ToJson for Judged {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Package(verdict) => verdict.write(out),
            Self::Loose(answer) => answer.write(out),
        }
    }
}

fn judge(path: &Path, options: &Verify, read: &VerifyOptions) -> Done<Judged> {
    let judged = judge_by_the_norm(path, options, read)?;
    let Some(policy) = policy(options.policy.as_deref())? else { return Ok(judged) };
    Ok(match judged {
        Judged::Package(verdict) => Judged::Package(Box::new(verdict.held_against(&policy, read.language))),
        Judged::Loose(answer) => Judged::Loose(answer.held_against(&policy, read.language)),
    })
}

/// The policy of a name, or of a file.
fn policy(asked: Option<&str>) -> Done<Option<SignaturePolicy>> {
    let Some(asked) = asked else { return Ok(None) };
    match SignaturePolicy::named(asked) {
        Some(policy) => Ok(Some(policy)),
        None => Ok(Some(SignaturePolicy::read(files::read(Path::new(asked))?)?)),
    }
}

fn judge_by_the_norm(path: &Path, options: &Verify, read: &VerifyOptions) -> Done<Judged> {
    let kind = kind(path)?;
    if kind != Kind::Package {
        // Who asks for a dossier of some kind takes no other signed file for it.
        if !options.schema_allow.is_empty() || options.audience.is_some() || !options.codes.lists.is_empty() {
            return Err(Failed::unusable(PackageError::NotAPackage));
        }
        return Ok(Judged::Loose(loose::judge(kind, path, &options.content, read)?));
    }
    refuse_content(&options.content)?;
    Ok(Judged::Package(Box::new(match package(path)? {
        Ok(package) => verify(&package, read),
        Err(PackageError::NotAPackage) => return Err(Failed::unusable(PackageError::NotAPackage)),
        Err(error) => Verdict::unreadable(&error, read.received, read.language),
    })))
}

/// How a command ends that comes to this conclusion of one signature.
pub const fn exit_of(indication: Indication) -> Exit {
    match indication {
        Indication::TotalPassed => Exit::Yes,
        Indication::TotalFailed => Exit::No,
        Indication::Indeterminate => Exit::Undetermined,
    }
}

/// What is believed of signatures.
pub fn trust(options: &VerifyOptions) -> Trust<'_> {
    Trust {
        anchors: &options.anchors,
        certificates: &options.certificates,
        crls: &options.crls,
        answers: &options.answers,
        revocation: options.revocation,
        received: options.received.instant(),
    }
}

fn read(options: &Verify, context: &Context) -> Done<VerifyOptions> {
    let (given, files) = (options.received_at.len(), options.packages.len());
    if given > 1 && given != files {
        return Err(CliError::Moments { given: given as u64, files: files as u64 }.into());
    }
    let schemas = options.schema_allow.iter().map(|text| schema_id(text)).collect::<Done<Vec<_>>>()?;
    Ok(VerifyOptions {
        schemas: (!schemas.is_empty()).then_some(schemas),
        audience: options.audience.clone(),
        code_lists: Some(options.codes.read()?),
        ..believed(&options.trust, options.received_at.first().map(String::as_str), context)?
    })
}

/// Certificates, lists and answers, read.
pub fn believed(options: &TrustArgs, received: Option<&str>, context: &Context) -> Done<VerifyOptions> {
    let mut read = VerifyOptions {
        anchors: certificates(&options.trust)?,
        certificates: certificates(&options.chain)?,
        crls: Vec::new(),
        answers: Vec::new(),
        revocation: match options.revocation {
            Revocation::Require => Policy::Require,
            Revocation::IfAvailable => Policy::IfAvailable,
            Revocation::None => Policy::None,
        },
        schemas: None,
        audience: None,
        code_lists: None,
        received: files::moment(received)?,
        language: context.language,
    };
    for path in &options.crl {
        read.crls.extend(Crl::read_all(&files::read(path)?)?);
    }
    for path in &options.ocsp {
        read.answers.extend(Response::read_all(&files::read(path)?)?);
    }
    Ok(read)
}

fn certificates(paths: &[PathBuf]) -> Done<Vec<Certificate>> {
    let mut found = Vec::new();
    for path in paths {
        found.extend(Certificate::read_all(&files::read(path)?)?);
    }
    Ok(found)
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
        tell_signature(signature, "  ", context);
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
        if let Some(digest) = submission.supersedes {
            line(&format!("  {} {}", context.say("Bổ sung cho:", "Supplements:"), digest.id()));
        }
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

fn tell_signature(signature: &SignatureVerdict, indent: &str, context: &Context) {
    let tone = match signature.indication {
        Indication::TotalPassed => Tone::Good,
        Indication::TotalFailed => Tone::Bad,
        Indication::Indeterminate => Tone::Careful,
    };
    let sub = signature.sub_indication.map(|sub| format!("/{}", sub.name())).unwrap_or_default();
    let name = signature.signer.as_ref().map_or("?", |signer| &signer.name);
    let head = context.tone(tone, &format!("{}{sub}", signature.indication.name()));
    line(&format!("{indent}{head} {} {}", context.say("chữ ký của", "signature of"), visible(name)));
    for row in rows(signature, context) {
        line(&context.tone(Tone::Quiet, &format!("{indent}    {}", visible(&row))));
    }
    for reason in &signature.reasons {
        line(&format!("{indent}    {}  {}", visible(&reason.message), context.tone(Tone::Quiet, &format!("[{}]", reason.code))));
    }
    for timestamp in &signature.timestamps {
        let (tone, mark) = if timestamp.valid { (Tone::Good, "✓") } else { (Tone::Careful, "?") };
        let by = timestamp.authority.as_ref().map_or("?", |authority| &authority.name);
        let text = format!("{} {}, {by}", context.say("dấu thời gian", "timestamp"), timestamp.time.as_deref().unwrap_or("?"));
        line(&format!("{indent}    {} {}", context.tone(tone, mark), visible(&text)));
        for reason in &timestamp.reasons {
            line(&format!("{indent}      {}  {}", visible(&reason.message), context.tone(Tone::Quiet, &format!("[{}]", reason.code))));
        }
    }
    for counter in &signature.counter_signatures {
        line(&format!("{indent}    {}", context.say("ký xác nhận lên chữ ký này:", "countersigned:")));
        tell_signature(counter, &format!("{indent}      "), context);
    }
}

/// Who signed, by what certificate, and when.
pub fn rows(signature: &SignatureVerdict, context: &Context) -> Vec<String> {
    let mut rows = Vec::new();
    if let Some(signer) = signature.signer.as_ref() {
        let until = signer.not_after.get(..10).unwrap_or_default();
        let (valid, serial) = (context.say("chứng thư số đến", "certificate until"), context.say("số", "serial"));
        rows.push(format!("{}, {valid} {until}, {serial} {}", signer.issuer, signer.serial));
        let numbers = [
            (context.say("số định danh cá nhân:", "personal number:"), &signer.personal_id),
            (context.say("mã số thuế:", "tax number:"), &signer.tax_code),
        ];
        rows.extend(numbers.iter().filter_map(|(word, number)| number.as_ref().map(|number| format!("{word} {number}"))));
    }
    let facts = [
        (context.say("người ký ghi lúc", "time as claimed"), signature.signing_time.as_deref()),
        (context.say("chứng minh được lúc", "time as proven"), signature.proven_time.as_deref()),
        (context.say("mức", "level"), signature.level),
    ];
    let told: Vec<_> = facts.iter().filter_map(|(word, fact)| fact.map(|fact| format!("{word} {fact}"))).collect();
    if !told.is_empty() {
        rows.push(told.join(", "));
    }
    rows
}

/// The package, where one that cannot be read leaves nothing to do.
pub fn readable(package: Result<Package, PackageError>) -> Done<Package> {
    package.map_err(Failed::unusable)
}

//! `hoso inspect`: what a package or another signed file holds. Nothing is judged; for that there is `hoso verify`.

use crate::args::Inspect;
use crate::exit::{Done, Exit};
use crate::files;
use crate::output::{Context, Tone, line};
use crate::sign::short;
use crate::signed::{Kind, kind, refuse_content};
use crate::verify::{loose, package, readable, rows};
use hoso::json::{ToJson, Writer};
use hoso::pki::Policy;
use hoso::sign::verdict::SignatureVerdict;
use hoso::submission::{Package, Submission, VerifyOptions};
use hoso::text::visible;
use hoso::wire;

pub fn run(options: &Inspect, context: &Context) -> Done {
    let kind = kind(&options.package)?;
    if kind != Kind::Package {
        return loosely(kind, options, context);
    }
    refuse_content(&options.content)?;
    let package = readable(package(&options.package)?)?;
    let inspection = wire::Inspection::of(&package).map_err(crate::exit::Failed::unusable)?;
    if context.json {
        line(&wire::pretty(&inspection));
    } else {
        tell(&package, &inspection.submission, context);
    }
    Ok(Exit::Yes)
}

/// What can be read of any other signed file.
fn loosely(kind: Kind, options: &Inspect, context: &Context) -> Done {
    // Believing nobody, everything that stands in the signatures is read, and what is concluded is left aside.
    let nobody = VerifyOptions {
        anchors: Vec::new(),
        certificates: Vec::new(),
        crls: Vec::new(),
        answers: Vec::new(),
        revocation: Policy::None,
        schemas: None,
        audience: None,
        code_lists: None,
        received: files::moment(None)?,
        language: context.language,
    };
    let answer = loose::judge(kind, &options.package, &options.content, &nobody)?.verdict;
    if context.json {
        let signatures: Vec<_> = answer.signatures.iter().map(Shown).collect();
        line(&wire::pretty(&Holding { kind, signatures, covers: &answer.covers, absent: &answer.absent, uncovered: &answer.uncovered }));
        return Ok(Exit::Yes);
    }
    not_judged(context);
    for signature in &answer.signatures {
        tell_signature(signature, "  ", context);
    }
    for (title, names) in [
        (context.say("Chữ ký gồm:", "Signed:"), &answer.covers),
        (context.say("Đã ký nhưng không có ở đây:", "Signed and not here:"), &answer.absent),
        (context.say("Không được ký:", "Not signed:"), &answer.uncovered),
    ] {
        names.iter().for_each(|name| line(&format!("  {title} {}", visible(name))));
    }
    Ok(Exit::Yes)
}

fn tell_signature(signature: &SignatureVerdict, indent: &str, context: &Context) {
    let name = signature.signer.as_ref().map_or("?", |signer| &signer.name);
    line(&format!("{indent}{} {}", context.say("Chữ ký của", "Signature of"), visible(name)));
    for row in rows(signature, context) {
        line(&format!("{indent}    {}", visible(&row)));
    }
    for timestamp in &signature.timestamps {
        let by = timestamp.authority.as_ref().map_or("?", |authority| &authority.name);
        let time = timestamp.time.as_deref().unwrap_or("?");
        line(&format!("{indent}    {} {time}, {}", context.say("dấu thời gian", "timestamp"), visible(by)));
    }
    for counter in &signature.counter_signatures {
        tell_signature(counter, &format!("{indent}    "), context);
    }
}

struct Holding<'h> {
    kind: Kind,
    signatures: Vec<Shown<'h>>,
    covers: &'h [String],
    absent: &'h [String],
    uncovered: &'h [String],
}

impl ToJson for Holding<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("kind", &self.kind.name())
                .member("signatures", &self.signatures)
                .member("covers", &self.covers)
                .member("absent", &self.absent)
                .member("uncovered", &self.uncovered)
        });
    }
}

/// What a signature says, without any conclusion.
struct Shown<'s>(&'s SignatureVerdict);

impl ToJson for Shown<'_> {
    fn write(&self, out: &mut Writer) {
        let signature = self.0;
        let times: Vec<_> = signature.timestamps.iter().filter_map(|timestamp| timestamp.time.as_ref()).collect();
        let counters: Vec<_> = signature.counter_signatures.iter().map(Shown).collect();
        out.object(|out| {
            out.member("algorithm", &signature.algorithm)
                .member("signer", &signature.signer)
                .member("signingTime", &signature.signing_time)
                .member("commitment", &signature.commitment)
                .member("timestamps", &times)
                .member("counterSignatures", &counters)
        });
    }
}

fn not_judged(context: &Context) {
    let text =
        context.say("Chưa kiểm tra chữ ký. Dùng hoso verify để kiểm tra.", "The signature was not checked. Use hoso verify for that.");
    line(&context.tone(Tone::Strong, text));
}

fn tell(package: &Package, submission: &Submission, context: &Context) {
    not_judged(context);
    let row = |name: &str, value: &str| line(&format!("  {name:<14} {}", visible(value)));
    row(context.say("Thủ tục", "Procedure"), &format!("{} {}", submission.procedure.code, submission.procedure.version));
    row(context.say("Nơi nhận", "Audience"), &submission.audience);
    row(context.say("Hồ sơ", "Dossier"), &submission.dossier.id);
    row(context.say("Lập lúc", "Created at"), &submission.created_at.to_string());
    row(context.say("Bộ máy", "Engine"), &format!("{} {}", submission.engine.name, submission.engine.version));
    line(context.say("  Các phần:", "  Parts:"));
    for part in &package.parts {
        line(&format!("    {}  {}", short(&part.sha256), part.name));
    }
    for attachment in &submission.attachments {
        let text = format!("{} = {} ({}, {} byte)", attachment.name, attachment.file_name, attachment.media_type, attachment.size);
        line(&format!("    {}", visible(&text)));
    }
}

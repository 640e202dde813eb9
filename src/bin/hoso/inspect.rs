//! `hoso inspect`: what a package holds. Nothing is judged; for that there is `hoso verify`.

use crate::args::Inspect;
use crate::exit::{Done, Exit};
use crate::output::{Context, Tone, line};
use crate::sign::short;
use crate::verify::{package, readable};
use hoso::submission::{Package, Submission};
use hoso::text::visible;
use hoso::wire;
use serde::Serialize;

pub fn run(options: &Inspect, context: &Context) -> Done {
    let package = readable(package(&options.package)?)?;
    let submission = Submission::read(&package.submission).map_err(crate::exit::Failed::unusable)?;
    if context.json {
        line(&wire::pretty(&Answer::of(&package, &submission)));
    } else {
        tell(&package, &submission, context);
    }
    Ok(Exit::Yes)
}

/// The answer for programs.
#[derive(Serialize)]
struct Answer<'p> {
    submission: &'p Submission,
    parts: Vec<PartAnswer<'p>>,
    /// The signature file, as text.
    signature: String,
}

#[derive(Serialize)]
struct PartAnswer<'p> {
    name: &'p str,
    sha256: String,
}

impl<'p> Answer<'p> {
    fn of(package: &'p Package, submission: &'p Submission) -> Self {
        let parts = package.parts.iter().map(|part| PartAnswer { name: &part.name, sha256: part.sha256.to_string() }).collect();
        Self { submission, parts, signature: String::from_utf8_lossy(&package.signature).into_owned() }
    }
}

fn tell(package: &Package, submission: &Submission, context: &Context) {
    line(&context.tone(
        Tone::Strong,
        context.say("Chưa kiểm tra chữ ký. Dùng hoso verify để kiểm tra.", "The signature was not checked. Use hoso verify for that."),
    ));
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

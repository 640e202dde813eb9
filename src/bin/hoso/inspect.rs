//! `hoso inspect`: what a package holds. Nothing is judged; for that there is `hoso verify`.

use crate::args::Inspect;
use crate::exit::{Done, Exit};
use crate::output::{Context, Tone, line};
use crate::sign::short;
use crate::verify::{package, readable};
use hoso::submission::{Package, Submission};
use hoso::text::visible;
use hoso::wire;

pub fn run(options: &Inspect, context: &Context) -> Done {
    let package = readable(package(&options.package)?)?;
    let inspection = wire::Inspection::of(&package).map_err(crate::exit::Failed::unusable)?;
    if context.json {
        line(&wire::pretty(&inspection));
    } else {
        tell(&package, &inspection.submission, context);
    }
    Ok(Exit::Yes)
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

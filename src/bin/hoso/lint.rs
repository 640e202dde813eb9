//! `hoso lint`: what a schema that compiles probably does not mean.

use crate::args::Lint;
use crate::exit::{Done, Exit};
use crate::files;
use crate::output::{Context, Tone, line};
use hoso::schema::{Options, Schema};
use hoso::text::visible;
use hoso::wire::{self, Findings};
use std::path::Path;

pub fn run(options: &Lint, context: &Context) -> Done {
    let others = options.compiling.others()?;
    let compiling = options.compiling.with(&others)?;
    let mut exit = Exit::Yes;
    for file in &options.schemas {
        exit = exit.worse(look(file, &compiling, context).unwrap_or_else(|failed| context.fail(&failed)));
    }
    Ok(exit)
}

fn look(file: &Path, compiling: &Options<'_>, context: &Context) -> Done {
    let schema = Schema::compile(files::read(file)?, compiling)?;
    let found = Findings::of(&schema, context.language);
    if context.json {
        line(&wire::pretty(&found));
    } else {
        tell(&file.display().to_string(), &found, context);
    }
    Ok(if found.findings.is_empty() { Exit::Yes } else { Exit::No })
}

fn tell(name: &str, found: &Findings, context: &Context) {
    let head = match found.findings.len() {
        0 => context.tone(Tone::Good, context.say("không có gì đáng ngờ", "nothing odd")),
        1 => context.tone(Tone::Careful, context.say("có 1 chỗ nên xem lại", "1 place to look at")),
        count => context.tone(
            Tone::Careful,
            &format!("{} {count} {}", context.say("có", "there are"), context.say("chỗ nên xem lại", "places to look at")),
        ),
    };
    line(&format!("{name}: {head}"));
    for (path, told) in &found.findings {
        line(&format!("  {} {}", context.tone(Tone::Careful, "!"), visible(&told.message)));
        line(&context.tone(Tone::Quiet, &format!("      #{}  [{}]", visible(path.as_str()), told.code)));
    }
}

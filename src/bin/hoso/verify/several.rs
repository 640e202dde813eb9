//! Several files at once: each is judged by itself, then what packages say of each other.

use super::{Judged, judge, loose, page};
use crate::args::Verify;
use crate::exit::{CliError, Done, Exit, Failed};
use crate::files;
use crate::output::{Context, Tone, line};
use hoso::json::{ToJson, Writer};
use hoso::report::Language;
use hoso::submission::chain::Chain;
use hoso::submission::{Outcome, VerifyOptions};
use hoso::text::visible;
use hoso::wire::{self, Failure};
use std::path::Path;

/// The answer to several files.
pub struct Several {
    pub files: Vec<Answered>,
    pub chain: Chain,
}

/// A file with its verdict, or why there is none.
pub struct Answered {
    pub file: String,
    pub judged: Result<Judged, Vec<Failure>>,
    pub exit: Exit,
}

impl Answered {
    pub fn of(path: &Path, options: &Verify, read: &VerifyOptions, language: Language) -> Self {
        let file = path.to_string_lossy().into_owned();
        match judge(path, options, read) {
            Ok(judged) => Self { file, exit: judged.exit(), judged: Ok(judged) },
            Err(Failed { exit, errors }) => {
                Self { file, exit, judged: Err(errors.iter().map(|error| Failure::of(&**error, language)).collect()) }
            }
        }
    }
}

impl ToJson for Answered {
    fn write(&self, out: &mut Writer) {
        out.object(|out| match &self.judged {
            Ok(judged) => out.member("file", &self.file).member("verdict", judged),
            Err(failures) => out.member("file", &self.file).member("error", &failures.first()),
        });
    }
}

impl ToJson for Several {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("files", &self.files).member("chain", &self.chain));
    }
}

pub fn run(options: &Verify, read: &mut VerifyOptions, report: Option<(&Path, bool)>, context: &Context) -> Done {
    if !options.content.is_empty() {
        return Err(CliError::ArgumentsConflict { argument: "--content", other: "PACKAGE PACKAGE" }.into());
    }
    let mut files = Vec::new();
    for (place, path) in options.packages.iter().enumerate() {
        if let Some(moment) = options.received_at.get(place) {
            read.received = files::moment(Some(moment))?;
        }
        files.push(Answered::of(path, options, read, context.language));
    }
    let links: Vec<_> = files.iter().map(|answered| answered.judged.as_ref().ok()?.link()).collect();
    let several = Several { files, chain: Chain::of(&links, context.language) };
    if let Some((place, as_page)) = report {
        let text = if as_page { page::several(&several, context) } else { wire::pretty(&several) };
        files::write_all(place, text.as_bytes())?;
    }
    if context.json {
        line(&wire::pretty(&several));
    } else {
        tell(&several, options, context);
    }
    Ok(several.files.iter().fold(loose::exit(several.chain.outcome()), |exit, answered| exit.worse(answered.exit)))
}

fn tell(several: &Several, options: &Verify, context: &Context) {
    for answered in &several.files {
        line(&context.tone(Tone::Strong, &visible(&answered.file)));
        match &answered.judged {
            Ok(judged) => judged.tell(options, context),
            Err(failures) => {
                for Failure { code, message, .. } in failures {
                    line(&format!("  {} {}  {}", context.tone(Tone::Bad, "✗"), visible(message), context.tone(Tone::Quiet, code)));
                }
            }
        }
    }
    for row in rows(several, context) {
        line(&visible(&row));
    }
    for entry in &several.chain.issues {
        let (tone, mark) = if entry.issue.refuses() { (Tone::Bad, "✗") } else { (Tone::Careful, "?") };
        let text = format!("{}: {}", several.name(entry.package), entry.message);
        line(&format!("{} {}  {}", context.tone(tone, mark), visible(&text), context.tone(Tone::Quiet, entry.code())));
    }
}

/// Which package supplements which.
pub fn rows(several: &Several, context: &Context) -> Vec<String> {
    let word = context.say("bổ sung cho", "supplements");
    let supplements = several.chain.supplements.iter();
    supplements.map(|supplement| format!("{} {word} {}", several.name(supplement.package), several.name(supplement.of))).collect()
}

impl Several {
    /// The name of the file at a place.
    pub fn name(&self, place: usize) -> &str {
        self.files.get(place).map_or("?", |answered| &answered.file)
    }

    /// The verdict on all of them in a word.
    pub fn outcome(&self) -> Outcome {
        let (mut refused, mut accepted) = (self.chain.outcome() == Outcome::Refused, self.chain.outcome() == Outcome::Accepted);
        for answered in &self.files {
            refused |= matches!(answered.exit, Exit::No | Exit::Unusable);
            accepted &= answered.exit == Exit::Yes;
        }
        match (refused, accepted) {
            (true, _) => Outcome::Refused,
            (false, true) => Outcome::Accepted,
            (false, false) => Outcome::Undetermined,
        }
    }
}

//! Writing answers: for people on a terminal, or as JSON for programs.

use crate::args::{Lang, Output};
use crate::exit::{Exit, Failed};
use hoso::report::{Fact, Issue, Language, Level, Report};
use hoso::text::visible;
use hoso::wire::{self, Failure, Failures};
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// How answers are written.
pub struct Context {
    /// For programs, in one format or another.
    pub json: bool,
    pub output: Output,
    pub language: Language,
    colour: bool,
}

/// The look of a word on a terminal.
#[derive(Clone, Copy)]
pub enum Tone {
    Good,
    Bad,
    Careful,
    Quiet,
    Strong,
}

impl Context {
    pub fn new(output: Output, lang: Lang) -> Self {
        let language = match lang {
            Lang::Vi => Language::Vi,
            Lang::En => Language::En,
        };
        let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { json: output != Output::Text, output, language, colour }
    }

    /// One of two texts, by language.
    pub const fn say<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    /// A text with its look, on a terminal.
    pub fn tone(&self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Good => "32",
            Tone::Bad => "1;31",
            Tone::Careful => "33",
            Tone::Quiet => "2",
            Tone::Strong => "1",
        };
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Writes errors where an answer would stand: JSON on standard output, sentences on standard error.
    pub fn fail(&self, failed: &Failed) -> Exit {
        let errors = failed.errors.iter().map(|error| Failure::of(&**error, self.language)).collect();
        self.failures(&Failures { errors });
        failed.exit
    }

    /// The same of errors that have their sentences.
    pub fn failures(&self, failures: &Failures) {
        if self.json {
            line(&wire::pretty(failures));
            return;
        }
        for error in &failures.errors {
            let _ = writeln!(io::stderr(), "hoso: {}  [{}]", error.message, error.code);
        }
    }

    /// Writes a report for people.
    pub fn report(&self, name: &str, report: &Report) {
        let (errors, notes): (Vec<_>, Vec<_>) = report.issues.iter().partition(|issue| issue.level == Level::Error);
        let head = match errors.len() {
            0 => self.tone(Tone::Good, self.say("không có chỗ nào cần sửa", "nothing to mend")),
            1 => self.tone(Tone::Bad, self.say("có 1 chỗ cần sửa", "1 place to mend")),
            count => {
                self.tone(Tone::Bad, &format!("{} {count} {}", self.say("có", "there are"), self.say("chỗ cần sửa", "places to mend")))
            }
        };
        line(&format!("{name}: {head}"));
        errors.iter().for_each(|issue| self.issue(issue));
        if !notes.is_empty() {
            line(&format!("\n  {}", self.say("Bạn vẫn nộp được hồ sơ, nhưng nên biết:", "You can still file, but should know:")));
            notes.iter().for_each(|issue| self.issue(issue));
        }
        if report.truncated {
            line(self.say("  … còn nữa: sửa những chỗ này rồi kiểm tra lại", "  … and more: mend these, then check again"));
        }
    }

    fn issue(&self, issue: &Issue) {
        let (mark, tone) = match issue.level {
            Level::Error => ("✗", Tone::Bad),
            Level::Warning => ("!", Tone::Careful),
            Level::Review => ("?", Tone::Quiet),
        };
        // Labels and names are the schema's and the data's, which in a package are a stranger's.
        line(&format!("  {} {}", self.tone(tone, mark), visible(&issue.message)));
        // Which of the rules it was is for whoever wrote them.
        let reason = match issue.params.find("reason") {
            Some(Fact::Text(reason)) if issue.rule.is_some() => Some(reason.to_string()),
            _ => None,
        };
        let rule: String = issue.rule.iter().chain(&reason).map(|part| format!(" {part}")).collect();
        line(&self.tone(Tone::Quiet, &format!("      {}  [{}{}]", visible(issue.path.as_str()), issue.code, visible(&rule))));
    }
}

/// Whether something that should stand on standard output does not.
static LOST: AtomicBool = AtomicBool::new(false);

/// Writes one line.
pub fn line(text: &str) {
    written(writeln!(io::stdout().lock(), "{text}"));
}

/// Writes a text as it is.
pub fn raw(text: &str) {
    let mut out = io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

/// A reader that went away is no error of ours; a full disk is.
fn written(done: io::Result<()>) {
    if let Err(error) = done.as_ref().map_err(io::Error::kind)
        && error != io::ErrorKind::BrokenPipe
    {
        LOST.store(true, Ordering::Relaxed);
    }
}

/// How a command ended, unless its answer could not be written: then there is none.
pub fn delivered(exit: Exit) -> Exit {
    if LOST.load(Ordering::Relaxed) { Exit::Unusable } else { exit }
}

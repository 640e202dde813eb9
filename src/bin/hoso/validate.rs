//! `hoso validate`: what must be mended.

use crate::args::{Output, Validate};
use crate::compiling::version;
use crate::exit::{CliError, Done, Exit, Failed};
use crate::files;
use crate::output::{Context, line};
use hoso::json::{Document, ToJson};
use hoso::limits;
use hoso::report::Report;
use hoso::schema::Schema;
use hoso::text::Moment;
use hoso::wire::{self, Flag};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

pub fn run(options: &Validate, context: &Context) -> Done {
    let others = options.compiling.others()?;
    let compiling = options.compiling.with(&others)?;
    let now = files::moment(options.now.as_deref())?;
    let schema = version(&options.schemas, now, |file| Ok(Schema::compile(files::read(file)?, &compiling)?))?;
    let judge = Judge { schema, now, context };
    let mut exit = Exit::Yes;
    for file in &options.data {
        let done = if options.ndjson { judge.lines(file) } else { judge.file(file) };
        exit = exit.worse(done.unwrap_or_else(|failed| context.fail(&failed)));
    }
    Ok(exit)
}

struct Judge<'c> {
    schema: Schema,
    now: Moment,
    context: &'c Context,
}

impl Judge<'_> {
    fn file(&self, file: &Path) -> Done {
        if self.context.json {
            let (answer, exit) = self.judged(files::read(file)?)?;
            line(&wire::pretty(&*answer));
            return Ok(exit);
        }
        let report = self.report(files::read(file)?)?;
        self.context.report(&file.display().to_string(), &report);
        Ok(outcome(report.valid))
    }

    /// One document a line in, one line out, in the same order, on all cores. Memory holds a buffer of lines.
    fn lines(&self, file: &Path) -> Done {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let mut lines = files::lines(file)?;
        let mut exit = Exit::Yes;
        loop {
            let texts = next_lines(&mut lines, file)?;
            if texts.is_empty() {
                return Ok(exit);
            }
            for (answer, outcome) in self.answers(&texts, cores) {
                answer.iter().for_each(|answer| line(answer));
                exit = exit.worse(outcome);
            }
        }
    }

    fn answers(&self, texts: &[Vec<u8>], cores: usize) -> Vec<(Option<String>, Exit)> {
        let several = |texts: &[Vec<u8>]| texts.iter().map(|text| self.answer(text)).collect::<Vec<_>>();
        if texts.len() < 2 * cores {
            return several(texts);
        }
        std::thread::scope(|scope| {
            let parts: Vec<_> = texts.chunks(texts.len().div_ceil(cores)).map(|part| scope.spawn(move || several(part))).collect();
            // A thread that panics takes the command with it, as it would have alone.
            parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        })
    }

    /// The answer to one line; none to an empty one.
    fn answer(&self, text: &[u8]) -> (Option<String>, Exit) {
        if text.iter().all(u8::is_ascii_whitespace) {
            return (None, Exit::Yes);
        }
        match self.judged(text.to_vec()) {
            Ok((answer, exit)) => (Some(wire::line(&*answer)), exit),
            Err(failed) => {
                let errors = failed.errors.iter().map(|error| wire::Failure::of(&**error, self.context.language)).collect();
                (Some(wire::line(&wire::Failures { errors })), failed.exit)
            }
        }
    }

    /// The answer for programs.
    fn judged(&self, text: Vec<u8>) -> Done<(Box<dyn ToJson>, Exit)> {
        let (answer, valid): (Box<dyn ToJson>, bool) = match self.context.output {
            Output::Text | Output::Json => {
                let report = self.report(text)?;
                let valid = report.valid;
                (Box::new(report), valid)
            }
            Output::Flag => {
                let valid = self.schema.is_valid(&Document::read(text)?, self.now)?;
                (Box::new(Flag { valid }), valid)
            }
            Output::List => {
                let list = self.schema.list(&Document::read(text)?, self.now, self.context.language)?;
                let valid = list.valid;
                (Box::new(list), valid)
            }
        };
        Ok((answer, outcome(valid)))
    }

    fn report(&self, text: Vec<u8>) -> Done<Report> {
        Ok(self.schema.validate(&Document::read(text)?, self.now, self.context.language)?)
    }
}

const fn outcome(valid: bool) -> Exit {
    if valid { Exit::Yes } else { Exit::No }
}

/// The lines that have come, at least one; none behind the last. Whoever waits for an answer before the next line gets it.
fn next_lines(lines: &mut BufReader<Box<dyn Read>>, file: &Path) -> Done<Vec<Vec<u8>>> {
    let mut texts = Vec::new();
    while texts.is_empty() || lines.buffer().contains(&b'\n') {
        match next_line(lines, file)? {
            Some(text) => texts.push(text),
            None => break,
        }
    }
    Ok(texts)
}

/// The next line without its end; `None` behind the last. Of a line longer than any document only the start is kept.
fn next_line(lines: &mut dyn BufRead, file: &Path) -> Done<Option<Vec<u8>>> {
    let most = limits::JSON_BYTES as u64 + 2;
    let unreadable =
        |error: std::io::Error| Failed::unusable(CliError::FileUnreadable { file: file.display().to_string(), reason: error.to_string() });
    let mut text = Vec::new();
    let read = lines.take(most).read_until(b'\n', &mut text).map_err(unreadable)?;
    if read == 0 {
        return Ok(None);
    }
    if text.last() != Some(&b'\n') && read as u64 == most {
        skip_line(lines).map_err(unreadable)?;
    }
    while text.pop_if(|byte| matches!(byte, b'\n' | b'\r')).is_some() {}
    Ok(Some(text))
}

fn skip_line(lines: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let buffer = lines.fill_buf()?;
        let (count, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        lines.consume(count);
        if ended {
            return Ok(());
        }
    }
}

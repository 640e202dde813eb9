//! `hoso verify --ndjson`: a list of paths, a verdict a line in the same order, on every core. A bad file is one line more.

use super::judge;
use crate::args::Verify;
use crate::exit::{Done, Exit, Failed};
use crate::files;
use crate::output::{Context, line};
use hoso::json::{ToJson, Writer, to_json};
use hoso::submission::VerifyOptions;
use hoso::wire::Failure;
use std::io::BufRead;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

/// Files for each core before what was found is written: enough to keep all of them busy, few enough to hold.
const BATCH: usize = 16;

pub fn run(list: &Path, options: &Verify, read: &VerifyOptions, context: &Context) -> Done {
    let (mut batch, mut exit) = (Vec::new(), Exit::Yes);
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    for path in files::lines(list)?.lines() {
        let path = path.map_err(|error| files::unreadable(list, &error))?;
        if path.is_empty() {
            continue;
        }
        batch.push(PathBuf::from(path));
        if batch.len() == BATCH * cores {
            exit = exit.worse(all(&batch, cores, options, read, context));
            batch.clear();
        }
    }
    Ok(exit.worse(all(&batch, cores, options, read, context)))
}

fn all(batch: &[PathBuf], cores: usize, options: &Verify, read: &VerifyOptions, context: &Context) -> Exit {
    let share = batch.len().div_ceil(cores).max(1);
    let each = |part: &[PathBuf]| part.iter().map(|path| one(path, options, read, context)).collect::<Vec<_>>();
    let mut exit = Exit::Yes;
    thread::scope(|scope| {
        let workers: Vec<_> = batch.chunks(share).map(|part| scope.spawn(move || each(part))).collect();
        for worker in workers {
            for (text, found) in worker.join().unwrap_or_default() {
                line(&text);
                exit = exit.worse(found);
            }
        }
    });
    exit
}

fn one(path: &Path, options: &Verify, read: &VerifyOptions, context: &Context) -> (String, Exit) {
    let file = path.to_string_lossy().into_owned();
    match judge(path, options, read) {
        Ok(judged) => (to_json(&Line { file, name: "verdict", value: &judged }), judged.exit()),
        Err(Failed { exit, errors }) => {
            let failure = errors.first().map(|error| Failure::of(&**error, context.language));
            (to_json(&Line { file, name: "error", value: &failure }), exit)
        }
    }
}

struct Line<'l> {
    file: String,
    name: &'static str,
    value: &'l dyn ToJson,
}

impl ToJson for Line<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("file", &self.file).member(self.name, self.value));
    }
}

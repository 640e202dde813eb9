//! `hoso verify --ndjson`: a list of paths, a verdict a line in the same order, on every core. A bad file is one line more. A last line tells which
//! packages of the list supplement which, where some do.

use super::loose;
use super::several::Answered;
use crate::args::Verify;
use crate::exit::{Done, Exit};
use crate::files;
use crate::output::{Context, line};
use hoso::json::{Object, to_json};
use hoso::submission::VerifyOptions;
use hoso::submission::chain::{Chain, Link};
use std::io::BufRead;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

/// Files for each core before what was found is written: enough to keep all of them busy, few enough to hold.
const BATCH: usize = 16;

pub fn run(list: &Path, options: &Verify, read: &VerifyOptions, context: &Context) -> Done {
    let (mut batch, mut exit, mut links) = (Vec::new(), Exit::Yes, Vec::new());
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    for path in files::lines(list)?.lines() {
        let path = path.map_err(|error| files::unreadable(list, &error))?;
        if path.is_empty() {
            continue;
        }
        batch.push(PathBuf::from(path));
        if batch.len() == BATCH * cores {
            exit = exit.worse(all(&batch, cores, options, read, context, &mut links));
            batch.clear();
        }
    }
    exit = exit.worse(all(&batch, cores, options, read, context, &mut links));
    let chain = Chain::of(&links, context.language);
    if !chain.is_empty() {
        line(&to_json(&Object(|out| out.member("chain", &chain))));
    }
    Ok(exit.worse(loose::exit(chain.outcome())))
}

fn all(batch: &[PathBuf], cores: usize, options: &Verify, read: &VerifyOptions, context: &Context, links: &mut Vec<Option<Link>>) -> Exit {
    let share = batch.len().div_ceil(cores).max(1);
    let each = |part: &[PathBuf]| part.iter().map(|path| one(path, options, read, context)).collect::<Vec<_>>();
    let mut exit = Exit::Yes;
    thread::scope(|scope| {
        let workers: Vec<_> = batch.chunks(share).map(|part| scope.spawn(move || each(part))).collect();
        for worker in workers {
            for (text, found, link) in worker.join().unwrap_or_default() {
                line(&text);
                exit = exit.worse(found);
                links.push(link);
            }
        }
    });
    exit
}

fn one(path: &Path, options: &Verify, read: &VerifyOptions, context: &Context) -> (String, Exit, Option<Link>) {
    let answered = Answered::of(path, options, read, context.language);
    (to_json(&answered), answered.exit, answered.judged.ok().and_then(|judged| judged.link()))
}

//! `hoso`: looks a schema over, validates a form, shows its reading copy, signs and verifies a dossier, in a terminal or a script.

mod add;
mod args;
mod bowtie;
mod canonical;
mod cert;
mod compiling;
mod eval;
mod exit;
mod files;
mod inspect;
mod key;
mod lint;
mod output;
mod sign;
mod signed;
mod signer;
mod validate;
mod verify;
mod view;

use args::{Arguments, Command, Output};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let context = output::Context::new(arguments.output, arguments.lang);
    if matches!(arguments.output, Output::Flag | Output::List) && !matches!(arguments.command, Command::Validate(_)) {
        let why = "--output flag and --output list are of `hoso validate` alone";
        Arguments::command().error(ErrorKind::ArgumentConflict, why).exit();
    }
    let done = match &arguments.command {
        Command::Validate(options) => validate::run(options, &context),
        Command::Lint(options) => lint::run(options, &context),
        Command::Eval(options) => eval::run(options),
        Command::View(options) => view::run(options, &context),
        Command::Sign(options) => sign::run(options, &context),
        Command::Verify(options) => verify::run(options, &context),
        Command::Cosign(options) => add::cosign(options, &context),
        Command::Countersign(options) => add::countersign(options, &context),
        Command::Extend(options) => add::extend(options, &context),
        Command::Timestamp(options) => add::timestamp(options, &context),
        Command::Inspect(options) => inspect::run(options, &context),
        Command::Cert(which) => cert::run(which, &context),
        Command::Canonical(options) => canonical::run(options),
        Command::Bowtie(options) => bowtie::run(options),
    };
    output::delivered(done.unwrap_or_else(|failures| context.fail(&failures))).into()
}

//! `hoso eval`: the value of an expression in CEL, as JSON. Exit 1 when it has none, 2 when it is none.

use crate::args::Eval;
use crate::exit::{Done, Exit};
use crate::files;
use crate::output::line;
use hoso::expr::evaluate;
use hoso::json::Document;
use hoso::schema::{Options, Schema};

pub fn run(options: &Eval) -> Done {
    let now = files::moment(options.now.as_deref())?;
    let data = match &options.vars {
        Some(file) => files::document(file)?,
        None => Document::read("{}")?,
    };
    let value = match &options.schema {
        Some(file) => {
            let others = options.compiling.others()?;
            let compiling = Options { keep_types: true, ..options.compiling.with(&others)? };
            Schema::compile(files::read(file)?, &compiling)?.evaluate(&options.expression, &data, now)?
        }
        None => evaluate(&options.expression, &data, now)?,
    };
    line(&value);
    Ok(Exit::Yes)
}

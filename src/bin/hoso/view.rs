//! `hoso view`: the reading copy, from the canonical schema and data, as it would stand in a package.

use crate::args::View;
use crate::exit::{Done, Exit};
use crate::files;
use crate::output::{Context, raw};
use hoso::json::{Document, canonical};
use hoso::submission::view::view;

pub fn run(options: &View, context: &Context) -> Done {
    let schema = options.codes.rule_schema(&options.schema)?;
    let typed = files::document(&options.data)?;
    let counts = schema.completed(&typed, files::moment(options.now.as_deref())?)?;
    let data = Document::read(canonical(counts.as_ref().unwrap_or(&typed).root())?)?;
    let html = view(schema.document().root(), schema.codes(), data.root(), context.language)?;
    match &options.out {
        None => raw(&html),
        Some(path) => files::write(path, |file| Ok(file.write_all(html.as_bytes()).map_err(|error| files::unwritable(path, &error))?))?,
    }
    Ok(Exit::Yes)
}

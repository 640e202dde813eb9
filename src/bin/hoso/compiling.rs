//! How a schema that the command line names is compiled.

use crate::args::Compiling;
use crate::exit::{CliError, Done, Failed};
use crate::files;
use hoso::json::{Document, to_json};
use hoso::schema::{Draft, Options, SchemaError};
use std::path::Path;

impl Compiling {
    /// The documents of `--ref URI=FILE` as one, by their addresses. An address may hold `=`, so the last one counts.
    pub fn others(&self) -> Done<Document> {
        let mut members = Vec::new();
        for argument in &self.refs {
            let (uri, file) = argument.rsplit_once('=').ok_or_else(|| Failed::unusable(CliError::Ref { argument: argument.clone() }))?;
            let text = files::read(Path::new(file))?;
            Document::read(text.as_slice())?;
            members.push(to_json(&uri) + ":" + &String::from_utf8_lossy(&text));
        }
        Ok(Document::read(format!("{{{}}}", members.join(",")))?)
    }

    /// The options, with these documents.
    pub fn with<'o>(&self, others: &'o Document) -> Done<Options<'o>> {
        let dialect = Draft::named(&self.dialect).ok_or_else(|| vec![SchemaError::dialect(&self.dialect)])?;
        Ok(Options { strict: self.strict, assert_formats: self.assert_format, dialect, refs: Some(others) })
    }
}

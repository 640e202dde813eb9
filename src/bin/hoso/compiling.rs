//! How a schema that the command line names is compiled.

use crate::args::{Codes, Compiling};
use crate::exit::{CliError, Done, Failed};
use crate::files;
use hoso::json::{Document, to_json};
use hoso::schema::{Draft, Options, Procedure, Schema, SchemaError, in_force};
use hoso::text::{Date, Moment};
use std::path::{Path, PathBuf};

/// What a schema needs beside itself.
pub struct Others {
    refs: Document,
    code_lists: Document,
}

impl Compiling {
    /// The documents of `--ref` and `--codes`.
    pub fn others(&self) -> Done<Others> {
        // An address may hold `=`, so the last one counts.
        let mut refs = Vec::new();
        for argument in &self.refs {
            refs.push(argument.rsplit_once('=').ok_or_else(|| CliError::Ref { argument: argument.clone() })?);
        }
        Ok(Others { refs: together(&refs)?, code_lists: self.codes.read()? })
    }

    /// The options, with these documents.
    pub fn with<'o>(&self, others: &'o Others) -> Done<Options<'o>> {
        let dialect = Draft::named(&self.dialect).ok_or_else(|| vec![SchemaError::dialect(&self.dialect)])?;
        let (refs, code_lists) = (Some(&others.refs), Some(&others.code_lists));
        Ok(Options { strict: self.strict, assert_formats: self.assert_format, dialect, refs, code_lists, keep_types: false })
    }
}

impl Codes {
    /// The lists of `--codes` as one document, by their names.
    pub fn read(&self) -> Done<Document> {
        together(&self.named()?)
    }

    /// The rule schema in a file, with these lists.
    pub fn rule_schema(&self, file: &Path) -> Done<Schema> {
        let code_lists = self.read()?;
        Ok(Schema::compile(files::read(file)?, &Options { strict: true, code_lists: Some(&code_lists), ..Options::default() })?)
    }

    /// The rule schema in the only file; of several, the version in force.
    pub fn version(&self, files: &[PathBuf], now: Moment) -> Done<Schema> {
        version(files, now, |file| self.rule_schema(file))
    }

    /// Their files.
    pub fn files(&self) -> Done<Vec<PathBuf>> {
        Ok(self.named()?.into_iter().map(|(_, file)| PathBuf::from(file)).collect())
    }

    fn named(&self) -> Done<Vec<(&str, &str)>> {
        let mut named = Vec::new();
        for argument in &self.lists {
            named.push(argument.split_once('=').ok_or_else(|| CliError::Codes { argument: argument.clone() })?);
        }
        Ok(named)
    }
}

/// The schema in the only file; of several, the version in force.
pub fn version(files: &[PathBuf], now: Moment, compile: impl Fn(&Path) -> Done<Schema>) -> Done<Schema> {
    let day = Date::from_days(now.instant().days_in_vietnam());
    let mut versions = Vec::new();
    for file in files {
        versions.push(compile(file)?);
    }
    let codes = || versions.iter().map(|schema| schema.procedure().map(Procedure::code));
    if versions.len() > 1 && codes().any(|code| code != codes().next().flatten()) {
        return Err(CliError::Procedures.into());
    }
    let chosen = if versions.len() > 1 { in_force(&versions, day) } else { versions.first() }.map(Schema::id);
    let at = versions.iter().position(|version| Some(version.id()) == chosen);
    Ok(at.map(|at| versions.swap_remove(at)).ok_or_else(|| CliError::NoVersion { day: day.text() })?)
}

/// The documents of files as one, by names.
fn together(named: &[(&str, &str)]) -> Done<Document> {
    let mut members = Vec::new();
    for (name, file) in named {
        let text = files::read(Path::new(file))?;
        Document::read(text.as_slice())?;
        members.push(to_json(name) + ":" + &String::from_utf8_lossy(&text));
    }
    Document::read(format!("{{{}}}", members.join(","))).map_err(Failed::from)
}

//! `x-attachment`: a field that holds the files a citizen attaches.
//!
//! `{"mediaTypes": ["application/pdf"], "maxBytes": 6000000, "minFiles": 1, "maxFiles": 2}`. The value is a list of
//! `{"name", "mediaType", "size", "sha256", "part"}`, one for each file, made when the file is attached; `part` is named when the form is sealed.

use crate::digest::Sha256;
use crate::json::{Kind, Number, Value};
use crate::report::Facts;
use crate::schema::compile::{BlockBuilder, Compiled, Compiler};
use crate::schema::error::SchemaProblem;
use crate::schema::fault::Fault;
use crate::schema::program::Op;
use crate::text::joined;

/// What files a field takes.
#[derive(Debug)]
pub(in crate::schema) struct Rule {
    media_types: Vec<Box<str>>,
    max_bytes: u64,
    min_files: u64,
    max_files: u64,
}

pub(in crate::schema) fn compile(_: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    const MEMBERS: [&str; 4] = ["mediaTypes", "maxBytes", "minFiles", "maxFiles"];
    if let Some((unknown, _)) = value.members().find(|(name, _)| !MEMBERS.contains(name)) {
        return Err(SchemaProblem::UnknownKeyword {
            keyword: unknown.to_owned(),
            suggestion: crate::text::nearest(unknown, &mut MEMBERS.into_iter()),
        });
    }
    let mut media_types: Vec<Box<str>> = Vec::new();
    let list = value.member("mediaTypes").filter(|list| !list.is_empty());
    for item in list.into_iter().flat_map(Value::items) {
        media_types.push(item.as_str().ok_or(SchemaProblem::PartMissing { part: "mediaTypes" })?.into());
    }
    if media_types.is_empty() {
        return Err(SchemaProblem::PartMissing { part: "mediaTypes" });
    }
    let limit = |name, absent: Option<u64>| match value.member(name) {
        Some(limit) => super::number::count(limit),
        None => absent.ok_or(SchemaProblem::PartMissing { part: name }),
    };
    let max_bytes = limit("maxBytes", None)?;
    let (min_files, max_files) = (limit("minFiles", Some(0))?, limit("maxFiles", Some(1))?);
    block.push(Op::Attachment(Box::new(Rule { media_types, max_bytes, min_files, max_files })));
    Ok(())
}

impl Rule {
    /// Judges the number of files. Each file is judged by [`Rule::check_file`].
    pub(in crate::schema) fn check_count(&self, value: Value<'_>) -> Result<(), Fault> {
        let files = value.len() as u64;
        if value.kind() != Kind::Array {
            return Err(attachment("attachment.malformed", Facts::none()));
        }
        if files < self.min_files {
            return Err(attachment("attachment.too-few", Facts::none().with("least", self.min_files)));
        }
        if files > self.max_files {
            return Err(attachment("attachment.too-many", Facts::none().with("most", self.max_files)));
        }
        Ok(())
    }

    /// Judges one file by what the form says of it.
    pub(in crate::schema) fn check_file(&self, file: Value<'_>) -> Result<(), Fault> {
        let Some(described) = Described::read(file) else { return Err(attachment("attachment.malformed", Facts::none())) };
        if described.size > self.max_bytes {
            return Err(attachment("attachment.too-large", Facts::none().with("most", self.max_bytes)));
        }
        if described.size == 0 {
            return Err(attachment("attachment.empty", Facts::none()));
        }
        if !self.media_types.iter().any(|accepted| **accepted == *described.media_type) {
            return Err(attachment("attachment.media-type", Facts::none().with("accepted", self.accepted())));
        }
        Ok(())
    }

    /// Judges the whole list.
    pub(super) fn check(&self, value: Value<'_>) -> Result<(), Fault> {
        self.check_count(value)?;
        value.items().try_for_each(|file| self.check_file(file))
    }

    /// The accepted types as people call them: `PDF, JPG, PNG`.
    fn accepted(&self) -> String {
        joined(&mut self.media_types.iter().map(|media_type| people_call(media_type)), ", ")
    }
}

/// What the form says of one file.
struct Described<'d> {
    media_type: &'d str,
    size: u64,
}

impl<'d> Described<'d> {
    fn read(file: Value<'d>) -> Option<Self> {
        const MEMBERS: [&str; 5] = ["name", "mediaType", "size", "sha256", "part"];
        let known = file.kind() == Kind::Object && file.members().all(|(name, _)| MEMBERS.contains(&name));
        let text = |name| file.member(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        Sha256::from_hex(text("sha256")?)?;
        text("name")?;
        if file.member("part").is_some() {
            text("part").filter(|part| part.starts_with("att/"))?;
        }
        let size = file.member("size")?.as_number().and_then(Number::to_i64).and_then(|size| u64::try_from(size).ok())?;
        known.then_some(Self { media_type: text("mediaType")?, size })
    }
}

fn people_call(media_type: &str) -> &str {
    match media_type {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPG",
        "image/png" => "PNG",
        other => other,
    }
}

const fn attachment(code: &'static str, facts: Facts) -> Fault {
    Fault::Attachment { code, facts }
}

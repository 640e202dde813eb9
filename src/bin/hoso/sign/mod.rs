//! `hoso sign`: check, seal, sign, write. Nothing is written unless everything went well.

mod loose;

use crate::args::{self, Sign};
use crate::exit::{CliError, Done, Exit, Failed};
use crate::files;
use crate::key;
use crate::output::{Context, Tone, line};
use crate::signer::Signer;
use crate::verify::package;
use hoso::digest::{Sha256, Sha256Stream};
use hoso::form::{Form, NotChecked};
use hoso::json::{Document, ToJson, Writer};
use hoso::limits;
use hoso::schema::Schema;
use hoso::submission::chain::Link;
use hoso::submission::manifest::Dossier;
use hoso::submission::{Attachment, Chunk, Format, Measure, Outcome, SealError, SealOptions, Sealed, Signed, Submission, attach, seal};
use hoso::text::{Base64, Moment};
use hoso::wire;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub fn run(options: &Sign, context: &Context) -> Done {
    if options.files.is_empty() { dossier(options, context) } else { loose::run(options, context) }
}

fn dossier(options: &Sign, context: &Context) -> Done {
    let missing = |argument| CliError::ArgumentMissing { argument };
    if options.schemas.is_empty() {
        return Err(missing("--schema").into());
    }
    if options.enveloping {
        return Err(CliError::ArgumentsConflict { argument: "--enveloping", other: "--schema" }.into());
    }
    let data_file = options.data.as_ref().ok_or_else(|| missing("--data"))?;
    let earlier = options.supersedes.as_deref().map(Earlier::named).transpose()?;
    let said = earlier.as_ref().and_then(|earlier| earlier.submission.as_ref());
    let audience = options.audience.as_ref().or(said.map(|said| &said.audience)).ok_or_else(|| missing("--audience"))?;
    let id = options.dossier.as_ref().or(said.map(|said| &said.dossier.id)).ok_or_else(|| missing("--dossier"))?;
    let now = files::moment(options.now.as_deref())?;
    let schema = options.codes.version(&options.schemas, now)?;
    let data = files::document(data_file)?;
    let (attachments, paths) = attachments(&options.attach)?;
    let lists = options.codes.files()?;
    let package = earlier.as_ref().and_then(|earlier| earlier.path.as_ref());
    let inputs = [data_file].into_iter().chain(key::files(&options.key)).chain(&options.schemas).chain(&paths).chain(&lists).chain(package);
    files::spare(&options.out, inputs)?;
    let data = if attachments.is_empty() { data } else { attach(&data, &attachments)? };
    let Some(checked) = check(schema, data, now, context, data_file)? else { return Ok(Exit::No) };
    let dossier = Dossier { id: id.clone(), nonce: nonce(options)? };
    let supersedes = earlier.as_ref().map(|earlier| earlier.digest);
    let seal_options = SealOptions { audience: audience.clone(), dossier, created_at: now, supersedes };
    let sealed = seal(&checked, &seal_options, &attachments)?;
    if let Some(said) = said {
        supplements(sealed.submission(), said)?;
    }
    let signer = Signer::open(&options.key, options.alg, now.instant())?;
    let prepared = sealed.prepare(format(options.format), &signer.chain, signer.algorithm, signer.at)?;
    let signed = prepared.attach(&signer.sign(prepared.to_be_signed())?)?;
    write(&signed, &options.out, &attachments, &paths)?;
    tell(&sealed, &signer, options, context);
    Ok(Exit::Yes)
}

/// What a dossier supplements.
struct Earlier {
    digest: Sha256,
    /// The package, and what it says of itself, where it is here.
    path: Option<PathBuf>,
    submission: Option<Submission>,
}

impl Earlier {
    /// By its digest, or a package. Nothing of that is judged: who signs a supplement knows what was filed.
    fn named(text: &str) -> Done<Self> {
        let path = PathBuf::from(text);
        if wire::digest(text).is_ok() || !path.exists() {
            return Ok(Self { digest: schema_id(text)?, path: None, submission: None });
        }
        let package = package(&path)?.map_err(Failed::unusable)?;
        let submission = Submission::read(&package.submission).map_err(Failed::unusable)?;
        Ok(Self { digest: Sha256::of(&package.submission), path: Some(path), submission: Some(submission) })
    }
}

/// A supplement that no portal would take is not signed.
fn supplements(supplement: &Submission, earlier: &Submission) -> Done<()> {
    let too_large = |_| SealError::TooLarge { most: limits::JSON_BYTES as u64 };
    let link = |submission| Link::new(submission, Outcome::Undetermined).map_err(too_large);
    match link(supplement)?.held_against(&link(earlier)?).into_iter().next() {
        Some(issue) => Err(issue.into()),
        None => Ok(()),
    }
}

const fn format(asked: args::Format) -> Format {
    match asked {
        args::Format::Jades => Format::Jades,
        args::Format::Cades => Format::Cades,
        args::Format::Asice => Format::Asice,
    }
}

/// What a command wrote, for programs.
pub struct Written<'w> {
    out: &'w Path,
    covers: &'w [String],
}

impl<'w> Written<'w> {
    pub const fn new(out: &'w Path, covers: &'w [String]) -> Self {
        Self { out, covers }
    }
}

impl ToJson for Written<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("written", &self.out.to_string_lossy().into_owned()).member("covers", &self.covers));
    }
}

/// The files with what was measured of them.
fn attachments(arguments: &[String]) -> Done<(Vec<Attachment>, Vec<PathBuf>)> {
    let (mut attachments, mut paths) = (Vec::new(), Vec::new());
    for argument in arguments {
        let wrong = || CliError::Attach { argument: argument.clone() };
        let (field, path) = argument.split_once('=').ok_or_else(wrong)?;
        let field = wire::pointer(field).map_err(|_| wrong())?;
        let path = PathBuf::from(path);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).ok_or_else(wrong)?;
        attachments.push(measured(&path)?.finish(field, &name)?);
        paths.push(path);
    }
    Ok((attachments, paths))
}

fn measured(path: &Path) -> Done<Measure> {
    let mut measure = Measure::default();
    files::each(path, |piece| measure.push(piece))?;
    Ok(measure)
}

/// The form, checked. When it has mistakes they are told, and there is nothing to sign.
fn check(schema: Schema, data: Document, now: Moment, context: &Context, name: &Path) -> Done<Option<hoso::form::CheckedForm>> {
    match Form::open(Arc::new(schema), data).check(now, context.language) {
        Ok(checked) => Ok(Some(checked)),
        Err(NotChecked::Limit(_, limit)) => Err(limit.into()),
        Err(NotChecked::Invalid(_, report)) => {
            if context.json {
                line(&wire::pretty(&report));
            } else {
                context.report(&name.display().to_string(), &report);
            }
            Ok(None)
        }
    }
}

fn nonce(options: &Sign) -> Done<String> {
    match &options.nonce {
        Some(nonce) => Ok(nonce.clone()),
        None => Ok(Base64::Url.encode(&files::random::<32>()?)),
    }
}

/// A digest as 64 hexadecimal digits, or with `sha-256:` before them.
pub fn schema_id(text: &str) -> Done<Sha256> {
    Ok(wire::digest(text).map_err(|_| CliError::SchemaId { argument: text.to_owned() })?)
}

/// Streams the package out; a file that is no longer what was signed ends it.
fn write(signed: &Signed, out: &Path, attachments: &[Attachment], paths: &[PathBuf]) -> Done<()> {
    let chunks = signed.package()?;
    files::write(out, |file| {
        for chunk in &chunks {
            match chunk {
                Chunk::Bytes(bytes) => file.write_all(bytes).map_err(|error| files::unwritable(out, &error))?,
                Chunk::Document(bytes) => file.write_all(bytes).map_err(|error| files::unwritable(out, &error))?,
                Chunk::Attachment(index) => {
                    if let Some((attachment, path)) = attachments.get(*index).zip(paths.get(*index)) {
                        copy(attachment, path, file, out)?;
                    }
                }
            }
        }
        Ok(())
    })
}

fn copy(attachment: &Attachment, path: &Path, file: &mut dyn Write, out: &Path) -> Done<()> {
    let (mut digest, mut size) = (Sha256Stream::default(), 0_u64);
    files::stream(path, |piece| {
        digest.update(piece);
        size += piece.len() as u64;
        file.write_all(piece)
    })?
    .map_err(|error| files::unwritable(out, &error))?;
    if digest.finish() != attachment.sha256 || size != u64::from(attachment.size) {
        return Err(CliError::FileChanged { file: path.display().to_string() }.into());
    }
    Ok(())
}

fn tell(sealed: &Sealed, signer: &Signer, options: &Sign, context: &Context) {
    if context.json {
        line(&wire::pretty(sealed.submission()));
        return;
    }
    let name = signer.name();
    line(&format!("{} {}", context.tone(Tone::Good, context.say("Đã ký.", "Signed.")), context.tone(Tone::Strong, &name)));
    line(&format!("  {} {}", context.say("Gói hồ sơ:", "Package:"), options.out.display()));
    line(&format!("  {}", context.say("Chữ ký gồm:", "The signature covers:")));
    for part in sealed.parts() {
        line(&format!("    {}  {}", short(&part.sha256), part.name));
    }
}

/// The first and last groups of a digest, enough to compare by eye.
pub fn short(digest: &Sha256) -> String {
    let hex = digest.to_string();
    let (head, tail) = (hex.get(..8).unwrap_or_default(), hex.get(56..).unwrap_or_default());
    let groups = |text: &str| text.split_at_checked(4).map(|(first, second)| format!("{first} {second}")).unwrap_or_default();
    format!("{} … {}", groups(head), groups(tail))
}

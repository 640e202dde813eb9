//! `hoso sign`: check, seal, sign, write. Nothing is written unless everything went well.

use crate::args::{Algorithm, Sign};
use crate::exit::{CliError, Done, Exit};
use crate::files;
use crate::key;
use crate::output::{Context, Tone, line};
use hoso::crypto::SignatureAlgorithm;
use hoso::digest::{Sha256, Sha256Stream};
use hoso::form::{Form, NotChecked};
use hoso::json::Document;
use hoso::pki::{self, KeyStore};
use hoso::schema::Schema;
use hoso::submission::manifest::Dossier;
use hoso::submission::{Attachment, Chunk, Format, Measure, SealOptions, Sealed, Signed, attach, seal};
use hoso::text::{Base64, Moment};
use hoso::wire;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub fn run(options: &Sign, context: &Context) -> Done {
    let now = files::moment(options.now.as_deref())?;
    let schema = options.codes.version(&options.schemas, now)?;
    let data = files::document(&options.data)?;
    let (attachments, paths) = attachments(&options.attach)?;
    spare_inputs(options, &paths)?;
    let data = if attachments.is_empty() { data } else { attach(&data, &attachments)? };
    let Some(checked) = check(schema, data, now, context, &options.data)? else { return Ok(Exit::No) };
    let sealed = seal(&checked, &seal_options(options, now)?, &attachments)?;
    let store = key::open(&options.key)?;
    let signed = sign(&sealed, &store, options, now)?;
    write(&signed, &options.out, &attachments, &paths)?;
    tell(&sealed, &store, options, context);
    Ok(Exit::Yes)
}

/// Whoever names an input as the package to write would lose it: a key for ever.
fn spare_inputs(options: &Sign, attached: &[PathBuf]) -> Done<()> {
    let Ok(out) = fs::canonicalize(&options.out) else { return Ok(()) };
    let lists = options.codes.files()?;
    let mut inputs = [&options.data].into_iter().chain(key::files(&options.key)).chain(&options.schemas).chain(attached).chain(&lists);
    if inputs.any(|input| fs::canonicalize(input).is_ok_and(|input| input == out)) {
        return Err(CliError::OutIsInput { file: options.out.display().to_string() }.into());
    }
    Ok(())
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
    files::stream(path, |piece| {
        measure.push(piece);
        Ok::<_, std::convert::Infallible>(())
    })?
    .unwrap_or_else(|never| match never {});
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

fn seal_options(options: &Sign, now: Moment) -> Done<SealOptions> {
    let supersedes = options.supersedes.as_deref().map(schema_id).transpose()?;
    let nonce = match &options.nonce {
        Some(nonce) => nonce.clone(),
        None => {
            let mut bytes = [0; 32];
            getrandom::getrandom(&mut bytes).map_err(|_| CliError::Random)?;
            Base64::Url.encode(&bytes)
        }
    };
    let dossier = Dossier { id: options.dossier.clone(), nonce };
    Ok(SealOptions { audience: options.audience.clone(), dossier, created_at: now, supersedes })
}

/// A digest as 64 hexadecimal digits, or with `sha-256:` before them.
pub fn schema_id(text: &str) -> Done<Sha256> {
    Ok(wire::digest(text).map_err(|_| CliError::SchemaId { argument: text.to_owned() })?)
}

fn sign(sealed: &Sealed, store: &KeyStore, options: &Sign, now: Moment) -> Done<Signed> {
    let usable = store.key.algorithms();
    let algorithm = match options.alg {
        None => usable.first().copied().unwrap_or(SignatureAlgorithm::Es256),
        Some(asked) => {
            let asked = match asked {
                Algorithm::Es256 => SignatureAlgorithm::Es256,
                Algorithm::Es384 => SignatureAlgorithm::Es384,
                Algorithm::Ps256 => SignatureAlgorithm::Ps256,
                Algorithm::Ps384 => SignatureAlgorithm::Ps384,
                Algorithm::Rs256 => SignatureAlgorithm::Rs256,
            };
            let names = || usable.iter().map(|algorithm| algorithm.jose_name()).collect::<Vec<_>>().join(", ");
            if !usable.contains(&asked) {
                return Err(CliError::Algorithm { algorithm: asked.jose_name(), usable: names() }.into());
            }
            asked
        }
    };
    let chain: Vec<pki::Certificate> = std::iter::once(&store.certificate).chain(&store.chain).cloned().collect();
    let prepared = sealed.prepare(Format::Jades, &chain, algorithm, now.instant())?;
    let signature = store.key.sign(algorithm, prepared.to_be_signed().message())?;
    Ok(prepared.attach(&signature)?)
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

fn tell(sealed: &Sealed, store: &KeyStore, options: &Sign, context: &Context) {
    if context.json {
        line(&wire::pretty(sealed.submission()));
        return;
    }
    let name = store.certificate.display_name();
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

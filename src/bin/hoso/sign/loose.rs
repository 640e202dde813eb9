//! `hoso sign --file`: files as they are, without a schema.

use crate::args::{Format, Sign};
use crate::exit::{CliError, Done, Exit};
use crate::files;
use crate::key;
use crate::output::{Context, Tone, line};
use crate::signer::Signer;
use hoso::crypto::Hasher;
use hoso::digest::Sha256Stream;
use hoso::limits;
use hoso::sign::asic::{self, File};
use hoso::sign::cades;
use hoso::sign::{Content, Part, jades};
use hoso::submission::media;
use hoso::text::visible;
use hoso::wire;
use std::path::Path;

pub fn run(options: &Sign, context: &Context) -> Done {
    refuse_others(options)?;
    let now = files::moment(options.now.as_deref())?;
    files::spare(&options.out, options.files.iter().chain(key::files(&options.key)))?;
    let names = names(options)?;
    let signer = Signer::open(&options.key, options.alg, now.instant())?;
    let signed = match options.format {
        Format::Cades => message(options, &signer)?,
        Format::Asice => container(options, &names, &signer)?,
        Format::Jades => jws(options, &names, &signer)?,
    };
    files::write_all(&options.out, &signed)?;
    tell(&names, &signer, options, context);
    Ok(Exit::Yes)
}

/// What a dossier needs and files do not.
fn refuse_others(options: &Sign) -> Done<()> {
    let given = [
        ("--schema", !options.schemas.is_empty()),
        ("--data", options.data.is_some()),
        ("--codes", !options.codes.lists.is_empty()),
        ("--attach", !options.attach.is_empty()),
        ("--audience", options.audience.is_some()),
        ("--dossier", options.dossier.is_some()),
        ("--nonce", options.nonce.is_some()),
        ("--supersedes", options.supersedes.is_some()),
    ];
    if let Some((argument, _)) = given.into_iter().find(|(_, given)| *given) {
        return Err(CliError::ArgumentsConflict { argument, other: "--file" }.into());
    }
    if options.enveloping && options.format != Format::Cades {
        return Err(CliError::ArgumentsConflict { argument: "--enveloping", other: "--format" }.into());
    }
    if options.format == Format::Cades && options.files.len() > 1 {
        return Err(CliError::OneFile { argument: "--file" }.into());
    }
    Ok(())
}

/// The names that a signature calls the files by, without their folders: no two are the same.
fn names(options: &Sign) -> Done<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for path in &options.files {
        let name = files::name(path)?;
        if names.contains(&name) {
            return Err(CliError::FileNameTwice { name }.into());
        }
        names.push(name);
    }
    Ok(names)
}

/// A signed message over the one file: beside it, of any size, or around it.
fn message(options: &Sign, signer: &Signer) -> Done<Vec<u8>> {
    let path = options.files.first().map_or(Path::new(""), |path| path.as_path());
    let held = if options.enveloping { files::read_most(path, limits::SIGNATURE_BYTES)? } else { Vec::new() };
    let content = if options.enveloping { Content::of(&held) } else { digested(path, signer)? };
    let pending = cades::prepare(&content, options.enveloping, &signer.chain, signer.algorithm, signer.at)?;
    let message = pending.attach(&signer.sign(pending.to_be_signed())?)?;
    // What could not be read again is not written.
    if message.len() > limits::SIGNATURE_BYTES {
        return Err(files::too_large(path, limits::SIGNATURE_BYTES).into());
    }
    Ok(message)
}

fn digested(path: &Path, signer: &Signer) -> Done<Content<'static>> {
    let hash = signer.algorithm.hash();
    let mut hasher = Hasher::new(hash);
    files::each(path, |piece| hasher.update(piece))?;
    Ok(Content::digested(vec![(hash, hasher.finish())]))
}

fn container(options: &Sign, names: &[String], signer: &Signer) -> Done<Vec<u8>> {
    const UNKNOWN: &str = "application/octet-stream";
    let (mut contents, mut room) = (Vec::new(), limits::ZIP_BYTES);
    for path in &options.files {
        let content = files::read_most(path, room)?;
        room = room.saturating_sub(content.len());
        contents.push(content);
    }
    let mut listed = Vec::new();
    for (name, bytes) in names.iter().zip(&contents) {
        let head = bytes.get(..media::HEAD_BYTES).unwrap_or(bytes);
        listed.push(File { name, media_type: media::detect(head, name).unwrap_or(UNKNOWN), bytes });
    }
    let pending = asic::prepare(&listed, &signer.chain, signer.algorithm, signer.at)?;
    Ok(pending.attach(&signer.sign(pending.to_be_signed())?)?)
}

fn jws(options: &Sign, names: &[String], signer: &Signer) -> Done<Vec<u8>> {
    let mut parts = Vec::new();
    for (path, name) in options.files.iter().zip(names) {
        let (mut digest, mut size) = (Sha256Stream::default(), 0);
        files::each(path, |piece| {
            digest.update(piece);
            size += piece.len() as u64;
        })?;
        parts.push(Part { name: name.clone(), size, sha256: digest.finish() });
    }
    let pending = jades::prepare(&parts, &signer.chain, signer.algorithm, signer.at)?;
    Ok(pending.attach(&signer.sign(pending.to_be_signed())?)?)
}

fn tell(names: &[String], signer: &Signer, options: &Sign, context: &Context) {
    if context.json {
        line(&wire::pretty(&super::Written::new(&options.out, names)));
        return;
    }
    let signed = context.tone(Tone::Good, context.say("Đã ký.", "Signed."));
    line(&format!("{signed} {}", context.tone(Tone::Strong, &visible(&signer.name()))));
    line(&format!("  {} {}", context.say("Tệp chữ ký:", "Signature:"), options.out.display()));
    line(&format!("  {} {}", context.say("Chữ ký gồm:", "The signature covers:"), visible(&names.join(", "))));
}

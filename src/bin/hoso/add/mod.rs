//! `hoso cosign`, `countersign`, `extend` and `timestamp`: more beside a signature, over it or to it, and nothing of it changed.

mod target;
mod tsa;

pub use tsa::TsaError;

use crate::args::{Added, AddedLevel, Cosign, Countersign, Extend, Timestamp, TsaArgs};
use crate::exit::{CliError, Done, Exit};
use crate::files;
use crate::key;
use crate::output::{Context, Tone, line};
use crate::signer::Signer;
use crate::verify::{believed, exit_of, trust};
use hoso::pki::Certificate;
use hoso::sign::verdict::SignatureVerdict;
use hoso::text::visible;
use hoso::wire::{self, Failure, Failures};
use target::Target;

pub fn cosign(options: &Cosign, context: &Context) -> Done {
    let added = &options.added;
    files::spare(&added.out, key::files(&options.key))?;
    let signer = signer(options)?;
    let target = Target::open(added)?;
    target.write(added, &target.cosigned(&signer)?)?;
    tell(added, &signer.name(), context);
    Ok(Exit::Yes)
}

pub fn countersign(options: &Countersign, context: &Context) -> Done {
    let added = &options.by.added;
    files::spare(&added.out, key::files(&options.by.key))?;
    let target = Target::open(added)?;
    let place = places(&target, Some(options.signature))?.start;
    let signer = signer(&options.by)?;
    target.write(added, &target.countersigned(place, &signer)?)?;
    tell(added, &signer.name(), context);
    Ok(Exit::Yes)
}

fn signer(options: &Cosign) -> Done<Signer> {
    Signer::open(&options.key, options.alg, files::moment(options.now.as_deref())?.instant())
}

pub fn timestamp(options: &Timestamp, context: &Context) -> Done {
    let mut target = Target::open(&options.added)?;
    for value in asked(&target, options.signature, &options.tsa)? {
        if !stamp(&mut target, &value, &options.tsa, &[])? {
            return Ok(written_question(context));
        }
    }
    target.write(&options.added, &target.signature)?;
    tell(&options.added, "", context);
    Ok(Exit::Yes)
}

pub fn extend(options: &Extend, context: &Context) -> Done {
    let read = believed(&options.trust, options.at.as_deref(), context)?;
    let mut target = Target::open(&options.added)?;
    for value in asked(&target, options.signature, &options.tsa)? {
        let verdicts = target.verdicts(&trust(&read), context.language);
        let has_stamp = verdicts.get(target.place(&value)?).is_some_and(|verdict| verdict.timestamps.iter().any(|stamp| stamp.valid));
        if (options.level == AddedLevel::T || !has_stamp) && !stamp(&mut target, &value, &options.tsa, &read.certificates)? {
            return Ok(written_question(context));
        }
        if options.level == AddedLevel::Lt {
            let place = target.place(&value)?;
            match target.lasting(place, &trust(&read), context.language) {
                Ok(used) => target.add_evidence(place, &used)?,
                Err(verdict) => return Ok(not_lasting(&verdict, context)),
            }
        }
    }
    target.write(&options.added, &target.signature)?;
    tell(&options.added, "", context);
    Ok(Exit::Yes)
}

/// The values of the signatures that are asked for, where a question that is written to a file is about one.
///
/// Their places are no names for them: in a signed message they stand in an order (X.690 11.6) that may be another once one of them has a timestamp.
fn asked(target: &Target, number: Option<usize>, tsa: &TsaArgs) -> Done<Vec<Vec<u8>>> {
    let places = places(target, number)?;
    if tsa.tsa_request.is_some() && places.len() > 1 {
        return Err(CliError::OneSignature.into());
    }
    places.map(|place| target.stamped(place)).collect()
}

fn places(target: &Target, number: Option<usize>) -> Done<std::ops::Range<usize>> {
    // What cannot be read says why.
    target.stamped(0)?;
    let count = target.count();
    match number {
        None => Ok(0..count),
        Some(number) if (1..=count).contains(&number) => Ok(number - 1..number),
        Some(number) => Err(CliError::NoSignature { number: number as u64 }.into()),
    }
}

/// Adds a timestamp to the signature of that value; false when only the question was written.
fn stamp(target: &mut Target, value: &[u8], tsa: &TsaArgs, known: &[Certificate]) -> Done<bool> {
    match tsa::token(tsa, value, known)? {
        Some(token) => target.add_timestamp(target.place(value)?, &token).map(|()| true),
        None => Ok(false),
    }
}

fn written_question(context: &Context) -> Exit {
    if !context.json {
        let text = context.say(
            "Đã ghi câu hỏi. Gửi tệp đó đến máy chủ cấp dấu thời gian, rồi chạy lại với --tsa-response",
            "The question is written. Send it to the timestamp authority, then run this again with --tsa-response",
        );
        line(text);
    }
    Exit::Yes
}

/// Why a signature cannot be made to last: as its verdict says.
fn not_lasting(verdict: &SignatureVerdict, context: &Context) -> Exit {
    let failure = |code, params: &hoso::report::Facts, message: &str| Failure { code, params: params.clone(), message: message.to_owned() };
    let errors = verdict.reasons.iter().map(|reason| failure(reason.code, &reason.params, &reason.message)).collect();
    context.failures(&Failures { errors });
    exit_of(verdict.indication)
}

fn tell(added: &Added, name: &str, context: &Context) {
    if context.json {
        line(&wire::pretty(&crate::sign::Written::new(&added.out, &[])));
        return;
    }
    let done = context.tone(Tone::Good, if name.is_empty() { context.say("Đã thêm.", "Added.") } else { context.say("Đã ký.", "Signed.") });
    line(&format!("{done} {}", context.tone(Tone::Strong, &visible(name))));
    line(&format!("  {} {}", context.say("Đã ghi:", "Written:"), added.out.display()));
}

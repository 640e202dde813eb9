//! JAdES signatures by npm's `jose`, time-stamped by OpenSSL.
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot make its samples has failed")]

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

use super::judges;
use super::theirs::World;

/// A JAdES signature that somebody else made, and what it is.
#[derive(Clone, Debug)]
pub struct TheirJades {
    /// Form, level, content and algorithms in one.
    pub name: String,
    pub file: PathBuf,
    /// `B-B` or `B-T`.
    pub level: &'static str,
    /// The parts that sigD names; none where the payload is inside.
    pub parts: Vec<(String, PathBuf)>,
    pub signers: usize,
}

/// How the unsigned members stand in `etsiU` (5.3.1).
#[derive(Clone, Copy)]
enum Unsigned {
    Encoded,
    Clear,
}

/// Every form, content, algorithm and level.
pub fn jades(world: &World) -> Vec<TheirJades> {
    let mut made = Vec::new();
    for detached in [true, false] {
        for algorithm in [("p256", "ES256"), ("p384", "ES384"), ("rsa", "PS256"), ("rsa", "PS384"), ("rsa", "RS256")] {
            made.push(sign(world, "flattened", &[algorithm], detached, true));
        }
        made.push(sign(world, "compact", &[("p256", "ES256")], detached, false));
        made.push(sign(world, "general", &[("p256", "ES256")], detached, true));
        made.push(sign(world, "general", &[("p256", "ES256"), ("rsa", "PS256")], detached, true));
        for form in ["flattened", "general"] {
            let plain = sign(world, form, &[("p384", "ES384")], detached, true);
            made.push(stamp(world, &plain, Unsigned::Encoded));
            made.push(stamp(world, &plain, Unsigned::Clear));
        }
    }
    // RFC 7797 is a choice: with an empty payload the input is the same, and the header is not.
    made.push(sign(world, "flattened", &[("p256", "ES256")], true, false));
    made
}

fn sign(world: &World, form: &str, signers: &[(&str, &str)], detached: bool, raw: bool) -> TheirJades {
    let algorithms: Vec<_> = signers.iter().map(|(_, algorithm)| algorithm.to_lowercase()).collect();
    let kind = if detached { "sigd" } else { "payload" };
    let name = format!("jose-{form}-{kind}-{}{}", algorithms.join("-"), if detached && !raw { "-b64" } else { "" });
    let file = world.folder.join(format!("{name}.jws"));
    let parts = if detached { parts(world) } else { Vec::new() };
    let signers: Vec<_> = signers
        .iter()
        .map(|(holder, algorithm)| {
            let holder = world.person(holder);
            json!([holder.key(), holder.certificate(), algorithm])
        })
        .collect();
    let mut recipe = json!({"out": file, "form": form, "signers": signers, "issuer": world.ca.certificate()});
    if detached {
        recipe["parts"] = json!(parts);
        recipe["b64"] = json!(!raw);
    } else {
        recipe["payload"] = json!(world.content);
    }
    let answer = judges::exit_code(judges::node("make-jades.mjs").arg(recipe.to_string()));
    assert!(answer.accepted, "{name}: {}", answer.words);
    TheirJades { name, file, level: "B-B", parts, signers: signers.len() }
}

/// Two files, one with a name that has to be percent-encoded.
fn parts(world: &World) -> Vec<(String, PathBuf)> {
    let second = world.folder.join("second.txt");
    fs::write(&second, "phần hai").unwrap();
    vec![("form.json".to_owned(), world.content.clone()), ("att/Căn cước.pdf".to_owned(), second)]
}

/// The same signature with a token over each value (5.3.4): what is stamped is the value as it is written, in base64url.
fn stamp(world: &World, plain: &TheirJades, way: Unsigned) -> TheirJades {
    let mut jws: Value = serde_json::from_slice(&fs::read(&plain.file).unwrap()).unwrap();
    let (suffix, digest) = match way {
        Unsigned::Encoded => ("encoded", "sha256"),
        Unsigned::Clear => ("clear", "sha384"),
    };
    let name = format!("{}-stamped-{suffix}", plain.name);
    let stamp_one = |one: &mut Value| {
        let token = fs::read(world.stamp(&name, one["signature"].as_str().unwrap().as_bytes(), digest, true)).unwrap();
        let member = json!({"sigTst": {"tstTokens": [{"val": STANDARD.encode(token)}]}});
        let member = match way {
            Unsigned::Encoded => json!(URL_SAFE_NO_PAD.encode(member.to_string())),
            Unsigned::Clear => member,
        };
        one["header"] = json!({"etsiU": [member]});
    };
    match jws.get_mut("signatures") {
        Some(signatures) => signatures.as_array_mut().unwrap().iter_mut().for_each(stamp_one),
        None => stamp_one(&mut jws),
    }
    let file = world.folder.join(format!("{name}.jws"));
    fs::write(&file, jws.to_string()).unwrap();
    TheirJades { name, file, level: "B-T", ..plain.clone() }
}

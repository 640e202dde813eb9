//! The outside judges of signatures, asked all together.
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot ask its judge has failed")]

use std::path::PathBuf;

use super::judges::{self, Answer, Facts};
use super::theirs::{Theirs, World};

/// A CMS signature, and what is asked about it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub name: String,
    pub file: PathBuf,
    /// What it signs, where it does not hold that.
    pub content: Option<PathBuf>,
    /// `B-B`, `B-T` or `B-LT`: the form it has to have.
    pub level: &'static str,
}

impl From<&Theirs> for Asked {
    fn from(theirs: &Theirs) -> Self {
        Self { name: theirs.name.clone(), file: theirs.file.clone(), content: theirs.content.clone(), level: theirs.level }
    }
}

/// The judges of CMS and CAdES, in the order of the answers. The last one judges the form alone, by rules of ours over asn1crypto.
pub const CMS: [&str; 5] = ["OpenSSL", "GnuTLS", "Bouncy Castle", "pyHanko", "asn1crypto"];

/// What each of them says about each signature.
pub fn cms(world: &World, asked: &[Asked]) -> Vec<[Answer; 5]> {
    let question = |verb: &str, one: &Asked| world.question(verb, &one.file, one.content.as_deref());
    let by_line = |judge, verb, more: fn(&Asked) -> String| -> Vec<Facts> {
        let lines = asked.iter().map(|one| question(verb, one) + &more(one) + "\n");
        judges::facts(judge, lines.collect())
    };
    let castle = by_line(judges::java(), "cms", |_| String::new());
    let hanko = by_line(judges::python("cms-verify.py"), "cms", |_| String::new());
    let shape = by_line(judges::python("cades-shape.py"), "shape", |one| format!("\tlevel={}", one.level));
    let by_hand = asked.iter().map(|one| {
        let content = one.content.as_deref();
        (judges::openssl_cms(&one.file, content, &world.root.certificate(), None), judges::certtool(&one.file, content, &world.trusted))
    });
    let rows = by_hand.zip(castle).zip(hanko).zip(shape);
    rows.map(|((((openssl, gnutls), castle), hanko), shape)| [openssl, gnutls, castle.into(), hanko.into(), shape.into()]).collect()
}

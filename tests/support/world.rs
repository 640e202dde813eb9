//! A signed package and every way to change it before it is verified.

#![allow(dead_code, reason = "each test uses a part")]

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use hoso::crypto::SignatureAlgorithm;
use hoso::digest::Sha256;
use hoso::json::{Document, canonical};
use hoso::report::Language;
use hoso::schema::{Options, Schema};
use hoso::sign::Part;
use hoso::sign::jades;
use hoso::sign::verdict::{Indication, SubIndication};
use hoso::submission::container::{Directory, Entry};
use hoso::submission::{Verdict, VerifyOptions, verify};
use hoso::text::{Instant, Moment};
use serde_json::{Value as Json, json};

use super::dossier::{self, FILES};
use super::person::{Authorities, Person, SIGNER};

/// A dossier sealed, signed, packed and not yet changed, with what its verdict depends on.
pub struct World {
    pub authorities: Authorities,
    pub signer: Person,
    pub options: VerifyOptions,
    pub entries: Entries,
}

/// The entries of a package, names and contents, the signature last.
pub type Entries = Vec<(String, Vec<u8>)>;

impl World {
    /// Signed with ES256.
    pub fn new() -> Self {
        Self::signed_with("ec:P-256", SignatureAlgorithm::Es256)
    }

    /// Signed with a key of a kind.
    pub fn signed_with(key: &str, algorithm: SignatureAlgorithm) -> Self {
        let authorities = Authorities::new();
        let signer = authorities.person("signer", key, SIGNER);
        let now = dossier::moment(&signer);
        let options = VerifyOptions { audience: Some("https://portal.example".to_owned()), ..authorities.believed(now, Language::Vi) };
        let signed = dossier::sign(&dossier::sealed(now), &signer, algorithm, now.instant());
        let package = dossier::read(&dossier::bytes(&signed)).unwrap();
        let documents = [package.submission, package.form, package.schema, package.view];
        let contents = documents.into_iter().chain(FILES.iter().rev().map(|(_, _, bytes)| bytes.to_vec()));
        let mut entries: Entries = package.parts.into_iter().map(|part| part.name).zip(contents).collect();
        entries.push(("signature.jose.json".to_owned(), package.signature));
        Self { authorities, signer, options, entries }
    }

    /// When the package was sealed, signed and received.
    pub fn now(&self) -> Moment {
        self.options.received
    }

    /// So many seconds after [`World::now`].
    pub fn later(&self, seconds: i64) -> Moment {
        Moment::new(self.now().instant().plus(seconds), Moment::VIETNAM)
    }

    /// The verdict on these entries.
    pub fn verify(&self, entries: &Entries) -> Verdict {
        published(verify(&dossier::read(&zip(entries)).unwrap(), &self.options))
    }

    /// The verdict on the package as it is, asked otherwise.
    pub fn verify_with(&self, change: impl FnOnce(&mut VerifyOptions)) -> Verdict {
        let mut options = self.options.clone();
        change(&mut options);
        published(verify(&dossier::read(&zip(&self.entries)).unwrap(), &options))
    }

    /// The package changed before it was signed by somebody who means harm: all digests are right again.
    pub fn resigned(&self, change: impl FnOnce(&mut Json, &mut Entries)) -> Verdict {
        let mut entries = self.entries.clone();
        let mut submission: Json = serde_json::from_slice(&entries[0].1).unwrap();
        change(&mut submission, &mut entries);
        for (name, at) in [("form", 1), ("schema", 2), ("view", 3)] {
            let digest = Sha256::of(&entries[at].1);
            submission[name]["sha256"] = json!(digest.to_string());
            submission[name]["size"] = json!(entries[at].1.len());
            if name == "schema" {
                submission[name]["id"] = json!(digest.id());
            }
        }
        entries[0].1 = canonical_bytes(&submission.to_string());
        self.verify(&self.signed_anew(entries, self.now().instant(), |_| {}))
    }

    /// These entries with a new signature in place of the last, over the parts as changed.
    pub fn signed_anew(&self, mut entries: Entries, at: Instant, change: impl FnOnce(&mut Vec<Part>)) -> Entries {
        entries.pop();
        let mut parts = parts(&entries);
        change(&mut parts);
        let pending = jades::prepare(&parts, &self.signer.chain, SignatureAlgorithm::Es256, at).unwrap();
        let signature = self.signer.key.sign(SignatureAlgorithm::Es256, pending.to_be_signed().message()).unwrap();
        entries.push(("signature.jose.json".to_owned(), pending.attach(&signature).unwrap()));
        entries
    }

    /// The signature made again over a header that hoso would not write.
    pub fn header(&self, change: impl FnOnce(&mut Json)) -> Verdict {
        let mut entries = self.entries.clone();
        let file: Json = serde_json::from_slice(&entries.last().unwrap().1).unwrap();
        let mut header: Json =
            serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(file["protected"].as_str().unwrap()).unwrap()).unwrap();
        change(&mut header);
        entries.last_mut().unwrap().1 = forged(&self.signer, &header.to_string());
        self.verify(&entries)
    }

    /// The signature file with other members.
    pub fn file(&self, change: impl FnOnce(&mut Json)) -> Verdict {
        let mut entries = self.entries.clone();
        let mut file: Json = serde_json::from_slice(&entries.last().unwrap().1).unwrap();
        change(&mut file);
        entries.last_mut().unwrap().1 = canonical_bytes(&file.to_string());
        self.verify(&entries)
    }
}

/// Every verdict the tests see has the published shape.
pub fn published(verdict: Verdict) -> Verdict {
    holds(include_str!("../../forms/meta/verdict.schema.json"), &hoso::wire::line(&verdict));
    verdict
}

/// A text is valid by a schema.
pub fn holds(schema: &str, text: &str) {
    let schema = Schema::compile(schema, &Options { assert_formats: true, ..Options::default() }).unwrap();
    let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
    let report = schema.validate(&Document::read(text).unwrap(), now, Language::En).unwrap();
    assert!(report.valid, "{text}\n{:?}", report.issues);
}

/// A signature file over any header.
pub fn forged(signer: &Person, header: &str) -> Vec<u8> {
    let protected = BASE64_URL_SAFE_NO_PAD.encode(header);
    let signature = signer.key.sign(signer.key.algorithms()[0], format!("{protected}.").as_bytes()).unwrap();
    json!({"protected": protected, "signature": BASE64_URL_SAFE_NO_PAD.encode(signature)}).to_string().into_bytes()
}

/// The canonical form of a JSON text.
pub fn canonical_bytes(text: &str) -> Vec<u8> {
    canonical(Document::read(text).unwrap().root()).unwrap().into_bytes()
}

/// What a signature says of these entries.
pub fn parts(entries: &[(String, Vec<u8>)]) -> Vec<Part> {
    let part = |(name, bytes): &(String, Vec<u8>)| Part { name: name.clone(), size: bytes.len() as u64, sha256: Sha256::of(bytes) };
    entries.iter().map(part).collect()
}

/// The entries packed, by the container's own rules.
pub fn zip(entries: &Entries) -> Vec<u8> {
    let mut directory = Directory::default();
    let mut out = Vec::new();
    for (name, content) in entries {
        let entry = Entry { name: name.clone(), size: content.len() as u32, crc32: crc32fast::hash(content) };
        out.extend(directory.add(&entry).unwrap());
        out.extend(content);
    }
    out.extend(directory.finish());
    out
}

/// The gate's codes.
pub fn codes(verdict: &Verdict) -> Vec<&str> {
    verdict.gate.iter().map(|entry| entry.code).collect()
}

/// What the verdict says of the signature, with the codes of its reasons.
pub fn conclusion(verdict: &Verdict) -> (Indication, Option<SubIndication>, Vec<&str>) {
    let signature = &verdict.signatures[0];
    (signature.indication, signature.sub_indication, signature.reasons.iter().map(|reason| reason.code).collect())
}

/// The signature fails for this reason and no other.
pub fn refused_by(verdict: &Verdict, why: SubIndication, reason: &str) {
    assert_eq!(conclusion(verdict), (why.indication(), Some(why), vec![reason]));
    assert!(!verdict.accepted);
}

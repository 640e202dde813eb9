//! A small dossier for tests: a rule schema, data and two files.

#![allow(dead_code, reason = "each test uses a part")]

use hoso::crypto::SignatureAlgorithm;
use hoso::digest::Sha256;
use hoso::form::{CheckedForm, Form};
use hoso::json::{Document, Pointer};
use hoso::report::Language;
use hoso::schema::{Options, Schema};
use hoso::submission::manifest::Dossier;
use hoso::submission::package::DOCUMENTS;
use hoso::submission::{Attachment, Chunk, Format, Intake, Measure, Package, PackageError, SealOptions, Sealed, Signed, attach, seal};
use hoso::text::{Instant, Moment};
use std::sync::Arc;

use super::person::Person;

pub const SCHEMA: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "x-procedure": {"code": "1.001612", "version": "2026-11", "title": {"vi": "Đăng ký hộ kinh doanh", "en": "Household business registration"},
    "authority": {"vi": "Ủy ban nhân dân cấp xã", "en": "Commune people's committee"}, "legalBasis": ["Nghị định 168/2025/NĐ-CP"],
    "effectiveFrom": "2025-07-01", "evidence": "citizen-signature"},
  "type": "object",
  "additionalProperties": false,
  "required": ["owner", "capital"],
  "properties": {
    "owner": {"type": "string", "minLength": 2, "x-label": {"vi": "Họ và tên", "en": "Full name"}},
    "capital": {"type": "integer", "minimum": 1, "x-label": {"vi": "Vốn", "en": "Capital"}},
    "papers": {"x-attachment": {"mediaTypes": ["application/pdf"], "maxBytes": 1000, "maxFiles": 2}, "x-label": {"vi": "Giấy tờ", "en": "Papers"}},
    "map": {"x-attachment": {"mediaTypes": ["image/png"], "maxBytes": 1000}, "x-label": {"vi": "Sơ đồ", "en": "Map"}}
  }
}"##;

pub const FILES: [(&str, &str, &[u8]); 2] =
    [("/papers", "Căn cước.pdf", b"%PDF-1.7 a paper"), ("/map", "sơ đồ.PNG", b"\x89PNG\r\n\x1a\n a map of the place")];

pub fn files() -> Vec<Attachment> {
    let measured = FILES.iter().map(|(field, name, bytes)| {
        let mut measure = Measure::default();
        bytes.chunks(5).for_each(|piece| measure.push(piece));
        measure.finish(Pointer::parse(field).unwrap(), name).unwrap()
    });
    measured.collect()
}

/// The moment at which everything happens.
pub fn moment(person: &Person) -> Moment {
    Moment::new(person.chain[0].not_before().plus(3_600), Moment::VIETNAM)
}

pub fn checked(now: Moment) -> CheckedForm {
    let schema = Schema::compile(SCHEMA, &Options::default()).unwrap();
    let data = Document::read(r#"{"owner": "Nguyễn Văn Mẫu", "capital": 150000000}"#).unwrap();
    Form::open(Arc::new(schema), attach(&data, &files()).unwrap()).check(now, Language::Vi).unwrap()
}

pub fn options(now: Moment) -> SealOptions {
    SealOptions {
        audience: "https://portal.example".to_owned(),
        dossier: Dossier { id: "H16.01".to_owned(), nonce: "bm9uY2Ugb2YgMTYgYnl0ZQ".to_owned() },
        created_at: now,
        supersedes: None,
    }
}

pub fn sealed(now: Moment) -> Sealed {
    seal(&checked(now), &options(now), &files()).unwrap()
}

pub fn sign(sealed: &Sealed, person: &Person, algorithm: SignatureAlgorithm, at: Instant) -> Signed {
    sign_as(Format::Jades, sealed, person, algorithm, at)
}

pub fn sign_as(format: Format, sealed: &Sealed, person: &Person, algorithm: SignatureAlgorithm, at: Instant) -> Signed {
    let prepared = sealed.prepare(format, &person.chain, algorithm, at).unwrap();
    let signature = person.key.sign(algorithm, prepared.to_be_signed().message()).unwrap();
    prepared.attach(&signature).unwrap()
}

pub fn bytes(signed: &Signed) -> Vec<u8> {
    let chunks = signed.package().unwrap().into_iter().flat_map(|chunk| match chunk {
        Chunk::Bytes(bytes) => bytes,
        Chunk::Document(bytes) => bytes.to_vec(),
        Chunk::Attachment(index) => FILES[index].2.to_vec(),
    });
    chunks.collect()
}

/// What a package holds, but for the attachments: the documents in their order, the signature file, and the manifest where there is one.
pub fn contents(package: &Package) -> [&[u8]; 6] {
    [&package.submission, &package.form, &package.schema, &package.view, &package.signature, &package.manifest]
}

/// The package with something else in one of those places, by somebody who mends every checksum.
pub fn exchanged(package: &Package, place: usize, content: &[u8]) -> Package {
    let mut changed = package.clone();
    let places =
        [&mut changed.submission, &mut changed.form, &mut changed.schema, &mut changed.view, &mut changed.signature, &mut changed.manifest];
    for old in places.into_iter().skip(place).take(1) {
        *old = content.to_vec();
    }
    for part in changed.parts.iter_mut().take(DOCUMENTS.len()).skip(place).take(1) {
        part.sha256 = Sha256::of(content);
    }
    changed
}

pub fn read(bytes: &[u8]) -> Result<Package, PackageError> {
    let mut intake = Intake::default();
    bytes.chunks(1_000).try_for_each(|piece| intake.push(piece))?;
    intake.finish()
}

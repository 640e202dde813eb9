//! `submission.json`: what the dossier says of itself. Its shape is frozen by `formatVersion` 1.

use super::error::PackageError;
use super::input::read_input;
pub use super::input::{Claim, Input};
use super::{FORM, SCHEMA, VIEW};
use crate::digest::Sha256;
use crate::json::{Document, Object, Pointer, Reading, Shape, ShapeError, ToJson, WriteError, Writer, canonical, canonical_from};
use crate::report::{Issue, Language};
use crate::text::{Instant, Moment, UNICODE_VERSION, length, unsafe_text};

/// The media types of the documents.
const SCHEMA_TYPE: &str = "application/schema+json";
const FORM_TYPE: &str = "application/json";
const VIEW_TYPE: &str = "text/html; charset=utf-8";

/// The name of what checks.
const ENGINE: &str = "hoso";

/// What a dossier says of itself: what it is for, what it consists of, how it was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The format, of which there is one.
    pub format_version: FormatOne,
    /// The procedure, from the schema.
    pub procedure: Procedure,
    /// The portal that the dossier is for.
    pub audience: String,
    /// What keeps the dossier from being filed twice.
    pub dossier: Dossier,
    /// When it was sealed.
    pub created_at: Moment,
    /// The language of the reading copy.
    pub language: Language,
    /// The rule schema.
    pub schema: SchemaPart,
    /// The data.
    pub form: DocumentPart,
    /// The reading copy.
    pub view: DocumentPart,
    /// The files, in package order.
    pub attachments: Vec<AttachmentPart>,
    /// Every reference, code list and calendar that the check used, and every answer of a database that the form holds.
    pub inputs: Vec<Input>,
    /// What checked, and rendered the reading copy.
    pub engine: Engine,
    /// The submission that this one supplements.
    pub supersedes: Option<Sha256>,
    /// How the data was found.
    pub verdict: Checked,
}

/// Format 1 of `submission.json`, written as that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatOne;

impl FormatOne {
    const NUMBER: u64 = 1;
}

/// A procedure and the version of its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// The national code.
    pub code: String,
    /// The version of the form.
    pub version: String,
}

/// The dossier's id at the portal, and a value that the portal gave for this filing only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// The id.
    pub id: String,
    /// The value used once.
    pub nonce: String,
}

/// The rule schema as a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaPart {
    /// The schema's identity, which is the digest of the part: a part is the schema's canonical form.
    pub id: Sha256,
    /// The part.
    pub part: DocumentPart,
}

/// A document as a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPart {
    name: &'static str,
    media_type: &'static str,
    /// Bytes.
    pub size: u64,
    /// The digest of its bytes.
    pub sha256: Sha256,
}

/// An attachment as a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentPart {
    /// The name in the package.
    pub name: String,
    /// The name on the citizen's device.
    pub file_name: String,
    /// Where in the form it stands.
    pub field: Pointer,
    /// The media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// The digest of its bytes.
    pub sha256: Sha256,
}

/// What made the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engine {
    /// `hoso`; packages of others are not read.
    pub name: &'static str,
    /// Its version.
    pub version: String,
    /// The version of Unicode that normalization followed.
    pub unicode: String,
    /// The version of the renderer of the reading copy.
    pub renderer: String,
}

impl Engine {
    /// This build, with the renderer of that version.
    #[must_use]
    pub fn this(renderer: &str) -> Self {
        Self {
            name: ENGINE,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            unicode: UNICODE_VERSION.to_owned(),
            renderer: renderer.to_owned(),
        }
    }
}

/// How the data was found when it was sealed: valid, or it could not have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    valid: bool,
    /// The moment for which it was checked.
    pub now: Moment,
    /// What a person should look at, though it does not forbid sealing.
    pub issues: Vec<Noted>,
}

impl Checked {
    /// Valid at that moment, with these issues noted.
    #[must_use]
    pub const fn valid(now: Moment, issues: Vec<Noted>) -> Self {
        Self { valid: true, now, issues }
    }
}

/// An issue of level `warning` or `review`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Noted {
    /// Where in the form.
    pub path: Pointer,
    /// Which issue.
    pub code: String,
    /// `warning` or `review`.
    pub level: String,
}

impl DocumentPart {
    /// `form.json`.
    #[must_use]
    pub fn form(text: &str) -> Self {
        Self::new(FORM, FORM_TYPE, text)
    }

    /// `view.html`.
    #[must_use]
    pub fn view(text: &str) -> Self {
        Self::new(VIEW, VIEW_TYPE, text)
    }

    fn new(name: &'static str, media_type: &'static str, text: &str) -> Self {
        Self { name, media_type, size: text.len() as u64, sha256: Sha256::of(text.as_bytes()) }
    }

    fn read(members: Reading<'_, '_>, name: &'static str, media_type: &'static str) -> Self {
        members.member("name").exactly(name);
        members.member("mediaType").exactly(media_type);
        Self { name, media_type, size: read_size(members), sha256: read_digest(members.member("sha256"), Sha256::from_hex) }
    }
}

impl SchemaPart {
    /// `schema.json`, which holds the schema in canonical form.
    #[must_use]
    pub fn new(canonical: &str) -> Self {
        let part = DocumentPart::new(SCHEMA, SCHEMA_TYPE, canonical);
        Self { id: part.sha256, part }
    }
}

impl ToJson for Submission {
    fn write(&self, out: &mut Writer) {
        let Dossier { id, nonce } = &self.dossier;
        let Checked { valid, now, issues } = &self.verdict;
        out.object(|out| {
            out.member("formatVersion", &FormatOne::NUMBER)
                .member("procedure", &self.procedure)
                .member("audience", &self.audience)
                .member("dossier", &Object(|out| out.member("id", id).member("nonce", nonce)))
                .member("createdAt", &self.created_at)
                .member("language", &self.language)
                .member("schema", &self.schema)
                .member("form", &self.form)
                .member("view", &self.view)
                .member("attachments", &self.attachments)
                .member("inputs", &self.inputs)
                .member("engine", &self.engine);
            if let Some(digest) = &self.supersedes {
                out.member("supersedes", &digest.id());
            }
            out.member("verdict", &Object(|out| out.member("valid", valid).member("now", now).member("issues", issues)))
        });
    }
}

impl ToJson for Procedure {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("code", &self.code).member("version", &self.version));
    }
}

impl ToJson for SchemaPart {
    fn write(&self, out: &mut Writer) {
        out.object(|out| self.part.members(out.member("id", &self.id.id())));
    }
}

impl ToJson for DocumentPart {
    fn write(&self, out: &mut Writer) {
        out.object(|out| self.members(out));
    }
}

impl DocumentPart {
    fn members<'w>(&self, out: &'w mut Writer) -> &'w mut Writer {
        out.member("name", &self.name).member("mediaType", &self.media_type).member("size", &self.size).member("sha256", &self.sha256)
    }
}

impl ToJson for AttachmentPart {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("name", &self.name)
                .member("fileName", &self.file_name)
                .member("field", &self.field)
                .member("mediaType", &self.media_type)
                .member("size", &self.size)
                .member("sha256", &self.sha256)
        });
    }
}

impl ToJson for Engine {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("name", &self.name)
                .member("version", &self.version)
                .member("unicode", &self.unicode)
                .member("renderer", &self.renderer)
        });
    }
}

impl ToJson for Noted {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("path", &self.path).member("code", &self.code).member("level", &self.level));
    }
}

impl From<&Issue> for Noted {
    fn from(issue: &Issue) -> Self {
        Self { path: issue.path.clone(), code: issue.code.to_owned(), level: issue.level.name().to_owned() }
    }
}

impl Submission {
    /// The bytes of `submission.json`: the canonical form.
    ///
    /// # Errors
    /// So much is listed that no reader would take it.
    pub fn to_canonical(&self) -> Result<String, WriteError> {
        canonical_from(self)
    }

    /// The digest of these bytes, by which a supplement names it.
    ///
    /// # Errors
    /// As [`Submission::to_canonical`].
    pub fn digest(&self) -> Result<Sha256, WriteError> {
        Ok(Sha256::of(self.to_canonical()?.as_bytes()))
    }

    /// Reads the bytes of `submission.json`.
    ///
    /// # Errors
    /// They are not JSON, not in canonical form, or have another shape than format 1.
    pub fn read(bytes: &[u8]) -> Result<Self, PackageError> {
        let document = Document::read(bytes).map_err(PackageError::SubmissionUnreadable)?;
        if canonical(document.root()).ok().is_none_or(|text| text.as_bytes() != bytes) {
            return Err(PackageError::SubmissionNotCanonical);
        }
        Ok(Self::from_shape(Shape::of(&document))?)
    }

    fn from_shape(shape: Shape<'_>) -> Result<Self, ShapeError> {
        // Said first: whoever meets a later format is told so, not which member of it is unknown.
        if let Some(version) = shape.optional("formatVersion").filter(|version| version.size() != Ok(FormatOne::NUMBER)) {
            return Err(version.mistyped());
        }
        shape.reading(|whole| {
            let whole = whole.object(&MEMBERS, &["supersedes"]);
            Self {
                format_version: FormatOne,
                procedure: read_procedure(whole.member("procedure")),
                audience: fit_text(whole.member("audience"), 1, 2_000, is_uri),
                dossier: read_dossier(whole.member("dossier")),
                created_at: read_moment(whole.member("createdAt")),
                language: whole.member("language").read(Language::from_tag).unwrap_or_default(),
                schema: read_schema(whole.member("schema")),
                form: DocumentPart::read(whole.member("form").object(&DOCUMENT_MEMBERS, &[]), FORM, FORM_TYPE),
                view: DocumentPart::read(whole.member("view").object(&DOCUMENT_MEMBERS, &[]), VIEW, VIEW_TYPE),
                attachments: whole.member("attachments").items(read_attachment),
                inputs: whole.member("inputs").items(read_input),
                engine: read_engine(whole.member("engine")),
                supersedes: whole.optional("supersedes").map(|digest| read_digest(digest, Sha256::from_id)),
                verdict: read_checked(whole.member("verdict")),
            }
        })
    }
}

const MEMBERS: [&str; 13] = [
    "attachments",
    "audience",
    "createdAt",
    "dossier",
    "engine",
    "form",
    "formatVersion",
    "inputs",
    "language",
    "procedure",
    "schema",
    "verdict",
    "view",
];

const DOCUMENT_MEMBERS: [&str; 4] = ["mediaType", "name", "sha256", "size"];

fn read_procedure(reading: Reading<'_, '_>) -> Procedure {
    let members = reading.object(&["code", "version"], &[]);
    Procedure { code: text(members.member("code"), 8, 8), version: text(members.member("version"), 1, 50) }
}

fn read_dossier(reading: Reading<'_, '_>) -> Dossier {
    let members = reading.object(&["id", "nonce"], &[]);
    let nonce = fit_text(members.member("nonce"), 22, 86, is_base64url);
    Dossier { id: text(members.member("id"), 1, 128), nonce }
}

fn read_schema(reading: Reading<'_, '_>) -> SchemaPart {
    let members = reading.object(&["id", "mediaType", "name", "sha256", "size"], &[]);
    let part = DocumentPart::read(members, SCHEMA, SCHEMA_TYPE);
    let id = read_digest(members.member("id"), Sha256::from_id);
    if id != part.sha256 {
        members.member("id").refuse();
    }
    SchemaPart { id, part }
}

fn read_attachment(reading: Reading<'_, '_>) -> AttachmentPart {
    let members = reading.object(&["field", "fileName", "mediaType", "name", "sha256", "size"], &[]);
    AttachmentPart {
        name: text(members.member("name"), 8, 100),
        file_name: text(members.member("fileName"), 1, 255),
        field: Pointer::parse(&fit_text(members.member("field"), 1, 1_000, |text| Pointer::parse(text).is_some())).unwrap_or_default(),
        media_type: text(members.member("mediaType"), 3, 100),
        size: read_size(members),
        sha256: read_digest(members.member("sha256"), Sha256::from_hex),
    }
}

fn read_engine(reading: Reading<'_, '_>) -> Engine {
    let members = reading.object(&["name", "renderer", "unicode", "version"], &[]);
    members.member("name").exactly(ENGINE);
    Engine {
        name: ENGINE,
        version: text(members.member("version"), 1, 50),
        unicode: text(members.member("unicode"), 1, 20),
        renderer: text(members.member("renderer"), 1, 50),
    }
}

fn read_checked(reading: Reading<'_, '_>) -> Checked {
    let members = reading.object(&["issues", "now", "valid"], &[]);
    // Only a valid form can be sealed, so no package says otherwise.
    if !members.member("valid").truth() {
        members.member("valid").refuse();
    }
    let issues = members.member("issues").items(read_noted);
    Checked::valid(read_moment(members.member("now")), issues)
}

fn read_noted(reading: Reading<'_, '_>) -> Noted {
    let members = reading.object(&["code", "level", "path"], &[]);
    Noted {
        path: members.member("path").read(Pointer::parse).unwrap_or_default(),
        code: text(members.member("code"), 3, 100),
        level: one_of(members.member("level"), &["review", "warning"]),
    }
}

/// A text of so many letters, without any that hides or reorders what a reader sees. The lengths are those of
/// `forms/meta/submission.schema.json`.
pub(super) fn text(reading: Reading<'_, '_>, least: usize, most: usize) -> String {
    fit_text(reading, least, most, |_| true)
}

/// The same, which must fit in one way more.
fn fit_text(reading: Reading<'_, '_>, least: usize, most: usize, fits: fn(&str) -> bool) -> String {
    let text = reading.text();
    if !(least..=most).contains(&length(text)) || unsafe_text(text).is_some() || !fits(text) {
        reading.refuse();
    }
    text.to_owned()
}

pub(super) fn one_of(reading: Reading<'_, '_>, words: &[&str]) -> String {
    let text = reading.text();
    if !words.contains(&text) {
        reading.refuse();
    }
    text.to_owned()
}

pub(super) fn read_digest(reading: Reading<'_, '_>, spelling: fn(&str) -> Option<Sha256>) -> Sha256 {
    reading.read(spelling).unwrap_or(Sha256::from_bytes([0; 32]))
}

/// RFC 3986 3: a scheme, a colon and more, nothing that must be percent-encoded.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let in_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(in_scheme)
        && !rest.is_empty()
        && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

fn is_base64url(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// No part is empty, and none is larger than a double counts exactly.
fn read_size(members: Reading<'_, '_>) -> u64 {
    let size = members.member("size").size();
    if size == 0 || size > 1 << 53 {
        members.member("size").refuse();
    }
    size
}

/// A moment in the one spelling that hoso writes.
fn read_moment(reading: Reading<'_, '_>) -> Moment {
    let moment = reading.read(|text| Moment::parse(text).filter(|moment| moment.text() == text));
    moment.unwrap_or(Moment::new(Instant::from_unix(0), 0))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::json::ShapeProblem;

    pub(crate) fn example() -> Submission {
        let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
        Submission {
            format_version: FormatOne,
            procedure: Procedure { code: "1.001612".to_owned(), version: "1".to_owned() },
            audience: "https://portal.example".to_owned(),
            dossier: Dossier { id: "H1".to_owned(), nonce: "bm9uY2Ugb2YgMTYgYnl0ZQ".to_owned() },
            created_at: now,
            language: Language::Vi,
            schema: SchemaPart::new("{}"),
            form: DocumentPart::form("{}"),
            view: DocumentPart::view("<p>"),
            attachments: vec![AttachmentPart {
                name: "att/01-a.pdf".to_owned(),
                file_name: "a.pdf".to_owned(),
                field: Pointer::parse("/files/0").unwrap(),
                media_type: "application/pdf".to_owned(),
                size: 9,
                sha256: Sha256::of(b"a"),
            }],
            inputs: vec![Input { kind: "code-list".to_owned(), name: "communes".to_owned(), sha256: Sha256::of(b"b") }],
            engine: Engine::this("1"),
            supersedes: Some(Sha256::of(b"c")),
            verdict: Checked::valid(
                now,
                vec![Noted { path: Pointer::parse("/a").unwrap(), code: "rule.review".to_owned(), level: "review".to_owned() }],
            ),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let submission = example();
        let text = submission.to_canonical().unwrap();
        assert!(
            text.starts_with(
                r#"{"attachments":[{"field":"/files/0","fileName":"a.pdf","mediaType":"application/pdf","name":"att/01-a.pdf""#
            )
        );
        assert!(text.contains(r#""createdAt":"2026-11-24T09:00:00+07:00""#) && text.contains(r#""formatVersion":1"#), "{text}");
        assert_eq!(Submission::read(text.as_bytes()), Ok(submission));
        let first = Submission { supersedes: None, ..example() };
        assert!(!first.to_canonical().unwrap().contains("supersedes"));
        assert_eq!(Submission::read(first.to_canonical().unwrap().as_bytes()), Ok(first));
    }

    #[test]
    fn every_member_but_supersedes_must_be_there_and_no_other() {
        let text = example().to_canonical().unwrap();
        let document = Document::read(text.clone()).unwrap();
        for (name, _) in document.root().members() {
            let changed = text.replacen(&format!("\"{name}\":"), &format!("\"{name}x\":"), 1);
            let renamed = canonical(Document::read(changed).unwrap().root()).unwrap();
            let place = Pointer::root().child(&format!("{name}x"));
            let expected = ShapeError { path: place, problem: ShapeProblem::Unknown };
            assert_eq!(Submission::read(renamed.as_bytes()), Err(PackageError::Submission(expected)), "{name}");
        }
    }

    #[test]
    fn another_value_than_the_format_allows_is_refused_with_its_place() {
        let text = example().to_canonical().unwrap();
        let digest = Sha256::of(b"a").to_string();
        for (from, to, path) in [
            (r#""formatVersion":1"#, r#""formatVersion":2"#, "/formatVersion"),
            (r#""formatVersion":1"#, r#""formatVersion":"1""#, "/formatVersion"),
            (r#""valid":true"#, r#""valid":false"#, "/verdict/valid"),
            (r#""language":"vi""#, r#""language":"fr""#, "/language"),
            (r#""now":"2026-11-24T09:00:00+07:00""#, r#""now":"2026-11-24T09:00:00.0+07:00""#, "/verdict/now"),
            (r#""now":"2026-11-24T09:00:00+07:00""#, r#""now":"2026-11-24""#, "/verdict/now"),
            (r#""level":"review""#, r#""level":"error""#, "/verdict/issues/0/level"),
            (r#""kind":"code-list""#, r#""kind":"codes""#, "/inputs/0/kind"),
            (r#""nonce":"bm9uY2Ugb2YgMTYgYnl0ZQ""#, r#""nonce":"n""#, "/dossier/nonce"),
            (r#""nonce":"bm9u"#, r#""nonce":"bm9+"#, "/dossier/nonce"),
            (r#""audience":"https:"#, r#""audience":"https"#, "/audience"),
            (r#""audience":"https://"#, r#""audience":"https:// "#, "/audience"),
            (r#""code":"1.001612""#, r#""code":"1.00161""#, "/procedure/code"),
            (r#""fileName":"a.pdf""#, "\"fileName\":\"a\u{202e}.pdf\"", "/attachments/0/fileName"),
            (r#""name":"hoso""#, r#""name":"other""#, "/engine/name"),
            (r#""size":9"#, r#""size":0"#, "/attachments/0/size"),
            (r#""name":"form.json""#, r#""name":"data.json""#, "/form/name"),
            (r#""mediaType":"text/html; charset=utf-8""#, r#""mediaType":"text/html""#, "/view/mediaType"),
            (r#""size":9"#, r#""size":-9"#, "/attachments/0/size"),
            (r#""id":"sha-256:"#, r#""id":"sha-256:00"#, "/schema/id"),
            (&Sha256::of(b"{}").id(), &Sha256::of(b"[]").id(), "/schema/id"),
            (&digest, &digest.to_uppercase(), "/attachments/0/sha256"),
            (r#""field":"/files/0""#, r#""field":"files/0""#, "/attachments/0/field"),
            (r#""id":"H1","nonce":"bm9uY2Ugb2YgMTYgYnl0ZQ""#, r#""id":"H1","nonce":"bm9uY2Ugb2YgMTYgYnl0ZQ","note":"""#, "/dossier/note"),
        ] {
            assert!(text.contains(from), "{from}");
            match Submission::read(text.replacen(from, to, 1).as_bytes()) {
                Err(PackageError::Submission(error)) => assert_eq!(error.path.as_str(), path, "{to}"),
                other => panic!("{to}: {other:?}"),
            }
        }
    }

    #[test]
    fn bytes_that_are_not_the_canonical_form_are_refused() {
        let text = example().to_canonical().unwrap();
        for changed in
            [format!("{text}\n"), text.replacen("\"a.pdf\"", "\"\\u0061.pdf\"", 1), text.replacen("\"size\":9", "\"size\":9.0", 1)]
        {
            assert_eq!(Submission::read(changed.as_bytes()), Err(PackageError::SubmissionNotCanonical), "{changed}");
        }
        let cut = text.split_at(text.len() - 1).0;
        assert!(matches!(Submission::read(cut.as_bytes()), Err(PackageError::SubmissionUnreadable(_))));
    }
}

//! The protected header: written one way, read strictly.

use super::JadesError;
use crate::crypto::SignatureAlgorithm;
use crate::digest::Sha256;
use crate::json::{Document, Object, Shape, ShapeError, ToJson, WriteError, Writer, canonical_from};
use crate::limits;
use crate::order;
use crate::sign::{PROOF_OF_APPROVAL, Part};
use crate::text::{Base64, hexadecimal};

const TYP: &str = "jose+json";
/// TS 119 182-1 5.2.8.3.3: parts named by URI, each with its digest, the JWS payload empty.
pub(super) const BY_URI_HASH: &str = "http://uri.etsi.org/19182/ObjectIdByURIHash";
/// What must be understood by whoever verifies.
const CRITICAL: [&str; 2] = ["b64", "sigD"];

/// The header members of the frozen format, all of them required.
const MEMBERS: [&str; 9] = ["alg", "b64", "crit", "iat", "sigD", "srCms", "typ", "x5c", "x5t#S256"];
/// Those of a signature over a signature (TS 119 182-1 5.3.2): nothing of parts, and so nothing critical.
const COUNTER_MEMBERS: [&str; 5] = ["alg", "iat", "typ", "x5c", "x5t#S256"];

/// What the protected header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) algorithm: SignatureAlgorithm,
    /// The signer's claim of the time, seconds since 1970-01-01T00:00:00Z.
    pub(super) issued: i64,
    /// DER, the signer's first. Never empty.
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) over: Over,
    /// The parts, where these are what is signed.
    pub(super) parts: Vec<SignedPart>,
}

/// What a signature is over, and so which members its header has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// Parts; without `b64` false, as others may have it, their digests are of their base64url (TS 119 182-1 5.2.8.3.3).
    Parts { raw: bool },
    /// The JWS payload, as a signature of others has it.
    Payload { raw: bool },
    /// Another signature (5.3.2).
    Signature,
}

impl Over {
    /// RFC 7515 4.1.11: what must be understood.
    const fn critical(self) -> &'static [&'static str] {
        match self {
            Self::Parts { raw: true } => &CRITICAL,
            Self::Parts { raw: false } => &["sigD"],
            Self::Payload { raw: true } => &["b64"],
            Self::Payload { raw: false } | Self::Signature => &[],
        }
    }
}

/// A part as the signature names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SignedPart {
    /// Percent-encoded.
    pub(super) uri: String,
    pub(super) sha256: Sha256,
}

impl From<&Part> for SignedPart {
    fn from(part: &Part) -> Self {
        Self { uri: percent_encoded(&part.name), sha256: part.sha256 }
    }
}

impl ToJson for Header {
    fn write(&self, out: &mut Writer) {
        let digests: Vec<_> = self.parts.iter().map(|part| url_text(part.sha256.bytes())).collect();
        let names: Vec<_> = self.parts.iter().map(|part| part.uri.as_str()).collect();
        let certificates: Vec<_> = self.certificates.iter().map(|der| Base64::Standard.encode(der)).collect();
        let thumbprint = url_text(Sha256::of(self.certificates.first().map_or(&[], Vec::as_slice)).bytes());
        let parts = Object(|out| out.member("hashM", &"S256").member("hashV", &digests).member("mId", &BY_URI_HASH).member("pars", &names));
        let commitment = Object(|out| {
            let id = Object(|out| out.member("id", &PROOF_OF_APPROVAL));
            out.member("commId", &id)
        });
        out.object(|out| {
            out.member("alg", &self.algorithm.jose_name());
            let critical = self.over.critical();
            if critical.contains(&"b64") {
                out.member("b64", &false);
            }
            if !critical.is_empty() {
                out.member("crit", &critical);
            }
            out.member("iat", &self.issued);
            if critical.contains(&"sigD") {
                out.member("sigD", &parts);
            }
            if self.over != Over::Signature {
                out.member("srCms", &[commitment].as_slice());
            }
            out.member("typ", &TYP).member("x5c", &certificates).member("x5t#S256", &thumbprint)
        });
    }
}

impl Header {
    /// The header's bytes: RFC 8785, though a JWS could be signed in any spelling.
    ///
    /// # Errors
    /// The certificates make it too large, or the time lies beyond what a double counts exactly.
    pub(super) fn to_canonical(&self) -> Result<String, WriteError> {
        canonical_from(self)
    }

    /// Reads a protected header. Its members may stand in any order: what is signed is these bytes, however they are
    /// spelled; but none may be missing, repeated or unknown.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, JadesError> {
        let document = Document::read(bytes).map_err(JadesError::HeaderUnreadable)?;
        let shape = Shape::of(&document).object(&MEMBERS, &[])?;
        let algorithm = read_algorithm(&shape)?;
        read_critical(&shape)?;
        read_fixed(&shape)?;
        let (issued, certificates) = (read_issued(&shape)?, read_certificates(&shape)?);
        Ok(Self { algorithm, issued, certificates, over: Over::Parts { raw: true }, parts: read_parts(&shape.member("sigD")?)? })
    }

    /// Reads the protected header of a signature over a signature, as strictly.
    pub(super) fn read_counter(bytes: &[u8]) -> Result<Self, JadesError> {
        let document = Document::read(bytes).map_err(JadesError::HeaderUnreadable)?;
        let shape = Shape::of(&document).object(&COUNTER_MEMBERS, &[])?;
        shape.member("typ")?.exactly(TYP)?;
        let (algorithm, issued) = (read_algorithm(&shape)?, read_issued(&shape)?);
        Ok(Self { algorithm, issued, certificates: read_certificates(&shape)?, over: Over::Signature, parts: Vec::new() })
    }
}

fn read_issued(shape: &Shape<'_>) -> Result<i64, ShapeError> {
    read_iat(shape.member("iat")?)
}

/// Seconds since 1970-01-01T00:00:00Z.
pub(super) fn read_iat(issued: Shape<'_>) -> Result<i64, ShapeError> {
    i64::try_from(issued.size()?).map_err(|_| issued.mistyped())
}

fn read_algorithm(shape: &Shape<'_>) -> Result<SignatureAlgorithm, JadesError> {
    let name = shape.member("alg")?.text()?;
    SignatureAlgorithm::from_jose_name(name).ok_or_else(|| JadesError::Algorithm { name: shown(name) })
}

/// RFC 7515 4.1.11: a list of names, none twice, each understood and in the header; here exactly `b64` and `sigD`.
fn read_critical(shape: &Shape<'_>) -> Result<(), JadesError> {
    let mut found = Vec::new();
    for item in shape.member("crit")?.items()? {
        let name = item.text()?;
        if !CRITICAL.contains(&name) || found.contains(&name) {
            return Err(JadesError::Critical { name: shown(name) });
        }
        found.push(name);
    }
    match CRITICAL.iter().find(|name| !found.contains(name)) {
        Some(name) => Err(JadesError::CriticalMissing { name }),
        None => Ok(()),
    }
}

/// Members with one value only.
fn read_fixed(shape: &Shape<'_>) -> Result<(), ShapeError> {
    shape.member("typ")?.exactly(TYP)?;
    let encoded = shape.member("b64")?;
    if encoded.truth()? {
        return Err(encoded.mistyped());
    }
    let commitments = shape.member("srCms")?;
    let mut items = commitments.items()?;
    let (Some(only), None) = (items.next(), items.next()) else { return Err(commitments.mistyped()) };
    only.object(&["commId"], &[])?.member("commId")?.object(&["id"], &[])?.member("id")?.exactly(PROOF_OF_APPROVAL)
}

/// RFC 7515 4.1.6 and 4.1.8: standard base64 of DER; the thumbprint is the first certificate's.
fn read_certificates(shape: &Shape<'_>) -> Result<Vec<Vec<u8>>, JadesError> {
    let mut certificates = Vec::new();
    for item in shape.member("x5c")?.items()? {
        if certificates.len() == limits::PATH_CERTIFICATES {
            return Err(JadesError::Certificates);
        }
        certificates.push(Base64::Standard.decode(item.text()?).ok_or(JadesError::Base64 { member: "x5c" })?);
    }
    let first = certificates.first().ok_or(JadesError::Certificates)?;
    if from_url_text(&shape.member("x5t#S256")?, "x5t#S256")? != Sha256::of(first).bytes() {
        return Err(JadesError::Thumbprint);
    }
    Ok(certificates)
}

/// TS 119 182-1 5.2.8: `pars` and `hashV` go in pairs.
fn read_parts(shape: &Shape<'_>) -> Result<Vec<SignedPart>, JadesError> {
    let shape = shape.object(&["hashM", "hashV", "mId", "pars"], &[])?;
    shape.member("mId")?.exactly(BY_URI_HASH)?;
    shape.member("hashM")?.exactly("S256")?;
    let (names, digests) = (shape.member("pars")?, shape.member("hashV")?);
    let mut parts = Vec::new();
    let end = read_pairs(names, digests, &mut parts);
    // A part that stands twice comes before whatever is wrong with those after it.
    if let Some(part) = first_repeat(&parts) {
        return Err(JadesError::PartRepeated { part: shown(&part.uri) });
    }
    end.map(|()| parts)
}

fn read_pairs(names: Shape<'_>, digests: Shape<'_>, parts: &mut Vec<SignedPart>) -> Result<(), JadesError> {
    let (mut names, mut digests) = (names.items()?, digests.items()?);
    loop {
        let (name, digest) = match (names.next(), digests.next()) {
            (Some(name), Some(digest)) => (name, digest),
            (None, None) if !parts.is_empty() => return Ok(()),
            _ => return Err(JadesError::PartsUneven),
        };
        let uri = name.text()?;
        let bytes: [u8; 32] = from_url_text(&digest, "hashV")?.try_into().map_err(|_| digest.mistyped())?;
        parts.push(SignedPart { uri: uri.to_owned(), sha256: Sha256::from_bytes(bytes) });
    }
}

/// The first part whose name stands before it already.
fn first_repeat(parts: &[SignedPart]) -> Option<&SignedPart> {
    let mut sorted: Vec<_> = parts.iter().enumerate().collect();
    order::sort_by(&mut sorted, |(_, one), (_, other)| one.uri.cmp(&other.uri));
    let mut first: Option<(usize, &SignedPart)> = None;
    for ((_, before), (at, part)) in sorted.iter().zip(sorted.iter().skip(1)) {
        if before.uri == part.uri && first.is_none_or(|(earliest, _)| *at < earliest) {
            first = Some((*at, part));
        }
    }
    first.map(|(_, part)| part)
}

/// RFC 7515 5.1: the header's base64url, a dot and the payload's base64url, which is empty where the header names what is signed.
pub(super) fn signing_input(protected: &str, payload: impl AsRef<[u8]>) -> Vec<u8> {
    [protected.as_bytes(), b".", payload.as_ref()].concat()
}

/// Base64url without padding (RFC 7515 2).
pub(super) fn url_text(bytes: &[u8]) -> String {
    Base64::Url.encode(bytes)
}

fn from_url_text(shape: &Shape<'_>, member: &'static str) -> Result<Vec<u8>, JadesError> {
    Base64::Url.decode(shape.text()?).ok_or(JadesError::Base64 { member })
}

/// RFC 3986 2.1: all but unreserved characters and the separator of segments.
pub(in crate::sign) fn percent_encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => {
                out.push('%');
                out.push_str(&hexadecimal(&[other]).to_ascii_uppercase());
            }
        }
    }
    out
}

/// The start of a text from a file that nobody vouches for.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(limits::ENTRY_NAME_BYTES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Pointer, ShapeProblem};

    fn header() -> Header {
        let part = |name: &str| SignedPart::from(&Part { name: name.to_owned(), size: 1, sha256: Sha256::of(name.as_bytes()) });
        Header {
            algorithm: SignatureAlgorithm::Es256,
            issued: 1_795_485_600,
            certificates: vec![b"leaf".to_vec(), b"issuer".to_vec()],
            over: Over::Parts { raw: true },
            parts: vec![part("form.json"), part("att/01-a b.pdf")],
        }
    }

    const TEXT: &str = concat!(
        r#"{"alg":"ES256","b64":false,"crit":["b64","sigD"],"iat":1795485600,"sigD":{"hashM":"S256","#,
        r#""hashV":["gQe9yu_J4zFE_hlyzy3Zz1DC6Mqzi8_6HlIbkQhn_1o","HASH"],"#,
        r#""mId":"http://uri.etsi.org/19182/ObjectIdByURIHash","pars":["form.json","att/01-a%20b.pdf"]},"#,
        r#""srCms":[{"commId":{"id":"http://uri.etsi.org/01903/v1.2.2#ProofOfApproval"}}],"typ":"jose+json","#,
        r#""x5c":["bGVhZg==","aXNzdWVy"],"x5t#S256":"THUMB"}"#
    );

    fn text() -> String {
        let digest = |name: &str| url_text(Sha256::of(name.as_bytes()).bytes());
        TEXT.replace("gQe9yu_J4zFE_hlyzy3Zz1DC6Mqzi8_6HlIbkQhn_1o", &digest("form.json"))
            .replace("HASH\"]", &format!("{}\"]", digest("att/01-a b.pdf")))
            .replace("THUMB", &digest("leaf"))
    }

    fn changed(from: &str, to: &str) -> Result<Header, JadesError> {
        assert!(text().contains(from), "{from}");
        Header::read(text().replacen(from, to, 1).as_bytes())
    }

    #[test]
    fn the_header_is_written_as_frozen_and_read_back() {
        assert_eq!(header().to_canonical(), Ok(text()));
        assert_eq!(Header::read(text().as_bytes()), Ok(header()));
    }

    #[test]
    fn members_may_stand_in_any_order() {
        assert_eq!(changed(r#"{"alg":"ES256","b64":false,"#, r#"{ "b64":false, "alg":"ES256","#), Ok(header()));
        assert_eq!(changed(r#"["b64","sigD"]"#, r#"["sigD","b64"]"#), Ok(header()));
    }

    #[test]
    fn a_member_that_is_missing_unknown_or_mistyped_is_refused() {
        for (from, to, path, problem) in [
            (r#""alg":"ES256","#, "", "/alg", ShapeProblem::Missing),
            (r#""b64":false,"#, "", "/b64", ShapeProblem::Missing),
            (r#""iat":1795485600,"#, "", "/iat", ShapeProblem::Missing),
            (r#","typ":"jose+json""#, "", "/typ", ShapeProblem::Missing),
            (r#""hashM":"S256","#, "", "/sigD/hashM", ShapeProblem::Missing),
            (r#"{"alg""#, r#"{"jwk":{},"alg""#, "/jwk", ShapeProblem::Unknown),
            (r#"{"alg""#, r#"{"jku":"https://a.example","alg""#, "/jku", ShapeProblem::Unknown),
            (r#"{"alg""#, r#"{"x5u":"https://a.example","alg""#, "/x5u", ShapeProblem::Unknown),
            (r#"{"alg""#, r#"{"cty":"json","alg""#, "/cty", ShapeProblem::Unknown),
            (r#"{"alg""#, r#"{"sigT":"2026-11-24T09:00:00Z","alg""#, "/sigT", ShapeProblem::Unknown),
            (r#""hashM""#, r#""ctys":[],"hashM""#, "/sigD/ctys", ShapeProblem::Unknown),
            (r#""b64":false"#, r#""b64":true"#, "/b64", ShapeProblem::Mistyped),
            (r#""b64":false"#, r#""b64":"false""#, "/b64", ShapeProblem::Mistyped),
            ("1795485600", "1795485600.5", "/iat", ShapeProblem::Mistyped),
            ("1795485600", "\"1795485600\"", "/iat", ShapeProblem::Mistyped),
            ("1795485600", "-1", "/iat", ShapeProblem::Mistyped),
            ("1795485600", "9223372036854775808", "/iat", ShapeProblem::Mistyped),
            ("jose+json", "jose", "/typ", ShapeProblem::Mistyped),
            ("jose+json", "JOSE+JSON", "/typ", ShapeProblem::Mistyped),
            ("\"S256\"", "\"S512\"", "/sigD/hashM", ShapeProblem::Mistyped),
            ("ObjectIdByURIHash", "ObjectIdByURI", "/sigD/mId", ShapeProblem::Mistyped),
            ("ProofOfApproval", "ProofOfOrigin", "/srCms/0/commId/id", ShapeProblem::Mistyped),
            (r#""srCms":[{"#, r#""srCms":[{"commId":{}},{"#, "/srCms", ShapeProblem::Mistyped),
            (r#"["b64","sigD"]"#, r#""b64""#, "/crit", ShapeProblem::Mistyped),
            (r#"["b64","sigD"]"#, r#"["b64",1]"#, "/crit/1", ShapeProblem::Mistyped),
            (r#"["bGVhZg==","aXNzdWVy"]"#, r#""bGVhZg==""#, "/x5c", ShapeProblem::Mistyped),
            (r#""ES256""#, "null", "/alg", ShapeProblem::Mistyped),
        ] {
            let error = JadesError::HeaderMember(ShapeError { path: Pointer::parse(path).unwrap(), problem });
            assert_eq!(changed(from, to), Err(error), "{to}");
        }
        assert!(matches!(changed(r#"{"alg""#, r#"{"alg":"ES256","alg""#), Err(JadesError::HeaderUnreadable(_))));
        assert!(matches!(Header::read(b"\xff"), Err(JadesError::HeaderUnreadable(_))));
    }

    #[test]
    fn algorithms_other_than_the_five_are_refused() {
        for name in ["none", "None", "HS256", "RS384", "EdDSA", "ES512", "ES256K", "es256", ""] {
            assert_eq!(changed("ES256", name), Err(JadesError::Algorithm { name: name.to_owned() }));
        }
    }

    #[test]
    fn crit_names_exactly_what_is_understood_and_there() {
        for (crit, expected) in [
            (r#"["b64"]"#, JadesError::CriticalMissing { name: "sigD" }),
            (r#"["sigD"]"#, JadesError::CriticalMissing { name: "b64" }),
            ("[]", JadesError::CriticalMissing { name: "b64" }),
            (r#"["b64","sigD","b64"]"#, JadesError::Critical { name: "b64".to_owned() }),
            (r#"["b64","sigD","exp"]"#, JadesError::Critical { name: "exp".to_owned() }),
            (r#"["b64","sigD","alg"]"#, JadesError::Critical { name: "alg".to_owned() }),
            (r#"["B64","sigD"]"#, JadesError::Critical { name: "B64".to_owned() }),
        ] {
            assert_eq!(changed(r#"["b64","sigD"]"#, crit), Err(expected), "{crit}");
        }
    }

    #[test]
    fn certificates_are_strict_base64_and_the_first_has_the_thumbprint() {
        for (from, to, expected) in [
            ("bGVhZg==", "bGVhZg", JadesError::Base64 { member: "x5c" }),
            ("bGVhZg==", "bGVhZh==", JadesError::Base64 { member: "x5c" }),
            ("bGVhZg==", "bGVhZg==\\n", JadesError::Base64 { member: "x5c" }),
            (r#"["bGVhZg==","aXNzdWVy"]"#, r#"["aXNzdWVy","bGVhZg=="]"#, JadesError::Thumbprint),
            (r#"["bGVhZg==","aXNzdWVy"]"#, "[]", JadesError::Certificates),
            (r#"["bGVhZg=="#, r#"["","","","","","","","","bGVhZg=="#, JadesError::Certificates),
            (r#""x5t#S256":""#, r#""x5t#S256":"=" "#.trim_end(), JadesError::Base64 { member: "x5t#S256" }),
        ] {
            let to = if to.ends_with("=\"") { to.trim_end_matches('"') } else { to };
            assert_eq!(changed(from, to), Err(expected), "{to}");
        }
    }

    #[test]
    fn parts_have_one_digest_each_and_stand_once() {
        let digest = url_text(Sha256::of(b"form.json").bytes());
        for (from, to, expected) in [
            (r#""pars":["form.json","#, r#""pars":["#, JadesError::PartsUneven),
            (r#""pars":["#, r#""pars":["a","#, JadesError::PartsUneven),
            (r#""att/01-a%20b.pdf""#, r#""form.json""#, JadesError::PartRepeated { part: "form.json".to_owned() }),
            (
                &digest,
                "AAAA",
                JadesError::HeaderMember(ShapeError { path: Pointer::parse("/sigD/hashV/0").unwrap(), problem: ShapeProblem::Mistyped }),
            ),
            (&digest, &format!("{digest}="), JadesError::Base64 { member: "hashV" }),
        ] {
            assert_eq!(changed(from, to), Err(expected), "{to}");
        }
        let (start, rest) = text().split_once("\"hashV\":[").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let (_, end) = rest.split_once("\"mId\"").unwrap();
        let none = format!("{start}\"hashV\":[],\"mId\"{}", end.replace(r#"["form.json","att/01-a%20b.pdf"]"#, "[]"));
        assert_eq!(Header::read(none.as_bytes()), Err(JadesError::PartsUneven));
    }

    #[test]
    fn names_are_percent_encoded() {
        for (name, expected) in [("att/01-a.pdf", "att/01-a.pdf"), ("a b%/ê", "a%20b%25/%C3%AA"), ("~_#?", "~_%23%3F")] {
            assert_eq!(percent_encoded(name), expected);
        }
    }
}

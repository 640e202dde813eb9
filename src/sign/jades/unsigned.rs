//! What may be added to a signature after it was made (TS 119 182-1 5.3): a timestamp, certificates, their status, a signature over it.

use super::JadesError;
use super::file::Signature;
use crate::json::{Document, Object, Shape, ShapeError, ToJson, WriteError, canonical, canonical_from};
use crate::limits;
use crate::text::Base64;

/// A member of `etsiU`.
pub(super) enum Unsigned {
    /// `sigTst` (5.3.4): a timestamp token, DER.
    Timestamp(Vec<u8>),
    /// `xVals` (5.3.5.2): certificates, DER.
    Certificates(Vec<Vec<u8>>),
    /// `rVals` (5.3.5.3): revocation lists and OCSP responses, DER.
    Statuses { crls: Vec<Vec<u8>>, ocsps: Vec<Vec<u8>> },
    /// `cSig` (5.3.2): a signature over this one.
    CounterSignature(Signature),
}

/// Reads a member from its base64url: an object of one member, in canonical form.
pub(super) fn read(text: &str) -> Result<Unsigned, JadesError> {
    let bytes = Base64::Url.decode(text).ok_or(JadesError::Base64 { member: "etsiU" })?;
    let document = Document::read(bytes.as_slice()).map_err(JadesError::UnsignedUnreadable)?;
    if canonical(document.root()).ok().is_none_or(|text| text.as_bytes() != bytes) {
        return Err(JadesError::NotCanonical);
    }
    let shape = Shape::of(&document).object(&[], &["cSig", "rVals", "sigTst", "xVals"]).map_err(JadesError::UnsignedMember)?;
    let members = ["cSig", "rVals", "sigTst", "xVals"].into_iter().filter(|name| shape.optional(name).is_some()).count();
    if members != 1 {
        return Err(JadesError::UnsignedMember(shape.mistyped()));
    }
    read_member(shape)?.ok_or(JadesError::Base64 { member: "etsiU" })
}

/// Reads a member of any maker's from its base64url; nothing of a kind that says nothing here.
pub(super) fn read_any(text: &str) -> Result<Option<Unsigned>, JadesError> {
    let bytes = Base64::Url.decode(text).ok_or(JadesError::Base64 { member: "etsiU" })?;
    let document = Document::read(bytes).map_err(JadesError::UnsignedUnreadable)?;
    read_clear(Shape::of(&document))
}

/// The same of a member in clear.
pub(super) fn read_clear(shape: Shape<'_>) -> Result<Option<Unsigned>, JadesError> {
    let known = ["cSig", "rVals", "sigTst", "xVals"].into_iter().any(|name| shape.optional(name).is_some());
    if !known {
        return Ok(None);
    }
    // A counter-signature may be compact (5.3.2).
    if let Some([protected, "", value]) = shape.optional("cSig").and_then(|counter| counter.value().as_str()).and_then(three) {
        let counter = Signature { protected: protected.to_owned(), value: value.to_owned(), unsigned: Vec::new() };
        return Ok(Some(Unsigned::CounterSignature(counter)));
    }
    read_member(shape)?.map(Some).ok_or(JadesError::Base64 { member: "etsiU" })
}

fn three(text: &str) -> Option<[&str; 3]> {
    let mut parts = text.split('.');
    let three = [parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(three)
}

/// The one member there is; nothing where the base64 of a value is wrong.
fn read_member(shape: Shape<'_>) -> Result<Option<Unsigned>, JadesError> {
    read_shape(shape).map_err(JadesError::UnsignedMember)
}

fn read_shape(shape: Shape<'_>) -> Result<Option<Unsigned>, ShapeError> {
    if let Some(counter) = shape.optional("cSig") {
        return Signature::read_plain(counter).map(Unsigned::CounterSignature).map(Some);
    }
    if let Some(stamp) = shape.optional("sigTst") {
        let tokens = stamp.object(&["tstTokens"], &[])?.member("tstTokens")?;
        // 6.3: exactly one token.
        let only = |mut tokens: Vec<Vec<u8>>| if tokens.len() == 1 { tokens.pop() } else { None };
        return Ok(values(tokens)?.and_then(only).map(Unsigned::Timestamp));
    }
    if let Some(list) = shape.optional("xVals") {
        let mut certificates = Vec::new();
        for item in list.items()? {
            let certificate = item.object(&["x509Cert"], &[])?.member("x509Cert")?;
            certificates.push(certificate);
        }
        return Ok(decoded(certificates)?.map(Unsigned::Certificates));
    }
    let statuses = shape.member("rVals")?.object(&[], &["crlVals", "ocspVals"])?;
    let list = |name| statuses.optional(name).map_or(Ok(Some(Vec::new())), values);
    let (crls, ocsps) = (list("crlVals")?, list("ocspVals")?);
    Ok(crls.zip(ocsps).map(|(crls, ocsps)| Unsigned::Statuses { crls, ocsps }))
}

/// A list of `{"val": base64}`.
fn values(list: Shape<'_>) -> Result<Option<Vec<Vec<u8>>>, ShapeError> {
    decoded(list.items()?.collect())
}

fn decoded(items: Vec<Shape<'_>>) -> Result<Option<Vec<Vec<u8>>>, ShapeError> {
    let mut found = Vec::new();
    for item in items {
        if found.len() == limits::CRLS {
            return Err(item.mistyped());
        }
        let Some(bytes) = Base64::Standard.decode(item.object(&["val"], &[])?.member("val")?.text()?) else { return Ok(None) };
        found.push(bytes);
    }
    Ok(Some(found))
}

/// `sigTst` with one token.
pub(super) fn timestamp(token: &[u8]) -> Result<String, WriteError> {
    let tokens = [Value(token)];
    written(&Object(|out| out.member("sigTst", &Object(|out| out.member("tstTokens", &tokens.as_slice())))))
}

/// `xVals` with these certificates.
pub(super) fn certificates(certificates: &[Vec<u8>]) -> Result<String, WriteError> {
    let list: Vec<_> = certificates.iter().map(|der| Certificate(der)).collect();
    written(&Object(|out| out.member("xVals", &list)))
}

/// `rVals` with these lists and responses.
pub(super) fn statuses(crls: &[Vec<u8>], ocsps: &[Vec<u8>]) -> Result<String, WriteError> {
    let (lists, responses): (Vec<_>, Vec<_>) = (crls.iter().map(|der| Value(der)).collect(), ocsps.iter().map(|der| Value(der)).collect());
    written(&Object(|out| {
        out.member(
            "rVals",
            &Object(|out| {
                if !lists.is_empty() {
                    out.member("crlVals", &lists);
                }
                if !responses.is_empty() {
                    out.member("ocspVals", &responses);
                }
                out
            }),
        )
    }))
}

/// `cSig` with a signature.
pub(super) fn counter_signature(signature: &Signature) -> Result<String, WriteError> {
    written(&Object(|out| out.member("cSig", signature)))
}

fn written(member: &dyn ToJson) -> Result<String, WriteError> {
    canonical_from(member).map(|text| Base64::Url.encode(text.as_bytes()))
}

/// `{"val": base64}`.
struct Value<'v>(&'v [u8]);

impl ToJson for Value<'_> {
    fn write(&self, out: &mut crate::json::Writer) {
        out.object(|out| out.member("val", &Base64::Standard.encode(self.0)));
    }
}

/// `{"x509Cert": {"val": base64}}`.
struct Certificate<'c>(&'c [u8]);

impl ToJson for Certificate<'_> {
    fn write(&self, out: &mut crate::json::Writer) {
        out.object(|out| out.member("x509Cert", &Value(self.0)));
    }
}

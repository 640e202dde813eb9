//! The file: one signature (flattened, RFC 7515 7.2.2) or several (general, 7.2.1), without `payload`, in the form of RFC 8785.

use super::JadesError;
use super::unsigned::{self, Unsigned};
use crate::json::{Document, Object, Shape, ShapeError, ToJson, WriteError, Writer, canonical, canonical_from};
use crate::limits;
use crate::text::Base64;

/// A signature file as it was read: nothing in it has been verified yet.
pub(super) struct File {
    /// At least one.
    pub(super) signatures: Vec<Signature>,
}

/// One signature, its parts as they stand in the file.
#[derive(Clone, Debug)]
pub(super) struct Signature {
    /// The header's base64url, which is what was signed.
    pub(super) protected: String,
    /// The value's base64url.
    pub(super) value: String,
    /// What was added later: the members of `etsiU` (TS 119 182-1 5.3.1), each as base64url.
    pub(super) unsigned: Vec<String>,
}

impl File {
    /// Reads a file, which must be in canonical form. One signature stands flattened, more stand in the general form.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, JadesError> {
        let document = Document::read(bytes).map_err(JadesError::Unreadable)?;
        if canonical(document.root()).ok().is_none_or(|text| text.as_bytes() != bytes) {
            return Err(JadesError::NotCanonical);
        }
        let shape = Shape::of(&document);
        let Some(list) = shape.optional("signatures") else {
            return Ok(Self { signatures: vec![Signature::read(shape)?] });
        };
        shape.object(&["signatures"], &[]).map_err(JadesError::Member)?;
        let mut signatures = Vec::new();
        for item in list.items().map_err(JadesError::Member)? {
            if signatures.len() == limits::SIGNERS {
                return Err(JadesError::TooManySignatures);
            }
            signatures.push(Signature::read(item)?);
        }
        // One alone has the other form: so the same signature has one spelling.
        if signatures.len() < 2 { Err(JadesError::Member(list.mistyped())) } else { Ok(Self { signatures }) }
    }

    /// The file's bytes.
    pub(super) fn write(&self) -> Result<Vec<u8>, WriteError> {
        let text = match self.signatures.as_slice() {
            [only] => canonical_from(only),
            several => canonical_from(&Object(|out| out.member("signatures", &several))),
        };
        text.map(String::into_bytes)
    }
}

impl Signature {
    fn read(shape: Shape<'_>) -> Result<Self, JadesError> {
        Self::read_plain(shape).map_err(JadesError::Member)
    }

    /// Reads `protected`, `signature` and perhaps `header`, which holds `etsiU` alone.
    pub(super) fn read_plain(shape: Shape<'_>) -> Result<Self, ShapeError> {
        let shape = shape.object(&["protected", "signature"], &["header"])?;
        let mut unsigned = Vec::new();
        if let Some(header) = shape.optional("header") {
            let list = header.object(&["etsiU"], &[])?.member("etsiU")?;
            for item in list.items()? {
                if unsigned.len() == limits::CMS_ATTRIBUTES {
                    return Err(item.mistyped());
                }
                unsigned.push(item.text()?.to_owned());
            }
            // An empty list is another spelling of none.
            if unsigned.is_empty() {
                return Err(list.mistyped());
            }
        }
        let (protected, value) = (shape.member("protected")?.text()?, shape.member("signature")?.text()?);
        Ok(Self { protected: protected.to_owned(), value: value.to_owned(), unsigned })
    }

    /// The header's bytes.
    pub(super) fn header(&self) -> Result<Vec<u8>, JadesError> {
        Base64::Url.decode(&self.protected).ok_or(JadesError::Base64 { member: "protected" })
    }

    /// The value's bytes.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, JadesError> {
        Base64::Url.decode(&self.value).ok_or(JadesError::Base64 { member: "signature" })
    }

    /// What was added later.
    pub(super) fn unsigned(&self) -> Result<Vec<Unsigned>, JadesError> {
        self.unsigned.iter().map(|item| unsigned::read(item)).collect()
    }
}

impl ToJson for Signature {
    fn write(&self, out: &mut Writer) {
        let header = (!self.unsigned.is_empty()).then_some(Object(|out| out.member("etsiU", &self.unsigned)));
        out.object(|out| {
            if let Some(header) = &header {
                out.member("header", header);
            }
            out.member("protected", &self.protected).member("signature", &self.value)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Pointer, ShapeProblem};

    #[test]
    fn the_file_holds_header_and_signature_and_what_was_added_in_one_spelling() {
        let open = |text: &str| {
            let signature = File::read(text.as_bytes())?.signatures.remove(0);
            signature.header()?;
            signature.bytes()
        };
        let member = |path: &str, problem| JadesError::Member(ShapeError { path: Pointer::parse(path).unwrap(), problem });
        for text in [
            r#"{"protected":"e30","signature":"AQ"}"#,
            r#"{"header":{"etsiU":["e30"]},"protected":"e30","signature":"AQ"}"#,
            r#"{"signatures":[{"protected":"e30","signature":"AQ"},{"header":{"etsiU":["e30"]},"protected":"e30","signature":"AQ"}]}"#,
        ] {
            assert_eq!(open(text), Ok(vec![1]));
            assert_eq!(File::read(text.as_bytes()).unwrap().write().unwrap(), text.as_bytes());
        }
        for (text, expected) in [
            (r#"{"payload":"","protected":"e30","signature":"AQ"}"#, member("/payload", ShapeProblem::Unknown)),
            (r#"{"header":{},"protected":"e30","signature":"AQ"}"#, member("/header/etsiU", ShapeProblem::Missing)),
            (r#"{"header":{"etsiU":[]},"protected":"e30","signature":"AQ"}"#, member("/header/etsiU", ShapeProblem::Mistyped)),
            (r#"{"header":{"etsiU":[{}]},"protected":"e30","signature":"AQ"}"#, member("/header/etsiU/0", ShapeProblem::Mistyped)),
            (
                r#"{"header":{"alg":"none","etsiU":["e30"]},"protected":"e30","signature":"AQ"}"#,
                member("/header/alg", ShapeProblem::Unknown),
            ),
            (r#"{"protected":"e30","signatures":[]}"#, member("/protected", ShapeProblem::Unknown)),
            (r#"{"payload":"","signatures":[]}"#, member("/payload", ShapeProblem::Unknown)),
            (r#"{"signatures":[{"protected":"e30","signature":"AQ"}]}"#, member("/signatures", ShapeProblem::Mistyped)),
            (r#"{"protected":"e30"}"#, member("/signature", ShapeProblem::Missing)),
            (r#"{"protected":{},"signature":"AQ"}"#, member("/protected", ShapeProblem::Mistyped)),
            (r#"{"signature":"AQ","protected":"e30"}"#, JadesError::NotCanonical),
            ("{\"protected\":\"e30\",\"signature\":\"AQ\"}\n", JadesError::NotCanonical),
            (r#"{"protected":"e30","signature":"AQ=="}"#, JadesError::Base64 { member: "signature" }),
            (r#"{"protected":"e30","signature":"AR"}"#, JadesError::Base64 { member: "signature" }),
            (r#"{"protected":"e30","signature":"+/8"}"#, JadesError::Base64 { member: "signature" }),
            (r#"{"protected":"e30","signature":"A Q"}"#, JadesError::Base64 { member: "signature" }),
        ] {
            assert_eq!(open(text), Err(expected), "{text}");
        }
        assert!(matches!(open("eyJhbGciOiJFUzI1NiJ9..AQ"), Err(JadesError::Unreadable(_))));
        assert!(matches!(open(r#"{"protected":"e30","protected":"e30","signature":"AQ"}"#), Err(JadesError::Unreadable(_))));
        let many = format!(r#"{{"signatures":[{}]}}"#, vec![r#"{"protected":"e30","signature":"AQ"}"#; limits::SIGNERS + 1].join(","));
        assert_eq!(open(&many), Err(JadesError::TooManySignatures));
    }
}

//! What a program asks for when it verifies, and names of formats and algorithms.

use super::request::{Request, digest, text, text_or_none};
use super::{RequestError, moment};
use crate::crypto::SignatureAlgorithm;
use crate::json::Reading;
use crate::pki::Certificate;
use crate::pki::Policy;
use crate::pki::crl::Crl;
use crate::pki::ocsp::Response;
use crate::report::Language;
use crate::submission::{Format, VerifyOptions};

/// What a verifier expects, beside certificates and revocation lists.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the members are those of the options")]
pub struct VerifyRequest {
    pub received_at: String,
    pub revocation: Revocation,
    pub schemas: Option<Vec<String>>,
    pub audience: Option<String>,
    /// The name of a policy, or one as JSON text.
    pub policy: Option<String>,
}

/// What must be known of revocation.
#[derive(Clone, Copy, Debug)]
pub enum Revocation {
    /// See [`Policy::Require`].
    Require,
    /// See [`Policy::IfAvailable`].
    IfAvailable,
    /// See [`Policy::None`].
    None,
}

impl Request for VerifyRequest {
    fn read(reading: Reading<'_, '_>) -> Self {
        let members = reading.object(&["receivedAt", "revocation"], &["schemas", "audience", "policy"]);
        Self {
            received_at: text(members, "receivedAt"),
            revocation: members.member("revocation").read(Revocation::named).unwrap_or(Revocation::Require),
            schemas: members.optional("schemas").map(|list| list.items(|id| id.text().to_owned())),
            audience: text_or_none(members, "audience"),
            policy: text_or_none(members, "policy"),
        }
    }
}

impl Revocation {
    fn named(name: &str) -> Option<Self> {
        match name {
            "require" => Some(Self::Require),
            "if-available" => Some(Self::IfAvailable),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

impl VerifyRequest {
    /// The options, with what was read of the certificates and lists.
    ///
    /// # Errors
    /// A moment or a digest is none.
    pub fn options(
        self,
        anchors: Vec<Certificate>,
        crls: Vec<Crl>,
        answers: Vec<Response>,
        language: Language,
    ) -> Result<VerifyOptions, RequestError> {
        let mut ids = Vec::new();
        for id in self.schemas.iter().flatten() {
            ids.push(digest(id)?);
        }
        // An empty list is a list: no schema is taken.
        let schemas = self.schemas.is_some().then_some(ids);
        Ok(VerifyOptions {
            anchors,
            certificates: Vec::new(),
            crls,
            answers,
            revocation: match self.revocation {
                Revocation::Require => Policy::Require,
                Revocation::IfAvailable => Policy::IfAvailable,
                Revocation::None => Policy::None,
            },
            schemas,
            audience: self.audience,
            code_lists: None,
            received: moment(&self.received_at)?,
            language,
        })
    }
}

/// The algorithm of that name among those that a key can sign with.
///
/// # Errors
/// It is none of them.
pub fn algorithm(name: &str, usable: &[SignatureAlgorithm]) -> Result<SignatureAlgorithm, RequestError> {
    SignatureAlgorithm::from_jose_name(name).filter(|algorithm| usable.contains(algorithm)).ok_or_else(|| {
        let mut names = String::new();
        for algorithm in usable {
            names.push_str(if names.is_empty() { "" } else { ", " });
            names.push_str(algorithm.jose_name());
        }
        RequestError::Algorithm { argument: name.to_owned(), usable: names }
    })
}

/// The format of that name.
///
/// # Errors
/// There is none.
pub fn format(name: &str) -> Result<Format, RequestError> {
    Format::from_name(name).ok_or_else(|| RequestError::Format { argument: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Sha256;

    #[test]
    fn a_verifier_says_what_must_be_known_of_revocation() {
        let verify = r#"{"receivedAt": "", "revocation": "none", "schemas": ["a"]}"#;
        assert_eq!(VerifyRequest::from_json(verify.into()).unwrap().schemas, Some(vec!["a".to_owned()]));
        let reason = VerifyRequest::from_json(verify.replace("none", "None").into()).unwrap_err();
        assert_eq!(reason, RequestError::Shape { reason: "mistyped member at `/revocation`".to_owned() });
    }

    #[test]
    fn no_list_of_schemas_takes_all_and_an_empty_one_none() {
        let received = "2026-11-24T09:00:00Z";
        for (list, expected) in [
            ("", Some(None)),
            (r#", "schemas": []"#, Some(Some(0))),
            (&format!(r#", "schemas": ["{}"]"#, Sha256::of(b"a").id()), Some(Some(1))),
            (r#", "schemas": ["a"]"#, None),
        ] {
            let text = format!(r#"{{"receivedAt": "{received}", "revocation": "none"{list}}}"#);
            let options = VerifyRequest::from_json(text.into()).unwrap().options(Vec::new(), Vec::new(), Vec::new(), Language::Vi);
            assert_eq!(options.ok().map(|options| options.schemas.map(|schemas| schemas.len())), expected, "{list}");
        }
    }
}

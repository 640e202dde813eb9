//! Policies of signature validation (ETSI EN 319 102-1 V1.4.1, 5.1.4): what a verifier asks beyond the norm, as data.
//!
//! A policy only takes away: what did not pass without one does not pass with it.

use super::verdict::{Indication, Reason, SignatureVerdict, SubIndication};
use crate::json::{Document, ReadError, Shape, ShapeError};
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts, Language};
use std::fmt;

/// The levels, the lowest first.
const LEVELS: [&str; 3] = ["B-B", "B-T", "B-LT"];

/// What is asked of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignaturePolicy {
    name: String,
    /// Algorithms by their JOSE names; those that are not named are refused. None where every algorithm that hoso verifies is taken.
    algorithms: Option<Vec<(String, Taken)>>,
    /// The lowest level.
    level: Option<&'static str>,
}

/// How an algorithm is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Allowed,
    /// With a warning that does not change the conclusion.
    Warned,
}

impl SignaturePolicy {
    /// The policy of a name: `default`, which asks nothing more, or `vn-tt15`.
    ///
    /// `vn-tt15` is Circular 15/2025/TT-BKHCN, annex I: RSASSA-PSS with 2,048 bits and more, or ECDSA with 256 and more, over SHA-2. Tokens that only do
    /// RSASSA-PKCS1-v1_5 are in use everywhere, so that is a warning. Of a status that cannot be checked annex II asks a warning too; here such a
    /// signature is undetermined in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let taken = |names: &[&str], taken| names.iter().map(|name| ((*name).to_owned(), taken)).collect::<Vec<_>>();
        let algorithms = match name {
            "default" => None,
            "vn-tt15" => Some(
                [
                    taken(&["ES256", "ES384", "ES512", "PS256", "PS384", "PS512"], Taken::Allowed),
                    taken(&["RS256", "RS384", "RS512"], Taken::Warned),
                ]
                .concat(),
            ),
            _ => return None,
        };
        Some(Self { name: name.to_owned(), algorithms, level: None })
    }

    /// Reads a policy: `{"name": …, "algorithms": {"ES256": "allow", "RS256": "warn"}, "level": "B-T"}`, the last two optional.
    ///
    /// # Errors
    /// It is no JSON, or has another shape.
    pub fn read(json: impl Into<Vec<u8>>) -> Result<Self, PolicyError> {
        let document = Document::read(json).map_err(PolicyError::Unreadable)?;
        let shape = Shape::of(&document).object(&["name"], &["algorithms", "level"])?;
        let mut algorithms = None;
        if let Some(listed) = shape.optional("algorithms") {
            let mut taken = Vec::new();
            for (name, value) in listed.value().members() {
                let how = Shape::at(value).read(|word| match word {
                    "allow" => Some(Taken::Allowed),
                    "warn" => Some(Taken::Warned),
                    _ => None,
                })?;
                taken.push((name.to_owned(), how));
            }
            // What is no object, or an empty one, would refuse everything without a word.
            if taken.is_empty() {
                return Err(listed.mistyped().into());
            }
            algorithms = Some(taken);
        }
        let level = shape.optional("level").map(|level| level.read(|word| LEVELS.into_iter().find(|known| *known == word))).transpose()?;
        Ok(Self { name: shape.member("name")?.text()?.to_owned(), algorithms, level })
    }

    /// The verdict as the policy has it.
    #[must_use]
    pub fn held_against(&self, mut verdict: SignatureVerdict, language: Language) -> SignatureVerdict {
        let counters = std::mem::take(&mut verdict.counter_signatures);
        verdict.counter_signatures = counters.into_iter().map(|counter| self.held_against(counter, language)).collect();
        let algorithm = verdict.algorithm.unwrap_or_default();
        let taken = match &self.algorithms {
            None => Some(Taken::Allowed),
            Some(taken) => taken.iter().find(|(name, _)| name == algorithm).map(|(_, taken)| *taken),
        };
        let fact = || PolicyError::Algorithm { policy: self.name.clone(), algorithm: algorithm.to_owned() };
        match taken {
            Some(Taken::Allowed) => {}
            Some(Taken::Warned) => verdict.reasons.push(Reason::of(&fact(), language)),
            None if verdict.indication == Indication::TotalPassed => {
                return verdict.concluded(SubIndication::CryptoConstraintsFailure, &fact(), language);
            }
            None => {}
        }
        let place = |level: Option<&str>| LEVELS.iter().position(|known| Some(*known) == level);
        if verdict.indication == Indication::TotalPassed
            && let Some(least) = self.level
            && place(verdict.level) < place(Some(least))
        {
            let error = PolicyError::Level { policy: self.name.clone(), level: least };
            return verdict.concluded(SubIndication::SigConstraintsFailure, &error, language);
        }
        verdict
    }
}

/// Why a policy cannot be read, or what it refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum PolicyError {
    /// The signature was made by an algorithm that the policy does not take, or only with a warning.
    Algorithm { policy: String, algorithm: String },
    /// The signature does not reach the level that the policy asks for.
    Level { policy: String, level: &'static str },
    /// The policy has another shape.
    Member(ShapeError),
    /// The policy is no JSON.
    Unreadable(ReadError),
}

impl From<ShapeError> for PolicyError {
    fn from(error: ShapeError) -> Self {
        Self::Member(error)
    }
}

impl Coded for PolicyError {
    fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "policy.algorithm",
            Self::Level { .. } => "policy.level",
            Self::Member(_) => "policy.member",
            Self::Unreadable(_) => "policy.unreadable",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::SIGN
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::Algorithm { policy, algorithm } => facts.with("policy", policy).with("algorithm", algorithm),
            Self::Level { policy, level } => facts.with("policy", policy).with("level", *level),
            Self::Member(error) => facts.with("path", error.path.as_str().to_owned()).with("problem", error.problem.word()),
            Self::Unreadable(error) => {
                facts.with("line", error.position.line).with("column", error.position.column).with("problem", error.code())
            }
        }
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Algorithm { policy, algorithm } => write!(out, "policy `{policy}` does not take `{algorithm}`"),
            Self::Level { policy, level } => write!(out, "policy `{policy}` asks for level {level}"),
            Self::Member(error) => write!(out, "policy: {error}"),
            Self::Unreadable(error) => write!(out, "policy: {error}"),
        }
    }
}

impl std::error::Error for PolicyError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Pointer, Position, ReadProblem, ShapeProblem};
    use crate::report::catalogue::check::speaks_both_languages;

    fn verdict(algorithm: &'static str, level: &'static str) -> SignatureVerdict {
        SignatureVerdict { algorithm: Some(algorithm), level: Some(level), ..SignatureVerdict::open("cades") }
    }

    fn held(policy: &SignaturePolicy, verdict: SignatureVerdict) -> (Option<SubIndication>, Vec<&'static str>) {
        let held = policy.held_against(verdict, Language::En);
        (held.sub_indication, held.reasons.iter().map(|reason| reason.code).collect())
    }

    #[test]
    fn the_circular_takes_pss_and_ecdsa_and_warns_of_the_older_scheme() {
        let policy = SignaturePolicy::named("vn-tt15").unwrap();
        for name in ["ES256", "ES384", "PS256", "PS384", "PS512"] {
            assert_eq!(held(&policy, verdict(name, "B-B")), (None, vec![]), "{name}");
        }
        assert_eq!(held(&policy, verdict("RS256", "B-B")), (None, vec!["policy.algorithm"]));
        assert_eq!(held(&policy, verdict("EdDSA", "B-B")), (Some(SubIndication::CryptoConstraintsFailure), vec!["policy.algorithm"]));
        assert_eq!(held(&SignaturePolicy::named("default").unwrap(), verdict("RS256", "B-B")), (None, vec![]));
        assert_eq!(SignaturePolicy::named("eu"), None);
    }

    #[test]
    fn a_policy_of_ones_own_asks_for_algorithms_and_a_level() {
        let policy = SignaturePolicy::read(r#"{"name":"office","algorithms":{"ES384":"allow"},"level":"B-T"}"#).unwrap();
        assert_eq!(held(&policy, verdict("ES384", "B-LT")), (None, vec![]));
        assert_eq!(held(&policy, verdict("ES384", "B-B")), (Some(SubIndication::SigConstraintsFailure), vec!["policy.level"]));
        assert_eq!(held(&policy, verdict("ES256", "B-T")), (Some(SubIndication::CryptoConstraintsFailure), vec!["policy.algorithm"]));
        // What failed before keeps its own reason.
        let failed = SignatureVerdict {
            indication: Indication::TotalFailed,
            sub_indication: Some(SubIndication::HashFailure),
            ..verdict("ES256", "B-B")
        };
        assert_eq!(held(&policy, failed), (Some(SubIndication::HashFailure), vec![]));
        for bad in [
            "",
            "[]",
            "{}",
            r#"{"name":1}"#,
            r#"{"name":"a","level":"B-X"}"#,
            r#"{"name":"a","algorithms":{}}"#,
            r#"{"name":"a","algorithms":{"ES256":"yes"}}"#,
            r#"{"name":"a","more":1}"#,
        ] {
            assert!(SignaturePolicy::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_error_speaks_both_languages() {
        let unreadable = ReadError { problem: ReadProblem::EndsEarly, position: Position { line: 3, column: 14 } };
        let errors = [
            PolicyError::Algorithm { policy: "vn-tt15".to_owned(), algorithm: "RS256".to_owned() },
            PolicyError::Level { policy: "office".to_owned(), level: "B-T" },
            PolicyError::Member(ShapeError { path: Pointer::root().child("level"), problem: ShapeProblem::Mistyped }),
            PolicyError::Unreadable(unreadable),
        ];
        let all: Vec<&dyn Coded> = errors.iter().map(|error| error as _).collect();
        speaks_both_languages("policy.", &all);
        for text in errors.iter().map(ToString::to_string) {
            assert!(!text.contains('\n') && text.starts_with(char::is_lowercase), "{text}");
        }
    }
}

//! A signed file of any maker: what it is shows in its content, and each format has its own verifier.

use super::verdict::{Indication, Outcome, Reason, SignatureVerdict, SubIndication};
use super::{Content, SignaturePolicy, Trust, asic, cades, jades};
use crate::cms::Armour;
use crate::json::{ToJson, Writer};
use crate::report::Language;

/// The verdict on a signed file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileVerdict {
    /// Each signature; one alone where the file cannot be read.
    pub signatures: Vec<SignatureVerdict>,
    /// Files in a container that some signature covers.
    pub covers: Vec<String>,
    /// Contents, or files of a container, that no signature covers.
    pub uncovered: Vec<String>,
    /// Files that a JWS names and that are not there. Its signature is undetermined.
    pub absent: Vec<String>,
    /// What keeps a container from being accepted, whatever its signatures.
    pub issues: Vec<Reason>,
}

impl FileVerdict {
    /// Whether somebody signed, every signature passed, and nothing is left over.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.outcome() == Outcome::Accepted
    }

    /// In one word.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let (mut failed, mut passed) = (false, !self.signatures.is_empty());
        for signature in &self.signatures {
            failed |= signature.indication == Indication::TotalFailed;
            passed &= signature.passed();
        }
        // A file that nobody signed is no part of what was signed, whatever it is given out for.
        if failed || !self.issues.is_empty() || !self.uncovered.is_empty() {
            Outcome::Refused
        } else if passed {
            Outcome::Accepted
        } else {
            Outcome::Undetermined
        }
    }

    /// The verdict as a policy has it.
    #[must_use]
    pub fn held_against(mut self, policy: &SignaturePolicy, language: Language) -> Self {
        for signature in std::mem::take(&mut self.signatures) {
            self.signatures.push(policy.held_against(signature, language));
        }
        self
    }
}

impl ToJson for FileVerdict {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            let outcome = self.outcome();
            out.member("accepted", &(outcome == Outcome::Accepted))
                .member("outcome", &outcome.name())
                .member("signatures", &self.signatures)
                .member("uncovered", &self.uncovered)
                .member("issues", &self.issues)
        });
    }
}

/// Verifies a container (zip), a JWS, or else a signed message (CMS, also in PEM), with the contents that stand beside it.
///
/// A content without a name is what the signature is over, of which there is one. Named ones are the files that a JWS may name; one alone beside
/// a JWS that names none is its payload, and of a signed message the first is its content.
#[must_use]
pub fn verify(file: &[u8], contents: &[(String, Content<'_>)], trust: &Trust<'_>, language: Language) -> FileVerdict {
    match file {
        [b'P', b'K', ..] => container(file, contents, trust, language),
        // RFC 7515 7: JSON, or the base64url of a header, which begins with a brace too.
        [b'{', ..] | [b'e', b'w' | b'y', ..] => jws(file, contents, trust, language),
        _ => message(file, contents, trust, language),
    }
}

fn message(file: &[u8], contents: &[(String, Content<'_>)], trust: &Trust<'_>, language: Language) -> FileVerdict {
    let signatures = match Armour::open(file) {
        Ok((_, message)) => cades::verify(&message, contents.first().map(|(_, content)| content), trust, language),
        Err(error) => vec![SignatureVerdict::open("cades").concluded(SubIndication::FormatFailure, &error, language)],
    };
    let mut verdict = FileVerdict { signatures, ..FileVerdict::default() };
    leave(contents.get(1..).unwrap_or_default(), &mut verdict.uncovered);
    verdict
}

fn container(file: &[u8], contents: &[(String, Content<'_>)], trust: &Trust<'_>, language: Language) -> FileVerdict {
    let found = asic::verify(file, trust, language);
    let mut verdict = FileVerdict { uncovered: found.uncovered, issues: found.issues, ..FileVerdict::default() };
    for signature in found.signatures {
        for name in signature.covers {
            if !verdict.covers.contains(&name) {
                verdict.covers.push(name);
            }
        }
        verdict.signatures.push(signature.verdict);
    }
    leave(contents, &mut verdict.uncovered);
    verdict
}

fn jws(file: &[u8], contents: &[(String, Content<'_>)], trust: &Trust<'_>, language: Language) -> FileVerdict {
    let over = |payload, files| jades::verify_any(file, &jades::Given { payload, files }, trust, language);
    let found = match contents {
        [(name, payload), files @ ..] if name.is_empty() => over(Some(payload), files),
        [(_, payload)] if !jades::names_parts(file) => over(Some(payload), &[]),
        files => over(None, files),
    };
    let mut verdict = FileVerdict { uncovered: found.uncovered, absent: found.absent, ..FileVerdict::default() };
    for judged in found.signatures {
        verdict.signatures.push(judged.verdict);
    }
    verdict
}

/// What was given and is no content of the file.
fn leave(contents: &[(String, Content<'_>)], uncovered: &mut Vec<String>) {
    for (name, _) in contents {
        uncovered.push(name.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki::Policy;
    use crate::text::Instant;

    const NOBODY: Trust<'_> = Trust {
        anchors: &[],
        certificates: &[],
        crls: &[],
        answers: &[],
        revocation: Policy::None,
        received: Instant::from_unix(1_800_000_000),
    };

    #[test]
    fn what_is_no_signed_file_is_refused_as_the_format_it_resembles() {
        for (file, format) in [
            (&b""[..], "cades"),
            (b"\x30\x80", "cades"),
            (b"%PDF", "cades"),
            (b"-----BEGIN X-----", "cades"),
            (b"{}", "jades"),
            (b"eyJ9.x", "jades"),
        ] {
            let verdict = verify(file, &[], &NOBODY, Language::En);
            assert_eq!(verdict.outcome(), Outcome::Refused);
            let found: Vec<_> = verdict.signatures.iter().map(|signature| (signature.format, signature.sub_indication)).collect();
            assert_eq!(found, [(format, Some(SubIndication::FormatFailure))]);
        }
        let container = verify(b"PK\x03\x04", &[], &NOBODY, Language::En);
        assert_eq!((container.outcome(), container.signatures.len(), container.issues.len()), (Outcome::Refused, 0, 1));
    }

    #[test]
    fn a_policy_takes_a_verdict_away_and_adds_none() {
        let passed = SignatureVerdict {
            indication: Indication::TotalPassed,
            algorithm: Some("RS256"),
            level: Some("B-B"),
            ..SignatureVerdict::open("cades")
        };
        let verdict = FileVerdict { signatures: vec![passed], ..FileVerdict::default() };
        let strict = SignaturePolicy::read(r#"{"name":"archive","level":"B-T"}"#).unwrap();
        for (policy, outcome) in [(SignaturePolicy::named("vn-tt15").unwrap(), Outcome::Accepted), (strict, Outcome::Undetermined)] {
            assert_eq!(verdict.clone().held_against(&policy, Language::En).outcome(), outcome);
            let refused = FileVerdict { uncovered: vec!["a".to_owned()], ..verdict.clone() };
            assert_eq!(refused.held_against(&policy, Language::En).outcome(), Outcome::Refused);
        }
    }

    #[test]
    fn a_content_that_nothing_covers_is_told() {
        let contents = [("a".to_owned(), Content::of(b"a")), ("b".to_owned(), Content::of(b"b"))];
        assert_eq!(verify(b"", &contents, &NOBODY, Language::En).uncovered, ["b"]);
        assert_eq!(verify(b"{}", &contents, &NOBODY, Language::En).uncovered, ["a", "b"]);
        assert_eq!(verify(b"PK", &contents, &NOBODY, Language::En).uncovered, ["a", "b"]);
    }
}

//! A signed file of any maker: what it is shows in its content, and each format has its own verifier.

use super::verdict::{Indication, Reason, SignatureVerdict};
use super::{Content, Trust, asic, cades, jades};
use crate::json::{ToJson, Writer};
use crate::report::Language;

/// The verdict on a signed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVerdict {
    /// Each signature; one alone where the file cannot be read.
    pub signatures: Vec<SignatureVerdict>,
    /// Contents, or files of a container, that no signature covers.
    pub uncovered: Vec<String>,
    /// What keeps a container from being accepted, whatever its signatures.
    pub issues: Vec<Reason>,
}

impl FileVerdict {
    /// Whether somebody signed, every signature passed, and nothing is left over.
    #[must_use]
    pub fn accepted(&self) -> bool {
        let sound = self.issues.is_empty() && self.uncovered.is_empty() && !self.signatures.is_empty();
        sound && self.signatures.iter().all(SignatureVerdict::passed)
    }

    /// In one word: `accepted`, `refused` or `undetermined`.
    #[must_use]
    pub fn outcome(&self) -> &'static str {
        let failed = |signature: &SignatureVerdict| signature.indication == Indication::TotalFailed;
        if self.accepted() {
            "accepted"
        } else if !self.issues.is_empty() || !self.uncovered.is_empty() || self.signatures.iter().any(failed) {
            "refused"
        } else {
            "undetermined"
        }
    }
}

impl ToJson for FileVerdict {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("accepted", &self.accepted())
                .member("outcome", &self.outcome())
                .member("signatures", &self.signatures)
                .member("uncovered", &self.uncovered)
                .member("issues", &self.issues)
        });
    }
}

/// Verifies a container (zip), a JWS, or else a signed message (CMS), with the contents that stand beside it.
///
/// A content without a name is what the signature is over, of which there is one. Named ones are the files that a JWS may name; of a signed message
/// the first is its content.
#[must_use]
pub fn verify(file: &[u8], contents: &[(String, Content<'_>)], trust: &Trust<'_>, language: Language) -> FileVerdict {
    let (mut signatures, mut uncovered) = (Vec::new(), Vec::new());
    match file {
        [b'P', b'K', ..] => {
            let found = asic::verify(file, trust, language);
            for signature in found.signatures {
                signatures.push(signature.verdict);
            }
            uncovered = found.uncovered;
            leave(contents, &mut uncovered);
            return FileVerdict { signatures, uncovered, issues: found.issues };
        }
        // RFC 7515 7: JSON, or the base64url of a header, which begins with a brace too.
        [b'{', ..] | [b'e', b'w' | b'y', ..] => {
            let payload = contents.first().filter(|(name, _)| name.is_empty());
            let files = if payload.is_some() { contents.get(1..).unwrap_or_default() } else { contents };
            let given = jades::Given { payload: payload.map(|(_, content)| content), files };
            let found = jades::verify_any(file, &given, trust, language);
            for judged in found.signatures {
                signatures.push(judged.verdict);
            }
            uncovered = found.uncovered;
        }
        _ => {
            signatures = cades::verify(file, contents.first().map(|(_, content)| content), trust, language);
            leave(contents.get(1..).unwrap_or_default(), &mut uncovered);
        }
    }
    FileVerdict { signatures, uncovered, issues: Vec::new() }
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
    use crate::sign::verdict::SubIndication;
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
        for (file, format) in [(&b""[..], "cades"), (b"\x30\x80", "cades"), (b"%PDF", "cades"), (b"{}", "jades"), (b"eyJ9.x", "jades")] {
            let verdict = verify(file, &[], &NOBODY, Language::En);
            assert_eq!(verdict.outcome(), "refused");
            let found: Vec<_> = verdict.signatures.iter().map(|signature| (signature.format, signature.sub_indication)).collect();
            assert_eq!(found, [(format, Some(SubIndication::FormatFailure))]);
        }
        let container = verify(b"PK\x03\x04", &[], &NOBODY, Language::En);
        assert_eq!((container.outcome(), container.signatures.len(), container.issues.len()), ("refused", 0, 1));
    }

    #[test]
    fn a_content_that_nothing_covers_is_told() {
        let contents = [("a".to_owned(), Content::of(b"a")), ("b".to_owned(), Content::of(b"b"))];
        assert_eq!(verify(b"", &contents, &NOBODY, Language::En).uncovered, ["b"]);
        assert_eq!(verify(b"{}", &contents, &NOBODY, Language::En).uncovered, ["a", "b"]);
        assert_eq!(verify(b"PK", &contents, &NOBODY, Language::En).uncovered, ["a", "b"]);
    }
}

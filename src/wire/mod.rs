//! Requests and answers as JSON, the same from the command line and from the bindings.

mod error;
mod findings;
#[cfg(feature = "sign")]
mod inspection;
mod live;
mod request;
#[cfg(feature = "sign")]
mod verifying;

pub use error::RequestError;
pub use findings::Findings;
#[cfg(feature = "sign")]
pub use inspection::{Inspection, signature_text};
pub use live::{dropped, options, state};
pub use request::{KnownFile, Request, SealRequest, digest, pointer};
#[cfg(feature = "sign")]
pub use verifying::{Revocation, VerifyRequest, algorithm, format};

use crate::json::{ToJson, Writer, to_json};
use crate::report::{Coded, Facts, Language, sentence};
use crate::text::Moment;

/// Why there is no answer: a code, its facts and a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The stable code.
    pub code: &'static str,
    /// The facts of the sentence.
    pub params: Facts,
    /// The sentence, in the language asked for.
    pub message: String,
}

impl Failure {
    /// The failure that an error is.
    #[must_use]
    pub fn of(error: &dyn Coded, language: Language) -> Self {
        Self { code: error.code(), params: error.facts(), message: sentence(error, language) }
    }
}

/// The moment of an argument.
///
/// # Errors
/// It is not RFC 3339.
pub fn moment(text: &str) -> Result<Moment, RequestError> {
    Moment::parse(text).ok_or_else(|| RequestError::Moment { argument: text.to_owned() })
}

/// `{"errors": [{code, params, message}]}`: the answer where there is no other.
#[derive(Clone, Debug, PartialEq)]
pub struct Failures {
    /// In the order in which they were found.
    pub errors: Vec<Failure>,
}

impl ToJson for Failure {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("code", &self.code).member("params", &self.params).member("message", &self.message));
    }
}

impl ToJson for Failures {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("errors", &self.errors));
    }
}

/// `{"valid"}`: the output format "Flag" of the JSON Schema project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Whether the document is valid.
    pub valid: bool,
}

impl ToJson for Flag {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("valid", &self.valid));
    }
}

/// An answer as JSON text on one line.
#[must_use]
pub fn line(answer: &dyn ToJson) -> String {
    to_json(answer)
}

/// An answer as JSON text for people to read.
#[must_use]
pub fn pretty(answer: &dyn ToJson) -> String {
    indented(&to_json(answer))
}

/// JSON text that stands on one line, with a line for each member and item.
fn indented(text: &str) -> String {
    let mut out = String::new();
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for letter in text.chars() {
        if quoted {
            quoted = escaped || letter != '"';
            escaped = letter == '\\' && !escaped;
            out.push(letter);
            continue;
        }
        let (closes, opened) = (matches!(letter, '}' | ']'), out.ends_with(['{', '[']));
        depth = depth.saturating_sub(usize::from(closes));
        // What is closed at once stays on its line.
        if out.ends_with(',') || closes != opened {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
        }
        out.push(letter);
        match letter {
            '"' => quoted = true,
            ':' => out.push(' '),
            '{' | '[' => depth += 1,
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value as Json;

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            "[{}:,\"\\\\ a\n]{0,6}".prop_map(Json::from)
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
                prop::collection::btree_map("[{\\[:,\"\\\\a]{0,3}", inner, 0..4)
                    .prop_map(|members| Json::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn text_is_indented_as_serde_json_indents_it(value in any_json()) {
            prop_assert_eq!(indented(&value.to_string()), serde_json::to_string_pretty(&value).unwrap());
        }
    }
}

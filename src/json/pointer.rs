//! JSON Pointer, RFC 6901: the way places are named in reports and on the command line.

use super::{Kind, Value};
use crate::text::{parts, read_number};
use std::fmt;

/// A pointer in its string form: `""` is the whole document, `/owner/name` a member of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Reads the string form: empty, or `/` before every token; `~0` and `~1` are the only escapes (RFC 6901 3).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let starts = text.is_empty() || text.starts_with('/');
        let escapes = parts(text, b'~').skip(1).all(|rest| matches!(rest.bytes().next(), Some(b'0' | b'1')));
        (starts && escapes).then(|| Self(text.to_owned()))
    }

    /// The string form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The pointer to a member or item of this place; an index is its decimal digits.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        push_token(&mut text, token);
        Self(text)
    }

    /// The pointer to what holds this place; the whole document holds itself.
    #[must_use]
    pub fn parent(&self) -> Self {
        let mut text = self.0.clone();
        text.truncate(text.rfind('/').unwrap_or(0));
        Self(text)
    }

    /// Goes on to a member or item of this place.
    pub(crate) fn push(&mut self, token: &str) {
        push_token(&mut self.0, token);
    }

    /// The tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> {
        parts(&self.0, b'/').skip(1).map(unescaped)
    }

    /// The value the pointer names in a document (RFC 6901 4), if there is one.
    #[must_use]
    pub fn find<'d>(&self, root: Value<'d>) -> Option<Value<'d>> {
        self.tokens().try_fold(root, |value, token| match value.kind() {
            Kind::Object => value.member(&token),
            Kind::Array => value.item(index(&token)?),
            _ => None,
        })
    }
}

/// A token without its escapes: `~1` is `/`, `~0` is `~`.
fn unescaped(token: &str) -> String {
    let mut out = String::with_capacity(token.len());
    let mut letters = token.chars();
    while let Some(letter) = letters.next() {
        // A pointer that was parsed has `0` or `1` behind each `~`.
        out.push(if letter == '~' && letters.next() == Some('1') { '/' } else { letter });
    }
    out
}

impl fmt::Display for Pointer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Writes `/token`, escaped.
fn push_token(text: &mut String, token: &str) {
    text.push_str("/");
    let mut plain = 0;
    for (at, byte) in token.bytes().enumerate() {
        let escaped = match byte {
            b'~' => "~0",
            b'/' => "~1",
            _ => continue,
        };
        text.push_str(token.get(plain..at).unwrap_or_default());
        text.push_str(escaped);
        plain = at + 1;
    }
    text.push_str(token.get(plain..).unwrap_or_default());
}

/// RFC 6901 4: digits without leading zero.
pub(crate) fn index(token: &str) -> Option<usize> {
    let plain = token == "0" || (!token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit()));
    if plain { read_number(token)?.try_into().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;

    #[test]
    fn the_examples_of_rfc_6901_5_are_found() {
        let document = Document::read(
            r#"{"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}"#,
        )
        .unwrap();
        for (text, expected) in [
            ("/", "0"),
            ("/a~1b", "1"),
            ("/c%d", "2"),
            ("/e^f", "3"),
            ("/g|h", "4"),
            ("/i\\j", "5"),
            ("/k\"l", "6"),
            ("/ ", "7"),
            ("/m~0n", "8"),
        ] {
            let found = Pointer::parse(text).and_then(|pointer| pointer.find(document.root())).and_then(Value::as_number);
            assert_eq!(found.map(|number| number.text()), Some(expected), "{text}");
        }
        assert_eq!(Pointer::parse("/foo/1").unwrap().find(document.root()).and_then(Value::as_str), Some("baz"));
        assert_eq!(Pointer::root().find(document.root()).map(Value::len), Some(10));
    }

    #[test]
    fn what_is_no_pointer_or_points_nowhere_is_none() {
        let document = Document::read(r#"{"foo": ["bar"]}"#).unwrap();
        for text in ["foo", "/a~", "/a~2b"] {
            assert_eq!(Pointer::parse(text), None, "{text}");
        }
        for text in ["/foo/00", "/foo/01", "/foo/-", "/foo/1", "/foo/0/x", "/bar", "/foo/+0", "/foo/"] {
            assert!(Pointer::parse(text).unwrap().find(document.root()).is_none(), "{text}");
        }
    }

    #[test]
    fn children_are_escaped_and_read_back() {
        let pointer = Pointer::root().child("a/b~c").child("0");
        assert_eq!(pointer.as_str(), "/a~1b~0c/0");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["a/b~c", "0"]);
    }
}

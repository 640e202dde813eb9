//! Writing JSON: hoso's own structures as text on one line, members in the order in which they are given.
//!
//! A comma stands before whatever follows neither an opening bracket nor a colon. The text says which, so nothing else is remembered.

use super::canonical::write_inside;
use super::{Kind, Pointer, Value};
use crate::digest::Sha256;
use crate::text::{Moment, push_number};

/// What has a form in JSON.
pub trait ToJson {
    /// Writes one value.
    fn write(&self, out: &mut Writer);
}

/// Takes values in the order in which they stand in the text.
///
/// ```
/// use hoso::json::{ToJson, Writer, to_json};
///
/// struct Range(u64, Option<u64>);
///
/// impl ToJson for Range {
///     fn write(&self, out: &mut Writer) {
///         out.object(|out| out.member("least", &self.0).member("most", &self.1));
///     }
/// }
///
/// assert_eq!(to_json(&[Range(1, Some(5)), Range(6, None)].as_slice()), r#"[{"least":1,"most":5},{"least":6,"most":null}]"#);
/// ```
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
}

/// The text of a value, on one line.
#[must_use]
pub fn to_json(value: &dyn ToJson) -> String {
    let mut out = Writer::default();
    value.write(&mut out);
    out.finish()
}

impl Writer {
    /// The text.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    /// An object of the members that the closure gives.
    pub fn object(&mut self, members: impl FnOnce(&mut Self) -> &mut Self) {
        self.word("{");
        members(self);
        self.close('}');
    }

    /// A member of the object that is open.
    pub fn member(&mut self, name: &str, value: &dyn ToJson) -> &mut Self {
        self.name(name);
        value.write(self);
        self
    }

    /// The name of a member, whose value follows.
    pub(crate) fn name(&mut self, name: &str) {
        self.quoted(name, "\":");
    }

    /// The end of what an opening bracket, written as a word, began.
    pub(crate) fn close(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// A string.
    pub fn string(&mut self, text: &str) {
        self.quoted(text, "\"");
    }

    fn quoted(&mut self, text: &str, end: &str) {
        self.text.push_str(if self.follows() { ",\"" } else { "\"" });
        write_inside(text, &mut self.text);
        self.text.push_str(end);
    }

    /// Digits, a name of JSON or an opening bracket.
    pub(crate) fn word(&mut self, word: &str) {
        self.separate();
        self.text.push_str(word);
    }

    fn separate(&mut self) {
        if self.follows() {
            self.text.push_str(",");
        }
    }

    /// Whether what is written next follows something that a comma ends.
    fn follows(&self) -> bool {
        !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':'))
    }
}

/// As it was read, the digits of numbers too; but without white space, and strings in one spelling.
impl ToJson for Value<'_> {
    fn write(&self, out: &mut Writer) {
        match self.kind() {
            Kind::Null => out.word("null"),
            Kind::False => out.word("false"),
            Kind::True => out.word("true"),
            Kind::Number => out.word(self.as_number().map_or("0", |number| number.text())),
            Kind::String => out.string(self.as_str().unwrap_or_default()),
            Kind::Array => {
                out.word("[");
                self.items().for_each(|item| item.write(out));
                out.close(']');
            }
            Kind::Object => out.object(|out| self.members().fold(out, |out, (name, value)| out.member(name, &value))),
        }
    }
}

/// JSON text that hoso wrote elsewhere, as it stands.
#[cfg(feature = "wasm-sign")]
pub(crate) struct Written<'t>(pub(crate) &'t str);

#[cfg(feature = "wasm-sign")]
impl ToJson for Written<'_> {
    fn write(&self, out: &mut Writer) {
        out.word(self.0);
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn write(&self, out: &mut Writer) {
        (**self).write(out);
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, out: &mut Writer) {
        match self {
            Some(value) => value.write(out),
            None => out.word("null"),
        }
    }
}

impl<T: ToJson> ToJson for [T] {
    fn write(&self, out: &mut Writer) {
        out.word("[");
        for item in self {
            item.write(out);
        }
        out.close(']');
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, out: &mut Writer) {
        self.as_slice().write(out);
    }
}

/// An object inside another, of the members that the closure gives.
pub struct Object<F: Fn(&mut Writer) -> &mut Writer>(pub F);

impl<F: Fn(&mut Writer) -> &mut Writer> ToJson for Object<F> {
    fn write(&self, out: &mut Writer) {
        out.object(&self.0);
    }
}

impl ToJson for str {
    fn write(&self, out: &mut Writer) {
        out.string(self);
    }
}

impl ToJson for String {
    fn write(&self, out: &mut Writer) {
        out.string(self);
    }
}

impl ToJson for bool {
    fn write(&self, out: &mut Writer) {
        out.word(if *self { "true" } else { "false" });
    }
}

impl ToJson for u64 {
    fn write(&self, out: &mut Writer) {
        out.separate();
        push_number(*self, 1, &mut out.text);
    }
}

impl ToJson for u32 {
    fn write(&self, out: &mut Writer) {
        u64::from(*self).write(out);
    }
}

impl ToJson for i64 {
    fn write(&self, out: &mut Writer) {
        out.word(if *self < 0 { "-" } else { "" });
        push_number(self.unsigned_abs(), 1, &mut out.text);
    }
}

impl ToJson for Pointer {
    fn write(&self, out: &mut Writer) {
        out.string(self.as_str());
    }
}

/// 64 hexadecimal digits.
impl ToJson for Sha256 {
    fn write(&self, out: &mut Writer) {
        out.string(&self.hex());
    }
}

/// RFC 3339.
impl ToJson for Moment {
    fn write(&self, out: &mut Writer) {
        out.string(&self.text());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Nested(Vec<Nested>, &'static str, Option<bool>);

    impl ToJson for Nested {
        fn write(&self, out: &mut Writer) {
            out.object(|out| {
                if !self.1.is_empty() {
                    out.member(self.1, &self.2);
                }
                out.member("in", &self.0)
            });
        }
    }

    #[test]
    fn commas_stand_between_members_and_between_items() {
        let leaf = |name, value| Nested(Vec::new(), name, value);
        let value = Nested(vec![leaf("a", None), leaf("", None), leaf("b,", Some(true))], "[", Some(false));
        assert_eq!(to_json(&value), r#"{"[":false,"in":[{"a":null,"in":[]},{"in":[]},{"b,":true,"in":[]}]}"#);
        assert_eq!(to_json(&vec![vec![1_u64], vec![], vec![2, u64::MAX]]), "[[1],[],[2,18446744073709551615]]");
        assert_eq!(to_json(&["", ":", "{"].as_slice()), r#"["",":","{"]"#);
        assert_eq!((to_json(&i64::MIN), to_json(&7_u32)), ("-9223372036854775808".to_owned(), "7".to_owned()));
    }

    proptest! {
        #[test]
        fn texts_are_written_as_serde_json_writes_them(texts in prop::collection::vec(any::<String>(), 0..5)) {
            prop_assert_eq!(to_json(&texts), serde_json::to_string(&texts).unwrap());
        }

        #[test]
        fn a_value_is_written_as_it_was_read(texts in prop::collection::vec(any::<String>(), 0..5)) {
            let text = format!(r#"{{"a":[1.50,-0,1e400,true,null,{{}},[]],"b":{}}}"#, serde_json::to_string(&texts).unwrap());
            prop_assert_eq!(to_json(&crate::json::Document::read(text.clone()).unwrap().root()), text);
        }

        #[test]
        fn every_letter_is_written_as_serde_json_writes_it(letter in prop_oneof![(0_u8..128).prop_map(char::from), any::<char>()]) {
            let text = format!("a{letter}b");
            prop_assert_eq!(to_json(&text), serde_json::to_string(&text).unwrap());
        }
    }
}

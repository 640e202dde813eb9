//! The canonical form of RFC 8785, for values whose numbers a double carries.

use super::bytes::to_special;
use super::number::Decimal;
use super::{Document, Kind, Number, Pointer, ReadError, ToJson, Value, to_json};
use crate::order;
use crate::text::{decimal, push_number};
use std::fmt;

/// A number whose decimal value RFC 8785 would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalError {
    /// Where the number stands.
    pub path: Pointer,
}

impl fmt::Display for CanonicalError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "number at `{}` is not exact as a double", self.path)
    }
}

impl std::error::Error for CanonicalError {}

/// The canonical form of a value.
///
/// # Errors
/// The first number whose decimal value a double would change: canonical form never rounds.
///
/// ```
/// use hoso::json::{Document, canonical};
///
/// let document = Document::read(r#"{ "b": 1.50, "a": "\u00ea" }"#)?;
/// assert_eq!(canonical(document.root()).as_deref(), Ok(r#"{"a":"ê","b":1.5}"#));
/// # Ok::<(), hoso::json::ReadError>(())
/// ```
pub fn canonical(value: Value<'_>) -> Result<String, CanonicalError> {
    let mut out = String::new();
    match write_value(value, &mut out) {
        Ok(()) => Ok(out),
        Err(Inexact(tokens)) => Err(CanonicalError { path: tokens.iter().rev().fold(Pointer::root(), |path, token| path.child(token)) }),
    }
}

/// Why one of our own structures has no canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// Its text exceeds a limit of the reader.
    Unreadable(ReadError),
    /// It holds a number that a double would change.
    NotExact(CanonicalError),
}

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => fmt::Display::fmt(error, out),
            Self::NotExact(error) => fmt::Display::fmt(error, out),
        }
    }
}

impl std::error::Error for WriteError {}

/// The canonical form of one of our own structures.
///
/// # Errors
/// It is too large to be read back, or holds a number that a double would change.
pub fn canonical_from(value: &dyn ToJson) -> Result<String, WriteError> {
    let document = Document::read(to_json(value)).map_err(WriteError::Unreadable)?;
    canonical(document.root()).map_err(WriteError::NotExact)
}

/// The tokens of the place, innermost first.
struct Inexact(Vec<String>);

/// Recursion is bounded by `limits::JSON_DEPTH`, which the reader keeps.
fn write_value(value: Value<'_>, out: &mut String) -> Result<(), Inexact> {
    match value.kind() {
        Kind::Null => out.push_str("null"),
        Kind::False => out.push_str("false"),
        Kind::True => out.push_str("true"),
        Kind::Number => write_number(value.as_number().unwrap_or(Number::from_checked("0")), out)?,
        Kind::String => write_string(value.as_str().unwrap_or_default(), out),
        Kind::Array => {
            out.push('[');
            for (at, item) in value.items().enumerate() {
                separate(at, out);
                write_value(item, out).map_err(|error| error.inside(|| decimal(at as u64)))?;
            }
            out.push(']');
        }
        Kind::Object => {
            out.push('{');
            for (at, (name, member)) in sorted_members(value).into_iter().enumerate() {
                separate(at, out);
                write_string(name, out);
                out.push(':');
                write_value(member, out).map_err(|error| error.inside(|| name.to_owned()))?;
            }
            out.push('}');
        }
    }
    Ok(())
}

impl Inexact {
    fn inside(mut self, token: impl FnOnce() -> String) -> Self {
        self.0.push(token());
        self
    }
}

/// RFC 8785 3.2.3: by UTF-16 code units. They order like UTF-8 bytes but for U+E000 to U+FFFF, which follow the surrogates.
fn sorted_members(object: Value<'_>) -> Vec<(&str, Value<'_>)> {
    let mut members: Vec<_> = object.members().collect();
    order::sort_by(&mut members, |(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
    members
}

/// An exact number has its digits already.
fn write_number(number: Number<'_>, out: &mut String) -> Result<(), Inexact> {
    let decimal = number.decimal();
    if !decimal.is_exact() {
        return Err(Inexact(Vec::new()));
    }
    if decimal.negative {
        out.push('-');
    }
    write_decimal(&decimal, out);
    Ok(())
}

/// RFC 8785 3.2.2.3: as ECMAScript's `Number::toString`, without the sign.
pub(super) fn write_decimal(decimal: &Decimal<'_>, out: &mut String) {
    let order = decimal.order();
    let plain = (-5..=21).contains(&order);
    // Where the point stands when something follows it, counted from the first digit.
    let point = if plain { order } else { 1 };
    let mut digits = decimal.digits();
    for at in point.min(1) - 1..point.max(decimal.count() as i64) {
        if at == point {
            out.push('.');
        }
        let digit = if at < 0 { None } else { digits.next() };
        out.push(char::from(b'0'.wrapping_add(digit.unwrap_or(0))));
    }
    if !plain {
        out.push_str(if order > 0 { "e+" } else { "e" });
        if order <= 0 {
            out.push('-');
        }
        push_number((order - 1).unsigned_abs(), 1, out);
    }
}

/// RFC 8785 3.2.2.2: only what RFC 8259 must escape is escaped, in the shortest way.
fn write_string(text: &str, out: &mut String) {
    out.push_str("\"");
    write_inside(text, out);
    out.push_str("\"");
}

/// What stands between the quotes.
pub(super) fn write_inside(text: &str, out: &mut String) {
    let mut plain = 0;
    loop {
        let at = to_special(text.as_bytes(), plain);
        out.push_str(text.get(plain..at).unwrap_or_default());
        let Some(byte) = text.as_bytes().get(at) else { break };
        write_escape(*byte, out);
        plain = at + 1;
    }
}

fn write_escape(byte: u8, out: &mut String) {
    out.push('\\');
    match byte {
        8 => out.push('b'),
        b'\t' => out.push('t'),
        b'\n' => out.push('n'),
        0xc => out.push('f'),
        b'\r' => out.push('r'),
        0..0x20 => {
            out.push_str(if byte < 0x10 { "u000" } else { "u001" });
            out.push(char::from_digit(u32::from(byte % 16), 16).unwrap_or('0'));
        }
        itself => out.push(char::from(itself)),
    }
}

fn separate(at: usize, out: &mut String) {
    if at > 0 {
        out.push(',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Object;
    use proptest::prelude::*;

    fn form(text: &str) -> Result<String, CanonicalError> {
        canonical(Document::read(text).unwrap().root())
    }

    #[test]
    fn the_example_of_rfc_8785_3_2_2_and_3_2_3_is_reproduced() {
        let text = r#"{
            "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
            "literals": [null, true, false]
        }"#;
        // 333333333.33333329 is written 333333333.3333333 there: its decimal value changes, so it is refused here.
        assert_eq!(form(text), Err(CanonicalError { path: Pointer::parse("/numbers/0").unwrap() }));
        let expected =
            r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#;
        assert_eq!(form(&text.replace("33333329", "3333333")).as_deref(), Ok(expected));
    }

    #[test]
    fn members_are_sorted_by_utf_16_code_units() {
        let text = "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";
        assert_eq!(form(text).as_deref(), Ok("{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}"));
    }

    #[test]
    fn numbers_are_written_as_ecmascript_does() {
        for (text, written) in [
            ("-0", "0"),
            ("1e21", "1e+21"),
            ("123456789012345680000", "123456789012345680000"),
            ("1e-7", "1e-7"),
            ("0.000001", "0.000001"),
            ("5e-324", "5e-324"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"),
        ] {
            assert_eq!(form(text).as_deref(), Ok(written), "{text}");
        }
    }

    #[test]
    fn our_own_structures_are_never_rounded_or_emptied() {
        assert_eq!(canonical_from(&Object(|out| out.member("b", &1_u64).member("a", &"ê"))).as_deref(), Ok("{\"a\":\"ê\",\"b\":1}"));
        assert!(matches!(canonical_from(&9_007_199_254_740_993_u64), Err(WriteError::NotExact(_))));
        assert!(matches!(canonical_from(&"a".repeat(crate::limits::JSON_BYTES)), Err(WriteError::Unreadable(_))));
    }

    pub(crate) fn any_json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            any::<bool>().prop_map(|value| value.to_string()),
            any::<i32>().prop_map(|value| value.to_string()),
            any::<f64>()
                .prop_filter("finite", |value| value.is_finite())
                .prop_map(|value| ryu_js::Buffer::new().format_finite(value).to_owned()),
            "\\PC{0,8}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(|items| format!("[{}]", items.join(" , "))),
                prop::collection::btree_map("\\PC{0,6}", inner, 0..6).prop_map(|members| {
                    let members: Vec<_> =
                        members.iter().rev().map(|(name, value)| format!("{} : {value}", serde_json::to_string(name).unwrap())).collect();
                    format!("{{{}}}", members.join(","))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn canonical_of_canonical_is_the_same(text in any_json()) {
            let once = form(&text).unwrap();
            prop_assert_eq!(form(&once).unwrap(), once);
        }

        #[test]
        fn reading_agrees_with_serde_json(text in any_json()) {
            let ours: serde_json::Value = serde_json::from_str(&form(&text).unwrap()).unwrap();
            let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
            // Compared as doubles, the last bit left open: serde_json rounds by a faster way.
            prop_assert!(alike(&ours, &theirs), "{ours} {theirs}");
        }

        #[test]
        fn any_text_is_read_or_refused_without_panic(text in "[\\[\\]{}:,\"\\\\utrfn0-9eE+. -]{0,40}") {
            let serde = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            match Document::read(text.clone()) {
                Ok(_) => {}
                // serde_json takes duplicate names and refuses what overflows a double.
                Err(error) => prop_assert!(!serde || error.problem == crate::json::ReadProblem::DuplicateName, "{text}: {error}"),
            }
        }
    }

    fn alike(left: &serde_json::Value, right: &serde_json::Value) -> bool {
        use serde_json::Value as Json;
        match (left, right) {
            (Json::Number(left), Json::Number(right)) => {
                let (left, right) = (left.as_f64().unwrap(), right.as_f64().unwrap());
                (left - right).abs() <= left.abs() * 1e-15
            }
            (Json::Array(left), Json::Array(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| alike(left, right))
            }
            (Json::Object(left), Json::Object(right)) => {
                left.len() == right.len() && left.iter().all(|(name, value)| right.get(name).is_some_and(|other| alike(value, other)))
            }
            (left, right) => left == right,
        }
    }
}

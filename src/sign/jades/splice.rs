//! More in a JWS in JSON of any maker (RFC 7515 7.2), whose text otherwise stays as it stands: every letter of it may be what somebody signed or
//! stamped. Places are found in a text that was read strictly before, so here only ends are looked for.

use super::JadesError;
use crate::json::Document;
use crate::text::Base64;
use std::ops::Range;

/// A member, or an item, whose name is empty, by their places in the text.
struct Child {
    name: Range<usize>,
    value: Range<usize>,
}

/// What stands in the object or array at a place.
fn children(text: &str, within: &Range<usize>) -> Vec<Child> {
    let (mut found, mut name, mut start) = (Vec::new(), 0..0, within.start + 1);
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let end = within.end.saturating_sub(1);
    for (at, byte) in text.bytes().enumerate().take(end).skip(start) {
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => {
                name = trimmed(text, start..at);
                start = at + 1;
            }
            b',' if depth == 0 => {
                found.push(Child { name: std::mem::take(&mut name), value: trimmed(text, start..at) });
                start = at + 1;
            }
            _ => {}
        }
    }
    let last = trimmed(text, start..end);
    if !last.is_empty() {
        found.push(Child { name, value: last });
    }
    found
}

/// A place without the white space at its ends.
fn trimmed(text: &str, place: Range<usize>) -> Range<usize> {
    let whole = slice(text, &place);
    let start = place.start + (whole.len() - whole.trim_ascii_start().len());
    start..start + whole.trim_ascii().len()
}

fn slice<'t>(text: &'t str, place: &Range<usize>) -> &'t str {
    text.get(place.clone()).unwrap_or_default()
}

/// Whether a name as it is written, perhaps with escapes, is this one.
fn is(text: &str, name: &Range<usize>, wanted: &str) -> bool {
    Document::read(slice(text, name)).is_ok_and(|name| name.root().as_str() == Some(wanted))
}

fn member(text: &str, within: &Range<usize>, name: &str) -> Option<Range<usize>> {
    children(text, within).into_iter().find(|child| is(text, &child.name, name)).map(|child| child.value)
}

fn inserted(text: &str, at: usize, more: &str) -> String {
    let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
    [before, more, behind].concat()
}

/// The text with one more member of `etsiU`, given as base64url, at the signature of a place: in clear where those there are (TS 119 182-1 5.3.1).
///
/// # Errors
/// There is no such signature.
pub(super) fn with_unsigned(text: &str, place: usize, added: &str) -> Result<String, JadesError> {
    let whole = trimmed(text, 0..text.len());
    let signature = match member(text, &whole, "signatures") {
        Some(list) => children(text, &list).into_iter().nth(place).map(|child| child.value),
        None => (place == 0).then_some(whole),
    };
    let signature = signature.ok_or(JadesError::NoSuchSignature)?;
    let encoded = ["\"", added, "\""].concat();
    let Some(header) = member(text, &signature, "header") else {
        return Ok(inserted(text, signature.start + 1, &["\"header\":{\"etsiU\":[", &encoded, "]},"].concat()));
    };
    let Some(list) = member(text, &header, "etsiU") else {
        let comma = if children(text, &header).is_empty() { "" } else { "," };
        return Ok(inserted(text, header.start + 1, &["\"etsiU\":[", &encoded, "]", comma].concat()));
    };
    let items = children(text, &list);
    let Some(last) = items.last() else { return Ok(inserted(text, list.start + 1, &encoded)) };
    let is_clear = slice(text, &last.value).starts_with('{');
    let clear = Base64::Url.decode(added).and_then(|bytes| String::from_utf8(bytes).ok());
    let item = if is_clear { clear.unwrap_or_default() } else { encoded };
    Ok(inserted(text, last.value.end, &[",", &item].concat()))
}

/// The text with one more signature beside those there are: a flattened JWS becomes a general one (RFC 7515 7.2.1), each of its values as it stood.
pub(super) fn with_signature(text: &str, protected: &str, value: &str) -> String {
    let added = ["{\"protected\":\"", protected, "\",\"signature\":\"", value, "\"}"].concat();
    let whole = trimmed(text, 0..text.len());
    if let Some(list) = member(text, &whole, "signatures") {
        let end = children(text, &list).last().map_or(list.start + 1, |last| last.value.end);
        return inserted(text, end, &[",", &added].concat());
    }
    let (mut out, mut first) = (String::from("{"), String::from("{"));
    for Child { name, value } in children(text, &whole) {
        let of_signature = ["protected", "header", "signature"].iter().any(|known| is(text, &name, known));
        let part = if of_signature { &mut first } else { &mut out };
        if of_signature && part.len() > 1 {
            part.push(',');
        }
        part.push_str(slice(text, &name));
        part.push(':');
        part.push_str(slice(text, &value));
        if !of_signature {
            part.push(',');
        }
    }
    [out.as_str(), "\"signatures\":[", &first, "},", &added, "]}"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_stands_last_and_all_else_as_it_stood() {
        let added = Base64::Url.encode(b"{\"n\":1}");
        for (before, place, after) in [
            (r#"{"protected":"p","signature":"s"}"#, 0, r#"{"header":{"etsiU":["+"]},"protected":"p","signature":"s"}"#),
            (r#" { "signature" : "s\\\",{" , "header" : { } } "#, 0, r#" { "signature" : "s\\\",{" , "header" : {"etsiU":["+"] } } "#),
            (r#"{"header":{"kid":1.0e0},"x":[{"header":2}]}"#, 0, r#"{"header":{"etsiU":["+"],"kid":1.0e0},"x":[{"header":2}]}"#),
            (r#"{"header":{"etsiU":[ ]}}"#, 0, r#"{"header":{"etsiU":["+" ]}}"#),
            (r#"{"header":{"etsiU":["a" , "b" ]}}"#, 0, r#"{"header":{"etsiU":["a" , "b","+" ]}}"#),
            (r#"{"header":{"etsi\u0055":[{"a":[1]}]}}"#, 0, r#"{"header":{"etsi\u0055":[{"a":[1]},{"n":1}]}}"#),
            (r#"{"signatures":[{"a":1},{"signature":"s"}]}"#, 1, r#"{"signatures":[{"a":1},{"header":{"etsiU":["+"]},"signature":"s"}]}"#),
        ] {
            let after = after.replace("\"+\"", &format!("\"{added}\""));
            assert_eq!(with_unsigned(before, place, &added), Ok(after.clone()), "{before}");
            assert!(Document::read(after).is_ok());
        }
        for before in [r#"{"signature":"s"}"#, r#"{"signatures":[{}]}"#] {
            assert_eq!(with_unsigned(before, 1, &added), Err(JadesError::NoSuchSignature));
        }
    }

    #[test]
    fn one_more_signature_makes_a_general_jws() {
        for (before, after) in [
            (
                r#"{ "payload" : "e30", "protected":"p", "header":{"kid": 1}, "x": [1], "signature":"s" }"#,
                r#"{"payload":"e30","x":[1],"signatures":[{"protected":"p","header":{"kid": 1},"signature":"s"},{"protected":"P","signature":"S"}]}"#,
            ),
            (
                r#"{"protected":"p","signature":"s"}"#,
                r#"{"signatures":[{"protected":"p","signature":"s"},{"protected":"P","signature":"S"}]}"#,
            ),
            (
                r#"{"signatures": [ {"protected":"p","signature":"s"} ], "payload":""}"#,
                r#"{"signatures": [ {"protected":"p","signature":"s"},{"protected":"P","signature":"S"} ], "payload":""}"#,
            ),
        ] {
            assert_eq!(with_signature(before, "P", "S"), after);
        }
    }
}

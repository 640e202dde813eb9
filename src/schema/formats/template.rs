//! `uri-template`: RFC 6570 2, of level 4.
//!
//! `https://example.vn/{id}{?page,size}` passes; `{id`, `{}`, `{a b}` and `{id:0}` do not.

use super::uri::{Wide, has_only, is_escaped};
use super::{Formatted, unless};
use crate::text::{cut, parts};

pub(super) fn check(text: &str) -> Formatted {
    unless(is_template(text), "uri-template.form")
}

fn is_template(text: &str) -> bool {
    let mut rest = text;
    while let Some((literal, behind)) = cut(rest, b'{') {
        let Some((expression, behind)) = cut(behind, b'}') else { return false };
        if !is_literal(literal) || !is_expression(expression) {
            return false;
        }
        rest = behind;
    }
    is_literal(rest)
}

/// 2.1, with erratum 6937: the apostrophe too.
fn is_literal(text: &str) -> bool {
    has_only(text, b":/?#[]@", Wide::Private)
}

/// 2.2: an operator, of which some are reserved, and variables.
fn is_expression(text: &str) -> bool {
    let operator = text.bytes().next().is_some_and(|byte| b"+#./;?&=,!@|".contains(&byte));
    parts(text.get(usize::from(operator)..).unwrap_or_default(), b',').all(is_variable)
}

/// 2.3 and 2.4: a name, and how much of its value.
fn is_variable(text: &str) -> bool {
    let name = match cut(text, b':') {
        Some((name, most)) => {
            let is_number = matches!(most.as_bytes(), [b'1'..=b'9', rest @ ..] if rest.len() < 4 && rest.iter().all(u8::is_ascii_digit));
            if !is_number {
                return false;
            }
            name
        }
        None => text.strip_suffix('*').unwrap_or(text),
    };
    let mut after_dot = true;
    let is_name = is_escaped(name, &mut |letter| {
        let fits = letter.is_ascii_alphanumeric() || letter == '_' || letter == '.' && !after_dot;
        after_dot = letter == '.';
        fits
    });
    is_name && !after_dot
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_those_of_the_grammar() {
        // The first are examples of RFC 6570 1.2 and 3.2.
        for text in [
            "{var}",
            "{+path}/here",
            "X{#hello}",
            "map?{x,y}",
            "{#path,x}/here",
            "X{.x,y}",
            "{/var,x}/here",
            "{;x,y,empty}",
            "{?x,y}",
            "?fixed=yes{&x}",
            "{var:30}",
            "{+path:6}/here",
            "{/list*,path:4}",
            "{?keys*}",
            "'{var}'",
            "",
            "https://example.vn/",
            "{a.b_c}",
            "{%41}",
            "{v:1000}",
            "{v:9999}",
            "{|a}",
            "a%41b",
            "https://ví-dụ.vn/{x}😀\u{e000}",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in [
            "{",
            "}",
            "{}",
            "{a",
            "a}",
            "{a}}",
            "{{a}}",
            "{a{b}}",
            "{a,}",
            "{,,a}",
            "{a,,b}",
            "{+}",
            "{++a}",
            "{a b}",
            "{a-b}",
            "{.}",
            "{..a}",
            "{a.}",
            "{a..b}",
            "{hồ}",
            "{a:}",
            "{a:0}",
            "{a:01}",
            "{a:10000}",
            "{a:-1}",
            "{a:1*}",
            "{a*:1}",
            "{a**}",
            "{*}",
            "{:1}",
            "{a=b}",
            "{a%4}",
            "{%zz}",
            "a%",
            "a%4",
            "a%GG",
            "a b",
            "a\"b",
            "a<b",
            "a>b",
            "a\\b",
            "a^b",
            "a`b",
            "a|b",
            "a\u{7f}b",
            "a\u{80}b",
            "a\u{ffff}",
            "\u{fdd0}",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}

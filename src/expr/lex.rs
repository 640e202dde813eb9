//! CEL's tokens (language definition, "Syntax", the lexis).

use super::error::Problem;

/// A token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'s> {
    /// A name or a keyword.
    Name(&'s str),
    /// A name in backticks.
    Quoted(&'s str),
    /// Digits of a whole number, `0x…` too.
    Int(&'s str),
    Uint(&'s str),
    Double(&'s str),
    /// A literal as it is written, between its quotes.
    Text(Literal<'s>),
    Bytes(Literal<'s>),
    /// Punctuation.
    Sign(&'static str),
    End,
}

/// What stands between quotes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Literal<'s> {
    written: &'s str,
    raw: bool,
}

/// Longer ones first.
const SIGNS: [&str; 26] = [
    "&&", "||", "==", "!=", "<=", ">=", "?.", "[?", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ".", ",", "(", ")", "[", "]", "{",
    "}",
];

pub(super) struct Lexer<'s> {
    source: &'s str,
    /// Where the next token is looked for, in bytes.
    pub(super) at: usize,
}

/// A mistake and its place in bytes lie elsewhere: what is well written hands on a word.
pub(super) type Lexed<T> = Result<T, Box<(Problem, usize)>>;

#[inline(never)]
pub(super) fn mistake(problem: Problem, at: usize) -> Box<(Problem, usize)> {
    Box::new((problem, at))
}

impl<'s> Lexer<'s> {
    pub(super) const fn new(source: &'s str) -> Self {
        Self { source, at: 0 }
    }

    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// The next token and where it begins.
    pub(super) fn next(&mut self) -> Lexed<(Token<'s>, usize)> {
        self.skip();
        let (start, rest) = (self.at, self.rest());
        let Some(first) = rest.bytes().next() else { return Ok((Token::End, start)) };
        let token = match first {
            b'0'..=b'9' => self.number()?,
            b'.' if rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit) => self.number()?,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => match self.literal()? {
                Some(literal) => literal,
                None => Token::Name(self.take(while_in(rest.as_bytes(), 0, is_of_name))),
            },
            b'"' | b'\'' => self.quoted(false, false)?,
            b'`' => {
                let inner = rest.get(1..).unwrap_or_default();
                let len = inner.bytes().take_while(|byte| is_of_name(*byte) || matches!(byte, b'-' | b'.' | b'/' | b' ' | 128..)).count();
                if len == 0 || inner.as_bytes().get(len) != Some(&b'`') {
                    return Err(mistake(Problem::Unclosed, start));
                }
                self.at += len + 2;
                Token::Quoted(inner.get(..len).unwrap_or_default())
            }
            _ => {
                let sign = SIGNS
                    .iter()
                    .find(|sign| rest.starts_with(**sign))
                    .ok_or_else(|| mistake(Problem::Character(rest.chars().next()), start))?;
                self.at += sign.len();
                Token::Sign(sign)
            }
        };
        Ok((token, start))
    }

    fn skip(&mut self) {
        loop {
            let rest = self.rest().as_bytes();
            self.at += while_in(rest, 0, |byte| matches!(byte, b'\t' | b'\n' | 12 | b'\r' | b' '));
            if !self.rest().starts_with("//") {
                return;
            }
            self.at += while_in(self.rest().as_bytes(), 0, |byte| byte != b'\n');
        }
    }

    fn take(&mut self, len: usize) -> &'s str {
        let taken = self.rest().get(..len).unwrap_or_default();
        self.at += len;
        taken
    }

    fn number(&mut self) -> Lexed<Token<'s>> {
        let (start, bytes) = (self.at, self.rest().as_bytes());
        let digits = |from| while_in(bytes, from, |byte| byte.is_ascii_digit());
        let has = |at: usize, any: &[u8]| bytes.get(at).is_some_and(|byte| any.contains(byte));
        let (mut end, mut is_double) = (digits(0), false);
        if bytes.starts_with(b"0x") {
            end = while_in(bytes, 2, |byte| byte.is_ascii_hexdigit());
        } else {
            if has(end, b".") && digits(end + 1) > end + 1 {
                (end, is_double) = (digits(end + 1), true);
            }
            if has(end, b"eE") {
                let sign = end + 1 + usize::from(has(end + 1, b"+-"));
                if digits(sign) > sign {
                    (end, is_double) = (digits(sign), true);
                }
            }
        }
        let is_uint = !is_double && has(end, b"uU");
        if has(end + usize::from(is_uint), b"_")
            || bytes.get(end + usize::from(is_uint)).is_some_and(u8::is_ascii_alphanumeric)
            || end == 2 && bytes.starts_with(b"0x")
        {
            return Err(mistake(Problem::Number, start));
        }
        let written = self.take(end);
        self.at += usize::from(is_uint);
        Ok(match (is_double, is_uint) {
            (true, _) => Token::Double(written),
            (_, true) => Token::Uint(written),
            _ => Token::Int(written),
        })
    }

    /// A literal with letters before its quote, if one begins here.
    fn literal(&mut self) -> Lexed<Option<Token<'s>>> {
        let bytes = self.rest().as_bytes();
        let letters = while_in(bytes, 0, |byte| matches!(byte, b'r' | b'R' | b'b' | b'B'));
        if letters > 2 || !matches!(bytes.get(letters), Some(b'"' | b'\'')) {
            return Ok(None);
        }
        let has = |letter: u8| bytes.iter().take(letters).filter(|byte| byte.to_ascii_lowercase() == letter).count();
        if has(b'r') > 1 || has(b'b') > 1 {
            return Ok(None);
        }
        let (raw, is_bytes) = (has(b'r') == 1, has(b'b') == 1);
        self.at += letters;
        self.quoted(raw, is_bytes).map(Some)
    }

    fn quoted(&mut self, raw: bool, is_bytes: bool) -> Lexed<Token<'s>> {
        let (start, rest) = (self.at, self.rest());
        let bytes = rest.as_bytes();
        let quote = bytes.first().copied().unwrap_or_default();
        let triple = matches!(bytes, [_, second, third, ..] if *second == quote && *third == quote);
        let width = if triple { 3 } else { 1 };
        let mut at = width;
        loop {
            let closes = bytes.get(at..at + width).is_some_and(|end| end.iter().all(|byte| *byte == quote));
            match bytes.get(at) {
                None => return Err(mistake(Problem::Unclosed, start)),
                Some(b'\n' | b'\r') if !triple => return Err(mistake(Problem::Unclosed, start)),
                _ if closes => break,
                Some(b'\\') if !raw => at += 2,
                _ => at += 1,
            }
        }
        let literal = Literal { written: rest.get(width..at).ok_or_else(|| mistake(Problem::Unclosed, start))?, raw };
        self.at += at + width;
        Ok(if is_bytes { Token::Bytes(literal) } else { Token::Text(literal) })
    }
}

impl Literal<'_> {
    /// The text it stands for.
    pub(super) fn text(&self) -> Option<String> {
        String::from_utf8(self.resolved(false)?).ok()
    }

    /// The bytes it stands for: of a byte literal `\xFF` is one byte.
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        self.resolved(true)
    }

    fn resolved(&self, is_bytes: bool) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(self.written.len());
        let mut rest = self.written;
        while let Some(letter) = rest.chars().next() {
            rest = rest.get(letter.len_utf8()..)?;
            if letter == '\r' {
                // A line ends in one way only.
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                out.push(b'\n');
            } else if letter != '\\' || self.raw {
                push(letter, &mut out);
            } else {
                rest = escaped(rest, is_bytes, &mut out)?;
            }
        }
        Some(out)
    }
}

fn push(letter: char, out: &mut Vec<u8>) {
    out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Resolves what follows a backslash; what is left behind it.
fn escaped<'s>(rest: &'s str, is_bytes: bool, out: &mut Vec<u8>) -> Option<&'s str> {
    let letter = rest.bytes().next()?;
    let (digits, radix, from) = match letter {
        b'x' | b'X' => (2, 16, 1),
        b'u' if !is_bytes => (4, 16, 1),
        b'U' if !is_bytes => (8, 16, 1),
        b'0'..=b'3' => (3, 8, 0),
        _ => {
            out.push(match letter {
                b'a' => 7,
                b'b' => 8,
                b'f' => 12,
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'v' => 11,
                b'\\' | b'?' | b'"' | b'\'' | b'`' => letter,
                _ => return None,
            });
            return rest.get(1..);
        }
    };
    let mut number = 0;
    for byte in rest.get(from..from + digits)?.bytes() {
        number = number * radix + char::from(byte).to_digit(radix)?;
    }
    if is_bytes {
        out.push(u8::try_from(number).ok()?);
    } else {
        push(char::from_u32(number)?, out);
    }
    rest.get(from + digits..)
}

/// Where the bytes of a kind end that begin at a place.
fn while_in(bytes: &[u8], from: usize, is_in: impl Fn(u8) -> bool) -> usize {
    let mut at = from;
    while bytes.get(at).is_some_and(|byte| is_in(*byte)) {
        at += 1;
    }
    at
}

const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

//! Reading: RFC 8259 without its freedoms, as RFC 7493 (I-JSON) asks.
//!
//! UTF-8 without byte order mark, no name twice in an object, no lone surrogate, bounded depth and
//! size. Numbers are checked and kept as written. Reading does not recurse.

use super::document::{Document, Kind, Node, NodeId, Span, name_hash};
use super::error::{Position, ReadError, ReadProblem};
use crate::limits;
use crate::order;

type Result<T> = std::result::Result<T, ReadProblem>;

impl Document {
    /// Reads one JSON text.
    ///
    /// # Errors
    /// The first thing that is not JSON or exceeds a limit, with its line and column.
    pub fn read(text: impl Into<Vec<u8>>) -> std::result::Result<Self, ReadError> {
        Self::read_bytes(text.into())
    }

    fn read_bytes(bytes: Vec<u8>) -> std::result::Result<Self, ReadError> {
        if bytes.len() > limits::JSON_BYTES {
            return Err(ReadError { problem: ReadProblem::TooLarge, position: Position { line: 1, column: 1 } });
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            ReadError { problem: ReadProblem::NotUtf8, position: position(error.as_bytes(), valid) }
        })?;
        let mut reader =
            Reader { text: &text, at: 0, unescaped: String::new(), nodes: Vec::with_capacity(text.len() / 12), open: Vec::new() };
        match reader.document() {
            Ok(()) => {
                let Reader { unescaped, nodes, .. } = reader;
                let mut text = text;
                text.push_str(&unescaped);
                Ok(Self { text, nodes })
            }
            Err(problem) => Err(ReadError { problem, position: position(text.as_bytes(), reader.at) }),
        }
    }
}

/// An array or object that is still open.
struct Open {
    id: NodeId,
    object: bool,
    children: u32,
    last: NodeId,
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Strings that had escapes; they stand behind `text` in the document.
    unescaped: String,
    nodes: Vec<Node>,
    open: Vec<Open>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<()> {
        if self.text.starts_with('\u{feff}') {
            return Err(ReadProblem::ByteOrderMark);
        }
        self.white_space();
        if self.peek().is_none() {
            return Err(ReadProblem::Empty);
        }
        self.value((0, Span::default()))?;
        while let Some(object) = self.open.last().map(|open| open.object) {
            self.element(object)?;
        }
        self.white_space();
        if self.peek().is_some() { Err(ReadProblem::TrailingData) } else { Ok(()) }
    }

    /// The next element of the innermost container, or its end.
    fn element(&mut self, object: bool) -> Result<()> {
        self.white_space();
        let close = if object { b'}' } else { b']' };
        let first = self.open.last().is_some_and(|open| open.children == 0);
        match self.peek().ok_or(ReadProblem::EndsEarly)? {
            byte if byte == close => {
                self.at += 1;
                return self.close();
            }
            b',' if !first => {
                self.at += 1;
                self.white_space();
            }
            _ if first => {}
            _ => return Err(ReadProblem::Unexpected),
        }
        let name = if object { self.name()? } else { (0, Span::default()) };
        self.value(name)
    }

    fn name(&mut self) -> Result<(u32, Span)> {
        self.expect(b'"')?;
        let span = self.string()?;
        let hash = name_hash(self.read_text(span));
        self.white_space();
        self.expect(b':')?;
        self.white_space();
        Ok((hash, span))
    }

    fn value(&mut self, (name_hash, name): (u32, Span)) -> Result<()> {
        let (kind, span) = match self.peek().ok_or(ReadProblem::EndsEarly)? {
            b'{' => (Kind::Object, self.begin()?),
            b'[' => (Kind::Array, self.begin()?),
            b'"' => {
                self.at += 1;
                (Kind::String, self.string()?)
            }
            b'-' | b'0'..=b'9' => (Kind::Number, self.number()?),
            b't' => (Kind::True, self.word("true")?),
            b'f' => (Kind::False, self.word("false")?),
            b'n' => (Kind::Null, self.word("null")?),
            _ => return Err(ReadProblem::Unexpected),
        };
        let id = small(self.nodes.len());
        self.nodes.push(Node { id, kind, name_hash, name, span, next: 0 });
        if let Some(open) = self.open.last_mut() {
            let previous = std::mem::replace(&mut open.last, id);
            open.children += 1;
            if let Some(node) = self.nodes.get_mut(previous as usize).filter(|_| previous != 0) {
                node.next = id;
            }
        }
        if matches!(kind, Kind::Array | Kind::Object) {
            self.open.push(Open { id, object: kind == Kind::Object, children: 0, last: 0 });
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<Span> {
        if self.open.len() >= limits::JSON_DEPTH {
            return Err(ReadProblem::TooDeep);
        }
        self.at += 1;
        Ok(Span::default())
    }

    fn close(&mut self) -> Result<()> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let behind = small(self.nodes.len());
        if let Some(node) = self.nodes.get_mut(open.id as usize) {
            node.span = Span { start: behind, len: open.children };
        }
        if open.object { self.unique_names(open.id, open.children) } else { Ok(()) }
    }

    /// Sorting by hash and then by name keeps this near linear whatever names an attacker chooses.
    fn unique_names(&mut self, object: NodeId, members: u32) -> Result<()> {
        const FEW: usize = 12;
        let mut known = [0; FEW];
        let fits = members as usize <= FEW;
        let distinct = fits
            && self.member_ids(object, members).filter_map(|id| self.nodes.get(id as usize)).enumerate().all(|(at, node)| {
                let (before, rest) = known.split_at_mut(at);
                rest.first_mut().into_iter().for_each(|slot| *slot = node.name_hash);
                !before.contains(&node.name_hash)
            });
        if distinct {
            return Ok(());
        }
        let mut names: Vec<_> = self
            .member_ids(object, members)
            .filter_map(|id| self.nodes.get(id as usize))
            .map(|node| (node.name_hash, self.read_text(node.name), node.name.start))
            .collect();
        order::sort_by(&mut names, Ord::cmp);
        let repeated = names.windows(2).find_map(|pair| match pair {
            [(_, first, _), (_, second, start)] if first == second => Some(*start as usize),
            _ => None,
        });
        match repeated {
            None => Ok(()),
            Some(start) => {
                // A name with escapes stands outside the text as read: then the object's end is the best place.
                self.at = if start < self.text.len() { start } else { self.at };
                Err(ReadProblem::DuplicateName)
            }
        }
    }

    fn member_ids(&self, object: NodeId, members: u32) -> impl Iterator<Item = NodeId> {
        std::iter::successors((members > 0).then_some(object + 1), |id| {
            self.nodes.get(*id as usize).map(|node| node.next).filter(|next| *next != 0)
        })
    }

    /// The rest of a string whose opening quote was read.
    fn string(&mut self) -> Result<Span> {
        let start = self.at;
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
        self.at += plain.unwrap_or(rest.len());
        match self.peek().ok_or(ReadProblem::EndsEarly)? {
            b'"' => {
                let span = Span { start: small(start), len: small(self.at - start) };
                self.at += 1;
                Ok(span)
            }
            b'\\' => self.escaped_string(start),
            _ => Err(ReadProblem::ControlCharacter),
        }
    }

    fn escaped_string(&mut self, start: usize) -> Result<Span> {
        let from = self.unescaped.len();
        self.unescaped.push_str(self.text.get(start..self.at).unwrap_or_default());
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let plain = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len());
            self.unescaped.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            match self.peek().ok_or(ReadProblem::EndsEarly)? {
                b'"' => {
                    self.at += 1;
                    return Ok(Span { start: small(self.text.len() + from), len: small(self.unescaped.len() - from) });
                }
                b'\\' => {
                    let letter = self.escape()?;
                    self.unescaped.push(letter);
                }
                _ => return Err(ReadProblem::ControlCharacter),
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let letter = match self.text.as_bytes().get(self.at + 1).ok_or(ReadProblem::EndsEarly)? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return Err(ReadProblem::Escape),
        };
        self.at += 2;
        Ok(letter)
    }

    /// `\uXXXX`, or two of them for a code point above U+FFFF.
    fn unicode_escape(&mut self) -> Result<char> {
        let first = self.four_hex(self.at)?;
        let (scalar, length) = match first {
            0xD800..=0xDBFF => match self.four_hex(self.at + 6) {
                Ok(second @ 0xDC00..=0xDFFF) => (0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00), 12),
                _ => return Err(ReadProblem::LoneSurrogate),
            },
            other => (other, 6),
        };
        let letter = char::from_u32(scalar).ok_or(ReadProblem::LoneSurrogate)?;
        self.at += length;
        Ok(letter)
    }

    fn four_hex(&self, at: usize) -> Result<u32> {
        let digits = match self.text.as_bytes().get(at..at + 6) {
            Some([b'\\', b'u', digits @ ..]) => digits,
            _ => return Err(ReadProblem::Escape),
        };
        digits.iter().try_fold(0, |value, digit| char::from(*digit).to_digit(16).map(|hex| value * 16 + hex)).ok_or(ReadProblem::Escape)
    }

    /// RFC 8259 6: `[ minus ] int [ frac ] [ exp ]`.
    fn number(&mut self) -> Result<Span> {
        let start = self.at;
        self.skip_if(|byte| byte == b'-');
        let whole = self.digits()?;
        if whole > 1 && self.text.as_bytes().get(self.at - whole) == Some(&b'0') {
            self.at -= whole;
            return Err(ReadProblem::Number);
        }
        if self.skip_if(|byte| byte == b'.') {
            self.digits()?;
        }
        if self.skip_if(|byte| matches!(byte, b'e' | b'E')) {
            self.skip_if(|byte| matches!(byte, b'+' | b'-'));
            self.digits()?;
        }
        let len = self.at - start;
        if len > limits::NUMBER_DIGITS {
            self.at = start;
            return Err(ReadProblem::NumberTooLong);
        }
        Ok(Span { start: small(start), len: small(len) })
    }

    fn digits(&mut self) -> Result<usize> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        match (count, rest.first()) {
            (0, None) => Err(ReadProblem::EndsEarly),
            (0, Some(_)) => Err(ReadProblem::Number),
            (count, _) => Ok(count),
        }
    }

    fn word(&mut self, word: &str) -> Result<Span> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.starts_with(word) {
            let start = self.at;
            self.at += word.len();
            return Ok(Span { start: small(start), len: small(word.len()) });
        }
        Err(if word.starts_with(rest) { ReadProblem::EndsEarly } else { ReadProblem::Unexpected })
    }

    #[inline(always)]
    fn white_space(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    #[inline(always)]
    fn expect(&mut self, byte: u8) -> Result<()> {
        match self.peek() {
            Some(found) if found == byte => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(ReadProblem::Unexpected),
            None => Err(ReadProblem::EndsEarly),
        }
    }

    fn skip_if(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let found = self.peek().is_some_and(wanted);
        self.at += usize::from(found);
        found
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn read_text(&self, span: Span) -> &str {
        let (start, len) = (span.start as usize, span.len as usize);
        match start.checked_sub(self.text.len()) {
            Some(start) => self.unescaped.get(start..start + len),
            None => self.text.get(start..start + len),
        }
        .unwrap_or_default()
    }
}

/// Positions fit `u32`: a document and its unescaped strings are at most twice `limits::JSON_BYTES`.
fn small(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn position(text: &[u8], at: usize) -> Position {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let column = 1 + before.iter().skip(line_start).filter(|byte| **byte & 0xC0 != 0x80).count();
    Position { line, column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Value;

    fn problem(text: impl Into<Vec<u8>>) -> Option<ReadProblem> {
        Document::read(text).err().map(|error| error.problem)
    }

    #[test]
    fn escapes_and_names_are_resolved() {
        let document = Document::read(r#"{"h\u1ecd": "L\u00ea \ud83d\ude00\n", "a": [1, [], {}, null]}"#).unwrap();
        let root = document.root();
        assert_eq!(root.member("họ").and_then(Value::as_str), Some("Lê 😀\n"));
        assert_eq!(root.member("a").map(Value::len), Some(4));
        assert_eq!(root.members().map(|(name, _)| name).collect::<Vec<_>>(), ["họ", "a"]);
    }

    #[test]
    fn each_problem_is_told_apart() {
        let deep = format!("{}{}", "[".repeat(65), "]".repeat(65));
        let long = "1".repeat(limits::NUMBER_DIGITS + 1);
        for (text, expected) in [
            ("\u{feff}1", ReadProblem::ByteOrderMark),
            ("\"a\u{0}b\"", ReadProblem::ControlCharacter),
            ("\"\\n\u{1f}\"", ReadProblem::ControlCharacter),
            (r#"{"a": 1, "\u0061": 2}"#, ReadProblem::DuplicateName),
            (r#"[{"__proto__": 1, "b": {}, "__proto__": 2}]"#, ReadProblem::DuplicateName),
            ("  ", ReadProblem::Empty),
            ("[1,", ReadProblem::EndsEarly),
            ("\"a", ReadProblem::EndsEarly),
            ("-", ReadProblem::EndsEarly),
            ("tru", ReadProblem::EndsEarly),
            (r#""\x41""#, ReadProblem::Escape),
            (r#""\u00g0""#, ReadProblem::Escape),
            (r#""\ud83d""#, ReadProblem::LoneSurrogate),
            (r#""\ude00\ud83d""#, ReadProblem::LoneSurrogate),
            ("01", ReadProblem::Number),
            ("1.", ReadProblem::EndsEarly),
            ("[1.]", ReadProblem::Number),
            ("[+1]", ReadProblem::Unexpected),
            (&long, ReadProblem::NumberTooLong),
            (&deep, ReadProblem::TooDeep),
            ("1 2", ReadProblem::TrailingData),
            ("[1,]", ReadProblem::Unexpected),
            ("[,1]", ReadProblem::Unexpected),
            (r#"{"a" 1}"#, ReadProblem::Unexpected),
            ("{a: 1}", ReadProblem::Unexpected),
            ("[1\u{a0}]", ReadProblem::Unexpected),
        ] {
            assert_eq!(problem(text), Some(expected), "{text}");
        }
        assert_eq!(problem(b"\"\xff\"".to_vec()), Some(ReadProblem::NotUtf8));
        assert_eq!(problem(vec![b' '; limits::JSON_BYTES + 1]), Some(ReadProblem::TooLarge));
    }

    #[test]
    fn a_problem_has_line_and_column_in_code_points() {
        let error = Document::read("{\n  \"họ\": \"Lê\" x}").unwrap_err();
        assert_eq!(error.position, Position { line: 2, column: 14 });
        let error = Document::read("{\"a\": 1,\n \"a\": 2}").unwrap_err();
        assert_eq!(error.position, Position { line: 2, column: 3 });
    }

    #[test]
    fn a_hundred_thousand_brackets_end_at_once() {
        assert_eq!(problem("[".repeat(100_000)), Some(ReadProblem::TooDeep));
    }

    #[test]
    fn many_names_are_compared_without_squaring_the_time() {
        let members: Vec<_> = (0..200_000).map(|at| format!("\"k{at}\":0")).collect();
        assert_eq!(problem(format!("{{{}}}", members.join(","))), None);
        assert_eq!(problem(format!("{{{},\"k7\":1}}", members.join(","))), Some(ReadProblem::DuplicateName));
    }
}

//! Reading: RFC 8259 without its freedoms, as RFC 7493 (I-JSON) asks.
//!
//! UTF-8 without byte order mark, no name twice in an object, no lone surrogate, bounded depth and
//! size. Numbers are checked and kept as written. Reading does not recurse.

use super::bytes::{name_hash, short_hash, to_special};
use super::document::{Document, Kind, Node, NodeId, Span};
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
        Self::read_into(text.into(), Vec::new())
    }

    /// Reads another JSON text in the memory of this document, whose values are gone.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn reread(&mut self, bytes: &[u8]) -> std::result::Result<(), ReadError> {
        let (mut text, mut nodes) = (std::mem::take(&mut self.text).into_bytes(), std::mem::take(&mut self.nodes));
        text.clear();
        text.extend_from_slice(bytes);
        nodes.clear();
        *self = Self::read_into(text, nodes)?;
        Ok(())
    }

    fn read_into(bytes: Vec<u8>, mut nodes: Vec<Node>) -> std::result::Result<Self, ReadError> {
        if bytes.len() > limits::JSON_BYTES {
            return Err(ReadError { problem: ReadProblem::TooLarge, position: Position { line: 1, column: 1 } });
        }
        let mut text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            ReadError { problem: ReadProblem::NotUtf8, position: position(error.as_bytes(), valid) }
        })?;
        nodes.reserve(text.len() / 12);
        let mut reader =
            Reader { text: &text, bytes: text.as_bytes(), at: 0, unescaped: String::new(), nodes, inside: Open::default(), depth: 0 };
        match reader.document() {
            Ok(()) => {
                let Reader { unescaped, nodes, .. } = reader;
                text.push_str(&unescaped);
                Ok(Self { text, nodes })
            }
            Err(problem) => Err(ReadError { problem, position: position(text.as_bytes(), reader.at) }),
        }
    }
}

/// The innermost array or object that is still open. While one inside it is open, its node's `span` keeps what is known of it:
/// the id of the container around it and how many children it has.
#[derive(Clone, Copy, Default)]
struct Open {
    id: NodeId,
    object: bool,
    children: u32,
    last: NodeId,
}

/// What is read at the end of the text, where nothing is: JSON has no such byte outside of strings, nor in them.
const END: u8 = 0;

// Where an ordinary document spends its time, in the functions marked so, calls would take longer than what they do.
struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Strings that had escapes; they stand behind `text` in the document.
    unescaped: String,
    nodes: Vec<Node>,
    inside: Open,
    depth: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<()> {
        if self.text.starts_with('\u{feff}') {
            return Err(ReadProblem::ByteOrderMark);
        }
        let mut byte = self.skip();
        if self.at == self.bytes.len() {
            return Err(ReadProblem::Empty);
        }
        let (mut hash, mut name) = (0, Span::default());
        loop {
            self.value(byte, hash, name)?;
            // To the next value: containers that end here are left.
            loop {
                byte = self.skip();
                if self.depth == 0 {
                    return if self.at == self.bytes.len() { Ok(()) } else { Err(ReadProblem::TrailingData) };
                }
                if byte != if self.inside.object { b'}' } else { b']' } {
                    break;
                }
                self.at += 1;
                self.close()?;
            }
            if self.inside.children > 0 {
                byte = self.behind(byte, b',')?;
            }
            if self.inside.object {
                (byte, hash, name) = self.name(byte)?;
            } else {
                (hash, name) = (0, Span::default());
            }
        }
    }

    /// A member's name: the first byte of its value, the hash and place of the name.
    #[inline(always)]
    fn name(&mut self, byte: u8) -> Result<(u8, u32, Span)> {
        if byte != b'"' {
            return Err(self.unexpected());
        }
        self.at += 1;
        let name = self.string()?;
        let hash = self.name_hash(name);
        let colon = self.skip();
        Ok((self.behind(colon, b':')?, hash, name))
    }

    /// The byte that comes, white space apart, behind one that must stand here.
    #[inline(always)]
    fn behind(&mut self, byte: u8, wanted: u8) -> Result<u8> {
        if byte != wanted {
            return Err(self.unexpected());
        }
        self.at += 1;
        Ok(self.skip())
    }

    /// A value by its first byte.
    #[inline(always)]
    fn value(&mut self, byte: u8, name_hash: u32, name: Span) -> Result<()> {
        let (kind, span) = match byte {
            b'"' => {
                self.at += 1;
                (Kind::String, self.string()?)
            }
            b'-' | b'0'..=b'9' => (Kind::Number, self.number()?),
            b'{' => (Kind::Object, self.begin()?),
            b'[' => (Kind::Array, self.begin()?),
            b't' => (Kind::True, self.word("true")?),
            b'f' => (Kind::False, self.word("false")?),
            b'n' => (Kind::Null, self.word("null")?),
            _ => return Err(self.unexpected()),
        };
        let id = small(self.nodes.len());
        self.nodes.push(Node { id, kind, edited: false, name_hash, name, span, next: 0 });
        self.inside.children += 1;
        let previous = std::mem::replace(&mut self.inside.last, id);
        if previous != 0
            && let Some(node) = self.nodes.get_mut(previous as usize)
        {
            node.next = id;
        }
        if matches!(kind, Kind::Array | Kind::Object) {
            self.open(id, kind);
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<Span> {
        if self.depth >= limits::JSON_DEPTH {
            return Err(ReadProblem::TooDeep);
        }
        self.at += 1;
        self.depth += 1;
        Ok(Span { start: self.inside.id, len: 0 })
    }

    fn open(&mut self, id: NodeId, kind: Kind) {
        let around = self.inside;
        if around.id != id
            && let Some(node) = self.nodes.get_mut(around.id as usize)
        {
            node.span.len = around.children;
        }
        self.inside = Open { id, object: kind == Kind::Object, children: 0, last: 0 };
    }

    fn close(&mut self) -> Result<()> {
        let Open { id, object, children, .. } = self.inside;
        let behind = small(self.nodes.len());
        let Some(node) = self.nodes.get_mut(id as usize) else { return Ok(()) };
        let around = std::mem::replace(&mut node.span, Span { start: behind, len: children }).start;
        self.depth -= 1;
        if let Some(node) = self.nodes.get(around as usize) {
            self.inside = Open { id: around, object: node.kind == Kind::Object, children: node.span.len, last: id };
        }
        if !object || children < 2 || self.are_distinct(id, children) { Ok(()) } else { self.unique_names(id) }
    }

    /// Whether the hashes of an object's names show that all are different. Only of a few, since where hashes are alike, as an attacker
    /// may have chosen them, each is compared with all before.
    fn are_distinct(&self, object: NodeId, members: u32) -> bool {
        const FEW: u32 = 64;
        if members > FEW {
            return false;
        }
        let (first, mut next, mut seen) = (object + 1, object + 1, 0_u64);
        while let Some(node) = self.nodes.get(next as usize).filter(|_| next != 0) {
            let bit = 1 << (node.name_hash >> 26);
            if seen & bit != 0 && self.is_among(node.name_hash, first, next) {
                return false;
            }
            seen |= bit;
            next = node.next;
        }
        true
    }

    /// Whether a hash is one of the names' from one node up to another.
    fn is_among(&self, hash: u32, mut from: NodeId, to: NodeId) -> bool {
        while let Some(node) = self.nodes.get(from as usize).filter(|_| from != to) {
            if node.name_hash == hash {
                return true;
            }
            from = node.next;
        }
        false
    }

    /// Sorting by hash and then by name keeps this near linear whatever names an attacker chooses.
    fn unique_names(&mut self, object: NodeId) -> Result<()> {
        let mut names = Vec::new();
        let mut next = object + 1;
        while let Some(node) = self.nodes.get(next as usize).filter(|_| next != 0) {
            names.push((node.name_hash, self.read_text(node.name), node.name.start));
            next = node.next;
        }
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

    /// The rest of a string whose opening quote was read.
    fn string(&mut self) -> Result<Span> {
        let start = self.at;
        self.at = to_special(self.bytes, start);
        match self.peek() {
            b'"' => {
                let span = Span { start: small(start), len: small(self.at - start) };
                self.at += 1;
                Ok(span)
            }
            b'\\' => self.escaped_string(start),
            _ => Err(self.unclosed()),
        }
    }

    fn escaped_string(&mut self, start: usize) -> Result<Span> {
        let (from, mut plain) = (self.unescaped.len(), start);
        loop {
            self.at = to_special(self.bytes, self.at);
            self.unescaped.push_str(self.text.get(plain..self.at).unwrap_or_default());
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Ok(Span { start: small(self.text.len() + from), len: small(self.unescaped.len() - from) });
                }
                b'\\' => {
                    let letter = self.escape()?;
                    self.unescaped.push(letter);
                    plain = self.at;
                }
                _ => return Err(self.unclosed()),
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let letter = match self.bytes.get(self.at + 1).ok_or(ReadProblem::EndsEarly)? {
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
        let digits = match self.bytes.get(at..at + 6) {
            Some([b'\\', b'u', digits @ ..]) => digits,
            _ => return Err(ReadProblem::Escape),
        };
        digits.iter().try_fold(0, |value, digit| char::from(*digit).to_digit(16).map(|hex| value * 16 + hex)).ok_or(ReadProblem::Escape)
    }

    /// RFC 8259 6: `[ minus ] int [ frac ] [ exp ]`.
    fn number(&mut self) -> Result<Span> {
        let start = self.at;
        self.at += usize::from(self.peek() == b'-');
        let whole = self.at;
        self.digits()?;
        if self.at - whole > 1 && self.bytes.get(whole) == Some(&b'0') {
            self.at = whole;
            return Err(ReadProblem::Number);
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits()?;
        }
        let len = self.at - start;
        if len > limits::NUMBER_DIGITS {
            self.at = start;
            return Err(ReadProblem::NumberTooLong);
        }
        Ok(Span { start: small(start), len: small(len) })
    }

    #[inline(always)]
    fn digits(&mut self) -> Result<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(if self.at == self.bytes.len() { ReadProblem::EndsEarly } else { ReadProblem::Number }) }
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

    /// The next byte that is no white space, which it goes up to.
    #[inline(always)]
    fn skip(&mut self) -> u8 {
        loop {
            let byte = self.peek();
            if byte > b' ' || !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return byte;
            }
            self.at += 1;
        }
    }

    #[inline(always)]
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(END)
    }

    fn unexpected(&self) -> ReadProblem {
        if self.at >= self.bytes.len() { ReadProblem::EndsEarly } else { ReadProblem::Unexpected }
    }

    fn unclosed(&self) -> ReadProblem {
        if self.at >= self.bytes.len() { ReadProblem::EndsEarly } else { ReadProblem::ControlCharacter }
    }

    /// The hash of a name that was read.
    #[inline(always)]
    fn name_hash(&self, span: Span) -> u32 {
        if span.len < 8
            && let Some(rest) = self.bytes.get(span.start as usize..)
            && let Some(eight) = rest.first_chunk()
        {
            return short_hash(*eight, span.len);
        }
        name_hash(self.read_text(span))
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
    fn names_of_one_hash_are_told_apart() {
        let names = crate::json::bytes::colliding::colliding(100);
        for count in [2, 3, 64, 65, 100] {
            let members: Vec<_> = names.iter().take(count).map(|name| format!("\"{name}\": 1")).collect();
            let all = members.join(", ");
            assert_eq!(problem(format!("{{{all}}}")), None);
            for again in [0, count / 2, count - 1] {
                assert_eq!(problem(format!("{{{all}, {}}}", members[again])), Some(ReadProblem::DuplicateName), "{count} {again}");
            }
        }
    }

    #[test]
    fn many_names_are_compared_without_squaring_the_time() {
        let members: Vec<_> = (0..200_000).map(|at| format!("\"k{at}\":0")).collect();
        assert_eq!(problem(format!("{{{}}}", members.join(","))), None);
        assert_eq!(problem(format!("{{{},\"k7\":1}}", members.join(","))), Some(ReadProblem::DuplicateName));
    }
}

//! As much XML 1.0 with namespaces as a manifest needs, read strictly: one root, elements that hold elements or text, attributes.
//!
//! No document type, no processing instruction but the declaration, no comment, no CDATA section: nothing that could hold what a reader of the
//! manifest does not see, or that stands for something else.

use super::AsicError;
use crate::limits;

/// An element or the end of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event<'x> {
    Start(Element<'x>),
    End,
}

/// The start of an element, its name resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element<'x> {
    pub(super) namespace: String,
    pub(super) name: &'x str,
    pub(super) attributes: Vec<Attribute<'x>>,
}

/// An attribute that declares no namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribute<'x> {
    /// Whether its name has a prefix: those of the manifest have none.
    pub(super) prefixed: bool,
    pub(super) name: &'x str,
    pub(super) value: String,
}

impl Element<'_> {
    pub(super) fn is(&self, namespace: &str, name: &str) -> bool {
        self.namespace == namespace && self.name == name
    }
}

/// Reads a document from its start.
pub(super) struct Xml<'x> {
    rest: &'x str,
    /// The names of the open elements, as written.
    open: Vec<&'x str>,
    /// The prefixes declared, with the depth of the element that declares them.
    bound: Vec<(usize, &'x str, String)>,
    /// The end of an empty element is still to be told.
    closing: bool,
    started: bool,
}

const BROKEN: AsicError = AsicError::ManifestXml;

impl<'x> Xml<'x> {
    pub(super) fn new(bytes: &'x [u8]) -> Result<Self, AsicError> {
        if bytes.len() > limits::MANIFEST_BYTES {
            return Err(AsicError::ManifestTooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| BROKEN)?;
        // XML 1.0, 4.3.3: a byte order mark is no part of the document.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // XML 1.0, 2.2.
        if text.bytes().any(|byte| byte < b' ' && !is_space(byte)) || text.contains(['\u{fffe}', '\u{ffff}']) {
            return Err(BROKEN);
        }
        let mut xml = Self { rest: text, open: Vec::new(), bound: Vec::new(), closing: false, started: false };
        xml.declaration()?;
        Ok(xml)
    }

    /// The next element or end, white space before it passed over. Nothing after the root.
    pub(super) fn next(&mut self) -> Result<Option<Event<'x>>, AsicError> {
        if self.closing {
            self.closing = false;
            return self.end();
        }
        self.space();
        if self.open.is_empty() && self.started {
            return if self.rest.is_empty() { Ok(None) } else { Err(BROKEN) };
        }
        if self.eat("</") {
            let name = self.name()?;
            self.space();
            if self.open.last() != Some(&name) || !self.eat(">") {
                return Err(BROKEN);
            }
            return self.end();
        }
        if self.eat("<") { self.start().map(|element| Some(Event::Start(element))) } else { Err(BROKEN) }
    }

    /// The text of an element that was just started, to its end.
    pub(super) fn text(&mut self) -> Result<String, AsicError> {
        let mut text = String::new();
        if !self.closing {
            text = self.characters("<")?;
        }
        match self.next()? {
            Some(Event::End) => Ok(text),
            _ => Err(BROKEN),
        }
    }

    /// Passes over everything up to the end of the element that was just started, text and elements.
    pub(super) fn skip(&mut self) -> Result<(), AsicError> {
        let depth = self.open.len();
        while self.open.len() >= depth {
            if !self.closing {
                self.characters("<")?;
            }
            self.next()?.ok_or(BROKEN)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<Option<Event<'x>>, AsicError> {
        let depth = self.open.len();
        while self.bound.last().is_some_and(|(declared, ..)| *declared == depth) {
            self.bound.pop();
        }
        self.open.pop();
        Ok(Some(Event::End))
    }

    fn start(&mut self) -> Result<Element<'x>, AsicError> {
        let written = self.name()?;
        if self.open.len() == limits::XML_DEPTH {
            return Err(BROKEN);
        }
        self.open.push(written);
        self.started = true;
        let mut attributes: Vec<(&str, String)> = Vec::new();
        while !self.eat(">") {
            if self.eat("/>") {
                self.closing = true;
                break;
            }
            // XML 1.0, 3.1: white space stands before each, and no name stands twice.
            if !self.space() {
                return Err(BROKEN);
            }
            if self.rest.starts_with(['>', '/']) {
                continue;
            }
            let (name, value) = self.attribute()?;
            if attributes.len() == limits::XML_ATTRIBUTES || attributes.iter().any(|(known, _)| *known == name) {
                return Err(BROKEN);
            }
            attributes.push((name, value));
        }
        self.resolve(written, attributes)
    }

    /// Namespaces in XML 1.0, 3 and 6.
    fn resolve(&mut self, written: &'x str, attributes: Vec<(&'x str, String)>) -> Result<Element<'x>, AsicError> {
        let (depth, mut plain) = (self.open.len(), Vec::new());
        for (name, value) in attributes {
            match split(name)? {
                ("", "xmlns") => self.bound.push((depth, "", value)),
                // 3: neither prefix may be bound to anything else; nor may a prefix be bound to nothing.
                ("xmlns", "xml" | "xmlns") => return Err(BROKEN),
                ("xmlns", _) if value.is_empty() => return Err(BROKEN),
                ("xmlns", prefix) => self.bound.push((depth, prefix, value)),
                (prefix, local) => plain.push((prefix, Attribute { prefixed: !prefix.is_empty(), name: local, value })),
            }
        }
        let mut found = Vec::new();
        for (prefix, attribute) in plain {
            if !prefix.is_empty() && prefix != "xml" {
                self.namespace(prefix)?;
            }
            found.push(attribute);
        }
        let (prefix, name) = split(written)?;
        Ok(Element { namespace: self.namespace(prefix)?, name, attributes: found })
    }

    fn namespace(&self, prefix: &str) -> Result<String, AsicError> {
        match self.bound.iter().rev().find(|(_, known, _)| *known == prefix) {
            Some((_, _, namespace)) => Ok(namespace.clone()),
            None if prefix.is_empty() => Ok(String::new()),
            None => Err(BROKEN),
        }
    }

    fn attribute(&mut self) -> Result<(&'x str, String), AsicError> {
        let name = self.name()?;
        self.space();
        if !self.eat("=") {
            return Err(BROKEN);
        }
        self.space();
        let quote = if self.eat("\"") {
            "\""
        } else if self.eat("'") {
            "'"
        } else {
            return Err(BROKEN);
        };
        let value = self.characters(quote)?;
        self.eat(quote);
        Ok((name, value))
    }

    /// Characters up to a mark, which stays; references replaced.
    fn characters(&mut self, end: &str) -> Result<String, AsicError> {
        let mut text = String::new();
        loop {
            let at = self.rest.find(['<', '&', '"', '\'', '\r', ']']).ok_or(BROKEN)?;
            let (plain, rest) = self.rest.split_at_checked(at).ok_or(BROKEN)?;
            text.push_str(plain);
            self.rest = rest;
            if rest.starts_with(end) {
                return Ok(text);
            }
            if self.eat("&") {
                text.push(self.reference()?);
            } else if self.eat("\r\n") || self.eat("\r") {
                // XML 1.0, 2.11.
                text.push('\n');
            } else if rest.starts_with("<") || rest.starts_with("]]>") {
                return Err(BROKEN);
            } else {
                let mut letters = rest.chars();
                text.extend(letters.next());
                self.rest = letters.as_str();
            }
        }
    }

    /// XML 1.0, 4.1 and 4.6.
    fn reference(&mut self) -> Result<char, AsicError> {
        let (name, rest) = self.rest.split_once(';').ok_or(BROKEN)?;
        self.rest = rest;
        let number = |digits: &str, radix| {
            let plain = !digits.is_empty() && digits.len() <= 8 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            let letter = u32::from_str_radix(digits, radix).ok().filter(|_| plain).and_then(char::from_u32);
            letter.filter(|letter| !letter.is_control() || matches!(letter, '\t' | '\n' | '\r'))
        };
        match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
                (Some(digits), _) => number(digits, 16),
                (None, Some(digits)) => number(digits, 10),
                (None, None) => None,
            },
        }
        .ok_or(BROKEN)
    }

    /// A name of ASCII letters: others no manifest has.
    fn name(&mut self) -> Result<&'x str, AsicError> {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | ':');
        let end = self.rest.find(|letter| !is_part(letter)).ok_or(BROKEN)?;
        let (name, rest) = self.rest.split_at_checked(end).ok_or(BROKEN)?;
        if !name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_') {
            return Err(BROKEN);
        }
        self.rest = rest;
        Ok(name)
    }

    /// XML 1.0, 2.8: version, encoding, standalone.
    fn declaration(&mut self) -> Result<(), AsicError> {
        if !self.eat("<?xml") {
            return Ok(());
        }
        let mut at = 0;
        loop {
            let spaced = self.space();
            if self.eat("?>") {
                return if at > 0 { Ok(()) } else { Err(BROKEN) };
            }
            let (name, value) = if spaced { self.attribute()? } else { return Err(BROKEN) };
            at = match (name, value.as_str()) {
                ("version", "1.0") if at == 0 => 1,
                ("encoding", encoding) if at == 1 && encoding.eq_ignore_ascii_case("utf-8") => 2,
                ("standalone", "yes" | "no") if at == 1 || at == 2 => 3,
                _ => return Err(BROKEN),
            };
        }
    }

    fn eat(&mut self, mark: &str) -> bool {
        match self.rest.strip_prefix(mark) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Passes over white space, if there is any.
    fn space(&mut self) -> bool {
        let rest = self.rest.trim_start_matches(|letter| u8::try_from(letter).is_ok_and(is_space));
        let there = rest.len() < self.rest.len();
        self.rest = rest;
        there
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Prefix and local name.
fn split(name: &str) -> Result<(&str, &str), AsicError> {
    match name.split_once(':') {
        None => Ok(("", name)),
        Some((prefix, local)) if !prefix.is_empty() && !local.is_empty() && !local.contains(':') => Ok((prefix, local)),
        Some(_) => Err(BROKEN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every element as `{namespace}name@attribute=value`, ends as `/`, told in order.
    fn told(text: &str) -> Result<String, AsicError> {
        let (mut xml, mut out) = (Xml::new(text.as_bytes())?, Vec::new());
        while let Some(event) = xml.next()? {
            out.push(match event {
                Event::End => "/".to_owned(),
                Event::Start(element) => {
                    let attributes: Vec<_> =
                        element.attributes.iter().map(|attribute| format!("@{}={}", attribute.name, attribute.value)).collect();
                    format!("{{{}}}{}{}", element.namespace, element.name, attributes.concat())
                }
            });
        }
        Ok(out.join(" "))
    }

    #[test]
    fn elements_and_attributes_are_told_by_namespace() {
        for (text, expected) in [
            ("<a/>", "{}a /"),
            ("\u{feff}<?xml version='1.0' encoding=\"utf-8\" standalone='no' ?>\r\n<a ></a >\n", "{}a /"),
            ("<p:a xmlns:p='u'><p:b xmlns:p='v'/><p:c/></p:a>", "{u}a {v}b / {u}c / /"),
            ("<a xmlns='u'><b xmlns=''/><c/></a>", "{u}a {}b / {u}c / /"),
            ("<a b='&lt;&amp;&#x111;&#10;\"'  c = \"'>\"/>", "{}a@b=<&đ\n\"@c='> /"),
        ] {
            assert_eq!(told(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_hides_or_stands_for_something_else_is_refused() {
        let deep = "<a>".repeat(limits::XML_DEPTH + 1) + &"</a>".repeat(limits::XML_DEPTH + 1);
        let many: String = (0..=limits::XML_ATTRIBUTES).map(|at| format!(" a{at}=''")).collect();
        for text in [
            "",
            " ",
            "a",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            "x<a/>",
            "<a>x</a>",
            "<!DOCTYPE a><a/>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a b='&b;'/>",
            "<a><!-- b --></a>",
            "<a><![CDATA[b]]></a>",
            "<?xml version='1.0'?><?b c?><a/>",
            "<?xml version='1.1'?><a/>",
            "<?xml version='1.0' encoding='utf-16'?><a/>",
            "<?xml?><a/>",
            "<a b='1' b='2'/>",
            "<a b='1'c='2'/>",
            "<a b=1/>",
            "<a b='<'/>",
            "<a b='&c;'/>",
            "<a b='&#0;'/>",
            "<a b='&#xD800;'/>",
            "<a b='&#+1;'/>",
            "<a b='\u{1}'/>",
            "<p:a/>",
            "<a p:b=''/>",
            "<:a/>",
            "<a:/>",
            "<a:b:c xmlns:a='u'/>",
            "<a xmlns:p=''/>",
            "<a xmlns:xml='u'/>",
            "<1/>",
            "<a",
            "<a b",
            "<a b='",
            &deep,
            &format!("<a{many}/>"),
        ] {
            assert_eq!(told(text), Err(BROKEN), "{text}");
        }
        assert_eq!(Xml::new(b"<a>\xff</a>").err(), Some(BROKEN));
        assert_eq!(Xml::new(&vec![b' '; limits::MANIFEST_BYTES + 1]).err(), Some(AsicError::ManifestTooLarge));
    }

    #[test]
    fn text_is_read_to_the_end_of_its_element_and_skipped_with_all_in_it() {
        let started = |text: &'static str| {
            let mut xml = Xml::new(text.as_bytes()).unwrap();
            xml.next().unwrap();
            xml
        };
        for (text, expected) in [
            ("<a>b&lt;'\"]c</a>", Ok("b<'\"]c")),
            ("<a/>", Ok("")),
            ("<a></a>", Ok("")),
            ("<a>b<c/></a>", Err(BROKEN)),
            ("<a>]]></a>", Err(BROKEN)),
        ] {
            assert_eq!(started(text).text().as_deref().map_err(Clone::clone), expected, "{text}");
        }
        let mut xml = started("<a>x<b>y<c d='e'/></b>z</a>");
        assert_eq!((xml.skip(), xml.next()), (Ok(()), Ok(None)));
    }
}

//! A small reader of Rust source: enough to know which paths a file names, and on which line.
#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "positions come from the same text")]

/// A path as written, groups of a `use` taken apart: `use a::{b, c::d}` gives `a::b` and `a::c::d`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Its segments. In front of those from `crate`, `self` or `super` stands `crate`, then the whole way down.
    pub segments: Vec<String>,
    /// The line it starts on, from 1.
    pub line: usize,
}

/// Every path of two segments or more, and every `use`, in a file that is the module `module` of its crate.
pub fn paths(source: &str, module: &[&str]) -> Vec<Path> {
    let tokens = tokens(&blank(source));
    let mut open = 0;
    let mut inside: Vec<(String, usize)> = module.iter().map(|name| ((*name).to_owned(), 0)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "{" => open += 1,
            "}" => {
                open -= 1;
                // The braces of `mod name { … }` close: back in the module around it.
                if inside.len() > module.len() && inside.last().is_some_and(|(_, depth)| *depth > open) {
                    inside.pop();
                }
            }
            "mod" if text(&tokens, at + 2) == "{" => {
                open += 1;
                inside.push((tokens[at + 1].text.clone(), open));
                at += 2;
            }
            _ if starts_path(&tokens, at) => {
                let mut raw = Vec::new();
                let line = tokens[at].line;
                at = tree(&tokens, at, &[], &mut raw);
                let here: Vec<&str> = inside.iter().map(|(name, _)| name.as_str()).collect();
                found.extend(raw.into_iter().map(|segments| Path { segments: absolute(segments, &here), line }));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The source with comments and the insides of literals blanked, line for line.
pub fn blank(source: &str) -> String {
    let mut left = source;
    let mut out = String::with_capacity(source.len());
    while let Some(first) = left.chars().next() {
        let length = comment(left).or_else(|| literal(left, &out));
        let (piece, rest) = left.split_at(length.unwrap_or(first.len_utf8()));
        match length {
            Some(_) => out.extend(piece.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' })),
            None => out.push(first),
        }
        left = rest;
    }
    out
}

/// Bytes of the comment that the text starts with. Block comments nest.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.starts_with("/*").then(|| {
        let (mut depth, mut at) = (0, 0);
        while at < text.len() {
            match text.as_bytes()[at..] {
                [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
                [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
                _ => at += 1,
            }
            if depth == 0 {
                break;
            }
        }
        at
    })
}

/// Bytes of the string or character literal that the text starts with; `before` is what stands in front of it.
fn literal(text: &str, before: &str) -> Option<usize> {
    match text.as_bytes() {
        [b'r', b'"' | b'#', ..] => raw(text, before),
        [b'"', ..] => Some(closing(text, '"')),
        [b'\'', b'\\', ..] => Some(closing(text, '\'')),
        // `'x'` is a character, `'x` a lifetime.
        [b'\'', ..] => {
            let letter = text[1..].chars().next()?;
            let end = 1 + letter.len_utf8();
            text[end..].starts_with('\'').then_some(end + 1)
        }
        _ => None,
    }
}

/// Bytes of a raw string: `r"…"`, `r#"…"#`. An r that ends a name opens none, unless it is that of `br` or `cr`.
fn raw(text: &str, before: &str) -> Option<usize> {
    let in_name = before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let opened = text[1..].trim_start_matches('#');
    let hashes = text.len() - 1 - opened.len();
    if !opened.starts_with('"') || in_name && !before.ends_with(['b', 'c']) {
        return None;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let inside = &opened[1..];
    Some(hashes + 2 + inside.find(&end).map_or(inside.len(), |at| at + end.len()))
}

/// Bytes up to and with the closing quote, escapes skipped.
fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The words that may stand before a path that starts with `::`.
const KEYWORDS: &[&str] = &["as", "dyn", "else", "for", "if", "impl", "in", "match", "mut", "return", "use", "where", "while"];

struct Token {
    text: String,
    line: usize,
}

/// Names, `::` and single characters.
fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut left = line.trim_start();
        while let Some(first) = left.chars().next() {
            let name = left.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(left.len());
            let length = if name > 0 {
                name
            } else if left.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            found.push(Token { text: left[..length].to_owned(), line: number + 1 });
            left = left[length..].trim_start();
        }
    }
    found
}

fn text(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| &token.text)
}

fn is_name(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_') && !KEYWORDS.contains(&text)
}

/// Whether a path starts here: a name before `::` that no `::` of the same path stands before, or what a `use` names.
fn starts_path(tokens: &[Token], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| text(tokens, at));
    let continues = before(1) == "::" && (is_name(before(2)) || before(2) == ">");
    let used = before(1) == "use" || before(1) == "::" && before(2) == "use";
    is_name(text(tokens, at)) && !continues && (used || text(tokens, at + 1) == "::")
}

/// Reads one path, or the branches of a `use`, and gives the place after it.
fn tree(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut segments = prefix.to_vec();
    loop {
        if text(tokens, at) == "{" {
            return branches(tokens, at + 1, &segments, found);
        }
        segments.push(text(tokens, at).to_owned());
        at += 1;
        let next = text(tokens, at + 1);
        if text(tokens, at) != "::" || !(is_name(next) || next == "{" || next == "*") {
            found.push(segments);
            return at;
        }
        at += 1;
    }
}

fn branches(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Vec<Vec<String>>) -> usize {
    while at < tokens.len() && text(tokens, at) != "}" {
        at = match text(tokens, at) {
            "," => at + 1,
            "as" => at + 2,
            _ => tree(tokens, at, prefix, found),
        };
    }
    at + 1
}

/// The path from the crate's root, when it starts at `crate`, `self` or `super`; any other path as it is.
fn absolute(segments: Vec<String>, module: &[&str]) -> Vec<String> {
    let up = segments.iter().take_while(|segment| *segment == "super").count();
    let from = match segments.first().map(String::as_str) {
        Some("crate") => &module[..0],
        Some("self" | "super") => &module[..module.len().saturating_sub(up)],
        _ => return segments,
    };
    let skipped = up.max(1);
    let start = std::iter::once("crate").chain(from.iter().copied()).map(str::to_owned);
    start.chain(segments.into_iter().skip(skipped)).collect()
}

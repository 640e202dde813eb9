//! Patterns match what V8 says they match, are refused where it refuses them, and take time in proportion to pattern and text.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a pattern that cannot be judged has failed")]

#[path = "support/judges.rs"]
mod judges;

use hoso::regex::{PatternProblem, Regex};
use serde_json::json;
use std::time::{Duration, Instant};

const PATTERNS: usize = 16_000;
const TEXTS: usize = 10;
const BROKEN: usize = 40_000;

/// A pattern with flags, as V8 has them for a whole pattern and hoso for a group.
struct Case {
    pattern: String,
    flags: &'static str,
    texts: Vec<String>,
}

impl Case {
    fn ours(&self) -> String {
        if self.flags.is_empty() { self.pattern.clone() } else { format!("(?{}:{})", self.flags, self.pattern) }
    }

    /// The same pattern with so many characters that it has no tables.
    fn ours_without_tables(&self) -> String {
        let others: String = ('\u{f0000}'..'\u{f0080}').collect();
        format!("(?{}:{})|{others}", self.flags, self.pattern)
    }
}

#[test]
fn texts_match_as_in_v8() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let cases: Vec<Case> = (0..PATTERNS).map(|_| chance.case()).collect();
    let (mut matched, mut not, mut wrong) = (0, 0, Vec::new());
    for (case, answer) in cases.iter().zip(v8(&cases)) {
        let (tables, states) = (compiled(&case.ours()), compiled(&case.ours_without_tables()));
        assert!(!answer.starts_with("refused"), "V8: {answer}: {}", case.pattern);
        for (text, expected) in case.texts.iter().zip(answer.bytes()) {
            let expected = expected == b'1';
            *(if expected { &mut matched } else { &mut not }) += 1;
            let (by_tables, by_states) = (is_match(&tables, text), is_match(&states, text));
            if (by_tables, by_states) != (expected, expected) {
                wrong.push(format!("{:?} in {text:?} is {expected}, by tables {by_tables}, by states {by_states}", case.ours()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), matched + not, wrong[..wrong.len().min(40)].join("\n"));
    assert!(matched > 50_000 && not > 50_000, "{matched} matches, {not} none");
}

#[test]
fn what_v8_refuses_is_refused_and_nothing_else() {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    let cases: Vec<Case> = (0..BROKEN).map(|_| chance.broken()).collect();
    let (mut refused, mut taken, mut later, mut large, mut referring, mut wrong) = (0, 0, 0, 0, 0, Vec::new());
    for (case, answer) in cases.iter().zip(v8(&cases)) {
        let ours = Regex::new(&case.pattern);
        match (&ours, answer.strip_prefix("refused: ")) {
            // V8 of Node 20 is older than modifiers and names that alternatives share.
            (Ok(_), Some(why)) if why.ends_with("Invalid group") && has_modifiers(&case.pattern) => later += 1,
            (Ok(_), Some(why)) if why.ends_with("Duplicate capture group name") => later += 1,
            (Err(error), None) if error.problem == PatternProblem::BackReference => referring += 1,
            (Err(error), None) if error.problem == PatternProblem::TooManyStates => large += 1,
            (Err(error), Some(_)) if error.problem.is_malformed() => refused += 1,
            (Ok(regex), None) => {
                taken += 1;
                let matches: String = case.texts.iter().map(|text| if is_match(regex, text) { '1' } else { '0' }).collect();
                if matches != answer {
                    wrong.push(format!("{:?} in {:?} is {answer}, ours {matches}", case.pattern, case.texts));
                }
            }
            _ => wrong.push(format!("{:?}: V8 says {answer}, ours {:?}", case.pattern, ours.err())),
        }
    }
    assert!(wrong.is_empty(), "{} of {BROKEN}:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    let counts = format!("{refused} refused, {taken} taken, {referring} referring, {later} later, {large} large");
    assert!(refused > 10_000 && taken > 5_000 && referring > 20 && later < BROKEN / 20 && large < BROKEN / 100, "{counts}");
}

/// Patterns over which engines that try and take back never come to an end.
#[test]
fn time_grows_with_the_text_and_no_faster() {
    let hostile = [
        ("(a*)*b", "a"),
        ("(a|a)*$(?!)", "a"),
        ("^(.*a){20}$", "ab"),
        ("^(.*a){20}b", "a"),
        ("(?:a?){500}a{500}b", "a"),
        ("(x+x+)+y", "x"),
        (r"^(\w+\s?)*$", "a!"),
        ("(.*)(.*)(.*)(.*)(.*)[^]c", "ab\n"),
        ("(?=(?=(?=(?=.*b).*b).*b).*b)c", "ab"),
        ("(?<=(?<!(?=a*b)a*)a*)c", "ab"),
        ("(?:(?=a*b)a)*c", "a"),
        (r"(?:(?<=\b.*)(?=.*\b)\p{L}+)+;", "aê "),
        ("(?:[ab]*a[ab]{100}){2}c", "ab"),
        (".{1000}b", "a"),
    ];
    for (pattern, piece) in hostile {
        let regex = compiled(pattern);
        let steps = |count: usize| {
            let mut left = u64::MAX;
            let start = Instant::now();
            assert!(!regex.is_match(&piece.repeat(count), &mut left).unwrap(), "{pattern}");
            (u64::MAX - left, start.elapsed())
        };
        let ((few, _), (many, time)) = (steps(2_000), steps(16_000));
        // With the square of the text it would be 64 times as many; at first there are fewer states.
        assert!(many < few * 16, "{pattern}: {few} steps, {many} for eight times the text");
        assert!(many <= 3 * 16_001 * 3 * regex.cost(), "{pattern}: {many} steps");
        assert!(time < Duration::from_secs(5), "{pattern}: {time:?}");
    }
}

#[test]
fn hostile_patterns_are_compiled_or_refused_at_once() {
    let start = Instant::now();
    for pattern in [
        "(.{1000}){1000}".to_owned(),
        "((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}".to_owned(),
        "a{18446744073709551616}".to_owned(),
        "[ab]*a[ab]{19000}".to_owned(),
        "(?:".repeat(600) + &")*".repeat(600),
        r"\p{L}\P{L}".repeat(200),
        r"[\p{L}\P{Lu}\p{scx=Latn}]".repeat(80),
        (0..1_990).filter_map(|at| char::from_u32(0x4e00 + at)).collect(),
        "(?i:".to_owned() + &"kſß".repeat(600) + ")",
        "(?=".repeat(60) + &"a*".repeat(800) + &")".repeat(60),
        "(?=a)".repeat(399),
        "(?=a)|".repeat(300),
        "(?<!a)(?=a)".repeat(150) + "{0}",
        "(?:a(?:)(?:)(?:)){1000}".to_owned(),
        "(?:a|".repeat(50) + &")*".repeat(50),
        "(?:(?:(?:a?){12}){12}){12}".to_owned(),
    ] {
        let before = Instant::now();
        let answer = Regex::new(&pattern).map(|regex| regex.cost());
        assert!(before.elapsed() < Duration::from_secs(1), "{pattern}: {:?}", before.elapsed());
        assert!(answer.is_ok_and(|cost| cost < 500_000) || pattern.len() > 4, "{pattern}");
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

fn has_modifiers(pattern: &str) -> bool {
    pattern.split("(?").skip(1).any(|rest| rest.starts_with(['i', 'm', 's', '-']))
}

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern:?}: {error:?}"))
}

fn is_match(regex: &Regex, text: &str) -> bool {
    regex.is_match(text, &mut u64::MAX.clone()).unwrap()
}

/// The answers of V8, asked once for all.
fn v8(cases: &[Case]) -> Vec<String> {
    let line = |case: &Case| format!("{}\n", json!({"pattern": case.pattern, "flags": format!("u{}", case.flags), "texts": case.texts}));
    let answers = judges::answers(judges::node("patterns.mjs"), cases.iter().map(line).collect());
    assert_eq!(answers.len(), cases.len());
    answers
}

/// Splitmix64: the same cases in every run.
struct Chance(u64);

/// A pattern, and how to make a text that it may match.
enum Part {
    Letter(&'static str, char),
    /// What is written, and some of the characters in it.
    Class(String, Vec<char>),
    Place(&'static str),
    Group(&'static str, Vec<Vec<Part>>),
    Look(&'static str, Vec<Vec<Part>>),
    Count(Box<Part>, String, usize, usize),
}

/// As written, and the character. Some fold to one another: s and ſ, k and the kelvin sign, å and the ångström sign, ß and ẞ.
const LETTERS: [(&str, char); 30] = [
    ("a", 'a'),
    ("b", 'b'),
    ("a", 'a'),
    ("b", 'b'),
    ("a", 'a'),
    ("b", 'b'),
    ("A", 'A'),
    ("B", 'B'),
    ("1", '1'),
    ("_", '_'),
    (r"\.", '.'),
    (r"\-", '-'),
    ("s", 's'),
    ("ſ", 'ſ'),
    ("S", 'S'),
    ("k", 'k'),
    ("\u{212a}", '\u{212a}'),
    (r"\u00e5", 'å'),
    ("Å", '\u{212b}'),
    ("ß", 'ß'),
    ("ẞ", 'ẞ'),
    ("ê", 'ê'),
    (r"\u{1F600}", '😀'),
    (r"\ud83d\ude00", '😀'),
    ("😁", '😁'),
    (r"\x41", 'A'),
    (r"\n", '\n'),
    ("\n", '\n'),
    (r"\u2028", '\u{2028}'),
    (" ", ' '),
];
const CLASSES: [(&str, &str); 12] = [
    (r"\d", "1"),
    (r"\D", "aA_ê"),
    (r"\w", "abAB1_sk"),
    (r"\W", " .ê😀ſ"),
    (r"\s", " \n\u{2028}"),
    (r"\S", "ab😀"),
    (".", "abê😁"),
    (".", "ab"),
    (r"[^]", "ab\n"),
    ("[^a]", "bA\n"),
    ("[]", ""),
    (r"[\w\W]", "a😀"),
];
const PLACES: [&str; 4] = ["^", "$", r"\b", r"\B"];
const LOOKS: [&str; 4] = ["(?=", "(?!", "(?<=", "(?<!"];
const GROUPS: [&str; 3] = ["(", "(?:", "(?:"];

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn case(&mut self) -> Case {
        let depth = 1 + self.below(3);
        let mut parts = self.choices(depth);
        if self.below(3) == 0 {
            parts = vec![vec![Part::Place("^"), Part::Group("(?:", parts), Part::Place("$")]];
        }
        let mut pattern = String::new();
        write_choices(&parts, &mut pattern);
        let texts = (0..TEXTS).map(|at| self.text(if at < TEXTS / 3 { None } else { Some(&parts) })).collect();
        let flags = if self.below(3) == 0 { self.pick(&["i", "m", "s", "im", "is", "ims"]) } else { "" };
        Case { pattern, flags, texts }
    }

    /// A pattern of which some characters were changed.
    fn broken(&mut self) -> Case {
        let Case { pattern, texts, .. } = self.case();
        let mut letters: Vec<char> = pattern.chars().collect();
        for _ in 0..=self.below(3) {
            let at = self.below(letters.len() + 1);
            let piece = self.pick(&[
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                "*",
                "+",
                "?",
                "|",
                "\\",
                "^",
                "$",
                "-",
                "/",
                ",",
                "0",
                "1",
                "2",
                "<",
                ">",
                "=",
                "!",
                ":",
                "x",
                "u",
                "c",
                "k",
                "p",
                "P",
                "i",
                "{2}",
                "{2,1}",
                "{1,",
                "{,2}",
                "(?",
                "(?<",
                "(?<n>",
                "(?<n>a)",
                r"\k<n>",
                r"\k",
                r"\1",
                r"\2",
                r"\0",
                r"\01",
                r"\cA",
                r"\c1",
                r"\x4",
                r"\u{",
                r"\u{110000}",
                r"\u{0000061}",
                r"\ud83d",
                r"\-",
                r"\a",
                r"\/",
                "[a-z]",
                "[z-a]",
                r"[\d-z]",
                r"[a-\w]",
                "[-a]",
                "[a-]",
                r"[\b]",
                r"[\B]",
                r"[\-a]",
                r"[\1]",
                r"[\c_]",
                r"\p{",
                r"\p{L",
                r"\p{Foo}",
                r"\pL",
                "(?=a)*",
                "(?<=a)+",
                "(?i:",
                "(?-:",
                "(?i-i:",
                "(?m-s:",
                "(?<1>",
                r"(?<\u0061b>",
                "(?<$_>",
                "(?<a-b>",
            ]);
            let cut = self.below(3).min(letters.len() - at.min(letters.len()));
            letters.splice(at..at + cut, piece.chars());
        }
        Case { pattern: letters.into_iter().collect(), flags: "", texts: texts.into_iter().take(4).collect() }
    }

    fn choices(&mut self, depth: usize) -> Vec<Vec<Part>> {
        let count = self.pick(&[1, 1, 1, 2, 2, 3]);
        (0..count).map(|_| self.sequence(depth)).collect()
    }

    fn sequence(&mut self, depth: usize) -> Vec<Part> {
        (0..self.pick(&[0, 1, 1, 2, 2, 3, 4])).map(|_| self.part(depth)).collect()
    }

    fn part(&mut self, depth: usize) -> Part {
        let atom = match self.below(if depth == 0 { 10 } else { 16 }) {
            0..6 => {
                let (written, letter) = self.pick(&LETTERS);
                Part::Letter(written, letter)
            }
            6 => {
                let (written, letters) = self.pick(&CLASSES);
                Part::Class(written.to_owned(), letters.chars().collect())
            }
            7 | 8 => self.class(),
            9 => return Part::Place(self.pick(&PLACES)),
            10 | 11 => {
                let opening = self.pick(&LOOKS);
                return Part::Look(opening, self.choices(depth - 1));
            }
            _ => {
                let opening = self.pick(&GROUPS);
                Part::Group(opening, self.choices(depth - 1))
            }
        };
        if self.below(3) > 0 {
            return atom;
        }
        let (least, more) = (self.below(3), self.below(3));
        let (count, least, most) = match self.below(7) {
            0 | 1 => ("*".to_owned(), 0, 3),
            2 => ("+".to_owned(), 1, 3),
            3 => ("?".to_owned(), 0, 1),
            4 => (format!("{{{least}}}"), least, least),
            5 => (format!("{{{least},}}"), least, least + 2),
            _ => (format!("{{{least},{}}}", least + more), least, least + more),
        };
        let lazy = if self.below(4) == 0 { "?" } else { "" };
        Part::Count(Box::new(atom), count + lazy, least, most)
    }

    fn class(&mut self) -> Part {
        let negative = self.below(4) == 0;
        let (mut written, mut letters) = (if negative { "[^" } else { "[" }.to_owned(), Vec::new());
        for _ in 0..=self.below(3) {
            match self.below(6) {
                0 => {
                    let (first, last, within) = self.pick(&[
                        ("a", "z", 'b'),
                        ("A", "Z", 'A'),
                        ("0", "9", '1'),
                        (r"\0", r"\x7f", 'a'),
                        ("à", r"\u{1F6FF}", 'ê'),
                        (r"\ud800", r"\udfff", 'a'),
                        (" ", "-", ' '),
                    ]);
                    written += &format!("{first}-{last}");
                    letters.push(within);
                }
                1 => {
                    let (class, within) = self.pick(&[(r"\d", '1'), (r"\W", ' '), (r"\s", ' '), (r"\w", 'a'), (r"\D", 'a'), (r"\S", 'a')]);
                    written += class;
                    letters.push(within);
                }
                _ => {
                    let (letter, itself) = self.pick(&LETTERS);
                    written += letter;
                    letters.push(itself);
                }
            }
        }
        written.push(']');
        Part::Class(written, if negative { vec!['b', 'ê', '1'] } else { letters })
    }

    /// A text that the parts may match, a little changed; or one by chance.
    fn text(&mut self, parts: Option<&Vec<Vec<Part>>>) -> String {
        let mut text = Vec::new();
        match parts {
            Some(parts) => self.sample_choices(parts, &mut text),
            None => text.extend((0..self.below(6)).map(|_| self.pick(&LETTERS).1)),
        }
        if self.below(3) == 0 && !text.is_empty() {
            let at = self.below(text.len());
            text[at] = self.pick(&LETTERS).1;
        }
        if self.below(3) == 0 {
            let at = self.below(text.len() + 1);
            text.insert(at, self.pick(&LETTERS).1);
        }
        // V8 takes exponential time for some of these patterns.
        text.truncate(12);
        text.into_iter().collect()
    }

    fn sample_choices(&mut self, parts: &[Vec<Part>], text: &mut Vec<char>) {
        if !parts.is_empty() {
            let at = self.below(parts.len());
            parts[at].iter().for_each(|part| self.sample(part, text));
        }
    }

    fn sample(&mut self, part: &Part, text: &mut Vec<char>) {
        match part {
            Part::Letter(_, letter) => text.push(*letter),
            Part::Class(_, letters) if letters.is_empty() => {}
            Part::Class(_, letters) => text.push(self.pick(letters)),
            Part::Place(_) => {}
            Part::Look(_, parts) if self.below(3) == 0 => self.sample_choices(parts, text),
            Part::Look(..) => {}
            Part::Group(_, parts) => self.sample_choices(parts, text),
            Part::Count(part, _, least, most) => {
                let count = least + self.below(most - least + 1);
                (0..count).for_each(|_| self.sample(part, text));
            }
        }
    }
}

fn write_choices(parts: &[Vec<Part>], out: &mut String) {
    for (at, sequence) in parts.iter().enumerate() {
        if at > 0 {
            out.push('|');
        }
        sequence.iter().for_each(|part| write(part, out));
    }
}

fn write(part: &Part, out: &mut String) {
    match part {
        // Outside of a class a hyphen takes no escape.
        Part::Letter(r"\-", _) => out.push('-'),
        Part::Letter(written, _) | Part::Place(written) => out.push_str(written),
        Part::Class(written, _) => out.push_str(written),
        Part::Group(opening, parts) | Part::Look(opening, parts) => {
            out.push_str(opening);
            write_choices(parts, out);
            out.push(')');
        }
        Part::Count(part, count, ..) => {
            write(part, out);
            out.push_str(count);
        }
    }
}

//! Makes JSON texts for tests, the same ones from the same seed: every spelling RFC 8259 allows, and names that are hard to sort.

use hoso::json::{Kind, Value};
use std::collections::BTreeSet;

/// Which numbers are made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// Those that a double carries without change.
    Exact,
    /// Those, and others.
    Any,
}

/// Makes texts from a seed.
pub struct Maker {
    state: u64,
    numbers: Numbers,
}

/// Letters that are escaped, that look like the end of a line, or that sort otherwise by UTF-16 than by UTF-8.
const LETTERS: &[char] = &[
    '\0',
    '\u{1}',
    '\u{8}',
    '\t',
    '\n',
    '\u{b}',
    '\u{c}',
    '\r',
    '\u{1f}',
    ' ',
    '"',
    '/',
    '0',
    '1',
    '9',
    'A',
    '\\',
    'a',
    'u',
    '\u{7f}',
    '\u{80}',
    '\u{85}',
    'ê',
    'ế',
    '\u{302}',
    '\u{2028}',
    '\u{2029}',
    '\u{d7ff}',
    '\u{e000}',
    '\u{fb33}',
    '\u{feff}',
    '\u{fffd}',
    '\u{ffff}',
    '\u{10000}',
    '😀',
    '\u{10ffff}',
];

/// Names that mean something to a language, or look like numbers.
const NAMES: &[&str] = &["", "__proto__", "constructor", "toString", "toJSON", "length", "0", "10", "9", "-1", "1e1", "ho_ten", "họ tên"];

const SPACES: &[&str] = &["", "", "", "", " ", "\n", "\t \r\n"];

impl Maker {
    /// From a seed.
    pub const fn new(seed: u64, numbers: Numbers) -> Self {
        Self { state: seed, numbers }
    }

    /// A document.
    pub fn document(&mut self) -> String {
        if self.below(10) == 0 { self.value(0) } else { self.container(4) }
    }

    /// A number.
    pub fn number(&mut self) -> String {
        if self.numbers == Numbers::Any && self.below(2) == 0 { self.long_number() } else { self.exact_number() }
    }

    /// A name, as it means.
    pub fn name(&mut self) -> String {
        if self.below(4) == 0 { (*self.one_of(NAMES)).to_owned() } else { self.letters() }
    }

    /// A string as it is written: escaped where it must be, and where it happens.
    pub fn written(&mut self, text: &str) -> String {
        let letters: String = text.chars().map(|letter| self.letter(letter)).collect();
        format!("\"{letters}\"")
    }

    /// A value in other words: members in another order, and everything spelled anew.
    pub fn respelled(&mut self, value: Value<'_>) -> String {
        match value.kind() {
            Kind::Null => "null".to_owned(),
            Kind::True => "true".to_owned(),
            Kind::False => "false".to_owned(),
            Kind::Number => self.respelled_number(value.as_number().unwrap().text()),
            Kind::String => self.written(value.as_str().unwrap()),
            Kind::Array => {
                let items = value.items().map(|item| self.respelled(item)).collect();
                self.joined('[', items, ']')
            }
            Kind::Object => {
                let mut members: Vec<_> =
                    value.members().map(|(name, member)| self.member(name, |maker| maker.respelled(member))).collect();
                for at in (1..members.len()).rev() {
                    members.swap(at, self.below(at + 1));
                }
                self.joined('{', members, '}')
            }
        }
    }

    fn value(&mut self, depth: usize) -> String {
        match self.below(if depth == 0 { 5 } else { 8 }) {
            0 => (*self.one_of(&["null", "true", "false"])).to_owned(),
            1 | 2 => self.number(),
            3 | 4 => {
                let text = self.letters();
                self.written(&text)
            }
            _ => self.container(depth - 1),
        }
    }

    /// An array or an object, its members against the order of their names.
    fn container(&mut self, depth: usize) -> String {
        if self.below(3) == 0 {
            let items = (0..self.below(6)).map(|_| self.value(depth)).collect();
            return self.joined('[', items, ']');
        }
        let names: BTreeSet<_> = (0..self.below(9)).map(|_| self.name()).collect();
        let members = names.iter().rev().map(|name| self.member(name, |maker| maker.value(depth))).collect();
        self.joined('{', members, '}')
    }

    fn member(&mut self, name: &str, value: impl FnOnce(&mut Self) -> String) -> String {
        let (name, before, after) = (self.written(name), *self.one_of(SPACES), *self.one_of(SPACES));
        format!("{name}{before}:{after}{}", value(self))
    }

    fn joined(&mut self, open: char, elements: Vec<String>, close: char) -> String {
        let spaced: Vec<_> =
            elements.into_iter().map(|element| format!("{}{element}{}", self.one_of(SPACES), self.one_of(SPACES))).collect();
        format!("{open}{}{}{close}", self.one_of(SPACES), spaced.join(","))
    }

    fn letters(&mut self) -> String {
        let any = |maker: &mut Self| char::from_u32(maker.below(0x11_0000) as u32).unwrap_or('\u{fffd}');
        (0..self.below(6)).map(|_| if self.below(4) == 0 { any(self) } else { *self.one_of(LETTERS) }).collect()
    }

    fn letter(&mut self, letter: char) -> String {
        let short = match letter {
            '\u{8}' => Some('b'),
            '\t' => Some('t'),
            '\n' => Some('n'),
            '\u{c}' => Some('f'),
            '\r' => Some('r'),
            '"' | '\\' | '/' => Some(letter),
            _ => None,
        };
        let raw = letter >= ' ' && !matches!(letter, '"' | '\\');
        match (self.below(3), short) {
            (0, _) if raw => letter.to_string(),
            (1, Some(short)) => format!("\\{short}"),
            (at, _) => {
                let digits = |unit: u16| if at == 1 { format!("\\u{unit:04x}") } else { format!("\\u{unit:04X}") };
                letter.encode_utf16(&mut [0; 2]).iter().map(|unit| digits(*unit)).collect()
            }
        }
    }

    /// The shortest digits of a double, in some spelling.
    fn exact_number(&mut self) -> String {
        let double = match self.below(6) {
            0 => self.below(1_000) as f64,
            // Dong, and dong with hundredths.
            1 => self.below(1_000_000_000_000) as f64,
            2 => self.below(1_000_000_000) as f64 / 100.0,
            // Next to a power of ten, where the notation changes, or of two, where the distance of doubles does.
            3 => self.beside_power(10.0, 30),
            4 => self.beside_power(2.0, 1_000),
            _ => f64::from_bits(self.next()),
        };
        let double = if double.is_finite() { double } else { 0.0 };
        let sign = if self.below(4) == 0 && !double.is_sign_negative() { "-" } else { "" };
        // Not by Rust's own writer: between two shortest texts equally near it takes the upper, ECMAScript the even one.
        let text = format!("{sign}{}", ryu_js::Buffer::new().format_finite(double));
        self.respelled_number(&text)
    }

    /// A power up to that exponent, or a double next to it.
    fn beside_power(&mut self, base: f64, most: usize) -> f64 {
        let exponent = self.below(2 * most) as i32 - most as i32;
        f64::from_bits(base.powi(exponent).to_bits() + self.below(5) as u64 - 2)
    }

    /// A number of many digits, one of a digit too many, or one beyond all doubles.
    fn long_number(&mut self) -> String {
        match self.below(4) {
            0 => {
                let (whole, fraction) = (self.digits(15), self.digits(20));
                format!("{whole}.{fraction}")
            }
            1 => self.digits(40),
            2 => {
                let (double, digit) = (f64::from_bits(self.next() & !(0x7ff << 52) | (1_000 << 52)), self.below(9) + 1);
                format!("{double}{digit}")
            }
            _ => {
                let (digits, exponent) = (self.digits(5), self.below(800) as i32 - 400);
                format!("{digits}.25e{exponent}")
            }
        }
    }

    /// A whole number of up to so many digits.
    fn digits(&mut self, most: usize) -> String {
        let first = self.below(9) + 1;
        let rest: String = (0..self.below(most)).map(|_| self.below(10).to_string()).collect();
        format!("{first}{rest}")
    }

    /// The same decimal value: the point moved, zeros added, with and without exponent.
    fn respelled_number(&mut self, text: &str) -> String {
        let (sign, text) = text.strip_prefix('-').map_or(("", text), |text| ("-", text));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}{}", "0".repeat(self.below(3)));
        let digits = all.trim_start_matches('0');
        if digits.is_empty() {
            return format!("{sign}{}", self.one_of(&["0", "0.0", "0e7", "0E-3", "0.00e+0"]));
        }
        // The number is 0.DIGITS × 10^point.
        let leading = all.len() - digits.len();
        let point = whole.len() as i64 - leading as i64 + exponent.parse::<i64>().unwrap();
        let length = digits.len() as i64;
        let plain = match point {
            ..=0 => format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)),
            _ if point >= length => format!("{digits}{}", "0".repeat((point - length) as usize)),
            _ => format!("{}.{}", &digits[..point as usize], &digits[point as usize..]),
        };
        if plain.len() < 30 && self.below(2) == 0 {
            return format!("{sign}{plain}");
        }
        let (e, plus, pad) = (*self.one_of(&["e", "E"]), *self.one_of(&["", "+"]), *self.one_of(&["", "0", "00"]));
        let power = |power: i64| if power < 0 { format!("{e}-{pad}{}", -power) } else { format!("{e}{plus}{pad}{power}") };
        match self.below(3) {
            0 => format!("{sign}{}{}", digits, power(point - length)),
            1 => format!("{sign}0.{digits}{}", power(point)),
            _ => format!("{sign}{}.{}0{}", &digits[..1], &digits[1..], power(point - 1)),
        }
    }

    fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// Sebastiano Vigna's SplitMix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

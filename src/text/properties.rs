//! Properties of characters: UAX #44 and UTS #51, as far as ECMA-262 (2025) 22.2.2.9.3 lets a pattern name them.
//!
//! A set of code points is the places where it begins and ends, in turn: U+0041, U+005B are the capitals of ASCII.

use super::parts;
use crate::order::sort_numbers;
use std::sync::OnceLock;

/// The code points that have a property: `Lu` or `Uppercase`; of `Script`, `Script_Extensions` or `General_Category` with a value.
/// None where there is no such property, value or alias; case and underscores count.
///
/// ```
/// use hoso::text::property;
///
/// assert_eq!(property("AHex", None), Some(vec![0x30, 0x3a, 0x41, 0x47, 0x61, 0x67]));
/// assert_eq!(property("scx", Some("Grek")).map(|edges| edges[0]), Some(0xb7));
/// assert_eq!(property("grek", None), None);
/// ```
#[must_use]
pub fn property(name: &str, value: Option<&str>) -> Option<Vec<u32>> {
    let tables = tables();
    Some(match (name, value) {
        ("General_Category" | "gc", Some(value)) => tables.category(find(0, value)?),
        ("Script" | "sc", Some(value)) => tables.script(find(1, value)?, false),
        ("Script_Extensions" | "scx", Some(value)) => tables.script(find(1, value)?, true),
        (name, None) => match find(0, name) {
            Some(category) => tables.category(category),
            None => tables.set(find(2, name)? + GROUPS),
        },
        _ => return None,
    })
}

/// Gives the code points that have the same simple case folding as one of those from `start` to before `end`, which itself may
/// be among them.
pub fn other_cases(start: u32, end: u32, each: &mut dyn FnMut(u32)) {
    let others = &tables().others;
    let first = others.partition_point(|pair| pair >> 32 < u64::from(start));
    others.iter().skip(first).take_while(|pair| **pair >> 32 < u64::from(end)).for_each(|pair| each(*pair as u32));
}

/// Names of general categories, groups of them behind; of scripts; of sets. A line each, in the order of their numbers.
const NAMES: &str = include_str!("properties.txt");

/// As `tests/properties.rs` writes it.
const PACKED: &[u8] = include_bytes!("properties.bin");

const CATEGORIES: usize = 30;
/// Groups of categories, the first sets.
const GROUPS: usize = 8;
/// Surrogates, private use, not assigned. What is in these is in no script but `Unknown`.
const NO_SCRIPT: u64 = 0b111 << 27;
/// The first script.
const UNKNOWN: u64 = 0;

/// The lines of a part of [`NAMES`]; an empty line stands between two. A search for text is a kilobyte of the standard library's.
fn lines(part: usize) -> impl Iterator<Item = &'static str> {
    let mut empty = 0;
    parts(NAMES, b'\n').filter(move |line| {
        empty += usize::from(line.is_empty());
        empty == part && !line.is_empty()
    })
}

fn find(part: usize, name: &str) -> Option<usize> {
    lines(part).position(|line| parts(line, b' ').any(|known| known == name))
}

struct Tables {
    /// Where code points of the same category and scripts begin; the last is the end of all.
    pieces: Vec<Piece>,
    /// Of scripts that are several: the script, then its extensions. Their number is that of the last script and up.
    several: Vec<Vec<u64>>,
    /// A set is another one, or none, some categories, and some edges; what is in two of these is in neither.
    sets: Vec<Set>,
    /// A code point and another of the same case folding, in the upper half and the lower.
    others: Vec<u64>,
    /// How many scripts there are.
    scripts: u64,
}

struct Piece {
    start: u32,
    category: u64,
    script: u64,
}

struct Set {
    /// The number of the other set, counted from 1.
    base: u64,
    categories: u64,
    edges: Vec<u64>,
}

impl Tables {
    fn category(&self, category: usize) -> Vec<u32> {
        if category < CATEGORIES { self.edges(&|piece| piece.category == category as u64) } else { self.set(category - CATEGORIES) }
    }

    fn script(&self, script: usize, extends: bool) -> Vec<u32> {
        let script = script as u64;
        self.edges(&|piece| {
            if NO_SCRIPT >> piece.category & 1 == 1 {
                return script == UNKNOWN;
            }
            match self.several.get(piece.script.wrapping_sub(self.scripts) as usize) {
                Some(list) if extends => list.iter().skip(1).any(|known| *known == script),
                Some(list) => list.first() == Some(&script),
                None => piece.script == script,
            }
        })
    }

    fn set(&self, set: usize) -> Vec<u32> {
        let mut edges = Vec::new();
        let mut at = set as u64 + 1;
        while let Some(set) = self.sets.get(at.wrapping_sub(1) as usize) {
            edges.extend(&set.edges);
            edges.extend(self.edges(&|piece| set.categories >> piece.category & 1 == 1).into_iter().map(u64::from));
            at = set.base;
        }
        sort_numbers(&mut edges);
        let mut out: Vec<u32> = Vec::new();
        for edge in edges {
            if out.last() == Some(&(edge as u32)) {
                out.pop();
            } else {
                out.push(edge as u32);
            }
        }
        out
    }

    fn edges(&self, contains: &dyn Fn(&Piece) -> bool) -> Vec<u32> {
        let mut edges = Vec::new();
        for piece in &self.pieces {
            if contains(piece) == (edges.len() % 2 == 0) {
                edges.push(piece.start);
            }
        }
        edges
    }
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables::read(&mut Numbers(PACKED)))
}

/// What is left of the table: numbers of seven bits a byte, the highest first; all bytes but the last have the upper bit.
struct Numbers(&'static [u8]);

impl Numbers {
    fn next(&mut self) -> u64 {
        let mut number = 0;
        while let Some((byte, rest)) = self.0.split_first() {
            self.0 = rest;
            number = number << 7 | u64::from(byte & 0x7f);
            if *byte < 0x80 {
                break;
            }
        }
        number
    }

    fn column(&mut self, count: u64) -> Vec<u64> {
        let mut column = Vec::new();
        for _ in 0..count {
            column.push(self.next());
        }
        column
    }

    /// Runs of code points with the same value: their lengths, and the values.
    fn runs(&mut self) -> (Vec<u64>, Vec<u64>) {
        let count = self.next();
        (self.column(count), self.column(count))
    }
}

/// The number at a place of a column.
fn at(column: &[u64], place: usize) -> u64 {
    column.get(place).copied().unwrap_or(0)
}

impl Tables {
    fn read(numbers: &mut Numbers) -> Self {
        let pieces = pieces(&numbers.runs(), &numbers.runs());
        let count = numbers.next();
        let mut several = Vec::new();
        for length in numbers.column(count) {
            several.push(numbers.column(length));
        }
        let count = numbers.next();
        let (bases, categories, lengths) = (numbers.column(count), numbers.column(count), numbers.column(count));
        let mut sets = Vec::new();
        for (place, length) in lengths.into_iter().enumerate() {
            let mut edges = numbers.column(length);
            let mut before = 0;
            for edge in &mut edges {
                before += *edge;
                *edge = before;
            }
            sets.push(Set { base: at(&bases, place), categories: at(&categories, place), edges });
        }
        let scripts = lines(1).count() as u64;
        Self { pieces, several, sets, others: others(numbers), scripts }
    }
}

/// Cuts code points where the category changes or the script.
fn pieces(categories: &(Vec<u64>, Vec<u64>), scripts: &(Vec<u64>, Vec<u64>)) -> Vec<Piece> {
    let (mut pieces, mut start, mut category, mut script) = (Vec::new(), 0, 0, 0);
    let (mut category_ends, mut script_ends) = (at(&categories.0, 0), at(&scripts.0, 0));
    while category < categories.0.len() {
        pieces.push(Piece { start: start as u32, category: at(&categories.1, category), script: at(&scripts.1, script) });
        start = category_ends.min(script_ends);
        if category_ends == start {
            category += 1;
            category_ends += at(&categories.0, category);
        }
        if script_ends == start {
            script += 1;
            script_ends += at(&scripts.0, script);
        }
    }
    pieces.push(Piece { start: start as u32, category: 63, script: u64::MAX });
    pieces
}

/// From runs of simple case foldings to pairs of what folds to the same.
fn others(numbers: &mut Numbers) -> Vec<u64> {
    let count = numbers.next();
    let (starts, runs, distances) = (numbers.column(count), numbers.column(count), numbers.column(count));
    let (mut folds, mut point) = (Vec::new(), 0_u64);
    for (place, start) in starts.into_iter().enumerate() {
        let (run, distance) = (at(&runs, place), at(&distances, place));
        point += start;
        let distance = distance >> 1 ^ (distance & 1).wrapping_neg();
        for next in 0..=run / 2 {
            point += if next == 0 { 0 } else { run % 2 + 1 };
            folds.push(point.wrapping_add(distance) << 32 | point);
        }
    }
    sort_numbers(&mut folds);
    let mut others: Vec<u64> = Vec::new();
    for (place, fold) in folds.iter().enumerate() {
        let folded = fold >> 32;
        let mut pair = |left: u64, right: u64| others.extend([left << 32 | right, right << 32 | left]);
        pair(folded, fold & LOWER);
        for other in folds.iter().skip(place + 1).take_while(|other| *other >> 32 == folded) {
            pair(fold & LOWER, other & LOWER);
        }
    }
    sort_numbers(&mut others);
    others
}

const LOWER: u64 = 0xffff_ffff;

//! Normalisation form C: UAX #15, and 3.11 and 3.12 of the Unicode Standard.
//!
//! Of the ways to write what looks the same, it leaves one: `ê` is U+00EA, not `e` and U+0302. Canonical forms alone: the
//! tables of the compatibility forms, for which hoso has no use, are most of what a library for normalisation weighs.

use super::{Table, numbers};
use crate::order;
use std::borrow::Cow;

/// The version of Unicode that normalisation follows.
pub const UNICODE_VERSION: &str = "18.0.0";

/// Whether a text is in normalisation form C.
#[must_use]
pub fn is_nfc(text: &str) -> bool {
    matches!(nfc(text), Cow::Borrowed(_))
}

/// The text in normalisation form C; borrowed when it was so already.
///
/// ```
/// use hoso::text::nfc;
///
/// assert_eq!(nfc("Le\u{302} Lo\u{323}\u{302}i"), "Lê Lội");
/// ```
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_settled) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut run = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if is_settled(letter) && letters.peek().is_none_or(|next| is_settled(*next)) {
            compose(&mut out, &mut run);
            out.push(letter);
            continue;
        }
        decompose(letter, &mut |part| {
            let class = if is_settled(part) { STARTER } else { find(part, CLASS).unwrap_or(STARTER) };
            run.push(class << 21 | u64::from(part));
            if class == STARTER {
                compose(&mut out, &mut run);
            }
        });
    }
    compose(&mut out, &mut run);
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// Gives the letters of a letter's canonical decomposition, one by one; they are in order (D108) within that letter only.
pub(super) fn decompose(letter: char, each: &mut dyn FnMut(char)) {
    // Below U+00C0 nothing has parts; of what stands there the tables need not be asked.
    let Some((first, second)) = (if letter < '\u{c0}' { None } else { parts(letter) }) else { return each(letter) };
    // It ends: a test decomposes every letter.
    decompose(first, each);
    second.into_iter().for_each(each);
}

/// The canonical combining class of a letter (D104), 0 for a starter.
pub(crate) fn combining_class(letter: char) -> u64 {
    find(letter, CLASS).unwrap_or(0)
}

/// Letters of which every text is in form C, and which keep theirs beside others unless a letter that is not settled follows:
/// Latin, Vietnamese included, with the quotation marks, dashes, `…` and `₫` that are printed with it; Han; Hangul; emoji.
const fn is_settled(letter: char) -> bool {
    matches!(letter, '\0'..'\u{300}' | '\u{1e00}'..='\u{1eff}' | '\u{2002}'..='\u{20cf}')
        || matches!(letter, '\u{3400}'..='\u{a66e}' | '\u{ac00}'..='\u{d7a3}' | '\u{1f000}'..='\u{1faff}')
}

/// Stands for class 0 in a run. No mark has a class so high; a starter ends its run.
const STARTER: u64 = 255;

/// Takes a run, marks and at most one starter behind them, each below its class, to the end of a text whose last letter is a
/// starter, if it has any: puts the marks in order (D109), and joins what is not blocked to that letter (D117).
fn compose(out: &mut String, run: &mut Vec<u64>) {
    if run.is_empty() {
        return;
    }
    sort(run);
    let mut starter = out.pop();
    let mut kept = 0;
    run.retain(|entry| {
        let class = entry >> 21;
        // D115. Of the marks that are kept the last has the highest class, since they are in order.
        let is_blocked = kept == class || (kept != 0 && class == STARTER);
        let whole = starter.filter(|_| !is_blocked).and_then(|starter| whole(starter, scalar(*entry)));
        starter = whole.or(starter);
        kept = if whole.is_none() { class } else { kept };
        whole.is_none()
    });
    out.extend(starter);
    run.iter().for_each(|entry| out.push(scalar(*entry)));
    run.clear();
}

// 3.12: Hangul syllables are counted, not listed.
const LEADING: u64 = 0x1100;
const VOWEL: u64 = 0x1161;
const TRAILING: u64 = 0x11a7;
const SYLLABLE: u64 = 0xac00;
const LEADINGS: u64 = 19;
const VOWELS: u64 = 21;
const TRAILINGS: u64 = 28;

/// What a letter decomposes to in one step: another letter, or two.
fn parts(whole: char) -> Option<(char, Option<char>)> {
    let syllable = u64::from(whole).wrapping_sub(SYLLABLE);
    if syllable >= LEADINGS * VOWELS * TRAILINGS {
        return find(whole, FIRST).map(|first| (scalar(first), find(whole, SECOND).map(scalar)));
    }
    let (block, trailing) = (syllable / TRAILINGS, syllable % TRAILINGS);
    let (first, second) = match trailing {
        0 => (LEADING + block / VOWELS, VOWEL + block % VOWELS),
        _ => (SYLLABLE + block * TRAILINGS, TRAILING + trailing),
    };
    Some((scalar(first), Some(scalar(second))))
}

/// What two letters compose to (D114).
fn whole(first: char, second: char) -> Option<char> {
    if is_settled(second) {
        return None;
    }
    let (leading, vowel) = (u64::from(first).wrapping_sub(LEADING), u64::from(second).wrapping_sub(VOWEL));
    if leading < LEADINGS && vowel < VOWELS {
        return Some(scalar(SYLLABLE + (leading * VOWELS + vowel) * TRAILINGS));
    }
    let (syllable, trailing) = (u64::from(first).wrapping_sub(SYLLABLE), u64::from(second).wrapping_sub(TRAILING));
    if syllable < LEADINGS * VOWELS * TRAILINGS && syllable % TRAILINGS == 0 && (1..TRAILINGS).contains(&trailing) {
        return Some(scalar(SYLLABLE + syllable + trailing));
    }
    find(first, u64::from(second)).map(scalar)
}

/// The letter in the lower bits.
fn scalar(entry: u64) -> char {
    u32::try_from(entry & LETTER).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

const LETTER: u64 = 0x1f_ffff;
// What is asked of one letter, beside each letter that may follow it.
const CLASS: u64 = 0x1f_0000;
const FIRST: u64 = 0x1f_0001;
const SECOND: u64 = 0x1f_0002;

/// What the tables know of a letter: with one of these questions, or with the letter that follows it, what the two compose to.
fn find(letter: char, question: u64) -> Option<u64> {
    static KNOWN: Table = Table::new(unpacked);
    let wanted = u64::from(letter) << 21 | question;
    KNOWN.first_from(wanted << 21).filter(|entry| entry >> 21 == wanted).map(|entry| entry & LETTER)
}

/// Every letter with a decomposition or a class, as `tests/normalization.rs` writes it.
const PACKED: &[u8] = include_bytes!("nfc.bin");

/// Letter, question and answer in 21 bits each, in order.
///
/// `PACKED` is three columns of numbers. The first holds letters, as the distance to the one before, times three, plus what
/// stands in the others: a class; or the two parts, the second counted from U+02FF; or such parts as do not compose again.
fn unpacked() -> Vec<u64> {
    let numbers = numbers(PACKED);
    let rows = numbers.len() / 3;
    let columns = numbers.iter().zip(numbers.iter().skip(rows)).zip(numbers.iter().skip(2 * rows));
    let mut known = Vec::new();
    let mut push = |letter: u64, question: u64, answer: u64| known.push(letter << 42 | question << 21 | answer);
    let (mut letter, mut first) = (0_u64, 0_u64);
    for ((head, left), right) in columns {
        letter = letter.wrapping_add(signed(head / 3));
        if head % 3 == 0 {
            push(letter, CLASS, *left);
            continue;
        }
        first = first.wrapping_add(signed(*left));
        push(letter, FIRST, first);
        if *right != 0 {
            push(letter, SECOND, right + 0x2ff);
        }
        if head % 3 == 1 {
            push(first, right + 0x2ff, letter);
        }
    }
    sort(&mut known);
    known
}

/// Sorts by all but the letter in the lower bits.
fn sort(entries: &mut [u64]) {
    // Most runs are one starter.
    if !entries.is_sorted() {
        order::sort_by_key(entries, |entry| entry >> 21);
    }
}

/// 0, 1, 2, 3, 4 … stand for 0, -1, 1, -2, 2 …
const fn signed(number: u64) -> u64 {
    number >> 1 ^ (number & 1).wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::char::decompose_canonical;

    #[test]
    fn every_letter_decomposes_as_the_library_says() {
        for letter in '\0'..=char::MAX {
            let (mut ours, mut theirs) = (String::new(), String::new());
            decompose(letter, &mut |part| ours.push(part));
            decompose_canonical(letter, |part| theirs.push(part));
            assert_eq!(ours, theirs, "{letter:?}");
        }
    }
}

//! "Did you mean": the known word that a mistyped one resembles.
use super::{length, small};

/// The known word nearest to `word`, if it is near: at most a third of its letters, and never more than two, differ.
#[must_use]
pub fn nearest<'n>(word: &str, known: &mut dyn Iterator<Item = &'n str>) -> Option<&'n str> {
    const LONGEST: usize = 64;
    let count = length(word);
    if count == 0 || count > LONGEST {
        return None;
    }
    let small = small_letters(word);
    let near = (count / 3).min(2);
    let mut best = None;
    let mut least = near + 1;
    for name in known {
        // A letter takes one to four bytes. Most names are too short or too long to be compared.
        if name.len() + near < count || name.len() > 4 * (count + near) || name == word {
            continue;
        }
        let other = small_letters(name);
        if other.len().abs_diff(small.len()) > near {
            continue;
        }
        // A word that differs in case alone is as near as one with a wrong letter.
        let distance = distance(&small, &other).max(1);
        if distance < least {
            (best, least) = (Some(name), distance);
        }
    }
    best
}

fn small_letters(word: &str) -> Vec<char> {
    word.chars().map(small).collect()
}

/// Letters to insert, remove, replace or swap with a neighbour (optimal string alignment).
fn distance(word: &[char], name: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=name.len()).collect();
    let mut previous = None;
    for (row, letter) in word.iter().enumerate() {
        let mut current = Vec::with_capacity(name.len() + 1);
        current.push(row + 1);
        let mut left = None;
        for (column, other) in name.iter().enumerate() {
            let value = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX / 2);
            let replaced = value(&above, column) + usize::from(letter != other);
            let mut best = replaced.min(value(&above, column + 1) + 1).min(value(&current, column) + 1);
            if column > 0 && previous == Some(other) && left == Some(letter) {
                best = best.min(value(&before, column - 1) + 1);
            }
            current.push(best);
            left = Some(other);
        }
        before = std::mem::replace(&mut above, current);
        previous = Some(letter);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_stranger_is_not() {
        const KNOWN: [&str; 6] = ["minLength", "maxLength", "required", "x-label", "type", "title"];
        for (word, expected) in [
            ("minLenght", Some("minLength")),
            ("minlength", Some("minLength")),
            ("requred", Some("required")),
            ("x-lable", Some("x-label")),
            ("typ", Some("type")),
            ("tpye", Some("type")),
            ("type", None),
            ("banana", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, &mut KNOWN.into_iter()), expected, "{word}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), &mut KNOWN.into_iter()), None);
    }

    #[test]
    fn a_word_of_two_letters_resembles_none() {
        for (word, known) in [("c", "a"), ("id", "if"), ("$i", "$id")] {
            assert_eq!(nearest(word, &mut [known].into_iter()), None, "{word}");
        }
        assert_eq!(nearest("nam", &mut ["name"].into_iter()), Some("name"));
    }
}

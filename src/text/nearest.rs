//! "Did you mean": the known word that a mistyped one resembles.

/// The known word nearest to `word`, if it is near: at most a third of its letters, and never more than two, differ.
#[must_use]
pub fn nearest<'n>(word: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    const LONGEST: usize = 64;
    let letters: Vec<char> = word.chars().take(LONGEST + 1).collect();
    if letters.len() > LONGEST {
        return None;
    }
    let near = (letters.len() / 3).clamp(1, 2);
    let measured = known.into_iter().map(|name| (distance(&letters, name), name));
    measured.filter(|(distance, _)| (1..=near).contains(distance)).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// Letters to insert, remove, replace or swap with a neighbour, case not counted (optimal string alignment).
fn distance(word: &[char], name: &str) -> usize {
    let name: Vec<char> = name.chars().collect();
    let same = |left: char, right: char| left.to_lowercase().eq(right.to_lowercase());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=name.len()).collect();
    let mut previous = None;
    for (row, letter) in word.iter().enumerate() {
        let mut current = vec![row + 1];
        let mut left = None;
        for (column, other) in name.iter().enumerate() {
            let value = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX / 2);
            let replaced = value(&above, column) + usize::from(!same(*letter, *other));
            let mut best = replaced.min(value(&above, column + 1) + 1).min(value(&current, column) + 1);
            let swapped = previous.is_some_and(|previous| same(previous, *other)) && left.is_some_and(|left| same(left, *letter));
            if swapped && column > 0 {
                best = best.min(value(&before, column - 1) + 1);
            }
            current.push(best);
            left = Some(*other);
        }
        before = std::mem::replace(&mut above, current);
        previous = Some(*letter);
    }
    let exact_but_case = above.last().copied().unwrap_or(0);
    if exact_but_case == 0 && word != name { 1 } else { exact_but_case }
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
            assert_eq!(nearest(word, KNOWN), expected, "{word}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), KNOWN), None);
    }
}

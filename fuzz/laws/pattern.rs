//! Patterns: what compiles and what matches, against a slow reference where there is one, and against the other ways to ask.

use super::reference::{self, Part};
use super::schema_maker::Chance;
use hoso::limits;
use hoso::regex::{OutOfSteps, PatternError, PatternProblem, Regex};

/// A pattern, a zero byte and a text; or choices that make both.
pub fn holds(input: &[u8]) {
    match super::is_made(input) {
        Ok(choices) => made(&mut Chance::Bytes(choices)),
        Err(text) => {
            let (pattern, text) = text.split_once('\0').unwrap_or((&text, ""));
            written(pattern, text);
        }
    }
}

fn made(chance: &mut Chance<'_>) {
    let part = Part::made(chance, 4);
    let mut pattern = String::new();
    part.write(&mut pattern);
    for _ in 0..2 {
        let text = reference::text(chance);
        let expected = part.is_in(&text);
        let text: String = text.into_iter().collect();
        if let Some(found) = written(&pattern, &text) {
            assert_eq!(found, expected, "{pattern:?} in {text:?}");
        }
        // With so many characters there are no tables.
        let others: String = ('\u{f0000}'..'\u{f0080}').collect();
        if let Ok(regex) = Regex::new(&format!("{pattern}|{others}")) {
            assert_eq!(regex.is_match(&text, &mut u64::MAX.clone()), Ok(expected), "without tables, {pattern:?} in {text:?}");
        }
    }
}

/// Whether a pattern matches, if it compiles. It may be one of RE2's syntax as well.
fn written(pattern: &str, text: &str) -> Option<bool> {
    if let Some(found) = compiled(Regex::re2(pattern), pattern, text) {
        re2(pattern, text, found);
    }
    let (regex, checked) = (Regex::new(pattern), Regex::check(pattern));
    assert_eq!(regex.as_ref().err(), checked.as_ref().err(), "{pattern:?}");
    let found = compiled(regex, pattern, text)?;
    let same = |pattern: String, expected| same(text, Regex::new(&pattern), &pattern, expected);
    same(format!("(?:{pattern})"), found);
    same(format!("^[^]*(?:{pattern})"), found);
    same(format!("(?:{pattern})[^]*$"), found);
    same(format!("^(?=[^]*?(?:{pattern}))"), found);
    same(format!("^(?![^]*(?:{pattern}))"), !found);
    same(format!("(?<=(?:{pattern})[^]*)$"), found);
    same(format!("(?<!(?:{pattern})[^]*)$(?![^])"), !found);
    Some(found)
}

/// The same in RE2's syntax. What `\Q` quotes may reach further than the pattern.
fn re2(pattern: &str, text: &str, found: bool) {
    let same = |pattern: String, expected| same(text, Regex::re2(&pattern), &pattern, expected);
    same(format!("(?U){pattern}"), found);
    if !pattern.contains(r"\Q") {
        same(format!("(?:{pattern})"), found);
        same(format!("(?:{pattern}|\\Q\\E[^\\x{{0}}-\\x{{10ffff}}])"), found);
        same(format!(r"\A(?s:.)*(?:{pattern})"), found);
        same(format!(r"(?P<n>{pattern})(?s:.*)\z"), found);
        let others: String = ('\u{f0000}'..'\u{f0080}').collect();
        same(format!("(?:{pattern})|{others}"), found);
    }
}

/// Whether there is a match, if there is a pattern, which then costs no more than it may.
fn compiled(regex: Result<Regex, PatternError>, pattern: &str, text: &str) -> Option<bool> {
    let regex = match regex {
        Ok(regex) => regex,
        Err(error) => {
            let written = error.written.chars().count();
            assert!(
                error.character >= 1 && error.character <= pattern.chars().count() + 1 && written <= pattern.chars().count(),
                "{error:?}"
            );
            return None;
        }
    };
    assert!(regex.cost() <= limits::PATTERNS_COST / 10, "{pattern:?} costs {}", regex.cost());
    let mut left = u64::MAX;
    let found = regex.is_match(text, &mut left).expect("there are steps for ever");
    let spent = u64::MAX - left;
    assert!(spent <= 2 * regex.cost() * (text.len() as u64 + 1), "{pattern:?} takes {spent} steps over {} bytes", text.len());
    assert_eq!(regex.is_match(text, &mut spent.clone()), Ok(found), "with just enough steps");
    if let Some(mut less) = spent.checked_sub(1) {
        assert_eq!(regex.is_match(text, &mut less), Err(OutOfSteps), "with one step too few");
    }
    Some(found)
}

/// Another way to ask for the same gives the same answer, unless it is too large to be asked.
fn same(text: &str, regex: Result<Regex, PatternError>, pattern: &str, expected: bool) {
    match regex {
        Ok(regex) => assert_eq!(regex.is_match(text, &mut u64::MAX.clone()), Ok(expected), "{pattern:?} in {text:?}"),
        Err(error) => assert!(
            matches!(error.problem, PatternProblem::TooDeep | PatternProblem::TooLong | PatternProblem::TooManyStates),
            "{pattern:?}: {error:?}"
        ),
    }
}

//! Names of entries: those that every system keeps as they are, and no two of which become one file anywhere.
//!
//! `Đơn/Tờ khai.pdf` passes; `../a`, `/a`, `C:\a`, `a//b` and a name that a reader does not see as it is stored do not.

use super::ZipError;
use crate::limits;
use crate::order;
use crate::text::{nfc, small, unsafe_text};

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// It is empty or longer than [`limits::ZIP_NAME_BYTES`].
    Length,
    /// It leads elsewhere: it is absolute, names a drive, has a backslash, or a segment that is empty, `.` or `..` (APPNOTE 4.4.17.1).
    Path,
    /// It holds a control character, one that hides or reorders letters, or letters that are not composed.
    Letters,
    /// It is neither ASCII nor marked as UTF-8 (APPNOTE 4.4.4, bit 11), or marked so and is not.
    Encoding,
}

impl NameProblem {
    /// The problem in a word, for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Path => "path",
            Self::Letters => "letters",
            Self::Encoding => "encoding",
        }
    }
}

/// What is wrong with the name of a file, if anything is.
#[must_use]
pub fn name_problem(name: &str) -> Option<NameProblem> {
    if name.is_empty() || name.len() > limits::ZIP_NAME_BYTES {
        return Some(NameProblem::Length);
    }
    // A colon is a drive on Windows, and there also names a stream inside a file.
    if name.contains(['\\', ':']) || name.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
        return Some(NameProblem::Path);
    }
    // Letters that are not composed are told apart from composed ones on some systems only.
    (name.contains('\n') || unsafe_text(name).is_some()).then_some(NameProblem::Letters)
}

/// Refuses names of which a system that does not tell letter cases apart would make one, and files that would stand in the place of a folder.
pub(crate) fn refuse_collisions(names: &[&str]) -> Result<(), ZipError> {
    let collision = |first: &str, second: &str| Err(ZipError::Collision { first: first.to_owned(), second: second.to_owned() });
    let mut folded = Vec::with_capacity(names.len());
    for name in names {
        folded.push((fold(name), *name));
    }
    order::sort_by(&mut folded, Ord::cmp);
    for pair in folded.windows(2) {
        if let [(left, first), (right, second)] = pair
            && left == right
        {
            return collision(first, second);
        }
    }
    for (name, second) in &folded {
        let mut folder = name.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Ok(at) = folded.binary_search_by(|(other, _)| other.as_str().cmp(above)) {
                return collision(folded.get(at).map_or(above, |(_, first)| first), second);
            }
            folder = above;
        }
    }
    Ok(())
}

fn fold(name: &str) -> String {
    nfc(name).chars().map(small).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_or_deceive_are_unfit() {
        let long = "a".repeat(limits::ZIP_NAME_BYTES + 1);
        for (name, expected) in [
            ("a", None),
            ("META-INF/ASiCManifest001.xml", None),
            ("Đơn/Tờ khai thay đổi thông tin.pdf", None),
            ("..a/b..", None),
            ("", Some(NameProblem::Length)),
            (long.as_str(), Some(NameProblem::Length)),
            ("..", Some(NameProblem::Path)),
            ("a/../b", Some(NameProblem::Path)),
            ("/a", Some(NameProblem::Path)),
            ("a//b", Some(NameProblem::Path)),
            ("a/", Some(NameProblem::Path)),
            ("./a", Some(NameProblem::Path)),
            ("a\\b", Some(NameProblem::Path)),
            ("C:a", Some(NameProblem::Path)),
            ("a.txt:ads", Some(NameProblem::Path)),
            ("a\0b", Some(NameProblem::Letters)),
            ("a\nb", Some(NameProblem::Letters)),
            ("fdp.\u{202e}exe", Some(NameProblem::Letters)),
            ("a\u{200b}b", Some(NameProblem::Letters)),
            ("To\u{302}", Some(NameProblem::Letters)),
        ] {
            assert_eq!(name_problem(name), expected, "{name:?}");
        }
    }

    #[test]
    fn names_that_become_one_file_somewhere_collide() {
        for (names, collide) in [
            (&["a", "b", "a.b", "c/a", "c/b"][..], false),
            (&["ab", "a/b", "a-/b"], false),
            (&["a", "b", "a"], true),
            (&["Đơn.pdf", "đƠN.PDF"], true),
            (&["T\u{1ed1}", "To\u{302}\u{301}"], true),
            (&["a/b", "a"], true),
            (&["a/b/c/d", "x", "A/B"], true),
        ] {
            assert_eq!(refuse_collisions(names).is_err(), collide, "{names:?}");
        }
    }
}

//! Reading JSON of one fixed shape: a member that is unknown, missing or of another kind is an error with its place.

use super::{Document, Kind, Pointer, Value};
use crate::text::{decimal, read_number};
use std::fmt;

/// What a document did that its fixed shape does not allow, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeError {
    /// Where it did it.
    pub path: Pointer,
    /// What it did.
    pub problem: ShapeProblem,
}

/// What a document did that its fixed shape does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeProblem {
    /// Left a member out.
    Missing,
    /// Held a value of another kind, or one outside what the member may hold.
    Mistyped,
    /// Had a member that is not defined.
    Unknown,
}

impl ShapeProblem {
    /// One word: `missing`, `mistyped` or `unknown`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Mistyped => "mistyped",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for ShapeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} member at `{}`", self.problem.word(), self.path)
    }
}

impl std::error::Error for ShapeError {}

/// A value and its place, read by what it must be.
#[derive(Clone, Debug)]
pub struct Shape<'d> {
    value: Value<'d>,
    path: Pointer,
}

impl<'d> Shape<'d> {
    /// The outermost value of a document.
    #[must_use]
    pub fn of(document: &'d Document) -> Self {
        Self { value: document.root(), path: Pointer::root() }
    }

    /// A value at a known place.
    #[must_use]
    pub const fn at(value: Value<'d>, path: Pointer) -> Self {
        Self { value, path }
    }

    /// An object with all of the required members, perhaps the optional ones, and no other.
    ///
    /// # Errors
    /// It is no object, or its members are not those.
    pub fn object(self, required: &[&str], optional: &[&str]) -> Result<Self, ShapeError> {
        if self.value.kind() != Kind::Object {
            return Err(self.mistyped());
        }
        let known = |name: &str| required.contains(&name) || optional.contains(&name);
        if let Some((name, _)) = self.value.members().find(|(name, _)| !known(name)) {
            return Err(ShapeError { path: self.path.child(name), problem: ShapeProblem::Unknown });
        }
        match required.iter().find(|name| self.value.member(name).is_none()) {
            Some(name) => Err(ShapeError { path: self.path.child(name), problem: ShapeProblem::Missing }),
            None => Ok(self),
        }
    }

    /// A member that must be there.
    ///
    /// # Errors
    /// It is missing.
    pub fn member(&self, name: &str) -> Result<Self, ShapeError> {
        self.optional(name).ok_or_else(|| ShapeError { path: self.path.child(name), problem: ShapeProblem::Missing })
    }

    /// A member that may be there.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<Self> {
        self.value.member(name).map(|value| Self { value, path: self.path.child(name) })
    }

    /// The items of an array.
    ///
    /// # Errors
    /// It is no array.
    pub fn items(&self) -> Result<impl Iterator<Item = Self>, ShapeError> {
        if self.value.kind() != Kind::Array {
            return Err(self.mistyped());
        }
        Ok(self.value.items().enumerate().map(|(at, value)| Self { value, path: self.path.child(&decimal(at as u64)) }))
    }

    /// A string.
    ///
    /// # Errors
    /// It is no string.
    pub fn text(&self) -> Result<&'d str, ShapeError> {
        self.value.as_str().ok_or_else(|| self.mistyped())
    }

    /// A string that reads as something.
    ///
    /// # Errors
    /// It is no string, or does not read so.
    pub fn read<T>(&self, reader: impl FnOnce(&'d str) -> Option<T>) -> Result<T, ShapeError> {
        self.value.as_str().and_then(reader).ok_or_else(|| self.mistyped())
    }

    /// A string that must be exactly this.
    ///
    /// # Errors
    /// It is anything else.
    pub fn exactly(&self, expected: &str) -> Result<(), ShapeError> {
        self.read(|text| (text == expected).then_some(()))
    }

    /// A whole number written without fraction or exponent.
    ///
    /// # Errors
    /// It is no such number.
    pub fn integer(&self) -> Result<i64, ShapeError> {
        self.value.as_number().and_then(|number| number.plain()).ok_or_else(|| self.mistyped())
    }

    /// A size or count.
    ///
    /// # Errors
    /// It is no whole number from 0.
    pub fn size(&self) -> Result<u64, ShapeError> {
        self.value.as_number().and_then(|number| read_number(number.text())).ok_or_else(|| self.mistyped())
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// It is neither.
    pub fn truth(&self) -> Result<bool, ShapeError> {
        self.value.as_bool().ok_or_else(|| self.mistyped())
    }

    /// The error that this value is not what its place allows.
    #[must_use]
    pub fn mistyped(&self) -> ShapeError {
        ShapeError { path: self.path.clone(), problem: ShapeProblem::Mistyped }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(i64, Option<bool>), ShapeError> {
        let document = Document::read(text).unwrap();
        let root = Shape::of(&document).object(&["a", "list"], &["b"])?;
        for item in root.member("list")?.items()? {
            item.exactly("x")?;
        }
        Ok((root.member("a")?.integer()?, root.optional("b").map(|b| b.truth()).transpose()?))
    }

    #[test]
    fn what_has_the_shape_is_read() {
        assert_eq!(read(r#"{"list": ["x", "x"], "a": -7}"#), Ok((-7, None)));
        assert_eq!(read(r#"{"a": 0, "b": false, "list": []}"#), Ok((0, Some(false))));
    }

    #[test]
    fn what_has_another_shape_is_refused_with_its_place() {
        for (text, path, problem) in [
            ("[]", "", ShapeProblem::Mistyped),
            (r#"{"a": 1}"#, "/list", ShapeProblem::Missing),
            (r#"{"a": 1, "list": [], "c/d": 1}"#, "/c~1d", ShapeProblem::Unknown),
            (r#"{"a": "1", "list": []}"#, "/a", ShapeProblem::Mistyped),
            (r#"{"a": 1.0, "list": []}"#, "/a", ShapeProblem::Mistyped),
            (r#"{"a": 1e2, "list": []}"#, "/a", ShapeProblem::Mistyped),
            (r#"{"a": 9223372036854775808, "list": []}"#, "/a", ShapeProblem::Mistyped),
            (r#"{"a": 1, "list": {}}"#, "/list", ShapeProblem::Mistyped),
            (r#"{"a": 1, "list": ["x", "y"]}"#, "/list/1", ShapeProblem::Mistyped),
            (r#"{"a": 1, "list": [], "b": null}"#, "/b", ShapeProblem::Mistyped),
        ] {
            assert_eq!(read(text), Err(ShapeError { path: Pointer::parse(path).unwrap(), problem }), "{text}");
        }
    }
}

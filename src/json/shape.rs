//! Reading JSON of one fixed shape: a member that is unknown, missing or of another kind is an error with its place.

use super::{Document, Kind, Pointer, Value};
use crate::text::read_number;
use std::cell::OnceCell;
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
        out.write_str(&self.text())
    }
}

impl ShapeError {
    /// The error for a programmer, on one line.
    #[must_use]
    pub fn text(&self) -> String {
        [self.problem.word(), " member at `", self.path.as_str(), "`"].concat()
    }
}

impl std::error::Error for ShapeError {}

/// A value, read by what it must be. Its place is looked up only when it has to be said.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'d> {
    value: Value<'d>,
}

impl<'d> Shape<'d> {
    /// The outermost value of a document.
    #[must_use]
    pub fn of(document: &'d Document) -> Self {
        Self { value: document.root() }
    }

    /// A value inside a document.
    #[must_use]
    pub const fn at(value: Value<'d>) -> Self {
        Self { value }
    }

    /// The value itself.
    #[must_use]
    pub const fn value(self) -> Value<'d> {
        self.value
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
            return Err(self.wrong(name, ShapeProblem::Unknown));
        }
        match required.iter().find(|name| self.value.member(name).is_none()) {
            Some(name) => Err(self.wrong(name, ShapeProblem::Missing)),
            None => Ok(self),
        }
    }

    /// A member that must be there.
    ///
    /// # Errors
    /// It is missing.
    pub fn member(self, name: &str) -> Result<Self, ShapeError> {
        self.optional(name).ok_or_else(|| self.wrong(name, ShapeProblem::Missing))
    }

    /// A member that may be there.
    #[must_use]
    pub fn optional(self, name: &str) -> Option<Self> {
        self.value.member(name).map(Self::at)
    }

    /// The items of an array.
    ///
    /// # Errors
    /// It is no array.
    pub fn items(self) -> Result<impl Iterator<Item = Self>, ShapeError> {
        if self.value.kind() == Kind::Array { Ok(self.value.items().map(Self::at)) } else { Err(self.mistyped()) }
    }

    /// A string.
    ///
    /// # Errors
    /// It is no string.
    pub fn text(self) -> Result<&'d str, ShapeError> {
        self.value.as_str().ok_or_else(|| self.mistyped())
    }

    /// A string that reads as something.
    ///
    /// # Errors
    /// It is no string, or does not read so.
    pub fn read<T>(self, reader: impl FnOnce(&'d str) -> Option<T>) -> Result<T, ShapeError> {
        self.value.as_str().and_then(reader).ok_or_else(|| self.mistyped())
    }

    /// A string that must be exactly this.
    ///
    /// # Errors
    /// It is anything else.
    pub fn exactly(self, expected: &str) -> Result<(), ShapeError> {
        if self.value.as_str() == Some(expected) { Ok(()) } else { Err(self.mistyped()) }
    }

    /// A whole number written without fraction or exponent.
    ///
    /// # Errors
    /// It is no such number.
    pub fn integer(self) -> Result<i64, ShapeError> {
        self.value.as_number().and_then(|number| number.plain()).ok_or_else(|| self.mistyped())
    }

    /// A size or count.
    ///
    /// # Errors
    /// It is no whole number from 0.
    pub fn size(self) -> Result<u64, ShapeError> {
        self.value.as_number().and_then(|number| read_number(number.text())).ok_or_else(|| self.mistyped())
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// It is neither.
    pub fn truth(self) -> Result<bool, ShapeError> {
        self.value.as_bool().ok_or_else(|| self.mistyped())
    }

    /// The error that this value is not what its place allows.
    #[must_use]
    pub fn mistyped(self) -> ShapeError {
        ShapeError { path: self.value.pointer(), problem: ShapeProblem::Mistyped }
    }

    fn wrong(self, member: &str, problem: ShapeProblem) -> ShapeError {
        ShapeError { path: self.value.pointer().child(member), problem }
    }

    /// Reads something whole by the closure, which need not look for mistakes: the first one is the answer.
    ///
    /// # Errors
    /// What [`Reading`] met first.
    pub fn reading<T>(self, read: impl FnOnce(Reading<'_, 'd>) -> T) -> Result<T, ShapeError> {
        let wrong = OnceCell::new();
        let whole = read(Reading { shape: Some(self), wrong: &wrong });
        wrong.into_inner().map_or(Ok(whole), Err)
    }
}

/// A value that is read as a [`Shape`] is, but without an error at each step: the first mistake is kept for the end, and what is
/// not as it must be reads as nothing. Made by [`Shape::reading`], which gives the error instead of what was read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'r, 'd> {
    shape: Option<Shape<'d>>,
    wrong: &'r OnceCell<ShapeError>,
}

impl<'d> Reading<'_, 'd> {
    /// See [`Shape::object`].
    #[must_use]
    pub fn object(self, required: &[&str], optional: &[&str]) -> Self {
        Self { shape: self.kept(|shape| shape.object(required, optional)), ..self }
    }

    /// See [`Shape::member`].
    #[must_use]
    pub fn member(self, name: &str) -> Self {
        Self { shape: self.kept(|shape| shape.member(name)), ..self }
    }

    /// See [`Shape::optional`].
    #[must_use]
    pub fn optional(self, name: &str) -> Option<Self> {
        self.shape?.optional(name).map(|shape| Self { shape: Some(shape), ..self })
    }

    /// The items of an array, each read as something.
    pub fn items<T>(self, read: impl Fn(Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        for shape in self.kept(Shape::items).into_iter().flatten() {
            items.push(read(Self { shape: Some(shape), ..self }));
        }
        items
    }

    /// See [`Shape::text`].
    #[must_use]
    pub fn text(self) -> &'d str {
        self.kept(Shape::text).unwrap_or_default()
    }

    /// See [`Shape::read`].
    pub fn read<T>(self, reader: impl FnOnce(&'d str) -> Option<T>) -> Option<T> {
        let value = reader(self.text());
        if value.is_none() {
            self.refuse();
        }
        value
    }

    /// See [`Shape::exactly`].
    pub fn exactly(self, expected: &str) {
        self.kept(|shape| shape.exactly(expected));
    }

    /// See [`Shape::size`].
    #[must_use]
    pub fn size(self) -> u64 {
        self.kept(Shape::size).unwrap_or_default()
    }

    /// See [`Shape::truth`].
    #[must_use]
    pub fn truth(self) -> bool {
        self.kept(Shape::truth).unwrap_or_default()
    }

    /// Holds something that its place does not allow.
    pub fn refuse(self) {
        self.kept(|shape| Err::<(), _>(shape.mistyped()));
    }

    fn kept<T>(self, read: impl FnOnce(Shape<'d>) -> Result<T, ShapeError>) -> Option<T> {
        match read(self.shape?) {
            Ok(value) => Some(value),
            Err(error) => {
                // Only the first is kept.
                let _ = self.wrong.set(error);
                None
            }
        }
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

    /// The same without an error at each step.
    fn read_through(text: &str) -> Result<(i64, Option<bool>), ShapeError> {
        let document = Document::read(text).unwrap();
        Shape::of(&document).reading(|whole| {
            let whole = whole.object(&["a", "list"], &["b"]);
            let list = whole.member("list").items(|item| item.exactly("x"));
            assert!(list.len() < 3);
            let number = whole.member("a");
            if number.size() > 1 << 60 {
                number.refuse();
            }
            (number.size() as i64, whole.optional("b").map(Reading::truth))
        })
    }

    #[test]
    fn what_has_the_shape_is_read() {
        assert_eq!(read(r#"{"list": ["x", "x"], "a": -7}"#), Ok((-7, None)));
        assert_eq!(read(r#"{"a": 0, "b": false, "list": []}"#), Ok((0, Some(false))));
        assert_eq!(read_through(r#"{"a": 7, "b": true, "list": ["x", "x"]}"#), Ok((7, Some(true))));
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
            let error = ShapeError { path: Pointer::parse(path).unwrap(), problem };
            assert_eq!(read(text), Err(error.clone()), "{text}");
            assert_eq!(read_through(text), Err(error), "{text}");
        }
    }
}

//! Facts: what an error or an issue says of the input, as data.

use super::Language;
use super::catalogue::Area;
use crate::json::{Pointer, ToJson, Writer};
use std::borrow::Cow;

/// One fact for a sentence. Facts never hold more of a person's input than the sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A count, a size or a position.
    Number(u64),
    /// A number as a schema wrote it, digit for digit.
    Decimal(String),
    /// A name or a place.
    Text(Cow<'static, str>),
}

impl From<u64> for Fact {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Fact {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<&'static str> for Fact {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<&String> for Fact {
    fn from(text: &String) -> Self {
        Self::Text(Cow::Owned(text.clone()))
    }
}

impl From<&Pointer> for Fact {
    fn from(path: &Pointer) -> Self {
        path.as_str().to_owned().into()
    }
}

/// Named facts in the order they were given. Written as a JSON object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(Vec<(&'static str, Fact)>);

impl Facts {
    /// No facts.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// These facts and one more.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.0.push((name, fact.into()));
        self
    }

    /// The fact of that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Fact> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, fact)| fact)
    }

    /// Every fact with its name, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Fact)> {
        self.0.iter().map(|(name, fact)| (*name, fact))
    }
}

impl ToJson for Fact {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Number(number) => number.write(out),
            Self::Decimal(text) => out.string(text),
            Self::Text(text) => out.string(text),
        }
    }
}

impl ToJson for Facts {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            for (name, fact) in &self.0 {
                out.member(name, fact);
            }
            out
        });
    }
}

/// An error with a stable code and facts: its sentence is made from them by [`super::sentence`].
pub trait Coded {
    /// The stable code, public API: `docs/issues.md` lists them all.
    fn code(&self) -> &'static str;

    /// The area of the catalogue that holds the code's sentences. A module in a browser holds the areas that its errors name.
    fn sentences(&self) -> Area;

    /// What the sentence says of the input.
    fn facts(&self) -> Facts {
        Facts::none()
    }

    /// The facts as the sentence of a language words them. A program reads [`Coded::facts`], which are the same in every language.
    fn worded(&self, _language: Language) -> Facts {
        self.facts()
    }

    /// Which of a code's sentences fits, where the catalogue has several (`code#variant`).
    fn variant(&self) -> Option<&'static str> {
        None
    }
}

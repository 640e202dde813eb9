//! JSON as it stands in the bytes: strict reading onto one tape, pointers, exact numbers, canonical form.
//!
//! A [`Document`] owns the text and a flat list of nodes; a [`Value`] is a place in it. Strings are
//! ranges of the text, numbers keep their digits, and nothing is copied but strings with escapes.
//!
//! ```
//! use hoso::json::Document;
//!
//! let document = Document::read(r#"{"name": "Lê", "capital": 150000000}"#)?;
//! let capital = document.root().member("capital").and_then(|value| value.as_number());
//! assert_eq!(capital.map(|number| number.text()), Some("150000000"));
//! # Ok::<(), hoso::json::ReadError>(())
//! ```

mod bytes;
mod canonical;
mod document;
mod double;
mod error;
mod number;
mod pointer;
mod read;
mod rows;
mod same;
mod shape;
mod sum;
mod tree;
mod write;

pub(crate) use bytes::{hash, name_hash, same};
pub use canonical::{CanonicalError, WriteError, canonical, canonical_from};
pub use document::{Document, Kind, NodeId, Value};
pub(crate) use double::fifteen_digits;
pub use double::{double_text, read_double};
pub use error::{Position, ReadError, ReadProblem};
pub use number::Number;
pub use pointer::Pointer;
pub(crate) use pointer::index;
pub(crate) use same::{first_repeat, hash_of_value};
pub use shape::{Reading, Shape, ShapeError, ShapeProblem};
pub use sum::DecimalSum;
pub(crate) use tree::Tree;
#[cfg(feature = "wasm-sign")]
pub(crate) use write::Written;
pub use write::{Object, ToJson, Writer, to_json};

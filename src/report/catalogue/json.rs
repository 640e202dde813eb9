//! Sentences of `json.*`: a document that cannot be read.

use super::{Entry, entry};

/// Sorted by code.
pub(super) const ENTRIES: &[Entry] = &[entry(
    "json.duplicate-name",
    "Dòng {line}, cột {column}: tên trường này đã có trong cùng đối tượng. Xóa một trong hai",
    "Line {line}, column {column}: this name already stands in the same object. Remove one of the two",
)];

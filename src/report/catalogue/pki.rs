//! Sentences of `asn1.*`, `crypto.*`, `key.*`, `certificate.*`, `path.*` and `crl.*`.

use super::Entry;

/// Sorted by code.
pub(super) const ENTRIES: &[Entry] = &[];

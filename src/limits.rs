//! Every bound on what input can make hoso do, with its unit and its reason.
//!
//! Nothing else in the crate invents a bound: a loop, depth or length that untrusted input drives
//! is bounded by a constant of this file.

/// Levels of nesting in a JSON document. Real forms stay below 10; recursion over 64 levels fits the
/// smallest stack hoso runs on (a worker's, 1 MiB).
pub const JSON_DEPTH: usize = 64;

/// Bytes of one JSON document: a form of 60 fields is 4 kB, a table of 10,000 rows 2 MB.
pub const JSON_BYTES: usize = 10_000_000;

/// Digits of one number as written. Comparing decimals costs time in proportion to their digits.
pub const NUMBER_DIGITS: usize = 4_096;

/// Issues written in one report. Nobody mends more in one sitting; the report says it was cut.
pub const ISSUES: usize = 1_000;

/// Steps one validation may spend: instructions run, elements compared, bytes of patterns matched.
/// About one second of work natively.
pub const STEPS: u64 = 100_000_000;

/// Subschemas entered inside one another while judging one document, references included.
/// Recursion of this depth fits a stack of 1 MiB.
pub const SCHEMA_DEPTH: usize = 1_000;

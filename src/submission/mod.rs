//! From a checked form to a signed package, and back.

pub mod view;

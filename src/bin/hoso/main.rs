//! The command `hoso`.
fn main() {}

//! Text that people and machines exchange: times, Unicode form, Vietnamese letters.

mod time;

pub use time::{Date, Instant, Moment};

//! Text that people and machines exchange: times, Base64, Unicode form, Vietnamese letters.

mod base64;
mod digits;
mod letters;
mod nearest;
mod nfc;
mod packed;
mod percent;
mod properties;
mod safe;
mod slug;
mod time;
mod timestamp;
mod vn;
mod zone;

pub use base64::Base64;
pub use digits::{
    Parts, cut, decimal, grouped, hexadecimal, joined, length, parts, push_number, read_number, without_leading, without_trailing,
};
pub use letters::{is_digit, is_letter, small};
pub use nearest::nearest;
pub(crate) use nfc::combining_class;
pub use nfc::{UNICODE_VERSION, is_nfc, nfc};
pub(crate) use packed::{Table, numbers};
pub(crate) use percent::percent_decoded;
pub use properties::{other_cases, property};
pub(crate) use safe::is_plain;
pub use safe::{Unsafe, code_point, readable, unsafe_text, visible};
pub use slug::slug;
pub use time::{Date, Instant, Moment};
pub(crate) use time::{NotTime, full_time, has_shape};
pub use timestamp::{Civil, CivilField, Duration, Timestamp};
pub(crate) use vn::same_name;
pub use vn::{
    Day, Sex, add_working_days, age_on, birth_year_of, date_in_words, name_key, normalize, number_in_words, place_of, sex_of,
    working_days_between,
};
pub(crate) use vn::{PERSONAL_ID_LENGTH, digits, plain};
pub use zone::Zone;

//! Zip files (PKWARE's APPNOTE 6.3.10): written in one frozen form, read strictly whoever made them.

pub mod container;
mod crc32;
mod error;
mod names;
mod read;
mod replace;

pub use container::{ContainerFull, Directory, Entry};
pub(crate) use crc32::Crc32;
pub use error::ZipError;
pub(crate) use names::refuse_collisions;
pub use names::{NameProblem, name_problem};
pub use read::{Archive, Member};
pub use replace::replaced;

//! `hoso canonical`: the canonical form, RFC 8785.

use crate::args::Canonical;
use crate::exit::{Done, Exit};
use crate::files;
use crate::output::raw;

pub fn run(options: &Canonical) -> Done {
    raw(&hoso::json::canonical(files::document(&options.file)?.root())?);
    Ok(Exit::Yes)
}

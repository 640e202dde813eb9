//! `hoso cert`: certificates by themselves.

mod show;
mod verify;

use crate::args::Cert;
use crate::exit::Done;
use crate::output::Context;
use hoso::text::{Instant, Moment};

pub fn run(which: &Cert, context: &Context) -> Done {
    match which {
        Cert::Show(options) => show::run(options, context),
        Cert::Verify(options) => verify::run(options, context),
    }
}

/// An instant as the clocks of Việt Nam show it, RFC 3339.
fn shown(instant: Instant) -> String {
    Moment::new(instant, Moment::VIETNAM).to_string()
}

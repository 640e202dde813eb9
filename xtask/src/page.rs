//! The demo's second half: the page, served on this machine until Ctrl-C.

use std::path::Path;

use crate::npm;
use crate::run::{Outcome, Run};

/// Builds the package and the page, serves the page with the demo's key and certificates, and says where it is.
///
/// # Errors
/// When a step fails, or the server ends by itself.
pub fn serve(demo: &Path) -> Outcome {
    println!("\nThe same in the browser: building the WebAssembly modules, the npm package and the page.");
    npm::build()?;
    npm::script("www")?;
    // Any free port.
    let server =
        Run::new("node").args(["--import", "./xtask/ends-with-xtask.mjs", "www/serve.mjs", "--port", "0", "--demo"]).arg(demo).held();
    let well = server.stream(|line| {
        if line.starts_with("http://") {
            println!("\nThe page is at {line} until Ctrl-C ends it. Open it in a browser: it validates, signs and verifies there.");
        } else {
            println!("{line}");
        }
    })?;
    if well { Ok(()) } else { Err("The page's server did not end well.".to_owned()) }
}

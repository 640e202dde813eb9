//! The memory of the modules. The standard library's allocator is five kilobytes larger.

use rlsf::{GlobalTlsf, GlobalTlsfOptions};

#[global_allocator]
static ALLOCATOR: GlobalTlsf<Growing> = GlobalTlsf::new();

/// The options' defaults: blocks grow in place, and memory that lies side by side becomes one block again when it is free.
struct Growing;

impl GlobalTlsfOptions for Growing {}

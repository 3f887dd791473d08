//! What the command line and the tests share: random scenarios, and what must hold in them.

pub mod soak;

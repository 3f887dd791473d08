//! What the command line and the tests share: random scenarios and hostile links, and what must hold for them.

pub mod fuzz;
pub mod soak;

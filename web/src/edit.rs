//! How people change a scenario: forms made from a fault's own description, the side panel's fields.
//!
//! All of it makes a scenario of a scenario, or an entry of its script. From here only the core,
//! `ui`, `text` and `run` may be used; who carries a change out is the page.

pub mod applicable;
pub mod forms;
pub mod number;
pub mod setup;

//! What is said about a run: captions, the story, what to try next.
//!
//! From here `run` and `edit` may be read. Nothing here draws, and nothing here changes a run.

pub mod lessons;
pub mod narration;
pub mod puppet;

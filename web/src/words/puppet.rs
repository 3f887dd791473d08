//! What a traitor that is played by hand asks, in words.

use crate::text::name;
use quorumscope_core::protocol::Kind;
use quorumscope_core::world::Awaited;

/// The question in words; `None` if nothing is asked.
#[must_use]
pub fn question(awaited: &[Awaited], kinds: &[Kind]) -> Option<String> {
    let passage = awaited.first()?.passage;
    let kind = kinds
        .get(usize::from(passage.kind))
        .map_or("message", |kind| kind.name);
    let about = match passage.label.sequence {
        0 => String::new(),
        sequence => format!(" for number {sequence}"),
    };
    Some(format!(
        "Your traitor, {}, is about to send its {kind}{about}. What does each get?",
        name(passage.from, usize::MAX).to_ascii_lowercase()
    ))
}

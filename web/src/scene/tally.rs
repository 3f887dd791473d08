//! What stands in a node in small lines, and how large text may be that has to stay in one.

use super::layout::NodePlace;
use super::{Ink, Scene};
use crate::run::present::Actor;

/// About how wide a letter of bold text is, for its size.
const BOLD: f32 = 0.56;

/// What it is done with, where a node is widest, and its round, if there are any: small lines under its name.
pub(super) fn tally(scene: &mut Scene, actor: &Actor, place: NodePlace, round: Option<&str>) {
    let done = actor.sketch.done;
    let ink = if done > 0 { Ink::Good } else { Ink::Muted };
    let round = round.map(|round| format!("{round} {}", actor.sketch.round));
    let lines = [
        Some((4.0, format!("{done} done"), ink)),
        round.map(|says| (14.5, says, Ink::Muted)),
    ];
    for (down, text, ink) in lines.into_iter().flatten() {
        let size = fitting(&text, chord(place.radius, down + 3.5), 9.0);
        scene.bold(place.at.plus(0.0, down), text, size, ink);
    }
}

/// How wide a node is within its outline, `down` below its middle.
fn chord(radius: f32, down: f32) -> f32 {
    2.0 * ((radius - 2.0).powi(2) - down * down).max(1.0).sqrt()
}

/// The size at which a bold text is no wider than this, and no larger than that.
pub(super) fn fitting(text: &str, width: f32, most: f32) -> f32 {
    (width / (text.chars().count() as f32 * BOLD)).min(most)
}

#[cfg(test)]
mod tests {
    use super::super::layout::TALLIED;
    use super::*;

    #[test]
    fn a_large_count_stays_within_its_node() {
        let wide = |text: &str, width| text.len() as f32 * fitting(text, width, 9.0) * BOLD;
        for text in ["0 done", "2873 done", "1000000 done"] {
            for (radius, down) in [(TALLIED, 8.0), (27.0, 8.0), (27.0, 18.5)] {
                let width = chord(radius, down);
                assert!(wide(text, width) <= width + 0.01, "{text}: {radius}");
            }
        }
        assert_eq!(fitting("12 done", chord(27.0, 8.0), 9.0), 9.0);
        assert_eq!(fitting("C0", 22.0 * 1.4, 14.0), 14.0);
        assert!(fitting("C1000", 22.0 * 1.4, 14.0) < 12.0);
    }
}

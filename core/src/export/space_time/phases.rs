//! Where each phase begins: the first message of its kind for a sequence number in a view.

use super::super::arrows;
use super::escape;
use super::paper::Paper;
use crate::trace::What;
use std::collections::BTreeSet;
use std::fmt::Write;

/// About the width of a letter.
const LETTER: f64 = 5.0;

/// Names the phases above the lines, as far as there is room.
pub(super) fn draw(svg: &mut String, paper: &Paper<'_>) {
    let mut begun = BTreeSet::new();
    let mut free = paper.left();
    let (top, foot) = (paper.top() - 20.0, paper.foot() - 40.0);
    for event in arrows::events(paper.world, paper.stretch) {
        let What::Sent { kind, label, .. } = &event.what else {
            continue;
        };
        if !begun.insert((*kind, label.view, label.sequence)) {
            continue;
        }
        let (x, name) = (
            paper.x(event.at),
            paper.world.kinds()[usize::from(*kind)].name,
        );
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {top:.1}V{foot:.1}\" stroke=\"#e3e3e3\" fill=\"none\"/>"
        );
        if x >= free {
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"9\" fill=\"#555555\">{}</text>",
                top - 3.0,
                escape(name)
            );
            free = x + LETTER * (name.len() + 1) as f64;
        }
    }
}

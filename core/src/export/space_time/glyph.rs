//! The sign of each kind of message: a shape, a colour and a letter.

use super::super::arrows::Arrow;
use super::escape;
use super::paper::Paper;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Colours that colour-blind people tell apart, dark enough for thin lines on white.
const COLOURS: [&str; 8] = [
    "#2a8fc7", "#c98500", "#0072b2", "#009e73", "#b0578a", "#5d6874", "#d55e00", "#9a8f00",
];

/// The outlines, around the origin, in SVG's words.
const SHAPES: [&str; 8] = [
    "M-6 0A6 6 0 1 1 6 0A6 6 0 1 1 -6 0Z",
    "M-5.3 -5.3H5.3V5.3H-5.3Z",
    "M0 -7.6L6.8 4.4H-6.8Z",
    "M0 -7.2L7.2 0L0 7.2L-7.2 0Z",
    "M0 -6.6L5.7 -3.3V3.3L0 6.6L-5.7 3.3V-3.3Z",
    "M0 -6.8L6.5 -2.1L4 5.5H-4L-6.5 -2.1Z",
    "M0 -7.4L1.9 -4.5L5.2 -5.2L4.5 -1.9L7.4 0L4.5 1.9L5.2 5.2L1.9 4.5L0 7.4L-1.9 4.5L-5.2 5.2L-4.5 1.9L-7.4 0L-4.5 -1.9L-5.2 -5.2L-1.9 -4.5Z",
    "M0 7.6L-6.8 -4.4H6.8Z",
];

/// The colour of a kind of message.
pub(super) fn colour(kind: u8) -> &'static str {
    COLOURS[usize::from(kind) % COLOURS.len()]
}

/// The kinds that occur.
pub(super) fn kinds(arrows: &[Arrow]) -> BTreeSet<u8> {
    arrows.iter().map(|arrow| arrow.transit.kind).collect()
}

/// What the picture uses again and again: heads of arrows, signs of kinds, the cross of a loss.
pub(super) fn define(svg: &mut String, paper: &Paper<'_>, arrows: &[Arrow]) {
    svg.push_str("<defs>\n");
    for kind in kinds(arrows) {
        let colour = colour(kind);
        let shape = SHAPES[usize::from(kind) % SHAPES.len()];
        let letter = escape(&paper.world.kinds()[usize::from(kind)].letter.to_string());
        let drop = match usize::from(kind) % SHAPES.len() {
            2 => 3.6,
            7 => 1.2,
            _ => 2.6,
        };
        let _ = writeln!(
            svg,
            "<marker id=\"head{kind}\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" \
             markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\" markerUnits=\"userSpaceOnUse\">\
             <path d=\"M0 0.8L8 4L0 7.2Z\" fill=\"{colour}\"/></marker>\n\
             <g id=\"kind{kind}\"><path d=\"{shape}\" fill=\"#ffffff\" stroke=\"{colour}\" \
             stroke-width=\"1.2\"/><text y=\"{drop}\" font-size=\"7.5\" font-weight=\"bold\" \
             text-anchor=\"middle\" stroke=\"none\">{letter}</text></g>"
        );
    }
    svg.push_str(
        "<path id=\"lost\" d=\"M-4 -4L4 4M-4 4L4 -4\" stroke=\"#c00000\" stroke-width=\"2\"/>\n</defs>\n",
    );
}

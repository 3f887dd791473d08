//! Marks on the lines of nodes: a shape for each kind, a word where one is needed.

use super::super::signs::Sign;
use super::escape;
use super::paper::Paper;
use crate::space_time::Kind;
use std::fmt::Write;

/// Draws one mark where it belongs.
pub(super) fn draw(svg: &mut String, paper: &Paper<'_>, sign: &Sign) {
    let x = paper.x(sign.at);
    let Some(node) = sign.node else {
        everywhere(svg, paper, sign, x);
        return;
    };
    let y = paper.y(node);
    let _ = writeln!(
        svg,
        "<g transform=\"translate({x:.1} {y:.1})\"><title>{}</title>{}{}</g>",
        escape(&sign.says),
        shape(sign.kind),
        word(sign)
    );
}

/// The shape of a mark, around the origin.
pub(super) const fn shape(kind: Kind) -> &'static str {
    match kind {
        Kind::Reached(_) | Kind::Noted => {
            "<circle r=\"3\" fill=\"#ffffff\" stroke=\"#1a1a1a\" stroke-width=\"1.2\"/>"
        }
        Kind::Firm(_) => "<circle r=\"3\" fill=\"#1a1a1a\"/>",
        Kind::Executed(_) => "<path d=\"M-4.5 -4.5H4.5V4.5H-4.5Z\" fill=\"#1a1a1a\"/>",
        Kind::Answered => {
            "<path d=\"M-5 0L-1.5 4L5.5 -5\" fill=\"none\" stroke=\"#1a1a1a\" stroke-width=\"2.2\"/>"
        }
        Kind::Entered(_) => "<path d=\"M0 -11V11\" stroke=\"#1a1a1a\" stroke-width=\"2.4\"/>",
        Kind::Timeout => {
            "<path d=\"M-4 -5.5H4L-4 5.5H4Z\" fill=\"#ffffff\" stroke=\"#1a1a1a\" stroke-width=\"1.2\"/>"
        }
        Kind::Order => "<path d=\"M1 -8L-5 2H-0.5L-2 9L5 -2H0.5Z\" fill=\"#c00000\"/>",
        Kind::Broken => "<path d=\"M-6 -6L6 6M-6 6L6 -6\" stroke=\"#c00000\" stroke-width=\"3\"/>",
    }
}

/// What is written at a mark; the shape says the rest.
fn word(sign: &Sign) -> String {
    let (dx, dy) = match sign.kind {
        Kind::Reached(_) | Kind::Firm(_) | Kind::Timeout | Kind::Noted => return String::new(),
        Kind::Executed(_) => (0, -7),
        Kind::Answered => (0, -9),
        Kind::Entered(_) => (0, -13),
        Kind::Order | Kind::Broken => (0, 18),
    };
    format!(
        "<text x=\"{dx}\" y=\"{dy}\" font-size=\"9\" text-anchor=\"middle\">{}</text>",
        escape(&sign.word)
    )
}

/// What concerns all nodes is a line through all of them.
fn everywhere(svg: &mut String, paper: &Paper<'_>, sign: &Sign, x: f64) {
    let (top, bottom) = (paper.top() - 10.0, paper.foot() - 38.0);
    let _ = writeln!(
        svg,
        "<g><title>{says}</title><path d=\"M{x:.1} {top:.1}V{bottom:.1}\" stroke=\"#c00000\" \
         stroke-dasharray=\"2 2\" fill=\"none\"/>\
         <text x=\"{:.1}\" y=\"{bottom:.1}\" font-size=\"9\" fill=\"#c00000\">{}</text></g>",
        x + 3.0,
        escape(&sign.word),
        says = escape(&sign.says)
    );
}

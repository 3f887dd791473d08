//! What the signs mean: only those that occur, wrapped into the width of the picture.

use super::super::arrows::Arrow;
use super::super::signs::Sign;
use super::paper::Paper;
use super::{escape, glyph, marks};
use crate::space_time::Kind;
use std::collections::BTreeSet;
use std::fmt::Write;

const ROW: f64 = 20.0;
const LETTER: f64 = 6.2;

/// The finished legend.
pub(super) struct Legend {
    pub(super) svg: String,
    pub(super) height: f64,
}

/// Draws the legend below the axis.
pub(super) fn legend(paper: &Paper<'_>, arrows: &[Arrow], signs: &[Sign]) -> Legend {
    let mut entries: Vec<(String, String)> = Vec::new();
    for kind in glyph::kinds(arrows) {
        let name = paper.world.kinds()[usize::from(kind)].name;
        entries.push((format!("<use href=\"#kind{kind}\"/>"), name.into()));
    }
    if arrows.iter().any(|arrow| arrow.lost.is_some()) {
        entries.push(("<use href=\"#lost\"/>".into(), "lost".into()));
    }
    let kinds: BTreeSet<Kind> = signs.iter().map(|sign| sign.kind).collect();
    for kind in kinds {
        entries.push((marks::shape(kind).into(), kind.name()));
    }
    let mut svg = String::from("<g>\n");
    let (mut x, mut y) = (24.0, paper.foot());
    for (sign, name) in entries {
        let width = 26.0 + LETTER * name.len() as f64;
        if x + width > paper.width() {
            (x, y) = (24.0, y + ROW);
        }
        let _ = writeln!(
            svg,
            "<g transform=\"translate({x:.1} {y:.1})\">{sign}<text x=\"12\" y=\"4\">{}</text></g>",
            escape(&name)
        );
        x += width;
    }
    svg.push_str("</g>\n");
    Legend {
        svg,
        height: y - paper.foot() + ROW,
    }
}

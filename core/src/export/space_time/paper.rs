//! Where things stand: an instant's place across, a node's place down; lines and axis.

use super::super::arrows::Arrow;
use super::super::{Stretch, names};
use super::escape;
use crate::protocol::NodeId;
use crate::report::trace_hash;
use crate::space_time::Grid;
use crate::time::Time;
use crate::world::World;
use std::fmt::Write;

/// Space for the names, above the field, and to its right.
const LEFT: f64 = 84.0;
const TOP: f64 = 74.0;
const RIGHT: f64 = 40.0;
/// The width of a message that takes the median time.
const WIDE: f64 = 76.0;
/// The field is never narrower or wider.
const NARROWEST: f64 = 560.0;
const WIDEST: f64 = 9_000.0;
/// Between two ticks of the axis, at least.
const TICKS_APART: f64 = 80.0;

/// The sheet that is drawn on.
pub(super) struct Paper<'a> {
    pub(super) world: &'a dyn World,
    pub(super) stretch: Stretch,
    pub(super) grid: Grid,
}

impl<'a> Paper<'a> {
    pub(super) fn new(world: &'a dyn World, stretch: Stretch, arrows: &[Arrow]) -> Self {
        let mut widths: Vec<u64> = arrows
            .iter()
            .map(|arrow| arrow.ended.since(arrow.transit.sent).0)
            .filter(|width| *width > 0)
            .collect();
        widths.sort_unstable();
        let typical = widths.get(widths.len() / 2).copied().unwrap_or(1) as f64;
        let length = stretch.to.since(stretch.from).0 as f64;
        Self {
            world,
            stretch,
            grid: Grid {
                from: stretch.from.0 as f64,
                span: length.max(1.0),
                left: LEFT,
                width: (length / typical * WIDE).clamp(NARROWEST, WIDEST),
                top: TOP,
                gap: (900.0 / world.nodes().max(1) as f64).clamp(16.0, 66.0),
                cast: world.scenario().cast,
            },
        }
    }

    pub(super) fn width(&self) -> f64 {
        LEFT + self.grid.width + RIGHT
    }

    /// Where the axis ends and the legend begins.
    pub(super) fn foot(&self) -> f64 {
        self.bottom() + 56.0
    }

    fn bottom(&self) -> f64 {
        TOP + self.grid.gap * self.world.nodes().saturating_sub(1) as f64
    }

    pub(super) fn top(&self) -> f64 {
        TOP
    }

    pub(super) fn left(&self) -> f64 {
        LEFT
    }

    pub(super) fn x(&self, at: Time) -> f64 {
        self.grid.x(at)
    }

    pub(super) fn y(&self, node: NodeId) -> f64 {
        self.grid.y(node)
    }

    pub(super) fn title(&self) -> String {
        format!(
            "{}, from {} to {}",
            names::title(self.world),
            self.stretch.from,
            self.stretch.to
        )
    }

    /// Everything that is there before anything happens.
    pub(super) fn draw(&self, svg: &mut String) {
        let (left, right) = (LEFT, LEFT + self.grid.width);
        let engine = format!(
            "Quorumscope {}, trace {}",
            crate::link::ENGINE,
            trace_hash(self.world)
        );
        let _ = writeln!(
            svg,
            "<clipPath id=\"field\"><rect x=\"{left}\" y=\"0\" width=\"{:.1}\" height=\"{:.1}\"/></clipPath>\n\
             <text x=\"12\" y=\"20\" font-size=\"13\" font-weight=\"bold\">{}</text>\n\
             <text x=\"12\" y=\"35\" font-size=\"9\" fill=\"#666666\">{}</text>",
            self.grid.width + 1.0,
            self.bottom() + 30.0,
            escape(&self.title()),
            escape(&engine),
        );
        for node in names::order(self.world) {
            let (y, name) = (self.y(node), escape(&names::long(self.world, node)));
            let _ = writeln!(
                svg,
                "<line x1=\"{left:.1}\" y1=\"{y:.1}\" x2=\"{right:.1}\" y2=\"{y:.1}\" stroke=\"#9a9a9a\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{name}</text>",
                left - 8.0,
                y + 4.0
            );
        }
        self.axis(svg);
    }

    fn axis(&self, svg: &mut String) {
        let y = self.bottom() + 28.0;
        let _ = writeln!(svg, "<g fill=\"#555555\" stroke=\"none\" font-size=\"9\">");
        for at in self.grid.ticks(TICKS_APART).1 {
            let x = self.x(at);
            let _ = writeln!(
                svg,
                "<line x1=\"{x:.1}\" y1=\"{:.1}\" x2=\"{x:.1}\" y2=\"{y:.1}\" stroke=\"#bbbbbb\"/>\
                 <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                y - 5.0,
                y + 10.0,
                at
            );
        }
        svg.push_str("</g>\n");
    }
}

//! The space-time diagram: a line for each node, time to the right, messages aslant.
//!
//! Only the visible window is looked at, and no more than some hundreds of its
//! events are drawn, so a million events cost no more than a hundred.

mod arrows;

mod bands;

mod figure;

mod signs;

use super::{Align, Ink, Scene};
use crate::geometry::{Point, at};
use crate::run::focus::Focus;
use crate::run::marks::Marks;
use crate::run::present::{Actor, Present};
use crate::ui::Target;
use figure::Figure;
use quorumscope_core::cast::Cast;
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::space_time;
use quorumscope_core::time::Time;

/// Room for names at the left.
const GUTTER: f32 = 46.0;
/// Room for phases at the top and instants at the bottom.
const HEAD: f32 = 26.0;
const FOOT: f32 = 18.0;
/// Between two instants that are named, at least.
const TICKS_APART: f64 = 90.0;
/// The narrowest and the widest window, in microseconds.
const SPANS: (f64, f64) = (50.0, 3.6e9);

/// Which part of the run is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Its left edge, in microseconds.
    pub from: f64,
    /// Its width, in microseconds.
    pub span: f64,
    /// Whether it moves along with the present.
    pub follow: bool,
}

impl Window {
    /// Where the present stands in a window that follows, as a part of its width.
    pub const PRESENT: f64 = 0.72;

    /// A window of `span` microseconds at the start, which follows the present.
    #[must_use]
    pub fn following(span: f64) -> Self {
        Self {
            from: 0.0,
            span,
            follow: true,
        }
    }

    /// The window, moved so that `now` is in sight, if it follows.
    #[must_use]
    pub fn at(self, now: Time) -> Self {
        if !self.follow {
            return self;
        }
        let from = (now.0 as f64 - self.span * Self::PRESENT).max(0.0);
        Self { from, ..self }
    }

    /// Closer or wider by a factor, around a part of its width.
    #[must_use]
    pub fn zoomed(self, factor: f64, around: f64) -> Self {
        let span = (self.span * factor).clamp(SPANS.0, SPANS.1);
        let from = (self.from + (self.span - span) * around).max(0.0);
        Self { from, span, ..self }
    }

    /// Moved by a part of its width; it stops following.
    #[must_use]
    pub fn moved(self, part: f64) -> Self {
        Self {
            from: (self.from + self.span * part).max(0.0),
            follow: false,
            ..self
        }
    }

    /// The part of the width at a place across a diagram of this width.
    #[must_use]
    pub fn part(x: f32, width: f32) -> f64 {
        f64::from((x - GUTTER) / (width - GUTTER).max(1.0))
    }

    /// The instant at a place across a diagram of this width.
    #[must_use]
    pub fn instant(self, x: f32, width: f32) -> Time {
        Time((self.from + Self::part(x, width) * self.span).max(0.0) as u64)
    }
}

/// What the diagram is drawn from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The run now.
    pub present: &'a Present,
    /// What happened, and what is known of what will.
    pub chronicle: &'a Chronicle,
    /// Another way the run went.
    pub ghost: Option<&'a Chronicle>,
    /// The instant that is shown as now.
    pub now: Time,
    /// Which of its events are worth a mark.
    pub marks: &'a Marks,
    /// The scenario, for its script and the words of its system.
    pub scenario: &'a Scenario,
    /// Where the other way parted from this one.
    pub parted: Time,
    /// What is selected.
    pub focus: Focus,
    /// Only what this node has seen is shown.
    pub through: Option<NodeId>,
}

/// How the window lies over the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    lanes: space_time::Grid,
    size: (f32, f32),
}

impl Grid {
    fn new(window: Window, size: (f32, f32), cast: Cast) -> Self {
        let gap = f64::from(size.1 - HEAD - FOOT) / f64::from(cast.total().max(1));
        let lanes = space_time::Grid {
            from: window.from,
            span: window.span,
            left: GUTTER.into(),
            width: f64::from((size.0 - GUTTER).max(1.0)),
            top: f64::from(HEAD) + gap / 2.0,
            gap,
            cast,
        };
        Self { lanes, size }
    }

    fn x(&self, at: Time) -> f32 {
        self.lanes.x(at) as f32
    }

    fn y(&self, node: NodeId) -> f32 {
        self.lanes.y(node) as f32
    }

    fn row(&self) -> f32 {
        self.lanes.gap as f32
    }

    fn spot(&self, when: Time, node: NodeId) -> Point {
        at(self.x(when), self.y(node))
    }

    fn end(&self) -> Time {
        self.lanes.end()
    }
}

/// Draws the window.
#[must_use]
pub fn spacetime(sources: &Sources<'_>, window: Window, size: (f32, f32)) -> Scene {
    let grid = Grid::new(window.at(sources.now), size, sources.present.cast);
    let figure = Figure::new(grid, sources);
    let mut scene = Scene::default();
    let names = figure.ground(&mut scene);
    lit(&mut scene, sources, &grid);
    lines(&mut scene, sources, &grid);
    instants(&mut scene, &grid);
    figure.draw(&mut scene);
    cursor(&mut scene, sources, &grid);
    bands::name(&mut scene, &names);
    said(&mut scene, &grid, figure.every, sources.ghost.is_some());
    scene
}

/// The selected node's line and the selected moment, behind all else.
fn lit(scene: &mut Scene, sources: &Sources<'_>, grid: &Grid) {
    let focus = &sources.focus;
    let ends = focus.link.map(|(from, to)| [Some(from), Some(to)]);
    for node in ends.unwrap_or([focus.node, None]).into_iter().flatten() {
        let half = (grid.row() / 2.0).clamp(2.0, 13.0);
        let y = grid.y(node);
        bands::rect(
            scene,
            (0.0, y - half),
            (grid.size.0, y + half),
            Ink::Wash,
            1.0,
        );
    }
    if let Some((_, when)) = focus.event {
        let x = grid.x(when);
        if x >= GUTTER && x <= grid.size.0 {
            let line = scene.line(at(x, HEAD), at(x, grid.size.1 - FOOT), Ink::Accent, 1.0);
            line.dashed();
        }
    }
}

/// Where not every message is drawn, or two ways of the run are, that is said.
fn said(scene: &mut Scene, grid: &Grid, every: usize, other: bool) {
    let thinned = (every > 1).then(|| format!("one arrow for every {every} events"));
    let other = other.then(|| "dashed: the other way".to_string());
    let says: Vec<String> = [thinned, other].into_iter().flatten().collect();
    if !says.is_empty() {
        let spot = at(grid.size.0 - 6.0, HEAD - 16.0);
        scene.text(spot, says.join(" · "), 11.0, Ink::Muted, Align::End);
    }
}

/// A line for each node, dashed while it is down, with its name.
fn lines(scene: &mut Scene, sources: &Sources<'_>, grid: &Grid) {
    let apart = (3.0 / grid.row()).ceil().max(1.0) as usize;
    let mut written = f32::NEG_INFINITY;
    let last_client = sources.present.actors.last().filter(|actor| actor.client);
    let below_clients = last_client.map_or(written, |actor| grid.y(actor.id));
    for (index, actor) in sources.present.actors.iter().enumerate() {
        if index % apart != 0 && !actor.client {
            continue;
        }
        let y = grid.y(actor.id);
        life(scene, sources, grid, actor);
        // Clients come first from the top, and last in the list.
        let free = actor.client || y - written >= 13.0 && y - below_clients >= 13.0;
        if free {
            if !actor.client {
                written = y;
            }
            let spot = at(GUTTER - 8.0, y);
            let name = actor.short();
            let size = if name.len() > 4 { 10.5 } else { 12.0 };
            scene.text(spot, name, size, Ink::Ink, Align::End);
        }
    }
}

/// The line of a node: dashed from where it went down, if it is.
fn life(scene: &mut Scene, sources: &Sources<'_>, grid: &Grid, actor: &Actor) {
    let (y, end) = (grid.y(actor.id), grid.size.0);
    let known = sources.through.is_none_or(|node| node == actor.id);
    let crash = actor.condition.crashed.filter(|_| known);
    let crash = crash.and_then(|id| sources.chronicle.event(id));
    let down = crash.map_or(end, |event| grid.x(event.at).clamp(GUTTER, end));
    // Many lines are a ground, not a fence.
    let alpha = (grid.row() / 20.0).clamp(0.2, 0.6);
    if down > GUTTER {
        scene
            .line(at(GUTTER, y), at(down, y), Ink::Edge, 1.0)
            .faded(alpha);
    }
    if down < end {
        let line = scene.line(at(down, y), at(end, y), Ink::Edge, 1.0);
        line.dashed().faded(alpha);
    }
    let half = (grid.row() / 2.0).clamp(3.0, 12.0);
    scene.spot(
        at(GUTTER / 2.0, y),
        half.max(GUTTER / 2.0 - 4.0).min(half + 6.0),
        Target::Node(actor.id),
    );
}

/// Round instants along the bottom.
fn instants(scene: &mut Scene, grid: &Grid) {
    let (step, ticks) = grid.lanes.ticks(TICKS_APART);
    for tick in ticks {
        let x = grid.x(tick);
        let base = grid.size.1 - FOOT;
        scene
            .line(at(x, HEAD), at(x, base + 3.0), Ink::Line, 1.0)
            .faded(0.7);
        let text = instant(tick.0 as f64, step as f64);
        scene.text(at(x, base + 10.0), text, 11.0, Ink::Muted, Align::Middle);
    }
}

/// An instant in the unit that fits steps of this size; both in microseconds.
fn instant(micros: f64, step: f64) -> String {
    match step {
        step if step < 1e3 && micros < 1e4 => format!("{micros:.0} µs"),
        step if step < 1e3 => format!("{} ms", micros / 1e3),
        step if step < 1e6 => format!("{} ms", (micros / 1e3).round()),
        step if step < 3e7 => format!("{} s", (micros / 1e6).round()),
        _ => format!("{} min", (micros / 6e6).round() / 10.0),
    }
}

fn cursor(scene: &mut Scene, sources: &Sources<'_>, grid: &Grid) {
    let x = grid.x(sources.now);
    if x >= GUTTER && x <= grid.size.0 {
        scene.line(at(x, 4.0), at(x, grid.size.1 - FOOT), Ink::Accent, 1.75);
        let head = [(-5.0, -4.0), (5.0, -4.0), (0.0, 4.0)];
        scene.polygon(at(x, 5.0), 1.0, &head, Some(Ink::Accent), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_instant_under_the_pointer() {
        let window = Window {
            from: 1_000.0,
            span: 10_000.0,
            follow: false,
        };
        let (x, width) = (GUTTER + 300.0, GUTTER + 1_000.0);
        let before = window.instant(x, width);
        let after = window.zoomed(0.25, 0.3).instant(x, width);
        assert!(before.0.abs_diff(after.0) <= 1);
    }

    #[test]
    fn instants_are_told_in_the_unit_that_fits() {
        let told = [
            (20.0, 20.0, "20 µs"),
            (120_020.0, 20.0, "120.02 ms"),
            (150_000.0, 50_000.0, "150 ms"),
            (12e6, 2e6, "12 s"),
            (9e7, 3e7, "1.5 min"),
        ];
        for (micros, step, says) in told {
            assert_eq!(instant(micros, step), says);
        }
        assert_eq!(instant(9e7, 6e7), "1.5 min");
    }

    #[test]
    fn a_following_window_shows_the_present() {
        let window = Window::following(1_000.0).at(Time(50_000));
        assert!(window.from < 50_000.0 && 50_000.0 < window.from + window.span);
    }
}

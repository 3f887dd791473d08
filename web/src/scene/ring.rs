//! The ring: who is where, what they hold, and what is on its way between them.

use super::layout::Layout;
pub use super::traffic::{DENSE, MOST_DOTS};
use super::{Align, Ink, Scene, at, cut, label, node, traffic};
use crate::actions::Target;
use crate::view::{Present, Stroke};
use quorumscope_core::protocol::NodeId;
use quorumscope_core::time::Time;

/// How the ring is to be looked at.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The instant; messages move between events.
    pub now: Time,
    /// Whether movement is to be avoided.
    pub calm: bool,
    /// How many simulated microseconds a flash may last.
    pub flash: f64,
    /// What is selected.
    pub selected: Option<Target>,
    /// A line that is being drawn to cut the ring.
    pub stroke: Option<Stroke>,
    /// Only what this node knows is shown; traitors unmarked.
    pub through: Option<NodeId>,
}

/// Draws the ring.
#[must_use]
pub fn ring(present: &Present, layout: &Layout, look: &Look) -> Scene {
    let mut scene = Scene::default();
    if layout.seats.len() != present.actors.len() {
        return scene;
    }
    islands(&mut scene, present, layout);
    links(&mut scene, present, layout);
    traffic::ghosts(&mut scene, present, layout, look);
    traffic::trails(&mut scene, present, layout, look);
    let mut messages = Scene::default();
    traffic::messages(&mut messages, present, layout, look);
    if present.flights.len() > DENSE {
        // So many dots would hide the names.
        scene.add(&mut messages);
    }
    for actor in &present.actors {
        node::draw(&mut scene, actor, layout, look);
    }
    label::draw(&mut scene, present, layout, look);
    scene.add(&mut messages);
    traffic::flashes(&mut scene, present, layout, look);
    if let Some(stroke) = look.stroke {
        cut::draw(&mut scene, stroke, layout, present.replicas);
    }
    scene
}

/// Thin lines between all replicas while they are few: the ground on which messages move.
fn links(scene: &mut Scene, present: &Present, layout: &Layout) {
    let n = present.replicas;
    if n > 16 {
        return;
    }
    let alpha = if n > 8 { 0.35 } else { 0.7 };
    for i in 0..n {
        for j in 0..i {
            let (a, b) = (&present.actors[i].condition, &present.actors[j].condition);
            if a.side.is_none() || b.side.is_none() || a.side == b.side {
                let (from, to) = (layout.seats[i].at, layout.seats[j].at);
                scene.line(from, to, Ink::Line, 1.0).faded(alpha);
            }
        }
    }
}

/// A partition is drawn as what it is: each side on an island of its own.
fn islands(scene: &mut Scene, present: &Present, layout: &Layout) {
    for (index, actor) in present.actors.iter().enumerate() {
        let Some(side) = actor.condition.side else {
            continue;
        };
        let seat = layout.seats[index];
        scene
            .disc(seat.at, seat.radius + 24.0, Some(Ink::Side(side)), None)
            .faded(0.16);
        scene
            .disc(
                seat.at,
                seat.radius + 24.0,
                None,
                Some((Ink::Side(side), 1.5)),
            )
            .dashed()
            .faded(0.9);
        if seat.radius > super::layout::NAMED {
            let label = seat.letter(present.replicas, 13.0);
            let letter = char::from(b'A' + side % 26);
            scene.text(label, letter.to_string(), 13.0, Ink::Ink, Align::Middle);
        }
    }
    bridges(scene, present, layout);
}

/// Neighbours on the same island stand on one ground.
fn bridges(scene: &mut Scene, present: &Present, layout: &Layout) {
    let n = present.replicas;
    for i in 0..n {
        let j = (i + 1) % n;
        let (a, b) = (
            present.actors[i].condition.side,
            present.actors[j].condition.side,
        );
        if let (Some(side), true) = (a, a == b && i != j) {
            let (from, to) = (layout.seats[i], layout.seats[j]);
            let width = (from.radius + 24.0) * 1.2;
            scene
                .line(at(from.at.x, from.at.y), to.at, Ink::Side(side), width)
                .faded(0.13);
        }
    }
}

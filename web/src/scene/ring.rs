//! The ring: who is where, what they hold, and what is on its way between them.

use super::layout::Layout;
use super::ring_view::RingView;
pub use super::traffic::MOST_DOTS;
use super::{Align, Ink, Scene, cut, label, links, node, traffic};
use crate::geometry::Stroke;
use crate::run::present::{DENSE, Present};
use node::Repute;
use quorumscope_core::cast::Place;

/// Draws the ring.
#[must_use]
pub fn ring(present: &Present, layout: &Layout, view: &RingView<'_>) -> Scene {
    let mut scene = Scene::default();
    if layout.nodes.len() != present.actors.len() {
        return scene;
    }
    if view.through.is_none() {
        islands(&mut scene, present, layout);
    }
    links::draw(&mut scene, present, layout, view);
    traffic::ghosts(&mut scene, present, layout, view);
    traffic::trails(&mut scene, present, layout, view);
    traffic::elsewhere(&mut scene, present, layout, view);
    let mut messages = Scene::default();
    traffic::messages(&mut messages, present, layout, view);
    if present.flights.len() > DENSE {
        // So many dots would hide the names.
        scene.add(&mut messages);
    }
    let suspicion = suspicion(present);
    let leader = view.leader(present);
    for actor in &present.actors {
        let repute = Repute {
            doubts: suspicion.get(actor.id.index()).copied().unwrap_or(0),
            leads: leader == Some(actor.id),
        };
        node::draw(&mut scene, present, actor, layout, view, repute);
    }
    if view.through.is_none() {
        scars(&mut scene, present, layout);
    }
    label::draw(&mut scene, present, layout, view);
    scene.add(&mut messages);
    traffic::flashes(&mut scene, present, layout, view);
    match view.stroke {
        Some(Stroke { from, to, pull }) if pull => links::pull(&mut scene, from, to, layout),
        Some(stroke) => cut::draw(&mut scene, stroke, layout, present.servers()),
        None => {}
    }
    scene
}

/// The nodes that show a broken promise stay marked: those of agreement, or else of the first that broke.
fn scars(scene: &mut Scene, present: &Present, layout: &Layout) {
    let broken = present.promises.iter().filter(|p| !p.promise.settles());
    let mut witnesses = broken.filter_map(|promise| promise.witnesses.first());
    let Some(witness) = witnesses.next() else {
        return;
    };
    for node in &witness.nodes {
        if let Some(place) = layout.nodes.get(node.index()) {
            let spot = place.at.plus(-place.radius * 0.86, place.radius * 0.86);
            node::badge(scene, spot, "≠", Ink::Bad);
        }
    }
}

/// By node that serves, how many others take it for faulty.
fn suspicion(present: &Present) -> Vec<u32> {
    let mut doubts = vec![0; present.servers()];
    let suspects = present.actors.iter().filter(|actor| actor.condition.up);
    for node in suspects.filter_map(|actor| actor.sketch.suspects) {
        if let Some(count) = doubts.get_mut(node.index()) {
            *count += 1;
        }
    }
    doubts
}

/// A partition is drawn as what it is: each side on an island of its own.
fn islands(scene: &mut Scene, present: &Present, layout: &Layout) {
    for (index, actor) in present.actors.iter().enumerate() {
        let Some(side) = actor.condition.side else {
            continue;
        };
        let place = layout.nodes[index];
        let shore = island(layout, index);
        scene
            .disc(place.at, shore, Some(Ink::Side(side)), None)
            .faded(0.16);
        scene
            .disc(place.at, shore, None, Some((Ink::Side(side), 1.5)))
            .dashed()
            .faded(0.9);
        if place.radius > super::layout::NAMED {
            let label = place.letter(present.servers(), 13.0);
            let letter = char::from(b'A' + side % 26);
            scene.text(label, letter.to_string(), 13.0, Ink::Ink, Align::Middle);
        }
    }
    bridges(scene, present, layout);
}

/// How far an island reaches around a node: the stage's edge cuts none.
fn island(layout: &Layout, index: usize) -> f32 {
    let place = layout.nodes[index];
    (place.radius + 24.0).min(layout.shore(place.at) - 2.0)
}

/// Neighbours on the same island stand on one ground.
fn bridges(scene: &mut Scene, present: &Present, layout: &Layout) {
    for (role, nodes) in present.cast.parts().filter(|(role, _)| role.serves) {
        let (first, n) = (usize::from(nodes.start), nodes.len());
        // Only a ring's last stands beside its first.
        let pairs = if role.place == Place::Ring {
            n
        } else {
            n.saturating_sub(1)
        };
        for i in 0..pairs {
            bridge(scene, present, layout, first + i, first + (i + 1) % n);
        }
    }
}

fn bridge(scene: &mut Scene, present: &Present, layout: &Layout, i: usize, j: usize) {
    let side = |index: usize| present.actors[index].condition.side;
    if let (Some(on), true) = (side(i), side(i) == side(j) && i != j) {
        let (from, to) = (layout.nodes[i], layout.nodes[j]);
        let width = island(layout, i).min(island(layout, j)) * 1.2;
        scene.line(from.at, to.at, Ink::Side(on), width).faded(0.13);
    }
}

//! What each node is doing, in a word beside it: where it hides nothing, or not at all.

use super::layout::{Layout, NAMED, NodePlace, TALLIED};
use super::ring_view::RingView;
use super::{Align, Ink, Scene};
use crate::geometry::Point;
use crate::run::knowledge::LastHeard;
use crate::run::present::{Actor, Present};
use quorumscope_core::time::Time;

/// From this many nodes that serve on, only those are labelled that differ from most.
const MANY: usize = 13;
/// The size of the text.
const SIZE: f32 = 12.0;
/// About how wide a letter of it is.
const LETTER: f32 = 6.6;
/// What lies around a node: the arc of its votes.
const AROUND: f32 = 9.0;
/// The crown of a leader: how far above the node its middle lies, and how far it reaches.
const CROWN: (f32, f32) = (15.0, 13.0);
/// A smaller client has others above and below it.
const ALONE: f32 = 20.0;
/// The least distance of a label from the edge of the stage, in pixels.
const EDGE: f32 = 4.0;

/// A place on the stage that text takes up: middle, half its width, half its height.
#[derive(Clone, Copy, Debug)]
struct Plate {
    middle: Point,
    half: (f32, f32),
}

impl Plate {
    /// Text that stands at a point, moved sideways until it is on the stage.
    fn of(text: &str, spot: Point, align: Align, stage: (f32, f32)) -> Self {
        let half = text.chars().count() as f32 * LETTER / 2.0;
        let x = match align {
            Align::Start => spot.x + half,
            Align::Middle => spot.x,
            Align::End => spot.x - half,
        };
        let most = (stage.0 - half - EDGE).max(half + EDGE);
        let middle = crate::geometry::at(x.max(half + EDGE).min(most), spot.y);
        Self {
            middle,
            half: (half, SIZE * 0.6),
        }
    }

    /// The crown over a leader.
    fn crown(place: NodePlace) -> Self {
        Self {
            middle: place.at.plus(0.0, -place.radius - CROWN.0),
            half: (CROWN.1, CROWN.1),
        }
    }

    fn meets(self, other: Self) -> bool {
        let (dx, dy) = (
            self.middle.x - other.middle.x,
            self.middle.y - other.middle.y,
        );
        dx.abs() < self.half.0 + other.half.0 && dy.abs() < self.half.1 + other.half.1
    }

    fn meets_disc(self, middle: Point, radius: f32) -> bool {
        let dx = ((self.middle.x - middle.x).abs() - self.half.0).max(0.0);
        let dy = ((self.middle.y - middle.y).abs() - self.half.1).max(0.0);
        dx.hypot(dy) < radius
    }

    fn inside(self, stage: (f32, f32)) -> bool {
        let (dx, dy) = self.half;
        self.middle.x >= dx
            && self.middle.x + dx <= stage.0
            && self.middle.y >= dy
            && self.middle.y + dy <= stage.1
    }
}

/// Writes a word beside each node that has room for one.
pub(super) fn draw(scene: &mut Scene, present: &Present, layout: &Layout, view: &RingView<'_>) {
    let mut taken: Vec<Plate> = Vec::new();
    let (servers, clients) = present.actors.split_at(present.servers());
    let crowned = |actor: &&Actor| actor.sketch.leads && actor.condition.up;
    for actor in servers.iter().filter(crowned) {
        taken.push(Plate::crown(layout.nodes[actor.id.index()]));
    }
    let latest = servers.iter().map(|actor| actor.sketch.round).max();
    let round = present.spec.words.round;
    let usual = usual(servers);
    for actor in clients.iter().chain(servers) {
        let place = layout.nodes[actor.id.index()];
        let chosen = view.focus.node == Some(actor.id);
        if place.radius <= NAMED && !actor.client {
            name(scene, actor, layout, chosen);
            continue;
        }
        let local = view.through.is_some();
        if !chosen && !local && !actor.client && usual == Some(said(actor)) {
            continue;
        }
        let words = match view.through {
            Some((_, heard)) if !view.knows(actor.id) => {
                last_heard(actor, present, heard, view.now)
            }
            // Where there is room, the round stands in the node.
            _ if place.radius <= TALLIED && latest > Some(0) => words(actor, round),
            _ => words(actor, None),
        };
        let placed =
            |text: &String| Some((text.clone(), find(text, actor, place, layout, &taken)?));
        if let Some((text, plate)) = words.iter().find_map(placed) {
            taken.push(plate);
            let ink = if actor.condition.up || !view.knows(actor.id) {
                Ink::Muted
            } else {
                Ink::Bad
            };
            scene.text(plate.middle, text, SIZE, ink, Align::Middle);
        }
    }
}

/// What many nodes do alike needs no word at each of them: what most do.
fn usual(servers: &[Actor]) -> Option<(bool, &'static str, u32)> {
    if servers.len() < MANY {
        return None;
    }
    let alike = |one: &&Actor| {
        servers
            .iter()
            .filter(|other| said(other) == said(one))
            .count()
    };
    // One of the first few tells what most do, or there is nothing that most do.
    let common = servers.iter().take(MANY).max_by_key(alike)?;
    (alike(&common) * 2 > servers.len()).then(|| said(common))
}

fn said(actor: &Actor) -> (bool, &'static str, u32) {
    (actor.condition.up, actor.sketch.phase, actor.sketch.round)
}

/// Where names have no room in nodes, some stand outside: those that lead, the chosen, and round numbers.
fn name(scene: &mut Scene, actor: &Actor, layout: &Layout, chosen: bool) {
    let every = match layout.nodes.len() {
        0..=60 => 5,
        61..=250 => 10,
        _ => 100,
    };
    let leads = actor.sketch.leads;
    if !chosen && !leads && !actor.id.index().is_multiple_of(every) {
        return;
    }
    let place = layout.nodes[actor.id.index()];
    let ((ox, oy), far) = (place.out, place.radius + 9.0);
    let beside = if leads { 16.0 } else { 0.0 };
    let spot = place.at.plus(ox * far + beside, oy * (far + 4.0));
    let align = match ox {
        _ if leads => Align::Start,
        ox if ox > 0.35 => Align::Start,
        ox if ox < -0.35 => Align::End,
        _ => Align::Middle,
    };
    scene.text(spot, actor.short(), 11.0, Ink::Ink, align);
}

/// The first place beside a node where a text meets nothing.
fn find(
    text: &str,
    actor: &Actor,
    place: NodePlace,
    layout: &Layout,
    taken: &[Plate],
) -> Option<Plate> {
    let free = |plate: &Plate| {
        let around = if actor.client { 0.0 } else { AROUND };
        let node = |place: &NodePlace| plate.meets_disc(place.at, place.radius + around);
        plate.inside(layout.size)
            && !layout.nodes.iter().any(node)
            && !taken.iter().any(|other| plate.meets(*other))
    };
    spots(actor.client, place)
        .into_iter()
        .map(|(spot, align)| Plate::of(text, spot, align, layout.size))
        .find(free)
}

/// Where the text of a node may stand, the best place first: outside the ring, off the lanes.
fn spots(client: bool, place: NodePlace) -> Vec<(Point, Align)> {
    let (r, (ox, oy)) = (place.radius, place.out);
    let under = place.at.plus(0.0, r + 21.0);
    if client {
        let beside = (place.at.plus(r + 6.0, 0.0), Align::Start);
        let under = (place.at.plus(0.0, r + 15.0), Align::Middle);
        return if r < ALONE {
            vec![beside, under]
        } else {
            vec![under, beside]
        };
    }
    let level = if oy < 0.0 { -10.0 } else { 10.0 };
    let right = (place.at.plus(r + 16.0, level), Align::Start);
    let left = (place.at.plus(-r - 16.0, level), Align::End);
    let away = if ox < 0.0 { Align::End } else { Align::Start };
    let out = (place.at.plus(ox * (r + 15.0), oy * (r + 17.0)), away);
    if ox.abs() < 0.35 {
        return vec![right, left];
    }
    let inward = 14.0 * ox.signum();
    vec![
        (under.plus(-inward, 0.0), away),
        out,
        (place.at.plus(-inward, -r - 19.0), away),
    ]
}

/// What a node is doing, and in which round, if that is to be said; shorter words for where there is less room.
fn words(actor: &Actor, round: Option<&str>) -> Vec<String> {
    let sketch = actor.sketch;
    if !actor.condition.up {
        return vec!["crashed".into()];
    }
    if actor.client {
        let (done, asked) = (sketch.done, actor.asked);
        return match asked {
            0 => Vec::new(),
            _ => vec![format!("{done} of {asked}"), format!("{done}/{asked}")],
        };
    }
    let round = round.map(|round| format!("{round} {}", sketch.round));
    match (sketch.phase, round) {
        ("idle", Some(round)) => vec![round],
        ("idle", None) => Vec::new(),
        (phase, Some(round)) => vec![format!("{phase} · {round}"), phase.into()],
        (phase, None) => vec![phase.into()],
    }
}

/// What the node that the stage is seen through has heard of another last, and how long ago.
fn last_heard(
    actor: &Actor,
    present: &Present,
    heard: &[Option<LastHeard>],
    now: Time,
) -> Vec<String> {
    let Some(heard) = heard.get(actor.id.index()).copied().flatten() else {
        return vec!["nothing heard".into()];
    };
    let kind = present.kinds.get(usize::from(heard.kind));
    let kind = kind.map_or("message", |kind| kind.name);
    let ago = now.since(heard.at);
    vec![
        format!("{kind}, {} ms ago", ago.ms().round() as u64),
        kind.into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::layout::{layout, tests::cast};
    use super::*;

    #[test]
    fn eight_clients_have_room_for_their_counts_apart_from_each_other() {
        for size in [(912.0, 380.0), (390.0, 359.0), (320.0, 294.0)] {
            let layout = layout(size, &cast(4, 8));
            let mut taken: Vec<Plate> = Vec::new();
            for place in &layout.nodes[4..] {
                let actor = Actor {
                    id: quorumscope_core::protocol::NodeId(4),
                    letter: 'C',
                    client: true,
                    sketch: Default::default(),
                    condition: Default::default(),
                    asked: 5,
                };
                let fits = |text: &String| find(text, &actor, *place, &layout, &taken);
                let found = words(&actor, None).iter().find_map(fits);
                let plate = found.unwrap_or_else(|| panic!("{size:?}: {place:?}"));
                let covers = |place: &NodePlace| plate.meets_disc(place.at, place.radius);
                assert!(!layout.nodes.iter().any(covers), "{size:?}: {plate:?}");
                taken.push(plate);
            }
        }
    }

    #[test]
    fn four_replicas_have_room_for_their_phase_on_every_stage() {
        for size in [(912.0, 380.0), (390.0, 359.0), (320.0, 294.0)] {
            let layout = layout(size, &cast(4, 1));
            let mut taken = vec![Plate::crown(layout.nodes[0])];
            for place in &layout.nodes[..4] {
                let actor = Actor {
                    id: quorumscope_core::protocol::NodeId(0),
                    letter: 'R',
                    client: false,
                    sketch: Default::default(),
                    condition: Default::default(),
                    asked: 0,
                };
                let found = find("pre-prepared", &actor, *place, &layout, &taken);
                taken.push(found.unwrap_or_else(|| panic!("{size:?}: {place:?}")));
            }
        }
    }
}

//! The run at one instant, as plain values.

use super::*;

impl Session {
    /// What would be under way now on the way that the last change left, and is not on this one.
    ///
    /// `flights` are in the order in which they land.
    fn ghosts(&self, now: Time, flights: &[InFlight]) -> Vec<InFlight> {
        let key = |p: &Transit| (p.from, p.to, p.kind, p.label, p.sent);
        let here = |ghost: &InFlight| {
            let first = flights.partition_point(|flight| flight.lands < ghost.lands);
            let mut at_once = flights[first..]
                .iter()
                .take_while(|flight| flight.lands == ghost.lands);
            at_once.any(|flight| key(&flight.transit) == key(&ghost.transit))
        };
        let Some(ghost) = self.ghost() else {
            return Vec::new();
        };
        ghost.chronicle(|chronicle| {
            let events = &chronicle.events;
            let future = &events[events.partition_point(|event| event.at <= now)..];
            future
                .iter()
                .take(GHOST_DEPTH)
                .filter_map(|event| match event.what {
                    What::Delivered(transit) | What::Dropped(transit, _) if transit.sent <= now => {
                        let lands = event.at;
                        Some(InFlight { transit, lands })
                    }
                    _ => None,
                })
                .filter(|ghost| !here(ghost))
                .take(MOST_GHOSTS)
                .collect()
        })
    }

    /// The run now; flashes are those of the last `recent`.
    #[must_use]
    pub fn present(&self, recent: Span) -> Present {
        let world = self.branch.world.borrow();
        let world = world.as_ref();
        let mut flights = Vec::with_capacity(world.in_flight_count());
        world.in_flight(&mut |flight| flights.push(flight));
        // Nobody tells one way from another among dots.
        let mut ghosts = Vec::new();
        if flights.len() <= crate::run::present::DENSE {
            arrange(&mut flights, |flight| {
                (flight.lands, flight.transit.message, flight.transit.to)
            });
            ghosts = self.ghosts(world.now(), &flights);
        }
        Present {
            now: world.now(),
            events: world.events(),
            hash: world.trace_hash(),
            ended: world.ended(),
            spec: world.scenario().spec,
            cast: world.scenario().cast,
            actors: (0..world.nodes())
                .map(|index| actor(world, NodeId(index as u16)))
                .collect(),
            ghosts,
            flights,
            flashes: flashes(world, recent),
            awaited: crate::run::questions::open(world),
            stats: world.stats().clone(),
            promises: world.promises().into(),
            kinds: world.kinds(),
            impairments: world.impairments(),
            one_way: one_way(world),
            idle: world.chronicle().idle.clone(),
        }
    }
}

/// Links over which a partition lets messages pass one way: the way that is cut, while nodes are few.
fn one_way(world: &dyn World) -> Vec<(NodeId, NodeId)> {
    let all = 0..world.nodes() as u16;
    let parted = |node: &u16| world.condition(NodeId(*node)).side.is_some();
    let named: Vec<NodeId> = all.filter(parted).map(NodeId).take(MOST_WAYS + 1).collect();
    let mut found = Vec::new();
    if named.len() > MOST_WAYS {
        return found;
    }
    for from in &named {
        for to in &named {
            if world.severed(*from, *to) && !world.severed(*to, *from) {
                found.push((*from, *to));
            }
        }
    }
    found
}

fn actor(world: &dyn World, id: NodeId) -> Actor {
    let cast = &world.scenario().cast;
    Actor {
        id,
        letter: cast.role(id).letter,
        client: cast.is_client(id),
        sketch: world.sketch(id),
        condition: world.condition(id),
        asked: world.asked(id),
    }
}

fn flashes(world: &dyn World, recent: Span) -> Vec<Flash> {
    let events = &world.chronicle().events;
    let so_far = (world.events() as usize).min(events.len());
    events[..so_far]
        .iter()
        .rev()
        .take_while(|event| world.now().since(event.at) <= recent)
        .filter_map(|event| {
            let what = match &event.what {
                What::Delivered(transit) => Spark::Landed(*transit),
                What::Dropped(transit, reason) => Spark::Lost(*transit, *reason),
                What::Claimed(Claim::Applied { .. } | Claim::Answered { .. }) => {
                    Spark::Decided(event.node)
                }
                What::Broken { .. } => Spark::Broken(event.node),
                _ => return None,
            };
            Some(Flash { at: event.at, what })
        })
        .take(MOST_FLASHES)
        .collect()
}

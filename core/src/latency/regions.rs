//! Latency between places: half a round trip, out of a table.

use crate::protocol::NodeId;
use crate::rng::below;
use crate::time::Span;

/// Where nodes are, and how far apart places are.
#[derive(Clone, Debug, PartialEq)]
pub struct Regions {
    /// The places by name.
    pub places: Vec<String>,
    /// The place of each node, replicas first; nodes beyond the list take the places in turn.
    pub of: Vec<u16>,
    /// Round trips, from row to column.
    pub round_trip: Vec<Vec<Span>>,
    /// What may come on top of a message's half of the round trip, evenly drawn.
    pub jitter: Span,
}

impl Regions {
    /// The first so many of [`PLACES`], with the nodes in turn.
    #[must_use]
    pub fn known(count: usize, jitter: Span) -> Self {
        let places: Vec<String> = PLACES
            .iter()
            .take(count.max(1))
            .map(|&p| p.into())
            .collect();
        Self {
            round_trip: known_round_trips(&places).unwrap_or_default(),
            places,
            of: Vec::new(),
            jitter,
        }
    }

    /// Half the round trip from one node to another: the least that a message takes.
    #[must_use]
    pub fn way(&self, from: NodeId, to: NodeId) -> Span {
        let row = self.round_trip.get(self.place(from));
        let round_trip = row.and_then(|row| row.get(self.place(to)));
        Span(round_trip.map_or(0, |span| span.0 / 2))
    }

    /// Moves a node to a place; every other stays where it is.
    pub fn settle(&mut self, node: NodeId, place: u16) {
        let places = self.places.len().max(1);
        let first = self.of.len();
        self.of
            .extend((first..=node.index()).map(|at| (at % places) as u16));
        self.of[node.index()] = place;
    }

    /// The place where a node is.
    #[must_use]
    pub fn place(&self, node: NodeId) -> usize {
        let given = self.of.get(node.index()).map(|place| usize::from(*place));
        given.unwrap_or(node.index() % self.places.len().max(1))
    }

    /// The latency that these random bits stand for.
    pub(super) fn draw(&self, from: NodeId, to: NodeId, bits: u64) -> Span {
        Span(self.way(from, to).0 + below(bits, self.jitter.0 + 1))
    }
}

/// Places whose distances are known: a scenario may name them without a table.
pub const PLACES: [&str; 8] = [
    "virginia",
    "oregon",
    "sao-paulo",
    "ireland",
    "frankfurt",
    "mumbai",
    "tokyo",
    "sydney",
];

/// Round trips between [`PLACES`] in milliseconds, as seen between data centres.
///
/// Links rely on these numbers: they may never change.
const ROUND_TRIPS: [[u64; 8]; 8] = [
    [1, 66, 115, 68, 90, 190, 146, 198],
    [66, 1, 176, 124, 142, 218, 98, 140],
    [115, 176, 1, 178, 204, 304, 256, 312],
    [68, 124, 178, 1, 26, 122, 202, 256],
    [90, 142, 204, 26, 1, 112, 226, 288],
    [190, 218, 304, 122, 112, 1, 122, 152],
    [146, 98, 256, 202, 226, 122, 1, 106],
    [198, 140, 312, 256, 288, 152, 106, 1],
];

/// The round trips between these places, if all of them are known.
pub(super) fn known_round_trips(places: &[String]) -> Option<Vec<Vec<Span>>> {
    let index = |place: &String| PLACES.iter().position(|known| known == place);
    let at: Option<Vec<usize>> = places.iter().map(index).collect();
    let at = at?;
    let row = |&from: &usize| {
        at.iter()
            .map(move |&to| Span::from_ms(ROUND_TRIPS[from][to]))
    };
    Some(at.iter().map(|from| row(from).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_there_is_as_long_as_the_way_back() {
        for (from, row) in ROUND_TRIPS.iter().enumerate() {
            for (to, ms) in row.iter().enumerate() {
                assert_eq!(*ms, ROUND_TRIPS[to][from]);
            }
        }
    }

    #[test]
    fn nodes_beyond_the_list_take_the_places_in_turn() {
        let places: Vec<String> = ["tokyo", "oregon"].map(String::from).into();
        let regions = Regions {
            round_trip: known_round_trips(&places).unwrap(),
            places,
            of: vec![1],
            jitter: Span::ZERO,
        };
        let took = |from, to| regions.draw(NodeId(from), NodeId(to), u64::MAX);
        assert_eq!(took(0, 1), Span(500), "both in Oregon");
        assert_eq!(took(1, 2), Span::from_ms(49), "Oregon to Tokyo");
        assert!(known_round_trips(&["atlantis".to_string()]).is_none());
    }
}

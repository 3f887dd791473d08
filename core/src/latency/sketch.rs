//! The shape of a latency model, for a picture of it.

use super::Latency;
use crate::protocol::NodeId;
use crate::rng::{Rng, Stream};
use crate::time::Span;

const DRAWS: u64 = 8192;

impl Latency {
    /// The shape of this model: spans, evenly apart, and the share of messages around each.
    ///
    /// The slowest hundredth of the messages lies beyond the last span. A model
    /// that knows but one latency has but one point.
    #[must_use]
    pub fn sketch(&self, points: usize) -> Vec<(Span, f64)> {
        let drawn = self.drawn();
        let least = drawn.first().copied().unwrap_or_default();
        let most = drawn
            .get(drawn.len() * 99 / 100)
            .copied()
            .unwrap_or_default();
        let width = (most.0 - least.0) / (points.max(1) as u64) + 1;
        let bins = ((most.0 - least.0) / width + 1) as usize;
        let mut shares = vec![0.0; bins];
        for span in drawn {
            if let Some(share) = shares.get_mut(((span.0 - least.0) / width) as usize) {
                *share += 1.0 / DRAWS as f64;
            }
        }
        let point = |(bin, share): (usize, f64)| {
            let middle = if bins == 1 { 0 } else { width / 2 };
            (Span(least.0 + bin as u64 * width + middle), share)
        };
        shares.into_iter().enumerate().map(point).collect()
    }

    /// A latency that all but a thousandth of the messages stay below.
    #[must_use]
    pub fn typical_most(&self) -> Span {
        let drawn = self.drawn();
        drawn
            .get(drawn.len() * 999 / 1000)
            .copied()
            .unwrap_or_default()
    }

    /// Many draws in ascending order, over all pairs of nodes that differ.
    fn drawn(&self) -> Vec<Span> {
        let rng = Rng::new(0, Stream::Latency);
        let nodes = match self {
            Self::Regions(regions) => regions.of.len().max(regions.places.len()).max(2) as u64,
            _ => 2,
        };
        let draw = |k: u64| {
            let from = k % nodes;
            let to = (from + 1 + k / nodes % (nodes - 1)) % nodes;
            let bits = rng.draw(from as u32, to as u32, k);
            self.draw(NodeId(from as u16), NodeId(to as u16), bits)
        };
        let mut drawn: Vec<Span> = (0..DRAWS).map(draw).collect();
        drawn.sort_unstable();
        drawn
    }
}

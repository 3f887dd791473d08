//! Machines that break and are repaired, over and over, while an order lasts.
//!
//! How long each runs and how long its repair takes is drawn in the name of the
//! order, the node and the count.

use super::counters::Tag;
use super::nodes::Nodes;
use super::run::{Item, Run};
use crate::knob::Among;
use crate::latency::exponential;
use crate::protocol::{Kept, NodeId};
use crate::rng::{Rng, Stream};
use crate::time::Span;
use crate::trace::{NO_CAUSE, What};

/// One machine under one order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worn {
    order: u32,
    node: NodeId,
    /// How long it runs and how long its repair takes, on average.
    runs: Span,
    repair: Span,
    /// How often it broke or was repaired.
    count: u32,
    /// Whether it is down by this.
    down: bool,
}

impl Run {
    /// Machines begin to wear: one, or those of all nodes that serve.
    pub(super) fn begin_wear(
        &mut self,
        order: u32,
        only: Option<NodeId>,
        runs: Span,
        repair: Span,
    ) {
        let cast = self.scenario.cast;
        let all = cast.those(Among::Any).filter(|node| !cast.is_client(*node));
        let nodes: Vec<NodeId> = match only {
            Some(node) => vec![node],
            None => all.collect(),
        };
        for node in nodes {
            let place = self.state.worn.len() as u32;
            let worn = Worn {
                order,
                node,
                runs,
                repair,
                count: 0,
                down: false,
            };
            self.state.worn.push(worn);
            self.schedule(self.state.now + self.until_next(&worn), Item::Wear(place));
        }
    }

    /// How long it takes until a machine breaks, or is repaired.
    fn until_next(&self, worn: &Worn) -> Span {
        let mean = if worn.down { worn.repair } else { worn.runs };
        let rng = Rng::new(self.scenario.seed, Stream::Wear);
        let bits = rng.draw(worn.order, worn.node.0.into(), worn.count.into());
        // At least a microsecond, so that time goes on.
        Span(exponential(mean, bits).0.max(1))
    }

    /// A machine breaks, or is repaired.
    pub(super) fn wear(&mut self, nodes: &mut dyn Nodes, place: u32) {
        let mut worn = self.state.worn[place as usize];
        let (node, lasts) = (worn.node, self.state.conditions.wears(worn.order));
        worn.count += 1;
        if worn.down {
            worn.down = false;
            if !self.state.nodes[node.index()].up {
                let event = self.count(Tag::Repaired, node, 0, 0);
                if self.recording {
                    self.write(event, node, NO_CAUSE, What::Repaired);
                }
                self.restart(nodes, node, Kept::Everything, event);
            }
        } else if lasts && self.state.nodes[node.index()].up {
            worn.down = true;
            let event = self.count(Tag::WornOut, node, 0, 0);
            if self.recording {
                self.write(event, node, NO_CAUSE, What::WornOut);
            }
            self.crash(nodes, node, event);
        }
        self.state.worn[place as usize] = worn;
        self.changed(nodes);
        if lasts || worn.down {
            self.schedule(self.state.now + self.until_next(&worn), Item::Wear(place));
        }
    }
}

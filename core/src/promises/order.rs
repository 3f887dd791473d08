//! What is executed is executed in order, without gaps.

use super::always;
use crate::promise::{Hearing, Hears, Judge, Promise, Witness};
use crate::protocol::{Claim, value_name};
use crate::say::{Fields, say};

/// Order.
pub const ORDER: Promise = Promise {
    name: "order",
    says: "Honest nodes execute in order and without gaps.",
    source: "Schneider, Implementing fault-tolerant services using the state machine approach, Computing Surveys 1990",
    gravity: 6,
    given: always,
    hears: &[Hears::Applied, Hears::TookOver, Hears::RolledBack],
    judge: |scenario| {
        Box::new(Order {
            last: vec![0; scenario.servers().into()],
        })
    },
};

/// The last sequence number of each node.
#[derive(Clone, Debug)]
struct Order {
    last: Vec<u64>,
}

impl Judge for Order {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let node = hearing.node;
        let Some(last) = self.last.get_mut(node.index()) else {
            return;
        };
        let (label, ops) = match claim {
            Claim::TookOver { label } => {
                *last = label.sequence;
                return;
            }
            Claim::RolledBack { to } => {
                *last = *to;
                return;
            }
            Claim::Applied { label, ops, .. } => (label, ops),
            _ => return,
        };
        let before = std::mem::replace(last, label.sequence);
        if label.sequence != before + 1 {
            let fields = Fields::new(&hearing.cast)
                .node("who", node)
                .number("slot", label.sequence)
                .number("before", before);
            hearing.breaks.push(Witness {
                at: hearing.now,
                nodes: vec![node],
                sequence: label.sequence,
                values: vec![value_name(ops)],
                says: say(
                    "{who} executed sequence {slot} right after {before}",
                    &fields,
                )
                .text,
            });
        }
    }
}

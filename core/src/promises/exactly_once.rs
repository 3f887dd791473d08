//! Nothing is executed twice at one node.

use super::always;
use crate::promise::{Hearing, Hears, Judge, Promise, Witness};
use crate::protocol::{Claim, NodeId, Op};
use crate::say::{Fields, say};

/// Exactly once.
pub const EXACTLY_ONCE: Promise = Promise {
    name: "exactly-once",
    says: "No honest node executes one operation twice.",
    source: "Birrell & Nelson, Implementing remote procedure calls, TOCS 1984",
    gravity: 7,
    given: always,
    hears: &[Hears::Applied, Hears::RolledBack],
    judge: |scenario| {
        Box::new(ExactlyOnce {
            last: vec![Vec::new(); scenario.servers().into()],
        })
    },
};

/// At each node, the last number of each client that it executed.
#[derive(Clone, Debug)]
struct ExactlyOnce {
    last: Vec<Vec<(NodeId, u32)>>,
}

impl Judge for ExactlyOnce {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let node = hearing.node;
        let Some(last) = self.last.get_mut(node.index()) else {
            return;
        };
        match claim {
            Claim::RolledBack { .. } => {
                last.clear();
                let standing = hearing.standing.iter();
                standing
                    .flat_map(|entry| entry.ops.iter())
                    .for_each(|op| set(last, *op));
            }
            Claim::Applied { label, ops, .. } => {
                for op in ops.iter() {
                    if op.number > number_of(last, op.client) {
                        set(last, *op);
                        continue;
                    }
                    hearing.breaks.push(Witness {
                        at: hearing.now,
                        nodes: vec![node],
                        sequence: label.sequence,
                        values: vec![op.to_string()],
                        says: executed_again(node, *op, hearing),
                    });
                }
            }
            _ => {}
        }
    }
}

fn executed_again(node: NodeId, op: Op, hearing: &Hearing<'_>) -> String {
    let fields = Fields::new(&hearing.cast).node("who", node);
    let fields = fields.text("op", op.to_string());
    say("{who} executed {op} a second time", &fields).text
}

fn number_of(list: &[(NodeId, u32)], client: NodeId) -> u32 {
    let found = list.iter().find(|(id, _)| *id == client);
    found.map_or(0, |(_, number)| *number)
}

fn set(list: &mut Vec<(NodeId, u32)>, op: Op) {
    match list.iter_mut().find(|(id, _)| *id == op.client) {
        Some(entry) => entry.1 = op.number,
        None => list.push((op.client, op.number)),
    }
}

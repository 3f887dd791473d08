//! Agreement, validity, exactly-once and order of what replicas execute.

use super::{AGREEMENT, Break, EXACTLY_ONCE, ORDER, VALIDITY};
use crate::chronicle::{Chronicle, Decided};
use crate::property::Witness;
use crate::protocol::{Label, NodeId, Op, value_name};
use crate::time::Time;
use std::rc::Rc;

/// What each replica executed last, and of whom.
#[derive(Clone, Debug)]
pub(super) struct Executions {
    /// The last sequence number of each replica.
    last: Vec<u64>,
    /// The last request number of each client, at each replica.
    numbers: Vec<Vec<(NodeId, u32)>>,
    /// How much each client has been asked.
    asked: Vec<(NodeId, u32)>,
}

impl Executions {
    pub(super) fn new(replicas: usize) -> Self {
        Self {
            last: vec![0; replicas],
            numbers: vec![Vec::new(); replicas],
            asked: Vec::new(),
        }
    }

    pub(super) fn asked(&mut self, op: Op) {
        set(&mut self.asked, op.client, op.number);
    }

    pub(super) fn transferred(&mut self, node: NodeId, sequence: u64) {
        self.last[node.index()] = sequence;
    }

    pub(super) fn rolled_back(&mut self, node: NodeId, to: u64, chronicle: &Chronicle) {
        let index = node.index();
        self.last[index] = to;
        self.numbers[index].clear();
        let kept = chronicle.executed[index]
            .iter()
            .take_while(|entry| entry.sequence <= to);
        for op in kept.flat_map(|entry| entry.ops.iter()) {
            set(&mut self.numbers[index], op.client, op.number);
        }
    }

    /// Two honest replicas, one sequence number, one value.
    pub(super) fn agreement(
        &self,
        now: Time,
        node: NodeId,
        label: Label,
        ops: &Rc<[Op]>,
        chronicle: &mut Chronicle,
        honest: &[bool],
    ) -> Option<Break> {
        let mine = Decided {
            digest: label.digest,
            node,
            at: now,
            ops: ops.clone(),
        };
        let first = chronicle
            .decided
            .entry(label.sequence)
            .or_insert_with(|| mine.clone());
        if first.at > now {
            *first = mine;
            return None;
        }
        if first.digest == label.digest {
            return None;
        }
        if !honest[first.node.index()] {
            *first = mine;
            return None;
        }
        let values = vec![value_name(&first.ops), value_name(ops)];
        let says = format!(
            "replica {} executed {} at sequence {}, replica {node} executed {}",
            first.node, values[0], label.sequence, values[1]
        );
        let witness = Witness {
            at: now,
            nodes: vec![first.node, node],
            sequence: label.sequence,
            values,
            says,
        };
        Some((AGREEMENT, witness))
    }

    /// Order, validity and exactly-once of one execution.
    pub(super) fn judge(
        &mut self,
        now: Time,
        node: NodeId,
        label: Label,
        ops: &[Op],
        breaks: &mut Vec<Break>,
    ) {
        let witness = |values: Vec<String>, says: String| Witness {
            at: now,
            nodes: vec![node],
            sequence: label.sequence,
            values,
            says,
        };
        let last = std::mem::replace(&mut self.last[node.index()], label.sequence);
        if label.sequence != last + 1 {
            let says = format!(
                "replica {node} executed sequence {} right after {last}",
                label.sequence
            );
            breaks.push((ORDER, witness(vec![value_name(ops)], says)));
        }
        for op in ops {
            let name = op.to_string();
            if op.number == 0 || op.number > get(&self.asked, op.client) {
                let says = format!("replica {node} executed {name}, which no client asked for");
                breaks.push((VALIDITY, witness(vec![name.clone()], says)));
            }
            let done = get(&self.numbers[node.index()], op.client);
            if op.number <= done {
                let says = format!("replica {node} executed {name} a second time");
                breaks.push((EXACTLY_ONCE, witness(vec![name], says)));
            } else {
                set(&mut self.numbers[node.index()], op.client, op.number);
            }
        }
    }
}

fn get(list: &[(NodeId, u32)], client: NodeId) -> u32 {
    let found = list.iter().find(|(id, _)| *id == client);
    found.map_or(0, |(_, number)| *number)
}

fn set(list: &mut Vec<(NodeId, u32)>, client: NodeId, number: u32) {
    match list.iter_mut().find(|(id, _)| *id == client) {
        Some(entry) => entry.1 = number,
        None => list.push((client, number)),
    }
}

//! Agreement, validity, exactly-once and order of what replicas execute.

use super::{AGREEMENT, ANSWER, Break, EXACTLY_ONCE, ORDER, VALIDITY};
use crate::chronicle::{Chronicle, Decided, Executed};
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
    /// Of each client's last request executed by an honest replica: number and results.
    results: Vec<(NodeId, u32, Vec<u64>)>,
    /// Whether a client may have a result before it is committed (section 5.1).
    early: bool,
}

impl Executions {
    pub(super) fn new(replicas: usize, early: bool) -> Self {
        Self {
            last: vec![0; replicas],
            numbers: vec![Vec::new(); replicas],
            asked: Vec::new(),
            results: Vec::new(),
            early,
        }
    }

    pub(super) fn asked(&mut self, op: Op) {
        set(&mut self.asked, op.client, op.number);
    }

    pub(super) fn transferred(&mut self, node: NodeId, sequence: u64) {
        self.last[node.index()] = sequence;
    }

    pub(super) fn rolled_back(&mut self, node: NodeId, to: u64, kept: &[&Executed]) {
        let index = node.index();
        self.last[index] = to;
        self.numbers[index].clear();
        for op in kept.iter().flat_map(|entry| entry.ops.iter()) {
            set(&mut self.numbers[index], op.client, op.number);
        }
    }

    /// An honest replica computed these results.
    pub(super) fn computed(&mut self, ops: &[Op], results: &[u64]) {
        for (op, result) in ops.iter().zip(results) {
            let known = self.results.iter_mut().find(|known| known.0 == op.client);
            match known {
                None => self.results.push((op.client, op.number, vec![*result])),
                Some((_, number, all)) if *number == op.number && !all.contains(result) => {
                    all.push(*result);
                }
                Some((_, number, all)) if *number < op.number => {
                    *number = op.number;
                    all.clear();
                    all.push(*result);
                }
                Some(_) => {}
            }
        }
    }

    /// A client accepts a result: an honest replica must have come to it, unless the request was
    /// not executed for good yet, or was a read that needed no order (section 5.1).
    pub(super) fn answered(&self, now: Time, op: Op, result: u64) -> Option<Break> {
        let computed = self.results.iter().find(|known| known.0 == op.client);
        let computed = computed
            .filter(|known| known.1 == op.number)
            .map(|known| &known.2);
        let early = self.early && (computed.is_none() || op.read);
        if early || computed.is_some_and(|results| results.contains(&result)) {
            return None;
        }
        let hex = |result: u64| format!("{result:016x}");
        let honest = computed.map_or_else(|| "none".into(), |results| hex(results[0]));
        let values = vec![honest, hex(result)];
        let says = format!(
            "client {} accepted {} for {op}; of the honest replicas: {}",
            op.client, values[1], values[0]
        );
        let witness = Witness {
            at: now,
            nodes: vec![op.client],
            sequence: 0,
            values,
            says,
        };
        Some((ANSWER, witness))
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

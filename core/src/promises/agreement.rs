//! No two honest nodes execute different values at one place in the order.

use crate::chronicle::Decided;
use crate::outlook::Outlook;
use crate::promise::{Hearing, Hears, Judge, Promise, Witness};
use crate::protocol::{Claim, Label, Op, value_name};
use crate::say::{Fields, say};
use std::rc::Rc;

/// Agreement, the heart of safety.
pub const AGREEMENT: Promise = Promise {
    name: "agreement",
    says: "No two honest nodes execute different values at one place in the order.",
    source: "Lamport, Time, clocks, and the ordering of events, CACM 1978 (state machines)",
    gravity: 9,
    given: Outlook::agreement,
    hears: &[Hears::Applied],
    judge: |_| Box::new(Agreement),
};

/// The first execution of each number is in the chronicle, so nothing is kept here.
#[derive(Clone, Debug)]
struct Agreement;

impl Judge for Agreement {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        if let Claim::Applied { label, ops, .. } = claim {
            hold(*label, ops, hearing);
        }
    }
}

/// Holds an execution against the first one of its number.
fn hold(label: Label, ops: &Rc<[Op]>, hearing: &mut Hearing<'_>) {
    let (now, node) = (hearing.now, hearing.node);
    let mine = Decided {
        digest: label.digest,
        node,
        at: now,
        ops: ops.clone(),
    };
    let decided = &mut hearing.chronicle.decided;
    let first = decided
        .entry(label.sequence)
        .or_insert_with(|| mine.clone());
    // The chronicle keeps the future when a run goes back in time.
    if first.at > now {
        *first = mine;
        return;
    }
    if first.digest == label.digest {
        return;
    }
    if !hearing.honest[first.node.index()] {
        *first = mine;
        return;
    }
    let values = vec![value_name(&first.ops), value_name(ops)];
    let fields = Fields::new(&hearing.cast)
        .node("first", first.node)
        .text("one", &*values[0])
        .number("slot", label.sequence)
        .node("second", node)
        .text("other", &*values[1]);
    let says = say(
        "{first} executed {one} at sequence {slot}, {second} executed {other}",
        &fields,
    );
    hearing.breaks.push(Witness {
        at: now,
        nodes: vec![first.node, node],
        sequence: label.sequence,
        values,
        says: says.text,
    });
}

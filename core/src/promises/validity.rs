//! Only what somebody asked for is executed.

use super::always;
use crate::promise::{Hearing, Hears, Judge, Promise, Witness};
use crate::protocol::{Claim, Op};
use crate::say::{Fields, say};
use crate::time::Time;

/// Validity.
pub const VALIDITY: Promise = Promise {
    name: "validity",
    says: "Only what somebody asked for, or an empty value, is executed.",
    source: "Lamport, Shostak & Pease, The Byzantine generals problem, TOPLAS 1982",
    gravity: 8,
    given: always,
    hears: &[Hears::Applied],
    judge: |scenario| {
        Box::new(Validity {
            asked: vec![0; scenario.total_nodes().into()],
        })
    },
};

/// How many operations each node was asked for.
#[derive(Clone, Debug)]
struct Validity {
    asked: Vec<u32>,
}

impl Judge for Validity {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn asked(&mut self, op: Op, _: Time) {
        if let Some(asked) = self.asked.get_mut(op.client.index()) {
            *asked = op.number;
        }
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let Claim::Applied { label, ops, .. } = claim else {
            return;
        };
        for op in ops.iter() {
            let asked = self.asked.get(op.client.index()).copied().unwrap_or(0);
            if op.number == 0 || op.number > asked {
                let node = hearing.node;
                let fields = Fields::new(&hearing.cast).node("who", node);
                let fields = fields.text("op", op.to_string());
                let says = say("{who} executed {op}, which nobody asked for", &fields);
                hearing.breaks.push(Witness {
                    at: hearing.now,
                    nodes: vec![node],
                    sequence: label.sequence,
                    values: vec![op.to_string()],
                    says: says.text,
                });
            }
        }
    }
}

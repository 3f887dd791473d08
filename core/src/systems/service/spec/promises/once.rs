//! A request is counted once, whatever was sent twice.

use crate::promise::{Hearing, Hears, Judge, Promise, Witness};
use crate::promises::always;
use crate::protocol::Claim;
use crate::say::{Fields, say};
use crate::systems::service::numbers::Numbers;

pub(super) const ONCE: Promise = Promise {
    name: "once",
    says: "A request is counted once, whatever was sent twice.",
    source: "Birrell & Nelson, Implementing remote procedure calls, TOCS 1984",
    gravity: 7,
    given: always,
    hears: &[Hears::Answered, Hears::Failed],
    judge: |scenario| {
        Box::new(Once {
            ended: vec![Numbers::default(); scenario.total_nodes().into()],
        })
    },
};

/// By client, the requests that ended.
#[derive(Clone, Debug)]
struct Once {
    ended: Vec<Numbers>,
}

impl Judge for Once {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let (Claim::Answered { op, .. } | Claim::Failed { op, .. }) = claim else {
            return;
        };
        if self.ended[op.client.index()].insert(op.number) {
            return;
        }
        let fields = Fields::new(&hearing.cast).node("who", op.client);
        let fields = fields.text("op", op.to_string());
        hearing.breaks.push(Witness {
            at: hearing.now,
            nodes: vec![op.client],
            sequence: 0,
            values: vec![op.to_string()],
            says: say("{who} counted {op} a second time", &fields).text,
        });
    }
}

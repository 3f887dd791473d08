//! No request is worked on twice.

use super::super::super::SERVERS;
use super::super::super::balancer::Policy;
use super::super::settings;
use crate::outlook::Outlook;
use crate::promise::{Given, Hearing, Hears, Judge, Promise, Witness};
use crate::protocol::{Claim, NodeId, Op};
use crate::say::{Fields, say};
use crate::scenario::Scenario;
use crate::systems::service::numbers::Numbers;
use litemap::LiteMap;

pub(super) const DONE_ONCE: Promise = Promise {
    name: "done-once",
    says: "No request is worked on twice.",
    source: "Birrell & Nelson, Implementing remote procedure calls, TOCS 1984",
    gravity: 2,
    given,
    hears: &[Hears::Worked],
    judge: |scenario| Box::new(DoneOnce::new(scenario)),
};

fn given(outlook: &Outlook) -> Given {
    let settings = settings::read(&outlook.settings, &outlook.cast);
    let retries = settings.attempts > 1 && settings.budget != Some(0);
    let why = if retries {
        "A client that hears nothing asks again: what it asked first may be done all the same."
    } else if settings.hedge.is_some() {
        "A balancer that waits long asks a second server, and both may do the work."
    } else {
        return Given::Promised;
    };
    Given::Never(why.into())
}

/// What was worked on. Where all servers are asked, each does a part of its own.
#[derive(Clone, Debug)]
struct DoneOnce {
    parts: u32,
    /// By client, the requests of which all parts were done.
    done: Vec<Numbers>,
    /// The others of several parts, with the number that was done.
    begun: LiteMap<(NodeId, u32), u32>,
}

impl DoneOnce {
    fn new(scenario: &Scenario) -> Self {
        let settings = settings::read(&scenario.settings, &scenario.cast);
        let all = settings.policy == Policy::FanOut && !settings.by_name;
        Self {
            parts: match all {
                true => scenario.cast.count(SERVERS).into(),
                false => 1,
            },
            done: vec![Numbers::default(); scenario.total_nodes().into()],
            begun: LiteMap::new(),
        }
    }

    /// Counts a part that was done: whether it is one too many.
    fn again(&mut self, op: Op) -> bool {
        let done = &mut self.done[op.client.index()];
        if done.contains(op.number) {
            return true;
        }
        let name = (op.client, op.number);
        let parts = self.begun.remove(&name).unwrap_or(0) + 1;
        if parts == self.parts {
            done.insert(op.number);
        } else {
            self.begun.insert(name, parts);
        }
        false
    }
}

impl Judge for DoneOnce {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let Claim::Worked { op } = claim else {
            return;
        };
        if !self.again(*op) {
            return;
        }
        let fields = Fields::new(&hearing.cast).node("who", hearing.node);
        let fields = fields.text("op", op.to_string());
        hearing.breaks.push(Witness {
            at: hearing.now,
            nodes: vec![hearing.node],
            sequence: 0,
            values: vec![op.to_string()],
            says: say("{who} worked on {op}, which was done before", &fields).text,
        });
    }
}

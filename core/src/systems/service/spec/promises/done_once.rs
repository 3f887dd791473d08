//! No request is worked on twice.

use super::super::super::balancer::Policy;
use super::super::settings;
use crate::outlook::Outlook;
use crate::promise::{Given, Hearing, Hears, Judge, Promise, Witness};
use crate::protocol::Claim;
use crate::say::{Fields, say};
use crate::systems::service::numbers::Numbers;

pub(super) const DONE_ONCE: Promise = Promise {
    name: "done-once",
    says: "No request is worked on twice.",
    source: "Birrell & Nelson, Implementing remote procedure calls, TOCS 1984",
    gravity: 2,
    given,
    hears: &[Hears::Worked],
    judge: |scenario| {
        Box::new(DoneOnce {
            worked: vec![Numbers::default(); scenario.total_nodes().into()],
        })
    },
};

fn given(outlook: &Outlook) -> Given {
    let settings = settings::read(&outlook.settings, &outlook.cast);
    let retries = settings.attempts > 1 && settings.budget != Some(0);
    let why = if settings.policy == Policy::FanOut && !settings.by_name {
        "Each request is asked of all servers, so all of them work on it."
    } else if retries {
        "A client that hears nothing asks again: what it asked first may be done all the same."
    } else if settings.hedge.is_some() {
        "A balancer that waits long asks a second server, and both may do the work."
    } else {
        return Given::Promised;
    };
    Given::Never(why.into())
}

/// By client, the requests that were worked on.
#[derive(Clone, Debug)]
struct DoneOnce {
    worked: Vec<Numbers>,
}

impl Judge for DoneOnce {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let Claim::Worked { op } = claim else {
            return;
        };
        if self.worked[op.client.index()].insert(op.number) {
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

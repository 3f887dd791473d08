//! Whoever asks is answered in time, where theory promises it.

use super::MOST_WITNESSES;
use crate::outlook::Outlook;
use crate::promise::{Judge, Promise, Settled, Settling, Witness};
use crate::protocol::{NodeId, Op};
use crate::say::{Fields, say};
use crate::time::Span;

/// Progress; the system's [`Spec::answers_within`](crate::spec::Spec) says how long it may take.
pub const PROGRESS: Promise = Promise {
    name: "progress",
    says: "Once faults are over and enough honest nodes can talk, whoever asks is answered in time.",
    source: "Dwork, Lynch & Stockmeyer, Consensus in the presence of partial synchrony, JACM 1988",
    gravity: 3,
    given: Outlook::progress_given,
    hears: &[],
    judge: |_| Box::new(Progress),
};

fn waited(node: NodeId, op: Op, waited: Span, present: &Settling<'_>) -> String {
    let fields = Fields::new(&present.cast)
        .node("who", node)
        .text("waited", waited.to_string())
        .text("op", op.to_string());
    say(
        "{who} has waited {waited} for {op} though enough honest nodes can talk",
        &fields,
    )
    .text
}

/// Judged afresh each time from the requests that have no answer yet, so nothing is kept.
#[derive(Clone, Debug)]
struct Progress;

impl Judge for Progress {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn settle(&mut self, present: &Settling<'_>) -> Option<Settled> {
        let Some(bound) = present.bound else {
            return Some(Settled::default());
        };
        let nodes = (0..).map(NodeId).zip(present.asked);
        let late = nodes.filter_map(|(node, &asked)| {
            let list = &present.chronicle.asked[node.index()][..asked as usize];
            let open = |asked: &&crate::chronicle::Asked| {
                asked.answered.is_none_or(|(at, _)| at > present.now)
            };
            let asked = list.iter().find(open)?;
            let since = asked.at.max(present.last_change);
            (present.now > since + bound).then(|| Witness {
                at: since + bound,
                nodes: vec![node],
                sequence: 0,
                values: vec![asked.op.to_string()],
                says: waited(node, asked.op, present.now.since(since), present),
            })
        });
        Some(Settled {
            judged: true,
            breaks: late.take(MOST_WITNESSES).collect(),
        })
    }
}

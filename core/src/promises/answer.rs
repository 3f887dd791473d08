//! Clients accept only what an honest node computed.

use crate::outlook::Outlook;
use crate::promise::{Hearing, Hears, Judge, Promise, Witness};
use crate::protocol::{Claim, NodeId, Op};
use crate::say::{Fields, say};

/// A true answer, where an answer rests on results that were computed before it is accepted.
pub const ANSWER: Promise = Promise {
    name: "answer",
    says: "Whoever asks accepts only a result that an honest node computed.",
    source: "Schneider, Implementing fault-tolerant services using the state machine approach, Computing Surveys 1990",
    gravity: 8,
    given: Outlook::answer,
    hears: &[Hears::Applied, Hears::Answered],
    judge: |_| Box::new(Answer::default()),
};

/// Of each client's last request that an honest node executed: number and results.
#[derive(Clone, Debug, Default)]
struct Answer {
    results: Vec<(NodeId, u32, Vec<u64>)>,
}

impl Judge for Answer {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        match claim {
            Claim::Applied { ops, results, .. } => self.computed(ops, results),
            Claim::Answered {
                op, result, early, ..
            } => {
                self.answered(*op, *result, *early, hearing);
            }
            _ => {}
        }
    }
}

impl Answer {
    /// An honest node computed these results.
    fn computed(&mut self, ops: &[Op], results: &[u64]) {
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

    /// A client accepts a result: an honest node must have come to it, unless the answer may
    /// come before the request is executed for good, or needed no order.
    fn answered(&self, op: Op, result: u64, early: bool, hearing: &mut Hearing<'_>) {
        let computed = self.results.iter().find(|known| known.0 == op.client);
        let computed = computed
            .filter(|known| known.1 == op.number)
            .map(|known| &known.2);
        let early = early && (computed.is_none() || op.read);
        if early || computed.is_some_and(|results| results.contains(&result)) {
            return;
        }
        let hex = |result: u64| format!("{result:016x}");
        let honest = computed.map(|results| hex(results[0]));
        let fields = Fields::new(&hearing.cast)
            .node("who", op.client)
            .text("op", op.to_string())
            .text("result", hex(result))
            .maybe("honest", honest.clone());
        let template = match honest {
            Some(_) => "{who} accepted {result} for {op}; the honest result is {honest}",
            None => "{who} accepted {result} for {op}, which no honest node had executed",
        };
        let values = vec![honest.unwrap_or_else(|| "none".into()), hex(result)];
        hearing.breaks.push(Witness {
            at: hearing.now,
            nodes: vec![op.client],
            sequence: 0,
            values,
            says: say(template, &fields).text,
        });
    }
}

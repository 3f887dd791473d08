//! Nobody changes the view unless an honest replica asked for that by its own clock.

use crate::outlook::Outlook;
use crate::promise::{Given, Hearing, Hears, Judge, Promise, Witness};
use crate::protocol::Claim;
use crate::say::{Fields, say};

pub(super) const UNMOVED: Promise = Promise {
    name: "unmoved",
    says: "No f replicas alone move an honest one to another view.",
    source: "Castro & Liskov, OSDI 1999, section 4.5.2",
    gravity: 4,
    given,
    hears: &[Hears::GaveUp, Hears::Entered],
    judge: |_| Box::new(Unmoved::default()),
};

/// A replica joins f+1 others and enters a view by Q: an honest one must be among them.
fn given(outlook: &Outlook) -> Given {
    let enough = outlook.quorums.weak().min(outlook.quorums.quorum);
    if outlook.liars < enough {
        return Given::Promised;
    }
    Given::NotNow(format!(
        "It takes {enough} replicas to move another one to a new view, and the traitors are as many."
    ))
}

/// The highest view that an honest replica asked for by its own clock: who joins others asks for
/// none above it.
#[derive(Clone, Debug, Default)]
struct Unmoved {
    vouched: u32,
}

impl Judge for Unmoved {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let round = match *claim {
            Claim::GaveUp { round, alone } => {
                if alone {
                    self.vouched = self.vouched.max(round);
                }
                round
            }
            Claim::Entered { round, .. } => round,
            _ => return,
        };
        if round <= self.vouched {
            return;
        }
        let node = hearing.node;
        let fields = Fields::new(&hearing.cast).node("who", node);
        let fields = fields.number("round", round);
        hearing.breaks.push(Witness {
            at: hearing.now,
            nodes: vec![node],
            sequence: 0,
            values: vec![format!("view {}", self.vouched), format!("view {round}")],
            says: say(
                "{who} moved to view {round}, which no honest replica had asked for by its own clock",
                &fields,
            )
            .text,
        });
        // Those that follow it are no further witnesses.
        self.vouched = round;
    }
}

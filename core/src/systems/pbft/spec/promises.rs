//! What pBFT promises: the general ones, unique certificates, and that committed means
//! prepared at f+1. Those about reads and about views have files of their own.

mod reads;
mod unmoved;

use super::{COMMITTED, PREPARED};
use crate::outlook::Outlook;
use crate::promise::{Given, Hearing, Hears, Judge, Promise, Witness};
use crate::promises::{AGREEMENT, ANSWER, EXACTLY_ONCE, ORDER, PROGRESS, VALIDITY, from};
use crate::protocol::{About, Claim, Label, Stamp, Voters};
use crate::quorum::Quorums;
use crate::say::{Arg, Fields, say};
use litemap::LiteMap;
use reads::READS;
use unmoved::UNMOVED;

/// All promises, in the order of reports.
pub(super) const ALL: &[&Promise] = &[
    &from(AGREEMENT, "Castro & Liskov, OSDI 1999, section 3 (safety)"),
    &from(VALIDITY, "Castro & Liskov, OSDI 1999, sections 2 and 4.4"),
    &from(EXACTLY_ONCE, "Castro & Liskov, OSDI 1999, section 4.1"),
    &from(ORDER, "Castro & Liskov, OSDI 1999, section 4.2"),
    &PREPARED_UNIQUENESS,
    &COMMITTED_LOCAL,
    &UNMOVED,
    &READS,
    &from(ANSWER, "Castro & Liskov, OSDI 1999, section 4.1"),
    &from(
        PROGRESS,
        "Castro & Liskov, OSDI 1999, sections 3 (liveness) and 4.5.2",
    ),
];

const PREPARED_UNIQUENESS: Promise = Promise {
    name: "prepared-uniqueness",
    says: "No two honest replicas hold prepared certificates for different digests at one view and sequence number.",
    source: "Castro & Liskov, OSDI 1999, section 4.2",
    gravity: 5,
    given: Outlook::agreement,
    hears: &[Hears::Reached],
    judge: |_| Box::new(Unique(Prepared::default())),
};

const COMMITTED_LOCAL: Promise = Promise {
    name: "committed-local",
    says: "What is committed at one honest replica is prepared at f+1 honest ones.",
    source: "Castro & Liskov, OSDI 1999, section 4.2",
    gravity: 5,
    given: |outlook| match outlook.quorums.keeps_with(outlook.unreliable()) {
        true => Given::Promised,
        false => {
            Given::NotNow("A quorum may hold fewer than f+1 replicas that keep their word.".into())
        }
    },
    hears: &[Hears::Reached],
    judge: |scenario| {
        Box::new(Kept {
            quorums: scenario.votes(),
            prepared: Prepared::default(),
        })
    },
};

/// The most (sequence, view) pairs that are remembered; of more, the older half is judged no more.
const MEMORY: usize = 4096;

/// Who holds a prepared certificate for which digest, by sequence number and view.
#[derive(Clone, Debug, Default)]
struct Prepared {
    ballots: LiteMap<(u64, u32), Vec<(u64, Voters)>>,
    /// Sequence numbers up to here are forgotten.
    floor: u64,
}

impl Prepared {
    /// Notes a certificate; the others that are held for the same place.
    fn note(&mut self, label: Label, stamp: Stamp) -> &[(u64, Voters)] {
        if self.ballots.len() > MEMORY
            && let Some((&(middle, _), _)) = self.ballots.get_indexed(MEMORY / 2)
        {
            self.floor = middle;
            self.ballots.retain(|(sequence, _), _| *sequence > middle);
        }
        let ballots = self
            .ballots
            .entry((label.sequence, label.view))
            .or_default();
        let place = ballots
            .iter()
            .position(|(digest, _)| *digest == label.digest);
        let place = place.unwrap_or_else(|| {
            ballots.push((label.digest, Voters::default()));
            ballots.len() - 1
        });
        ballots[place].1.insert(stamp);
        ballots
    }
}

/// Judges that certificates are unique.
#[derive(Clone, Debug)]
struct Unique(Prepared);

impl Judge for Unique {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let Claim::Reached {
            stage: PREPARED,
            label,
            ..
        } = claim
        else {
            return;
        };
        if label.sequence <= self.0.floor {
            return;
        }
        let node = hearing.node;
        let ballots = self.0.note(*label, hearing.stamp());
        let other = ballots.iter().find(|(digest, _)| *digest != label.digest);
        let rival = other.and_then(|(digest, voters)| {
            let rival = voters.iter().find(|&rival| rival != node)?;
            Some((rival, digest))
        });
        if let Some((rival, digest)) = rival {
            let fields = Fields::new(&hearing.cast)
                .with("who", Arg::Nodes(vec![rival, node]))
                .label(About::Number, *label);
            hearing.breaks.push(Witness {
                at: hearing.now,
                nodes: vec![rival, node],
                sequence: label.sequence,
                values: vec![format!("{digest:016x}"), format!("{:016x}", label.digest)],
                says: say(
                    "{who} prepared different values at view {round}, sequence {slot}",
                    &fields,
                )
                .text,
            });
        }
    }
}

/// Judges that what is committed is prepared at enough honest replicas.
#[derive(Clone, Debug)]
struct Kept {
    quorums: Quorums,
    prepared: Prepared,
}

impl Judge for Kept {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let Claim::Reached { stage, label, .. } = claim else {
            return;
        };
        if label.sequence <= self.prepared.floor {
            return;
        }
        match *stage {
            PREPARED => {
                self.prepared.note(*label, hearing.stamp());
            }
            COMMITTED => self.committed(*label, hearing),
            _ => {}
        }
    }
}

impl Kept {
    fn committed(&self, label: Label, hearing: &mut Hearing<'_>) {
        let (node, weak) = (hearing.node, self.quorums.weak());
        let ballots = self.prepared.ballots.get(&(label.sequence, label.view));
        let same = ballots.and_then(|b| b.iter().find(|(d, _)| *d == label.digest));
        let count = same.map_or(0, |(_, voters)| {
            let honest = voters.iter().filter(|id| hearing.honest[id.index()]);
            honest.take(weak as usize).count() as u32
        });
        if count >= weak {
            return;
        }
        let fields = Fields::new(&hearing.cast)
            .node("who", node)
            .number("honest", count)
            .label(About::Number, label);
        hearing.breaks.push(Witness {
            at: hearing.now,
            nodes: vec![node],
            sequence: label.sequence,
            values: vec![format!("{:016x}", label.digest)],
            says: say(
                "{who} committed view {round}, sequence {slot}, which only \
                 {honest:# honest replica has|# honest replicas have} prepared",
                &fields,
            )
            .text,
        });
    }
}

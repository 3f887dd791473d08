//! What pBFT says about itself.

mod behaviours;
mod lessons;
mod promises;
mod settings;

use super::{Pbft, kinds, rules};
use crate::cast::{Place, Role};
use crate::metric;
use crate::spec::{Choice, Spec, Stage, Uses, WRITE_AND_READ, Words, usual_machine};
use crate::workload;
use crate::world;

pub use settings::Settings;
pub(super) use settings::read as settings;

/// A replica has accepted a proposal.
pub(super) const PRE_PREPARED: u8 = 0;
/// A replica holds a prepared certificate.
pub(super) const PREPARED: u8 = 1;
/// A replica holds a committed certificate.
pub(super) const COMMITTED: u8 = 2;
/// A replica has executed the request.
pub(super) const EXECUTED: u8 = 3;
/// The fact of a portrait that says up to where a replica's state is stable [4.3].
pub(super) const STABLE: &str = "stable checkpoint";

/// Practical Byzantine fault tolerance.
pub const SPEC: &Spec = &Spec {
    name: "pbft",
    title: "Practical Byzantine Fault Tolerance",
    says: "Replicas agree on the order of requests although some of them may lie.",
    source: "Castro & Liskov, Practical Byzantine fault tolerance, OSDI 1999",
    roles: &[
        Role {
            name: "replica",
            plural: "replicas",
            title: "Replicas",
            letter: 'R',
            place: Place::Ring,
            bounds: (1, 1024),
            usual: 4,
            asks: false,
            serves: true,
            corruptible: true,
        },
        Role::CLIENT,
    ],
    kinds: kinds::KINDS,
    path: kinds::PATH,
    rules: rules::ALL,
    stages: STAGES,
    words: Words {
        round: Some("view"),
        slot: Some("number"),
        leads: Some("primary"),
        follows: Some("backup"),
        done: "executed",
    },
    knobs: settings::KNOBS,
    check: settings::check,
    quorums: Some(settings::quorums),
    behaviours: behaviours::ALL,
    promises: promises::ALL,
    workload: workload::PLAIN,
    verbs: WRITE_AND_READ,
    uses: Uses::MESSAGES,
    machine: usual_machine,
    metrics: metric::USUAL,
    reported: &[STABLE],
    lessons: lessons::LADDER,
    answers_within: settings::answers_within,
    choices: CHOICES,
    disks: &[Choice {
        name: "checkpoint",
        title: "What its last checkpoint had",
    }],
    start: world::start::<Pbft>,
};

const STAGES: &[Stage] = &[
    Stage {
        name: "pre-prepared",
        says: "has accepted the proposal",
        firm: false,
    },
    Stage {
        name: "prepared",
        says: "holds a prepared certificate",
        firm: false,
    },
    Stage {
        name: "committed",
        says: "holds a committed certificate",
        firm: true,
    },
    Stage {
        name: "executed",
        says: "has executed the request",
        firm: true,
    },
];

const CHOICES: &[Choice] = &[
    choice("genuine", "as it is"),
    choice("withhold", "nothing"),
    choice("null-proposal", "a null request"),
    choice("other-request", "another request"),
    choice("other-digest", "a vote for something else"),
    choice("false-result", "a false result"),
    choice("empty-view", "an empty new view"),
];

const fn choice(name: &'static str, title: &'static str) -> Choice {
    Choice { name, title }
}

//! What pBFT says about itself.

mod behaviours;
mod lessons;
mod promises;
mod settings;

use super::{Pbft, kinds, rules};
use crate::cast::{Place, Role};
use crate::metric;
use crate::spec::{Choice, Sentences, Spec, Stage, Uses, WRITE_AND_READ, Words, usual_machine};
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
    sentences: SENTENCES,
    knobs: settings::KNOBS,
    check: settings::check,
    quorums: Some(settings::quorums),
    behaviours: behaviours::ALL,
    no_lies: "",
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
        says: "{Who} {who:has|have} accepted a proposal for number {slot}.",
        firm: false,
    },
    Stage {
        name: "prepared",
        says: "{Who} {who:is|are} prepared for number {slot}: \
               {votes:one replica vouches|# replicas vouch} for the same request.",
        firm: false,
    },
    Stage {
        name: "committed",
        says: "{Who} {who:has|have} committed number {slot}: \
               {votes:one replica says that it is|# replicas say that they are} prepared.",
        firm: true,
    },
    Stage {
        name: "executed",
        says: "{Who} {who:has|have} executed number {slot}.",
        firm: true,
    },
];

const SENTENCES: Sentences = Sentences {
    asked: "{Who} wants its request {op} executed.",
    applied: "{Who} {who:executes|execute} {value} as number {slot}.",
    took_over: "{Who} {who:takes|take} over the state up to number {slot}.",
    rolled_back: "{Who} {who:has|have} lost what {who:it|they} executed[ after number {slot}].",
    gave_up: "{Who} {who:has|have} waited long enough and {who:asks|ask} for view {round}.",
    joined: "{Who} {who:joins|join} others who ask for view {round}.",
    entered: "{Who} {who:works|work} in view {round} now[, led by {leader}].",
    answered: "{Who} accepts the answer to {op}: {by:one replica gives|# replicas agree on} it.",
    suspects: "{Who} {who:suspects|suspect} {node}.",
    trusts: "{Who} no longer {who:suspects|suspect} {node}.",
    request: "[{op}][request {number}][, digest {digest}]",
    slot: "[{value} as ]number {slot} in view {round}[, digest {digest}]",
    state: "[up to number {slot}][, digest {digest}]",
    round: "view {round}",
    null: "an empty request",
    ..Sentences::PLAIN
};

const CHOICES: &[Choice] = &[
    choice("genuine", "as it is"),
    choice("withhold", "nothing"),
    choice("null-proposal", "a null request"),
    choice("other-request", "another request"),
    choice("other-digest", "a vote for something else"),
    choice("false-result", "a false result"),
    choice("empty-view", "an empty new view"),
    choice(
        "hidden-prepared",
        "a view change that hides what it had prepared",
    ),
    choice("far-view", "a view change for a view far ahead"),
    choice("other-state", "the digest of another state"),
    choice("wrong-state", "a wrong state"),
    choice("old-state", "the state before the first request"),
];

const fn choice(name: &'static str, title: &'static str) -> Choice {
    Choice { name, title }
}

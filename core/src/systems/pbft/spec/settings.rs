//! What may be set about pBFT: the knobs, and their values as the replicas read them.

use crate::cast::Cast;
use crate::knob::{Args, Knob, Misfit, Takes, Usual, Value};
use crate::quorum::Quorums;
use crate::scenario::Scenario;
use crate::time::Span;

/// The settings of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long a backup waits for a request to execute.
    pub view_timeout: Span,
    /// How long a client waits before it sends to all.
    pub client_timeout: Span,
    /// A checkpoint is taken every so many sequence numbers (K).
    pub checkpoint_interval: u64,
    /// How far the high watermark lies above the low one (L).
    pub window: u64,
    /// How many requests the primary may put under one sequence number.
    pub batch: u32,
    /// Execute when prepared, before commit (section 5.1).
    pub tentative: bool,
    /// Answer reads without ordering them (section 5.1).
    pub read_only: bool,
    /// Clients believe Q equal replies, not f+1.
    pub reply_quorum: bool,
    /// How often replicas say how far they are; never, if this is nothing.
    pub status: Span,
    /// Another protocol: what is prepared is executed, and nobody sends COMMITs.
    pub without_commit: bool,
    /// Another protocol: each replica numbers requests by itself, and nobody proposes.
    pub without_pre_prepare: bool,
}

impl Default for Settings {
    fn default() -> Self {
        read(&super::SPEC.usual())
    }
}

/// The longest interval, window and batch.
const MOST: i64 = 1_000_000;

const COUNT: Takes = Takes::Number { min: 1, max: MOST };

/// What may be set, in the order of forms.
pub(super) const KNOBS: &[Knob] = &[
    Knob::setting(
        "quorum",
        "Quorum",
        "The votes that decide, in place of those of theory.",
        Takes::Votes,
        Usual::Nothing,
    ),
    Knob::setting(
        "view_timeout_ms",
        "View timeout",
        "How long a backup waits for a request to execute before it asks for another primary.",
        Takes::Period,
        Usual::Ms(500),
    ),
    Knob::setting(
        "client_timeout_ms",
        "Client timeout",
        "How long a client waits for an answer before it sends its request to all replicas.",
        Takes::Period,
        Usual::Ms(1000),
    ),
    Knob::setting(
        "checkpoint_interval",
        "Checkpoint interval (K)",
        "Replicas agree on their state every so many sequence numbers.",
        COUNT,
        Usual::Number(10),
    ),
    Knob::setting(
        "window",
        "Window (L)",
        "How far sequence numbers may run ahead of the last stable checkpoint; at least K, 2K if left out.",
        COUNT,
        Usual::Of(twice_the_interval),
    ),
    Knob::setting(
        "batch",
        "Batch",
        "How many requests the primary may put under one sequence number.",
        COUNT,
        Usual::Number(1),
    ),
    Knob::setting(
        "tentative",
        "Tentative execution",
        "Execute when prepared, before commit (section 5.1).",
        Takes::Flag,
        Usual::Flag(false),
    ),
    Knob::setting(
        "read_only",
        "Read-only requests",
        "Answer reads without ordering them, once what they reflect is committed (section 5.1).",
        Takes::Flag,
        Usual::Flag(false),
    ),
    Knob::setting(
        "reply_quorum",
        "Quorum of replies",
        "Clients wait for Q equal replies to every request, not f+1: a read of a quorum then sees \
         each write that was answered before it. It costs waiting for slower replicas; as read-only \
         requests are, if left out.",
        Takes::Flag,
        Usual::Of(as_reads),
    ),
    Knob::setting(
        "status_ms",
        "Status period",
        "How often replicas say how far they are, so that one that was cut off learns what it \
         missed although nobody asks for anything (TOCS 2002); 0 for never.",
        Takes::Span,
        Usual::Ms(0),
    ),
    Knob::breaking(
        "without_commit",
        "Leave out COMMIT",
        "Replicas execute what is prepared. Not pBFT any more: a lesson in what the second round of votes is for.",
        "Without its COMMIT phase the protocol promises nothing: what one replica executed, the others may not carry into the next view.",
    ),
    Knob::breaking(
        "without_pre_prepare",
        "Leave out PRE-PREPARE",
        "Clients send to all, and each replica numbers requests as they come. Not pBFT any more: a lesson in what the primary is for.",
        "Without its PRE-PREPARE phase the protocol promises nothing: replicas that hear requests in different orders agree on a number by luck alone.",
    ),
];

/// The window that goes with a checkpoint interval: twice as much (section 4.3).
fn twice_the_interval(args: &Args) -> Value {
    let interval = args.number("checkpoint_interval").unwrap_or(10);
    Value::Number((2 * interval).min(MOST))
}

/// Reads without order are right only where every answer rests on a quorum (Berger, Reiser &
/// Bessani, Making reads in BFT state machine replication fast, linearizable, and live, SRDS 2021).
fn as_reads(args: &Args) -> Value {
    Value::Flag(args.flag("read_only"))
}

/// The settings of a scenario, whose defaults are filled in.
pub(in crate::systems::pbft) fn read(args: &Args) -> Settings {
    let span = |name| args.span(name).unwrap_or_default();
    let count = |name| args.number(name).unwrap_or(1).unsigned_abs();
    Settings {
        view_timeout: span("view_timeout_ms"),
        client_timeout: span("client_timeout_ms"),
        checkpoint_interval: count("checkpoint_interval"),
        window: count("window"),
        batch: count("batch") as u32,
        tentative: args.flag("tentative"),
        read_only: args.flag("read_only"),
        reply_quorum: args.flag("reply_quorum"),
        status: span("status_ms"),
        without_commit: args.flag("without_commit"),
        without_pre_prepare: args.flag("without_pre_prepare"),
    }
}

/// Refuses a window in which no checkpoint fits.
pub(super) fn check(args: &Args, _: &Cast) -> Result<(), Misfit> {
    let Settings {
        checkpoint_interval,
        window,
        ..
    } = read(args);
    if window >= checkpoint_interval {
        return Ok(());
    }
    let message = format!(
        "must be at least checkpoint_interval, which is {checkpoint_interval}, not {window}: \
         no checkpoint would ever fit"
    );
    Err(Misfit::new("window", message))
}

/// How long an answer may take once faults are over: four client timeouts, and the timeouts of
/// the views that f faulty primaries can cost, which double (section 4.5.2).
///
/// Nothing is promised where delays are long against the view timeout.
pub(super) fn answers_within(scenario: &Scenario) -> Option<Span> {
    let settings = read(&scenario.settings);
    let synchronous = settings.view_timeout >= scenario.latency.typical_most().times(8);
    let views = settings
        .view_timeout
        .times(4u64 << scenario.votes().f.min(8));
    synchronous.then(|| settings.client_timeout.times(4) + views)
}

/// The votes that decide.
pub(super) fn quorums(args: &Args, cast: &Cast) -> Quorums {
    let set = args.number("quorum").map(|quorum| quorum as u32);
    Quorums::byzantine(cast.servers().into()).overridden(set)
}

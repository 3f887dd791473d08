//! What a system says about itself, for readers, menus, pictures, words and tests.
//!
//! A [`Spec`] is data. Whoever reads or writes a scenario, draws a run or tells
//! it looks here and knows no system by its name.

use crate::cast::{Cast, Role};
use crate::fault::Behaviour;
use crate::knob::{self, Args, Knob, Misfit, Takes, Value};
use crate::lesson::Lesson;
use crate::metric::{self, Metric};
use crate::portrait::Cell;
use crate::promise::Promise;
use crate::protocol::{About, Kind, NodeId, Protocol, Rule};
use crate::quorum::Quorums;
use crate::scenario::Scenario;
use crate::time::Span;
use crate::workload;
use crate::world::{self, World};
use std::fmt;

/// One system: everything about it but its state machine.
pub struct Spec {
    /// Its name in scenarios.
    pub name: &'static str,
    /// Its name on screen.
    pub title: &'static str,
    /// What it is, in a sentence.
    pub says: &'static str,
    /// The paper or the manual that it follows.
    pub source: &'static str,
    /// The parts that nodes play, in the order of their numbers; those who only ask come last.
    pub roles: &'static [Role],
    /// Its kinds of message, in the order in which an operation meets them.
    pub kinds: &'static [Kind],
    /// Those of them, by name, that an operation meets where nothing goes wrong.
    pub path: &'static [&'static str],
    /// Its rules, in the order in which an operation meets them.
    pub rules: &'static [&'static Rule],
    /// How far a node can be with a slot, in order; the first is that something is proposed there.
    pub stages: &'static [Stage],
    /// What it calls what every system has.
    pub words: Words,
    /// How it tells what every system does.
    pub sentences: Sentences,
    /// What may be set about it.
    pub knobs: &'static [Knob],
    /// Refuses settings that are fine each by itself and do not go together.
    pub check: fn(&Args, &Cast) -> Result<(), Misfit>,
    /// The votes that decide, if it decides by votes.
    pub quorums: Option<fn(&Args, &Cast) -> Quorums>,
    /// What its traitors can do, in the order of menus.
    pub behaviours: &'static [&'static Behaviour],
    /// Why its traitors tell no lies, if they tell none; empty if they do.
    pub no_lies: &'static str,
    /// What it promises, in the order of reports.
    pub promises: &'static [&'static Promise],
    /// What may be set about its workload; none where nobody asks.
    pub workload: &'static [Knob],
    /// What operations can do.
    pub verbs: &'static [Verb],
    /// What its nodes make use of, for faults that would do nothing without.
    pub uses: Uses,
    /// The machine that a node runs on.
    pub machine: fn(&Scenario, NodeId) -> Machine,
    /// What is measured of its runs, in the order of reports.
    pub metrics: &'static [&'static Metric],
    /// What to try with it, one after another.
    pub lessons: &'static [Lesson],
    /// The facts of portraits, by name, that reports give for each node: numbers.
    pub reported: &'static [&'static str],
    /// How long an answer may take once faults are over, in a run in which theory promises one.
    pub answers_within: fn(&Scenario) -> Option<Span>,
    /// What a traitor who is told what to send can send in place of a message.
    pub choices: &'static [Choice],
    /// What a disk can bring back beside everything, all but the last writes, and nothing.
    pub disks: &'static [Choice],
    /// Starts a run.
    pub start: fn(&Scenario) -> Box<dyn World>,
}

/// How far a node is with a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name, such as `prepared`.
    pub name: &'static str,
    /// That nodes reached it: a template of [`say`](crate::say::say) with `{who}`, `{slot}`,
    /// `{round}` and `{votes}`, those who vouch for it.
    pub says: &'static str,
    /// Whether what reached it can no longer change.
    pub firm: bool,
}

/// What an operation can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// Its name, such as `write`.
    pub name: &'static str,
    /// Whether it only reads.
    pub reads: bool,
}

/// Plain writes and reads.
pub const WRITE_AND_READ: &[Verb] = &[
    Verb {
        name: "write",
        reads: false,
    },
    Verb {
        name: "read",
        reads: true,
    },
];

/// What nodes make use of, beside messages and timers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// They leave work to their machines.
    pub work: bool,
    /// They read their clocks.
    pub clock: bool,
    /// They act on events that are ordered.
    pub events: bool,
}

impl Uses {
    /// Nothing beside messages and timers.
    pub const MESSAGES: Self = Self {
        work: false,
        clock: false,
        events: false,
    };
}

/// A machine that nodes leave work to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// How many pieces it works on at once; each beyond waits.
    pub cores: u16,
    /// Its speed, in thousandths of the usual.
    pub speed_per_mille: u32,
}

/// One core of usual speed.
#[must_use]
pub const fn usual_machine(_: &Scenario, _: NodeId) -> Machine {
    Machine {
        cores: 1,
        speed_per_mille: 1000,
    }
}

/// What a system calls what every system has; `None` where it has no such thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// A period with one leader: `view`, `term`.
    pub round: Option<&'static str>,
    /// A place in the order of values: `number`, `index`.
    pub slot: Option<&'static str>,
    /// The one that leads: `primary`, `leader`.
    pub leads: Option<&'static str>,
    /// Those that do not lead, where they have a name for that: `backup`, `follower`.
    pub follows: Option<&'static str>,
    /// What a node has done with a value in the end: `executed`, `applied`.
    pub done: &'static str,
}

impl Words {
    /// No rounds, no order of values, no leader.
    pub const NONE: Self = Self {
        round: None,
        slot: None,
        leads: None,
        follows: None,
        done: "done",
    };
}

/// How a system tells what nodes of every system do: templates of [`say`](crate::say::say).
///
/// `{who}` are the nodes. A field has no value where a run does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentences {
    /// A node is asked for the operation `{op}`.
    pub asked: &'static str,
    /// They executed `{value}` at `{slot}`.
    pub applied: &'static str,
    /// They took over the state at `{slot}`.
    pub took_over: &'static str,
    /// They lost what they executed after `{slot}`.
    pub rolled_back: &'static str,
    /// They give up on their round and ask for `{round}`, for the time is up.
    pub gave_up: &'static str,
    /// They ask for `{round}`, as others do.
    pub joined: &'static str,
    /// They work in `{round}` now, with `{leader}` as its leader.
    pub entered: &'static str,
    /// They accept the result of `{op}`, which `{by}` nodes gave.
    pub answered: &'static str,
    /// They give up on `{op}`.
    pub failed: &'static str,
    /// They take a default in place of the answer to `{op}`.
    pub degraded: &'static str,
    /// They did the work of `{op}`.
    pub worked: &'static str,
    /// They take `{node}` for faulty.
    pub suspects: &'static str,
    /// They no longer do.
    pub trusts: &'static str,
    /// What a message about `{op}` is about, or the operation's `{number}` if its client is not
    /// known; each of the following may add the `{digest}`.
    pub request: &'static str,
    /// The same about a `{slot}` in a `{round}`, with the `{value}` proposed there.
    pub slot: &'static str,
    /// The same about the state at `{slot}`, which is none where nothing was executed yet.
    pub state: &'static str,
    /// The same about a `{round}`.
    pub round: &'static str,
    /// A value without operations.
    pub null: &'static str,
}

/// A name in a scenario, with its words on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name in the scenario.
    pub name: &'static str,
    /// Its words in menus.
    pub title: &'static str,
}

impl Sentences {
    /// Plain words, for a system that has none of its own.
    pub const PLAIN: Self = Self {
        asked: "{Who} {who:asks|ask} for {op}.",
        applied: "{Who} {who:is|are} done with {value}[ at {slot}].",
        took_over: "{Who} {who:takes|take} over the state[ up to {slot}].",
        rolled_back: "{Who} {who:has|have} lost what {who:it|they} did[ after {slot}].",
        gave_up: "{Who} {who:gives|give} up waiting and {who:asks|ask} for round {round}.",
        joined: "{Who} {who:joins|join} others and {who:asks|ask} for round {round}.",
        entered: "{Who} {who:begins|begin} round {round}[, led by {leader}].",
        answered: "{Who} accepts the answer to {op}: {by:one node gives|# nodes agree on} it.",
        failed: "{Who} {who:gives|give} up on {op}.",
        degraded: "{Who} {who:takes|take} a default in place of the answer to {op}.",
        worked: "{Who} {who:has|have} done the work of {op}.",
        suspects: "{Who} {who:suspects|suspect} {node}.",
        trusts: "{Who} no longer {who:suspects|suspect} {node}.",
        request: "[{op}][request {number}]",
        slot: "[{value} at ]{slot}",
        state: "[up to {slot}]",
        round: "round {round}",
        null: "nothing",
    };

    /// The template that says what a message or a rule is about.
    #[must_use]
    pub const fn about(&self, about: About) -> &'static str {
        match about {
            About::Request => self.request,
            About::Number => self.slot,
            About::State => self.state,
            About::View => self.round,
        }
    }
}

impl PartialEq for Spec {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spec")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Spec {
    /// A system of which nothing is said yet but its name and its state machine.
    ///
    /// What it says is put in place of what stands here: `Spec { roles: …, ..Spec::bare::<P>("…") }`.
    #[must_use]
    pub const fn bare<P: Protocol>(name: &'static str) -> Self {
        Self {
            name,
            title: name,
            says: "",
            source: "",
            roles: &[],
            kinds: &[],
            path: &[],
            rules: &[],
            stages: &[],
            words: Words::NONE,
            sentences: Sentences::PLAIN,
            knobs: &[],
            check: |_, _| Ok(()),
            quorums: None,
            behaviours: &[],
            no_lies: "",
            promises: &[],
            workload: workload::PLAIN,
            verbs: WRITE_AND_READ,
            uses: Uses::MESSAGES,
            machine: usual_machine,
            metrics: metric::USUAL,
            lessons: &[],
            reported: &[],
            answers_within: |_| None,
            choices: &[],
            disks: &[],
            start: world::start::<P>,
        }
    }

    /// The settings with which a scenario that names none runs.
    #[must_use]
    pub fn usual(&self) -> Args {
        knob::filled(self.knobs)
    }

    /// The settings with one of them changed, or as usual for `None`; what was as usual beside it
    /// stays so.
    #[must_use]
    pub fn with(&self, args: &Args, name: &'static str, value: Option<Value>) -> Args {
        knob::with(self.knobs, args, name, value)
    }

    /// How far a node is with a slot; `None` while it accepted nothing there.
    #[must_use]
    pub fn stage(&self, cell: &Cell) -> Option<&'static Stage> {
        self.stages.get(usize::from(cell.stage?))
    }

    /// The behaviour of this name, if its traitors can do that.
    #[must_use]
    pub fn behaviour(&self, name: &str) -> Option<&'static Behaviour> {
        self.behaviours
            .iter()
            .copied()
            .find(|behaviour| behaviour.name == name)
    }

    /// The names that a knob takes; none if it takes no names.
    #[must_use]
    pub fn names(&self, takes: Takes) -> Vec<&'static str> {
        match takes {
            Takes::Choice(names) => names.to_vec(),
            Takes::Answer => self.choices.iter().map(|choice| choice.name).collect(),
            Takes::Disk => self.disk_names().collect(),
            Takes::Kinds => self.kinds.iter().map(|kind| kind.name).collect(),
            Takes::Behaviour => self.behaviours.iter().map(|one| one.name).collect(),
            _ => Vec::new(),
        }
    }

    /// The title that the system gives a choice or a disk image of this name, if it has one.
    #[must_use]
    pub fn title_of(&self, name: &str) -> Option<&'static str> {
        let mut all = self.choices.iter().chain(self.disks);
        all.find(|choice| choice.name == name)
            .map(|choice| choice.title)
    }

    /// What a restarted node's disk can have kept, by name.
    pub fn disk_names(&self) -> impl Iterator<Item = &'static str> + '_ {
        let images = self.disks.iter().map(|disk| disk.name);
        ["everything", "stale"]
            .into_iter()
            .chain(images)
            .chain(["nothing"])
    }

    /// These kinds of message as a bit mask over their indices, as far as it has them.
    #[must_use]
    pub fn mask_of(&self, names: &[&str]) -> u64 {
        let bit = |name: &&str| self.kinds.iter().position(|kind| kind.name == *name);
        names
            .iter()
            .filter_map(bit)
            .fold(0, |mask, at| mask | 1 << at)
    }
}

//! A run as a story that a person can review: a line for each thing that matters.
//!
//! `r0` is a replica, `c4` a client, `*` marks one that lies at the end. What a rule led to
//! stands behind it: `prepared v0 s1 c4#1 → commit to all`.

use quorumscope_core::protocol::{Claim, Label, NodeId, value_name};
use quorumscope_core::scenario::order_to_value;
use quorumscope_core::trace::{Event, EventId, Recipients, Transit, What};
use quorumscope_core::world::World;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Rules that tell nothing new: the claim beside them says more.
const SAID_BY_CLAIMS: [&str; 3] = ["executed", "accept-reply", "transferred"];

/// Rules and kinds of message that speak of a value; the digests of others are of states.
const ABOUT_VALUES: [&str; 8] = [
    "propose",
    "pre-prepared",
    "conflict",
    "prepared",
    "committed",
    "pre-prepare",
    "prepare",
    "commit",
];

/// The story of a recorded run.
#[must_use]
pub fn story(world: &dyn World) -> String {
    let mut teller = Teller {
        world,
        values: values(world),
        requests: BTreeMap::new(),
        lines: Vec::new(),
        line_of: BTreeMap::new(),
    };
    for event in &world.chronicle().events {
        teller.tell(event);
    }
    let mut story = String::new();
    for line in &teller.lines {
        let _ = writeln!(story, "{}", line.trim_end());
    }
    story + &ending(world)
}

/// Values by digest, as far as anybody executed them.
fn values(world: &dyn World) -> BTreeMap<u64, String> {
    let all = world.chronicle().executed.iter().flatten();
    all.map(|entry| (entry.digest, value_name(&entry.ops)))
        .collect()
}

/// What it came to.
fn ending(world: &dyn World) -> String {
    let mut lines = String::from("\n");
    for node in (0..world.scenario().servers()).map(NodeId) {
        let executed = world.executed(node);
        let entries = executed
            .iter()
            .map(|entry| format!("{}:{}", entry.sequence, value_name(&entry.ops)));
        let entries: Vec<String> = entries.collect();
        let sketch = world.sketch(node);
        let _ = writeln!(
            lines,
            "r{node} in view {}, stable at {}, executed {}",
            sketch.round,
            world
                .portrait(node)
                .fact("stable checkpoint")
                .unwrap_or("nothing"),
            if entries.is_empty() {
                "nothing".to_owned()
            } else {
                entries.join(" ")
            },
        );
    }
    for promise in world.promises().iter().filter(|promise| !promise.holds()) {
        let _ = writeln!(
            lines,
            "broken: {}: {}",
            promise.promise.name, promise.witnesses[0].says
        );
    }
    lines
}

struct Teller<'a> {
    world: &'a dyn World,
    values: BTreeMap<u64, String>,
    /// Requests by digest, as their clients first named them.
    requests: BTreeMap<u64, String>,
    lines: Vec<String>,
    /// The line in which an event is told, for what it led to.
    line_of: BTreeMap<EventId, usize>,
}

impl Teller<'_> {
    fn tell(&mut self, event: &Event) {
        match &event.what {
            What::Sent {
                kind, to, label, ..
            } => self.sent(event, *kind, to, *label),
            What::Dropped(transit, reason) => self.lost(event, transit, reason.name()),
            What::Because(rule, _) if SAID_BY_CLAIMS.contains(&rule.name) => {
                self.line_of.insert(event.id, self.lines.len());
            }
            What::Because(rule, label) => {
                if rule.name == "ask" || rule.name == "read" {
                    let name = format!("c{}#{}", event.node, label.sequence);
                    self.requests.entry(label.digest).or_insert(name);
                }
                let text = format!("{} {}", rule.name, self.about(*label, rule.name));
                self.line(event, &text);
            }
            What::Claimed(claim) => self.claimed(event, claim),
            What::Ordered(index) => {
                let order = order_to_value(&self.world.scenario().script[*index as usize]);
                self.line(event, &format!("ORDER {order}"));
            }
            What::Lifted(index) => self.line(event, &format!("END OF ORDER {index}")),
            What::Asked { number } => self.line(event, &format!("wants c{}#{number}", event.node)),
            What::TimerFired { timer } => self.line(event, &format!("{timer} timer runs out")),
            What::Broken { promise, witness } => {
                let promise = &self.world.promises()[usize::from(*promise)];
                let witness = promise.witnesses.get(*witness as usize);
                let says = witness.map_or("", |witness| witness.says.as_str());
                self.line(event, &format!("BROKEN {}: {says}", promise.promise.name));
            }
            What::WorkDone { piece } => self.line(event, &format!("is done with {piece}")),
            What::Happened => self.line(event, "acts by order"),
            What::WornOut => self.line(event, "breaks"),
            What::Repaired => self.line(event, "is repaired"),
            What::Delivered(_)
            | What::TimerSet { .. }
            | What::TimerCancelled { .. }
            | What::WorkBegun { .. } => {}
        }
    }

    fn claimed(&mut self, event: &Event, claim: &Claim) {
        let text = match claim {
            Claim::Applied { label, ops, .. } => {
                format!(
                    "executed v{} s{} {}",
                    label.view,
                    label.sequence,
                    value_name(ops)
                )
            }
            Claim::TookOver { label } => format!("takes over the state of s{}", label.sequence),
            Claim::RolledBack { to } => format!("has lost what came after s{to}"),
            Claim::Answered { op, .. } => format!("accepts the answer to {op}"),
            Claim::Entered { round, .. } => format!("is in view {round}"),
            Claim::Failed { op, degraded: true } => format!("takes a default for {op}"),
            Claim::Failed { op, .. } => format!("gives up on {op}"),
            Claim::Worked { op } => format!("has done the work of {op}"),
            Claim::Reached { .. } | Claim::GaveUp { .. } | Claim::Suspects { .. } => return,
        };
        self.line(event, &text);
    }

    fn sent(&mut self, event: &Event, kind: u8, to: &Recipients, label: Label) {
        let kind = self.world.kinds()[usize::from(kind)].name;
        let to = match to {
            Recipients::One(node) => self.name(*node),
            Recipients::Role { .. } | Recipients::These(_) => "all".to_owned(),
        };
        match self.line_of.get(&event.cause) {
            Some(line) if *line < self.lines.len() => {
                let _ = write!(self.lines[*line], " → {kind} to {to}");
            }
            _ => self.line(
                event,
                &format!("sends {kind} {} to {to}", self.about(label, kind)),
            ),
        }
    }

    /// Copies of one message that are lost together stand in one line.
    fn lost(&mut self, event: &Event, transit: &Transit, reason: &str) {
        let kind = self.world.kinds()[usize::from(transit.kind)].name;
        let to = self.name(transit.to);
        let about = match kind {
            "reply" => format!("{to}#{}", transit.label.sequence),
            _ => self.about(transit.label, kind),
        };
        let (at, from) = (at(event), self.name(transit.from));
        let head = format!("{at} {from} LOST {kind} {about} ({reason}) for ");
        match self.lines.last_mut().filter(|last| last.starts_with(&head)) {
            Some(last) => {
                let _ = write!(last, ", {to}");
            }
            None => self.lines.push(head + &to),
        }
    }

    fn line(&mut self, event: &Event, text: &str) {
        self.line_of.insert(event.id, self.lines.len());
        let line = format!("{} {} {text}", at(event), self.name(event.node));
        self.lines.push(line.trim_end().to_owned());
    }

    fn name(&self, node: NodeId) -> String {
        let short = self.world.scenario().cast.short(node).to_lowercase();
        let mark = if self.world.condition(node).honest {
            ""
        } else {
            "*"
        };
        format!("{short}{mark}")
    }

    /// A label as far as it says anything to this rule or kind of message: view, sequence
    /// number, and value, where it is about one.
    fn about(&self, label: Label, whom: &str) -> String {
        if let Some(request) = self.requests.get(&label.digest) {
            return request.clone();
        }
        if label.sequence == 0 {
            return format!("v{}", label.view);
        }
        let place = format!("v{} s{}", label.view, label.sequence);
        match self.values.get(&label.digest) {
            _ if !ABOUT_VALUES.contains(&whom) => place,
            Some(value) => format!("{place} {value}"),
            None if label.digest == 0 => format!("{place} null"),
            None => format!("{place} #{:04x}", label.digest >> 48),
        }
    }
}

fn at(event: &Event) -> String {
    format!("{:>9.3}", event.at.ms())
}

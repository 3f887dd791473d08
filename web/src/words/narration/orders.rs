//! Orders of the script, in words.

use super::Cast;
use crate::text::capital;
use quorumscope_core::chronicle::Idle;
use quorumscope_core::fault::{Order, sentence};
use quorumscope_core::knob::Value;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::trace::{Event, What};

impl Cast<'_> {
    pub(super) fn order(&self, index: u32, lifted: bool) -> Option<String> {
        let order = self.scenario.script.get(index as usize)?;
        let says = self.phrase(order);
        Some(match lifted {
            true => format!("Over: {says}."),
            false => format!("{}.", capital(&says)),
        })
    }

    /// Why an order came to nothing, if it did.
    #[must_use]
    pub fn came_to_nothing(&self, index: u32) -> Option<String> {
        let why = match self.idle.get(&index)? {
            Idle::NotUnderWay => "No such message is under way",
            Idle::NotAsked => "No traitor waits to be told that",
            Idle::Down => "It is down",
            Idle::Whole => "There is nothing to heal",
        };
        Some(format!("{why}: nothing happens."))
    }

    /// An order of the script in a sentence, without its full stop.
    #[must_use]
    pub fn ordered(&self, order: &Order) -> String {
        capital(&self.phrase(order))
    }

    fn phrase(&self, order: &Order) -> String {
        sentence(order, &|knob, value| self.value(knob, value))
    }

    fn value(&self, knob: &str, value: &Value) -> String {
        let list = |nodes: &[NodeId]| {
            let names: Vec<String> = nodes.iter().map(ToString::to_string).collect();
            names.join(", ")
        };
        match value {
            Value::Node(node) => self.name(*node).to_ascii_lowercase(),
            Value::Nodes(nodes) => list(nodes),
            Value::Groups(groups) => {
                let sides: Vec<String> = groups.iter().map(|group| list(group)).collect();
                sides.join(" | ")
            }
            Value::Span(span) => span.to_string(),
            Value::Number(number) => match knob {
                "message" => self.message(number.unsigned_abs()),
                "per_mille" => format!("{} %", *number as f64 / 10.0),
                "ppm" => format!("{} %", number.unsigned_abs() as f64 / 1e4),
                _ => number.to_string(),
            },
            Value::Name(name) => name
                .replace("-queue-", " queue ")
                .replace("-buffer-", " buffer "),
            Value::Names(names) => names.join(", "),
            Value::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
        }
    }

    /// A message by its number in the trace: its kind and its sender, if the run is at hand.
    fn message(&self, number: u64) -> String {
        match sending(self.events, number) {
            Some((from, kind)) => {
                let from = self.name(from).to_ascii_lowercase();
                format!("the {} from {from}", self.kind(kind))
            }
            None => format!("message {number}"),
        }
    }
}

/// Who sent the message of this number, and of what kind it is: numbers grow as messages leave.
fn sending(events: &[Event], number: u64) -> Option<(NodeId, u8)> {
    let (mut low, mut high) = (0, events.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let mut nearest = (low..=middle).rev().filter_map(|place| {
            let event = &events[place];
            match event.what {
                What::Sent { message, kind, .. } => Some((place, message.0, event.node, kind)),
                _ => None,
            }
        });
        match nearest.next() {
            Some((_, found, from, kind)) if found == number => return Some((from, kind)),
            Some((place, found, ..)) if found > number => high = place,
            _ => low = middle + 1,
        }
    }
    None
}

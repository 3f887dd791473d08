//! A log with vector clocks, for ShiViz: its first line says how to read the rest.
//!
//! A node counts its own events from the beginning of the stretch, and learns
//! from each message what its sender knew when it sent it. What was sent before
//! the stretch carries nothing into it.

use super::{Format, Stretch, arrows, at_most, names, signs};
use crate::problem::Problem;
use crate::protocol::{Kind, NodeId};
use crate::trace::{Event, MessageId, Recipients, What};
use crate::world::World;
use std::collections::BTreeMap;
use std::fmt::Write;

pub(super) const SHIVIZ: Format = Format {
    name: "shiviz",
    title: "Log with vector clocks (ShiViz)",
    says: "For ShiViz and other tools that read happens-before out of logs.",
    mime: "text/plain",
    extension: "log",
    write,
};

/// The expression that reads the log; the empty line says that it is one execution.
const HEAD: &str = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\n\n";
/// No more numbers than this in all clocks together.
const MOST: usize = 1_000_000;

type Clock = BTreeMap<NodeId, u64>;

fn write(world: &dyn World, stretch: Stretch) -> Result<String, Problem> {
    let events = arrows::events(world, stretch);
    let told: Vec<(&Event, String)> = events
        .iter()
        .filter_map(|event| Some((event, tell(world, event)?)))
        .collect();
    let instants: Vec<_> = told.iter().map(|(event, _)| event.at).collect();
    at_most(MOST / world.nodes().max(1), "entries", &instants, stretch)?;
    let mut clocks = vec![Clock::new(); world.nodes()];
    let mut carried: BTreeMap<MessageId, Clock> = BTreeMap::new();
    let mut text = String::from(HEAD);
    for (event, says) in told {
        let clock = &mut clocks[event.node.index()];
        *clock.entry(event.node).or_default() += 1;
        match &event.what {
            What::Sent { message, .. } => {
                carried.insert(*message, clock.clone());
            }
            What::Delivered(transit) => {
                for (node, count) in carried.get(&transit.message).into_iter().flatten() {
                    let known = clock.entry(*node).or_default();
                    *known = (*known).max(*count);
                }
            }
            _ => {}
        }
        let host = names::short(world, event.node);
        let _ = writeln!(text, "{host} {}\n{says}", json(world, clock));
    }
    Ok(text)
}

fn json(world: &dyn World, clock: &Clock) -> String {
    let entry =
        |(node, count): (&NodeId, &u64)| format!("\"{}\":{count}", names::short(world, *node));
    let entries: Vec<String> = clock.iter().map(entry).collect();
    format!("{{{}}}", entries.join(","))
}

/// What happened, if it is something that happened at a node.
fn tell(world: &dyn World, event: &Event) -> Option<String> {
    let name = |kind: u8| -> &Kind { &world.kinds()[usize::from(kind)] };
    let what = match &event.what {
        What::Sent {
            kind, label, to, ..
        } => {
            let to = match to {
                Recipients::One(node) => names::short(world, *node),
                all => format!("all {}", all.plural(&world.scenario().cast)),
            };
            format!("sends {} {} to {to}", name(*kind).name, label.sequence)
        }
        What::Delivered(transit) => {
            let from = names::short(world, transit.from);
            let kind = name(transit.kind).name;
            format!("receives {kind} {} from {from}", transit.label.sequence)
        }
        What::Broken { .. } | What::Lifted(_) => return None,
        _ => {
            let sign = signs::sign(world, event)?;
            sign.node?;
            sign.says
        }
    };
    Some(format!("{what} at {} ms", event.at.ms()))
}

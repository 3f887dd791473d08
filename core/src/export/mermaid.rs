//! A sequence diagram in Mermaid, which many wikis and Markdown readers draw.
//!
//! Mermaid gives each message a line of its own. Lines stand in the order of
//! arrival, so that no effect is drawn above its cause.

use super::signs::{self, Sign};
use super::{Format, Stretch, arrows, at_most, names};
use crate::problem::Problem;
use crate::trace::{Event, What};
use crate::world::World;
use std::fmt::Write;

pub(super) const MERMAID: Format = Format {
    name: "mermaid",
    title: "Sequence diagram (Mermaid)",
    says: "For Markdown, wikis and documentation.",
    mime: "text/vnd.mermaid",
    extension: "mmd",
    write,
};

/// Mermaid draws nothing above 50,000 letters; a line takes about forty.
const MOST: usize = 800;

fn write(world: &dyn World, stretch: Stretch) -> Result<String, Problem> {
    let events = arrows::events(world, stretch);
    let lines: Vec<(&Event, String)> = events
        .iter()
        .filter_map(|event| Some((event, line(world, event)?)))
        .collect();
    let instants: Vec<_> = lines.iter().map(|(event, _)| event.at).collect();
    at_most(MOST, "messages and marks", &instants, stretch)?;
    let mut text = String::from("sequenceDiagram\n");
    for node in names::order(world) {
        let (short, long) = (names::short(world, node), names::long(world, node));
        let _ = writeln!(text, "  participant {short} as {long}");
    }
    for (_, line) in lines {
        let _ = writeln!(text, "  {line}");
    }
    Ok(text)
}

fn line(world: &dyn World, event: &Event) -> Option<String> {
    let (transit, arrow, why) = match &event.what {
        What::Delivered(transit) => (transit, "->>", String::new()),
        What::Dropped(transit, reason) => (transit, "-x", format!(" ({})", reason.name())),
        _ => return note(world, &signs::sign(world, event)?),
    };
    let (from, to) = (
        names::short(world, transit.from),
        names::short(world, transit.to),
    );
    let kind = world.kinds()[usize::from(transit.kind)].name;
    Some(format!(
        "{from}{arrow}{to}: {}",
        escape(&format!("{kind} {}{why}", transit.label.sequence))
    ))
}

fn note(world: &dyn World, sign: &Sign) -> Option<String> {
    if !sign.kind.notable() {
        return None;
    }
    let over = match sign.node {
        Some(node) => names::short(world, node),
        None => everyone(world),
    };
    Some(format!("Note over {over}: {}", escape(&sign.says)))
}

fn everyone(world: &dyn World) -> String {
    let order = names::order(world);
    let ends = [order.first(), order.last()];
    let ends: Vec<String> = ends
        .iter()
        .flatten()
        .map(|node| names::short(world, **node))
        .collect();
    ends.join(",")
}

/// `#` begins an entity and `;` ends a statement.
fn escape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '#' | ';' | '<' | '>' => {
                let _ = write!(plain, "#{};", u32::from(letter));
            }
            '\n' | '\r' => plain.push(' '),
            _ => plain.push(letter),
        }
    }
    plain
}

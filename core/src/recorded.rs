//! A run that somebody recorded: read from a file, replayed, and held against what happens here.
//!
//! A scenario document, a report and a trace are all told apart by what is in
//! them. A recording that differs from its replay is no mistake of the reader's:
//! the difference is what one wants to see, and where it begins.

use crate::foreign;
use crate::json;
use crate::problem::Problem;
use crate::report::{report, trace_hash};
use crate::scenario::Scenario;
use crate::time::Time;
use crate::trace::EventId;
use crate::trace_json;
use crate::world::{World, open};
use serde_json::Value;

/// Longer files are not read.
pub const MOST_BYTES: usize = 64_000_000;
/// Longer documents are not read.
const MOST_DOCUMENT: usize = 1_000_000;
/// Longer runs are neither replayed nor written from a page, which would stand still meanwhile.
pub const MOST_EVENTS: u64 = 3_000_000;

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Its scenario.
    pub scenario: Scenario,
    /// How the replay went; `None` for a scenario alone.
    pub verdict: Option<Verdict>,
}

/// How a recording compares with its replay.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Whether they are the same in all that was recorded.
    pub same: bool,
    /// What is the same, or where the difference begins, in words.
    pub says: String,
    /// The first event that differs.
    pub event: Option<EventId>,
}

/// Reads a scenario, a report or a trace.
///
/// A trace without a scenario is held against a run of `present`.
///
/// # Errors
/// Says in words what cannot be read, and where it stands.
pub fn read(text: &str, present: &Scenario) -> Result<Recorded, Problem> {
    if text.len() > MOST_BYTES {
        return Err(Problem::new(
            "",
            "is longer than 64 MB: record a shorter stretch",
        ));
    }
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let head = lines.next().and_then(|(_, line)| json::parse(line).ok());
    match head {
        Some(head) if head.get("event").is_some_and(Value::is_u64) => trace(None, text, present),
        Some(head) if head.get("trace_hash").is_some() && head.get("replicas").is_none() => {
            trace(Some(&head), text, present)
        }
        _ if text.len() > MOST_DOCUMENT => {
            let message =
                "is longer than 1 MB and no recorded trace; scenarios are shorter than that";
            Err(Problem::new("", message))
        }
        _ if foreign::may_be_document(text) => document(&json::parse(text)?),
        _ => Err(foreign::refusal(text, foreign::RUNS)),
    }
}

fn document(document: &Value) -> Result<Recorded, Problem> {
    let Some(own) = document.get("scenario") else {
        let scenario = Scenario::from_value(document)?;
        return Ok(Recorded {
            scenario,
            verdict: None,
        });
    };
    let scenario = inside(own)?;
    let verdict = match document.get("trace_hash") {
        Some(_) => Some(against_report(document, &scenario)?),
        None => None,
    };
    Ok(Recorded { scenario, verdict })
}

/// The scenario that a recording holds.
fn inside(own: &Value) -> Result<Scenario, Problem> {
    Scenario::from_value(own).map_err(|problem| {
        let path = format!("scenario.{}", problem.path);
        Problem::new(path.trim_end_matches('.'), problem.message)
    })
}

fn replay(scenario: &Scenario, record: bool) -> Result<Box<dyn World>, Problem> {
    let mut world = open(scenario);
    world.record(record);
    while !world.run_until(Time::NEVER, 1 << 16) {
        if world.events() > MOST_EVENTS {
            let message = format!("has more than {MOST_EVENTS} events: too long to be replayed");
            return Err(Problem::new("scenario", message));
        }
    }
    Ok(world)
}

fn against_report(recorded: &Value, scenario: &Scenario) -> Result<Verdict, Problem> {
    let world = replay(scenario, false)?;
    let here = report(world.as_ref());
    let differs = difference(recorded, &here, "");
    Ok(Verdict {
        same: differs.is_none(),
        says: differs.map_or_else(
            || {
                format!(
                    "the report and its replay are the same, trace hash {}",
                    trace_hash(world.as_ref())
                )
            },
            |found| format!("the report differs from its replay here: {found}"),
        ),
        event: None,
    })
}

fn trace(head: Option<&Value>, text: &str, present: &Scenario) -> Result<Recorded, Problem> {
    let scenario = match head {
        Some(head) => inside(head.get("scenario").unwrap_or(&Value::Null))?,
        None => present.clone(),
    };
    let world = replay(&scenario, true)?;
    let mut next = None;
    let mut count = 0;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    for (at, line) in lines.skip(usize::from(head.is_some())) {
        let recorded = json::parse(line).map_err(|problem| on_line(at, &problem))?;
        let id = recorded.get("event").and_then(Value::as_u64);
        let id = id.ok_or_else(|| on_line(at, &Problem::new("event", "is missing: its number")))?;
        let verdict = against_event(&recorded, id, next, world.as_ref());
        if let Some(verdict) = verdict {
            return Ok(Recorded {
                scenario,
                verdict: Some(verdict),
            });
        }
        next = Some(id + 1);
        count += 1;
    }
    let verdict = Some(at_the_end(head, count, next, world.as_ref()));
    Ok(Recorded { scenario, verdict })
}

/// The place of a problem in a file of lines.
fn on_line(at: usize, problem: &Problem) -> Problem {
    let message = problem.message.replace(" at line 1 column ", " at column ");
    let path = format!("line {} {}", at + 1, problem.path);
    Problem::new(path.trim_end(), message)
}

/// How an event differs from its replay, if it does.
fn against_event(
    recorded: &Value,
    id: EventId,
    next: Option<EventId>,
    world: &dyn World,
) -> Option<Verdict> {
    let differs = |event, says| {
        Some(Verdict {
            same: false,
            says,
            event,
        })
    };
    if let Some(next) = next.filter(|next| *next != id) {
        return differs(
            Some(next),
            format!(
                "the recorded trace goes from event {} to event {id}",
                next - 1
            ),
        );
    }
    let Some(event) = world.chronicle().event(id) else {
        let says = format!(
            "the recorded trace goes on with event {id}, and its replay ends with event {}",
            world.events().saturating_sub(1)
        );
        return differs(None, says);
    };
    let here = trace_json::event(event, world.scenario().spec);
    let found = difference(recorded, &here, "")?;
    differs(
        Some(id),
        format!(
            "the recorded trace differs from its replay, first in event {id} at {}: {found}",
            event.at
        ),
    )
}

/// All lines are the same: whether that is all there is to compare.
fn at_the_end(
    head: Option<&Value>,
    count: u64,
    next: Option<EventId>,
    world: &dyn World,
) -> Verdict {
    let here = trace_hash(world);
    let seen = head
        .and_then(|head| head.get("trace_hash"))
        .and_then(Value::as_str);
    let events = format!(
        "{count} recorded {} the same in the replay",
        if count == 1 { "event is" } else { "events are" }
    );
    let whole = next == Some(world.events());
    match seen {
        // The hash of a trace that was written before the end is that of its last instant.
        Some(seen) if seen != here && ends_with(head, world) => Verdict {
            same: false,
            says: format!("{events}, but the trace hash was recorded as {seen} and is {here}"),
            event: None,
        },
        _ if whole => Verdict {
            same: true,
            says: format!("{events}, to the end, trace hash {here}"),
            event: None,
        },
        _ => Verdict {
            same: true,
            says: format!("{events}; the run has {}", world.events()),
            event: None,
        },
    }
}

/// Whether a trace was written at the end of its run, as far as it says.
fn ends_with(head: Option<&Value>, world: &dyn World) -> bool {
    let events = head
        .and_then(|head| head.get("events"))
        .and_then(Value::as_u64);
    events.is_none_or(|events| events >= world.events())
}

/// Where two values first differ, in words; numbers are equal however they are written.
fn difference(recorded: &Value, here: &Value, path: &str) -> Option<String> {
    match (recorded, here) {
        (Value::Object(then), Value::Object(now)) => {
            let mut names: Vec<&String> = then.keys().chain(now.keys()).collect();
            names.sort();
            names.dedup();
            names.into_iter().find_map(|name| {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                part(then.get(name), now.get(name), &path)
            })
        }
        (Value::Array(then), Value::Array(now)) => {
            let most = then.len().max(now.len());
            (0..most).find_map(|at| part(then.get(at), now.get(at), &format!("{path}[{at}]")))
        }
        (Value::Number(then), Value::Number(now)) if then.as_f64() == now.as_f64() => None,
        _ if recorded == here => None,
        _ => Some(format!(
            "{path} was recorded as {} and is {}",
            clipped(recorded),
            clipped(here)
        )),
    }
}

fn part(recorded: Option<&Value>, here: Option<&Value>, path: &str) -> Option<String> {
    match (recorded, here) {
        (Some(recorded), Some(here)) => difference(recorded, here, path),
        (Some(recorded), None) => Some(format!(
            "{path} was recorded as {} and is not there",
            clipped(recorded)
        )),
        (None, Some(here)) => Some(format!("{path} was not recorded and is {}", clipped(here))),
        (None, None) => None,
    }
}

/// A value in so few letters that a sentence can hold it.
fn clipped(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests;

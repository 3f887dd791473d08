//! Hostile links by number: whatever stands in an address is read or refused, in words and at bounded cost.
//!
//! With one version of the program a number names one input, so that a failure found over night is
//! found again in the morning. What is promised for each input is in [`check`].

mod hostile;
mod json;

use crate::SeededRng;
use quorumscope_core::link::{self, LinkExtras};
use quorumscope_core::problem::Problem;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::world::open;
use rand::SeedableRng;
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

pub use hostile::Seeds;

/// A refusal is something to read, not a copy of the input.
const LONGEST_REFUSAL: usize = 2_000;
/// A link that was read has at most so many notices: one for each name that it can have.
const MOST_NOTICES: usize = 20;
/// What was read is written again in at most so many letters, and so costs later readers no more.
const LONGEST_DOCUMENT: usize = 1_000_000;
/// Every so many accepted inputs, one is also run, for so many steps.
const RUN_EVERY: u64 = 64;
const STEPS: u64 = 200;
/// Each thread takes so many inputs at a time.
const CHUNK: u64 = 1_000;

/// What many inputs came to.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// So many were read.
    pub accepted: u64,
    /// So many were refused.
    pub refused: u64,
    /// So many of those read were also run for a while.
    pub run: u64,
    /// The longest refusal, in bytes.
    pub longest_refusal: usize,
    /// The input that took longest, and how long; for people, no promise depends on it.
    pub slowest: (Duration, u64),
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.run += other.run;
        self.longest_refusal = self.longest_refusal.max(other.longest_refusal);
        self.slowest = self.slowest.max(other.slowest);
    }
}

thread_local! {
    static READ_NOW: Cell<u64> = const { Cell::new(0) };
}

/// The number of the input that this thread reads, for whoever tells of a panic.
#[must_use]
pub fn read_now() -> u64 {
    READ_NOW.get()
}

/// What this number stands for.
#[must_use]
pub fn input(seeds: &Seeds, number: u64) -> String {
    hostile::text(seeds, &mut SeededRng::seed_from_u64(number))
}

/// Reads `count` hostile inputs from number `from` on, on so many threads.
///
/// # Errors
/// Returns the number of an input for which a promise broke, and which.
pub fn fuzz(seeds: &Seeds, from: u64, count: u64, threads: u64) -> Result<Tally, (u64, String)> {
    let next = AtomicU64::new(from);
    let end = from.saturating_add(count);
    let work = || {
        let mut tally = Tally::default();
        loop {
            let start = next.fetch_add(CHUNK, Ordering::Relaxed);
            if start >= end {
                return Ok(tally);
            }
            for number in start..end.min(start + CHUNK) {
                READ_NOW.set(number);
                let text = input(seeds, number);
                let begun = Instant::now();
                if let Err(says) = check(&text, &mut tally) {
                    next.store(end, Ordering::Relaxed);
                    return Err((number, says));
                }
                tally.slowest = tally.slowest.max((begun.elapsed(), number));
            }
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let mut whole = Tally::default();
        for worker in workers {
            let part = worker.join();
            whole.add(&part.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(whole)
    })
}

/// What holds for any text whatever; a panic is a failure, too.
fn check(text: &str, tally: &mut Tally) -> Result<(), String> {
    match link::open(text) {
        Err(problem) => {
            tally.refused += 1;
            refusal(&problem, tally)?;
        }
        Ok((scenario, extras)) => {
            tally.accepted += 1;
            accepted(&scenario, &extras)?;
            if tally.accepted.is_multiple_of(RUN_EVERY) {
                tally.run += 1;
                let _ = open(&scenario).run_until(Time::NEVER, STEPS);
            }
        }
    }
    // The page reads what `open` refuses as far as it can, and says the rest.
    let (scenario, notices) = link::read_query(&link::query_of(text));
    if notices.len() > MOST_NOTICES {
        return Err(format!("{} notices", notices.len()));
    }
    for notice in &notices {
        refusal(notice, tally)?;
    }
    match notices.is_empty() {
        true => Ok(()),
        false => accepted(&scenario, &LinkExtras::default()),
    }
}

fn refusal(problem: &Problem, tally: &mut Tally) -> Result<(), String> {
    let said = problem.to_string();
    tally.longest_refusal = tally.longest_refusal.max(said.len());
    if problem.message.trim().is_empty() {
        return Err("a refusal says nothing".into());
    }
    if said.len() > LONGEST_REFUSAL {
        return Err(format!("a refusal of {} bytes: {said:.200}", said.len()));
    }
    Ok(())
}

/// What was read is read again from what is written of it.
fn accepted(scenario: &Scenario, extras: &LinkExtras) -> Result<(), String> {
    let document = scenario.canonical().to_string();
    if document.len() > LONGEST_DOCUMENT {
        return Err(format!("it was read as {} bytes", document.len()));
    }
    let code = link::encode(scenario, extras);
    if code.len() > link::MAX_CODE {
        // Such a link could be read once and never handed on.
        return Err(format!(
            "it was read, but fills a link of {} letters",
            code.len()
        ));
    }
    match link::decode(&code) {
        Ok((again, others)) if again == *scenario && others == *extras => Ok(()),
        Ok(_) => Err("it is read as another scenario from its own link".into()),
        Err(problem) => Err(format!("its own link is refused: {problem}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_names_one_input() {
        let seeds = Seeds::new("");
        assert_eq!(input(&seeds, 7), input(&seeds, 7));
        assert_ne!(input(&seeds, 7), input(&seeds, 8));
    }

    #[test]
    fn hostile_inputs_are_of_both_sorts_and_break_nothing() {
        let tally = fuzz(&Seeds::new(""), 0, 4_000, 1).unwrap();
        assert!(tally.accepted > 200 && tally.refused > 1_000, "{tally:?}");
    }

    #[test]
    fn a_broken_promise_is_noticed() {
        let says = |message: &str| refusal(&Problem::new("n", message), &mut Tally::default());
        assert!(says("must be a number").is_ok());
        assert!(says(" ").is_err());
        assert!(says(&"x".repeat(LONGEST_REFUSAL)).is_err());
    }
}

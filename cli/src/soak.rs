//! Random scenarios by number, and what theory says must hold in each.
//!
//! With one version of the program a plan and a number name one scenario, so that a failure found over
//! night is found again in the morning. A failing scenario is cut down to the
//! orders that it needs before anyone has to read it.

mod any_system;
mod faults;
mod generator;
mod shrink;

use quorumscope_core::outlook::Outlook;
use quorumscope_core::promise::Promise;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::spec::Spec;
use quorumscope_core::time::Span;
use quorumscope_core::world::{World, open};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::ScopedJoinHandle;

pub use shrink::shrink;

/// What kind of scenario is drawn, and what must hold in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Plan {
    /// Anything goes, with at most f nodes that lie or forget: no promise breaks.
    Safety,
    /// The same, but faults end, and at most f nodes stay faulty: every request is answered.
    Liveness,
    /// Anything goes, in any system: no promise breaks that theory gives.
    Given,
    /// So many two-faced traitors that two quorums may share nobody else: agreement should break.
    Beyond,
}

/// The scenario of this plan and number, of one of these systems where the plan is for any.
///
/// # Panics
/// If the reader refuses what was drawn: then one of the two is wrong.
#[must_use]
pub fn scenario(plan: Plan, of: &[&'static Spec], seed: u64) -> Scenario {
    match plan {
        Plan::Given => any_system::scenario(of[(seed % of.len() as u64) as usize], seed),
        _ => generator::scenario(plan, seed),
    }
}

/// A scenario in which something went wrong.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Its number.
    pub seed: u64,
    /// What went wrong, in a line.
    pub says: String,
    /// The scenario document, cut down to what it needs.
    pub document: String,
}

/// What went wrong in a run of this scenario, if anything did.
///
/// Under [`Plan::Beyond`] that is what should happen.
#[must_use]
pub fn flaw(plan: Plan, scenario: &Scenario) -> Option<String> {
    let mut world = open(scenario);
    loop {
        let pause = world.now() + Span::from_ms(1000);
        let ended = world.run_until(pause, u64::MAX) && world.ended();
        let outlook = (plan == Plan::Given).then(|| Outlook::of(world.as_ref()));
        let counts = |promise: &Promise| match plan {
            Plan::Beyond => promise.name == "agreement",
            _ => outlook
                .as_ref()
                .is_none_or(|outlook| outlook.gives(promise).promised()),
        };
        let mut promises = world.promises().iter();
        let broken = promises.find(|standing| !standing.holds() && counts(standing.promise));
        if let Some(promise) = broken {
            return Some(format!(
                "{}: {}",
                promise.promise.name, promise.witnesses[0].says
            ));
        }
        let waiting = unanswered(world.as_ref());
        if plan == Plan::Liveness && waiting.is_none() {
            return None;
        }
        if ended || world.now() >= scenario.until {
            return waiting.filter(|_| plan == Plan::Liveness);
        }
    }
}

/// A request that some client still waits for, or has yet to make.
fn unanswered(world: &dyn World) -> Option<String> {
    let scenario = world.scenario();
    let mut clients = scenario.servers()..scenario.total_nodes();
    clients.find_map(|id| {
        let asked = &world.chronicle().asked[usize::from(id)];
        let asked = &asked[..world.asked(NodeId(id))];
        let open = asked.iter().find(|request| request.answered.is_none());
        if let Some(request) = open {
            return Some(format!("no answer: {} at {}", request.op, world.now()));
        }
        let fewer = (asked.len() as i64) < scenario.workload.number("requests").unwrap_or(0);
        fewer.then(|| format!("client {id} made {} requests only", asked.len()))
    })
}

/// Looks through `count` scenarios from number `from` on, on so many threads.
///
/// Returns the first failure that any of them meets, cut down.
#[must_use]
pub fn search(
    plan: Plan,
    of: &[&'static Spec],
    from: u64,
    count: u64,
    threads: u64,
) -> Option<Failure> {
    let next = AtomicU64::new(from);
    let found = AtomicBool::new(false);
    let end = from.saturating_add(count);
    let work = || {
        while !found.load(Ordering::Relaxed) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                return None;
            }
            let drawn = scenario(plan, of, seed);
            if flaw(plan, &drawn).is_some() {
                found.store(true, Ordering::Relaxed);
                return Some(failure(plan, seed, &drawn));
            }
        }
        None
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let results = workers.into_iter().map(ScopedJoinHandle::join);
        let failures = results
            .filter_map(|result| result.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        failures.min_by_key(|failure| failure.seed)
    })
}

fn failure(plan: Plan, seed: u64, scenario: &Scenario) -> Failure {
    let small = shrink(scenario, |candidate| flaw(plan, candidate).is_some());
    Failure {
        seed,
        says: flaw(plan, &small).unwrap_or_default(),
        document: small.canonical().to_string(),
    }
}

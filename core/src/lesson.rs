//! What to try next with a system: a ladder of runs, each with one thing wrong, as data.
//!
//! What a run teaches is claimed only once it has shown it; until then it is
//! said what to watch for.

use crate::protocol::NodeId;
use crate::scenario::Scenario;
use crate::world::World;
use serde_json::Value;
use std::fmt;

/// One rung of the ladder: a cluster as it is, with one thing wrong.
///
/// All that it says is said of a scenario with nothing in its script.
#[derive(Clone, Copy)]
pub struct Lesson {
    /// The question that leads to it.
    pub asks: &'static str,
    /// What the button says that opens it.
    pub button: &'static str,
    /// What is done to the run: entries of its script.
    pub script: fn(&Scenario) -> Vec<Value>,
    /// What to watch for.
    pub watch: fn(&Scenario) -> String,
    /// Whether a run has shown by now what it is about.
    pub shown: fn(&dyn World) -> bool,
    /// What it has shown then.
    pub taught: fn(&Scenario) -> String,
}

impl fmt::Debug for Lesson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lesson({})", self.button)
    }
}

/// How many operations were asked for so far, and how many were answered.
#[must_use]
pub fn asked_and_answered(world: &dyn World) -> (u64, u64) {
    let cast = &world.scenario().cast;
    let asking = (0..cast.total())
        .map(NodeId)
        .filter(|node| cast.is_client(*node));
    asking.fold((0, 0), |(asked, answered), node| {
        let done = world.sketch(node).done;
        (asked + world.asked(node) as u64, answered + done)
    })
}

/// Whether no promise broke so far, but those that are held against the end.
#[must_use]
pub fn unbroken(world: &dyn World) -> bool {
    let promises = world.promises();
    let mut promises = promises.iter();
    promises.all(|standing| standing.holds() || standing.promise.settles())
}

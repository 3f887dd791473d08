//! What can be expected of a run as it stands: who lies, forgets, is left, is together.
//!
//! Promises say from this when theory gives them, and pages say why not.

use crate::cast::Cast;
use crate::conditions::Ill;
use crate::knob::Args;
use crate::promise::{Given, Promise};
use crate::protocol::NodeId;
use crate::quorum::Quorums;
use crate::scenario::Scenario;
use crate::world::World;

/// Among more nodes than this, only the sides of a partition are looked at.
const MOST_PAIRS: usize = 128;

/// What may be hoped for of progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hope {
    /// It is promised.
    Promised,
    /// Not as long as the network is cut.
    NotWhileCut,
    /// It is not promised.
    None,
}

/// The nodes that serve by what can be expected of them, and what follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The vote counts; all nodes where nothing is decided by votes.
    pub quorums: Quorums,
    /// Whether anything is decided by votes: where nothing is, theory takes nothing back for them.
    pub by_votes: bool,
    /// What one of the nodes that serve is called, and several.
    pub names: (&'static str, &'static str),
    /// Traitors that do more than say nothing.
    pub liars: u32,
    /// Honest ones that were restarted with less than they had.
    pub forgetful: u32,
    /// Those that follow the protocol and can be heard.
    pub left: u32,
    /// The most of those that all reach one another.
    pub together: u32,
    /// Who takes part.
    pub cast: Cast,
    /// The system's settings, their defaults filled in.
    pub settings: Args,
    /// What is asked, its defaults filled in.
    pub workload: Args,
    /// Why theory gives nothing to the protocol as it is set, if that is so.
    pub broken: Option<&'static str>,
}

impl Outlook {
    /// Looks at a run as it stands.
    #[must_use]
    pub fn of(world: &dyn World) -> Self {
        let (scenario, now) = (world.scenario(), world.now());
        let (mut liars, mut forgetful) = (0, 0);
        let mut good = Vec::new();
        for node in (0..scenario.servers()).map(NodeId) {
            let condition = world.condition(node);
            match scenario.behaviour_of(node, now) {
                Some("silent") => {}
                Some(_) => liars += 1,
                None if condition.stale => forgetful += 1,
                None if condition.up && !condition.silent => good.push(node),
                None => {}
            }
        }
        Self {
            quorums: scenario.votes(),
            by_votes: scenario.quorums().is_some(),
            names: names(scenario),
            liars,
            forgetful,
            left: good.len() as u32,
            together: together(world, &good),
            cast: scenario.cast,
            settings: scenario.settings.clone(),
            workload: scenario.workload.clone(),
            broken: broken(scenario),
        }
    }

    /// What is to be expected where so many nodes lie and all others can be heard.
    #[must_use]
    pub fn with_liars(scenario: &Scenario, liars: u32) -> Self {
        let quorums = scenario.votes();
        let left = quorums.n.saturating_sub(liars);
        Self {
            quorums,
            by_votes: scenario.quorums().is_some(),
            names: names(scenario),
            liars,
            forgetful: 0,
            left,
            together: left,
            cast: scenario.cast,
            settings: scenario.settings.clone(),
            workload: scenario.workload.clone(),
            broken: broken(scenario),
        }
    }

    /// Whether theory gives a promise here.
    #[must_use]
    pub fn gives(&self, promise: &Promise) -> Given {
        match self.broken {
            Some(why) => Given::Never(why.into()),
            None => (promise.given)(self),
        }
    }

    /// How many nodes may contradict what they said.
    #[must_use]
    pub const fn unreliable(&self) -> u32 {
        self.liars + self.forgetful
    }

    /// Whether agreement is promised.
    #[must_use]
    pub const fn safe(&self) -> bool {
        !self.by_votes || self.quorums.safe_with(self.unreliable())
    }

    /// What may be hoped for of progress.
    #[must_use]
    pub const fn progress(&self) -> Hope {
        if !self.by_votes {
            return Hope::Promised;
        }
        match (self.safe(), self.quorums.live_with(self.left)) {
            (true, true) if self.quorums.live_with(self.together) => Hope::Promised,
            (true, true) => Hope::NotWhileCut,
            _ => Hope::None,
        }
    }

    /// What may go wrong, in words, where theory gives less than everything.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut says = Vec::new();
        says.extend(self.broken.map(String::from));
        says.extend(self.danger());
        if self.safe() {
            says.extend(self.standstill());
        }
        says.extend(self.bought());
        says
    }

    /// Whether theory gives agreement.
    #[must_use]
    pub fn agreement(&self) -> Given {
        match self.danger() {
            None => Given::Promised,
            Some(why) if self.quorums.overlap() <= 0 => Given::Never(why),
            Some(why) => Given::NotNow(why),
        }
    }

    /// Whether theory gives that clients accept only what an honest node computed.
    #[must_use]
    pub fn answer(&self) -> Given {
        self.bought().map_or(Given::Promised, Given::NotNow)
    }

    /// Whether theory gives that all who ask are answered.
    #[must_use]
    pub fn progress_given(&self) -> Given {
        let why = self.danger().or_else(|| self.standstill());
        why.map_or(Given::Promised, Given::NotNow)
    }

    /// Why honest nodes may execute different requests.
    fn danger(&self) -> Option<String> {
        let Quorums { n, quorum, .. } = self.quorums;
        if self.safe() {
            return None;
        }
        let shared = self.quorums.overlap();
        let why = if shared <= 0 {
            format!(
                "Two quorums of {quorum} among {n} need not share a single {}",
                self.names.0
            )
        } else if self.liars + self.forgetful == 0 {
            return None;
        } else if Quorums::byzantine(n).safe_with(self.unreliable()) {
            format!(
                "A quorum of {quorum} is too small: two of them may share {shared} of {n}, and {} may be the ones",
                self.suspects()
            )
        } else if self.forgetful == 0 {
            format!(
                "With {} among {n}, two quorums may share none but traitors",
                self.suspects()
            )
        } else {
            format!(
                "With {} among {n}, two quorums may share none but those",
                self.suspects()
            )
        };
        Some(format!(
            "{why}: honest {} may execute different requests.",
            self.names.1
        ))
    }

    /// Why a client may believe what no honest node computed.
    fn bought(&self) -> Option<String> {
        let answers = counted(self.quorums.weak(), "answer", "equal answers");
        (self.by_votes && !self.quorums.vouches_with(self.liars)).then(|| {
            format!("A client believes {answers}, and the traitors alone can give as many.")
        })
    }

    /// Those who may contradict what they said, in words.
    fn suspects(&self) -> String {
        let liars = counted(self.liars, "traitor", "traitors");
        let forgetful = counted(
            self.forgetful,
            &format!("{} that forgot what it said", self.names.0),
            &format!("{} that forgot what they said", self.names.1),
        );
        match (self.liars, self.forgetful) {
            (_, 0) => liars,
            (0, _) => forgetful,
            _ => format!("{liars} and {forgetful}"),
        }
    }

    /// Why nothing may be decided.
    fn standstill(&self) -> Option<String> {
        let Quorums { n, quorum, .. } = self.quorums;
        let (left, together) = (self.left, self.together);
        match self.progress() {
            Hope::Promised => None,
            Hope::NotWhileCut => Some(format!(
                "The network is cut: no more than {together} of {n} reach one another, and a quorum takes {quorum}. \
                 Nothing wrong is decided, but perhaps nothing at all until it heals."
            )),
            Hope::None => {
                let are = if left == 1 { "is" } else { "are" };
                Some(format!(
                    "Only {left} of {n} {are} left to vote, and a quorum takes {quorum}: nothing wrong is decided, \
                     but perhaps nothing at all."
                ))
            }
        }
    }
}

/// Why the protocol as it is set is another one, which promises nothing.
fn broken(scenario: &Scenario) -> Option<&'static str> {
    let mut knobs = scenario.spec.knobs.iter();
    let set = knobs.find(|knob| !knob.breaks.is_empty() && scenario.settings.flag(knob.name));
    set.map(|knob| knob.breaks)
}

/// What one node that serves is called, and several.
fn names(scenario: &Scenario) -> (&'static str, &'static str) {
    let serving = scenario.spec.roles.iter().find(|role| role.serves);
    serving.map_or(("node", "nodes"), |role| (role.name, role.plural))
}

/// A number with its noun.
fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The most of these nodes that all reach one another, as far as a look from each of them finds.
fn together(world: &dyn World, good: &[NodeId]) -> u32 {
    let side = |node: &NodeId| world.condition(*node).side;
    let mut ills = world.impairments().into_iter();
    let broken = ills.any(|i| matches!(i.ill, Ill::Cut | Ill::Lossy));
    if !broken && good.iter().all(|node| side(node).is_none()) {
        return good.len() as u32;
    }
    let reach = |a: NodeId, b: NodeId| match good.len() {
        ..=MOST_PAIRS => !world.severed(a, b) && !world.severed(b, a),
        _ => side(&a).is_none() || side(&b).is_none() || side(&a) == side(&b),
    };
    let around = |start: &NodeId| {
        let mut group = vec![*start];
        for node in good {
            if node != start && group.iter().all(|other| reach(*node, *other)) {
                group.push(*node);
            }
        }
        group.len() as u32
    };
    let starts = good.iter().step_by(good.len().div_ceil(8).max(1));
    starts.map(around).max().unwrap_or(0)
}

#[cfg(test)]
mod tests;

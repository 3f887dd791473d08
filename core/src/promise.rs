//! What should hold in a run, as data: a sentence, a source, when theory gives it, and a judge.
//!
//! A [`Promise`] describes itself. General ones are in `promises/`, a system's
//! own stand beside the system; a [`Spec`](crate::spec::Spec) names those that
//! it gives. A [`Judge`] hears what honest nodes claim while a run goes, sees
//! more than any node can, and decides nothing for them.

use crate::cast::Cast;
use crate::chronicle::{Chronicle, Executed};
use crate::outlook::Outlook;
use crate::protocol::{Claim, NodeId, Op, Stamp};
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use std::fmt::{self, Debug};

/// Something that a system should see to.
#[derive(Clone, Copy)]
pub struct Promise {
    /// Its name, such as `agreement`.
    pub name: &'static str,
    /// What it promises, in a sentence.
    pub says: &'static str,
    /// Paper and section.
    pub source: &'static str,
    /// How bad it is if it breaks: of several that break at once, the gravest is told first.
    pub gravity: u8,
    /// Whether theory gives it as a run stands.
    pub given: fn(&Outlook) -> Given,
    /// What its judge listens to.
    pub hears: &'static [Hears],
    /// Makes its judge for a run.
    pub judge: fn(&Scenario) -> Box<dyn Judge>,
}

impl Promise {
    /// Whether it is held against the present from outside, and never breaks by a claim.
    #[must_use]
    pub const fn settles(&self) -> bool {
        self.hears.is_empty()
    }
}

impl Debug for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Promise({})", self.name)
    }
}

/// Whether theory gives a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// It does.
    Promised,
    /// Not as the run stands now; why not.
    NotNow(String),
    /// Not with this set-up, whatever happens; why not.
    Never(String),
}

impl Given {
    /// Whether theory gives it.
    #[must_use]
    pub const fn promised(&self) -> bool {
        matches!(self, Self::Promised)
    }
}

/// The claims that a judge may listen to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hears {
    /// [`Claim::Reached`].
    Reached,
    /// [`Claim::Applied`].
    Applied,
    /// [`Claim::TookOver`].
    TookOver,
    /// [`Claim::RolledBack`].
    RolledBack,
    /// [`Claim::GaveUp`].
    GaveUp,
    /// [`Claim::Entered`].
    Entered,
    /// [`Claim::Answered`].
    Answered,
    /// [`Claim::Suspects`].
    Suspects,
    /// [`Claim::Failed`].
    Failed,
    /// [`Claim::Worked`].
    Worked,
}

impl Hears {
    /// How many sorts of claim there are.
    pub(crate) const COUNT: usize = 10;

    /// The sort of a claim.
    #[must_use]
    pub const fn of(claim: &Claim) -> Self {
        match claim {
            Claim::Reached { .. } => Self::Reached,
            Claim::Applied { .. } => Self::Applied,
            Claim::TookOver { .. } => Self::TookOver,
            Claim::RolledBack { .. } => Self::RolledBack,
            Claim::GaveUp { .. } => Self::GaveUp,
            Claim::Entered { .. } => Self::Entered,
            Claim::Answered { .. } => Self::Answered,
            Claim::Suspects { .. } => Self::Suspects,
            Claim::Failed { .. } => Self::Failed,
            Claim::Worked { .. } => Self::Worked,
        }
    }
}

/// What a judge may look at while it hears a claim.
#[derive(Debug)]
pub struct Hearing<'a> {
    /// When.
    pub now: Time,
    /// Who claims.
    pub node: NodeId,
    /// Who takes part, and what nodes are called.
    pub cast: Cast,
    /// Which nodes are honest so far, by index.
    pub honest: &'a [bool],
    /// What the claimant executed and has not lost, in order; only with [`Claim::RolledBack`].
    pub standing: &'a [Executed],
    /// The memory of the run.
    pub chronicle: &'a mut Chronicle,
    /// Where breaks are put.
    pub breaks: Vec<Witness>,
}

impl Hearing<'_> {
    /// The claimant's stamp, so that judges can count voters as nodes do.
    #[must_use]
    pub const fn stamp(&self) -> Stamp {
        Stamp::new(self.node)
    }
}

/// What lies over a run from an instant on.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// When.
    pub now: Time,
    /// Whether nothing lies over network, clocks, machines or arrivals, and no node is a traitor.
    pub quiet: bool,
    /// The nodes that serve and are down.
    pub down: &'a [NodeId],
    /// The work that waits at nodes or is under way there, where nodes work.
    pub work: Span,
}

/// What a judge may look at when it holds its promise against the present.
#[derive(Debug)]
pub struct Settling<'a> {
    /// When.
    pub now: Time,
    /// Who takes part, and what nodes are called.
    pub cast: Cast,
    /// When an order last began or ended.
    pub last_change: Time,
    /// How long an answer may take from the last change on, where theory promises one.
    pub bound: Option<Span>,
    /// How many operations each node was asked for; none for one that is down.
    pub asked: &'a [u32],
    /// How much waits at each node, as its sketch says, where nodes work.
    pub waiting: &'a [u32],
    /// The memory of the run.
    pub chronicle: &'a Chronicle,
}

/// Holds one promise against one run.
///
/// It is copied with every snapshot, so it keeps little.
pub trait Judge: Debug {
    /// A copy of it.
    fn boxed(&self) -> Box<dyn Judge>;

    /// A node was asked for an operation.
    fn asked(&mut self, _op: Op, _now: Time) {}

    /// An order began or ended, or a machine broke or was repaired.
    fn changed(&mut self, _change: &Change<'_>) {}

    /// An honest node claims something that the promise listens to.
    fn claim(&mut self, _claim: &Claim, _hearing: &mut Hearing<'_>) {}

    /// Holds the promise against the present: what breaks it now.
    ///
    /// `None` for those that break only by claims. What breaks by claims stays broken beside it.
    fn settle(&mut self, _present: &Settling<'_>) -> Option<Settled> {
        None
    }
}

impl Clone for Box<dyn Judge> {
    fn clone(&self) -> Self {
        self.boxed()
    }
}

/// What came of holding a promise against the present.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Whether there was anything to judge.
    pub judged: bool,
    /// What breaks it.
    pub breaks: Vec<Witness>,
}

/// How a promise was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// When it broke.
    pub at: Time,
    /// The nodes that show it.
    pub nodes: Vec<NodeId>,
    /// The sequence number concerned; 0 where there is none.
    pub sequence: u64,
    /// The values that should have been one, by name.
    pub values: Vec<String>,
    /// What happened, in a clause without its capital and its full stop.
    pub says: String,
}

/// A promise and what became of it in a run.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The promise.
    pub promise: &'static Promise,
    /// Whether it was judged: one that was not is neither kept nor broken.
    pub judged: bool,
    /// What broke it, the first first; at most a few are kept.
    pub witnesses: Vec<Witness>,
}

impl Standing {
    /// Whether nothing broke it so far; true too where it was not judged.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.witnesses.is_empty()
    }

    /// Whether it was judged and nothing broke it.
    #[must_use]
    pub fn kept(&self) -> bool {
        self.judged && self.holds()
    }
}

impl PartialEq for Standing {
    fn eq(&self, other: &Self) -> bool {
        self.promise.name == other.promise.name
            && self.judged == other.judged
            && self.witnesses == other.witnesses
    }
}

//! All of a run but its nodes: the queue, and what happens next.

use super::counters::Counters;
use super::envelopes::Envelopes;
use super::machines::Machines;
use super::node_state::NodeState;
use super::nodes::Nodes;
use super::puppets::Awaited;
use super::timers::Timers;
use super::wear::Worn;
use crate::chronicle::Chronicle;
use crate::conditions::Conditions;
use crate::fault::Order;
use crate::knob::Among;
use crate::monitor::Monitor;
use crate::protocol::{Moment, NodeId};
use crate::queue::Queue;
use crate::rng::{Rng, Stream};
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use crate::workload::Workload;
use std::rc::Rc;

/// All of a run but its nodes.
pub(super) struct Run {
    pub(super) scenario: Scenario,
    /// Indices of the script's orders by time, then by place in the script.
    pub(super) agenda: Vec<u32>,
    /// When the next order begins or ends; [`Run::look_ahead`] keeps it up to date.
    pub(super) next_change: Time,
    pub(super) state: State,
    pub(super) chronicle: Chronicle,
    pub(super) recording: bool,
    pub(super) latency_rng: Rng,
    /// What nodes draw for themselves.
    node_rng: Rng,
    pub(super) workload: Workload,
    /// How long an answer may take once faults are over, where theory promises one.
    pub(super) answers_within: Option<Span>,
}

/// What a snapshot must copy of it.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) now: Time,
    /// The instant of the last thing that happened, if any has.
    pub(super) last: Option<Time>,
    pub(super) queue: Queue<Item>,
    /// Queue entries that are not stopped timers.
    pub(super) live: usize,
    pub(super) nodes: Vec<NodeState>,
    pub(super) timers: Timers,
    pub(super) machines: Machines,
    /// Machines that break and are repaired.
    pub(super) worn: Vec<Worn>,
    pub(super) envelopes: Envelopes,
    /// How many packets went from i to j, by `i * nodes + j`.
    pub(super) links: Vec<u32>,
    pub(super) conditions: Conditions,
    pub(super) held: Vec<Held>,
    /// What traitors hold back until they are told what to send.
    pub(super) awaited: Vec<Awaited>,
    pub(super) next_order: usize,
    /// Orders that will end, by time and index, soonest last.
    pub(super) endings: Vec<(Time, u32)>,
    /// The camp of each node, once some traitor has two faces.
    pub(super) camps: Option<Rc<[u8]>>,
    /// When the camps were made by halving the honest replicas, if they were.
    pub(super) halved: Option<Time>,
    pub(super) counters: Counters,
    pub(super) monitor: Monitor,
}

/// A node without a camp: it hears every face.
pub(super) const NO_CAMP: u8 = u8::MAX;

/// A traitor with several faces: what one says, the same face of another hears.
pub(super) const TRAITOR: u8 = u8::MAX - 1;

/// A copy that an order holds back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) order: u32,
    pub(super) envelope: u32,
    pub(super) to: NodeId,
}

/// What waits in the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Item {
    #[default]
    Nothing,
    /// A node begins.
    Start(NodeId),
    /// A client's next request is due.
    Ask(NodeId),
    /// A copy in an envelope arrives.
    Arrive { envelope: u32, to: NodeId },
    /// A copy that waited in the receive buffer is taken.
    Take { envelope: u32, to: NodeId },
    /// A copy is lost where it would have arrived: index of the reason.
    Lose { envelope: u32, to: NodeId, why: u8 },
    /// The timer of this number may run out, if it was not stopped since.
    Expire(u32),
    /// A traitor disturbs.
    FireEarly(NodeId),
    /// A piece of work may be done, if this is the entry that its machine awaits.
    Finish { node: NodeId, serial: u32 },
    /// A worn machine breaks or is repaired, by its place among those.
    Wear(u32),
}

impl Run {
    /// A run that has not begun.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let (args, verbs) = (&scenario.workload, scenario.spec.verbs);
        let clients = scenario.cast.those(Among::Asking).count() as u32;
        let workload = Workload::new(args, verbs, clients, scenario.seed);
        let mut run = Self {
            agenda: agenda(scenario),
            next_change: Time::NEVER,
            state: State::new(scenario, &workload),
            chronicle: Chronicle::new(scenario.total_nodes().into()),
            recording: false,
            latency_rng: Rng::new(scenario.seed, Stream::Latency),
            node_rng: Rng::new(scenario.seed, Stream::Nodes),
            workload,
            answers_within: (scenario.spec.answers_within)(scenario),
            scenario: scenario.clone(),
        };
        run.look_ahead();
        run
    }

    /// The run of the same past with these further orders, all after the present.
    pub(super) fn fork(&self, orders: Vec<Order>) -> Self {
        let mut scenario = self.scenario.clone();
        scenario.script.extend(orders);
        let State { now, counters, .. } = &self.state;
        let chronicle = self.chronicle.as_of(
            (*now, counters.events),
            &counters.executed,
            &counters.asked,
            &self.agenda[..self.state.next_order],
        );
        let mut run = Self {
            state: self.state.clone(),
            chronicle,
            recording: self.recording,
            ..Self::new(&scenario)
        };
        run.look_ahead();
        run
    }

    /// Lets the next thing happen if it is due by `limit`.
    #[inline]
    pub(super) fn advance(&mut self, nodes: &mut dyn Nodes, limit: Time) -> bool {
        let order = self.next_change;
        let before = order.0.checked_sub(1).map(|last| Time(last).min(limit));
        if before.is_some_and(|last| self.pop_and_run(nodes, last)) {
            return true;
        }
        if order > limit {
            return false;
        }
        self.state.now = order;
        self.run_order(nodes, order);
        true
    }

    #[inline]
    fn pop_and_run(&mut self, nodes: &mut dyn Nodes, limit: Time) -> bool {
        if self.state.live == 0 {
            return false;
        }
        while let Some((at, item)) = self.state.queue.pop(limit) {
            match item {
                Item::Expire(timer) if !self.state.timers.get(timer).running => {
                    self.state.timers.take(timer);
                    continue;
                }
                Item::Finish { node, serial } if !self.state.machines.awaits(node, serial) => {
                    continue;
                }
                _ => {}
            }
            self.state.now = at;
            self.state.last = Some(at);
            self.state.live -= 1;
            self.run_item(nodes, item);
            return true;
        }
        false
    }

    #[inline]
    fn run_item(&mut self, nodes: &mut dyn Nodes, item: Item) {
        match item {
            Item::Nothing => {}
            Item::Arrive { envelope, to } => self.arrive(nodes, envelope, to, false),
            Item::Take { envelope, to } => self.arrive(nodes, envelope, to, true),
            Item::Lose { envelope, to, why } => self.lose(nodes, envelope, to, why),
            Item::Expire(timer) => self.expire(nodes, timer),
            Item::Start(node) => self.start(nodes, node),
            Item::Ask(client) => self.ask_next(nodes, client),
            Item::FireEarly(node) => self.fire_early(nodes, node),
            Item::Finish { node, serial } => self.finish_work(nodes, node, serial),
            Item::Wear(place) => self.wear(nodes, place),
        }
    }

    /// What a node is handed with its next step.
    #[inline]
    pub(super) fn moment(&mut self, node: NodeId) -> Moment {
        let local = self.state.conditions.reading(node, self.state.now);
        let steps = &mut self.state.nodes[node.index()].steps;
        *steps += 1;
        Moment::new(local, self.node_rng, node, *steps - 1)
    }

    pub(super) fn schedule(&mut self, at: Time, item: Item) {
        self.state.live += 1;
        self.state.queue.push(at, item);
    }

    /// When the next thing happens, within the scenario's time.
    pub(super) fn next_due(&self) -> Option<Time> {
        let queued = match self.state.live {
            0 => None,
            _ => self.state.queue.first(|item| match item {
                Item::Expire(timer) => self.state.timers.get(*timer).running,
                Item::Finish { node, serial } => self.state.machines.awaits(*node, *serial),
                _ => true,
            }),
        };
        let next = queued.unwrap_or(Time::NEVER).min(self.next_change);
        (next <= self.scenario.until).then_some(next)
    }
}

impl State {
    /// The beginning of a run.
    pub(super) fn new(scenario: &Scenario, workload: &Workload) -> Self {
        let (n, total) = (scenario.servers(), scenario.total_nodes());
        let mut queue = Queue::new();
        for id in 0..total {
            queue.push(Time::ZERO, Item::Start(NodeId(id)));
        }
        let mut live = usize::from(total);
        if workload.requests > 0 {
            for (place, client) in (0..).zip(scenario.cast.those(Among::Asking)) {
                let at = Time::ZERO + workload.first(client, place);
                queue.push(at, Item::Ask(client));
                live += 1;
            }
        }
        Self {
            now: Time::ZERO,
            last: None,
            queue,
            live,
            nodes: vec![NodeState::new(workload.requests); total.into()],
            timers: Timers::default(),
            machines: Machines::default(),
            worn: Vec::new(),
            envelopes: Envelopes::default(),
            links: vec![0; usize::from(total) * usize::from(total)],
            conditions: Conditions::new(scenario.seed, n, total),
            held: Vec::new(),
            awaited: Vec::new(),
            next_order: 0,
            endings: Vec::new(),
            camps: None,
            halved: None,
            counters: Counters::new(scenario.spec.kinds.len(), total),
            monitor: Monitor::new(scenario),
        }
    }

    /// About how many bytes a copy takes.
    pub(super) fn bytes(&self) -> usize {
        self.nodes.len() * size_of::<NodeState>()
            + self.queue.bytes()
            + self.envelopes.bytes()
            + self.timers.bytes()
            + self.links.len() * size_of::<u32>()
    }
}

/// The orders of a script by time, those of one instant as they stand there.
fn agenda(scenario: &Scenario) -> Vec<u32> {
    let at = |order: u32| scenario.script[order as usize].at;
    let mut agenda: Vec<u32> = Vec::with_capacity(scenario.script.len());
    for order in 0..scenario.script.len() as u32 {
        let place = agenda.partition_point(|&other| at(other) <= at(order));
        agenda.insert(place, order);
    }
    agenda
}

//! The run itself: one queue, one step, every node on its own.
//!
//! What happens at one instant happens in this order: orders of the script that
//! end, orders that begin (both in script order), and then queue entries in the
//! order in which they were scheduled. Traces, hashes and links depend on it.

mod deliver;
mod effects;
mod host;
mod observe;
mod orders;
mod parcels;
mod puppets;
mod send;
mod tally;

use crate::chronicle::Chronicle;
use crate::conditions::Conditions;
use crate::knob::Among;
use crate::monitor::Monitor;
use crate::protocol::{NodeId, Out, Protocol, Seat};
use crate::queue::Queue;
use crate::rng::{Rng, Stream};
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use host::Host;
use parcels::Parcels;
use std::rc::Rc;
use tally::Tally;

/// A run of one scenario under protocol `P`.
#[derive(Debug)]
pub struct Simulation<P: Protocol> {
    scenario: Scenario,
    /// Indices of the script's orders by time, then by place in the script.
    agenda: Vec<u32>,
    state: State<P>,
    chronicle: Chronicle,
    recording: bool,
    latency_rng: Rng,
    /// How long an answer may take once faults are over, where theory promises one.
    answers_within: Option<Span>,
    out: Out<P>,
}

/// All that a snapshot must copy.
#[derive(Clone, Debug)]
struct State<P: Protocol> {
    now: Time,
    /// The instant of the last thing that happened, if any has.
    last: Option<Time>,
    queue: Queue<Item>,
    /// Queue entries that are not stopped timers.
    live: usize,
    hosts: Vec<Host<P>>,
    parcels: Parcels<P::Msg>,
    /// How many packets went from i to j, by `i * nodes + j`.
    links: Vec<u32>,
    conditions: Conditions,
    held: Vec<Held>,
    /// What traitors hold back until they are told what to send.
    awaited: Vec<puppets::Awaited<P::Msg>>,
    next_order: usize,
    /// Orders that will end, by time and index, soonest last.
    endings: Vec<(Time, u32)>,
    /// The camp of each node, once some traitor has two faces.
    camps: Option<Rc<[u8]>>,
    /// When the camps were made by halving the honest replicas, if they were.
    halved: Option<Time>,
    tally: Tally,
    monitor: Monitor,
}

/// A node without a camp: it hears every face.
const NO_CAMP: u8 = u8::MAX;

/// A traitor with several faces: what one says, the same face of another hears.
const TRAITOR: u8 = u8::MAX - 1;

/// A copy that an order holds back.
#[derive(Clone, Copy, Debug)]
struct Held {
    order: u32,
    parcel: u32,
    to: NodeId,
}

/// What waits in the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Item {
    #[default]
    Nothing,
    /// A node begins.
    Start(NodeId),
    /// A client's next request is due.
    Ask(NodeId),
    /// A copy of a parcel arrives.
    Arrive { parcel: u32, to: NodeId },
    /// A copy that waited in the receive buffer is taken.
    Take { parcel: u32, to: NodeId },
    /// A copy is lost where it would have arrived: index of the reason.
    Lose { parcel: u32, to: NodeId, why: u8 },
    /// A timer may run out, if it was not set anew since.
    Expire {
        node: NodeId,
        slot: u8,
        generation: u32,
    },
    /// A traitor disturbs.
    Provoke(NodeId),
}

impl<P: Protocol> Simulation<P> {
    /// A run that has not begun.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let state = State::new(scenario);
        Self {
            agenda: agenda(scenario),
            state,
            chronicle: Chronicle::new(scenario.total_nodes().into()),
            recording: false,
            latency_rng: Rng::new(scenario.seed, Stream::Latency),
            answers_within: (scenario.spec.answers_within)(scenario),
            out: Out::default(),
            scenario: scenario.clone(),
        }
    }

    /// Lets the next thing happen if it is due by `limit`.
    #[inline]
    fn advance(&mut self, limit: Time) -> bool {
        let order = self.next_order_time();
        let before = order.0.checked_sub(1).map(|last| Time(last).min(limit));
        if before.is_some_and(|last| self.pop_and_run(last)) {
            return true;
        }
        if order > limit {
            return false;
        }
        self.state.now = order;
        self.run_order(order);
        true
    }

    #[inline]
    fn pop_and_run(&mut self, limit: Time) -> bool {
        if self.state.live == 0 {
            return false;
        }
        while let Some((at, item)) = self.state.queue.pop(limit) {
            if self.is_live(item) {
                self.state.now = at;
                self.state.last = Some(at);
                self.run_item(item);
                return true;
            }
        }
        false
    }

    #[inline]
    fn is_live(&self, item: Item) -> bool {
        match item {
            Item::Expire {
                node,
                slot,
                generation,
            } => self.state.hosts[node.index()].awaits(slot, generation),
            _ => true,
        }
    }

    #[inline]
    fn run_item(&mut self, item: Item) {
        self.state.live -= 1;
        match item {
            Item::Nothing => {}
            Item::Arrive { parcel, to } => self.arrive(parcel, to, false),
            Item::Take { parcel, to } => self.arrive(parcel, to, true),
            Item::Lose { parcel, to, why } => self.lose(parcel, to, why),
            Item::Expire { node, slot, .. } => self.expire(node, slot),
            Item::Start(node) => self.start(node),
            Item::Ask(client) => self.ask_next(client),
            Item::Provoke(node) => self.provoke(node),
        }
    }

    fn schedule(&mut self, at: Time, item: Item) {
        self.state.live += 1;
        self.state.queue.push(at, item);
    }

    /// When the next thing happens, within the scenario's time.
    fn next_due(&self) -> Option<Time> {
        let queued = match self.state.live {
            0 => None,
            _ => self.state.queue.first(|item| self.is_live(*item)),
        };
        let next = queued.unwrap_or(Time::NEVER).min(self.next_order_time());
        (next <= self.scenario.until).then_some(next)
    }
}

impl<P: Protocol> State<P> {
    fn new(scenario: &Scenario) -> Self {
        let (n, total) = (scenario.servers(), scenario.total_nodes());
        let settings = P::settings(&scenario.settings, &scenario.cast);
        let seat = |id| Seat::new(NodeId(id), scenario, settings.clone());
        let mut queue = Queue::new();
        for id in 0..total {
            queue.push(Time::ZERO, Item::Start(NodeId(id)));
        }
        let mut live = usize::from(total);
        if scenario.workload.requests > 0 {
            for client in scenario.cast.those(Among::Asking) {
                queue.push(Time::ZERO, Item::Ask(client));
                live += 1;
            }
        }
        Self {
            now: Time::ZERO,
            last: None,
            queue,
            live,
            hosts: (0..total)
                .map(|id| Host::new(P::new(seat(id)), scenario.workload.requests))
                .collect(),
            parcels: Parcels::new(),
            links: vec![0; usize::from(total) * usize::from(total)],
            conditions: Conditions::new(scenario.seed, n, total),
            held: Vec::new(),
            awaited: Vec::new(),
            next_order: 0,
            endings: Vec::new(),
            camps: None,
            halved: None,
            tally: Tally::new(P::SPEC.kinds.len(), total),
            monitor: Monitor::new(scenario),
        }
    }
}

fn agenda(scenario: &Scenario) -> Vec<u32> {
    let mut agenda: Vec<u32> = (0..scenario.script.len() as u32).collect();
    agenda.sort_by_key(|&index| scenario.script[index as usize].at);
    agenda
}

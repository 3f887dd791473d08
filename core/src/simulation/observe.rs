//! The run as observers see it: the [`World`] of this simulation.

use super::Simulation;
use super::node_state::NodeState;
use super::nodes::Nodes;
use super::run::{Item, Run, State};
use crate::chronicle::{Chronicle, Executed};
use crate::conditions::Impairment;
use crate::fault::Order;
use crate::promise::Standing;
use crate::protocol::{Kind, NodeId, Portrait, Sketch};
use crate::scenario::Scenario;
use crate::stats::Stats;
use crate::time::{Span, Time};
use crate::trace::MessageId;
use crate::world::{Awaited, Condition, InFlight, Snapshot, World};
use std::rc::Rc;

impl World for Simulation {
    fn scenario(&self) -> &Scenario {
        &self.run.scenario
    }

    fn now(&self) -> Time {
        self.run.state.now
    }

    fn due(&self) -> Option<Time> {
        self.run.next_due()
    }

    fn step(&mut self) -> bool {
        let going = self.advance(self.run.scenario.until);
        if !going {
            self.run.conclude(&*self.nodes, self.run.scenario.until);
        }
        going
    }

    fn run_until(&mut self, until: Time, most: u64) -> bool {
        let limit = until.min(self.run.scenario.until);
        for _ in 0..most {
            if !self.advance(limit) {
                self.run.conclude(&*self.nodes, limit);
                return true;
            }
        }
        false
    }

    fn kinds(&self) -> &'static [Kind] {
        self.run.scenario.spec.kinds
    }

    fn nodes(&self) -> usize {
        self.run.state.nodes.len()
    }

    fn sketch(&self, node: NodeId) -> Sketch {
        self.nodes.sketch(node)
    }

    fn portrait(&self, node: NodeId) -> Portrait {
        self.nodes.portrait(node)
    }

    fn condition(&self, node: NodeId) -> Condition {
        let state = &self.run.state.nodes[node.index()];
        let conditions = &self.run.state.conditions;
        Condition {
            up: state.up,
            crashed: (!state.up).then_some(state.crashed),
            crashes: state.crashes,
            down: state.down(self.run.state.now),
            honest: state.byzantine.is_none(),
            silent: conditions.silent(node),
            stale: state.stale,
            slow: conditions.slowness(node).0,
            load: self.run.state.machines.load(node),
            side: conditions.side(node),
            faces: state.faces,
        }
    }

    fn severed(&self, from: NodeId, to: NodeId) -> bool {
        self.run.state.conditions.severed(from, to)
    }

    fn impairments(&self) -> Vec<Impairment> {
        self.run.state.conditions.impairments()
    }

    fn in_flight(&self, visit: &mut dyn FnMut(InFlight)) {
        for (at, item) in self.run.state.queue.iter() {
            let (Item::Arrive { envelope, to }
            | Item::Take { envelope, to }
            | Item::Lose { envelope, to, .. }) = *item
            else {
                continue;
            };
            self.run.show(envelope, to, *at, visit);
        }
        for held in &self.run.state.held {
            self.run.show(held.envelope, held.to, Time::NEVER, visit);
        }
    }

    fn in_flight_count(&self) -> usize {
        self.run.state.envelopes.copies()
    }

    fn awaited(&self) -> Vec<Awaited> {
        let held = self.run.state.awaited.iter();
        held.map(|held| self.run.offer(&*self.nodes, held))
            .collect()
    }

    fn contents(&self, message: MessageId) -> Option<serde_json::Value> {
        self.nodes.contents(self.run.state.envelopes.find(message)?)
    }

    fn chronicle(&self) -> &Chronicle {
        &self.run.chronicle
    }

    fn record(&mut self, on: bool) {
        if on && !self.run.recording {
            let beginning = State::new(&self.run.scenario, &self.run.workload);
            let present = std::mem::replace(&mut self.run.state, beginning);
            let nodes = std::mem::replace(&mut self.nodes, (self.open)(&self.run.scenario));
            self.run.recording = true;
            self.run.look_ahead();
            while self.run.state.counters.events < present.counters.events
                && self.advance(self.run.scenario.until)
            {}
            self.run.state = present;
            self.nodes = nodes;
            self.run.look_ahead();
        }
        self.run.recording = on;
    }

    fn events(&self) -> u64 {
        self.run.state.counters.events
    }

    fn trace_hash(&self) -> u64 {
        self.run.state.counters.hash
    }

    fn stats(&self) -> &Stats {
        &self.run.state.counters.stats
    }

    fn promises(&self) -> &[Standing] {
        self.run.state.monitor.standings()
    }

    fn executed(&self, node: NodeId) -> Vec<&Executed> {
        let extent = self.run.state.counters.executed[node.index()];
        self.run.chronicle.standing(node, extent)
    }

    fn asked(&self, node: NodeId) -> usize {
        self.run.state.counters.asked[node.index()] as usize
    }

    fn save(&self) -> Snapshot {
        let Run { state, .. } = &self.run;
        Snapshot {
            at: state.now,
            events: state.counters.events,
            bytes: state.bytes() + self.nodes.bytes(),
            state: Rc::new((state.clone(), self.nodes.copied())),
        }
    }

    fn load(&mut self, snapshot: &Snapshot) {
        if let Some((state, nodes)) = snapshot.state.downcast_ref::<(State, Box<dyn Nodes>)>() {
            self.run.state.clone_from(state);
            self.nodes = nodes.copied();
            self.run.look_ahead();
        }
    }

    fn fork(&self, orders: Vec<Order>) -> Option<Box<dyn World>> {
        let (now, end) = (self.run.state.now, self.run.scenario.until);
        let follows = |order: &Order| {
            let ends = order.until.is_none_or(|until| until > order.at);
            order.at > now && order.at <= end && ends
        };
        if !orders.iter().all(follows) {
            return None;
        }
        Some(Box::new(Self {
            run: self.run.fork(orders),
            nodes: self.nodes.copied(),
            open: self.open,
        }))
    }
}

impl Simulation {
    #[inline]
    fn advance(&mut self, limit: Time) -> bool {
        self.run.advance(&mut *self.nodes, limit)
    }
}

impl Run {
    fn show(&self, envelope: u32, to: NodeId, lands: Time, visit: &mut dyn FnMut(InFlight)) {
        if let Some(envelope) = self.state.envelopes.get(envelope) {
            let transit = envelope.transit(to);
            visit(InFlight { transit, lands });
        }
    }

    /// Everything up to `limit` has happened: time goes there if anything is still to come.
    fn conclude(&mut self, nodes: &dyn Nodes, limit: Time) {
        if self.state.live > 0 || self.next_change < Time::NEVER {
            self.state.now = limit.max(self.state.now);
        }
        self.settle(nodes);
    }

    /// Holds the promises that do not break by claims against the present.
    fn settle(&mut self, open: &dyn Nodes) {
        let bound = self.progress_bound();
        let works = self.scenario.spec.uses.work;
        let all = (0..self.scenario.total_nodes()).map(NodeId);
        let waiting = all.filter(|_| works).map(|node| open.sketch(node).waiting);
        let waiting: Vec<u32> = waiting.collect();
        let State {
            monitor,
            counters,
            now,
            nodes,
            ..
        } = &mut self.state;
        let asked = counters.asked.iter().zip(nodes);
        let asked = asked.map(|(&asked, node)| if node.up { asked } else { 0 });
        let asked: Vec<u32> = asked.collect();
        monitor.settle((*now, bound), (&asked, &waiting), &self.chronicle);
    }

    /// How long a request may take from now on, where theory promises an answer at all.
    ///
    /// It does if nothing lies between the nodes, at most f replicas are down or lie, the rest
    /// forms a quorum, and delays are short against the timeouts. Timeouts double while
    /// nothing executes, so they may have grown to the order of the time since the beginning.
    fn progress_bound(&self) -> Option<Span> {
        let within = self.answers_within?;
        let quorums = self.scenario.votes();
        let fit = |node: &&NodeState| node.up && node.byzantine.is_none();
        let servers = &self.state.nodes[..usize::from(self.scenario.servers())];
        let responsive = servers.iter().filter(fit).count() as u32;
        let promised = self.state.conditions.is_fault_free()
            && quorums.live_with(responsive)
            && quorums.n - responsive <= quorums.f
            && quorums.safe_with(quorums.n - responsive);
        let grown = self.state.monitor.last_change().since(Time::ZERO).times(4);
        promised.then(|| within + grown)
    }
}

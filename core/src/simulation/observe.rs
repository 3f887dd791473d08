//! The run as observers see it: the [`World`] of this simulation.

use super::{Item, Simulation, State};
use crate::chronicle::{Chronicle, Executed};
use crate::conditions::Impairment;
use crate::fault::Order;
use crate::problem::Problem;
use crate::promise::Standing;
use crate::protocol::{Kind, Message, NodeId, Portrait, Protocol, Rule, Sketch};
use crate::scenario::Scenario;
use crate::stats::Stats;
use crate::time::{Span, Time};
use crate::trace::{MessageId, Passage};
use crate::world::{Awaited, Condition, InFlight, Snapshot, World};

impl<P: Protocol> World for Simulation<P> {
    fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    fn now(&self) -> Time {
        self.state.now
    }

    fn due(&self) -> Option<Time> {
        self.next_due()
    }

    fn step(&mut self) -> bool {
        let going = self.advance(self.scenario.until);
        if !going {
            self.conclude(self.scenario.until);
        }
        going
    }

    fn run_until(&mut self, until: Time, most: u64) -> bool {
        let limit = until.min(self.scenario.until);
        for _ in 0..most {
            if !self.advance(limit) {
                self.conclude(limit);
                return true;
            }
        }
        false
    }

    fn command(&mut self, mut order: Order) -> Result<(), Problem> {
        let passed = self.state.last.is_some_and(|last| last >= self.state.now);
        order.at = if passed {
            self.state.now + Span(1)
        } else {
            self.state.now
        };
        if order.at > self.scenario.until {
            return Err(Problem::new("at_ms", "the run is over"));
        }
        if order.until.is_some_and(|until| until <= order.at) {
            return Err(Problem::new("until_ms", "must lie after the present"));
        }
        let script = &self.scenario.script;
        let later = &self.agenda[self.state.next_order..];
        let place = later.partition_point(|&i| script[i as usize].at <= order.at);
        let index = script.len() as u32;
        self.agenda.insert(self.state.next_order + place, index);
        self.scenario.script.push(order);
        Ok(())
    }

    fn kinds(&self) -> &'static [Kind] {
        P::SPEC.kinds
    }

    fn rules(&self) -> &'static [&'static Rule] {
        P::SPEC.rules
    }

    fn nodes(&self) -> usize {
        self.state.hosts.len()
    }

    fn sketch(&self, node: NodeId) -> Sketch {
        self.state.hosts[node.index()].core.sketch()
    }

    fn portrait(&self, node: NodeId) -> Portrait {
        self.state.hosts[node.index()].core.portrait()
    }

    fn condition(&self, node: NodeId) -> Condition {
        let host = &self.state.hosts[node.index()];
        let conditions = &self.state.conditions;
        Condition {
            up: host.up,
            crashed: (!host.up).then_some(host.crashed),
            honest: host.treason.is_none(),
            silent: conditions.silent(node),
            stale: host.stale,
            slow: conditions.slowness(node).0,
            side: conditions.side(node),
            faces: host.faces(),
        }
    }

    fn severed(&self, from: NodeId, to: NodeId) -> bool {
        self.state.conditions.severed(from, to)
    }

    fn impairments(&self) -> Vec<Impairment> {
        self.state.conditions.impairments()
    }

    fn in_flight(&self, visit: &mut dyn FnMut(InFlight)) {
        for (at, item) in self.state.queue.iter() {
            let (Item::Arrive { parcel, to }
            | Item::Take { parcel, to }
            | Item::Lose { parcel, to, .. }) = *item
            else {
                continue;
            };
            self.show(parcel, to, *at, visit);
        }
        for held in &self.state.held {
            self.show(held.parcel, held.to, Time::NEVER, visit);
        }
    }

    fn in_flight_count(&self) -> usize {
        self.state.parcels.copies()
    }

    fn awaited(&self) -> Vec<Awaited> {
        self.state
            .awaited
            .iter()
            .map(|held| self.offer(held))
            .collect()
    }

    fn contents(&self, message: MessageId) -> Option<serde_json::Value> {
        Some(self.state.parcels.find(message)?.msg.contents())
    }

    fn chronicle(&self) -> &Chronicle {
        &self.chronicle
    }

    fn record(&mut self, on: bool) {
        if on && !self.recording {
            let present = std::mem::replace(&mut self.state, State::new(&self.scenario));
            self.recording = true;
            while self.state.tally.events < present.tally.events
                && self.advance(self.scenario.until)
            {}
            self.state = present;
        }
        self.recording = on;
    }

    fn events(&self) -> u64 {
        self.state.tally.events
    }

    fn trace_hash(&self) -> u64 {
        self.state.tally.hash
    }

    fn stats(&self) -> &Stats {
        &self.state.tally.stats
    }

    fn promises(&self) -> &[Standing] {
        self.state.monitor.standings()
    }

    fn executed(&self, node: NodeId) -> Vec<&Executed> {
        let extent = self.state.tally.executed[node.index()];
        self.chronicle.standing(node, extent)
    }

    fn asked(&self, node: NodeId) -> usize {
        self.state.tally.asked[node.index()] as usize
    }

    fn save(&self) -> Snapshot {
        Snapshot {
            at: self.state.now,
            events: self.state.tally.events,
            bytes: self.state.bytes(),
            state: Box::new(self.state.clone()),
        }
    }

    fn load(&mut self, snapshot: &Snapshot) {
        if let Some(state) = snapshot.state.downcast_ref::<State<P>>() {
            self.state.clone_from(state);
        }
    }

    fn fork(&mut self) {
        let kept = self.state.tally.events as usize;
        self.chronicle.events.truncate(kept);
        let executed = &self.state.tally.executed;
        for (list, extent) in self.chronicle.executed.iter_mut().zip(executed) {
            list.truncate(extent.written as usize);
        }
        let asked = &self.state.tally.asked;
        for (list, &length) in self.chronicle.asked.iter_mut().zip(asked) {
            list.truncate(length as usize);
            for entry in list {
                entry.answered = entry.answered.filter(|(at, _)| *at <= self.state.now);
            }
        }
        self.chronicle
            .decided
            .retain(|_, entry| entry.at <= self.state.now);
    }
}

impl<P: Protocol> Simulation<P> {
    fn show(&self, parcel: u32, to: NodeId, lands: Time, visit: &mut dyn FnMut(InFlight)) {
        if let Some(parcel) = self.state.parcels.get(parcel) {
            let passage = Passage {
                message: parcel.id,
                from: parcel.from,
                to,
                kind: parcel.kind,
                label: parcel.msg.label(),
                sent: parcel.sent,
            };
            visit(InFlight { passage, lands });
        }
    }

    /// Everything up to `limit` has happened: time goes there if anything is still to come.
    fn conclude(&mut self, limit: Time) {
        if self.state.live > 0 || self.next_order_time() < Time::NEVER {
            self.state.now = limit.max(self.state.now);
        }
        self.settle();
    }

    /// Holds the promises that do not break by claims against the present.
    fn settle(&mut self) {
        let bound = self.progress_bound();
        let State {
            monitor,
            tally,
            now,
            hosts,
            ..
        } = &mut self.state;
        let asked = tally.asked.iter().zip(hosts);
        let asked = asked.map(|(&asked, host)| if host.up { asked } else { 0 });
        monitor.settle(*now, bound, &asked.collect::<Vec<_>>(), &self.chronicle);
    }

    /// How long a request may take from now on, where theory promises an answer at all.
    ///
    /// It does if nothing lies between the nodes, at most f replicas are down or lie, the rest
    /// forms a quorum, and delays are short against the timeouts. Timeouts double while
    /// nothing executes, so they may have grown to the order of the time since the beginning.
    fn progress_bound(&self) -> Option<Span> {
        let within = self.answers_within?;
        let quorums = self.scenario.votes();
        let fit = |host: &&super::Host<P>| host.up && host.treason.is_none();
        let servers = &self.state.hosts[..usize::from(self.scenario.servers())];
        let responsive = servers.iter().filter(fit).count() as u32;
        let promised = self.state.conditions.calm()
            && quorums.live_with(responsive)
            && quorums.n - responsive <= quorums.f
            && quorums.safe_with(quorums.n - responsive);
        let grown = self.state.monitor.last_change().since(Time::ZERO).times(4);
        promised.then(|| within + grown)
    }
}

impl<P: Protocol> State<P> {
    /// About how many bytes a copy takes.
    fn bytes(&self) -> usize {
        let log = self.hosts.len() * (size_of::<super::Host<P>>() + 4096);
        log + self.queue.bytes() + self.parcels.bytes() + self.links.len() * size_of::<u32>()
    }
}

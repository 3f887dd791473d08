//! Timers, by a node that never uses a name twice.

mod work;

use super::Simulation;
use super::nodes_of::NodesOf;
use crate::cast::Cast;
use crate::knob::Args;
use crate::protocol::{
    Input, Kept, Label, Message, Moment, NodeId, Out, Portrait, Protocol, Seat, Sketch,
};
use crate::scenario::Scenario;
use crate::spec::Spec;
use crate::time::{Span, Time};
use crate::world::World;

/// Sets timer 0, and with each timer that runs out the next; between them one that it stops again.
#[derive(Clone, Debug)]
struct Ticker {
    next: u32,
}

/// No message is ever sent.
#[derive(Clone, Debug)]
enum Silence {}

impl Message for Silence {
    fn kind(&self) -> usize {
        match *self {}
    }

    fn label(&self) -> Label {
        match *self {}
    }

    fn contents(&self) -> serde_json::Value {
        match *self {}
    }

    fn garbled(&self, _bits: u64) -> Option<Self> {
        match *self {}
    }
}

/// Timers from here on are stopped before they run out.
const STOPPED: u32 = 1_000_000;

impl Protocol for Ticker {
    type Msg = Silence;
    type Timer = u32;
    type Settings = ();
    const SPEC: &'static Spec = crate::systems::first();

    fn settings(_args: &Args, _cast: &Cast) {}

    fn new(_seat: Seat<()>) -> Self {
        Self { next: 0 }
    }

    fn step(&mut self, input: Input<'_, Self>, _: &Moment, out: &mut Out<Self>) {
        if let Input::Timer(name) = input {
            assert_eq!(name, self.next, "no other timer was left running");
            out.cancel_timer(STOPPED + name);
            self.next += 1;
        }
        out.set_timer(self.next, Span(10));
        // It would run out at the same instant as a later one.
        out.set_timer(STOPPED + self.next, Span(50));
    }

    fn rebooted(&self, _kept: Kept) -> Self {
        self.clone()
    }

    fn sketch(&self) -> Sketch {
        Sketch {
            done: self.next.into(),
            ..Sketch::default()
        }
    }

    fn portrait(&self) -> Portrait {
        Portrait::default()
    }

    fn timer_name(_timer: u32) -> &'static str {
        "tick"
    }
}

fn tickers() -> Simulation {
    let text = r#"{"nodes":4,"until_ms":10000,"workload":{"requests":0}}"#;
    let scenario = Scenario::parse(text).expect("a valid scenario");
    Simulation::new(&scenario, NodesOf::<Ticker>::open)
}

#[test]
fn a_hundred_thousand_names_of_timers_take_the_room_of_those_that_wait() {
    let mut world = tickers();
    assert!(world.run_until(Time(250_000), u64::MAX));
    for node in 0..4 {
        let ticks = world.sketch(NodeId(node)).done;
        assert_eq!(ticks, 25_000);
    }
    let most = world.run.state.timers.most();
    assert!(most <= 4 * 8, "{most} numbers for four nodes");
    assert!(world.run.state.bytes() + world.nodes.bytes() < 1 << 17);
}

#[test]
fn a_kept_instant_keeps_its_timers() {
    let mut world = tickers();
    world.run_until(Time(1005), u64::MAX);
    let kept = world.save();
    world.run_until(Time(5000), u64::MAX);
    let hash = world.trace_hash();
    world.load(&kept);
    world.run_until(Time(5000), u64::MAX);
    assert_eq!(world.trace_hash(), hash);
}

//! Machines, clocks, chance, arrivals and wear, on nodes that do nothing but work and answer.

use super::super::Simulation;
use super::super::nodes_of::NodesOf;
use crate::cast::Cast;
use crate::knob::Args;
use crate::protocol::{
    Claim, Input, Kept, Label, Message, Moment, NodeId, Out, Portrait, Protocol, Resource, Seat,
    Sketch, To,
};
use crate::scenario::Scenario;
use crate::spec::{Machine, Spec, Uses};
use crate::time::Time;
use crate::trace::{Event, What};
use crate::workload::WORKING;
use crate::world::World;
use serde_json::{Value, json};

/// A client leaves its request to its own machine and answers itself; event orders send.
#[derive(Clone, Debug)]
struct Worker {
    seat: Seat<()>,
    /// Readings of its clock and bits that it was handed with events.
    seen: Vec<(i64, u64)>,
    number: u32,
}

#[derive(Clone, Debug)]
struct Note;

impl Message for Note {
    fn kind(&self) -> usize {
        0
    }
    fn label(&self) -> Label {
        Label::default()
    }
    fn contents(&self) -> Value {
        json!({})
    }
    fn garbled(&self, _bits: u64) -> Option<Self> {
        None
    }
}

const WORKER: &Spec = &Spec {
    name: "worker",
    workload: WORKING,
    uses: Uses {
        work: true,
        clock: true,
        events: true,
    },
    machine: |_, _| Machine {
        cores: 2,
        speed_per_mille: 500,
    },
    start: crate::simulation::start::<Worker>,
    ..*crate::systems::first()
};

impl Protocol for Worker {
    type Msg = Note;
    type Timer = u32;
    type Settings = ();
    const SPEC: &'static Spec = WORKER;

    fn settings(_args: &Args, _cast: &Cast) {}

    fn new(seat: Seat<()>) -> Self {
        Self {
            seat,
            seen: Vec::new(),
            number: 0,
        }
    }

    fn step(&mut self, input: Input<'_, Self>, moment: &Moment, out: &mut Out<Self>) {
        match input {
            Input::Request(op) => {
                self.number = op.number;
                out.work(op.number, op.work, Resource::Core);
            }
            Input::Done(number) => {
                let op = crate::protocol::Op::plain(self.seat.id(), number, false);
                out.claim(Claim::Answered {
                    op,
                    result: 0,
                    by: 1,
                    early: true,
                });
            }
            Input::Event { to } => {
                self.seen.push((moment.local(), moment.bits(0)));
                match to {
                    Some(to) => out.send_to(To::These([to, NodeId(0)].into()), Note),
                    None => out.send_to(To::Role(1), Note),
                }
            }
            _ => {}
        }
    }

    fn rebooted(&self, _kept: Kept) -> Self {
        self.clone()
    }

    fn sketch(&self) -> Sketch {
        Sketch::default()
    }

    fn portrait(&self) -> Portrait {
        let seen = self
            .seen
            .iter()
            .map(|(local, bits)| format!("{local} {bits}"));
        Portrait {
            waiting: seen.collect(),
            ..Portrait::default()
        }
    }

    fn timer_name(_timer: u32) -> &'static str {
        "job"
    }
}

fn open(document: Value) -> Simulation {
    crate::systems::add(crate::systems::System {
        spec: WORKER,
        presets: &[],
    });
    let mut document = document;
    document["protocol"] = "worker".into();
    let scenario = Scenario::from_value(&document).expect("a valid scenario");
    let mut world = Simulation::new(&scenario, NodesOf::<Worker>::open);
    world.record(true);
    world
}

fn ended(document: Value) -> Simulation {
    let mut world = open(document);
    world.run_until(Time::NEVER, u64::MAX);
    world
}

/// When each request of the first client was answered, in milliseconds.
fn answers(world: &Simulation) -> Vec<f64> {
    let asked = world.chronicle().asked[4].iter();
    asked
        .filter_map(|asked| asked.answered.map(|(at, _)| at.ms()))
        .collect()
}

fn events(world: &Simulation, is: impl Fn(&What) -> bool) -> Vec<(f64, NodeId)> {
    let all = world
        .chronicle()
        .events
        .iter()
        .filter(|event: &&Event| is(&event.what));
    all.map(|event| (event.at.ms(), event.node)).collect()
}

/// Five requests at once, each of 10 ms on a machine of half speed with two cores.
fn five_at_once() -> Value {
    json!({ "workload": { "requests": 5, "arrivals": "even", "rate_per_s": 1_000_000 } })
}

#[test]
fn pieces_wait_for_a_core_first_come_first_served() {
    let world = ended(five_at_once());
    let answers = answers(&world);
    assert_eq!(answers.len(), 5);
    let rounded: Vec<f64> = answers.iter().map(|ms| ms.round()).collect();
    assert_eq!(rounded, [20.0, 20.0, 40.0, 40.0, 60.0]);
    assert_eq!(world.condition(NodeId(4)).load, (0, 0));
}

#[test]
fn a_change_of_speed_stretches_what_is_left() {
    let mut document = five_at_once();
    document["workload"]["requests"] = 1.into();
    document["script"] = json!([
        { "at_ms": 10, "do": "weaken", "node": 4, "per_mille": 100, "until_ms": 60 }
    ]);
    // After 10 ms at half of the usual speed 5 of 10 ms of work are left; 50 ms at a twentieth do
    // 2.5 of them; the other 2.5 take 5 ms.
    assert_eq!(answers(&ended(document)), [65.0]);
}

#[test]
fn a_crash_loses_what_the_machine_had_to_do() {
    let mut document = five_at_once();
    document["script"] = json!([{ "at_ms": 30, "do": "crash", "node": 4 }]);
    let world = ended(document);
    assert_eq!(answers(&world).len(), 2);
    assert_eq!(world.condition(NodeId(4)).load, (0, 0));
    assert!(world.ended(), "nothing is left to happen");
}

#[test]
fn a_kept_instant_keeps_what_machines_do() {
    let mut world = open(five_at_once());
    world.run_until(Time(25_000), u64::MAX);
    let kept = world.save();
    world.run_until(Time::NEVER, u64::MAX);
    let hash = world.trace_hash();
    world.load(&kept);
    assert_eq!(world.condition(NodeId(4)).load, (2, 1));
    world.run_until(Time::NEVER, u64::MAX);
    assert_eq!(world.trace_hash(), hash);
}

#[test]
fn nodes_read_their_own_clocks_and_draw_by_name() {
    let clock = |script: Value| {
        let world = ended(json!({ "workload": { "requests": 0 }, "script": script }));
        let seen = world.portrait(NodeId(2)).waiting;
        let read = |line: &String| line.split(' ').next().and_then(|text| text.parse().ok());
        let readings: Vec<i64> = seen.iter().filter_map(read).collect();
        let bits = seen
            .iter()
            .filter_map(|line| line.split(' ').nth(1).map(String::from));
        (readings, bits.collect::<Vec<_>>())
    };
    let event = |at: u32| json!({ "at_ms": at, "do": "event", "node": 2 });
    let (plain, bits) = clock(json!([event(1000), event(3000)]));
    assert_eq!(plain, [1_000_000, 3_000_000]);
    assert_ne!(bits[0], bits[1]);
    let drift =
        json!({ "at_ms": 1000, "do": "drift", "node": 2, "ppm": 100_000, "until_ms": 2000 });
    let set = json!({ "at_ms": 2500, "do": "set-clock", "node": 2, "offset_ms": -5000 });
    let (off, same) = clock(json!([drift, event(1500), set, event(3000)]));
    // A tenth faster for a second: 100 ms ahead from then on, and 5 s back after it was set.
    assert_eq!(off, [1_550_000, 3_100_000 - 5_000_000]);
    assert_eq!(
        same, bits,
        "other faults change nothing of what a node draws"
    );
}

#[test]
fn a_message_reaches_a_role_or_a_list_and_never_its_sender() {
    let to = |order: Value| {
        let world =
            ended(json!({ "workload": { "requests": 0 }, "clients": 3, "script": [order] }));
        let landed = events(&world, |what| matches!(what, What::Delivered(_)));
        let mut nodes: Vec<u16> = landed.iter().map(|(_, node)| node.0).collect();
        nodes.sort_unstable();
        nodes
    };
    assert_eq!(to(json!({ "do": "event", "node": 5 })), [4, 6]);
    assert_eq!(to(json!({ "do": "event", "node": 1, "to": 3 })), [0, 3]);
    assert_eq!(to(json!({ "do": "event", "node": 0, "to": 6 })), [6]);
}

#[test]
fn machines_wear_while_the_order_lasts_and_are_repaired_after_it() {
    let world = ended(
        json!({ "workload": { "requests": 0 }, "until_ms": 100_000, "script": [
            { "do": "wear", "node": 1, "mttf_ms": 900, "mttr_ms": 100, "until_ms": 90_000 }
        ]}),
    );
    let broke = events(&world, |what| *what == What::WornOut);
    let repaired = events(&world, |what| *what == What::Repaired);
    assert_eq!(broke.len(), repaired.len());
    assert!((60..130).contains(&broke.len()), "{} in 90 s", broke.len());
    assert!(
        broke
            .iter()
            .all(|(at, node)| *node == NodeId(1) && *at < 90_000.0)
    );
    assert!(world.condition(NodeId(1)).up);
}

#[test]
fn operations_come_at_their_rate_and_faster_in_a_surge() {
    let count = |script: Value| {
        let world = ended(
            json!({ "clients": 2, "until_ms": 1000, "script": script, "workload": {
            "requests": 1000, "arrivals": "even", "rate_per_s": 100, "work_ms": 0 } }),
        );
        world.chronicle().asked.iter().map(Vec::len).sum::<usize>()
    };
    // Those due at the very end count, too.
    assert_eq!(count(json!([])), 101);
    let surge = json!({ "do": "surge", "per_mille": 3000 });
    assert!((295..=302).contains(&count(json!([surge]))));
}

#[test]
fn what_does_nothing_in_a_system_is_refused() {
    for order in [
        json!({ "do": "weaken", "node": 1, "per_mille": 100 }),
        json!({ "do": "set-clock", "node": 1, "offset_ms": 5 }),
        json!({ "do": "event", "node": 1 }),
    ] {
        let read = Scenario::from_value(&json!({ "script": [order] }));
        assert_eq!(read.unwrap_err().path, "script[0].do");
    }
}

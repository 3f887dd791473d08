//! A run is a pure function of its scenario, however one walks through it.

use proptest::collection::vec;
use proptest::prelude::*;
use quorumscope::soak::{self, Plan};
use quorumscope_core::fault::Order;
use quorumscope_core::link::{self, LinkExtras};
use quorumscope_core::report::report;
use quorumscope_core::scenario::{Scenario, order_from_value};
use quorumscope_core::time::{Span, Time};
use quorumscope_core::world::{World, open};
use quorumscope_tests::{finish, replicas, run};
use serde_json::json;

/// A scenario that the soak draws, so with any fault, behaviour and latency.
fn scenario(seed: u64) -> Scenario {
    soak::scenario(Plan::Safety, &[], seed)
}

/// Instants within the soak's scenarios.
fn instants(count: usize) -> impl Strategy<Value = Vec<Time>> {
    vec((0..8_500_000u64).prop_map(Time), 1..count)
}

/// The run of a scenario with every event recorded.
fn recorded(scenario: &Scenario) -> Box<dyn World> {
    let mut world = open(scenario);
    world.record(true);
    finish(world.as_mut());
    world
}

/// The same run to the last bit, as far as anyone can see.
fn assert_same(one: &dyn World, other: &dyn World) -> Result<(), TestCaseError> {
    prop_assert_eq!(one.trace_hash(), other.trace_hash());
    prop_assert_eq!(one.events(), other.events());
    prop_assert_eq!(report(one), report(other));
    for node in replicas(one) {
        prop_assert_eq!(one.executed(node), other.executed(node));
    }
    prop_assert_eq!(&one.chronicle().asked, &other.chronicle().asked);
    prop_assert_eq!(&one.chronicle().decided, &other.chronicle().decided);
    Ok(())
}

/// Some orders that a user may give to any run, whatever its size.
fn order(pick: usize, of: &Scenario) -> Order {
    let last = of.servers() - 1;
    let orders = [
        json!({ "do": "crash", "node": last }),
        json!({ "do": "restart", "node": 0, "keeps": "stale" }),
        json!({ "do": "partition", "groups": [[0], [of.servers()]] }),
        json!({ "do": "heal" }),
        json!({ "do": "request", "read": true }),
        json!({ "do": "corrupt", "node": last, "behaviour": "two-faced" }),
        json!({ "do": "omit", "per_mille": 300 }),
        json!({ "do": "slow", "from": 0, "extra_ms": 77.123 }),
        json!({ "do": "tamper", "message": 40, "to": 0, "how": "duplicate" }),
        json!({ "do": "silence", "node": 0 }),
        json!({ "do": "drift", "node": last, "ppm": 250_000 }),
    ];
    let chosen = &orders[pick % orders.len()];
    order_from_value(chosen, of, "").unwrap_or_else(|problem| panic!("{problem}"))
}

/// Runs to each instant in turn and gives an order right after it; then to the end.
fn play(world: &mut Box<dyn World>, moves: &[(Time, usize)]) {
    for (until, pick) in moves {
        world.run_until(*until, u64::MAX);
        let at = world.now() + Span(1);
        let orders = vec![Order {
            at,
            ..order(*pick, world.scenario())
        }];
        // None once the run is over.
        if let Some(fork) = world.fork(orders) {
            *world = fork;
        }
    }
    finish(world.as_mut());
}

fn moves() -> impl Strategy<Value = Vec<(Time, usize)>> {
    let moves = vec(((0..8_500_000u64).prop_map(Time), any::<usize>()), 1..6);
    moves.prop_map(|mut moves| {
        moves.sort_unstable();
        moves
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn twice_is_the_same(seed in any::<u64>()) {
        let scenario = scenario(seed);
        assert_same(run(&scenario).as_ref(), run(&scenario).as_ref())?;
    }

    #[test]
    fn in_slices_of_time_or_steps_is_the_same(
        seed in any::<u64>(),
        slices in vec((0..300_000u64, 1..200u64), 1..50),
    ) {
        let scenario = scenario(seed);
        let mut world = open(&scenario);
        for (span, most) in slices.into_iter().cycle() {
            let until = world.now() + Span(span);
            world.run_until(until, most);
            if world.ended() {
                break;
            }
        }
        finish(world.as_mut());
        assert_same(world.as_ref(), run(&scenario).as_ref())?;
    }

    #[test]
    fn step_by_step_is_the_same_and_time_only_grows(seed in any::<u64>()) {
        let scenario = scenario(seed);
        let mut world = open(&scenario);
        let mut now = world.now();
        while let Some(due) = world.due() {
            prop_assert!(world.step());
            prop_assert_eq!(world.now(), due);
            prop_assert!(now <= due);
            now = due;
        }
        prop_assert!(!world.step());
        assert_same(world.as_ref(), run(&scenario).as_ref())?;
    }

    #[test]
    fn going_back_and_forth_is_the_same(
        seed in any::<u64>(),
        stops in instants(12),
        back in vec(any::<prop::sample::Index>(), 1..6),
    ) {
        let scenario = scenario(seed);
        let mut world = open(&scenario);
        world.record(true);
        let mut kept = vec![(world.save(), world.trace_hash())];
        for until in stops {
            world.run_until(until, 5_000);
            kept.push((world.save(), world.trace_hash()));
        }
        for index in back {
            let (snapshot, hash) = index.get(&kept);
            world.load(snapshot);
            prop_assert_eq!((world.now(), world.events()), (snapshot.at, snapshot.events));
            prop_assert_eq!(world.trace_hash(), *hash);
            world.run_until(world.now() + Span::from_ms(700), u64::MAX);
        }
        finish(world.as_mut());
        let straight = recorded(&scenario);
        assert_same(world.as_ref(), straight.as_ref())?;
        prop_assert_eq!(&world.chronicle().events, &straight.chronicle().events);
    }

    #[test]
    fn recording_changes_nothing_and_may_begin_late(seed in any::<u64>(), stops in instants(2)) {
        let scenario = scenario(seed);
        let mut world = open(&scenario);
        world.run_until(stops[0], u64::MAX);
        let before = (world.now(), world.events(), world.trace_hash());
        world.record(true);
        prop_assert_eq!((world.now(), world.events(), world.trace_hash()), before);
        prop_assert_eq!(world.chronicle().events.len() as u64, world.events());
        finish(world.as_mut());
        assert_same(world.as_ref(), run(&scenario).as_ref())?;
        let straight = recorded(&scenario);
        prop_assert_eq!(&world.chronicle().events, &straight.chronicle().events);
    }

    #[test]
    fn what_was_ordered_by_hand_is_a_scenario_and_a_link(
        seed in any::<u64>(),
        moves in moves(),
    ) {
        let scenario = scenario(seed);
        let mut world = open(&scenario);
        play(&mut world, &moves);
        let written = Scenario::from_value(&world.scenario().to_value());
        prop_assert_eq!(written.as_ref(), Ok(world.scenario()));
        let code = link::encode(world.scenario(), &LinkExtras::default());
        let (linked, _) = link::open(&code).expect("it was just made");
        assert_same(world.as_ref(), run(&linked).as_ref())?;
    }

    #[test]
    fn a_fork_shares_its_past_and_goes_its_own_way(
        seed in any::<u64>(),
        stops in instants(2),
        moves in moves(),
    ) {
        let scenario = scenario(seed);
        let mut world = open(&scenario);
        world.record(true);
        world.run_until(stops[0], u64::MAX);
        let snapshot = world.save();
        finish(world.as_mut());
        world.load(&snapshot);
        play(&mut world, &moves);
        let end = world.trace_hash();
        world.load(&snapshot);
        finish(world.as_mut());
        prop_assert_eq!(world.trace_hash(), end, "an instant of the shared past leads there too");
        let fresh = recorded(world.scenario());
        assert_same(world.as_ref(), fresh.as_ref())?;
        prop_assert_eq!(&world.chronicle().events, &fresh.chronicle().events);
        let past = snapshot.events as usize;
        let original = recorded(&scenario);
        let (old, new) = (&original.chronicle().events, &world.chronicle().events);
        prop_assert_eq!(&old[..past], &new[..past]);
    }
}

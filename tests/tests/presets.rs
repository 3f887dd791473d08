//! Each preset keeps its promise: what breaks, what holds, how far the run gets.

use quorumscope_core::presets::{self, Preset};
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::trace::DropReason;
use quorumscope_core::world::World;
use quorumscope_tests::{broken, run};

fn answered(world: &dyn World) -> usize {
    let asked = world.chronicle().asked.iter().flatten();
    asked.filter(|asked| asked.answered.is_some()).count()
}

/// The highest view of an honest replica.
fn view(world: &dyn World) -> u32 {
    let replicas = (0..world.scenario().servers()).map(NodeId);
    let honest = replicas.filter(|node| world.condition(*node).honest);
    honest
        .map(|node| world.sketch(node).round)
        .max()
        .unwrap_or(0)
}

fn lost(world: &dyn World, reason: DropReason) -> u64 {
    world.stats().dropped[reason as usize]
}

fn disappoints(preset: &Preset) -> Option<String> {
    let world = run(&preset.scenario());
    let (world, expects) = (world.as_ref(), &preset.expects);
    let (breaks, answered, view) = (broken(world), answered(world), view(world));
    let within = |found, (least, most)| (least..=most).contains(&found);
    if breaks != expects.breaks {
        return Some(format!("breaks {breaks:?}, not {:?}", expects.breaks));
    }
    if !within(answered, expects.answered) {
        return Some(format!("{answered} answers, not {:?}", expects.answered));
    }
    if !within(
        view as usize,
        (expects.view.0 as usize, expects.view.1 as usize),
    ) {
        return Some(format!("reaches view {view}, not {:?}", expects.view));
    }
    let unseen = expects
        .drops
        .iter()
        .find(|reason| lost(world, **reason) == 0);
    unseen.map(|reason| format!("loses nothing to {}", reason.name()))
}

#[test]
fn every_preset_keeps_its_promise() {
    let say = |preset: &Preset| disappoints(preset).map(|why| format!("{}: {why}", preset.name));
    let disappointments: Vec<String> = presets::known().into_iter().filter_map(say).collect();
    assert!(disappointments.is_empty(), "{disappointments:#?}");
}

#[test]
fn what_a_preset_breaks_or_keeps_is_no_accident_of_its_seed() {
    for preset in presets::known() {
        for seed in 100..120 {
            let scenario = Scenario {
                seed,
                ..preset.scenario()
            };
            let breaks = broken(run(&scenario).as_ref());
            let forks = breaks.contains(&"agreement");
            let should = preset.expects.breaks.contains(&"agreement");
            assert_eq!(
                forks, should,
                "{} with seed {seed}: {breaks:?}",
                preset.name
            );
        }
    }
}

#[test]
fn counterparts_stand_on_opposite_sides() {
    for preset in presets::known() {
        let Some(name) = preset.counterpart else {
            continue;
        };
        let other = presets::find(name).unwrap();
        let breaks = |preset: &Preset| !preset.expects.breaks.is_empty();
        assert_ne!(breaks(preset), breaks(other), "{} and {name}", preset.name);
    }
}

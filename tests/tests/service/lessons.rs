//! Each lesson shows what it is about: with the usual service, with two doors, and without one.

use super::scenario;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::systems::service;
use quorumscope_core::time::{Span, Time};
use quorumscope_core::world::open;
use quorumscope_tests::read;
use serde_json::{Value, json};

/// Whether a lesson was shown by the end of its run, and not at its beginning.
fn shows(
    bare: &Scenario,
    script: Vec<Value>,
    shown: fn(&dyn quorumscope_core::world::World) -> bool,
) -> bool {
    let mut document = bare.to_value();
    document["script"] = script.into();
    let mut world = open(&read(&document));
    let early = shown(world.as_ref());
    world.run_until(Time::ZERO + Span::from_ms(20_000), u64::MAX);
    !early && shown(world.as_ref())
}

#[test]
fn every_lesson_shows_what_it_is_about() {
    for fields in [
        json!({}),
        json!({ "cast": { "balancers": 2 }, "settings": { "probe_ms": 200, "attempts": 2 } }),
        json!({ "cast": { "balancers": 0 } }),
    ] {
        let bare = scenario(&fields);
        for lesson in service::SPEC.lessons {
            let script = (lesson.script)(&bare);
            assert!(
                shows(&bare, script, lesson.shown),
                "{}: {fields}",
                lesson.button
            );
            assert!(!(lesson.watch)(&bare).is_empty() && !(lesson.taught)(&bare).is_empty());
        }
    }
}

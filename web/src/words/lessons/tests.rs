//! Each lesson of each system shows what it says it shows, and not before.

use super::*;
use crate::run::session::Session;
use quorumscope_core::systems;
use quorumscope_core::time::Time;

/// Looks at a run as it stands at an instant.
fn at<R>(scenario: &Scenario, time: Time, look: impl FnOnce(&dyn World) -> R) -> R {
    let mut session = Session::open(scenario);
    session.seek(time);
    session.pursue(&mut || true);
    session.reader().look(look)
}

fn cluster(nodes: u16) -> Scenario {
    with_nodes(&Scenario::default(), nodes)
}

#[test]
fn the_ladder_leads_from_the_usual_run_to_the_gallery_and_never_back() {
    for spec in systems::known() {
        let mut run = Scenario::of(spec);
        let mut buttons = Vec::new();
        loop {
            let next = at(&run, Time::ZERO, next);
            assert!(!buttons.contains(&next.button), "{buttons:?}");
            buttons.push(next.button);
            match next.then {
                Some(then) => run = then,
                None => break,
            }
        }
        let further = spec.lessons.iter().skip(1).map(|lesson| lesson.button);
        let expected: Vec<&str> = further.chain(["Open the gallery"]).collect();
        assert_eq!(buttons, expected, "{}", spec.name);
    }
}

#[test]
fn what_a_lesson_teaches_is_claimed_when_its_run_has_shown_it() {
    for nodes in [4, 5, 7] {
        let bare = cluster(nodes);
        for lesson in bare.spec.lessons {
            let run = run(lesson, &bare).expect("a run");
            crate::edit::setup::check(&run).expect("a sound scenario");
            let shown = |time| at(&run, time, lesson.shown);
            assert!(!shown(Time::ZERO), "{lesson:?} of {nodes}");
            assert!(shown(run.until), "{lesson:?} of {nodes}");
            let breaks = lesson.button == "One too many";
            let holds = at(&run, run.until, unbroken);
            assert_eq!(holds, !breaks, "{lesson:?} of {nodes}");
            assert_ne!((lesson.watch)(&bare), (lesson.taught)(&bare));
        }
    }
}

#[test]
fn nothing_is_claimed_of_traitors_before_the_run_has_shown_it() {
    let next = |run: &Scenario, time| at(run, time, next);
    let lying = with_traitors(&cluster(4), 1, "double-vote");
    let first = next(&lying, Time::ZERO);
    assert!(first.says.contains("watch whether the others decide"));
    let later = next(&lying, lying.until);
    assert!(later.says.contains("the others decide all the same"));
    let two = with_traitors(&cluster(4), 2, "silent");
    let many = next(&two, two.until);
    assert_eq!(many.button, "Make it enough");
    assert_eq!(many.then.map(|run| run.servers()), Some(7));
    assert!(
        many.says
            .starts_with("2 replicas say nothing, and 4 replicas tolerate 1.")
    );
    let three = next(&cluster(3), Time::ZERO);
    assert_eq!(three.button, "Take four");
    assert_eq!(
        three.says,
        "3 replicas tolerate no traitor at all. Four tolerate one."
    );
}

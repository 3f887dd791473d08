//! Each rung of the ladder shows what it says it shows, and not before.

use super::*;
use crate::run::session::Session;
use quorumscope_core::time::{Span, Time};

fn at(scenario: &Scenario, time: Time) -> Present {
    let mut session = Session::open(scenario);
    session.seek(time);
    session.pursue(&mut || true);
    session.present(Span::ZERO)
}

fn cluster(nodes: u16) -> Scenario {
    with_nodes(&Scenario::default(), nodes)
}

#[test]
fn the_ladder_leads_from_the_usual_run_to_the_gallery_and_never_back() {
    let mut run = cluster(4);
    let mut buttons = Vec::new();
    loop {
        let lesson = next(&run, &at(&run, Time::ZERO));
        assert!(!buttons.contains(&lesson.button), "{buttons:?}");
        buttons.push(lesson.button);
        match lesson.then {
            Some(then) => run = then,
            None => break,
        }
    }
    assert_eq!(
        buttons,
        [
            "Crash the primary",
            "Silence one",
            "A primary with two faces",
            "One too many",
            "Cut the network",
            "Open the gallery",
        ]
    );
}

#[test]
fn what_a_rung_teaches_is_claimed_when_its_run_has_shown_it() {
    for nodes in [4, 5, 7] {
        let bare = cluster(nodes);
        for rung in LADDER {
            let run = rung.on(&bare).expect("a run");
            crate::edit::setup::check(&run).expect("a sound scenario");
            assert!(!rung.shown(&at(&run, Time::ZERO)), "{rung:?} of {nodes}");
            let end = at(&run, run.until);
            assert!(rung.shown(&end), "{rung:?} of {nodes}");
            assert_eq!(
                unbroken(&end),
                rung != Rung::OneTooMany,
                "{rung:?} of {nodes}"
            );
            assert_ne!(rung.watch(&bare), rung.lesson(&bare));
        }
    }
}

#[test]
fn nothing_is_claimed_of_traitors_before_the_run_has_shown_it() {
    let lying = with_traitors(&cluster(4), 1, "double-vote");
    let first = next(&lying, &at(&lying, Time::ZERO));
    assert!(first.says.contains("watch whether the others decide"));
    let later = next(&lying, &at(&lying, lying.until));
    assert!(later.says.contains("the others decide all the same"));
    let two = with_traitors(&cluster(4), 2, "silent");
    let many = next(&two, &at(&two, two.until));
    assert_eq!(many.button, "Make it enough");
    assert!(
        many.says
            .starts_with("2 replicas say nothing, and 4 replicas tolerate 1.")
    );
    let three = next(&cluster(3), &at(&cluster(3), Time::ZERO));
    assert_eq!(three.button, "Take four");
}

//! What several do alike is one line.

use super::*;
use crate::run::session::Session;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;

/// The story of the usual run.
fn with<R>(read: impl FnOnce(Story<'_>, &[Event]) -> R) -> R {
    let mut session = Session::open(&Scenario::default());
    session.explore(&mut || true);
    let present = session.present(Span::ZERO);
    let scenario = session.scenario();
    session.reader().chronicle(|chronicle| {
        let narrator = Narrator {
            scenario: &scenario,
            idle: &Default::default(),
            promises: &present.promises,
            run: Some(chronicle),
        };
        read(
            Story::new(narrator, Level::First, &|_| true),
            &chronicle.events,
        )
    })
}

fn happened(events: &[Event], at: Time) -> usize {
    events.partition_point(|event| event.at <= at)
}

#[test]
fn the_story_of_a_request_is_told_in_a_line_for_each_step() {
    with(|story, events| {
        let lines = story.before(happened(events, Time(390_000)), 100);
        let told: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            told,
            [
                "Client 4 wants its request c4#1 executed.",
                "Replica 0, the primary, proposes c4#1 as number 1 and tells all others: PRE-PREPARE.",
                "Replicas 1, 2 and 3 agree to c4#1 as number 1 and tell all others: PREPARE.",
                "Replicas 0, 1, 2 and 3 are prepared for number 1: 3 replicas vouch for the same request.",
                "Replicas 0, 1, 2 and 3 tell all others that enough agree on number 1: COMMIT.",
                "Replicas 0, 1, 2 and 3 have committed number 1: 3 replicas say that they are prepared.",
                "Replicas 0, 1, 2 and 3 execute c4#1 as number 1.",
                "Client 4 accepts the answer to c4#1: 2 replicas agree on it.",
            ]
        );
    });
}

#[test]
fn a_line_grows_as_more_do_the_same_and_keeps_its_place() {
    with(|story, events| {
        let prepares = events.iter().filter(
            |event| matches!(event.what, What::Sent { kind: 2, label, .. } if label.sequence == 1),
        );
        let ids: Vec<u64> = prepares.map(|event| event.id).collect();
        let at = |happened: u64| {
            let mut lines = story.newest(happened as usize, 1);
            lines.pop().expect("a line")
        };
        let (one, two) = (at(ids[0] + 1), at(ids[1] + 1));
        assert!(one.text.starts_with("Replica ") && two.text.starts_with("Replicas "));
        assert_eq!((one.id, two.id, two.last.0), (ids[0], ids[0], ids[1]));
    });
}

#[test]
fn what_is_known_to_come_begins_where_the_past_ends() {
    with(|story, events| {
        let here = happened(events, Time(100_000));
        let (past, ahead) = (story.before(here, 10_000), story.after(here, 5));
        assert_eq!(ahead.len(), 5);
        assert!(past.iter().all(|line| (line.last.0 as usize) < here));
        assert!(ahead.iter().all(|line| line.id as usize >= here));
    });
}

#[test]
fn a_step_is_all_that_came_of_one_thing() {
    with(|story, events| {
        let arrival = |event: &&Event| matches!(event.what, What::Delivered(_));
        let second = events.iter().filter(arrival).nth(1).expect("an arrival");
        let after = events[second.id as usize + 1..]
            .iter()
            .find(|event| begins(&event.what));
        let after = after.expect("something else").id as usize;
        let paper = Story {
            level: Level::Paper,
            ..story
        };
        let lines = paper.step(after);
        assert_eq!(lines.first().map(|line| line.id), Some(second.id));
        assert_eq!(lines.len(), after - second.id as usize);
    });
}

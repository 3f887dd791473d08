//! A run through time, by any way, and changed by hand.

use super::*;
use crate::ui::Target;
use quorumscope_core::spec::Spec;
use serde_json::{Value, json};

fn open() -> Session {
    Session::open(&Scenario::default())
}

fn order(session: &mut Session, entries: &[Value]) {
    let scenario = session.scenario();
    session.order(crate::edit::setup::orders(entries, &scenario).expect("a sound order"));
}

fn to(session: &mut Session, at: Time) -> (u64, u64) {
    session.seek(at);
    session.pursue(&mut || true);
    let present = session.present(Span::ZERO);
    (present.events, present.hash)
}

#[test]
fn any_way_to_an_instant_leads_to_the_same() {
    let mut session = open();
    let end = to(&mut session, Time(20_000_000));
    let middle = to(&mut session, Time(700_000));
    assert!(middle.0 < end.0);
    assert_eq!(to(&mut session, Time(20_000_000)), end);
    to(&mut session, Time(100_000));
    assert_eq!(to(&mut session, Time(700_000)), middle);
    assert_eq!(session.end(), Some(end.1));
}

#[test]
fn every_step_back_undoes_one_step_on() {
    for unit in [Unit::Event, Unit::Phase, Unit::Decision] {
        let mut session = open();
        let mut stops = vec![session.present(Span::ZERO).events];
        for _ in 0..12 {
            session.step(unit, Way::On, 1);
            stops.push(session.present(Span::ZERO).events);
        }
        for stop in stops[1..12].iter().rev() {
            session.step(unit, Way::Back, 1);
            assert_eq!(session.present(Span::ZERO).events, *stop, "{unit:?}");
        }
    }
}

#[test]
fn ten_steps_back_at_once_are_ten_steps_back() {
    let (mut one, mut other) = (open(), open());
    to(&mut one, Time(700_000));
    to(&mut other, Time(700_000));
    for _ in 0..10 {
        one.step(Unit::Event, Way::Back, 1);
    }
    other.step(Unit::Event, Way::Back, 10);
    let events = |session: &Session| session.present(Span::ZERO).events;
    assert_eq!(events(&other), events(&one));
    other.step(Unit::Event, Way::Back, 10_000);
    assert_eq!(events(&other), 0);
}

#[test]
fn looking_ahead_leaves_the_present_where_it_is() {
    let mut session = open();
    session.explore(&mut || true);
    assert_eq!(session.now(), Time::ZERO);
    assert!(session.horizon().1);
}

#[test]
fn an_order_forks_the_run_and_undo_brings_the_old_one_back() {
    let mut session = open();
    let end = to(&mut session, Time(20_000_000));
    let before = to(&mut session, Time(300_000));
    order(&mut session, &[json!({ "do": "crash", "node": 2 })]);
    session.pursue(&mut || true);
    assert!(!session.present(Span::ZERO).actors[2].condition.up);
    assert!(session.ghost().is_some());
    let other = to(&mut session, Time(20_000_000));
    assert_ne!(other, end);
    to(&mut session, Time(300_000));
    session.undo();
    session.pursue(&mut || true);
    assert_eq!(to(&mut session, Time(300_000)), before);
    assert_eq!(to(&mut session, Time(20_000_000)), end);
    session.redo();
    session.pursue(&mut || true);
    assert_eq!(to(&mut session, Time(20_000_000)), other);
}

#[test]
fn an_order_late_in_a_run_does_not_go_through_its_past_again() {
    let mut session = open();
    to(&mut session, Time(20_000_000));
    to(&mut session, Time(700_000));
    order(&mut session, &[json!({ "do": "crash", "node": 2 })]);
    assert_eq!(
        session.now(),
        Time(700_000),
        "before any time was spent on it"
    );
    assert_eq!(session.horizon(), (Time(700_000), false));
    let mut anew = Session::open(&session.scenario());
    for at in [Time(20_000_000), Time(100_000), Time(700_001)] {
        assert_eq!(to(&mut session, at), to(&mut anew, at));
    }
}

#[test]
fn what_is_amended_is_one_change_and_none_if_it_is_as_before() {
    let mut session = open();
    let seeded = |seed| Scenario {
        seed,
        ..Scenario::default()
    };
    session.propose(&seeded(2));
    session.amend(&seeded(23));
    assert_eq!(session.scenario(), seeded(23));
    assert_eq!(session.before(), Some(Scenario::default()));
    session.undo();
    assert_eq!(session.scenario(), Scenario::default());
    assert_eq!(session.can_undo_redo(), (false, true));
    session.propose(&seeded(2));
    session.amend(&Scenario::default());
    assert_eq!(session.can_undo_redo(), (false, false));
    assert_eq!(session.scenario(), Scenario::default());
}

#[test]
fn time_stops_where_a_traitor_asks_what_to_send() {
    let scenario = crate::edit::setup::with_traitors(&Scenario::default(), 1, "puppet");
    let mut session = Session::open(&scenario);
    let end = Time(5_000_000);
    let mut asked = 0;
    while session.advance(end, &mut || true) {
        let awaited = session.present(Span::ZERO).awaited;
        let question = crate::run::questions::first(&awaited);
        assert!(!question.is_empty() && session.now() < end);
        let choices = vec!["genuine"; question.len()];
        order(
            &mut session,
            &crate::run::questions::orders(question, &choices),
        );
        session.pursue(&mut || true);
        asked += 1;
    }
    assert!(asked > 2, "{asked}");
    assert!(session.present(Span::ZERO).awaited.is_empty());
    let mut again = Session::open(&session.scenario());
    assert!(!again.advance(end, &mut || true), "it is asked only once");
    let hash = |session: &Session| session.present(Span::ZERO).hash;
    assert_eq!(hash(&again), hash(&session));
}

#[test]
fn what_a_message_said_is_found_long_after_it_landed() {
    let mut session = open();
    let end = to(&mut session, Time(20_000_000));
    let focus = session.reader().chronicle(|chronicle| {
        let mut arrived = chronicle
            .events
            .iter()
            .filter(|event| matches!(event.what, What::Delivered(transit) if transit.kind == 1));
        let target = Target::Event(arrived.next().expect("a PRE-PREPARE").id);
        Focus::of(Some(target), chronicle, &[])
    });
    let contents = session.details(&focus).expect("a message").contents;
    assert_eq!(contents.expect("its contents")["value"], json!("c4#1"));
    assert_eq!(
        session.present(Span::ZERO).hash,
        end.1,
        "and time stands where it was"
    );
}

#[test]
fn only_what_goes_another_way_is_a_ghost() {
    let mut session = open();
    to(&mut session, Time(20_000_000));
    to(&mut session, Time(110_000));
    order(&mut session, &[json!({ "do": "crash", "node": 2 })]);
    session.pursue(&mut || true);
    let now = session.present(Span::ZERO);
    assert!(!now.flights.is_empty());
    assert_eq!(now.ghosts, []);
    to(&mut session, Time(130_000));
    let later = session.present(Span::ZERO);
    let of_the_dead = |ghost: &InFlight| ghost.transit.from == NodeId(2);
    assert!(later.ghosts.iter().any(of_the_dead));
}

#[test]
fn a_run_of_another_system_is_no_ghost() {
    let default = Scenario::default();
    let crash = json!({ "do": "crash", "node": 2 });
    let mut session = open();
    order(&mut session, &[crash]);
    assert!(session.ghost().is_some(), "the same system without a crash");
    let spec = Box::leak(Box::new(Spec {
        name: "another",
        ..*default.spec
    }));
    session.propose(&Scenario { spec, ..default });
    assert!(session.ghost().is_none());
}

//! Captions can be read, and a broken promise is not passed over.

use super::*;
use crate::words::narration::Tone;
use quorumscope_core::presets;
use quorumscope_core::time::Span;

fn line(id: u64) -> Line {
    Line {
        id,
        at: Time(id),
        last: (id, Time(id)),
        aim: id,
        members: Vec::new(),
        nodes: Vec::new(),
        tone: Tone::Step,
        text: id.to_string(),
        why: None,
        told: Vec::new(),
    }
}

fn break_at(id: u64) -> Broken {
    Broken {
        promise: id as u8,
        gravity: 0,
        line: line(id),
    }
}

fn shown(teller: &Teller) -> u64 {
    teller.line().expect("a line").id
}

#[test]
fn a_caption_stays_long_enough_to_be_read_while_time_runs() {
    let mut teller = Teller::default();
    teller.go_on(1_000.0, &[line(1)], &[]);
    for wall in [1_100.0, 2_100.0] {
        teller.go_on(wall, &[line(2), line(3)], &[]);
        assert_eq!(shown(&teller), 1);
    }
    teller.go_on(2_200.0, &[line(2), line(3)], &[]);
    assert_eq!(shown(&teller), 3, "the picture has gone on: the newest");
    let order = Line {
        tone: Tone::Order,
        ..line(4)
    };
    teller.go_on(3_500.0, &[line(3), order, line(5)], &[]);
    assert_eq!(shown(&teller), 4, "an order is not passed over");
    teller.go_on(4_800.0, &[line(4), line(5)], &[]);
    assert_eq!(shown(&teller), 5);
    teller.jump(3_600.0, Some(line(9)), &[]);
    assert_eq!(shown(&teller), 9, "by hand there is no waiting");
}

#[test]
fn a_line_that_grows_is_the_same_line() {
    let mut teller = Teller::default();
    teller.go_on(1_000.0, &[line(1)], &[]);
    let more = Line {
        text: "more".into(),
        ..line(1)
    };
    teller.go_on(1_100.0, &[more], &[]);
    assert_eq!(teller.line().unwrap().text, "more");
}

#[test]
fn a_broken_promise_comes_at_once_and_stays() {
    let mut teller = Teller::default();
    teller.go_on(1_000.0, &[line(1)], &[]);
    let breaks = [break_at(2), break_at(3)];
    teller.go_on(1_100.0, &[line(4)], &breaks);
    assert_eq!(shown(&teller), 2);
    teller.go_on(3_200.0, &[line(5)], &breaks);
    assert_eq!(shown(&teller), 2);
    teller.go_on(3_300.0, &[line(5)], &breaks);
    assert_eq!(shown(&teller), 3, "each of them is told");
    teller.go_on(9_200.0, &[line(7)], &breaks);
    assert_eq!(shown(&teller), 3);
    teller.go_on(9_300.0, &[line(7)], &breaks);
    assert_eq!(shown(&teller), 7);
    teller.jump(9_400.0, Some(line(1)), &[]);
    teller.go_on(9_500.0, &[line(2)], &breaks[..1]);
    assert_eq!(
        shown(&teller),
        2,
        "and again when the run comes by once more"
    );
}

#[test]
fn breaks_come_from_the_run_and_agreement_weighs_most() {
    let preset = presets::find("two-of-four").expect("a preset");
    let mut session = crate::run::session::Session::open(&preset.scenario());
    session.seek(Time(2_000_000));
    session.pursue(&mut || true);
    let present = session.present(Span::ZERO);
    let scenario = session.scenario();
    let found = session.reader().chronicle(|chronicle| {
        broken(&Narrator {
            scenario: &scenario,
            idle: &Default::default(),
            promises: &present.promises,
            run: Some(chronicle),
        })
    });
    assert_eq!(found.len(), 3);
    let gravest = gravest(&found).expect("a break");
    assert_eq!(gravest.line.text, "Agreement is broken.");
    assert!(gravest.line.why.is_some());
    assert!(found.is_sorted_by_key(|broken| broken.line.at));
}

//! Wall time and simulated time.

use super::*;

#[test]
fn steady_time_loses_no_fraction() {
    let mut playback = Playback::default();
    playback.set_speed(0.5);
    let mut now = Time::ZERO;
    for _ in 0..1000 {
        now = playback.advance(16.7, now, None, &|| true);
    }
    assert!(now.0.abs_diff(8_350) <= 1);
}

#[test]
fn every_event_gets_the_same_time() {
    let mut playback = Playback {
        pace: Pace::Events,
        ..Playback::default()
    };
    playback.set_rate(4.0);
    let mut now = Time::ZERO;
    for due in [Time(1_000_000), Time(1_000_100)] {
        let mut frames = 0;
        while now < due {
            now = playback.advance(10.0, now, Some(due), &|| true);
            frames += 1;
        }
        assert_eq!(frames, 25);
    }
}

/// How much wall time a way takes to where the next thing is due.
fn wall(playback: &mut Playback, due: Time, still: bool) -> f64 {
    let (mut now, mut wall) = (Time::ZERO, 0.0);
    while now < due {
        now = playback.advance(10.0, now, Some(due), &|| still);
        wall += 10.0;
    }
    assert_eq!(now, due, "nothing is passed by");
    wall
}

#[test]
fn a_long_quiet_passes_quickly_and_a_message_under_way_does_not() {
    let mut playback = Playback::default();
    playback.set_speed(40.0);
    let pause = Time(400_000);
    assert!(wall(&mut playback, pause, true) <= QUIET_MS + 10.0);
    playback.settle();
    assert_eq!(wall(&mut playback, pause, false), 10_000.0);
    playback.settle();
    // A short one takes its time.
    assert_eq!(wall(&mut playback, Time(20_000), true), 500.0);
}

#[test]
fn a_speed_is_read_out_in_three_digits() {
    assert_eq!(readable(1.6875), "1.69");
    assert_eq!(readable(135.0), "135");
    assert_eq!(readable(0.759_375), "0.759");
    assert_eq!(readable(40.0), "40");
    assert_eq!(readable(1518.75), "1519");
}

#[test]
fn a_hidden_tab_does_not_race_ahead() {
    let mut playback = Playback::default();
    assert_eq!(playback.frame(0.0), 0.0);
    assert_eq!(playback.frame(3_600_000.0), LONGEST_FRAME_MS);
    assert_eq!(playback.frame(3_599_000.0), 0.0);
}

#[test]
fn the_slider_is_logarithmic_and_gives_round_numbers() {
    for speed in [0.5, 10.0, 40.0, 20_000.0] {
        assert_eq!(from_slider(to_slider(speed, SPEEDS), SPEEDS), speed);
    }
}

#[test]
fn speed_stays_within_its_range() {
    let mut playback = Playback::default();
    for bad in [f64::NAN, f64::INFINITY] {
        playback.set_speed(bad);
        assert_eq!(playback.speed(), 40.0);
    }
    playback.set_speed(1e12);
    assert_eq!(playback.speed(), SPEEDS.1);
}

//! A frame of a run: time passes, as far as the hands of the clock say and the frame allows.

use crate::run::playback::Playback;
use crate::run::session::Session;
use quorumscope_core::time::Time;

/// What play goes round in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rounds {
    /// Only this stretch, where it has a start or an end.
    pub stretch: (Option<Time>, Option<Time>),
    /// The run begins again at its end.
    pub looping: bool,
    /// Nobody may answer a traitor that asks: time goes on.
    pub watched: bool,
}

impl Rounds {
    fn any(&self) -> bool {
        self.looping || self.stretch != (None, None)
    }

    /// Whether a round ends here.
    fn over(&self, now: Time, due: Option<Time>) -> bool {
        self.stretch.1.is_some_and(|to| now >= to) || due.is_none() && self.any()
    }
}

/// What stopped time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A traitor asks what to send.
    Asked,
    /// Nothing is to come.
    Ended,
}

/// Lets a frame of `elapsed` milliseconds pass, or goes on with a long way; `go_on` says whether
/// the frame has time left.
pub fn pass(
    session: &mut Session,
    playback: &mut Playback,
    rounds: &Rounds,
    elapsed: f64,
    go_on: &mut dyn FnMut() -> bool,
) -> Option<Stop> {
    if session.busy() {
        session.pursue(go_on);
        return None;
    }
    if !playback.playing {
        return None;
    }
    let (now, due) = (session.now(), session.due());
    let until = playback.advance(elapsed, now, due, &|| !session.moves());
    if rounds.over(now, due) {
        session.seek(rounds.stretch.0.unwrap_or(Time::ZERO));
        session.pursue(go_on);
        return None;
    }
    let until = rounds.stretch.1.map_or(until, |to| until.min(to));
    if session.advance(until, go_on) {
        return (!rounds.watched).then_some(Stop::Asked);
    }
    due.is_none().then_some(Stop::Ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use quorumscope_core::scenario::Scenario;

    fn frames(rounds: &Rounds, frames: usize) -> (Session, Vec<Option<Stop>>) {
        let mut session = Session::open(&Scenario::default());
        let mut playback = Playback::default();
        playback.set_speed(20_000.0);
        playback.set_playing(true);
        let mut frame = || pass(&mut session, &mut playback, rounds, 50.0, &mut || true);
        let stops = (0..frames).map(|_| frame()).collect();
        (session, stops)
    }

    #[test]
    fn a_run_ends_or_begins_again() {
        let (session, stops) = frames(&Rounds::default(), 400);
        assert_eq!(stops.last(), Some(&Some(Stop::Ended)));
        assert!(session.now() > Time::ZERO);
        let looping = Rounds {
            looping: true,
            ..Rounds::default()
        };
        let (_, stops) = frames(&looping, 400);
        assert!(stops.iter().all(Option::is_none));
    }

    #[test]
    fn a_round_stays_in_its_stretch() {
        let stretch = (Some(Time(20_000)), Some(Time(60_000)));
        for count in 1..20 {
            let (session, _) = frames(
                &Rounds {
                    stretch,
                    looping: false,
                    watched: false,
                },
                count,
            );
            assert!(session.now() <= Time(60_000), "{count}");
        }
    }
}

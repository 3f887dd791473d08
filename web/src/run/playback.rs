//! From the wall's time to simulated time: speed, pause, a beat for each event.

use quorumscope_core::time::Time;

/// How time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// A number of simulated milliseconds each second.
    Steady,
    /// The same wall time for each event, however close or far apart they are.
    Events,
}

/// The slowest and fastest speed, in simulated milliseconds for each second.
pub const SPEEDS: (f64, f64) = (0.5, 20_000.0);
/// The slowest and fastest rate, in events for each second.
pub const RATES: (f64, f64) = (0.5, 60.0);
/// No frame stands for more wall time than this: a hidden tab does not race ahead.
const LONGEST_FRAME_MS: f64 = 60.0;
/// A stretch in which nothing moves takes no more wall time than this, at a steady pace.
const QUIET_MS: f64 = 800.0;

/// The hands of the clock.
#[derive(Clone, Debug)]
pub struct Playback {
    /// Whether time passes.
    pub playing: bool,
    /// How.
    pub pace: Pace,
    speed: f64,
    rate: f64,
    last_frame: Option<f64>,
    carry: f64,
    leg: Option<Leg>,
    /// Where the quiet ends that time passes quickly, and how fast.
    quiet: Option<(Time, f64)>,
}

/// The way from one event to the next, when each gets the same time.
#[derive(Clone, Copy, Debug)]
struct Leg {
    from: Time,
    to: Time,
    gone: f64,
}

impl Default for Playback {
    fn default() -> Self {
        Self {
            playing: false,
            pace: Pace::Steady,
            speed: 40.0,
            rate: 4.0,
            last_frame: None,
            carry: 0.0,
            leg: None,
            quiet: None,
        }
    }
}

impl Playback {
    /// Simulated milliseconds for each second.
    #[must_use]
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Events for each second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// Sets the steady speed, held within its range.
    pub fn set_speed(&mut self, speed: f64) {
        if speed.is_finite() {
            self.speed = speed.clamp(SPEEDS.0, SPEEDS.1);
        }
    }

    /// Sets the events for each second, held within their range.
    pub fn set_rate(&mut self, rate: f64) {
        if rate.is_finite() {
            self.rate = rate.clamp(RATES.0, RATES.1);
        }
    }

    /// Half as fast again, or slower by as much.
    pub fn notch(&mut self, faster: bool) {
        let factor = if faster { 1.5 } else { 1.0 / 1.5 };
        match self.pace {
            Pace::Steady => self.set_speed(self.speed * factor),
            Pace::Events => self.set_rate(self.rate * factor),
        }
    }

    /// Starts or stops time.
    pub fn set_playing(&mut self, playing: bool) {
        self.playing = playing;
        self.settle();
    }

    /// Forgets fractions and legs: time was moved by hand.
    pub fn settle(&mut self) {
        self.carry = 0.0;
        self.leg = None;
        self.quiet = None;
    }

    /// Whether nothing is under way, so that time passes quickly.
    #[must_use]
    pub fn quiet(&self) -> bool {
        self.playing && self.quiet.is_some()
    }

    /// How much wall time this frame stands for, in milliseconds.
    pub fn frame(&mut self, wall_ms: f64) -> f64 {
        let since = self.last_frame.map_or(0.0, |last| wall_ms - last);
        self.last_frame = Some(wall_ms);
        since.clamp(0.0, LONGEST_FRAME_MS)
    }

    /// How many simulated microseconds a millisecond of wall time is worth now.
    #[must_use]
    pub fn micros_per_ms(&self) -> f64 {
        match (self.pace, self.leg) {
            (Pace::Events, Some(leg)) => {
                leg.to.since(leg.from).0.max(1) as f64 * self.rate / 1000.0
            }
            _ => self.quiet.map_or(self.speed, |(_, speed)| speed),
        }
    }

    /// Where simulated time should be after `frame_ms` of wall time.
    ///
    /// `due` is when the next thing happens; `still` says whether nothing moves until then.
    pub fn advance(
        &mut self,
        frame_ms: f64,
        now: Time,
        due: Option<Time>,
        still: &dyn Fn() -> bool,
    ) -> Time {
        match self.pace {
            Pace::Steady => {
                self.listen(now, due, still);
                self.steadily(frame_ms, now)
            }
            Pace::Events => self.by_events(frame_ms, now, due),
        }
    }

    fn steadily(&mut self, frame_ms: f64, now: Time) -> Time {
        // Milliseconds a second are microseconds a millisecond.
        let micros = frame_ms * self.micros_per_ms() + self.carry;
        let whole = micros.floor();
        self.carry = micros - whole;
        let then = Time(now.0.saturating_add(whole as u64));
        self.quiet.map_or(then, |(end, _)| then.min(end))
    }

    /// A long quiet passes quickly, up to its end.
    fn listen(&mut self, now: Time, due: Option<Time>, still: &dyn Fn() -> bool) {
        if self
            .quiet
            .is_some_and(|(end, _)| due == Some(end) && now < end)
        {
            return;
        }
        let left = due.map(|due| (due, due.since(now).0 as f64 / QUIET_MS));
        self.quiet = left.filter(|(_, speed)| *speed > self.speed && still());
    }

    fn by_events(&mut self, frame_ms: f64, now: Time, due: Option<Time>) -> Time {
        let Some(due) = due else {
            return now;
        };
        let mut leg = match self.leg {
            Some(leg) if leg.to == due && leg.from <= now => leg,
            _ => Leg {
                from: now,
                to: due,
                gone: 0.0,
            },
        };
        leg.gone += frame_ms * self.rate / 1000.0;
        if leg.gone >= 1.0 {
            self.leg = None;
            return due;
        }
        self.leg = Some(leg);
        let way = leg.to.since(leg.from).0 as f64;
        Time(leg.from.0 + (way * leg.gone) as u64)
    }
}

/// The place of a value on a slider from 0 to 1000 that is logarithmic between `range`.
#[must_use]
pub fn to_slider(value: f64, range: (f64, f64)) -> f64 {
    (1000.0 * (value / range.0).ln() / (range.1 / range.0).ln()).clamp(0.0, 1000.0)
}

/// The value at a place on such a slider, to two digits.
#[must_use]
pub fn from_slider(place: f64, range: (f64, f64)) -> f64 {
    let value = range.0 * (range.1 / range.0).powf(place.clamp(0.0, 1000.0) / 1000.0);
    let unit = 10f64.powf(value.log10().floor() - 1.0);
    (value / unit).round() * unit
}

/// A speed as it is read out: three digits at most, none of them a mere nought after the point.
#[must_use]
pub fn readable(value: f64) -> String {
    let digits = match value {
        100.0.. => 0,
        10.0.. => 1,
        1.0.. => 2,
        _ => 3,
    };
    let text = format!("{value:.digits$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').into(),
        false => text,
    }
}

#[cfg(test)]
mod tests;

//! Virtual time: integer microseconds, so that a run is the same on every machine.
//!
//! Documents and screens speak of milliseconds with up to three decimals; the
//! conversion in both directions is exact, and anything finer is refused.

use serde::Serialize;
use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// The largest instant a scenario may name: about 11.5 days.
pub const MAX_MS: f64 = 1e9;

/// An instant, in microseconds since the run began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

/// A length of time, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span(pub u64);

impl Time {
    /// The start of every run.
    pub const ZERO: Self = Self(0);
    /// Later than anything that happens.
    pub const NEVER: Self = Self(u64::MAX);

    /// This instant in milliseconds, for documents and screens.
    #[must_use]
    pub fn ms(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The time that has passed since `earlier`; zero if it has not come yet.
    #[must_use]
    pub fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// The longest that a scenario may name.
    pub const MAX: Self = Self(MAX_MS as u64 * 1000);

    /// A whole number of milliseconds.
    #[must_use]
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms * 1000)
    }

    /// This span in milliseconds, for documents and screens.
    #[must_use]
    pub fn ms(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// This span `times` over, held at the largest span there is.
    #[must_use]
    pub fn times(self, times: u64) -> Self {
        Self(self.0.saturating_mul(times))
    }

    /// Reads milliseconds with at most three decimals.
    ///
    /// # Errors
    /// Says in words what is wrong with a negative, unbounded or too fine number.
    pub fn try_from_ms(ms: f64) -> Result<Self, String> {
        if !(0.0..=MAX_MS).contains(&ms) {
            let (most, given) = (MAX_MS as u64, written(ms));
            return Err(format!(
                "must be a number of milliseconds from 0 to {most}, not {given}"
            ));
        }
        let micros = libm::round(ms * 1000.0) as u64;
        if micros as f64 / 1000.0 == ms {
            Ok(Self(micros))
        } else {
            Err(format!(
                "has more than three decimals ({}); time is counted in microseconds",
                written(ms)
            ))
        }
    }
}

/// A number as documents have it.
fn written(number: f64) -> String {
    serde_json::Number::from_f64(number)
        .map_or_else(|| "no number".into(), |number| number.to_string())
}

impl Add<Span> for Time {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Span> for Time {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Span(self.0).fmt(f)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, micros) = (self.0 / 1000, self.0 % 1000);
        match micros {
            0 => write!(f, "{whole} ms"),
            _ if micros % 100 == 0 => write!(f, "{whole}.{} ms", micros / 100),
            _ if micros % 10 == 0 => write!(f, "{whole}.{:02} ms", micros / 10),
            _ => write!(f, "{whole}.{micros:03} ms"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_exact_to_the_microsecond() {
        for micros in [0, 1, 10, 1_001, 1_500, 20_125, 30_120, 999_999_999_999] {
            let span = Span(micros);
            assert_eq!(Span::try_from_ms(span.ms()), Ok(span));
            assert_eq!(span.to_string(), format!("{} ms", span.ms()));
        }
    }

    #[test]
    fn finer_or_impossible_times_are_refused() {
        for ms in [0.0001, -1.0, 1e10, f64::NAN, f64::INFINITY, 1.2345] {
            assert!(Span::try_from_ms(ms).is_err(), "{ms}");
        }
    }
}

//! How long messages take: models of latency, drawn in integer microseconds.
//!
//! A draw turns 64 random bits into a span; logarithms and the like come from
//! `libm`, so that every platform draws the same. Links of past years depend on
//! these very numbers: the golden vectors below may never change.

use crate::protocol::NodeId;
use crate::rng::{below, mix, unit};
use crate::time::{MAX_MS, Span};
use std::rc::Rc;

mod document;
mod regions;
mod sketch;

pub use document::MODELS;
pub(crate) use document::{read, write};
pub use regions::{PLACES, Regions};

/// A model of the time that a message takes on any link.
#[derive(Clone, Debug, PartialEq)]
pub enum Latency {
    /// Always the same.
    Constant(Span),
    /// Evenly between two spans, both included.
    Uniform {
        /// Least.
        min: Span,
        /// Most.
        max: Span,
    },
    /// The bell curve, cut off below zero.
    Normal {
        /// Mean of the whole curve.
        mean: Span,
        /// Its standard deviation.
        sd: Span,
    },
    /// A least span, and on top of it one that is memoryless.
    Exponential {
        /// Least.
        min: Span,
        /// Mean of what comes on top.
        mean: Span,
    },
    /// A heavy tail: few messages take very much longer than most.
    Pareto {
        /// Least.
        min: Span,
        /// How fast the tail thins out, in thousandths; the lower, the heavier.
        shape: u32,
        /// Most; longer ones are cut down to it.
        max: Span,
    },
    /// Half the round trip between the places where two nodes are.
    Regions(Rc<Regions>),
}

impl Default for Latency {
    /// Evenly between 20 and 60 ms.
    fn default() -> Self {
        Self::Uniform {
            min: Span::from_ms(20),
            max: Span::from_ms(60),
        }
    }
}

impl Latency {
    /// The latency that these 64 random bits stand for.
    #[must_use]
    pub fn draw(&self, from: NodeId, to: NodeId, bits: u64) -> Span {
        match self {
            Self::Constant(span) => *span,
            Self::Uniform { min, max } => Span(min.0 + below(bits, max.0 - min.0 + 1)),
            Self::Normal { mean, sd } => normal(*mean, *sd, bits),
            Self::Exponential { min, mean } => *min + exponential(*mean, bits),
            Self::Pareto { min, shape, max } => pareto(*min, *shape, bits).min(*max),
            Self::Regions(regions) => regions.draw(from, to, bits),
        }
    }

    /// The one latency that every message has, if there is but one.
    #[must_use]
    pub fn constant(&self) -> Option<Span> {
        match self {
            Self::Constant(span) => Some(*span),
            Self::Uniform { min, max } if min == max => Some(*min),
            _ => None,
        }
    }

    /// Whether every message takes equally long.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.constant().is_some()
    }
}

/// A span of so many microseconds, held between zero and the longest there is.
fn rounded(micros: f64) -> Span {
    Span(libm::round(micros.clamp(0.0, MAX_MS * 1000.0)) as u64)
}

/// Box and Muller's transform; a draw below zero is drawn again.
fn normal(mean: Span, sd: Span, mut bits: u64) -> Span {
    const TURN: f64 = 2.0 * std::f64::consts::PI;
    for _ in 0..32 {
        let (u, v) = (unit(bits), unit(mix(bits ^ 1)));
        let deviate = libm::sqrt(-2.0 * libm::log(u)) * libm::cos(TURN * v);
        let micros = mean.0 as f64 + sd.0 as f64 * deviate;
        if micros >= 0.0 {
            return rounded(micros);
        }
        bits = mix(bits.wrapping_add(2));
    }
    mean
}

/// A memoryless span.
pub(crate) fn exponential(mean: Span, bits: u64) -> Span {
    rounded(mean.0 as f64 * -libm::log(unit(bits)))
}

/// A span with a heavy tail: `min` over the `shape`-th root of chance.
pub(crate) fn pareto(min: Span, shape: u32, bits: u64) -> Span {
    let power = -1000.0 / f64::from(shape.max(1));
    rounded(min.0 as f64 * libm::pow(unit(bits), power))
}

#[cfg(test)]
mod tests;

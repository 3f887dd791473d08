//! How long messages take: models of latency, drawn in integer microseconds.

use crate::protocol::NodeId;
use crate::rng::below;
use crate::time::Span;

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
}

impl Latency {
    /// The latency that these 64 random bits stand for.
    #[must_use]
    pub fn draw(&self, _from: NodeId, _to: NodeId, bits: u64) -> Span {
        match self {
            Self::Constant(span) => *span,
            Self::Uniform { min, max } => Span(min.0 + below(bits, max.0 - min.0 + 1)),
        }
    }
}

//! Rules over links: loss, delay, duplication, damage, cuts.

use super::{Packet, Verdict};
use crate::latency::{exponential, pareto};
use crate::protocol::NodeId;
use crate::rng::{Rng, below, happens, mix};
use crate::time::Span;
use crate::trace::DropReason;

/// What one order lays over some links.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkRule {
    /// The order that laid it; ends with it.
    pub order: u32,
    /// Sender concerned; `None` for all.
    pub from: Option<NodeId>,
    /// Recipient concerned; `None` for all.
    pub to: Option<NodeId>,
    /// Mask of the kinds concerned.
    pub kinds: u64,
    /// In how many of a thousand cases.
    pub per_mille: u32,
    /// What it does.
    pub effect: LinkEffect,
}

/// What a link rule does to a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkEffect {
    /// Loses it.
    Lose(DropReason),
    /// Cuts the link; `hold` keeps packets until the cut ends.
    Cut {
        /// Whether packets wait instead of being lost.
        hold: bool,
    },
    /// Makes it later.
    Delay {
        /// The least that it adds.
        extra: Span,
        /// About what it adds on top of that, as `tail` says.
        spread: Span,
        /// How what comes on top is distributed.
        tail: Tail,
    },
    /// Lets a second copy follow within this span.
    Duplicate(Span),
    /// Damages it and lets it through.
    Garble,
}

/// What observers are told of a rule: which links it lies over, and what kind of ill it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impairment {
    /// Sender concerned; `None` for all.
    pub from: Option<NodeId>,
    /// Recipient concerned; `None` for all.
    pub to: Option<NodeId>,
    /// What it does to messages there.
    pub ill: Ill,
}

/// The kinds of ill that a link may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ill {
    /// Nothing gets through.
    Cut,
    /// Some messages are lost.
    Lossy,
    /// Messages come damaged.
    Garbled,
    /// Messages come later.
    Slow,
    /// Messages come twice.
    Doubled,
}

impl Impairment {
    /// Whether it lies over the link from one node to another.
    #[must_use]
    pub fn joins(&self, from: NodeId, to: NodeId) -> bool {
        self.from.is_none_or(|node| node == from) && self.to.is_none_or(|node| node == to)
    }
}

/// How an extra delay is distributed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tail {
    /// Evenly, from nothing up to the spread.
    #[default]
    Even,
    /// Memoryless, with the spread as its mean.
    Exponential,
    /// Heavy: half of it is less than 0.6 spreads, and one in a thousand over 100.
    Pareto,
}

impl Tail {
    /// A span that these random bits stand for.
    fn draw(self, spread: Span, bits: u64) -> Span {
        match self {
            Self::Even => Span(below(bits, spread.0 + 1)),
            Self::Exponential => exponential(spread, bits),
            Self::Pareto => pareto(spread, 1500, bits) - spread,
        }
    }
}

impl LinkRule {
    /// Whether it looks at a packet at all.
    pub(super) fn concerns(&self, packet: &Packet) -> bool {
        self.joins(packet.from, packet.to) && self.kinds >> packet.kind & 1 == 1
    }

    fn joins(&self, from: NodeId, to: NodeId) -> bool {
        self.from.is_none_or(|node| node == from) && self.to.is_none_or(|node| node == to)
    }

    /// What observers are told of it.
    pub(super) fn impairment(&self) -> Impairment {
        let ill = match self.effect {
            LinkEffect::Cut { .. } => Ill::Cut,
            LinkEffect::Lose(_) => Ill::Lossy,
            LinkEffect::Garble => Ill::Garbled,
            LinkEffect::Delay { .. } => Ill::Slow,
            LinkEffect::Duplicate(_) => Ill::Doubled,
        };
        Impairment {
            from: self.from,
            to: self.to,
            ill,
        }
    }

    /// Whether it cuts this link, or loses all that goes over it.
    pub(super) fn severs(&self, from: NodeId, to: NodeId) -> bool {
        let nothing_passes = match self.effect {
            LinkEffect::Cut { .. } => true,
            LinkEffect::Lose(_) => self.per_mille >= 1000 && self.kinds == u64::MAX,
            _ => false,
        };
        nothing_passes && self.joins(from, to)
    }

    /// How much later it makes all that a node sends, at least.
    pub(super) fn slows(&self, node: NodeId) -> Option<Span> {
        match self.effect {
            LinkEffect::Delay { extra, .. } if self.from == Some(node) && self.to.is_none() => {
                Some(extra)
            }
            _ => None,
        }
    }

    /// Adds to the verdict on a packet that it concerns.
    pub(super) fn judge(&self, dice: Rng, packet: &Packet, verdict: &mut Verdict) {
        let bits = dice.draw(
            packet.from.0.into(),
            packet.to.0.into(),
            packet.count.into(),
        );
        if !happens(bits, self.per_mille) {
            return;
        }
        let bits = mix(bits);
        match self.effect {
            LinkEffect::Lose(reason) => verdict.lost = verdict.lost.or(Some(reason)),
            LinkEffect::Cut { hold } => verdict.cut_off(self.order, hold),
            LinkEffect::Delay {
                extra,
                spread,
                tail,
            } => verdict.extra = verdict.extra + extra + tail.draw(spread, bits),
            LinkEffect::Duplicate(within) => {
                verdict.duplicate = verdict.duplicate.or(Some(Span(below(bits, within.0 + 1))));
            }
            LinkEffect::Garble => verdict.garble = verdict.garble.or(Some(bits)),
        }
    }
}

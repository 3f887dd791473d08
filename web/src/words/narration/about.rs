//! The fields of sentences: who, to whom, and what a message or a rule is about.

use super::Narrator;
use super::crowd::Crowd;
use crate::text::digest;
use quorumscope_core::protocol::{About, Kind, Label, NodeId, Op, value_name};
use quorumscope_core::say::{Fields, Said, say};
use quorumscope_core::trace::Event;

impl Narrator<'_> {
    /// The kind of message of this index.
    pub(super) fn kind(&self, kind: u8) -> Option<&'static Kind> {
        self.scenario.spec.kinds.get(usize::from(kind))
    }

    /// What the numbers of messages of this kind mean.
    pub(super) fn meaning(&self, kind: u8) -> About {
        self.kind(kind).map_or(About::Number, |kind| kind.about)
    }

    /// What is told to a newcomer of messages of this kind, if anything.
    pub(super) fn news_of(&self, kind: u8) -> Option<&'static str> {
        let news = self.kind(kind)?.news;
        (!news.is_empty()).then_some(news)
    }

    /// No fields yet.
    pub(super) const fn fields(&self) -> Fields<'_> {
        Fields::new(&self.scenario.cast)
    }

    /// The fields of a sentence about several who did the same.
    pub(super) fn who(&self, crowd: &Crowd) -> Fields<'_> {
        let fields = self.fields().nodes("who", &crowd.nodes);
        fields.nodes("to", &crowd.to)
    }

    /// The fields that a message or a rule is about; one of `ends` may be the client that asks.
    pub(super) fn labelled<'b>(
        &self,
        fields: Fields<'b>,
        about: About,
        label: Label,
        ends: &[NodeId],
    ) -> Fields<'b> {
        let narrator = &self.scenario.cast;
        let asking = ends.iter().find(|node| narrator.role(**node).asks);
        let op = asking
            .filter(|_| about == About::Request)
            .map(|client| Op::plain(*client, label.sequence as u32, false));
        let value = (about == About::Number).then(|| self.value(label.digest));
        fields
            .maybe("op", op.map(|op| op.to_string()))
            .maybe("value", value.flatten())
            .label(about, label)
    }

    /// What a label means, with its digest if it has to be exact.
    pub(super) fn about(&self, about: About, label: Label, ends: &[NodeId], exact: bool) -> Said {
        let value = match (about, label.digest) {
            (About::View, _) | (About::State | About::Request, 0) => None,
            (_, value) => exact.then(|| digest(value)),
        };
        let fields = self.fields().maybe("digest", value);
        let fields = self.labelled(fields, about, label, ends);
        say(self.scenario.spec.sentences.about(about), &fields)
    }

    /// The name of the value behind a digest, as far as a message brought it.
    fn value(&self, digest: u64) -> Option<String> {
        if digest == 0 {
            return Some(self.scenario.spec.sentences.null.into());
        }
        let ops = self.run?.values.get(&digest)?;
        Some(self.named(ops))
    }

    /// The name of a value.
    pub(super) fn named(&self, ops: &[Op]) -> String {
        match ops {
            [] => self.scenario.spec.sentences.null.into(),
            some => value_name(some),
        }
    }

    /// Whether a node was a traitor when an event happened there.
    pub(super) fn betrayed(&self, event: &Event) -> bool {
        let behaviour = self.scenario.behaviour_of(event.node, event.at);
        behaviour.is_some()
    }
}

//! What a message or a rule is about, and what a message means to a newcomer.

use super::Cast;
use super::crowd::Crowd;
use crate::edit::setup::is_traitor;
use crate::text::digest;
use quorumscope_core::protocol::{About, Label, NodeId};
use quorumscope_core::trace::{Event, What};

/// No more causes than this are followed back to a request.
const MOST_CAUSES: usize = 12;

impl Cast<'_> {
    pub(super) fn meaning(&self, kind: u8) -> About {
        let kind = self.kinds.get(usize::from(kind));
        kind.map_or(About::Number, |kind| kind.about)
    }

    /// What is told to a newcomer of messages of this kind, if anything.
    pub(super) fn news_of(&self, kind: u8) -> Option<&'static str> {
        let news = self.kinds.get(usize::from(kind))?.news;
        (!news.is_empty()).then_some(news)
    }

    /// What a label means: a request, a number in a view, or a view. `ends` are its sender and recipient.
    pub(super) fn about(
        &self,
        about: About,
        label: Label,
        ends: (NodeId, Option<NodeId>),
        paper: bool,
    ) -> String {
        let Label { view, sequence, .. } = label;
        let exact = match (about, label.digest) {
            _ if !paper => String::new(),
            (About::View, _) | (About::State | About::Request, 0) => String::new(),
            (_, value) => format!(", digest {}", digest(value)),
        };
        let says = match about {
            About::View => format!("to view {view}"),
            About::Number => format!("number {sequence} in view {view}"),
            About::State => format!("up to number {sequence}"),
            About::Request => {
                let replicas = usize::from(self.scenario.servers());
                let mut ends = [Some(ends.0), ends.1].into_iter().flatten();
                match ends.find(|node| node.index() >= replicas) {
                    Some(client) => format!("c{client}#{sequence}"),
                    None => format!("request {sequence}"),
                }
            }
        };
        says + &exact
    }

    /// What a message means, for a newcomer.
    pub(super) fn news(&self, event: &Event, kind: u8, label: Label, crowd: &Crowd) -> String {
        let to = match crowd.to.as_slice() {
            [] => "all others".into(),
            some => self.names(some).to_ascii_lowercase(),
        };
        let mut says = self.news_of(kind).unwrap_or_default().to_string();
        for (field, word) in [
            ("{who}", self.names(&crowd.nodes)),
            ("{s}", crowd.ending().to_string()),
            ("{to}", to),
            ("{n}", label.sequence.to_string()),
            ("{view}", label.view.to_string()),
        ] {
            says = says.replace(field, &word);
        }
        if says.contains("{what}") {
            says = says.replace("{what}", &self.value_of(event, label));
        }
        says
    }

    /// What stands at a number, as far as that can be told by what led to a message.
    fn value_of(&self, event: &Event, label: Label) -> String {
        match self.request_behind(event) {
            _ if label.digest == 0 => "nothing (null)".into(),
            Some((client, number))
                if self
                    .scenario
                    .settings
                    .number("batch")
                    .is_none_or(|batch| batch == 1) =>
            {
                format!("c{client}#{number}")
            }
            _ => "a request".into(),
        }
    }

    /// The client's request that led to a message: by honest hands only, and without a change of views.
    fn request_behind(&self, event: &Event) -> Option<(NodeId, u64)> {
        let mut at = event;
        for _ in 0..MOST_CAUSES {
            match at.what {
                What::Sent { .. } if is_traitor(self.scenario, at.node) => return None,
                What::TimerFired { .. } => return None,
                What::Delivered(passage) => match self.meaning(passage.kind) {
                    About::Request if passage.from.index() >= self.scenario.servers().into() => {
                        return Some((passage.from, passage.label.sequence));
                    }
                    About::View | About::State => return None,
                    _ => {}
                },
                _ => {}
            }
            at = self.events.get(usize::try_from(at.cause).ok()?)?;
        }
        None
    }
}

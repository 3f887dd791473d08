//! One run as the page holds it: its past and future, its name and link, and what is lit and told of it.
//!
//! What two runs side by side would share is not here: the transport, the selection, the panels.

use crate::run::focus::Focus;
use crate::run::knowledge::{LastHeard, knows, last_heard};
use crate::run::marks::Marks;
use crate::run::message_details::MessageDetails;
use crate::run::present::Present;
use crate::run::session::Session;
use crate::ui::{Level, Target};
use crate::words::narration::caption::{Broken, Teller, broken};
use crate::words::narration::story::Story;
use crate::words::narration::{Line, Narrator, Tone};
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::presets::Preset;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Span;
use quorumscope_core::trace::Event;
use std::rc::Rc;

/// The caption is one of this many last lines.
const RECENT: usize = 8;

/// A run on the page.
pub(super) struct Track {
    pub(super) session: Session,
    /// The scenario with all that was done so far.
    pub(super) scenario: Rc<Scenario>,
    /// The preset that it is, as long as nothing was changed.
    pub(super) preset: Option<&'static Preset>,
    /// The link to it, fragment only.
    pub(super) link: Rc<str>,
    /// Whether the link says how the run ends.
    pub(super) linked: bool,
    /// How the run ended for the maker of the link, and by which engine, until that is held against this run.
    pub(super) seen: Option<(u32, String)>,
    /// The run now, at the version that is painted.
    pub(super) present: Rc<Present>,
    shown: (u64, u64),
    /// The version that the tree shows.
    rendered: (u64, u64),
    pub(super) marks: Marks,
    /// What is selected or pointed at, and of what that was worked out.
    pub(super) focus: (Option<Target>, Focus),
    /// All about the message that is selected.
    pub(super) details: Option<Rc<MessageDetails>>,
    /// What the node has heard that the run is seen through.
    pub(super) heard: Option<Rc<[Option<LastHeard>]>>,
    pub(super) teller: Teller,
    /// How many breaks of promises were announced.
    pub(super) announced_breaks: usize,
}

/// How a run is told.
pub(super) struct Telling {
    /// How much is said.
    pub(super) level: Level,
    /// Only what this node can know of is told.
    pub(super) through: Option<NodeId>,
    /// Whether time runs.
    pub(super) playing: bool,
    /// Whether the present instant was reached by a step, so that all of the step is told.
    pub(super) stepped: bool,
    /// Wall time, in milliseconds.
    pub(super) wall: f64,
}

impl Track {
    /// A run, where it is.
    pub(super) fn of(session: Session) -> Self {
        Self {
            scenario: Rc::new(session.scenario()),
            preset: None,
            link: "".into(),
            linked: false,
            seen: None,
            present: Rc::new(session.present(Span::ZERO)),
            shown: session.version(),
            rendered: session.version(),
            session,
            marks: Marks::default(),
            focus: Default::default(),
            details: None,
            heard: None,
            teller: Teller::default(),
            announced_breaks: 0,
        }
    }

    /// After a change of the run: looks ahead as far as `more` allows, and takes the new scenario in.
    pub(super) fn opened(&mut self, more: &mut dyn FnMut() -> bool) {
        // What was told was told of another run.
        self.teller = Teller::default();
        self.announced_breaks = 0;
        self.seen = None;
        self.session.explore(more);
        self.scenario = Rc::new(self.session.scenario());
    }

    /// Whether the tree shows another version.
    pub(super) fn is_stale(&self) -> bool {
        self.rendered != self.session.version()
    }

    /// Takes in the present, of which the tree is to be drawn anew; flashes stay for `recent`.
    pub(super) fn refresh(&mut self, recent: Span) {
        self.rendered = self.session.version();
        self.look(recent);
    }

    /// Takes in what changed since the run was last looked at; true if anything did.
    pub(super) fn look_again(&mut self, recent: Span) -> bool {
        let changed = self.shown != self.session.version();
        if changed {
            self.look(recent);
        }
        self.marks.look(&self.session.reader());
        changed
    }

    fn look(&mut self, recent: Span) {
        self.shown = self.session.version();
        self.present = Rc::new(self.session.present(recent));
        self.marks.look(&self.session.reader());
    }

    /// Works out anew what pictures light.
    pub(super) fn light(&mut self, target: Option<Target>) {
        let flights = &self.present.flights;
        let reader = self.session.reader();
        let focus = reader.chronicle(|chronicle| Focus::of(target, chronicle, flights));
        self.focus = (target, focus);
    }

    /// What is selected, whatever the pointer is over.
    pub(super) fn selection(&self, selected: Option<Target>) -> Focus {
        let flights = &self.present.flights;
        let reader = self.session.reader();
        reader.chronicle(|chronicle| Focus::of(selected, chronicle, flights))
    }

    /// Hears what the node has heard that the run is seen through.
    pub(super) fn listen(&mut self, through: Option<NodeId>) {
        let reader = self.session.reader();
        self.heard = through.map(|node| {
            let present = &self.present;
            reader
                .chronicle(|chronicle| last_heard(chronicle, present, node))
                .into()
        });
    }

    /// Looks up all about the message that is selected, if one is.
    pub(super) fn look_up(&mut self, selected: Option<Target>) {
        self.details = selected.and_then(|selected| self.details(selected));
    }

    fn details(&mut self, selected: Target) -> Option<Rc<MessageDetails>> {
        let focus = self.selection(Some(selected));
        let reader = self.session.reader();
        let events = self.present.events;
        let fresh =
            reader.chronicle(|chronicle| MessageDetails::open(&focus, chronicle, events))?;
        // What it says does not change; to find it may take a look into the past.
        let known = self.details.as_ref().filter(|known| {
            known.transit == fresh.transit && known.contents.is_some() && known.sent == fresh.sent
        });
        match known {
            Some(known) => Some(Rc::new(MessageDetails {
                contents: known.contents.clone(),
                ..fresh
            })),
            None => self.session.details(&focus).map(Rc::new),
        }
    }

    /// Chooses the caption; gives the breaks of promises back.
    pub(super) fn tell(&mut self, telling: &Telling) -> Rc<[Broken]> {
        let so_far = self.present.events as usize;
        let &Telling { level, through, .. } = telling;
        let (recent, step, mut breaks) = self.session.reader().chronicle(|chronicle| {
            let narrator = self.narrator(chronicle);
            let shown = |event: &Event| through.is_none_or(|node| knows(event, node));
            let stepped = telling.stepped && !telling.playing;
            let step = stepped.then(|| {
                let at = |level| Story::new(narrator, level, &shown).step(so_far);
                weightiest(at(level)).or_else(|| weightiest(at(Level::Paper)))
            });
            let recent = Story::new(narrator, level, &shown).newest(so_far, RECENT);
            (recent, step.flatten(), broken(&narrator))
        });
        if through.is_some() {
            breaks.clear();
        }
        match telling.playing {
            true => self.teller.go_on(telling.wall, &recent, &breaks),
            false => {
                let newest = step.or(recent.into_iter().next_back());
                self.teller.jump(telling.wall, newest, &breaks);
            }
        }
        breaks.into()
    }

    fn narrator<'a>(&'a self, run: &'a Chronicle) -> Narrator<'a> {
        Narrator {
            scenario: &self.scenario,
            promises: &self.present.promises,
            run: Some(run),
            idle: &self.present.idle,
        }
    }
}

/// What matters most of what one step did: all that it broke, or else the last thing that it led to.
fn weightiest(lines: Vec<Line>) -> Option<Line> {
    let last = lines.last().cloned()?;
    let mut broken = lines.into_iter().filter(|line| line.tone == Tone::Broken);
    let Some(mut first) = broken.next() else {
        return Some(last);
    };
    for line in broken {
        first.text.push(' ');
        first.text.push_str(&line.text);
        first.told.extend(line.told);
        first.last = line.last;
    }
    Some(first)
}

//! What rooms and scenes are shown, as plain values.

use crate::edit::forms::Draft;
use crate::geometry::{Point, Stroke};
use crate::run::focus::Focus;
use crate::run::knowledge::{LastHeard, knows};
use crate::run::marks::Tick;
use crate::run::message_details::MessageDetails;
use crate::run::playback::Pace;
use crate::run::present::{Present, RunReader};
use crate::scene::layout::{Layout, layout};
use crate::text::capital;
use crate::ui::{Deck, Dialog, Level, Notice, Panel, Target, Theme, Unit};
use crate::words::narration::caption::Broken;
use crate::words::narration::{Line, Narrator};
use quorumscope_core::latency::Latency;
use quorumscope_core::presets::Preset;
use quorumscope_core::problem::Problem;
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::trace::{Event, Transit};
use quorumscope_core::world::Awaited;
use std::rc::Rc;

/// What the user chose about the page itself; `address::link_view` says what of it a link can bring back.
#[derive(Clone, Debug, PartialEq)]
pub struct Ui {
    /// What is selected in all views.
    pub selected: Option<Target>,
    /// What was selected before, the latest last.
    pub before: Vec<Target>,
    /// Which side panel is open.
    pub panel: Panel,
    /// How much the narration says.
    pub level: Level,
    /// Light or dark.
    pub theme: Theme,
    /// Whether the page is a frame in another.
    pub embed: bool,
    /// Whether movement is to be avoided.
    pub reduced_motion: bool,
    /// Parts of the page that are not shown, by the names of `hide`.
    pub hidden: std::rc::Rc<[&'static str]>,
    /// Whether the run is only to be watched.
    pub locked: bool,
    /// Whether the space-time diagram or ledger below is open.
    pub deck: Deck,
    /// Only what this node has seen is shown.
    pub through: Option<NodeId>,
    /// Which fault's form is taken up.
    pub fault: Option<&'static str>,
    /// What stands in that form, once it is more than what is selected.
    pub draft: Option<Draft>,
    /// Models of latency as they were last set, for whoever comes back to them.
    pub latencies: Vec<Latency>,
    /// Where on the stage the menu of what can be done is open.
    pub menu: Option<Point>,
    /// A fault that is being carried over the page, and where.
    pub carried: Option<(&'static str, Point)>,
    /// What the step buttons step by.
    pub unit: Unit,
    /// The last sequence number that the ledger shows; the newest if none was turned to.
    pub column: Option<u64>,
    /// The first row of a long ledger that is in sight.
    pub row: usize,
    /// What the pointer is over, in whichever picture.
    pub pointed: Option<Target>,
    /// The size of the stage, in the pictures' pixels.
    pub stage: (f32, f32),
    /// Whether single letters are keys.
    pub letters: bool,
    /// Which dialog is open.
    pub dialog: Option<Dialog>,
    /// What the space-time diagram shows.
    pub window: crate::scene::spacetime::Window,
    /// Whether the tool that cuts the ring is taken up.
    pub cutting: bool,
    /// The part of the scrubber that the pointer is over.
    pub under: Option<f64>,
    /// A line that is being drawn across the ring.
    pub stroke: Option<Stroke>,
    /// Where the span begins and ends that play goes round in.
    pub round: (Option<Time>, Option<Time>),
    /// Whether all is large and strong, for a wall.
    pub projector: bool,
    /// How many CSS pixels one of the pictures' is: more where text is larger.
    pub scale: f32,
    /// The same for the diagram, which grows with the page's text alone.
    pub text: f32,
    /// Whether two pictures have room side by side.
    pub wide: bool,
    /// Whether all is one column, the side panel far below.
    pub narrow: bool,
}

/// How time passes on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// Whether it runs.
    pub playing: bool,
    /// Steadily, or event by event.
    pub pace: Pace,
    /// Simulated milliseconds for each second.
    pub speed: f64,
    /// Events for each second.
    pub rate: f64,
    /// The latest instant that is known.
    pub horizon: Time,
    /// Whether the run is known to its end.
    pub complete: bool,
    /// Whether the page is still computing its way to an instant.
    pub busy: bool,
    /// Whether nothing is under way, so that time passes quickly.
    pub quiet: bool,
}

/// Everything that rooms may show.
#[derive(Clone, Debug)]
pub struct View {
    /// Changes with every change of anything here.
    pub version: u64,
    /// The run now.
    pub present: Rc<Present>,
    /// The scenario with all that was done so far.
    pub scenario: Rc<Scenario>,
    /// Its past, and what is known of its future.
    pub reader: RunReader,
    /// Another way the run went, left behind by the last change.
    pub ghost: Option<RunReader>,
    /// Marks on the scrubber.
    pub ticks: Rc<[Tick]>,
    /// Whether there is a change to undo.
    pub can_undo: bool,
    /// Whether there is a change to do again.
    pub can_redo: bool,
    /// The preset that runs, as long as nothing was changed.
    pub preset: Option<&'static Preset>,
    /// The link to this run, fragment only.
    pub link: Rc<str>,
    /// How time passes.
    pub clock: Clock,
    /// What the user chose about the page.
    pub ui: Ui,
    /// Something to tell.
    pub notice: Option<Notice>,
    /// Why the last order was refused: which knob, and what would be right.
    pub refused: Option<Problem>,
    /// What screen readers are told, at a pace that they can follow.
    pub announced: Rc<str>,
    /// The caption.
    pub told: Option<Rc<Line>>,
    /// The promises that are broken by now, each with its first break; none while one node's eyes are borrowed.
    pub broken: Rc<[Broken]>,
    /// What is selected, as the pictures light it.
    pub focus: Focus,
    /// All about the message that is selected.
    pub details: Option<Rc<MessageDetails>>,
    /// What the node has heard of the others that the run is seen through.
    pub heard: Option<Rc<[Option<LastHeard>]>>,
}

impl PartialEq for View {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
    }
}

impl View {
    /// Whom and what the story of this run is about.
    #[must_use]
    pub fn narrator(&self) -> Narrator<'_> {
        Narrator {
            scenario: &self.scenario,
            promises: &self.present.promises,
            run: None,
            idle: &self.present.idle,
        }
    }

    /// Whether the next thing to do stands under the caption, and not in the side panel.
    #[must_use]
    pub fn leads_on(&self) -> bool {
        let ui = &self.ui;
        let watched = ui.embed || ui.locked;
        ui.narrow
            && !watched
            && !ui
                .hidden
                .iter()
                .any(|part| ["side", "setup"].contains(part))
    }

    /// What traitors ask; nothing if nobody may answer.
    #[must_use]
    pub fn asked(&self) -> &[Awaited] {
        match self.ui.locked {
            true => &[],
            false => &self.present.awaited,
        }
    }

    /// The places of the nodes on the stage.
    #[must_use]
    pub fn places(&self) -> Layout {
        layout(self.ui.stage, &self.present.cast)
    }

    /// Whether an event is to be told: all are, or those that the node knows that the run is seen through.
    #[must_use]
    pub fn shows(&self, event: &Event) -> bool {
        self.ui.through.is_none_or(|node| knows(event, node))
    }

    /// What can be aimed at of what is selected: of a moment, its message or its node.
    #[must_use]
    pub fn aim(&self) -> Option<Target> {
        let target = self.ui.selected?;
        let Target::Event(_) = target else {
            return Some(target);
        };
        let focus = self.selection();
        let message = focus.transit.map(|p| Target::Message(p.message, p.to));
        message.or(focus.node.map(Target::Node))
    }

    /// What is selected, whatever the pointer is over.
    #[must_use]
    pub fn selection(&self) -> Focus {
        let flights = &self.present.flights;
        self.reader
            .chronicle(|chronicle| Focus::of(self.ui.selected, chronicle, flights))
    }

    /// Something to point at, in a few words.
    #[must_use]
    pub fn called(&self, target: Target) -> String {
        match target {
            Target::Node(node) => self.name(node),
            Target::Link(from, to) => format!("Link {} – {}", self.short(from), self.short(to)),
            Target::Cell(node, slot) => {
                format!("{} at {}", capital(&self.slot(slot)), self.short(node))
            }
            Target::Message(message, to) => {
                let flights = &self.present.flights;
                let focus = self
                    .reader
                    .chronicle(|c| Focus::of(Some(Target::Message(message, to)), c, flights));
                focus.transit.map_or_else(
                    || format!("Message {}", message.0),
                    |transit| self.letter(&transit),
                )
            }
            Target::Event(event) => self
                .reader
                .chronicle(|chronicle| {
                    let event = chronicle.event(event)?;
                    let line = self.narrator().tell(event, Level::Paper)?;
                    Some(format!("{:.1} ms: {}", event.at.ms(), line.text))
                })
                .unwrap_or_default(),
        }
    }

    /// A message in a few words: its kind, what it is about, and its way.
    #[must_use]
    pub fn letter(&self, transit: &Transit) -> String {
        let kind = self.present.kinds.get(usize::from(transit.kind));
        let kind = kind.map_or("message", |kind| kind.name);
        let number = match transit.label.sequence {
            0 => String::new(),
            sequence => format!(" {sequence}"),
        };
        let (from, to) = (self.short(transit.from), self.short(transit.to));
        format!("{}{number}, {from} → {to}", capital(kind))
    }

    /// A node as pictures name it.
    #[must_use]
    pub fn short(&self, node: NodeId) -> String {
        self.present.cast.short(node)
    }

    /// What a node is called on screen.
    #[must_use]
    pub fn name(&self, node: NodeId) -> String {
        capital(&self.present.cast.name(node))
    }

    /// What a slot is called in a sentence.
    #[must_use]
    pub fn slot(&self, slot: u64) -> String {
        format!("{} {slot}", self.present.spec.words.slot.unwrap_or("slot"))
    }

    /// What this run is called.
    #[must_use]
    pub fn title(&self) -> String {
        let scenario = &self.scenario;
        if let Some(preset) = self.preset {
            return preset.title.to_string();
        }
        let name = scenario.spec.title;
        let traitors = crate::edit::setup::traitors(scenario).len();
        let with = match traitors {
            0 => String::new(),
            1 => ", 1 traitor".into(),
            many => format!(", {many} traitors"),
        };
        let serving = scenario.cast.parts().filter(|(role, _)| role.serves);
        let serving: Vec<String> = serving
            .map(|(role, nodes)| role.counted(nodes.len() as u16))
            .collect();
        format!("{name} · {}{with}", serving.join(", "))
    }

    /// What this run is, in a few words.
    #[must_use]
    pub fn description(&self) -> String {
        let scenario = &self.scenario;
        let mut said = self.title();
        for (role, nodes) in scenario.cast.parts() {
            if self.preset.is_some() || !role.serves {
                said.push_str(&format!(", {}", role.counted(nodes.len() as u16)));
            }
        }
        match scenario.script.len() {
            0 => {}
            1 => said.push_str(", 1 scripted fault"),
            many => said.push_str(&format!(", {many} scripted faults")),
        }
        format!("{said}, seed {}.", scenario.seed)
    }
}

//! Everything that can be done on the page, in groups; only `App::update` carries it out.

use crate::edit::forms::Draft;
use crate::embed::Letter;
use crate::run::playback::Pace;
use crate::ui::{
    Deck, Dialog, Level, Mark, Notice, Panel, Picture, Place, Target, Theme, Touch, Unit, Way,
};
use quorumscope_core::protocol::NodeId;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::trace::EventId;
use std::fmt;
use std::rc::Rc;

/// A change that a field of the page makes of the scenario.
#[derive(Clone)]
pub struct Edit {
    /// The field: what is done there in a row is one change, and all of it starts from the same
    /// scenario. None stands alone.
    pub field: Option<Rc<str>>,
    /// What it makes of the scenario.
    pub change: Rc<dyn Fn(&Scenario) -> Scenario>,
}

impl Edit {
    /// A change that stands alone.
    #[must_use]
    pub fn alone(change: impl Fn(&Scenario) -> Scenario + 'static) -> Self {
        Self {
            field: None,
            change: Rc::new(change),
        }
    }
}

impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Edit({:?})", self.field)
    }
}

/// Everything that can be done.
#[derive(Clone, Debug)]
pub enum Action {
    /// Moves along the run; nothing of it changes.
    Travel(Travel),
    /// How fast time passes.
    Tempo(Tempo),
    /// Changes the run: a page that is only to be watched does none of these.
    Change(Change),
    /// What is selected, open and shown; the run stays as it is.
    Look(Look),
    /// What a pointer, or a key in its place, does on a picture.
    Pointer(Pointer),
    /// What comes from the browser, the address or the host page, and not from a room.
    Outside(Outside),
}

/// Moves along the run; nothing of it changes.
#[derive(Clone, Debug)]
pub enum Travel {
    /// Starts or stops time.
    Toggle,
    /// One step, or several.
    Step(Unit, Way, u32),
    /// Goes to an instant.
    Seek(Time),
    /// Goes to just after an event.
    GoTo(EventId),
    /// Goes to a tenth of what is known.
    Tenth(u32),
    /// Goes to the end.
    End,
    /// Goes back to the start.
    Restart,
}

/// How fast time passes.
#[derive(Clone, Debug)]
pub enum Tempo {
    /// Simulated milliseconds for each second.
    Speed(f64),
    /// Events for each second.
    Rate(f64),
    /// Faster or slower by a notch.
    Notch(Way),
    /// Steady, or event by event.
    SetPace(Pace),
    /// From one pace to the other.
    OtherPace,
}

/// Changes the run: a page that is only to be watched does none of these.
#[derive(Clone, Debug)]
pub enum Change {
    /// Another scenario, from its start; refused with words if it cannot be.
    Propose(Rc<Scenario>),
    /// A field changes the scenario; time stays where it is, if the nodes are the same.
    Edit(Edit),
    /// Another system, by its name, as it usually is; what both systems know stays.
    System(Rc<str>),
    /// Does something to the run now: an entry of the script, without its instant.
    Order(serde_json::Value),
    /// Parts these sides of the ring.
    Part([Vec<u16>; 2]),
    /// Tells a traitor what to send: entries of the script; time goes on if it waited for that.
    Dictate(Vec<serde_json::Value>),
    /// A fault is let go over this place of the ring; nothing if beside it.
    Drop(&'static str, Option<(f32, f32)>),
    /// Takes back the last change of the run.
    Undo,
    /// Does it again.
    Redo,
}

/// What is selected, open and shown; the run stays as it is.
#[derive(Clone, Debug)]
pub enum Look {
    /// Points at something in all views; `None` at nothing.
    Select(Option<Target>),
    /// Points at what was selected before.
    Back,
    /// Opens a side panel.
    Open(Panel),
    /// Takes up a fault's form; `None` puts it away.
    Choose(Option<&'static str>),
    /// Takes up a fault's form with this filled in.
    Fill(&'static str, Draft),
    /// Types into the open form: what stands in it now.
    Write(Draft),
    /// The field is left: what is done there next is another change.
    Leave,
    /// Fills what is selected into the open form.
    Aim,
    /// Opens the menu of what can be done to what is selected, at a place on the stage; `None` closes it.
    Menu(Option<(f32, f32)>),
    /// Opens that menu beside what is selected.
    MenuHere,
    /// A fault is carried over the page, at this place of it, or is carried no more.
    Carry(Option<(&'static str, f32, f32)>),
    /// The ledger is scrolled so that this row comes first.
    Row(usize),
    /// Turns the ledger so that this number is its last; `None` to the newest.
    Column(Option<u64>),
    /// What the step buttons step by.
    StepBy(Unit),
    /// Opens or shuts what lies below the stage.
    ShowDeck(Deck),
    /// Scrolls to a part of the page.
    Bring(Place),
    /// Opens or closes a dialog.
    Show(Option<Dialog>),
    /// Says more or less.
    SetLevel(Level),
    /// Light or dark.
    SetTheme(Theme),
    /// Whether single letters are keys; people who dictate switch them off.
    Letters(bool),
    /// Shows only what a node has seen.
    Through(Option<NodeId>),
    /// The space-time window moves along with the present, or stands.
    Follow(bool),
    /// Takes up the tool that cuts the ring, or puts it away.
    Cut(bool),
    /// Marks the span that play goes round in.
    Mark(Mark),
    /// Large and strong, for a wall, or as usual.
    Project(bool),
    /// Tells something; `None` takes it away.
    Tell(Option<Notice>),
}

/// What a pointer, or a key in its place, does on a picture.
#[derive(Clone, Copy, Debug)]
pub enum Pointer {
    /// The pointer is over this place of a picture; `None` if it left it.
    Over(Picture, Option<(f32, f32)>),
    /// A pointer with this number does something at this place on a picture, in CSS pixels; whether it is a finger.
    Finger(Picture, Touch, (i32, bool), f32, f32),
    /// Somebody asks at this place of a picture what can be done there.
    Ask(Picture, f32, f32),
    /// The pointer is over this part of the scrubber.
    Hover(Option<f64>),
    /// Moves the space-time window by a part of its width.
    Pan(f64),
    /// Closer or wider by a factor, around a place across the diagram; around its middle if none.
    Zoom(f64, Option<f32>),
}

/// What comes from the browser, the address or the host page, and not from a room.
#[derive(Clone, Debug)]
pub enum Outside {
    /// The browser is about to paint, at this wall time in milliseconds.
    Frame(f64),
    /// The stage has another size.
    Resized(f32, f32),
    /// The host page said something, from this origin.
    Heard(Rc<Letter>, Rc<str>),
    /// The address changed under the page.
    Address,
    /// The later part of the page is there, or did not come.
    Arrived(bool),
    /// Sends for the later part once more.
    Fetch,
}

impl Action {
    /// Whether a page may do this: one that is only to be watched (`locked`) changes no run.
    #[must_use]
    pub const fn is_allowed(&self, locked: bool) -> bool {
        !(locked && matches!(self, Self::Change(_)))
    }
}

impl From<Travel> for Action {
    fn from(action: Travel) -> Self {
        Self::Travel(action)
    }
}

impl From<Tempo> for Action {
    fn from(action: Tempo) -> Self {
        Self::Tempo(action)
    }
}

impl From<Change> for Action {
    fn from(action: Change) -> Self {
        Self::Change(action)
    }
}

impl From<Look> for Action {
    fn from(action: Look) -> Self {
        Self::Look(action)
    }
}

impl From<Pointer> for Action {
    fn from(action: Pointer) -> Self {
        Self::Pointer(action)
    }
}

impl From<Outside> for Action {
    fn from(action: Outside) -> Self {
        Self::Outside(action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// One of each change; the compiler asks for the next that is added.
    fn each_change() -> Vec<Change> {
        let mut all = vec![Change::Propose(Rc::new(Scenario::default()))];
        while let Some(next) = match &all[all.len() - 1] {
            Change::Propose(_) => Some(Change::Edit(Edit::alone(Clone::clone))),
            Change::Edit(_) => Some(Change::System("pbft".into())),
            Change::System(_) => Some(Change::Order(Value::Null)),
            Change::Order(_) => Some(Change::Part([vec![0], vec![1]])),
            Change::Part(_) => Some(Change::Dictate(Vec::new())),
            Change::Dictate(_) => Some(Change::Drop("crash", None)),
            Change::Drop(..) => Some(Change::Undo),
            Change::Undo => Some(Change::Redo),
            Change::Redo => None,
        } {
            all.push(next);
        }
        all
    }

    #[test]
    fn a_page_that_is_only_watched_changes_no_run() {
        for change in each_change() {
            let action = Action::from(change);
            assert!(action.is_allowed(false), "{action:?}");
            assert!(!action.is_allowed(true), "{action:?}");
        }
        let watching: [Action; 3] = [
            Travel::Toggle.into(),
            Tempo::OtherPace.into(),
            Look::Through(None).into(),
        ];
        for action in watching {
            assert!(action.is_allowed(true), "{action:?}");
        }
    }
}

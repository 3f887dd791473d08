//! What is selected, worked out for the pictures; what is heard, and what a message says.

use super::{App, later};
use crate::run::focus::Focus;
use crate::run::knowledge::hearsay;
use crate::run::message_details::Dossier;
use crate::ui::{Panel, Target};
use std::rc::Rc;

impl App {
    /// Works out anew what pictures light, after a change of the run or of what is selected.
    pub(super) fn look_closely(&mut self) {
        let target = self.ui.pointed.or(self.ui.selected);
        let lens = self.session.lens();
        let flights = &self.present.flights;
        let focus = lens.chronicle(|chronicle| Focus::of(target, chronicle, flights));
        self.focus = (target, focus);
        if let Some(part) = later::here() {
            part.listen(self);
        }
    }

    /// Hears what the node has heard that the run is seen through.
    pub(super) fn listen(&mut self) {
        let lens = self.session.lens();
        self.heard = self.ui.through.map(|node| {
            let present = &self.present;
            lens.chronicle(|chronicle| hearsay(chronicle, present, node))
                .into()
        });
    }

    /// Selects something, and remembers what was selected before.
    pub(super) fn select(&mut self, target: Option<Target>) {
        /// So many steps back are remembered.
        const STEPS: usize = 50;
        let before = std::mem::replace(&mut self.ui.selected, target);
        if let Some(before) = before.filter(|_| before != target) {
            self.ui.before.push(before);
            if self.ui.before.len() > STEPS {
                self.ui.before.remove(0);
            }
        }
        self.ui.pointed = None;
    }

    /// Opens the dossier of the selected message, if that is to be seen.
    pub(super) fn look_up(&mut self) {
        if self.ui.panel != Panel::Inspect || self.ui.selected.is_none() {
            self.dossier = None;
            return;
        }
        let lens = self.session.lens();
        let (selected, present) = (self.ui.selected, &self.present);
        let fresh = lens.chronicle(|chronicle| {
            let focus = Focus::of(selected, chronicle, &present.flights);
            let dossier = Dossier::open(&focus, chronicle, present.events)?;
            Some((focus, dossier))
        });
        let Some((focus, fresh)) = fresh else {
            self.dossier = None;
            return;
        };
        // What it says does not change; to find it may take a look into the past.
        let known = self.dossier.as_ref().filter(|known| {
            known.passage == fresh.passage && known.contents.is_some() && known.sent == fresh.sent
        });
        self.dossier = match known {
            Some(known) => Some(Rc::new(Dossier {
                contents: known.contents.clone(),
                ..fresh
            })),
            None => self.session.dossier(&focus).map(Rc::new),
        };
    }
}

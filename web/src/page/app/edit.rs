//! What fields of the page do to the scenario: typing is one change, and time stays where it was.

use super::App;
use crate::edit::setup::{Loss, check, losses};
use crate::page::actions::Edit;
use crate::ui::Notice;
use crate::ui::Target;
use crate::words::narration::Narrator;
use quorumscope_core::latency::Latency;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use std::mem::discriminant;

/// The most orders to name of those that are left out.
const MOST_NAMED: usize = 3;

impl App {
    /// Changes the scenario as a field says, from what it was when the field was come to.
    pub(super) fn edit(&mut self, edit: &Edit) {
        let going_on = self
            .editing
            .take()
            .filter(|(field, _)| Some(field) == edit.field.as_ref());
        let before = going_on.as_ref().and_then(|_| self.track.session.before());
        let again = before.is_some();
        let before = before.unwrap_or_else(|| self.track.session.scenario());
        let now = self.track.session.now();
        let begun = going_on.map_or(now, |(_, begun)| begun);
        let changed = (edit.change)(&before);
        if let Err(problem) = check(&changed) {
            return self.refuse(&problem);
        }
        let editing = edit.field.clone().map(|field| (field, begun));
        if changed == *self.track.scenario {
            self.editing = editing.filter(|_| again);
            return;
        }
        let stays = self.instant(&before, &changed, now, begun);
        self.remember(&before.latency, &changed.latency);
        if again {
            self.track.session.amend(&changed);
        } else {
            self.track.session.propose(&changed);
        }
        self.editing = editing.filter(|_| changed != before);
        self.notice = self.told(&before, &changed);
        self.keep_selection(stays.is_some());
        if let Some(at) = stays {
            self.track.session.seek(at);
            self.pursue();
        }
        self.opened();
    }

    /// Where time stays, if the run is still about the same nodes.
    fn instant(
        &self,
        before: &Scenario,
        changed: &Scenario,
        now: Time,
        begun: Time,
    ) -> Option<Time> {
        let size = |scenario: &Scenario| (scenario.spec, scenario.cast);
        if size(&self.track.scenario) == size(changed) {
            return Some(now);
        }
        (size(before) == size(changed)).then_some(begun)
    }

    /// Messages and moments have other numbers in another run; nodes are the same if there are as many.
    fn keep_selection(&mut self, same: bool) {
        let stays = |target: &Target| same && matches!(target, Target::Node(_) | Target::Link(..));
        self.ui.selected = self.ui.selected.filter(stays);
        self.ui.through = self.ui.through.filter(|_| same);
    }

    /// Who takes another model of latency finds the old one as it was, coming back.
    fn remember(&mut self, before: &Latency, changed: &Latency) {
        let model = discriminant(before);
        if model != discriminant(changed) {
            let kept = &mut self.ui.latencies;
            kept.retain(|latency| discriminant(latency) != model);
            kept.push(before.clone());
        }
    }

    /// What of the script makes no sense any more, and is left out.
    fn told(&self, before: &Scenario, changed: &Scenario) -> Option<Notice> {
        let lost = losses(before, changed.cast);
        if lost.is_empty() || before.spec != changed.spec {
            return None;
        }
        let narrator = Narrator {
            scenario: before,
            promises: &[],
            run: None,
            idle: &self.track.present.idle,
        };
        let named = |loss: &Loss| match *loss {
            Loss::Whole(index) => narrator.ordered(&before.script[index]),
            Loss::Part(index) => format!("A part of: {}", narrator.ordered(&before.script[index])),
        };
        let mut names: Vec<String> = lost.iter().take(MOST_NAMED).map(named).collect();
        if lost.len() > MOST_NAMED {
            names.push(format!("And {} more.", lost.len() - MOST_NAMED));
        }
        Some(Notice {
            bad: false,
            text: format!(
                "Without these nodes, some of what was ordered makes no sense and was left out: {} Undo brings it back.",
                names.join(" ")
            ),
            offer_default: false,
        })
    }
}

//! The later part: all that reads and writes scenarios, talks to a host page, or opens at the side.

use super::App;
use super::host_page::HostPage;
use super::later::Later;
use crate::address::options::Options;
use crate::address::{self, Asked, link_view};
use crate::browser::window;
use crate::edit::applicable;
use crate::edit::forms::{self, Draft};
use crate::edit::setup::{check, describe, orders, with_system};
use crate::page::actions::{Action, Change, Look, Outside};
use crate::page::parts;
use crate::page::view::View;
use crate::rooms::{Room, files, help, ledger, menu, puppet, setup, share, side, transport};
use crate::scene::spacetime::{Sources, Window, spacetime};
use crate::scene::{Scene, cut};
use crate::ui::Notice;
use crate::ui::{Picture, Target};
use crate::words::narration::caption::Broken;
use quorumscope_core::fault::Fault;
use quorumscope_core::faults;
use quorumscope_core::presets::{self, Preset};
use quorumscope_core::problem::Problem;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::systems;
use quorumscope_core::time::Span;
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;
use yew::html::Scope;
use yew::prelude::*;

thread_local! {
    /// The presets, each with its document read; systems bring more of them.
    static PRESETS: RefCell<Vec<(&'static Preset, Scenario)>> = const { RefCell::new(Vec::new()) };
}

/// The preset that a scenario is.
fn preset_of(scenario: &Scenario) -> Option<&'static Preset> {
    PRESETS.with_borrow_mut(|read| {
        for preset in presets::known() {
            if !read.iter().any(|(known, _)| known.name == preset.name) {
                read.push((preset, preset.scenario()));
            }
        }
        let found = read.iter().find(|(_, known)| known == scenario);
        found.map(|(preset, _)| *preset)
    })
}

/// What is loaded after the first picture.
pub(super) struct Rest;

impl Later for Rest {
    fn host(&self, link: &Scope<App>, options: &Options) -> Option<HostPage> {
        HostPage::new(link, options)
    }

    fn greet(&self, host: &mut HostPage) {
        host.greet();
    }

    fn tell_news(&self, host: &mut HostPage, view: &View) {
        host.tell_news(view);
    }

    fn carry_out(&self, app: &mut App, action: Action) {
        if !matches!(action, Action::Change(Change::Edit(_))) {
            app.editing = None;
        }
        match action {
            Action::Change(change) => app.change(change),
            Action::Look(Look::Aim) => app.fill_in(),
            Action::Outside(Outside::Heard(letter, origin)) => app.hear(&letter, &origin),
            Action::Outside(Outside::Address) => app.follow_address(),
            _ => {}
        }
    }

    fn arrive(&self, app: &mut App, asked: &Asked) {
        if let Some(view) = &asked.view {
            let nodes = app.track.scenario.total_nodes();
            link_view::show(view, nodes, &mut app.ui);
        }
        app.track.seen.clone_from(&asked.trace);
        app.hold_against();
    }

    fn end_is_known(&self, app: &mut App) {
        app.hold_against();
        app.write_link();
    }

    fn name(&self, app: &mut App) {
        app.track.preset = preset_of(&app.track.scenario);
        app.write_link();
    }

    fn look_up(&self, app: &mut App) {
        app.look_up();
    }

    fn listen(&self, app: &mut App) {
        app.listen();
    }

    fn diagram(&self, sources: &Sources<'_>, window: Window, size: (f32, f32)) -> Scene {
        spacetime(sources, window, size)
    }

    fn side(&self, room: &Room) -> Html {
        side::side(room)
    }

    fn next(&self, room: &Room) -> Html {
        html! { <div class="next here">{ setup::next(room) }</div> }
    }

    fn dialogs(&self, room: &Room) -> Html {
        html! {
            <>
                <help::Help ..room.clone() />
                <share::Share ..room.clone() />
                <files::Files ..room.clone() />
            </>
        }
    }

    fn ledger(&self, room: &Room) -> (Html, Html) {
        (ledger::leaves(room), ledger::ledger(room))
    }

    fn puppet(&self, room: &Room) -> Html {
        html! { <puppet::Puppet ..room.clone() /> }
    }

    fn menu(&self, room: &Room) -> Html {
        html! { <menu::Menu ..room.clone() /> }
    }

    fn bubble(&self, room: &Room) -> Html {
        transport::bubble::bubble(room)
    }

    fn tell(&self, app: &mut App) -> Rc<[Broken]> {
        app.tell()
    }
}

impl App {
    fn change(&mut self, change: Change) {
        match change {
            Change::Edit(edit) => self.edit(&edit),
            Change::Propose(scenario) => self.propose(&scenario),
            Change::System(name) => self.change_system(&name),
            Change::Order(entry) => self.order(&[entry]),
            Change::Drop(fault, place) => self.let_go(fault, place),
            Change::Part(sides) => self.order(&[cut::order(&sides)]),
            Change::Dictate(entries) => self.dictate(&entries),
            // The session alone does these, and does not wait for this part.
            Change::Undo | Change::Redo => {}
        }
    }

    fn change_system(&mut self, name: &Rc<str>) {
        match systems::find(name) {
            Some(spec) => self.propose(&with_system(&self.track.scenario, spec)),
            None => self.fetch_first(name, Change::System(Rc::clone(name)).into()),
        }
    }

    /// Does something once a system is here that it needs.
    fn fetch_first(&self, system: &str, then: Action) {
        let (system, link) = (system.to_owned(), self.browser.link());
        wasm_bindgen_futures::spawn_local(async move {
            let then = match parts::fetch(&system).await {
                true => then,
                false => Look::Tell(Some(not_fetched(&system))).into(),
            };
            link.send_message(then);
        });
    }

    fn propose(&mut self, scenario: &Scenario) {
        if *scenario == *self.track.scenario {
            return;
        }
        if let Err(problem) = check(scenario) {
            return self.refuse(&problem);
        }
        self.track.session.propose(scenario);
        self.notice = None;
        self.ui.selected = None;
        self.ui.through = None;
        self.ui.latencies.clear();
        self.opened();
        if self.track.preset.is_some() && !self.ui.reduced_motion {
            self.playback.set_playing(true);
        }
    }

    /// A traitor was told what to send; time goes on where it stopped for that.
    fn dictate(&mut self, entries: &[Value]) {
        self.order(entries);
        let answered = self.track.session.present(Span::ZERO).awaited.is_empty();
        if answered && std::mem::take(&mut self.asked) {
            self.playback.set_playing(true);
        }
    }

    fn order(&mut self, entries: &[Value]) {
        let entries = self.described(entries);
        match orders(&entries, &self.track.scenario) {
            Ok(orders) => {
                self.track.session.order(orders);
                self.refused = None;
                self.pursue();
                self.opened();
            }
            Err(problem) => self.refused = Some(problem),
        }
    }

    /// The same orders, and of messages that they name what those look like.
    fn described(&self, entries: &[Value]) -> Vec<Value> {
        let present = self.track.session.present(Span::ZERO);
        let mut entries = entries.to_vec();
        for entry in &mut entries {
            let flights = present.flights.iter().map(|flight| flight.transit);
            let awaited = present.awaited.iter().map(|held| held.transit);
            describe(entry, flights.chain(awaited), present.kinds);
        }
        entries
    }

    /// What is selected is filled into the open form; the rest of it stays.
    fn fill_in(&mut self) {
        let Some(fault) = self.ui.fault.and_then(faults::find) else {
            return;
        };
        let focus = self.track.selection(self.ui.selected);
        let target = match self.ui.selected {
            Some(Target::Event(_)) => {
                let message = focus.transit.map(|p| Target::Message(p.message, p.to));
                message.or(focus.node.map(Target::Node))
            }
            target => target,
        };
        let scenario = &self.track.scenario;
        let draft = self.ui.draft.take();
        let mut draft = draft.unwrap_or_else(|| forms::begin(fault, None, scenario));
        if let Some(target) = target {
            forms::aim(fault, &mut draft, target, &scenario.cast);
        }
        self.ui.draft = Some(draft);
    }

    /// A fault was dropped on something: it is done if nothing is left to be said, else its form opens.
    fn let_go(&mut self, fault: &'static str, place: Option<(f32, f32)>) {
        let (Some(fault), Some((x, y))) = (faults::find(fault), place) else {
            return;
        };
        let scale = self.ui.scale;
        let under = self
            .painter
            .under(Picture::Ring, x / scale, y / scale, None);
        let target =
            under.filter(|target| applicable::fits(fault, Some(*target), &self.track.scenario));
        let offer = applicable::aim(fault, target, &self.track.scenario);
        self.ui.selected = target.or(self.ui.selected);
        match offer.ways.as_slice() {
            [(_, draft)] => self.order_as_filled(fault, &draft.clone()),
            // Both directions of a link come first.
            [(_, draft), ..] if matches!(target, Some(Target::Link(..))) => {
                self.order_as_filled(fault, &draft.clone());
            }
            _ => self.react_to_form(fault.name, offer.draft),
        }
    }

    fn order_as_filled(&mut self, fault: &'static Fault, draft: &Draft) {
        if let Ok(entry) = forms::entry(
            fault,
            draft,
            self.track.scenario.spec,
            self.track.session.now(),
        ) {
            self.order(&[entry]);
        }
    }

    fn react_to_form(&mut self, fault: &'static str, draft: Draft) {
        self.react(Action::Look(Look::Fill(fault, draft)));
    }

    fn follow_address(&mut self) {
        match address::read(&window::address()) {
            Err(Problem {
                absent: Some(name), ..
            }) => {
                self.fetch_first(name, Outside::Address.into());
            }
            Ok(asked) if asked.absent().is_some() => {
                self.fetch_first(asked.absent().unwrap_or_default(), Outside::Address.into());
            }
            Ok(asked) => {
                self.propose(&asked.scenario);
                if let Some(moment) = asked.moment {
                    self.track.session.seek(moment);
                }
                Rest.arrive(self, &asked);
                self.pursue();
            }
            Err(problem) => self.refuse(&problem),
        }
    }

    /// A link says what its maker saw: a run that differs is said, never silently different.
    fn hold_against(&mut self) {
        let Some(end) = self.track.session.end() else {
            return;
        };
        let Some((trace, engine)) = self.track.seen.take() else {
            return;
        };
        if address::first_half(end) != trace {
            self.notice = Some(Notice {
                bad: false,
                text: format!(
                    "This link was made with version {engine}. With this version, {}, the run comes out differently.",
                    quorumscope_core::link::ENGINE
                ),
                offer_default: false,
            });
        }
    }

    /// Puts the run into the link and into the address; its end, too, where that is known.
    fn write_link(&mut self) {
        let end = self.track.session.end();
        self.track.linked = end.is_some();
        self.track.link = address::link(&self.track.scenario, end).into();
        self.browser.address_is_to_be(&self.track.link);
    }

    pub(super) fn refuse(&mut self, problem: &Problem) {
        self.notice = Some(Notice {
            bad: true,
            text: format!("That cannot be run: {problem}. The run below is unchanged."),
            offer_default: false,
        });
    }
}

fn not_fetched(system: &str) -> Notice {
    Notice {
        bad: true,
        text: format!("The system {system} could not be loaded. The run below is unchanged."),
        offer_default: false,
    }
}

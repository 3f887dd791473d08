//! What the first picture does not need: a second part of the program, which
//! the browser loads while the run already plays.

use super::App;
use super::host_page::HostPage;
use crate::address::Asked;
use crate::address::options::Options;
use crate::page::actions::{Action, Outside};
use crate::page::view::View;
use crate::rooms::Room;
use crate::scene::Scene;
use crate::scene::spacetime::{Sources, Window};
use crate::ui::Deck;
use crate::words::narration::caption::Broken;
#[cfg(feature = "split")]
use quorumscope_core::systems;
use std::rc::Rc;
use std::sync::OnceLock;
use yew::html::Scope;
use yew::prelude::*;

/// What the later part can do.
pub(super) trait Later: Sync {
    /// The line to the host page, if the page stands in one.
    fn host(&self, link: &Scope<App>, options: &Options) -> Option<HostPage>;
    /// Tells the host page that the page is there.
    fn greet(&self, host: &mut HostPage);
    /// Tells the host page what has changed.
    fn tell_news(&self, host: &mut HostPage, view: &View);
    /// Carries out what changes the run, and what the host page asks.
    fn carry_out(&self, app: &mut App, action: Action);
    /// Finds out what the present scenario is called and which link brings it back.
    fn name(&self, app: &mut App);
    /// Shows what a link shows, at its moment, and remembers what its maker saw.
    fn arrive(&self, app: &mut App, asked: &Asked);
    /// Puts the run's end into the link, and holds it against what the maker of a link saw.
    fn end_is_known(&self, app: &mut App);
    /// Looks up all about the message that is selected.
    fn look_up(&self, app: &mut App);
    /// Listens to what the node has heard that the run is seen through.
    fn listen(&self, app: &mut App);
    /// Draws the space-time diagram.
    fn diagram(&self, sources: &Sources<'_>, window: Window, size: (f32, f32)) -> Scene;
    /// What stands at the side.
    fn side(&self, room: &Room) -> Html;
    /// The one next thing to do, where the side panel is out of sight.
    fn next(&self, room: &Room) -> Html;
    /// What opens above everything.
    fn dialogs(&self, room: &Room) -> Html;
    /// Nodes by slots; what turns its leaves comes first.
    fn ledger(&self, room: &Room) -> (Html, Html);
    /// What a traitor asks.
    fn puppet(&self, room: &Room) -> Html;
    /// What is selected, and what can be done to it.
    fn menu(&self, room: &Room) -> Html;
    /// What is at the instant under the pointer.
    fn bubble(&self, room: &Room) -> Html;
    /// Chooses the caption; gives the breaks of promises back.
    fn tell(&self, app: &mut App) -> Rc<[Broken]>;
}

/// Loads the later part.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(later, fallible)]
fn later() -> Result<&'static dyn Later, wasm_split_helpers::SplitLoaderError> {
    // The gallery is part of it.
    systems::add(systems::FIRST);
    Ok(&super::rest::Rest)
}

/// The later part, in a page of one piece.
#[cfg(not(feature = "split"))]
async fn later() -> Result<&'static dyn Later, ()> {
    Ok(&super::rest::Rest)
}

static HERE: OnceLock<&dyn Later> = OnceLock::new();

/// The later part, once it is here.
pub(super) fn here() -> Option<&'static dyn Later> {
    HERE.get().copied()
}

/// Loads the later part, unless it is here; false when it does not come.
pub(in crate::page) async fn fetch() -> bool {
    match later().await {
        Ok(part) => {
            HERE.get_or_init(|| part);
            true
        }
        Err(_) => false,
    }
}

/// Sends for the later part, and tells the app how that went.
pub(super) fn send_for(link: &Scope<App>) {
    let link = link.clone();
    wasm_bindgen_futures::spawn_local(async move {
        link.send_message(Action::Outside(Outside::Arrived(fetch().await)));
    });
}

/// What stands at the side, or what stands there until it comes.
pub(super) fn side(room: &Room, alone: bool) -> Html {
    let Some(part) = here() else {
        return html! {
            <aside class="side" aria-label="Side panel" aria-busy={(!alone).to_string()}>
                <div class="pane" role="status" hidden={!alone}>
                    <p class="lead">{ "The rest of the page could not be loaded. The run plays on." }</p>
                    <button type="button" class="button" onclick={room.on(Outside::Fetch)}>{ "Try again" }</button>
                </div>
            </aside>
        };
    };
    part.side(room)
}

/// What opens above everything.
pub(super) fn dialogs(room: &Room) -> Html {
    here().map(|part| part.dialogs(room)).unwrap_or_default()
}

/// Nodes by slots.
pub(super) fn ledger(room: &Room) -> (Html, Html) {
    let shown = here().filter(|_| room.view.ui.deck.has(Deck::Ledger));
    shown.map(|part| part.ledger(room)).unwrap_or_default()
}

/// The one next thing to do, where the side panel is out of sight.
pub(super) fn next(room: &Room) -> Html {
    let none = || html! { <div hidden=true></div> };
    let shown = here().filter(|_| room.view.leads_on());
    shown.map_or_else(none, |part| part.next(room))
}

/// What a traitor asks.
pub(super) fn puppet(room: &Room) -> Html {
    here().map(|part| part.puppet(room)).unwrap_or_default()
}

/// What is at the instant under the pointer.
pub(super) fn bubble(room: &Room) -> Html {
    here().map(|part| part.bubble(room)).unwrap_or_default()
}

/// What is selected, and what can be done to it.
pub(super) fn menu(room: &Room) -> Html {
    here().map(|part| part.menu(room)).unwrap_or_default()
}

//! The head: the name, what runs, undo, theme, share, help.

use super::Room;
use super::widgets::icon_button;
use crate::browser::icons::icon;
use crate::page::actions::{Change, Look};
use crate::ui::{Dialog, Theme};
use yew::prelude::*;

/// The head of the page.
pub fn head(room: &Room) -> Html {
    let view = &room.view;
    let (other, sign, theme_label) = match view.ui.theme {
        Theme::Light => (Theme::Dark, "moon", "Dark theme"),
        Theme::Dark => (Theme::Light, "sun", "Light theme"),
    };
    html! {
        <header class="head">
            <h1 class="brand">
                <svg viewBox="0 0 32 32" aria-hidden="true">
                    <circle cx="16" cy="16" r="11" fill="none" stroke="var(--kind-2)" stroke-width="3.5" stroke-dasharray="52 17.1" transform="rotate(-90 16 16)" />
                    <circle cx="16" cy="16" r="4" fill="var(--kind-1)" />
                </svg>
                <span>{ "Quorumscope" }</span>
            </h1>
            <p class="title">{ view.title() }</p>
            <span class="spring"></span>
            { icon_button("undo", "Undo the last change of the run", !view.can_undo, room.on(Change::Undo)) }
            { icon_button("redo", "Redo it", !view.can_redo, room.on(Change::Redo)) }
            { icon_button(sign, theme_label, false, room.on(Look::SetTheme(other))) }
            <button type="button" class="button icon bare wall" aria-label="Large and strong, for a wall" title="Large and strong, for a wall"
                aria-pressed={view.ui.projector.to_string()} onclick={room.on(Look::Project(!view.ui.projector))}>{ icon("wall") }</button>
            { icon_button("files", "Files: save, open", false, room.on(Look::Show(Some(Dialog::Files)))) }
            { icon_button("help", "Help and keys", false, room.on(Look::Show(Some(Dialog::Help)))) }
            <button type="button" class="button strong" aria-label="Share" onclick={room.on(Look::Show(Some(Dialog::Share)))}>
                { icon("share") }<span class="wide">{ "Share" }</span>
            </button>
        </header>
    }
}

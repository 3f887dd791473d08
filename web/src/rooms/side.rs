//! What stands at the side: one panel at a time.

use super::{Room, breaking, inspect, log, presets, setup, tabs};
use crate::page::actions::{Action, Look};
use crate::ui::Panel;
use yew::prelude::*;

const TITLES: [&str; 5] = ["Set-up", "Break it", "Story", "Inspect", "Gallery"];

/// The side panel.
pub fn side(room: &Room) -> Html {
    let ui = &room.view.ui;
    let all = Panel::ALL.into_iter().zip(TITLES);
    let shown = all.filter(|((name, _), _)| !ui.hidden.contains(name));
    let (panels, titles): (Vec<Panel>, Vec<&str>) =
        shown.map(|((_, panel), title)| (panel, title)).unzip();
    let open = panels.iter().position(|panel| *panel == ui.panel);
    let open = open.unwrap_or(0);
    let Some(panel) = panels.get(open).copied() else {
        return html! { <aside class="side" hidden=true></aside> };
    };
    let pane = match panel {
        Panel::Log => html! { <log::Log ..room.clone() /> },
        Panel::Break => breaking::breaking(room),
        Panel::Inspect => inspect::inspect(room),
        Panel::Presets => presets::gallery(room),
        Panel::Setup => setup::setup(room),
    };
    let tabs = tabs::titles(&titles, open);
    let choose = room
        .act
        .reform(move |index: usize| Action::Look(Look::Open(panels[index % panels.len()])));
    html! {
        <aside class="side" aria-label="Side panel">
            <tabs::Tabs label="Side panel" controls="pane" {tabs} {choose} />
            <div class="pane" id="pane" role="tabpanel" aria-labelledby={format!("pane-tab-{open}")} key={titles[open]}>{ pane }</div>
        </aside>
    }
}

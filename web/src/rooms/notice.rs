//! What has to be said above everything else, with a way out.

use super::Room;
use crate::page::actions::{Change, Look};
use quorumscope_core::scenario::Scenario;
use std::rc::Rc;
use yew::prelude::*;

/// The notice, if there is one.
pub fn notices(room: &Room) -> Html {
    let notice = room.view.notice.clone();
    let bad = notice.as_ref().is_some_and(|notice| notice.bad);
    let offer = notice.as_ref().is_some_and(|notice| notice.offer_default);
    let fresh = Change::Propose(Rc::new(Scenario::default()));
    html! {
        <div class={classes!("notices", "notice", bad.then_some("bad"))} role={if bad { "alert" } else { "status" }} hidden={notice.is_none()}>
            <p>{ notice.map(|notice| notice.text).unwrap_or_default() }</p>
            <button type="button" class="button" hidden={!offer} onclick={room.on(fresh)}>{ "Start with the default run" }</button>
            <button type="button" class="button" onclick={room.on(Look::Tell(None))}>{ "Close" }</button>
        </div>
    }
}

//! What theory promises for this cluster, next to what this run has shown.

use super::super::Room;
use crate::icons::icon;
use crate::narration::capital;
use crate::view::View;
use yew::prelude::*;

/// Theory and run, side by side.
pub(super) fn theory(room: &Room) -> Html {
    let view = &room.view;
    let quorums = view.quorums;
    let (traitors, mute) = faulty(view);
    let safe = quorums.safe_with(traitors);
    let left = quorums.n.saturating_sub(traitors + mute);
    let live = safe && quorums.live_with(left);
    let formula = format!(
        "n = {} tolerates {} · quorum {}",
        quorums.n, quorums.f, quorums.quorum
    );
    html! {
        <section class="theory" aria-label="What theory promises, and what this run has shown">
            <p class="formula">{ formula }</p>
            <table class="verdicts">
                <thead><tr><th scope="col"><span class="visually-hidden">{ "Promise" }</span></th><th scope="col">{ "Theory" }</th><th scope="col">{ "This run" }</th></tr></thead>
                <tbody>
                    <tr key="progress">
                        <th scope="row">{ "Progress" }</th>
                        <td>{ verdict(Some(live), "promised", "no promise") }</td>
                        <td>{ progress(view) }</td>
                    </tr>
                    { for view.present.promises.iter().filter(|promise| promise.name != "progress").map(|promise| html! {
                        <tr key={promise.name} title={promise.says}>
                            <th scope="row">{ capital(promise.name) }</th>
                            <td>{ verdict(Some(promise.given_with(quorums, traitors)), "promised", "no promise") }</td>
                            <td>{ verdict(Some(promise.holds()), "holds", "broken") }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
            { warning(view, traitors, left) }
        </section>
    }
}

/// How many replicas lie or have forgotten what they said, and how many more just do not answer.
fn faulty(view: &View) -> (u32, u32) {
    let replicas = view.present.actors.iter().filter(|actor| !actor.client);
    let (mut traitors, mut mute) = (0, 0);
    for actor in replicas {
        let condition = actor.condition;
        if !condition.honest || condition.stale {
            traitors += 1;
        } else if !condition.up || condition.silent {
            mute += 1;
        }
    }
    (
        traitors.max(crate::setup::traitors(&view.scenario).len() as u32),
        mute,
    )
}

fn verdict(good: Option<bool>, yes: &str, no: &str) -> Html {
    let (class, sign, word) = match good {
        Some(true) => ("good", "check", yes),
        Some(false) => ("bad", "cross", no),
        None => ("open", "wait", yes),
    };
    html! { <span class={classes!("verdict", class)}>{ icon(sign) }{ word.to_string() }</span> }
}

/// What the clients have got so far.
fn progress(view: &View) -> Html {
    let clients = view.present.actors.iter().filter(|actor| actor.client);
    let (mut asked, mut answered) = (0, 0);
    for client in clients {
        asked += client.asked as u64;
        answered += client.sketch.executed;
    }
    let says = match asked {
        0 => "none asked".into(),
        _ => format!("{answered} of {asked}"),
    };
    let stuck = view.present.ended && answered < asked;
    verdict(
        if stuck {
            Some(false)
        } else if asked > 0 && answered == asked {
            Some(true)
        } else {
            None
        },
        &says,
        &says,
    )
}

/// What may go wrong, in words, when theory gives less than everything.
fn warning(view: &View, traitors: u32, left: u32) -> Html {
    let quorums = view.quorums;
    let safe = quorums.safe_with(traitors);
    let mut says = Vec::new();
    if !safe {
        says.push(format!(
            "With {traitors} traitors among {}, two quorums may share none but traitors: honest replicas may execute different requests.",
            quorums.n
        ));
    } else if !quorums.live_with(left) {
        says.push(format!(
            "Only {left} of {} are left to vote, and a quorum takes {}: nothing wrong is decided, but perhaps nothing at all.",
            quorums.n, quorums.quorum
        ));
    }
    if !quorums.vouches_with(traitors) {
        says.push(format!(
            "A client believes {} equal answers, and the traitors alone can give them.",
            quorums.weak()
        ));
    }
    html! { <p class={classes!("warning", (!safe).then_some("bad"))} role="status" hidden={says.is_empty()}>{ says.join(" ") }</p> }
}

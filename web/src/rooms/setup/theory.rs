//! What theory promises for this cluster, next to what this run has shown.

use super::super::Room;
use crate::icons::icon;
use crate::narration::capital;
use crate::theory::{Hope, Theory};
use crate::view::View;
use yew::prelude::*;

/// Theory and run, side by side.
pub(super) fn theory(room: &Room) -> Html {
    let view = &room.view;
    let theory = Theory::of(&view.present, &view.scenario, &view.lens);
    let quorums = theory.quorums;
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
                        <td>{ hope(theory.progress()) }</td>
                        <td>{ seen(view, progress(view)) }</td>
                    </tr>
                    { for view.present.promises.iter().filter(|promise| promise.name != "progress").map(|promise| html! {
                        <tr key={promise.name} title={promise.says}>
                            <th scope="row">{ capital(promise.name) }</th>
                            <td>{ verdict(Some(promise.given_with(quorums, theory.unreliable())), "promised", "no promise") }</td>
                            <td>{ seen(view, verdict(Some(promise.holds()), "holds", "broken")) }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
            { warning(&theory) }
        </section>
    }
}

/// What this run has shown is for observers: no node knows it.
fn seen(view: &View, shown: Html) -> Html {
    match view.ui.through {
        Some(_) => verdict(None, "not known", ""),
        None => shown,
    }
}

fn hope(hope: Hope) -> Html {
    match hope {
        Hope::Promised => verdict(Some(true), "promised", ""),
        Hope::NotWhileCut => verdict(None, "not while cut", ""),
        Hope::None => verdict(Some(false), "", "no promise"),
    }
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
    let (asked, answered) = view.present.asked_and_answered();
    let says = match asked {
        0 => "none asked".into(),
        _ => format!("{answered} of {asked}"),
    };
    let stuck = view.present.ended && answered < asked;
    let good = match asked {
        _ if stuck => Some(false),
        0 => None,
        _ => (answered == asked).then_some(true),
    };
    verdict(good, &says, &says)
}

/// What may go wrong, in words, when theory gives less than everything.
fn warning(theory: &Theory) -> Html {
    let says = theory.warnings();
    let bad = !theory.safe();
    html! { <p class={classes!("warning", bad.then_some("bad"))} role="status" hidden={says.is_empty()}>{ says.join(" ") }</p> }
}

//! What theory promises for this cluster, next to what this run has shown.

use super::super::Room;
use crate::browser::icons::icon;
use crate::page::view::View;
use crate::text::capital;
use quorumscope_core::outlook::Outlook;
use quorumscope_core::promise::{Given, Standing};
use yew::prelude::*;

/// Theory and run, side by side.
pub(super) fn theory(room: &Room) -> Html {
    let view = &room.view;
    let outlook = view.reader.outlook();
    let formula = view.scenario.quorums().map(|votes| {
        format!(
            "n = {} tolerates f = {} · quorum {}",
            votes.n, votes.f, votes.quorum
        )
    });
    let now = view.ui.through.is_none().then(|| view.present.traitors());
    let corruptible = !view.scenario.spec.behaviours.is_empty();
    html! {
        <section class="theory" aria-label="What theory promises, and what this run has shown">
            { for formula.map(|formula| html! { <p class="formula">{ formula }</p> }) }
            { for now.filter(|_| corruptible).map(|now| html! { <p class="now">{ format!("Traitors now: {now}") }</p> }) }
            <table class="verdicts">
                <thead><tr><th scope="col"><span class="visually-hidden">{ "Promise" }</span></th><th scope="col">{ "Theory" }</th><th scope="col">{ "This run" }</th></tr></thead>
                <tbody>
                    { for view.present.promises.iter().map(|standing| row(view, standing, &outlook)) }
                </tbody>
            </table>
            { warning(&outlook) }
        </section>
    }
}

/// One promise: whether theory gives it, and what became of it.
fn row(view: &View, standing: &Standing, outlook: &Outlook) -> Html {
    let promise = standing.promise;
    let given = match outlook.gives(promise) {
        Given::Promised => verdict(Some(true), "promised", ""),
        Given::NotNow(why) => because(&why, verdict(None, "not now", "")),
        Given::Never(why) => because(&why, verdict(Some(false), "", "no promise")),
    };
    let shown = match (promise.settles(), standing.holds(), standing.judged) {
        (_, false, _) => verdict(Some(false), "", "broken"),
        (true, true, _) => answered(view),
        (false, true, true) => verdict(Some(true), "holds", ""),
        (false, true, false) => verdict(None, "not judged", ""),
    };
    html! {
        <tr key={promise.name} title={promise.says}>
            <th scope="row">{ capital(promise.name) }</th>
            <td>{ given }</td>
            <td>{ seen(view, shown) }</td>
        </tr>
    }
}

/// A verdict with its reason.
fn because(why: &str, verdict: Html) -> Html {
    html! { <span title={why.to_string()}>{ verdict }</span> }
}

/// What this run has shown is for observers: no node knows it.
fn seen(view: &View, shown: Html) -> Html {
    match view.ui.through {
        Some(_) => verdict(None, "not known", ""),
        None => shown,
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
fn answered(view: &View) -> Html {
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
fn warning(outlook: &Outlook) -> Html {
    let says = outlook.warnings();
    let bad = !outlook.safe();
    html! { <p class={classes!("warning", bad.then_some("bad"))} role="status" hidden={says.is_empty()}>{ says.join(" ") }</p> }
}

//! What a traitor can say in pBFT without forging anyone's signature.

use super::message::{Batch, Msg, NULL, NewView, Proposal};
use super::replica::Replica;
use super::{Pbft, message};
use crate::protocol::{Input, Label, Out};
use std::rc::Rc;

/// What a traitor sends in place of `msg`.
pub(super) fn lie(liar: &Replica, name: &str, msg: &Msg, bits: u64) -> Vec<Msg> {
    let other = match name {
        "lying-new-view" => alternative(liar, "empty-view", msg),
        "corrupt-reply" => alternative(liar, "false-result", msg),
        "double-vote" => return with(msg, vote_for_other(msg, bits), false),
        "equivocate" => {
            return with(msg, alternative(liar, "null-proposal", msg), bits & 1 == 1);
        }
        _ => None,
    };
    vec![other.unwrap_or_else(|| msg.clone())]
}

/// A message and a contradiction of it, in either order.
fn with(msg: &Msg, other: Option<Msg>, other_first: bool) -> Vec<Msg> {
    let mut both: Vec<Msg> = std::iter::once(msg.clone()).chain(other).collect();
    if other_first {
        both.reverse();
    }
    both
}

/// Another message that this replica could sign in place of `msg`.
pub(super) fn alternative(liar: &Replica, choice: &str, msg: &Msg) -> Option<Msg> {
    match (choice, msg) {
        ("null-proposal", Msg::PrePrepare(label, batch)) if !batch.is_empty() => {
            Some(Msg::PrePrepare(null_at(*label), Rc::new([])))
        }
        ("other-request", Msg::PrePrepare(label, batch)) => {
            let other = liar.waiting.iter().find(|op| !batch.contains(op))?;
            let batch: Batch = Rc::new([*other]);
            let label = Label {
                digest: message::digest(&batch),
                ..*label
            };
            Some(Msg::PrePrepare(label, batch))
        }
        ("other-digest", _) => vote_for_other(msg, 0),
        (
            "false-result",
            Msg::Reply {
                view,
                op,
                tentative,
                ..
            },
        ) => Some(Msg::Reply {
            view: *view,
            op: *op,
            result: message::op_digest(*op).rotate_left(13),
            tentative: *tentative,
        }),
        ("empty-view", Msg::NewView(new)) => {
            Some(Msg::NewView(liar.seat.sign(emptied(new.body()))))
        }
        _ => None,
    }
}

/// The same vote for another digest.
const fn vote_for_other(msg: &Msg, bits: u64) -> Option<Msg> {
    match msg {
        Msg::Prepare(label) => Some(Msg::Prepare(other(*label, bits))),
        Msg::Commit(label) => Some(Msg::Commit(other(*label, bits))),
        _ => None,
    }
}

/// The null request at the same place.
const fn null_at(label: Label) -> Label {
    Label {
        digest: NULL,
        ..label
    }
}

/// Another digest at the same place.
const fn other(label: Label, bits: u64) -> Label {
    Label {
        digest: label.digest ^ (bits | 1),
        ..label
    }
}

/// O without what must carry over: null in place of each request.
fn emptied(new: &NewView) -> NewView {
    let empty = |proposal: &Proposal| Proposal::null(proposal.sequence);
    NewView {
        view: new.view,
        changes: new.changes.clone(),
        proposals: new.proposals.iter().map(empty).collect(),
    }
}

/// A second face that leads a view puts null where the first one puts its first request, so that
/// the two stories differ at every sequence number from there.
pub(super) fn tell_another_story(
    replica: &mut Replica,
    input: &Input<'_, Pbft>,
    out: &mut Out<Pbft>,
) {
    // What a traitor lost, its first copy has said.
    if matches!(input, Input::Start) {
        replica.lost = None;
    }
    let asked = matches!(
        input,
        Input::Message {
            msg: Msg::Request(_) | Msg::Relay(_),
            ..
        }
    );
    let leads = replica.active && replica.is_primary() && replica.next <= replica.log.high();
    if asked && leads && replica.twisted != Some(replica.view) {
        replica.twisted = Some(replica.view);
        replica.propose(Rc::new([]), out);
    }
}

#[cfg(test)]
mod tests;

//! What a traitor can say in pBFT without forging anyone's signature.

use super::certificate::{CheckpointProof, Prepared};
use super::checkpoint::Image;
use super::message::{Batch, Msg, NULL, NewView, Proposal, StateReply, ViewChange};
use super::replica::Replica;
use super::{Pbft, message};
use crate::protocol::{Input, Label, Out};
use crate::rng::mix;
use std::rc::Rc;

/// What a traitor sends in place of `msg`.
pub(super) fn lie(liar: &Replica, name: &str, msg: &Msg, bits: u64) -> Vec<Msg> {
    let other = match name {
        "lying-new-view" => alternative(liar, "empty-view", msg),
        "corrupt-reply" => alternative(liar, "false-result", msg),
        "lying-checkpoint" => return deny_checkpoint(liar, msg).into_iter().collect(),
        "far-view" => far_view(liar, msg, bits),
        "wrong-state" | "old-state" | "hidden-prepared" => alternative(liar, name, msg),
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
        ("other-state", Msg::Checkpoint { sequence, digest }) => Some(Msg::Checkpoint {
            sequence: *sequence,
            digest: mix(*digest),
        }),
        ("wrong-state", Msg::StateReply(reply)) => Some(Msg::StateReply(Rc::new(spoilt(reply)?))),
        ("old-state", Msg::StateReply(_)) => Some(Msg::StateReply(Rc::new(first_state(liar)))),
        ("hidden-prepared", Msg::ViewChange(change)) if !change.body().prepared.is_empty() => {
            Some(Msg::ViewChange(liar.seat.sign(ViewChange {
                prepared: Vec::new(),
                ..change.body().clone()
            })))
        }
        ("far-view", _) => far_view(liar, msg, FAR),
        _ => None,
    }
}

/// Another state in place of its own, and nothing that would prove the true one.
fn deny_checkpoint(liar: &Replica, msg: &Msg) -> Option<Msg> {
    match msg {
        Msg::Checkpoint { .. } => alternative(liar, "other-state", msg),
        Msg::StateReply(_) => alternative(liar, "old-state", msg),
        Msg::ViewChange(change) => {
            let mut body = change.body().clone();
            body.stable = CheckpointProof::default();
            let within = |one: &Prepared| one.label().sequence <= liar.seat.settings.window;
            body.prepared.retain(within);
            Some(Msg::ViewChange(liar.seat.sign(body)))
        }
        // Its own VIEW-CHANGE in there has the proof.
        Msg::NewView(_) if liar.log.low() > 0 => None,
        _ => Some(msg.clone()),
    }
}

/// How many views ahead a traitor goes that is told to ask for one far ahead.
const FAR: u64 = 1000;

/// The same VIEW-CHANGE for a later view.
fn far_view(liar: &Replica, msg: &Msg, ahead: u64) -> Option<Msg> {
    let Msg::ViewChange(change) = msg else {
        return None;
    };
    let ahead = u32::try_from(ahead).unwrap_or(u32::MAX);
    Some(Msg::ViewChange(liar.seat.sign(ViewChange {
        view: change.body().view.saturating_add(ahead),
        ..change.body().clone()
    })))
}

/// The same proof with a state that is not the one that it proves, if a state goes with it.
fn spoilt(reply: &StateReply) -> Option<StateReply> {
    let (proof, image) = &reply.stable;
    let image = Image {
        state: mix(image.as_ref()?.state),
        ..Image::clone(image.as_ref()?)
    };
    Some(StateReply {
        stable: (proof.clone(), Some(Rc::new(image))),
        ..reply.clone()
    })
}

/// The state before the first request, and nothing since.
fn first_state(liar: &Replica) -> StateReply {
    let image = Image::first(liar.seat.cast.clients().into());
    StateReply {
        stable: (CheckpointProof::default(), Some(Rc::new(image))),
        committed: Vec::new(),
        new_view: None,
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

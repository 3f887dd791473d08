//! What a traitor can say in pBFT without forging anyone's signature.

use super::message::{Msg, NULL, NewView, Proposal};
use super::replica::Replica;
use super::{Pbft, message};
use crate::protocol::{Input, Label, Out};
use std::rc::Rc;

/// The lies by name.
pub(super) const NAMES: &[&str] = &[
    "double-vote",
    "corrupt-reply",
    "lying-new-view",
    "equivocate",
];

/// What a traitor sends in place of `msg`.
pub(super) fn lie(liar: &Replica, name: &str, msg: &Msg, bits: u64) -> Vec<Msg> {
    match (name, msg) {
        ("lying-new-view", Msg::NewView(new)) => {
            vec![Msg::NewView(liar.seat.sign(emptied(new.body())))]
        }
        ("double-vote", Msg::Prepare(label)) => {
            vec![msg.clone(), Msg::Prepare(other(*label, bits))]
        }
        ("double-vote", Msg::Commit(label)) => vec![msg.clone(), Msg::Commit(other(*label, bits))],
        ("equivocate", Msg::PrePrepare(label, _)) => {
            let null = Msg::PrePrepare(null_at(*label), Rc::new([]));
            if bits & 1 == 0 {
                vec![msg.clone(), null]
            } else {
                vec![null, msg.clone()]
            }
        }
        (
            "corrupt-reply",
            Msg::Reply {
                view,
                op,
                tentative,
                ..
            },
        ) => vec![Msg::Reply {
            view: *view,
            op: *op,
            result: message::op_digest(*op).rotate_left(13),
            tentative: *tentative,
        }],
        _ => vec![msg.clone()],
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

//! One node alone, for the tests of each room: what it is handed, what it leaves behind, and
//! what others could have signed.

use super::certificate::{CheckpointProof, Prepared};
use super::checkpoint::Image;
use super::message::{Batch, Msg, NewView, Proposal, StateReply, ViewChange, digest};
use super::replica::Replica;
use super::{Pbft, Timer};
use crate::protocol::{Effect, Input, Label, NodeId, Op, Out, Signed, Stamp, Voters};
use crate::systems::pbft::{Seat, Settings};
use crate::time::Span;
use std::rc::Rc;

/// One of four replicas (f = 1, Q = 3) that serve one client, node 4.
pub(super) fn replica(id: u16) -> Replica {
    replica_with(id, Settings::default())
}

pub(super) fn replica_with(id: u16, settings: Settings) -> Replica {
    Replica::new(seat(id, settings))
}

/// One of four replicas that serve so many clients, nodes 4 and up.
pub(super) fn replica_serving(clients: u16, id: u16) -> Replica {
    let mut seat = seat(id, Settings::default());
    seat.cast = seat.cast.with(1, clients);
    Replica::new(seat)
}

pub(super) fn seat(id: u16, settings: Settings) -> Seat {
    Seat::among(id, 4, settings)
}

/// A checkpoint at every second sequence number, so that tests stay short.
pub(super) fn every_second() -> Settings {
    Settings {
        checkpoint_interval: 2,
        window: 4,
        ..Settings::default()
    }
}

pub(super) const fn op(number: u32) -> Op {
    Op::plain(NodeId(4), number, false)
}

pub(super) fn batch(number: u32) -> Batch {
    Rc::new([op(number)])
}

pub(super) fn label(view: u32, sequence: u64, batch: &Batch) -> Label {
    Label {
        view,
        sequence,
        digest: digest(batch),
    }
}

pub(super) const fn stamp(id: u16) -> Stamp {
    Stamp::new(NodeId(id))
}

pub(super) fn voters(ids: &[u16]) -> Voters {
    let mut voters = Voters::default();
    for id in ids {
        voters.insert(stamp(*id));
    }
    voters
}

/// What a node leaves behind after one input.
pub(super) struct After(Vec<Effect<Pbft>>);

impl After {
    pub(super) fn effects(&self) -> &[Effect<Pbft>] {
        &self.0
    }

    /// The rules that it names, in order.
    pub(super) fn rules(&self) -> Vec<&'static str> {
        let rule = |effect: &Effect<Pbft>| match effect {
            Effect::Because(rule, _) => Some(rule.name),
            _ => None,
        };
        self.0.iter().filter_map(rule).collect()
    }

    /// The kinds of message that it sends, in order.
    pub(super) fn kinds(&self) -> Vec<&'static str> {
        use crate::protocol::Message;
        let kinds = self.messages().into_iter().map(Message::kind);
        kinds.map(|kind| super::kinds::KINDS[kind].name).collect()
    }

    /// The messages themselves.
    pub(super) fn messages(&self) -> Vec<&Msg> {
        let sent = self.0.iter().filter_map(|effect| match effect {
            Effect::Send(_, msg) => Some(msg),
            _ => None,
        });
        sent.collect()
    }

    /// For how long it sets a timer, if it does.
    pub(super) fn sets(&self, timer: Timer) -> Option<Span> {
        self.0.iter().find_map(|effect| match effect {
            Effect::SetTimer(set, span) if *set == timer => Some(*span),
            _ => None,
        })
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }
}

pub(super) fn hand(replica: &mut Replica, input: Input<'_, Pbft>) -> After {
    let mut out = Out::default();
    replica.step(input, &mut out);
    After(out.drain().collect())
}

/// What a client leaves behind.
pub(super) fn hand_client(client: &mut super::Client, input: Input<'_, Pbft>) -> After {
    let mut out = Out::default();
    client.step(input, &mut out);
    After(out.drain().collect())
}

/// A replica hears a message.
pub(super) fn hear(replica: &mut Replica, from: u16, msg: &Msg) -> After {
    let from = stamp(from);
    hand(replica, Input::Message { from, msg })
}

pub(super) fn expire(replica: &mut Replica, timer: Timer) -> After {
    hand(replica, Input::Timer(timer))
}

/// The primary of view 0 proposes, to one of its backups.
pub(super) fn propose(replica: &mut Replica, sequence: u64, batch: &Batch) -> After {
    let label = label(0, sequence, batch);
    hear(replica, 0, &Msg::PrePrepare(label, batch.clone()))
}

/// A backup of view 0 hears all that it takes to execute a batch.
pub(super) fn execute(replica: &mut Replica, sequence: u64, batch: &Batch) -> After {
    let label = label(0, sequence, batch);
    propose(replica, sequence, batch);
    for from in others(replica) {
        hear(replica, from, &Msg::Prepare(label));
    }
    let commits = others(replica).map(|from| hear(replica, from, &Msg::Commit(label)));
    After(commits.into_iter().flat_map(|after| after.0).collect())
}

/// The three others.
pub(super) fn others(replica: &Replica) -> [u16; 3] {
    let id = replica.id().0;
    [1, 2, 3].map(|step| (id + step) % 4)
}

/// The state after `sequence`, as it would be if one request had been executed at each.
pub(super) fn image(sequence: u64) -> Rc<Image> {
    let mut image = Image::first(1);
    image.sequence = sequence;
    image.state = 1000 + sequence;
    image.records[0].number = sequence as u32;
    Rc::new(image)
}

/// Proof by a quorum that this is the state.
pub(super) fn proof(image: &Image) -> CheckpointProof {
    CheckpointProof::new(image.sequence, image.digest(), &voters(&[0, 2, 3]))
}

/// A stable checkpoint as another replica supplies it.
pub(super) fn supply(image: &Rc<Image>) -> StateReply {
    StateReply {
        stable: (proof(image), Some(image.clone())),
        committed: Vec::new(),
        new_view: None,
    }
}

pub(super) fn tell(replica: &mut Replica, reply: StateReply) -> After {
    hear(replica, 2, &Msg::StateReply(Rc::new(reply)))
}

/// A certificate of backups 2 and 3.
pub(super) fn prepared(view: u32, sequence: u64, number: u32) -> Prepared {
    let batch = batch(number);
    let backups = if view % 4 < 2 { [2, 3] } else { [0, 1] };
    Prepared::new(label(view, sequence, &batch), batch, &voters(&backups))
}

/// A VIEW-CHANGE of a replica that has prepared nothing.
pub(super) fn change(by: u16, view: u32) -> Signed<ViewChange> {
    let body = ViewChange {
        view,
        stable: CheckpointProof::default(),
        prepared: Vec::new(),
    };
    seat(by, Settings::default()).sign(body)
}

pub(super) fn hear_change(replica: &mut Replica, change: &Signed<ViewChange>) -> After {
    let from = change.by().0;
    hear(replica, from, &Msg::ViewChange(change.clone()))
}

/// A NEW-VIEW that `by` signs.
pub(super) fn new_view(
    by: u16,
    view: u32,
    changes: &[Signed<ViewChange>],
    proposals: &[Proposal],
) -> Signed<NewView> {
    let body = NewView {
        view,
        changes: changes.to_vec(),
        proposals: proposals.to_vec(),
    };
    seat(by, Settings::default()).sign(body)
}

/// View 1 as its primary opens it, when nothing has to carry over.
pub(super) fn view_one() -> Signed<NewView> {
    new_view(1, 1, &[change(0, 1), change(1, 1), change(2, 1)], &[])
}

pub(super) fn hear_new_view(replica: &mut Replica, new: &Signed<NewView>) -> After {
    hear(replica, new.by().0, &Msg::NewView(new.clone()))
}

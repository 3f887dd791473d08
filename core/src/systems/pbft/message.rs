//! The messages of pBFT (sections 4.1 to 4.4), and how observers read them.

use super::certificate::{CheckpointProof, Committed, Prepared};
use super::kinds::KINDS;
use crate::protocol::{Label, Message, NodeId, Op, Signed, value_name};
use crate::rng::mix;
use serde_json::{Value, json};
use std::rc::Rc;

/// What stands at one sequence number: requests in order, or none for null.
pub(super) type Batch = Rc<[Op]>;

/// The digest of the null request.
pub(super) const NULL: u64 = 0;

/// The digest of a batch; [`NULL`] for the null request.
#[must_use]
pub(super) fn digest(batch: &[Op]) -> u64 {
    let fold = |hash, op: &Op| mix(mix(hash ^ op_digest(*op)));
    batch.iter().fold(NULL, fold)
}

/// The digest of one request: never 0.
pub(super) const fn op_digest(op: Op) -> u64 {
    let name = (op.client.0 as u64) << 33 | (op.number as u64) << 1 | op.read as u64;
    mix(name.wrapping_add(0x5EED)) | 1
}

/// A message of pBFT.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A client asks to have an operation ordered and executed.
    Request(Op),
    /// A client asks to read from the state at hand (section 5.1).
    Read(Op),
    /// The primary proposes a batch at (view, sequence).
    PrePrepare(Label, Batch),
    /// A backup accepted that proposal.
    Prepare(Label),
    /// A replica holds a prepared certificate for it.
    Commit(Label),
    /// The result of an operation.
    Reply {
        /// The replica's view.
        view: u32,
        /// The operation.
        op: Op,
        /// Its result.
        result: u64,
        /// Executed when prepared, or read without ordering: a quorum must agree.
        tentative: bool,
    },
    /// The digest of the state after a sequence number.
    Checkpoint {
        /// The sequence number.
        sequence: u64,
        /// The state's digest there.
        digest: u64,
    },
    /// A replica gives up the view before.
    ViewChange(Signed<ViewChange>),
    /// The new primary opens a view.
    NewView(Signed<NewView>),
    /// A replica asks for what it lacks.
    StateRequest(Progress),
    /// What another replica can prove to it.
    StateReply(Rc<StateReply>),
    /// A backup passes a request on to the primary.
    Relay(Op),
    /// A replica says how far it is, so that those ahead supply what it lacks.
    Status(Progress),
}

/// How far a replica is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it executed last.
    pub executed: u64,
    /// The view it is in or moving to.
    pub view: u32,
    /// Whether it takes part in that view.
    pub active: bool,
}

/// VIEW-CHANGE: v+1, h, C and P (section 4.4).
#[derive(Clone, Debug)]
pub struct ViewChange {
    /// The view it wants to move to.
    pub view: u32,
    /// Its last stable checkpoint, proved.
    pub stable: CheckpointProof,
    /// For each sequence number above that was prepared, the certificate of the highest view.
    pub prepared: Vec<Prepared>,
}

/// NEW-VIEW: v+1, V and O (section 4.4).
#[derive(Clone, Debug)]
pub struct NewView {
    /// The view that it opens.
    pub view: u32,
    /// The VIEW-CHANGEs that it follows from.
    pub changes: Vec<Signed<ViewChange>>,
    /// What must stand where: sequence number, digest and batch.
    pub proposals: Vec<Proposal>,
}

/// One entry of O.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Sequence number.
    pub sequence: u64,
    /// Digest of the batch.
    pub digest: u64,
    /// The batch itself.
    pub batch: Batch,
}

impl Proposal {
    /// Null at a sequence number: no operation.
    pub(super) fn null(sequence: u64) -> Self {
        Self {
            sequence,
            digest: NULL,
            batch: Rc::new([]),
        }
    }
}

/// What a replica that fell behind is given.
#[derive(Clone, Debug)]
pub struct StateReply {
    /// The sender's last stable checkpoint, with its state if the asker lacks it.
    pub stable: (CheckpointProof, Option<Rc<super::checkpoint::Image>>),
    /// Committed certificates beyond it.
    pub committed: Vec<Committed>,
    /// The NEW-VIEW of the sender's view, if the asker is not in it.
    pub new_view: Option<Signed<NewView>>,
}

impl Message for Msg {
    #[inline]
    fn kind(&self) -> usize {
        match self {
            Self::Request(_) | Self::Read(_) => 0,
            Self::PrePrepare(..) => 1,
            Self::Prepare(_) => 2,
            Self::Commit(_) => 3,
            Self::Reply { .. } => 4,
            Self::Checkpoint { .. } => 5,
            Self::ViewChange(_) => 6,
            Self::NewView(_) => 7,
            Self::StateRequest(_) => 8,
            Self::StateReply(_) => 9,
            Self::Relay(_) => 10,
            Self::Status(_) => 11,
        }
    }

    #[inline]
    fn label(&self) -> Label {
        match self {
            Self::PrePrepare(label, _) | Self::Prepare(label) | Self::Commit(label) => *label,
            Self::Request(op) | Self::Read(op) | Self::Relay(op) => of_op(*op, 0, op_digest(*op)),
            Self::Reply {
                view, op, result, ..
            } => of_op(*op, *view, *result),
            Self::Checkpoint { sequence, digest } => Label {
                view: 0,
                sequence: *sequence,
                digest: *digest,
            },
            Self::ViewChange(change) => of_view(change.body().view),
            Self::NewView(new) => of_view(new.body().view),
            Self::StateRequest(progress) | Self::Status(progress) => Label {
                view: progress.view,
                sequence: progress.executed,
                digest: 0,
            },
            Self::StateReply(reply) => Label {
                view: reply.new_view.as_ref().map_or(0, |new| new.body().view),
                sequence: reply.stable.0.sequence(),
                digest: reply.stable.0.digest(),
            },
        }
    }

    fn asker(&self) -> Option<NodeId> {
        match self {
            Self::Request(op) | Self::Read(op) | Self::Relay(op) => Some(op.client),
            _ => None,
        }
    }

    fn value(&self) -> Option<&Batch> {
        match self {
            Self::PrePrepare(_, batch) => Some(batch),
            _ => None,
        }
    }

    fn contents(&self) -> Value {
        let label = self.label();
        let mut all = json!({ "kind": KINDS[self.kind()].name });
        let more = match self {
            Self::Request(op) | Self::Read(op) | Self::Relay(op) => {
                json!({ "operation": op.to_string(), "read": op.read })
            }
            Self::PrePrepare(_, batch) => described(label, Some(value_name(batch))),
            Self::Prepare(_) | Self::Commit(_) => described(label, None),
            Self::Reply {
                view,
                op,
                result,
                tentative,
            } => json!({ "view": view, "operation": op.to_string(), "result": hex(*result),
                "tentative": tentative }),
            Self::Checkpoint { sequence, digest } => {
                json!({ "sequence": sequence, "state": hex(*digest) })
            }
            Self::ViewChange(change) => describe_change(change),
            Self::NewView(new) => json!({ "view": new.body().view,
                "changes": new.body().changes.iter().map(describe_change).collect::<Vec<_>>(),
                "proposals": new.body().proposals.iter().map(|p| json!({
                    "sequence": p.sequence, "value": value_name(&p.batch), "digest": hex(p.digest),
                })).collect::<Vec<_>>() }),
            Self::StateRequest(progress) | Self::Status(progress) => {
                json!({ "executed": progress.executed, "view": progress.view,
                    "active": progress.active })
            }
            Self::StateReply(reply) => json!({ "stable": reply.stable.0.describe(),
                "with_state": reply.stable.1.is_some(),
                "committed": reply.committed.iter().map(Committed::describe).collect::<Vec<_>>(),
                "new_view": reply.new_view.as_ref().map(|new| new.body().view) }),
        };
        if let (Value::Object(all), Value::Object(more)) = (&mut all, more) {
            all.extend(more);
        }
        all
    }

    fn garbled(&self, bits: u64) -> Option<Self> {
        let spoil = |label: &Label| Label {
            digest: label.digest ^ bits,
            ..*label
        };
        match self {
            Self::PrePrepare(label, batch) => Some(Self::PrePrepare(spoil(label), batch.clone())),
            Self::Prepare(label) => Some(Self::Prepare(spoil(label))),
            Self::Commit(label) => Some(Self::Commit(spoil(label))),
            Self::Checkpoint { sequence, digest } => Some(Self::Checkpoint {
                sequence: *sequence,
                digest: digest ^ bits,
            }),
            Self::Reply {
                view,
                op,
                result,
                tentative,
            } => Some(Self::Reply {
                view: *view,
                op: *op,
                result: result ^ bits,
                tentative: *tentative,
            }),
            _ => None,
        }
    }
}

const fn of_op(op: Op, view: u32, digest: u64) -> Label {
    Label {
        view,
        sequence: op.number as u64,
        digest,
    }
}

const fn of_view(view: u32) -> Label {
    Label {
        view,
        sequence: 0,
        digest: 0,
    }
}

/// A digest as reports print it.
pub(super) fn hex(digest: u64) -> String {
    format!("{digest:016x}")
}

fn described(label: Label, value: Option<String>) -> Value {
    let mut all = json!({ "view": label.view, "sequence": label.sequence,
        "digest": hex(label.digest) });
    if let Some(value) = value {
        all["value"] = value.into();
    }
    all
}

fn describe_change(change: &Signed<ViewChange>) -> Value {
    let body = change.body();
    json!({ "from": change.by(), "view": body.view, "stable": body.stable.describe(),
        "prepared": body.prepared.iter().map(Prepared::describe).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests;

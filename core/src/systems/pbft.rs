//! Practical Byzantine fault tolerance (Castro & Liskov, OSDI 1999).
//!
//! One room for each part of the protocol; the paper's sections stand beside
//! the rules that they ask for. Honest code holds no traitor flag: what a
//! traitor does differently is in `lies`.

mod catch_up;
mod certificate;
mod checkpoint;
mod client;
mod disk;
mod enter;
pub mod flaw;
mod kinds;
mod lies;
mod log;
mod message;
mod normal;
mod portrait;
mod presets;
mod reads;
mod replica;
mod rules;
mod spec;
mod status;
mod view_change;

use crate::cast::Cast;
use crate::knob::Args;
use crate::protocol::{Input, Kept, Moment, NodeId, Out, Portrait, Protocol, Sketch};
use crate::spec::Spec;
use crate::systems::System;
use client::Client;
pub use message::Msg;
use replica::Replica;
pub use spec::{SPEC, Settings};

/// pBFT and its prepared runs.
pub const SYSTEM: System = System {
    spec: SPEC,
    presets: presets::ALL,
};

/// A place in a pBFT cluster.
type Seat = crate::protocol::Seat<Settings>;

/// A node of pBFT: a replica, or a client of the service.
#[derive(Clone, Debug)]
pub enum Pbft {
    /// Orders and executes requests.
    Replica(Box<Replica>),
    /// Asks, and accepts what f+1 replicas answer.
    Client(Box<Client>),
}

/// The timers of pBFT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// A backup waits for a request to execute, or for a new view.
    View,
    /// A VIEW-CHANGE without an answer is sent again.
    Repeat,
    /// A replica that lacks something asks for it.
    CatchUp,
    /// A client waits for its reply.
    Retry,
    /// A replica says how far it is.
    Status,
}

impl Protocol for Pbft {
    type Msg = Msg;
    type Timer = Timer;
    type Settings = Settings;
    const SPEC: &'static Spec = SPEC;

    fn settings(args: &Args, _: &Cast) -> Settings {
        spec::settings(args)
    }

    fn new(seat: Seat) -> Self {
        if seat.serves() {
            Self::Replica(Box::new(Replica::new(seat)))
        } else {
            Self::Client(Box::new(Client::new(seat)))
        }
    }

    #[inline]
    fn step(&mut self, input: Input<'_, Self>, _: &Moment, out: &mut Out<Self>) {
        match self {
            Self::Replica(replica) => replica.step(input, out),
            Self::Client(client) => client.step(input, out),
        }
    }

    fn rebooted(&self, kept: Kept) -> Self {
        match self {
            Self::Replica(replica) => Self::Replica(Box::new(disk::rebooted(replica, kept))),
            Self::Client(client) => Self::Client(Box::new(client.rebooted(kept))),
        }
    }

    fn sketch(&self) -> Sketch {
        match self {
            Self::Replica(replica) => portrait::sketch(replica),
            Self::Client(client) => client.sketch(),
        }
    }

    fn portrait(&self) -> Portrait {
        match self {
            Self::Replica(replica) => portrait::portrait(replica),
            Self::Client(client) => client.portrait(),
        }
    }

    fn timer_name(timer: Timer) -> &'static str {
        match timer {
            Timer::View => "view",
            Timer::Repeat => "repeat",
            Timer::CatchUp => "catch-up",
            Timer::Retry => "retry",
            Timer::Status => "status",
        }
    }

    fn lie(&self, lie: &str, msg: &Msg, _to: NodeId, bits: u64) -> Vec<Msg> {
        match self {
            Self::Replica(replica) => lies::lie(replica, lie, msg, bits),
            Self::Client(_) => vec![msg.clone()],
        }
    }

    fn alternative(&self, choice: &str, msg: &Msg) -> Option<Msg> {
        match self {
            Self::Replica(replica) => lies::alternative(replica, choice, msg),
            Self::Client(_) => None,
        }
    }

    fn step_as_twin(&mut self, input: Input<'_, Self>, moment: &Moment, out: &mut Out<Self>) {
        if let Self::Replica(replica) = self {
            lies::tell_another_story(replica, &input, out);
        }
        self.step(input, moment, out);
    }

    fn provocation() -> Option<Timer> {
        Some(Timer::View)
    }
}

#[cfg(test)]
mod tests;

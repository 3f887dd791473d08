//! A service that scales: clients, a door or two, servers behind it, and what these rest on.
//!
//! The rules have numbers, which stand beside the code that follows them; where they come from is
//! said in `service/rules.rs`. One room for each machine: `client` [12, 13], `balancer` [11, 15,
//! 16, 18], `server` [14, 17, 19], `provider` [19].

mod balancer;
mod client;
mod deadlines;
pub mod flaw;
mod kinds;
mod line;
mod message;
mod numbers;
mod presets;
mod provider;
mod rules;
mod server;
mod spec;
mod workplace;

use crate::cast::Cast;
use crate::knob::Args;
use crate::protocol::{Input, Kept, Label, Moment, Op, Out, Portrait, Protocol, Sketch};
use crate::rng::mix;
use crate::spec::Spec;
use crate::systems::System;
use balancer::Balancer;
use client::Client;
pub use message::Msg;
use provider::Provider;
use server::Server;
pub use spec::{SPEC, Settings};

/// The service and its prepared runs.
pub const SYSTEM: System = System {
    spec: SPEC,
    presets: presets::ALL,
};

/// A place in a service.
type Seat = crate::protocol::Seat<Settings>;

/// The roles by index, in the order of their numbers [6].
const BALANCERS: usize = 0;
const SERVERS: usize = 1;
const PROVIDERS: usize = 2;

/// A machine of the service, or a client.
#[derive(Clone, Debug)]
pub enum Service {
    /// Passes requests on.
    Balancer(Box<Balancer>),
    /// Works.
    Server(Box<Server>),
    /// Answers servers.
    Provider(Box<Provider>),
    /// Asks.
    Client(Box<Client>),
}

/// Timers, and pieces of work by their place at a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// The next deadline of a node: one timer for all that it waits for [6].
    Deadline,
    /// Probes leave.
    Probe,
    /// The balancer thinks about how many servers it rents.
    Scale,
    /// A piece of work, by its place at the machine.
    Piece(u16),
}

impl Protocol for Service {
    type Msg = Msg;
    type Timer = Timer;
    type Settings = Settings;
    const SPEC: &'static Spec = SPEC;

    fn settings(args: &Args, cast: &Cast) -> Settings {
        spec::settings(args, cast)
    }

    fn new(seat: Seat) -> Self {
        match seat.cast.role_index(seat.id()) {
            BALANCERS => Self::Balancer(Box::new(Balancer::new(seat))),
            SERVERS => Self::Server(Box::new(Server::new(seat))),
            PROVIDERS => Self::Provider(Box::new(Provider::new(seat))),
            _ => Self::Client(Box::new(Client::new(seat))),
        }
    }

    #[inline]
    fn step(&mut self, input: Input<'_, Self>, moment: &Moment, out: &mut Out<Self>) {
        match self {
            Self::Balancer(balancer) => balancer.step(input, moment, out),
            Self::Server(server) => server.step(input, moment, out),
            Self::Provider(provider) => provider.step(input, out),
            Self::Client(client) => client.step(input, moment, out),
        }
    }

    /// No disk keeps what a machine was doing [1]; a client knows what it waits for.
    fn rebooted(&self, _: Kept) -> Self {
        match self {
            Self::Balancer(balancer) => Self::Balancer(Box::new(balancer.rebooted())),
            Self::Server(server) => Self::Server(Box::new(server.rebooted())),
            Self::Provider(provider) => Self::Provider(Box::new(provider.rebooted())),
            Self::Client(client) => Self::Client(Box::new(client.rebooted())),
        }
    }

    fn sketch(&self) -> Sketch {
        match self {
            Self::Balancer(balancer) => balancer.sketch(),
            Self::Server(server) => server.sketch(),
            Self::Provider(provider) => provider.sketch(),
            Self::Client(client) => client.sketch(),
        }
    }

    fn portrait(&self) -> Portrait {
        match self {
            Self::Balancer(balancer) => balancer.portrait(),
            Self::Server(server) => server.portrait(),
            Self::Provider(provider) => provider.portrait(),
            Self::Client(client) => client.portrait(),
        }
    }

    fn timer_name(timer: Timer) -> &'static str {
        match timer {
            Timer::Deadline => "deadline",
            Timer::Probe => "probe",
            Timer::Scale => "scale",
            Timer::Piece(_) => "work",
        }
    }
}

/// What an operation is known by in traces.
fn label(op: Op) -> Label {
    Label {
        view: 0,
        sequence: op.number.into(),
        digest: result_of(op),
    }
}

/// A step that is about no operation.
const NOTHING: Label = Label {
    view: 0,
    sequence: 0,
    digest: 0,
};

/// What the work of an operation comes to.
fn result_of(op: Op) -> u64 {
    mix(u64::from(op.client.0) << 32 | u64::from(op.number))
}

/// The bits that come with an operation for one choice about it [2]: the ticket, mixed with what
/// is chosen for.
const fn bits(op: Op, (attempt, part): (u32, u16), which: u16) -> u64 {
    let name = (attempt as u64) << 32 | (part as u64) << 16 | which as u64;
    mix(op.ticket ^ mix(name.wrapping_add(1)))
}

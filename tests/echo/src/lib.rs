//! Echo: clients say something, servers say it again. A whole system, as small as one can be.
//!
//! Clients ask the servers in turn, and the next one where no echo comes in time.

mod spec;

pub use spec::SPEC;

/// Echo, without prepared runs.
pub const SYSTEM: System = System {
    spec: SPEC,
    presets: &[],
};

use quorumscope_core::cast::Cast;
use quorumscope_core::knob::Args;
use quorumscope_core::protocol::{
    Claim, Input, Kept, Label, Message, Moment, NodeId, Op, Out, Protocol, Seat, Sketch,
};
use quorumscope_core::rng::mix;
use quorumscope_core::spec::Spec;
use quorumscope_core::systems::System;
use quorumscope_core::time::Span;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What nodes say: a word, and its echo.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Asks for an echo.
    Ping(Op),
    /// The echo of what was asked; of something else, if it lies.
    Pong(Op, u64),
}

impl Message for Msg {
    fn kind(&self) -> usize {
        match self {
            Self::Ping(_) => 0,
            Self::Pong(..) => 1,
        }
    }

    fn label(&self) -> Label {
        let (Self::Ping(op) | Self::Pong(op, _)) = self;
        label(*op)
    }

    fn contents(&self) -> Value {
        match self {
            Self::Ping(op) => json!({ "op": op }),
            Self::Pong(op, said) => json!({ "op": op, "said": said }),
        }
    }
}

/// The settings of a run.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    timeout: Span,
    in_turn: bool,
}

/// A node of either role.
#[derive(Clone, Debug)]
pub struct Echo {
    seat: Seat<Settings>,
    /// What a client waits for, with how often it asked.
    open: BTreeMap<Op, u32>,
    /// How many pings a server answered, or how many echoes a client heard.
    done: u64,
}

impl Protocol for Echo {
    type Msg = Msg;
    type Timer = Op;
    type Settings = Settings;
    const SPEC: &'static Spec = SPEC;

    fn settings(args: &Args, _: &Cast) -> Settings {
        Settings {
            timeout: args.span("timeout_ms").unwrap_or_default(),
            in_turn: args.flag("in_turn"),
        }
    }

    fn new(seat: Seat<Settings>) -> Self {
        Self {
            seat,
            open: BTreeMap::new(),
            done: 0,
        }
    }

    fn step(&mut self, input: Input<'_, Self>, _: &Moment, out: &mut Out<Self>) {
        match input {
            Input::Start => {
                let open: Vec<Op> = self.open.keys().copied().collect();
                open.into_iter().for_each(|op| self.ask(op, out));
            }
            Input::Request(op) | Input::Timer(op) => self.ask(op, out),
            Input::Message { from, msg } => match *msg {
                Msg::Ping(op) if self.seat.serves() => self.answer(from.sender(), op, out),
                Msg::Pong(op, said) if self.open.remove(&op).is_some() => self.hear(op, said, out),
                _ => {}
            },
            Input::Done(_) | Input::Event { .. } => {}
        }
    }

    fn rebooted(&self, kept: Kept) -> Self {
        match kept {
            Kept::Nothing => Self::new(self.seat.clone()),
            _ => self.clone(),
        }
    }

    fn sketch(&self) -> Sketch {
        Sketch {
            phase: match (self.seat.serves(), self.open.is_empty()) {
                (true, _) => "listening",
                (false, true) => "idle",
                (false, false) => "waiting",
            },
            done: self.done,
            ..Sketch::default()
        }
    }

    fn timer_name(_: Op) -> &'static str {
        "timeout"
    }

    fn lie(&self, lie: &str, msg: &Msg, _: NodeId, bits: u64) -> Vec<Msg> {
        match (lie, msg) {
            ("wrong-echo", Msg::Pong(op, said)) => vec![Msg::Pong(*op, said ^ (bits | 1))],
            _ => vec![msg.clone()],
        }
    }
}

impl Echo {
    /// A client asks the server whose turn it is; the next one each time that it asks again.
    fn ask(&mut self, op: Op, out: &mut Out<Self>) {
        let tries = self.open.entry(op).or_default();
        let first = if self.seat.settings.in_turn {
            op.number
        } else {
            1
        };
        let turn = first.wrapping_add(*tries).wrapping_sub(1);
        let servers = self.seat.cast.count(spec::SERVERS);
        *tries = tries.wrapping_add(1);
        out.because(&spec::ASK, label(op));
        let server = turn % u32::from(servers.max(1));
        out.send(NodeId(server as u16), Msg::Ping(op));
        out.set_timer(op, self.seat.settings.timeout);
    }

    fn answer(&mut self, client: NodeId, op: Op, out: &mut Out<Self>) {
        self.done += 1;
        out.because(&spec::ECHO, label(op));
        out.claim(Claim::Applied {
            label: Label {
                sequence: self.done,
                ..label(op)
            },
            ops: [op].into(),
            results: vec![echo_of(op)],
        });
        out.send(client, Msg::Pong(op, echo_of(op)));
    }

    fn hear(&mut self, op: Op, result: u64, out: &mut Out<Self>) {
        self.done += 1;
        out.because(&spec::ACCEPT, label(op));
        out.cancel_timer(op);
        out.claim(Claim::Answered {
            op,
            result,
            by: 1,
            early: false,
        });
    }
}

/// What an honest server says to an operation.
fn echo_of(op: Op) -> u64 {
    mix(u64::from(op.client.0) << 32 | u64::from(op.number))
}

fn label(op: Op) -> Label {
    Label {
        view: 0,
        sequence: op.number.into(),
        digest: echo_of(op),
    }
}

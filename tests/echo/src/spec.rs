//! What Echo says about itself: whatever is left out is as in most systems.

use super::{Echo, echo_of};
use quorumscope_core::behaviours::{DELAY, PER_MILLE, REPLAY, SILENT, TO, WITHHOLD, rule};
use quorumscope_core::cast::{Place, Role};
use quorumscope_core::conditions::ByzantineAct;
use quorumscope_core::fault::Behaviour;
use quorumscope_core::knob::{Among, Knob, Takes, Usual};
use quorumscope_core::promise::{Given, Hearing, Hears, Judge, Promise, Witness};
use quorumscope_core::protocol::{About, Claim, Kind, Rule};
use quorumscope_core::spec::{Spec, Words};

/// The index of the role that answers.
pub(super) const SERVERS: usize = 0;

/// Echo: clients say something, servers say it again.
pub const SPEC: &Spec = &Spec {
    title: "Echo",
    says: "Clients say something, and servers say it again.",
    source: "Postel, Echo protocol, RFC 862, 1983",
    roles: &[
        Role {
            name: "server",
            plural: "servers",
            title: "Servers",
            letter: 'S',
            place: Place::Ring,
            bounds: (1, 16),
            usual: 2,
            ..Role::SERVES
        },
        Role::CLIENT,
    ],
    kinds: &[
        Kind::new("ping", 'P', About::Request, "asks for an echo"),
        Kind::new("pong", 'E', About::Request, "says again what was asked"),
    ],
    rules: &[&ASK, &ECHO, &ACCEPT],
    words: Words {
        done: "answered",
        ..Words::NONE
    },
    knobs: &[
        Knob::setting(
            "timeout_ms",
            "Timeout",
            "How long a client waits for an echo before it asks the next server.",
            Takes::Period,
            Usual::Ms(300),
        ),
        Knob::setting(
            "in_turn",
            "In turn",
            "Each request begins at the next server; if not, all begin at the first.",
            Takes::Flag,
            Usual::Flag(true),
        ),
    ],
    behaviours: &[&WRONG_ECHO, &SILENT, &WITHHOLD, &DELAY, &REPLAY],
    promises: &[&TRUE_ECHO],
    ..Spec::bare::<Echo>("echo")
};

pub(super) const ASK: Rule = Rule {
    name: "ask",
    says: "{Who} asks the server whose turn it is, and the next where no echo comes in time.",
    source: "Echo",
    about: About::Request,
    news: false,
};

pub(super) const ECHO: Rule = Rule {
    name: "echo",
    says: "{Who} says again what it is asked.",
    source: "RFC 862",
    about: About::Request,
    news: false,
};

pub(super) const ACCEPT: Rule = Rule {
    name: "accept",
    says: "{Who} takes the first echo that it hears.",
    source: "Echo",
    about: About::Request,
    news: false,
};

const WRONG_ECHO: Behaviour = Behaviour {
    name: "wrong-echo",
    title: "Wrong echo",
    says: "Says something else than it was asked.",
    by: Among::Serving,
    knobs: &[TO, PER_MILLE],
    plan: |scope| rule(scope, ByzantineAct::Lie("wrong-echo")),
};

const TRUE_ECHO: Promise = Promise {
    name: "true-echo",
    says: "What a client accepts is what it asked.",
    source: "RFC 862",
    gravity: 8,
    given: |outlook| match outlook.liars {
        0 => Given::Promised,
        _ => Given::NotNow("A client believes the first echo, and a traitor may give it.".into()),
    },
    hears: &[Hears::Answered],
    judge: |_| Box::new(TrueEcho),
};

#[derive(Clone, Debug)]
struct TrueEcho;

impl Judge for TrueEcho {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let Claim::Answered { op, result, .. } = claim else {
            return;
        };
        if *result != echo_of(*op) {
            hearing.breaks.push(Witness {
                at: hearing.now,
                nodes: vec![op.client],
                sequence: 0,
                values: vec![op.to_string()],
                says: format!(
                    "{} took something else for the echo of {op}",
                    hearing.cast.name(op.client)
                ),
            });
        }
    }
}

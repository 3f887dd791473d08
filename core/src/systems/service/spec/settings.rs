//! What may be set about a service: the knobs, and their values as machines read them.

use super::super::balancer::Policy;
use super::super::{BALANCERS, PROVIDERS, SERVERS};
use crate::cast::Cast;
use crate::knob::{Args, Knob, Misfit, Takes, Usual, Value};
use crate::time::Span;
use std::rc::Rc;

/// The settings of one run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How a balancer chooses [11].
    pub policy: Policy,
    /// Whether clients know servers by name, for want of a balancer or by the policy [10].
    pub by_name: bool,
    /// How many servers must have answered, where all are asked; all of them, if nothing is said.
    pub wait_for: Option<u16>,
    /// The cores of each machine that works [1].
    pub cores: u16,
    /// The speeds of servers in turn, in thousandths [1].
    speeds: Rc<[u32]>,
    /// How long a client waits for an attempt [13].
    pub timeout: Span,
    /// How often a request is tried at most [13].
    pub attempts: u32,
    /// The pause before the second attempt; it doubles [13].
    pub backoff: Span,
    /// What a request earns of a retry, in thousandths, if retries are limited [13].
    pub budget: Option<u32>,
    /// How many requests may wait at a server, if not any number [14].
    pub queue: Option<u32>,
    /// What waited longer is thrown away [14].
    pub drop_after: Option<Span>,
    /// How often a balancer probes, if it does [15].
    pub probe: Option<Span>,
    /// So many misses in a row, and a server is out [15].
    pub fall: u32,
    /// So many answers in a row, and it is in again [15].
    pub rise: u32,
    /// After so long another server is asked, too, if ever [16].
    pub hedge: Option<Span>,
    /// Whether servers tell each other what they did [17].
    pub tells: bool,
    /// Whether those who are told tell all others [17].
    pub tells_all: bool,
    /// How long being told keeps a server busy [17].
    pub share_work: Span,
    /// How often a balancer thinks about how many servers it rents, if it does [18].
    pub scale_every: Option<Span>,
    /// How many requests a second one server is to get [18].
    pub target: u32,
    /// How long a server works until it is up [18].
    pub boot: Span,
    /// For how long the largest wish counts before servers go [18].
    pub cool: Span,
    /// How many servers are up at the start, where their number changes [18].
    pub start_servers: u16,
    /// How long a call keeps a provider busy [19].
    pub provider_work: Span,
    /// How long a server waits for its provider [19].
    pub call_timeout: Span,
    /// Whether a default takes the place of an answer [19].
    pub fallback: bool,
    /// So many silences in a row, and there are no calls for a while; 0 for never [19].
    pub breaker: u32,
    /// How long there are none [19].
    pub open: Span,
}

impl Settings {
    /// The speed of the server at a place, in thousandths of the usual.
    #[must_use]
    pub fn speed(&self, place: usize) -> u32 {
        self.speeds[place % self.speeds.len()]
    }
}

const fn count(min: i64, max: i64) -> Takes {
    Takes::Number { min, max }
}

/// What may be set, in the order of forms.
pub(super) const KNOBS: &[Knob] = &[
    Knob::setting(
        "policy",
        "Policy",
        "Which server gets a request. By name: each client knows one server, and no balancer. \
         Central: requests wait at the balancer for an idle server. Fan-out: all are asked.",
        Takes::Choice(Policy::NAMES),
        Usual::Name("round-robin"),
    ),
    Knob::optional(
        "wait_for",
        count(1, 900),
        "How many servers must have answered, where all are asked; all of them if left out.",
    ),
    Knob::setting(
        "cores",
        "Cores",
        "How many requests each server works on at once.",
        count(1, 64),
        Usual::Number(1),
    ),
    Knob::setting(
        "speeds_per_mille",
        "Speeds, in thousandths",
        "The speed of each server in turn, in thousandths of the usual; the list begins anew at its end.",
        Takes::Numbers {
            min: 1,
            max: 100_000,
        },
        Usual::Of(|_| Value::Numbers(vec![1000])),
    ),
    Knob::setting(
        "timeout_ms",
        "Timeout",
        "How long a client waits for an answer to one attempt.",
        Takes::Period,
        Usual::Ms(1000),
    ),
    Knob::setting(
        "attempts",
        "Attempts",
        "How often a client tries at most before it gives up on a request.",
        count(1, 20),
        Usual::Number(1),
    ),
    Knob::setting(
        "backoff_ms",
        "Backoff",
        "The pause before the second attempt; it doubles with each further one.",
        Takes::Span,
        Usual::Ms(0),
    ),
    Knob::optional(
        "budget_per_mille",
        count(0, 1000),
        "How much of a retry each request earns, in thousandths; retries are not limited if left out.",
    ),
    Knob::optional(
        "queue",
        count(0, 100_000),
        "How many requests may wait at a server, or at a balancer that keeps them; any number if left out.",
    ),
    Knob::optional(
        "drop_after_ms",
        Takes::Span,
        "What waited longer is thrown away when its turn comes, and refused; nothing is if left out.",
    ),
    Knob::setting(
        "probe_ms",
        "Probe period",
        "How often a balancer asks each server whether it is there; 0 for never.",
        Takes::Span,
        Usual::Ms(0),
    ),
    Knob::setting(
        "fall",
        "Misses until out",
        "A server is out after so many probes in a row without an answer.",
        count(1, 100),
        Usual::Number(3),
    ),
    Knob::setting(
        "rise",
        "Answers until in",
        "A server that was out is in again after so many answers in a row.",
        count(1, 100),
        Usual::Number(2),
    ),
    Knob::setting(
        "hedge_ms",
        "Hedge after",
        "After so long without a result a balancer asks another server, too; 0 for never.",
        Takes::Span,
        Usual::Ms(0),
    ),
    Knob::setting(
        "share",
        "Servers tell",
        "Tell: a server that worked tells each other one. Tell-all: each that was told tells all others, too.",
        Takes::Choice(&["none", "tell", "tell-all"]),
        Usual::Name("none"),
    ),
    Knob::setting(
        "share_ms",
        "Cost of being told",
        "How long being told keeps a server busy.",
        Takes::Span,
        Usual::Ms(1),
    ),
    Knob::setting(
        "scale_every_ms",
        "Scale every",
        "How often a balancer compares the rate of requests with what its servers are for; 0 for never: all servers run.",
        Takes::Span,
        Usual::Ms(0),
    ),
    Knob::setting(
        "target",
        "Target, a second",
        "How many requests a second one server is to get, where their number changes.",
        count(1, 100_000),
        Usual::Number(50),
    ),
    Knob::setting(
        "boot_ms",
        "Boot time",
        "How long a rented server works until it is up.",
        Takes::Span,
        Usual::Ms(2000),
    ),
    Knob::setting(
        "cool_ms",
        "Cool down",
        "Servers go only down to the largest number that was wanted in so long.",
        Takes::Span,
        Usual::Ms(10_000),
    ),
    Knob::setting(
        "start_servers",
        "Servers at the start",
        "How many servers run at the start, where their number changes.",
        count(1, 900),
        Usual::Number(1),
    ),
    Knob::setting(
        "provider_ms",
        "Work of a call",
        "How long a call keeps a provider busy.",
        Takes::Span,
        Usual::Ms(1),
    ),
    Knob::setting(
        "call_timeout_ms",
        "Call timeout",
        "How long a server waits for a provider.",
        Takes::Period,
        Usual::Ms(200),
    ),
    Knob::setting(
        "fallback",
        "Default answer",
        "Where no provider answers, clients get a default in place of a refusal.",
        Takes::Flag,
        Usual::Flag(false),
    ),
    Knob::setting(
        "breaker",
        "Breaker",
        "After so many calls in a row without an answer a server calls the provider no more for a while; 0 for never.",
        count(0, 1000),
        Usual::Number(5),
    ),
    Knob::setting(
        "open_ms",
        "Breaker open",
        "How long a server makes no call then; after that it tries one.",
        Takes::Period,
        Usual::Ms(1000),
    ),
];

/// The settings of a scenario, whose defaults are filled in.
pub(in crate::systems::service) fn read(args: &Args, cast: &Cast) -> Settings {
    let span = |name| args.span(name).unwrap_or_default();
    let some = |name| Some(span(name)).filter(|span| span.0 > 0);
    let count = |name| args.number(name).unwrap_or(0).unsigned_abs() as u32;
    let limit = |name| args.number(name).map(|limit| limit.unsigned_abs() as u32);
    let policy = Policy::named(args.name("policy").unwrap_or_default());
    let share = args.name("share").unwrap_or_default();
    let speeds = args.numbers("speeds_per_mille").iter();
    let speeds: Rc<[u32]> = speeds.map(|speed| *speed as u32).collect();
    Settings {
        policy,
        by_name: policy == Policy::ByName || cast.count(BALANCERS) == 0,
        wait_for: limit("wait_for").map(|servers| servers as u16),
        cores: count("cores").max(1) as u16,
        speeds: match speeds.is_empty() {
            true => Rc::new([1000]),
            false => speeds,
        },
        timeout: span("timeout_ms"),
        attempts: count("attempts").max(1),
        backoff: span("backoff_ms"),
        budget: limit("budget_per_mille"),
        queue: limit("queue"),
        drop_after: args.span("drop_after_ms"),
        probe: some("probe_ms"),
        fall: count("fall").max(1),
        rise: count("rise").max(1),
        hedge: some("hedge_ms"),
        tells: share != "none",
        tells_all: share == "tell-all",
        share_work: span("share_ms"),
        scale_every: some("scale_every_ms"),
        target: count("target").max(1),
        boot: span("boot_ms"),
        cool: span("cool_ms"),
        start_servers: count("start_servers").max(1) as u16,
        provider_work: span("provider_ms"),
        call_timeout: span("call_timeout_ms"),
        fallback: args.flag("fallback"),
        breaker: count("breaker"),
        open: span("open_ms"),
    }
}

/// Below this a period floods the network with nothing but itself.
const SHORTEST: Span = Span::from_ms(1);

/// What must be there for a knob to do anything.
type Needs = (&'static [&'static str], fn(&Args, &Cast) -> Option<String>);

const NEEDS: &[Needs] =
    &[
        (&["wait_for"], |args, _| match args.name("policy") {
            Some("fan-out") => None,
            _ => Some("goes with policy \"fan-out\" only".into()),
        }),
        (&["probe_ms", "hedge_ms", "scale_every_ms"], |args, cast| {
            match read(args, cast).by_name {
            true => Some(
                "is what a balancer does: set cast.balancers to 1 or 2, and policy to another than \
                 \"by-name\""
                    .into(),
            ),
            false => None,
        }
        }),
        (&["share_ms"], |args, _| match args.name("share") {
            Some("none") => Some("goes with share \"tell\" or \"tell-all\" only".into()),
            _ => None,
        }),
        (
            &[
                "fallback",
                "breaker",
                "open_ms",
                "call_timeout_ms",
                "provider_ms",
            ],
            |_, cast| match cast.count(PROVIDERS) {
                0 => Some("goes with providers only: set cast.providers to 1 or 2".into()),
                _ => None,
            },
        ),
        (
            &["target", "boot_ms", "cool_ms", "start_servers"],
            |args, _| match args.span("scale_every_ms") {
                Some(Span(0)) => Some("goes with scale_every_ms only, which is 0".into()),
                _ => None,
            },
        ),
        (&["fall", "rise"], |args, _| match args.span("probe_ms") {
            Some(Span(0)) => Some("goes with probe_ms only, which is 0".into()),
            _ => None,
        }),
    ];

/// Refuses what cannot be, and what would have no effect beside the rest.
pub(super) fn check(args: &Args, cast: &Cast) -> Result<(), Misfit> {
    let servers = i64::from(cast.count(SERVERS));
    let policy = args.name("policy").unwrap_or_default();
    if cast.count(BALANCERS) == 0 && !matches!(policy, "by-name" | "round-robin") {
        return Err(Misfit::new(
            "cast.balancers",
            format!("must be 1 or 2 for the policy \"{policy}\", not 0"),
        ));
    }
    for (names, needs) in NEEDS {
        let idle = |knob: &&Knob| {
            names.contains(&knob.name)
                && args.0.get(knob.name).is_some()
                && args.0.get(knob.name) != knob.default(args).as_ref()
        };
        if let Some(knob) = KNOBS.iter().find(idle)
            && let Some(why) = needs(args, cast)
        {
            return Err(Misfit::new(knob.name, why));
        }
    }
    for name in ["wait_for", "start_servers"] {
        let most = args.number(name).filter(|count| *count > servers);
        if let Some(count) = most {
            let message = format!("must be at most {servers}, the number of servers, not {count}");
            return Err(Misfit::new(name, message));
        }
    }
    for name in ["probe_ms", "scale_every_ms"] {
        let period = args.span(name).unwrap_or_default();
        if period.0 > 0 && period < SHORTEST {
            return Err(Misfit::new(name, "must be 0, or at least 1 ms"));
        }
    }
    if args.span("scale_every_ms").is_some_and(|every| every.0 > 0) && cast.count(BALANCERS) > 1 {
        return Err(Misfit::new(
            "scale_every_ms",
            "goes with one balancer: of two, neither sees the whole rate",
        ));
    }
    Ok(())
}

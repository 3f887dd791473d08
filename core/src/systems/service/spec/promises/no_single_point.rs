//! No machine is one without which nobody is answered.

use super::super::super::balancer::Policy;
use super::super::super::{BALANCERS, PROVIDERS, SERVERS};
use super::super::load::Load;
use crate::outlook::Outlook;
use crate::promise::{Change, Given, Hearing, Hears, Judge, Promise, Witness};
use crate::protocol::{Claim, NodeId};
use crate::say::{Fields, say};
use crate::scenario::Scenario;
use crate::time::{Span, Time};

pub(super) const NO_SINGLE_POINT: Promise = Promise {
    name: "no-single-point",
    says: "No single machine's crash keeps all clients from an answer for longer than it takes to \
           notice it.",
    source: "Beyer et al., Site Reliability Engineering, 2016, chapter 20",
    gravity: 6,
    given,
    hears: &[Hears::Answered, Hears::Failed],
    judge: |scenario| Box::new(SinglePoint::new(scenario)),
};

fn given(outlook: &Outlook) -> Given {
    let (args, workload, cast) = (&outlook.settings, &outlook.workload, &outlook.cast);
    let servers = cast.count(SERVERS);
    let fewer = Load::with_servers(args, workload, cast, servers.saturating_sub(1));
    let settings = &fewer.settings;
    let never = |why: &str| Given::Never(why.into());
    if servers == 1 {
        return never("There is one server: when it stops, nobody is answered.");
    }
    if fewer.single_image() && cast.count(BALANCERS) == 1 {
        return never("All requests go through one balancer: when it stops, nobody is answered.");
    }
    if cast.count(PROVIDERS) == 1 && !settings.fallback {
        return never("All servers need one provider, and have no default for it.");
    }
    if !fewer.single_image() && cast.clients() < 2 {
        return never("There are not two clients that ask different servers.");
    }
    if fewer.single_image() && settings.probe.is_none() {
        return never("Nobody probes the servers: one that stopped is asked as before.");
    }
    if settings.policy == Policy::FanOut && settings.wait_for == Some(servers) {
        return never("Every server must answer: when one stops, nobody is answered.");
    }
    if settings.scale_every.is_some() {
        return never("At times a single server runs.");
    }
    let calls = settings.call_timeout.times(cast.count(PROVIDERS).into());
    if cast.count(PROVIDERS) > 0 && settings.timeout <= calls + calls {
        return never("Servers wait for providers as long as clients wait for servers.");
    }
    if !fewer.light() {
        return never("One machine fewer is too few for the requests that come.");
    }
    fewer.storm().map_or(Given::Promised, Given::Never)
}

#[derive(Clone, Debug)]
struct SinglePoint {
    /// The one machine that is down, and since when, while nothing else is wrong.
    alone: Option<(NodeId, Time)>,
    /// How long it takes to notice a machine that is down.
    notice: Span,
    /// How long a client tries.
    patience: Span,
    /// By client, when it first gave up on a request that it made later than that.
    gave_up: Vec<Option<Time>>,
    /// By client, whether it then tried again and gave up again.
    kept: Vec<bool>,
    told: bool,
}

impl SinglePoint {
    fn new(scenario: &Scenario) -> Self {
        let load = Load::new(&scenario.settings, &scenario.workload, &scenario.cast);
        let every = load.settings.probe.unwrap_or_default();
        let clients = usize::from(scenario.cast.clients());
        Self {
            alone: None,
            notice: every.times(u64::from(load.settings.fall) + 2),
            patience: load.patience(),
            gave_up: vec![None; clients],
            kept: vec![false; clients],
            told: false,
        }
    }

    /// Somebody was answered, or other machines are down: it counts anew.
    fn anew(&mut self) {
        self.gave_up.fill(None);
        self.kept.fill(false);
    }
}

impl Judge for SinglePoint {
    fn boxed(&self) -> Box<dyn Judge> {
        Box::new(self.clone())
    }

    fn changed(&mut self, change: &Change<'_>) {
        let alone = match change.down {
            [one] if change.quiet => Some(*one),
            _ => None,
        };
        let known = self.alone.filter(|(node, _)| Some(*node) == alone);
        self.alone = known.or(alone.map(|node| (node, change.now)));
        if known.is_none() {
            self.told = false;
            self.anew();
        }
    }

    fn claim(&mut self, claim: &Claim, hearing: &mut Hearing<'_>) {
        let Some((node, since)) = self.alone else {
            return;
        };
        let Claim::Failed {
            op,
            degraded: false,
        } = claim
        else {
            return self.anew();
        };
        let place = usize::from(op.client.0 - hearing.cast.servers());
        let asked = &hearing.chronicle.asked[op.client.index()];
        let asked = asked.get(op.number as usize - 1).map(|asked| asked.at);
        let noticed = since + self.notice + self.patience;
        match (self.gave_up[place], asked) {
            (None, Some(at)) if at > noticed => self.gave_up[place] = Some(hearing.now),
            (Some(first), Some(at)) if at > first => self.kept[place] = true,
            _ => {}
        }
        if self.told || !self.kept.iter().all(|kept| *kept) {
            return;
        }
        self.told = true;
        let fields = Fields::new(&hearing.cast).node("node", node);
        let fields = fields.text("since", since.to_string());
        hearing.breaks.push(Witness {
            at: hearing.now,
            nodes: vec![node],
            sequence: 0,
            values: vec![op.to_string()],
            says: say(
                "no client has an answer, and all that is wrong is that {node} stopped at {since}",
                &fields,
            )
            .text,
        });
    }
}

//! What a service says about itself.

mod behaviours;
mod lessons;
mod load;
mod metrics;
mod promises;
mod settings;

use super::{SERVERS, Service, kinds, rules};
use crate::cast::{Place, Role};
use crate::protocol::NodeId;
use crate::scenario::Scenario;
use crate::spec::{Machine, Sentences, Spec, Uses, Words};
use crate::workload;

pub use settings::Settings;
pub(super) use settings::read as settings;

/// A service that scales.
pub const SPEC: &Spec = &Spec {
    title: "A service that scales",
    says: "Clients ask, servers work: what more machines are good for, what they cost, and what stops when one of them does.",
    source: "Beyer et al., Site Reliability Engineering, 2016; Dean & Barroso, The tail at scale, CACM 2013",
    roles: ROLES,
    kinds: kinds::KINDS,
    path: kinds::PATH,
    rules: rules::ALL,
    words: Words {
        done: "worked",
        ..Words::NONE
    },
    sentences: SENTENCES,
    knobs: settings::KNOBS,
    check: settings::check,
    behaviours: behaviours::ALL,
    no_lies: "machines of a service believe each other, so one lie would be believed, and nothing is promised then",
    promises: promises::ALL,
    workload: workload::WORKING,
    uses: Uses {
        work: true,
        ..Uses::MESSAGES
    },
    machine,
    metrics: metrics::ALL,
    lessons: lessons::LADDER,
    ..Spec::bare::<Service>("service")
};

const ROLES: &[Role] = &[
    Role {
        name: "balancer",
        plural: "balancers",
        title: "Balancers",
        letter: 'B',
        place: Place::Tier(1),
        bounds: (0, 2),
        usual: 1,
        ..Role::SERVES
    },
    Role {
        name: "server",
        plural: "servers",
        title: "Servers",
        letter: 'S',
        place: Place::Tier(2),
        bounds: (1, 900),
        usual: 4,
        ..Role::SERVES
    },
    Role {
        name: "provider",
        plural: "providers",
        title: "Providers",
        letter: 'P',
        place: Place::Tier(3),
        bounds: (0, 2),
        usual: 0,
        ..Role::SERVES
    },
    Role {
        place: Place::Tier(0),
        usual: 4,
        ..Role::CLIENT
    },
];

const SENTENCES: Sentences = Sentences {
    asked: "{Who} asks for {op}.",
    answered: "{Who} has the answer to {op}.",
    failed: "{Who} gives up on {op}.",
    degraded: "{Who} gets a default in place of the answer to {op}.",
    worked: "{Who} has done the work of {op}.",
    suspects: "{Who} {who:takes|take} {node} out: it does not answer probes.",
    trusts: "{Who} {who:takes|take} {node} in again.",
    round: "probe {round}",
    ..Sentences::PLAIN
};

/// Servers have cores and speeds, and providers cores [1].
fn machine(scenario: &Scenario, node: NodeId) -> Machine {
    let settings = settings::read(&scenario.settings, &scenario.cast);
    let servers = scenario.cast.nodes_of(SERVERS);
    let place = node.0.wrapping_sub(servers.start);
    Machine {
        cores: settings.cores,
        speed_per_mille: match servers.contains(&node.0) {
            true => settings.speed(place.into()),
            false => 1000,
        },
    }
}

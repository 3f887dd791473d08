//! Events a second of a service, with every promise held as it runs.
//!
//! Quote ratios between rows of one run, not seconds: machines differ.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::world::{World, open};

/// Servers at four fifths of what they can do, asked at random instants for work of random length.
fn scenario(servers: u32, policy: &str, requests: u32) -> Scenario {
    const CLIENTS: u32 = 50;
    let (each, rate) = (requests / CLIENTS, 80 * servers);
    let text = format!(
        r#"{{"protocol":"service","cast":{{"servers":{servers},"clients":{CLIENTS}}},
            "latency":{{"model":"constant","ms":1}},"until_ms":1000000000,
            "settings":{{"policy":"{policy}","timeout_ms":60000}},
            "workload":{{"requests":{each},"arrivals":"poisson","rate_per_s":{rate},
                "work":"exponential"}}}}"#
    );
    Scenario::parse(&text).expect("a valid scenario")
}

fn run(scenario: &Scenario) -> Box<dyn World> {
    let mut world = open(scenario);
    while !world.run_until(Time::NEVER, u64::MAX) {}
    world
}

/// Events a second, by policy and number of servers.
fn events(c: &mut Criterion) {
    let mut group = c.benchmark_group("service/events");
    group.sample_size(10);
    for (servers, policy) in [
        (4, "round-robin"),
        (4, "central"),
        (100, "round-robin"),
        (100, "two-choices"),
        (100, "least-loaded"),
        (100, "central"),
        (900, "two-choices"),
    ] {
        let scenario = scenario(servers, policy, 200_000);
        group.throughput(Throughput::Elements(run(&scenario).events()));
        let name = format!("{policy}/{servers}");
        group.bench_with_input(BenchmarkId::from_parameter(name), &scenario, |b, s| {
            b.iter(|| run(s));
        });
    }
    group.finish();
}

criterion_group!(benches, events);
criterion_main!(benches);

//! pBFT messages a second, with every promise held as it runs.
//!
//! Quote ratios between rows of one run, not seconds: machines differ.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::world::{World, open};

const CONSTANT: &str = r#"{"model":"constant","ms":20}"#;
const UNIFORM: &str = r#"{"model":"uniform","min_ms":20,"max_ms":60}"#;

fn scenario(nodes: u32, latency: &str, requests: u32) -> Scenario {
    let text = format!(
        r#"{{"nodes":{nodes},"latency":{latency},"until_ms":1000000000,
            "workload":{{"requests":{requests},"gap_ms":0}}}}"#
    );
    Scenario::parse(&text).expect("a valid scenario")
}

fn run(scenario: &Scenario) -> Box<dyn World> {
    let mut world = open(scenario);
    while !world.run_until(Time::NEVER, u64::MAX) {}
    world
}

/// Messages a second, by cluster size and latency model.
fn messages(c: &mut Criterion) {
    for (name, latency) in [("constant", CONSTANT), ("uniform", UNIFORM)] {
        let mut group = c.benchmark_group(format!("messages/{name}"));
        group.sample_size(10);
        for (nodes, requests) in [
            (4, 20_000),
            (16, 2000),
            (64, 100),
            (128, 30),
            (256, 8),
            (1000, 1),
        ] {
            let scenario = scenario(nodes, latency, requests);
            group.throughput(Throughput::Elements(run(&scenario).stats().total_sent()));
            group.bench_with_input(BenchmarkId::from_parameter(nodes), &scenario, |b, s| {
                b.iter(|| run(s));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, messages);
criterion_main!(benches);

//! Time travel: what a snapshot costs, and going back to it.

use criterion::{Criterion, criterion_group, criterion_main};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::world::{World, open};
use std::hint::black_box;

fn world(nodes: u32) -> Box<dyn World> {
    let text = format!(
        r#"{{"nodes":{nodes},"until_ms":1000000000,"workload":{{"requests":100,"gap_ms":0}}}}"#
    );
    let mut world = open(&Scenario::parse(&text).expect("a valid scenario"));
    world.run_until(Time(2_000_000), u64::MAX);
    world
}

/// Save, load, and a hundred thousand steps from a snapshot, by cluster size.
fn travel(c: &mut Criterion) {
    let mut group = c.benchmark_group("travel");
    group.sample_size(10);
    for nodes in [4, 31, 100, 1000] {
        let mut world = world(nodes);
        let snapshot = world.save();
        println!(
            "n = {nodes}: a snapshot takes about {} bytes",
            snapshot.bytes
        );
        group.bench_function(format!("save/{nodes}"), |b| {
            b.iter(|| black_box(world.save()));
        });
        group.bench_function(format!("load/{nodes}"), |b| {
            b.iter(|| world.load(&snapshot));
        });
        group.bench_function(format!("load and run 50k steps/{nodes}"), |b| {
            b.iter(|| {
                world.load(&snapshot);
                world.run_until(Time::NEVER, 50_000)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, travel);
criterion_main!(benches);

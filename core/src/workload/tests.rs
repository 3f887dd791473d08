//! Workloads are drawn by name, keep to their rates, and skew as they say.

use super::*;
use crate::knob::Value;

const VERBS: &[Verb] = &[
    Verb {
        name: "write",
        reads: false,
    },
    Verb {
        name: "read",
        reads: true,
    },
    Verb {
        name: "swap",
        reads: false,
    },
];

fn workload(values: &[(&'static str, Value)]) -> Workload {
    let mut args = Args::default();
    args.0.extend(values.iter().cloned());
    WORKING.iter().for_each(|knob| args.fill(knob));
    assert_eq!(check(&args), Ok(()));
    Workload::new(&args, VERBS, 5, 7)
}

#[test]
fn an_operation_is_the_same_whenever_it_is_asked_for() {
    let busy = workload(&[
        ("keys", Value::Number(100)),
        ("work", Value::Name("exponential")),
        ("reads_per_mille", Value::Number(300)),
    ]);
    let (client, other) = (NodeId(4), NodeId(5));
    assert_eq!(busy.op(client, 9, None), busy.op(client, 9, None));
    assert_ne!(
        busy.op(client, 9, None).ticket,
        busy.op(other, 9, None).ticket
    );
    let all: Vec<Op> = (1..=1000)
        .map(|number| busy.op(client, number, None))
        .collect();
    let reads = all.iter().filter(|op| op.read).count();
    assert!((250..350).contains(&reads), "{reads}");
    assert!(
        all.iter()
            .all(|op| VERBS[usize::from(op.verb)].reads == op.read)
    );
    assert!(all.iter().any(|op| op.verb == 0) && all.iter().any(|op| op.verb == 2));
    let mean = all.iter().map(|op| op.work.0).sum::<u64>() / 1000;
    assert!((9_000..11_000).contains(&mean), "{mean}");
}

#[test]
fn a_skewed_workload_asks_for_the_first_keys_more_often() {
    let count = |skew: i64| {
        let keyed = workload(&[
            ("keys", Value::Number(10)),
            ("zipf_per_mille", Value::Number(skew)),
        ]);
        let mut counts = [0; 10];
        for number in 1..=10_000 {
            counts[keyed.op(NodeId(4), number, None).key as usize] += 1;
        }
        counts
    };
    assert!(count(0).iter().all(|count| (900..1100).contains(count)));
    // 1 / (1 + 1/2 + .. + 1/10) = 0.3414 of all are for the first of ten keys.
    let skewed = count(1000);
    assert!((3250..3580).contains(&skewed[0]), "{skewed:?}");
    assert!(skewed.is_sorted_by(|a, b| a >= b) || skewed[1] < skewed[0] / 2 + 200);
}

#[test]
fn an_open_workload_keeps_its_rate() {
    let even = workload(&[
        ("arrivals", Value::Name("even")),
        ("rate_per_s", Value::Number(100)),
    ]);
    // Request k of client i leaves at (kC + i) / rate.
    let client = NodeId(4);
    assert_eq!(even.first(client, 3), Span::from_ms(30));
    assert_eq!(even.distance(client, 2), Some(Span::from_ms(50)));
    let thirds = workload(&[
        ("arrivals", Value::Name("even")),
        ("rate_per_s", Value::Number(3)),
    ]);
    let sum: u64 = (2..=1000)
        .map(|number| thirds.distance(client, number).unwrap().0)
        .sum();
    // 999 times five thirds of a second, and no more than a microsecond less.
    assert_eq!(sum, 999 * 5_000_000 / 3);
    let poisson = workload(&[
        ("arrivals", Value::Name("poisson")),
        ("rate_per_s", Value::Number(100)),
    ]);
    let sum: u64 = (1..=2000)
        .map(|number| poisson.distance(client, number).unwrap().0)
        .sum();
    assert!((47_000..53_000).contains(&(sum / 2000)), "{}", sum / 2000);
    let closed = workload(&[]);
    assert_eq!(closed.distance(client, 2), None);
    assert_eq!(closed.first(client, 3), Span::ZERO);
}

#[test]
fn what_would_have_no_effect_is_refused() {
    let mut args = Args::default();
    args.0.insert("rate_per_s", Value::Number(11));
    WORKING.iter().for_each(|knob| args.fill(knob));
    assert_eq!(check(&args).unwrap_err().knob, "rate_per_s");
    args.0.insert("arrivals", Value::Name("even"));
    assert_eq!(check(&args), Ok(()));
    args.0.insert("slow_ms", Value::Span(Span::from_ms(7)));
    assert_eq!(check(&args).unwrap_err().knob, "slow_ms");
}

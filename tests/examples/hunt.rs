//! Hunts for scenarios in which a flaw shows.
use quorumscope_core::protocols::pbft::flaw;
use quorumscope_core::rng::{Rng, Stream, below};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_core::world::open;

fn broken(s: &Scenario) -> Vec<&'static str> {
    let mut w = open(s);
    w.run_until(Time::NEVER, 3_000_000);
    w.promises()
        .iter()
        .filter(|p| !p.holds())
        .map(|p| p.name)
        .collect()
}

fn doc(seed: u64) -> String {
    let mut k = 0;
    let rng = Rng::new(seed, Stream::Workload);
    let mut d = |b: u64| {
        k += 1;
        below(rng.draw(9, 9, k), b)
    };
    let n = if d(3) == 0 { 7 } else { 4 };
    let f = (n - 1) / 3;
    let clients = 1 + d(2);
    let mut orders = vec![];
    let mut bad = vec![];
    for _ in 0..d(f + 1) + u64::from(d(2) == 0) {
        let node = d(n);
        if bad.len() as u64 >= f || bad.contains(&node) {
            continue;
        }
        bad.push(node);
        let b = [
            "two-faced",
            "silent",
            "double-vote",
            "corrupt-reply",
            "equivocate",
            "lying-new-view",
        ][d(6) as usize];
        if d(3) == 0 {
            orders.push(format!(
                r#"{{"at_ms":{},"do":"crash","node":{node}}}"#,
                d(1500)
            ));
        } else {
            orders.push(format!(
                r#"{{"do":"corrupt","node":{node},"behaviour":"{b}"}}"#
            ));
        }
    }
    for _ in 0..d(4) {
        let at = d(3000);
        let until = at + 1 + d(3000);
        let node = d(n);
        match d(5) {
            0 => { let cut = 1 + d(n - 1); let g1: Vec<_> = (0..cut).collect(); let g2: Vec<_> = (cut..n).collect();
                orders.push(format!(r#"{{"at_ms":{at},"until_ms":{until},"do":"partition","groups":[{g1:?},{g2:?}]}}"#)); }
            1 => orders.push(format!(r#"{{"at_ms":{at},"until_ms":{until},"do":"omit","node":{node},"direction":"receive","cause":"corruption","per_mille":{}}}"#, 100 + d(900))),
            2 => orders.push(format!(r#"{{"at_ms":{at},"until_ms":{until},"do":"slow","from":{node},"to":null,"extra_ms":{}}}"#, d(600))),
            3 => orders.push(format!(r#"{{"at_ms":{at},"until_ms":{until},"do":"silence","node":{node}}}"#)),
            _ => orders.push(format!(r#"{{"at_ms":{at},"until_ms":{until},"do":"slow","from":{node},"to":{},"extra_ms":{}}}"#, (node + 1) % n, d(900))),
        }
    }
    format!(
        r#"{{"nodes":{n},"clients":{clients},"seed":{seed},"workload":{{"requests":{},"gap_ms":{}}},"settings":{{"view_timeout_ms":500,"checkpoint_interval":{}}},"script":[{}],"until_ms":60000}}"#,
        1 + d(30),
        d(200),
        2 + d(6),
        orders.join(",")
    )
}

fn main() {
    let only = std::env::args().nth(1);
    if only.as_deref() == Some("none") {
        let max: u64 = std::env::args().nth(2).unwrap().parse().unwrap();
        let mut bad = 0;
        for seed in 0..max {
            let text = doc(seed);
            let s = Scenario::parse(&text).unwrap();
            let b = broken(&s);
            if !b.is_empty() {
                bad += 1;
                if bad < 4 {
                    println!("{b:?} {text}");
                }
            }
        }
        println!("{bad} of {max}");
        return;
    }
    for name in flaw::ALL
        .iter()
        .filter(|f| only.as_deref().is_none_or(|o| o == **f))
    {
        let mut found: Option<(usize, String, Vec<&str>)> = None;
        let mut hits = 0;
        let max = std::env::args()
            .nth(2)
            .and_then(|s| s.parse().ok())
            .unwrap_or(3000);
        for seed in 0..max {
            let text = doc(seed);
            let Ok(mut s) = Scenario::parse(&text) else {
                continue;
            };
            s.settings.flaw = Some(name);
            let b = broken(&s);
            if !b.is_empty() {
                s.settings.flaw = None;
                let clean = broken(&s);
                if clean.is_empty() {
                    hits += 1;
                    if found.as_ref().is_none_or(|f| f.0 > text.len()) {
                        found = Some((text.len(), text, b));
                    }
                } else {
                    println!("CORRECT PROTOCOL BREAKS {clean:?} {text}");
                }
            }
        }
        println!("{name}: {hits} {found:?}");
    }
}

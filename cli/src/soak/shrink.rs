//! Cuts a failing scenario down to what it needs to fail.

use quorumscope_core::knob::{self, Value};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::workload;

/// The smallest scenario reached from this one, step by step, that still fails.
#[must_use]
pub fn shrink(scenario: &Scenario, fails: impl Fn(&Scenario) -> bool) -> Scenario {
    let mut best = scenario.clone();
    while let Some(smaller) = simpler(&best)
        .into_iter()
        .find(|candidate| fails(candidate))
    {
        best = smaller;
    }
    best
}

/// Scenarios that are simpler than this one in one respect.
fn simpler(of: &Scenario) -> Vec<Scenario> {
    let mut all = Vec::new();
    for index in 0..of.script.len() {
        let mut fewer = of.clone();
        fewer.script.remove(index);
        all.push(fewer);
    }
    let mut with = |change: &dyn Fn(&mut Scenario)| {
        let mut changed = of.clone();
        change(&mut changed);
        if changed != *of {
            all.push(changed);
        }
    };
    let requests = of.workload.number("requests").unwrap_or(1);
    for fewer in [requests / 2, requests - 1] {
        with(&|s| {
            s.workload.0.insert("requests", Value::Number(fewer.max(1)));
        });
    }
    for knob in of
        .spec
        .workload
        .iter()
        .filter(|knob| knob.name != "requests")
    {
        with(&|s| {
            let usual = knob::with(s.spec.workload, &s.workload, knob.name, None);
            if workload::check(&usual).is_ok() {
                s.workload = usual;
            }
        });
    }
    for knob in of.spec.knobs {
        with(&|s| {
            let reset = s.spec.with(&s.settings, knob.name, None);
            if (s.spec.check)(&reset, &s.cast).is_ok() {
                s.settings = reset;
            }
        });
    }
    all
}

//! Long runs against what queueing theory and arithmetic say, with messages that take no time.

use super::{latencies, metric, near, scenario, sent};
use quorumscope_core::protocol::NodeId;
use quorumscope_core::time::Time;
use quorumscope_core::world::World;
use quorumscope_tests::run;
use serde_json::{Value, json};

/// Requests of exponential work, 10 ms on average, at random instants.
fn random(rate: u32, clients: u32, all: u32) -> Value {
    json!({ "requests": all / clients, "arrivals": "poisson", "rate_per_s": rate,
        "work": "exponential" })
}

fn long([cast, workload, settings, script]: &[Value; 4]) -> Box<dyn World> {
    run(&scenario(
        &json!({ "cast": cast, "workload": workload, "settings": settings,
        "script": script, "latency": { "model": "constant", "ms": 0 },
        "until_ms": 1_000_000_000 }),
    ))
}

/// The mean latency of a million requests at four fifths of what servers can do.
fn mean(cast: Value, settings: Value, servers: u32) -> f64 {
    let mut settings = settings;
    settings["timeout_ms"] = json!(1_000_000);
    let clients = cast["clients"].as_u64().expect("clients") as u32;
    let workload = random(80 * servers, clients, 1_000_000);
    let world = long(&[cast, workload, settings, json!([])]);
    assert_eq!(metric(&*world, "answered"), 1_000_000.0);
    assert_eq!(quorumscope_tests::broken(&*world), [""; 0]);
    // Little: as many are there as come in a second, times the seconds that each stays.
    let (there, stay) = (
        metric(&*world, "in_system"),
        metric(&*world, "latency_mean_ms"),
    );
    assert!(near(
        there,
        metric(&*world, "answered_per_s") * stay / 1000.0,
        1e-9
    ));
    stay
}

/// Erlang's probability to wait, with n servers and the load r of each.
fn erlang_c(n: u32, r: f64) -> f64 {
    let a = r * f64::from(n);
    let term = |k: u32| (1..=k).fold(1.0, |product, i| product * a / f64::from(i));
    let waits = term(n) / (1.0 - r);
    waits / ((0..n).map(term).sum::<f64>() + waits)
}

#[test]
fn erlangs_formula_is_what_the_sheet_of_every_course_says() {
    let c = erlang_c(4, 0.8);
    assert!(near(c / (400.0 - 320.0) * 1000.0 + 10.0, 17.46, 0.001));
}

#[test]
fn up_is_faster_than_out_and_out_faster_than_apart() {
    let ten = |servers: u32| json!({ "servers": servers, "clients": 10 });
    let up = mean(ten(1), json!({ "speeds_per_mille": 4000 }), 4);
    let out = mean(ten(4), json!({ "policy": "central" }), 4);
    let cores = mean(ten(1), json!({ "cores": 4 }), 4);
    let drawn = mean(ten(4), json!({ "policy": "random" }), 4);
    let apart = mean(
        json!({ "balancers": 0, "servers": 4, "clients": 8 }),
        json!({}),
        4,
    );
    let in_turn = mean(ten(4), json!({}), 4);
    for (name, found, right) in [
        ("up", up, 12.5),
        ("one queue", out, 17.46),
        ("cores", cores, 17.46),
        ("random", drawn, 50.0),
        ("apart", apart, 50.0),
        ("round robin", in_turn, 32.67),
    ] {
        assert!(near(found, right, 0.04), "{name}: {found}, not {right}");
    }
}

#[test]
fn two_looks_are_almost_as_good_as_one_queue() {
    let found = mean(
        json!({ "servers": 100, "clients": 10 }),
        json!({ "policy": "two-choices" }),
        100,
    );
    assert!(near(found, 19.5, 0.03), "{found}");
}

#[test]
fn equal_shares_carry_what_the_slowest_machine_carries() {
    let carried = |policy: &str| {
        // As many as wait for it: clients that ask again at once.
        let world = long(&[
            json!({ "servers": 4, "clients": 60 }),
            json!({ "requests": 200, "gap_ms": 0 }),
            json!({ "policy": policy, "speeds_per_mille": [1500, 1500, 500, 500],
                "timeout_ms": 1_000_000 }),
            json!([]),
        ]);
        metric(&*world, "answered_per_s")
    };
    let (equal, by_speed) = (carried("round-robin"), carried("fastest"));
    assert!(near(equal, 4.0 * 50.0, 0.03), "{equal}");
    assert!(near(by_speed, 400.0, 0.03), "{by_speed}");
}

/// What servers that tell each other carry, in requests a second.
fn telling(share: &str, servers: u32) -> f64 {
    let world = long(&[
        json!({ "servers": servers, "clients": 64 }),
        json!({ "requests": 60, "gap_ms": 0, "work_ms": 16 }),
        json!({ "policy": "least-loaded", "share": share, "timeout_ms": 1_000_000 }),
        json!([]),
    ]);
    metric(&*world, "answered_per_s")
}

#[test]
fn machines_that_tell_each_other_carry_less_and_less_each_and_then_in_all() {
    let (work, told) = (0.016, 0.001);
    for n in [1, 2, 4, 8, 12] {
        let servers = f64::from(n);
        let tell = servers / (work + (servers - 1.0) * told);
        let tell_all = servers / (work + servers * (servers - 1.0) * told);
        let found = (telling("tell", n), telling("tell-all", n));
        assert!(near(found.0, tell, 0.05), "tell, {n}: {found:?}, {tell}");
        assert!(
            near(found.1, tell_all, 0.05),
            "all, {n}: {found:?}, {tell_all}"
        );
    }
    // The most at the root of work over cost, and eight as good as two.
    let at = |n| telling("tell-all", n);
    assert!(at(4) > at(3) && at(4) > at(5));
    assert!(near(at(8), at(2), 0.02));
}

#[test]
fn a_request_to_a_hundred_is_as_slow_as_the_slowest() {
    let slow = |hedge: u32| {
        let world = long(&[
            json!({ "servers": 100 }),
            json!({ "requests": 500, "arrivals": "even", "rate_per_s": 4, "work": "two-point",
                "work_ms": 1, "slow_ms": 100, "slow_per_mille": 10 }),
            json!({ "policy": "fan-out", "hedge_ms": hedge }),
            json!([]),
        ]);
        let all = latencies(&*world);
        all.iter().filter(|ms| **ms > 90.0).count() as f64 / all.len() as f64
    };
    let (plain, hedged) = (slow(0), slow(10));
    assert!(near(plain, 0.634, 0.05), "{plain}");
    // A part is slow twice in one of 10,000 cases, and as often its second server is busy with one.
    assert!(hedged < 0.03, "{hedged}");
}

#[test]
fn retries_multiply_what_is_sent_and_what_is_answered() {
    let p: f64 = 0.3;
    for attempts in [1, 2, 4] {
        let world = long(&[
            json!({ "balancers": 0, "servers": 4, "clients": 10 }),
            json!({ "requests": 4000, "arrivals": "even", "rate_per_s": 200, "work_ms": 1 }),
            json!({ "timeout_ms": 100, "attempts": attempts }),
            json!([{ "do": "omit", "per_mille": 300, "kinds": ["request"] }]),
        ]);
        let asked = metric(&*world, "asked");
        let lost = p.powi(attempts);
        let requests = sent(&*world, "request") as f64 / asked;
        let answered = metric(&*world, "answered") / asked;
        assert!(near(requests, (1.0 - lost) / (1.0 - p), 0.01), "{requests}");
        assert!(near(answered, 1.0 - lost, 0.01), "{answered}");
    }
}

#[test]
fn a_storm_lasts_where_attempts_are_more_than_servers_can_do() {
    let answered = |attempts: u32, rate: u32| {
        let slow: Vec<Value> = (1..=4)
            .map(|node| {
                json!({ "at_ms": 2000, "until_ms": 4000, "do": "weaken", "node": node,
                    "per_mille": 20 })
            })
            .collect();
        let world = long(&[
            json!({ "clients": 8 }),
            json!({ "requests": 30 * rate / 8, "arrivals": "poisson", "rate_per_s": rate }),
            json!({ "timeout_ms": 100, "attempts": attempts }),
            json!(slow),
        ]);
        let late = world.chronicle().asked.iter().flatten();
        let late: Vec<_> = late.filter(|asked| asked.at.ms() > 20_000.0).collect();
        let got = late.iter().filter(|asked| asked.answered.is_some()).count();
        got as f64 / late.len() as f64
    };
    // Servers do 400 a second: 4 attempts each of 80 are fewer, of 200 they are twice as many.
    assert!(answered(4, 80) > 0.99);
    assert!(answered(4, 200) < 0.01);
    assert!(answered(1, 200) > 0.99);
}

/// A run of servers that wear, and nothing else: who is up is looked at every so often.
fn wears(servers: u32, mttf: u32, mttr: u32, seed: u32, until: u32) -> Box<dyn World> {
    let wear = json!([{ "do": "wear", "mttf_ms": mttf, "mttr_ms": mttr }]);
    run(&scenario(
        &json!({ "cast": { "balancers": 0, "servers": servers },
        "workload": { "requests": 0 }, "script": wear, "seed": seed, "until_ms": until }),
    ))
}

#[test]
fn a_machine_is_up_for_its_time_to_failure_over_that_and_its_time_to_repair() {
    for (mttf, mttr) in [(900, 100), (1000, 1000), (100, 900)] {
        let up = metric(&*wears(20, mttf, mttr, 3, 500_000), "availability");
        let right = f64::from(mttf) / f64::from(mttf + mttr);
        assert!(near(up, right, 0.03), "{up}, not {right}");
    }
}

#[test]
fn all_of_n_are_up_as_often_as_one_is_to_the_power_of_n() {
    for (n, up) in [(5, 0.9), (30, 0.98), (100, 0.99)] {
        let mttr = (1000.0 * (1.0 - up) / up) as u32;
        let fields = json!({ "cast": { "balancers": 0, "servers": n }, "until_ms": 2_000_000,
            "workload": { "requests": 0 }, "script": [
                { "do": "wear", "mttf_ms": 1000, "mttr_ms": mttr }] });
        let mut world = super::open(&scenario(&fields));
        let mut whole = 0;
        for look in 1..=4000_u64 {
            world.run_until(Time(look * 500_000), u64::MAX);
            let all = (0..n).all(|server| world.condition(NodeId(server)).up);
            whole += u32::from(all);
        }
        let up = 1000.0 / f64::from(1000 + mttr);
        let (found, right) = (f64::from(whole) / 4000.0, up.powi(n.into()));
        assert!(near(found, right, 0.06), "{n}: {found}, not {right}");
    }
}

#[test]
fn the_first_of_n_fails_n_times_as_soon() {
    let first = |servers: u32| -> f64 {
        let at = |seed| {
            let world = super::open(&scenario(&json!({
                "cast": { "balancers": 0, "servers": servers }, "workload": { "requests": 0 },
                "script": [{ "do": "wear", "mttf_ms": 1000, "mttr_ms": 1 }], "seed": seed })));
            first_crash(world)
        };
        (0..400).map(at).sum::<f64>() / 400.0
    };
    for n in [1, 10, 30] {
        let (found, right) = (first(n), 1000.0 / f64::from(n));
        assert!(near(found, right, 0.15), "{n}: {found}, not {right}");
    }
}

/// When the first machine of a run goes down, in milliseconds.
fn first_crash(mut world: Box<dyn World>) -> f64 {
    while metric(&*world, "crashes") == 0.0 && world.step() {}
    world.now().ms()
}

#[test]
fn the_same_nines_are_another_life() {
    let faultless = |mttf: u32, mttr: u32| {
        let runs = (0..200).map(|seed| wears(1, mttf, mttr, seed, 24_000));
        runs.filter(|world| metric(&**world, "crashes") == 0.0)
            .count() as f64
            / 200.0
    };
    // A day in seconds: 1 h between faults of 3.6 s, and 1000 h between faults of 1 h.
    let often = faultless(1000, 1);
    let seldom = faultless(1_000_000, 1000);
    assert!(often < 0.01, "{often}");
    assert!(near(seldom, 0.976, 0.03), "{seldom}");
}

//! The rules, one run by hand for each. Messages take a millisecond and work takes ten.

use super::{followed, latencies, left, metric, near, recorded, sent};
use quorumscope_core::protocol::{Claim, NodeId};
use quorumscope_core::trace::What;
use quorumscope_core::world::World;
use serde_json::{Value, json};

/// A request of each client, all within a few microseconds.
fn at_once() -> Value {
    json!({ "requests": 1, "arrivals": "even", "rate_per_s": 1_000_000 })
}

/// Requests at an even rate.
fn even(rate: u32, requests: u32) -> Value {
    json!({ "requests": requests, "arrivals": "even", "rate_per_s": rate })
}

/// Whole milliseconds, shortest first.
fn rounded(mut spans: Vec<f64>) -> Vec<u64> {
    spans.sort_by(f64::total_cmp);
    spans.iter().map(|ms| ms.round() as u64).collect()
}

fn worked(world: &dyn World, node: u16) -> u64 {
    world.sketch(NodeId(node)).done
}

/// When a balancer took servers out, or in again.
fn suspected(world: &dyn World, on: bool) -> Vec<f64> {
    super::when(
        world,
        |event| matches!(event.what, What::Claimed(Claim::Suspects { on: is, .. }) if is == on),
    )
}

#[test]
fn by_name_takes_two_messages_and_as_one_four() {
    for (balancers, messages, delay) in [(0, 2, 12), (1, 4, 14)] {
        let world = recorded(&json!({ "cast": { "balancers": balancers, "clients": 1 },
            "workload": { "requests": 1 } }));
        assert_eq!(world.stats().total_sent(), messages);
        assert_eq!(rounded(latencies(&*world)), [delay]);
    }
}

#[test]
fn client_i_knows_server_i_mod_n() {
    let world = recorded(
        &json!({ "cast": { "balancers": 0, "servers": 3, "clients": 4 },
        "workload": { "requests": 1 } }),
    );
    let done = [0, 1, 2].map(|node| worked(&*world, node));
    assert_eq!(done, [2, 1, 1]);
}

#[test]
fn a_server_works_on_one_request_a_core_in_the_order_in_which_they_came() {
    for (cores, delays) in [(1, [14, 24, 34, 44]), (2, [14, 14, 24, 24])] {
        let world = recorded(&json!({ "cast": { "servers": 1 }, "workload": at_once(),
            "settings": { "cores": cores } }));
        assert_eq!(rounded(latencies(&*world)), delays);
    }
}

#[test]
fn servers_have_speeds_in_turn() {
    let world = recorded(&json!({ "workload": at_once(),
        "settings": { "speeds_per_mille": [1000, 500] } }));
    assert_eq!(rounded(latencies(&*world)), [14, 14, 24, 24]);
}

#[test]
fn central_gives_a_server_a_request_when_it_is_idle() {
    let world = recorded(&json!({ "cast": { "servers": 2 }, "workload": at_once(),
        "settings": { "policy": "central" } }));
    // The balancer knows that a server is idle when it has its result: two hops later.
    assert_eq!(rounded(latencies(&*world)), [14, 14, 26, 26]);
}

#[test]
fn even_arrivals_in_step_with_the_turn_bring_each_client_to_one_server() {
    let servers_of = |servers: u16| {
        let world = recorded(&json!({ "cast": { "servers": servers }, "workload": even(100, 40) }));
        let mut met = std::collections::BTreeSet::new();
        for event in &world.chronicle().events {
            if let What::Claimed(Claim::Worked { op }) = &event.what {
                met.insert((op.client, event.node));
            }
        }
        met.len()
    };
    // Four clients: each meets one of four servers, and all of five.
    assert_eq!((servers_of(4), servers_of(5)), (4, 20));
}

#[test]
fn fastest_gives_by_speed_and_least_loaded_by_number() {
    let done = |policy: &str| {
        let world = recorded(
            &json!({ "cast": { "servers": 2 }, "workload": even(150, 75),
            "settings": { "policy": policy, "speeds_per_mille": [3000, 1000] } }),
        );
        (worked(&*world, 1), worked(&*world, 2))
    };
    let (fast, slow) = done("fastest");
    assert!(fast > 4 * slow, "{fast} and {slow}");
    let (fast, slow) = done("round-robin");
    assert_eq!(fast, slow);
}

#[test]
fn fan_out_asks_all_and_waits_for_some() {
    let fan = |settings: Value| {
        recorded(
            &json!({ "cast": { "clients": 1 }, "workload": { "requests": 1 },
            "settings": settings }),
        )
    };
    let speeds = json!([1000, 500, 250, 125]);
    let all = fan(json!({ "policy": "fan-out", "speeds_per_mille": speeds }));
    assert_eq!(
        (all.stats().total_sent(), rounded(latencies(&*all))),
        (10, vec![84])
    );
    let two = fan(json!({ "policy": "fan-out", "speeds_per_mille": speeds, "wait_for": 2 }));
    assert_eq!(
        (two.stats().total_sent(), rounded(latencies(&*two))),
        (10, vec![24])
    );
    assert_eq!(metric(&*two, "wasted"), 2.0);
    // Each server does a part of its own, once.
    assert_eq!(quorumscope_tests::broken(&*all), [""; 0]);
}

#[test]
fn attempts_leave_at_timeouts_and_after_pauses_that_double() {
    let world = recorded(
        &json!({ "cast": { "balancers": 0, "servers": 1, "clients": 1 },
        "workload": { "requests": 1 }, "script": [{ "do": "crash", "node": 0 }],
        "settings": { "timeout_ms": 100, "attempts": 4, "backoff_ms": 50 } }),
    );
    assert_eq!(left(&*world, "request"), [0.0, 150.0, 350.0, 650.0]);
    assert_eq!(followed(&*world, "give-up"), [750.0]);
}

#[test]
fn a_retry_costs_a_token_and_requests_earn_them() {
    let retries = |budget: Value| {
        let world = recorded(
            &json!({ "cast": { "balancers": 0, "servers": 1, "clients": 1 },
            "workload": even(10, 100), "script": [{ "do": "crash", "node": 0 }],
            "settings": { "timeout_ms": 50, "attempts": 3, "budget_per_mille": budget } }),
        );
        metric(&*world, "retries")
    };
    assert_eq!(retries(json!(null)), 200.0);
    assert_eq!(retries(json!(100)), 10.0);
    assert_eq!(retries(json!(0)), 0.0);
}

#[test]
fn no_more_than_ten_tokens_are_kept() {
    // 200 requests earn the 10 tokens that are kept at most; the next 60 fail, of which the first
    // earns nothing and the others 5.9.
    let world = recorded(
        &json!({ "cast": { "balancers": 0, "servers": 1, "clients": 1 },
        "workload": even(10, 260), "script": [{ "at_ms": 19_950, "do": "crash", "node": 0 }],
        "settings": { "timeout_ms": 50, "attempts": 2, "budget_per_mille": 100 },
        "until_ms": 40_000 }),
    );
    assert_eq!(
        (metric(&*world, "answered"), metric(&*world, "retries")),
        (200.0, 15.0)
    );
}

#[test]
fn a_queue_that_is_full_refuses_and_the_next_attempt_leaves_at_once() {
    let world = recorded(
        &json!({ "cast": { "servers": 1, "clients": 3 }, "workload": at_once(),
        "settings": { "queue": 1 } }),
    );
    assert_eq!(
        (metric(&*world, "answered"), metric(&*world, "failed")),
        (2.0, 1.0)
    );
    // From the server to the balancer, and on to the client.
    assert_eq!(sent(&*world, "busy"), 2);
    let central = recorded(
        &json!({ "cast": { "servers": 1, "clients": 3 }, "workload": at_once(),
        "settings": { "queue": 1, "policy": "central" } }),
    );
    assert_eq!(
        (metric(&*central, "answered"), sent(&*central, "busy")),
        (2.0, 1)
    );
}

#[test]
fn what_waited_too_long_is_thrown_away_when_its_turn_comes() {
    let world = recorded(&json!({ "cast": { "servers": 1 }, "workload": at_once(),
        "settings": { "drop_after_ms": 15 } }));
    assert_eq!(rounded(latencies(&*world)), [14, 24]);
    // The third waited 20 ms; with it, the last one came to its turn.
    assert_eq!(followed(&*world, "too-old").len(), 2);
}

#[test]
fn late_work_is_done_though_the_client_left() {
    let world = recorded(&json!({ "cast": { "servers": 1 }, "workload": at_once(),
        "settings": { "timeout_ms": 20 } }));
    assert_eq!(
        (metric(&*world, "answered"), metric(&*world, "failed")),
        (1.0, 3.0)
    );
    assert_eq!((worked(&*world, 1), metric(&*world, "wasted")), (4, 3.0));
}

#[test]
fn a_server_is_out_three_periods_after_the_first_probe_that_lands_after_its_crash() {
    for (crash, out) in [(1234.0, 1600.0), (1200.5, 1500.0), (1201.0, 1500.0)] {
        let world = recorded(&json!({ "workload": { "requests": 0 }, "until_ms": 5000,
            "settings": { "probe_ms": 100 }, "script": [
                { "at_ms": crash, "do": "crash", "node": 1 },
                { "at_ms": 2050, "do": "restart", "node": 1 }] }));
        assert_eq!(suspected(&*world, true), [out], "crash at {crash}");
        // Probes leave at 2100 and 2200, and the second answer lands two hops later.
        assert_eq!(suspected(&*world, false), [2202.0]);
    }
}

#[test]
fn a_server_that_is_out_gets_nothing() {
    let world = recorded(
        &json!({ "cast": { "servers": 2 }, "workload": even(100, 100),
        "settings": { "probe_ms": 100 }, "script": [{ "do": "crash", "node": 1 }] }),
    );
    // Out at 300 ms: every second request of the first 300 ms is lost.
    assert_eq!(metric(&*world, "failed"), 15.0);
    assert_eq!(metric(&*world, "answered"), 385.0);
}

#[test]
fn a_hedge_asks_another_server_and_the_first_result_counts() {
    let world = recorded(&json!({ "cast": { "servers": 2, "clients": 1 },
        "workload": { "requests": 1, "work_ms": 100 },
        "settings": { "hedge_ms": 30, "speeds_per_mille": [100, 1000] } }));
    assert_eq!(left(&*world, "dispatch"), [1.0, 31.0]);
    // A hop, the hedge, then a hop, 100 ms of work, and two hops.
    assert_eq!(rounded(latencies(&*world)), [134]);
    assert_eq!(
        (metric(&*world, "hedges"), metric(&*world, "wasted")),
        (1.0, 1.0)
    );
}

#[test]
fn servers_tell_each_other_once_and_again_if_all_are_to_tell() {
    let shares = |share: &str, servers: u64| {
        let world = recorded(
            &json!({ "cast": { "servers": servers }, "settings": { "share": share },
            "workload": { "requests": 3 } }),
        );
        sent(&*world, "share")
    };
    for n in [2, 3, 5] {
        assert_eq!(shares("none", n), 0);
        assert_eq!(shares("tell", n), 12 * (n - 1));
        assert_eq!(shares("tell-all", n), 12 * n * (n - 1));
    }
}

#[test]
fn servers_are_rented_at_once_boot_and_are_given_back_late() {
    let world = recorded(&json!({ "cast": { "servers": 8 }, "until_ms": 30_000,
        "workload": even(18, 500),
        "settings": { "scale_every_ms": 1000, "target": 10, "boot_ms": 1500, "cool_ms": 4000,
            "start_servers": 2 },
        "script": [{ "at_ms": 5000, "until_ms": 10_000, "do": "surge", "per_mille": 3200 }] }));
    // 57 a second ask for six servers, from the first whole second of them on.
    let (grown, shrunk) = (followed(&*world, "grow"), followed(&*world, "shrink"));
    assert!(
        (6000.0..=7000.0).contains(&grown[grown.len() - 1]),
        "{grown:?}"
    );
    assert_eq!(sent(&*world, "start"), 4);
    assert_eq!(followed(&*world, "ready")[0], grown[0] + 1.0 + 1500.0);
    // The last second that asked for six ends at 10 s; four seconds later they may go.
    assert!((13_000.0..=15_000.0).contains(&shrunk[0]), "{shrunk:?}");
    let most = shrunk[shrunk.len() - 1] - grown[0];
    let least = shrunk[0] - grown[grown.len() - 1];
    let (base, rented) = (2.0 * 30_000.0, metric(&*world, "rented_ms"));
    assert!(
        (base + 4.0 * least..=base + 4.0 * most).contains(&rented),
        "{rented}"
    );
}

#[test]
fn a_rate_within_a_tenth_of_the_present_number_changes_nothing() {
    for (rate, changes) in [(20, 0), (21, 0), (22, 0), (23, 1), (19, 0), (18, 0)] {
        let world = recorded(&json!({ "cast": { "servers": 8 }, "until_ms": 9_500,
            "workload": even(rate, 1000),
            "settings": { "scale_every_ms": 1000, "target": 10, "start_servers": 2 } }));
        assert_eq!(followed(&*world, "grow").len(), changes, "{rate} a second");
    }
}

#[test]
fn a_server_waits_for_its_provider_without_its_core() {
    let world = recorded(
        &json!({ "cast": { "servers": 1, "providers": 1 }, "workload": at_once(),
        "settings": { "provider_ms": 5, "cores": 1 } }),
    );
    // Work, a hop, the call, a hop; the next one's work begins when the first one's is done.
    assert_eq!(rounded(latencies(&*world)), [21, 31, 41, 51]);
}

#[test]
fn silence_leads_to_the_second_provider_then_to_a_default_or_a_refusal() {
    let ends = |providers: u16, fallback: bool| {
        let crashes: Vec<Value> = (5..5 + providers)
            .map(|node| json!({ "do": "crash", "node": node }))
            .collect();
        let one = json!({ "do": "crash", "node": 5 });
        let script = if providers == 2 && !fallback {
            json!([one])
        } else {
            json!(crashes)
        };
        let world = recorded(&json!({ "cast": { "providers": providers, "clients": 1 },
            "workload": { "requests": 1 }, "script": script,
            "settings": { "call_timeout_ms": 100, "fallback": fallback } }));
        ["answered", "degraded", "failed"].map(|name| metric(&*world, name) as u32)
    };
    assert_eq!(ends(1, false), [0, 0, 1]);
    assert_eq!(ends(1, true), [0, 1, 0]);
    assert_eq!(ends(2, false), [1, 0, 0]);
    assert_eq!(ends(2, true), [0, 1, 0]);
}

#[test]
fn a_breaker_opens_after_silences_in_a_row_and_one_answer_closes_it() {
    let world = recorded(
        &json!({ "cast": { "servers": 1, "providers": 1, "clients": 1 },
        "workload": even(20, 200), "until_ms": 9_000,
        "settings": { "call_timeout_ms": 100, "fallback": true, "breaker": 3, "open_ms": 1000 },
        "script": [{ "at_ms": 1000, "do": "crash", "node": 2 },
            { "at_ms": 4000, "do": "restart", "node": 2 }] }),
    );
    let (opened, closed) = (followed(&*world, "open"), followed(&*world, "close"));
    // The third silence opens it; each try after that is met by silence, until 4 s.
    assert!(near(opened[0], 1212.0, 0.05), "{opened:?}");
    assert_eq!((opened.len(), closed.len()), (3, 1));
    let calls = left(&*world, "call").into_iter();
    let tries = calls
        .filter(|at| (opened[0]..closed[0]).contains(at))
        .count();
    // Two that were under way already had left before it opened.
    assert_eq!(tries, 3, "{opened:?} {closed:?}");
}

#[test]
fn a_client_leaves_a_balancer_once_for_attempts_that_went_to_that_one() {
    let world = recorded(&json!({ "cast": { "balancers": 2, "clients": 2 },
        "workload": even(100, 100), "settings": { "timeout_ms": 200, "attempts": 2 },
        "script": [{ "at_ms": 500, "do": "crash", "node": 0 }] }));
    assert_eq!(followed(&*world, "other-door").len(), 1);
    assert_eq!(metric(&*world, "failed"), 0.0);
}

#[test]
fn a_closed_loop_hides_the_wait_that_an_open_one_shows() {
    let tail = |workload: Value| {
        let world = recorded(
            &json!({ "cast": { "servers": 1, "clients": 1 }, "workload": workload,
            "settings": { "timeout_ms": 60_000 }, "script": [
                { "at_ms": 1000, "until_ms": 2000, "do": "weaken", "node": 1, "per_mille": 1 }] }),
        );
        metric(&*world, "latency_p90_ms")
    };
    // Both ask 20 times a second when all is well; one second is lost.
    let closed = tail(json!({ "requests": 80, "gap_ms": 36 }));
    let open = tail(even(20, 80));
    assert!(closed < 20.0 && open > 500.0, "{closed} and {open}");
}

#[test]
fn a_server_that_refuses_fast_has_the_fewest_under_way_and_draws_all_load() {
    let refused = |policy: &str| {
        let world = recorded(
            &json!({ "cast": { "servers": 4 }, "workload": even(340, 500),
            "settings": { "policy": policy, "queue": 2 },
            "script": [{ "do": "weaken", "node": 4, "per_mille": 1 }] }),
        );
        metric(&*world, "refused")
    };
    let (drawn, in_turn) = (refused("least-loaded"), refused("round-robin"));
    assert!(drawn > 0.0 && in_turn > 0.0, "{drawn} and {in_turn}");
}

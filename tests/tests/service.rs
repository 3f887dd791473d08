//! A service.

use quorumscope_core::systems::{self, service};
use quorumscope_tests::report_on;
use serde_json::json;

#[test]
fn try_it() {
    systems::add(service::SPEC);
    let report = report_on(&json!({ "protocol": "service" }));
    println!(
        "{}",
        serde_json::to_string_pretty(&report["metrics"]).unwrap()
    );
    println!(
        "{}",
        serde_json::to_string_pretty(&report["properties"]).unwrap()
    );
    println!("{} {}", report["messages"], report["ended_at_ms"]);
}

//! What readers and writers of scenarios and links promise, for any scenario and any text.

use proptest::prelude::*;
use quorumscope_core::link::{self, LinkExtras};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use quorumscope_tests::arbitrary::scenarios;
use serde_json::Value;

/// JSON of any shape, with field names that scenarios know.
fn json() -> impl Strategy<Value = Value> {
    let names = "nodes|clients|seed|quorum|latency|model|ms|min_ms|script|do|at_ms|groups|node|of\
                 |behaviour|camps|places|settings|workload|version|kinds|message|\\PC{0,4}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-3..20i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "crash|partition|corrupt|two-faced|withhold|uniform|regions|tamper|\\PC{0,8}"
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(names, inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_written_scenario_is_read_back(scenario in scenarios()) {
        let full = scenario.to_value().to_string();
        let brief = scenario.canonical().to_string();
        prop_assert!(brief.len() <= full.len());
        prop_assert_eq!(Scenario::parse(&full), Ok(scenario.clone()));
        let again = Scenario::parse(&brief).unwrap();
        prop_assert_eq!(again.canonical().to_string(), brief);
        prop_assert_eq!(again, scenario);
    }

    #[test]
    fn a_link_brings_the_scenario_back(scenario in scenarios(), moment in 0..=1_000_000_000_000u64) {
        let extras = LinkExtras { moment: Some(Time(moment)), ..LinkExtras::default() };
        let code = link::encode(&scenario, &extras);
        prop_assert!(code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
        let address = format!("https://example.org/course/#s={code}");
        prop_assert_eq!(link::find_in(&address), Some(code.as_str()));
        prop_assert_eq!(link::open(&address), Ok((scenario, extras)));
    }

    #[test]
    fn no_json_makes_the_reader_panic(document in json()) {
        let _ = Scenario::from_value(&document);
        let _ = Scenario::parse(&document.to_string());
    }

    #[test]
    fn a_wrong_field_in_a_good_scenario_is_refused_or_read(
        scenario in scenarios(), pick in any::<prop::sample::Index>(), wrong in json(),
    ) {
        let mut document = scenario.to_value();
        let mut places = Vec::new();
        pointers(&document, String::new(), &mut places);
        let place: &String = pick.get(&places);
        *document.pointer_mut(place).unwrap() = wrong;
        if let Err(problem) = Scenario::from_value(&document) {
            prop_assert!(!problem.message.is_empty());
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC{0,200}") {
        let _ = Scenario::parse(&text);
        let _ = link::open(&text);
        let _ = link::open(&format!("https://x.org/?{text}"));
        let _ = link::decode(&format!("1.{text}"));
    }

    #[test]
    fn a_damaged_link_is_refused_or_read(
        scenario in scenarios(), at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_-]",
    ) {
        let mut code = link::encode(&scenario, &LinkExtras::default());
        let at = at.index(code.len());
        code.replace_range(at..=at, &letter);
        let _ = link::decode(&code);
        code.truncate(at);
        let _ = link::decode(&code);
    }
}

/// The ways to all values in a document.
fn pointers(value: &Value, way: String, found: &mut Vec<String>) {
    match value {
        Value::Array(entries) => {
            for (at, entry) in entries.iter().enumerate() {
                pointers(entry, format!("{way}/{at}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                pointers(field, format!("{way}/{name}"), found);
            }
        }
        _ => {}
    }
    found.push(way);
}

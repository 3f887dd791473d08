//! What users of the files rely on.

use super::*;
use crate::presets;
use crate::scenario::Scenario;
use crate::world::{World, open};

fn recorded(scenario: &Scenario) -> Box<dyn World> {
    let mut world = open(scenario);
    world.record(true);
    while !world.run_until(Time::NEVER, 1 << 20) {}
    world
}

fn document(text: &str) -> Box<dyn World> {
    recorded(&Scenario::parse(text).unwrap())
}

/// One request, every message 10 ms under way: the figure of the paper.
fn normal_case() -> Box<dyn World> {
    document(r#"{ "latency": { "model": "constant", "ms": 10 }, "workload": { "requests": 1 } }"#)
}

fn written(name: &str, world: &dyn World) -> String {
    export(find(name).unwrap(), world, Stretch::ALL).unwrap()
}

fn ms(from: u64, to: u64) -> Stretch {
    Stretch {
        from: Time(from * 1000),
        to: Time(to * 1000),
    }
}

#[test]
fn every_format_has_its_own_name_and_writes_the_same_twice() {
    let world = normal_case();
    assert!(ALL.iter().map(|format| format.name).eq(NAMES));
    for (index, format) in ALL.iter().enumerate() {
        let first = ALL.iter().position(|other| other.name == format.name);
        assert_eq!(first, Some(index));
        let text = written(format.name, world.as_ref());
        assert!(!text.is_empty() && text == written(format.name, world.as_ref()));
    }
}

#[test]
fn mermaid_of_the_normal_case() {
    let text = written("mermaid", normal_case().as_ref());
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    assert_eq!(
        lines[..8],
        [
            "sequenceDiagram",
            "participant c4 as client 4",
            "participant r0 as replica 0",
            "participant r1 as replica 1",
            "participant r2 as replica 2",
            "participant r3 as replica 3",
            "c4->>r0: request 1",
            "r0->>r1: pre-prepare 1",
        ]
    );
    let arrows = lines.iter().filter(|line| line.contains("->>")).count();
    assert_eq!(arrows, 1 + 3 + 9 + 12 + 4);
    assert!(lines.contains(&"Note over r0: executed 1: c4#35;1"));
    assert!(lines.contains(&"Note over c4: accepted the answer to c4#35;1"));
}

#[test]
fn tikz_of_the_normal_case() {
    let text = written("tikz", normal_case().as_ref());
    assert!(text.contains("\\documentclass[tikz"));
    assert!(text.contains("\\begin{tikzpicture}") && text.contains("\\end{tikzpicture}"));
    let arrows = text.lines().filter(|line| line.contains("\\draw[message]"));
    assert_eq!(arrows.count(), 1 + 3 + 9 + 12 + 4);
    assert!(text.contains("\\draw[message] (0.00,-0.30) -- node[letter] {R} (2.60,-0.60);"));
    assert!(text.contains("{executed 1: c4\\#1}"));
    let open = text.matches('{').count() - text.matches("\\{").count();
    assert_eq!(
        open,
        text.matches('}').count() - text.matches("\\}").count()
    );
}

#[test]
fn the_picture_is_xml_that_needs_nothing_else() {
    for preset in presets::known() {
        let world = recorded(&preset.scenario());
        let stretch = ms(0, 1500);
        let Ok(svg) = export(find("svg").unwrap(), world.as_ref(), stretch) else {
            continue;
        };
        let tree = roxmltree::Document::parse(&svg).unwrap();
        assert_eq!(tree.root_element().tag_name().name(), "svg");
        for node in tree.descendants() {
            for attribute in node.attributes() {
                let (name, value) = (attribute.name(), attribute.value());
                assert!(name != "href" || value.starts_with('#'), "{value}");
                assert!(!value.contains("NaN") && !value.contains("inf"), "{value}");
            }
        }
    }
}

#[test]
fn the_picture_of_the_normal_case_has_a_line_for_each_node_and_an_arrow_for_each_message() {
    let svg = written("svg", normal_case().as_ref());
    assert_eq!(svg.matches("marker-end").count(), 1 + 3 + 9 + 12 + 4);
    for name in [
        "client 4",
        "replica 0",
        "replica 3",
        "pre-prepare",
        "commit",
        "reply",
    ] {
        assert!(svg.contains(&format!(">{name}</text>")), "{name}");
    }
    assert!(!svg.contains(">lost</text>") && !svg.contains("new view"));
}

#[test]
fn what_is_lost_is_marked_in_every_picture() {
    let world =
        document(r#"{ "workload": { "requests": 1 }, "script": [{ "do": "crash", "node": 2 }] }"#);
    let svg = written("svg", world.as_ref());
    assert!(svg.contains("href=\"#lost\"") && svg.contains("<title>crashed</title>"));
    let mermaid = written("mermaid", world.as_ref());
    assert!(mermaid.contains("r0-xr2: pre-prepare 1 (crashed)"));
    assert!(mermaid.contains("Note over r2: crash"));
    assert!(written("tikz", world.as_ref()).contains("message,lost"));
}

#[test]
fn events_have_a_row_each_and_no_field_is_forgotten() {
    for preset in presets::known() {
        let mut world = open(&preset.scenario());
        world.record(true);
        world.run_until(Time(3_000_000), 200_000);
        for event in &world.chronicle().events {
            let fields = crate::trace_json::event(event, world.scenario().spec);
            for field in fields.as_object().unwrap().keys() {
                let known = events_csv::COLUMNS.contains(&field.as_str());
                assert!(known, "{field}");
            }
        }
    }
    let world = normal_case();
    let text = written("events-csv", world.as_ref());
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let header = table.headers().unwrap().clone();
    assert_eq!(
        &header.iter().collect::<Vec<_>>()[..5],
        ["event", "at_ms", "node", "cause", "what"]
    );
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), world.chronicle().events.len());
    let what = header.iter().position(|name| name == "what").unwrap();
    let delivered = rows.iter().filter(|row| &row[what] == "delivered");
    assert_eq!(delivered.count(), 29);
}

#[test]
fn json_lines_are_those_of_the_trace() {
    let world = normal_case();
    let text = written("events-jsonl", world.as_ref());
    assert_eq!(text.lines().count(), world.chronicle().events.len());
    let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(first["event"], 0);
}

#[test]
fn metrics_of_the_normal_case() {
    let world = normal_case();
    let metrics: serde_json::Value =
        serde_json::from_str(&written("metrics-json", world.as_ref())).unwrap();
    assert_eq!(metrics["sent"]["commit"], 12);
    assert_eq!(metrics["delivered"]["prepare"], 9);
    assert_eq!(metrics["latency_ms"]["c4#1"], 50.0);
    assert_eq!(metrics["latency_summary_ms"]["p99"], 50.0);
    assert_eq!(metrics["executed"]["replica 3"], 1);
    assert_eq!(metrics["dropped"]["crashed"], 0);
    let text = written("metrics-csv", world.as_ref());
    let mut table = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(table.headers().unwrap(), vec!["metric", "of", "value"]);
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert!(rows.contains(&csv::StringRecord::from(vec!["latency_ms", "c4#1", "50.0"])));
}

#[test]
fn metrics_count_the_stretch_only() {
    let world = normal_case();
    let metrics = metrics_json::value(world.as_ref(), ms(15, 25).known(world.as_ref()));
    assert_eq!(metrics["sent"]["request"], 0);
    assert_eq!(metrics["sent"]["prepare"], 9);
    assert_eq!(metrics["answered"]["all"], 0);
    assert_eq!(metrics["latency_ms"]["c4#1"], serde_json::Value::Null);
}

/// Each message's end knows all that its beginning knew, and nodes count without gaps.
#[test]
fn vector_clocks_say_what_happened_before_what() {
    let world = normal_case();
    let text = written("shiviz", world.as_ref());
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)")
    );
    assert_eq!(lines.next(), Some(""));
    let mut own = std::collections::BTreeMap::new();
    let mut sent: Vec<(String, serde_json::Value)> = Vec::new();
    let mut received = 0;
    while let (Some(head), Some(says)) = (lines.next(), lines.next()) {
        let (host, clock) = head.split_once(' ').unwrap();
        let clock: serde_json::Value = serde_json::from_str(clock).unwrap();
        let count = own.entry(host.to_owned()).or_insert(0_u64);
        *count += 1;
        assert_eq!(clock[host], *count, "{says}");
        if says.starts_with("sends") {
            sent.push((host.to_owned(), clock));
        } else if let Some((what, rest)) = says.split_once(" from ") {
            received += 1;
            let from = rest.split(' ').next().unwrap();
            let what = what.strip_prefix("receives ").unwrap();
            let knows = |(host, past): &(String, serde_json::Value)| {
                host == from
                    && past
                        .as_object()
                        .unwrap()
                        .iter()
                        .all(|(node, count)| clock[node].as_u64() >= count.as_u64())
            };
            assert!(sent.iter().any(knows), "{what} from {from}");
        }
    }
    assert_eq!(received, 29);
    let last = text.lines().rev().nth(1).unwrap();
    assert!(
        last.starts_with("c4 ") && last.contains("\"r3\":"),
        "{last}"
    );
}

#[test]
fn the_scenario_is_read_again() {
    let world = normal_case();
    let text = written("scenario", world.as_ref());
    assert_eq!(&Scenario::parse(&text).unwrap(), world.scenario());
}

#[test]
fn a_stretch_holds_what_ends_in_it() {
    let world = normal_case();
    let mermaid = find("mermaid").unwrap();
    let text = export(mermaid, world.as_ref(), ms(15, 25)).unwrap();
    assert_eq!(text.matches("->>").count(), 3);
    let svg = export(find("svg").unwrap(), world.as_ref(), ms(15, 25)).unwrap();
    assert_eq!(svg.matches("marker-end").count(), 3 + 9);
}

#[test]
fn too_much_and_nonsense_are_refused_in_words() {
    let world = document(r#"{ "workload": { "requests": 200, "gap_ms": 0 }, "until_ms": 90000 }"#);
    for name in ["mermaid", "tikz"] {
        let problem = export(find(name).unwrap(), world.as_ref(), Stretch::ALL).unwrap_err();
        assert_eq!(problem.path, "span");
        assert!(problem.message.contains("end it before"), "{problem}");
    }
    let backwards = export(ALL[0], world.as_ref(), ms(2, 1)).unwrap_err();
    assert!(backwards.message.contains("must not end"));
    for format in ALL {
        assert!(export(format, world.as_ref(), ms(10_000_000, 20_000_000)).is_ok());
    }
}

#[test]
fn an_empty_run_can_be_written_too() {
    let world = document(r#"{ "clients": 0 }"#);
    for format in ALL {
        assert!(
            export(format, world.as_ref(), Stretch::ALL).is_ok(),
            "{}",
            format.name
        );
    }
}

//! Rules and promises cite sections that exist: each cited work's table of contents is here.

use quorumscope_core::promise::Promise;
use quorumscope_core::protocol::Rule;

/// A work as sources name it, and its numbered sections.
struct Work {
    named: &'static [&'static str],
    sections: &'static [&'static str],
}

const WORKS: &[Work] = &[
    // Castro and Liskov, Practical Byzantine fault tolerance.
    Work {
        named: &["OSDI'99", "Castro & Liskov, OSDI 1999"],
        sections: &[
            "1", "2", "3", "4", "4.1", "4.2", "4.3", "4.4", "4.5", "4.5.1", "4.5.2", "4.6", "5",
            "5.1", "5.2", "6", "6.1", "6.2", "6.3", "7", "8", "9",
        ],
    },
    // Castro and Liskov, Practical Byzantine fault tolerance and proactive recovery: cited whole.
    Work {
        named: &["TOCS'02"],
        sections: &[],
    },
];

/// What is wrong with a source, if anything is: the work is unknown, or has no such section.
fn mistake(source: &str) -> Option<String> {
    let known = WORKS.iter().find_map(|work| {
        let rest = work
            .named
            .iter()
            .find_map(|name| source.strip_prefix(name))?;
        Some((work, rest))
    });
    let Some((work, rest)) = known else {
        return Some(format!(
            "\"{source}\" cites no work whose sections are known"
        ));
    };
    let number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let words = rest.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    let cited: Vec<&str> = words
        .map(|word| word.trim_matches('.'))
        .filter(number)
        .collect();
    if work.sections.is_empty() {
        return cited
            .first()
            .map(|number| format!("\"{source}\": section {number} is not known"));
    }
    if cited.is_empty() {
        return Some(format!("\"{source}\" names no section"));
    }
    let missing = cited
        .iter()
        .find(|number| !work.sections.contains(number))?;
    Some(format!("\"{source}\": there is no section {missing}"))
}

#[test]
fn every_rule_and_promise_of_pbft_cites_sections_that_exist() {
    let spec = &quorumscope_core::systems::pbft::SPEC;
    let rules = spec
        .rules
        .iter()
        .map(|rule: &&Rule| (rule.name, rule.source));
    let promises = spec.promises.iter();
    let promises = promises.map(|promise: &&Promise| (promise.name, promise.source));
    let mistakes: Vec<String> = rules
        .chain(promises)
        .filter_map(|(name, source)| Some(format!("{name}: {}", mistake(source)?)))
        .collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
}

#[test]
fn a_section_that_does_not_exist_is_noticed() {
    assert_eq!(mistake("OSDI'99 §4.5.2"), None);
    assert_eq!(
        mistake("Castro & Liskov, OSDI 1999, sections 3 (liveness) and 4.5.2"),
        None
    );
    for wrong in [
        "OSDI'99 §5.1.2",
        "OSDI'99 §4.3, §4.7",
        "OSDI'99",
        "A book §1",
        "Castro & Liskov, OSDI 1999, sections 2 and 10",
    ] {
        assert!(mistake(wrong).is_some(), "{wrong}");
    }
}

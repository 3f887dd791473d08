//! What the address says: which run, and how the page is to show it.

use quorumscope_core::link::{ENGINE, LinkExtras, decode, encode, find_in, query_of, read_query};
use quorumscope_core::problem::Problem;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use serde_json::Value;

pub mod link_view;
pub mod options;
pub mod share;

/// The run that an address asks for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What to run; the default scenario if the address asks for none.
    pub scenario: Scenario,
    /// The instant to show first.
    pub moment: Option<Time>,
    /// What the maker of the link saw at the run's end, and with which engine.
    pub trace: Option<(u32, String)>,
    /// What the page is to show of it.
    pub view: Option<Value>,
    /// What in the address could not be read and was left out.
    pub notices: Vec<Problem>,
}

impl Asked {
    /// The system that what was left out waits for, if it can be fetched.
    #[must_use]
    pub fn absent(&self) -> Option<&'static str> {
        self.notices.iter().find_map(|notice| notice.absent)
    }
}

/// The fragment that brings a scenario back; `end` is the trace hash at its end, if known.
#[must_use]
pub fn link(scenario: &Scenario, end: Option<u64>) -> String {
    let extras = LinkExtras {
        engine: Some(ENGINE.into()),
        trace: end.map(first_half),
        ..LinkExtras::default()
    };
    format!("#s={}", encode(scenario, &extras))
}

/// The digits of a trace hash that a link carries.
#[must_use]
pub fn first_half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Whether an address says nothing of a run, nor of how to show it.
#[must_use]
pub fn is_plain(address: &str) -> bool {
    !address.contains(['?', '#'])
}

/// Reads the run out of an address, in its full or its readable form.
///
/// # Errors
/// Says in words what is wrong with a link that cannot be read.
pub fn read(address: &str) -> Result<Asked, Problem> {
    if let Some(code) = find_in(address) {
        let (scenario, extras) = decode(code)?;
        let engine = extras.engine.unwrap_or_default();
        return Ok(Asked {
            scenario,
            moment: extras.moment,
            trace: extras.trace.map(|trace| (trace, engine)),
            view: extras.view,
            notices: Vec::new(),
        });
    }
    let (scenario, notices) = read_query(&query_of(address));
    Ok(Asked {
        scenario,
        moment: None,
        trace: None,
        view: None,
        notices,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_brings_the_same_scenario_back() {
        let scenario = crate::edit::setup::with_traitors(&Scenario::default(), 1, "silent");
        let address = format!(
            "https://host/any/{}",
            link(&scenario, Some(0xdead_beef_0000_0000))
        );
        let asked = read(&address).unwrap();
        assert_eq!(asked.scenario, scenario);
        assert_eq!(asked.trace.map(|(trace, _)| trace), Some(0xdead_beef));
    }

    #[test]
    fn a_broken_link_is_refused_and_none_is_the_default() {
        assert!(read("https://host/#s=1.%%%").is_err());
        assert!(read("https://host/#s=9.abc").is_err());
        assert_eq!(
            read("https://host/?embed=1").unwrap().scenario,
            Scenario::default()
        );
        assert_eq!(read("https://host/?n=7").unwrap().scenario.servers(), 7);
        assert_eq!(read("https://host/?n=seven").unwrap().notices.len(), 1);
    }
}

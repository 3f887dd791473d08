//! Named scenarios, each with a story and a promise that a test holds. Each system brings its own.

use crate::scenario::Scenario;
use crate::systems;
pub use crate::trace::DropReason;

/// Those that are known, in the order of systems and of the gallery.
#[must_use]
pub fn known() -> Vec<&'static Preset> {
    systems::presets()
}

/// The preset of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Preset> {
    known().into_iter().find(|preset| preset.name == name)
}

/// A named scenario.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Its name in links.
    pub name: &'static str,
    /// A title for the gallery.
    pub title: &'static str,
    /// The chapter of the gallery in which it stands.
    pub chapter: Chapter,
    /// What it is about, in a sentence or two.
    pub story: &'static str,
    /// What to watch for, in a line.
    pub watch: &'static str,
    /// The scenario document.
    pub document: &'static str,
    /// The preset that shows the other side: safe where this one breaks, or the reverse.
    pub counterpart: Option<&'static str>,
    /// What the run shows.
    pub expects: Expect,
}

/// The chapters of the gallery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chapter {
    /// Nothing goes wrong.
    Normal,
    /// Nodes stop and come back.
    Crashes,
    /// Messages are lost.
    Omissions,
    /// Things take too long.
    Timing,
    /// The network falls apart.
    Partitions,
    /// Traitors that the protocol withstands.
    Traitors,
    /// More than the protocol withstands.
    BeyondTheBound,
}

impl Chapter {
    /// Its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Normal => "Nothing goes wrong",
            Self::Crashes => "Nodes stop",
            Self::Omissions => "Messages are lost",
            Self::Timing => "Things take too long",
            Self::Partitions => "The network falls apart",
            Self::Traitors => "Traitors, withstood",
            Self::BeyondTheBound => "Beyond the bound",
        }
    }
}

/// What a run shows, for the test that holds a preset to it.
#[derive(Clone, Copy, Debug)]
pub struct Expect {
    /// The promises that break; all others hold.
    pub breaks: &'static [&'static str],
    /// How many requests are answered: at least, and at most.
    pub answered: (usize, usize),
    /// The view that honest replicas reach: at least, and at most.
    pub view: (u32, u32),
    /// Reasons for which messages are lost in this run, among others.
    pub drops: &'static [DropReason],
}

impl Preset {
    /// The scenario.
    ///
    /// A test reads each document, so the default stands for one that cannot be read.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        Scenario::parse(self.document).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_scenario_under_a_name_of_its_own() {
        let all = known();
        for (index, preset) in all.iter().enumerate() {
            if let Err(problem) = Scenario::parse(preset.document) {
                panic!("{}: {problem}", preset.name);
            }
            let first = all.iter().position(|other| other.name == preset.name);
            assert_eq!(first, Some(index), "{}", preset.name);
        }
    }
}

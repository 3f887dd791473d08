//! Named scenarios, each with a story and a promise that a test holds.

use crate::scenario::Scenario;
use crate::trace::DropReason;

mod all_forget;
mod corrupted_line;
mod crashed_backup;
mod crashed_primary;
mod cut_off_minority;
mod double_vote;
mod empty_disk;
mod even_split;
mod false_alarms;
mod fast_clock;
mod five_right;
mod five_wrong;
mod heavy_tail;
mod held_back;
mod lossy_network;
mod lost_primary;
mod lying_new_view;
mod many_clients;
mod no_checksum;
mod normal_case;
mod one_way;
mod overlapping;
mod receive_buffer;
mod replayed;
mod round_the_world;
mod router_queue;
mod short_cuts;
mod silent_primary;
mod six_right;
mod six_wrong;
mod slow_link;
mod slow_primary;
mod stale_restart;
mod suspected_alive;
mod three_of_seven;
mod three_replicas;
mod too_many_crashes;
mod twice_and_late;
mod two_faced_held;
mod two_of_four;
mod two_of_seven;
mod withheld_proposals;
mod wrong_answers;

/// Every preset, in the order of the gallery.
pub const ALL: &[&Preset] = &[
    &normal_case::NORMAL_CASE,
    &many_clients::MANY_CLIENTS,
    &round_the_world::ROUND_THE_WORLD,
    &short_cuts::SHORT_CUTS,
    &crashed_backup::CRASHED_BACKUP,
    &crashed_primary::CRASHED_PRIMARY,
    &silent_primary::SILENT_PRIMARY,
    &too_many_crashes::TOO_MANY_CRASHES,
    &stale_restart::STALE_RESTART,
    &empty_disk::EMPTY_DISK,
    &lossy_network::LOSSY_NETWORK,
    &router_queue::ROUTER_QUEUE,
    &receive_buffer::RECEIVE_BUFFER,
    &corrupted_line::CORRUPTED_LINE,
    &no_checksum::NO_CHECKSUM,
    &twice_and_late::TWICE_AND_LATE,
    &suspected_alive::SUSPECTED_ALIVE,
    &slow_link::SLOW_LINK,
    &heavy_tail::HEAVY_TAIL,
    &fast_clock::FAST_CLOCK,
    &even_split::EVEN_SPLIT,
    &cut_off_minority::CUT_OFF_MINORITY,
    &lost_primary::LOST_PRIMARY,
    &one_way::ONE_WAY,
    &held_back::HELD_BACK,
    &overlapping::OVERLAPPING,
    &six_right::SIX_RIGHT,
    &two_faced_held::TWO_FACED_HELD,
    &two_of_seven::TWO_OF_SEVEN,
    &five_right::FIVE_RIGHT,
    &slow_primary::SLOW_PRIMARY,
    &withheld_proposals::WITHHELD_PROPOSALS,
    &double_vote::DOUBLE_VOTE,
    &false_alarms::FALSE_ALARMS,
    &lying_new_view::LYING_NEW_VIEW,
    &replayed::REPLAYED,
    &wrong_answers::WRONG_ANSWERS,
    &three_replicas::THREE_REPLICAS,
    &two_of_four::TWO_OF_FOUR,
    &three_of_seven::THREE_OF_SEVEN,
    &five_wrong::FIVE_WRONG,
    &six_wrong::SIX_WRONG,
    &all_forget::ALL_FORGET,
];

/// The preset of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Preset> {
    ALL.iter().copied().find(|preset| preset.name == name)
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
        for (index, preset) in ALL.iter().enumerate() {
            if let Err(problem) = Scenario::parse(preset.document) {
                panic!("{}: {problem}", preset.name);
            }
            let first = ALL.iter().position(|other| other.name == preset.name);
            assert_eq!(first, Some(index), "{}", preset.name);
        }
    }
}

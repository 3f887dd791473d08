//! The prepared runs of pBFT, each with a story and a promise that a test holds.

use crate::presets::{Chapter, DropReason, Expect, Preset};

mod all_forget;
mod corrupted_line;
mod crashed_backup;
mod crashed_primary;
mod cut_off_minority;
mod double_vote;
mod empty_disk;
mod even_split;
mod false_alarms;
mod far_view;
mod fast_clock;
mod five_right;
mod five_wrong;
mod heavy_tail;
mod held_back;
mod hidden_certificate;
mod ignored_client;
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
mod with_commit;
mod withheld_proposals;
mod without_commit;
mod without_pre_prepare;
mod wrong_answers;
mod wrong_checkpoints;
mod wrong_state;

/// All of them, in the order of the gallery.
pub(super) const ALL: &[&Preset] = &[
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
    &with_commit::WITH_COMMIT,
    &two_faced_held::TWO_FACED_HELD,
    &two_of_seven::TWO_OF_SEVEN,
    &five_right::FIVE_RIGHT,
    &slow_primary::SLOW_PRIMARY,
    &withheld_proposals::WITHHELD_PROPOSALS,
    &double_vote::DOUBLE_VOTE,
    &false_alarms::FALSE_ALARMS,
    &far_view::FAR_VIEW,
    &ignored_client::IGNORED_CLIENT,
    &lying_new_view::LYING_NEW_VIEW,
    &hidden_certificate::HIDDEN_CERTIFICATE,
    &replayed::REPLAYED,
    &wrong_state::WRONG_STATE,
    &wrong_answers::WRONG_ANSWERS,
    &three_replicas::THREE_REPLICAS,
    &two_of_four::TWO_OF_FOUR,
    &wrong_checkpoints::WRONG_CHECKPOINTS,
    &three_of_seven::THREE_OF_SEVEN,
    &five_wrong::FIVE_WRONG,
    &six_wrong::SIX_WRONG,
    &all_forget::ALL_FORGET,
    &without_commit::WITHOUT_COMMIT,
    &without_pre_prepare::WITHOUT_PRE_PREPARE,
];

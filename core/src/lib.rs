//! Quorumscope's core: a run is a pure function of its scenario.
//!
//! Nothing here knows of a browser, a clock, a thread or a file. A
//! [`scenario::Scenario`] says all that decides a run; [`world::World`] is the
//! door to the run itself. The modules stand in reading order.

pub mod time;

pub mod rng;

pub mod quorum;

pub mod voters;

pub mod portrait;

pub mod protocol;

pub mod systems;

pub mod problem;

pub mod json;

pub mod cast;
pub mod fault;
pub mod knob;
pub mod say;
pub mod spec;

pub mod faults;

pub mod behaviours;

pub mod conditions;

pub mod latency;

pub mod scenario;

pub mod link;

pub mod presets;

pub mod trace;

pub mod stats;

pub mod chronicle;

pub mod outlook;
pub mod promise;
pub mod promises;

mod monitor;

mod queue;

pub mod simulation;

pub mod world;

pub mod lesson;
pub mod metric;
pub mod report;
pub mod workload;

pub mod trace_json;

pub mod space_time;

pub mod export;

pub mod foreign;
pub mod recorded;

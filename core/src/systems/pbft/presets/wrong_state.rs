//! State transfer from a liar.

use super::{Chapter, DropReason, Expect, Preset};

pub(super) const WRONG_STATE: Preset = Preset {
    name: "wrong-state",
    title: "A wrong state is refused",
    chapter: Chapter::Traitors,
    story: "Replica 3 was cut off and has to take over the state of the last stable checkpoint. \
            The first that it asks is a traitor, which sends a wrong state with the true proof. \
            The digest gives it away, and the next replica is asked.",
    watch: "A refusal, and then the state from another replica.",
    document: r#"{ "latency": { "model": "constant", "ms": 10 },
  "workload": { "requests": 20, "gap_ms": 100 },
  "settings": { "checkpoint_interval": 2 },
  "script": [
    { "do": "corrupt", "node": 0, "behaviour": "lying-state" },
    { "until_ms": 1500, "do": "partition", "groups": [[0, 1, 2], [3]] }] }"#,
    counterpart: None,
    expects: Expect {
        breaks: &[],
        answered: (20, 20),
        view: (0, 0),
        drops: &[DropReason::Partition],
    },
};

//! Mistakes that implementations of pBFT made, by name. Tests switch them on one at a time
//! (feature `flaws`), to see that a promise breaks: a checker that catches nothing is no checker.

/// The primary sends a PREPARE, and it counts as one of the Q - 1.
pub const COUNTS_PRIMARY: &str = "counts-primary";
/// Votes count whatever digest they are for.
pub const IGNORES_DIGESTS: &str = "ignores-digests";
/// A second proposal for one view and sequence number replaces the first.
pub const TAKES_SECOND: &str = "takes-second";
/// A VIEW-CHANGE carries no prepared certificates.
pub const FORGETS_PREPARED: &str = "forgets-prepared";
/// A VIEW-CHANGE carries only certificates of the view just left.
pub const LAST_VIEW_ONLY: &str = "last-view-only";
/// A replica goes on voting in a view that it gave up.
pub const VOTES_ON: &str = "votes-on";
/// A replica executes what is prepared, before it is committed.
pub const EXECUTES_EARLY: &str = "executes-early";
/// A client believes the first reply.
pub const BELIEVES_ONE: &str = "believes-one";
/// A VIEW-CHANGE is sent once; if it is lost, so it stays.
pub const NEVER_REPEATS: &str = "never-repeats";
/// The timer starts with a proposal only, so a silent primary stays.
pub const TRUSTS_PRIMARY: &str = "trusts-primary";
/// A replica that fell behind asks for nothing.
pub const NEVER_ASKS: &str = "never-asks";
/// A new primary starts the carry-over at its own stable checkpoint, not at the newest one.
pub const OWN_START: &str = "own-start";

/// A replica joins a view change that a single one asks for.
pub const JOINS_ONE: &str = "joins-one";
/// A client believes f+1 answers to a read that was not ordered.
pub const READS_WEAK: &str = "reads-weak";
/// A replica answers a read before what its state reflects is committed.
pub const READS_EARLY: &str = "reads-early";

/// All of them.
pub const ALL: &[&str] = &[
    COUNTS_PRIMARY,
    IGNORES_DIGESTS,
    TAKES_SECOND,
    FORGETS_PREPARED,
    LAST_VIEW_ONLY,
    VOTES_ON,
    EXECUTES_EARLY,
    BELIEVES_ONE,
    NEVER_REPEATS,
    TRUSTS_PRIMARY,
    NEVER_ASKS,
    OWN_START,
    JOINS_ONE,
    READS_WEAK,
    READS_EARLY,
];

//! Mistakes that services make, by name. Tests switch them on one at a time (feature `flaws`), to
//! see that a promise breaks, or that a run comes out another way than it must.

/// A client counts every answer, not the first.
pub const COUNTS_TWICE: &str = "counts-twice";
/// A client forgets a request without saying that it gave up.
pub const FORGETS: &str = "forgets";
/// A server takes a copy of a request for another request.
pub const TAKES_COPIES: &str = "takes-copies";
/// A timeout of an attempt to either balancer makes a client leave the one that it asks now.
pub const ANY_TIMEOUT: &str = "any-timeout";
/// A server that was out is never taken in again.
pub const NEVER_IN: &str = "never-in";
/// A client retries for ever.
pub const NO_CAP: &str = "no-cap";
/// A balancer takes a probe that was not answered for one that was.
pub const TRUSTS_SILENCE: &str = "trusts-silence";
/// A server leaves work undone whose client must have left.
pub const DROPS_LATE: &str = "drops-late";

/// All of them.
pub const ALL: &[&str] = &[
    COUNTS_TWICE,
    FORGETS,
    TAKES_COPIES,
    ANY_TIMEOUT,
    NEVER_IN,
    NO_CAP,
    TRUSTS_SILENCE,
    DROPS_LATE,
];

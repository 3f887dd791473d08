//! The rules of pBFT by name, as traces, lessons and narration cite them.

use crate::protocol::About::{Number, Request, State, View};
use crate::protocol::{About, Rule};

const fn rule(name: &'static str, says: &'static str, source: &'static str, about: About) -> Rule {
    Rule {
        name,
        says,
        source,
        about,
    }
}

macro_rules! rules {
    ($($id:ident = $name:literal, $says:literal, $source:literal, $about:expr;)*) => {
        $(pub(super) const $id: &Rule = &rule($name, $says, $source, $about);)*
        /// All rules, in the order in which a request meets them.
        pub(super) const ALL: &[&Rule] = &[$($id),*];
    };
}

rules! {
    ASK = "ask", "The client sends its request to the primary it believes in.", "OSDI'99 §4.1", Request;
    ASK_ALL = "ask-all", "No answer in time: the client sends its request to all replicas.", "OSDI'99 §4.1", Request;
    READ = "read", "A read needs no ordering: every replica answers from its state, once that is committed.", "OSDI'99 §5.1", Request;
    ACCEPT_REPLY = "accept-reply", "f+1 replicas gave the same result, so at least one honest one did.", "OSDI'99 §4.1", Request;
    RESEND_REPLY = "resend-reply", "The request was executed before: the stored reply is sent again.", "OSDI'99 §4.1", Request;
    RELAY = "relay", "A backup that hears from the client directly passes the request to the primary.", "OSDI'99 §4.1", Request;
    PROPOSE = "propose", "The primary gives the request the next sequence number and proposes it.", "OSDI'99 §4.2", Number;
    PRE_PREPARED = "pre-prepared", "The backup is in that view and accepted nothing else there, so it accepts and says so.", "OSDI'99 §4.2", Number;
    CONFLICT = "conflict", "The backup accepted another value at this view and sequence number: it refuses a second.", "OSDI'99 §4.2", Number;
    PREPARED = "prepared", "The proposal and Q-1 matching PREPAREs from backups: the order in this view is settled.", "OSDI'99 §4.2", Number;
    COMMITTED = "committed", "Q matching COMMITs: the order is settled across views.", "OSDI'99 §4.2", Number;
    TENTATIVE = "tentative", "Prepared and all before it committed: executed tentatively, a quorum of replies must agree.", "OSDI'99 §5.1", Number;
    EXECUTED = "executed", "Committed and everything before it executed: the replica executes and replies.", "OSDI'99 §4.2", Number;
    CHECKPOINT = "checkpoint", "Every K sequence numbers the replica states the digest of its state.", "OSDI'99 §4.3", State;
    STABLE = "stable", "Q matching CHECKPOINTs: the log up to there is discarded, the window moves.", "OSDI'99 §4.3", State;
    SUSPECT = "suspect", "A request waited too long: the backup suspects the primary and moves to the next view.", "OSDI'99 §4.4", View;
    IN_LINE = "in-line", "The primary serves others that waited here too: the request keeps its place in the line, for another timeout.", "OSDI'99 §4.5.2", View;
    OUTWAITED = "outwaited", "The new view did not come in time: on to the one after, with twice the patience.", "OSDI'99 §4.5.2", View;
    JOIN = "join", "f+1 replicas want higher views, so an honest one does: the replica joins the smallest of them.", "OSDI'99 §4.5.2", View;
    REPEAT = "repeat", "No new view yet: the VIEW-CHANGE is sent again, for the first may be lost.", "OSDI'99 §6.1", View;
    WAIT_VIEW = "wait-view", "Q replicas want this view: from now on the new primary's time runs.", "OSDI'99 §4.5.2", View;
    NEW_VIEW = "new-view", "Q VIEW-CHANGEs: the new primary opens the view with what must carry over.", "OSDI'99 §4.4", View;
    ENTER = "enter", "The replica found the same entries from the same VIEW-CHANGEs, and enters the view.", "OSDI'99 §4.4", View;
    REJECT_VIEW = "reject-view", "The NEW-VIEW does not follow from its own VIEW-CHANGEs: refused.", "OSDI'99 §4.4", View;
    RESEND_VIEW = "resend-view", "A replica missed the NEW-VIEW: the primary sends it again.", "OSDI'99 §6.1", View;
    BEHIND = "behind", "Others have proof of what this replica lacks: it asks for it.", "OSDI'99 §4.3, §4.4", State;
    STATUS = "status", "Every so often a replica says how far it is: who is ahead supplies what it lacks.", "TOCS'02", State;
    SUPPLY = "supply", "The replica proves to another what it lacks.", "OSDI'99 §4.4", State;
    TRANSFERRED = "transferred", "The state matches the digest that Q replicas vouch for: the replica takes it over.", "OSDI'99 §4.4, §6.3", State;
}

//! The rules of pBFT by name, as traces, lessons and narration cite them.

use crate::protocol::About::{Number, Request, State, View};
use crate::protocol::{About, Rule};

const fn rule(name: &'static str, says: &'static str, source: &'static str, about: About) -> Rule {
    Rule {
        name,
        says,
        source,
        about,
        news: false,
    }
}

/// The same, told to newcomers too.
const fn told(rule: Rule) -> Rule {
    Rule { news: true, ..rule }
}

macro_rules! rules {
    ($($id:ident = $name:literal, $says:literal, $source:literal, $about:expr $(, $told:ident)?;)*) => {
        $(pub(super) const $id: &Rule = &$($told)?(rule($name, $says, $source, $about));)*
        /// All rules, in the order in which a request meets them.
        pub(super) const ALL: &[&Rule] = &[$($id),*];
    };
}

rules! {
    ASK = "ask", "{Who} sends its request to the primary it believes in.", "OSDI'99 §4.1", Request;
    ASK_ALL = "ask-all", "{Who} has no answer in time, and sends its request to all replicas.", "OSDI'99 §4.1", Request;
    READ = "read", "{Who} answers a read from its state once that is committed: it needs no ordering.", "OSDI'99 §5.1", Request;
    ACCEPT_REPLY = "accept-reply", "{Who} has the same result from enough replicas, so at least one honest one gave it.", "OSDI'99 §4.1", Request;
    RESEND_REPLY = "resend-reply", "{Who} executed the request before, and sends the stored reply again.", "OSDI'99 §4.1", Request;
    RELAY = "relay", "{Who}, a backup, heard from the client directly and passes the request on to the primary.", "OSDI'99 §4.1", Request;
    PROPOSE = "propose", "{Who}, as primary, assigns the next sequence number and proposes the request.", "OSDI'99 §4.2", Number;
    PRE_PREPARED = "pre-prepared", "{Who}, a backup, is in that view and accepted nothing else there, so it accepts and says so.", "OSDI'99 §4.2", Number;
    CONFLICT = "conflict", "{Who} {who:refuses|refuse} a second proposal for number {slot} in view {round}: {who:it|they} accepted another.", "OSDI'99 §4.2", Number, told;
    PREPARED = "prepared", "{Who} has the proposal and Q-1 matching PREPAREs: no other request can get this number in this view.", "OSDI'99 §4.2", Number;
    COMMITTED = "committed", "{Who} has Q matching COMMITs: the order is settled across views.", "OSDI'99 §4.2", Number;
    TENTATIVE = "tentative", "{Who} is prepared and all before is committed: it executes tentatively, and a quorum of replies must agree.", "OSDI'99 §5.1", Number;
    EXECUTED = "executed", "{Who} has committed this and executed everything before it: it executes and replies.", "OSDI'99 §4.2", Number;
    CHECKPOINT = "checkpoint", "{Who} states the digest of its state, as every K sequence numbers.", "OSDI'99 §4.3", State;
    STABLE = "stable", "{Who} has Q matching CHECKPOINTs: it discards its log up to there and moves the window.", "OSDI'99 §4.3", State;
    SUSPECT = "suspect", "{Who} has waited too long for a request: it suspects the primary and moves to the next view.", "OSDI'99 §4.4", View;
    IN_LINE = "in-line", "{Who} keeps the request in its place for another timeout: the primary serves others that waited here too.", "OSDI'99 §4.5.2", View;
    OUTWAITED = "outwaited", "{Who} has waited too long for the new view: on to the one after, with twice the timeout.", "OSDI'99 §4.5.2", View;
    JOIN = "join", "{Who} hears of higher views from f+1 replicas, so from an honest one: it joins the smallest of them.", "OSDI'99 §4.5.2", View;
    REPEAT = "repeat", "{Who} has no new view yet, and sends its VIEW-CHANGE again: the first may be lost.", "OSDI'99 §6.1", View;
    WAIT_VIEW = "wait-view", "{Who} hears that Q replicas want this view: from now on the new primary's time runs.", "OSDI'99 §4.5.2", View;
    NEW_VIEW = "new-view", "{Who}, the new primary, has Q VIEW-CHANGEs and opens the view with what must carry over.", "OSDI'99 §4.4", View;
    ENTER = "enter", "{Who} found the same entries from the same VIEW-CHANGEs, and enters the view.", "OSDI'99 §4.4", View;
    REJECT_VIEW = "reject-view", "{Who} {who:refuses|refuse} the NEW-VIEW for view {round}: it does not follow from its own VIEW-CHANGEs.", "OSDI'99 §4.4", View, told;
    RESEND_VIEW = "resend-view", "{Who}, the primary, hears from a replica that missed the NEW-VIEW and sends it again.", "OSDI'99 §6.1", View;
    BEHIND = "behind", "{Who} asks for what it may lack.", "OSDI'99 §4.3, §4.4", State;
    STATUS = "status", "{Who} says how far it is: who is ahead supplies what it lacks.", "TOCS'02", State;
    SUPPLY = "supply", "{Who} proves to another what it may lack.", "OSDI'99 §4.4", State;
    REFUSE_STATE = "refuse-state", "{Who} {who:refuses|refuse} the state up to number {slot}: its digest is not the one that Q replicas vouch for.", "OSDI'99 §4.4, §6.3", State, told;
    TRANSFERRED = "transferred", "{Who} takes over a state whose digest Q replicas vouch for.", "OSDI'99 §4.4, §6.3", State;
}

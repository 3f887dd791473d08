//! The rules by name, as traces, lessons and narration cite them.
//!
//! The numbers beside the code of this folder mean: [1] work takes time, [2] chance comes with the
//! request, [3] no node sees true time, [6] one timer for the next deadline, [10] by name or as
//! one, [11] policies, [12] two balancers, [13] attempts, [14] queues, [15] probes, [16] hedges,
//! [17] telling, [18] scaling, [19] delegation.

use crate::protocol::About::{Request, View};
use crate::protocol::{About, Rule};

const HAPROXY: &str = "HAProxy configuration manual";
const SRE: &str = "Beyer et al., Site Reliability Engineering, 2016, chapters 20-22";
const TAIL: &str = "Dean & Barroso, The tail at scale, CACM 2013";
const BREAKER: &str = "Nygard, Release It!, 2007";
const SCALER: &str = "Kubernetes, Horizontal pod autoscaling";
const NAMES: &str = "Tanenbaum & van Steen, Distributed systems, chapter 1";
const LAW: &str = "Gunther, Guerrilla capacity planning, 2007";
const QUEUES: &str = "Harchol-Balter, Performance modeling and design of computer systems, 2013";

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
    ($($id:ident = $name:literal, $says:literal, $source:expr, $about:expr $(, $told:ident)?;)*) => {
        $(pub(super) const $id: &Rule = &$($told)?(rule($name, $says, $source, $about));)*
        /// All rules, in the order in which a request meets them.
        pub(super) const ALL: &[&Rule] = &[$($id),*];
    };
}

rules! {
    ASK = "ask", "{Who} asks.", NAMES, Request;
    CHOOSE = "choose", "{Who} gives the request to the server that its policy names.", QUEUES, Request;
    NOBODY = "nobody", "{Who} knows no server that is up, and refuses.", HAPROXY, Request;
    LINE_UP = "line-up", "{Who} keeps the request until a server has nothing to do.", QUEUES, Request;
    BUSY = "busy", "{Who} has no room for one more to wait, and refuses it.", SRE, Request;
    TOO_OLD = "too-old", "{Who} throws away a request that waited too long, and refuses it.", HAPROXY, Request;
    WORKED = "worked", "{Who} has done the work.", QUEUES, Request;
    TELL_ON = "tell-on", "{Who} was told what another did, and tells all others.", LAW, Request;
    CALL = "call", "{Who} needs its provider, and waits without its core.", BREAKER, Request;
    RETURN = "return", "{Who} answers a server that called.", BREAKER, Request;
    OPEN = "open", "{Who} has heard nothing from a provider too often: it calls it no more for a while.", BREAKER, Request, told;
    CLOSE = "close", "{Who} tried its provider once, and has an answer: it calls it as before.", BREAKER, Request, told;
    FALL_BACK = "fall-back", "{Who} has no provider, and gives a default in place of an answer.", BREAKER, Request;
    NO_PROVIDER = "no-provider", "{Who} has no provider, and refuses.", BREAKER, Request;
    HEDGE = "hedge", "{Who} has waited long enough for one server, and asks another one too.", TAIL, Request;
    PASS_ON = "pass-on", "{Who} has what it needs, and answers the client.", HAPROXY, Request;
    PASS_BUSY = "pass-busy", "{Who} tells the client that nothing comes of its attempt.", HAPROXY, Request;
    ACCEPT = "accept", "{Who} takes the first answer; later ones are wasted.", SRE, Request;
    DEFAULT = "default", "{Who} gets a default, for lack of something better.", BREAKER, Request;
    AGAIN = "again", "{Who} asks again.", SRE, Request;
    OTHER_DOOR = "other-door", "{Who} {who:hears|hear} nothing from {who:its|their} balancer, and {who:turns|turn} to the other one.", HAPROXY, Request, told;
    GIVE_UP = "give-up", "{Who} has no attempt left, and gives up.", SRE, Request;
    PROBE = "probe", "{Who} asks each server whether it is there.", HAPROXY, View;
    OUT = "out", "{Who} takes a server out: too many probes in a row were not answered.", HAPROXY, View;
    IN = "in", "{Who} takes a server in again: it answers probes.", HAPROXY, View;
    GROW = "grow", "{Who} rents more servers: as many as the rate of requests asks for.", SCALER, View, told;
    SHRINK = "shrink", "{Who} gives servers back: fewer were enough for long.", SCALER, View, told;
    READY = "ready", "{Who} is up, and says so.", SCALER, View;
}

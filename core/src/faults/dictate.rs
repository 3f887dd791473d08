//! What a puppet sends in place of a message that it holds back.

use super::{KIND, SENDER, SEQUENCE, VIEW, likeness};
use crate::conditions::NodeAction;
use crate::fault::{Family, Fault};
use crate::json::MAX_WHOLE;
use crate::knob::{Among, Knob, Takes};

pub(super) const DICTATE: Fault = Fault {
    name: "dictate",
    title: "Dictate",
    says: "A traitor that does as it is told sends this to one recipient.",
    tells: |args| match args.name("choice") {
        Some("genuine") => {
            "{From|The traitor} sends {to} {kind|message}[ {message}][ ({about})] as it is."
        }
        Some("withhold") => {
            "{From|The traitor} keeps {kind|message}[ {message}][ ({about})] from {to}."
        }
        _ => {
            "{From|The traitor} sends {to} {choice} in place of {kind|message}[ {message}][ ({about})]."
        }
    },
    ends: |_| "",
    family: Family::Byzantine,
    knobs: &[
        Knob::required(
            "message",
            Takes::Number {
                min: 0,
                max: MAX_WHOLE,
            },
            "The message that it holds back: in a script, its number.",
        ),
        Knob::required("to", Takes::Node(Among::Any), "The recipient."),
        Knob::required(
            "choice",
            Takes::Answer,
            "What the recipient gets: what the traitor cannot say goes as it is.",
        ),
        SENDER,
        KIND,
        VIEW,
        SEQUENCE,
    ],
    lasts: false,
    fits: |spec| !spec.choices.is_empty(),
    check: |_| Ok(()),
    apply: |scope, _| {
        Some(NodeAction::Dictate {
            message: scope.args.number("message")?.unsigned_abs(),
            to: scope.args.node("to")?,
            like: likeness(scope),
            choice: scope.args.name("choice")?,
        })
    },
};

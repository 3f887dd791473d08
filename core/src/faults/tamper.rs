//! One chosen message in flight is lost, delayed or doubled.

use super::{KIND, SENDER, SEQUENCE, VIEW, likeness};
use crate::conditions::{NodeAction, Tampering};
use crate::fault::{Family, Fault};
use crate::json::MAX_WHOLE;
use crate::knob::{Among, Args, Knob, Misfit, Takes};

pub(super) const TAMPER: Fault = Fault {
    name: "tamper",
    title: "One message",
    says: "One message in flight is lost, comes later, or comes twice.",
    tells: |args| match args.name("how") {
        Some("drop") => "{Kind|Message}[ {message}][ ({about})][ from {from}] to {to} is dropped.",
        Some("duplicate") => {
            "{Kind|Message}[ {message}][ ({about})][ from {from}] to {to} comes twice."
        }
        _ => {
            "{Kind|Message}[ {message}][ ({about})][ from {from}] to {to} comes[ {extra_ms}] later."
        }
    },
    ends: |_| "",
    family: Family::Omission,
    knobs: &[
        Knob::required(
            "message",
            Takes::Number {
                min: 0,
                max: MAX_WHOLE,
            },
            "The message: in a script, its number in the trace.",
        ),
        Knob::required(
            "to",
            Takes::Node(Among::Any),
            "Which copy of it: the one for this node.",
        ),
        Knob::required(
            "how",
            Takes::Choice(&["drop", "delay", "duplicate"]),
            "What happens to it.",
        ),
        Knob::optional(
            "extra_ms",
            Takes::Span,
            "For a delay: how much later it comes.",
        ),
        SENDER,
        KIND,
        VIEW,
        SEQUENCE,
    ],
    lasts: false,
    fits: |_| true,
    check,
    apply: |scope, _| {
        let args = scope.args;
        let how = match args.name("how")? {
            "drop" => Tampering::Drop,
            "duplicate" => Tampering::Duplicate,
            _ => Tampering::Delay(args.span("extra_ms")?),
        };
        Some(NodeAction::Tamper {
            message: args.number("message")?.unsigned_abs(),
            to: args.node("to")?,
            like: likeness(scope),
            how,
        })
    },
};

fn check(args: &Args) -> Result<(), Misfit> {
    let delays = args.name("how") == Some("delay");
    match args.span("extra_ms") {
        None if delays => Err(Misfit::new(
            "extra_ms",
            "is missing: how \"delay\" needs it",
        )),
        Some(_) if !delays => Err(Misfit::new("extra_ms", "goes with how \"delay\" only")),
        _ => Ok(()),
    }
}

//! What a message looks like, written into the orders that name it by its number.

use quorumscope_core::protocol::Kind;
use quorumscope_core::trace::Transit;
use serde_json::{Value, json};

/// Writes into an order of one message what that looks like, so that it is known again when
/// something before it changes and it gets another number.
pub fn describe(order: &mut Value, transits: impl IntoIterator<Item = Transit>, kinds: &[Kind]) {
    let (Some(message), Some(to)) = (order["message"].as_u64(), order["to"].as_u64()) else {
        return;
    };
    if order.get("from").is_some() {
        return;
    }
    let mut transits = transits.into_iter();
    let Some(transit) = transits.find(|p| p.message.0 == message && u64::from(p.to.0) == to) else {
        return;
    };
    order["from"] = json!(transit.from);
    order["view"] = json!(transit.label.view);
    order["sequence"] = json!(transit.label.sequence);
    if let Some(kind) = kinds.get(usize::from(transit.kind)) {
        order["kinds"] = json!([kind.name]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::setup::orders;
    use crate::run::session::Session;
    use quorumscope_core::scenario::Scenario;
    use quorumscope_core::time::{Span, Time};

    #[test]
    fn the_message_is_described_as_it_is_under_way() {
        let mut session = Session::open(&Scenario::default());
        session.seek(Time(100_000));
        session.pursue(&mut || true);
        let present = session.present(Span::ZERO);
        let transit = present.flights[0].transit;
        let all = || present.flights.iter().map(|flight| flight.transit);
        let mut order =
            json!({ "do": "tamper", "message": transit.message, "to": transit.to, "how": "drop" });
        describe(&mut order, all(), present.kinds);
        assert_eq!(order["from"], json!(transit.from));
        assert_eq!(order["sequence"], json!(transit.label.sequence));
        assert!(orders(&[order], &Scenario::default()).is_ok());
        let mut crash = json!({ "do": "crash", "node": 2 });
        describe(&mut crash, all(), present.kinds);
        assert_eq!(crash, json!({ "do": "crash", "node": 2 }));
    }
}

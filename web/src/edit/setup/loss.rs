//! Loss everywhere and from the start: a standing order of the script, as a field of the set-up.

use quorumscope_core::fault::Order;
use quorumscope_core::faults;
use quorumscope_core::knob::{Args, Value};
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;

/// How many of a thousand messages are lost on any link, from the start to the end.
#[must_use]
pub fn loss(scenario: &Scenario) -> u16 {
    let order = scenario.script.iter().find(|order| is_loss(order));
    order.map_or(0, |order| {
        order.args.number("per_mille").unwrap_or(1000) as u16
    })
}

/// The same scenario with another share of messages lost.
#[must_use]
pub fn with_loss(scenario: &Scenario, per_mille: u16) -> Scenario {
    let mut changed = scenario.clone();
    let place = changed.script.iter().position(is_loss);
    let place = place.unwrap_or(changed.script.len());
    changed.script.retain(|order| !is_loss(order));
    if let Some(order) = standing(per_mille) {
        changed
            .script
            .insert(place.min(changed.script.len()), order);
    }
    changed
}

fn is_loss(order: &Order) -> bool {
    let often = order.args.0.keys().all(|knob| *knob == "per_mille");
    order.fault.name == "omit" && often && order.at == Time::ZERO && order.until.is_none()
}

/// The order that loses this share of messages; none for 0.
fn standing(per_mille: u16) -> Option<Order> {
    if per_mille == 0 {
        return None;
    }
    let mut args = Args::default();
    args.0.insert("per_mille", Value::Number(per_mille.into()));
    Some(Order {
        at: Time::ZERO,
        until: None,
        fault: faults::find("omit")?,
        args,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{check, orders, with_traitors};
    use super::*;
    use quorumscope_core::link::read_query;
    use serde_json::json;

    #[test]
    fn loss_is_the_standing_order_that_addresses_write() {
        let (asked, notices) = read_query(&[("loss".into(), "5".into())]);
        assert!(notices.is_empty());
        assert_eq!(loss(&asked), 50);
        assert_eq!(with_loss(&Scenario::default(), 50), asked);
        assert_eq!(with_loss(&asked, 0), Scenario::default());
    }

    #[test]
    fn loss_changes_in_its_place_and_leaves_other_orders_alone() {
        let mut scenario = with_loss(&with_traitors(&Scenario::default(), 1, "silent"), 10);
        let entry = json!({ "do": "omit", "node": 2, "per_mille": 900 });
        let more = orders(&[entry], &scenario).unwrap();
        scenario.script.extend(more);
        let changed = with_loss(&scenario, 25);
        assert_eq!((loss(&scenario), loss(&changed)), (10, 25));
        assert_eq!(changed.script.len(), 3);
        assert_eq!(changed.script[2], scenario.script[2]);
        assert!(check(&changed).is_ok());
        assert_eq!(with_loss(&changed, 10), scenario);
    }
}

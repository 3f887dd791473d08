//! What each order of a script does to the network, and to nodes.

use crate::cast::Cast;
use crate::conditions::*;
use crate::fault::Scope;
use crate::protocol::{Kept, Label, NodeId};
use crate::scenario::{Scenario, order_from_value};
use crate::systems;
use crate::time::{Span, Time};
use crate::trace::DropReason;
use serde_json::{Value, json};

/// A network of four replicas and a client after these orders, and what they do to nodes.
fn after(orders: &[Value]) -> (Conditions, Vec<NodeAction>) {
    let scenario = Scenario::default();
    let mut network = Conditions::new(1, 4, 5);
    let mut actions = Vec::new();
    for (index, order) in orders.iter().enumerate() {
        let order = order_from_value(order, &scenario, "").unwrap();
        let scope = Scope {
            args: &order.args,
            order: index as u32,
            cast: &Cast::usual(systems::first().roles),
            now: Time::ZERO,
            spec: systems::first(),
        };
        actions.extend((order.fault.apply)(&scope, &mut network));
    }
    (network, actions)
}

fn network(order: Value) -> Conditions {
    after(&[order]).0
}

fn action(order: Value) -> NodeAction {
    after(&[order]).1.pop().unwrap()
}

fn kind(name: &str) -> u8 {
    let mut kinds = systems::first().kinds.iter();
    kinds.position(|kind| kind.name == name).unwrap() as u8
}

fn verdict(network: &Conditions, from: u16, to: u16, name: &str) -> Verdict {
    let packet = Packet {
        from: NodeId(from),
        to: NodeId(to),
        kind: kind(name),
        count: 0,
    };
    network.clone().judge(Time::ZERO, &packet)
}

fn lost(network: &Conditions, from: u16, to: u16) -> Option<DropReason> {
    verdict(network, from, to, "commit").lost
}

#[test]
fn omission_names_its_end_its_cause_and_its_kinds() {
    let sends = network(json!({ "do": "omit", "node": 1 }));
    assert_eq!(lost(&sends, 1, 2), Some(DropReason::RouterQueueOverflow));
    assert_eq!(lost(&sends, 2, 1), None);
    let receives = network(json!({ "do": "omit", "node": 1, "direction": "receive", "peer": 0 }));
    assert_eq!(
        lost(&receives, 0, 1),
        Some(DropReason::ReceiveBufferOverflow)
    );
    assert_eq!((lost(&receives, 2, 1), lost(&receives, 1, 0)), (None, None));
    let chosen = network(json!({ "do": "omit", "cause": "corruption", "kinds": ["prepare"] }));
    assert_eq!(lost(&chosen, 0, 1), None);
    assert_eq!(
        verdict(&chosen, 0, 1, "prepare").lost,
        Some(DropReason::Corruption)
    );
    let unchecked = network(json!({ "do": "omit", "cause": "corruption", "checksum": false }));
    assert_eq!(lost(&unchecked, 0, 1), None);
    assert!(verdict(&unchecked, 0, 1, "commit").garble.is_some());
}

#[test]
fn a_link_that_loses_everything_is_as_good_as_cut() {
    let severed = |order: Value| network(order).severed(NodeId(1), NodeId(2));
    assert!(severed(json!({ "do": "omit", "node": 1 })));
    assert!(severed(json!({ "do": "omit", "per_mille": 1000 })));
    assert!(!severed(
        json!({ "do": "omit", "node": 1, "per_mille": 999 })
    ));
    assert!(!severed(
        json!({ "do": "omit", "node": 1, "kinds": ["prepare"] })
    ));
    assert!(!severed(json!({ "do": "omit", "node": 2 })));
}

#[test]
fn a_finite_queue_stands_at_the_exit_or_the_entrance() {
    let queue = |direction| {
        network(
            json!({ "do": "omit", "node": 0, "direction": direction, "capacity": 1,
            "service_ms": 5 }),
        )
    };
    let (exit, entrance) = (queue("send"), queue("receive"));
    assert!(!exit.is_fault_free() && !exit.buffers());
    assert!(entrance.is_fault_free() && entrance.buffers());
    assert_eq!(verdict(&exit, 0, 1, "commit").extra, Span::from_ms(5));
    assert_eq!(verdict(&exit, 1, 0, "commit").extra, Span::ZERO);
}

#[test]
fn slowness_and_cuts_know_their_direction() {
    let slow = network(json!({ "do": "slow", "from": 3, "to": null, "extra_ms": 200 }));
    let extra = |network: &Conditions, from, to| verdict(network, from, to, "commit").extra;
    assert_eq!(extra(&slow, 3, 0), Span::from_ms(200));
    assert_eq!(extra(&slow, 0, 3), Span::ZERO);
    assert_eq!(slow.slowness(NodeId(3)), Span::from_ms(200));
    let both = network(json!({ "do": "slow", "from": 3, "both": true, "extra_ms": 200 }));
    assert_eq!(extra(&both, 0, 3), Span::from_ms(200));
    let everything = network(json!({ "do": "slow", "both": true, "extra_ms": 200 }));
    assert_eq!(extra(&everything, 0, 1), Span::from_ms(200), "not twice");
    let cut = network(json!({ "do": "cut", "from": 0, "to": 1, "hold": true }));
    assert_eq!(verdict(&cut, 0, 1, "commit").held_by, Some(0));
    assert_eq!(verdict(&cut, 1, 0, "commit").held_by, None);
    assert!(cut.severed(NodeId(0), NodeId(1)) && !cut.severed(NodeId(1), NodeId(0)));
}

#[test]
fn duplicates_and_stragglers_come_within_their_span() {
    let twice = network(json!({ "do": "duplicate", "within_ms": 3 }));
    assert!(verdict(&twice, 0, 1, "commit").duplicate <= Some(Span::from_ms(3)));
    assert!(verdict(&twice, 0, 1, "commit").duplicate.is_some());
    let late = network(json!({ "do": "reorder", "spread_ms": 3 }));
    assert!(verdict(&late, 0, 1, "commit").extra <= Span::from_ms(3));
}

#[test]
fn whatever_lasts_is_lifted_and_healed() {
    let orders = [
        json!({ "do": "silence", "node": 0 }),
        json!({ "do": "omit", "node": 1 }),
        json!({ "do": "omit", "node": 1, "capacity": 1, "service_ms": 1 }),
        json!({ "do": "omit", "node": 1, "direction": "receive", "capacity": 1, "service_ms": 1 }),
        json!({ "do": "slow", "extra_ms": 1 }),
        json!({ "do": "drift", "node": 0, "ppm": 1_000_000 }),
        json!({ "do": "partition", "groups": [[0], [1]] }),
        json!({ "do": "cut", "from": 0, "to": 1 }),
        json!({ "do": "duplicate" }),
        json!({ "do": "reorder" }),
        json!({ "do": "surge", "per_mille": 2000 }),
        json!({ "do": "wear", "mttf_ms": 500, "mttr_ms": 50 }),
    ];
    let lasting = super::ALL
        .iter()
        .filter(|fault| fault.lasts && (fault.fits)(systems::first()));
    for fault in lasting {
        assert!(
            orders.iter().any(|order| order["do"] == fault.name),
            "{}",
            fault.name
        );
    }
    let calm = |network: &Conditions| {
        let second = Span::from_ms(1000);
        network.is_fault_free()
            && !network.buffers()
            && network.by_clock_of(NodeId(0), second) == second
    };
    let (mut network, actions) = after(&orders);
    assert!(matches!(
        actions.as_slice(),
        [NodeAction::Wear { order: 11, .. }]
    ));
    assert_eq!(
        network.clone().heal(Time::ZERO),
        (0..12).collect::<Vec<_>>()
    );
    for order in 0..12 {
        assert!(order >= 10 || !calm(&network));
        network.lift(order, Time::ZERO);
    }
    assert!(calm(&network));
}

#[test]
fn orders_to_nodes_become_deeds() {
    let node = NodeId(2);
    let restart = |keeps: Value| action(json!({ "do": "restart", "node": 2, "keeps": keeps }));
    assert_eq!(
        action(json!({ "do": "crash", "node": 2 })),
        NodeAction::Crash(node)
    );
    assert_eq!(
        restart(json!("everything")),
        NodeAction::Restart(node, Kept::Everything)
    );
    assert_eq!(
        restart(json!("stale")),
        NodeAction::Restart(node, Kept::AllBut(8))
    );
    assert_eq!(
        restart(json!("checkpoint")),
        NodeAction::Restart(node, Kept::Image("checkpoint"))
    );
    assert_eq!(
        restart(json!("nothing")),
        NodeAction::Restart(node, Kept::Nothing)
    );
    assert_eq!(action(json!({ "do": "heal" })), NodeAction::Heal);
    let request = NodeAction::Request {
        client: NodeId(4),
        read: true,
        key: None,
        work: None,
    };
    assert_eq!(action(json!({ "do": "request", "read": true })), request);
    let how = |how: Value| match action(how) {
        NodeAction::Tamper {
            message: 9,
            to: NodeId(1),
            how,
            ..
        } => how,
        action => panic!("{action:?}"),
    };
    let tamper = |name| json!({ "do": "tamper", "message": 9, "to": 1, "how": name });
    assert_eq!(how(tamper("drop")), Tampering::Drop);
    assert_eq!(how(tamper("duplicate")), Tampering::Duplicate);
}

#[test]
fn traitors_are_told_what_to_do() {
    let plan = |order: Value| match action(order) {
        NodeAction::Corrupt(NodeId(0), plan) => plan,
        action => panic!("{action:?}"),
    };
    let acts = |name: &str| {
        let plan = plan(json!({ "do": "corrupt", "node": 0, "behaviour": name }));
        plan.rules.first().map(|rule| (rule.act, rule.kinds))
    };
    let proposals = 1 << kind("pre-prepare");
    let third = Span::from_ms(300);
    assert_eq!(acts("silent"), Some((ByzantineAct::Withhold, u64::MAX)));
    assert_eq!(acts("withhold"), Some((ByzantineAct::Withhold, u64::MAX)));
    assert_eq!(acts("delay"), Some((ByzantineAct::Delay(third), u64::MAX)));
    assert_eq!(
        acts("slow-primary"),
        Some((ByzantineAct::Delay(third), proposals))
    );
    assert_eq!(
        acts("replay"),
        Some((ByzantineAct::Replay(Span::from_ms(1000)), u64::MAX))
    );
    for lie in ["double-vote", "lying-new-view", "corrupt-reply"] {
        assert_eq!(acts(lie), Some((ByzantineAct::Lie(lie), u64::MAX)));
    }
    let two_faced = json!({ "do": "corrupt", "node": 0, "behaviour": "two-faced" });
    assert_eq!(plan(two_faced).camps, Some(Vec::new()));
    let alarm = json!({ "do": "corrupt", "node": 0, "behaviour": "false-view-change" });
    assert_eq!(plan(alarm).provoke, Some(Span::from_ms(500)));
}

#[test]
fn an_order_may_say_what_its_message_looks_like() {
    let like = |more: Value| {
        let mut order = json!({ "do": "tamper", "message": 9, "to": 1, "how": "drop" });
        let fields = order.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        match action(order) {
            NodeAction::Tamper { like, .. } => like,
            action => panic!("{action:?}"),
        }
    };
    assert!(like(json!({})).is_blank());
    let known = like(json!({ "from": 2, "kinds": ["prepare"], "view": 1, "sequence": 4 }));
    let label = |view, sequence| Label {
        view,
        sequence,
        digest: 7,
    };
    let prepare = kind("prepare");
    assert!(known.fits(NodeId(2), prepare, label(1, 4)));
    assert!(!known.fits(NodeId(3), prepare, label(1, 4)));
    assert!(!known.fits(NodeId(2), kind("commit"), label(1, 4)));
    assert!(!known.fits(NodeId(2), prepare, label(0, 4)));
    assert!(!known.fits(NodeId(2), prepare, label(1, 3)));
}

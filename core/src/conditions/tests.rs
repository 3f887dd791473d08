//! Verdicts on packets, as orders of a script bring them about.

use super::*;

const CALM: Verdict = Verdict {
    lost: None,
    extra: Span::ZERO,
    duplicate: None,
    held_by: None,
    garble: None,
};

fn packet(from: u16, to: u16, count: u32) -> Packet {
    Packet {
        from: NodeId(from),
        to: NodeId(to),
        kind: 2,
        count,
    }
}

fn rule(order: u32, per_mille: u32, effect: LinkEffect) -> LinkRule {
    LinkRule {
        order,
        from: Some(NodeId(0)),
        to: None,
        kinds: u64::MAX,
        per_mille,
        effect,
    }
}

fn groups(groups: &[&[u16]]) -> Vec<Vec<NodeId>> {
    let nodes = |group: &&[u16]| group.iter().map(|node| NodeId(*node)).collect();
    groups.iter().map(nodes).collect()
}

fn fresh() -> Conditions {
    Conditions::new(7, 4, 5)
}

#[test]
fn a_network_is_calm_until_a_fault_and_after_it() {
    let mut network = fresh();
    assert!(network.is_fault_free());
    assert_eq!(network.judge(Time::ZERO, &packet(0, 1, 0)), CALM);
    network.lay(rule(3, 1000, LinkEffect::Lose(DropReason::Corruption)));
    network.silence(1, NodeId(2));
    assert!(!network.is_fault_free());
    assert_eq!(network.heal(Time::ZERO), [1, 3]);
    assert!(network.is_fault_free());
    assert_eq!(network.judge(Time::ZERO, &packet(0, 1, 0)), CALM);
}

#[test]
fn one_faults_dice_do_not_depend_on_anothers() {
    let lost = |network: &mut Conditions| {
        let judged = (0..500).map(|k| network.judge(Time::ZERO, &packet(0, 1, k)));
        judged
            .map(|verdict| verdict.lost == Some(DropReason::Corruption))
            .collect::<Vec<_>>()
    };
    let mut alone = fresh();
    alone.lay(rule(4, 300, LinkEffect::Lose(DropReason::Corruption)));
    let mut together = fresh();
    together.lay(rule(2, 500, LinkEffect::Duplicate(Span::from_ms(5))));
    together.lay(rule(4, 300, LinkEffect::Lose(DropReason::Corruption)));
    let drops = lost(&mut alone);
    assert_eq!(drops, lost(&mut together));
    let share = drops.iter().filter(|lost| **lost).count();
    assert!((110..190).contains(&share), "{share} of 500");
}

#[test]
fn a_rule_concerns_its_link_direction_and_kinds() {
    let mut network = fresh();
    let mut only = rule(0, 1000, LinkEffect::Cut { hold: false });
    only.to = Some(NodeId(1));
    only.kinds = 1 << 2;
    network.lay(only);
    let lost = |packet| network.clone().judge(Time::ZERO, &packet).lost;
    assert_eq!(lost(packet(0, 1, 0)), Some(DropReason::Partition));
    assert_eq!(lost(packet(1, 0, 0)), None);
    assert_eq!(lost(packet(0, 2, 0)), None);
    assert_eq!(
        lost(Packet {
            kind: 3,
            ..packet(0, 1, 0)
        }),
        None
    );
    assert!(network.severed(NodeId(0), NodeId(1)) && !network.severed(NodeId(1), NodeId(0)));
}

#[test]
fn partitions_overlap_and_end_one_by_one() {
    let mut network = fresh();
    network.part(Partition::new(
        0,
        5,
        &groups(&[&[0, 1], &[2, 3]]),
        false,
        false,
    ));
    network.part(Partition::new(1, 5, &groups(&[&[0], &[1]]), false, true));
    let reaches = |network: &Conditions, from, to| !network.severed(NodeId(from), NodeId(to));
    assert!(!reaches(&network, 0, 1) && !reaches(&network, 0, 2) && reaches(&network, 2, 3));
    assert!(
        reaches(&network, 4, 0) && reaches(&network, 2, 4),
        "unnamed: reaches everyone"
    );
    assert_eq!(network.side(NodeId(1)), Some(1));
    assert_eq!(network.side(NodeId(2)), Some(1));
    assert_eq!(network.side(NodeId(4)), None);
    let verdict = network.judge(Time::ZERO, &packet(0, 1, 0));
    assert_eq!((verdict.lost, verdict.held_by), (None, Some(1)));
    network.lift(0, Time::ZERO);
    assert!(!reaches(&network, 0, 1) && reaches(&network, 0, 2));
    network.lift(1, Time::ZERO);
    assert!(network.is_fault_free());
}

#[test]
fn a_one_way_partition_lets_earlier_groups_speak_to_later_ones() {
    let mut network = fresh();
    network.part(Partition::new(0, 5, &groups(&[&[0], &[1, 2]]), true, false));
    assert!(!network.severed(NodeId(0), NodeId(1)));
    assert!(network.severed(NodeId(1), NodeId(0)));
}

#[test]
fn a_full_router_queue_drops_and_a_filling_one_delays() {
    let mut network = fresh();
    let service = Span::from_ms(10);
    network.narrow(Queue::new(0, NodeId(0), QueueAt::Exit, service, 2));
    let mut send = |at, k| network.judge(Time(at), &packet(0, 1, k));
    assert_eq!(send(0, 0).extra, Span::from_ms(10));
    assert_eq!(send(0, 1).extra, Span::from_ms(20));
    assert_eq!(send(0, 2).lost, Some(DropReason::RouterQueueOverflow));
    assert_eq!(send(9_999, 3).lost, Some(DropReason::RouterQueueOverflow));
    assert_eq!(
        send(10_000, 4).extra,
        Span::from_ms(20),
        "one place is free again"
    );
    assert_eq!(send(100_000, 5).extra, Span::from_ms(10));
}

#[test]
fn a_full_receive_buffer_loses_what_arrives() {
    let mut network = fresh();
    let processing = Span::from_ms(5);
    network.narrow(Queue::new(0, NodeId(1), QueueAt::Entrance, processing, 1));
    assert!(network.buffers() && network.is_fault_free());
    let mut arrive = |at, waited| network.arrive(Time(at), &packet(0, 1, 0), waited);
    assert_eq!(arrive(0, false), Arrival::Waits(Time(5_000)));
    assert_eq!(
        arrive(1, false),
        Arrival::Lost(DropReason::ReceiveBufferOverflow)
    );
    assert_eq!(arrive(5_000, true), Arrival::Taken);
    assert_eq!(arrive(5_000, false), Arrival::Waits(Time(10_000)));
}

#[test]
fn delays_add_up_and_stay_within_their_spread() {
    let mut network = fresh();
    let slow = |tail| LinkEffect::Delay {
        extra: Span::from_ms(100),
        spread: Span::from_ms(10),
        tail,
    };
    network.lay(rule(0, 1000, slow(Tail::Even)));
    for k in 0..200 {
        let extra = network.judge(Time::ZERO, &packet(0, 1, k)).extra;
        assert!((100_000..=110_000).contains(&extra.0), "{extra}");
    }
    network.lay(rule(1, 1000, slow(Tail::Pareto)));
    assert_eq!(network.slowness(NodeId(0)), Span::from_ms(200));
    assert_eq!(network.slowness(NodeId(1)), Span::ZERO);
    let extra = |k| network.clone().judge(Time::ZERO, &packet(0, 1, k)).extra;
    assert!(
        (0..2000).any(|k| extra(k) > Span::from_ms(400)),
        "the tail is heavy"
    );
}

#[test]
fn a_fast_clock_makes_spans_shorter_and_a_slow_one_longer() {
    let mut network = fresh();
    network.drift(0, NodeId(0), 1_000_000, Time::ZERO);
    network.drift(1, NodeId(1), -500_000, Time::ZERO);
    let second = Span::from_ms(1000);
    assert_eq!(network.by_clock_of(NodeId(0), second), Span::from_ms(500));
    assert_eq!(network.by_clock_of(NodeId(1), second), Span::from_ms(2000));
    assert_eq!(network.by_clock_of(NodeId(2), second), second);
    assert!(
        network.is_fault_free(),
        "clocks are no matter of the network"
    );
    assert_eq!(network.heal(Time::ZERO), [0, 1]);
    assert_eq!(network.by_clock_of(NodeId(0), second), second);
}

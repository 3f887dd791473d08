//! Digests, what a message says to those who read it, and what a bad line makes of it.

use super::super::tests::{
    batch, change, image, label, new_view, op, prepared, proof, seat, supply, view_one,
};
use super::*;
use crate::protocol::NodeId;
use crate::systems::pbft::Settings;
use std::collections::BTreeSet;

#[test]
fn requests_differ_in_their_digests_and_none_is_null() {
    let mut ops = Vec::new();
    for (client, number) in [(4, 1), (4, 2), (5, 1), (0, 1), (8, 1), (4, 1 << 31)] {
        for read in [false, true] {
            ops.push(Op::plain(NodeId(client), number, read));
        }
    }
    let digests: BTreeSet<u64> = ops.iter().map(|op| op_digest(*op)).collect();
    assert_eq!(digests.len(), ops.len());
    assert!(digests.iter().all(|digest| digest & 1 == 1), "so never 0");
}

#[test]
fn batches_differ_in_their_digests_by_content_and_order() {
    let pairs = (1..40).flat_map(|a| (1..40).map(move |b| vec![op(a), op(b)]));
    let batches: Vec<Vec<Op>> = pairs.chain((1..40).map(|a| vec![op(a)])).collect();
    let digests: BTreeSet<u64> = batches.iter().map(|batch| digest(batch)).collect();
    assert_eq!(digests.len(), batches.len());
    assert_eq!(digest(&[]), NULL);
    assert!(!digests.contains(&NULL));
}

fn vote() -> Label {
    Label {
        view: 1,
        sequence: 2,
        digest: 0xF0,
    }
}

fn reply() -> Msg {
    Msg::Reply {
        view: 1,
        op: op(2),
        result: 0xF0,
        tentative: true,
    }
}

/// The digest, wherever a message has it, is what a line without checksums changes.
#[test]
fn a_bad_line_flips_bits_of_digests_and_results_and_nothing_else() {
    let checkpoint = Msg::Checkpoint {
        sequence: 2,
        digest: 0xF0,
    };
    let proposal = Msg::PrePrepare(vote(), batch(1));
    let messages = [
        proposal,
        Msg::Prepare(vote()),
        Msg::Commit(vote()),
        checkpoint,
        reply(),
    ];
    for msg in messages {
        let bad = msg.garbled(0x3C).expect("it has a digest");
        let expected = Label {
            digest: 0xF0 ^ 0x3C,
            ..msg.label()
        };
        assert_eq!((bad.kind(), bad.label()), (msg.kind(), expected));
    }
    assert!(Msg::Request(op(1)).garbled(0x3C).is_none());
    assert!(Msg::ViewChange(change(1, 1)).garbled(0x3C).is_none());
}

#[test]
fn contents_name_the_kind_and_all_that_a_message_says() {
    let vote = label(1, 2, &batch(3));
    let digest = hex(vote.digest);
    let said = [
        (
            Msg::Request(op(3)),
            json!({ "kind": "request", "operation": "c4#3", "read": false }),
        ),
        (
            Msg::PrePrepare(vote, batch(3)),
            json!({ "kind": "pre-prepare", "view": 1, "sequence": 2, "digest": digest,
                "value": "c4#3" }),
        ),
        (
            Msg::Commit(vote),
            json!({ "kind": "commit", "view": 1, "sequence": 2, "digest": digest }),
        ),
        (
            reply(),
            json!({ "kind": "reply", "view": 1, "operation": "c4#2",
                "result": "00000000000000f0", "tentative": true }),
        ),
        (
            Msg::Checkpoint {
                sequence: 2,
                digest: 10,
            },
            json!({ "kind": "checkpoint", "sequence": 2, "state": "000000000000000a" }),
        ),
        (
            Msg::StateRequest(Progress {
                executed: 2,
                view: 1,
                active: false,
            }),
            json!({ "kind": "state-request", "executed": 2, "view": 1, "active": false }),
        ),
    ];
    for (msg, contents) in said {
        assert_eq!(msg.contents(), contents);
    }
}

#[test]
fn contents_of_a_view_change_and_a_new_view_show_what_they_prove() {
    let body = ViewChange {
        view: 1,
        stable: proof(&image(2)),
        prepared: vec![prepared(0, 3, 3)],
    };
    let signed = seat(2, Settings::default()).sign(body);
    let certificate = prepared(0, 3, 3).label();
    let change = json!({ "from": 2, "view": 1,
        "stable": { "sequence": 2, "state": hex(image(2).digest()), "voters": [0, 2, 3] },
        "prepared": [{ "view": 0, "sequence": 3, "digest": hex(certificate.digest),
            "value": "c4#3", "voters": [2, 3] }] });
    let mut alone = change.clone();
    alone["kind"] = "view-change".into();
    assert_eq!(Msg::ViewChange(signed.clone()).contents(), alone);
    let new = new_view(1, 1, &[signed], &[Proposal::null(3)]);
    assert_eq!(
        Msg::NewView(new).contents(),
        json!({ "kind": "new-view", "view": 1, "changes": [change], "proposals": [
            { "sequence": 3, "value": "null", "digest": hex(NULL) }] })
    );
}

#[test]
fn contents_of_a_state_reply_show_what_it_brings() {
    let mut reply = supply(&image(2));
    reply.new_view = Some(view_one());
    let contents = Msg::StateReply(Rc::new(reply)).contents();
    assert_eq!(contents["with_state"], true);
    assert_eq!(contents["stable"]["sequence"], 2);
    assert_eq!(contents["committed"], json!([]));
    assert_eq!(contents["new_view"], 1);
}

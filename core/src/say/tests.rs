//! Templates are filled in, and what is told comes back.

use super::*;
use crate::scenario::Scenario;

fn ids(numbers: impl IntoIterator<Item = u16>) -> Vec<NodeId> {
    numbers.into_iter().map(NodeId).collect()
}

#[test]
fn a_template_says_what_it_has_values_for() {
    let cast = Scenario::default().cast;
    let none = Fields::new(&cast);
    let fields = none.clone().node("who", NodeId(2)).number("slot", 3u64);
    let told = |template: &str| say(template, &fields).text;
    assert_eq!(told("{Who} waits for {slot}."), "Replica 2 waits for 3.");
    assert_eq!(
        told("{who}[ to {peer}] waits[ at {slot}]"),
        "replica 2 waits at 3"
    );
    assert_eq!(told("{peer|each node} waits"), "each node waits");
    assert_eq!(
        told("[{?slot}there is one][{?peer}and no other]"),
        "there is one"
    );
    assert_eq!(say("{slot:one|# of them}", &fields).text, "3 of them");
    let one = none.number("slot", 1u64);
    assert_eq!(say("{slot:one|# of them}", &one).text, "one");
}

#[test]
fn the_form_of_a_word_goes_with_the_count_of_nodes() {
    let cast = Scenario::default().cast;
    let of = |nodes: &[NodeId]| {
        let fields = Fields::new(&cast).nodes("who", nodes);
        say("{Who} {who:agrees|agree}.", &fields).text
    };
    assert_eq!(of(&ids([1])), "Replica 1 agrees.");
    assert_eq!(of(&ids([1, 3])), "Replicas 1 and 3 agree.");
    assert_eq!(of(&ids([0, 1, 4])), "Replicas 0 and 1 and client 4 agree.");
}

#[test]
fn many_nodes_are_named_by_where_they_begin_and_end() {
    let cast = Scenario::default().cast.with(0, 40);
    assert_eq!(names(&ids(0..7), &cast), "replicas 0 to 6");
    let some = ids([0, 1, 2, 3, 5, 6, 9, 40]);
    assert_eq!(
        names(&some, &cast),
        "replicas 0 to 3, 5, 6 and 9 and client 40"
    );
    let even = ids((0..40).step_by(2));
    assert_eq!(names(&even, &cast), "replicas 0, 2, 4, 6, 8 and 15 others");
}

#[test]
fn what_is_told_comes_back_and_what_is_left_out_does_not() {
    let cast = Scenario::default().cast;
    let fields = Fields::new(&cast)
        .node("who", NodeId(2))
        .number("slot", 3u64);
    let said = say("{Who} {who:is|are} here[ with {slot} of {peer}].", &fields);
    assert_eq!(said.text, "Replica 2 is here.");
    assert_eq!(said.told, [("who", Arg::Nodes(ids([2])))]);
}

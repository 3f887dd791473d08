//! Votes as a row of marks: who voted, and by shape and colour for which digest.

use super::page::{Column, Votes};
use crate::text::digest as name;
use yew::prelude::*;

/// With more votes than this, ranges of nodes stand for a mark for each.
const MOST_MARKS: usize = 10;

/// The shape and colour of a digest among those of its number: the first, the second, further ones.
fn class(column: &Column, digest: u64) -> &'static str {
    match column.digests.iter().position(|other| *other == digest) {
        Some(0) => "first",
        Some(1) => "second",
        _ => "other",
    }
}

/// The sign of what is accepted at a place, where there is more than one thing to accept.
pub(super) fn sign(column: &Column, digest: Option<u64>) -> Html {
    let shown = digest.filter(|_| column.digests.len() > 1);
    let class = shown.map_or("", |digest| class(column, digest));
    html! { <i class={classes!("mark", class)} hidden={shown.is_none()}></i> }
}

/// One row of votes.
pub(super) fn row(kind: &'static str, votes: &Votes, column: &Column) -> Html {
    let each: Html = if votes.len() <= MOST_MARKS {
        let mark = |(who, digest): &(quorumscope_core::protocol::NodeId, u64)| {
            html! { <i class={classes!("mark", class(column, *digest))}>{ who.to_string() }</i> }
        };
        html! { <>{ for votes.iter().map(mark) }</> }
    } else {
        let of = |wanted: u64| {
            let voters: Vec<u16> = votes
                .iter()
                .filter(|(_, digest)| *digest == wanted)
                .map(|(who, _)| who.0)
                .collect();
            html! { <i class={classes!("mark", "many", class(column, wanted))} hidden={voters.is_empty()}>{ format!("{}: {}", voters.len(), ranges(&voters)) }</i> }
        };
        html! { <>{ for column.digests.iter().map(|digest| of(*digest)) }</> }
    };
    let told: Vec<String> = column.digests.iter().map(|digest| name(*digest)).collect();
    let title = format!("{kind} votes, for {}", told.join(" or "));
    html! { <span class="votes" {title} aria-hidden="true"><b>{ kind.get(..1).unwrap_or_default().to_ascii_uppercase() }</b>{ each }</span> }
}

/// Numbers in order, as ranges: `0-4 7`.
fn ranges(numbers: &[u16]) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut rest = numbers;
    while let Some(first) = rest.first() {
        let run = rest
            .iter()
            .zip(*first..)
            .take_while(|(number, next)| *number == next)
            .count();
        told.push(match run {
            1 => first.to_string(),
            _ => format!("{first}-{}", rest[run - 1]),
        });
        rest = &rest[run..];
    }
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_told_as_a_range() {
        assert_eq!(ranges(&[0, 1, 2, 4, 6, 7]), "0-2 4 6-7");
        assert_eq!(ranges(&[]), "");
    }
}

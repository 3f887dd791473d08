//! Short helpers for text on screen: names of nodes, digests, articles, capital letters.

use quorumscope_core::protocol::NodeId;

/// What a node is called: `Replica 2`, `Client 4`.
#[must_use]
pub fn name(node: NodeId, replicas: usize) -> String {
    let what = if node.index() < replicas {
        "Replica"
    } else {
        "Client"
    };
    format!("{what} {node}")
}

/// A digest as a short name; the null request has none.
#[must_use]
pub fn digest(digest: u64) -> String {
    if digest == 0 {
        return "null".into();
    }
    format!("{:04x}", digest >> 48)
}

/// A noun with its article.
#[must_use]
pub fn one(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// The same with a capital letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut text = text.to_string();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

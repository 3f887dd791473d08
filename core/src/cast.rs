//! Who takes part: how many nodes play each role of a system.

use crate::knob::Among;
use crate::protocol::NodeId;
use std::ops::Range;

/// The most roles that a system may have.
pub const MOST_ROLES: usize = 6;

/// One part that nodes can play.
#[derive(Clone, Copy, Debug)]
pub struct Role {
    /// What one is called, such as `replica`.
    pub name: &'static str,
    /// What several are called on screen, such as `Replicas`.
    pub title: &'static str,
    /// What several are called; also the field of the scenario that counts them.
    pub plural: &'static str,
    /// The letter before its number on screen.
    pub letter: char,
    /// Where pictures put it.
    pub place: Place,
    /// The fewest and the most there may be.
    pub bounds: (u16, u16),
    /// How many there are where the scenario does not say.
    pub usual: u16,
    /// Whether it asks for the operations of the workload.
    pub asks: bool,
    /// Whether it does more than ask; who only asks is numbered after all who serve.
    pub serves: bool,
    /// Whether it can be corrupted.
    pub corruptible: bool,
}

impl Role {
    /// A role that serves and can be corrupted, but for its names, its place and its numbers.
    pub const SERVES: Self = Self {
        name: "node",
        title: "Nodes",
        plural: "nodes",
        letter: 'N',
        place: Place::Ring,
        bounds: (1, 1024),
        usual: 4,
        asks: false,
        serves: true,
        corruptible: true,
    };

    /// Clients: they ask, and do nothing else.
    pub const CLIENT: Self = Self {
        name: "client",
        title: "Clients",
        plural: "clients",
        letter: 'C',
        place: Place::Beside,
        bounds: (0, 64),
        usual: 1,
        asks: true,
        serves: false,
        corruptible: false,
    };

    /// Whether its nodes may be named where only some may.
    #[must_use]
    pub const fn allows(&self, among: Among) -> bool {
        match among {
            Among::Any => true,
            Among::Corruptible => self.corruptible,
            Among::Serving => self.corruptible && self.serves,
            Among::Asking => self.asks,
        }
    }

    /// So many of them: `1 replica`, `4 replicas`.
    #[must_use]
    pub fn counted(&self, count: u16) -> String {
        match count {
            1 => format!("1 {}", self.name),
            many => format!("{many} {}", self.plural),
        }
    }
}

/// Where pictures put the nodes of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On the ring.
    Ring,
    /// Beside the ring.
    Beside,
    /// In the middle of the ring.
    Centre,
    /// In a row of its own, from the top.
    Tier(u8),
}

/// How many nodes play each role; they are numbered in the order of the roles.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    roles: &'static [Role],
    counts: [u16; MOST_ROLES],
    servers: u16,
    total: u16,
}

impl PartialEq for Cast {
    fn eq(&self, other: &Self) -> bool {
        self.counts == other.counts
    }
}

impl Cast {
    /// As many of each role as are usual.
    #[must_use]
    pub fn usual(roles: &'static [Role]) -> Self {
        let mut counts = [0; MOST_ROLES];
        for (count, role) in counts.iter_mut().zip(roles) {
            *count = role.usual;
        }
        Self::of(roles, counts)
    }

    fn of(roles: &'static [Role], counts: [u16; MOST_ROLES]) -> Self {
        let total = counts.iter().sum();
        let clients = roles.iter().zip(counts).filter(|(role, _)| !role.serves);
        let clients: u16 = clients.map(|(_, count)| count).sum();
        Self {
            roles,
            counts,
            servers: total - clients,
            total,
        }
    }

    /// The same with `count` nodes in the role at `index`; other indices change nothing.
    #[must_use]
    pub fn with(self, index: usize, count: u16) -> Self {
        let mut counts = self.counts;
        if index < self.roles.len()
            && let Some(slot) = counts.get_mut(index)
        {
            *slot = count;
        }
        Self::of(self.roles, counts)
    }

    /// The roles.
    #[must_use]
    pub const fn roles(&self) -> &'static [Role] {
        self.roles
    }

    /// How many nodes play the role at `index`.
    #[must_use]
    pub fn count(&self, index: usize) -> u16 {
        self.counts.get(index).copied().unwrap_or(0)
    }

    /// The nodes that play the role at `index`.
    #[must_use]
    pub fn nodes_of(&self, index: usize) -> Range<u16> {
        let first: u16 = self.counts.iter().take(index).sum();
        first..first + self.count(index)
    }

    /// The roles with the nodes that play them.
    pub fn parts(&self) -> impl Iterator<Item = (&'static Role, Range<u16>)> + '_ {
        let nodes = (0..self.roles.len()).map(|index| self.nodes_of(index));
        self.roles.iter().zip(nodes)
    }

    /// How many nodes there are.
    #[must_use]
    pub const fn total(&self) -> u16 {
        self.total
    }

    /// How many nodes do more than ask; they come first.
    #[must_use]
    pub const fn servers(&self) -> u16 {
        self.servers
    }

    /// How many nodes only ask.
    #[must_use]
    pub const fn clients(&self) -> u16 {
        self.total - self.servers
    }

    /// The index of the role that a node plays; the last role for a node that is not there.
    #[must_use]
    pub fn role_index(&self, node: NodeId) -> usize {
        let found = (0..self.roles.len()).find(|index| self.nodes_of(*index).contains(&node.0));
        found.unwrap_or(self.roles.len().saturating_sub(1))
    }

    /// The role that a node plays.
    #[must_use]
    pub fn role(&self, node: NodeId) -> &'static Role {
        &self.roles[self.role_index(node)]
    }

    /// The number that a node has in a cast of another size, if it is still there.
    #[must_use]
    pub fn moved(&self, node: NodeId, to: &Self) -> Option<NodeId> {
        let role = self.role_index(node);
        let place = node.0.checked_sub(self.nodes_of(role).start)?;
        let nodes = to.nodes_of(role);
        (place < to.count(role)).then(|| NodeId(nodes.start + place))
    }

    /// Whether a node only asks.
    #[must_use]
    pub const fn is_client(&self, node: NodeId) -> bool {
        node.0 >= self.servers
    }

    /// The lane of a node where each has one: clients come first, as papers draw them.
    #[must_use]
    pub const fn lane(&self, node: NodeId) -> u16 {
        match node.0.checked_sub(self.servers) {
            Some(client) => client,
            None => node.0 + self.clients(),
        }
    }

    /// All nodes in the order of their lanes.
    pub fn lanes(&self) -> impl Iterator<Item = NodeId> + use<> {
        let clients = self.servers..self.total();
        clients.chain(0..self.servers).map(NodeId)
    }

    /// Whether a node may be named where only some may.
    #[must_use]
    pub fn allows(&self, node: NodeId, among: Among) -> bool {
        node.0 < self.total() && self.role(node).allows(among)
    }

    /// The nodes that may be named where only some may.
    pub fn those(&self, among: Among) -> impl Iterator<Item = NodeId> + '_ {
        (0..self.total())
            .map(NodeId)
            .filter(move |node| self.allows(*node, among))
    }

    /// What one that does more than ask is called, and what several are: nodes, if they play
    /// different roles.
    #[must_use]
    pub fn serving(&self) -> (&'static str, &'static str) {
        let mut serving = self.roles.iter().filter(|role| role.serves);
        match (serving.next(), serving.next()) {
            (Some(role), None) => (role.name, role.plural),
            _ => ("node", "nodes"),
        }
    }

    /// What a node is called in a sentence: `replica 2`.
    #[must_use]
    pub fn name(&self, node: NodeId) -> String {
        format!("{} {node}", self.role(node).name)
    }

    /// What a node is called where there is little room: `R2`.
    #[must_use]
    pub fn short(&self, node: NodeId) -> String {
        format!("{}{node}", self.role(node).letter)
    }
}

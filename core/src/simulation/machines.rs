//! The machines that nodes leave work to: pieces wait for a core or the disk, first come first served.
//!
//! A machine works at its own speed, which orders may change while it works: what
//! is left of a piece then takes longer. A crash loses all that it had to do.

use super::counters::Tag;
use super::nodes::{Handed, Nodes, Speaker};
use super::run::{Item, Run};
use crate::protocol::{NodeId, Resource};
use crate::time::{Span, Time};
use crate::trace::{EventId, What};
use litemap::LiteMap;
use std::collections::VecDeque;

/// What the machines of a run have to do; nothing where no node leaves work.
#[derive(Clone, Debug, Default)]
pub(super) struct Machines {
    of: LiteMap<NodeId, Lanes>,
    /// Numbers of pieces that may be given again.
    free: Vec<u32>,
    /// How many numbers were given.
    numbers: u32,
    /// The last entry that was put into the queue.
    serial: u32,
}

/// One machine: its cores, and its disk.
#[derive(Clone, Debug)]
struct Lanes {
    /// In thousandths of the usual speed.
    speed: u64,
    cores: Lane,
    disk: Lane,
}

/// Pieces that one resource serves.
#[derive(Clone, Debug)]
struct Lane {
    /// How many at once.
    width: usize,
    running: Vec<Running>,
    waiting: VecDeque<Piece>,
}

/// A piece of work.
#[derive(Clone, Copy, Debug)]
struct Piece {
    number: u32,
    /// Which twin of the node left it.
    face: u8,
    name: &'static str,
    /// What is left of it: microseconds at the usual speed, times 1000.
    left: u64,
    /// The step that left it.
    cause: EventId,
}

/// A piece that is worked on.
#[derive(Clone, Copy, Debug)]
struct Running {
    piece: Piece,
    /// Since when, at which speed.
    since: Time,
    speed: u64,
    /// Its entry in the queue: another one is no longer awaited.
    serial: u32,
}

impl Lane {
    const fn new(width: usize) -> Self {
        Self {
            width,
            running: Vec::new(),
            waiting: VecDeque::new(),
        }
    }
}

impl Lanes {
    fn lane(&mut self, on: Resource) -> &mut Lane {
        match on {
            Resource::Core => &mut self.cores,
            Resource::Disk => &mut self.disk,
        }
    }

    fn running(&self) -> impl Iterator<Item = &Running> {
        self.cores.running.iter().chain(&self.disk.running)
    }
}

impl Machines {
    /// Whether this entry of the queue is still awaited.
    pub(super) fn awaits(&self, node: NodeId, serial: u32) -> bool {
        let lanes = self.of.get(&node);
        lanes.is_some_and(|lanes| lanes.running().any(|running| running.serial == serial))
    }

    /// How many pieces a node's machine works on, and how many wait.
    pub(super) fn load(&self, node: NodeId) -> (u32, u32) {
        let Some(lanes) = self.of.get(&node) else {
            return (0, 0);
        };
        let waiting = lanes.cores.waiting.len() + lanes.disk.waiting.len();
        (lanes.running().count() as u32, waiting as u32)
    }

    fn next_number(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.numbers += 1;
            self.numbers - 1
        })
    }
}

impl Run {
    /// Gives a piece of work to a node's machine: the piece's number.
    pub(super) fn work(
        &mut self,
        (node, face): Speaker,
        (name, span): (&'static str, Span),
        on: Resource,
        cause: EventId,
    ) -> u32 {
        let scenario = &self.scenario;
        let machines = &mut self.state.machines;
        let number = machines.next_number();
        let lanes = machines.of.entry(node).or_insert_with(|| {
            let machine = (scenario.spec.machine)(scenario, node);
            Lanes {
                speed: machine.speed_per_mille.into(),
                cores: Lane::new(machine.cores.max(1).into()),
                disk: Lane::new(1),
            }
        });
        lanes.lane(on).waiting.push_back(Piece {
            number,
            face,
            name,
            left: span.0.saturating_mul(1000),
            cause,
        });
        self.begin_work(node, on);
        number
    }

    /// Lets what waits begin, as long as there is room.
    fn begin_work(&mut self, node: NodeId, on: Resource) {
        loop {
            let speed = self.speed_of(node);
            let Some(lanes) = self.state.machines.of.get_mut(&node) else {
                return;
            };
            let lane = lanes.lane(on);
            if lane.running.len() >= lane.width {
                return;
            }
            let Some(mut piece) = lane.waiting.pop_front() else {
                return;
            };
            let until = self.state.now + Span(piece.left.div_ceil(speed));
            let event = self.count(Tag::WorkBegun, node, until.0, 0);
            if self.recording {
                let name = piece.name;
                let what = What::WorkBegun { piece: name, until };
                self.write(event, node, piece.cause, what);
            }
            piece.cause = event;
            self.run_piece(node, on, piece, speed, until);
        }
    }

    fn run_piece(&mut self, node: NodeId, on: Resource, piece: Piece, speed: u64, until: Time) {
        let machines = &mut self.state.machines;
        machines.serial += 1;
        let serial = machines.serial;
        if let Some(lanes) = machines.of.get_mut(&node) {
            lanes.lane(on).running.push(Running {
                piece,
                since: self.state.now,
                speed,
                serial,
            });
        }
        self.schedule(until, Item::Finish { node, serial });
    }

    /// The speed of a node's machine now, in thousandths of the usual.
    fn speed_of(&self, node: NodeId) -> u64 {
        let own = self
            .state
            .machines
            .of
            .get(&node)
            .map_or(1000, |lanes| lanes.speed);
        (own * self.state.conditions.strength(node) / 1000).max(1)
    }

    /// A piece of work is done: the next begins, and the node takes a step.
    pub(super) fn finish_work(&mut self, nodes: &mut dyn Nodes, node: NodeId, serial: u32) {
        let Some(lanes) = self.state.machines.of.get_mut(&node) else {
            return;
        };
        let done = [Resource::Core, Resource::Disk].into_iter().find_map(|on| {
            let running = &mut lanes.lane(on).running;
            let place = running
                .iter()
                .position(|running| running.serial == serial)?;
            Some((on, running.remove(place).piece))
        });
        let Some((on, piece)) = done else { return };
        self.state.machines.free.push(piece.number);
        let event = self.count(Tag::WorkDone, node, 0, 0);
        if self.recording {
            let name = piece.name;
            self.write(event, node, piece.cause, What::WorkDone { piece: name });
        }
        nodes.step(self, (node, piece.face), Handed::Done(piece.number), event);
        self.begin_work(node, on);
    }

    /// A node went down: its machine has nothing to do any more.
    pub(super) fn drop_work(&mut self, node: NodeId) {
        let machines = &mut self.state.machines;
        let Some(lanes) = machines.of.remove(&node) else {
            return;
        };
        self.state.live -= lanes.running().count();
        let running = lanes.running().map(|running| running.piece.number);
        machines.free.extend(running);
        let waiting = lanes.cores.waiting.iter().chain(&lanes.disk.waiting);
        machines.free.extend(waiting.map(|piece| piece.number));
    }

    /// Machines go on at the speeds that they have now.
    pub(super) fn retime_work(&mut self) {
        let nodes: Vec<NodeId> = self.state.machines.of.keys().copied().collect();
        for node in nodes {
            let speed = self.speed_of(node);
            for on in [Resource::Core, Resource::Disk] {
                self.retime_lane(node, on, speed);
            }
        }
    }

    fn retime_lane(&mut self, node: NodeId, on: Resource, speed: u64) {
        let now = self.state.now;
        let Some(lanes) = self.state.machines.of.get_mut(&node) else {
            return;
        };
        let lane = lanes.lane(on);
        if lane.running.iter().all(|running| running.speed == speed) {
            return;
        }
        let running = std::mem::take(&mut lane.running);
        self.state.live -= running.len();
        for Running {
            mut piece,
            since,
            speed: was,
            ..
        } in running
        {
            piece.left = piece
                .left
                .saturating_sub(now.since(since).0.saturating_mul(was));
            let until = now + Span(piece.left.div_ceil(speed));
            self.run_piece(node, on, piece, speed, until);
        }
    }
}

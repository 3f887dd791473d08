//! The nodes of one protocol: all of the engine that is compiled once for each.

use super::Run;
use super::nodes::{Body, Handed, Nodes, Speaker};
use crate::protocol::{
    Effect, Input, Kept, Message, Moment, NodeId, Op, Out, Portrait, Protocol, Seat, Sketch, Stamp,
    To,
};
use crate::scenario::Scenario;
use crate::trace::EventId;
use serde_json::Value;
use std::rc::Rc;

/// Every node of a run under protocol `P`, and what they have under way.
pub(super) struct NodesOf<P: Protocol> {
    /// The nodes themselves.
    cores: Vec<P>,
    /// What few steps need of each, so that the nodes stand close together.
    asides: Vec<Aside<P>>,
    /// Bodies by number.
    bodies: Vec<Option<P::Msg>>,
    free: Vec<u32>,
    /// Names of timers by number.
    timers: Vec<P::Timer>,
    /// Names of pieces of work by number.
    pieces: Vec<P::Timer>,
    /// What the step at hand leaves behind.
    out: Out<P>,
}

#[derive(Clone)]
struct Aside<P: Protocol> {
    /// Further copies of a traitor, one for each further camp.
    twins: Vec<P>,
    /// The timers that run: twin, name and number, in this order.
    running: Vec<(u8, P::Timer, u32)>,
}

impl<P: Protocol> Aside<P> {
    /// A twin takes a step.
    fn step(&mut self, face: u8, input: Input<'_, P>, moment: &Moment, out: &mut Out<P>) {
        self.twins[usize::from(face) - 1].step_as_twin(input, moment, out);
    }

    /// Where a timer stands among those that run, or would stand.
    fn find(&self, face: u8, timer: P::Timer) -> Result<usize, usize> {
        self.running
            .binary_search_by(|&(by, name, _)| (by, name).cmp(&(face, timer)))
    }
}

impl<P: Protocol> NodesOf<P> {
    /// The nodes of a scenario, before they have begun.
    pub(super) fn open(scenario: &Scenario) -> Box<dyn Nodes> {
        let settings = P::settings(&scenario.settings, &scenario.cast);
        let core = |id| P::new(Seat::new(NodeId(id), scenario, settings.clone()));
        let aside = Aside {
            twins: Vec::new(),
            running: Vec::new(),
        };
        let total = scenario.total_nodes();
        Box::new(Self {
            cores: (0..total).map(core).collect(),
            asides: vec![aside; total.into()],
            bodies: Vec::new(),
            free: Vec::new(),
            timers: Vec::new(),
            pieces: Vec::new(),
            out: Out::default(),
        })
    }

    /// One twin of a node.
    fn face(&self, (node, face): Speaker) -> &P {
        match face {
            0 => &self.cores[node.index()],
            _ => &self.asides[node.index()].twins[usize::from(face) - 1],
        }
    }

    fn keep(&mut self, msg: P::Msg) -> Body {
        let (kind, label) = (msg.kind() as u8, msg.label());
        let number = match self.free.pop() {
            Some(number) => {
                self.bodies[number as usize] = Some(msg);
                number
            }
            None => {
                self.bodies.push(Some(msg));
                (self.bodies.len() - 1) as u32
            }
        };
        Body {
            number,
            kind,
            label,
        }
    }

    /// The body of this number, which nobody has discarded.
    fn body(&self, number: u32) -> Option<&P::Msg> {
        self.bodies.get(number as usize)?.as_ref()
    }

    /// Carries out what the last step left; apart, for most steps leave nothing.
    #[inline(never)]
    fn act(&mut self, run: &mut Run, who: Speaker, mut cause: EventId) {
        let mut out = std::mem::take(&mut self.out);
        for effect in out.drain() {
            match effect {
                Effect::Because(rule, label) => cause = run.because(who.0, rule, label, cause),
                Effect::Send(To::One(to), msg) => {
                    let body = self.keep(msg);
                    run.send(self, who, to, body, cause);
                }
                Effect::Send(to, msg) => {
                    let body = self.keep(msg);
                    run.multicast(self, who, &to, body, cause);
                }
                Effect::SetTimer(timer, span) => {
                    let aside = &self.asides[who.0.index()];
                    let found = aside.find(who.1, timer);
                    let ran = found.ok().map(|at| aside.running[at].2);
                    let number = run.set_timer(who, (P::timer_name(timer), span), ran, cause);
                    name(&mut self.timers, number, timer);
                    let running = &mut self.asides[who.0.index()].running;
                    match found {
                        Ok(at) => running[at].2 = number,
                        Err(at) => running.insert(at, (who.1, timer, number)),
                    }
                }
                Effect::CancelTimer(timer) => {
                    let aside = &mut self.asides[who.0.index()];
                    if let Ok(at) = aside.find(who.1, timer) {
                        let (_, _, number) = aside.running.remove(at);
                        run.cancel_timer(who.0, number, cause);
                    }
                }
                Effect::Work(piece, span, on) => {
                    let number = run.work(who, (P::timer_name(piece), span), on, cause);
                    name(&mut self.pieces, number, piece);
                }
                Effect::Claim(claim) => run.claim(who, &claim, cause),
            }
        }
        self.out = out;
    }
}

/// Remembers which timer or piece of work has this number.
fn name<T: Copy>(names: &mut Vec<T>, number: u32, of: T) {
    match names.get_mut(number as usize) {
        Some(slot) => *slot = of,
        None => names.push(of),
    }
}

impl<P: Protocol> Nodes for NodesOf<P> {
    fn copied(&self) -> Box<dyn Nodes> {
        Box::new(Self {
            cores: self.cores.clone(),
            asides: self.asides.clone(),
            bodies: self.bodies.clone(),
            free: self.free.clone(),
            timers: self.timers.clone(),
            pieces: self.pieces.clone(),
            // Empty between two steps.
            out: Out::default(),
        })
    }

    fn deliver(&mut self, run: &mut Run, who: Speaker, from: NodeId, body: u32, cause: EventId) {
        let Some(msg) = &self.bodies[body as usize] else {
            return;
        };
        let from = Stamp::new(from);
        let input = Input::Message { from, msg };
        let (node, moment) = (who.0.index(), run.moment(who.0));
        match who.1 {
            0 => self.cores[node].step(input, &moment, &mut self.out),
            face => self.asides[node].step(face, input, &moment, &mut self.out),
        }
        if !self.out.is_empty() {
            self.act(run, who, cause);
        }
    }

    fn step(&mut self, run: &mut Run, who: Speaker, handed: Handed, cause: EventId) {
        let node = who.0.index();
        let aside = &mut self.asides[node];
        let input = match handed {
            Handed::Start => Input::Start,
            Handed::Timer(number) => {
                let timer = self.timers[number as usize];
                if let Ok(at) = aside.find(who.1, timer) {
                    aside.running.remove(at);
                }
                Input::Timer(timer)
            }
            Handed::EarlyTimer => match P::provocation() {
                Some(timer) => Input::Timer(timer),
                None => return,
            },
            Handed::Request(op) => Input::Request(op),
            Handed::Done(number) => Input::Done(self.pieces[number as usize]),
            Handed::Event(to) => Input::Event { to },
        };
        let moment = run.moment(who.0);
        match who.1 {
            0 => self.cores[node].step(input, &moment, &mut self.out),
            face => aside.step(face, input, &moment, &mut self.out),
        }
        self.act(run, who, cause);
    }

    fn reboot(&mut self, node: NodeId, kept: Kept) {
        let core = &mut self.cores[node.index()];
        *core = core.rebooted(kept);
        for twin in &mut self.asides[node.index()].twins {
            *twin = twin.rebooted(kept);
        }
    }

    fn set_faces(&mut self, node: NodeId, faces: u8) {
        let core = &self.cores[node.index()];
        let aside = &mut self.asides[node.index()];
        aside.twins.clear();
        (1..faces).for_each(|_| aside.twins.push(core.clone()));
        aside.running.retain(|&(face, _, _)| face == 0);
    }

    fn running(&self, node: NodeId) -> Vec<u32> {
        let mut numbers = Vec::new();
        for &(face, _, number) in &self.asides[node.index()].running {
            if face == 0 {
                numbers.push(number);
            }
        }
        numbers
    }

    fn timer_copied(&mut self, (node, face): Speaker, like: u32, number: u32) {
        let timer = self.timers[like as usize];
        name(&mut self.timers, number, timer);
        let aside = &mut self.asides[node.index()];
        if let Err(at) = aside.find(face, timer) {
            aside.running.insert(at, (face, timer, number));
        }
    }

    fn timers_stopped(&mut self, node: NodeId) {
        self.asides[node.index()].running.clear();
    }

    fn copy(&mut self, body: &Body) -> Body {
        match self.body(body.number).cloned() {
            Some(msg) => self.keep(msg),
            None => *body,
        }
    }

    fn discard(&mut self, body: u32) {
        self.bodies[body as usize] = None;
        self.free.push(body);
    }

    fn garbled(&mut self, body: u32, bits: u64) -> Option<Body> {
        let damaged = self.body(body)?.garbled(bits)?;
        Some(self.keep(damaged))
    }

    fn lies(&mut self, who: Speaker, lie: &str, body: u32, to: NodeId, bits: u64) -> Vec<Body> {
        let Some(msg) = self.body(body) else {
            return Vec::new();
        };
        let mut bodies = Vec::new();
        for lie in self.face(who).lie(lie, msg, to, bits) {
            bodies.push(self.keep(lie));
        }
        bodies
    }

    fn alternative(&mut self, who: Speaker, choice: &str, body: u32) -> Option<Body> {
        let other = self.face(who).alternative(choice, self.body(body)?)?;
        Some(self.keep(other))
    }

    fn offers(&self, node: NodeId, choice: &str, body: u32) -> bool {
        let core = &self.cores[node.index()];
        self.body(body)
            .is_some_and(|msg| core.alternative(choice, msg).is_some())
    }

    fn early_timer(&self) -> Option<&'static str> {
        P::provocation().map(P::timer_name)
    }

    fn asker(&self, body: u32) -> Option<NodeId> {
        self.body(body)?.asker()
    }

    fn value(&self, body: u32) -> Option<Rc<[Op]>> {
        self.body(body)?.value().cloned()
    }

    fn contents(&self, body: u32) -> Option<Value> {
        Some(self.body(body)?.contents())
    }

    fn sketch(&self, node: NodeId) -> Sketch {
        self.cores[node.index()].sketch()
    }

    fn portrait(&self, node: NodeId) -> Portrait {
        self.cores[node.index()].portrait()
    }

    fn bytes(&self) -> usize {
        /// About what a node's state takes beyond its own size, in bytes.
        const LOG: usize = 4096;
        self.cores.len() * (size_of::<P>() + size_of::<Aside<P>>() + LOG)
            + self.bodies.len() * size_of::<Option<P::Msg>>()
    }
}

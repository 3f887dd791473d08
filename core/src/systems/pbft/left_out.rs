//! pBFT with a phase left out, as a lesson: what each phase is there for.
//!
//! Both are broken protocols, and a setting marks them as such. Without pre-prepare nobody
//! proposes: each replica numbers the requests that it hears of by itself, and the rest of the
//! protocol goes on as if that were the proposal. One traitor then helps two requests to be
//! prepared at one number of one view, and a new view may carry over the one that nobody
//! executed. Without commit a replica executes what is prepared there: a new view that is made
//! without it knows nothing of that.

use super::certificate::Committed;
use super::log::Stage;
use super::message::Batch;
use super::replica::Replica;
use super::{Pbft, rules};
use crate::protocol::{Label, Out, Rule, Voters};

impl Replica {
    /// Whether it gives numbers to requests: the primary does, or everybody by himself.
    pub(super) fn numbers_requests(&self) -> bool {
        self.is_primary() || self.seat.settings.without_pre_prepare
    }

    /// Takes its own number for a request as if the primary had proposed it; backups vote for it.
    pub(super) fn number_alone(&mut self, label: Label, batch: Batch, out: &mut Out<Pbft>) {
        out.because(rules::NUMBER_ALONE, label);
        if self.is_primary() {
            self.accept(label, batch);
            self.try_prepare(label, out);
        } else {
            self.back(label, &batch, out);
        }
    }

    /// Executes what is prepared, with those who prepared it in place of those who committed it.
    pub(super) fn execute_prepared(
        &mut self,
        label: Label,
        batch: Batch,
        voters: &Voters,
        out: &mut Out<Pbft>,
    ) {
        if let Some(slot) = self.log.slot(label.sequence) {
            slot.stage = Stage::Committed;
            let certificate = Committed::new(label, batch, voters);
            slot.committed.get_or_insert(certificate);
        }
        self.execute_ready(out);
    }

    /// Why what is executed now may be.
    pub(super) const fn why_executed(&self) -> &'static Rule {
        if self.seat.settings.without_commit {
            rules::EXECUTE_PREPARED
        } else {
            rules::EXECUTED
        }
    }
}

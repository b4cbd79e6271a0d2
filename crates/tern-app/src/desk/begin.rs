//! How children come in: drafts, counts by head, bundles of paper, the next of a family.

use super::{Desk, Reply};
use crate::app::App;
use crate::view::{
    ArrivalLineView, ArrivalView, BatchLineView, BatchView, BeginNext, BlankFormView, DraftView,
    FamilyPersonView, NewArrival, NewBatch, PutDraft, TalliedView, TallyChild,
};

impl Desk {
    /// Begins a registration.
    pub fn begin_draft(&self) -> Reply<DraftView> {
        self.at_work(App::begin_draft)
    }

    /// A draft of this worker.
    pub fn draft(&self, id: &str) -> Reply<DraftView> {
        self.at_work(|app| app.draft(id))
    }

    /// Saves one answer.
    pub fn put_draft(&self, ask: &PutDraft) -> Reply<DraftView> {
        self.at_work(|app| app.put_draft(ask))
    }

    /// Asks for the number and closes the draft.
    pub fn finish_draft(&self, id: &str) -> Reply<DraftView> {
        self.at_work(|app| app.finish_draft(id))
    }

    /// Lets a draft go.
    pub fn drop_draft(&self, id: &str) -> Reply<()> {
        self.at_work(|app| app.drop_draft(id))
    }

    /// Takes a dropped draft back.
    pub fn restore_draft(&self, id: &str) -> Reply<()> {
        self.at_work(|app| app.restore_draft(id))
    }

    /// Takes over another worker's draft.
    pub fn take_draft(&self, id: &str) -> Reply<DraftView> {
        self.at_work(|app| app.take_draft(id))
    }

    /// Goes on with a record that still lacks answers.
    pub fn draft_of(&self, id: &str) -> Reply<DraftView> {
        self.at_work(|app| app.draft_of(id))
    }

    /// Begins to count a bus or a boat.
    pub fn begin_arrival(&self, ask: &NewArrival) -> Reply<ArrivalView> {
        self.at_work(|app| app.begin_arrival(ask))
    }

    /// Arrivals, the latest first.
    pub fn arrivals(&self) -> Reply<Vec<ArrivalLineView>> {
        self.at_work(App::arrivals)
    }

    /// An arrival with its list.
    pub fn arrival(&self, id: &str) -> Reply<ArrivalView> {
        self.at_work(|app| app.arrival(id))
    }

    /// Corrects the count by head.
    pub fn recount(&self, id: &str, count: u32) -> Reply<ArrivalView> {
        self.at_work(|app| app.recount(id, count))
    }

    /// Counts a child.
    pub fn tally(&self, ask: &TallyChild) -> Reply<TalliedView> {
        self.at_work(|app| app.tally(ask))
    }

    /// Takes a line out that was typed by mistake.
    pub fn take_out_line(&self, arrival: &str, row: &str) -> Reply<ArrivalView> {
        self.at_work(|app| app.take_out_line(arrival, row))
    }

    /// Takes a line back in.
    pub fn put_back_line(&self, arrival: &str, row: &str) -> Reply<ArrivalView> {
        self.at_work(|app| app.put_back_line(arrival, row))
    }

    /// Begins a bundle of forms on paper.
    pub fn begin_batch(&self, ask: &NewBatch) -> Reply<BatchView> {
        self.at_work(|app| app.begin_batch(ask))
    }

    /// Bundles, those with forms left first.
    pub fn batches(&self) -> Reply<Vec<BatchLineView>> {
        self.at_work(App::batches)
    }

    /// A bundle with what was typed of it.
    pub fn batch(&self, id: &str) -> Reply<BatchView> {
        self.at_work(|app| app.batch(id))
    }

    /// Takes up the next form of a bundle.
    pub fn begin_paper(&self, batch: &str, number: &str) -> Reply<DraftView> {
        self.at_work(|app| app.begin_paper(batch, number))
    }

    /// Adults with a child who may be with the next child too.
    pub fn family_persons(&self, id: &str) -> Reply<Vec<FamilyPersonView>> {
        self.at_work(|app| app.family_persons(id))
    }

    /// Begins the form of the next child of a family.
    pub fn begin_next(&self, ask: &BeginNext) -> Reply<DraftView> {
        self.at_work(|app| app.begin_next(ask))
    }

    /// A form to fill in by hand.
    pub fn blank_form(&self, form: &str) -> Reply<BlankFormView> {
        self.at_work(|app| app.blank_form(form))
    }
}

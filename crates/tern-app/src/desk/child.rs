//! A child: its record, its family, its papers.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tern_record::Cause;

use super::{Desk, Reply};
use crate::failure::Code;
use crate::own_copy::Reader;
use crate::view::{
    ChangeView, ChildView, EditChild, EditedView, FamilyView, FindView, HeldView, HouseholdMove,
    KeepTogether, LinkView, MovedView, NeededView, OwnCopyView, PhotoView, ProposalView, SameView, TellChild,
    ToldView, UpdatedView,
};

impl Desk {
    /// Finds children.
    pub fn find(&self, text: &str, limit: u32) -> Reply<FindView> {
        self.at_work(|app| app.find_view(text, usize::try_from(limit).unwrap_or(20)))
    }

    /// A profile.
    pub fn child(&self, id: &str) -> Reply<ChildView> {
        self.at_work(|app| app.child(id))
    }

    /// A profile as it stood at the end of a day.
    pub fn child_on(&self, id: &str, day: &str) -> Reply<ChildView> {
        self.at_work(|app| app.child_on(id, day))
    }

    /// What a child still needs.
    pub fn needed(&self, id: &str) -> Reply<NeededView> {
        self.at_work(|app| app.needed(id))
    }

    /// A change to a record.
    pub fn edit_child(&self, ask: &EditChild) -> Reply<EditedView> {
        self.at_work(|app| app.edit_child(ask, Cause::Typed))
    }

    /// Moves an entry to the record it belongs to.
    pub fn move_entry(&self, id: &str, entry: &str, to: &str) -> Reply<MovedView> {
        self.at_work(|app| app.move_entry(id, entry, to))
    }

    /// Every change to a record.
    pub fn history(&self, id: &str) -> Reply<Vec<ChangeView>> {
        self.at_work(|app| app.history(id))
    }

    /// Puts an earlier value back.
    pub fn put_back(&self, id: &str, change: &str, path: &str) -> Reply<EditedView> {
        self.at_work(|app| app.put_back(id, change, path))
    }

    /// Proposes an answer that needs a second worker.
    pub fn propose(&self, id: &str, path: &str, value: &Value) -> Reply<String> {
        self.at_work(|app| Ok(app.propose(id, path, value)?.to_hex()))
    }

    /// Confirms what another worker proposed.
    pub fn confirm(&self, change: &str) -> Reply<String> {
        self.at_work(|app| Ok(app.confirm(change)?.to_hex()))
    }

    /// Takes a proposal back.
    pub fn withdraw(&self, change: &str) -> Reply<String> {
        self.at_work(|app| Ok(app.withdraw(change)?.to_hex()))
    }

    /// What waits for a second worker.
    pub fn proposals(&self, id: &str) -> Reply<Vec<ProposalView>> {
        self.at_work(|app| app.proposals(id))
    }

    /// The same with what is restricted, for a reason that is kept.
    pub fn proposals_for(&self, id: &str, reason: &str) -> Reply<Vec<ProposalView>> {
        self.at_work(|app| app.proposals_for(id, reason))
    }

    /// Opens what is restricted of a child, for a reason that is kept.
    pub fn open_restricted(&self, id: &str, reason: &str) -> Reply<BTreeMap<String, HeldView>> {
        self.at_work(|app| app.open_restricted(id, reason))
    }

    /// The family of a child.
    pub fn family(&self, id: &str) -> Reply<FamilyView> {
        self.at_work(|app| app.family(id))
    }

    /// Two children who are not to be separated.
    pub fn keep_together(&self, ask: &KeepTogether) -> Reply<UpdatedView> {
        self.at_work(|app| app.keep_together(ask))
    }

    /// Moves children between households.
    pub fn household_move(&self, ask: &HouseholdMove) -> Reply<UpdatedView> {
        self.at_work(|app| app.household_move(ask))
    }

    /// Records that may be about the same child.
    pub fn may_be_same(&self, id: &str) -> Reply<Vec<SameView>> {
        self.at_work(|app| app.may_be_same_view(id))
    }

    /// Records of the same child.
    pub fn links(&self, id: &str) -> Reply<Vec<LinkView>> {
        self.at_work(|app| app.links(id))
    }

    /// Proposes that two records are of the same child.
    pub fn link(&self, id: &str, other: &str) -> Reply<Vec<LinkView>> {
        self.at_work(|app| app.link(id, other))
    }

    /// Takes a link back.
    pub fn split(&self, id: &str, other: &str) -> Reply<Vec<LinkView>> {
        self.at_work(|app| app.split(id, other))
    }

    /// What the menu of a profile is told.
    pub fn tell(&self, ask: &TellChild) -> Reply<ToldView> {
        self.at_work(|app| app.tell(ask))
    }

    /// Adds a photo, given in base 64.
    pub fn add_photo(&self, id: &str, data: &str) -> Reply<PhotoView> {
        self.at_work(|app| {
            let bytes = STANDARD.decode(data).map_err(|_| Code::NotAPicture)?;
            app.add_photo(id, &bytes)
        })
    }

    /// The photo as a data URL.
    pub fn photo(&self, id: &str) -> Reply<Option<String>> {
        self.at_work(|app| app.photo(id))
    }

    /// Takes the photo away.
    pub fn remove_photo(&self, id: &str, heads: &[String]) -> Reply<EditedView> {
        self.at_work(|app| app.remove_photo(id, heads))
    }

    /// A copy of a record for the child or a caregiver.
    pub fn own_copy(&self, id: &str, whom: &str) -> Reply<OwnCopyView> {
        self.at_work(|app| app.own_copy(id, Reader::from_code(whom)?))
    }

    /// The number to call that the profile of this country names.
    pub fn helpline(&self) -> Reply<Option<String>> {
        self.at_work(|app| Ok(app.helpline()))
    }
}

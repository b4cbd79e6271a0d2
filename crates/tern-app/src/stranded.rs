//! Work for a site that does not count any more, because who opened it was taken out by somebody who had not heard of it.
//! Nobody takes what is sealed for that site. It stays and is read here, is told, and goes to the site where its worker
//! works now once the worker says so: who reads it then is a person's decision.

use std::collections::BTreeSet;

use tern_record::{RecordId, ScopeId};
use tern_seal::roster::PlaceName;
use tern_store::StoreError;
use tern_store::intent::{Body, Placed};

use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::failure::{Code, Failure};
use crate::view::StrandedView;

/// An intent as it will lie in the scope that it goes to.
struct Moved {
    ord: i64,
    record: RecordId,
    from: ScopeId,
    to: ScopeId,
    body: Body,
}

impl App {
    /// This worker's work that nobody takes as it is.
    pub(crate) fn stranded(&self) -> Reply<Option<StrandedView>> {
        let (mut changes, mut sites) = (0, BTreeSet::new());
        for scope in self.fallen_scopes()? {
            let count = self.vault.count_in_scope(self.me.seat, scope)?;
            if count > 0 {
                changes += count;
                sites.extend(self.fallen_name(scope));
            }
        }
        let sites: Vec<String> = sites.into_iter().collect();
        let view = StrandedView { changes, sites: sites.join(", "), to: self.site_to_write_for() };
        Ok((changes > 0).then_some(view))
    }

    /// What the site is called that this worker works at and holds keys of; empty where there is none.
    fn site_to_write_for(&self) -> String {
        let Some(site) = self.my_site() else { return String::new() };
        let is_of_site =
            |scope: &ScopeId| self.roster.scopes.get(scope).is_some_and(|scope| scope.site == Some(site));
        let holds = self.keys.compartments.values().any(|keys| is_of_site(&keys.scope));
        let name = self.site_name(site).filter(|_| holds);
        name.map_or_else(String::new, |place| place.name)
    }

    /// Moves this worker's work from sites that do not count any more to the site where the worker works now, and seals it
    /// there. All of it or none: until then it stays as it was. Says how many changes went.
    pub fn move_stranded(&mut self) -> Reply<u32> {
        let seat = self.me.seat;
        let mut moved = Vec::new();
        for scope in self.fallen_scopes()? {
            let placed = self.vault.write(|tx| tx.intents_of_scope(seat, scope)).map_err(Failure::from)?;
            for placed in &placed {
                moved.extend(self.moved(placed)?);
            }
        }
        if moved.is_empty() {
            return Err(Code::NothingStranded.into());
        }
        let event = self.event(Event::WorkMoved(&self.site_to_write_for()));
        self.vault
            .write(|tx| {
                tx.add_audit(&event)?;
                moved.iter().try_for_each(|moved| {
                    tx.move_intent(moved.ord, moved.to, &moved.body)?;
                    tx.move_blobs(moved.record, moved.from, moved.to)
                })
            })
            .map_err(|error: StoreError| Failure::from(error))?;
        self.show_moved(&moved);
        // What cannot be sealed now, as on a full disk, is sealed at the next unlock.
        let _ = self.seal_work();
        Ok(u32::try_from(moved.len()).unwrap_or(u32::MAX))
    }

    /// Sealed anew under the key of this worker's site; `None` while the worker may not read that compartment anywhere.
    fn moved(&self, placed: &Placed) -> Reply<Option<Moved>> {
        let row = &placed.intent;
        let Some(keys) = self.keys.compartments.get(&row.compartment) else { return Ok(None) };
        let bytes = self.keys.open_intent(row.doc, row.id, &row.body)?;
        let body =
            self.draw(|random| self.keys.close_intent(row.compartment, row.doc, row.id, bytes, random))?;
        Ok(Some(Moved { ord: placed.ord, record: row.record, from: row.scope, to: keys.scope, body }))
    }

    /// Others of this device who read the site see it at once. A view that cannot be written catches up.
    fn show_moved(&mut self, moved: &[Moved]) {
        let records: BTreeSet<RecordId> = moved.iter().map(|moved| moved.record).collect();
        for id in records {
            let Ok(record) = self.open_record(id) else { continue };
            for compartment in self.views.keys().copied().collect::<Vec<_>>() {
                let _ = self.derive_views(&[&record], compartment);
            }
            self.close_record(record);
        }
    }

    fn fallen_scopes(&self) -> Reply<Vec<ScopeId>> {
        let worked_in = self.vault.scopes_worked_in(self.me.seat)?;
        Ok(worked_in.into_iter().filter(|scope| !self.roster.scopes.contains_key(scope)).collect())
    }

    fn fallen_name(&self, scope: ScopeId) -> Option<String> {
        let name = self.roster.fallen.get(&scope)?;
        let mut keys = self.keys.realm.epochs.values();
        keys.find_map(|key| PlaceName::open(name, key, self.realm, scope).ok()).map(|place| place.name)
    }

    /// `work show`.
    pub fn script_work(&self) -> Reply<serde_json::Value> {
        Ok(crate::script::told(&self.whereabouts()?))
    }
}

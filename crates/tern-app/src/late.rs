//! Lists that wait while much foreign work comes: a record is derived once, when all of it is there, and not with each part.
//! What waits is noted with the work itself, so whatever ends the exchange, the next unlock goes on.

use std::collections::BTreeSet;

use tern_record::{Compartment, RecordId};
use tern_store::view::ViewRecord;

use crate::Reply;
use crate::app::App;
use crate::failure::Failure;
use crate::project::Tables;

/// Where the place lies after which changes wait; empty when none do.
const SETTING: &str = "lists_through";
/// No list is older than this while work comes, on a device that makes them in a moment.
const AT_MOST_MS: u64 = 10_000;
/// And where it takes long, not older than so many times as long as it took last.
const TIMES: u64 = 3;
/// Records that are derived at a time, so that memory stays small.
const SOME: usize = 200;

/// Whether lists wait, and since when something waits.
#[derive(Default)]
pub(crate) struct Late {
    pub(crate) waits: bool,
    since_ms: Option<u64>,
    /// How long it took last to make them.
    took_ms: u64,
}

/// Lists wait for as long as this stands, however it ends.
struct Waiting<'a>(&'a mut App);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.late.waits = false;
    }
}

impl App {
    /// Takes something in while lists wait for what comes after it.
    pub(crate) fn with_late_lists<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.late.waits = self.derives_lists();
        let waiting = Waiting(self);
        work(waiting.0)
    }

    /// Who reads no core derives no lists: others of this device do.
    fn derives_lists(&self) -> bool {
        self.keys.compartments.contains_key(&Compartment::Core)
    }

    /// Notes within the work that is kept as one that lists reach no further than this place.
    pub(crate) fn note_late(&mut self, through: i64) -> Reply<()> {
        if self.late_from()?.is_none() {
            let noted = self.vault.write(|tx| tx.put_setting(SETTING, &through.to_string()));
            noted.map_err(|error: tern_store::StoreError| Failure::from(error))?;
        }
        Ok(())
    }

    /// What was noted is kept: no view may say that it reaches further.
    pub(crate) fn begin_late(&mut self) {
        self.behind.extend(self.views.keys().copied());
        self.late.since_ms.get_or_insert(self.ports.clock.steady_ms());
    }

    /// Something waits.
    pub(crate) const fn is_late(&self) -> bool {
        self.late.since_ms.is_some()
    }

    /// Something has waited as long as it may.
    pub(crate) fn is_too_late(&self) -> Reply<bool> {
        self.is_too_late_at(self.ports.clock.steady_ms())
    }

    fn is_too_late_at(&self, now: u64) -> Reply<bool> {
        let at_most = AT_MOST_MS.max(self.late.took_ms.saturating_mul(TIMES));
        let has_waited = self.late.since_ms.is_some_and(|since| now.saturating_sub(since) >= at_most);
        Ok(has_waited && !self.is_mostly_new()?)
    }

    /// More waits than lists are made of, as when a device fetches for the first time: they would say little, and be made
    /// again and again of all that came before.
    fn is_mostly_new(&self) -> Reply<bool> {
        let last = self.vault.last_ord()?;
        Ok(self.late_from()?.is_some_and(|from| last - from > from))
    }

    /// The place up to which lists reach, when they do not reach to the end.
    pub(crate) fn late_from(&self) -> Reply<Option<i64>> {
        Ok(self.vault.setting(SETTING)?.and_then(|place| place.parse().ok()))
    }

    /// Derives everything that waits.
    pub(crate) fn catch_up_lists(&mut self) -> Reply<()> {
        let Some(from) = self.late_from()?.filter(|_| self.derives_lists()) else { return Ok(()) };
        let views: Vec<Compartment> = self.views.keys().copied().collect();
        let places =
            views.iter().filter_map(|view| self.views.get(view)).map(tern_store::view::View::through);
        let from = places.collect::<Result<Vec<_>, _>>()?.into_iter().fold(from, i64::min);
        if self.derive_since(from, &views)? {
            let _ = self.change_profile();
        }
        Ok(())
    }

    /// The same of the tables that are kept for every seat, when a vault is opened. View files say themselves how far they
    /// reach.
    pub(crate) fn catch_up_tables(&mut self) -> Reply<()> {
        match self.late_from()?.filter(|_| self.derives_lists()) {
            Some(from) => self.derive_since(from, &[]).map(drop),
            None => Ok(()),
        }
    }

    /// Derives every record that something was put into after a place, for the tables and for these views; `true` when the
    /// profile of a country is among them.
    fn derive_since(&mut self, from: i64, views: &[Compartment]) -> Reply<bool> {
        let began = self.ports.clock.steady_ms();
        let last = self.vault.last_ord()?;
        let records: Vec<RecordId> = self.vault.records_since(from)?.into_iter().collect();
        let mut profile_came = false;
        let mut failed = BTreeSet::new();
        for some in records.chunks(SOME) {
            profile_came |= self.derive_some(some, views, &mut failed)?;
        }
        let noted = self.vault.write(|tx| tx.put_setting(SETTING, ""));
        noted.map_err(|error: tern_store::StoreError| Failure::from(error))?;
        for compartment in views.iter().filter(|view| !failed.contains(*view)) {
            if let Some(view) = self.views.get_mut(compartment)
                && view.put(&[], last).is_ok()
            {
                self.behind.remove(compartment);
            }
        }
        self.late.since_ms = None;
        self.late.took_ms = self.ports.clock.steady_ms().saturating_sub(began);
        self.opened.keep_few();
        Ok(profile_came)
    }

    /// A view that cannot be written stays behind, and catches up.
    fn derive_some(
        &mut self,
        some: &[RecordId],
        views: &[Compartment],
        failed: &mut BTreeSet<Compartment>,
    ) -> Reply<bool> {
        let mut tables = Tables::default();
        let mut seen: Vec<Vec<(RecordId, ViewRecord)>> = vec![Vec::new(); views.len()];
        for id in some {
            let record = self.open_record(*id)?;
            self.derive_into(&mut tables, &record)?;
            for (view, rows) in views.iter().zip(&mut seen) {
                rows.push((*id, self.view_of(&record, *view)));
            }
            self.close_record(record);
        }
        let profile_came = self.put_tables(&tables)?;
        for (compartment, rows) in views.iter().zip(seen) {
            let Some(view) = self.views.get_mut(compartment) else { continue };
            let through = view.through();
            if through.and_then(|through| view.put(&rows, through)).is_err() {
                failed.insert(*compartment);
            }
        }
        Ok(profile_came)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{edit, envelopes, first, join, take_late};

    #[test]
    fn lists_wait_for_all_of_a_first_exchange_and_not_long_for_what_comes_later() {
        let folder = tempfile::tempdir().unwrap();
        let mut one = first(folder.path());
        let mut other = join(&mut one, folder.path(), "Tomas", &["coordinator", "case_worker"]);
        let children = one.demo(2, 7, &mut |_| {}).unwrap();
        one.seal_work().unwrap();
        let came = envelopes(&one);
        let later = other.ports.clock.steady_ms() + 60_000;
        assert!(!other.is_too_late_at(later).unwrap(), "nothing waits");
        take_late(&mut other, &came);
        assert!(!other.is_too_late_at(later).unwrap(), "nothing is on the lists yet");
        assert_eq!(other.vault.find_child(children[0]).unwrap(), None);
        other.catch_up_lists().unwrap();
        assert!(other.vault.find_child(children[0]).unwrap().is_some());
        edit(&mut one, children[0], "birth_place", "Harbour street");
        let news: Vec<Vec<u8>> = envelopes(&one).into_iter().filter(|bytes| !came.contains(bytes)).collect();
        take_late(&mut other, &news);
        assert!(!other.is_too_late_at(other.ports.clock.steady_ms()).unwrap(), "it came just now");
        assert!(other.is_too_late_at(later).unwrap(), "it has waited for a minute");
    }
}

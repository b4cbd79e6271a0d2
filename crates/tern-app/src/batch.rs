//! Much foreign work as one: on the disk together or not at all, and what is derived of each record made once.

use std::collections::BTreeSet;

use tern_record::{BlobId, Compartment, RecordId};

use crate::Reply;
use crate::app::App;
use crate::exchange::sweep;
use crate::project::Tables;
use crate::record::Record;

/// What has to be done once all of it is taken in.
#[derive(Default)]
pub(crate) struct Batch {
    /// Records that something was put into.
    pub touched: BTreeSet<RecordId>,
    /// Attachments that came, each with the record that speaks of it.
    pub came: BTreeSet<(RecordId, BlobId)>,
    /// Attachments that no record speaks of any more.
    pub gone: BTreeSet<BlobId>,
    /// The newest change before all of it.
    began: i64,
}

/// Work as it goes on. Let go of before it was kept, by a failure or a panic, nothing of it happened.
struct Begun<'a>(&'a mut App);

impl Begun<'_> {
    fn keep(&mut self) -> Reply<()> {
        let app = &mut *self.0;
        let Some(batch) = app.batch.as_mut().map(std::mem::take) else { return Ok(()) };
        let is_late = app.late.waits && !batch.touched.is_empty();
        let profile_came = if is_late {
            app.note_late(batch.began)?;
            false
        } else {
            app.derive_touched(&batch.touched)?
        };
        if !batch.came.is_empty() {
            app.home.flush_blobs()?;
        }
        app.vault.keep_joined()?;
        app.batch = None;
        if is_late {
            app.begin_late();
        }
        app.follow_up(&batch, is_late);
        if profile_came {
            // The days and ages of the country count at once, for every child. Tables that cannot be made again now are
            // made at the next unlock.
            let _ = app.change_profile();
        }
        Ok(())
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if self.0.batch.take().is_some() {
            self.0.vault.drop_joined();
            // What was read meanwhile may be of what did not happen.
            self.0.opened.forget();
            self.0.chains.forget();
            self.0.work_is.replace(None);
            self.0.links_due = true;
            // A view may say already what did not happen: it is made again.
            self.0.behind.extend(self.0.views.keys().copied());
        }
        if self.0.is_late() {
            self.0.opened.keep_some();
        } else {
            self.0.opened.keep_few();
        }
    }
}

impl App {
    /// Does work that is on the disk as a whole when this returns `Ok`, and of which nothing happened when not. Begun
    /// within another such piece of work, it is part of that.
    pub(crate) fn as_one<T>(&mut self, work: impl FnOnce(&mut Self) -> Reply<T>) -> Reply<T> {
        if self.batch.is_some() {
            return work(self);
        }
        self.vault.begin_joined()?;
        self.batch = Some(Batch { began: self.vault.last_ord()?, ..Batch::default() });
        self.opened.keep_all();
        let mut begun = Begun(self);
        let done = work(begun.0)?;
        begun.keep()?;
        Ok(done)
    }

    /// Derives records; `true` when the profile of a country is among them.
    fn derive_touched(&mut self, touched: &BTreeSet<RecordId>) -> Reply<bool> {
        let mut tables = Tables::default();
        for id in touched {
            let record = self.open_record(*id)?;
            self.derive_into(&mut tables, &record)?;
            self.close_record(record);
        }
        self.put_tables(&tables)
    }

    /// What may fail without harm: a view that cannot be written catches up, and bytes that cannot be swept now are swept
    /// at the next unlock. It comes after the work is kept: neither may be ahead of the vault.
    fn follow_up(&mut self, batch: &Batch, is_late: bool) {
        if !is_late && self.derive_seen(batch.touched.iter()).is_err() {
            self.behind.extend(self.views.keys().copied());
        }
        let _ = self.show_thumbnails(&batch.came);
        if !batch.gone.is_empty() {
            let _ = sweep(&self.home, &self.vault);
        }
    }

    fn derive_seen<'a>(&mut self, seen: impl Iterator<Item = &'a RecordId>) -> Reply<()> {
        let records = seen.map(|id| self.open_record(*id)).collect::<Reply<Vec<_>>>()?;
        let all: Vec<&Record> = records.iter().collect();
        if !all.is_empty() {
            for compartment in [Compartment::Protection, Compartment::Restricted] {
                let _ = self.derive_views(&all, compartment);
            }
        }
        records.into_iter().for_each(|record| self.close_record(record));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;
    use crate::failure::{Code, Failure};
    use crate::testing::{first, open};

    fn write(app: &mut App, key: &str) -> Reply<()> {
        let done = app.vault.write(|tx| tx.put_setting(key, "1"));
        done.map_err(|error: tern_store::StoreError| Failure::from(error))
    }

    #[test]
    fn a_failure_and_a_panic_undo_all_of_it_and_what_comes_after_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut app = first(folder.path());
        let failed = app.as_one(|app| {
            write(app, "failed")?;
            Err::<(), Failure>(Code::Internal("test").into())
        });
        assert!(failed.is_err());
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            app.as_one(|app| {
                write(app, "panicked")?;
                panic!("on purpose");
                #[allow(unreachable_code)]
                Ok(())
            })
        }));
        assert!(panicked.is_err());
        app.as_one(|app| {
            write(app, "kept")?;
            app.as_one(|app| write(app, "within"))
        })
        .unwrap();
        drop(app);
        let app = open(&folder.path().join("first"));
        let there = |key: &str| app.vault.setting(key).unwrap().is_some();
        assert_eq!(["failed", "panicked", "kept", "within"].map(there), [false, false, true, true]);
    }
}

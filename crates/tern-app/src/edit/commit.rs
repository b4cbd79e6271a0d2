//! Writes what was made, with everything that is derived of it, in one transaction.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use tern_record::Compartment;
use tern_seal::limits;
use tern_store::intent::IntentRow;
use tern_store::{StoreError, WriteTx};

use crate::Reply;
use crate::app::App;
use crate::project::Derived;
use crate::record::Record;

use super::{Along, Made};

impl App {
    /// Writes changes that were made, of one record or of several, with all that is derived of them, in one transaction.
    pub(crate) fn commit(&mut self, made: &mut [(impl Borrow<Record>, Made)], along: &Along) -> Reply<()> {
        let scopes: BTreeMap<Compartment, tern_record::ScopeId> =
            Compartment::ALL.into_iter().filter_map(|part| Some((part, self.scope_of(part)?))).collect();
        let noted = made.iter_mut().flat_map(|(_, change)| std::mem::take(&mut change.noted)).collect();
        let dropped = self.drops(noted)?;
        let made = &*made;
        let derived: Vec<Option<Derived>> = made
            .iter()
            .map(|(record, change)| {
                let of_core = change.rows.iter().any(|row| row.compartment == Compartment::Core);
                of_core.then(|| self.derive(record.borrow())).transpose()
            })
            .collect::<Reply<_>>()?;
        self.vault.write(|tx: &WriteTx<'_>| {
            for ((record, change), derived) in made.iter().zip(&derived) {
                let id = record.borrow().id;
                change.rows.iter().try_for_each(|row| tx.add_intent(row).map(drop))?;
                if let Some(derived) = derived {
                    derived.put(tx, id)?;
                }
                for (blob, compartment, size) in &change.kept {
                    if let Some(scope) = scopes.get(compartment) {
                        tx.add_blob(*blob, id, *scope, *size)?;
                    }
                }
            }
            dropped.iter().try_for_each(|dropped| dropped.put(tx))?;
            along.gone.iter().try_for_each(|blob| tx.remove_blob(*blob))?;
            along.gone.iter().try_for_each(|blob| tx.unwant_blob(*blob))?;
            along.events.iter().try_for_each(|event| tx.add_audit(event))?;
            if let Some(draft) = &along.becomes {
                tx.put_draft(draft)?;
            }
            if let Some(draft) = along.draft {
                tx.remove_draft(draft)?;
            }
            Ok::<(), StoreError>(())
        })?;
        match (made, derived.as_slice()) {
            ([(record, change)], [derived]) => self.after(record.borrow(), &change.rows, derived.as_ref()),
            _ => self.after_many(made, &derived),
        }
    }

    /// The change is on the disk. What follows may fail, as on a full disk, but refuses nothing any more: view files
    /// catch up, and what is unsealed is sealed later.
    fn after(&mut self, record: &Record, rows: &[IntentRow], derived: Option<&Derived>) -> Reply<()> {
        for compartment in [Compartment::Protection, Compartment::Restricted] {
            if rows.iter().any(|row| row.compartment == compartment) {
                let _ = self.derive_view(record, compartment);
            } else if compartment == Compartment::Protection && derived.is_some() {
                let _ = self.refresh_case(record);
            }
        }
        if derived.is_some_and(Derived::is_profile) {
            self.change_profile()?;
        }
        self.seal_when_much();
        Ok(())
    }

    /// As [`Self::after`], of several records: each view file is written once.
    fn after_many(&mut self, made: &[(impl Borrow<Record>, Made)], derived: &[Option<Derived>]) -> Reply<()> {
        let records: Vec<&Record> = made.iter().map(|(record, _)| record.borrow()).collect();
        for compartment in [Compartment::Protection, Compartment::Restricted] {
            let _ = self.derive_views(&records, compartment);
        }
        if derived.iter().flatten().any(Derived::is_profile) {
            self.change_profile()?;
        }
        self.seal_when_much();
        Ok(())
    }

    fn seal_when_much(&mut self) {
        let bytes = self.vault.unsealed_bytes(self.me.seat);
        if bytes.is_ok_and(|bytes| bytes >= limits::ENVELOPE_TARGET as u64) {
            let _ = self.seal_work();
        }
    }
}

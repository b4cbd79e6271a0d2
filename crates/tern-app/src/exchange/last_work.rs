//! What a worker who is out still has to hand over. Their device opens no record; what they wrote and nobody else is known
//! to hold goes from here, sealed as it is, for a coordinator to look at. Nothing of others goes, and nothing comes.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tern_form::Schema;
use tern_net::Client;
use tern_record::EnvelopeId;
use tern_seal::roster::{ScopeKind, Spot, Standing};
use tern_seal::slot::SlotFile;
use tern_store::{Home, StoreError, Vault};
use tern_sync::blob::HeldBlob;
use tern_sync::file::LastWork;
use tern_sync::tally::Tally;
use tern_sync::{HandOver, Handed, HeldLog, Next};

use super::by_file::WritingFile;
use super::by_line::Called;
use super::left_over::last_work_left_over;
use super::trouble::Trouble;
use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::ports::Ports;
use crate::programme::slot;
use crate::unlock::{read_roster, try_words, with_keys};
use crate::view::MomentView;

/// Where it is noted that it was written into a file.
const SETTING: &str = "last-work";

/// The device of a worker who is out, with their words typed. What it holds is reached by nobody.
pub struct Leaving {
    app: App,
}

/// A hub that it is handed over to.
pub struct Line {
    client: Client,
    over: HandOver,
    called: Called,
}

impl Line {
    /// How it stands, or ended.
    pub const fn handed(&self) -> &Handed {
        self.over.handed()
    }
}

/// What is still to be handed over, in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StillHere {
    /// Changes that nobody else is known to hold.
    pub changes: u32,
    /// Of so many children.
    pub children: u32,
    /// Photos and long texts that nobody else is known to hold.
    pub files: u32,
    /// Changes that cannot be sealed, such as for a site that does not count any more: they stay here.
    pub unsealed: u32,
    /// The file that it was written into last.
    pub written: Option<Written>,
}

/// A file that last work was written into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its name and where it lies.
    pub file: String,
    /// When.
    pub at_ms: i64,
}

impl Leaving {
    /// Opens the device of a seat that is out, and seals what its worker did last. A seat that is in opens the usual way.
    pub fn open(home: Arc<Home>, typed: &str, schema: Arc<Schema>, ports: Arc<Ports>) -> Reply<Self> {
        let slots = SlotFile::read(&home.read_slots()?).map_err(slot)?;
        let payload = try_words(&home, &slots, typed, &ports)?.payload;
        let vault = Vault::open(&home, payload.vault.as_bytes(), ports.vfs.as_deref())?;
        let roster = read_roster(&vault, slots.realm)?;
        let mut app = with_keys(home, vault, roster, payload, slots, schema, ports)?;
        if !app.is_out() {
            return Err(Code::AlreadyJoined.into());
        }
        // What cannot be sealed is counted; it keeps nothing else from being handed over.
        let _ = app.seal_work();
        Ok(Self { app })
    }

    pub(super) fn instant(&self, at_ms: i64) -> String {
        self.app.instant(at_ms)
    }

    pub(crate) fn moment_of(&self, at_ms: i64) -> MomentView {
        self.app.moment_of(at_ms)
    }

    /// What is still to be handed over.
    pub fn still_here(&self) -> Reply<StillHere> {
        let app = &self.app;
        let work: Vec<HeldLog> = app.own_logs()?.into_iter().filter(|held| !app.is_of_events(held)).collect();
        let lonely = app.vault.changes_in(&app.nobody_holds(&work)?)?;
        let unsealed = app.vault.unsealed_by_seat()?.into_iter();
        let own = unsealed.filter(|(seat, _, _)| *seat == app.me.seat).map(|(_, _, count)| count);
        Ok(StillHere {
            changes: lonely.changes,
            children: u32::try_from(lonely.records.len()).unwrap_or(u32::MAX),
            files: u32::try_from(app.own_blobs()?.len()).unwrap_or(u32::MAX),
            unsealed: own.sum(),
            written: serde_json::from_str(&app.vault.setting(SETTING)?.unwrap_or_default()).ok(),
        })
    }

    /// A hub was set on this device.
    pub fn has_hub(&self) -> Reply<bool> {
        Ok(self.app.hub_set()?.is_some())
    }

    /// Begins to hand it over to that hub.
    pub fn begin_line_to_hub(&self) -> Reply<Line> {
        self.begin_line(&self.app.hub_set()?.ok_or(Trouble::NoHub)?.address)
    }

    /// Why the hub does not hold all of it, in words, with the way out.
    pub(crate) fn left_over(&self, line: &Line) -> Option<String> {
        let handed = line.handed();
        let codes = handed.not_taken.iter().map(|(_, code)| code.as_str());
        (!handed.is_whole).then(|| last_work_left_over(self.app.text(), codes))
    }

    /// Begins to hand it over to a hub.
    pub fn begin_line(&self, address: &str) -> Reply<Line> {
        let called = self.app.hub_at(address)?;
        let over = HandOver::begin(self.app.asker(), *called.peer(), self.app.own_blobs()?);
        Ok(Line { client: self.app.line_with(&called)?, over, called })
    }

    /// One request and its reply; `false` when nothing is left to ask. What the hub has signed to hold is known from then on.
    pub fn step_line(&mut self, line: &mut Line) -> Reply<bool> {
        let ports = Arc::clone(&self.app.ports);
        let request = ports.draw(|random| line.over.ask(&self.app, random)).map_err(Failure::from)?;
        let reply = line.client.post(request, &mut ()).map_err(Trouble::Net)?;
        let next = line.over.hear(&mut self.app, &reply).map_err(Failure::from)?;
        let peer = *line.called.peer();
        let mut holds = self.app.remembered(&peer.key)?;
        holds.logs.extend(line.over.memory());
        self.app.note_peer(&peer, line.called.told(), &holds, false)?;
        Ok(next == Next::Ask)
    }

    /// Begins a file of it. Work that others hold and do not count goes too: whoever reads the file may lack it.
    pub fn begin_writing(&self, file: &Path) -> Reply<WritingFile> {
        let work = self.app.last_work()?;
        if work.logs.is_empty() && work.blobs.is_empty() {
            return Err(Code::NothingToHandOver.into());
        }
        self.app.begin_last_work(file, work)
    }

    /// Writes on; `false` when nothing is left but to end it.
    pub fn write_on(&self, file: &mut WritingFile) -> Reply<bool> {
        self.app.write_on(file)
    }

    /// Puts the file where it belongs, and notes that it is there.
    pub fn end_writing(&mut self, file: WritingFile) -> Reply<Tally> {
        let written = Written { file: whole(file.file()), at_ms: self.app.ports.clock.now_ms() };
        let tally = self.app.end_writing(file)?;
        let said = serde_json::to_string(&written).map_err(|_| Code::Internal("last work"))?;
        let noted = self.app.vault.write(|tx| tx.put_setting(SETTING, &said));
        noted.map_err(|error: StoreError| Failure::from(error))?;
        Ok(tally)
    }
}

impl App {
    /// The logs that this seat wrote.
    fn own_logs(&self) -> Reply<Vec<HeldLog>> {
        let mut logs = tern_sync::Shelf::logs(self)?;
        logs.retain(|held| held.seat == self.me.seat);
        Ok(logs)
    }

    /// Who did what: it goes to who may read it.
    pub(super) fn is_of_events(&self, held: &HeldLog) -> bool {
        self.roster.scopes.get(&held.scope).is_some_and(|scope| scope.kind == ScopeKind::Audit)
    }

    /// Envelopes of these logs that neither a hub nor a device of somebody who is in is known to hold.
    fn nobody_holds(&self, logs: &[HeldLog]) -> Reply<BTreeSet<EnvelopeId>> {
        let logs: Vec<&HeldLog> = logs.iter().collect();
        let mut nobody = self.lacking(&logs, None)?;
        for row in self.vault.peers()?.into_iter().filter(|row| self.is_elsewhere(row)) {
            let lacks = self.lacking(&logs, Some(&row))?;
            nobody.retain(|id| lacks.contains(id));
        }
        Ok(nobody)
    }

    /// Photos and long texts of records that this seat wrote in and that nobody else is known to hold. What the disk lost is
    /// not among them; nobody is asked for it any more, so nothing is noted, and a full disk is in nobody's way.
    fn own_blobs(&self) -> Reply<Vec<HeldBlob>> {
        let mut blobs = self.vault.blob_rows_of(self.me.seat)?;
        blobs.retain(|blob| self.home.has_blob(blob.id, blob.size));
        for row in self.vault.peers()?.into_iter().filter(|row| self.is_elsewhere(row)) {
            let there = self.vault.blobs_at(&row.key)?;
            blobs.retain(|blob| !there.contains(&blob.id));
        }
        let held = blobs.into_iter().map(|row| HeldBlob { id: row.id, scope: row.scope, size: row.size });
        Ok(held.collect())
    }

    /// What nobody else is known to hold, and what does not count as it comes.
    fn last_work(&self) -> Reply<LastWork> {
        let logs = self.own_logs()?;
        let nobody = self.nobody_holds(&logs)?;
        let seat = self.roster.seats.get(&self.me.seat);
        let mut of_logs = Vec::new();
        for held in &logs {
            let mut goes = Vec::new();
            for place in self.vault.places_in(held.log, 0)? {
                let at = Spot { log: place.log, seq: place.seq, id: place.id };
                // Of a seat whose admission fell nothing counts.
                let counts = match seat {
                    Some(seat) => matches!(self.standing_of(seat, &at)?, Standing::Counts(_)),
                    None => false,
                };
                if !counts || nobody.contains(&place.id) {
                    goes.push(place.id);
                }
            }
            if !goes.is_empty() {
                of_logs.push(goes);
            }
        }
        Ok(LastWork { logs: of_logs, blobs: self.own_blobs()? })
    }
}

/// Where a file lies, for whoever looks for it later from another folder.
fn whole(file: &Path) -> String {
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned()).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_file_lies_is_told_whole() {
        let told = whole(Path::new("last.tern"));
        assert!(Path::new(&told).is_absolute() && told.ends_with("last.tern"), "{told}");
    }
}

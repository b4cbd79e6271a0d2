//! Work by a file on a stick: written whole or not at all, read as often as anybody likes.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;

use tern_record::SeatId;
use tern_store::StoreError;
use tern_store::files::sync_folder;
use tern_sync::Party;
use tern_sync::file::{Ended, OnStep, Opened, Parcel, read_file, write_file};
use tern_sync::memory::Memory;
use tern_sync::tally::Tally;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};

impl App {
    /// Writes what these seats may have, and of one of them only what they are not known to hold. Without any, it is for
    /// everybody, by whatever hands: a finder reads nothing of it.
    pub fn write_work(&mut self, file: &Path, to: &[SeatId], on_step: OnStep<'_>) -> Reply<Tally> {
        let known = match to {
            [one] => self.remembered(&self.peer_of(*one)?.key)?,
            _ => Memory::default(),
        };
        let parcel = Parcel { to: self.party_of(to)?, known, is_receipt: false };
        self.write_parcel(file, &parcel, on_step)
    }

    /// Writes what is held here and nothing else: whoever reads it knows what lies safe with this device.
    pub fn write_receipt(&mut self, file: &Path) -> Reply<Tally> {
        let parcel = Parcel { to: Party::Carrier, known: Memory::default(), is_receipt: true };
        self.write_parcel(file, &parcel, &mut |_| true)
    }

    fn party_of(&self, seats: &[SeatId]) -> Reply<Party> {
        if seats.is_empty() {
            return Ok(Party::Carrier);
        }
        let mut all = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
        for seat in seats {
            let known = self.roster.seats.get(seat).filter(|seat| seat.removed.is_none());
            known.ok_or_else(|| Failure::from(Code::UnknownSeat))?;
            if let Party::Device { seats, scopes } = Party::device(&self.roster, *seat) {
                all.0.extend(seats);
                all.1.extend(scopes);
            }
        }
        Ok(Party::Device { seats: all.0, scopes: all.1 })
    }

    fn write_parcel(&mut self, file: &Path, parcel: &Parcel, on_step: OnStep<'_>) -> Reply<Tally> {
        self.may_write(file, false)?;
        self.seal_work()?;
        let fresh = file.with_extension("new");
        let written = self.write_to(&fresh, parcel, on_step).and_then(|tally| {
            fs::rename(&fresh, file).and_then(|()| sync_folder(file)).map_err(StoreError::from)?;
            Ok(tally)
        });
        if written.is_err() {
            let _ = fs::remove_file(&fresh);
        }
        written
    }

    fn write_to(&self, file: &Path, parcel: &Parcel, on_step: OnStep<'_>) -> Reply<Tally> {
        let mut out = BufWriter::new(File::create_new(file).map_err(StoreError::from)?);
        let tally = write_file(self, &self.asker(), parcel, &mut out, on_step)?;
        out.flush().map_err(StoreError::from)?;
        out.get_ref().sync_all().map_err(StoreError::from)?;
        Ok(tally)
    }

    /// Reads such a file, or a receipt.
    pub fn read_work(&mut self, file: &Path, on_step: OnStep<'_>) -> Reply<Opened> {
        let file = File::open(file).map_err(|_| Failure::from(Code::UnreadableFile))?;
        let opened = read_file(self, &mut BufReader::new(file), on_step)?;
        if let (Ended::Whole, Some(holds)) = (opened.ended, &opened.holds) {
            let peer = self.peer_of(opened.by)?;
            self.note_peer(&peer, "", holds, false)?;
        }
        Ok(opened)
    }
}

//! A vault as a holder of envelopes: everything that comes passes the same gate as the device's own work.

use std::collections::BTreeSet;

use tern_record::cbor::Canonical;
use tern_record::log::InLog;
use tern_record::{BlobId, EnvelopeId, LogId, SeatId};
use tern_seal::VerifyKey;
use tern_seal::envelope::EnvelopeError;
use tern_seal::roster::{Carried, EpochWrap, Roster, SignedEntry};
use tern_sync::blob::{Chunk, HeldBlob};
use tern_sync::memory::Memory;
use tern_sync::{HeldLog, KeyFor, Party, Shelf, Took};

use crate::admit::Admitted;
use crate::app::App;
use crate::failure::{Code, Failure};

/// Not kept when a peer sends it: nobody can say whose it is. It stays where it came from.
const NOT_KEPT: [&str; 5] = [
    EnvelopeError::TooLarge.code(),
    EnvelopeError::Shape.code(),
    EnvelopeError::Signature.code(),
    crate::held::SEAT_UNKNOWN,
    crate::held::ERASED,
];

/// Envelopes that are kept as one, all of a body as a rule: what a power cut takes away of an exchange that goes on is asked
/// for again.
const AT_ONCE: usize = 4_096;

impl Shelf for App {
    type Error = Failure;

    fn roster(&self) -> &Roster {
        &self.roster
    }

    fn party(&self) -> Party {
        Party::device(&self.roster, self.me.seat)
    }

    fn statements(&self) -> Result<Vec<SignedEntry>, Failure> {
        App::statements(self)
    }

    fn logs(&self) -> Result<Vec<HeldLog>, Failure> {
        let rows = self.vault.held_logs()?.into_iter();
        Ok(rows
            .map(|row| HeldLog { log: row.log, scope: row.scope, seat: row.seat, state: row.state })
            .collect())
    }

    fn places(&self, log: LogId, from: u64) -> Result<Vec<InLog>, Failure> {
        Ok(self.vault.places_in(log, from)?)
    }

    fn envelope(&self, id: EnvelopeId) -> Result<Option<Vec<u8>>, Failure> {
        Ok(self.vault.held_envelope(id)?)
    }

    fn needs(&self) -> Result<Vec<KeyFor>, Failure> {
        let have: BTreeSet<KeyFor> = self.vault.wraps()?.iter().map(|wrap| (wrap.epoch, wrap.seat)).collect();
        let mut needs = Vec::new();
        let device = self.me.device;
        let here = self
            .roster
            .seats
            .iter()
            .filter(|(_, seat)| seat.certificate.device == device && seat.removed.is_none());
        for (id, seat) in here {
            let kept: BTreeSet<[u8; 16]> = self.vault.keys_of(*id)?.iter().map(|row| row.epoch).collect();
            for scope in self.roster.scopes.values().filter(|scope| seat.may_read(scope)) {
                for epoch in scope.ends() {
                    let is_named = scope.epochs.get(&epoch).is_some_and(|epoch| epoch.readers.contains(id));
                    if is_named && !kept.contains(&epoch) && !have.contains(&(epoch, *id)) {
                        needs.push((epoch, *id));
                    }
                }
            }
        }
        Ok(needs)
    }

    fn wraps(&self, of: &[KeyFor]) -> Result<Vec<EpochWrap>, Failure> {
        let asked: BTreeSet<&KeyFor> = of.iter().collect();
        let here = self.vault.wraps()?.into_iter().filter(|wrap| asked.contains(&(wrap.epoch, wrap.seat)));
        Ok(here.map(|wrap| EpochWrap { epoch: wrap.epoch, seat: wrap.seat, bytes: wrap.bytes }).collect())
    }

    fn take_roster(&mut self, carried: Carried) -> Result<bool, Failure> {
        match App::take_roster(self, carried) {
            Ok(taken) if taken.is_in => Ok(taken.new > 0),
            Ok(_) => self.is_at_work().map(|()| false),
            // A peer that speaks nonsense of who belongs changes nothing here.
            Err(failure) => match failure.code {
                Code::NotARoster | Code::RosterGap | Code::OtherProgramme | Code::RosterFull => Ok(false),
                _ => Err(failure),
            },
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<Took, Failure> {
        let done = match self.verified(bytes) {
            Ok(verified) if self.is_too_much(bytes, &verified)? => {
                return Ok(Took::Refused(crate::held::REVIEW_FULL.to_owned()));
            }
            Ok(verified) => self.admit_with_log(bytes, &verified)?,
            Err(code) if NOT_KEPT.contains(&code) => return Ok(Took::Refused(code.to_owned())),
            Err(code) => self.set_aside(bytes, None, code)?,
        };
        Ok(match done {
            Admitted::New(_) | Admitted::Kept => Took::New,
            Admitted::Known => Took::Known,
            Admitted::Refused(code) => Took::Aside(code.to_owned()),
        })
    }

    fn take_all(&mut self, envelopes: &[Vec<u8>]) -> Result<Vec<Took>, Failure> {
        let mut took = Vec::with_capacity(envelopes.len());
        for some in envelopes.chunks(AT_ONCE) {
            let together = self.as_one(|app| some.iter().map(|bytes| app.take(bytes)).collect());
            match together {
                Ok(done) => took.extend::<Vec<Took>>(done),
                // One that fails keeps nothing that came before it from being taken.
                Err(_) => {
                    for bytes in some {
                        took.push(self.take(bytes)?);
                    }
                }
            }
        }
        Ok(took)
    }

    fn blobs_wanted(&self) -> Result<Vec<(BlobId, u64)>, Failure> {
        let wanted = self.wanted_here()?.into_iter();
        Ok(wanted.map(|blob| (blob.id, self.home.part_of_blob(blob.id))).collect())
    }

    fn blobs_not_here(&self) -> Result<Option<Vec<(BlobId, u64)>>, Failure> {
        if self.may_count_later()? || self.waits_for_others()? {
            return Ok(None);
        }
        let Some(left) = self.blobs_left_aside()? else { return Ok(None) };
        let mut lacking = Shelf::blobs_wanted(self)?;
        lacking.extend(left.into_iter().map(|blob| (blob, 0)));
        Ok(Some(lacking))
    }

    fn blobs_to_offer(&self, to: &VerifyKey) -> Result<Vec<HeldBlob>, Failure> {
        let there = self.vault.blobs_at(to.as_bytes())?;
        let mut blobs = Shelf::blobs(self)?;
        blobs.retain(|blob| !there.contains(&blob.id));
        Ok(blobs)
    }

    fn blobs_lacking(&self, offered: &[HeldBlob]) -> Result<Vec<(BlobId, u64)>, Failure> {
        let offered: BTreeSet<BlobId> = offered.iter().map(|blob| blob.id).collect();
        let mut wanted = Shelf::blobs_wanted(self)?;
        wanted.retain(|(id, _)| offered.contains(id));
        Ok(wanted)
    }

    fn blobs(&self) -> Result<Vec<HeldBlob>, Failure> {
        let rows = self.vault.blob_rows()?.into_iter();
        Ok(rows.map(|row| HeldBlob { id: row.id, scope: row.scope, size: row.size }).collect())
    }

    fn blob(&self, id: BlobId) -> Result<Option<HeldBlob>, Failure> {
        let row = self.vault.blob_row(id)?.filter(|row| self.home.has_blob(row.id, row.size));
        Ok(row.map(|row| HeldBlob { id: row.id, scope: row.scope, size: row.size }))
    }

    fn read_blob(&self, id: BlobId, from: u64, most: usize) -> Result<Vec<u8>, Failure> {
        Ok(self.home.read_blob_from(id, from, most)?)
    }

    fn take_chunk(&mut self, chunk: &Chunk) -> Result<bool, Failure> {
        self.take_piece(chunk)
    }

    fn take_chunks(&mut self, chunks: &[Chunk]) -> Result<Vec<bool>, Failure> {
        self.as_one(|app| chunks.iter().map(|chunk| app.take_piece(chunk)).collect())
    }

    fn blobs_lie_with(&mut self, ids: &[BlobId], holder: &VerifyKey) -> Result<(), Failure> {
        if ids.is_empty() {
            return Ok(());
        }
        let noted =
            self.vault.write(|tx| ids.iter().try_for_each(|id| tx.put_blob_at(*id, holder.as_bytes())));
        noted.map_err(|error: tern_store::StoreError| error.into())
    }

    fn recall(&self, of: SeatId) -> Result<Option<Memory>, Failure> {
        // What cannot be read is as if nothing was remembered: the exchange is longer.
        Ok(self.vault.asker(of)?.and_then(|bytes| Memory::from_bytes(&bytes).ok()))
    }

    fn remember(&mut self, of: SeatId, memory: &Memory) -> Result<(), Failure> {
        let bytes = memory.to_bytes();
        let noted = self.vault.write(|tx| tx.put_asker(of, &bytes));
        noted.map_err(|error: tern_store::StoreError| error.into())
    }
}

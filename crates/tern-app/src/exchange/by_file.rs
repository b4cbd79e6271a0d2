//! Work by a file on a stick: written whole or not at all, read as often as anybody likes, step by step, so that the person
//! sees how far it is, works on meanwhile, and can stop.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tern_record::SeatId;
use tern_store::StoreError;
use tern_store::files::sync_folder;
use tern_sync::Party;
use tern_sync::file::{LastWork, Opened, Parcel, Reading, Writing};
use tern_sync::memory::Memory;
use tern_sync::tally::Tally;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::members::sheet::PAPER;

/// A file that is being written. Let go before its end, nothing of it stays.
pub struct WritingFile {
    writing: Option<Writing<BufWriter<File>>>,
    fresh: PathBuf,
    file: PathBuf,
    all: usize,
}

/// A file that is being read.
pub struct ReadingFile {
    reading: Reading<BufReader<Counted>>,
    read: Arc<AtomicU64>,
    bytes: u64,
}

/// A file that counts what was read of it.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Drop for WritingFile {
    fn drop(&mut self) {
        if self.writing.is_some() {
            let _ = fs::remove_file(&self.fresh);
        }
    }
}

impl WritingFile {
    /// How many envelopes and photos are written, of how many.
    pub fn progress(&self) -> (usize, usize) {
        let left = self.writing.as_ref().map_or(0, Writing::left);
        (self.all - left, self.all)
    }

    /// Where it will lie.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// What was written until now.
    pub fn tally(&self) -> Tally {
        self.writing.as_ref().map(|writing| *writing.tally()).unwrap_or_default()
    }
}

impl ReadingFile {
    /// How many bytes are read, of how many.
    pub fn progress(&self) -> (u64, u64) {
        (self.read.load(Ordering::Relaxed).min(self.bytes), self.bytes)
    }

    /// What was read until now.
    pub const fn tally(&self) -> &Tally {
        self.reading.tally()
    }
}

impl App {
    /// Begins a file of what these seats may have, and of one of them only what they are not known to hold. Without any, it
    /// is for everybody, by whatever hands: a finder reads nothing of it.
    pub fn begin_writing(&mut self, file: &Path, to: &[SeatId]) -> Reply<WritingFile> {
        let (known, has) = match to {
            [one] => {
                let key = self.peer_of(*one)?.key;
                (self.remembered(&key)?, self.vault.blobs_at(key.as_bytes())?)
            }
            _ => (Memory::default(), BTreeSet::new()),
        };
        let parcel = Parcel { to: self.party_of(to)?, known, has, is_receipt: false };
        self.begin_parcel(file, &parcel)
    }

    /// Writes what is held here and nothing else: whoever reads it knows what lies safe with this device.
    pub fn write_receipt(&mut self, file: &Path) -> Reply<Tally> {
        let parcel =
            Parcel { to: Party::Carrier, known: Memory::default(), has: BTreeSet::new(), is_receipt: true };
        let writing = self.begin_parcel(file, &parcel)?;
        self.end_writing(writing)
    }

    fn party_of(&self, seats: &[SeatId]) -> Reply<Party> {
        if seats.is_empty() {
            return Ok(Party::Carrier);
        }
        let (mut all, mut read) = (BTreeSet::new(), BTreeSet::new());
        for seat in seats {
            let known = self.roster.seats.get(seat).filter(|seat| seat.removed.is_none());
            known.filter(|seat| seat.certificate.device != PAPER).ok_or(Code::UnknownSeat)?;
            if let Party::Device { seats, scopes } = Party::device(&self.roster, *seat) {
                all.extend(seats);
                read.extend(scopes);
            }
        }
        Ok(Party::Device { seats: all, scopes: read })
    }

    fn begin_parcel(&mut self, file: &Path, parcel: &Parcel) -> Reply<WritingFile> {
        self.may_write(file, false)?;
        self.seal_work()?;
        self.seek_lost_blobs()?;
        self.begin_file(file, |out| Ok(Writing::begin(self, self.asker(), parcel, out)?))
    }

    /// Begins a file of last work, by somebody who is out.
    pub(super) fn begin_last_work(&self, file: &Path, work: LastWork) -> Reply<WritingFile> {
        self.may_write(file, false)?;
        self.begin_file(file, |out| {
            Ok(Writing::begin_last(self.realm, self.asker(), work, out).map_err(StoreError::from)?)
        })
    }

    fn begin_file(
        &self,
        file: &Path,
        begin: impl FnOnce(BufWriter<File>) -> Reply<Writing<BufWriter<File>>>,
    ) -> Reply<WritingFile> {
        let fresh = file.with_extension("new");
        let out = BufWriter::new(File::create_new(&fresh).map_err(StoreError::from)?);
        let mut begun = WritingFile { writing: None, fresh, file: file.to_owned(), all: 0 };
        match begin(out) {
            Ok(writing) => {
                begun.all = writing.left();
                begun.writing = Some(writing);
                Ok(begun)
            }
            Err(error) => {
                let _ = fs::remove_file(&begun.fresh);
                Err(error)
            }
        }
    }

    /// Writes on; `false` when nothing is left but to end it.
    pub fn write_on(&self, file: &mut WritingFile) -> Reply<bool> {
        match &mut file.writing {
            Some(writing) => Ok(writing.step(self)?),
            None => Ok(false),
        }
    }

    /// Signs the file and puts it where it belongs, whole.
    pub fn end_writing(&self, mut file: WritingFile) -> Reply<Tally> {
        let Some(writing) = file.writing.take() else { return Ok(Tally::default()) };
        let whole = writing.end::<Failure>().map_err(Failure::from).and_then(|(out, tally)| {
            let out = out.into_inner().map_err(io::IntoInnerError::into_error).map_err(StoreError::from)?;
            out.sync_all().map_err(StoreError::from)?;
            fs::rename(&file.fresh, &file.file).map_err(StoreError::from)?;
            sync_folder(&file.file).map_err(StoreError::from)?;
            Ok(tally)
        });
        if whole.is_err() {
            let _ = fs::remove_file(&file.fresh);
        }
        whole
    }

    /// Begins to read such a file, or a receipt.
    pub fn begin_reading(&mut self, file: &Path) -> Reply<ReadingFile> {
        self.seek_lost_blobs()?;
        let mut file = File::open(file).map_err(|_| Code::UnreadableFile)?;
        let mut first = [0; 5];
        if file.read_exact(&mut first).is_ok() && first == *b"TERN " {
            return Err(Code::AnotherPiece.into());
        }
        file.rewind().map_err(|_| Code::UnreadableFile)?;
        let bytes = file.metadata().map_or(0, |about| about.len());
        let read = Arc::new(AtomicU64::new(0));
        let counted = BufReader::new(Counted { file, read: Arc::clone(&read) });
        Ok(ReadingFile { reading: Reading::begin(self, counted)?, read, bytes })
    }

    /// Reads on; `false` at its end.
    pub fn read_on(&mut self, file: &mut ReadingFile) -> Reply<bool> {
        Ok(file.reading.step(self)?)
    }

    /// Photos of a file that are not kept yet: nobody has taken the work that speaks of them.
    pub fn photos_that_wait(&self, opened: &Opened) -> Reply<u32> {
        let mut waiting = 0;
        for blob in &opened.blobs {
            waiting += u32::from(self.vault.blob_row(*blob)?.is_none());
        }
        Ok(waiting)
    }

    /// What came of a file. What its writer holds is known from now on, if it is whole.
    pub fn end_reading(&mut self, file: ReadingFile) -> Reply<Opened> {
        let opened = file.reading.end();
        self.note_opened(&opened)?;
        self.mend_links();
        Ok(opened)
    }
}

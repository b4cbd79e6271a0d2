//! A device: a folder, a clock, and a program that runs over it until it is killed.

use std::path::PathBuf;
use std::sync::Arc;

use tern_app::{App, Schema, script};
use tern_record::{ScopeId, SeatId};
use tern_seal::envelope::{Envelope, Place};
use tern_seal::passphrase::normalise;
use tern_seal::slot::{Payload, SlotFile, SlotKind};
use tern_store::{Home, Vault};
use tern_testkit::FakeClock;

use crate::port::{Fuse, ports};
use crate::template::{REGISTRAR, SHARES, copy_folder, words_of};

/// One device of a run.
pub struct Device {
    /// Who has it in hand.
    pub who: usize,
    /// Everybody who works on it.
    pub workers: Vec<usize>,
    /// Its clock.
    pub clock: FakeClock,
    /// Ends its process.
    pub fuse: Fuse,
    /// A copy of an earlier day.
    pub backup: Option<PathBuf>,
    folder: PathBuf,
    schema: Arc<Schema>,
    seed: u64,
    app: Option<App>,
}

impl Device {
    /// Over a folder that is there, in the hand of who joined with it.
    pub fn of(who: usize, folder: PathBuf, schema: &Arc<Schema>, seed: u64, now_ms: i64) -> Self {
        Self {
            who,
            workers: if who == REGISTRAR { vec![REGISTRAR, SHARES] } else { vec![who] },
            clock: FakeClock::at(now_ms),
            fuse: Fuse::default(),
            backup: None,
            folder,
            schema: Arc::clone(schema),
            seed,
            app: None,
        }
    }

    /// Its program, started if it does not run. `None` once its seat is out.
    pub fn app(&mut self) -> Option<&mut App> {
        if self.app.is_none() {
            self.seed = self.seed.wrapping_add(0x9e37_79b9);
            let ports = ports(self.seed, &self.clock, &self.fuse);
            match script::open(&self.folder, words_of(self.who), Arc::clone(&self.schema), ports) {
                Ok(app) => self.app = Some(app),
                Err(failure) if failure.code.shuts_out() => return None,
                // Words of somebody who is out open nothing on a tablet that others go on with.
                Err(failure) if self.workers.len() > 1 && failure.code.name() == "wrong-passphrase" => {
                    return None;
                }
                Err(failure) => panic!("a device does not open: {failure:?}"),
            }
        }
        self.app.as_mut().filter(|app| !app.is_out())
    }

    /// Gives it to somebody who works on it.
    pub fn give_to(&mut self, who: usize) {
        if self.who != who {
            self.kill();
            self.who = who;
        }
    }

    /// It is in, and opens.
    pub fn is_in(&mut self) -> bool {
        self.app().is_some()
    }

    /// Does something that may be killed after so many draws of chance; `None` when it was, or the seat is out.
    pub fn within<T>(&mut self, draws: Option<usize>, work: impl FnOnce(&mut App) -> T) -> Option<T> {
        self.app()?;
        let mut app = self.app.take()?;
        let done = match draws {
            None => Some(work(&mut app)),
            Some(draws) => self.fuse.within(draws, || work(&mut app)),
        };
        // A process that was killed leaves nothing but its folder.
        self.app = done.is_some().then_some(app);
        done
    }

    /// Ends its process as it stands.
    pub fn kill(&mut self) {
        self.app = None;
    }

    /// Keeps a copy of the folder as it is.
    pub fn back_up(&mut self) {
        self.kill();
        let to = self.folder.with_extension("backup");
        copy_folder(&self.folder, &to);
        self.backup = Some(to);
    }

    /// Comes back from the copy; what it did since is gone from it.
    pub fn restore(&mut self) {
        self.kill();
        if let Some(from) = &self.backup {
            copy_folder(from, &self.folder);
        }
    }

    /// A second device of the same seat, as this one is now.
    pub fn cloned(&mut self) -> Self {
        self.kill();
        let folder = self.folder.with_extension("clone");
        copy_folder(&self.folder, &folder);
        Self::of(
            self.workers[0],
            folder,
            &self.schema,
            self.seed ^ 0x5555,
            tern_record::port::Clock::now_ms(&self.clock),
        )
    }

    /// Keys that a seat holds there, each with its scope.
    pub fn keys_of(&mut self, seat: SeatId) -> Vec<(ScopeId, [u8; 16])> {
        let kept = self.taken_apart().0.keys_of(seat).unwrap();
        kept.into_iter().map(|row| (row.scope, row.epoch)).collect()
    }

    /// Where the envelopes that lie there stand.
    pub fn envelopes(&mut self) -> Vec<Place> {
        let rows = self.taken_apart().0.envelopes_after(0, u32::MAX).unwrap().into_iter();
        rows.map(|(_, row)| *Envelope::parse(&row.bytes).unwrap().place()).collect()
    }

    /// What somebody finds who takes the folder apart with the words of who joined first.
    pub fn taken_apart(&mut self) -> (Vault, Payload) {
        self.kill();
        let home = Home::open(&self.folder).unwrap();
        let slots = SlotFile::read(&home.read_slots().unwrap()).unwrap();
        let words = normalise(words_of(self.workers[0]));
        let payload = slots.open(SlotKind::Worker, words.as_bytes(), None).unwrap().payload;
        (Vault::open(&home, payload.vault.as_bytes(), None).unwrap(), payload)
    }
}

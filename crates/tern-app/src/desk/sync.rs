//! Files of work, a step at a time: the window asks for the next one and stays at work between two.

use std::fmt::Display;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use tern_record::SeatId;
use tern_seal::PieceKind;
use tern_store::StoreError;
use tern_sync::file::Ended;
use tern_sync::tally::Tally;

use super::{Desk, Reply, State};
use crate::app::App;
use crate::exchange::by_file::{ReadingFile, WritingFile};
use crate::failure::Code;
use crate::held::REVIEW_FULL;
use crate::members::piece;
use crate::view::{PieceView, SavedView, WorkFileView};

/// How long one step may take, in milliseconds.
pub(super) const STEP_MS: u64 = 60;
/// What a file that comes piece by piece is called in the data folder until it is read.
const INCOMING: &str = "incoming";

/// What is under way.
pub(super) enum Going {
    Writing(Box<WritingFile>),
    Reading(Box<ReadingFile>, Incoming),
}

/// A file in the data folder that goes when it was read.
pub(super) struct Incoming(PathBuf);

impl Drop for Incoming {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl Desk {
    /// Begins a file for one seat's device, or for everybody, where the person's downloads go.
    pub fn write_work(&self, to: Option<&str>) -> Reply<WorkFileView> {
        self.going(|state| {
            let app = state.app.as_mut().ok_or(Code::Locked)?;
            let to: Vec<SeatId> = to.map(|seat| app.seat_named(seat)).transpose()?.into_iter().collect();
            let free = free_file("tern-work", app.ports().today())?;
            let writing = app.begin_writing(&free, &to)?;
            let view = of_writing(&writing);
            state.going = Some(Going::Writing(Box::new(writing)));
            Ok(view)
        })
    }

    /// Takes the next piece of a file that is to be read; the first one begins it anew.
    pub fn bring_work(&self, first: bool, piece: &str) -> Reply<()> {
        self.going(|state| {
            let incoming = incoming(state)?;
            let bytes = STANDARD.decode(piece).map_err(|_| Code::UnreadableFile)?;
            if first {
                state.going = None;
                let _ = fs::remove_file(&incoming);
            }
            let file = OpenOptions::new().create(true).append(true).open(incoming);
            Ok(file.and_then(|mut file| file.write_all(&bytes)).map_err(StoreError::from)?)
        })
    }

    /// Begins to read what was brought.
    pub fn read_work(&self) -> Reply<WorkFileView> {
        self.going(|state| {
            let incoming = incoming(state)?;
            let app = state.app.as_mut().ok_or(Code::Locked)?;
            let incoming = Incoming(incoming);
            let reading = app.begin_reading(&incoming.0)?;
            let view = of_reading(&reading);
            state.going = Some(Going::Reading(Box::new(reading), incoming));
            Ok(view)
        })
    }

    /// Goes on for a moment.
    pub fn step_work(&self) -> Reply<WorkFileView> {
        self.going(|state| {
            let mut going = state.going.take().ok_or(Code::Internal("work"))?;
            let app = state.app.as_mut().ok_or(Code::Locked)?;
            if on(app, &mut going)? {
                let view = match &going {
                    Going::Writing(file) => of_writing(file),
                    Going::Reading(file, _) => of_reading(file),
                };
                state.going = Some(going);
                return Ok(view);
            }
            let done = end(app, going);
            if app.is_out() {
                state.close()?;
            }
            done
        })
    }

    /// What this device holds, for the device whose work was read: as pictures, text or a file.
    pub fn receipt(&self, seat: &str) -> Reply<PieceView> {
        self.at_work(|app| {
            let seat = app.seat_named(seat)?;
            Ok(piece::show(PieceKind::Receipt, &app.receipt_for(seat)?, Vec::new(), None))
        })
    }

    /// Takes such a receipt; gives the name of the device that made it.
    pub fn read_receipt(&self, text: &str) -> Reply<String> {
        self.at_work(|app| {
            let by = app.read_receipt(text)?;
            Ok(app.other_device_of(by).unwrap_or_default())
        })
    }

    /// Stops. What was read stays; of a file that was written nothing does.
    pub fn stop_work(&self) -> Reply<()> {
        self.going(|state| {
            state.going = None;
            Ok(())
        })
    }

    fn going<T>(&self, work: impl FnOnce(&mut State) -> crate::Reply<T>) -> Reply<T> {
        self.with_state(|state| {
            self.tick(state)?;
            if state.covered || state.app.is_none() { Err(Code::Locked.into()) } else { work(state) }
        })
    }
}

impl App {
    /// What the device of a seat is called that is in; none of this device itself.
    fn other_device_of(&self, seat: SeatId) -> Option<String> {
        let said = self.roster.certificate(seat).filter(|said| said.device != self.me.device)?;
        self.roster.is_in(seat).then(|| self.name_of(said.worker, said.device).1)
    }
}

/// A file that is not there yet, where the person's downloads go.
pub(super) fn free_file(name: &str, day: impl Display) -> crate::Reply<PathBuf> {
    let folder = dirs::download_dir().filter(|folder| folder.is_dir()).or_else(dirs::home_dir);
    let folder = folder.ok_or(Code::CannotSave)?;
    let free = (1..1000_u32)
        .map(|number| folder.join(format!("{name}-{day}-{number}.tern")))
        // What a power cut left of an earlier one is not in the way.
        .find(|file| !file.exists() && !file.with_extension("new").exists());
    Ok(free.ok_or(Code::FileThere)?)
}

/// A file by its name and the name of its folder.
pub(super) fn saved(path: &Path) -> SavedView {
    let named = |name: Option<&std::ffi::OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
    SavedView { file: named(path.file_name()), folder: named(path.parent().and_then(Path::file_name)) }
}

fn incoming(state: &State) -> crate::Reply<PathBuf> {
    let home = state.home.as_ref().ok_or(Code::NoHome)?;
    Ok(home.folder().join(INCOMING))
}

/// `false` at the end.
fn on(app: &mut App, going: &mut Going) -> crate::Reply<bool> {
    let until = app.ports().clock.steady_ms() + STEP_MS;
    loop {
        let more = match going {
            Going::Writing(file) => app.write_on(file)?,
            Going::Reading(file, _) => app.read_on(file)?,
        };
        if !more || app.ports().clock.steady_ms() >= until {
            return Ok(more);
        }
    }
}

fn end(app: &mut App, going: Going) -> crate::Reply<WorkFileView> {
    match going {
        Going::Writing(file) => {
            let (view, saved) = (of_writing(&file), saved(file.file()));
            app.end_writing(*file)?;
            Ok(WorkFileView { done: true, saved: Some(saved), ..view })
        }
        Going::Reading(file, _incoming) => {
            let view = of_reading(&file);
            let opened = app.end_reading(*file)?;
            let cut = match opened.ended {
                Ended::Whole => None,
                Ended::Cut => Some(app.text().word("work-file-cut")),
                Ended::Damaged => Some(app.text().word("work-file-damaged")),
                Ended::Stranger => Some(app.text().word("work-file-of-a-stranger")),
            };
            let told = |id: &str, count: usize| {
                (count > 0).then(|| app.text().say(id, &json!({ "parcels": count })))
            };
            let full = opened.refused.iter().filter(|(_, code)| code == REVIEW_FULL).count();
            let refused = told("work-file-refused", opened.refused.len() - full);
            let full = told("work-file-full", full);
            let waits = told("work-file-photos-wait", app.photos_that_wait(&opened)? as usize);
            let before = app.is_of_before(&opened)?.then(|| app.text().word("work-file-of-before"));
            let problems = [cut, before, refused, full, waits].into_iter().flatten().collect();
            let by = app.other_device_of(opened.by).map(|_| opened.by.to_hex());
            Ok(WorkFileView { done: true, problems, by, ..view })
        }
    }
}

pub(super) fn of_writing(file: &WritingFile) -> WorkFileView {
    let (at, of) = file.progress();
    view(true, &file.tally(), (at as u64, of as u64))
}

/// Of work that goes to a hub: how much there will be is not known.
pub(super) fn of_sending(tally: &Tally) -> WorkFileView {
    view(true, tally, (0, 0))
}

fn of_reading(file: &ReadingFile) -> WorkFileView {
    let (at, of) = file.progress();
    view(false, file.tally(), (at / 1024, of / 1024))
}

fn view(writes: bool, tally: &Tally, (at, of): (u64, u64)) -> WorkFileView {
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let (way, blobs) = match writes {
        true => (&tally.sent, &tally.blobs_sent),
        false => (&tally.received, &tally.blobs_received),
    };
    WorkFileView {
        writes,
        done: false,
        at: count(at),
        of: count(of),
        parcels: way.envelopes,
        new: tally.new,
        aside: tally.aside,
        photos: blobs.blobs,
        problems: Vec::new(),
        saved: None,
        by: None,
    }
}

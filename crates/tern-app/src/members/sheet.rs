//! A seat on paper: when every coordinator is lost, two printed pages make a coordinator again. The drill is trying
//! whether the pages are right without using them.

use std::path::Path;
use std::sync::Arc;

use tern_form::Schema;
use tern_record::{DeviceId, RealmId, Role, SeatId};
use tern_seal::SealKey;
use tern_seal::roster::{Author, Carried, SeatState, seat_id};
use tern_seal::sheet::{Page, Sheet, SheetError};
use tern_seal::slot::{Cost, Payload, SlotFile};
use tern_store::audit::About;
use tern_store::{Home, Vault};

use super::admit_seat::{AdmitAs, NewSeat, member_name};
use super::judge::{judge, keep, wanted};
use crate::Reply;
use crate::app::{App, sealing};
use crate::audit::Event;
use crate::failure::{Code, Failure};
use crate::ports::Ports;
use crate::programme::Secrets;
use crate::unlock::{Secret, open_app, unlock};

/// The device that a seat on paper is said to be on.
pub const PAPER: DeviceId = DeviceId::new([0; 16]);

/// A sheet that was made now. Its pages are told once.
pub struct Made {
    /// The seat on paper.
    pub seat: SeatId,
    /// What is to be printed.
    pub pages: [Page; 2],
}

/// What trying two pages told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drilled {
    /// The seat on paper that they make.
    pub seat: SeatId,
    /// They are those of the newest sheet; earlier ones have ended.
    pub newest: bool,
}

impl App {
    /// A seat is a recovery sheet, or was one.
    pub(crate) fn is_paper(&self, seat: SeatId) -> bool {
        self.roster.certificate(seat).is_some_and(|said| said.device == PAPER)
    }

    /// Seats on paper that count, the oldest first. There are several while nobody has said that the newest is on paper.
    pub fn sheets(&self) -> Vec<SeatId> {
        let papers = self.roster.seats.iter();
        let mut papers: Vec<_> = papers
            .filter(|(_, seat)| seat.certificate.device == PAPER && seat.removed.is_none())
            .map(|(id, seat)| (seat.since, *id))
            .collect();
        papers.sort_unstable();
        papers.into_iter().map(|(_, id)| id).collect()
    }

    /// Makes the two pages of a new sheet. The sheet before counts beside it until the new one is known to be on paper.
    pub fn make_sheet(&mut self, name: &str) -> Reply<Made> {
        self.certifies()?;
        if self.sheets().len() > 1 {
            return Err(Code::SheetWaits.into());
        }
        let sheet = self.draw(Sheet::make_random);
        let (signing, wrap) = sheet.keys(self.realm);
        let (verify, wrap) = (signing.public().map_err(sealing)?, wrap.public().map_err(sealing)?);
        let seat = seat_of(&sheet, self.realm)?;
        let new = NewSeat { seat, device: PAPER, device_name: name.to_owned(), verify, wrap };
        let roles = vec![Role::Coordinator, Role::CaseSupervisor];
        let ask = AdmitAs { worker: name.to_owned(), same_person: None, roles, site: self.my_site() };
        self.certify(new, &ask, None)?;
        Ok(Made { seat, pages: self.draw(|random| sheet.pages(random)) })
    }

    /// The newest sheet is on paper: earlier ones open nothing from now on.
    pub fn keep_sheet(&mut self) -> Reply<()> {
        self.certifies()?;
        let mut sheets = self.sheets();
        sheets.pop().ok_or(Code::NoSheet)?;
        self.end_sheets(&sheets)
    }

    /// The newest sheet is not on paper: it opens nothing from now on, and the one before stays.
    pub fn drop_sheet(&mut self, seat: SeatId) -> Reply<()> {
        self.certifies()?;
        if self.sheets().last() != Some(&seat) {
            return Err(Code::NoSheet.into());
        }
        if self.last_drill(seat)?.is_some() {
            return Err(Code::SheetOnPaper.into());
        }
        self.end_sheets(&[seat])
    }

    fn end_sheets(&mut self, seats: &[SeatId]) -> Reply<()> {
        if seats.is_empty() {
            return Ok(());
        }
        self.take_out(seats, "replaced", Event::SheetEnded)?;
        self.tend_or_later()
    }

    /// Tries whether two pages are those of a sheet that counts, and notes that they were tried. The newest sheet is on
    /// paper then, and earlier ones end.
    pub fn drill(&mut self, one: &str, other: &str) -> Reply<Drilled> {
        self.certifies()?;
        let seat = seat_of(&read_pages(one, other)?, self.realm)?;
        let sheets = self.sheets();
        if !sheets.contains(&seat) {
            return Err(Code::OtherSheet.into());
        }
        let event = self.event(Event::Drill(seat));
        self.vault.write(|tx| tx.add_audit(&event)).map_err(Failure::from)?;
        let newest = sheets.last() == Some(&seat);
        if newest {
            self.keep_sheet()?;
        }
        Ok(Drilled { seat, newest })
    }

    /// Somebody began again from this sheet: its pages were typed, and may be known to who saw it.
    pub fn is_used(&self, sheet: SeatId) -> bool {
        self.roster.seats.values().any(|seat| seat.by == Author::Seat(sheet))
    }

    /// When the pages of a sheet were tried last, by somebody who may.
    pub fn last_drill(&self, sheet: SeatId) -> Reply<Option<i64>> {
        let may = |seat: &SeatId| self.roster.seats.get(seat).is_some_and(|seat| seat.is(Role::Coordinator));
        let tried = self.vault.audit(Some(About::Seat(sheet)))?;
        let drills = tried.iter().filter(|event| event.what == "drill");
        Ok(drills.filter(|event| may(&event.seat)).map(|event| event.at_ms).max())
    }
}

fn read_pages(one: &str, other: &str) -> Reply<Sheet> {
    let read = |typed: &str| Page::read(typed).map_err(told);
    Sheet::put_together(&read(one)?, &read(other)?).map_err(told)
}

/// The seat of a sheet, by both of its keys: another with one of them is none of it.
fn seat_of(sheet: &Sheet, realm: RealmId) -> Reply<SeatId> {
    let (signing, wrap) = sheet.keys(realm);
    Ok(seat_id(PAPER, &signing.public().map_err(sealing)?, &wrap.public().map_err(sealing)?))
}

fn told(error: SheetError) -> Failure {
    match error {
        SheetError::Slip => Code::PageSlip,
        SheetError::Shape => Code::NotAPage,
        SheetError::SamePage | SheetError::OtherSheet => Code::OtherSheet,
    }
    .into()
}

/// What somebody types who begins again.
#[derive(Clone, Copy)]
pub struct Back<'a> {
    /// Both pages.
    pub pages: (&'a str, &'a str),
    /// Name of the worker. Somebody of this name who was in the programme is the same person.
    pub worker: &'a str,
    /// What the device is called.
    pub device: &'a str,
}

/// Begins again on an empty device from two pages and the signed membership. The coordinator on paper certifies a seat of
/// this worker on this device, and is paper again. What was recorded comes back from the devices and hubs that hold it.
pub fn begin_from_sheet(
    folder: &Path,
    roster: Carried,
    back: Back<'_>,
    secrets: &Secrets,
    cost: Cost,
    schema: Arc<Schema>,
    ports: Arc<Ports>,
) -> Reply<App> {
    let sheet = read_pages(back.pages.0, back.pages.1)?;
    let (worker, device_name) = (member_name(back.worker)?, member_name(back.device)?);
    let realm = roster.entries.first().ok_or(Code::NotARoster)?.realm();
    let judged = judge(realm, Vec::new(), roster.entries)?;
    let known = &judged.roster;
    let wraps = wanted(known, roster.wraps);
    let (signing, wrap) = sheet.keys(realm);
    let seat = seat_of(&sheet, realm)?;
    if known.seats.get(&seat).is_none_or(|seat| seat.removed.is_some()) {
        return Err(Code::OtherSheet.into());
    }
    let home = Arc::new(Home::create(folder)?);
    let payload = ports.draw(|random| Payload {
        vault: SealKey::make_random(random),
        seat,
        signing: signing.clone(),
        wrap,
        keyring: SealKey::make_random(random),
    });
    let mut vault = Vault::create(&home, payload.vault.as_bytes(), ports.vfs.as_deref())?;
    vault
        .write(|tx| keep(tx, &judged.new, &wraps))
        .map_err(|error: tern_store::StoreError| Failure::from(error))?;
    let device = ports.draw(DeviceId::make_random);
    let slots = SlotFile { realm, practice: known.practice, device, slots: Vec::new() };
    let paper = open_app(Arc::clone(&home), vault, payload, slots, Arc::clone(&schema), Arc::clone(&ports))?;
    paper.certify_back(worker, device_name, secrets, cost)?;
    home.finish()?;
    unlock(home, Secret::Words(&secrets.words), schema, ports)
}

impl App {
    /// As the coordinator on paper: makes a seat of a worker on this device. No slot of this device holds the paper's keys.
    fn certify_back(mut self, worker: String, device: String, secrets: &Secrets, cost: Cost) -> Reply<()> {
        let known = self.names.iter().find(|(seat, names)| {
            let on_paper = |seat: &SeatState| seat.certificate.device == PAPER;
            names.worker == worker && !self.roster.seats.get(*seat).is_some_and(on_paper)
        });
        let same_person =
            known.and_then(|(seat, _)| self.roster.seats.get(seat)).map(|seat| seat.certificate.worker);
        let roles = vec![Role::Coordinator, Role::CaseSupervisor];
        let ask = AdmitAs { worker, same_person, roles, site: self.my_site() };
        self.add_seat(&ask, device, secrets, cost)?;
        self.end_session()
    }
}

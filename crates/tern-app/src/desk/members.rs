//! People, devices and keys, for a window.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tern_record::cbor::Canonical as _;
use tern_record::{Role, SeatId};
use tern_seal::PieceKind;
use tern_store::Home;

use super::{Desk, Reply, State, check_back};
use crate::failure::{Code, Failure};
use crate::members::admit_seat::AdmitAs;
use crate::members::judge::carried_in;
use crate::members::outside::Outside;
use crate::members::people::roles_from;
use crate::members::recovery::{self, Asking, Came};
use crate::members::removal::Extent;
use crate::members::sheet::{Back, begin_from_sheet};
use crate::members::{join, piece};
use crate::programme::Secrets;
use crate::unlock::Secret;
use crate::view::*;

/// Most pictures that are read at once.
const MOST_PICTURES: usize = 60;

impl Desk {
    /// Everybody, and what this seat may do about them.
    pub fn people(&self) -> Reply<PeopleView> {
        self.at_work(|app| app.people())
    }

    /// Makes an invitation for one device.
    pub fn invite(&self, hours: u32) -> Reply<PieceView> {
        self.at_work(|app| {
            let made = app.invite(hours)?;
            let expires = app.moment_of(made.expires_ms);
            Ok(piece::show(PieceKind::Invitation, &made.to_bytes(), Vec::new(), Some(expires)))
        })
    }

    /// Writes a piece as a file where the person's downloads go.
    pub fn save_piece(&self, text: &str) -> Reply<SavedView> {
        let folder = dirs::download_dir().filter(|folder| folder.is_dir()).or_else(dirs::home_dir);
        let path = folder.ok_or(Code::CannotSave.into()).and_then(|folder| piece::save(text, &folder));
        let path = path.map_err(|failure| self.refuse(&failure))?;
        let named = |name: Option<&std::ffi::OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
        Ok(SavedView {
            file: named(path.file_name()),
            folder: named(path.parent().and_then(std::path::Path::file_name)),
        })
    }

    /// Looks at a request before anything is signed.
    pub fn read_request(&self, text: &str) -> Reply<AskedView> {
        self.at_work(|app| {
            let asked = app.read_request(&piece::read(text, PieceKind::Request)?)?;
            Ok(AskedView { device: asked.device, worker: None, beside: asked.beside, travelled: false })
        })
    }

    /// Admits a device; what comes back goes to it.
    pub fn admit_seat(&self, ask: &AdmitSeat) -> Reply<PieceView> {
        self.at_work(|app| {
            let request = piece::read(&ask.request, PieceKind::Request)?;
            let whom = app.whom(&ask.worker, ask.same_person.as_deref(), &ask.roles, ask.site.as_deref())?;
            let (_, admission) = app.admit_seat(&request, &whom, Some(&ask.words))?;
            let expires = app.moment_of(admission.expires_ms);
            Ok(piece::show(PieceKind::Admission, &admission.to_bytes(), Vec::new(), Some(expires)))
        })
    }

    /// Admits a further worker on this device, with the words and the code that were drawn and typed back.
    pub fn add_worker(&self, ask: &AddWorker) -> Reply<PeopleView> {
        self.with_state(|state| self.add_worker_to(state, ask))?;
        self.people()
    }

    fn add_worker_to(&self, state: &mut State, ask: &AddWorker) -> crate::Reply<()> {
        let secrets = drawn(state, &ask.words, &ask.rescue_check)?;
        let cost = self.cost;
        let app = state.app.as_mut().filter(|_| !state.covered).ok_or(Code::Locked)?;
        let whom = app.whom(&ask.worker, None, &ask.roles, ask.site.as_deref());
        match whom.and_then(|whom| app.add_worker(&whom, &secrets, cost)) {
            Ok(_) => Ok(()),
            Err(failure) => {
                state.drawn = Some(secrets);
                Err(failure)
            }
        }
    }

    /// Gives a seat other roles or another site.
    pub fn change_seat(&self, seat: &str, roles: &[String], site: Option<&str>) -> Reply<PeopleView> {
        self.at_work(|app| {
            let roles = roles_from(roles.iter().map(String::as_str))?;
            let site = site.map(|site| app.site_by_id(site)).transpose()?;
            app.change_seat(seat_id(seat)?, &roles, site)?;
            app.people()
        })
    }

    /// Takes somebody in again whose admission fell.
    pub fn admit_again(&self, seat: &str, named: Option<&str>) -> Reply<PeopleView> {
        self.at_work(|app| {
            app.admit_again(seat_id(seat)?, named)?;
            app.people()
        })
    }

    /// Takes a seat out, or everybody on its device.
    pub fn remove_seat(&self, seat: &str, device: bool, reason: &str) -> Reply<RemovedView> {
        self.at_work(|app| {
            let extent = if device { Extent::Device } else { Extent::Seat };
            let done = app.remove_seat(seat_id(seat)?, extent, reason)?;
            let out: Vec<_> =
                app.members()?.into_iter().filter(|member| done.seats.contains(&member.seat)).collect();
            let last = out.iter().filter_map(|member| member.last_ms).max();
            let count = |scopes: &[tern_record::ScopeId]| u32::try_from(scopes.len()).unwrap_or(u32::MAX);
            Ok(RemovedView {
                workers: out.iter().map(|member| member.worker_name.clone()).collect(),
                replaced: count(&done.rotated),
                waiting: count(&done.waiting),
                last: last.map(|at| app.moment_of(at)),
            })
        })
    }

    /// Opens a site.
    pub fn create_site(&self, name: &str, country: &str) -> Reply<PeopleView> {
        self.at_work(|app| {
            app.create_site(name, country)?;
            app.people()
        })
    }

    /// What the members signed, for other devices.
    pub fn roster_piece(&self) -> Reply<PieceView> {
        self.at_work(|app| {
            let bytes = app.roster_file()?;
            Ok(piece::show(PieceKind::Roster, &bytes, Vec::new(), None))
        })
    }

    /// Takes in what other members signed; tells how many statements were new.
    pub fn read_roster(&self, text: &str) -> Reply<usize> {
        self.with_state(|state| self.read_roster_into(state, text))
    }

    /// A device that hears that it is out closes at once.
    fn read_roster_into(&self, state: &mut State, text: &str) -> crate::Reply<usize> {
        self.tick(state)?;
        let app = state.app.as_mut().filter(|_| !state.covered).ok_or(Code::Locked)?;
        let read = app.read_roster_file(&piece::read(text, PieceKind::Roster)?)?;
        if !read.is_in {
            let why = app.is_at_work().err();
            state.close()?;
            return Err(why.unwrap_or_else(|| Code::SeatRemoved.into()));
        }
        Ok(read.new)
    }

    /// On a device whose seat is out: takes in what the members signed, and opens when that puts the seat in again.
    pub fn hear_outside(&self, words: &str, text: &str) -> Reply<StatusView> {
        self.with_status(|state| self.hear_outside_into(state, words, text))
    }

    fn hear_outside_into(&self, state: &mut State, words: &str, text: &str) -> crate::Reply<()> {
        let carried = carried_in(&piece::read(text, PieceKind::Roster)?)?;
        state.leaving = None;
        let mut outside = Outside::open(self.home(state)?, words, Arc::clone(&self.ports))?;
        outside.read_roster(carried)?;
        outside.is_at_work()?;
        drop(outside);
        self.open_with(state, Secret::Words(words))
    }

    /// Reads the codes of pictures.
    pub fn read_pictures(&self, pictures: &[String]) -> Reply<GatheredView> {
        let decode =
            |picture: &String| STANDARD.decode(picture).map_err(|_| Failure::from(Code::NotAPicture));
        let files = pictures.iter().take(MOST_PICTURES).map(decode).collect::<crate::Reply<Vec<_>>>();
        self.answer(files.and_then(|files| piece::gather(&files)))
    }

    /// On a new device: looks at an invitation before anything is drawn.
    pub fn read_invitation(&self, text: &str) -> Reply<InvitedView> {
        self.with_state(|_| {
            let bytes = piece::read(text, PieceKind::Invitation)?;
            let invitation = join::read_invitation(&bytes, &self.ports)?;
            Ok(InvitedView {
                practice: invitation.practice,
                expires: crate::show::stored((invitation.expires_ms, self.ports.clock.offset_min()), false),
            })
        })
    }

    /// Looks at an admission before words are asked for.
    pub fn read_admission(&self, text: &str) -> Reply<()> {
        self.with_state(|state| {
            let bytes = piece::read(text, PieceKind::Admission)?;
            let home = self.home(state)?;
            join::read_admission(&home, &bytes, &self.ports).map(drop)
        })
    }

    /// On an empty device: begins again from both pages of the recovery sheet and the signed membership.
    pub fn begin_from_sheet(&self, ask: &BeginFromSheet) -> Reply<StatusView> {
        self.with_status(|state| self.begin_from_pages(state, ask))
    }

    fn begin_from_pages(&self, state: &mut State, ask: &BeginFromSheet) -> crate::Reply<()> {
        let roster = carried_in(&piece::read(&ask.members, PieceKind::Roster)?)?;
        let secrets = drawn(state, &ask.words, &ask.rescue_check)?;
        let (schema, ports) = (Arc::clone(&self.schema), Arc::clone(&self.ports));
        let back = Back { pages: (&ask.one, &ask.other), worker: &ask.worker, device: &ask.device };
        match begin_from_sheet(&self.folder, roster, back, &secrets, self.cost, schema, ports) {
            Ok(app) => {
                state.home = Some(Arc::clone(&app.home));
                self.enter(state, app)
            }
            Err(failure) => {
                state.drawn = Some(secrets);
                Err(failure)
            }
        }
    }

    /// On a new device: answers an invitation with the words and the code that were drawn and typed back.
    pub fn request_seat(&self, ask: &RequestSeat) -> Reply<StatusView> {
        self.with_status(|state| self.request_with(state, ask))
    }

    fn request_with(&self, state: &mut State, ask: &RequestSeat) -> crate::Reply<()> {
        let secrets = drawn(state, &ask.words, &ask.rescue_check)?;
        let invitation = piece::read(&ask.invitation, PieceKind::Invitation);
        let made = invitation.and_then(|invitation| {
            join::request(&self.folder, &invitation, &ask.device, &secrets, self.cost, &self.ports)
        });
        made.map(drop).inspect_err(|_| state.drawn = Some(secrets))
    }

    /// What a device that waits to be admitted shows.
    pub fn waiting(&self) -> Reply<PieceView> {
        self.with_state(|state| {
            let waiting = join::waiting(&*self.home(state)?)?.ok_or(Code::AlreadyJoined)?;
            Ok(piece::show(PieceKind::Request, &waiting.request, waiting.words.to_vec(), None))
        })
    }

    /// Joins by an admission.
    pub fn join(&self, words: &str, admission: &str) -> Reply<StatusView> {
        self.with_status(|state| self.join_with(state, words, admission))
    }

    fn join_with(&self, state: &mut State, words: &str, admission: &str) -> crate::Reply<()> {
        let admission = piece::read(admission, PieceKind::Admission)?;
        let home = self.home(state)?;
        let app = join::join(home, words, &admission, Arc::clone(&self.schema), Arc::clone(&self.ports))?;
        self.enter(state, app)
    }

    /// Gives a request up: the folder of a device that never joined holds nothing.
    pub fn give_up_request(&self) -> Reply<StatusView> {
        self.with_status(|state| self.give_up(state))
    }

    fn give_up(&self, state: &mut State) -> crate::Reply<()> {
        let home = self.home(state)?;
        if join::waiting(&home)?.is_none() {
            return Err(Code::AlreadyJoined.into());
        }
        home.forget_request()?;
        state.home = None;
        Ok(())
    }

    /// How far a locked device is with getting in again.
    pub fn recovery(&self) -> Reply<RecoveryView> {
        self.with_state(|state| recovery_of(&*self.home(state)?))
    }

    /// Asks two coordinators for new words.
    pub fn ask_words(&self, seat: Option<&str>) -> Reply<RecoveryView> {
        self.with_state(|state| {
            let home = self.home(state)?;
            recovery::ask_for_words(&home, seat.map(seat_id).transpose()?, &self.ports)?;
            recovery_of(&home)
        })
    }

    /// Asks a coordinator for the keys that were left behind.
    pub fn ask_keys(&self) -> Reply<RecoveryView> {
        self.with_state(|state| {
            let home = self.home(state)?;
            recovery::ask_for_keys(&home, &self.ports)?;
            recovery_of(&home)
        })
    }

    /// Takes an approval.
    pub fn take_approval(&self, text: &str) -> Reply<RecoveryView> {
        self.with_state(|state| {
            let home = self.home(state)?;
            let came = recovery::take_approval(&home, &piece::read(text, PieceKind::Approval)?)?;
            if came == Came::KeysBack {
                return Ok(RecoveryView { seats: Vec::new(), ask: None, approved: 1, enough: true });
            }
            recovery_of(&home)
        })
    }

    /// Replaces forgotten words by those that were drawn, typed back.
    pub fn recover_words(&self, typed: &str) -> Reply<StatusView> {
        self.with_status(|state| self.recover_with(state, typed))
    }

    fn recover_with(&self, state: &mut State, typed: &str) -> crate::Reply<()> {
        let same = |drawn: &Secrets| {
            tern_seal::passphrase::normalise(&drawn.words) == tern_seal::passphrase::normalise(typed)
        };
        if !state.drawn.as_ref().is_some_and(same) {
            return Err(Code::WordsDiffer.into());
        }
        let home = self.home(state)?;
        recovery::choose_recovered_words(&home, typed, self.cost, &self.ports)?;
        state.drawn = None;
        Ok(())
    }

    /// Looks at what a locked device asks.
    pub fn read_ask(&self, text: &str) -> Reply<AskedView> {
        self.at_work(|app| {
            let (_, asked) = app.read_ask(&piece::read(text, PieceKind::Ask)?)?;
            Ok(AskedView {
                device: asked.device,
                worker: asked.worker,
                beside: None,
                travelled: asked.travelled,
            })
        })
    }

    /// Gives a locked device what this coordinator holds for it.
    pub fn approve(&self, text: &str, words: &str) -> Reply<PieceView> {
        self.at_work(|app| {
            let approval = app.approve(&piece::read(text, PieceKind::Ask)?, Some(words))?;
            Ok(piece::show(PieceKind::Approval, &approval.to_bytes(), Vec::new(), None))
        })
    }

    /// Leaves the keys behind before a checkpoint.
    pub fn travel(&self) -> Reply<StatusView> {
        self.with_status(|state| self.travel_with(state))
    }

    /// Refused, the worker is at work as before.
    fn travel_with(&self, state: &mut State) -> crate::Reply<()> {
        let packed = state.app.as_mut().filter(|_| !state.covered).ok_or(Code::Locked)?.pack_keys()?;
        state.part();
        let app = state.app.take().ok_or(Code::Locked)?;
        app.leave_keys(&packed)
    }

    /// Makes the two pages of a recovery sheet.
    pub fn make_sheet(&self) -> Reply<RecoverySheetView> {
        self.at_work(|app| {
            let name = app.text().say("recovery-sheet", &serde_json::json!({}));
            let made = app.make_sheet(&name)?;
            Ok(RecoverySheetView {
                seat: made.seat.to_hex(),
                mark: mark(made.seat),
                pages: made.pages.iter().map(tern_seal::sheet::Page::groups).collect(),
                programme: app.named("programme"),
            })
        })
    }

    /// The newest sheet is on paper: earlier ones end.
    pub fn keep_sheet(&self) -> Reply<PeopleView> {
        self.at_work(|app| {
            app.keep_sheet()?;
            app.people()
        })
    }

    /// The newest sheet is not on paper: it ends, and the one before stays.
    pub fn drop_sheet(&self, seat: &str) -> Reply<PeopleView> {
        self.at_work(|app| {
            app.drop_sheet(seat_id(seat)?)?;
            app.people()
        })
    }

    /// Tries two pages.
    pub fn drill(&self, one: &str, other: &str) -> Reply<DrilledView> {
        self.at_work(|app| {
            let drilled = app.drill(one, other)?;
            Ok(DrilledView { mark: mark(drilled.seat), newest: drilled.newest, people: app.people()? })
        })
    }

    /// This coordinator's half of the root key, for another who holds one.
    pub fn lend_half(&self, seat: &str) -> Reply<PieceView> {
        self.at_work(|app| {
            let half = app.lend_root(seat_id(seat)?)?;
            Ok(piece::show(PieceKind::Half, &half, Vec::new(), None))
        })
    }

    /// Gives new halves to those who coordinate now, with a half that another coordinator lent.
    pub fn share_halves(&self, text: &str) -> Reply<PeopleView> {
        self.at_work(|app| {
            app.renew_halves(&piece::read(text, PieceKind::Half)?)?;
            app.people()
        })
    }

    /// What was done that is kept, the latest first; `text` narrows it.
    pub fn audit(&self, text: &str) -> Reply<Vec<AuditView>> {
        self.at_work(|app| app.audit_view(text))
    }

    /// Work of removed seats that waits to be looked at.
    pub fn reviews(&self) -> Reply<Vec<ReviewView>> {
        self.at_work(|app| app.reviews())
    }

    /// Takes work of a removed seat, or leaves it aside.
    pub fn review(&self, entry: &str, take: bool) -> Reply<Vec<ReviewView>> {
        self.at_work(|app| {
            app.review(entry, take)?;
            app.reviews()
        })
    }
}

fn recovery_of(home: &Home) -> crate::Reply<RecoveryView> {
    let asking = Asking::read(home)?;
    let seats = if home.read_travel()?.is_some() { Vec::new() } else { recovery::seats_here(home)? };
    let seats = seats.iter().map(|seat| OptionView { code: seat.to_hex(), label: mark(*seat) }).collect();
    let ask = asking.as_ref().map(|asking| {
        let words = asking.ask.check_words().map(str::to_owned).to_vec();
        piece::show(PieceKind::Ask, &asking.ask.to_bytes(), words, None)
    });
    let approved = asking.as_ref().map_or(0, |asking| u32::try_from(asking.approved()).unwrap_or(u32::MAX));
    Ok(RecoveryView { seats, ask, approved, enough: asking.is_some_and(|asking| asking.is_enough()) })
}

/// The first characters of a seat, as people read them to each other.
pub(crate) fn mark(seat: SeatId) -> String {
    seat.to_hex().chars().take(4).collect::<String>().to_uppercase()
}

pub(crate) fn seat_id(text: &str) -> crate::Reply<SeatId> {
    SeatId::from_hex(text).map_err(|_| Code::UnknownSeat.into())
}

/// The secrets that were drawn, once they are typed back; they stay drawn when they are not.
pub(super) fn drawn(
    state: &mut State,
    words: &str,
    rescue_check: &std::collections::BTreeMap<u8, String>,
) -> crate::Reply<Secrets> {
    let drawn = state.drawn.take().ok_or(Code::WordsDiffer)?;
    match check_back(&drawn, words, rescue_check) {
        Ok(()) => Ok(drawn),
        Err(failure) => {
            state.drawn = Some(drawn);
            Err(failure)
        }
    }
}

impl crate::App {
    /// Who is to be admitted, from what a screen says.
    fn whom(
        &self,
        worker: &str,
        same_person: Option<&str>,
        roles: &[String],
        site: Option<&str>,
    ) -> crate::Reply<AdmitAs> {
        let same_person = same_person.map(seat_id).transpose()?;
        let same_person = match same_person {
            Some(seat) => Some(self.roster.seats.get(&seat).ok_or(Code::UnknownSeat)?.certificate.worker),
            None => None,
        };
        let roles: Vec<Role> = roles_from(roles.iter().map(String::as_str))?;
        let site = site.map(|site| self.site_by_id(site)).transpose()?;
        Ok(AdmitAs { worker: worker.to_owned(), same_person, roles, site })
    }
}

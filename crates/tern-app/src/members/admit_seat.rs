//! A request is read, looked at and answered: a seat is certified, and the keys that its roles need are wrapped to it.

use tern_record::{DeviceId, Role, SeatId, WorkerId};
use tern_seal::epoch::wrap_epoch_key;
use tern_seal::invite::{Admission, InviteError, Request, check_words, same_words};
use tern_seal::roster::{Body, Names, SeatCertified, SiteId};
use tern_seal::{SealKey, VerifyKey, WrapPublic};
use tern_store::audit::AuditRow;

use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::failure::{Code, Failure};
use crate::members::sheet::PAPER;

/// Longest name of a worker, in characters.
const MAX_NAME: usize = 80;
/// Hours for which an admission is taken.
const ADMISSION_HOURS: i64 = 14 * 24;

/// What a seat will be.
#[derive(Clone, Debug)]
pub struct AdmitAs {
    /// Name of the worker. The name of somebody who is in the programme already means that person's further device,
    /// when `same_person` says so.
    pub worker: String,
    /// The worker is in the programme already.
    pub same_person: Option<WorkerId>,
    /// Codes of the list `role`.
    pub roles: Vec<Role>,
    /// Where the worker works.
    pub site: Option<SiteId>,
}

/// A request as a coordinator looks at it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The request.
    pub request: Request,
    /// What the device is called.
    pub device: String,
    /// Who works on it already, when it is a shared one.
    pub beside: Option<String>,
    /// The words that the other screen must show.
    pub words: [&'static str; 4],
}

/// The keys of a new seat.
pub(crate) struct NewSeat {
    pub seat: SeatId,
    pub device: DeviceId,
    pub device_name: String,
    pub verify: VerifyKey,
    pub wrap: WrapPublic,
}

impl App {
    /// Reads a request and finds the invitation that it answers.
    pub fn read_request(&self, bytes: &[u8]) -> Reply<Asked> {
        self.certifies()?;
        let request = Request::parse(bytes).map_err(invite)?;
        if request.realm != self.realm {
            return Err(Code::OtherProgramme.into());
        }
        let invitation = self.invitation(request.invitation)?;
        // A key that nothing can be wrapped to would never open anything.
        let tried = SealKey::new(&[0; 32]);
        let scope = self.keys.realm.scope;
        let wrap = (request.seat(), &request.wrap);
        self.draw(|random| wrap_epoch_key(wrap, self.realm, scope, &tried, random))
            .map_err(|_| Code::PieceDamaged)?;
        if request.device == PAPER || self.roster.seats.contains_key(&request.seat()) {
            return Err(Code::AlreadyJoined.into());
        }
        let device = request.check(&invitation, self.ports.clock.now_ms()).map_err(invite)?;
        let words = check_words(&invitation, &request);
        Ok(match self.beside(&request)? {
            Some(names) => Asked { request, device: names.device, beside: Some(names.worker), words },
            None => Asked { request, device: device.as_str().to_owned(), beside: None, words },
        })
    }

    /// Who works on the device of a request already and says that another worker asks there. Nobody is put on a device that
    /// is known without that.
    fn beside(&self, request: &Request) -> Reply<Option<Names>> {
        let known = |seat: &tern_seal::roster::SeatState| seat.certificate.device == request.device;
        let Some(seat) = request.beside() else {
            let is_known = self.roster.seats.values().any(known);
            return if is_known { Err(Code::AlreadyJoined.into()) } else { Ok(None) };
        };
        let state = self.roster.seats.get(&seat).filter(|state| state.removed.is_none() && known(state));
        let state = state.ok_or(Code::UnknownSeat)?;
        if !request.is_said_by(&state.certificate.verify) {
            return Err(Code::PieceDamaged.into());
        }
        self.names.get(&seat).cloned().map(Some).ok_or_else(|| Code::UnknownSeat.into())
    }

    /// Certifies the seat that asks and gives it its keys. `typed` are the words that the other screen shows; `None`
    /// where a person compares them afterwards.
    pub fn admit_seat(
        &mut self,
        bytes: &[u8],
        ask: &AdmitAs,
        typed: Option<&str>,
    ) -> Reply<(SeatId, Admission)> {
        let asked = self.read_request(bytes)?;
        if typed.is_some_and(|typed| !same_words(typed, &asked.words)) {
            return Err(Code::CheckWords.into());
        }
        let request = asked.request;
        let new = NewSeat {
            seat: request.seat(),
            device: request.device,
            device_name: asked.device,
            verify: request.verify,
            wrap: request.wrap.clone(),
        };
        let (name, used) = self.used_invitation(request.invitation);
        self.certify(new, ask, Some((&name, &used)))?;
        let expires = self.ports.clock.now_ms().saturating_add(ADMISSION_HOURS * 3_600_000);
        let seat = request.seat();
        let roster = self.carried(|wrap| wrap.seat == seat)?;
        let made = Admission::make(&request, self.me.seat, expires, roster, &self.signing);
        Ok((seat, made.map_err(|_| Code::RosterFull)?))
    }

    /// Says that a seat belongs, and wraps to it every key that it may have and this seat holds.
    pub(crate) fn certify(&mut self, new: NewSeat, ask: &AdmitAs, used: Option<(&str, &[u8])>) -> Reply<()> {
        let worker_name = member_name(&ask.worker)?;
        if ask.roles.is_empty() {
            return Err(Code::UnknownRole.into());
        }
        if ask.site.is_some_and(|site| self.site_name(site).is_none()) {
            return Err(Code::UnknownSite.into());
        }
        let names = Names { worker: worker_name, device: new.device_name };
        let names = self.sealed_names(new.seat, &names)?;
        let worker = ask.same_person.unwrap_or_else(|| self.draw(WorkerId::make_random));
        let certificate = SeatCertified {
            seat: new.seat,
            worker,
            device: new.device,
            verify: new.verify,
            wrap: new.wrap,
            roles: ask.roles.iter().map(|role| role.code().to_owned()).collect(),
            site: ask.site,
            names,
        };
        let event = self.certifying(new.seat, new.device, &ask.roles);
        let me = self.me.seat;
        self.say(vec![Body::Seat(certificate)], |tx| {
            if let Some((name, sealed)) = used {
                tx.put_secret(me, name, sealed)?;
            }
            tx.add_audit(&event)
        })?;
        self.tend_or_later()
    }

    /// Names of a seat's worker and device, as its certificate carries them.
    pub(crate) fn sealed_names(&self, seat: SeatId, names: &Names) -> Reply<Vec<u8>> {
        let key = self.keys.realm.epochs.get(&self.keys.realm.current).ok_or(Code::Internal("epoch"))?;
        Ok(self.draw(|random| names.close(key, self.realm, seat, random)))
    }
}

impl App {
    /// What certifying a seat comes to. From a sheet, it is the new seat that began again: the one on paper comes no more to
    /// hand on what was kept.
    fn certifying(&self, seat: SeatId, device: DeviceId, roles: &[Role]) -> AuditRow {
        if self.is_paper(self.me.seat) {
            return AuditRow { seat, ..self.event(Event::SheetUsed(self.me.seat)) };
        }
        self.event(if device == PAPER {
            Event::SheetMade(seat)
        } else if self.seats_on(device).next().is_some() {
            Event::WorkerAdded(seat, roles)
        } else {
            Event::Admitted(seat, roles)
        })
    }
}

/// A name as it will be shown.
pub(crate) fn member_name(typed: &str) -> Reply<String> {
    let name = typed.trim();
    let fits = !name.is_empty()
        && name.chars().count() <= MAX_NAME
        && !name.chars().any(|sign| sign.is_control() || tern_form::kind::text::hides(sign));
    if fits { Ok(name.to_owned()) } else { Err(Code::MemberName.into()) }
}

pub(crate) fn invite(error: InviteError) -> Failure {
    match error {
        InviteError::Expired => Code::InviteExpired,
        InviteError::OtherInvitation | InviteError::Altered => Code::OtherInvitation,
        InviteError::OtherRealm => Code::OtherProgramme,
        InviteError::Newer => Code::NewerFormat,
        InviteError::Shape => Code::PieceDamaged,
    }
    .into()
}

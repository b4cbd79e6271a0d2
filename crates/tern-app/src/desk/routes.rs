//! What goes on over networks, as a window shows it.

use std::collections::{BTreeMap, BTreeSet};

use tern_net::{Endpoint, Found};
use tern_photo::codes::Code as Picture;
use tern_record::SeatId;
use tern_seal::is_veiled;
use tern_sync::Party;

use super::State;
use super::net::{Calling, Open};
use crate::app::App;
use crate::exchange::left_over::left_over;
use crate::exchange::listen::Guest;
use crate::failure::Code;
use crate::view::{FoundView, GuestView, HubView, LineView, NearbyView, OpenView, RoutesView, WaitsView};

/// Who asked so recently is still there: a slow exchange asks every few seconds.
const A_MOMENT_MS: u64 = 10_000;

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl State {
    /// How it is now.
    pub(super) fn routes(&self) -> crate::Reply<RoutesView> {
        let app = self.app.as_ref().ok_or(Code::Locked)?;
        let net = &self.net;
        let found =
            net.looking.as_ref().map(|looking| app.of_programme(&looking.found())).unwrap_or_default();
        let set = net.hub.set.as_ref();
        let met = set.map(|set| app.hub_met_ms(set)).transpose()?.flatten();
        Ok(RoutesView {
            nearby: NearbyView {
                name: app.name_of(app.me.worker, app.me.device).1,
                open: net.open.as_ref().map(|open| shown(app, open)),
                looking: net.looking.is_some(),
                found,
            },
            hub: HubView {
                address: set.map(|set| set.address.clone()),
                by_itself: set.is_some_and(|set| set.by_itself),
                met: met.map(|at| app.moment_of(at)),
                answers: net.hub.answers,
            },
            line: net.calling.as_ref().map(|calling| line(app, calling)),
            here: self.connected(app).iter().map(SeatId::to_hex).collect(),
        })
    }

    /// Every seat on a device that this one exchanges with, or that asked it a moment ago.
    fn connected(&self, app: &App) -> BTreeSet<SeatId> {
        let calling = self.net.calling.as_ref().filter(|calling| calling.told().ended.is_none());
        let called = calling.and_then(|calling| calling.called.peer().seat);
        let now_ms = app.ports.clock.steady_ms();
        let guests = self.net.open.as_ref().map(|open| open.listening.guests()).unwrap_or_default();
        let asked =
            guests.into_iter().filter(|(_, guest)| now_ms.saturating_sub(guest.last_ms) < A_MOMENT_MS);
        let seats = called.into_iter().chain(asked.map(|(seat, _)| seat));
        let devices = seats.filter_map(|seat| match Party::device(&app.roster, seat) {
            Party::Device { seats, .. } => Some(seats),
            Party::Carrier => None,
        });
        devices.flatten().collect()
    }
}

fn shown(app: &App, open: &Open) -> OpenView {
    let addresses = open.listening.addresses();
    let code = addresses.first().and_then(|first| Picture::make(first.as_bytes()).ok());
    OpenView {
        code: code.map(|code| code.to_svg()).unwrap_or_default(),
        addresses,
        lines: count(open.listening.lines()),
        guests: guests(app, &open.listening.guests()),
    }
}

fn guests(app: &App, all: &BTreeMap<SeatId, Guest>) -> Vec<GuestView> {
    let view = |(seat, guest): (&SeatId, &Guest)| {
        let (worker, device) = app.seat_name(*seat);
        GuestView {
            seat: seat.to_hex(),
            worker,
            device,
            sent: guest.tally.sent.envelopes,
            received: guest.tally.received.envelopes,
            photos: guest.tally.blobs_sent.blobs + guest.tally.blobs_received.blobs,
            equal: guest.is_equal,
        }
    };
    all.iter().map(view).collect()
}

fn line(app: &App, calling: &Calling) -> LineView {
    let told = calling.told();
    let (at, tally) = (&told.standing, &told.standing.tally);
    let seat = calling.called.peer().seat;
    let (worker, device) = seat.map(|seat| app.seat_name(seat)).unwrap_or_default();
    let photos = tally.blobs_sent.blobs + tally.blobs_received.blobs;
    let outcome = told.ended.as_ref().and_then(|ended| ended.as_ref().ok());
    let waits = at.waits.map(|waits| WaitsView {
        tries: waits.tries,
        most: waits.most,
        seconds: count(waits.seconds),
    });
    LineView {
        hub: seat.is_none(),
        worker,
        device,
        done: told.ended.is_some(),
        sent: tally.sent.envelopes,
        to_send: at.to_send.max(tally.sent.envelopes),
        received: tally.received.envelopes,
        new: tally.new,
        photos,
        all_photos: photos.saturating_add(at.photos_left),
        kilobytes: count((at.moved.sent + at.moved.received).div_ceil(1024)),
        waits: waits.filter(|_| told.ended.is_none()),
        equal: outcome.is_some_and(|outcome| outcome.is_equal),
        problems: outcome.map(|outcome| left_over(app.text(), outcome, seat.is_none())).unwrap_or_default(),
        failure: told.ended.and_then(Result::err),
    }
}

impl App {
    /// Those of a network who belong to the programme, and are not this device.
    fn of_programme(&self, all: &[Found]) -> Vec<FoundView> {
        all.iter().filter_map(|found| self.if_of_programme(found)).collect()
    }

    fn if_of_programme(&self, found: &Found) -> Option<FoundView> {
        let others = self
            .roster
            .seats
            .iter()
            .filter(|(_, seat)| seat.removed.is_none() && seat.certificate.device != self.me.device);
        let mut of_name = others.filter(|(_, seat)| is_veiled(&found.name, &seat.certificate.verify));
        let (seat, state) = of_name.next()?;
        let key = state.certificate.verify;
        let at = |ip: &std::net::IpAddr| Endpoint::pinned(&ip.to_string(), found.port, key).to_string();
        let addresses: Vec<String> = found.addresses.iter().map(at).collect();
        let (worker, device) = self.seat_name(*seat);
        Some(FoundView { seat: seat.to_hex(), worker, device, addresses: addresses.join(" ") })
    }

    /// Who works at a seat, and what its device is called.
    fn seat_name(&self, seat: SeatId) -> (String, String) {
        let said = self.roster.certificate(seat).map(|said| (said.worker, said.device));
        said.map(|(worker, device)| self.name_of(worker, device)).unwrap_or_default()
    }
}

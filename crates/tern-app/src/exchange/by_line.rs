//! An exchange over a line: asked again and again until both hold the same. The app is borrowed for each step alone, so its
//! worker goes on meanwhile; whatever stops it, what came until then stays.

use std::cell::RefCell;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use tern_net::{Bounds, Client, Endpoint, Identity, Moved, NetError, Proof, Watch};
use tern_seal::VerifyKey;
use tern_sync::limits::{MAX_BODY, MIN_ROOM, ROOM};
use tern_sync::tally::Tally;
use tern_sync::{Exchange, Outcome, Peer, Shelf as _, lacking_at_least, party};

use super::trouble::Trouble;
use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};

/// What stands around a reply of the longest body.
pub(super) const AROUND: usize = 512;
/// How long is waited before each new try when the other side has no time, in seconds.
const PAUSES: [u64; 5] = [2, 5, 10, 20, 30];
/// Somebody who types does not notice this.
const SHORT_MS: u64 = 30;
/// And notices this.
const QUITE_LONG_MS: u64 = 120;
/// How long one of several places may take to answer.
const A_WHILE: Duration = Duration::from_secs(2);
/// How often somebody who waits may stop.
const MOMENT: Duration = Duration::from_millis(100);

/// Whoever has the app, and lends it for a moment at a time.
pub trait Lend {
    /// Borrows it for one step; refused when it was locked meanwhile.
    fn lend<T>(&self, work: impl FnOnce(&mut App) -> Reply<T>) -> Reply<T>;
}

impl Lend for RefCell<&mut App> {
    fn lend<T>(&self, work: impl FnOnce(&mut App) -> Reply<T>) -> Reply<T> {
        work(&mut self.borrow_mut())
    }
}

impl Lend for std::sync::Arc<Mutex<App>> {
    fn lend<T>(&self, work: impl FnOnce(&mut App) -> Reply<T>) -> Reply<T> {
        let mut app = self.lock().unwrap_or_else(PoisonError::into_inner);
        if app.is_out() { Err(Code::SeatRemoved.into()) } else { work(&mut app) }
    }
}

/// Whom to call.
#[derive(Clone, Debug)]
pub struct Called {
    /// Where, the likeliest first; all of one key.
    endpoints: Vec<Endpoint>,
    peer: Peer,
    /// The address to keep; empty when it was named without its key.
    told: String,
    pace: Pace,
}

/// How much is taken in at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As much as comes: nobody waits.
    Whole,
    /// As much as is taken in within a moment: somebody is at work meanwhile.
    Gentle,
}

impl Pace {
    /// Bytes to begin with.
    pub const fn room(self) -> u64 {
        match self {
            Self::Whole => ROOM as u64,
            Self::Gentle => MIN_ROOM as u64,
        }
    }

    /// Less next time when the last reply took long to take in, more when it did not.
    pub const fn next(self, room: u64, took_ms: u64) -> u64 {
        match (self, took_ms) {
            (Self::Gentle, QUITE_LONG_MS..) if room > MIN_ROOM as u64 => room / 2,
            (Self::Gentle, ..SHORT_MS) if room < ROOM as u64 => room * 2,
            _ => room,
        }
    }
}

impl Called {
    /// So little at once that whoever is at work hardly waits for it.
    #[must_use]
    pub fn gently(self) -> Self {
        Self { pace: Pace::Gentle, ..self }
    }

    /// The first of several places where somebody listens.
    fn place(&self, look: &dyn Onlooker) -> Option<Endpoint> {
        let (last, others) = self.endpoints.split_last()?;
        let answers = |at: &&Endpoint| {
            let ip = at.host().parse::<IpAddr>().ok();
            let place = ip.map(|ip| SocketAddr::from((ip, at.port())));
            !look.is_cancelled()
                && place.is_some_and(|place| TcpStream::connect_timeout(&place, A_WHILE).is_ok())
        };
        Some(others.iter().find(answers).unwrap_or(last).clone())
    }

    /// The address to keep.
    pub(super) fn told(&self) -> &str {
        &self.told
    }

    /// The hub or device.
    pub const fn peer(&self) -> &Peer {
        &self.peer
    }
}

/// How an exchange stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What went over the wire.
    pub tally: Tally,
    /// Parcels that the other side was not known to hold at the beginning.
    pub to_send: u32,
    /// Photos that are still wanted here, or not known to lie there.
    pub photos_left: u32,
    /// Bytes over the line.
    pub moved: Moved,
    /// It waits because the other side has no time.
    pub waits: Option<Waits>,
}

/// A pause before another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    /// Tries that were made.
    pub tries: u32,
    /// Tries at most.
    pub most: u32,
    /// Seconds until the next one.
    pub seconds: u64,
}

/// Somebody who looks at an exchange and may stop it.
pub trait Onlooker {
    /// Told whenever something changed.
    fn stands(&mut self, _: &Standing) {}

    /// Asked several times a second.
    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Onlooker for () {}

impl App {
    /// The hub at an address, such as `https://hub.example:8443#KEY`. One that was met before may be named without its key.
    pub fn hub_at(&self, address: &str) -> Reply<Called> {
        let endpoint = self.endpoint(address)?;
        let key = endpoint.key().ok_or(Trouble::Net(NetError::Address))?;
        // What lies on a device would count as lying at the hub.
        if self.seat_of_key(&key).is_some() {
            return Err(Trouble::DeviceNotHub.into());
        }
        let told = if address.contains('#') { address.trim().to_owned() } else { String::new() };
        Ok(Called { endpoints: vec![endpoint], peer: Peer { key, seat: None }, told, pace: Pace::Whole })
    }

    /// The device at an address, such as `https://192.0.2.7:4711#KEY`, or at one of several, apart by spaces: the key is that
    /// of a seat that is in.
    pub fn device_at(&self, addresses: &str) -> Reply<Called> {
        let endpoints = addresses.split_whitespace().map(str::parse).collect::<Result<Vec<Endpoint>, _>>();
        let endpoints = endpoints.map_err(Trouble::Net)?;
        let Some(Proof::Pinned(key)) = endpoints.first().map(Endpoint::proof) else {
            return Err(Trouble::Net(NetError::Address).into());
        };
        if endpoints.iter().any(|endpoint| endpoint.proof() != Proof::Pinned(key)) {
            return Err(Trouble::Net(NetError::Address).into());
        }
        let seat = self.seat_of_key(&key).filter(|seat| self.roster.is_in(*seat));
        let seat = seat.ok_or(Trouble::UnknownDevice)?;
        if self.party().is_for(seat) {
            return Err(Trouble::OwnAddress.into());
        }
        Ok(Called { endpoints, peer: Peer { key, seat: Some(seat) }, told: String::new(), pace: Pace::Whole })
    }

    fn seat_of_key(&self, key: &VerifyKey) -> Option<tern_record::SeatId> {
        let seats = self.roster.seats.keys().chain(self.roster.former.keys()).copied();
        seats.into_iter().find(|seat| self.roster.verify_key(*seat).as_ref() == Some(key))
    }

    /// The place that an address names. Without a key, only one that was met before, which has to have the same key: cut
    /// off by a message or a shell, an address would lead to whoever has the name.
    fn endpoint(&self, address: &str) -> Reply<Endpoint> {
        let endpoint: Endpoint = address.parse().map_err(Trouble::Net)?;
        if endpoint.key().is_some() {
            return Ok(endpoint);
        }
        let place = |told: &str| told.split('#').next() == Some(address);
        let before = self.vault.peers()?.into_iter().find(|peer| peer.seat.is_none() && place(&peer.address));
        let told = before.ok_or(Trouble::Net(NetError::Address))?.address;
        Ok(told.parse().map_err(Trouble::Net)?)
    }

    /// A line to somebody at a place. Who proves a key of a device is shown the own one; a hub is not.
    fn line_to(&self, peer: &Peer, at: Endpoint) -> Reply<Client> {
        let own = peer.seat.map(|_| Identity::of(&self.signing)).transpose().map_err(Trouble::Net)?;
        let bounds = Bounds::for_reply(MAX_BODY + AROUND);
        Ok(Client::new(at, own.as_ref(), bounds).map_err(Trouble::Net)?)
    }

    /// A line to whoever is called.
    pub(super) fn line_with(&self, called: &Called) -> Reply<Client> {
        self.line_to(&called.peer, called.place(&()).ok_or(Trouble::Net(NetError::Address))?)
    }

    /// Parcels that somebody is not known to hold.
    fn to_send(&self, peer: &Peer) -> Reply<u32> {
        let (me, them) = (self.party(), self.end_of(peer));
        let memory = self.remembered(&peer.key)?;
        let mut count = 0;
        for held in self.logs()? {
            if party::is_shared(&me, &them, held.scope, held.seat) {
                count += lacking_at_least(self, &held, memory.logs.get(&held.log))?.len();
            }
        }
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    fn photos_left(&self, peer: &Peer) -> Reply<u32> {
        let them = self.end_of(peer);
        let there = self.blobs_to_offer(&peer.key)?.into_iter().filter(|blob| them.wants(blob.scope)).count();
        Ok(u32::try_from(there + self.blobs_wanted()?.len()).unwrap_or(u32::MAX))
    }
}

/// Exchanges with a hub or a device that listens, to the end.
pub fn exchange(lender: &impl Lend, called: &Called, look: &mut dyn Onlooker) -> Reply<Outcome> {
    let peer = called.peer;
    let place = called.place(look).ok_or(Trouble::Net(NetError::Address))?;
    let (mut client, mut begun, to_send) = lender.lend(|app| {
        let begun = app.begin_exchange(peer)?.with_room(called.pace.room());
        Ok((app.line_to(&peer, place)?, begun, app.to_send(&peer)?))
    })?;
    let mut told = Telling { look, standing: Standing { to_send, ..Standing::default() } };
    let (mut was_met, mut done) = (false, Ok(true));
    while let Ok(true) = done {
        done = round(lender, &mut client, (&mut begun, called.pace), &mut told);
        was_met |= done.is_ok();
    }
    // What the other side has signed for until now it holds, however it ended.
    if was_met {
        lender.lend(|app| app.note_exchange(&begun, &peer, &called.told))?;
    }
    done.map(|_| begun.outcome().clone())
}

/// One request and its reply; `true` when there is more to ask.
fn round(
    lender: &impl Lend,
    client: &mut Client,
    (begun, pace): (&mut Exchange, Pace),
    told: &mut Telling<'_>,
) -> Reply<bool> {
    let request = lender.lend(|app| app.ask_peer(begun))?;
    told.counted(begun.outcome().tally);
    let reply = post(client, request, told)?;
    let more = lender.lend(|app| {
        let began = app.ports.clock.steady_ms();
        let more = app.hear_reply(begun, &reply)?;
        told.standing.photos_left = app.photos_left(begun.peer())?;
        begun.set_room(pace.next(begun.room(), app.ports.clock.steady_ms().saturating_sub(began)));
        Ok(more)
    })?;
    told.counted(begun.outcome().tally);
    Ok(more)
}

/// Who has too much to do now has less in a while.
fn post(client: &mut Client, request: Vec<u8>, told: &mut Telling<'_>) -> Reply<Vec<u8>> {
    for (tries, pause) in (1..).zip(PAUSES) {
        match client.post(request.clone(), told) {
            Err(NetError::Busy) => told.wait(tries, pause)?,
            done => return done.map_err(|error| Trouble::Net(error).into()),
        }
    }
    client.post(request, told).map_err(|error| Trouble::Net(error).into())
}

/// How it stands, and who is told.
struct Telling<'a> {
    look: &'a mut dyn Onlooker,
    standing: Standing,
}

impl Telling<'_> {
    fn counted(&mut self, tally: Tally) {
        self.standing.tally = tally;
        self.look.stands(&self.standing);
    }

    /// Waits, as long as nobody stops it.
    fn wait(&mut self, tries: u32, pause: u64) -> Reply<()> {
        let most = u32::try_from(PAUSES.len() + 1).unwrap_or(u32::MAX);
        let mut left = Duration::from_secs(pause);
        while !left.is_zero() {
            self.standing.waits =
                Some(Waits { tries, most, seconds: left.as_millis().div_ceil(1000) as u64 });
            self.look.stands(&self.standing);
            if self.look.is_cancelled() {
                return Err(Failure::from(Trouble::Net(NetError::Cancelled)));
            }
            sleep(MOMENT.min(left));
            left = left.saturating_sub(MOMENT);
        }
        self.standing.waits = None;
        Ok(())
    }
}

impl Watch for Telling<'_> {
    fn moved(&mut self, moved: Moved) {
        self.standing.moved = moved;
        self.look.stands(&self.standing);
    }

    fn is_cancelled(&self) -> bool {
        self.look.is_cancelled()
    }
}

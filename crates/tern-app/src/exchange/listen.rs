//! A device that listens to others of its programme. Who calls shows the key of a seat that is in; the app is borrowed for
//! each answer alone, so its worker goes on meanwhile.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tern_net::{
    Callers, Identity, Limits, Running, ServerTls, Service, Unavailable, endpoints, router, serve,
};
use tern_record::SeatId;
use tern_seal::VerifyKey;
use tern_sync::limits::MAX_BODY;
use tern_sync::tally::Tally;

use super::by_line::{AROUND, Lend};
use super::trouble::Trouble;
use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};

/// Somebody who called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guest {
    /// What went over the wire, as this side counts it.
    pub tally: Tally,
    /// Both hold the same.
    pub is_equal: bool,
    /// When they asked first and last, by the steady time of this device.
    pub first_ms: u64,
    /// And last.
    pub last_ms: u64,
}

/// Who called, by seat, since somebody looked last.
type Guests = Mutex<BTreeMap<SeatId, Guest>>;

/// A device that listens until this is dropped.
pub struct Listening {
    running: Running,
    key: VerifyKey,
    guests: Arc<Guests>,
}

impl Listening {
    /// Addresses to give to others, the likeliest first. They change with the network.
    pub fn addresses(&self) -> Vec<String> {
        endpoints(self.running.address(), self.key).iter().map(ToString::to_string).collect()
    }

    /// Its port.
    pub const fn port(&self) -> u16 {
        self.running.address().port()
    }

    /// The key that it shows.
    pub const fn key(&self) -> &VerifyKey {
        &self.key
    }

    /// Lines that are open.
    pub fn lines(&self) -> u64 {
        self.running.traffic().counts().lines
    }

    /// Who called until now.
    pub fn guests(&self) -> BTreeMap<SeatId, Guest> {
        guests(&self.guests).clone()
    }

    /// Takes those who called, once all of them are gone again.
    pub fn visits(&self) -> BTreeMap<SeatId, Guest> {
        if self.lines() > 0 { BTreeMap::new() } else { std::mem::take(&mut *guests(&self.guests)) }
    }
}

fn guests(of: &Guests) -> MutexGuard<'_, BTreeMap<SeatId, Guest>> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Listens at an address; port 0 is any that is free.
pub fn listen<L: Lend + Clone + Send + Sync + 'static>(lender: L, at: SocketAddr) -> Reply<Listening> {
    let listener = TcpListener::bind(at).map_err(|_| Trouble::CannotListen)?;
    let listens = listener.local_addr().map_err(|_| Trouble::CannotListen)?;
    let identity = lender.lend(|app| {
        app.seek_lost_blobs()?;
        app.identity()
    })?;
    let key = identity.key();
    if endpoints(listens, key).is_empty() {
        return Err(Trouble::NoNetwork.into());
    }
    let tls = ServerTls::of_key(&identity, Callers::Known(known(lender.clone()))).map_err(Trouble::Net)?;
    let called = Arc::new(Guests::default());
    let answers = Answers { lender, guests: Arc::clone(&called) };
    let limits = Limits::of_device(MAX_BODY + AROUND);
    let routes = router(Arc::new(answers), &limits);
    let running = serve(listener, Some(tls), routes, &limits).map_err(|_| Trouble::CannotListen)?;
    Ok(Listening { running, key, guests: called })
}

/// Whose keys may call, by what is known at that moment: somebody may have come in, or gone out.
fn known(lender: impl Lend + Send + Sync + 'static) -> Arc<dyn Fn(&VerifyKey) -> bool + Send + Sync> {
    Arc::new(move |key| lender.lend(|app| Ok(app.may_call(key))).unwrap_or(false))
}

impl App {
    fn identity(&self) -> Reply<Identity> {
        Ok(Identity::of(&self.signing).map_err(Trouble::Net)?)
    }

    fn may_call(&self, key: &VerifyKey) -> bool {
        let mut in_ = self.roster.seats.values().filter(|seat| seat.removed.is_none());
        in_.any(|seat| seat.certificate.verify == *key)
    }
}

struct Answers<L> {
    lender: L,
    guests: Arc<Guests>,
}

impl<L: Lend + Send + Sync + 'static> Service for Answers<L> {
    fn answer(&self, request: Vec<u8>) -> Result<Vec<u8>, Unavailable> {
        let answered = self.lender.lend(|app| Ok((app.answer_call(&request)?, app.ports.clock.steady_ms())));
        let (answered, now_ms) = answered.map_err(|failure: Failure| match failure.code {
            Code::DiskFull => Unavailable::Full,
            _ => Unavailable::Ill,
        })?;
        if let Some(seat) = answered.seat {
            let mut all = guests(&self.guests);
            let guest = all.entry(seat).or_insert(Guest { first_ms: now_ms, ..Guest::default() });
            guest.tally.join(&answered.tally);
            guest.is_equal = answered.holds.is_some();
            guest.last_ms = now_ms;
        }
        Ok(answered.body)
    }

    fn is_well(&self) -> bool {
        self.lender.lend(|app| if app.is_out() { Err(Code::SeatRemoved.into()) } else { Ok(()) }).is_ok()
    }
}

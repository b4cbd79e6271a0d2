//! Exchanges over networks, for the window. Each runs in a thread of its own and borrows the app for a moment at a time, so
//! that the worker stays at work; locked, everything of it ends.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tern_net::{Announced, Endpoint, Looking};
use tern_photo::codes::read_codes;
use tern_seal::{scrubbed, veiled};
use tern_sync::Outcome;

use super::{Desk, Reply, State};
use crate::app::App;
use crate::exchange::by_line::{Called, Lend, Onlooker, Standing, exchange};
use crate::exchange::hub::HubSet;
use crate::exchange::listen::{Listening, listen};
use crate::exchange::trouble::Trouble;
use crate::failure::{Code, Failure};
use crate::text::Text;
use crate::view::{FailureView, RoutesView};

/// Milliseconds from one exchange with the hub to the next.
const EVERY_MS: u64 = 10 * 60 * 1000;
/// The first comes when whoever unlocked has begun to work.
const FIRST_MS: u64 = 5 * 1000;
/// Between two tries while the hub does not answer: a minute, then twice as long each time, up to an hour.
const AGAIN_MS: u64 = 60 * 1000;
const RARELY_MS: u64 = 60 * 60 * 1000;

/// What goes on. Dropped where nobody holds the desk, because what ends may wait for it.
#[derive(Default)]
pub(super) struct Net {
    pub(super) open: Option<Open>,
    pub(super) looking: Option<Looking>,
    pub(super) calling: Option<Calling>,
    pub(super) hub: HubTurns,
}

/// This device can be found.
pub(super) struct Open {
    _announced: Option<Announced>,
    pub(super) listening: Listening,
}

/// The hub of this device, and when its turn comes.
#[derive(Default)]
pub(super) struct HubTurns {
    pub(super) set: Option<HubSet>,
    /// It answered the last time.
    pub(super) answers: Option<bool>,
    next_ms: u64,
    tries: u32,
}

/// An exchange that this device began.
pub(super) struct Calling {
    pub(super) called: Called,
    told: Arc<Mutex<Told>>,
    stop: Arc<AtomicBool>,
    is_noted: bool,
    thread: Option<JoinHandle<()>>,
}

/// How it stands, and how it ended.
#[derive(Clone, Default)]
pub(super) struct Told {
    pub(super) standing: Standing,
    pub(super) ended: Option<Result<Outcome, FailureView>>,
    passes: bool,
}

impl Calling {
    pub(super) fn told(&self) -> Told {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Calling {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Net {
    /// What runs hears at once that it ends.
    pub(super) fn end(&self) {
        if let Some(calling) = &self.calling {
            calling.stop.store(true, Ordering::Relaxed);
        }
    }

    fn is_calling(&self) -> bool {
        self.calling.as_ref().is_some_and(|calling| calling.told().ended.is_none())
    }

    /// Notes how the last exchange with the hub ended, once.
    pub(super) fn note(&mut self, now_ms: u64) {
        let Some(calling) = self.calling.as_mut().filter(|calling| !calling.is_noted) else { return };
        let told = calling.told();
        let Some(ended) = told.ended else { return };
        calling.is_noted = true;
        if calling.called.peer().seat.is_some() {
            return;
        }
        let turns = &mut self.hub;
        turns.answers = Some(ended.is_ok() || !told.passes);
        turns.tries = if ended.is_ok() { 0 } else { turns.tries.saturating_add(1) };
        let again = AGAIN_MS.saturating_mul(1 << turns.tries.saturating_sub(1).min(6)).min(RARELY_MS);
        turns.next_ms = now_ms + if ended.is_ok() { EVERY_MS } else { again };
    }

    /// The hub's turn has come.
    fn is_due(&self, now_ms: u64) -> bool {
        self.hub.set.as_ref().is_some_and(|set| set.by_itself)
            && !self.is_calling()
            && now_ms >= self.hub.next_ms
    }
}

/// The app of one session at this desk. Another session has nothing to do with what this one began.
#[derive(Clone)]
struct AtDesk {
    state: Arc<Mutex<State>>,
    session: u64,
}

impl Lend for AtDesk {
    fn lend<T>(&self, work: impl FnOnce(&mut App) -> crate::Reply<T>) -> crate::Reply<T> {
        scrubbed(|| {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let is_same = state.session == self.session;
            let app = state.app.as_mut().filter(|_| is_same).ok_or(Code::Locked)?;
            let done = work(app);
            if app.is_out() {
                state.close()?;
            }
            done
        })
    }
}

/// Somebody in another thread who looks at how it stands.
struct Looks {
    told: Arc<Mutex<Told>>,
    stop: Arc<AtomicBool>,
}

impl Onlooker for Looks {
    fn stands(&mut self, standing: &Standing) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).standing = *standing;
    }

    fn is_cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Drop for Desk {
    /// What goes on in networks holds the app, and ends first.
    fn drop(&mut self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.part();
        let parted = std::mem::take(&mut state.parted);
        drop(state);
        drop(parted);
    }
}

impl Desk {
    /// What goes on over networks.
    pub fn routes(&self) -> Reply<RoutesView> {
        self.at_net(|_, _| Ok(()))
    }

    /// Lets others of this programme find this device and call it, or not any more.
    pub fn be_found(&self, on: bool) -> Reply<RoutesView> {
        let mut gone = None;
        if on && self.at_net(|_, _| Ok(()))?.nearby.open.is_none() {
            let lender = self.lender();
            let mut fresh = Some(self.answer(self.begin_to_be_found(&lender))?);
            let placed = self.at_net(|state, _| {
                if state.session != lender.session {
                    return Err(Code::Locked.into());
                }
                gone = std::mem::replace(&mut state.net.open, fresh.take());
                Ok(())
            });
            // What found no place ends here, where nobody holds the desk.
            drop(fresh);
            placed?;
        } else if !on {
            self.at_net(|state, _| {
                gone = state.net.open.take();
                Ok(())
            })?;
        }
        drop(gone);
        self.routes()
    }

    fn begin_to_be_found(&self, lender: &AtDesk) -> crate::Reply<Open> {
        let listening = listen(lender.clone(), SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)))?;
        let name = self.ports.draw(|random| veiled(listening.key(), random));
        let at = SocketAddr::from((Ipv4Addr::UNSPECIFIED, listening.port()));
        // Where nothing can be announced, the address still leads here.
        Ok(Open { _announced: Announced::begin(&name, at).ok(), listening })
    }

    /// Looks for devices of this programme that can be found, or stops.
    pub fn look_around(&self, on: bool) -> Reply<RoutesView> {
        let mut gone = None;
        let found = self.at_net(|state, _| {
            if !on {
                gone = state.net.looking.take();
            } else if state.net.looking.is_none() {
                state.net.looking = Some(Looking::begin().map_err(Trouble::Net)?);
            }
            Ok(())
        });
        drop(gone);
        found
    }

    /// Exchanges with a device that listens at one of these addresses, apart by spaces.
    pub fn exchange_with(&self, addresses: &str) -> Reply<RoutesView> {
        self.at_net(|state, desk| {
            let app = state.app.as_ref().ok_or(Code::Locked)?;
            let called = app.device_at(addresses)?;
            desk.call(state, called)
        })
    }

    /// The address that a picture of another screen shows; none where there is no such code in it.
    pub fn read_address(&self, picture: &str) -> Reply<Option<String>> {
        self.with_state(|_| {
            let bytes = STANDARD.decode(picture).map_err(|_| Code::NotAPicture)?;
            let codes = read_codes(&bytes).map_err(crate::photo::picture)?;
            let texts = codes.into_iter().filter_map(|code| String::from_utf8(code).ok());
            Ok(texts.into_iter().find(|text| text.parse::<Endpoint>().is_ok_and(|at| at.key().is_some())))
        })
    }

    /// Exchanges with the hub now.
    pub fn try_hub(&self) -> Reply<RoutesView> {
        self.at_net(|state, desk| desk.call_hub(state))
    }

    /// Stops the exchange that this device began. What came until then stays.
    pub fn stop_exchange(&self) -> Reply<RoutesView> {
        let mut gone = None;
        self.at_net(|state, desk| {
            state.net.end();
            gone = state.net.calling.take();
            // Who stops it does not want it again at once.
            state.net.hub.next_ms = desk.ports.clock.steady_ms() + EVERY_MS;
            Ok(())
        })?;
        drop(gone);
        self.routes()
    }

    /// Sets the hub of this device; an empty address means none. It is tried at once, if it may be.
    pub fn set_hub(&self, address: &str, by_itself: bool) -> Reply<RoutesView> {
        self.at_net(|state, _| {
            let app = state.app.as_mut().ok_or(Code::Locked)?;
            let set = app.set_hub(address, by_itself)?;
            state.net.hub = HubTurns { set, answers: state.net.hub.answers, ..HubTurns::default() };
            Ok(())
        })
    }

    /// Whoever unlocked begins with the hub that is set.
    pub(super) fn begin_net(&self, state: &mut State) -> crate::Reply<()> {
        let set = state.app.as_ref().map(App::hub_set).transpose()?.flatten();
        let next_ms = self.ports.clock.steady_ms() + FIRST_MS;
        state.net.hub = HubTurns { set, next_ms, ..HubTurns::default() };
        Ok(())
    }

    /// The clock of what goes on by itself.
    pub(super) fn tick_net(&self, state: &mut State) {
        let now_ms = self.ports.clock.steady_ms();
        state.net.note(now_ms);
        if state.app.is_some() && state.net.is_due(now_ms) && self.call_hub(state).is_err() {
            state.net.hub.next_ms = now_ms + RARELY_MS;
        }
    }

    fn call_hub(&self, state: &mut State) -> crate::Reply<()> {
        let app = state.app.as_ref().ok_or(Code::Locked)?;
        let set = state.net.hub.set.as_ref().ok_or(Trouble::NoHub)?;
        let called = app.hub_at(&set.address)?;
        self.call(state, called)
    }

    /// One at a time: what both would send over one network comes no sooner by being sent at once.
    fn call(&self, state: &mut State, called: Called) -> crate::Reply<()> {
        if state.net.is_calling() {
            return Err(Trouble::BusyHere.into());
        }
        let called = called.gently();
        let (told, stop) = (Arc::<Mutex<Told>>::default(), Arc::<AtomicBool>::default());
        let mut looks = Looks { told: Arc::clone(&told), stop: Arc::clone(&stop) };
        let lender = AtDesk { state: Arc::clone(&self.state), session: state.session };
        let (to, text) = (called.clone(), Text::new(Arc::clone(&self.schema), "en"));
        let work = move || {
            let done = exchange(&lender, &to, &mut looks);
            let mut told = looks.told.lock().unwrap_or_else(PoisonError::into_inner);
            told.passes = done.as_ref().is_err_and(|failure: &Failure| failure.code.passes());
            told.ended = Some(done.map_err(|failure| failure.view(&text)));
        };
        let thread =
            std::thread::Builder::new().name("tern-exchange".to_owned()).spawn(move || scrubbed(work));
        let thread = Some(thread.map_err(|_| Code::Internal("thread"))?);
        // The one before has ended, so that dropping it waits for nobody.
        state.net.calling = Some(Calling { called, told, stop, is_noted: false, thread });
        Ok(())
    }

    fn lender(&self) -> AtDesk {
        let session = self.state.lock().unwrap_or_else(PoisonError::into_inner).session;
        AtDesk { state: Arc::clone(&self.state), session }
    }

    /// Works on what goes on over networks, and tells how it is then.
    fn at_net(&self, work: impl FnOnce(&mut State, &Self) -> crate::Reply<()>) -> Reply<RoutesView> {
        self.with_state(|state| {
            self.tick(state)?;
            if state.covered || state.app.is_none() {
                return Err(Code::Locked.into());
            }
            work(state, self)?;
            state.routes()
        })
    }
}

//! The window's side of the app: one method a command, the three doors, and the clock that closes them.

mod begin;
mod beside;
mod board;
mod child;
mod leaving;
mod members;
mod net;
mod routes;
mod settle;
mod sync;
mod thing;

pub(crate) use members::mark;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tern_form::Schema;
use tern_seal::passphrase::{RescueCode, draw_words, normalise, words};
use tern_seal::scrubbed;
use tern_seal::slot::Cost;
use tern_store::Home;
use tern_store::files::write_whole;
use zeroize::Zeroizing;

use crate::app::App;
use crate::failure::{Code, Failure};
use crate::ports::Ports;
use crate::programme::{NewProgramme, Secrets, countries, create};
use crate::text::Text;
use crate::unlock::{ClosedState, Secret, look, unless_full, unlock};
use crate::view::{
    CreateProgramme, Door, FailureView, MessagesView, MomentView, OptionView, SecretsView, SessionView,
    SettingsView, StatusView, WhereView,
};

/// What a window gets.
pub type Reply<T> = Result<T, FailureView>;

/// One window's app: closed, covered or open. Safe to share between threads; one command at a time.
pub struct Desk {
    folder: PathBuf,
    schema: Arc<Schema>,
    ports: Arc<Ports>,
    cost: Cost,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    home: Option<Arc<Home>>,
    app: Option<App>,
    covered: bool,
    must_choose: bool,
    touched_ms: u64,
    drawn: Option<Secrets>,
    ended: Option<MomentView>,
    going: Option<sync::Going>,
    /// What a worker who is out hands over.
    leaving: Option<leaving::InHand>,
    /// Counts how often that was left.
    leaving_turn: u64,
    /// Counts unlocks: what one session began has nothing to do with the next.
    session: u64,
    net: net::Net,
    /// What went on in networks and ends, outside of the lock.
    parted: Vec<net::Net>,
}

impl State {
    /// Drops the keys even when sealing the work fails: what is unsealed is on the disk and is sealed next time.
    fn close(&mut self) -> crate::Reply<()> {
        self.covered = false;
        self.must_choose = false;
        self.drawn = None;
        self.ended = None;
        self.going = None;
        self.part();
        match self.app.take() {
            Some(mut app) => app.end_session(),
            None => Ok(()),
        }
    }

    /// Ends what goes on in networks.
    fn part(&mut self) {
        self.session += 1;
        self.net.end();
        self.parted.push(std::mem::take(&mut self.net));
    }
}

impl Desk {
    /// Over a data folder, which may be empty or absent.
    pub fn new(folder: PathBuf, schema: Schema, ports: Ports, cost: Cost) -> Self {
        Self { folder, schema: Arc::new(schema), ports: Arc::new(ports), cost, state: Arc::default() }
    }

    /// Where the app stands; also the tick that covers and locks.
    pub fn status(&self) -> Reply<StatusView> {
        self.with_state(|state| self.status_of(state))
    }

    fn status_of(&self, state: &mut State) -> crate::Reply<StatusView> {
        self.tick(state)?;
        let settings = self.device_settings();
        let mut view = StatusView {
            door: Door::New,
            practice: None,
            wait_s: 0,
            session: None,
            unexpected_end: state.ended,
            clock_behind: None,
            clock_unsure: self.ports.clock.flag() == tern_record::ClockFlag::Unsure,
            settings,
        };
        if let Some(app) = &mut state.app {
            view.door = if state.covered { Door::Covered } else { Door::Open };
            view.practice = Some(app.is_practice());
            view.clock_behind = app.clock_behind();
            view.session = Some(SessionView {
                programme: app.named("programme"),
                site: app.named("site"),
                worker: app.name_of(app.me.worker, app.me.device).0,
                may: app.may_view(),
                to_share: app.to_share()?,
                // What cannot be counted now is told by the screen that lists it.
                to_settle: if state.covered { 0 } else { app.unsettled().unwrap_or(0) },
                must_choose_words: state.must_choose,
            });
        } else if Home::exists(&self.folder) {
            let closed = look(&*self.home(state)?, &self.ports)?;
            view.door = match closed.state {
                ClosedState::Locked => Door::Locked,
                ClosedState::Waiting => Door::Waiting,
                ClosedState::Travelling => Door::Travelling,
            };
            view.practice = Some(closed.practice);
            view.wait_s = closed.wait_s;
        }
        Ok(view)
    }

    fn tick(&self, state: &mut State) -> crate::Reply<()> {
        self.tick_leaving(state);
        let Some(app) = &state.app else { return Ok(()) };
        let settings = app.settings();
        let idle_s = self.ports.clock.steady_ms().saturating_sub(state.touched_ms) / 1000;
        if idle_s >= u64::from(settings.cover_after_s) {
            state.covered = true;
        }
        if idle_s >= u64::from(settings.lock_after_s) {
            state.close()?;
        }
        self.tick_net(state);
        Ok(())
    }

    /// All interface text of a language.
    pub fn messages(&self, language: &str) -> Reply<MessagesView> {
        let source = self.schema.texts().fluent_source(language);
        let (language, source) = match source {
            Some(source) => (language, source),
            None => ("en", self.schema.texts().fluent_source("en").unwrap_or_default()),
        };
        let rtl = ["ar", "fa", "ps", "ur", "ckb"].contains(&language);
        Ok(MessagesView {
            language: language.to_owned(),
            direction: if rtl { "rtl" } else { "ltr" }.to_owned(),
            source: source.to_owned(),
        })
    }

    /// The public word list.
    pub fn words(&self) -> Reply<Vec<String>> {
        Ok(words().iter().map(|word| (*word).to_owned()).collect())
    }

    /// Countries, invented ones for practice first.
    pub fn countries(&self) -> Reply<Vec<OptionView>> {
        let option =
            |code: &tern_form::Code| OptionView { code: code.code.clone(), label: code.label.clone() };
        Ok(countries(&self.schema).map(option).collect())
    }

    /// Draws words and a rescue code; nothing is on disk yet.
    pub fn draw_secrets(&self) -> Reply<SecretsView> {
        self.with_state(|state| {
            let (words, rescue) =
                self.ports.draw(|random| (draw_words(random), RescueCode::make_random(random)));
            let view = SecretsView { words: words.clone(), rescue_groups: rescue.groups() };
            state.drawn = Some(Secrets { words: Zeroizing::new(words.join(" ")), rescue });
            Ok(view)
        })
    }

    /// Makes the programme once words and two groups of the rescue code were typed back.
    pub fn create_programme(&self, ask: &CreateProgramme) -> Reply<StatusView> {
        self.with_status(|state| self.create(state, ask))
    }

    fn create(&self, state: &mut State, ask: &CreateProgramme) -> crate::Reply<()> {
        let drawn = state.drawn.take().ok_or(Code::WordsDiffer)?;
        let checked = check_back(&drawn, &ask.words, &ask.rescue_check);
        if let Err(failure) = checked {
            state.drawn = Some(drawn);
            return Err(failure);
        }
        let new = NewProgramme {
            name: ask.name.trim().to_owned(),
            site: ask.site.trim().to_owned(),
            country: ask.country.clone(),
            worker: ask.worker.trim().to_owned(),
            practice: ask.practice,
            narrow_core: false,
        };
        let app =
            create(&self.folder, &new, &drawn, self.cost, Arc::clone(&self.schema), Arc::clone(&self.ports))?;
        state.home = Some(Arc::clone(&app.home));
        self.enter(state, app)
    }

    /// Opens by the five words.
    pub fn unlock(&self, typed: &str) -> Reply<StatusView> {
        self.open(Secret::Words(typed))
    }

    /// Opens by the rescue code; new words must be chosen next.
    pub fn unlock_rescue(&self, typed: &str) -> Reply<StatusView> {
        self.open(Secret::Rescue(typed))
    }

    fn open(&self, secret: Secret<'_>) -> Reply<StatusView> {
        self.with_status(|state| self.open_with(state, secret))
    }

    fn open_with(&self, state: &mut State, secret: Secret<'_>) -> crate::Reply<()> {
        if state.app.is_some() {
            return Ok(());
        }
        state.leaving = None;
        state.leaving_turn += 1;
        let home = self.home(state)?;
        let app = unlock(home, secret, Arc::clone(&self.schema), Arc::clone(&self.ports))?;
        state.must_choose = matches!(secret, Secret::Rescue(_));
        self.enter(state, app)
    }

    fn enter(&self, state: &mut State, mut app: App) -> crate::Reply<()> {
        state.ended = app.begin_session()?;
        state.covered = false;
        state.touched_ms = self.ports.clock.steady_ms();
        state.app = Some(app);
        self.begin_net(state)
    }

    /// Replaces the passphrase by the words drawn, typed back.
    pub fn choose_words(&self, typed: &str) -> Reply<StatusView> {
        self.with_status(|state| self.choose(state, typed))
    }

    fn choose(&self, state: &mut State, typed: &str) -> crate::Reply<()> {
        let drawn = state.drawn.as_ref().map(|drawn| normalise(&drawn.words));
        if drawn.is_none_or(|drawn| drawn != normalise(typed)) {
            return Err(Code::WordsDiffer.into());
        }
        let app = state.app.as_mut().ok_or(Code::Locked)?;
        app.choose_words(typed, self.cost)?;
        state.drawn = None;
        state.must_choose = false;
        Ok(())
    }

    /// Hides the screen and keeps the keys.
    pub fn cover(&self) -> Reply<StatusView> {
        self.with_status(|state| {
            state.covered = state.app.is_some();
            Ok(())
        })
    }

    /// Shows the screen again.
    pub fn uncover(&self) -> Reply<StatusView> {
        self.with_status(|state| {
            let ticked = self.tick(state);
            state.covered = false;
            state.touched_ms = self.ports.clock.steady_ms();
            ticked
        })
    }

    /// Seals the work and drops the keys.
    pub fn lock(&self) -> Reply<StatusView> {
        self.with_status(|state| state.close())
    }

    /// Somebody is there.
    pub fn touch(&self) -> Reply<()> {
        self.with_state(|state| {
            if !state.covered {
                state.touched_ms = self.ports.clock.steady_ms();
            }
            Ok(())
        })
    }

    /// Where the work is.
    pub fn whereabouts(&self) -> Reply<WhereView> {
        self.at_work(|app| app.whereabouts())
    }

    /// Hands this worker's work for sites that do not count any more on at the site where the worker works now.
    pub fn move_stranded(&self) -> Reply<WhereView> {
        self.at_work(|app| {
            app.move_stranded()?;
            app.whereabouts()
        })
    }

    /// Choices about looks and locking.
    pub fn settings(&self) -> Reply<SettingsView> {
        Ok(self.device_settings())
    }

    /// Makes a choice. What concerns the look is kept outside the vault too, for the locked screen.
    pub fn save_settings(&self, settings: &SettingsView) -> Reply<SettingsView> {
        self.at_work(|app| {
            let kept = app.save_settings(settings)?;
            let text = serde_json::to_vec_pretty(&kept).map_err(|_| Code::Internal("settings"))?;
            write_whole(&self.folder.join("device.json"), &text).map_err(tern_store::StoreError::from)?;
            Ok(kept)
        })
    }

    fn device_settings(&self) -> SettingsView {
        let text = fs::read_to_string(self.folder.join("device.json")).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    fn home(&self, state: &mut State) -> crate::Reply<Arc<Home>> {
        if let Some(home) = &state.home {
            return Ok(Arc::clone(home));
        }
        let home = Arc::new(Home::open(&self.folder)?);
        state.home = Some(Arc::clone(&home));
        Ok(home)
    }

    fn at_work<T>(&self, work: impl FnOnce(&mut App) -> crate::Reply<T>) -> Reply<T> {
        self.with_state(|state| {
            self.tick(state)?;
            match (state.covered, state.app.as_mut()) {
                (false, Some(app)) => work(app),
                _ => Err(Failure::from(Code::Locked)),
            }
        })
    }

    /// A refusal in words.
    pub fn refuse(&self, failure: &Failure) -> FailureView {
        failure.view(&Text::new(Arc::clone(&self.schema), "en"))
    }

    fn answer<T>(&self, reply: crate::Reply<T>) -> Reply<T> {
        reply.map_err(|failure| self.refuse(&failure))
    }

    /// Every command works here: one at a time, and nothing that it did with keys stays on this thread's stack. One that
    /// panicked leaves the state whole: every change of it is a single assignment.
    fn with_state<T>(&self, work: impl FnOnce(&mut State) -> crate::Reply<T>) -> Reply<T> {
        let (done, parted) = scrubbed(|| {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let done = work(&mut state);
            (done, std::mem::take(&mut state.parted))
        });
        // What ends may wait for the lock.
        drop(parted);
        self.answer(done)
    }

    /// The same, with where the app stands afterwards for an answer.
    fn with_status(&self, work: impl FnOnce(&mut State) -> crate::Reply<()>) -> Reply<StatusView> {
        self.with_state(|state| {
            work(state)?;
            self.status_of(state)
        })
    }
}

fn check_back(drawn: &Secrets, words: &str, rescue_check: &BTreeMap<u8, String>) -> crate::Reply<()> {
    if normalise(words) != normalise(&drawn.words) {
        return Err(Code::WordsDiffer.into());
    }
    let groups: BTreeMap<u8, String> = (0..).zip(drawn.rescue.groups()).collect();
    let fits = |(at, typed): (&u8, &String)| {
        groups.get(at).is_some_and(|group| group.eq_ignore_ascii_case(typed.trim()))
    };
    if rescue_check.len() < 2 || !rescue_check.iter().all(fits) {
        return Err(Code::RescueDiffers.into());
    }
    Ok(())
}

impl App {
    /// Notes that somebody is at work; says when the last session ended if it ended without locking.
    pub(crate) fn begin_session(&mut self) -> crate::Reply<Option<MomentView>> {
        let open = self.vault.setting("open")?.as_deref() == Some("1");
        let last = if open { self.last_done_here()? } else { None };
        unless_full(self.vault.write(|tx| tx.put_setting("open", "1")).map_err(Failure::from))?;
        Ok(last.map(|at| self.moment_of(at)))
    }

    /// When something was last done on this device. What came from others says what their clocks say.
    fn last_done_here(&self) -> crate::Reply<Option<i64>> {
        let is_here = |seat| self.roster.certificate(seat).is_some_and(|said| said.device == self.me.device);
        let all = self.vault.last_work()?;
        Ok(all.into_iter().filter(|(seat, _)| is_here(*seat)).map(|(_, at)| at).max())
    }

    /// Seals the work and notes that the session ended well.
    pub fn end_session(&mut self) -> crate::Reply<()> {
        let sealed = self.seal_work();
        self.vault.write(|tx| tx.put_setting("open", "0")).map_err(Failure::from)?;
        self.vault.checkpoint()?;
        sealed.map(|_| ())
    }
}

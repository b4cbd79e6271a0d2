//! Exchanges that go on until they are told to stop: each result is printed as it comes.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};
use tern_app::exchange::by_line::{Lend as _, Onlooker};
use tern_app::exchange::last_work::Leaving;
use tern_app::exchange::listen::{Listening, listen};
use tern_app::exchange::told_to_stop;
use tern_app::{App, Failure};

use crate::args::{Command, Common, Sync};
use crate::print;
use crate::run::Refused;

/// How often is looked whether something is to be done.
const MOMENT: Duration = Duration::from_millis(100);
/// Seconds between two exchanges with a hub that answers.
const EVERY_S: u64 = 60;
/// Most seconds between two tries of one that does not.
const RARELY_S: u64 = 15 * 60;

/// Somebody may stop it: by Ctrl-C, or by whatever looks after services.
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    fn listen() -> Result<Self, Refused> {
        let told = told_to_stop().map_err(|_| Refused::Usage("No signal can be heard.".into()))?;
        Ok(Self(told))
    }

    /// Waits; `false` when it was told to stop meanwhile.
    fn wait(&self, seconds: u64) -> bool {
        for _ in 0..seconds.saturating_mul(10) {
            if self.is_cancelled() {
                return false;
            }
            sleep(MOMENT);
        }
        !self.is_cancelled()
    }
}

impl Onlooker for Stop {
    fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// `sync` commands that end by themselves.
pub fn once(app: &mut App, sync: &Sync) -> Result<Value, Refused> {
    Ok(match sync {
        Sync::Hub { watch: true, .. } | Sync::Serve { .. } => {
            return Err(Refused::Usage("This command stands alone.".into()));
        }
        Sync::Hub { url, forget: true, .. } => {
            app.forget_hub(url.as_deref())?;
            app.script_sync_status()?
        }
        Sync::Hub { url, .. } => app.script_sync_hub(url.as_deref(), &mut ())?,
        Sync::With { address } => app.script_sync_with(address, &mut ())?,
        Sync::Write { file, to } => app.script_write_work(file, to)?,
        Sync::Read { file } => app.script_read_work(file)?,
        Sync::Receipt { file, to: None } => app.script_receipt(file)?,
        Sync::Receipt { file, to: Some(seat) } => app.script_receipt_for(seat, file)?,
        Sync::Status => app.script_sync_status()?,
    })
}

/// What a device still does whose seat is out: it hands over what its worker did. Everything else is refused.
pub fn outside(
    command: &Command,
    out: Failure,
    leave: impl FnOnce() -> Result<Leaving, Failure>,
) -> Result<Value, Refused> {
    Ok(match command {
        Command::Sync(Sync::Write { to, .. }) if !to.is_empty() => {
            return Err(Refused::Usage(
                "A device that is out writes for whoever decides: leave --for out.".into(),
            ));
        }
        Command::Sync(Sync::Write { file, .. }) => leave()?.script_write(file)?,
        Command::Sync(Sync::Hub { url, watch: false, forget: false }) => {
            leave()?.script_hand_over(url.as_deref())?
        }
        Command::Sync(Sync::Status) => leave()?.script_status()?,
        Command::Lock => leave()?.script_lock()?,
        _ => return Err(out.into()),
    })
}

/// Exchanges with a hub again and again. What fails is told and tried again, more and more rarely; what would fail every
/// time ends it.
pub fn watch(app: &mut App, url: Option<&str>, common: &Common) -> Result<(), Refused> {
    let mut stop = Stop::listen()?;
    let mut pause = EVERY_S;
    loop {
        match app.script_sync_hub(url, &mut stop) {
            Ok(told) => {
                say(&told, common)?;
                pause = EVERY_S;
            }
            Err(_) if stop.is_cancelled() => return Ok(()),
            Err(failure) if failure.code.passes() => {
                let refused = Refused::Failure(failure);
                say(&json!({ "error": refused.json(app.text()) }), common)?;
                pause = pause.saturating_mul(2).min(RARELY_S);
            }
            Err(failure) => return Err(failure.into()),
        }
        if !stop.wait(pause) {
            return Ok(());
        }
    }
}

/// Listens to other devices until it is told to stop, or the first one came and went. The address comes first, then each
/// visit.
pub fn serve(app: App, at: SocketAddr, is_once: bool, common: &Common) -> Result<(), Refused> {
    let stop = Stop::listen()?;
    let shared = Arc::new(Mutex::new(app));
    let served = serve_with(&shared, at, is_once, common, &stop);
    // What was done stays done and is told, whatever comes last: the next unlock seals what is unsealed.
    let _ = shared.lock().unwrap_or_else(PoisonError::into_inner).end_session();
    served
}

fn serve_with(
    shared: &Arc<Mutex<App>>,
    at: SocketAddr,
    is_once: bool,
    common: &Common,
    stop: &Stop,
) -> Result<(), Refused> {
    let listening = listen(Arc::clone(shared), at)?;
    let addresses = listening.addresses();
    say(&json!({ "address": addresses.first(), "addresses": addresses }), common)?;
    loop {
        let came = visits(shared, &listening, common)?;
        // Who hears that this seat is out has nothing more to say.
        shared.lend(|_| Ok(()))?;
        if stop.is_cancelled() || came && is_once {
            return Ok(());
        }
        sleep(MOMENT);
    }
}

/// Tells who came and went; `true` when somebody did.
fn visits(shared: &Arc<Mutex<App>>, listening: &Listening, common: &Common) -> Result<bool, Refused> {
    let visits = listening.visits();
    for (seat, guest) in &visits {
        say(&shared.lend(|app| app.script_visit(*seat, guest))?, common)?;
    }
    Ok(!visits.is_empty())
}

/// One value at once, for whoever reads along.
fn say(value: &Value, common: &Common) -> Result<(), Refused> {
    let line = if common.json { format!("{value}\n") } else { print::text(value) };
    let mut out = std::io::stdout().lock();
    let written = out.write_all(line.as_bytes()).and_then(|()| out.flush());
    written.map_err(|_| Refused::Usage("Nobody reads what is told.".into()))
}

//! What a hub says of itself: lines for its operator, and numbers. Nobody is named, and no seat, and no address.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::store::StoreError;

/// How often something was refused, by reason.
pub type Tallies = BTreeMap<String, u64>;

/// The same reason is told once in so long.
const QUIET: Duration = Duration::from_secs(60);

/// Where lines go.
pub struct Log {
    state: Mutex<State>,
}

struct State {
    to: Box<dyn Write + Send>,
    tallies: Tallies,
    /// When a reason was told last, and how often it came up since.
    told: BTreeMap<String, (Instant, u64)>,
}

impl Log {
    /// Writes lines there.
    pub fn to(to: Box<dyn Write + Send>) -> Self {
        Self { state: Mutex::new(State { to, tallies: BTreeMap::new(), told: BTreeMap::new() }) }
    }

    /// Says something.
    pub fn say(&self, line: &str) {
        self.state().line(line);
    }

    /// Something was refused, so often, for these reasons.
    pub fn refused(&self, reasons: Tallies) {
        let mut state = self.state();
        for (code, times) in reasons {
            state.tell("refused", &code, times);
            *state.tallies.entry(code).or_default() += times;
        }
    }

    /// The store fails.
    pub fn failed(&self, error: &StoreError) {
        self.state().tell("failed", &error.to_string(), 1);
    }

    /// How often something was refused, by reason.
    pub fn tallies(&self) -> Tallies {
        self.state().tallies.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn tell(&mut self, what: &str, why: &str, times: u64) {
        let now = Instant::now();
        let told = self.told.get(why).copied();
        let since = told.map_or(0, |(_, since)| since) + times;
        if told.is_some_and(|(at, _)| now.duration_since(at) < QUIET) {
            let at = told.map_or(now, |(at, _)| at);
            self.told.insert(why.to_owned(), (at, since));
            return;
        }
        self.told.insert(why.to_owned(), (now, 0));
        self.line(&format!("{what} {since} times: {why}"));
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.to, "tern-hub: {line}");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_same_reason_is_told_once_a_minute_and_counted_always() {
        let lines = Lines::default();
        let log = Log::to(Box::new(lines.clone()));
        for _ in 0..100 {
            log.refused([("hub-quota".to_owned(), 2)].into());
        }
        tokio::time::advance(QUIET).await;
        log.refused([("hub-quota".to_owned(), 1)].into());
        let said = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert_eq!(said, "tern-hub: refused 2 times: hub-quota\ntern-hub: refused 199 times: hub-quota\n");
        assert_eq!(log.tallies()["hub-quota"], 201);
    }
}

//! The first screen of the day, settings, and where the work is.

use tern_store::WriteTx;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::view::{SettingsView, TodayView};

const DAY_MS: i64 = 24 * 3600 * 1000;

impl App {
    /// What is unfinished and what was done last.
    pub fn today(&self) -> Reply<TodayView> {
        let now = self.ports.clock.stamp();
        let local = now.at_ms.saturating_add(i64::from(now.offset_min) * 60_000);
        let begins = now.at_ms.saturating_sub(local.rem_euclid(DAY_MS));
        let drafts = self.draft_lines()?;
        let help_waiting = drafts.iter().filter(|draft| !draft.help.is_empty()).count();
        if self.sees_children().is_err() {
            return Ok(TodayView::default());
        }
        let last = self.vault.last_changed(12)?;
        Ok(TodayView {
            last: last.iter().map(|(record, child)| self.line(*record, child)).collect(),
            children: self.vault.count_children()?,
            registered_today: self.vault.count_begun(begins, begins.saturating_add(DAY_MS))?,
            help_waiting: u32::try_from(help_waiting).unwrap_or(u32::MAX),
            lacks: self.is_not_safe()?,
            drafts,
        })
    }

    /// Choices about looks and locking.
    pub fn settings(&self) -> SettingsView {
        let stored = self.vault.setting("settings").ok().flatten();
        stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Makes a choice. Times are kept within what protects.
    pub fn save_settings(&mut self, settings: &SettingsView) -> Reply<SettingsView> {
        let kept = SettingsView {
            cover_after_s: settings.cover_after_s.clamp(15, 600),
            lock_after_s: settings.lock_after_s.clamp(30, 600),
            ..settings.clone()
        };
        let text = serde_json::to_string(&kept).map_err(|_| Code::Internal("settings"))?;
        self.vault.write(|tx: &WriteTx<'_>| tx.put_setting("settings", &text)).map_err(Failure::from)?;
        Ok(kept)
    }
}

//! The doors: first run, unlocking, settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{MayView, MomentView};

/// Which screen may be shown at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// No programme on this device yet: first run.
    New,
    /// Keys are gone; five words or the rescue code open it.
    Locked,
    /// It asked to be admitted and waits for the answer.
    Waiting,
    /// It travels: its keys were left behind.
    Travelling,
    /// The screen is hidden, the keys are kept for a short while.
    Covered,
    /// At work.
    Open,
}

/// Where the app stands. Asked at start and after every lock, cover and unlock.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct StatusView {
    /// Which screen may be shown.
    pub door: Door,
    /// A practice programme says so on every screen. `null` before there is a programme.
    pub practice: Option<bool>,
    /// Seconds until the next try to unlock is taken.
    pub wait_s: u32,
    /// Programme, site and worker; only while open.
    pub session: Option<SessionView>,
    /// Tern ended without locking; everything up to this moment is here. Told once.
    pub unexpected_end: Option<MomentView>,
    /// The clock is doubted: dates are marked, registering goes on.
    pub clock_unsure: bool,
    /// The clock is behind what other devices say, and what they say.
    pub clock_behind: Option<MomentView>,
    /// Settings that apply before unlocking too (theme, language).
    pub settings: SettingsView,
}

/// Who is at work, where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SessionView {
    /// Name of the programme.
    pub programme: String,
    /// Name of the site.
    pub site: String,
    /// Name of the worker.
    pub worker: String,
    /// What this seat may do.
    pub may: MayView,
    /// Changes that no other device has yet.
    pub to_share: u32,
    /// Records in which this worker may settle what devices answered differently.
    pub to_settle: u32,
    /// The rescue code was used: new words must be chosen before anything else.
    pub must_choose_words: bool,
}

/// Choices about looks and locking. None is about a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SettingsView {
    /// BCP 47; `en` for now.
    pub language: String,
    /// `system`, `light`, `dark` or `sun`.
    pub theme: String,
    /// `comfortable`, `compact` or `glove`.
    pub density: String,
    /// Text size in percent: 100, 115, 130 or 150.
    pub text_size: u16,
    /// Idle seconds until the screen covers itself.
    pub cover_after_s: u32,
    /// Seconds covered (or idle) until it locks; at most 600.
    pub lock_after_s: u32,
    /// Lists show numbers instead of names.
    pub discreet: bool,
    /// Single-key shortcuts (N, /, G T …).
    pub shortcuts: bool,
    /// The kind of site: at `border` no photo is ever asked for.
    pub site_kind: String,
    /// The calendar that dates are typed in at this site, a code of list `calendar`.
    pub calendar: String,
}

impl Default for SettingsView {
    fn default() -> Self {
        Self {
            language: "en".into(),
            theme: "system".into(),
            density: "comfortable".into(),
            text_size: 100,
            cover_after_s: 120,
            lock_after_s: 600,
            discreet: false,
            shortcuts: true,
            site_kind: "centre".into(),
            calendar: "gregorian".into(),
        }
    }
}

/// Freshly drawn secrets, shown once. Nothing is on disk yet.
#[derive(Clone, Serialize, TS)]
pub struct SecretsView {
    /// Five words of the public list.
    pub words: Vec<String>,
    /// The rescue code in groups.
    pub rescue_groups: Vec<String>,
}

/// A new programme; the words and two groups of the rescue code are typed back.
#[derive(Clone, Deserialize, TS)]
pub struct CreateProgramme {
    /// Name of the programme.
    pub name: String,
    /// Name of the first site.
    pub site: String,
    /// ISO 3166-1 alpha-3 of the site's country.
    pub country: String,
    /// Name of the worker.
    pub worker: String,
    /// Practice or real; chosen once.
    pub practice: bool,
    /// The five words as typed back, or an own passphrase of 15 characters and more.
    pub words: String,
    /// Groups of the rescue code typed back, by their index from 0.
    pub rescue_check: BTreeMap<u8, String>,
}

/// All interface text of one language, as Fluent source.
#[derive(Clone, Serialize, TS)]
pub struct MessagesView {
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// Fluent source of `schema/locales/<language>/*.ftl`.
    pub source: String,
}

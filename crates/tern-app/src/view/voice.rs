//! What a field holds, and who said it.

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use super::MomentView;

/// What a field holds.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum HeldView {
    /// One answer.
    Settled {
        /// JSON of the field's kind.
        value: Value,
        /// As people read it.
        text: String,
        /// Its witness.
        said: SaidView,
    },
    /// Several that nobody has settled.
    Disputed {
        /// The one to show meanwhile.
        shown: Value,
        /// As people read it.
        text: String,
        /// Every answer, the shown one first.
        values: Vec<VoiceView>,
    },
}

/// One of several answers.
#[derive(Clone, Debug, Serialize, TS)]
pub struct VoiceView {
    /// JSON of the field's kind.
    pub value: Value,
    /// As people read it.
    pub text: String,
    /// Its witness.
    pub said: SaidView,
}

/// Who typed something, where and when.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SaidView {
    /// Id of the change.
    pub change: String,
    /// Name of the worker.
    pub by: String,
    /// Name of the device.
    pub device: String,
    /// When.
    pub at: MomentView,
}

//! Forms, code lists, and records that are no child's.

use serde_json::Value;

use super::{Desk, Reply};
use crate::view::{
    BeginThing, BegunView, FormView, KindView, MrzView, OptionView, ReadView, ThingLineView, ThingView,
};

impl Desk {
    /// A form.
    pub fn form(&self, id: &str) -> Reply<FormView> {
        self.at_work(|app| app.form(id))
    }

    /// The codes of a list, with their words.
    pub fn codes(&self, list: &str) -> Reply<Vec<OptionView>> {
        self.at_work(|app| app.codes(list))
    }

    /// Reads an answer back without keeping it.
    pub fn read_value(&self, path: &str, value: &Value) -> Reply<ReadView> {
        self.at_work(|app| app.read_value(path, value))
    }

    /// Reads machine-readable lines as they are typed.
    pub fn read_mrz(&self, text: &str) -> Reply<MrzView> {
        self.at_work(|app| app.read_mrz(text))
    }

    /// Kinds of records that are no child's.
    pub fn kinds(&self) -> Reply<Vec<KindView>> {
        self.at_work(|app| app.kinds())
    }

    /// Records of a kind, by title.
    pub fn things(&self, kind: &str, text: &str) -> Reply<Vec<ThingLineView>> {
        self.at_work(|app| app.things(kind, text))
    }

    /// A record that is no child's.
    pub fn thing(&self, id: &str) -> Reply<ThingView> {
        self.at_work(|app| app.thing(id))
    }

    /// Begins a record that is no child's.
    pub fn begin_thing(&self, ask: &BeginThing) -> Reply<BegunView> {
        self.at_work(|app| app.begin_thing(ask))
    }

    /// A record as text to hand on.
    pub fn thing_text(&self, id: &str) -> Reply<String> {
        self.at_work(|app| app.thing_text(id))
    }
}

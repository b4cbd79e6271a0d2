//! What an outcome puts into a record, with new rows where it has none to go on with.

use tern_record::need::Need;
use tern_record::{EntityId, Path, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::view::UpdateNeed;

/// Puts of one outcome, with new rows where the record has none to go on with.
pub(super) struct Puts<'a> {
    pub(super) app: &'a App,
    pub(super) made: Vec<(Path, Scalar)>,
}

impl Puts<'_> {
    pub(super) fn put(&mut self, path: &str, value: &str) -> Reply<()> {
        self.put_scalar(path, Scalar::from(value))
    }

    /// As a screen would put it: checked by the form.
    fn put_scalar(&mut self, path: &str, value: Scalar) -> Reply<()> {
        let path = Path::new(path).map_err(|_| Failure::from(Code::UnknownField))?;
        let json = self.app.schema.value_to_json(&path, &value);
        let value = self
            .app
            .schema
            .value_from_json(&path, &json, self.app.ports.today())
            .map_err(crate::edit::refusal)?;
        self.made.push((path, value));
        Ok(())
    }

    pub(super) fn row(&self, have: Option<String>) -> String {
        have.unwrap_or_else(|| short::long_text(self.app.draw(EntityId::make_random).as_bytes()))
    }

    pub(super) fn service(&mut self, have: Option<String>, kind: &str) -> Reply<String> {
        let begins = have.is_none();
        let row = self.row(have);
        if begins {
            self.put(&format!("services/{row}/type"), kind)?;
        }
        Ok(row)
    }

    pub(super) fn event(&mut self, service: &str, state: &str, day: &str, ask: &UpdateNeed) -> Reply<()> {
        let row = self.row(None);
        let at = |field: &str| format!("service_events/{row}/{field}");
        self.put(&at("of"), service)?;
        self.put(&at("state"), state)?;
        self.put(&at("at"), day)?;
        if let Some(who) = ask.who.as_deref().filter(|who| !who.trim().is_empty()) {
            self.put(&at("refused_by"), who)?;
        }
        if let Some(reason) = ask.reason.as_deref().filter(|_| state == "denied") {
            self.put(&at("reason"), reason)?;
        }
        if let Some(words) = ask.words.as_deref().filter(|words| !words.trim().is_empty()) {
            let field = match state {
                "no_longer_needed" => "not_needed_reason",
                "declined_by_child" => "child_view",
                _ => "note",
            };
            self.put(&at(field), words)?;
        }
        Ok(())
    }

    /// Words beside a need: no event of it, so nothing of how it stands changes.
    pub(super) fn note(&mut self, need: Need, day: &str, ask: &UpdateNeed) -> Reply<()> {
        let Some(words) = ask.words.as_deref().filter(|words| !words.trim().is_empty()) else {
            return Ok(());
        };
        let row = self.row(None);
        self.put(&format!("need_notes/{row}/need"), need.code())?;
        self.put(&format!("need_notes/{row}/text"), words)?;
        self.put(&format!("need_notes/{row}/on"), day)
    }

    pub(super) fn birth(&mut self, step: &str, day: &str, obstacle: Option<&str>) -> Reply<()> {
        if let Some(obstacle) = obstacle {
            let row = self.row(None);
            self.put(&format!("birth_obstacles/{row}/obstacle"), obstacle)?;
            self.put(&format!("birth_obstacles/{row}/noted_on"), day)?;
        }
        match step {
            "" => Ok(()),
            "declared" => {
                self.put("birth.step", step)?;
                self.put("birth.declared_on", day)
            }
            "certified" => {
                self.put("birth.step", step)?;
                self.put("birth.evidence", "seen_certificate")
            }
            "registered" => {
                self.put("birth.step", step)?;
                self.put("birth.evidence", "stated")
            }
            step => self.put("birth.step", step),
        }
    }
}

//! What rules that protect say to a change, before it is made.

use tern_record::rule::{Change, Rule, Voices};
use tern_record::{Compartment, Path, Scalar};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::record::Record;

use super::rows::told;

impl App {
    /// Refuses what a rule that protects stands in the way of. What other devices did is never refused: it
    /// is shown as what it is.
    pub(crate) fn keep_rules(&self, record: &Record, puts: &[(Path, Scalar)], voices: Voices) -> Reply<()> {
        let kind = self.kind_of_puts(record, puts)?;
        if kind == "feedback" {
            return self.keeps_staff_outside(record, puts);
        }
        if puts.is_empty() || kind != "child" {
            return Ok(());
        }
        let mut before = self.life(record, Compartment::Restricted);
        before.just_said = self.just_said(record, puts);
        let after = self.life_with(record, Compartment::Restricted, puts);
        let profile = self.profile();
        let today = self.ports.today();
        let change = Change { before: &before, after: &after, puts, voices, profile: &profile, today };
        change.check().map_err(|refused| Failure::about(Code::Rule(refused.rule), [told(&refused.path)]))
    }

    /// Words about staff of this place are not kept in this place, where they would read them (D-26).
    fn keeps_staff_outside(&self, record: &Record, puts: &[(Path, Scalar)]) -> Reply<()> {
        let about = puts.iter().rev().find(|(path, _)| path.as_str() == "feedback.about");
        let about =
            about.map(|(_, value)| value.clone()).or_else(|| record.shown(&self.schema, "feedback.about"));
        let words = puts.iter().any(|(path, value)| path.as_str() == "feedback.text" && !value.is_null());
        if words && about.as_ref().and_then(Scalar::as_text) == Some("staff") {
            let rule = Code::Rule(Rule::D_26);
            return Err(Failure::about(rule, ["feedback.text".to_owned()]));
        }
        Ok(())
    }

    /// The kind of record that a change is of. An answer belongs to the kind of record that its form fills.
    fn kind_of_puts(&self, record: &Record, puts: &[(Path, Scalar)]) -> Reply<String> {
        let mut kind = (!record.is_empty()).then(|| self.kind_of(record));
        for (path, _) in puts {
            let Some(field) = self.schema.field_at(path) else { continue };
            let of = self.schema.record_of(field);
            if kind.as_deref().is_some_and(|kind| kind != of) {
                return Err(Failure::about(Code::UnknownField, [told(path.as_str())]));
            }
            kind = Some(of.to_owned());
        }
        Ok(kind.unwrap_or_else(|| "child".to_owned()))
    }
}

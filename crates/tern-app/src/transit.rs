//! Abuse on the way that a child tells of (A57): what was told stays behind its lock, and somebody answers by tomorrow.

use tern_record::life::{Life, yes};
use tern_record::rule::Voices;
use tern_record::{Compartment, EntityId, Path, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::record::Record;

impl App {
    /// The same puts, with an open concern of high risk beside the first answer that says that it happened. The concern
    /// says nothing of what was told: lists show that a concern waits for an answer, and no more.
    pub(crate) fn with_concern(
        &self,
        record: &Record,
        mut puts: Vec<(Path, Scalar)>,
        voices: Voices,
    ) -> Reply<Vec<(Path, Scalar)>> {
        if voices == Voices::File || !puts.iter().any(|(path, value)| is_of_transit(path) && !value.is_null())
        {
            return Ok(puts);
        }
        let (before, after) = (
            self.life(record, Compartment::Restricted),
            self.life_with(record, Compartment::Restricted, &puts),
        );
        if happened(&before) || !happened(&after) || after.has_open_high_risk() {
            return Ok(puts);
        }
        let row = short::long_text(self.draw(EntityId::make_random).as_bytes());
        let today = self.ports.today().to_string();
        for (field, value) in [("risk", "high"), ("raised_on", today.as_str())] {
            let path = Path::new(&format!("concerns/{row}/{field}"));
            puts.push((path.map_err(|_| Failure::from(Code::UnknownField))?, Scalar::from(value)));
        }
        Ok(puts)
    }
}

fn is_of_transit(path: &Path) -> bool {
    path.as_str() == "transit_abuse.disclosed_on"
        || path.list() == Some("transit_abuse.kind")
        || path.form_key() == "incidents/in_transit"
}

/// Somebody wrote down that it happened: a day, a kind, or an incident on the way.
fn happened(life: &Life) -> bool {
    life.day("transit_abuse.disclosed_on").is_some()
        || life.rows("transit_abuse.kind").any(|(_, row)| yes(row, "in") == Some(true))
        || life.rows("incidents").any(|(_, row)| yes(row, "in_transit") == Some(true))
}

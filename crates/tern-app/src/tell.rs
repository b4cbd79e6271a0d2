//! What the menu of a profile is told: missing, found, left, died, closed, opened again. What ends a record or a life
//! waits for a second worker (D-01); until then every reminder goes on.

use jiff::civil::Date;
use serde_json::{Value, json};
use tern_record::{Cause, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, refusal};
use crate::failure::{Code, Failure};
use crate::view::{ChangeRef, TellChild, ToldView};

/// What is put at once, and what waits for a second worker.
struct Told {
    puts: Vec<(&'static str, Value)>,
    proposes: Option<(&'static str, Value)>,
}

impl App {
    /// Writes what was told of a child.
    pub fn tell(&mut self, ask: &TellChild) -> Reply<ToldView> {
        let record = self.resolve(&ask.id)?;
        self.vault.find_child(record)?.ok_or(Code::UnknownChild)?;
        let wrong = |code: &str| Failure::about(Code::Form(code.to_owned()), ["on".to_owned()]);
        let today = self.ports.today();
        let on = match &ask.on {
            Some(on) => on.parse::<Date>().map_err(|_| wrong("impossible-date"))?,
            None => today,
        };
        if on > today {
            return Err(wrong("impossible-date"));
        }
        let told = told(ask, &on.to_string())?;
        let mut puts = Vec::new();
        for (path, value) in &told.puts {
            let path = Path::new(path).map_err(|_| Failure::from(Code::UnknownField))?;
            let value = self.schema.value_from_json(&path, value, today).map_err(refusal)?;
            puts.push((path, value));
        }
        let waits = told.proposes.is_some();
        let mut changes = self.tell_puts(record, puts)?;
        if let Some((path, value)) = &told.proposes {
            let change = self.propose(&short::long_text(record.as_bytes()), path, value)?;
            changes.push(ChangeRef { child: short::long_text(record.as_bytes()), change: change.to_hex() });
        }
        let name = self.line_of(record)?.map(|line| line.name.unwrap_or(line.short_id)).unwrap_or_default();
        let text = self.text.say(&format!("told-{}", ask.what), &json!({ "name": name }));
        Ok(ToldView { text, waits, changes })
    }

    fn tell_puts(&mut self, record: RecordId, puts: Vec<(Path, Scalar)>) -> Reply<Vec<ChangeRef>> {
        let put = self.put(record, &[], puts, Cause::Typed, Along::default())?;
        let child = short::long_text(record.as_bytes());
        let change =
            |change: &tern_record::IntentId| ChangeRef { child: child.clone(), change: change.to_hex() };
        Ok(put.changes.iter().map(change).collect())
    }
}

fn told(ask: &TellChild, on: &str) -> Reply<Told> {
    let words = ask.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let needed = || Failure::from(Code::ReasonNeeded);
    let told = match ask.what.as_str() {
        "missing" => Told {
            puts: std::iter::once(("case.not_seen_since", json!(on)))
                .chain(words.map(|words| ("case.last_seen_by", json!(words))))
                .collect(),
            proposes: None,
        },
        "found" => Told { puts: vec![("case.not_seen_since", Value::Null)], proposes: None },
        "left" => Told { puts: Vec::new(), proposes: Some(("case.departed_on", json!(on))) },
        "died" => Told {
            puts: vec![
                ("life_status.evidence", json!(words.ok_or_else(needed)?)),
                ("death.on", json!({ "date": on })),
            ],
            proposes: Some(("life_status", json!("deceased"))),
        },
        "closed" => Told {
            puts: vec![
                ("case.closure_reason", json!(ask.reason.as_deref().ok_or_else(needed)?)),
                ("case.closed_on", json!(on)),
            ],
            proposes: Some(("case.status", json!("closed"))),
        },
        "reopened" => Told {
            puts: vec![
                ("case.status", json!("reopened")),
                ("case.closed_on", Value::Null),
                ("case.closure_reason", Value::Null),
                ("case.departed_on", Value::Null),
            ],
            proposes: None,
        },
        _ => return Err(Failure::about(Code::Form("wrong-code".to_owned()), ["what".to_owned()])),
    };
    Ok(told)
}

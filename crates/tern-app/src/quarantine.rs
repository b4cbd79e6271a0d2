//! What was not taken, as somebody reads it.

use serde_json::{Value, json};

use crate::Reply;
use crate::app::App;

impl App {
    /// `quarantine`.
    pub fn script_quarantine(&self) -> Reply<Value> {
        let held = self.vault.held()?.into_iter().map(|row| {
            let from = row.signed.map(|(seat, _)| seat.to_hex());
            json!({
                "entry": tern_record::id::hex(&row.id), "from": from, "code": row.code,
                "at": self.instant(row.at_ms),
            })
        });
        Ok(held.collect())
    }
}

//! Words for people, in one language.

use std::sync::Arc;

use serde_json::Value;
use tern_form::Schema;

/// One language of the schema's messages.
#[derive(Clone)]
pub struct Text {
    schema: Arc<Schema>,
    language: String,
}

impl Text {
    /// Speaks a language.
    pub fn new(schema: Arc<Schema>, language: &str) -> Self {
        Self { schema, language: language.to_owned() }
    }

    /// The language, BCP 47.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A message with its arguments.
    pub fn say(&self, id: &str, args: &Value) -> String {
        let args = arguments(args);
        let args: Vec<(&str, &str)> = args.iter().map(|(name, text)| (*name, text.as_str())).collect();
        self.schema.text(&self.language, id, &args)
    }

    /// A message without arguments.
    pub fn word(&self, id: &str) -> String {
        self.schema.label(&self.language, id)
    }

    /// The way out that goes with a failure, when there is one.
    pub fn hint(&self, id: &str, args: &Value) -> Option<String> {
        let id = format!("{id}.hint");
        self.schema.texts().find(&self.language, &id)?;
        Some(self.say(&id, args))
    }
}

fn arguments(args: &Value) -> Vec<(&str, String)> {
    let Value::Object(map) = args else { return Vec::new() };
    map.iter()
        .map(|(name, value)| (name.as_str(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect()
}

//! Values as text for people: names and values, indented, in the order given.

use serde_json::Value;

/// Lines for a terminal.
pub fn text(value: &Value) -> String {
    match value {
        Value::Array(items) if items.is_empty() => "Nothing.\n".to_owned(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join("\n"),
        Value::Object(_) => lines(value, 0),
        other => format!("{}\n", plain(other)),
    }
}

fn lines(value: &Value, indent: usize) -> String {
    let Value::Object(map) = value else { return String::new() };
    let space = " ".repeat(indent);
    map.iter()
        .map(|(name, value)| match value {
            Value::Object(inner) if !inner.is_empty() => {
                format!("{space}{name}:\n{}", lines(value, indent + 2))
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                let inner: Vec<String> = items.iter().map(|item| lines(item, indent + 2)).collect();
                format!("{space}{name}:\n{}", inner.join("\n"))
            }
            other => format!("{space}{name}: {}\n", plain(other)),
        })
        .collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

//! Golden vectors: the bytes of format 1, which never change again once it is released. A test makes them anew and compares.

use std::fmt::Write as _;
use std::path::PathBuf;

/// As text.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Compares with `tests/golden/wire/<name>.json`. A new format is written by `TERN_WRITE=1`; an old one stays.
///
/// # Panics
/// Where they differ.
pub fn golden(name: &str, fields: &[(&str, String)]) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/golden/wire/{name}.json"));
    let lines: Vec<String> = fields.iter().map(|(key, value)| format!("  \"{key}\": \"{value}\"")).collect();
    let text = format!("{{\n  \"format\": 1,\n{}\n}}\n", lines.join(",\n"));
    if std::env::var_os("TERN_WRITE").is_some() {
        let written = std::fs::write(&file, &text);
        assert!(written.is_ok(), "{}", file.display());
    }
    let have = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(have, text, "{}", file.display());
}

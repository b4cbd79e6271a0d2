//! Golden vectors: the bytes of format 1, which is frozen. A test makes them anew and compares.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// As text.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Where the vectors lie.
pub fn vectors() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/wire")
}

/// Compares with `tests/golden/wire/<name>.json`. `TERN_WRITE=1` writes a vector that is not there yet, and never one that is.
///
/// # Panics
/// Where they differ.
pub fn golden(name: &str, fields: &[(&str, String)]) {
    let lines: Vec<String> = fields.iter().map(|(key, value)| format!("  \"{key}\": \"{value}\"")).collect();
    let text = format!("{{\n  \"format\": 1,\n{}\n}}\n", lines.join(",\n"));
    let file = vectors().join(format!("{name}.json"));
    let is_asked = std::env::var_os("TERN_WRITE").is_some();
    compare(&file, &text, is_asked);
}

fn compare(file: &Path, text: &str, is_asked: bool) {
    if is_asked && !file.exists() {
        let written = std::fs::write(file, text);
        assert!(written.is_ok(), "{}", file.display());
    }
    let have = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(have, text, "{}: format 1 is frozen; other bytes are format 2", file.display());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_is_written_once_and_never_again() {
        let file = std::env::temp_dir().join(format!("tern-golden-{}", std::process::id()));
        compare(&file, "first", true);
        compare(&file, "first", true);
        let again = std::panic::catch_unwind(|| compare(&file, "second", true));
        assert!(again.is_err());
        assert!(std::fs::read_to_string(&file).is_ok_and(|have| have == "first"));
        assert!(std::fs::remove_file(&file).is_ok());
    }
}

//! A search of files for a text, byte by byte and in every spelling that a program might leave it in.
//!
//! Reused wherever something sensitive may not reach the disk: give [`Scan`] the text, add files, folders and
//! captured output, then ask what was found.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// One spelling of a text.
struct Needle {
    spelling: &'static str,
    bytes: Vec<u8>,
}

/// A search that is under way.
#[derive(Default)]
pub struct Scan {
    needles: Vec<Needle>,
    /// For each first byte, the needles that begin so.
    by_first: Vec<Vec<usize>>,
    /// Files and outputs searched.
    pub files: u64,
    /// Bytes searched.
    pub bytes: u64,
    /// Where which spelling was found.
    pub found: BTreeSet<(String, &'static str)>,
}

impl Scan {
    /// Searches for `texts` of at least eight characters: shorter ones occur by chance.
    pub fn of<T: AsRef<str>>(texts: &[T]) -> Self {
        let mut scan = Self { by_first: vec![Vec::new(); 256], ..Self::default() };
        for text in texts.iter().map(AsRef::as_ref) {
            assert!(text.chars().count() >= 8, "a text of eight characters or more");
            let cases = BTreeSet::from([text.to_owned(), text.to_lowercase(), text.to_uppercase()]);
            cases.iter().for_each(|text| scan.add_spellings(text));
        }
        scan
    }

    fn add_spellings(&mut self, text: &str) {
        let utf8 = text.as_bytes();
        self.add("UTF-8", utf8.to_vec());
        self.add("UTF-16LE", text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        self.add("UTF-16BE", text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        self.add("UTF-32LE", text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect());
        self.add("hex", written(utf8, |to, byte| write!(to, "{byte:02x}")));
        self.add("hex", written(utf8, |to, byte| write!(to, "{byte:02X}")));
        self.add("percent", written(utf8, |to, byte| write!(to, "%{byte:02X}")));
        self.add("percent", written(utf8, percent));
        self.add(
            "JSON escapes",
            text.encode_utf16().flat_map(|unit| format!("\\u{unit:04x}").into_bytes()).collect(),
        );
        self.add("reversed", utf8.iter().rev().copied().collect());
        for skipped in 0..3 {
            let base64 = base64_inside(utf8, skipped);
            self.add("base64", base64.clone().into_bytes());
            self.add("base64", base64.replace('+', "-").replace('/', "_").into_bytes());
        }
    }

    fn add(&mut self, spelling: &'static str, bytes: Vec<u8>) {
        if self.needles.iter().all(|have| have.bytes != bytes) {
            self.by_first[usize::from(bytes[0])].push(self.needles.len());
            self.needles.push(Needle { spelling, bytes });
        }
    }

    /// Searches bytes that are called `name`: a file's content, its name, a program's output.
    pub fn bytes(&mut self, name: &str, bytes: &[u8]) {
        self.files += 1;
        self.bytes += bytes.len() as u64;
        for (at, byte) in bytes.iter().enumerate() {
            for needle in &self.by_first[usize::from(*byte)] {
                let needle = &self.needles[*needle];
                if bytes[at..].starts_with(&needle.bytes) {
                    self.found.insert((name.to_owned(), needle.spelling));
                }
            }
        }
    }

    /// Searches every file below a folder, or one file, and the names of all.
    pub fn path(&mut self, path: &Path) {
        for file in files_below(path) {
            let name = file.display().to_string();
            self.bytes(&format!("name of {name}"), name.as_bytes());
            match fs::read(&file) {
                Ok(bytes) => self.bytes(&name, &bytes),
                // A write-ahead log may go while a running program is being watched.
                Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{name}: {error}"),
            }
        }
    }

    /// Fails when anything was found; else says how much was searched.
    pub fn assert_clean(&self, what: &str) {
        let (files, bytes) = (self.files, self.bytes);
        assert!(files > 0 && bytes > 0, "{what}: nothing was searched");
        assert!(self.found.is_empty(), "{what}: found {:?}", self.found);
        let spellings = self.needles.len();
        let _ = std::io::Write::write_all(
            &mut std::io::stdout(),
            format!(
                "{what}: {bytes} bytes in {files} pieces searched for {spellings} spellings, none found\n"
            )
            .as_bytes(),
        );
    }
}

fn written(bytes: &[u8], mut one: impl FnMut(&mut String, u8) -> std::fmt::Result) -> Vec<u8> {
    let mut text = String::new();
    bytes.iter().for_each(|byte| one(&mut text, *byte).unwrap());
    text.into_bytes()
}

fn percent(to: &mut String, byte: u8) -> std::fmt::Result {
    if byte.is_ascii_alphanumeric() { write!(to, "{}", char::from(byte)) } else { write!(to, "%{byte:02X}") }
}

/// The base 64 characters that stand for `bytes` alone when they begin `skipped` bytes into a longer text.
fn base64_inside(bytes: &[u8], skipped: usize) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let padded = [vec![0; skipped], bytes.to_vec()].concat();
    let whole = &padded[..padded.len() / 3 * 3];
    let text: String = whole
        .chunks_exact(3)
        .flat_map(|three| {
            let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
            [18, 12, 6, 0].map(|shift| char::from(ALPHABET[(bits >> shift & 63) as usize]))
        })
        .collect();
    // The first characters carry bits of what stands before.
    text.chars().skip((skipped * 8).div_ceil(6)).collect()
}

fn files_below(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let mut files: Vec<PathBuf> =
        fs::read_dir(path).unwrap().flat_map(|entry| files_below(&entry.unwrap().path())).collect();
    files.sort();
    files
}

//! Every writable page of another process, searched for pieces of secrets.
//!
//! A secret is looked for in pieces, of eight bytes where it is a key, so that the half that something overwrote hides
//! nothing. Pages come through `/proc/PID/mem`, which the system gives to the parent of a process.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;

use crate::secrets::Secret;

/// Bytes that are read at once.
const CHUNK: u64 = 1 << 20;
/// Bytes of a piece of a key, and the fewest of any piece.
pub const PIECE: usize = 8;

/// One mapping that the process can write to.
struct Mapping {
    from: u64,
    to: u64,
    what: String,
}

/// How often pieces of something were found, by where they lie.
pub type Places = BTreeMap<String, usize>;

/// Which of the secrets were found, by their places in the list.
pub type Found = BTreeMap<usize, Places>;

/// Searches a process. Also tells how many bytes were searched.
pub fn search(pid: u32, secrets: &[Secret]) -> (Found, u64) {
    let index = Index::of(secrets);
    let memory = File::open(format!("/proc/{pid}/mem")).expect("the parent may read its child's memory");
    let (mut found, mut searched) = (Found::new(), 0);
    let mut bytes = vec![0; usize::try_from(CHUNK).unwrap()];
    for mapping in mappings(pid) {
        let mut at = mapping.from;
        while at < mapping.to {
            let length = usize::try_from(CHUNK.min(mapping.to - at)).unwrap();
            let chunk = &mut bytes[..length];
            if memory.read_exact_at(chunk, at).is_ok() {
                searched += length as u64;
                index.search(chunk, |secret| {
                    *found.entry(secret).or_default().entry(mapping.what.clone()).or_default() += 1;
                });
            }
            // Chunks overlap, so that what lies across a border is found.
            at += length as u64;
            if at < mapping.to {
                at -= index.longest as u64;
            }
        }
    }
    (found, searched)
}

/// Pieces by their first two bytes, each with the place of its secret in the list.
struct Index<'a> {
    by_first: Vec<Vec<(&'a [u8], usize)>>,
    longest: usize,
}

impl<'a> Index<'a> {
    fn of(secrets: &'a [Secret]) -> Self {
        let mut index = Self { by_first: vec![Vec::new(); 1 << 16], longest: 0 };
        for (at, secret) in secrets.iter().enumerate() {
            let pieces = secret.pieces();
            assert!(!pieces.is_empty(), "{} has a piece", secret.name);
            for piece in pieces {
                assert!(piece.len() >= PIECE);
                index.by_first[usize::from(u16::from_le_bytes([piece[0], piece[1]]))].push((piece, at));
                index.longest = index.longest.max(piece.len());
            }
        }
        index
    }

    fn search(&self, bytes: &[u8], mut hit: impl FnMut(usize)) {
        let zeros = [0; 4096];
        for from in (0..bytes.len()).step_by(zeros.len()) {
            let end = (from + zeros.len()).min(bytes.len());
            if bytes[from..end] == zeros[..end - from] {
                continue;
            }
            for at in from..end.min(bytes.len() - 1) {
                for (piece, secret) in
                    &self.by_first[usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]))]
                {
                    if bytes[at..].starts_with(piece) {
                        hit(*secret);
                    }
                }
            }
        }
    }
}

fn mappings(pid: u32) -> Vec<Mapping> {
    let stacks = stacks(pid);
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    maps.lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let (range, may) = (words.next()?, words.next()?);
            let named = words.nth(3).map(|name| name.rsplit('/').next().unwrap_or(name).to_owned());
            let (from, to) = range.split_once('-')?;
            let address = |text: &str| u64::from_str_radix(text, 16).unwrap();
            let (from, to) = (address(from), address(to));
            let stack = stacks.iter().find(|(pointer, _)| (from..to).contains(pointer));
            let what = stack.map(|(_, thread)| format!("stack of {thread}")).or(named);
            may.starts_with("rw").then(|| Mapping { from, to, what: what.unwrap_or("heap".to_owned()) })
        })
        .collect()
}

/// Where the stack of each thread stands, and the thread's name. Waits until every thread waits.
fn stacks(pid: u32) -> Vec<(u64, String)> {
    loop {
        let threads = fs::read_dir(format!("/proc/{pid}/task")).unwrap().filter_map(Result::ok);
        let stacks: Option<Vec<_>> = threads
            .map(|thread| {
                let name = fs::read_to_string(thread.path().join("comm")).ok()?;
                // call number, six arguments, stack pointer, place in the program; or that it runs
                let call = fs::read_to_string(thread.path().join("syscall")).ok()?;
                let pointer = call.split_whitespace().nth_back(1)?.trim_start_matches("0x");
                Some((u64::from_str_radix(pointer, 16).ok()?, name.trim().to_owned()))
            })
            .collect();
        match stacks {
            Some(stacks) => return stacks,
            None => std::thread::sleep(std::time::Duration::from_millis(2)),
        }
    }
}

//! A disk of a few megabytes of its own, that can be filled up to any kilobyte. Linux alone.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the same test of the same binary once more, where it finds a disk of so many megabytes; gives the disk there.
pub fn on_small_disk(test: &str, megabytes: u32) -> Option<PathBuf> {
    if let Ok(disk) = std::env::var("TERN_SMALL_DISK") {
        return Some(disk.into());
    }
    let disk = tempfile::tempdir().unwrap();
    let script = format!(
        "mount -t tmpfs -o size={megabytes}m none \"$TERN_SMALL_DISK\" && exec \"$0\" --exact --nocapture \"$1\""
    );
    let small = |flags: &str| {
        let mut command = Command::new("unshare");
        command.args([flags, "sh", "-c", &script]).arg(std::env::current_exe().unwrap()).arg(test);
        command.env("TERN_SMALL_DISK", disk.path()).output().unwrap()
    };
    let direct = small("-m");
    let run = if direct.stdout.is_empty() { small("-rm") } else { direct };
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "needs a small disk of its own (unshare, mount): {out}{err}");
    let told = out.lines().filter(|line| line.contains("kilobytes"));
    told.for_each(|line| std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap());
    None
}

/// What takes the room away.
pub struct Filler(PathBuf);

impl Filler {
    /// On this disk.
    pub fn on(disk: &Path) -> Self {
        Self(disk.join("filler"))
    }

    /// Leaves so many kilobytes free.
    pub fn leave(&self, kilobytes: usize) {
        self.empty();
        let mut file = fs::File::create(&self.0).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length.saturating_sub(kilobytes as u64 * 1024)).unwrap();
    }

    /// Gives all room back.
    pub fn empty(&self) {
        let _ = fs::remove_file(&self.0);
    }
}

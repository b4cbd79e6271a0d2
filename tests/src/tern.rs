//! The command line over a data folder of its own.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Opens every programme that stories make.
pub const WORDS: &str = "otter lamp river stone cloud";

/// One device: a data folder, a folder for temporary files, and a folder with what its worker brings along.
pub struct Tern {
    program: PathBuf,
    device: TempDir,
    home: PathBuf,
}

/// What one command said and how it ended.
pub struct Said {
    /// Exit code; −1 when a signal ended it.
    pub exit: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Tern {
    /// A device without a programme. `program` is the built command line.
    pub fn new(program: &str) -> Self {
        let device = tempfile::tempdir().unwrap();
        for folder in ["brought", "tmp", "user"] {
            fs::create_dir(device.path().join(folder)).unwrap();
        }
        let home = device.path().join("home");
        Self { program: program.into(), device, home }
    }

    /// Another device without a programme, with the same command line.
    pub fn another(&self) -> Self {
        Self { program: self.program.clone(), ..Self::new("") }
    }

    /// The same with its data folder elsewhere.
    pub fn with_home(self, home: PathBuf) -> Self {
        Self { home, ..self }
    }

    /// A device with a practice programme.
    pub fn practising(program: &str) -> Self {
        let tern = Self::new(program);
        tern.begin(&["--practice"]);
        tern
    }

    /// Makes a programme, with more words for `programme create`.
    pub fn begin(&self, more: &[&str]) -> Value {
        let words = "programme create --name Harbour --site Velmar --country QME --worker Leila";
        let words: Vec<&str> = words.split(' ').chain(more.iter().copied()).collect();
        self.run(&words).ok()
    }

    /// The data folder.
    pub fn home(&self) -> PathBuf {
        self.home.clone()
    }

    /// What the program may use for temporary files.
    pub fn tmp(&self) -> PathBuf {
        self.device.path().join("tmp")
    }

    /// What the platform calls the user's home.
    pub fn user(&self) -> PathBuf {
        self.device.path().join("user")
    }

    /// Puts a file where the worker brings files from.
    pub fn bring(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.device.path().join("brought").join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A second device that is a copy of this one, as from a backup.
    pub fn copied(&self) -> Self {
        let copy = Self { program: self.program.clone(), ..Self::new("") };
        copy_folder(&self.home(), &copy.home());
        copy
    }

    /// The program with nothing but its own folders and the passphrase around it.
    pub fn command<W: AsRef<OsStr>>(&self, words: &[W]) -> Command {
        let mut command = Command::new(&self.program);
        command.env_clear().env("TERN_HOME", self.home()).env("TERN_PASSPHRASE", WORDS);
        command.env("TMPDIR", self.tmp()).env("HOME", self.user());
        command.args(words).stdin(Stdio::null()).current_dir(self.tmp());
        command
    }

    /// Runs a command with `--json`.
    pub fn run<W: AsRef<OsStr>>(&self, words: &[W]) -> Said {
        self.command(words).arg("--json").output().unwrap().into()
    }

    /// Runs a command as people see it.
    pub fn plain<W: AsRef<OsStr>>(&self, words: &[W]) -> Said {
        self.command(words).output().unwrap().into()
    }

    /// Registers a child from answers in a file.
    pub fn register(&self, answers: &Value) -> Said {
        let file = self.bring("answers.json", answers.to_string());
        self.run(&["register", "--answers", &file])
    }

    /// Unlocks once for many commands.
    pub fn batch(&self) -> Batch {
        let mut child = self
            .command(&["batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let to = child.stdin.take();
        let from = BufReader::new(child.stdout.take().unwrap());
        Batch { child, to, from }
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            exit: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Said {
    /// The one value on standard output of a command that did what was asked.
    pub fn ok(&self) -> Value {
        assert_eq!((self.exit, self.err.as_str()), (0, ""), "{}", self.out);
        self.value()
    }

    /// The one value on standard output.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("one JSON value, not {:?}", self.out))
    }

    /// The refusal on standard error: checked for its shape, and for silence on standard output.
    pub fn refused(&self, exit: i32, code: &str) -> Value {
        assert_eq!((self.exit, self.out.as_str()), (exit, ""), "{}", self.err);
        let refusal: Value = serde_json::from_str(&self.err).unwrap_or_else(|_| panic!("{:?}", self.err));
        check_refusal(&refusal, code);
        refusal
    }
}

/// A refusal has a code, a sentence, and a way out; nothing else but the fields it is about and seconds.
pub fn check_refusal(refusal: &Value, code: &str) {
    let keys: Vec<&str> = refusal.as_object().unwrap().keys().map(String::as_str).collect();
    let known = ["code", "message", "hints", "paths", "seconds"];
    assert!(keys.iter().all(|key| known.contains(key)), "{refusal}");
    assert_eq!(refusal["code"], code, "{refusal}");
    let message = refusal["message"].as_str().unwrap();
    assert!(message.ends_with('.') && !message.contains('\n') && message.len() < 160, "{refusal}");
    let hints = refusal["hints"].as_array().unwrap();
    assert!(!hints.is_empty() && hints.iter().all(|hint| !hint.as_str().unwrap().is_empty()), "{refusal}");
}

/// One process that was unlocked once. Dropping it kills it.
pub struct Batch {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Batch {
    /// Sends one command without waiting.
    pub fn send<W: AsRef<str>>(&mut self, words: &[W]) {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        self.send_line(&json!(words).to_string());
    }

    /// Sends one line as it is.
    pub fn send_line(&mut self, line: &str) {
        let to = self.to.as_mut().unwrap();
        to.write_all(format!("{line}\n").as_bytes()).and_then(|()| to.flush()).unwrap();
    }

    /// The next answer; `None` when the process ended without one.
    pub fn answer(&mut self) -> Option<Value> {
        let mut line = String::new();
        let read = self.from.read_line(&mut line).unwrap();
        // A line that the kill cut short acknowledges nothing.
        (read > 0 && line.ends_with('\n')).then(|| serde_json::from_str(&line).unwrap())
    }

    /// Asks for one command and waits for the answer.
    pub fn ask<W: AsRef<str>>(&mut self, words: &[W]) -> Value {
        self.send(words);
        self.answer().expect("an answer")
    }

    /// Asks for one command that must be done.
    pub fn ok<W: AsRef<str>>(&mut self, words: &[W]) -> Value {
        let answer = self.ask(words);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["ok"].clone()
    }

    /// Asks for one command that must be refused.
    pub fn refused<W: AsRef<str>>(&mut self, words: &[W], code: &str) -> Value {
        let answer = self.ask(words);
        check_refusal(&answer["error"], code);
        answer["error"].clone()
    }

    /// The process, for who looks at it from outside.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends the process at once, as a power cut does: SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends the input and waits; gives the exit code and standard error.
    pub fn end(mut self) -> (i32, String) {
        drop(self.to.take());
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        let mut err = String::new();
        std::io::Read::read_to_string(&mut self.child.stderr.take().unwrap(), &mut err).unwrap();
        (code, err)
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

//! The process that is searched: a desk behind a pipe, as the window has it behind its door. Each command is run by the
//! next of three threads, so that what one left is not overwritten by the next.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use serde_json::{Value, json};
use tern_app::call::call;
use tern_app::keystore::{DeviceId, KeystoreKey};
use tern_app::{Cost, Desk, Keystore, Ports, Schema};
use tern_seal::scrubbed;
use zeroize::Zeroizing;

/// Threads that take turns.
const THREADS: usize = 3;
/// Most bytes that can be held on a stack.
const HELD: usize = 64 * 1024;

/// What is asked of the process. The first byte of a message says which.
pub const COMMAND: u8 = b'c';
/// Bytes to keep on the heap and on a stack.
pub const HOLD: u8 = b'h';
/// Ends that.
pub const LET_GO: u8 = b'l';

type Message = Zeroizing<Vec<u8>>;

/// Answers messages until the pipe ends.
pub fn run(folder: &Path, usual: bool) {
    let keystore = Box::new(Folder(folder.with_extension("keystore")));
    let ports = Ports { keystore: Some(keystore), ..Ports::system() };
    let cost = if usual { Cost::USUAL } else { Cost::FLOOR };
    let desk = Arc::new(Desk::new(folder.to_owned(), Schema::embedded().unwrap(), ports, cost));
    let (done, answers) = channel();
    let threads: Vec<Sender<Message>> = (0..THREADS).map(|at| thread(at, &desk, &done)).collect();
    // Not `Stdin`, which would keep what it read.
    let mut input = File::from(std::io::stdin().as_fd().try_clone_to_owned().unwrap());
    let mut output = File::from(std::io::stdout().as_fd().try_clone_to_owned().unwrap());
    let mut turn = threads.iter().cycle();
    while let Some(message) = read(&mut input) {
        let holds = message.first() == Some(&HOLD);
        turn.next().unwrap().send(message).unwrap();
        write(&mut output, &answers.recv().unwrap());
        if holds {
            // Whoever holds waits for its end.
            let ending = read(&mut input).unwrap();
            threads.iter().for_each(|thread| thread.send(ending.clone()).unwrap());
            (0..THREADS).for_each(|_| drop(answers.recv().unwrap()));
            write(&mut output, b"null");
        }
    }
}

fn thread(at: usize, desk: &Arc<Desk>, done: &Sender<Message>) -> Sender<Message> {
    let (to, messages) = channel::<Message>();
    let (desk, done) = (Arc::clone(desk), done.clone());
    std::thread::Builder::new()
        .name(format!("commands-{at}"))
        .spawn(move || {
            while let Ok(message) = messages.recv() {
                match message.split_first() {
                    Some((&COMMAND, asked)) => done.send(answer(&desk, asked)).unwrap(),
                    Some((&HOLD, held)) => {
                        scrubbed(|| hold(held, &messages, &done));
                        done.send(Message::default()).unwrap();
                    }
                    _ => done.send(Message::default()).unwrap(),
                }
            }
        })
        .unwrap();
    to
}

fn answer(desk: &Desk, asked: &[u8]) -> Message {
    let asked: Value = serde_json::from_slice(asked).unwrap();
    let reply = match call(desk, asked["command"].as_str().unwrap(), &asked["args"]) {
        Ok(ok) => json!({ "ok": ok }),
        Err(error) => json!({ "error": error }),
    };
    Zeroizing::new(serde_json::to_vec(&reply).unwrap())
}

/// Keeps bytes where work with keys does: the message lies on the heap, and this leaves a copy on the stack.
fn hold(held: &[u8], messages: &Receiver<Message>, done: &Sender<Message>) {
    let mut stack = [0; HELD];
    stack[..held.len()].copy_from_slice(held);
    std::hint::black_box(&mut stack);
    done.send(Message::default()).unwrap();
    drop(messages.recv().unwrap());
}

fn read(from: &mut File) -> Option<Message> {
    let mut length = [0; 4];
    from.read_exact(&mut length).ok()?;
    let mut message = Zeroizing::new(vec![0; usize::try_from(u32::from_le_bytes(length)).unwrap()]);
    from.read_exact(&mut message).ok()?;
    Some(message)
}

fn write(to: &mut File, message: &[u8]) {
    to.write_all(&u32::try_from(message.len()).unwrap().to_le_bytes()).unwrap();
    to.write_all(message).unwrap();
}

/// A keystore of the operating system holds its keys in another process; here it is a folder.
struct Folder(PathBuf);

impl Keystore for Folder {
    fn get(&self, device: DeviceId) -> Option<KeystoreKey> {
        let kept = Zeroizing::new(std::fs::read(self.0.join(device.to_hex())).ok()?);
        KeystoreKey::from_slice(&kept).ok()
    }

    fn put(&self, device: DeviceId, key: &KeystoreKey) -> bool {
        std::fs::create_dir_all(&self.0).is_ok()
            && std::fs::write(self.0.join(device.to_hex()), key.as_bytes()).is_ok()
    }
}

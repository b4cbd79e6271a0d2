//! Words of the command line about people, devices and keys.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Who somebody will be.
#[derive(Clone, Debug, Args)]
pub struct Whom {
    /// Name of the worker.
    #[arg(long = "worker", value_name = "NAME")]
    pub name: String,
    /// Code of a role, as in schema/codelists/role.json. Repeat for more.
    #[arg(long = "role", value_name = "ROLE", required = true)]
    pub roles: Vec<String>,
    /// Name of the site; this device's own by default.
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
}

/// Devices.
#[derive(Debug, Subcommand)]
pub enum Device {
    /// Write an invitation that one device can answer, once.
    Invite {
        /// File to write.
        out: PathBuf,
        /// Hours for which it holds: 2 by default, 1 to 336.
        #[arg(long, value_name = "N")]
        hours: Option<u32>,
    },
    /// On a new device, in an empty folder: make keys and ask to be admitted.
    Request {
        /// The invitation.
        #[arg(long, value_name = "FILE")]
        invite: PathBuf,
        /// What the device is called.
        #[arg(long, value_name = "NAME")]
        device: String,
        /// File to write.
        out: PathBuf,
    },
    /// Admit a device that asked.
    Admit {
        /// The request.
        request: PathBuf,
        /// Who will be at work there.
        #[command(flatten)]
        whom: Whom,
        /// The four words that the new device shows; they are compared before anything is signed.
        #[arg(long, value_name = "WORDS")]
        check_words: String,
        /// File to write.
        out: PathBuf,
    },
    /// On the new device: join by the admission.
    Join {
        /// The admission.
        admission: PathBuf,
    },
    /// Everybody, on which devices, with what.
    List,
    /// Take somebody in again whose admission does not count any more, because who said it was taken out by somebody
    /// who had not heard of it. Compare the first four characters of the seat with the mark on that device.
    AdmitAgain {
        /// The seat, by its id or its worker's name.
        seat: String,
        /// Name of the worker, where it cannot be read here.
        #[arg(long, value_name = "NAME")]
        worker: Option<String>,
    },
    /// Give a seat other roles, or another site.
    Change {
        /// The seat, by its id, the beginning of it, or its worker's name.
        seat: String,
        /// Code of a role, as in schema/codelists/role.json. Repeat for more.
        #[arg(long = "role", value_name = "ROLE", required = true)]
        roles: Vec<String>,
        /// Name of the site.
        #[arg(long, value_name = "NAME")]
        site: Option<String>,
    },
    /// Leave the keys behind before a checkpoint: nobody opens this device until a coordinator gives them back.
    Travel,
    /// Get the keys back after a journey.
    #[command(subcommand)]
    Return(Return),
    /// Take a seat out and replace every key that it had: with everybody on its device when that is lost or stolen.
    Remove {
        /// The seat, by its id, the beginning of it, or its worker's name.
        seat: String,
        /// lost, stolen, left, replaced, misused or by_mistake.
        #[arg(long, value_name = "CODE")]
        reason: String,
        /// Everybody who works on that device, whatever the reason.
        #[arg(long, conflicts_with = "seat_only")]
        whole_device: bool,
        /// This seat alone, whatever the reason.
        #[arg(long)]
        seat_only: bool,
    },
}

/// Workers of this device.
#[derive(Debug, Subcommand)]
pub enum Worker {
    /// Get in again without the words.
    #[command(subcommand)]
    Recover(Recover),
    /// Get in by the rescue code; new words are drawn and told once.
    Rescue {
        /// File with the rescue code; else TERN_RESCUE, else it is asked for on a terminal.
        #[arg(long, value_name = "FILE")]
        rescue_file: Option<PathBuf>,
        /// Read the new words from this file instead of drawing them.
        #[arg(long, value_name = "FILE")]
        words_file: Option<PathBuf>,
    },
    /// Admit a further worker on this device; their passphrase is drawn and told once.
    Add {
        /// Name of the worker.
        name: String,
        /// Code of a role, as in schema/codelists/role.json. Repeat for more.
        #[arg(long = "role", value_name = "ROLE", required = true)]
        roles: Vec<String>,
        /// Name of the site; this device's own by default.
        #[arg(long, value_name = "NAME")]
        site: Option<String>,
        /// Read the worker's passphrase from this file instead of drawing one.
        #[arg(long, value_name = "FILE")]
        words_file: Option<PathBuf>,
    },
    /// Ask a coordinator to admit a further worker on this device; their passphrase is drawn and told once.
    Request {
        /// The coordinator's invitation.
        #[arg(long, value_name = "FILE")]
        invite: PathBuf,
        /// Read the worker's passphrase from this file instead of drawing one.
        #[arg(long, value_name = "FILE")]
        words_file: Option<PathBuf>,
        /// File to write.
        out: PathBuf,
    },
    /// Take the admission of a worker who waits on this device.
    Join {
        /// The admission.
        admission: PathBuf,
    },
    /// Workers who wait on this device and asked while this one was at work.
    Waiting,
    /// Give up what a worker asked for on this device.
    GiveUp {
        /// The seat, as `worker waiting` tells it.
        seat: String,
    },
}

/// Keys come back after a journey.
#[derive(Debug, Subcommand)]
pub enum Return {
    /// On the device that has arrived: write what is asked of one coordinator.
    Ask {
        /// File to write.
        out: PathBuf,
    },
    /// On a coordinator's device: give the keys back.
    Approve {
        /// What was asked.
        ask: PathBuf,
        /// The four words that the other device shows.
        #[arg(long, value_name = "WORDS")]
        check_words: String,
        /// File to write.
        out: PathBuf,
    },
    /// On the device that has arrived: take them.
    Finish {
        /// The approval.
        approval: PathBuf,
    },
}

/// Forgotten words, with the help of two coordinators.
#[derive(Debug, Subcommand)]
pub enum Recover {
    /// On the locked device: write what is asked of two coordinators.
    Ask {
        /// File to write.
        out: PathBuf,
        /// First characters of the seat, where several workers have words here.
        #[arg(long, value_name = "MARK")]
        seat: Option<String>,
    },
    /// On a coordinator's device: give what this coordinator holds.
    Approve {
        /// What was asked.
        ask: PathBuf,
        /// The four words that the other device shows.
        #[arg(long, value_name = "WORDS")]
        check_words: String,
        /// File to write.
        out: PathBuf,
    },
    /// On the locked device: take approvals; new words are drawn and told once.
    Finish {
        /// The approvals of two coordinators.
        #[arg(required = true)]
        approvals: Vec<PathBuf>,
        /// Read the new words from this file instead of drawing them.
        #[arg(long, value_name = "FILE")]
        words_file: Option<PathBuf>,
    },
}

/// A coordinator on paper, for the day when all others are lost.
#[derive(Debug, Subcommand)]
pub enum Sheet {
    /// Make the two pages. An earlier sheet counts beside them until they are tried or kept.
    Make,
    /// Sheets that count, and when each was tried.
    List,
    /// Say that the newest sheet is on paper: earlier ones open nothing afterwards.
    Keep,
    /// Say that the newest sheet is not on paper: it opens nothing afterwards.
    Drop,
    /// Try whether two pages are right, without using them. Right ones of the newest sheet end earlier sheets.
    Drill(Pages),
}

/// Two pages, each in a file of its own.
#[derive(Clone, Debug, Args)]
pub struct Pages {
    /// File with the first page.
    #[arg(long, value_name = "FILE")]
    pub page_one: PathBuf,
    /// File with the other page.
    #[arg(long, value_name = "FILE")]
    pub page_two: PathBuf,
}

/// Sites.
#[derive(Debug, Subcommand)]
pub enum Site {
    /// Open a site with keys of its own.
    Create {
        /// Name of the site.
        name: String,
        /// Country, by the three letters of ISO 3166, such as UKR; for practice QME, QMV or QMO.
        #[arg(long)]
        country: String,
    },
}

/// Keys.
#[derive(Debug, Subcommand)]
pub enum Scope {
    /// What is kept under which keys.
    List,
}

/// The membership.
#[derive(Debug, Subcommand)]
pub enum Roster {
    /// How many statements there are; with --out they are written to a file.
    Log {
        /// File to write.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Take in what other members signed.
    Read {
        /// A file that roster log wrote.
        file: PathBuf,
    },
    /// Lend this coordinator's half of the root key to another coordinator.
    Lend {
        /// The other coordinator's seat, by its id, the beginning of it, or its worker's name.
        seat: String,
        /// File to write.
        out: PathBuf,
    },
    /// Give new halves of the root key to those who coordinate now.
    Share {
        /// Another coordinator's half.
        #[arg(long, value_name = "FILE")]
        half: PathBuf,
    },
    /// Say with the root key that of a coordinator's seat only what is known here counts. Without --do it tells what would
    /// be undone, who would be in again first, and does nothing.
    Void {
        /// The seat, by its id, the beginning of it, or its worker's name.
        seat: String,
        /// The seat's first statement that does not count, as roster log names it or the beginning of it; by default, what is not known here yet.
        #[arg(long, value_name = "ENTRY")]
        from: Option<String>,
        /// Another coordinator's half, once the key is shared.
        #[arg(long, value_name = "FILE")]
        half: Option<PathBuf>,
        /// Somebody whose removal is undone comes back. Repeat for more.
        #[arg(long, value_name = "SEAT")]
        back: Vec<String>,
        /// Somebody whose removal would be undone stays out: it is said anew. Repeat for more.
        #[arg(long, value_name = "SEAT")]
        keep_out: Vec<String>,
        /// Do it.
        #[arg(long = "do")]
        done: bool,
    },
}

/// Where this worker's work is.
#[derive(Debug, Subcommand)]
pub enum Work {
    /// Counts: what lies here alone, what is sealed, what waits for a site that does not count any more.
    Show,
    /// Hand on what waits for such a site at the site where this worker works now.
    Move,
}

/// Work that is kept aside.
#[derive(Debug, Subcommand)]
pub enum Review {
    /// What is kept aside, and why.
    List,
    /// Take it, with all that came before it in the same log; also what was left aside.
    Accept {
        /// The entry, as review list names it, or the beginning of it.
        entry: String,
    },
    /// Leave it aside; nothing is thrown away.
    Decline {
        /// The entry, as review list names it, or the beginning of it.
        entry: String,
    },
}

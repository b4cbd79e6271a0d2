//! Words of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub use crate::args_groups::{Family, Paper, Tally};
pub use crate::args_members::{
    Device, Pages, Recover, Return, Review, Roster, Scope, Sheet, Site, Work, Worker,
};
pub use crate::args_sync::Sync;

/// Registers and finds children on the move, offline and encrypted.
#[derive(Debug, Parser)]
#[command(name = "tern", version, about, max_term_width = 100)]
pub struct Cli {
    /// What applies to every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Over the options of every command in its help.
const EVERY: &str = "For every command";

/// What applies to every command.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// The data folder; the platform's place for application data by default.
    #[arg(long, global = true, help_heading = EVERY, env = "TERN_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Read the passphrase from this file; else TERN_PASSPHRASE, else it is asked for on a terminal.
    #[arg(long, global = true, help_heading = EVERY, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Print one JSON value and nothing else.
    #[arg(long, global = true, help_heading = EVERY)]
    pub json: bool,
    /// Pretend that it is this moment (RFC 3339) for ages and reports. Never dates a change.
    #[arg(long, global = true, help_heading = EVERY, value_name = "INSTANT", value_parser = moment)]
    pub at: Option<i64>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a programme.
    #[command(subcommand)]
    Programme(Programme),
    /// Exchange work with others, and see where it is.
    #[command(subcommand)]
    Sync(Sync),
    /// Register a child from answers in JSON.
    Register {
        /// File with the answers, or - for standard input: {"names":["Samira"],"sex":"F","age":11,"accompaniment":"unaccompanied"}.
        #[arg(long, value_name = "FILE")]
        answers: PathBuf,
    },
    /// List answers that devices gave differently without knowing of each other.
    Conflicts,
    /// Settle such an answer; the others stay in the history, and "tern undo" takes it back.
    Settle {
        /// Number, longer prefix or whole id.
        id: String,
        /// The answer, as "tern conflicts" tells its path.
        path: String,
        /// By the answer that this change gave; as much of its beginning as means it alone.
        #[arg(long, value_name = "CHANGE", required_unless_present_any = ["value", "both"], conflicts_with_all = ["value", "both"])]
        keep: Option<String>,
        /// By another answer, in JSON.
        #[arg(long, value_name = "JSON", conflicts_with = "both")]
        value: Option<String>,
        /// By all of them: each in a row of its own, or as paragraphs of one text.
        #[arg(long)]
        both: bool,
    },
    /// Take changes back: what stood before stands again, and what was settled is in dispute again.
    Undo {
        /// Number, longer prefix or whole id.
        id: String,
        /// What "tern settle", "tern edit" or "tern history" told; as much of its beginning as means it alone.
        #[arg(value_name = "CHANGE", required = true)]
        changes: Vec<String>,
    },
    /// List what was not taken, with the reasons.
    Quarantine,
    /// Find children by name, in any script, or by number.
    Find {
        /// A name, part of one, or a number.
        text: String,
        /// Most answers.
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// Show what this seat may read of a child.
    Show {
        /// Number, longer prefix or whole id.
        id: String,
        /// As it was stated at this moment (RFC 3339).
        #[arg(long, value_name = "INSTANT", value_parser = moment)]
        as_of: Option<i64>,
        /// Why what is restricted is read; without it, it stays closed.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Change answers of a child.
    Edit {
        /// Number, longer prefix or whole id.
        id: String,
        /// PATH=JSON, a text in quotes of its own: 'sex="F"'; null clears. Repeat for more.
        #[arg(long = "set", value_name = "PATH=JSON", required = true)]
        set: Vec<String>,
        /// The heads that you saw, comma between; now's by default.
        #[arg(long, value_delimiter = ',', value_name = "HEADS")]
        heads: Vec<String>,
    },
    /// Add a row to a list of a child.
    Add {
        /// Number, longer prefix or whole id.
        id: String,
        /// The list.
        list: String,
        /// FIELD=JSON. Repeat for more.
        #[arg(long = "set", value_name = "FIELD=JSON", required = true)]
        set: Vec<String>,
    },
    /// Begin a record of another kind: a place, an organisation, a visit …
    New {
        /// Its kind; "tern list" tells them.
        kind: String,
        /// PATH=JSON. Repeat for more; LIST/+1/FIELD begins a row.
        #[arg(long = "set", value_name = "PATH=JSON", required = true)]
        set: Vec<String>,
    },
    /// List records of another kind, or the kinds there are.
    List {
        /// The kind.
        kind: Option<String>,
    },
    /// Print a note of good practice as text to hand on.
    Text {
        /// Number, longer prefix or whole id.
        id: String,
    },
    /// Move an entry to the child it belongs to: it is then gone from the first one's record and history.
    Move {
        /// The child it was typed into.
        id: String,
        /// `list/row`, or a free-text field.
        #[arg(value_name = "ENTRY")]
        entry: String,
        /// The child it belongs to.
        to: String,
    },
    /// Every change to a child, oldest first.
    History {
        /// Number, longer prefix or whole id.
        id: String,
        /// Why what is restricted is read; without it, it stays closed.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Who read what is restricted and why, what a rule stopped, who was admitted and removed.
    Audit {
        /// Of one record.
        #[arg(long, value_name = "ID")]
        record: Option<String>,
        /// About one worker on a device, or a recovery sheet.
        #[arg(long, value_name = "SEAT", conflicts_with = "record")]
        seat: Option<String>,
    },
    /// Children of this site against needs, most urgent first.
    Board {
        /// Another site, by its name.
        #[arg(long, value_name = "NAME")]
        site: Option<String>,
    },
    /// What is to be done: for one child, or for all of this site.
    Tasks {
        /// Number, longer prefix or whole id.
        id: Option<String>,
    },
    /// Propose an answer that needs a second worker.
    Propose {
        /// Number, longer prefix or whole id.
        id: String,
        /// PATH=JSON.
        #[arg(value_name = "PATH=JSON")]
        set: String,
    },
    /// Confirm what another worker proposed.
    Confirm {
        /// The change that proposed it; as much of its beginning as means it alone.
        change: String,
    },
    /// Take a proposal back.
    Withdraw {
        /// The change that proposed it; as much of its beginning as means it alone.
        change: String,
    },
    /// Propose that two records are of the same child; another worker confirms it.
    LinkSame {
        /// Number, longer prefix or whole id.
        id: String,
        /// The record that stays the one to read.
        other: String,
    },
    /// Take a link between two records back; both were whole all along.
    Unlink {
        /// Number, longer prefix or whole id.
        id: String,
        /// The other record.
        other: String,
    },
    /// Devices and the people at work on them.
    #[command(subcommand)]
    Device(Device),
    /// Further workers of this device.
    #[command(subcommand)]
    Worker(Worker),
    /// Sites of the programme.
    #[command(subcommand)]
    Site(Site),
    /// Keys of the programme.
    #[command(subcommand)]
    Scope(Scope),
    /// The signed membership.
    #[command(subcommand)]
    Roster(Roster),
    /// The recovery sheet.
    #[command(subcommand)]
    Sheet(Sheet),
    /// Work that is kept aside: of removed devices, and whatever else does not count as it comes.
    #[command(subcommand)]
    Review(Review),
    /// Where this worker's work is, and what waits.
    #[command(subcommand)]
    Work(Work),
    /// Count the children of a bus or a boat.
    #[command(subcommand)]
    Tally(Tally),
    /// Bundles of forms that were filled in by hand.
    #[command(subcommand)]
    Paper(Paper),
    /// Children of one family.
    #[command(subcommand)]
    Family(Family),
    /// Papers to fill in by hand.
    #[command(subcommand)]
    Print(Print),
    /// Papers for the child and its family.
    #[command(subcommand)]
    Export(Export),
    /// Forms as data.
    #[command(subcommand)]
    Forms(Forms),
    /// Codes that a field takes, such as for "edit --set"; without a name, every list with the fields that take from it.
    Codes {
        /// A field as "show" names it, such as sex or names/use, or a list.
        of: Option<String>,
    },
    /// Photos of a child.
    #[command(subcommand)]
    Photo(Photo),
    /// Register fictitious children; practice programmes only.
    Demo {
        /// How many.
        #[arg(long)]
        children: u64,
        /// The same seed draws the same children.
        #[arg(long)]
        seed: u64,
    },
    /// Take records in from a file.
    #[command(subcommand)]
    Import(Import),
    /// Seal what is not sealed yet.
    Lock,
    /// Check signatures, chains, attachments and derived tables.
    Verify {
        /// Make the derived tables again.
        #[arg(long)]
        rebuild: bool,
    },
    /// One unlock, then one JSON array of arguments a line in, one result a line out.
    Batch,
}

/// Programmes.
#[derive(Debug, Subcommand)]
pub enum Programme {
    /// Make a new programme and its vault in an empty folder.
    Create {
        /// Name of the programme.
        #[arg(long)]
        name: String,
        /// Name of the first site.
        #[arg(long)]
        site: String,
        /// Country of the site, by the three letters of ISO 3166, such as UKR; for practice QME, QMV or QMO.
        #[arg(long)]
        country: String,
        /// Name of the worker.
        #[arg(long)]
        worker: String,
        /// A practice programme, for ever.
        #[arg(long)]
        practice: bool,
        /// Children are known to their own site only.
        #[arg(long)]
        narrow_core: bool,
    },
    /// Begin again on an empty device from a recovery sheet, when every coordinator is lost.
    Recover {
        /// The signed membership, from any device or hub of the programme.
        #[arg(long, value_name = "FILE")]
        roster: PathBuf,
        /// The pages.
        #[command(flatten)]
        pages: Pages,
        /// Name of the worker; somebody of this name who was in the programme is the same person.
        #[arg(long, value_name = "NAME")]
        worker: String,
        /// What the device is called.
        #[arg(long, value_name = "NAME")]
        device: String,
    },
}

/// Files that are taken in.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Children in the shorthand of stories; practice programmes only. The whole file or nothing.
    Stories {
        /// A YAML file.
        file: PathBuf,
    },
}

/// Papers to fill in by hand.
#[derive(Debug, Subcommand)]
pub enum Print {
    /// A blank form with a random number, as HTML that prints by itself.
    Blank {
        /// The form, as "forms list" names it.
        form: String,
        /// Where to write it.
        file: PathBuf,
        /// Write over a file that is there already.
        #[arg(long)]
        force: bool,
    },
}

/// Papers to keep.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// The own copy of a record: plain text, or JSON when the file's name ends so.
    Record {
        /// Number, longer prefix or whole id.
        id: String,
        /// Where to write it.
        file: PathBuf,
        /// Whose hands it goes into.
        #[arg(long = "for", value_parser = ["child", "caregiver"])]
        whom: String,
        /// Write over a file that is there already.
        #[arg(long)]
        force: bool,
    },
}

/// Forms.
#[derive(Debug, Subcommand)]
pub enum Forms {
    /// Every form, with the kind of record it fills.
    List,
    /// The fields of a form: id, kind, tier, rule, source.
    Show {
        /// Its id.
        form: String,
    },
    /// Check a folder with forms, code lists and texts, as they would be built in.
    Check {
        /// The folder.
        folder: PathBuf,
    },
}

/// Photos.
#[derive(Debug, Subcommand)]
pub enum Photo {
    /// Add a photo from a file; needs a photo consent.
    Add {
        /// Number, longer prefix or whole id.
        id: String,
        /// JPEG, PNG or WebP.
        file: PathBuf,
    },
}

fn moment(text: &str) -> Result<i64, String> {
    tern_app::script::instant(text).ok_or_else(|| "not a moment like 2026-11-24T14:30:00+02:00".to_owned())
}

/// Splits PATH=JSON. A value that is no JSON is refused, so that a typing slip is not saved as text.
pub fn pair(text: &str) -> Option<(String, &str)> {
    let (path, json) = text.split_once('=')?;
    (!path.is_empty()).then(|| (path.trim().to_owned(), json))
}

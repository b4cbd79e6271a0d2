//! Words of the command line about work in the field: a bus, a bundle of forms, a family.

use std::path::PathBuf;

use clap::Subcommand;

/// Counting a bus.
#[derive(Debug, Subcommand)]
pub enum Tally {
    /// Begin with the count by head.
    Begin {
        /// What the bus or boat is called here.
        name: String,
        /// Children, counted by head.
        headcount: u32,
    },
    /// Count a child: it has a record and a number at once.
    Add {
        /// The arrival.
        arrival: String,
        /// What is written on the band.
        #[arg(long)]
        wristband: Option<String>,
        /// Code of list sex.
        #[arg(long)]
        sex: Option<String>,
        /// Code of list age_band_seen.
        #[arg(long)]
        band: Option<String>,
        /// Code of list claimed_relation, none_to_add or unknown.
        #[arg(long)]
        with: Option<String>,
        /// Code of list help_asked. Repeat for more.
        #[arg(long = "asks")]
        asks: Vec<String>,
    },
    /// Every arrival, the latest first.
    List,
    /// The list of an arrival, who needs help most first.
    Show {
        /// The arrival.
        arrival: String,
    },
    /// Take a line out that was typed by mistake.
    Out {
        /// The arrival.
        arrival: String,
        /// The row.
        row: String,
    },
    /// Take a line back in.
    In {
        /// The arrival.
        arrival: String,
        /// The row.
        row: String,
    },
}

/// Bundles of paper.
#[derive(Debug, Subcommand)]
pub enum Paper {
    /// Begin a bundle with its count.
    Begin {
        /// What it is called here.
        name: String,
        /// Forms in it.
        forms: u32,
        /// Day of the interviews.
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
        /// Name or sign of who asked.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Where they asked.
        #[arg(long = "where", value_name = "PLACE")]
        place: Option<String>,
        /// Code of list paper_consent.
        #[arg(long)]
        consent: Option<String>,
        /// Where the paper lies.
        #[arg(long, value_name = "PLACE")]
        lies: Option<String>,
        /// Day on which it is destroyed.
        #[arg(long, value_name = "DAY")]
        destroy: Option<String>,
    },
    /// Type a form: answers in JSON as "register" takes them.
    Type {
        /// The bundle.
        batch: String,
        /// Number on the form; "" for none.
        number: String,
        /// File with the answers.
        answers: PathBuf,
    },
    /// Every bundle, those with forms left first.
    List,
    /// A bundle with what was typed of it.
    Show {
        /// The bundle.
        batch: String,
    },
}

/// Children of one family.
#[derive(Debug, Subcommand)]
pub enum Family {
    /// Begin the form of the next child; it is finished in the window.
    Next {
        /// The child before.
        of: String,
        /// A brother or sister, not to be separated.
        #[arg(long)]
        sibling: bool,
        /// Row of a person who is with this child too. Repeat for more.
        #[arg(long = "person", value_name = "ROW")]
        persons: Vec<String>,
    },
    /// Join a household, leave it, or move one whole.
    Move {
        /// Children.
        children: Vec<String>,
        /// A household whose children all move.
        #[arg(long, value_name = "ID")]
        whole: Option<String>,
        /// The household they move into.
        #[arg(long, value_name = "ID")]
        to: Option<String>,
        /// Name of a new household.
        #[arg(long)]
        name: Option<String>,
        /// Room, tent or address of a new household.
        #[arg(long)]
        unit: Option<String>,
        /// The day; today by default.
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
    },
}

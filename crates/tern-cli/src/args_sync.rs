//! Words of the command line about exchanging work.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Subcommand;

/// Exchanges.
#[derive(Debug, Subcommand)]
pub enum Sync {
    /// Exchange with a hub, once. The first one that answers stays set: "tern sync hub" alone goes there again.
    Hub {
        /// Its address in quotes, as the hub tells it at its start: 'https://hub.example:8443#KEY'. The hub that is set by
        /// default.
        url: Option<String>,
        /// Again and again until it is stopped, one result a line; more rarely while the hub does not answer.
        #[arg(long, conflicts_with = "forget")]
        watch: bool,
        /// Forget it instead: work that lies there is not called safe any more.
        #[arg(long)]
        forget: bool,
    },
    /// Listen to other devices of this programme in the same network until it is stopped; what to give them comes first.
    Serve {
        /// Where to listen; port 0 is any that is free.
        #[arg(long, value_name = "ADDR", default_value = "0.0.0.0:0")]
        listen: SocketAddr,
        /// Stop when the first one came and went.
        #[arg(long)]
        once: bool,
    },
    /// Exchange with a device that listens, once.
    With {
        /// What it tells, in quotes: 'https://192.0.2.7:4711#KEY'.
        address: String,
    },
    /// Write work into a file for others. Who finds it reads nothing of it.
    Write {
        /// File to write.
        file: PathBuf,
        /// For this seat's device only, without what it is known to hold. Repeat for more; everybody by default.
        #[arg(long = "for", value_name = "SEAT")]
        to: Vec<String>,
    },
    /// Read such a file. Reading it again changes nothing.
    Read {
        /// The file.
        file: PathBuf,
    },
    /// Write what is held here, so that others know what lies safe with this device.
    Receipt {
        /// File to write.
        file: PathBuf,
        /// For this seat's device alone: a short text, which also goes as pictures from screen to screen.
        #[arg(long = "for", value_name = "SEAT")]
        to: Option<String>,
    },
    /// Where the work of this device is: at a hub, on another device, or only here.
    Status,
}

//! A hub that runs in this process.

use std::path::Path;

use clap::Parser as _;
use tern_hub::log::Log;
use tern_hub::settings::Settings;
use tern_hub::start::{Started, start};

use crate::tern::Tern;

/// A hub in a folder, begun with the members that a device knows: they come by this file.
pub fn hub_in(tern: &Tern, folder: &Path, roster: &Path) -> Started {
    tern_store::lend_heap().unwrap();
    if !roster.exists() {
        tern.run(&["roster", "log", "--out", roster.to_str().unwrap()]).ok();
    }
    let store = format!("sqlite:{}", folder.join("hub.db").display());
    let words =
        ["tern-hub", "--store", &store, "--realm", roster.to_str().unwrap(), "--listen", "127.0.0.1:0"];
    start(&Settings::try_parse_from(words).unwrap(), Log::to(Box::new(std::io::sink()))).unwrap()
}

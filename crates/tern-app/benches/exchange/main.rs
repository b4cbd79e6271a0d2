//! What an exchange costs: real vaults that really exchange, beside the bytes that are missing and beside Automerge's own
//! protocol over the same documents, in one run.
//!
//! `cargo bench -p tern-app --bench exchange` makes programmes of 1 000 and of 10 000 children; `TERN_BENCH_SIZES=1000` and
//! `TERN_BENCH_DEVICES=0` shorten it; `TERN_BENCH_MAKE_IN=/dev/shm` makes the children in memory, before anything is measured.
//! Prints a table and writes `out/bench/exchange.json`.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs
)]

mod automerge_sync;
mod bytes;
mod cost;
mod devices;
mod hub;
mod link;

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::json;

use crate::automerge_sync::Automerge;
use crate::cost::Row;
use crate::devices::Device;
use crate::link::Link;

/// Changes that the record of a child has, in the mean.
const CHANGES_EACH: usize = 10;
/// Devices that exchange with one hub, when nothing else is asked for.
const DEVICES: &str = "50";

fn main() {
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let sizes: Vec<usize> = std::env::var("TERN_BENCH_SIZES")
        .unwrap_or_else(|_| "1000,10000".into())
        .split(',')
        .map(|size| size.trim().parse().expect("sizes are whole numbers"))
        .collect();
    let out = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../out/bench");
    std::fs::create_dir_all(&out).unwrap();
    let mut rows = Vec::new();
    for size in sizes {
        let folder = tempfile::tempdir_in(&out).unwrap();
        rows.extend(of_size(folder.path(), size));
    }
    let devices = std::env::var("TERN_BENCH_DEVICES").unwrap_or_else(|_| DEVICES.into());
    let devices: usize = devices.parse().expect("a whole number");
    if devices > 0 {
        let folder = tempfile::tempdir_in(&out).unwrap();
        rows.extend(shown(hub::busy(folder.path(), devices)));
    }
    let report = json!({
        "cpus": std::thread::available_parallelism().map_or(0, usize::from),
        "load": std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim(),
        "rows": rows.iter().map(Row::json).collect::<Vec<_>>(),
    });
    std::fs::write(out.join("exchange.json"), format!("{report:#}\n")).unwrap();
}

fn shown(rows: Vec<Row>) -> Vec<Row> {
    rows.iter().for_each(Row::print);
    rows
}

/// Two devices of a programme with so many children.
fn of_size(folder: &Path, size: usize) -> Vec<Row> {
    let began = Instant::now();
    let making = std::env::var_os("TERN_BENCH_MAKE_IN").map(|folder| tempfile::tempdir_in(folder).unwrap());
    let mut first = Device::first(making.as_ref().map_or(folder, |making| making.path()));
    let children = first.make(size);
    first = first.visit(&children, CHANGES_EACH);
    if making.is_some() {
        first = first.moved_to(folder);
    }
    let mut second = first.join(folder, "Tomas");
    let mut third = first.join(folder, "Sana");
    let changes = first.changes();
    eprintln!(
        "{size} children: {changes} changes, {CHANGES_EACH} of each child, in {} envelopes, made in {:.0} s",
        first.envelopes(),
        began.elapsed().as_secs_f64()
    );
    let mut rows = Vec::new();
    let mut add = |row: Row| {
        row.print();
        rows.push(row);
    };
    let everything = cost::meet(&mut second.app, &mut first.app);
    let each = everything.bytes as f64 / size as f64;
    add(everything
        .row(size, "new device")
        .noted(format!("{each:.0} bytes a child, {changes} changes, {CHANGES_EACH} of each child")));
    add(cost::meet_gently(&mut third.app, &mut first.app).row(size, "new device, somebody at work"));
    drop(third);
    add(cost::meet(&mut second.app, &mut first.app).row(size, "equal devices"));
    add(cost::status(&mut first.app).row(size, "where the work is, asked on a screen"));
    let mark = (first.app.seat(), first.last_place());
    let some = (changes as usize / 100).max(10);
    first.edit(&children, some, 0);
    second.edit(&children, some, size / 2);
    let news = cost::meet(&mut second.app, &mut first.app);
    add(news
        .row(size, "1 % of the changes new on each side")
        .noted(format!("{some} changes each, ten a sitting")));
    add(cost::meet(&mut first.app, &mut second.app).row(size, "equal devices, the other one asks"));
    first.edit(&children, 100, size / 4);
    let room = Link::SLOW.room();
    let (slow, seconds) = Link::SLOW.meet(&mut second.app, &mut first.app, room);
    add(slow.row(size, "slow link, 100 records edited").noted(format!(
        "{seconds:.0} s of virtual time, at least {:.0} for the missing bytes",
        Link::SLOW.at_least(slow.floor)
    )));
    let by_file = cost::by_file(&mut first.app, &folder.join("work.tern"), second.app.seat());
    add(by_file.row(size, "file for a device that holds all of it"));
    drop(second);
    let opened = first.opened();
    bytes::tell(&opened, size);
    for row in Automerge::of(&opened.documents(mark)).rows(size) {
        add(row);
    }
    rows
}

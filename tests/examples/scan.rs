//! Searches files and folders for a text in every spelling: `cargo run -p tern-stories --example scan -- TEXT DIR…`
//! Exit 1 when it is found anywhere.

use std::io::Write as _;
use std::path::Path;

use tern_stories::scan::Scan;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((text, places)) =
        words.split_first().filter(|(text, places)| text.chars().count() >= 8 && !places.is_empty())
    else {
        let _ = writeln!(std::io::stderr(), "scan TEXT DIR…   TEXT of eight characters or more");
        std::process::exit(2);
    };
    let mut scan = Scan::of(&[text]);
    places.iter().for_each(|place| scan.path(Path::new(place)));
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{} bytes in {} pieces searched", scan.bytes, scan.files);
    for (place, spelling) in &scan.found {
        let _ = writeln!(out, "found as {spelling}: {place}");
    }
    std::process::exit(i32::from(!scan.found.is_empty()));
}

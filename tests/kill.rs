//! Nothing that Tern called saved is lost, and nothing is ever half there, when the process ends at any moment.
//!
//! One unlocked process after another saves children and changes and is ended by SIGKILL while it saves, at
//! moments spread over the whole of a save. Each time the folder is opened again and everything is looked over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::Write as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tern_stories::{Batch, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// How often the process is ended while it saves.
const KILLS: u32 = 72;
/// Saves that are acknowledged before each kill.
const BEFORE: u32 = 2;
/// At least so many saves of either kind must have been seen.
const ENOUGH: u32 = 30;

/// One save: a child, or a change to one; each with a word of its own that is in both compartments.
#[derive(Clone)]
enum Save {
    Child { word: String },
    Change { of: String, word: String },
}

impl Save {
    fn words(&self, tern: &Tern) -> Vec<String> {
        match self {
            Self::Child { word } => {
                let answers = json!({
                    "names": [word], "sex": "F", "age": 9, "accompaniment": "separated", "where_from": word,
                    "distinguishing_marks": word, "external_ids": [{ "system": "story", "value": word }],
                });
                let file = tern.bring(&format!("{word}.json"), answers.to_string());
                ["register", "--answers", &file].map(str::to_owned).to_vec()
            }
            Self::Change { of, word } => {
                let (core, protection) =
                    (format!("where_from=\"{word}\""), format!("distinguishing_marks=\"{word}\""));
                ["edit", of, "--set", &core, "--set", &protection].map(str::to_owned).to_vec()
            }
        }
    }

    /// True when all of it is there, false when none is; anything between fails.
    fn is_there(&self, batch: &mut Batch) -> bool {
        match self {
            Self::Child { word } => {
                let found = batch.ok(&["find", word, "--limit", "400"]);
                let by_external = batch.ask(&["show", word]);
                // Others may sound alike.
                if !found.as_array().unwrap().iter().any(|hit| hit["name"] == json!(word)) {
                    assert_eq!(by_external["error"]["code"], "unknown-child", "protection without core");
                    return false;
                }
                let fields = by_external["ok"]["fields"].clone();
                assert_eq!(fields["sex"]["value"], "F");
                assert_eq!(fields["accompaniment"]["value"], "separated");
                assert_eq!(fields.as_object().unwrap().len(), 9, "{fields}");
                true
            }
            Self::Change { of, word } => {
                let history = batch.ok(&["history", of]);
                let said = |path: &str| {
                    history.as_array().unwrap().iter().any(|change| change["after"][path] == json!(word))
                };
                let (core, protection) = (said("where_from"), said("distinguishing_marks"));
                assert_eq!(core, protection, "half a change");
                core
            }
        }
    }
}

/// Everything that was asked to be saved so far.
#[derive(Default)]
struct Asked {
    acknowledged: Vec<Save>,
    /// Acknowledged children, by their ids.
    children: Vec<String>,
    /// Not acknowledged, but found whole when opening again.
    kept: u32,
    /// Not acknowledged, and nothing of it there.
    gone: u32,
    next: u32,
}

impl Asked {
    /// Children and changes in turn; every word is distinct in more than one letter.
    fn next_save(&mut self) -> Save {
        self.next += 1;
        let letters: String = (0..4)
            .map(|place| char::from(b"bdfghjklmnprstvz"[(self.next >> (4 * (3 - place)) & 15) as usize]))
            .collect();
        let word = format!("{}{letters}{letters}a", if self.next.is_multiple_of(2) { "wi" } else { "qo" });
        match self.children.last() {
            Some(child) if !self.next.is_multiple_of(3) => Save::Change { of: child.clone(), word },
            _ => Save::Child { word },
        }
    }

    fn acknowledge(&mut self, save: Save, answer: &Value) {
        assert!(answer.get("error").is_none(), "{answer}");
        if let Some(id) = answer["ok"]["id"].as_str() {
            self.children.push(id.to_owned());
        }
        self.acknowledged.push(save);
    }

    /// Opens again: what was acknowledged is there, the rest whole or not at all, and nothing is damaged.
    fn check(&mut self, batch: &mut Batch, in_doubt: Option<Save>) {
        if let Some(save) = in_doubt {
            if save.is_there(batch) { self.kept += 1 } else { self.gone += 1 }
        }
        let last: Vec<Save> = self.acknowledged.iter().rev().take(BEFORE as usize + 1).cloned().collect();
        last.iter().for_each(|save| assert!(save.is_there(batch), "an acknowledged save is gone"));
        let verified = batch.ok(&["verify"]);
        assert_eq!(verified["problems"], json!([]));
        // Each save is one change a compartment, and it touches two.
        let saves = self.acknowledged.len() as u64 + u64::from(self.kept);
        assert_eq!(verified["intents"], json!(2 * saves));
    }
}

#[allow(clippy::disallowed_methods, reason = "how long a save takes is measured to kill within it")]
fn now() -> Instant {
    Instant::now()
}

/// Saves and says how long the acknowledgement took.
fn save(tern: &Tern, batch: &mut Batch, asked: &mut Asked) -> Duration {
    let save = asked.next_save();
    let words = save.words(tern);
    let begun = now();
    let answer = batch.ask(&words);
    let took = begun.elapsed();
    asked.acknowledge(save, &answer);
    took
}

/// The middle of the last times a save took.
fn usual(times: &[Duration]) -> Duration {
    let mut last: Vec<Duration> = times.iter().rev().take(9).copied().collect();
    last.sort();
    last[last.len() / 2]
}

/// Sends a save and ends the process that long after; gives the save back when it was not acknowledged.
fn save_and_kill(tern: &Tern, batch: &mut Batch, asked: &mut Asked, after: Duration) -> Option<Save> {
    let save = asked.next_save();
    let words = save.words(tern);
    let begun = now();
    batch.send(&words);
    while begun.elapsed() < after {
        std::hint::spin_loop();
    }
    batch.kill();
    match batch.answer() {
        Some(answer) => {
            asked.acknowledge(save, &answer);
            None
        }
        None => Some(save),
    }
}

fn say(line: &str) {
    std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

#[test]
fn what_was_acknowledged_survives_every_kill_and_nothing_is_half_there() {
    let tern = Tern::practising(TERN);
    let mut asked = Asked::default();
    let (mut times, mut in_doubt) = (Vec::new(), None);
    for kill in 0..KILLS {
        let mut batch = tern.batch();
        asked.check(&mut batch, in_doubt.take());
        for _ in 0..BEFORE {
            times.push(save(&tern, &mut batch, &mut asked));
        }
        // From the first instant of a save to just beyond its end, in an order that leaves no gap early on.
        let part = f64::from(kill * 29 % KILLS) / f64::from(KILLS);
        in_doubt = save_and_kill(&tern, &mut batch, &mut asked, usual(&times).mul_f64(part * 1.15));
    }
    let mut batch = tern.batch();
    asked.check(&mut batch, in_doubt.take());
    for save in asked.acknowledged.clone() {
        assert!(save.is_there(&mut batch), "an acknowledged save is gone at the end");
    }
    let (acknowledged, not) = (asked.acknowledged.len() as u32, asked.kept + asked.gone);
    say(&format!(
        "{KILLS} kills: {acknowledged} saves acknowledged, all there; {not} not acknowledged, {} of them whole, {} not there, 0 half; a save took about {:?}",
        asked.kept,
        asked.gone,
        usual(&times)
    ));
    assert!(acknowledged >= ENOUGH && not >= ENOUGH);
    assert!(asked.gone > 0 && asked.kept > 0, "kills fell before and after the commit, so also around it");
}

/// A small picture, different each time.
fn picture(shade: u8) -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(320, 240, |x, y| image::Rgb([shade, x as u8, y as u8]));
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

#[test]
fn a_photo_is_whole_or_not_there_and_leaves_no_stray_file() {
    let tern = Tern::practising(TERN);
    let answers = json!({
        "names": ["Quola"], "sex": "F", "age": 9, "accompaniment": "separated",
        "consents": [{ "purpose": "photo", "status": "granted" }],
    });
    let child = tern.register(&answers).ok()["id"].as_str().unwrap().to_owned();
    let mut usual = None;
    let (mut shown, mut whole, mut gone) = (Value::Null, 0_u8, 0_u8);
    for kill in 0..12_u8 {
        let file = tern.bring("photo.png", picture(kill));
        let mut batch = tern.batch();
        let begun = now();
        batch.send(&["photo", "add", &child, &file]);
        match usual {
            None => {
                batch.answer().expect("the first is timed to its end");
                usual = Some(begun.elapsed());
            }
            Some(usual) => std::thread::sleep(usual.mul_f64(f64::from(kill) / 8.0)),
        }
        batch.kill();
        let mut batch = tern.batch();
        assert_eq!(batch.ok(&["verify"])["problems"], json!([]));
        let fields = batch.ok(&["show", &child])["fields"].clone();
        let now_shown = json!([fields["photo"], fields["photo_thumbnail"]]);
        let both = now_shown[0] != shown[0] && now_shown[1] != shown[1];
        assert!(both || now_shown == shown, "half a photo");
        if both {
            whole += 1
        } else {
            gone += 1
        }
        shown = now_shown;
        let files = std::fs::read_dir(tern.home().join("blobs")).unwrap().count();
        assert_eq!(files, 2 * usize::from(whole), "a photo and its thumbnail each, nothing else");
    }
    say(&format!("12 kills around a photo: {whole} whole, {gone} not there"));
    assert!(whole > 0 && gone > 0);
}

#[test]
fn a_rebuild_that_was_killed_loses_nobody_from_search() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    batch.ok(&["demo", "--children", "40", "--seed", "3"]);
    let begun = now();
    let records = batch.ok(&["verify", "--rebuild"])["records"].clone();
    let usual = begun.elapsed();
    for kill in 1..8 {
        batch.send(&["verify", "--rebuild"]);
        std::thread::sleep(usual.mul_f64(f64::from(kill) / 8.0));
        batch.kill();
        batch = tern.batch();
        let found = batch.ok(&["verify"]);
        assert_eq!((&found["problems"], &found["records"]), (&json!([]), &records));
    }
}

#[test]
fn opening_may_be_killed_too() {
    let tern = Tern::practising(TERN);
    let (mut asked, mut batch) = (Asked::default(), tern.batch());
    for _ in 0..6 {
        save(&tern, &mut batch, &mut asked);
    }
    // Not ended well: the next opening has to seal and to derive again.
    batch.kill();
    for kill in 0..24 {
        let mut batch = tern.batch();
        std::thread::sleep(Duration::from_millis(5 * kill));
        batch.kill();
    }
    let mut batch = tern.batch();
    asked.check(&mut batch, None);
    assert_eq!(batch.ok(&["lock"])["unsealed"], json!(0));
}

//! A worker whose coordinator was taken out by somebody who had not heard of the worker: it is told why, is taken in again,
//! and everything it did is everywhere.

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::admit::Admitted;
use tern_app::desk::Desk;
use tern_app::view::Door;
use tern_app::{App, Ports, Schema, script};
use tern_record::cbor::Canonical as _;
use tern_seal::epoch::{epoch_id, epoch_key, wrap_epoch_key};
use tern_seal::roster::{Body, Earlier, EpochBegun, EpochWrap, Roster, ScopeKind};
use tern_seal::slot::Cost;
use tern_seal::{PieceKind, SealKey, SystemRandom, armor};
use tern_stories::Tern;
use tern_stories::members::{
    bring, handed_on, joined, seat, seat_id_of, signed, taken_apart, tell, writes_under_the_newest,
};
use tern_stories::tern::WORDS;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

/// Registers a child; gives its number and what was sealed.
fn registers(tern: &Tern, name: &str) -> (String, Vec<Vec<u8>>) {
    let mut app = open(tern);
    let before = app.envelopes().unwrap().len();
    let child = json!({
        "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown", "separation.place": "the old mill",
    });
    let id = app.script_register(&child).unwrap()["id"].as_str().unwrap().to_owned();
    app.end_session().unwrap();
    (id, app.envelopes().unwrap().split_off(before))
}

fn takes(tern: &Tern, envelopes: &[Vec<u8>]) -> Vec<Admitted> {
    let mut app = open(tern);
    envelopes.iter().map(|bytes| app.admit(bytes).unwrap()).collect()
}

/// The child, as this device reads it whole.
fn reads(tern: &Tern, child: &str) -> bool {
    let mut app = open(tern);
    let whole = app.script_verify(true).unwrap()["problems"] == json!([]);
    let seen = app.script_show(child, None, None);
    let value = |seen: &Value, field: &str| seen["fields"][field]["value"].clone();
    whole
        && seen.is_ok_and(|seen| {
            value(&seen, "sex") == "M" && value(&seen, "separation.place") == "the old mill"
        })
}

fn knows(tern: &Tern, child: &str) -> bool {
    open(tern).script_show(child, None, None).is_ok()
}

/// Omar takes Sana in while Leila does not hear of it; Nadia does.
struct Apart {
    leila: Tern,
    omar: Tern,
    nadia: Tern,
    sana: Tern,
}

impl Apart {
    fn begin(roles: &[&str]) -> Self {
        let leila = Tern::practising(PROGRAM);
        let omar = joined(&leila, "Omar", "Laptop 2", &["coordinator", "case_supervisor"], &[]);
        let nadia = joined(&leila, "Nadia", "Laptop 3", &["case_supervisor"], &[]);
        let sana = joined(&omar, "Sana", "Tablet 4", roles, &[]);
        tell(&omar, &nadia);
        tell(&nadia, &sana);
        Self { leila, omar, nadia, sana }
    }

    /// Leila takes Omar out and hears afterwards, from Nadia, whom he had taken in.
    fn fall(&self) {
        self.leila.run(&["device", "remove", "Omar", "--reason", "lost"]).ok();
        tell(&self.leila, &self.nadia);
        tell(&self.nadia, &self.leila);
    }
}

fn fallen(of: &Tern) -> Vec<Value> {
    let list = of.run(&["device", "list"]).ok();
    list.as_array().unwrap().iter().filter(|seat| seat["fell"].is_object()).cloned().collect()
}

#[test]
fn everything_that_somebody_did_who_fell_is_everywhere_once_they_are_taken_in_again() {
    let apart = Apart::begin(&["case_worker"]);
    let (leila, nadia, sana) = (&apart.leila, &apart.nadia, &apart.sana);
    let (before, sealed_before) = registers(sana, "Anri Test");
    assert!(takes(nadia, &sealed_before).iter().all(|taken| matches!(taken, Admitted::New(_))));
    apart.fall();
    let (between, sealed_between) = registers(sana, "Bela Test");
    for device in [leila, nadia] {
        let taken = takes(device, &[&sealed_before[..], &sealed_between].concat());
        assert!(taken[sealed_before.len()..].iter().all(|one| *one == Admitted::Refused("seat-fell")));
    }
    assert!(reads(nadia, &before) && !knows(leila, &before) && !knows(nadia, &between));
    // Sana's tablet hears of it, and says what happened and what to do.
    let text = armor::write(PieceKind::Roster, &handed_on(leila).to_bytes());
    assert_eq!(bring(sana, &handed_on(leila)).ok()["in"], false);
    let said = sana.run(&["board"]).refused(1, "admission-fell");
    let id = fallen(leila)[0]["seat"].as_str().unwrap().to_owned();
    let mark: String = id.chars().take(4).collect::<String>().to_uppercase();
    assert!(said.to_string().contains(&mark), "{said}");
    let desk = Desk::new(sana.home(), Schema::embedded().unwrap(), Ports::system(), Cost::FLOOR);
    assert_eq!(desk.unlock(WORDS).unwrap_err().code, "admission-fell");
    assert_eq!(desk.hear_outside(WORDS, &text).unwrap_err().paths, [mark]);
    drop(desk);
    // Leila sees who that is and whose word it was, and takes Sana in again; a supervisor may not.
    let one = &fallen(leila)[0];
    assert_eq!(
        (&one["worker"], &one["fell"]),
        (&json!("Sana"), &json!({ "admitted_by": "Omar", "undone": false }))
    );
    nadia.run(&["device", "admit-again", "Sana"]).refused(1, "no-right");
    leila.run(&["device", "admit-again", "Omar"]).refused(1, "unknown-seat");
    leila.run(&["device", "admit-again", "Sana"]).ok();
    assert!(fallen(leila).is_empty());
    assert_eq!(seat(leila, "Sana")["roles"], json!(["case_worker"]));
    leila.run(&["device", "admit-again", "Sana"]).refused(1, "unknown-seat");
    let (hers, sealed_hers) = registers(leila, "Dora Test");
    assert!(reads(leila, &before) && reads(leila, &between), "nobody did anything more");
    tell(leila, nadia);
    assert!(reads(nadia, &before) && reads(nadia, &between));
    // The tablet opens again with the words, reads on, and is read.
    let desk = Desk::new(sana.home(), Schema::embedded().unwrap(), Ports::system(), Cost::FLOOR);
    let text = armor::write(PieceKind::Roster, &handed_on(leila).to_bytes());
    assert_eq!(desk.hear_outside(WORDS, &text).unwrap().door, Door::Open);
    desk.lock().unwrap();
    drop(desk);
    assert!(takes(sana, &sealed_hers).iter().all(|taken| matches!(taken, Admitted::New(_))));
    assert!(reads(sana, &before) && reads(sana, &between) && reads(sana, &hers));
    assert!(writes_under_the_newest(sana));
    let (after, sealed_after) = registers(sana, "Emil Test");
    for device in [leila, nadia] {
        assert!(takes(device, &sealed_after).iter().all(|taken| matches!(taken, Admitted::New(_))));
        assert!(reads(device, &after));
    }
    let audit = serde_json::to_string(&open(leila).script_audit(None, None).unwrap()).unwrap();
    assert!(audit.contains("admitted_again"), "{audit}");
    // Omar's laptop was lost, and stays out.
    assert_eq!(bring(&apart.omar, &handed_on(leila)).ok()["in"], false);
    apart.omar.run(&["board"]).refused(1, "seat-removed");
}

#[test]
fn what_was_written_under_a_key_that_who_fell_had_begun_is_read_once_they_are_in_again() {
    let apart = Apart::begin(&["case_supervisor"]);
    let (leila, sana) = (&apart.leila, &apart.sana);
    let keys = taken_apart(sana);
    let mut carried = handed_on(sana);
    let roster = Roster::fold(carried.entries[0].realm(), &carried.entries).unwrap();
    let (scope, state) = roster.scopes.iter().find(|(_, state)| state.kind == ScopeKind::Core).unwrap();
    // A key of Sana's own, which nobody but her tablet has.
    let random = &mut SystemRandom::default();
    let key = SealKey::make_random(random);
    let readers: Vec<_> = roster.readers(state).map(|(seat, _)| seat).collect();
    let said = epoch_key(&key, *scope, readers).unwrap();
    let earlier = Vec::<Earlier>::new();
    let begun = signed(&keys, &carried, Body::Epoch(EpochBegun { scope: *scope, key: said, earlier }));
    let to = (keys.seat, &roster.seats[&keys.seat].certificate.wrap);
    let bytes = wrap_epoch_key(to, roster.realm, *scope, &key, random).unwrap().bytes;
    let epoch = epoch_id(begun.id());
    carried.wraps.push(EpochWrap { epoch, seat: keys.seat, bytes });
    carried.entries.push(begun);
    bring(sana, &carried).ok();
    let (child, sealed) = registers(sana, "Anri Test");
    apart.fall();
    assert_eq!(bring(sana, &handed_on(leila)).ok()["in"], false);
    assert!(takes(leila, &sealed).iter().all(|one| matches!(one, Admitted::Refused(_))));
    leila.run(&["device", "admit-again", "Sana"]).ok();
    assert!(!reads(leila, &child), "its key has not come");
    tell(leila, sana);
    sana.run(&["board"]).ok();
    tell(sana, leila);
    assert!(reads(leila, &child));
    let now = handed_on(leila);
    let roster = Roster::fold(roster.realm, &now.entries).unwrap();
    assert!(!roster.scopes[scope].epochs.contains_key(&epoch), "what was said in between does not count");
    assert!(writes_under_the_newest(leila) && writes_under_the_newest(sana));
    assert_eq!(seat_id_of(leila, "Sana"), keys.seat);
}

#[test]
fn somebody_whose_name_nobody_can_read_any_more_is_taken_in_again_by_the_name_that_is_typed() {
    let leila = Tern::practising(PROGRAM);
    let omar = joined(&leila, "Omar", "Laptop 2", &["coordinator", "case_supervisor"], &[]);
    joined(&leila, "Karim", "Tablet 3", &["registrar"], &[]);
    tell(&leila, &omar);
    // Names are sealed under a key that only Omar's laptop and Sana's tablet ever had.
    omar.run(&["device", "remove", "Karim", "--reason", "left"]).ok();
    let sana = joined(&omar, "Sana", "Tablet 4", &["registrar"], &[]);
    leila.run(&["device", "remove", "Omar", "--reason", "lost"]).ok();
    tell(&sana, &leila);
    let one = fallen(&leila).remove(0);
    assert_eq!((&one["worker"], &one["fell"]["admitted_by"]), (&json!(""), &json!("Omar")));
    let id = one["seat"].as_str().unwrap();
    leila.run(&["device", "admit-again", id]).refused(1, "member-name");
    leila.run(&["device", "admit-again", id, "--worker", "Sana"]).ok();
    assert_eq!(seat(&leila, "Sana")["seat"], id);
    assert_eq!(seat(&leila, "Karim")["removed"], "left", "what Omar took out stays out");
    tell(&leila, &sana);
    sana.run(&["board"]).ok();
    assert!(writes_under_the_newest(&sana));
}

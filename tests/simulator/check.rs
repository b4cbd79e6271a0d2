//! What holds once it is quiet: nothing that was acknowledged is missing, everybody who reads a child sees the same, every
//! losing value is listed, and nobody holds what is not for them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tern_app::App;
use tern_record::SeatId;
use tern_record::cbor::{Canonical as _, Decoder};
use tern_seal::roster::ScopeState;
use tern_sync::Shelf as _;
use tern_sync::frame::Frame;

use crate::edit::{fields, words};
use crate::meet::Whom;
use crate::model::Reader;
use crate::run::Run;
use crate::template::{PEOPLE, REGISTRAR};

/// What a device shows of every child that it knows.
type Shown = BTreeMap<usize, Value>;

/// Keys of a scope that a seat was given, and those of before that these open.
fn was_given(scope: &ScopeState, seat: SeatId) -> BTreeSet<[u8; 16]> {
    let given = scope.epochs.iter().filter(|(_, epoch)| epoch.readers.contains(&seat));
    let mut open: Vec<[u8; 16]> = given.map(|(id, _)| *id).collect();
    let mut all: BTreeSet<[u8; 16]> = BTreeSet::new();
    while let Some(id) = open.pop() {
        if all.insert(id) {
            let epoch = scope.epochs.get(&id);
            open.extend(epoch.into_iter().flat_map(|epoch| &epoch.earlier).map(|earlier| earlier.epoch));
        }
    }
    all
}

impl Run<'_> {
    /// Everything.
    pub fn check(&mut self) {
        let mut in_ = self.hands();
        let expected = in_.len() - self.removed.iter().count();
        in_.retain(|(at, who)| {
            self.devices[*at].give_to(*who);
            self.devices[*at].is_in()
        });
        assert_eq!(in_.len(), expected, "whoever was not removed is in");
        let mut seen = BTreeMap::new();
        for (at, who) in in_ {
            self.devices[at].give_to(who);
            let shown = self.shown(at);
            self.check_answers(at, &shown);
            self.check_rows(at, &shown);
            self.check_photos(at, &shown);
            self.check_scopes(at, &shown);
            self.check_whole(at);
            seen.insert((at, who), (self.reader(at), shown));
        }
        Self::check_same(&seen);
        self.check_removed();
        self.check_hub();
        self.check_referrals();
    }

    fn shown(&mut self, at: usize) -> Shown {
        let ids: Vec<String> = self.model.children.iter().map(|child| child.id.clone()).collect();
        let all = ids.iter().enumerate();
        all.filter_map(|(child, id)| {
            let shown = self.devices[at].within(None, |app| fields(app, id)).flatten()?;
            Some((child, shown))
        })
        .collect()
    }

    /// Nothing is missing, and nothing stands that was answered over.
    fn check_answers(&mut self, at: usize, shown: &Shown) {
        let (who, reader) = (self.devices[at].who, self.reader(at));
        let listed = self.listed(at);
        for (child, path, part) in self.model.answers() {
            if !part.is_read_by(reader) || who == REGISTRAR {
                continue;
            }
            let (must, may) = self.model.standing(child, &path, part);
            let stands = shown.get(&child).map(|fields| words(&fields[&path])).unwrap_or_default();
            if !stands.is_superset(&must) {
                let aside = self.devices[at].within(None, |app| app.script_quarantine().unwrap());
                self.say(&format!("shown there: {:?}, aside {aside:?}", shown.get(&child)));
            }
            let whose = format!("{} of child {child} at {}: {stands:?}", path, self.name(at));
            assert!(stands.is_superset(&must), "missing: {whose}, not {must:?}");
            assert!(stands.is_subset(&may), "answered over: {whose}, not in {may:?}");
            if stands.len() > 1 {
                let listed = listed.get(&(self.model.children[child].id.clone(), path));
                assert_eq!(listed, Some(&stands), "a losing value is not listed: {whose}");
            }
        }
    }

    /// Answers in dispute, as a device lists them.
    fn listed(&mut self, at: usize) -> BTreeMap<(String, String), BTreeSet<String>> {
        let listed = self.devices[at].within(None, |app| app.script_conflicts());
        let Some(Ok(listed)) = listed else { return BTreeMap::new() };
        let one = |conflict: &Value| {
            let word = |value: &Value| value["value"].as_str().map(str::to_owned);
            let values = conflict["values"].as_array().into_iter().flatten().filter_map(word).collect();
            let text = |key: &str| conflict[key].as_str().unwrap_or_default().to_owned();
            ((text("id"), text("path")), values)
        };
        listed.as_array().into_iter().flatten().map(one).collect()
    }

    /// What was written in a row stands in it, wherever it went, or is told as left behind where it went from.
    fn check_rows(&mut self, at: usize, shown: &Shown) {
        let told = json!(shown.values().collect::<Vec<_>>()).to_string();
        let left = self.devices[at].within(None, |app| app.script_conflicts());
        let left = left.and_then(Result::ok).unwrap_or_default().to_string();
        let reader = self.reader(at);
        for row in self.model.standing_rows(reader) {
            let is_there = told.contains(&row.word) || left.contains(&row.word);
            assert!(is_there, "a row is missing at {}: {row:?}", self.name(at));
        }
    }

    fn check_photos(&mut self, at: usize, shown: &Shown) {
        let reader = self.reader(at);
        for child in shown.keys() {
            let child = self.model.children[*child].clone();
            let mut photos = child.photographed.iter();
            if photos.any(|(who, part)| !self.is_out(*who) && part.is_read_by(reader)) {
                let photo = self.devices[at].within(None, |app| app.photo(&child.id).unwrap()).flatten();
                assert!(photo.is_some(), "a photo is missing at {}", self.name(at));
            }
        }
        let wanted = self.devices[at].within(None, |app: &mut App| app.blobs_wanted().unwrap());
        // A photo or a text of whoever is out may never have come out, or lain at a hub that fell back.
        let photos = self.model.children.iter().flat_map(|child| &child.photographed).map(|(who, _)| who);
        let mut by = self.model.rows.iter().map(|row| &row.who).chain(photos);
        let is_gone = by.any(|who| self.is_out(*who));
        assert!(is_gone || wanted.unwrap().is_empty(), "attachments are missing at {}", self.name(at));
    }

    /// No word that is not for them is shown, and no sealed log of a scope that is not theirs lies there.
    fn check_scopes(&mut self, at: usize, shown: &Shown) {
        let reader = self.reader(at);
        let told = json!(shown.values().collect::<Vec<_>>()).to_string();
        for saved in self.model.saved.iter().chain(&self.model.rows) {
            let is_theirs = saved.part.is_read_by(reader);
            assert!(is_theirs || !told.contains(&saved.word), "{} reads {saved:?}", self.name(at));
        }
        self.check_keys(at);
    }

    /// The seat holds keys of scopes that it may read, of others those that it was given while it might, and of no other.
    /// What is sealed for others may lie there. Who began the programme made the first key of each scope.
    fn check_keys(&mut self, at: usize) {
        if self.devices[at].who == 0 {
            return;
        }
        let seat = self.template.seats[self.devices[at].who];
        let (party, roster) =
            self.devices[at].within(None, |app| (app.party(), app.roster().clone())).unwrap();
        let name = self.name(at);
        for (scope, epoch) in self.devices[at].keys_of(seat) {
            let is_theirs = party.wants(scope) || was_given(&roster.scopes[&scope], seat).contains(&epoch);
            assert!(is_theirs, "{name} holds keys that are not theirs");
        }
        let is_stale =
            |scope: &ScopeState| scope.kind.compartment().is_some() && roster.wants_new_epoch(scope);
        let stale = roster.scopes.values().filter(|scope| is_stale(scope)).count();
        assert_eq!(stale, 0, "a key was not replaced after a move, as {name} has it");
    }

    /// Seals, chains, blobs and derived tables are whole, and everything lies at the hub.
    fn check_whole(&mut self, at: usize) {
        let looked = self.devices[at].within(None, |app| app.script_verify(false).unwrap()).unwrap();
        assert_eq!(looked["problems"], json!([]), "at {}", self.name(at));
        let is = self.devices[at].within(None, |app| app.where_work_is().unwrap()).unwrap();
        assert_eq!((is.only_here, is.on_another_device), (0, 0), "at {}: {is:?}", self.name(at));
        let aside = self.devices[at].within(None, |app| app.script_quarantine().unwrap()).unwrap();
        let aside: Vec<&Value> =
            aside.as_array().into_iter().flatten().filter(|row| !row["from"].is_null()).collect();
        assert!(aside.is_empty() || self.removed.is_some(), "{} keeps work aside: {aside:?}", self.name(at));
    }

    /// Devices whose workers read the same show the same.
    fn check_same(seen: &BTreeMap<(usize, usize), (Reader, Shown)>) {
        let all: Vec<_> = seen.iter().filter(|((_, who), _)| *who != REGISTRAR).collect();
        for (first, ((at, one), (reader, of_one))) in all.iter().enumerate() {
            for ((with, other), (beside, of_other)) in &all[first + 1..] {
                if reader == beside {
                    let names = (PEOPLE[*one].0, at, PEOPLE[*other].0, with);
                    assert_eq!(of_one, of_other, "{names:?} see something different");
                }
            }
        }
    }

    /// Who is out has no key of what is written now, and got nothing of what was written since.
    fn check_removed(&mut self) {
        let Some(who) = self.removed else { return };
        let seat = self.template.seats[who];
        let roster = self.devices[0].within(None, |app| app.roster().clone()).unwrap();
        let scopes = roster.scopes.values();
        let had = scopes.filter(|scope| scope.epochs.values().any(|epoch| epoch.readers.contains(&seat)));
        let state = &roster.seats[&seat];
        let (mut later, mut after_all): (BTreeSet<[u8; 16]>, BTreeSet<[u8; 16]>) = Default::default();
        for scope in had {
            let now = scope.epochs.get(&scope.current).unwrap();
            assert!(!now.readers.contains(&seat), "a key was not replaced after a removal");
            let given = was_given(scope, seat);
            let never_given = scope.epochs.keys().filter(|id| !given.contains(*id));
            later.extend(never_given.clone());
            // Of a site that it had left before, what is sealed for others may lie there.
            if scope.kind.is_read_by(scope.site, &state.roles, state.site) {
                after_all.extend(never_given);
            }
        }
        for device in self.devices.iter_mut().filter(|device| device.workers.contains(&who)) {
            let kept = device.keys_of(seat);
            assert!(kept.iter().all(|(_, epoch)| !later.contains(epoch)), "who is out was given later keys");
            // Whoever is in goes on with a tablet that the two shared.
            if device.workers.len() > 1 {
                continue;
            }
            let held = device.envelopes();
            assert!(
                held.iter().all(|place| !after_all.contains(&place.epoch)),
                "who is out was given later work"
            );
        }
        self.check_refused(seat);
    }

    /// Whoever is out and changed the program, so that it asks as before, is refused.
    fn check_refused(&mut self, seat: SeatId) {
        let is_theirs = |request: &[u8]| matches!(Frame::read(&mut Decoder::new(request)), Ok(Frame::Hello(hello)) if hello.seat == seat);
        let mut asked = self.line.requests.iter().rev();
        let asked = asked.find(|(whom, request)| *whom == Whom::Hub && is_theirs(request));
        let Some((_, request)) = asked else { return };
        let reply = self.hub.answer(request).unwrap();
        let mut frames = tern_sync::frame::read(&reply).unwrap().into_iter();
        let is_refused = frames.any(|(_, frame)| matches!(frame, Frame::Refused(_)));
        assert!(is_refused, "who is out is served");
    }

    /// The hub holds no word of anybody.
    fn check_hub(&mut self) {
        self.hub.kill();
        let mut scan = tern_stories::scan::Scan::of(
            &self
                .model
                .saved
                .iter()
                .chain(&self.model.rows)
                .map(|saved| saved.word.clone())
                .collect::<Vec<_>>(),
        );
        scan.path(self.hub.folder());
        assert!(scan.found.is_empty(), "the hub holds what was typed: {:?}", scan.found);
    }
}

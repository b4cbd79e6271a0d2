//! What people do: they register children, answer, add rows and photos, on whatever device they have in hand.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tern_app::{App, Failure};
use tern_record::Compartment;
use tern_sync::Shelf as _;

use crate::fault::Fault;
use crate::model::{Child, Part, Reader, Saved};
use crate::run::Run;
use crate::template::{FAR, HERE, REGISTRAR};

/// An answer that every site reads, and one that a site keeps.
pub const PLACES: [&str; 2] = ["where_from", "separation.place"];

/// Words that stand in an answer as a device shows it.
pub fn words(shown: &Value) -> BTreeSet<String> {
    let said = |value: &Value| value["value"].as_str().map(str::to_owned);
    match shown["state"].as_str() {
        Some("settled") => said(shown).into_iter().collect(),
        Some("disputed") => shown["values"].as_array().into_iter().flatten().filter_map(said).collect(),
        _ => BTreeSet::new(),
    }
}

/// The answers of a child as a device shows them; nothing where it does not know the child.
pub fn fields(app: &mut App, child: &str) -> Option<Value> {
    match app.script_show(child, None, Some("a test")) {
        Ok(shown) => Some(shown["fields"].clone()),
        // A registrar reads the children that the registrar began, for some days.
        Err(failure) if ["unknown-child", "no-right"].contains(&failure.code.name()) => None,
        Err(failure) => panic!("a child is not shown: {failure:?}"),
    }
}

fn picture(shade: u8) -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([shade, x as u8, y as u8]));
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

impl Run<'_> {
    /// One thing that somebody does.
    pub fn work(&mut self) {
        let at = self.random.below(self.devices.len());
        if !self.devices[at].is_in() {
            return;
        }
        if self.model.children.len() < 2 || self.random.percent(15) {
            return self.register(at);
        }
        match self.random.below(100) {
            0..=44 => self.work_on_rows(at),
            45..=64 => self.work_on_referral(at),
            65..=69 => self.add_photo(at),
            _ => self.answer(at),
        }
    }

    fn killed(&mut self) -> Option<usize> {
        (self.is_rough && self.random.percent(15)).then(|| self.random.below(4))
    }

    fn register(&mut self, at: usize) {
        let who = self.devices[at].who;
        let of_site = self.reader(at).apart();
        let (core, apart) = (self.model.word(), self.model.word());
        let (separated, name) = ("unknown", format!("Child {}", core.get(2..6).unwrap_or_default()));
        let answers = json!({
            "names": [name], "sex": "M", "age": 9, "accompaniment": separated, "where_from": core,
            "separation.place": apart, "consents": [{ "purpose": "photo", "status": "granted" }],
        });
        let done = self.devices[at].within(None, |app| app.script_register(&answers)).unwrap();
        let told = match done {
            Ok(told) => told,
            Err(failure) => panic!("a child is not registered: {failure:?}"),
        };
        let id = told["id"].as_str().unwrap().to_owned();
        let child = self.model.children.len();
        self.say(&format!("{} registers {id}", self.name(at)));
        self.model.children.push(Child { id, photographed: BTreeSet::new() });
        for (path, word, part) in [(PLACES[0], core, Part::Core), (PLACES[1], apart, of_site)] {
            let saw = BTreeSet::new();
            let path = path.to_owned();
            let is_doubtful = self.is_out(who);
            self.model.saved.push(Saved { child, path, word, part, who, saw, is_doubtful });
        }
    }

    /// Who reads on a device.
    pub fn reader(&mut self, at: usize) -> Reader {
        let seat = self.template.seats[self.devices[at].who];
        let far = self.template.far;
        let of = |app: &mut App| {
            let state = &app.roster().seats[&seat];
            let follows = state.known_roles().into_iter().any(|role| role.holds(Compartment::Protection));
            Reader { is_far: state.site == Some(far), follows }
        };
        self.devices[at].within(None, of).expect("a device that is in")
    }

    /// The device holds the key of what lies there.
    pub fn holds(&mut self, at: usize, part: Part) -> bool {
        let Part::Protection { is_far } = part else { return true };
        let site = if is_far { FAR } else { HERE };
        let scopes = self.devices[at].within(None, |app| app.script_scopes()).unwrap_or_default();
        let mut all = scopes.as_array().into_iter().flatten();
        all.any(|scope| scope["name"] == site && scope["tier"] == "protection" && scope["held"] == true)
    }

    /// A child that this device knows, and an answer of it that its worker reads and may give.
    pub fn choose(&mut self, at: usize) -> Option<(usize, &'static str, Part)> {
        let who = self.devices[at].who;
        if self.model.children.is_empty() {
            return None;
        }
        let child = (0..4).find_map(|_| {
            let child = self.random.below(self.model.children.len());
            let id = self.model.children[child].id.clone();
            self.devices[at].within(None, |app| fields(app, &id)).flatten().map(|_| child)
        })?;
        let reader = self.reader(at);
        let (path, part) =
            if self.random.percent(50) { (PLACES[0], Part::Core) } else { (PLACES[1], reader.apart()) };
        // A registrar answers while registering alone.
        (who != REGISTRAR && part.is_read_by(reader)).then_some((child, path, part))
    }

    fn answer(&mut self, at: usize) {
        let Some((child, path, part)) = self.choose(at) else { return };
        let id = self.model.children[child].id.clone();
        let who = self.devices[at].who;
        let Some(shown) = self.devices[at].within(None, |app| fields(app, &id)).flatten() else { return };
        let saw = words(&shown[path]);
        let word = self.answer_or_same(child, path, part, &saw);
        // Who came to a site and has no key of it yet writes and cannot look whether it is there.
        let killed = if self.holds(at, part) { self.killed() } else { None };
        let puts = [(path.to_owned(), json!(word))];
        let done = self.devices[at].within(killed, |app| app.script_edit(&id, &[], puts.into()));
        if killed.is_some() && done.is_none() {
            self.count(Fault::KilledEditing);
        }
        let is_there = match done {
            Some(done) => self.is_done(at, done).is_some(),
            // Nobody was told that it was saved: it is there whole, or not at all.
            None => self.devices[at]
                .within(None, |app| fields(app, &id))
                .flatten()
                .is_some_and(|shown| words(&shown[path]).contains(&word)),
        };
        self.say(&format!("{} answers {path} of {id}: {word} over {saw:?}: {is_there}", self.name(at)));
        if is_there {
            if self.model.is_apart_of_others(child, path, part) {
                self.count(Fault::FarWritten);
            }
            let is_doubtful = self.is_out(who);
            let path = path.to_owned();
            self.model.saved.push(Saved { child, path, word, part, who, saw, is_doubtful });
        }
    }

    /// A new word, or sometimes the one that somebody else answers.
    fn answer_or_same(&mut self, child: usize, path: &str, part: Part, saw: &BTreeSet<String>) -> String {
        let other = self.model.answered(child, path, part).find(|word| !saw.contains(*word)).cloned();
        match other.filter(|_| self.random.percent(15)) {
            Some(same) => {
                self.count(Fault::SameAnswer);
                same
            }
            None => self.model.word(),
        }
    }

    fn add_photo(&mut self, at: usize) {
        let Some((child, part)) = self.choose_apart(at) else { return };
        let who = self.devices[at].who;
        let id = self.model.children[child].id.clone();
        let bytes = picture(self.random.below(256) as u8);
        let done = self.devices[at].within(None, |app| fields(app, &id).map(|_| app.add_photo(&id, &bytes)));
        if let Some(Some(Ok(_))) = done {
            self.say(&format!("{} adds a photo to {id}", self.name(at)));
            self.model.children[child].photographed.insert((who, part));
        }
    }

    /// What was done; nothing where a rule or a role stood in the way.
    pub fn is_done<T>(&mut self, at: usize, done: Result<T, Failure>) -> Option<T> {
        done.map_err(|failure| {
            let code = failure.code.name().to_owned();
            // A clock that was put back makes a day of now one that is to come.
            let is_known = ["no-right", "impossible-date"].contains(&code.as_str());
            assert!(is_known || code.starts_with("rule-"), "{code}: {failure:?}");
            self.say(&format!("{} may not: {code}", self.name(at)));
        })
        .ok()
    }
}

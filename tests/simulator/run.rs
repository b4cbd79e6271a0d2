//! One run: a programme of six devices, a hub and sticks, in which people work and things go wrong, and what holds afterwards.

use std::io::Write as _;

use tempfile::TempDir;
use tern_app::App;
use tern_app::members::removal::Extent;
use tern_record::{RealmId, Role};
use tern_sync::Shelf as _;
use tern_testkit::Seeded;

use crate::device::Device;
use crate::fault::{Counts, Fault};
use crate::hub::HubAt;
use crate::meet::{Line, Whom};
use crate::model::Model;
use crate::template::{FAR, HERE, NOW_MS, PEOPLE, SHARES, TABLETS, Template, copy_folder, place};

/// Things that happen in a run before it grows quiet.
const TURNS: usize = 66;

/// A run as it goes on.
pub struct Run<'a> {
    pub template: &'a Template,
    pub random: Seeded,
    pub folder: TempDir,
    pub devices: Vec<Device>,
    pub hub: HubAt,
    pub realm: RealmId,
    pub model: Model,
    pub counts: Counts,
    pub line: Line,
    pub late: Vec<(Whom, Vec<u8>)>,
    pub sticks: Vec<Vec<u8>>,
    /// Things go wrong.
    pub is_rough: bool,
    /// The hub neither lies nor falls back: a device may rely on its word and be lost.
    pub is_hub_true: bool,
    /// Whose seat was removed.
    pub removed: Option<usize>,
    is_told: bool,
}

impl<'a> Run<'a> {
    /// Begins one. The same seed, the same run.
    pub fn begin(template: &'a Template, seed: u64, is_told: bool) -> Self {
        let folder = place();
        let mut devices = Vec::new();
        for (who, (name, ..)) in PEOPLE.iter().enumerate().take(TABLETS) {
            let to = folder.path().join(name);
            copy_folder(&template.of(who), &to);
            let own = seed.wrapping_mul(1_000_003).wrapping_add(who as u64);
            devices.push(Device::of(who, to, &template.schema, own, NOW_MS));
        }
        copy_folder(&template.hub(), &folder.path().join("hub"));
        let hub = HubAt::of(folder.path().join("hub"));
        let realm = Self::realm_of(devices[0].app().unwrap());
        let mut random = Seeded::new(seed);
        let is_hub_true = random.percent(50);
        Self {
            template,
            random,
            folder,
            devices,
            hub,
            realm,
            model: Model::default(),
            counts: Counts::default(),
            line: Line::default(),
            late: Vec::new(),
            sticks: Vec::new(),
            is_rough: true,
            is_hub_true,
            removed: None,
            is_told,
        }
    }

    /// The whole of it.
    pub fn go(&mut self) {
        for _ in 0..TURNS {
            for device in &self.devices {
                device.clock.pass(60_000);
            }
            self.turn();
        }
        self.is_rough = false;
        self.late_ones_come();
        self.grow_quiet();
        self.decide();
        self.grow_quiet();
        self.check();
    }

    fn turn(&mut self) {
        if self.random.percent(8) {
            self.hand_over();
        }
        match self.random.below(100) {
            0..=42 => self.work(),
            43..=49 => self.scene(),
            50 if !self.is_hub_true => self.hub.back_up(),
            50 | 51 => self.hub_falls_back(),
            52..=70 => {
                let at = self.random.below(self.devices.len());
                self.meet(at, Whom::Hub);
            }
            71..=78 => {
                let (one, other) =
                    (self.random.below(self.devices.len()), self.random.below(self.devices.len()));
                if self.devices[one].workers != self.devices[other].workers {
                    self.meet(one, Whom::Device(other));
                }
            }
            79..=87 => self.carry_stick(),
            88..=90 => self.late_ones_come(),
            91 => self.jump(),
            92..=93 => self.back_up(),
            94..=95 => self.come_back(),
            96 => self.clone_one(),
            97 => self.remove_one(),
            98 => self.change_one(),
            _ => self.send_elsewhere(),
        }
    }

    /// A shared tablet goes from one hand to the other, whatever the first has left to do.
    fn hand_over(&mut self) {
        let shared = |device: &Device| device.workers.len() > 1;
        let all: Vec<usize> = (0..self.devices.len()).filter(|at| shared(&self.devices[*at])).collect();
        let at = all[self.random.below(all.len())];
        let device = &mut self.devices[at];
        let next = device.workers.iter().copied().find(|who| *who != device.who).unwrap();
        device.give_to(next);
        self.say(&format!("{} takes the tablet", self.name(at)));
        self.count(Fault::HandedOver);
    }

    fn jump(&mut self) {
        let at = self.random.below(self.devices.len());
        let days = self.random.below(4_000) as i64 - 2_000;
        self.devices[at].clock.set(NOW_MS + days * 86_400_000);
        self.count(Fault::ClockJumps);
    }

    fn back_up(&mut self) {
        let at = self.random.below(self.devices.len());
        if self.is_hub_true {
            self.devices[at].back_up();
        }
    }

    /// A device is lost when it says that nothing lies only on it, and goes on from its backup.
    fn come_back(&mut self) {
        let with = |device: &Device| device.backup.is_some();
        let Some(at) = self.devices.iter().position(with) else { return };
        let is_free = self.is_hub_true && self.removed.is_none() && self.count_of(Fault::Restored) == 0;
        if !is_free {
            return;
        }
        let only_here = self.devices[at].within(None, |app| {
            let is = app.where_work_is().unwrap();
            is.only_here + is.files_only_here
        });
        if only_here == Some(0) {
            self.say(&format!("{} comes back from a backup", self.name(at)));
            self.devices[at].restore();
            self.count(Fault::Restored);
        }
    }

    fn clone_one(&mut self) {
        let at = self.random.below(self.devices.len());
        if self.devices.len() > TABLETS || self.removed.is_some() {
            return;
        }
        let clone = self.devices[at].cloned();
        self.say(&format!("{} is copied", self.name(at)));
        self.devices.push(clone);
        self.count(Fault::Cloned);
    }

    /// Who leads takes a seat out. What it did and nobody has heard of counts once somebody has looked at it.
    fn remove_one(&mut self) {
        let who = [1, 2, 5, SHARES][self.random.below(4)];
        let is_one = self.devices.iter().filter(|device| device.workers.contains(&who)).count() == 1;
        if self.removed.is_some() || self.count_of(Fault::Restored) > 0 || !is_one {
            return;
        }
        // Who is lost with a tablet is lost with everybody on it.
        let reason = if who == SHARES { "left" } else { ["lost", "left"][self.random.below(2)] };
        let seat = self.template.seats[who];
        let done = self.devices[0].within(None, |app| app.remove_seat(seat, Extent::of(reason), reason));
        if let Some(done) = done {
            done.unwrap();
            self.say(&format!("{} is removed", PEOPLE[who].0));
            self.removed = Some(who);
            self.model.doubt_all_of(who);
            self.count(Fault::Removed);
        }
    }

    /// Who leads gives somebody another role, under which the same is read.
    fn change_one(&mut self) {
        let who = [1, 2][self.random.below(2)];
        let role = [Role::CaseWorker, Role::CaseSupervisor][self.random.below(2)];
        if self.is_out(who) {
            return;
        }
        let seat = self.template.seats[who];
        let change = |app: &mut App| {
            let site = app.roster().seats[&seat].site;
            app.change_seat(seat, &[role], site)
        };
        if let Some(done) = self.devices[0].within(None, change) {
            done.unwrap();
            self.say(&format!("{} is a {} now", PEOPLE[who].0, role.code()));
            self.count(Fault::RoleChanged);
        }
    }

    /// Who leads sends somebody to work at the other site, or back.
    fn send_elsewhere(&mut self) {
        let who = [1, 2][self.random.below(2)];
        if self.is_out(who) {
            return;
        }
        let (seat, far) = (self.template.seats[who], self.template.far);
        let change = |app: &mut App| {
            let state = &app.roster().seats[&seat];
            let (roles, is_far) = (state.known_roles(), state.site == Some(far));
            let site = if is_far { app.site_named(HERE)? } else { far };
            app.change_seat(seat, &roles, Some(site)).map(|()| site == far)
        };
        if let Some(done) = self.devices[0].within(None, change) {
            let to = if done.unwrap() { FAR } else { HERE };
            self.say(&format!("{} works at {to} now", PEOPLE[who].0));
            self.count(Fault::SiteChanged);
        }
    }

    /// A hub whose disk was brought back from a copy.
    fn hub_falls_back(&mut self) {
        if !self.is_hub_true && self.hub.fall_back() {
            self.count(Fault::HubFellBack);
        }
    }

    /// Its seat was removed.
    pub fn is_out(&self, who: usize) -> bool {
        self.removed == Some(who)
    }

    /// Every device with everybody who works on it.
    pub fn hands(&self) -> Vec<(usize, usize)> {
        let all = self.devices.iter().enumerate();
        all.flat_map(|(at, device)| device.workers.iter().map(move |who| (at, *who))).collect()
    }

    /// Everybody meets the hub until nothing is new.
    fn grow_quiet(&mut self) {
        for round in 0..8 {
            let mut is_new = false;
            for (at, who) in self.hands() {
                self.devices[at].give_to(who);
                let Some(outcome) = self.meet(at, Whom::Hub) else { continue };
                assert!(outcome.not_taken.is_empty(), "the hub takes all: {:?}", outcome.not_taken);
                is_new |= !outcome.is_equal || outcome.tally.new + outcome.tally.aside > 0;
                is_new |= outcome.tally.sent.envelopes > 0;
                is_new |= outcome.tally.blobs_sent.bytes + outcome.tally.blobs_received.bytes > 0;
            }
            if !is_new {
                self.say(&format!("quiet after {round} rounds"));
                return;
            }
        }
        panic!("it does not grow quiet");
    }

    /// Who leads, and who supervises a site, look at what was kept aside, and take it.
    fn decide(&mut self) {
        for at in [0, 4, 5] {
            let Some(entries) = self.devices[at].within(None, |app| app.reviews().unwrap()) else { continue };
            for one in entries {
                let done = self.devices[at].within(None, |app| app.review(&one.entry, true)).unwrap();
                self.say(&format!("{} takes {} {}: {done:?}", self.name(at), one.entry, one.code));
            }
        }
    }

    /// Something went wrong.
    pub fn count(&mut self, fault: Fault) {
        self.counts.add(fault);
        self.say(&format!("  fault: {}", fault.what()));
    }

    fn count_of(&self, fault: Fault) -> u64 {
        self.counts.each().find(|(each, _)| *each == fault).map_or(0, |(_, count)| count)
    }

    /// A device, for people.
    pub fn name(&self, at: usize) -> String {
        let who = PEOPLE[self.devices[at].who].0;
        if at < TABLETS { who.to_owned() } else { format!("the copy of {who}") }
    }

    /// Tells what happens, when somebody watches.
    pub fn say(&self, line: &str) {
        if self.is_told {
            std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
        }
    }
}

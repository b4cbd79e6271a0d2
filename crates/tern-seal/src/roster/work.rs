//! How work of a seat counts that was changed or is out: by the chain of hashes, never by a number alone.

use std::collections::BTreeMap;

use tern_record::{EnvelopeId, LogId, Role};

use super::body::{Cut, SiteId};

/// An envelope and its place in its log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The log.
    pub log: LogId,
    /// Place in the log, from 0.
    pub seq: u64,
    /// The envelope.
    pub id: EnvelopeId,
}

/// Whether an envelope lies on the chain of hashes that ends in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It does.
    On,
    /// Another envelope stands at its place of that chain.
    Off,
    /// Envelopes between the two are not here.
    Unknown,
}

/// What a seat was when it did something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capacity {
    /// Its roles, as far as this version knows them.
    pub roles: Vec<Role>,
    /// Where it worked; for work that somebody looked at and took, every site it ever had.
    pub sites: Vec<Option<SiteId>>,
}

/// How a seat's envelope is to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts, judged by this.
    Counts(Capacity),
    /// The seat is out, and this came after the cut-off: somebody has to look at it.
    Later,
    /// It stands at or before a cut-off, beside the chain that ends there: somebody has to look at it.
    Fork,
    /// It stands before a cut-off, and what lies between is not here: nobody can tell yet.
    Gap,
}

type ByLog = BTreeMap<LogId, Vec<Cut>>;

/// What was said of a seat's work. The order in which it was said does not matter, but for what a seat was before each
/// change, which follows the order of the fold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Work {
    /// What it was before each change, with how far its work is judged by that.
    before: Vec<(Capacity, ByLog)>,
    /// How far its work counts, by each removal.
    removals: Vec<ByLog>,
    /// What somebody looked at and took.
    accepted: ByLog,
}

/// Where an envelope stands by the cuts of one statement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// On a chain that ends in a cut.
    Yes,
    /// After every cut of its log.
    Beyond,
    /// Before one, beside its chain.
    Fork,
    /// Before one; what lies between is not here.
    Gap,
}

impl Work {
    pub fn change(&mut self, before: Capacity, cuts: &[Cut]) {
        self.before.push((before, by_log(cuts)));
    }

    pub fn remove(&mut self, cuts: &[Cut]) {
        self.removals.push(by_log(cuts));
    }

    pub fn accept(&mut self, cuts: &[Cut]) {
        for cut in cuts {
            self.accepted.entry(cut.log).or_default().push(*cut);
        }
    }

    pub fn is_changed(&self) -> bool {
        !self.before.is_empty()
    }

    /// What was accepted counts, whatever was said before or after. Else every removal must let it pass.
    pub fn standing(&self, now: Capacity, at: &Spot, link: &mut dyn FnMut(&Cut) -> Link) -> Standing {
        let accepted = within(&self.accepted, at, link);
        if accepted == Within::Yes {
            return Standing::Counts(self.ever(now));
        }
        let stopped = self.stopped(at, link);
        if stopped.is_some() && accepted == Within::Gap {
            return Standing::Gap;
        }
        stopped.unwrap_or_else(|| self.judged_by(now, at, link))
    }

    fn stopped(&self, at: &Spot, link: &mut dyn FnMut(&Cut) -> Link) -> Option<Standing> {
        let found: Vec<Within> = self.removals.iter().map(|cuts| within(cuts, at, link)).collect();
        [(Within::Fork, Standing::Fork), (Within::Beyond, Standing::Later), (Within::Gap, Standing::Gap)]
            .into_iter()
            .find_map(|(within, standing)| found.contains(&within).then_some(standing))
    }

    /// Up to a change's cut a seat is what it was before; after every cut, what it is now.
    fn judged_by(&self, now: Capacity, at: &Spot, link: &mut dyn FnMut(&Cut) -> Link) -> Standing {
        let mut found = Standing::Counts(now);
        for (before, cuts) in &self.before {
            match within(cuts, at, link) {
                Within::Yes => return Standing::Counts(before.clone()),
                Within::Beyond => {}
                Within::Fork => found = Standing::Fork,
                Within::Gap if found != Standing::Fork => found = Standing::Gap,
                Within::Gap => {}
            }
        }
        found
    }

    /// All that a seat ever was: what somebody looked at and took is not weighed against one day's role.
    pub fn ever(&self, now: Capacity) -> Capacity {
        self.before.iter().fold(now, |mut ever, (before, _)| {
            ever.roles.extend(&before.roles);
            ever.sites.extend(&before.sites);
            ever
        })
    }
}

fn within(cuts: &ByLog, at: &Spot, link: &mut dyn FnMut(&Cut) -> Link) -> Within {
    let of_log = cuts.get(&at.log).into_iter().flatten();
    let mut found = Within::Beyond;
    for cut in of_log.filter(|cut| at.seq <= cut.seq) {
        match link(cut) {
            Link::On => return Within::Yes,
            Link::Unknown => found = Within::Gap,
            Link::Off if found == Within::Beyond => found = Within::Fork,
            Link::Off => {}
        }
    }
    found
}

fn by_log(cuts: &[Cut]) -> ByLog {
    let mut by_log = ByLog::new();
    for cut in cuts {
        by_log.entry(cut.log).or_default().push(*cut);
    }
    by_log
}

//! Finding a child by any spelling, and records that may be about the same child.

use std::collections::{BTreeMap, BTreeSet};

use tern_match::{Birth, FactKind, Facts, Fit, Lookup as Wanted, Match, Query, Same, Verdict};
use tern_record::{RecordId, short};
use tern_store::child::{ChildRow, Lookup};

use crate::Reply;
use crate::app::App;
use crate::project::{SKELETON, WORD};
use crate::view::{FindView, FitView, HitView, SameFactView, SameView};

/// Candidates that one word may bring; the commonest skeletons bring no more.
const PER_WORD: u32 = 2_000;
/// Candidates that are compared.
const MOST_COMPARED: usize = 400;
/// Characters of a number from which it is looked for.
const NUMBER_FROM: usize = 4;
/// Records that may be the same that are shown.
const MOST_SAME: usize = 12;

/// A child that was found.
pub struct Found {
    /// The record.
    pub record: RecordId,
    /// As lists show it.
    pub child: ChildRow,
    /// The name that fits, and how; nothing when it was another word of the record, or the number.
    pub fit: Option<(String, Match)>,
    /// Its number begins as typed.
    pub number: bool,
}

impl Found {
    /// How well it fits, and by what: stable codes.
    pub(crate) fn why(&self) -> (&'static str, Vec<&'static str>) {
        match &self.fit {
            Some((_, fit)) => (fit.strength.code(), fit.reasons.iter().map(|reason| reason.code()).collect()),
            None if self.number => ("exact", vec!["number"]),
            None => ("possible", vec!["other-words"]),
        }
    }
}

impl App {
    /// Finds children by number or by name, best first.
    pub fn find(&self, text: &str, limit: usize) -> Reply<Vec<Found>> {
        self.sees_children()?;
        if let Ok(record) = self.resolve(text)
            && let Some(child) = self.vault.find_child(record)?
        {
            return Ok(vec![Found { record, child, fit: None, number: true }]);
        }
        let mut numbered = self.begins_so(text, limit)?;
        if !self.reads_names() {
            return Ok(numbered);
        }
        let query = Query::new(text);
        let rows = self.candidates(&query)?;
        let mut found: Vec<Found> = self
            .vault
            .children_by_row(&rows)?
            .into_iter()
            .map(|(record, child)| Found { record, fit: best(&query, &child), child, number: false })
            .collect();
        found.sort_by_key(|found| std::cmp::Reverse(order(found)));
        numbered.extend(found);
        numbered.truncate(limit);
        Ok(numbered)
    }

    /// Children whose number begins with what was typed: four characters or more with a digit among them, as on a card.
    fn begins_so(&self, text: &str, limit: usize) -> Reply<Vec<Found>> {
        let typed: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        let number = (NUMBER_FROM..short::SHORT_CHARS).contains(&typed.len())
            && typed.bytes().any(|c| c.is_ascii_digit());
        let Some((low, high)) = short::range_of(&typed).filter(|_| number) else { return Ok(Vec::new()) };
        let most = u32::try_from(limit).unwrap_or(u32::MAX);
        let mut found = Vec::new();
        for record in self.vault.records_between(low, high, most)? {
            if let Some(child) = self.vault.find_child(record)? {
                found.push(Found { record, child, fit: None, number: true });
            }
        }
        Ok(found)
    }

    /// Rows that every typed word may mean.
    fn candidates(&self, query: &Query) -> Reply<Vec<i64>> {
        let mut all: Option<Vec<i64>> = None;
        for word in query.lookups() {
            let mut rows: Vec<i64> = Vec::new();
            for lookup in word.iter().flat_map(stored) {
                rows.extend(self.vault.rows_with(&lookup, PER_WORD)?);
            }
            let set: BTreeSet<i64> = rows.iter().copied().collect();
            all = Some(match all {
                None => distinct(rows),
                Some(have) => have.into_iter().filter(|row| set.contains(row)).collect(),
            });
        }
        let mut rows = all.unwrap_or_default();
        rows.truncate(MOST_COMPARED);
        Ok(rows)
    }

    /// The answer to a search as a screen shows it.
    pub fn find_view(&self, text: &str, limit: usize) -> Reply<FindView> {
        let mut found = self.find(text, limit)?;
        let nearest_only = found.is_empty() && !text.trim().is_empty();
        if nearest_only {
            found = self.nearest(text)?;
        }
        let hits = found.into_iter().map(|found| self.hit(found)).collect();
        Ok(FindView { hits, of: self.vault.count_children()?, nearest_only })
    }

    /// The two nearest by any one of the typed words.
    fn nearest(&self, text: &str) -> Reply<Vec<Found>> {
        let mut near = Vec::new();
        for word in text.split_whitespace() {
            near.extend(self.find(word, 2)?);
        }
        near.truncate(2);
        Ok(near)
    }

    fn hit(&self, found: Found) -> HitView {
        let discreet = self.settings().discreet;
        let (strength, reasons) = found.why();
        let child = self.line(found.record, &found.child);
        let named = child.name.as_deref() == Some(found.child.name.as_str());
        let fits = found.fit.filter(|_| named && !discreet).map(|(name, fit)| FitView {
            name,
            marks: fit.marks.iter().map(|(from, to)| (index(*from), index(*to))).collect(),
        });
        HitView {
            child,
            strength: strength.to_owned(),
            reasons: reasons.into_iter().map(str::to_owned).collect(),
            fits,
        }
    }

    /// Records that may be about the same child, those with the most facts that fit first.
    pub fn may_be_same(&self, record: RecordId) -> Reply<Vec<(RecordId, ChildRow, Same)>> {
        let Some(child) = self.vault.find_child(record)? else { return Ok(Vec::new()) };
        let ours = facts(&child);
        let mut rows: BTreeSet<i64> = BTreeSet::new();
        for name in &child.names {
            rows.extend(self.candidates(&Query::new(&format!("{name} ")))?);
        }
        let rows: Vec<i64> = rows.into_iter().take(MOST_COMPARED).collect();
        let mut same: Vec<(RecordId, ChildRow, Same)> = self
            .vault
            .children_by_row(&rows)?
            .into_iter()
            .filter(|(other, _)| *other != record)
            .filter_map(|(other, theirs)| {
                let same = tern_match::may_be_same(&ours, &facts(&theirs))?;
                Some((other, theirs, same))
            })
            .collect();
        same.sort_by_key(|(other, _, same)| (std::cmp::Reverse(same.points), *other));
        same.truncate(MOST_SAME);
        Ok(same)
    }

    /// The same without those about which somebody has decided, on whichever device: what was left for later stays.
    pub(crate) fn may_still_be_same(&mut self, record: RecordId) -> Reply<Vec<(RecordId, ChildRow, Same)>> {
        let mut same = self.may_be_same(record)?;
        if same.is_empty() {
            return Ok(same);
        }
        let links = self.links(&short::long_text(record.as_bytes()))?;
        let decided: BTreeSet<String> =
            links.into_iter().filter(|link| link.state != "unsure").map(|link| link.line.id).collect();
        same.retain(|(other, ..)| !decided.contains(&short::long_text(other.as_bytes())));
        Ok(same)
    }

    /// The same, with no more of the other child than a registrar may see.
    pub fn may_be_same_view(&mut self, id: &str) -> Reply<Vec<SameView>> {
        let today = self.ports.today();
        let record = self.resolve(id)?;
        let same = if self.compares() { self.may_still_be_same(record)? } else { Vec::new() };
        Ok(same
            .into_iter()
            .map(|(record, child, same)| SameView {
                id: short::long_text(record.as_bytes()),
                short_id: short::short_text(record.as_bytes()),
                part_of_name: child.name.split_whitespace().next().map(str::to_owned),
                age_band: crate::show::age(&child, today).map(|age| self.age_band(age.years)),
                strength: if same.fit == Fit::Many { "many" } else { "some" }.to_owned(),
                facts: same
                    .facts
                    .iter()
                    .map(|fact| SameFactView {
                        kind: kind(fact.kind).to_owned(),
                        verdict: verdict(fact.verdict).to_owned(),
                    })
                    .collect(),
            })
            .collect())
    }

    /// "About 9 to 11": wide enough to name nobody.
    pub(crate) fn age_band(&self, years: i16) -> String {
        let (from, to) = ((years - 1).max(0), years + 1);
        self.text.say("age-band", &serde_json::json!({ "from": from, "to": to }))
    }
}

fn order(found: &Found) -> (u32, i64) {
    (found.fit.as_ref().map_or(0, |(_, fit)| fit.points), found.child.changed.0)
}

/// The name of a child that fits best, or all of its searchable text when no single name does.
fn best(query: &Query, child: &ChildRow) -> Option<(String, Match)> {
    let fits = child.names.iter().filter_map(|name| Some((name.clone(), query.score(name)?)));
    fits.max_by_key(|(_, fit)| fit.points)
}

fn stored(wanted: &Wanted) -> Vec<Lookup> {
    match wanted {
        Wanted::Word(word) => vec![Lookup::Exact(WORD, word.clone())],
        Wanted::Prefix(word) => vec![Lookup::Prefix(WORD, word.clone())],
        Wanted::Skeleton(skeleton) => vec![Lookup::Exact(SKELETON, skeleton.clone())],
        Wanted::Typos(hashes) => hashes.iter().map(|hash| Lookup::Typo(*hash)).collect(),
    }
}

/// Each row once, in the order found: the best kinds of lookup come first.
fn distinct(rows: Vec<i64>) -> Vec<i64> {
    let mut seen = BTreeMap::new();
    rows.into_iter().filter(|row| seen.insert(*row, ()).is_none()).collect()
}

fn facts(child: &ChildRow) -> Facts {
    Facts {
        names: child.names.clone(),
        sex: child.sex.clone(),
        birth: child.born.map(|(earliest, latest, _)| Birth { earliest, latest, heaped: child.heaped }),
        languages: child.languages.clone(),
        places: child.places.clone(),
    }
}

/// What two children have in common, fact by fact; empty when nothing is worth a look.
pub(crate) fn compare(one: &ChildRow, other: &ChildRow) -> Vec<SameFactView> {
    let same = tern_match::may_be_same(&facts(one), &facts(other));
    same.into_iter()
        .flat_map(|same| same.facts)
        .map(|fact| SameFactView {
            kind: kind(fact.kind).to_owned(),
            verdict: verdict(fact.verdict).to_owned(),
        })
        .collect()
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn kind(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Name => "name",
        FactKind::Sex => "sex",
        FactKind::Age => "age",
        FactKind::Language => "language",
        FactKind::Place => "place",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Close => "close",
        Verdict::Different => "different",
        Verdict::NotKnown => "not_known",
    }
}

//! What of a log somebody lacks, by what they are known to hold.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::log::{InLog, LogState, whole};
use tern_record::{EnvelopeId, LogId};

use crate::known::{Known, Mark};
use crate::planted;
use crate::shelf::{HeldLog, Shelf};

/// What is to be done about one log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Envelopes that the other side lacks, each after those that it follows.
    pub send: Vec<EnvelopeId>,
    /// The other side has some that are not here.
    pub is_behind: bool,
}

/// Envelopes of a log that somebody is not known to hold. Where nothing is known but an end that is not here, that is all
/// of it: who held it may be ahead, or on a branch that parted from this one.
pub fn lacking<S: Shelf>(
    shelf: &S,
    held: &HeldLog,
    known: Option<&Known>,
) -> Result<Vec<EnvelopeId>, S::Error> {
    let sure = known.map(|known| Known { rungs: Some(Vec::new()), ..known.clone() });
    Ok(missing(shelf, held.log, &held.state, sure.as_ref())?.send)
}

/// The same of somebody who is taken to be ahead where their end is not here.
pub fn lacking_at_least<S: Shelf>(
    shelf: &S,
    held: &HeldLog,
    known: Option<&Known>,
) -> Result<Vec<EnvelopeId>, S::Error> {
    Ok(missing(shelf, held.log, &held.state, known)?.send)
}

/// Compares what is here with what the other side is known to hold.
pub fn missing<S: Shelf>(
    shelf: &S,
    log: LogId,
    mine: &LogState,
    known: Option<&Known>,
) -> Result<Missing, S::Error> {
    let Some(known) = known else {
        return Ok(Missing { send: ids(&shelf.places(log, 0)?), is_behind: false });
    };
    if known.is_all_of(mine) {
        return Ok(Missing::default());
    }
    match (mine.tips.as_slice(), known.tips.as_slice()) {
        ([_], [theirs]) if mine.loose.is_empty() && known.loose.is_empty() => {
            let beyond = shelf.places(log, theirs.seq)?;
            if beyond.iter().any(|at| theirs.is(at)) {
                let beyond: Vec<InLog> = beyond.into_iter().filter(|at| at.seq > theirs.seq).collect();
                return Ok(Missing { send: ids(&beyond), is_behind: false });
            }
        }
        _ => {}
    }
    Ok(compare(&shelf.places(log, 0)?, known))
}

/// The same with every place of the log at hand: forks, gaps, and whoever is ahead.
pub fn compare(places: &[InLog], known: &Known) -> Missing {
    let here: BTreeMap<Mark, EnvelopeId> = places.iter().map(|at| (Mark::of(&at.end()), at.id)).collect();
    let whole = whole(places);
    let is_whole = |mark: &&Mark| here.get(*mark).is_some_and(|id| whole.contains_key(id));
    let is_behind = !planted::is("gap-not-asked") && !known.tips.iter().all(|tip| is_whole(&tip))
        || known.loose.iter().any(|mark| !here.contains_key(mark));
    let chains: Vec<&Mark> = known.tips.iter().chain(known.rungs.iter().flatten()).filter(is_whole).collect();
    // They are ahead, or on a branch that parted from ours, or there is a gap here: which, they find out by rungs.
    if chains.is_empty() && !known.tips.is_empty() && known.rungs.is_none() {
        return Missing { send: Vec::new(), is_behind };
    }
    let mut theirs = BTreeSet::new();
    for end in chains {
        let mut at = here.get(end).copied();
        while let Some(id) = at {
            at = if theirs.insert(id) { whole.get(&id).copied().flatten() } else { None };
        }
    }
    theirs.extend(known.tips.iter().filter_map(|mark| here.get(mark).copied()));
    theirs.extend(known.loose.iter().filter_map(|mark| here.get(mark).copied()));
    let lacking: Vec<InLog> = places.iter().filter(|at| !theirs.contains(&at.id)).copied().collect();
    Missing { send: ids(&lacking), is_behind }
}

/// Envelopes of several logs in the order in which they go: each log in its own order, and all of them evenly side by side.
/// What was written together into several scopes comes together, little news does not wait behind much, and a cut leaves
/// whole records rather than one part of all of them.
pub fn side_by_side(logs: Vec<Vec<EnvelopeId>>) -> Vec<EnvelopeId> {
    let mut order: Vec<(usize, usize, EnvelopeId)> = logs
        .into_iter()
        .flat_map(|log| {
            let length = log.len();
            log.into_iter().enumerate().map(move |(at, id)| (at, length, id))
        })
        .collect();
    // By how much of its log stands before it; stable, so that a log stays in order.
    order.sort_by(|(at, length, _), (other, of, _)| (at * of).cmp(&(other * length)).then(length.cmp(of)));
    order.into_iter().map(|(_, _, id)| id).collect()
}

fn ids(places: &[InLog]) -> Vec<EnvelopeId> {
    let mut order: Vec<&InLog> = places.iter().collect();
    order.sort_by_key(|at| at.seq);
    order.into_iter().map(|at| at.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_go_side_by_side_each_in_its_order() {
        let log = |log: u8, length: u8| (0..length).map(|at| EnvelopeId::new([log * 16 + at; 32])).collect();
        let order = side_by_side(vec![log(1, 4), log(2, 2), log(3, 1), Vec::new()]);
        let short: Vec<u8> = order.iter().map(|id| id.as_bytes()[0]).collect();
        assert_eq!(short, [0x30, 0x20, 0x10, 0x11, 0x21, 0x12, 0x13]);
    }
}

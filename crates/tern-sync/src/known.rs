//! What another holder is known to have of one log, in short.

use tern_record::cbor::{Canonical, CborError, Decoder, Type, Writer, array_of, array_up_to};
use tern_record::log::{End, InLog, LogState, whole};
use tern_record::{EnvelopeId, LogId};

use crate::limits::MAX_KNOWN;
use crate::planted;

/// The first 12 bytes of an envelope's id. Who wants two envelopes of their own log to share them tries 2^48 times, and
/// harms that log alone.
pub type Short = [u8; 12];

/// A place in a log, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The place, from 0.
    pub seq: u64,
    /// The envelope there.
    pub id: Short,
}

/// What somebody holds of one log: all up to each tip, and what lies loose.
///
/// `known = [log (16), tips, loose, rungs or null]`, each `[seq, id (12), ...]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The log.
    pub log: LogId,
    /// Ends of whole chains.
    pub tips: Vec<Mark>,
    /// Envelopes with a gap before them.
    pub loose: Vec<Mark>,
    /// Places below the tips, each twice as far down: where two chains part is found between two of them. Only said
    /// where it is asked for; empty when nothing is below the tips.
    pub rungs: Option<Vec<Mark>>,
}

/// Who holds this lacks the tips that they held.
pub fn lacks(now: &Known, had: &Known) -> bool {
    let newest = |known: &Known| known.tips.iter().map(|tip| tip.seq + 1).max().unwrap_or(0);
    newest(now) < newest(had)
}

/// The short form of an id.
pub fn short(id: &EnvelopeId) -> Short {
    id.as_bytes().first_chunk().copied().unwrap_or_default()
}

impl Mark {
    /// The place of an end.
    pub fn of(end: &End) -> Self {
        Self { seq: end.seq, id: short(&end.id) }
    }

    /// It is this place.
    pub fn is(&self, at: &InLog) -> bool {
        self.seq == at.seq && (self.id == short(&at.id) || planted::is("tip-by-number"))
    }
}

impl Known {
    /// A log of which nothing is held.
    pub const fn nothing(log: LogId) -> Self {
        Self { log, tips: Vec::new(), loose: Vec::new(), rungs: None }
    }

    /// What a state says.
    pub fn of(log: LogId, state: &LogState) -> Self {
        let marks = |ends: &[End]| ends.iter().map(Mark::of).collect();
        Self { log, tips: marks(&state.tips), loose: marks(&state.loose), rungs: None }
    }

    /// The same with rungs down each chain.
    #[must_use]
    pub fn with_rungs(mut self, places: &[InLog]) -> Self {
        let whole = whole(places);
        let seq_of = |id: &EnvelopeId| places.iter().find(|at| at.id == *id).map(|at| at.seq);
        let mut rungs = Vec::new();
        let tips = places.iter().filter(|at| self.tips.iter().any(|tip| tip.is(at)));
        for tip in tips {
            let (mut step, mut gone, mut at) = (1_u64, 0_u64, tip.id);
            while let Some(Some(before)) = whole.get(&at) {
                (at, gone) = (*before, gone + 1);
                if gone == step || whole.get(&at) == Some(&None) {
                    step *= 2;
                    rungs.extend(seq_of(&at).map(|seq| Mark { seq, id: short(&at) }));
                }
            }
        }
        rungs.sort_unstable();
        rungs.dedup();
        self.rungs = Some(rungs);
        self
    }

    /// It holds as much as this state.
    pub fn is_all_of(&self, state: &LogState) -> bool {
        let same = |marks: &[Mark], ends: &[End]| {
            marks.len() == ends.len() && marks.iter().zip(ends).all(|(mark, end)| *mark == Mark::of(end))
        };
        same(&self.tips, &state.tips) && same(&self.loose, &state.loose)
    }

    /// Tips and loose envelopes.
    pub fn ends(&self) -> impl Iterator<Item = &Mark> {
        self.tips.iter().chain(&self.loose)
    }
}

impl Canonical for Known {
    fn write(&self, to: &mut Writer) {
        to.array(4).bytes(self.log.as_bytes());
        for marks in [Some(&self.tips), Some(&self.loose), self.rungs.as_ref()] {
            let Some(marks) = marks else {
                to.null();
                continue;
            };
            to.array(marks.len() * 2);
            for mark in marks {
                to.uint(mark.seq).bytes(&mark.id);
            }
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 4)?;
        let log = LogId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let (tips, loose) = (marks(from)?, marks(from)?);
        let rungs = if from.datatype()? == Type::Null {
            from.null()?;
            None
        } else {
            Some(marks(from)?)
        };
        Ok(Self { log, tips, loose, rungs })
    }
}

fn marks(from: &mut Decoder<'_>) -> Result<Vec<Mark>, CborError> {
    let items = array_up_to(from, MAX_KNOWN * 2)?;
    if items % 2 != 0 {
        return Err(CborError::Shape);
    }
    let mark = |from: &mut Decoder<'_>| {
        let seq = from.u64()?;
        Ok(Mark { seq, id: from.bytes()?.try_into().map_err(|_| CborError::Shape)? })
    };
    (0..items / 2).map(|_| mark(from)).collect()
}

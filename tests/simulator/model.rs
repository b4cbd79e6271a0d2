//! What was acknowledged, by the book: every value that a device called saved, and the values that it had before it then.

use std::collections::{BTreeMap, BTreeSet};

/// What an answer lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Every site reads it.
    Core,
    /// Those who follow children at one site read it: the site where who wrote it worked.
    Protection {
        /// The site is the far one.
        is_far: bool,
    },
}

/// Who reads on a device, as far as the device has heard: people change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Works at the far site.
    pub is_far: bool,
    /// Follows children.
    pub follows: bool,
}

impl Reader {
    /// What lies apart where the reader works.
    pub const fn apart(self) -> Part {
        Part::Protection { is_far: self.is_far }
    }
}

impl Part {
    /// Somebody may read it.
    pub fn is_read_by(self, reader: Reader) -> bool {
        self == Self::Core || (reader.follows && self == reader.apart())
    }
}

/// A value that was saved.
#[derive(Clone, Debug)]
pub struct Saved {
    /// Which child, in the order of the model.
    pub child: usize,
    /// The answer.
    pub path: String,
    /// A word that is nowhere else.
    pub word: String,
    /// Where it lies.
    pub part: Part,
    /// Who saved it.
    pub who: usize,
    /// Words that stood there when it was saved.
    pub saw: BTreeSet<String>,
    /// Nobody need have it: it was done on a device that was out.
    pub is_doubtful: bool,
}

/// A child.
#[derive(Clone, Debug)]
pub struct Child {
    /// Its number.
    pub id: String,
    /// Who added a photo, and where it lies.
    pub photographed: BTreeSet<(usize, Part)>,
}

/// A referral that waits until somebody sends it, and the agreement that it rests on.
#[derive(Clone, Debug)]
pub struct Queued {
    /// The row of the agreement.
    pub consent: String,
    /// The row of the referral.
    pub referral: String,
    /// Who took the agreement back.
    pub withdrawn_by: Option<usize>,
}

/// Everything that was acknowledged.
#[derive(Default)]
pub struct Model {
    /// Children, in the order in which they were registered.
    pub children: Vec<Child>,
    /// Values.
    pub saved: Vec<Saved>,
    /// Words of rows that were added, with the child and where they lie: a row may move.
    pub rows: Vec<Saved>,
    /// Children that have rows, or had some, and where these lie.
    pub with_rows: BTreeSet<(usize, Part)>,
    /// Referrals by child: one of each.
    pub referrals: BTreeMap<usize, Queued>,
    /// Rows that somebody moved away, by the child and `list/row`.
    pub moved: BTreeSet<(usize, String)>,
    /// Who moved a row, and the words that stood in it.
    pub movers: Vec<(usize, BTreeSet<String>)>,
    next: u32,
}

impl Model {
    /// A word that is nowhere else, of letters alone.
    pub fn word(&mut self) -> String {
        self.next += 1;
        let letter = |place: u32| char::from(b"bdfghjklmnprstvz"[(self.next >> (4 * place) & 15) as usize]);
        let letters: String = (0..4).map(letter).flat_map(|consonant| [consonant, 'a']).collect();
        format!("qx{letters}")
    }

    /// Answers that were ever given, each once.
    pub fn answers(&self) -> BTreeSet<(usize, String, Part)> {
        self.saved.iter().map(|saved| (saved.child, saved.path.clone(), saved.part)).collect()
    }

    /// The answer was given at another site, too.
    pub fn is_apart_of_others(&self, child: usize, path: &str, part: Part) -> bool {
        let mut others = self.saved.iter().filter(|saved| saved.child == child && saved.path == path);
        others.any(|saved| saved.part != part)
    }

    /// Words that were answered, each as often as it was.
    pub fn answered(&self, child: usize, path: &str, part: Part) -> impl Iterator<Item = &String> {
        let here =
            move |saved: &&Saved| (saved.child, saved.path.as_str(), saved.part) == (child, path, part);
        self.saved.iter().filter(here).map(|saved| &saved.word)
    }

    /// Nobody need have these words of rows: who is out moved them, and what that did may not have come out.
    pub fn doubt(&mut self, words: &BTreeSet<String>) {
        let of_them = self.rows.iter_mut().filter(|row| words.contains(&row.word));
        of_them.for_each(|row| row.is_doubtful = true);
    }

    /// Nobody need have what was done on a device that is out now and was not heard of.
    pub fn doubt_all_of(&mut self, who: usize) {
        let of_them = self.saved.iter_mut().chain(&mut self.rows).filter(|saved| saved.who == who);
        of_them.for_each(|saved| saved.is_doubtful = true);
        let moved: Vec<_> = self.movers.iter().filter(|(by, _)| *by == who).cloned().collect();
        moved.iter().for_each(|(_, words)| self.doubt(words));
    }

    /// Words of rows that nobody wrote over, of those who may read them.
    pub fn standing_rows(&self, reader: Reader) -> Vec<&Saved> {
        let over: BTreeSet<&String> = self.rows.iter().flat_map(|row| &row.saw).collect();
        let stands =
            |row: &&Saved| row.part.is_read_by(reader) && !row.is_doubtful && !over.contains(&row.word);
        self.rows.iter().filter(stands).collect()
    }

    /// Words that must stand in an answer, and those that may.
    pub fn standing(&self, child: usize, path: &str, part: Part) -> (BTreeSet<String>, BTreeSet<String>) {
        let is_here = |saved: &&Saved| (saved.child, saved.path.as_str(), saved.part) == (child, path, part);
        let here: Vec<&Saved> = self.saved.iter().filter(is_here).collect();
        let seen = |which: &dyn Fn(&Saved) -> bool| -> BTreeSet<&String> {
            here.iter().filter(|saved| which(saved)).flat_map(|saved| &saved.saw).collect()
        };
        let (by_any, by_sure) = (seen(&|_| true), seen(&|saved| !saved.is_doubtful));
        let must = here.iter().filter(|saved| !saved.is_doubtful && !by_any.contains(&saved.word));
        // Of the same answer given twice, the one may be answered over and the other not.
        let is_twice =
            |word: &String| self.answered(child, path, part).filter(|other| *other == word).count() > 1;
        let may = here.iter().filter(|saved| !by_sure.contains(&saved.word) || is_twice(&saved.word));
        (must.map(|saved| saved.word.clone()).collect(), may.map(|saved| saved.word.clone()).collect())
    }
}

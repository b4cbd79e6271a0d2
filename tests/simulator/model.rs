//! What was acknowledged, by the book: every value that a device called saved, and the values that it had before it then.

use std::collections::BTreeSet;

use crate::template::{FAR, PEOPLE};

/// What an answer lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Every site reads it.
    Core,
    /// Those who follow children at one site read it.
    Protection {
        /// The site is the far one.
        is_far: bool,
    },
}

impl Part {
    /// What lies apart of a child that somebody registered.
    pub fn apart_of(who: usize) -> Self {
        Self::Protection { is_far: PEOPLE[who].2 == FAR }
    }

    /// Somebody may read it.
    pub fn is_read_by(self, who: usize) -> bool {
        use tern_record::Role;
        let (_, role, site) = PEOPLE[who];
        match self {
            Self::Core => true,
            // Who begins a programme follows children, too.
            Self::Protection { is_far } => {
                (who == 0 || matches!(role, Role::CaseWorker | Role::CaseSupervisor))
                    && (site == FAR) == is_far
            }
        }
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
    /// Who registered it.
    pub who: usize,
    /// Who added a photo.
    pub photographed_by: BTreeSet<usize>,
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
    /// Children that have rows, or had some.
    pub with_rows: BTreeSet<usize>,
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

    /// Words that were answered, each as often as it was.
    pub fn answered(&self, child: usize, path: &str) -> impl Iterator<Item = &String> {
        let here = move |saved: &&Saved| saved.child == child && saved.path == path;
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
    pub fn standing_rows(&self, who: usize) -> Vec<&Saved> {
        let over: BTreeSet<&String> = self.rows.iter().flat_map(|row| &row.saw).collect();
        let stands = |row: &&Saved| row.part.is_read_by(who) && !row.is_doubtful && !over.contains(&row.word);
        self.rows.iter().filter(stands).collect()
    }

    /// Words that must stand in an answer, and those that may.
    pub fn standing(&self, child: usize, path: &str) -> (BTreeSet<String>, BTreeSet<String>) {
        let here: Vec<&Saved> =
            self.saved.iter().filter(|saved| saved.child == child && saved.path == path).collect();
        let seen = |which: &dyn Fn(&Saved) -> bool| -> BTreeSet<&String> {
            here.iter().filter(|saved| which(saved)).flat_map(|saved| &saved.saw).collect()
        };
        let (by_any, by_sure) = (seen(&|_| true), seen(&|saved| !saved.is_doubtful));
        let must = here.iter().filter(|saved| !saved.is_doubtful && !by_any.contains(&saved.word));
        // Of the same answer given twice, the one may be answered over and the other not.
        let is_twice = |word: &String| self.answered(child, path).filter(|other| *other == word).count() > 1;
        let may = here.iter().filter(|saved| !by_sure.contains(&saved.word) || is_twice(&saved.word));
        (must.map(|saved| saved.word.clone()).collect(), may.map(|saved| saved.word.clone()).collect())
    }
}

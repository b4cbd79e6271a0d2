//! What a name is found by, what a typed text looks up, and how well they fit.

use std::collections::BTreeSet;

use crate::fold::{Script, Word, script_of, words};
use crate::skeleton::{romanise, skeletons};

/// Shortest word in which one wrong letter is forgiven.
const FORGIVEN_FROM: usize = 4;

/// One indexed key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A folded word.
    Word(String),
    /// A skeleton.
    Skeleton(String),
}

/// Everything that a name is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Words and skeletons.
    pub keys: BTreeSet<Key>,
    /// Hashes of words with one letter left out, and of the words themselves.
    pub typos: BTreeSet<u64>,
}

/// The keys of a name.
pub fn keys(name: &str) -> Keys {
    let mut found = Keys::default();
    for word in words(name) {
        found.typos.extend(deletions(&word.text));
        found.keys.extend(skeletons(&word.text).into_iter().map(Key::Skeleton));
        found.keys.insert(Key::Word(word.text));
    }
    found
}

/// One thing for a store to look up. All lookups of one word are alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A folded word.
    Word(String),
    /// The beginning of a folded word.
    Prefix(String),
    /// A skeleton.
    Skeleton(String),
    /// Hashes any of which a word with one wrong letter shares.
    Typos(Vec<u64>),
}

/// How well a name fits, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Some words sound alike.
    Possible,
    /// Sounds alike, or is written in another script.
    Likely,
    /// One letter differs, or the word is not finished.
    Strong,
    /// The same letters.
    Exact,
}

impl Strength {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Strong => "strong",
            Self::Exact => "exact",
        }
    }
}

/// Why a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The same letters.
    SameLetters,
    /// The typed word is its beginning.
    Prefix,
    /// One letter differs.
    OneLetter,
    /// The same consonants in another script.
    OtherScript,
    /// The same consonants.
    SoundsAlike,
    /// The words stand in another order.
    WordOrder,
}

impl Reason {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SameLetters => "same-letters",
            Self::Prefix => "prefix",
            Self::OneLetter => "one-letter-differs",
            Self::OtherScript => "other-script",
            Self::SoundsAlike => "sounds-alike",
            Self::WordOrder => "word-order",
        }
    }
}

/// A name that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// How well, in a word.
    pub strength: Strength,
    /// How well, from 0 to 100, for sorting.
    pub points: u32,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What to mark in the name, in characters.
    pub marks: Vec<(usize, usize)>,
}

/// A typed text.
#[derive(Clone, Debug)]
pub struct Query {
    words: Vec<Word>,
    /// The last word may go on: no separator follows it.
    open: bool,
}

impl Query {
    /// Reads what was typed so far.
    pub fn new(text: &str) -> Self {
        let open = text.chars().next_back().is_some_and(|last| !last.is_whitespace());
        Self { words: words(text), open }
    }

    /// True when nothing was typed that could be looked up.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// For each word, what to look up.
    pub fn lookups(&self) -> Vec<Vec<Lookup>> {
        let last = self.words.len().saturating_sub(1);
        self.words
            .iter()
            .enumerate()
            .map(|(at, word)| {
                let open = self.open && at == last;
                let text = word.text.clone();
                let mut lookups = vec![if open { Lookup::Prefix(text) } else { Lookup::Word(text) }];
                lookups.extend(skeletons(&word.text).into_iter().map(Lookup::Skeleton));
                let typos = deletions(&word.text);
                if !typos.is_empty() {
                    lookups.push(Lookup::Typos(typos));
                }
                lookups
            })
            .collect()
    }

    /// How well a name fits; `None` when a typed word fits none of its words.
    pub fn score(&self, name: &str) -> Option<Match> {
        let theirs = words(name);
        let last = self.words.len().checked_sub(1)?;
        let mut taken: Vec<usize> = Vec::new();
        let mut reasons = BTreeSet::new();
        let mut points = 0;
        for (at, word) in self.words.iter().enumerate() {
            let open = self.open && at == last;
            let (best, score, reason) = theirs
                .iter()
                .enumerate()
                .filter(|(other, _)| !taken.contains(other))
                .filter_map(|(other, their)| {
                    compare(&word.text, &their.text, open).map(|(s, r)| (other, s, r))
                })
                .max_by_key(|(other, score, _)| (*score, std::cmp::Reverse(*other)))?;
            taken.push(best);
            reasons.insert(reason);
            points += score;
        }
        if !taken.is_sorted() {
            reasons.insert(Reason::WordOrder);
        }
        let typed = u32::try_from(self.words.len()).unwrap_or(1).max(1);
        let unused = u32::try_from(theirs.len().saturating_sub(taken.len())).unwrap_or(0);
        let points = (points / typed).saturating_sub(unused.min(3));
        let marks = taken.iter().filter_map(|at| theirs.get(*at)).map(|word| (word.from, word.to)).collect();
        Some(Match { strength: strength(points), points, reasons: reasons.into_iter().collect(), marks })
    }
}

fn strength(points: u32) -> Strength {
    match points {
        96.. => Strength::Exact,
        80..=95 => Strength::Strong,
        60..=79 => Strength::Likely,
        _ => Strength::Possible,
    }
}

/// Points of a typed word against a word of a name.
fn compare(typed: &str, theirs: &str, open: bool) -> Option<(u32, Reason)> {
    if typed == theirs {
        return Some((100, Reason::SameLetters));
    }
    if open && theirs.starts_with(typed) {
        return Some((92, Reason::Prefix));
    }
    let long = typed.chars().count() >= FORGIVEN_FROM && theirs.chars().count() >= FORGIVEN_FROM;
    if long && strsim::osa_distance(typed, theirs) == 1 {
        return Some((86, Reason::OneLetter));
    }
    let (ours, others) = (skeletons(typed), skeletons(theirs));
    if !ours.iter().any(|reading| others.contains(reading)) {
        return None;
    }
    let same_script = first_script(typed) == first_script(theirs);
    let spoken = strsim::jaro_winkler(&romanise(typed), &romanise(theirs));
    // From 0 for letters that have nothing in common to 10 for the same letters.
    let near = (spoken.clamp(0.0, 1.0) * 10.0) as u32;
    if same_script { Some((58 + near, Reason::SoundsAlike)) } else { Some((66 + near, Reason::OtherScript)) }
}

fn first_script(word: &str) -> Script {
    word.chars().next().map_or(Script::Other, script_of)
}

/// Hashes of a word and of the word with each letter left out: two words that differ in one letter share one.
fn deletions(word: &str) -> Vec<u64> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < FORGIVEN_FROM {
        return Vec::new();
    }
    let mut found = vec![hash(letters.iter().copied())];
    for left_out in 0..letters.len() {
        let rest = letters.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, letter)| *letter);
        found.push(hash(rest));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// FNV-1a over the letters: stable between versions, which a store relies on.
fn hash(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(typed: &str, name: &str) -> bool {
        let indexed = keys(name);
        let query = Query::new(typed);
        let hit = |lookup: &Lookup| match lookup {
            Lookup::Word(word) => indexed.keys.contains(&Key::Word(word.clone())),
            Lookup::Prefix(word) => {
                indexed.keys.iter().any(|key| matches!(key, Key::Word(have) if have.starts_with(word)))
            }
            Lookup::Skeleton(skeleton) => indexed.keys.contains(&Key::Skeleton(skeleton.clone())),
            Lookup::Typos(hashes) => hashes.iter().any(|hash| indexed.typos.contains(hash)),
        };
        !query.is_empty()
            && query.lookups().iter().all(|word| word.iter().any(hit))
            && query.score(name).is_some()
    }

    #[test]
    fn scripts_order_prefix_and_slips_are_found() {
        for (typed, name) in [
            ("samira", "سمیرا حیدری"),
            ("haidari samira", "سمیرا حیدری"),
            ("سميرا", "Samira Haidari"),
            ("sam", "Samira Haidari"),
            ("samria", "Samira Haidari"),
            ("samiraa", "Samira Haidari"),
            ("samira", "Samra"),
            ("oleksandr", "Олександр Савчук"),
            ("selam", "ሰላም ተስፋይ"),
            ("maria jose", "María José Núñez"),
            ("jose maria", "María José"),
            ("abdulrahman", "عبد الرحمن منصور"),
        ] {
            assert!(found(typed, name), "{typed} {name}");
        }
        for (typed, name) in [("karim", "Samira Haidari"), ("samira ali", "Samira Haidari"), ("", "Samira")] {
            assert!(!found(typed, name), "{typed} {name}");
        }
    }

    #[test]
    fn better_fits_have_more_points() {
        let points = |typed, name| Query::new(typed).score(name).map_or(0, |fit| fit.points);
        let order = [
            points("samira", "Samira"),
            points("samir", "Samira"),
            points("semira ", "Samira"),
            points("samira", "سميرا"),
        ];
        assert!(order.windows(2).all(|pair| pair[0] > pair[1]), "{order:?}");
        let fit = Query::new("haidari").score("سمیرا حیدری").unwrap();
        assert_eq!((fit.strength, fit.marks), (Strength::Likely, vec![(6, 11)]));
    }

    proptest! {
        #[test]
        fn every_name_finds_itself(name in "[\\p{Latin}\\p{Arabic}\\p{Cyrillic} ]{1,24}") {
            prop_assume!(!Query::new(&name).is_empty());
            prop_assert!(found(&name, &name));
        }

        #[test]
        fn a_slip_in_a_word_of_four_or_more_is_found(
            word in "[a-z]{4,10}", at in 0_usize..10, kind in 0_usize..4, letter in proptest::char::range('a', 'z')
        ) {
            prop_assume!(crate::fold::fold(&word) == [word.clone()]);
            let mut slipped: Vec<char> = word.chars().collect();
            let at = at % slipped.len();
            match kind {
                0 => slipped[at] = letter,
                1 => slipped.insert(at, letter),
                2 => { slipped.remove(at); }
                _ => { let to = (at + 1) % slipped.len(); if to == at + 1 { slipped.swap(at, to) } }
            }
            prop_assume!(slipped.len() >= 4);
            let slipped: String = slipped.into_iter().collect::<String>() + " ";
            prop_assume!(crate::fold::fold(&slipped).len() == 1 && crate::fold::fold(&slipped)[0].len() + 1 == slipped.len());
            prop_assert!(found(&slipped, &word), "{} {}", slipped, word);
        }

        #[test]
        fn nothing_panics(typed: String, name: String) {
            let query = Query::new(&typed);
            query.lookups();
            query.score(&name);
            keys(&name);
        }
    }
}
